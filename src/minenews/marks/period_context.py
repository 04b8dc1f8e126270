"""What the rest of a release adds to a period that leaves something open: its year, its fiscal year, what it is compared with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from minenews.marks.flow import fold_case
from minenews.marks.period_readings import LOOKS_AHEAD, Reading, named_after_end
from minenews.marks.period_scan import Found
from minenews.marks.stretches import (
    day,
    ending,
    fiscal_part,
    fiscal_year,
    half,
    interval,
    last_day,
    month,
    months_from,
    quarter,
    shift_months,
    week_of,
    year,
    years_before,
)
from minenews.models import PeriodValue, Precision

SENTENCE_END = re.compile(r"\n\s*\n|\n\s*[•§▪*-]|[a-z)%]\.\s+(?=[A-Z])")
"""Where a sentence, a paragraph or a bullet ends."""

SOON = dt.timedelta(days=60)
"""A day without a year that comes so soon after the release is rather that one than the one of the year before."""

RECENT = 130
"""Days after its end in which a quarter is the one just over."""
PARTS = (Precision.QUARTER, Precision.HALF, Precision.YEAR, Precision.MONTH, Precision.RANGE)


@dataclass(frozen=True, slots=True)
class Context:
    """What open periods are settled against.

    `reporting` is the period that the release reports on, None where it names none; `fiscal` tells that the release names
    fiscal years, or quarters by their last months, so that its "first quarter" need not begin in January.
    """

    text: str
    released: dt.date | None
    year_end: str | None
    reporting: PeriodValue | None
    fiscal: bool = False

    def looks_ahead(self, position: int) -> bool:
        """Whether the words of the sentence before a position speak of what is to come."""
        start = max(0, position - 90)
        ends = [match.end() for match in SENTENCE_END.finditer(self.text, start, position + 1)]
        return bool(LOOKS_AHEAD.search(fold_case(self.text), ends[-1] if ends else start, position))


def find_context(text: str, found: Sequence[Found], released: dt.date | None, year_end: str | None) -> Context:
    """The context of a release, its fiscal year's end implied where plain quarters that are just over show calendar years."""
    fiscal = any(f.reading.kind.startswith("fiscal_") or f.reading.kind == "month_quarter" for f in found)
    return Context(text, released, year_end or _implied_year_end(found, released), _reporting_period(found, released, year_end), fiscal)


def _implied_year_end(found: Sequence[Found], released: dt.date | None) -> str | None:
    """12-31 where the release names a calendar quarter of a plain year as just over, and no fiscal part of a year."""
    if released is None or any(f.reading.kind in ("fiscal_quarter", "fiscal_half") for f in found):
        return None
    plain = (f.reading.value for f in found if f.reading.kind == "quarter" and f.reading.value is not None)
    return "12-31" if any(v.end is not None and 0 <= (released - v.end).days <= 75 for v in plain) else None


def _reporting_period(found: Sequence[Found], released: dt.date | None, year_end: str | None) -> PeriodValue | None:
    """The first month, quarter or half named that had ended when the release was sent."""
    for item in found:
        value = item.reading.value
        if (
            value is None
            and item.reading.kind in ("quarter", "half", "month_quarter")
            and item.reading.years is None
            and released is not None
        ):
            fiscal = year_end not in (None, "12-31") and item.reading.kind in ("quarter", "half")
            value = _latest_fiscal(item.reading, released, year_end or "") if fiscal else latest(item.reading, released)
        if value is None or value.end is None or value.precision not in (Precision.QUARTER, Precision.HALF, Precision.MONTH):
            continue
        if released is None or (value.end <= released and (released - value.end).days < 200):
            return value
    return None


def latest(reading: Reading, released: dt.date) -> PeriodValue | None:
    """The latest such quarter or half that was over when the release was sent."""
    for number in (released.year, released.year - 1):
        value = _in_year(reading, number)
        if value.end is not None and value.end <= released:
            return value
    return None


def _in_year(reading: Reading, number: int) -> PeriodValue:
    """The part of a calendar year that an open reading numbers."""
    if reading.kind == "quarter":
        return quarter(number, reading.number)
    if reading.kind == "half":
        return half(number, reading.number)
    if reading.kind == "months":
        return months_from(dt.date(number, 1, 1), reading.number)
    if reading.kind == "month":
        return month(number, reading.number)
    size = 6 if reading.kind == "month_half" else 3
    return ending(dt.date(number, reading.number, last_day(number, reading.number)), size)


