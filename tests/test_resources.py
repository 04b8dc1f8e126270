"""Resource and reserve statements of prose. Expected: kind category tonnes: grades = contained (cut-off, standard, date)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews.marks.read import read_page
from minenews.models import Resource
from minenews.records.resources import link_resources

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "resources.csv").read_text(encoding="utf-8").splitlines()))


def shown(record: Resource) -> str:
    """A record on one line."""
    tonnes = "" if record.tonnes is None else f" {record.tonnes:.0f} t"
    grades = ", ".join(f"{g.commodity} {g.value:g} {g.unit}" for g in record.grades)
    contained = ", ".join(f"{c.commodity} {c.value:.0f} {c.unit}" for c in record.contained)
    scope = [str(part) for part in (record.cutoff, record.standard, record.effective_date) if part is not None]
    return f"{record.kind} {record.category}{tonnes}: {grades} = {contained}" + (f" ({', '.join(scope)})" if scope else "")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_resources(row: dict[str, str]) -> None:
    text = row["text"].replace("\\n", "\n")
    found = link_resources(read_page(text))
    assert " ; ".join(shown(record) for record in found) == row["expected"]
    assert all(text[e.start : e.end] == e.text for record in found for e in record.evidence)
    assert [record.id for record in found] == [f"r{number}" for number in range(1, len(found) + 1)]


def test_a_fifth_of_the_rows_give_nothing() -> None:
    assert sum(not row["expected"] for row in ROWS) >= len(ROWS) / 5


def test_a_long_text_of_amounts_is_read_in_linear_time() -> None:
    text = "Indicated resource of 12 Mt at 5 g/t gold and " * 2000 + "(" * 20000 + "9" * 20000
    assert link_resources(read_page(text))
