"""What a matched period shape says: its dates where the words give them, else what the context must add."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from minenews.marks.stretches import day, ending, half, interval, last_day, month, months_from, quarter, year
from minenews.models import PeriodValue, Precision
from minenews.text.dateline import MONTHS as MONTH_NAMES

MONTHS = {name: i for i, name in enumerate(MONTH_NAMES, 1)} | {name[:3]: i for i, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "latter": 2}
COUNT = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
}  # fmt: skip
LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
YEARS_FROM_NOW = {"last": -1, "previous": -1, "prior": -1, "preceding": -1, "this": 0, "current": 0, "next": 1, "following": 1, "coming": 1}

LOOKS_AHEAD = re.compile(
    r"\b(?:will|expect\w*|plan(?:s|ned|ning)?|anticipat\w*|target\w*|schedul\w*|forecast\w*|guidance|outlook|by|next|upcoming|intend\w*|aims?|aiming|begin\sin|starting\sin|later|until|slated|on\strack|due(?!\sto\b)|due\sto\s(?:start|begin|commence|complete|finish|open|close|resume|restart|report|be))\b"
)
"""Words in lower case before an open period that put it after the release."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A settled `value`, or None where the context must give the dates of this `kind` of period.

    `number` is the part's number (quarter 2, month 6, or a day as month x 100 + day); `fiscal_year` the fiscal year named;
    `years` the distance in years from the year of the release ("last year" is -1).
    """

    value: PeriodValue | None
    kind: str = ""
    number: int = 0
    fiscal_year: int | None = None
    years: int | None = None


Reader = Callable[[re.Match[str]], Reading | None]


def month_number(word: str) -> int:
    """The number of a written month, full or abbreviated."""
    return MONTHS[word.rstrip(".").lower()]


def full_year(digits: str) -> int:
    """The year that two or four digits write."""
    number = int(digits)
    return number if number > 99 else 2000 + number if number < 70 else 1900 + number


def count_of(word: str) -> int:
    """The number that a count word or digits write."""
    return int(word) if word.isdigit() else COUNT[word.lower()]


def _digits(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def _group(m: re.Match[str], *names: str) -> str | None:
    """The first of the named groups that took part in the match."""
    groups = m.groupdict()
    return next((groups[name] for name in names if groups.get(name)), None)


def read_date(m: re.Match[str]) -> Reading | None:
    """A day with month and year; None for a day that does not exist."""
    number = int(m["m"]) if m["m"].isdigit() else month_number(m["m"])
    try:
        return Reading(day(dt.date(full_year(_group(m, "y", "y2") or ""), number, _digits(m["d"]))))
    except ValueError:
        return None


BEFORE_LISTED_DAY = re.compile(r"\b(?P<m>[A-Z][a-z]{2,8})\.?\s(?:[0-9]{1,2}(?:,\s|,?\sand\s|\s&\s)){1,4}$")


def read_listed_day(m: re.Match[str]) -> Reading | None:
    """The later of two days of one month: the 13, 2024 of "August 6 and 13, 2024"."""
    before = BEFORE_LISTED_DAY.search(m.string, max(0, m.start() - 40), m.start())
    if before is None or before["m"].lower() not in MONTHS:
        return None
    try:
        return Reading(day(dt.date(int(m["y"]), MONTHS[before["m"].lower()], _digits(m["d"]))))
    except ValueError:
        return None


def read_slashes(m: re.Match[str]) -> Reading | None:
    """A date in numbers: read only where one of the first two cannot be a month, or both are equal."""
    first, second, number = int(m["a"]), int(m["b"]), full_year(m["y"])
    if first > 12 or first == second:
        first, second = second, first
    elif second <= 12:
        return None
    try:
        return Reading(day(dt.date(number, first, second)))
    except ValueError:
        return None


def read_days(m: re.Match[str]) -> Reading | None:
    """From one day to another."""
    number = int(m["y"])
    try:
        end = dt.date(number, month_number(_group(m, "n", "m") or ""), _digits(m["e"]))
        first = month_number(_group(m, "m", "n") or "")
        start = dt.date(int(m["x"]) if _group(m, "x") else number - (first > end.month), first, _digits(m["d"]))
    except ValueError:
        return None
    return Reading(interval(start, end)) if start < end else None


def read_ended(m: re.Match[str]) -> Reading | None:
    """A number of months, a quarter, a half or a year up to a month's end or a day."""
    groups = m.groupdict()
    months = count_of(m["c"]) if groups.get("c") else LENGTHS[re.split(r"[\s-]", m["u"].lower())[0]]
    number, d = month_number(_group(m, "m", "m2") or ""), _group(m, "d", "d2")
    written = _group(m, "y", "y2")
    if not written:
        return Reading(None, "ended", months * 10000 + number * 100 + (_digits(d) if d else 0))
    try:
        end = dt.date(int(written), number, _digits(d) if d else last_day(int(written), number))
    except ValueError:
        return None
    return Reading(named_after_end(ending(end, months), months))


