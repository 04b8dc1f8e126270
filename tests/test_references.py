"""Earlier releases that a release names, case by case."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from minenews.marks.references import find_references

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "references.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    released = dt.date.fromisoformat(row["released"]) if row["released"] else None
    found = find_references(row["input"], released)
    assert " ".join(str(reference.date) for reference in found) == row["expected"]
    for reference in found:
        for evidence in reference.evidence:
            assert row["input"][evidence.start : evidence.end] == evidence.text
