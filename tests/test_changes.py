"""Changes: one test for each row of tests/rules/changes.csv.

Expected: `percent|metric|commodity|value>value compared with|absolute`, several joined by "; ". Empty: the sentence states no movement.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from minenews.marks.read import read_page
from minenews.models import Change, Fact
from minenews.records.changes import link_changes
from minenews.records.facts import link_facts

RELEASED = dt.date(2024, 10, 15)
with (Path(__file__).parent / "rules" / "changes.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def read(text: str) -> tuple[tuple[Fact, ...], tuple[Change, ...]]:
    page = read_page(text, released=RELEASED)
    facts = link_facts(page)
    return facts, link_changes(page, facts)


def written(change: Change, facts: tuple[Fact, ...]) -> str:
    """A change in the compact form of the rule table."""
    values = {f.id: f"{f.value if f.value is not None else f.high:.10g}" for f in facts}
    metric = change.metric.value if change.metric else ""
    moved = f"{values.get(change.fact or '', '')}>{values.get(change.against or '', '')}"
    absolute = f"{change.absolute:.10g} {change.unit}" if change.absolute is not None else ""
    return f"{change.percent:+.10g}%|{metric}|{change.commodity or ''}|{moved}|{absolute}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["input"][:70])
def test_change_row(row: dict[str, str]) -> None:
    facts, changes = read(row["input"])
    assert "; ".join(written(c, facts) for c in changes) == row["expected"], row["why"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["input"][:70])
def test_direction_and_evidence(row: dict[str, str]) -> None:
    text = row["input"]
    for change in read(text)[1]:
        assert change.percent is not None
        assert change.direction == ("up" if change.percent > 0 else "down")
        assert {"percent", "direction"} <= {e.slot for e in change.evidence}
        assert all(text[e.start : e.end] == e.text for e in change.evidence)


def test_rows_are_many_and_a_fifth_gives_nothing() -> None:
    assert len(ROWS) >= 50
    assert sum(not row["expected"] for row in ROWS) >= len(ROWS) / 5


def test_a_movement_said_twice_is_one_change() -> None:
    text = "Gold production rose 6% to 18,185 oz in Q2 2024.\n\nGold production of 18,185 oz in Q2 2024 was an increase of 6%."
    (change,) = read(text)[1]
    assert change.percent == 6
