"""Periods: days, months, quarters, halves, years, fiscal years, intervals and the relative ones.

Finding is done by one verbose regex for each shape, in the order of `SHAPES`; the longest match wins. A period that names
its own dates is read at once. One that leaves something open ("June", "Q2", "the quarter", "same period last year") is
settled in a second pass against the release date and the periods named before it; what stays open has null dates.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from minenews.marks.page import Stretch
from minenews.models import PeriodValue, Precision

MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_name) if m}
MONTHS |= {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m} | {"sept": 9}
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])"
ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "last": 4}
COUNT = {"three": 3, "3": 3, "six": 6, "6": 6, "nine": 9, "9": 9, "twelve": 12, "12": 12, "ten": 10, "10": 10, "eleven": 11, "11": 11, "two": 2, "2": 2, "four": 4, "4": 4,
         "five": 5, "5": 5, "seven": 7, "7": 7, "eight": 8, "8": 8, "one": 1, "1": 1, "thirteen": 13, "18": 18, "eighteen": 18}  # fmt: skip
NUMBER_OF_MONTHS = r"(?:three|six|nine|twelve|3|6|9|12)"
FISCAL = r"(?:fiscal|financial|F|FY|f)"
LOOKS_AHEAD = re.compile(
    r"\b(?:will|expect\w*|plan\w*|anticipat\w*|target\w*|schedul\w*|forecast\w*|guidance|outlook|by|next|upcoming|intend\w*|aims?|aiming|begin in|starting in|later|until|slated|on track|due)\b", re.IGNORECASE
)


def _month(word: str) -> int:
    return MONTHS[word.rstrip(".").lower()]


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def day(date: dt.date) -> PeriodValue:
    """A single day."""
    return PeriodValue(start=date, end=date, precision=Precision.DAY, label=date.isoformat())


def month(year: int, number: int) -> PeriodValue:
    """A calendar month."""
    return PeriodValue(start=dt.date(year, number, 1), end=dt.date(year, number, _last_day(year, number)), precision=Precision.MONTH, label=f"{year}-{number:02d}")


def quarter(year: int, number: int) -> PeriodValue:
    """A calendar quarter, 1 to 4."""
    first = 3 * number - 2
    return PeriodValue(start=dt.date(year, first, 1), end=dt.date(year, first + 2, _last_day(year, first + 2)), precision=Precision.QUARTER, label=f"{year}-Q{number}")


def half(year: int, number: int) -> PeriodValue:
    """A calendar half year, 1 or 2."""
    if number == 1:
        return PeriodValue(start=dt.date(year, 1, 1), end=dt.date(year, 6, 30), precision=Precision.HALF, label=f"{year}-H1")
    return PeriodValue(start=dt.date(year, 7, 1), end=dt.date(year, 12, 31), precision=Precision.HALF, label=f"{year}-H2")


def year(number: int) -> PeriodValue:
    """A calendar year."""
    return PeriodValue(start=dt.date(number, 1, 1), end=dt.date(number, 12, 31), precision=Precision.YEAR, label=str(number))


def interval(start: dt.date, end: dt.date) -> PeriodValue:
    """Any interval; those that are a month, quarter, half or year are named as such."""
    for make in (_as_month, _as_quarter, _as_half, _as_year):
        named = make(start)
        if named is not None and named.start == start and named.end == end:
            return named
    if start == end:
        return day(start)
    return PeriodValue(start=start, end=end, precision=Precision.RANGE, label=f"{start.isoformat()}/{end.isoformat()}")


def _as_month(start: dt.date) -> PeriodValue | None:
    return month(start.year, start.month)


def _as_quarter(start: dt.date) -> PeriodValue | None:
    return quarter(start.year, (start.month + 2) // 3)


def _as_half(start: dt.date) -> PeriodValue | None:
    return half(start.year, 1 if start.month < 7 else 2)


def _as_year(start: dt.date) -> PeriodValue | None:
    return year(start.year)


def shift_months(date: dt.date, months: int) -> dt.date:
    """The same day some months later (negative: earlier), the month's last day where it has no such day."""
    index = date.year * 12 + date.month - 1 + months
    y, m = divmod(index, 12)
    return dt.date(y, m + 1, min(date.day, _last_day(y, m + 1)))


def ending(end: dt.date, months: int) -> PeriodValue:
    """The period of whole months that ends on a date (three months ended June 30, 2017)."""
    if end.day != _last_day(end.year, end.month):
        end = end.replace(day=_last_day(end.year, end.month)) if end.day > 24 else end
    start = shift_months(end + dt.timedelta(days=1), -months)
    return interval(start, end)


def years_before(value: PeriodValue, years: int = 1) -> PeriodValue:
    """The same stretch of an earlier year."""
    if value.start is None or value.end is None:
        return value
    if value.precision is Precision.YEAR and value.start.month != 1:
        start = value.start.replace(year=value.start.year - years)
        return replace_dates(value, start, shift_months(start, 12) - dt.timedelta(days=1))
    last = value.end.day == _last_day(value.end.year, value.end.month)
    end = value.end.replace(year=value.end.year - years, day=1)
    end = end.replace(day=_last_day(end.year, end.month) if last else min(value.end.day, _last_day(end.year, end.month)))
    return interval(shift_months(value.start, -12 * years), end)


