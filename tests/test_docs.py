"""Every Python snippet and every `minenews` command in README.md and docs/ is run, and prints what stands below it.

After a change of the output: `UPDATE_DOCS=1 pytest tests/test_docs.py` writes what is printed now, for reading in the diff.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from minenews.cli import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PYTHON = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\s*^```text\n(?P<printed>.*?)^```\n)?", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^```console\n\$ (?P<code>minenews [^\n]*)\n(?P<printed>.*?)^```\n", re.MULTILINE | re.DOTALL)
WIDTH = 100
UPDATE = bool(os.environ.get("UPDATE_DOCS"))


def run_python(code: str, names: dict[str, Any], page: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, page, "exec"), names)
    return printed.getvalue()


def run_command(command: str) -> str:
    result = CliRunner(env={"COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}).invoke(app, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    return result.stdout


def tidy(printed: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())


def check(page: Path, shape: re.Pattern[str], run: Callable[[str], str]) -> None:
    """Run every block of a page; compare what it prints, or write it down."""
    text = page.read_text(encoding="utf-8")
    written, end = "", 0
    for block in shape.finditer(text):
        printed = tidy(run(block["code"]))
        if block["printed"] is None:
            continue
        written += text[end : block.start("printed")] + printed
        end = block.end("printed")
        assert UPDATE or printed == block["printed"], block["code"]
    if UPDATE:
        page.write_text(written + text[end:], encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_snippets_run(page: Path) -> None:
    names: dict[str, Any] = {"__name__": "__snippet__"}
    check(page, PYTHON, lambda code: run_python(code, names, page.name))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_run(page: Path) -> None:
    check(page, COMMAND, run_command)


def test_the_pages_hold_snippets_and_commands() -> None:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    assert sum(len(PYTHON.findall(text)) for text in texts) >= 5
    assert any(COMMAND.search(text) for text in texts)


def test_every_page_is_in_the_navigation_and_every_link_leads_somewhere() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in PAGES:
        assert page.name == "README.md" or page.name in navigation
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
