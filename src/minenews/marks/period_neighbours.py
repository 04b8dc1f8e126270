"""The year that a period shares with its neighbour: "first and second quarters of 2017", "Q2 2017 and 2016"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from minenews.marks.period_readings import Reading, named_after_end
from minenews.marks.period_scan import Found
from minenews.marks.stretches import day, ending, last_day, months_from, months_of, shift_months, years_before
from minenews.models import Precision

JOINED = re.compile(
    r"\s{0,3}(?:,\s{0,3}(?:and|or)|,|and|or|&|to|through|versus|vs\.?|[-–—/])\s{1,3}(?:the\s{1,3}|for\s{1,3}|in\s{1,3}){0,2}|[-–—/&]",
    re.IGNORECASE,
)
"""What stands between two periods of one year: "first and second quarters of 2017"."""

REPEATED = re.compile(r"\s{0,3}(?:,\s{0,3})?(?:and|or|&|,)\s{1,3}", re.IGNORECASE)
"""What stands between a part of a year and the year for which it is repeated: "Q2 2017 and 2016"."""


def with_shared_years(text: str, found: Sequence[Found]) -> list[Found]:
    """The periods with the year of a neighbour that they share it with: "first and second quarters of 2017", "Q2 2017 and 2016"."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        item, follower = result[index], result[index + 1]
        if (
            item.reading.value is None
            and item.reading.fiscal_year is None
            and item.reading.years is None
            and JOINED.fullmatch(text, item.end, follower.start)
        ):
            shared = _in_year_of(item.reading, follower.reading)
            if shared is not None:
                result[index] = replace(item, reading=shared)
    for index in range(1, len(result)):
        before, item = result[index - 1], result[index]
        if REPEATED.fullmatch(text, before.end, item.start):
            repeated = _repeated(before, item)
            if repeated is not None:
                result[index] = replace(item, reading=repeated)
    return result


def _in_year_of(reading: Reading, follower: Reading) -> Reading | None:
    """An open part of a year, in the year of the period after it."""
    if follower.fiscal_year is not None and reading.kind in ("quarter", "half", "months"):
        return Reading(None, f"fiscal_{reading.kind}", reading.number, follower.fiscal_year)
    value = follower.value
    if value is None:
        return Reading(None, reading.kind, reading.number, years=follower.years) if follower.years is not None else None
    if value.start is None or value.end is None:
        return None
    if reading.kind in ("quarter", "half", "months"):
        if value.precision is Precision.DAY or value.precision is Precision.RANGE:
            return None
        start = value.start if value.precision is Precision.YEAR else dt.date(value.start.year, 1, 1)
        size = {"quarter": 3, "half": 6, "months": reading.number}[reading.kind]
        return Reading(
            months_from(shift_months(start, 0 if reading.kind == "months" else size * (reading.number - 1)), size),
            reading.kind,
            reading.number,
        )
    if reading.kind in ("month", "month_quarter") and value.precision is not Precision.DAY:
        number = value.end.year - (value.precision is Precision.MONTH and reading.number > value.end.month)
        last = dt.date(number, reading.number, last_day(number, reading.number))
        return Reading(ending(last, 3 if reading.kind == "month_quarter" else 1), reading.kind, reading.number)
    if reading.kind == "day" and value.precision is Precision.DAY:
        m, d = divmod(reading.number, 100)
        number = value.end.year - ((m, d) > (value.end.month, value.end.day))
        return Reading(day(dt.date(number, m, d))) if d <= last_day(number, m) else None
    return None


def _repeated(before: Found, item: Found) -> Reading | None:
    """The same part of another year, for a bare year after "and"."""
    value, named = before.reading.value, item.reading.value
    if (
        before.reading.kind.startswith("fiscal_")
        and before.reading.kind != "fiscal_year"
        and value is None
        and item.reading.kind == "fiscal_year"
    ):
        return replace(before.reading, fiscal_year=item.reading.fiscal_year)
    if item.rule != "period_year" or value is None or value.end is None or named is None or named.start is None:
        return None
    if before.rule in ("period_year", "period_years", "period_full_year", "period_end_of_year") or (
        value.precision is Precision.RANGE and not before.rule.endswith("ended")
    ):
        return None
    back = value.end.year - named.start.year
    if not (0 < back <= 4 or (-2 <= back < 0 and before.rule.endswith("ended"))):
        return None
    return Reading(named_after_end(years_before(value, back), months_of(value)), before.reading.kind, before.reading.number)
