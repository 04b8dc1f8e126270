"""The folder of results: tables, lines, a database; runs that are killed and go on."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

import minenews.corpus.journal as journal_module
from minenews import Extraction, InputError, extract, load_corpus, write_corpus
from minenews.corpus.folder import LINES
from minenews.corpus.journal import Journal
from minenews.corpus.pool import Outcome
from minenews.corpus.store import Summary, write_database
from minenews.corpus.tables import TABLES
from minenews.source.pieces import Limits

CORPUS = Path(__file__).parents[1] / "corpus" / "releases"
SEED = "dynacor-2017-07-21.txt"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the sample corpus."""
    folder = tmp_path_factory.mktemp("out")
    assert write_corpus(CORPUS, folder, jobs=2) == Summary(len(list(CORPUS.iterdir())), 0, 0)
    return folder


def test_every_table_has_its_columns_whatever_was_read(out: Path) -> None:
    corpus = load_corpus(out)
    for table, columns in TABLES.items():
        assert getattr(corpus, table).column_names == list(columns)
    assert corpus.releases.schema.field("date").type == pa.date32()
    assert corpus.errors.num_rows == 0
    assert min(getattr(corpus, table).num_rows for table in TABLES if table != "errors") > 0
    with pytest.raises(AttributeError, match="has no table 'fact'"):
        _ = corpus.fact


def test_the_facts_of_a_release_are_those_of_its_extraction(out: Path) -> None:
    text = (CORPUS / SEED).read_text(encoding="utf-8")
    rows = [row for row in load_corpus(out).facts.to_pylist() if row["release"] == SEED]
    wanted = extract(text).facts
    assert [(row["id"], row["metric"], row["value"], row["unit"], row["period"]) for row in rows] == [
        (fact.id, fact.metric, fact.value, fact.unit, fact.period and fact.period.label) for fact in wanted
    ]
    assert rows[0]["period_start"] == dt.date(2017, 6, 1)
    [release] = [row for row in load_corpus(out).releases.to_pylist() if row["release"] == SEED]
    assert release["text"] == text
    assert release["issuer"] == "Dynacor Gold Mines Inc."
    first = wanted[0].evidence[0]
    assert release["text"][rows[0]["start"] : rows[0]["end"]] == first.text


def test_a_resource_and_an_intercept_have_one_row_for_each_commodity(out: Path) -> None:
    corpus = load_corpus(out)
    for table, amounts in (("intercepts", "grades"), ("resources", "grades")):
        rows = getattr(corpus, table).to_pylist()
        graded = {(row["release"], row["id"], row["commodity"], row["grade"]) for row in rows if row["grade"] is not None}
        wanted = {
            (found.source.name, record.id, grade.commodity, grade.value)
            for found in map(Extraction.model_validate_json, (out / LINES).read_text(encoding="utf-8").splitlines())
            for record in getattr(found, table)
            for grade in getattr(record, amounts)
        }
        assert graded == wanted
        assert wanted


def test_the_lines_are_whole_extractions_in_the_order_of_the_files(out: Path) -> None:
    lines = (out / LINES).read_text(encoding="utf-8").splitlines()
    assert [Extraction.model_validate_json(line).source.name for line in lines] == sorted(file.name for file in CORPUS.iterdir())


def files_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".parquet", ".jsonl")}


def test_nothing_is_read_twice_and_what_is_gone_is_in_no_table(tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "in")
    out = tmp_path / "out"
    write_corpus(tmp_path / "in", out, jobs=1)
    first = files_of(out)
    (tmp_path / "in" / "a-new.txt").write_text("Brill Metals produced 5,120 oz of gold in Q2 2021.")
    told: list[str] = []
    total = len(list(CORPUS.iterdir()))
    summary = write_corpus(tmp_path / "in", out, jobs=1, tell=lambda outcome: told.append(outcome.file) if outcome else None)
    assert summary == Summary(total + 1, 0, total)
    assert told == ["a-new.txt"]
    (tmp_path / "in" / "a-new.txt").unlink()
    assert write_corpus(tmp_path / "in", out, jobs=1) == Summary(total, 0, total)
    assert files_of(out) == first


def test_a_file_that_changed_is_read_again_and_another_version_reads_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Brill Metals produced 5,120 oz of gold in Q2 2021 at {name}.")
    out = tmp_path / "out"
    write_corpus(tmp_path, out, jobs=1)
    (tmp_path / "a.txt").write_text("Brill Metals produced 6,120 oz of gold in Q2 2021.")
    assert write_corpus(tmp_path, out, jobs=1).kept == 1
    assert load_corpus(out).facts.column("value").to_pylist() == [6120.0, 5120.0]
    monkeypatch.setattr(journal_module, "rules_version", lambda: "another")
    assert write_corpus(tmp_path, out, jobs=1).kept == 0


