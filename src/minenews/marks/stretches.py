"""Periods made from dates: days, months, quarters, halves, years, fiscal years and intervals. Pure functions; all dates inclusive."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache

from minenews.models import PeriodValue, Precision


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return calendar.monthrange(year, month)[1]


def day(date: dt.date) -> PeriodValue:
    """A single day."""
    return PeriodValue(start=date, end=date, precision=Precision.DAY, label=date.isoformat())


@lru_cache(maxsize=1024)
def month(year: int, number: int) -> PeriodValue:
    """A calendar month."""
    return PeriodValue(
        start=dt.date(year, number, 1),
        end=dt.date(year, number, last_day(year, number)),
        precision=Precision.MONTH,
        label=f"{year}-{number:02d}",
    )


@lru_cache(maxsize=1024)
def quarter(year: int, number: int) -> PeriodValue:
    """A calendar quarter, 1 to 4."""
    last = 3 * number
    return PeriodValue(
        start=dt.date(year, last - 2, 1),
        end=dt.date(year, last, last_day(year, last)),
        precision=Precision.QUARTER,
        label=f"{year}-Q{number}",
    )


@lru_cache(maxsize=1024)
def half(year: int, number: int) -> PeriodValue:
    """A calendar half year, 1 or 2."""
    last = 6 * number
    return PeriodValue(
        start=dt.date(year, last - 5, 1), end=dt.date(year, last, last_day(year, last)), precision=Precision.HALF, label=f"{year}-H{number}"
    )


@lru_cache(maxsize=1024)
def year(number: int) -> PeriodValue:
    """A calendar year."""
    return PeriodValue(start=dt.date(number, 1, 1), end=dt.date(number, 12, 31), precision=Precision.YEAR, label=str(number))


def interval(start: dt.date, end: dt.date) -> PeriodValue:
    """Any interval; those that are a month, quarter, half or year are named as such."""
    if start == end:
        return day(start)
    if start.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        named = _named(start, months)
        if named is not None and named.end == end:
            return named
    return PeriodValue(start=start, end=end, precision=Precision.RANGE, label=f"{start.isoformat()}/{end.isoformat()}")


def _named(start: dt.date, months: int) -> PeriodValue | None:
    """The calendar month, quarter, half or year of that many months that begins on a date, None if there is none."""
    if months == 1:
        return month(start.year, start.month)
    if months == 3 and start.month % 3 == 1:
        return quarter(start.year, (start.month + 2) // 3)
    if months == 6 and start.month % 6 == 1:
        return half(start.year, (start.month + 5) // 6)
    return year(start.year) if months == 12 and start.month == 1 else None


def shift_months(date: dt.date, months: int) -> dt.date:
    """The same day some months later (negative: earlier), the month's last day where it has no such day."""
    y, m = divmod(date.year * 12 + date.month - 1 + months, 12)
    return dt.date(y, m + 1, min(date.day, last_day(y, m + 1)))


def months_from(start: dt.date, months: int) -> PeriodValue:
    """The period of whole months that begins on a date."""
    return interval(start, shift_months(start, months) - dt.timedelta(days=1))


def months_of(value: PeriodValue) -> int:
    """The number of calendar months that a dated period touches."""
    assert value.start is not None and value.end is not None
    return (value.end.year - value.start.year) * 12 + value.end.month - value.start.month + 1


def ending(end: dt.date, months: int) -> PeriodValue:
    """The period of whole months that ends on a date (three months ended June 30, 2017)."""
    if end.day > 24:
        end = end.replace(day=last_day(end.year, end.month))
    return interval(shift_months(end + dt.timedelta(days=1), -months), end)


def week_of(date: dt.date) -> PeriodValue:
    """The week, Monday to Sunday, that holds a day."""
    monday = date - dt.timedelta(days=date.weekday())
    return interval(monday, monday + dt.timedelta(days=6))


def years_before(value: PeriodValue, years: int = 1) -> PeriodValue:
    """The same stretch of an earlier year (of a later one if `years` is negative)."""
    if value.start is None or value.end is None:
        return value
    start = shift_months(value.start, -12 * years)
    end = shift_months(value.end, -12 * years)
    if value.end.day == last_day(value.end.year, value.end.month) and value.precision is not Precision.DAY:
        end = end.replace(day=last_day(end.year, end.month))
    if value.precision is Precision.YEAR and value.start.month != 1:
        return PeriodValue(start=start, end=end, precision=Precision.YEAR, label=f"FY{end.year}")
    return interval(start, end)


def fiscal_year(number: int, year_end: str | None) -> PeriodValue:
    """A fiscal year, named after the calendar year in which it ends; null dates where the year's end (MM-DD) is unknown."""
    label = f"FY{number}"
    if year_end is None:
        return PeriodValue(start=None, end=None, precision=Precision.YEAR, label=label)
    end = dt.date(number, int(year_end[:2]), last_day(number, int(year_end[:2])))
    return PeriodValue(start=shift_months(end + dt.timedelta(days=1), -12), end=end, precision=Precision.YEAR, label=label)


def fiscal_part(number: int, letter: str, part: int, year_end: str | None) -> PeriodValue:
    """A part of a fiscal year: its quarter (letter Q), its half (H), or its first months (M, as many as `part`)."""
    months, precision = {"Q": (3, Precision.QUARTER), "H": (6, Precision.HALF), "M": (part, Precision.RANGE)}[letter]
    label = f"FY{number}-{letter}{part}"
    whole = fiscal_year(number, year_end)
    if whole.start is None:
        return PeriodValue(start=None, end=None, precision=precision, label=label)
    start = whole.start if letter == "M" else shift_months(whole.start, months * (part - 1))
    return PeriodValue(start=start, end=shift_months(start, months) - dt.timedelta(days=1), precision=precision, label=label)
