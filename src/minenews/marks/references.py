"""Earlier releases that a release names by their dates: "see press release dated June 21, 2018 and April 24, 2018".

All patterns here are for the lower case of a text.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from minenews.marks.flow import fold_case
from minenews.models import Evidence, Reference

MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:19|20)\d\d(?!\d)"
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"

ITEM = re.compile(
    rf"""
    {WEEKDAY}(?:
        (?P<iso>{YEAR}-\d\d-\d\d)(?!\d)
      | (?P<month>{MONTH})\s{{0,3}}(?P<day>{DAY})(?:,?\s{{0,3}}(?P<year>{YEAR}))?          # June 19, 2017 · June 19
      | (?P<day2>{DAY})\s(?:of\s)?(?P<month2>{MONTH})(?:,?\s(?P<year2>{YEAR}))?            # 19 June 2017
      | (?P<day3>{DAY})(?:,\s(?P<year3>{YEAR}))?(?!\s?[%\w])                               # ... and 14, 2025
    )""",
    re.VERBOSE,
)
"""One date of a list; month and year may stand in its neighbours."""

NEXT = re.compile(r"\s{0,3}(?:,\s?(?:and|&)|,|;\s?(?:and)?|and|&)\s{0,3}(?:on\s|dated\s|of\s)?")
"""What joins the dates of a list."""

RELEASE = (
    r"(?:(?:news|press|media|joint|earnings)[\s-]releases?|(?:asx|market|rns|sens|aim|stock\s+exchange|company)\s(?:announcements?|releases?)"
    r"|announcements?|news\s+relase|press\s+relase)"
)
BEFORE = re.compile(
    rf"""
    \b(?=[acdefijmnoprs])(?:     # the first letters of what follows: most words are none of it
        {RELEASE}
        (?: [^.;()\n]{{0,80}}? \s(?:dated|issued|published|disseminated|released|made)(?:\son)?\b
          | (?:\s\([^()\n]{{0,40}}\))? (?:\sof\s(?:the|our|its)\s\w{{1,20}})? \s(?:of|on|from)\b ) (?:\sthe)?
      | (?<=see\s){RELEASE} | (?<=refer\s){RELEASE} | (?<=refer\sto\s){RELEASE} | (?<=\(){RELEASE}
      | (?:as\s)?(?:previously|first|initially|originally|earlier|formerly|already)
        \s(?:announced|reported|disclosed|released|news\sreleased)
        (?:\sby\s(?:the\s)?(?:company|corporation))?(?:\son)?
      | as\s(?:announced|reported|disclosed|released|stated)(?:\sby\s(?:the\s)?(?:company|corporation))?\son
      | (?:announced|disclosed)\son
    )
    \s{{0,3}}[:(]?\s{{0,3}}
    """,
    re.VERBOSE,
)
"""The words before a date that make it the date of a release."""

AFTER = re.compile(rf"\s(?:{RELEASE})(?!\s(?:of|dated)\b)")
"""The words after a date that make it the date of a release: "the March 19, 2024 news release"."""


def find_references(text: str, released: dt.date | None = None) -> tuple[Reference, ...]:
    """The earlier releases that a text names, once per date in order of mention, with evidence of every mention.

    `released` is the date of the text itself: dates from it on are no earlier release, and it gives the year of a date
    without one; without it such a date is left out.
    """
    found: dict[dt.date, list[Evidence]] = {}
    lowered = fold_case(text)
    for match in BEFORE.finditer(lowered):
        for date, start, end in _read_list(lowered, match.end(), released):
            _add(found, date, start, end, text, "release_dated")
    for match in AFTER.finditer(lowered):
        for date, start, end in _before(lowered, match.start(), released):
            _add(found, date, start, end, text, "dated_release")
    ordered = sorted(found.items(), key=lambda item: item[1][0].start)
    return tuple(Reference(date=date, evidence=tuple(evidence)) for date, evidence in ordered if released is None or date < released)


def _add(found: dict[dt.date, list[Evidence]], date: dt.date, start: int, end: int, text: str, rule: str) -> None:
    mentions = found.setdefault(date, [])
    if all(e.start != start for e in mentions):
        mentions.append(Evidence(slot="date", start=start, end=end, text=text[start:end], rule=rule))


def _before(lowered: str, position: int, released: dt.date | None) -> list[tuple[dt.date, int, int]]:
    """The dates of a list that ends at a position."""
    for match in ITEM.finditer(lowered, max(0, position - 60), position):
        if match["day3"]:
            continue
        dates = _read_list(lowered, match.start(), released)
        if dates and dates[-1][2] == position:
            return dates
    return []


def _read_list(lowered: str, position: int, released: dt.date | None) -> list[tuple[dt.date, int, int]]:
    """The dates of the list that starts at a position, each with its span."""
    items: list[re.Match[str]] = []
    while (match := ITEM.match(lowered, position)) and (items or not match["day3"]) and len(items) < 20:
        if match["day3"] and not (items[-1]["month"] and not items[-1]["year"]):
            break
        items.append(match)
        joint = NEXT.match(lowered, match.end())
        if joint is None:
            break
        position = joint.end()
    found: list[tuple[dt.date, int, int]] = []
    year: int | None = None
    for number in range(len(items) - 1, -1, -1):  # the year of a date without one stands in the next
        item = items[number]
        if item["iso"]:
            date = _date(*(int(part) for part in item["iso"].split("-")))
        else:
            written = item["year"] or item["year2"] or item["year3"]
            year = int(written) if written else year
            named = item["month"] or item["month2"] or next((i["month"] for i in reversed(items[:number]) if i["month"]), None)
            digits = re.match(r"\d+", item["day"] or item["day2"] or item["day3"])
            assert digits is not None
            date = _dated(year, MONTHS[named[:3]], int(digits[0]), released) if named else None
        if date is not None:
            found.append((date, *item.span()))
    return found[::-1]


def _dated(year: int | None, month: int, day: int, released: dt.date | None) -> dt.date | None:
    """A date; without a year the last one before the release."""
    if year is not None:
        return _date(year, month, day)
    if released is None:
        return None
    date = _date(released.year, month, day)
    return date if date is None or date < released else _date(released.year - 1, month, day)


def _date(year: int, month: int, day: int) -> dt.date | None:
    """A date, None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
