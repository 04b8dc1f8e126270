"""The `minenews` command, run as a person would."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import minenews
from minenews import Extraction, extract_file, load_corpus
from minenews.cli import app
from minenews.report.spans import find_spans

CORPUS = Path(__file__).parents[1] / "corpus"
SEED = CORPUS / "releases" / "dynacor-2017-07-21.txt"


def run(*arguments: object, columns: int = 100) -> Result:
    return CliRunner(env={"COLUMNS": str(columns), "NO_COLOR": "1", "TERM": "dumb"}).invoke(app, [str(a) for a in arguments])


def done(*arguments: object, columns: int = 100) -> str:
    result = run(*arguments, columns=columns)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_extract_prints_one_table_for_each_kind_of_record() -> None:
    printed = done("extract", SEED)
    for title in ("Release", "Companies", "People", "Assets", "Facts", "Changes", "Events", "Asset states", "Quotes", "Checks"):
        assert re.search(rf"^{title}\s*$", printed, re.MULTILINE), title
    for title in ("Drill intercepts", "Resources and reserves", "Deals"):
        assert title not in printed
    for word in ("TSX:DNG", "6,895", "2017-06", "Veta Dorada plant", "earthquake", "magnitude 6.4", "care and maintenance", "rounding"):
        assert word in printed


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_the_tables_fit_the_terminal(columns: int) -> None:
    assert max(map(len, done("extract", SEED, columns=columns).splitlines())) <= columns


def test_extract_prints_the_whole_extraction_as_json() -> None:
    printed = done("extract", SEED, "--json")
    assert Extraction.model_validate_json(printed) == extract_file(SEED)


def test_a_release_date_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "undated.txt"
    file.write_text("Brill Metals produced 5,120 ounces of gold in the second quarter.")
    [period] = json.loads(done("extract", file, "--json", "--released", "2021-07-09"))["periods"]
    assert period["label"] == "2021-Q2"


def test_a_text_in_square_brackets_is_not_taken_for_markup(tmp_path: Path) -> None:
    file = tmp_path / "brackets.txt"
    file.write_text("Brill Metals [bold]produced[/bold] 5,120 oz of gold in [/] Q2 2021.")
    assert "[bold]produced[/bold]" in done("show", file)
    done("extract", file)


def test_show_prints_the_text_with_a_legend() -> None:
    printed = done("show", SEED)
    assert "production" in printed.splitlines()[0]
    assert "".join(SEED.read_text(encoding="utf-8").split()) in "".join(printed.split())


def test_show_writes_a_page_that_holds_the_text_and_every_span(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done("show", SEED, "--html", page)
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.count("<mark") == len(find_spans(extract_file(SEED))) > 40
    assert "http" not in html.replace("http-equiv", "")
    shown = set(re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", html))))
    assert set(re.findall(r"\w+", SEED.read_text(encoding="utf-8"))) <= shown


def test_markup_in_a_release_stays_text_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "<script>alert(1)</script> Brill Metals produced 5,120 oz of gold in Q2 2021. <img src=x onerror=alert(1)>"
    )
    done("show", tmp_path / "a.txt", "--html", tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html


def test_batch_writes_one_line_for_each_release_in_the_order_of_the_paths(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("batch", CORPUS / "releases", "--out", out, "--jobs", "2")
    assert result.exit_code == 0, result.output
    names = [json.loads(line)["source"]["name"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert names == sorted(file.name for file in (CORPUS / "releases").glob("*.txt"))
    assert f"{len(names)} releases extracted, 0 failed" in result.stderr
    assert list(tmp_path.iterdir()) == [out]


def test_batch_prints_lines_and_tells_failures_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Brill Metals produced 5,120 oz of gold in Q2 2021.")
    (tmp_path / "b.txt").write_bytes(b"\0\0\0")
    result = run("batch", tmp_path)
    assert result.exit_code == 0
    good, bad = map(json.loads, result.stdout.splitlines())
    assert good["source"]["name"] == "a.txt"
    assert bad == {"source": {"name": "b.txt"}, "error": bad["error"]}
    assert result.stderr.count("b.txt") == 1
    assert "1 releases extracted, 1 failed" in result.stderr


def test_batch_writes_tables_into_a_folder_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Brill Metals produced 5,120 oz of gold in Q2 2021.")
    (tmp_path / "in" / "b.txt").write_bytes(b"\0\0\0")
    out, db = tmp_path / "out", tmp_path / "out.duckdb"
    result = run("batch", tmp_path / "in", "--out", out, "--db", db)
    assert result.exit_code == 0, result.output
    assert "b.txt: is a binary file" in result.stderr
    assert "1 releases extracted, 1 failed\n" in result.stderr
    assert load_corpus(out).facts.column("value").to_pylist() == [5120.0]
    assert db.is_file()
    assert "1 releases extracted, 1 failed, 2 of both read before" in run("batch", tmp_path / "in", "--out", out).stderr


def test_a_database_needs_a_folder_for_its_tables(tmp_path: Path) -> None:
    result = run("batch", CORPUS, "--db", tmp_path / "a.duckdb")
    assert result.exit_code == 2
    assert "needs --out" in result.stderr


def test_schema_prints_the_json_schema() -> None:
    assert json.loads(done("schema")) == Extraction.model_json_schema(mode="serialization")


def test_evaluate_prints_scores_and_misses(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "releases" / "a.txt").write_text("Nothing was produced.")
    fact = {"metric": "production", "commodity": "gold", "value": 5120, "unit": "oz", "basis": "actual"}
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"facts": [fact]}))
    printed = done("evaluate", tmp_path, "--misses")
    assert 'a facts MISSED {"metric": "production", "commodity": "gold", "value": 5120' in printed
    assert re.search(r"facts\s+1\s+0\s+0\.000\s+0\.000\s+0\.000", printed)
    assert "facts" not in done("evaluate", tmp_path, "--only", "events")


def test_a_part_of_an_interval_stands_below_it_and_what_is_unlinked_is_listed() -> None:
    printed = done("extract", CORPUS / "releases" / "pronghorn-ridge-2021-06-17.txt")
    holes = re.findall(r"^i\d+ +((?:incl\. )?KW21-\d+)", printed, re.MULTILINE)
    assert holes[:4] == ["KW21-031", "incl. KW21-031", "incl. KW21-031", "KW21-034"]
    assert re.search(r"\d+ quantities read, \d+ of them in no record: .*1,240 hectares", printed, re.DOTALL)


def test_a_deal_is_told_with_its_terms() -> None:
    printed = " ".join(done("extract", CORPUS / "releases" / "kettleridge-gold-2010-06-08.txt", columns=250).split())
    assert "80%; for US$12.0 million + 9,500,000 common shares" in printed
    assert "15,000,000 subscription receipts at 1.1 " in printed


def test_the_version_is_printed() -> None:
    assert done("--version").strip() == minenews.__version__


@pytest.mark.parametrize("arguments", [("show", SEED, "--html"), ("batch", CORPUS, "--out")])
def test_a_file_that_cannot_be_written_is_told_in_one_line(arguments: tuple[object, ...], tmp_path: Path) -> None:
    (tmp_path / "taken.jsonl").mkdir()
    for out in (tmp_path / "nowhere" / "file.jsonl", tmp_path / "taken.jsonl"):
        result = run(*arguments, out)
        assert result.exit_code == 1
        assert re.fullmatch(r"minenews: .*: cannot be written .*\n", result.stderr)
    assert list(tmp_path.iterdir()) == [tmp_path / "taken.jsonl"]


def test_a_kind_that_does_not_exist_is_refused() -> None:
    result = run("evaluate", CORPUS, "--only", "facts,holes")
    assert result.exit_code == 2
    assert "holes: no such kind" in result.stderr


@pytest.mark.parametrize("command", ["extract", "show", "batch", "evaluate"])
def test_what_cannot_be_read_is_told_in_one_line(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path / "nowhere")
    assert result.exit_code == 1
    assert re.fullmatch(r"minenews: .*nowhere.*\n", result.stderr)
    assert result.stdout == ""


def test_help_answers_without_loading_the_line() -> None:
    code = "import sys; from minenews.cli import app\ntry: app(['--help'])\nexcept SystemExit: print('spacy' in sys.modules)"
    done_process = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done_process.stdout.rstrip().endswith("False")
    for command in ("extract", "show", "batch", "schema", "evaluate"):
        assert command in done_process.stdout


def test_the_module_can_be_run() -> None:
    printed = subprocess.run([sys.executable, "-m", "minenews", "schema"], check=True, capture_output=True, text=True, timeout=60).stdout
    assert json.loads(printed)["title"] == "Extraction"
