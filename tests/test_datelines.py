"""Datelines of all newswires and stock exchanges, case by case, and every row of their vocabulary."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from minenews.text.dateline import find_dateline, read_date, wire_name
from minenews.text.layout import lay_out
from minenews.vocab.load import load_rows

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "datelines.csv").open(encoding="utf-8", newline="")))
WIRES = load_rows("wires")
BODY = "\n\nBrill Gold PLC announces that its mine poured 5,120 ounces of gold in the quarter."


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    text = row["input"]
    found = find_dateline(text, 0, len(text))
    if not (row["place"] or row["date"] or row["wire"]):
        assert found is None
        return
    assert found is not None
    place, date, wire = (text[span[0] : span[1]] if span else "" for span in (found.place, found.date, found.wire))
    assert place == row["place"]
    assert (str(read_date(date)) if date else "") == row["date"]
    assert (wire_name(wire) if wire else "") == row["wire"]
    assert found.end <= len(text)


@pytest.mark.parametrize("row", WIRES, ids=[row["form"] for row in WIRES])
def test_wire(row: dict[str, str]) -> None:
    text = f"TORONTO, July 18, 2017 ({row['form']}) -- Brill Metals Inc. reports."
    found = find_dateline(text, 0, len(text))
    assert found is not None
    assert found.wire is not None
    assert wire_name(text[found.wire[0] : found.wire[1]]) == row["wire"]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("ASX ANNOUNCEMENT\n\n27 October 2022\n\nBrill Gold Quarterly Report", dt.date(2022, 10, 27)),
        ("ASX Release\n\nDate: 27 October 2022\n\nBrill Gold Quarterly Report", dt.date(2022, 10, 27)),
        ("RNS Number : 5551K\nBrill Gold PLC\n21 January 2025\n\nBrill Gold Q4 2024 production", dt.date(2025, 1, 21)),
        ("NEWS RELEASE\n\nJuly 18, 2017\n\nBrill Gold pours gold", dt.date(2017, 7, 18)),
        ("Brill Gold pours gold\n\nReleased: 2017-07-18", dt.date(2017, 7, 18)),
        ("FOR IMMEDIATE RELEASE\n\nTuesday, July 18, 2017\n\nBrill Gold pours gold", dt.date(2017, 7, 18)),
        ("Brill Gold pours gold\n\nThe mine opened on July 18, 2017 and has since been a success for all.", None),
        ("Brill Gold options the claims\n\n$500,000 on or before Dec. 31, 2024\n\n- $750,000 by May 4, 2025", None),
        ("Brill Gold options the claims\n\n2,000,000 shares on May 4, 2025", None),
        ("Brill Gold pours gold", None),
    ],
)
def test_header_of_a_stock_exchange(head: str, date: dt.date | None) -> None:
    text = head + BODY
    line = lay_out(text).dateline
    found = read_date(text[line.date[0] : line.date[1]].strip()) if line and line.date else None
    assert found == date
