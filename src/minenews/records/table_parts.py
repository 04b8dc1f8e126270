"""Rows that name but a part of the row above ("Ore mined, kt", then "Open-pit" and "Underground"), borne out by their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minenews.models import Metric
from minenews.records.table_units import Named
from minenews.tables.cells import read_figure
from minenews.tables.grid import Grid
from minenews.tables.headers import Scope

_ADDITIVE = frozenset({"mass", "money", "length", "volume"})
"""Dimensions in which parts add up to the whole; grades and rates do not."""

_ROCK = (Metric.ORE_MINED, Metric.WASTE_MINED)


def complete_part_rows(grid: Grid, rows: Sequence[Named], columns: Sequence[int]) -> dict[int, Scope]:
    """What the rows of parts are of: metric, metal and unit of the row above them, where two or more add up to it in every column."""
    completed: dict[int, Scope] = {}
    for n, (index, whole) in enumerate(rows):
        if not whole.metrics or whole.unit is None or whole.unit.unit.dimension not in _ADDITIVE:
            continue
        last = n + 1
        while last < len(rows) and rows[last][0] == rows[last - 1][0] + 1 and _is_part(rows[last][1]):
            last += 1
        parts = rows[n + 1 : last]
        if len(parts) > 1 and _adds_up(grid, index, [row for row, _ in parts], columns):
            for row, scope in parts:
                metals = scope.commodities or whole.commodities
                completed[row] = replace(scope, metrics=whole.metrics, commodities=metals, unit=whole.unit)
    return completed


def complete_rock_totals(grid: Grid, rows: Sequence[Named], columns: Sequence[int]) -> dict[int, Scope]:
    """Rows that may be of ore or of all rock ("Total tonnes mined"), borne out as rock by the ore and the waste above them."""
    completed: dict[int, Scope] = {}
    for n, (index, total) in enumerate(rows):
        if not total.blocked or {said.key for said in total.metrics} != {Metric.MATERIAL_MINED}:
            continue
        above = rows[max(0, n - 6) : n]
        ore, waste = ([row for row, scope in above if metric in {s.key for s in scope.metrics}] for metric in _ROCK)
        if any(_adds_up(grid, index, [a, b], columns) for a in ore for b in waste):
            completed[index] = replace(total, blocked=False)
    return completed


def _is_part(scope: Scope) -> bool:
    return scope.is_bare and scope.unit is None and not scope.commodities and bool(scope.asset or scope.qualifiers)


def _adds_up(grid: Grid, whole: int, parts: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether the parts add up to the whole in all columns that are full, as far as rounding tells."""
    full = 0
    for column in columns:
        figures = [read_figure(grid.rows[row].cells[column].text) for row in (whole, *parts)]
        values = [f.value for f in figures if f is not None and f.value is not None]
        if len(values) < len(figures) or any(f is not None and f.percent for f in figures):
            continue
        places = min(f.places for f in figures if f is not None)
        if not all(values) or abs(values[0] - sum(values[1:])) > 0.55 * len(values) * 10**-places:
            return False
        full += 1
    return full > 0 and all(grid.rows[row].sure for row in (whole, *parts))