def named_after_end(value: PeriodValue, months: int) -> PeriodValue:
    """Twelve months that are no calendar year bear the name of the fiscal year."""
    if months == 12 and value.precision is Precision.RANGE and value.end is not None:
        return PeriodValue(start=value.start, end=value.end, precision=Precision.YEAR, label=f"FY{value.end.year}")
    return value


def read_week_ended(m: re.Match[str]) -> Reading | None:
    """The seven days up to a day."""
    date = read_date(m)
    end = date.value.end if date and date.value else None
    return Reading(interval(end - dt.timedelta(days=6), end)) if end else None


def _part(m: re.Match[str], kind: str, number: int, make: Callable[[int, int], PeriodValue]) -> Reading:
    """A part of a year, which is fiscal, a calendar year, told from now ("last year"), or open."""
    if fiscal := _group(m, "fy", "fy2"):
        return Reading(None, f"fiscal_{kind}", number, full_year(re.split("[/–-]", fiscal)[-1].strip()))
    if written := _group(m, "y", "y2", "y3"):
        return Reading(make(full_year(written), number), kind, number)
    relative = _group(m, "ry", "ry2")
    return Reading(None, kind, number, years=YEARS_FROM_NOW[relative.lower().split()[-1]] if relative else None)


def read_quarter(m: re.Match[str]) -> Reading:
    """A quarter by its number."""
    return _part(m, "quarter", _ordinal(_group(m, "q", "w")), quarter)


def read_half(m: re.Match[str]) -> Reading:
    """A half year by its number."""
    return _part(m, "half", _ordinal(_group(m, "h", "w")), half)


def _ordinal(written: str | None) -> int:
    number = (written or "").lower()
    return int(number) if number.isdigit() else ORDINAL[number]


def read_fiscal_quarter_ended(m: re.Match[str]) -> Reading | None:
    """A fiscal quarter whose last day is named with it."""
    number, d = month_number(_group(m, "m", "m2") or ""), _digits(_group(m, "d", "d2") or "")
    part, fiscal = _ordinal(_group(m, "q", "w")), full_year(re.split("[/–-]", _group(m, "fy") or "")[-1].strip())
    year_end = (number + 3 * (4 - part) - 1) % 12 + 1
    try:
        return Reading(ending(dt.date(int(m["y"] or fiscal - (number > year_end)), number, d), 3), "fiscal_quarter", part, fiscal)
    except ValueError:
        return None


def read_first_months(m: re.Match[str]) -> Reading:
    """The first months, or first quarters, of a year."""
    count = count_of(m["n"]) * (3 if _group(m, "quarters") else 1)
    return _part(m, "months", count, lambda number, months: months_from(dt.date(number, 1, 1), months))


def read_month_quarter(m: re.Match[str]) -> Reading | None:
    """A quarter by the month in which it ends."""
    if "\n" in m[0] and "quarterly" in m[0].lower():
        return None  # "29 October 2024", then a line "Quarterly Activities Report"
    return _part(m, "month_quarter", month_number(m["m"]), lambda number, last: ending(dt.date(number, last, last_day(number, last)), 3))


def read_month_half(m: re.Match[str]) -> Reading:
    """A half year by the month in which it ends."""
    return _part(m, "month_half", month_number(m["m"]), lambda number, last: ending(dt.date(number, last, last_day(number, last)), 6))


def read_month(m: re.Match[str]) -> Reading:
    """A month, with or without its year."""
    return _part(m, "month", int(m["m"]) if m["m"].isdigit() else month_number(m["m"]), month)


def read_months(m: re.Match[str]) -> Reading | None:
    """From one month to another."""
    first, last, end = month_number(m["m"]), month_number(m["n"]), int(m["y"])
    start = int(m["x"]) if m["x"] else end - (first > last)
    if (start, first) >= (end, last):
        return None
    return Reading(interval(dt.date(start, first, 1), dt.date(end, last, last_day(end, last))))


