"""Running over a folder of releases."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path

import pytest

import minenews.corpus.pool as pool
from minenews import Extraction, InputError, extract, extract_corpus, extract_file
from minenews.corpus.folder import find_files
from minenews.source.pieces import Limits, Piece

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
    """Three good releases, files that are none, and files that are not read at all."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "b").mkdir()
    (folder / "a.txt").write_bytes(SEED.read_bytes())
    (folder / "b" / "c.md").write_text("Brill Metals produced 5,120 ounces of gold in the second quarter of 2021.")
    (folder / "b.txt").write_text("Brill Metals")
    (folder / "binary.txt").write_bytes(os.urandom(64) + b"\0" * 64)
    (folder / "page.html").write_text("<html><p>Brill Metals produced 5,120 oz of gold in 2021.</p></html>")
    (folder / "README.md").write_text("Not a release")
    (folder / "notes.doc").write_text("Not a release")
    (folder / ".hidden.txt").write_text("Not a release")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text("Not a release")
    return folder


def test_files_are_found_in_the_order_of_their_paths(mixed_folder: Path) -> None:
    found = [file.relative_to(mixed_folder).as_posix() for file in find_files(mixed_folder)]
    assert found == sorted(found) == ["a.txt", "b.txt", "b/c.md", "binary.txt", "page.html"]


def test_broken_files_become_errors_and_never_stop_the_run(mixed_folder: Path) -> None:
    outcomes = {outcome.file: outcome for outcome in extract_corpus(mixed_folder, jobs=2)}
    assert list(outcomes) == ["a.txt", "b.txt", "b/c.md", "binary.txt", "page.html"]
    assert {file for file, outcome in outcomes.items() if outcome.error} == {"binary.txt"}
    assert outcomes["binary.txt"].extraction is None
    found = outcomes["b/c.md"].extraction
    assert found is not None
    assert found.source.name == "b/c.md"
    text = outcomes["page.html"].text
    assert text == "Brill Metals produced 5,120 oz of gold in 2021.\n"


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


real_read_piece = pool.read_piece


def _kills(piece: Piece) -> str:
    """Stands for the reading of a release by code that crashes, takes memory without end, never ends, or has a fault."""
    if "crash" in piece.name:
        os._exit(1)
    if "greedy" in piece.name:
        return "9" * 10**11
    if "endless" in piece.name:
        while True:
            pass
    if "deaf" in piece.name:  # compiled code that heeds no signal
        sum(itertools.repeat(1))
    if "faulty" in piece.name:
        raise KeyError(piece.name)
    return real_read_piece(piece)


def test_a_release_that_breaks_its_reader_is_told_and_all_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "crash", "crash2", "deaf", "endless", "faulty", "greedy", "x", "y"):
        (tmp_path / f"{name}.txt").write_text("A release")
    monkeypatch.setattr(pool, "read_piece", _kills)
    outcomes = {outcome.file: outcome.error for outcome in extract_corpus(tmp_path, jobs=2, limits=Limits(seconds=0.3))}
    reasons = {
        "crash.txt": "crashed",
        "crash2.txt": "crashed",
        "deaf.txt": "took more than 0.3 s",
        "endless.txt": "takes more than 0.3 s to read",
        "faulty.txt": "KeyError: 'faulty.txt'",
        "greedy.txt": "bytes of memory",
    }
    assert list(outcomes) == sorted(outcomes)
    assert {file for file, error in outcomes.items() if error} == set(reasons)
    for file, reason in reasons.items():
        assert reason in str(outcomes[file]), file


def test_a_folder_without_releases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no release file"):
        extract_corpus(tmp_path)
    with pytest.raises(InputError, match="is not a folder"):
        extract_corpus(tmp_path / "nowhere")
