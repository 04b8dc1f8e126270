"""The fiscal year that a release states, and labels that are fiscal though they do not say so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from minenews.marks.period_readings import LOOKS_AHEAD, ORDINAL, Reading, month_number
from minenews.marks.period_scan import Found
from minenews.marks.period_shapes import DAY, MONTH, YEAR
from minenews.marks.stretches import last_day, months_of
from minenews.models import Precision

EQUATED = re.compile(
    r"""\s?[(–—-]\s?(?:the\s+|or\s+|being\s+|our\s+)?[\"“‘']? | ,?\s(?:or|being)\s(?:the\s)? | \s?[=/]\s?
      | [\"”’']{0,2}\)?,?\s(?:for|covering|meaning)\s(?:the\s)?""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands between two names of one period: "three months ended December 31, 2024 (Q1 FY2025)"."""

DONE = re.compile(
    r"\b(?:produced|poured|sold|reported|recorded|achieved|milled|processed|mined|was|were|increased|decreased|generated)\b", re.IGNORECASE
)
"""Words that tell of what is over."""

NUMBERED = re.compile(r"(?P<n>first|second|third|fourth)\s{1,3}quarter\b", re.IGNORECASE)
"""A quarter with its number and its last day: "first quarter ended June 30"."""

FISCAL_END = re.compile(
    rf"""
    (?: (?:fiscal|financial) \s{{1,3}} years? \s{{1,3}} (?: (?:that|which) \s )? (?:ended|ending|ends|end|to) \s{{1,3}}
        (?:on\s{{1,3}}|is\s{{1,3}})?
        (?: (?P<a>{MONTH}) \s{{1,3}} {DAY} | {DAY} \s{{1,3}} (?P<b>{MONTH}) )
      | (?:fiscal|financial) \s year [\s-]{{1,2}} end \s (?:of|is) \s (?: (?P<c>{MONTH}) \s{{1,3}} {DAY} | {DAY} \s{{1,3}} (?P<d>{MONTH}) )
      | year \s{{1,3}} (?:ended|ending|to) \s{{1,3}} (?: (?P<e>{MONTH}) \s{{1,3}} {DAY} | {DAY} \s{{1,3}} (?P<f>{MONTH}) ) ,? \s{{1,3}}
        {YEAR} \s? \(? [\s"“(]{{0,3}} (?:FY|fiscal)
      | (?P<g>{MONTH}) \s {DAY} \s (?:fiscal|financial) \s year [\s-] end
      | {DAY} \s (?P<h>{MONTH}) \s (?:fiscal\s|financial\s)? year [\s-] end
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""A statement of the day on which the fiscal year ends."""


def find_year_end(text: str, found: Sequence[Found]) -> tuple[str, int, int] | None:
    """(MM-DD, start, end) of the fiscal year's end where the release states it, else None."""
    for match in FISCAL_END.finditer(text) if "year" in text or "YEAR" in text else ():
        name = next((n for n in match.groupdict().values() if n), None)
        if name:
            number = month_number(name)
            return _month_day(number), match.start(), match.end()
    for item in found:
        reading = item.reading
        if reading.kind == "fiscal_quarter" and reading.value is not None:
            return _month_day(_year_end_month(_length_and_end(reading)[1], reading)), item.start, item.end
        numbered = NUMBERED.match(text, item.start, item.end) if item.rule == "period_unit_ended" else None
        if numbered and (last := _length_and_end(reading)[1]) and last % 3 == 0:
            left = 3 * (4 - ORDINAL[numbered["n"].lower()])
            return _month_day((last + left - 1) % 12 + 1), item.start, item.end
    for first, second in pairwise(found):
        if second.start - first.end > 12 or not EQUATED.fullmatch(text, first.end, second.start):
            continue
        for dated, labelled in ((first, second), (second, first)):
            label = labelled.reading
            if dated.rule == "period_year" or not _is_label(label):
                continue
            months, last = _length_and_end(dated.reading)
            size = {"quarter": 3, "half": 6, "year": 12}.get(label.kind.removeprefix("fiscal_"))
            if months == size and (label.kind.startswith("fiscal_") or (dated.reading.value and label.value != dated.reading.value)):
                return _month_day(_year_end_month(last, label)), first.start, second.end
    return _year_ended(text, found)


def _year_ended(text: str, found: Sequence[Found]) -> tuple[str, int, int] | None:
    """The end of the year that "year ended August 31, 2024" names, None where years named so end in different months.

    "In the year to 30 September 2018" beside "Q3 2018" is the year so far, no fiscal year.
    """
    quarters = {f.reading.value.end for f in found if f.reading.kind == "quarter" and f.reading.value is not None}
    years = [
        f
        for f in found
        if f.rule == "period_unit_ended"
        and f.reading.value is not None
        and f.reading.value.precision is Precision.YEAR
        and not (f.reading.value.end in quarters and " to " in text[f.start : f.end])
    ]
    ends = {f.reading.value.end.month for f in years if f.reading.value and f.reading.value.end}
    return (_month_day(ends.pop()), years[0].start, years[0].end) if len(ends) == 1 and ends != {12} else None


def _length_and_end(reading: Reading) -> tuple[int, int]:
    """The months of a period told by its last day, and the month in which it ends; (0, 0) for others."""
    if reading.value is not None and reading.value.end is not None and reading.value.precision is not Precision.DAY:
        return months_of(reading.value), reading.value.end.month
    if reading.kind == "ended":
        return reading.number // 10000, reading.number % 10000 // 100
    return 0, 0


def _is_label(reading: Reading) -> bool:
    """Whether a period is named by a year and a number alone, so that it may be fiscal."""
    return reading.kind in ("fiscal_quarter", "fiscal_half", "fiscal_year") or (
        reading.kind in ("quarter", "half") and reading.value is not None
    )


def _year_end_month(last: int, label: Reading) -> int:
    """The last month of the fiscal year of which the part that `label` numbers ends in the month `last`."""
    left = {"quarter": 3 * (4 - label.number), "half": 6 * (2 - label.number), "year": 0}[label.kind.removeprefix("fiscal_")]
    return (last + left - 1) % 12 + 1


def _month_day(number: int) -> str:
    return f"{number:02d}-{last_day(2023, number):02d}"


def with_fiscal_labels(text: str, found: Sequence[Found], year_end: str | None, released: dt.date | None) -> list[Found]:
    """The periods with plain labels (Q2 2025) read as fiscal where the release shows that they are.

    It does so where it equates one with other dates than the calendar's, or reports on one that the calendar's would end after
    the release.
    """
    if year_end in (None, "12-31"):
        return list(found)
    if not any(_differs(text, a, b) for a, b in pairwise(found)) and not any(_is_too_late(text, f, released) for f in found):
        return list(found)
    result = []
    for item in found:
        reading = item.reading
        if reading.kind in ("quarter", "half") and reading.value is not None and reading.value.end is not None:
            item = replace(item, reading=Reading(None, f"fiscal_{reading.kind}", reading.number, reading.value.end.year))
        result.append(item)
    return result


def _is_too_late(text: str, item: Found, released: dt.date | None) -> bool:
    """Whether a quarter is spoken of as over though the calendar's ends after the release."""
    value = item.reading.value
    if released is None or item.reading.kind != "quarter" or value is None or value.end is None or value.end <= released:
        return False
    return (
        not LOOKS_AHEAD.search(text, max(0, item.start - 90), min(len(text), item.end + 60))
        and DONE.search(text, item.start - 60, item.end + 80) is not None
    )


def _differs(text: str, first: Found, second: Found) -> bool:
    """Whether two periods equated by the text are a plain label and other dates of the same length."""
    if second.start - first.end > 12 or not EQUATED.fullmatch(text, first.end, second.start):
        return False
    a, b = first.reading, second.reading
    if (
        a.value is None
        or b.value is None
        or a.value == b.value
        or a.value.start is None
        or b.value.start is None
        or a.value.precision is Precision.DAY
        or b.value.precision is Precision.DAY
    ):
        return False
    return (a.kind in ("quarter", "half")) != (b.kind in ("quarter", "half")) and months_of(a.value) == months_of(b.value)
