"""Periods whose heads say how long they are and not when they end: "Three months ended", "9 months", "Full year", "YTD".

They end with what the table reports on: the last quarter among its other columns, else the one that its caption, the words above
it, its heading or the headline name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from minenews.marks.page import Page
from minenews.marks.periods import fiscal_year, interval, quarter, year
from minenews.models import Cell, PeriodValue, Precision
from minenews.tables.periods import Piece, ReadPeriod, pieces_of

_COUNTS = {"three": 3, "3": 3, "six": 6, "6": 6, "nine": 9, "9": 9, "twelve": 12, "12": 12}
_MONTHS = re.compile(r"(?:(?:for\s+the|first)\s+)?(three|six|nine|twelve|12|3|6|9)(?=[\s-]*m)", re.IGNORECASE)
_NAMED = re.compile(r"(?:for\s+the\s+)?(?:fiscal\s+|full\s+|half\s+)?(?P<name>quarter|half|year)s?\s", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FISCAL = re.compile(r"FY|fiscal", re.IGNORECASE)
_REPORTED = frozenset({Precision.QUARTER, Precision.HALF, Precision.RANGE})


def reported_end(page: Page, columns: Sequence[PeriodValue], cells: Sequence[Cell | None]) -> dt.date | None:
    """The last day of what a table reports on, None where nothing says it or two things contradict each other."""
    ends = {value.end for value in columns if value.end is not None and value.precision is Precision.QUARTER}
    if ends:
        return _last(ends)
    spans = [(cell.start, cell.end) for cell in cells if cell is not None]
    for start, end in [*spans, *([page.layout.headline] if page.layout.headline else [])]:
        said = [p for p in page.periods if start <= p.start and p.end <= end and p.precision in _REPORTED]
        ends = {p.value.end for p in said if p.value.end is not None and (page.released is None or p.value.end <= page.released)}
        if ends:
            return _last(ends)
    return None


def _last(ends: set[dt.date]) -> dt.date | None:
    """The last of days that are the end of one quarter in several years, or the ends of quarters of one table; it ends a month."""
    last = max(ends)
    return last if (last + dt.timedelta(days=1)).day == 1 and (last.month % 3 == 0) else None


def read_open_period(page: Page, heads: Sequence[Cell], end: dt.date) -> ReadPeriod | None:
    """The period of heads that leave its end open, in a table that reports on what ends on `end`."""
    pieces = pieces_of(heads)
    kinds = set(pieces) - {"year"}
    if len(kinds) != 1 or not kinds <= {"duration", "months", "whole", "ytd"}:
        return None
    kind = kinds.pop()
    written = " ".join(piece.text for piece in pieces.values())
    if kind != "whole" and _FISCAL.search(written):
        return None
    said = _YEAR.search(written)
    number = int(said.group()) if said else end.year
    if not 0 <= end.year - number <= 4 and kind != "whole":
        return None
    value = _value(page, kind, pieces[kind], number, end)
    return ReadPeriod(value, tuple(sorted(span for piece in pieces.values() for span in piece.spans))) if value is not None else None


def _value(page: Page, kind: str, piece: Piece, number: int, end: dt.date) -> PeriodValue | None:
    closing = page.release.fiscal_year_end
    last_month = int(closing[:2]) if closing else 12
    if kind == "whole":
        return fiscal_year(number, closing) if closing and last_month != 12 else year(number)
    if kind == "ytd":
        months = (end.month - last_month - 1) % 12 + 1
    elif found := _MONTHS.match(piece.text):
        months = _COUNTS[found[1].lower()]
    elif found := _NAMED.match(piece.text):
        months = {"quarter": 3, "half": 6, "year": 12}[found["name"].lower()]
    else:
        return None
    if kind == "months" and (end.month - last_month - months) % 12:
        return None
    if months == 3:
        return quarter(number, end.month // 3)
    if months == 12 and end.month == 12:
        return year(number)
    last = _day_before(number + end.month // 12, end.month % 12 + 1)
    first = number * 12 + end.month - months
    return interval(dt.date(first // 12, first % 12 + 1, 1), last)


def _day_before(year_number: int, month: int) -> dt.date:
    return dt.date(year_number, month, 1) - dt.timedelta(days=1)
