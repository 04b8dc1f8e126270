"""Texts about other industries give no facts and no events: one test for each row of tests/rules/other_industries.csv."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from minenews import extract

ROWS = Path(__file__).parent / "rules" / "other_industries.csv"
RELEASED = dt.date(2024, 6, 15)


def rows() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["input"][:60])
def test_other_industry(row: dict[str, str]) -> None:
    found = extract(row["input"], released=RELEASED)
    told = [f"{f.metric} {f.as_written}" for f in found.facts] + [f"{e.kind} {e.as_written}" for e in found.events]
    told += [f"{s.asset}: {s.state}" for s in found.statuses] + [f"{i.hole} {i.length}" for i in found.intercepts]
    assert "; ".join(told) == row["expected"], row["why"]