def read_quarterly_report(m: re.Match[str]) -> Reading | None:
    """The quarter of a report that names its last day or month: "Quarterly Activities Report to 30 September 2022"."""
    number, year_number, d = month_number(_group(m, "m", "m2") or ""), int(_group(m, "y", "y2") or 0), _group(m, "d")
    if number % 3 and not d:
        return None
    return Reading(ending(dt.date(year_number, number, last_day(year_number, number)), 3), "quarter", number // 3)


def read_months_to_report(m: re.Match[str]) -> Reading:
    """The months up to the end of the reporting period: "nine-month production"."""
    return Reading(None, "months_to_report", count_of(_group(m, "n", "m") or ""))


def read_quarters_to_date(m: re.Match[str]) -> Reading:
    """The first quarters of a calendar year: "Q3 YTD 2016"."""
    return Reading(months_from(dt.date(int(m["y"]), 1, 1), 3 * int(_group(m, "q", "q2") or "0")), "year_to_date")


def read_months_open(m: re.Match[str]) -> Reading:
    """From one month to another of a year that is not named; `number` is first x 100 + last."""
    return Reading(None, "month_range", month_number(m["m"]) * 100 + month_number(m["n"]))


def read_quarters(m: re.Match[str]) -> Reading | None:
    """From one quarter to another of a calendar year."""
    first, last, number = int(m["q"]), int(m["r"]), full_year(m["y"])
    return Reading(months_from(dt.date(number, 3 * first - 2, 1), 3 * (last - first + 1))) if first < last else None


def read_fiscal_year(m: re.Match[str]) -> Reading:
    """A fiscal year; 2024/25 is the one that ends in 2025."""
    return Reading(None, "fiscal_year", 0, full_year(_group(m, "y2", "y3", "y") or ""))


def read_year(m: re.Match[str]) -> Reading:
    """A calendar year."""
    return Reading(year(full_year(m["y"])))


NO_YEAR_AFTER = re.compile(
    r"\b(?:level|elevation|section|hole|line|form|no\.|number|suite|box|bench|room|bill|act|code|regulation|about|approximately)\s$",
    re.IGNORECASE,
)


def read_bare_year(m: re.Match[str]) -> Reading | None:
    """A calendar year, not the number of a level, a hole or a form."""
    if NO_YEAR_AFTER.search(m.string, max(0, m.start() - 16), m.start()):
        return None
    return read_year(m)


def read_years(m: re.Match[str]) -> Reading | None:
    """From one year to another; joined by "and" only after "between"."""
    first = int(m["y"])
    century = first // 100
    last = int(_group(m, "z") or f"{century}{_group(m, 'z2')}")
    joined_by_and = (m["to"] or "").lower() == "and" and not m.string[max(0, m.start() - 9) : m.start()].lower().endswith("between ")
    if not first < last <= first + 150 or joined_by_and:
        return None
    return Reading(interval(dt.date(first, 1, 1), dt.date(last, 12, 31)))


def read_day_open(m: re.Match[str]) -> Reading:
    """A day without its year."""
    return Reading(None, "day", month_number(m["m"]) * 100 + _digits(m["d"]))


CUE_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|for|by|since|during|and|to|from|until|through|till|late|early|mid|this|last|next|before|after|between|end|beginning|throughout|or|end-|mid-)[\s-]{1,3}$",
    re.IGNORECASE,
)
END_OF_STRETCH = re.compile(r"\bto\send-$")
"""Before a month that only ends what was named before: "R26 billion to end-June"."""
NAME_AFTER = re.compile(rf"\s(?!(?:{'|'.join(name.capitalize() for name in MONTH_NAMES)})\b)[A-Z][a-z]")
DOUBTFUL = frozenset({"may", "march", "august", "april", "june"})


def read_month_open(m: re.Match[str]) -> Reading | None:
    """A month alone: a name that is also another word or a person's only after a preposition."""
    word = m["m"]
    if END_OF_STRETCH.search(m.string, max(0, m.start() - 8), m.start()):
        return None
    doubtful = word.lower() in ("may", "march") or (word.lower() in DOUBTFUL and bool(NAME_AFTER.match(m.string, m.end())))
    if doubtful and not CUE_BEFORE_MONTH.search(m.string, max(0, m.start() - 14), m.start()):
        return None
    return Reading(None, "month", month_number(word))


def read_end_of_year(m: re.Match[str]) -> Reading:
    """The last day of a year."""
    if written := _group(m, "y", "y2"):
        return Reading(day(dt.date(int(written), 12, 31)))
    relative = _group(m, "ry", "ry2")
    return Reading(None, "year_end", years=YEARS_FROM_NOW[relative.lower()] if relative else None)


def read_same_period(m: re.Match[str]) -> Reading:
    """The stretch last spoken of, in the named year (`number`), else in the year before."""
    return Reading(None, "same_period", int(_group(m, "y", "y2") or 0))


def read_year_to_date(m: re.Match[str]) -> Reading:
    """From the start of the year to the end of the reporting period; `number` is the year where named."""
    return Reading(None, "year_to_date", int(_group(m, "y", "y2") or 0))


def read_year_to_a_date(m: re.Match[str]) -> Reading | None:
    """From the start of the calendar year to the end of a month or to a day."""
    number, last = int(m["y"]), month_number(m["m"])
    try:
        end = dt.date(number, last, _digits(m["d"]) if m["d"] else last_day(number, last))
    except ValueError:
        return None
    return Reading(interval(dt.date(number, 1, 1), end), "year_to_date")


def read_next_months(m: re.Match[str]) -> Reading:
    """The coming months."""
    return Reading(None, "next_months", count_of(m["n"]))


def read_relative(m: re.Match[str]) -> Reading:
    """This, last or next year, month or week; `years` counts in that unit."""
    return Reading(None, f"relative_{m['unit'].lower()}", years=YEARS_FROM_NOW[m["ry"].lower()])


def read_weekday(m: re.Match[str]) -> Reading:
    """A weekday; `years` is 1 for the next one, -1 for the last one, None where the words do not say."""
    lead = (m["lead"] or "").lower().strip()
    return Reading(None, "weekday", WEEKDAYS.index(m["w"].lower()), years={"next": 1, "last": -1}.get(lead))


def opens(name: str) -> Reader:
    """A reader of words that leave everything to the context."""

    def read(m: re.Match[str]) -> Reading:
        return Reading(None, name)

    return read
