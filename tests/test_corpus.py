"""Running over a folder of releases."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import minenews.corpus.batch as batch
from minenews import Extraction, InputError, extract, extract_corpus, extract_file

CORPUS = Path(__file__).parents[1] / "corpus" / "releases"
SEED = CORPUS / "dynacor-2017-07-21.txt"


def test_a_file_gives_what_its_text_gives_and_its_name() -> None:
    extraction = extract_file(SEED)
    assert extraction.source.name == SEED.name
    text = SEED.read_bytes().decode("utf-8")
    assert extraction.model_dump(exclude={"source"}) == extract(text).model_dump(exclude={"source"})
    assert extraction.source.length == len(text)


def test_a_release_date_can_be_given_for_a_file(tmp_path: Path) -> None:
    import datetime as dt

    file = tmp_path / "undated.txt"
    file.write_text("Brill Metals produced 5,120 ounces of gold in the second quarter.")
    [dated] = extract_file(file, released=dt.date(2021, 7, 9)).periods
    assert dated.label == "2021-Q2"


@pytest.fixture(scope="module")
def mixed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two good releases, five files that are none, and files that are not releases at all."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "b").mkdir()
    (folder / "a.txt").write_bytes(SEED.read_bytes())
    (folder / "b" / "c.md").write_text("Brill Metals produced 5,120 ounces of gold in the second quarter of 2021.")
    (folder / "binary.txt").write_bytes(os.urandom(64) + b"\0" * 64)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "page.html").write_text("<html><p>5,120 oz</p></html>")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7")
    (folder / "huge.txt").write_bytes(b"0" * 10_000_001)
    (folder / "README.md").write_text("Not a release")
    (folder / "gold.json").write_text("{}")
    (folder / ".hidden.txt").write_text("Not a release")
    (folder / "folder.txt").mkdir()
    return folder


def test_broken_files_become_errors_and_never_stop_the_run(mixed_folder: Path) -> None:
    outcomes = {outcome.file: outcome for outcome in extract_corpus(mixed_folder, jobs=2)}
    assert list(outcomes) == ["a.txt", "b/c.md", "binary.txt", "empty.txt", "huge.txt", "page.html", "paper.pdf"]
    assert {file for file, outcome in outcomes.items() if outcome.error is None} == {"a.txt", "b/c.md", "empty.txt"}
    assert "binary" in str(outcomes["binary.txt"].error) or "encoding" in str(outcomes["binary.txt"].error)
    assert "more than the limit" in str(outcomes["huge.txt"].error)
    assert "HTML" in str(outcomes["page.html"].error)
    assert "PDF" in str(outcomes["paper.pdf"].error)
    found = outcomes["b/c.md"].extraction
    assert found is not None
    assert found.source.name == "b/c.md"
    assert outcomes["page.html"].extraction is None


def test_results_are_the_same_for_any_number_of_processes(mixed_folder: Path) -> None:
    one, two = (list(extract_corpus(mixed_folder, jobs=jobs)) for jobs in (1, 2))
    assert one == two


def test_each_outcome_is_one_line_of_json(mixed_folder: Path) -> None:
    for outcome in extract_corpus(mixed_folder, jobs=1):
        line = outcome.json_line()
        assert line.count("\n") == 1
        assert json.loads(line)["source"]["name"] == outcome.file
        if outcome.json:
            assert Extraction.model_validate_json(line) == outcome.extraction


def _kill(root: Path, file: Path) -> str:
    if file.name == "killer.txt":
        os._exit(1)
    return json.dumps({"killed": False})


def test_a_file_that_kills_its_worker_is_told_and_all_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "killer.txt", "x.txt", "y.txt"):
        (tmp_path / name).write_text("A release")
    monkeypatch.setattr(batch, "_extract_json", _kill)
    outcomes = {outcome.file: outcome.error for outcome in extract_corpus(tmp_path, jobs=2)}
    assert outcomes == {"a.txt": None, "b.txt": None, "killer.txt": "the worker process died on this file", "x.txt": None, "y.txt": None}


def _fail(root: Path, file: Path) -> str:
    raise KeyError(file.name)


def test_a_fault_in_one_file_is_told_by_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("A release")
    monkeypatch.setattr(batch, "_extract_json", _fail)
    [outcome] = extract_corpus(tmp_path, jobs=1)
    assert outcome.error == "KeyError: 'a.txt'"


def test_a_folder_without_releases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no release file"):
        extract_corpus(tmp_path)
    with pytest.raises(InputError, match="is not a folder"):
        extract_corpus(tmp_path / "nowhere")