def replace_dates(value: PeriodValue, start: dt.date, end: dt.date) -> PeriodValue:
    """A copy with other dates; fiscal years keep their precision."""
    return PeriodValue(start=start, end=end, precision=value.precision, label=f"{start.isoformat()}/{end.isoformat()}")


# --- open readings: what the words say, before the context settles it


@dataclass(frozen=True, slots=True)
class Found:
    """A match with its settled value, or with `open_` naming what the context must give."""

    start: int
    end: int
    rule: str
    value: PeriodValue | None
    open_: str = ""
    number: int = 0
    fiscal_year: int | None = None
    year_to_date: bool = False


Reader = Callable[[re.Match[str]], "tuple[PeriodValue | None, str, int, int | None] | None"]


def _full_year(digits: str) -> int:
    number = int(digits)
    return number if number > 99 else 2000 + number if number < 70 else 1900 + number


def _read_mdy(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    try:
        return day(dt.date(int(m["y"]), _month(m["m"]), int(re.sub(r"\D", "", m["d"])))), "", 0, None
    except ValueError:
        return None


def _read_iso(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    try:
        return day(dt.date(int(m["y"]), int(m["m"]), int(m["d"]))), "", 0, None
    except ValueError:
        return None


def _read_slashes(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    first, second, y = int(m["a"]), int(m["b"]), _full_year(m["y"])
    if first > 12 and second <= 12:
        return day(dt.date(y, second, first)), "", 0, None
    if second > 12 and first <= 12:
        return day(dt.date(y, first, second)), "", 0, None
    return None


def _read_ended(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    words = m["span"].lower()
    months = 12 if "year" in words and "half" not in words else 6 if "half" in words or "six" in words or "6" in words else 9 if "nine" in words or words.startswith("9") else 12 if "twelve" in words or "12" in words else 3
    number, d = _month(m["m"]), re.sub(r"\D", "", m["d"] or "")
    if not m["y"]:
        return None, "ended", months * 10000 + number * 100 + int(d or 0), None
    y = int(m["y"])
    try:
        end = dt.date(y, number, int(d) if d else _last_day(y, number))
    except ValueError:
        return None
    value = ending(end, months)
    if months == 12 and value.precision is Precision.RANGE:
        value = PeriodValue(start=value.start, end=value.end, precision=Precision.YEAR, label=f"FY{y}")
    return value, "", 0, None


def _read_quarter(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    number = int(m["q"]) if m["q"].isdigit() else ORDINAL[m["q"].lower()]
    if not 1 <= number <= 4:
        return None
    groups = m.groupdict()
    if groups.get("fy"):
        return None, "fiscal_quarter", number, _full_year(groups["fy"])
    if groups.get("y"):
        return quarter(_full_year(groups["y"]), number), "", 0, None
    return None, "quarter", number, None


def _read_month_quarter(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    number = _month(m["m"])
    y = m.groupdict().get("y") or m.groupdict().get("y2")
    if y:
        y_number = _full_year(y)
        return ending(dt.date(y_number, number, _last_day(y_number, number)), 3), "", 0, None
    return None, "month_quarter", number, None


def _read_half(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    number = int(m["h"]) if m["h"].isdigit() else ORDINAL[m["h"].lower()]
    number = 2 if number > 2 else number
    groups = m.groupdict()
    if groups.get("fy"):
        return None, "fiscal_half", number, _full_year(groups["fy"])
    if groups.get("y"):
        return half(_full_year(groups["y"]), number), "", 0, None
    return None, "half", number, None


def _read_first_months(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    count = COUNT[m["n"].lower()]
    groups = m.groupdict()
    if groups.get("fy"):
        return None, "fiscal_months", count, _full_year(groups["fy"])
    if groups.get("y"):
        start = dt.date(int(groups["y"]), 1, 1)
        return interval(start, shift_months(start, count) - dt.timedelta(days=1)), "", 0, None
    return None, "first_months", count, None


def _read_fiscal_year(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    digits = m.groupdict().get("y2") or m["y"]
    return None, "fiscal_year", 0, _full_year(digits)


def _read_year(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    return year(int(m["y"])), "", 0, None


def _read_years(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    first, last = int(m["y"]), _full_year(m["z"])
    if last <= first:
        return None
    return interval(dt.date(first, 1, 1), dt.date(last, 12, 31)), "", 0, None


def _read_month_year(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    return month(_full_year(m["y"]), _month(m["m"])), "", 0, None


def _read_months(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    first, last, last_year = _month(m["m"]), _month(m["n"]), int(m["y"])
    first_year = int(m["x"]) if m["x"] else last_year if first <= last else last_year - 1
    return interval(dt.date(first_year, first, 1), dt.date(last_year, last, _last_day(last_year, last))), "", 0, None


def _read_days(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    y = int(m["y"])
    try:
        start = dt.date(int(m["x"]) if m["x"] else y, _month(m["m"]), int(re.sub(r"\D", "", m["d"])))
        end = dt.date(y, _month(m["n"]) if m["n"] else _month(m["m"]), int(re.sub(r"\D", "", m["e"])))
    except ValueError:
        return None
    return (interval(start, end), "", 0, None) if start < end else None


def _read_quarters(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    first, last, y = int(m["q"]), int(m["r"]), _full_year(m["y"])
    if not first < last:
        return None
    start, end = quarter(y, first).start, quarter(y, last).end
    assert start is not None and end is not None
    return interval(start, end), "", 0, None


def _read_day_open(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    return None, "day", _month(m["m"]) * 100 + int(re.sub(r"\D", "", m["d"])), None


def _read_month_open(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    return None, "month", _month(m["m"]), None


def _read_end_of_year(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    if m["y"]:
        return day(dt.date(int(m["y"]), 12, 31)), "", 0, None
    return None, "year_end", 0, None


def _opener(name: str) -> Reader:
    def read(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
        count = m.groupdict().get("n")
        return None, name, COUNT.get((count or "").lower(), 0), None

    return read


_OF_YEAR = rf"(?:,?\s+(?:of|in|for)?\s*(?:the\s+)?(?:calendar\s+)?(?:year\s+)?(?P<y>{YEAR}))"
_OF_FISCAL = rf"(?:,?\s+(?:of|in|for)?\s*(?:the\s+)?(?:(?:our|its)\s+)?(?:fiscal|financial|FY)(?:\s+year)?\s?'?(?P<fy>(?:20)?[0-9]{{2}})(?![0-9]))"
_QUARTER_WORD = r"(?P<q>first|second|third|fourth|1st|2nd|3rd|4th|final)(?:\s+|-)(?:(?:calendar|fiscal|financial)\s+)?quarter"

SHAPES: tuple[tuple[str, str, Reader], ...] = (
    ("days", rf"(?:from\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY})(?:,?\s+(?P<x>{YEAR}))?\s*(?:to|through|until|and|-|–|—)\s*(?:(?P<n>{MONTH})\s+)?(?P<e>{DAY})\s*,\s*(?P<y>{YEAR})", _read_days),
    ("days_day_first", rf"(?:from\s+)?(?P<d>{DAY})\s+(?P<m>{MONTH})(?:\s+(?P<x>{YEAR}))?\s*(?:to|through|until|and|-|–|—)\s*(?P<e>{DAY})\s+(?P<n>{MONTH})\s+(?P<y>{YEAR})", _read_days),
    ("month_day_year", rf"(?P<m>{MONTH})\s+(?P<d>{DAY})\s*,?\s*(?P<y>{YEAR})", _read_mdy),
    ("day_month_year", rf"(?P<d>{DAY})\s*(?:of\s+)?[\s-]?(?P<m>{MONTH})\s*,?[\s-]?\s*(?P<y>{YEAR})", _read_mdy),
    ("iso_date", r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])", _read_iso),
    ("slash_date", r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>(?:19|20)?[0-9]{2})(?![0-9/])", _read_slashes),
    ("ended", rf"(?P<span>(?:{NUMBER_OF_MONTHS}[\s-]+months?(?:\s+period)?|(?:first|second|third|fourth|fiscal|financial|full)?\s?(?:quarter|half[\s-]?year|year|half|fiscal year|financial year)(?:\s+period)?))\s*,?\s+(?:ended|ending|to|that ended|which ended)\s+(?:on\s+)?(?P<m>{MONTH})(?:\s+(?P<d>{DAY}))?\s*,?\s*(?P<y>{YEAR})?", _read_ended),
    ("ended_day_first", rf"(?P<span>(?:{NUMBER_OF_MONTHS}[\s-]+months?(?:\s+period)?|(?:first|second|third|fourth|fiscal|financial|full)?\s?(?:quarter|half[\s-]?year|year|half)(?:\s+period)?))\s*,?\s+(?:ended|ending|to)\s+(?:on\s+)?(?:the\s+)?(?P<d>{DAY})\s+(?:of\s+)?(?P<m>{MONTH})\s*,?\s*(?P<y>{YEAR})?", _read_ended),
    ("quarters", rf"Q(?P<q>[1-4])\s*(?:to|through|-|–)\s*Q(?P<r>[1-4])[\s-]?'?(?P<y>(?:20)?[0-9]{{2}})(?![0-9])", _read_quarters),
    ("quarter_fiscal_ended", rf"(?:Q(?P<q>[1-4])|(?P<w>first|second|third|fourth)\s+quarter)\s+(?:of\s+)?(?:fiscal|Fiscal|FY|F)(?:\s+(?:year|Year))?[\s']?(?P<fy>(?:20)?[0-9]{{2}}),?\s+\(?(?:ended|ending)\s+(?P<m>{MONTH})\s+(?P<d>{DAY})(?:,?\s+(?P<y>{YEAR}))?", lambda m: _read_fiscal_quarter_ended(m)),
    ("quarter_fiscal", rf"Q(?P<q>[1-4])[\s-]{{0,2}}(?:of\s+)?{FISCAL}(?:iscal)?(?:\s+year)?[\s']{{0,2}}(?P<fy>(?:20)?[0-9]{{2}})(?![0-9])", _read_quarter),
    ("fiscal_quarter", rf"(?:{FISCAL}Y?(?:iscal)?(?:\s+year)?[\s']?(?P<fy>(?:20)?[0-9]{{2}}))[\s-]{{0,2}}Q(?P<q>[1-4])(?![0-9])", _read_quarter),
    ("quarter_year", rf"Q(?P<q>[1-4])(?:\s+(?:of|in)\s+|[\s-]?['’]?|/|\s?-\s?)(?P<y>{YEAR}|(?<=['’/ -])[0-9]{{2}}(?![0-9%]|[,.][0-9]))", _read_quarter),
    ("digit_quarter", rf"(?P<q>[1-4])Q[\s-]?['’]?(?P<y>{YEAR}|[0-9]{{2}}(?![0-9]))", _read_quarter),
    ("year_quarter", rf"(?P<y>{YEAR})[\s-]+Q(?P<q>[1-4])(?![0-9])", _read_quarter),
    ("quarter_words_fiscal", rf"{_QUARTER_WORD}{_OF_FISCAL}", _read_quarter),
    ("fiscal_words_quarter", rf"(?:fiscal|financial)(?:\s+year)?\s+(?P<fy>20[0-9]{{2}})\s+{_QUARTER_WORD}", _read_quarter),
    ("quarter_words_year", rf"{_QUARTER_WORD}{_OF_YEAR}", _read_quarter),
    ("year_quarter_words", rf"(?P<y>{YEAR})\s+{_QUARTER_WORD}", _read_quarter),
    ("month_quarter_year", rf"(?P<m>{MONTH})\s+(?:(?P<y>{YEAR})\s+)?(?:quarter|Qtr)(?:\s+(?:of\s+)?(?P<y2>{YEAR}))?", _read_month_quarter),
    ("half_fiscal", rf"(?:H(?P<h>[12]))[\s-]?(?:FY|F|fiscal\s+)['\s]?(?P<fy>(?:20)?[0-9]{{2}})(?![0-9])", _read_half),
    ("fiscal_half", rf"(?:FY)['\s]?(?P<fy>(?:20)?[0-9]{{2}})[\s-]?H(?P<h>[12])(?![0-9])", _read_half),
    ("half_year_short", rf"H(?P<h>[12])(?:\s+of)?[\s-]?['’]?(?P<y>{YEAR}|(?<=['’ -])[0-9]{{2}}(?![0-9%]|[,.][0-9]))", _read_half),
    ("digit_half", rf"(?P<h>[12])H[\s-]?['’]?(?P<y>{YEAR}|[0-9]{{2}}(?![0-9]))", _read_half),
    ("half_words_fiscal", rf"(?P<h>first|second|1st|2nd)[\s-]half{_OF_FISCAL}", _read_half),
    ("half_words_year", rf"(?P<h>first|second|1st|2nd|latter|last)[\s-](?:calendar\s+)?half{_OF_YEAR}".replace("latter|last", "last"), _read_half),
    ("year_half_words", rf"(?P<y>{YEAR})\s+(?P<h>first|second)[\s-]half", _read_half),
    ("first_months_fiscal", rf"first\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])[\s-]months{_OF_FISCAL}", _read_first_months),
    ("first_months_year", rf"first\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])[\s-]months{_OF_YEAR}", _read_first_months),
    ("months_of_year", rf"(?P<n>six|nine|6|9)[\s-]months\s+(?:of\s+)?(?P<y>{YEAR})", _read_first_months),
    ("short_months", rf"(?P<n>[369])M[\s-]?['’]?(?P<y>{YEAR}|(?<=['’ -])[0-9]{{2}}(?![0-9]))", lambda m: _read_first_months_short(m)),
    ("fiscal_year", rf"\b(?:FY|FYE)[\s-]?['’]?(?P<y>(?:20)?[0-9]{{2}})(?:\s?/\s?(?P<y2>(?:20)?[0-9]{{2}}))?(?![0-9])", _read_fiscal_year),
    ("fiscal_year_words", rf"\b(?:fiscal|financial)(?:\s+years?)?\s+(?P<y>20[0-9]{{2}})(?:\s?/\s?(?P<y2>(?:20)?[0-9]{{2}}))?(?![0-9])", _read_fiscal_year),
    ("year_fiscal_words", r"(?P<y>20[0-9]{2})(?:/(?P<y2>[0-9]{2}))?\s+(?:fiscal|financial)\s+year", _read_fiscal_year),
    ("months", rf"(?:from\s+)?(?P<m>{MONTH})(?:\s+(?P<x>{YEAR}))?\s*(?:to|through|until|-|–|—)\s*(?P<n>{MONTH})\s*,?\s*(?P<y>{YEAR})", _read_months),
    ("month_year", rf"(?P<m>{MONTH})(?:\s+of)?\s*,?\s*(?P<y>{YEAR})", _read_month_year),
    ("month_short_year", r"(?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[-'’](?P<y>[0-9]{2})(?![0-9,.])", _read_month_year),
    ("end_of_year", rf"(?:(?:the\s+)?end\s+of\s+(?:the\s+)?(?:year\b|calendar\s+year\s+)?\s?(?P<y>{YEAR})?|year[\s-]end(?:\s+(?P<y2>{YEAR}))?)", lambda m: _read_year_end(m)),
    ("years", rf"(?:from\s+|between\s+)?(?P<y>{YEAR})\s?(?:to|through|until|-|–|—|and(?=\s+20[0-9]{{2}}\s*,?\s*(?:inclusive)))\s?(?P<z>{YEAR}|[0-9]{{2}}(?![0-9%]|[,.][0-9]))", _read_years),
    ("full_year", rf"(?:the\s+)?(?:full[\s-]?year|calendar\s+year|calendar|CY|year|fiscal)\s*(?P<y>{YEAR})", _read_year),
    ("year", rf"(?<![$£€\w.,/#+-])(?P<y>{YEAR})(?:\s+(?:full\s+year|calendar\s+year|year))?(?!\s?(?:oz\b|ounces|tonnes|metres|meters|m\b|t\b|kg|lbs?\b|units|shares|%|[$/]))(?![,.][0-9]|[\w/]|-[0-9A-Za-z])", _read_year),
    ("same_period_year", rf"(?:the\s+)?(?:same|corresponding|comparable|comparative)\s+(?:period|quarter|months?|half|time)\s+(?:of|in|last|from|a|the)?\s*(?:previous\s+|prior\s+)?(?:year|(?P<y>{YEAR}))(?:\s+(?:earlier|ago))?", lambda m: (None, "same_period", int(m["y"]) if m["y"] else 0, None)),
    ("prior_year_period", r"(?:the\s+)?(?:prior|previous|last|preceding)[\s-]year(?:['’]s)?[\s-](?:comparable\s+|same\s+|corresponding\s+)?(?:period|quarter|half)|(?:the\s+)?(?:comparable|comparative|corresponding|same)\s+(?:prior|previous)[\s-](?:year\s+)?(?:period|quarter)|(?:a|one)\s+year\s+(?:ago|earlier|prior|before)", _opener("same_period")),
    ("year_to_date", rf"(?:the\s+)?(?:year[\s-]to[\s-]date|YTD)(?:\s+(?P<y>{YEAR}))?", _opener("year_to_date")),
    ("prior_quarter", r"(?:the\s+)?(?:prior|previous|preceding|last|sequential)\s+quarter(?!s)", _opener("prior_quarter")),
    ("this_quarter", r"(?:the|this|for\s+the)\s+(?:current\s+|reporting\s+|latest\s+)?quarter(?!s|ly|\s+(?:of|ended|ending))", _opener("this_quarter")),
    ("this_half", r"(?:the|this)\s+(?:first\s+|current\s+|reporting\s+)?half(?:[\s-]year)(?!\s+(?:ended|ending))", _opener("this_half")),
    ("this_year", r"(?:this|the\s+current|the\s+present)\s+(?:calendar\s+)?year|later\s+in\s+the\s+year|during\s+the\s+year\b(?!\s+(?:ended|ending|to))", _opener("this_year")),
    ("for_the_year", r"(?:(?<=for\s)|(?<=in\s)|(?<=during\s))the\s+(?:full\s+)?year(?!\s+(?:ended|ending|to|of|end)|[\s-])", _opener("report_year")),
    ("full_year_open", r"full[\s-]year(?!\s*(?:of\s+|for\s+)?(?:fiscal\s+)?[0-9]|\s+(?:ended|ending))|\bannual\s+guidance", _opener("report_year")),
    ("last_year", r"(?:last|(?:the\s+)?previous|(?:the\s+)?prior)\s+(?:calendar\s+)?year\b(?!['’]s|\s+(?:period|quarter|ended))", _opener("last_year")),
    ("next_year", r"next\s+year\b", _opener("next_year")),
    ("last_month", r"last\s+month\b", _opener("last_month")),
    ("this_month", r"(?:this|earlier this|later this)\s+month\b", _opener("this_month")),
    ("next_months", r"(?:next|coming|following)\s+(?P<n>two|three|four|six|nine|twelve|eighteen|[2-9]|1[0-28])(?:\s+to\s+\w+)?\s+months", _opener("next_months")),
    ("yesterday", r"\byesterday\b", _opener("yesterday")),
    ("today", r"\btoday\b", _opener("today")),
    ("quarter_words", rf"(?:the\s+)?{_QUARTER_WORD}(?!s)", _read_quarter),
    ("quarter_short", r"Q(?P<q>[1-4])(?![0-9\w])", _read_quarter),
    ("half_words", r"(?:the\s+)?(?P<h>first|second)[\s-]half(?:[\s-]year)?(?!\s+of\s+(?!the\s+year))", _read_half),
    ("half_short", r"H(?P<h>[12])(?![0-9\w])", _read_half),
    ("first_months", r"first\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])[\s-]months", _read_first_months),
    ("day_month", rf"(?P<d>{DAY})(?:\s+of)?\s+(?P<m>{MONTH})(?!\s*,?\s*[0-9])", _read_day_open),
    ("month_day", rf"(?P<m>{MONTH})\s+(?P<d>{DAY})(?!\s*,?\s*[0-9])(?![,.][0-9])", _read_day_open),
    ("month", rf"(?<![\w-])(?P<m>January|February|April|June|July|August|September|October|November|December|(?:(?<=in\s)|(?<=of\s)|(?<=for\s)|(?<=by\s)|(?<=since\s)|(?<=during\s)|(?<=and\s)|(?<=to\s)|(?<=late\s)|(?<=early\s)|(?<=mid-)|(?<=until\s)|(?<=this\s)|(?<=last\s))(?:March|May))(?![\w-])", _read_month_open),
)  # fmt: skip


def _read_first_months_short(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    start = dt.date(_full_year(m["y"]), 1, 1)
    return interval(start, shift_months(start, int(m["n"])) - dt.timedelta(days=1)), "", 0, None


def _read_fiscal_quarter_ended(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    number, d = _month(m["m"]), int(re.sub(r"\D", "", m["d"]))
    if m["y"]:
        return ending(dt.date(int(m["y"]), number, d), 3), "", 0, None
    return None, "ended", 30000 + number * 100 + d, None


def _read_year_end(m: re.Match[str]) -> tuple[PeriodValue | None, str, int, int | None] | None:
    digits = m["y"] or m["y2"]
    if digits:
        return day(dt.date(int(digits), 12, 31)), "", 0, None
    return None, "year_end", 0, None


_CUE = re.compile(r"[0-9]|quarter|half|month|year|YTD|ytd|today|yesterday|January|February|March|April|May|June|July|August|September|October|November|December|QoQ|YoY|sequential|ago", re.IGNORECASE)
_COMPILED: list[tuple[str, re.Pattern[str], Reader]] = []


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[str, re.Pattern[str], Reader], ...]:
    sensitive = {"quarter_fiscal_ended", "quarters", "quarter_fiscal", "quarter_year", "digit_quarter", "quarter_short", "half_short", "half_year_short", "digit_half", "short_months", "month_short_year", "month", "fiscal_year"}
    return tuple((name, re.compile(rf"(?<![\w$]){pattern}" if not pattern.startswith("(?<!") else pattern, 0 if name in sensitive else re.IGNORECASE), reader) for name, pattern, reader in SHAPES)


def _candidates(text: str) -> list[Found]:
    """All matches of all shapes; overlaps settled: the longer wins, of equals the shape written first."""
    found: list[tuple[int, int, int, Found]] = []
    for rank, (name, pattern, reader) in enumerate(_shapes()):
        for match in pattern.finditer(text):
            if match.end() == match.start():
                continue
            try:
                read = reader(match)
            except (ValueError, KeyError, TypeError):
                continue
            if read is None:
                continue
            value, open_, number, fiscal = read
            start, end = match.span()
            while end > start and text[end - 1] in " ,\n":
                end -= 1
            found.append((start, -(end - start), rank, Found(start, end, f"period_{name}", value, open_, number, fiscal, name == "year_to_date")))
    found.sort(key=lambda f: (f[1], f[2], f[0]))
    chosen: list[Found] = []
    taken = bytearray(len(text) + 1)
    for start, _, _, item in found:
        if not any(taken[start : item.end]):
            taken[start : item.end] = b"\x01" * (item.end - start)
            chosen.append(item)
    return sorted(chosen, key=lambda f: f.start)


FISCAL_END = re.compile(
    rf"(?:fiscal|financial)\s+year\s+(?:ended|ending|ends|end|which ends|that ends|to)\s+(?:on\s+|is\s+)?(?:(?P<m>{MONTH})\s+(?P<d>{DAY})|(?P<d2>{DAY})\s+(?P<m2>{MONTH}))|year\s+(?:ended|ending|to)\s+(?:(?P<m3>{MONTH})\s+(?P<d3>{DAY})|(?P<d4>{DAY})\s+(?P<m4>{MONTH})),?\s+{YEAR}\s*\(?[\s\"“(]{{0,3}}(?:FY|fiscal)",
    re.IGNORECASE,
)


def find_fiscal_year_end(text: str) -> tuple[str, int, int] | None:
    """(MM-DD, start, end) of the fiscal year's end where the release states it, else None.

    Read from a statement of the year's end, or from a quarter, half or year named both by its dates and by its fiscal label.
    """
    for match in FISCAL_END.finditer(text):
        name = match["m"] or match["m2"] or match["m3"] or match["m4"]
        if name:
            number = _month(name)
            return f"{number:02d}-{_last_day(2023, number):02d}", match.start(), match.end()
    candidates = _candidates(text)
    for found in candidates:
        if found.rule == "period_quarter_fiscal_ended":
            match = re.search(rf"(?:Q([1-4])|(first|second|third|fourth)).{{0,40}}?({MONTH})", text[found.start : found.end], re.IGNORECASE)
            if match:
                position = int(match[1]) if match[1] else ORDINAL[match[2].lower()]
                last = (_month(match[3]) + 3 * (4 - position) - 1) % 12 + 1
                return f"{last:02d}-{_last_day(2023, last):02d}", found.start, found.end
    for first, second in zip(candidates, candidates[1:], strict=False):
        if second.start - first.end > 12 or not re.fullmatch(r"\s?[(–-]\s?(?:the\s+|or\s+|being\s+)?[\"“]?|,?\s(?:or|being)\s", text[first.end : second.start]):
            continue
        for dated, labelled in ((first, second), (second, first)):
            value = dated.value
            if value is None or value.end is None or labelled.fiscal_year is None or dated.rule == "period_year":
                continue
            months = {"fiscal_quarter": 3 * (4 - labelled.number), "fiscal_half": 6 * (2 - labelled.number), "fiscal_year": 0}.get(labelled.open_)
            if months is None or (labelled.open_ == "fiscal_year" and value.precision is not Precision.YEAR):
                continue
            end = shift_months(value.end.replace(day=1), months)
            return f"{end.month:02d}-{_last_day(2023, end.month):02d}", first.start, second.end
    return None


def fiscal_year(number: int, year_end: str | None) -> PeriodValue:
    """A fiscal year; null dates where the year's end is unknown. It is named after the calendar year in which it ends."""
    if year_end is None:
        return PeriodValue(start=None, end=None, precision=Precision.YEAR, label=f"FY{number}")
    last = int(year_end[:2])
    end = dt.date(number, last, _last_day(number, last))
    return PeriodValue(start=shift_months(end + dt.timedelta(days=1), -12), end=end, precision=Precision.YEAR, label=f"FY{number}")


def _fiscal_part(found: Found, year_end: str | None) -> PeriodValue:
    assert found.fiscal_year is not None
    whole = fiscal_year(found.fiscal_year, year_end)
    sizes = {"fiscal_quarter": (3, Precision.QUARTER, "Q"), "fiscal_half": (6, Precision.HALF, "H"), "fiscal_months": (found.number, Precision.RANGE, "M")}
    months, precision, letter = sizes[found.open_]
    label = f"FY{found.fiscal_year}-{letter}{found.number}"
    if whole.start is None:
        return PeriodValue(start=None, end=None, precision=precision, label=label)
    start = whole.start if found.open_ == "fiscal_months" else shift_months(whole.start, months * (found.number - 1))
    return PeriodValue(start=start, end=shift_months(start, months) - dt.timedelta(days=1), precision=precision, label=label)


def find_periods(text: str, released: dt.date | None = None, year_end: str | None = None) -> list[Stretch]:
    """All periods of a text, in reading order; open ones settled against `released` and the periods before them.

    `year_end` is the fiscal year's end (MM-DD) where known. Units: inclusive ISO dates.
    """
    found = _candidates(text)
    base = _reporting_period(found, released)
    year_end = year_end or _implied_year_end(found, released)
    result: list[Stretch] = []
    previous: PeriodValue | None = None
    for item in found:
        value, relative = item.value, False
        if value is None:
            value = _settle(item, text, released, year_end, base, previous)
            relative = True
        if value is None:
            continue
        result.append(Stretch(item.start, item.end, value, " ".join(text[item.start : item.end].split()), item.rule, relative, item.year_to_date))
        if value.start is not None and value.precision in (Precision.QUARTER, Precision.HALF, Precision.YEAR, Precision.MONTH, Precision.RANGE) and not item.rule.startswith(("period_prior", "period_same")):
            previous = value
    return result


def _implied_year_end(found: list[Found], released: dt.date | None) -> str | None:
    """12-31 where the release names a calendar quarter of a plain year as just over, and no fiscal quarter: its years are calendar years."""
    if released is None or any(f.open_ in ("fiscal_quarter", "fiscal_half") for f in found):
        return None
    over = any(f.value and f.value.end and f.value.precision is Precision.QUARTER and f.rule in ("period_quarter_year", "period_digit_quarter", "period_quarter_words_year") and 0 <= (released - f.value.end).days <= 75 for f in found)
    return "12-31" if over else None


def _reporting_period(found: list[Found], released: dt.date | None) -> PeriodValue | None:
    """The period that the release reports on: the first quarter, half or year named that had ended when it was sent."""
    for item in found:
        value = item.value
        if value is None and item.open_ in ("quarter", "half", "month_quarter") and released is not None:
            value = _latest(item, released)
        if value is not None and value.end is not None and value.precision in (Precision.QUARTER, Precision.HALF, Precision.MONTH):
            if released is None or (value.end <= released and (released - value.end).days < 200):
                return value
    return None


def _latest(item: Found, released: dt.date) -> PeriodValue | None:
    """The latest such quarter or half that had begun when the release was sent."""
    for y in (released.year, released.year - 1):
        if item.open_ == "month_quarter":
            value = ending(dt.date(y, item.number, _last_day(y, item.number)), 3)
        else:
            value = quarter(y, item.number) if item.open_ == "quarter" else half(y, item.number)
        if value.end is not None and value.end <= released:
            return value
    return None


def _settle(item: Found, text: str, released: dt.date | None, year_end: str | None, base: PeriodValue | None, previous: PeriodValue | None) -> PeriodValue | None:
    """The dates of an open period, None where the context does not give them."""
    name, number = item.open_, item.number
    if name == "fiscal_year":
        assert item.fiscal_year is not None
        return fiscal_year(item.fiscal_year, year_end)
    if name in ("fiscal_quarter", "fiscal_half", "fiscal_months"):
        return _fiscal_part(item, year_end)
    reporting = base or previous
    if name == "same_period":
        anchor = previous or base
        if anchor is None or anchor.start is None:
            return None
        return years_before(anchor, anchor.start.year - number if number else 1)
    if name == "this_quarter":
        return reporting if reporting and reporting.precision is Precision.QUARTER else previous if previous and previous.precision is Precision.QUARTER else None
    if name == "this_half":
        return reporting if reporting and reporting.precision is Precision.HALF else previous if previous and previous.precision is Precision.HALF else None
    if name == "prior_quarter":
        anchor = previous if previous and previous.precision is Precision.QUARTER else base
        if anchor is None or anchor.start is None or anchor.precision is not Precision.QUARTER:
            return None
        start = shift_months(anchor.start, -3)
        return interval(start, anchor.start - dt.timedelta(days=1))
    if name == "report_year":
        if item.rule == "period_full_year_open":
            return year(reporting.end.year) if reporting and reporting.end else year(released.year) if released else None
        return previous if previous and previous.precision is Precision.YEAR else year(reporting.end.year) if reporting and reporting.end and reporting.end.month == 12 else None
    if released is None:
        return None
    ahead = bool(LOOKS_AHEAD.search(text, max(0, item.start - 90), item.start))
    if name == "year_to_date":
        end = reporting.end if reporting and reporting.end else None
        return interval(dt.date(end.year, 1, 1), end) if end and year_end in (None, "12-31") else None
    if name == "today":
        return day(released)
    if name == "yesterday":
        return day(released - dt.timedelta(days=1))
    if name in ("this_year", "last_year", "next_year"):
        return year(released.year + {"this_year": 0, "last_year": -1, "next_year": 1}[name])
    if name == "year_end":
        return day(dt.date(released.year, 12, 31)) if ahead or released.month > 1 else day(dt.date(released.year - 1, 12, 31))
    if name in ("last_month", "this_month"):
        date = shift_months(released.replace(day=1), -1 if name == "last_month" else 0)
        return month(date.year, date.month)
    if name == "next_months":
        return interval(released, shift_months(released, number))
    if name == "day":
        return _open_day(number, released, ahead)
    if name == "month":
        y = released.year
        if number > released.month and not ahead:
            y -= 1
        elif ahead and number < released.month - 1 and released.month > 9:
            y += 1
        return month(y, number)
    if name in ("quarter", "half"):
        return _open_part(item, released, ahead, previous, base)
    if name == "month_quarter":
        return _latest(item, released) if not ahead or number <= released.month else ending(dt.date(released.year, number, _last_day(released.year, number)), 3)
    if name == "first_months":
        anchor_year = (base or previous or year(released.year)).end
        y = anchor_year.year if anchor_year else released.year
        start = dt.date(y, 1, 1)
        return interval(start, shift_months(start, number) - dt.timedelta(days=1))
    if name == "ended":
        months, rest = divmod(number, 10000)
        m, d = divmod(rest, 100)
        for y in (released.year, released.year - 1):
            end = dt.date(y, m, min(d, _last_day(y, m)) if d else _last_day(y, m))
            if end <= released or ahead:
                return ending(end, months)
    return None


def _open_day(number: int, released: dt.date, ahead: bool) -> PeriodValue | None:
    m, d = divmod(number, 100)
    for y in (released.year, released.year - 1) if not ahead else (released.year, released.year + 1):
        try:
            date = dt.date(y, m, d)
        except ValueError:
            return None
        if (not ahead and date <= released) or (ahead and date >= released - dt.timedelta(days=120)):
            return day(date)
    return None


def _open_part(item: Found, released: dt.date, ahead: bool, previous: PeriodValue | None, base: PeriodValue | None) -> PeriodValue | None:
    """A quarter or half without a year: in the year of the release, or the one before where only that had ended."""
    make = quarter if item.open_ == "quarter" else half
    value = make(released.year, item.number)
    assert value.start is not None
    if value.start > released and not ahead and (value.start - released).days > 100:
        return make(released.year - 1, item.number)
    if value.start > released and not ahead and released.month <= 3:
        return make(released.year - 1, item.number)
    if ahead and value.end is not None and value.end < released and released.month >= 11:
        return make(released.year + 1, item.number)
    return value


@lru_cache(maxsize=4096)
def read_period(written: str, released: dt.date | None = None, year_end: str | None = None) -> PeriodValue | None:
    """The period that a whole string names ("Q2 2017", "June 2024 Quarter"), None if it names none or several."""
    found = find_periods(written, released, year_end)
    return found[0].value if len(found) == 1 else None