def settle(item: Found, context: Context, previous: PeriodValue | None) -> PeriodValue | None:
    """The dates of an open period, None where the context does not give them. `previous` is the last period of some length before it."""
    reading = item.reading
    if reading.kind == "fiscal_year":
        return fiscal_year(reading.fiscal_year or 0, context.year_end)
    if reading.kind in ("fiscal_quarter", "fiscal_half", "fiscal_months"):
        return fiscal_part(
            reading.fiscal_year or 0, {"quarter": "Q", "half": "H", "months": "M"}[reading.kind[7:]], reading.number, context.year_end
        )
    if reading.kind == "fiscal_month_quarter":
        return _fiscal_month_quarter(reading, context.year_end)
    if reading.kind in ("same_period", "this_quarter", "this_half", "prior_quarter", "report_year", "full_year", "months_to_report"):
        return _from_statement(reading, context, previous)
    if context.released is None:
        reporting = context.reporting.end if context.reporting else None
        named = reading.kind in ("quarter", "half", "month_quarter", "month_half") and reading.years is None
        return latest(reading, reporting) if named and reporting is not None else None
    if reading.years is not None and reading.kind in ("quarter", "half", "months", "month", "month_quarter", "month_half"):
        return _in_year(reading, context.released.year + reading.years)
    return _from_release(item, context, context.released, previous)


def _fiscal_month_quarter(reading: Reading, year_end: str | None) -> PeriodValue | None:
    """The quarter that ends in a month of a fiscal year."""
    if year_end is None or reading.fiscal_year is None:
        return None
    number = reading.fiscal_year - (reading.number > int(year_end[:2]))
    return ending(dt.date(number, reading.number, last_day(number, reading.number)), 3)


def _from_statement(reading: Reading, context: Context, previous: PeriodValue | None) -> PeriodValue | None:
    """A period told from the periods around it: "the quarter", "the same period of 2016"."""
    reporting = context.reporting or previous
    if reading.kind == "same_period":
        anchor = previous or context.reporting
        if anchor is None or anchor.start is None or anchor.end is None:
            return None
        return years_before(anchor, anchor.end.year - reading.number if reading.number else 1)
    if reading.kind == "months_to_report":
        told = context.reporting
        return ending(told.end, reading.number) if told and told.end and told.precision is not Precision.MONTH else None
    if reading.kind in ("this_quarter", "this_half"):
        size = Precision.QUARTER if reading.kind == "this_quarter" else Precision.HALF
        whole = next((p for p in (reporting, previous) if p is not None and p.precision is size), None)
        if (
            whole is None
            and size is Precision.HALF
            and reporting is not None
            and reporting.end is not None
            and reporting.end.month in (6, 12)
        ):
            return ending(reporting.end, 6)  # "and 910,000 tonnes for the half year", in a report on the December quarter
        return whole
    if reading.kind == "prior_quarter":
        anchor = previous if previous and previous.precision is Precision.QUARTER else context.reporting
        if anchor is None or anchor.start is None or anchor.precision is not Precision.QUARTER:
            return None
        return interval(shift_months(anchor.start, -3), anchor.start - dt.timedelta(days=1))
    if reading.kind == "full_year":
        number = reporting.end.year if reporting and reporting.end else context.released.year if context.released else None
        return year(number) if number else None
    if previous is not None and previous.precision is Precision.YEAR:
        return previous
    return year(reporting.end.year) if reporting and reporting.end and reporting.end.month == 12 else None


