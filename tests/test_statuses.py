"""Statuses: one test for each row of states.csv and of tests/rules/states.csv."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from minenews import extract
from minenews.marks.read import read_page
from minenews.models import Status
from minenews.records.events import link_events
from minenews.records.statuses import link_statuses
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import PatternIndex, compile_pattern

RELEASED = dt.date(2024, 6, 15)
with (Path(__file__).parent / "rules" / "states.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def statuses_of(text: str) -> tuple[Status, ...]:
    page = read_page(text, released=RELEASED)
    return link_statuses(page, link_events(page))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["input"][:60])
def test_state_row(row: dict[str, str]) -> None:
    assert "; ".join(f"{s.asset}: {s.state}" for s in statuses_of(row["input"])) == row["expected"], row["why"]


@pytest.mark.parametrize("row", load_rows("states"), ids=lambda row: row["example"])
def test_vocabulary_row_of_states(row: dict[str, str]) -> None:
    pattern = compile_pattern(row["pattern"])
    assert PatternIndex([pattern]).candidates(row["example"].lower()) == [0]
    assert any(pattern.matches(row["example"], row["example"].lower()))
    assert not any(pattern.matches(row["near_miss"], row["near_miss"].lower()))


def test_date_of_a_state() -> None:
    (status,) = statuses_of("Operations at the Redhill mine were suspended on May 3, 2024.")
    assert status.as_of == dt.date(2024, 5, 3)
    (status,) = statuses_of("The Redhill mine remains fully operational.")
    assert status.as_of == RELEASED


def test_a_table_of_production_shows_what_operates() -> None:
    text = (
        "OSTRAVA, July 9, 2024 (Newsfile) - Ashgrove Gold Corp. (TSX: ASH) reports production of its Redhill mine.\n\n"
        "| Redhill mine | Q2 2024 | Q1 2024 |\n|---|---|---|\n"
        "| Ore milled (t) | 41,000 | 40,000 |\n| Gold produced (oz) | 5,120 | 4,980 |\n"
    )
    (status,) = extract(text).statuses
    assert (status.asset, status.state) == ("Redhill mine", "operating")
    assert {e.rule for e in status.evidence} <= {"states.operating", "status.production", "status.ore_processed"}
    assert all(text[e.start : e.end] == e.text for e in status.evidence)
