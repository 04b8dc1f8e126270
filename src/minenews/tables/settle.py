"""Columns told by arithmetic where a flattened header does not tell them: tonnes x grade = contained metal, to - from = length."""

from __future__ import annotations

import re
from itertools import product

from minenews.marks.words import words_of
from minenews.tables.cells import read_figure
from minenews.tables.grid import Grid
from minenews.tables.roles import Role, commodity_in
from minenews.tables.units import Unit

GRAMS = {"oz": 31.1034768, "lb": 453.59237, "t": 1e6}
"""Grams in a unit of contained metal."""

_GRADE = re.compile(r"(?P<gpt>g/t|gpt|grams?\s+per\s+tonne)|(?P<percent>%|per\s?cent)", re.IGNORECASE)
_THOUSANDS = re.compile(r"0{3}['’]?s?\b|\bk(?:t|oz|lbs?)\b|\bthousands?\b", re.IGNORECASE)
_MILLIONS = re.compile(r"\bM(?:t|oz|lbs?)\b|\bmillions?\b")
_CONTAINED = re.compile(r"(?P<oz>\bounces\b|\b[kM]?oz\b)|(?P<lb>\bpounds\b|\b[kM]?lbs?\b)", re.IGNORECASE)


def settle_resource(text: str, grid: Grid) -> tuple[Role, ...] | None:
    """Tonnes, grade and contained metal of a table with three columns of figures, None unless all rows bear out one reading."""
    rows = _figures(grid, 3)
    if len(rows) < 2:
        return None
    header = _header_text(text, grid)
    kinds = {m.lastgroup for m in _GRADE.finditer(header)}
    metals = {m.lastgroup or "" for m in _CONTAINED.finditer(header)}
    if len(kinds) != 1 or len(metals) > 1:
        return None
    grade = Unit("g/t", 1.0, "grade") if "gpt" in kinds else Unit("%", 1e4, "percent")
    metal = metals.pop() if metals else "t"
    marks = (len(_THOUSANDS.findall(header)), len(_MILLIONS.findall(header)))
    fitting = []
    for tonnes_scale, metal_scale in product((1.0, 1e3, 1e6), repeat=2):
        scales = (tonnes_scale, metal_scale)
        if (scales.count(1e3), scales.count(1e6)) != marks:
            continue
        ratios = [t * tonnes_scale * g * grade.factor / (c * metal_scale * GRAMS[metal]) for t, g, c in rows if g and c]
        if len(ratios) >= 2 and all(0.97 <= ratio <= 1.03 for ratio in ratios):
            fitting.append(scales)
    if len(fitting) != 1:
        return None
    commodity = commodity_in(header)
    return (
        Role(1, "tonnes", Unit("t", fitting[0][0], "mass")),
        Role(2, "grade", Unit(grade.unit, 1.0, grade.dimension), commodity),
        Role(3, "contained", Unit(metal, fitting[0][1], "mass"), commodity),
    )


def settle_drill(text: str, grid: Grid) -> tuple[Role, ...] | None:
    """From, to, length and the grades behind them.

    None unless to - from is the length in every row and the header names one metal for each grade.
    """
    width = grid.width - 1
    rows = _figures(grid, width)
    if width < 4 or len(rows) < 2 or any(abs(row[1] - row[0] - row[2]) > 0.11 or row[2] <= 0 for row in rows):
        return None
    header = _header_text(text, grid)
    words = [w for w in words_of(header) if w.label == "commodity"]
    units = [m.lastgroup for m in _GRADE.finditer(header)]
    count = width - 3
    if len(words) != count or len({w.key for w in words}) != count or not units or (len(units) != count and len(set(units)) != 1):
        return None
    by_metal = units if len(units) == count else units[:1] * count
    grades = [
        Role(4 + n, "grade", Unit("g/t", 1.0, "grade") if unit == "gpt" else Unit("%", 1.0, "percent"), word.key)
        for n, (word, unit) in enumerate(zip(words, by_metal, strict=True))
    ]
    metres = Unit("ft" if re.search(r"\b(?:ft|feet)\b", header, re.IGNORECASE) else "m", 1.0, "length")
    return (Role(1, "from", metres), Role(2, "to", metres), Role(3, "length", metres), *grades)


def _header_text(text: str, grid: Grid) -> str:
    return text[grid.start : grid.rows[0].label.start] if grid.rows else ""


def _figures(grid: Grid, width: int) -> list[tuple[float, ...]]:
    """The rows that are full of single figures; none where the grid has another width."""
    if grid.width != width + 1:
        return []
    rows = []
    for row in grid.rows:
        figures = [read_figure(cell.text) for cell in row.cells[1:]]
        values = tuple(f.value for f in figures if f is not None and f.value is not None)
        if row.sure and len(values) == width:
            rows.append(values)
    return rows