def test_an_error_is_tried_again_only_under_other_limits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Brill Metals " * 10)
    out = tmp_path / "out"
    assert write_corpus(tmp_path, out, jobs=1, limits=Limits(release=20)) == Summary(0, 1, 0)
    assert write_corpus(tmp_path, out, jobs=1, limits=Limits(release=20)) == Summary(0, 1, 1)
    assert write_corpus(tmp_path, out, jobs=1) == Summary(1, 0, 0)


KILLED = """
import os, signal, sys
import minenews.corpus.journal as journal
from minenews import write_corpus
journal.COMMIT_ROWS = 2
count = 0
def tell(outcome):
    global count
    count += outcome is not None
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
write_corpus(sys.argv[1], sys.argv[2], jobs=2, tell=tell)
"""


def test_a_run_that_is_killed_goes_on_and_ends_with_the_same_files(out: Path, tmp_path: Path) -> None:
    for reads in (5, 7):
        command = [sys.executable, "-c", KILLED, CORPUS, tmp_path, str(reads)]
        killed = subprocess.run(command, capture_output=True, timeout=60, check=False)  # returns when its workers have ended too
        assert killed.returncode == -signal.SIGKILL
        with pytest.raises(InputError, match=r"holds no releases\.parquet"):
            load_corpus(tmp_path)
    summary = write_corpus(CORPUS, tmp_path, jobs=2)
    assert summary.kept >= 8  # all but the last transaction of each killed run
    assert files_of(tmp_path) == files_of(out)


@pytest.mark.parametrize("done", [0, 3])
def test_old_and_new_tables_are_never_read_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int) -> None:
    (tmp_path / "a.txt").write_text("Brill Metals produced 5,120 oz of gold in Q2 2021.")
    write_corpus(tmp_path, tmp_path, jobs=1)
    (tmp_path / "a.txt").write_text("Brill Metals produced 6,120 oz of gold in Q2 2021.")
    replace, moved = Path.replace, []

    def fail(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) > done:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", fail)
        with pytest.raises(InputError, match="No space left"):
            write_corpus(tmp_path, tmp_path, jobs=1)
    with pytest.raises(InputError, match=r"holds no releases\.parquet"):
        load_corpus(tmp_path)
    assert write_corpus(tmp_path, tmp_path, jobs=1) == Summary(1, 0, 1)
    assert load_corpus(tmp_path).facts.column("value").to_pylist() == [6120.0]


