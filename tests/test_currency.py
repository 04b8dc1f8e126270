"""The declared currency, case by case, and every row of its vocabulary."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews import extract
from minenews.marks.currency import find_declared_currency
from minenews.vocab.load import load_rows

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "currency.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    found = find_declared_currency(row["input"])
    assert (found[0] if found else "") == row["expected"]


@pytest.mark.parametrize("row", load_rows("currency_names"), ids=[row["form"] for row in load_rows("currency_names")])
def test_name(row: dict[str, str]) -> None:
    found = find_declared_currency(row["example"])
    assert found is not None
    code, start, end = found
    assert code == row["currency"]
    assert row["form"] in row["example"][start:end]


def test_a_bare_sign_takes_the_declared_currency() -> None:
    text = "Kestrin Gold Corp. reports. All amounts are in US dollars. Revenue was $5 million at $1,800/oz and C$2 million."
    assert [q.unit for q in extract(text).quantities] == ["USD", "USD/oz", "CAD"]
    assert [q.unit for q in extract(text.replace("All amounts are in US dollars. ", "")).quantities] == ["$", "$/oz", "CAD"]
