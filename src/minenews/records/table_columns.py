"""The columns of a table and their periods, as far as the other columns settle what a head leaves open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minenews.marks.page import Page
from minenews.marks.periods import fiscal_year, interval, quarter, year
from minenews.models import Cell, PeriodValue, Precision
from minenews.tables.atoms import MONTH
from minenews.tables.cells import read_figure
from minenews.tables.grid import Grid
from minenews.tables.headers import Scope
from minenews.tables.open_periods import read_open_period, reported_end
from minenews.tables.periods import ReadPeriod, read_period, settle_to_date

_MONTH = re.compile(MONTH, re.IGNORECASE)
_DAY_LINE = re.compile(rf"^[ \t]*(?P<day>(?:\d{{1,2}}\s{MONTH}|{MONTH}\s\d{{1,2}},?)\s(?:19|20)\d\d)[ \t|]*$", re.IGNORECASE | re.MULTILINE)
_QUARTER = re.compile(r"\bquarter", re.IGNORECASE)
_PLANNED = re.compile(r"guidance|forecast|budget|plan|outlook|target", re.IGNORECASE)
_HALF = re.compile(r"\bhalf[\s-]year|\bsix[\s-]months?\s+ended", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures with what its heads say."""

    index: int
    scope: Scope
    period: ReadPeriod | None


def settle_years_to_date(columns: list[Column]) -> list[Column]:
    """Years to date with the end that the other columns give; without one their period stays unread."""
    stated = [c.period.value for c in columns if c.period and not c.period.to_date]
    settled: list[Column] = []
    for column in columns:
        period = column.period
        if period is not None and period.to_date:
            value = settle_to_date(period.value, stated)
            period = ReadPeriod(value, period.spans, True) if value else None
            if period is None:
                continue
        settled.append(Column(column.index, column.scope, period))
    return settled


def settle_open_periods(page: Page, grid: Grid, columns: list[Column], heading: Sequence[Cell]) -> list[Column]:
    """Columns whose heads say how long their period is and not when it ends, with the end of what the table reports on."""
    if all(c.period is not None or not c.scope.cells for c in columns):
        return columns
    stated = [c.period.value for c in columns if c.period and not c.period.to_date]
    end = reported_end(page, stated, [grid.title, *(row[0] for row in grid.header if row[0].text), grid.lead, *heading])
    if end is None:
        return columns
    return [c if c.period is not None else replace(c, period=read_open_period(page, c.scope.cells, end)) for c in columns]


def settle_calendar_years(columns: list[Column]) -> list[Column]:
    """ "FY 2024" beside "Q1 2024" is the calendar year where the release declares no other end of its year.

    Beside "Sep Q 2023" it may end with June: it stays open.
    """
    quarters = {
        c.period.value.start.year
        for c in columns
        if c.period
        and c.period.value.precision is Precision.QUARTER
        and c.period.value.start
        and not any(_MONTH.search(cell.text) for cell in c.scope.cells)
    }
    found: list[Column] = []
    for column in columns:
        value = column.period.value if column.period else None
        if (
            column.period is not None
            and value is not None
            and value.start is None
            and value.label[2:].isdigit()
            and int(value.label[2:]) in quarters
        ):
            column = replace(column, period=replace(column.period, value=year(int(value.label[2:]))))
        found.append(column)
    return found


def drop_unfinished_years(page: Page, columns: list[Column]) -> list[Column]:
    """Bare years whose last one was not over at the release do not stand for whole years, unless guidance or a plan is meant.

    Those columns stay unread.
    """
    released = page.released or page.release.date
    years = [c for c in columns if c.period is not None and c.period.value.precision is Precision.YEAR and len(c.period.spans) == 1]
    if released is None or not any(
        c.period and c.period.value.end and c.period.value.end > released and c.scope.basis is None for c in years
    ):
        return columns
    if any(c.period and c.period.value.precision is not Precision.YEAR for c in columns) or _PLANNED.search(
        " ".join(h.text for c in columns for h in c.scope.cells)
    ):
        return columns
    return [c for c in columns if c not in years]


def settle_years_ended(page: Page, grid: Grid, columns: list[Column]) -> list[Column]:
    """Bare years below a line that is nothing but the last day of a month ("30 June 2016") are years that end on that day."""
    years = {c.period.value.end.year for c in columns if c.period and c.period.value.label.isdigit() and c.period.value.end}
    if not years or len(years) != len([c for c in columns if c.period]):
        return columns
    before = grid.rows[0].label.start
    for line in _DAY_LINE.finditer(page.text, max(0, grid.start - 300), before):
        said = read_period(page, [Cell(text=line["day"], start=line.start("day"), end=line.end("day"))])
        end = said.value.end if said else None
        if end and end.month != 12 and end.year == max(years) and (end + dt.timedelta(days=1)).day == 1:
            last = f"{end.month:02}-{end.day:02}"
            return [
                replace(c, period=replace(c.period, value=fiscal_year(c.period.value.end.year, last)))
                if c.period and c.period.value.end
                else c
                for c in columns
            ]
    return columns


