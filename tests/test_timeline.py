"""The timeline of an asset across releases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from minenews import extract
from minenews.cli import app
from minenews.corpus.timeline import Timeline, build_timelines

HEAD = "OSTRAVA, {} (Newsfile) - Ashgrove Mining Inc. (TSX: ASH) reports that "
STOP = HEAD.format("May 6, 2024") + (
    "operations at its Redhill mine were suspended on May 3, 2024 after a fire at the mine. Exports are on time.\n\n"
    "Outlook\n\nThe Larkfield mine is fully operational."
)
AGAIN = HEAD.format("May 20, 2024") + "operations at the Redhill gold mine were suspended on May 4, 2024."
RESTART = HEAD.format("June 12, 2024") + "mining at the Redhill mine resumed on June 10, 2024."
WORKS = HEAD.format("July 2, 2024") + "the Redhill mine is fully operational."


def lines_of(**texts: str) -> dict[str, Timeline]:
    return {line.asset: line for line in build_timelines((f"{name}.txt", extract(text)) for name, text in texts.items())}


def told(line: Timeline) -> list[tuple[str, str, str | None]]:
    return [(entry.when, entry.what, entry.conflict) for entry in line.entries]


def test_states_and_events_stand_in_the_order_of_time_whatever_the_order_of_files() -> None:
    line = lines_of(c=RESTART, a=STOP)["Redhill mine"]
    assert told(line) == [
        ("2024-05-03", "suspension", None),
        ("2024-05-03", "fire", None),
        ("2024-05-03", "suspended", None),
        ("2024-06-10", "restart", None),
        ("2024-06-10", "operating", None),
    ]
    assert [entry.files for entry in line.entries] == [("a.txt",)] * 3 + [("c.txt",)] * 2


def test_names_of_one_asset_share_a_line_and_a_plant_has_its_own() -> None:
    plant = HEAD.format("June 1, 2024") + "the Redhill plant is on care and maintenance."
    lines = lines_of(a=STOP, b=AGAIN, c=plant)
    assert set(lines) == {"Redhill mine", "Larkfield mine", "Redhill plant"}
    assert lines["Redhill mine"].names == ["Redhill mine", "Redhill", "Redhill gold mine"]


def test_two_days_for_one_event_are_a_conflict_on_both_sides() -> None:
    line = lines_of(a=STOP, b=AGAIN)["Redhill mine"]
    assert [(when, conflict) for when, what, conflict in told(line) if what == "suspension"] == [
        ("2024-05-03", "2024-05-04 in b.txt"),
        ("2024-05-04", "2024-05-03 in a.txt"),
    ]


def test_work_after_a_stop_needs_a_restart() -> None:
    without = lines_of(a=STOP, d=WORKS)["Redhill mine"].entries[-1]
    assert (without.what, without.conflict) == ("operating", "suspended on 2024-05-03, and no restart is told")
    assert lines_of(a=STOP, c=RESTART, d=WORKS)["Redhill mine"].entries[-1].conflict is None


def test_a_stop_without_a_day_contradicts_nothing() -> None:
    undated = "Brill Metals: the Redhill mine\n\nThe Redhill mine is on care and maintenance."
    assert [entry.conflict for entry in lines_of(a=undated, d=WORKS)["Redhill mine"].entries if entry.type == "state"] == [None, None]


def test_a_conflict_names_the_file_as_it_is_and_the_state_in_words() -> None:
    idle = HEAD.format("June 1, 2024") + "the Redhill mine is on care and maintenance."
    works = HEAD.format("June 1, 2024") + "the Redhill mine is operating."
    states = [entry.conflict for entry in lines_of(q_1=idle, q_2=works)["Redhill mine"].entries if entry.type == "state"]
    assert sorted(map(str, states)) == ["care and maintenance in q_1.txt", "operating in q_2.txt"]


def test_what_two_releases_tell_alike_is_one_entry() -> None:
    line = lines_of(a=STOP, b=STOP)["Redhill mine"]
    assert {entry.files for entry in line.entries} == {("a.txt", "b.txt")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("stop", STOP), ("works", WORKS)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_prints_a_table_for_each_asset(folder: Path) -> None:
    printed = CliRunner(env={"COLUMNS": "140"}).invoke(app, ["timeline", str(folder), "--jobs", "1"]).stdout
    assert "Redhill mine (mine)" in printed
    assert "no restart is told" in printed
    assert "Larkfield mine (mine)" in printed


def test_an_undated_event_stands_at_the_day_that_tells_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEAD.format("May 6, 2024") + "operations at its Redhill mine have been suspended.", encoding="utf-8")
    printed = CliRunner(env={"COLUMNS": "140"}).invoke(app, ["timeline", str(tmp_path), "--jobs", "1"]).stdout
    assert "told 2024-05-06" in printed


def test_the_command_prints_json_of_the_assets_asked_for(folder: Path) -> None:
    printed = CliRunner().invoke(app, ["timeline", str(folder), "--json", "--asset", "larkfield", "--jobs", "1"]).stdout
    [line] = json.loads(printed)
    assert (line["asset"], line["entries"][0]["what"], line["entries"][0]["date"]) == ("Larkfield mine", "operating", "2024-05-06")


def test_a_folder_without_releases_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["timeline", str(tmp_path)])
    assert result.exit_code == 1
    assert "holds no release file" in result.output
