"""Drill intercepts of prose: one row, one case. Expected: hole from-to length grades (flags), several parted by " ; "."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews.marks.read import read_page
from minenews.models import Intercept
from minenews.records.intercepts import link_intercepts

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "intercepts.csv").read_text(encoding="utf-8").splitlines()))


def shown(record: Intercept) -> str:
    """A record on one line."""
    depths = "" if record.from_ is None else f" {record.from_:g}-" + ("" if record.to is None else f"{record.to:g}")
    grades = ", ".join(
        f"{g.commodity} {g.value:g} {g.unit}" + {None: "", True: " capped", False: " uncapped"}[g.capped] for g in record.grades
    )
    width = "" if record.true_width is None else f" true {record.true_width:g}"
    inside = f" in {record.parent or '?'}" if record.included else ""
    return f"{record.hole or '?'}{depths} {record.length:g} {record.length_unit}{width}: {grades}{inside}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_intercepts(row: dict[str, str]) -> None:
    text = row["text"].replace("\\n", "\n")
    found = link_intercepts(read_page(text))
    assert " ; ".join(shown(record) for record in found) == row["expected"]
    assert all(text[e.start : e.end] == e.text for record in found for e in record.evidence)
    assert [record.id for record in found] == [f"i{number}" for number in range(1, len(found) + 1)]


def test_a_fifth_of_the_rows_give_nothing() -> None:
    assert sum(not row["expected"] for row in ROWS) >= len(ROWS) / 5


def test_a_long_text_of_lengths_and_grades_is_read_in_linear_time() -> None:
    text = "12 m of 5 g/t gold and " * 2000 + "(" * 20000 + "9" * 20000
    assert len(link_intercepts(read_page(text))) == 1
