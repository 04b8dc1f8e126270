"""Periods of a line over a table that says what it compares: "Quarter ended 30 September 2020 compared with quarter ended 30 June 2020"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from minenews.marks.page import Page
from minenews.models import Cell, PeriodValue, Precision
from minenews.records.table_columns import Column
from minenews.tables.atoms import MONTH
from minenews.tables.cells import Figure, read_figure
from minenews.tables.grid import Grid
from minenews.tables.periods import ReadPeriod, read_period, says_period

_DAY = rf"(?:\d{{1,2}}\s+)?{MONTH}(?:\s+\d{{1,2}},)?\s+(?:19|20)\d\d"
_SPAN = r"(?:quarter|half[\s-]year|year|(?:three|six|nine|twelve)\s+months)\s+ended"
COMPARED = re.compile(rf"\b(?P<first>{_SPAN}\s+{_DAY})\s+compared\s+(?:with|to)\s+(?:the\s+)?(?P<second>{_SPAN}\s+{_DAY})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _comparisons(text: str) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((*m.span("first"), *m.span("second")) for m in COMPARED.finditer(text)) if "compared" in text else ()


def compared_periods(page: Page, position: int) -> tuple[ReadPeriod, ReadPeriod] | None:
    """The two periods of the last such line above a place."""
    spans = [s for s in _comparisons(page.text) if s[3] <= position]
    if not spans:
        return None
    start, end, start2, end2 = spans[-1]
    first, second = _period(page, start, end), _period(page, start2, end2)
    return (first, second) if first and second else None


def _period(page: Page, start: int, end: int) -> ReadPeriod | None:
    return read_period(page, [Cell(text=page.text[start:end], start=start, end=end)])


def settle_compared(page: Page, grid: Grid, columns: Sequence[Column], changes: Sequence[Column]) -> tuple[list[Column], list[Column]]:
    """Columns headed by months with the longer periods that the line compares.

    Columns without heads take them in turn where a change column bears that out.
    """
    columns, changes = list(columns), list(changes)
    compared = compared_periods(page, grid.start)
    if compared is None:
        return columns, changes
    months = [c for c in columns if c.period is not None and c.period.value.precision is Precision.MONTH]
    if len(months) == 2 and len(months) == len([c for c in columns if c.period]):
        ends = {p.value.end: p for p in compared}
        if len(ends) == 2 and all(c.period and c.period.value.end in ends for c in months):
            return [replace(c, period=_of(c.period.value, ends)) if c in months and c.period else c for c in columns], changes
    named = grid.title is not None and says_period([grid.title])
    if not grid.header and not named and len(columns) == 3 and not changes and _bears_out(grid, [c.index for c in columns]):
        settled = [replace(c, period=p) for c, p in zip(columns[:2], compared, strict=True)]
        return settled, [replace(columns[2], scope=replace(columns[2].scope, change=True))]
    return columns, changes


def _of(value: PeriodValue, ends: dict[dt.date | None, ReadPeriod]) -> ReadPeriod:
    return ends[value.end]


def _bears_out(grid: Grid, columns: Sequence[int]) -> bool:
    """Whether the third column is the movement from the second to the first in percent in nearly all rows."""
    borne = failed = 0
    for row in grid.rows:
        figures: list[Figure | None] = [read_figure(row.cells[i].text) for i in columns]
        if not row.sure or not all(f is not None and f.value is not None for f in figures):
            continue
        new, old, moved = (f for f in figures if f is not None)
        if not moved.percent or not old.value or new.value is None or moved.value is None:
            return False
        slack = 1.0 + 100 * (0.5 * 10**-new.places + 0.5 * 10**-old.places) / abs(old.value) * max(1.0, abs(new.value / old.value))
        agrees = abs(100 * (new.value - old.value) / abs(old.value) - moved.value) <= slack
        borne, failed = borne + agrees, failed + (not agrees)
    return borne >= 5 and failed * 10 <= borne
