"""Rows whose label is but a unit: a second line of the row above ("Gold produced | kg" then "oz"), or of the row below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from minenews.models import Cell
from minenews.tables.cells import read_figure
from minenews.tables.grid import Grid
from minenews.tables.headers import Scope
from minenews.tables.lattice import plain
from minenews.tables.units import FoundUnit, Unit, read_unit

_GRAMS = {"oz": 31.1034768, "kg": 1000.0, "t": 1e6, "lb": 453.59237, "g": 1.0}
_MARK = re.compile(r"(?:[*†‡]{1,3}|\(\w\))$")
Named = tuple[int, Scope]
"""The place of a row in the grid and what its label says."""


def unit_label(cells: Sequence[Cell]) -> FoundUnit | None:
    """The unit that is all a row's label says, None for any other label."""
    stated = [cell for cell in cells if cell.text]
    written = stated[0].text.lstrip("-–— ") if len(stated) == 1 else ""
    unit = read_unit(plain(written)) if written else None
    if unit is None or unit.dimension == "scale" or len(written) > 16:
        return None
    return FoundUnit(unit, stated[0].end - len(written), stated[0].end)


def complete_unit_rows(grid: Grid, rows: Sequence[Named]) -> dict[int, Scope]:
    """What the rows labelled with but a unit are of: the row above in all of them, or the row below in all of them.

    A direction holds where every such row is of one dimension with its neighbour and figures in ounces and kilograms agree.
    """
    bare = {index: found for index, scope in rows if (found := unit_label(scope.cells)) is not None}
    if not bare:
        return {}
    above = _neighbours(grid, rows, bare)
    below = _neighbours(grid, rows[::-1], bare)
    chosen = [side for side in (above, below) if len(side) == len(bare)]
    if len(chosen) != 1:
        return {}
    return {
        index: replace(scope, unit=bare[index], cells=(*scope.cells, *_cells_of(grid, index)))
        for index, (_, scope) in chosen[0].items()
    }  # fmt: skip


def _cells_of(grid: Grid, index: int) -> tuple[Cell, ...]:
    return (grid.rows[index].label,)


def _neighbours(grid: Grid, rows: Sequence[Named], bare: dict[int, FoundUnit]) -> dict[int, Named]:
    """The labelled row before each unit row, in the order given, where it may be of one thing with it."""
    found: dict[int, Named] = {}
    last: Named | None = None
    used = False
    for index, scope in rows:
        if index not in bare:
            last, used = (index, scope), False
        elif last is not None and not used and _agree(grid, last, index, bare[index].unit):
            found[index] = last
            used = True
    return found


def _agree(grid: Grid, named: Named, index: int, unit: Unit) -> bool:
    other = named[1].unit.unit if named[1].unit else None
    if other is None or other.dimension != unit.dimension or (other.unit, other.factor) == (unit.unit, unit.factor):
        return False
    first, second = _GRAMS.get(other.unit), _GRAMS.get(unit.unit)
    if unit.dimension != "mass":
        return True
    if first is None or second is None:
        return False
    one, other_one = first * other.factor, second * unit.factor
    pairs = [
        (a.value * one, b.value * other_one, 0.6 * 10**-a.places * one + 0.6 * 10**-b.places * other_one)
        for x, y in zip(grid.rows[named[0]].cells[1:], grid.rows[index].cells[1:], strict=True)
        if (a := read_figure(x.text)) and (b := read_figure(y.text)) and a.value and b.value and not a.percent and not b.percent
    ]
    return bool(pairs) and all(abs(a - b) <= slack for a, b, slack in pairs)


def with_noted_unit(grid: Grid, scope: Scope) -> Scope:
    """A row whose label bears the mark of a note that says but a unit: "Production*" over "*Tonnes of concentrate"."""
    mark = _MARK.search(scope.cells[0].text) if scope.cells and scope.unit is None and grid.notes else None
    for note in grid.notes if mark else ():
        said = note.text.removeprefix(mark.group()).strip() if mark else ""
        unit = read_unit(said) if said and len(said) < min(60, len(note.text)) else None
        if unit is not None and unit.dimension != "scale":
            at = note.end - len(said)
            cell = Cell(text=said, start=at, end=note.end)
            return replace(scope, unit=FoundUnit(unit, at, note.end, weak=True), cells=(*scope.cells, cell))
    return scope