def settle_last_days(page: Page, columns: list[Column]) -> list[Column]:
    """Columns headed by the last day of a year or of another period alone ("31-Dec-19") are what the release says to end on that day.

    Where it names no period that ends then, or two of different length, they stay unread.
    """
    days = [
        c.period.value.end for c in columns if c.period is not None and c.period.value.precision is Precision.DAY and c.period.value.end
    ]
    if not days or len(days) != sum(1 for c in columns if c.period) or len({(day.month, day.day) for day in days}) != 1:
        return columns
    said = {p.value.start for p in page.periods if p.value.end == max(days) and p.value.start is not None and p.value.start < max(days)}
    if len(said) != 1 or (max(days) + dt.timedelta(days=1)).day != 1:
        return []
    first = said.pop()
    found: list[Column] = []
    for column in columns:
        end = column.period.value.end if column.period else None
        if column.period is not None and end is not None:
            start = first.replace(year=first.year - (max(days).year - end.year))
            column = replace(column, period=replace(column.period, value=_between(start, end)))
        found.append(column)
    return found


def settle_quarters(page: Page, columns: list[Column]) -> list[Column]:
    """Columns headed "June 2022" and "March 2022" are quarters where the release speaks of quarters.

    Without that their period stays unread.
    """
    months = [c.period.value for c in columns if c.period is not None and c.period.value.precision is Precision.MONTH]
    ends = {m.end for m in months if m.end is not None}
    if len(ends) < 2 or len(months) != sum(1 for c in columns if c.period) or any(end.month % 3 for end in ends):
        return columns
    in_turn = any(quarter_after(a) == b for a in ends for b in ends)
    speaks = _QUARTER.search(page.text) is not None and (in_turn or _HALF.search(page.text) is None)
    found: list[Column] = []
    for column in columns:
        end = column.period.value.end if column.period else None
        if column.period is not None and end is not None:
            if not speaks:
                continue
            column = Column(column.index, column.scope, ReadPeriod(quarter(end.year, end.month // 3), column.period.spans))
        found.append(column)
    return found


def _between(start: dt.date, end: dt.date) -> PeriodValue:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 12 and end.month == 12:
        return year(end.year)
    return quarter(end.year, end.month // 3) if months == 3 and end.month % 3 == 0 else interval(start, end)


def quarter_after(end: dt.date) -> dt.date:
    """The last day of the quarter after the one that ends on a day."""
    following = end.month // 3 % 4 + 1
    last = quarter(end.year + (following == 1), following).end
    assert last is not None
    return last


def settle_totals(grid: Grid, columns: list[Column]) -> list[Column]:
    """Columns headed "Total" with the period that the columns before them make up, where the figures of a row add up."""
    found: list[Column] = []
    parts: list[tuple[int, PeriodValue]] = []
    for column in columns:
        value = column.period.value if column.period else None
        if value is not None:
            parts = [*parts, (column.index, value)] if not parts or _follows(parts[-1][1], value) else [(column.index, value)]
        elif column.scope.total and len(parts) > 1 and not column.scope.metrics and _adds_up(grid, [i for i, _ in parts], column.index):
            first, last = parts[0][1], parts[-1][1]
            if first.start is not None and last.end is not None:
                column = Column(
                    column.index,
                    column.scope,
                    ReadPeriod(interval(first.start, last.end), ((column.scope.cells[-1].start, column.scope.cells[-1].end),)),
                )
            parts = []
        found.append(column)
    return found


def _follows(before: PeriodValue, value: PeriodValue) -> bool:
    return before.end is not None and value.start is not None and before.end + dt.timedelta(days=1) == value.start


def _adds_up(grid: Grid, parts: Sequence[int], total: int) -> bool:
    """Whether the figures of some row add up to the total's, as far as rounding tells."""
    for row in grid.rows:
        figures = [read_figure(row.cells[i].text) for i in (*parts, total)]
        values = [f.value for f in figures if f is not None and f.value is not None]
        if (
            row.sure
            and len(values) == len(figures)
            and values[-1]
            and abs(sum(values[:-1]) - values[-1]) <= len(parts) * 0.5 * 10 ** -max(f.places for f in figures if f)
        ):
            return True
    return False
