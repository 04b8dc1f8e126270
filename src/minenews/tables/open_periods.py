"""Periods whose heads say how long they are and not when they end: "9 months", "Full year", "YTD", "Previous quarter".

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
_RELATIVE = re.compile(
    r"(?:(?P<now>current|this)|(?P<like>corresponding|comparative)|\w+)\s(?P<year>year(?:['’]s)?\s)?(?P<name>quarter|half|year|ytd)",
    re.IGNORECASE,
)
_LENGTHS = {"quarter": 3, "half": 6, "year": 12}
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
    if len(kinds) != 1 or not kinds <= {"duration", "months", "whole", "ytd", "relative"}:
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
    so_far = (end.month - last_month - 1) % 12 + 1
    if kind == "whole":
        return fiscal_year(number, closing) if closing and last_month != 12 else year(number)
    if kind == "relative":
        return _relative(piece.text, end, so_far)
    if kind == "ytd":
        months = so_far
    elif found := _MONTHS.match(piece.text):
        months = _COUNTS[found[1].lower()]
    elif found := _NAMED.match(piece.text):
        months = _LENGTHS[found["name"].lower()]
    else:
        return None
    if kind == "months" and months not in {so_far, 3}:
        return None
    return _stretch(number * 12 + end.month, months)


def _relative(written: str, end: dt.date, so_far: int) -> PeriodValue | None:
    """What "previous quarter" or "prior year quarter" is beside what ends on `end`; a year so far is no whole one."""
    found = _RELATIVE.match(written)
    name = found["name"].lower() if found else "year"
    if found is None or (name == "year" and so_far != 12):
        return None
    months = _LENGTHS.get(name, so_far)
    back = 0 if found["now"] else 12 if found["year"] or found["like"] or name == "ytd" else months
    return _stretch(end.year * 12 + end.month - back, months)


def _stretch(last: int, months: int) -> PeriodValue:
    """Some months up to the last one, both counted from the year 0."""
    year_number, month = divmod(last - 1, 12)
    if months == 3:
        return quarter(year_number, (month + 1) // 3)
    if months == 12 and month == 11:
        return year(year_number)
    first = last - months
    return interval(dt.date(first // 12, first % 12 + 1, 1), dt.date(last // 12, last % 12 + 1, 1) - dt.timedelta(days=1))
