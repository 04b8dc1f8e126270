"""The page of a folder of results: it stands alone, and text stays text. What it does in a browser: tests/browser_report.py."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from series_releases import HOSTILE, releases
from typer.testing import CliRunner

import minenews.report.corpus_page as corpus_page
from minenews import InputError, load_corpus, write_corpus
from minenews.cli import app
from minenews.corpus.series import load_series
from minenews.report.charts import chart_svg
from minenews.report.corpus_page import render_corpus, script_json


class Page(HTMLParser):
    """The elements of a page with their attributes, and the data inside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_data = ("id", "data") in attrs

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of the releases of one company, of a hostile one, of a repeat, and of a file that cannot be read."""
    folder, made = tmp_path_factory.mktemp("releases"), tmp_path_factory.mktemp("out")
    for name, text in {**releases(), **HOSTILE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "repeat.txt").write_text(releases()["brill-2023-07-13.txt"], encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7")
    write_corpus(folder, made, jobs=1)
    return made


@pytest.fixture(scope="module")
def html(out: Path) -> str:
    return render_corpus(load_corpus(out))


@pytest.fixture(scope="module")
def data(html: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(Page(html).data)
    return made


def test_nothing_is_fetched_from_anywhere(html: str) -> None:
    assert not re.findall(r"(?:src|href|action)\s*=\s*[\"']?\s*(?:https?:)?//", html)
    assert not re.findall(r"url\(|@import|fetch\(|XMLHttpRequest|WebSocket|\beval\(", html)
    for tag, attributes in Page(html).elements:
        for name in ("src", "href", "action", "srcset", "data"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,")), tag
    assert "default-src 'none'" in html


def test_text_stays_text(html: str, data: dict[str, Any]) -> None:
    scripts = [attributes for tag, attributes in Page(html).elements if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "data"}, {}]
    assert not [tag for tag, attributes in Page(html).elements if tag == "img" or any(name.startswith("on") for name in attributes)]
    [hostile] = [release for release in data["releases"] if release["release"] == "hostile.txt"]
    assert hostile["text"] == HOSTILE["hostile.txt"]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "a < b & c > d", "]]>", "\u2028 \U0001f525 é"])
def test_data_ends_no_script(text: str) -> None:
    written = script_json({"text": text})
    assert "<" not in written
    assert json.loads(written) == {"text": text}


def test_offsets_are_those_of_the_text(data: dict[str, Any]) -> None:
    [release] = [release for release in data["releases"] if release["release"] == "brill-2023-04-12.txt"]
    facts = next(section for section in release["sections"] if section["title"] == "Facts")
    start, end = facts["rows"][0]["at"][0]
    assert (facts["rows"][0]["cells"][2], release["text"][start:end]) == ("21,400", "21,400")
    painted = [label for first, last, label in release["spans"] if (first, last) == (start, end)]
    assert painted[-1] == "figure"


def test_disagreements_come_first_and_those_across_releases_are_among_them(data: dict[str, Any]) -> None:
    verdicts = [check["verdict"] for check in data["checks"]]
    assert verdicts == sorted(verdicts, key=["disagrees", "rounding", "agrees"].index)
    first = data["checks"][0]
    assert (first["kind"], len(first["releases"])) == ("sum across releases", 4)
    assert first["message"].endswith("stated 84,900 oz")


def test_a_repeat_is_shown_but_does_not_count(data: dict[str, Any]) -> None:
    numbers = {release["release"]: n for n, release in enumerate(data["releases"])}
    assert data["releases"][numbers["repeat.txt"]]["duplicate_of"] == "brill-2023-07-13.txt"
    assert numbers["repeat.txt"] not in {fact["release"] for fact in data["facts"]}


def test_a_state_that_is_told_again_is_one_entry(data: dict[str, Any]) -> None:
    [line] = [line for line in data["timelines"] if line["asset"] == "Coppice copper mine"]
    states = [(entry["what"], entry["when"], entry["until"]) for entry in line["entries"] if entry["type"] == "state"]
    assert states == [("operating", "2023-04-12", "2024-04-11"), ("suspended", "2024-06-20", None)]


def test_what_could_not_be_read_or_linked_is_there(data: dict[str, Any]) -> None:
    assert [error["release"] for error in data["errors"]] == ["broken.pdf"]
    assert "240 workers" in [loose["text"] for release in data["releases"] for loose in release["loose"]]


def test_a_chart_says_its_figures_and_escapes_its_title(out: Path) -> None:
    [line] = load_series(load_corpus(out), asset="ridgeway", metric="production")
    svg = chart_svg(line, 'a "<b>" title')
    assert 'aria-label="a &quot;&lt;b&gt;&quot; title"' in svg
    assert "<title>2023-Q3: 18,350 oz; was 17,900 until 2024-04-11</title>" in svg
    assert svg.count('class="actual"') == 6
    assert svg.count('class="first"') == 1


def test_the_command_writes_the_page_of_a_company(out: Path, tmp_path: Path) -> None:
    page = tmp_path / "brill.html"
    result = CliRunner().invoke(app, ["report", str(out), "-o", str(page), "--company", "brill"])
    assert result.exit_code == 0, result.output
    html = page.read_text(encoding="utf-8")
    assert "<title>Releases of Brill Metals Inc.</title>" in html
    assert {release["issuer"] for release in json.loads(Page(html).data)["releases"]} == {"Brill Metals Inc."}
    assert "holds no release of a company named nobody" in CliRunner().invoke(app, ["report", str(out), "--company", "nobody"]).output


def test_a_page_holds_only_so_many_releases(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_page, "MOST", 3)
    with pytest.raises(InputError, match="more than one page holds"):
        render_corpus(load_corpus(out))
