"""The fiscal year that a release states, and labels that are fiscal though they do not say so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from minenews.marks.flow import fold_case
from minenews.marks.period_readings import LOOKS_AHEAD, ORDINAL, Reading, month_number
from minenews.marks.period_scan import Found
from minenews.marks.period_shapes import DAY, MONTH, YEAR
from minenews.marks.stretches import last_day, months_of
from minenews.models import Precision

EQUATED = re.compile(
    r"""\s?[(–—-]\s?(?:the\s+|or\s+|being\s+|our\s+)?[\"“‘']{0,2} | ,?\s(?:or|being)\s(?:the\s)? | \s?[=/]\s?
      | [\"”’']{0,2}\)?,?\s(?:for|covering|meaning)\s(?:the\s)?""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands between two names of one period: "three months ended December 31, 2024 (Q1 FY2025)"."""

REPORTED_TO = re.compile(
    r"""(?:\s?[(\[]|[\s,:–—-]{0,3})
        (?:(?:production|operations?|operating|operational|activities|financial|interim|quarterly|sales|trading|cash|flow|costs?|report|results?
           |review|update|statement|summary|highlights|and|for|of|the|our|period|unaudited)[\s,:–—-]{1,3}){0,7}
        (?P<to>(?:to|ended|ending)\s(?:the\s)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands between a quarter's number and the last day of a report: "Third Quarter Report to 31 March 2024"."""

COMMA = re.compile(r",\s(?:the\s|our\s)?")
CLOSED = re.compile(r"[\"”’']{0,3}\s?(?:[),;\]]|or\b|and\b|[\"”’'])")
"""What follows a name in a parenthesis: its end, and no figure for it."""

PLAIN = frozenset({"quarter", "half"})
SIZES = {"quarter": 3, "half": 6, "year": 12}
DATED = frozenset({"period_unit_ended", "period_ended", "period_shared_ended", "period_month_quarter_year", "period_quarterly_report"})
"""Rules of periods told by their last day or month."""

OPENING = 1500
"""How far into a release the period that it reports on is named."""

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

YEAR_ENDS = re.compile(r"years?(?:\s{1,3}(?:that|which|end|to\s)|[\s-]{1,2}end)")
"""What stands in the lower case of each such statement: a cheap test."""


def find_year_end(text: str, found: Sequence[Found]) -> tuple[str, int, int] | None:
    """(MM-DD, start, end) of the fiscal year's end where the release states it, else None."""
    for match in FISCAL_END.finditer(text) if YEAR_ENDS.search(fold_case(text)) else ():
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
    for last, label, start, end in _equated(text, found):
        plain = label.kind in PLAIN
        month = _year_end_month(last, label)
        if not plain or month != 12:
            return _month_day(month), start, end
    return _year_ended(text, found) or _reported(text, found)


def _equated(text: str, found: Sequence[Found]) -> Iterator[tuple[int, Reading, int, int]]:
    """The last month of each dated part of a year that the text equates with a label, the label, and where they stand."""
    for first, second in pairwise(found):
        gap = second.start - first.end
        if gap > 90:
            continue
        equal = gap <= 12 and EQUATED.fullmatch(text, first.end, second.start) is not None
        if not equal and _is_label(first.reading):
            dated = _last_month_reported(text, first, second)
            if dated:
                yield dated, first.reading, first.start, second.end
                continue
        if not equal or ("(" in text[first.end : second.start] and not CLOSED.match(text, second.end)):
            continue
        for dated_item, labelled in ((first, second), (second, first)):
            label = labelled.reading
            if dated_item.rule == "period_year" or not _is_label(label):
                continue
            if dated_item.reading.kind in PLAIN and label.kind in PLAIN:
                continue  # "Q2 2024 (Q1 2024: 900 t)"
            months, last = _length_and_end(dated_item.reading)
            if months == SIZES.get(label.kind.removeprefix("fiscal_")) or (last and _is_shared(found, dated_item, label)):
                yield last, label, first.start, second.end


def _is_shared(found: Sequence[Found], dated: Found, label: Reading) -> bool:
    """Whether a quarter ends with the longer stretch that is dated: "three and nine months ended December 31, 2024 (Q3 2025)"."""
    return label.kind.endswith("quarter") and any(
        f.rule == "period_shared_ended" and 0 < dated.start - f.start < 30 and _length_and_end(f.reading)[0] == 3 for f in found
    )


def _last_month_reported(text: str, label: Found, dated: Found) -> int:
    """The last month of the part of a year of a report whose last day follows its number; 0 where none does."""
    gap = REPORTED_TO.fullmatch(text, label.end, dated.start)
    value = dated.reading.value
    if value is None or value.end is None or (gap is None and COMMA.fullmatch(text, label.end, dated.start) is None):
        return 0
    if value.precision is Precision.DAY:
        ends = value.end.day == last_day(value.end.year, value.end.month)
        return value.end.month if gap is not None and gap["to"] and ends else 0
    months, last = _length_and_end(dated.reading)
    told = dated.rule in DATED and months == SIZES.get(label.reading.kind.removeprefix("fiscal_"))
    return last if told else 0


def _reported(text: str, found: Sequence[Found]) -> tuple[str, int, int] | None:
    """The year's end that follows where the release opens with a quarter by number and with one by its last month.

    Both must be the latest of their sort, and the year of the label that of the year's end.
    """
    opening = [f for f in found if f.start < OPENING and not _is_ahead(text, f)]
    labels = [f for f in opening if f.reading.kind == "fiscal_quarter" and f.reading.value is None]
    dated = [f for f in opening if f.rule in DATED and _length_and_end(f.reading)[0] == 3 and f.reading.value is not None]
    if not labels or not dated:
        return None
    label, value = labels[0], dated[0].reading.value
    if value is None or value.end is None or any(_later(f.reading, label.reading) for f in labels):
        return None
    if any(f.reading.value is not None and f.reading.value.end is not None and f.reading.value.end > value.end for f in dated):
        return None
    month = _year_end_month(value.end.month, label.reading)
    agrees = label.reading.fiscal_year == value.end.year + (value.end.month > month)
    return (_month_day(month), label.start, label.end) if agrees else None


def _later(one: Reading, other: Reading) -> bool:
    return (one.fiscal_year or 0, one.number) > (other.fiscal_year or 0, other.number)


def _is_ahead(text: str, item: Found) -> bool:
    return LOOKS_AHEAD.search(fold_case(text), max(0, item.start - 60), item.start) is not None


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
    """Whether a period is named by a number, with or without a year, so that it may be fiscal."""
    return reading.kind in ("fiscal_quarter", "fiscal_half", "fiscal_year") or (
        reading.kind in ("quarter", "half") and reading.number > 0 and reading.years is None
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
    if year_end == "12-31":
        return list(found)
    late = any(_is_too_late(text, f, released) for f in found)
    told = year_end is not None and any(
        label.value is not None and label.value.end is not None and label.kind in ("quarter", "half") and label.value.end.month != last
        for last, label, _, _ in _equated(text, found)
    )
    if not late and not told:
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
        not LOOKS_AHEAD.search(fold_case(text), max(0, item.start - 90), min(len(text), item.end + 60))
        and DONE.search(text, item.start - 60, item.end + 80) is not None
    )