def _from_release(item: Found, context: Context, released: dt.date, previous: PeriodValue | None) -> PeriodValue | None:
    """A period told from the date of the release: "today", "June", "Q2", "next 12 months"."""
    kind, number = item.reading.kind, item.reading.number
    if kind in ("today", "yesterday"):
        return day(released - dt.timedelta(days=kind == "yesterday"))
    if kind in ("relative_year", "rest_of_year"):
        return year(released.year + (item.reading.years or 0))
    if kind == "relative_month":
        first = shift_months(released.replace(day=1), item.reading.years or 0)
        return month(first.year, first.month)
    if kind == "relative_week":
        return week_of(released + dt.timedelta(days=7 * (item.reading.years or 0)))
    if kind == "next_months":
        return interval(released, shift_months(released, number))
    if kind == "year_to_date":
        reporting = context.reporting
        end = reporting.end if reporting else None
        if end is None or context.year_end not in (None, "12-31") or (number and number != end.year):
            return None
        return interval(dt.date(end.year, 1, 1), end)
    ahead = context.looks_ahead(item.start)
    if kind == "weekday":
        return day(_weekday(item.reading, released, ahead))
    if kind == "year_end":
        if item.reading.years is not None:
            return day(dt.date(released.year + item.reading.years, 12, 31))
        return day(dt.date(released.year - (not ahead and released.month == 1), 12, 31))
    if kind == "day":
        return _open_day(number, released, ahead)
    if kind == "month":
        shift = -1 if number > released.month and not ahead else 1 if ahead and number < released.month - 1 and released.month > 9 else 0
        return month(released.year + shift, number)
    if kind in ("quarter", "half"):
        if context.year_end not in (None, "12-31") and not ahead:
            return _latest_fiscal(item.reading, released, context.year_end)
        value = _open_part(item.reading, released, ahead)
        old = value.end is not None and (released - value.end).days > RECENT
        return None if old and context.year_end is None and context.fiscal else value
    if kind == "month_range":
        return _month_range(number, released, ahead)
    if kind in ("month_quarter", "month_half"):
        return latest(item.reading, released) if not ahead or number <= released.month else _in_year(item.reading, released.year)
    if kind == "months":
        anchor = context.reporting or previous
        return _in_year(item.reading, anchor.end.year if anchor and anchor.end else released.year)
    if kind == "ended":
        return _ended(number, released, ahead)
    return None


def _weekday(reading: Reading, released: dt.date, ahead: bool) -> dt.date:
    """The nearest such weekday: the last one (the release day too), or the next one where the words look ahead."""
    if reading.years == 1 or (ahead and reading.years is None):
        return released + dt.timedelta(days=(reading.number - released.weekday() - 1) % 7 + 1)
    back = (released.weekday() - reading.number) % 7
    return released - dt.timedelta(days=back or (7 if reading.years == -1 else 0))


def _open_day(number: int, released: dt.date, ahead: bool) -> PeriodValue | None:
    """The last such day up to some weeks after the release, or the next one where the words look ahead."""
    m, d = divmod(number, 100)
    for y in (released.year, released.year + 1) if ahead else (released.year + 1, released.year, released.year - 1):
        if d > last_day(y, m):
            return None
        date = dt.date(y, m, d)
        if (not ahead and date <= released + SOON) or (ahead and date >= released - dt.timedelta(days=120)):
            return day(date)
    return None


def _month_range(number: int, released: dt.date, ahead: bool) -> PeriodValue | None:
    """The last such months that were over at the release, or the next ones where the words look ahead."""
    first, last = divmod(number, 100)
    for y in (released.year, released.year + 1) if ahead else (released.year, released.year - 1):
        end = dt.date(y, last, last_day(y, last))
        if (end >= released) if ahead else (end <= released):
            return interval(dt.date(y - (first > last), first, 1), end)
    return None


def _open_part(reading: Reading, released: dt.date, ahead: bool) -> PeriodValue:
    """A quarter or half without a year: in the year of the release, or the one before where only that had ended."""
    value = _in_year(reading, released.year)
    assert value.start is not None and value.end is not None
    if value.start > released and not ahead and ((value.start - released).days > 100 or released.month <= 3):
        return _in_year(reading, released.year - 1)
    if ahead and value.end < released and released.month >= 11:
        return _in_year(reading, released.year + 1)
    return value


def _latest_fiscal(reading: Reading, released: dt.date, year_end: str) -> PeriodValue | None:
    """The latest such part of a fiscal year that was over when the release was sent."""
    letter = {"quarter": "Q", "half": "H"}[reading.kind]
    parts = (fiscal_part(released.year + shift, letter, reading.number, year_end) for shift in (1, 0, -1))
    return next((p for p in parts if p is not None and p.end is not None and p.end <= released), None)


def _ended(number: int, released: dt.date, ahead: bool) -> PeriodValue | None:
    """The months that ended on a day without its year."""
    months, rest = divmod(number, 10000)
    m, d = divmod(rest, 100)
    for y in (released.year, released.year - 1):
        end = dt.date(y, m, min(d, last_day(y, m)) if d else last_day(y, m))
        if end <= released or ahead:
            return named_after_end(ending(end, months), months)
    return None
