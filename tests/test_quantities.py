"""Quantities, case by case; our reader of digits against quantulum3; every row of the unit vocabulary; time that grows with the text."""

from __future__ import annotations

import csv
import logging
from itertools import pairwise
from pathlib import Path

import pytest

from minenews.marks.page import Measure
from minenews.marks.quantities import find_quantities, read_quantity
from minenews.marks.spelled import load_parser, read_number_words
from minenews.vocab.load import load_rows

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "quantities.csv").open(encoding="utf-8", newline="")))
MARKS = {"exact": "", "range": "", "about": "~", "min": ">=", "max": "<="}


def written(found: Measure) -> str:
    """A quantity as the table writes it: bound, sign, value or ends, unit, metal."""
    number = f"{found.low:.12g}..{found.high:.12g}" if found.value is None else f"{found.value:.12g}"
    unit = found.dimension if found.dimension in ("count", "number") else found.unit
    parts = [MARKS[found.bound.value] + ("+" if found.signed == "+" else "") + number, unit]
    parts += ["per share"] if found.dimension == "share_money" else []
    return " ".join([*parts, *filter(None, [found.commodity])])


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    text = row["input"]
    found = find_quantities(text)
    assert "; ".join(map(written, found)) == row["expected"]
    assert all(" ".join(text[m.start : m.end].split()) == m.as_written for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_fifth_of_the_rows_must_give_nothing() -> None:
    assert sum(1 for row in ROWS if not row["expected"]) * 5 >= len(ROWS) >= 250


UNITS = [row for row in load_rows("units") if row["form"] not in ("mt", "MT")]


@pytest.mark.parametrize("row", UNITS, ids=[row["form"] for row in UNITS])
def test_unit(row: dict[str, str]) -> None:
    found = read_quantity(row["example"])
    assert found is not None
    assert (found.unit, found.dimension) == (row["unit"], row["dimension"])
    assert found.value == pytest.approx(float(row["example"].split(" ")[0].replace(",", "")) * float(row["factor"]))


USUAL = [
    "6,895 oz", "45.2 koz", "1.2 Moz", "82,000 t", "950 kt", "45.2 Mt", "15,200 lb", "15.2 Mlb", "2,673 kg", "4.21 g/t", "1.27 %",
    "410 ppm",
    "12,500 tpd", "850 tph", "4.5 Mtpa", "136.5 m", "448 ft", "44.1 km", "2,500 ha", "5,000 acres", "24 months", "14 days", "11,120 carats",
    "0.12 opt", "82,000 short tons", "350,000 tpa",
]  # fmt: skip


@pytest.mark.parametrize("text", USUAL)
def test_quantulum3_reads_the_usual_shapes_alike(text: str) -> None:
    ours = read_quantity(text)
    theirs = load_parser().parse(text)
    assert ours is not None
    assert len(theirs) == 1
    unit, factor = theirs[0].unit.name.split(" x ")
    assert ours.unit == unit
    assert ours.value == pytest.approx(theirs[0].value * float(factor))


@pytest.mark.parametrize(
    ("words", "number"),
    [("five", 5), ("twenty five", 25), ("one hundred and twenty", 120), ("two and a half million", 2.5e6), ("three thousand", 3000)],
)
def test_number_words(words: str, number: float) -> None:
    assert read_number_words(words) == number


def test_quantulum3_leaves_the_root_logger_alone() -> None:
    before = logging.getLogger().handlers[:]
    read_number_words("nineteen hundred")
    assert logging.getLogger().handlers == before


PIECES = [
    "1234567890",
    "(",
    "1,234 ",
    "1 ",
    "1.2.",
    "1 to ",
    "$",
    " ",
    "five ",
    "five hundred and ",
    "5% (",
    "-",
    "A",
    "1 (",
    "$1 per ",
    "1 oz of ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_repeated_pieces_give_marks_in_reading_order(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    marks = [(mark.start, mark.end) for mark in find_quantities(text)]
    assert marks == sorted(marks)
    assert all(0 <= start < end <= len(text) for start, end in marks)
