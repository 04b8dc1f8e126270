"""Quotes, case by case: each input follows a plain lead."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews.marks.read import read_page
from minenews.records.quotes import link_quotes

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "quotes.csv").open(encoding="utf-8")))
LEAD = (
    '# Ardoch Drills Alpha Zone\n\nVANCOUVER, BC - May 4, 2021 - Ardoch Gold Corp. (TSXV: ADG) ("Ardoch" or the "Company") '
    "reports drill results.\n\n"
)


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    text = LEAD + row["input"]
    found = link_quotes(read_page(text))
    assert " // ".join(f"{quote.speaker}|{quote.text}" for quote in found) == row["expected"]
    for quote in found:
        for evidence in quote.evidence:
            assert text[evidence.start : evidence.end] == evidence.text


def test_no_end_of_marks_is_quick() -> None:
    assert link_quotes(read_page(LEAD + '"( ' * 20000)) == ()
