"""Datelines: place, date and wire at the head of a release, in the forms of all newswires.

A dateline is read piece by piece, whatever the order of its pieces, until something is neither place, date, wire nor separator.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from minenews.vocab.load import load_rows, phrase

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"

DATE_SHAPES = (
    re.compile(rf"{WEEKDAY}{MONTH}\s*(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])", re.IGNORECASE),
    re.compile(
        rf"{WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?{MONTH},?[\s-]*(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<year>(?:19|20)[0-9]{2})[-/](?P<number>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})(?![0-9])"),
    re.compile(r"(?P<number>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>(?:(?:19|20)[0-9]{2}|[0-9]{2}))(?![0-9/])"),
)
FOREIGN_MONTH = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|januar|februar|märz|juni|juli|oktober|dezember|september|november|april|august"
)
FOREIGN_DATE = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:er|º|\.)?\s+(?:de\s+)?(?P<foreign>{FOREIGN_MONTH})\s+(?:de\s+|del\s+)?(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)
"""A day as French, Spanish, Portuguese and German releases write it."""

CAPITALIZED = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b) [A-ZÀ-ÖØ-Þ][\w.'’]{0,30} (?: -\w[\w.'’]{0,30} ){0,4}"
PLACE = re.compile(
    rf"""(?P<place> {CAPITALIZED} (?: (?:,\s{{0,3}}|\s{{1,3}}|/) (?: (?:de|del|la|do|da|of|the|and) \s{{1,3}} )? {CAPITALIZED} ){{0,6}} )
        (?= \s{{0,3}} (?: ,? \s{{0,3}} (?:--|[–—]|\s-\s|\(|/|:|\n|\|)
          | ,?\s{{1,3}} (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},?\s{{1,3}})? (?:(?:le|am|den|el)\s{{1,3}})?
            (?: (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}}\.? \s{{0,3}} [0-9]
              | [0-9]{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s ) ) )""",
    re.VERBOSE,
)
"""Capitalized words before a dash, a parenthesis or a date."""

NO_PLACE = re.compile(
    r"""^ (?: On | In | At | As | For | During | Since | By | From | The | This | Dated? | Effective | Year | Half ) \b
      | \b (?: quarter | ended | ending | results? | report | update | announce\w* | months | operating | activities | statement | release
              | presentation ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that no place name begins with or holds."""

COMPANY = re.compile(
    r"\b(?:Limited|Ltd|Inc|Corporation|plc)\b|\b(?:Minerals|Mining|Resources|Metals|Mines|Silver|Gold|Copper|Energy|Exploration)$",
    re.IGNORECASE,
)
"""Words that make a name one of a company; a dateline may begin with it."""

SEPARATOR = re.compile(
    r"\]?\(https?://[^\s()]{1,80}\)|[\s,()/|:;–—\-\[\]•·]+|via\s+COMTEX\s*|via\s+|\b(?:through|le|am|den|el)\s+", re.IGNORECASE
)
HEADERS = frozenset({"EQS", "DGAP"})
"""Wires whose releases begin with their name and the company's, not with a place."""

CLOSE = re.compile(r"\s*(?:--|[–—-]|/|\)|:|\n|,\s|\|)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the release says whence, when and by which wire it was sent: spans or None. `end` is where the news starts."""

    start: int
    end: int
    place: tuple[int, int] | None
    date: tuple[int, int] | None
    wire: tuple[int, int] | None


@cache
def _wires() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = load_rows("wires")
    forms = "|".join(phrase(r["form"]) for r in sorted(rows, key=lambda r: -len(r["form"])))
    return re.compile(rf"(?:{forms})(?:\s+(?:via\s+COMTEX|Corp\.?|Inc\.?))?(?![A-Za-z])"), {r["form"]: r["wire"] for r in rows}


def wire_name(written: str) -> str:
    """The newswire's own spelling of its name, of a written form."""
    names = _wires()[1]
    written = " ".join(written.split())
    return next((names[form] for form in sorted(names, key=len, reverse=True) if written.startswith(form)), written)


def read_date(written: str) -> dt.date | None:
    """A full single date in one of the regular forms; others go to dateparser. None if it is no full date."""
    for shape in DATE_SHAPES:
        match = shape.fullmatch(written.strip())
        if match:
            return date_of(match)
    return _read_irregular(written.strip())


def date_of(match: re.Match[str]) -> dt.date | None:
    """The date of a match of one of DATE_SHAPES; None for a day that does not exist or an undecided order of day and month."""
    groups = match.groupdict()
    if groups.get("foreign"):
        return _read_irregular(" ".join(match[0].replace("º", "").split()))
    year = int(groups["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if groups.get("month"):
        number = next(i for i, name in enumerate(MONTHS, start=1) if name.startswith(groups["month"].lower()))
    else:
        number = int(groups["number"])
    day = int(groups["day"])
    if number > 12 >= day:
        number, day = day, number
    try:
        return dt.date(year, number, day)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _read_irregular(written: str) -> dt.date | None:
    """Dates in other forms and languages ("21 de julio de 2017"), by dateparser; day, month and year must all be written."""
    if not re.search(r"[0-9]{4}", written) or len(written) > 40:
        return None
    import dateparser

    found = dateparser.parse(written, languages=["en", "fr", "es", "pt", "de"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    return found.date() if found else None


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline at the beginning of text[start:end], None if it begins otherwise.

    It needs a wire, or a date with a place or a closing dash.
    """
    place = date = wire = None
    headed = False
    position, news = start, start
    limit = min(end, start + 260)
    while position < limit:
        separator = SEPARATOR.match(text, position, limit)
        if separator and separator.end() > position:
            position = separator.end()
            continue
        if wire is None and (found := _wires()[0].match(text, position, limit)):
            wire = found.span()
            headed = place is None and date is None and wire_name(found[0]) in HEADERS
        elif date is None and (
            found := next((m for shape in (*DATE_SHAPES, FOREIGN_DATE) if (m := shape.match(text, position, limit)) and date_of(m)), None)
        ):
            date = found.span()
        elif (
            place is None
            and not headed
            and (found := PLACE.match(text, position, limit))
            and found.end("place") - position < 70
            and not NO_PLACE.search(found["place"])
        ):
            if COMPANY.search(found["place"]) is None:
                place = found.span("place")
            elif position > start:
                break
        else:
            break
        position = news = found.end() if found.re is not PLACE else found.end("place")
    if wire is None and (date is None or (place is None and not CLOSE.match(text, news, end))):
        return None
    if place is not None and date is None and wire is None:
        return None
    tail = re.compile(r"[\s)\]/]*(?:--+|[–—-]|:|/)?\s*").match(text, news, end)
    return Dateline(start, tail.end() if tail else news, place, date, wire)