def test_results_that_lie_among_the_releases_are_not_read_as_releases(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Brill Metals produced 5,120 oz of gold in Q2 2021.")
    for out in (tmp_path, tmp_path / "out"):
        for kept in (0, 1):
            assert write_corpus(tmp_path, out, jobs=1) == Summary(1, 0, kept)


def test_only_one_run_at_a_time_writes_into_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Brill Metals")
    with Journal(tmp_path, Limits()), pytest.raises(InputError, match="another run is writing there"):
        write_corpus(tmp_path, tmp_path, jobs=1)
    (tmp_path / "journal.sqlite").write_bytes(b"no base at all" * 100)
    with pytest.raises(InputError, match="is no journal of minenews"):
        write_corpus(tmp_path, tmp_path, jobs=1)


FRAME = "About Brill Metals\n\nBrill Metals Inc. is a producer of gold with two mines in Western Australia and a mill. " * 2
NEWS = (
    "Brill Metals Inc. (TSX: BRL) produced {0} ounces of gold at the Alder mine in the second quarter of 2021, against 4,100 ounces in the "
    "second quarter of 2020. The mill treated 51,200 tonnes of ore at a grade of 3.4 g/t gold, and the recovery was 92%. Brill has cash "
    "of $12.5 million and goes on with its programme of drilling at the Alder mine, where two rigs turn.\n\n"
)


def wire(name: str, date: str, news: str) -> str:
    return f"Brill Metals Reports Second Quarter Production\n\nPERTH, {date} ({name}) -- {news}{FRAME}\n\nSOURCE Brill Metals via {name}\n"


def test_the_same_release_on_two_wires_is_linked_and_kept(tmp_path: Path) -> None:
    texts = {
        "a.txt": wire("GLOBE NEWSWIRE", "July 9, 2021", NEWS.format("5,120")),
        "b.txt": wire("Business Wire", "July 9, 2021", NEWS.format("5,120")).replace("\n\n", "\n \n"),
        "c.txt": wire("GLOBE NEWSWIRE", "July 9, 2021", NEWS.format("6,230").replace("51,200", "48,000").replace("92", "91")),
        "d.txt": wire("GLOBE NEWSWIRE", "August 9, 2021", NEWS.format("5,120")),
        "e.txt": wire("GLOBE NEWSWIRE", "July 9, 2021", "Brill Metals appointed a director.\n\n"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    write_corpus(tmp_path, tmp_path / "out", jobs=1, database=tmp_path / "out.duckdb")
    releases = load_corpus(tmp_path / "out").releases.to_pylist()
    assert {row["release"]: row["duplicate_of"] for row in releases} == {**dict.fromkeys(texts), "b.txt": "a.txt"}
    with duckdb.connect(tmp_path / "out.duckdb", read_only=True) as base:
        assert "b.txt" not in [row[0] for row in base.execute("SELECT release FROM production").fetchall()]


@pytest.fixture
def query(tmp_path: Path) -> Callable[[dict[str, str], str], list[tuple[object, ...]]]:
    """A function that writes releases, reads them, and answers a query on the database."""

    def answer(texts: dict[str, str], query: str) -> list[tuple[object, ...]]:
        (tmp_path / "in").mkdir()
        for name, text in texts.items():
            (tmp_path / "in" / name).write_text(text)
        write_corpus(tmp_path / "in", tmp_path / "out", jobs=1, database=tmp_path / "out.duckdb")
        with duckdb.connect(tmp_path / "out.duckdb", read_only=True) as base:
            return base.execute(query).fetchall()

    return answer


HEAD = "Brill Metals Reports\n\nPERTH, {0} -- Brill Metals Inc. (TSX: BRL) "


def test_the_view_of_production_has_the_last_word_on_each_figure(query: Callable[..., list[tuple[object, ...]]]) -> None:
    texts = {
        "a.txt": HEAD.format("July 9, 2021") + "produced 5,120 ounces of gold in the second quarter of 2021.",
        "b.txt": HEAD.format("October 8, 2021") + "produced 6,000 ounces of gold in the third quarter of 2021. "
        "Gold production in the second quarter of 2021 was 5,100 ounces.",
    }
    found = query(texts, "SELECT quarter, commodity, value, unit FROM production_by_quarter")
    assert found == [("2021-Q2", "gold", 5100.0, "oz"), ("2021-Q3", "gold", 6000.0, "oz")]


def test_the_view_of_guidance_has_the_latest(query: Callable[..., list[tuple[object, ...]]]) -> None:
    said = "maintains its 2021 production guidance of {} ounces of gold."
    texts = {
        "b.txt": HEAD.format("January 9, 2021") + said.format("20,000 to 22,000"),
        "a.txt": HEAD.format("July 9, 2021") + said.format("21,000 to 23,000"),
    }
    assert query(texts, "SELECT metric, low, high FROM latest_guidance") == [("production", 21000.0, 23000.0)]


def test_the_view_of_states_has_todays(query: Callable[..., list[tuple[object, ...]]]) -> None:
    texts = {
        "b.txt": HEAD.format("January 9, 2021") + "has suspended operations at the Alder mine.",
        "a.txt": HEAD.format("July 9, 2021") + "said that the Alder mine is on care and maintenance.",
    }
    [(_, state)] = query(texts, "SELECT asset, state FROM status_today")
    assert state == "care_and_maintenance"


def test_what_cannot_be_written_or_loaded_is_told(out: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.duckdb: cannot be written"):
        write_database(out, tmp_path / "nowhere" / "x.duckdb")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file: cannot be written"):
        write_corpus(CORPUS, tmp_path / "file")
    with pytest.raises(InputError, match=r"holds no releases\.parquet"):
        load_corpus(tmp_path)


def test_the_journal_gives_back_what_it_was_given(tmp_path: Path) -> None:
    outcome = Outcome("a.txt", os.urandom(16), error="holds no text")
    with Journal(tmp_path, Limits()) as journal:
        journal.add(outcome)
        assert list(journal.outcomes()) == [Outcome("a.txt", outcome.digest, "holds no text", b"", b"", None)]
    with Journal(tmp_path, Limits()) as journal:
        assert list(journal.outcomes()) == []
        assert not journal.has("a.txt", b"other")
        assert journal.has("a.txt", outcome.digest)
        assert len(list(journal.outcomes())) == 1
