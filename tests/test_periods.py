"""Periods, case by case; every date form against dateparser; time that grows with the text and no faster."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import pairwise
from pathlib import Path

import dateparser
import pytest

from minenews.marks.page import Stretch
from minenews.marks.periods import find_fiscal_year_end, find_periods, read_period

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "periods.csv").open(encoding="utf-8", newline="")))


def written(found: Stretch) -> str:
    """A period as the table writes it: its label, with the dates of a fiscal one where they are known."""
    value = found.value
    return f"{value.label} {value.start}/{value.end}" if value.label.startswith("FY") and value.start else value.label


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    released = dt.date.fromisoformat(row["released"]) if row["released"] else None
    text = row["input"]
    found = find_periods(text, released)
    assert "; ".join(written(f) for f in found) == row["expected"]
    assert all(" ".join(text[f.start : f.end].split()) == f.as_written for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_fifth_of_the_rows_must_give_nothing() -> None:
    assert sum(1 for row in ROWS if not row["expected"]) * 5 >= len(ROWS) >= 200


DATES = [dt.date(2017, 7, 21), dt.date(2005, 1, 1), dt.date(2024, 2, 29), dt.date(1999, 12, 31), dt.date(2031, 5, 9)]
FORMS = ["%B %d, %Y", "%B %d %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%b. %d, %Y", "%Y-%m-%d", "%d-%b-%Y", "%dth of %B %Y"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("date", DATES, ids=str)
def test_dateparser_reads_the_regular_forms_alike(date: dt.date, form: str) -> None:
    text = date.strftime(form).replace("May.", "May")
    ours = read_period(text)
    theirs = dateparser.parse(text.replace("th of", ""), languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    assert ours is not None
    assert theirs is not None
    assert (ours.start, ours.end) == (theirs.date(), theirs.date()) == (date, date)


@pytest.mark.parametrize(
    ("text", "year_end"),
    [
        ("The fiscal year ended June 30, 2024 was good.", "06-30"),
        ("The Company's financial year ends on 31 March.", "03-31"),
        ("a September 30 fiscal year-end", "09-30"),
        ("Q1 FY2025 (three months ended December 31, 2024)", "09-30"),
        ("the half year ended 31 December 2024 (H1 FY25)", "06-30"),
        ("the third quarter of fiscal 2025, ended January 31, 2025", "04-30"),
        ("Q2 2017 (three months ended June 30, 2017)", None),
        ("the year ended June 30, 2024", "06-30"),
        ("the years to June 30, 2024; the year ended June 30, 2024, and the year ended December 31, 2023", None),
        ("the twelve months ended June 30, 2024", None),
        ("the first quarter of 2025 (“Q1 2025”) for the three months ended November 30, 2024", "08-31"),
        ("the quarter ended June 30 – the first quarter of its 2024 financial year", "03-31"),
        ("FY2025 guidance", None),
        ("4,100 tonnes in the year to 30 September 2019, of which 1,300 tonnes in Q3 2019", None),
        ("4,100 tonnes in the year to 30 September 2019", "09-30"),
    ],
)
def test_fiscal_year_end(text: str, year_end: str | None) -> None:
    found = find_fiscal_year_end(text)
    assert (found[0] if found else None) == year_end


@pytest.mark.parametrize(
    "piece", ["1234567890", "(", "June ", "2017 ", "1 to ", " ", "first ", "Q1 ", "three months ended ", "June 30 and ", "the year "]
)
def test_repeated_pieces_give_periods_in_reading_order(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    marks = [(mark.start, mark.end) for mark in find_periods(text, dt.date(2017, 7, 21))]
    assert marks == sorted(marks)
    assert all(0 <= start < end <= len(text) for start, end in marks)
