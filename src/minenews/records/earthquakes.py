"""Read the details of an earthquake: magnitude, depth, epicentre, and how far it lies from which places."""

from __future__ import annotations

import re
from functools import cache

from minenews.marks.page import Page, Sentence
from minenews.models import Bearing, Details, Evidence
from minenews.vocab.load import load_rows

NUMBER = r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)"
MAGNITUDE = re.compile(
    rf"""\b(?:magnitude(?=[\s-])-?|measuring|measured|registering|registered)\s*(?:of\s+|at\s+|an?\s+)?(?:about\s+|approximately\s+|M[wL]?\s?)?{NUMBER}\b(?!\s?(?:km|kilomet|m\b|%))
      | \bM[wLsb]?\s?(?P<moment>\d\.\d)\b
      | \b(?P<front>\d(?:\.\d)?)[\s-](?:magnitude\b|on\s+the\s+Richter) | \b(?P<plain>\d\.\d)[\s-](?:earth)?quake\b""",
    re.VERBOSE | re.IGNORECASE,
)
DISTANCE = r"\d{1,3}(?:[.,]\d{1,2})?"
LENGTH = r"(?:km|kilomet(?:er|re)s?|mi|miles?)"
METRIC = rf"{DISTANCE})\s?(?:km|kilomet(?:er|re)s)\)"
"""The end of the parenthesis in which a text in miles gives kilometres."""

ABOUT = r"(?:(?:about|around|approximately|roughly|nearly|some|only|just|an\s+estimated)\s+)?"
DEPTH = re.compile(
    rf"""\b(?:depth(?:\s+(?:of|was|is|at))?:?|deep\s+at)\s+{ABOUT}(?P<depth>{DISTANCE})\s?(?P<unit>{LENGTH})\b(?:\s+\((?P<metric>{METRIC})?
      | \b(?P<deep>{DISTANCE})[\s-]?(?P<deep_unit>{LENGTH})(?:\s+\((?P<deep_metric>{METRIC})?
        [\s-](?:deep|below|beneath|underground)\b""",
    re.VERBOSE | re.IGNORECASE,
)
NAME = r"[A-ZÀ-Þ][\w'’-]{1,30}(?:\s(?:(?:de|del|la|las|los|el)\s)?[A-ZÀ-Þ][\w'’-]{1,30}){0,2}"
BEARING = re.compile(
    rf"""\b(?P<number>\d{{1,4}}(?:[.,]\d{{1,2}})?)\s?(?P<unit>km|kilomet(?:er|re)s|mi|miles)\s+(?:\((?P<metric>\d{{1,4}}(?:\.\d)?)\s?(?:km|kilomet(?:er|re)s|mi|miles)\)\s+)?(?:to\s+the\s+|due\s+)?
        (?P<direction>[NSEW]{{1,3}}\b|(?i:(?:north|south|east|west)(?:[\s-]?(?:north|south|east|west)){{0,2}}(?:ern|wards?)?)\b)\s+
        (?:of|from)\s+(?:the\s+)?(?:(?:[\w-]{{1,20}}\s+){{0,2}}(?:city|town|village|port)\s+of\s+)?(?P<of>{NAME})""",
    re.VERBOSE,
)
EPICENTRE = re.compile(
    r"""\b(?:epicent(?:re|er)\s+(?:was\s+|is\s+)?(?:located\s+)?(?:at|in|near|off|of)|(?:struck|hit|shook|rocked)(?:\s+the\s+(?:island|city|town|province|region|state|district|municipality)\s+of)?|(?:occurred|struck|hit|centred|centered|happened)\s+(?:[^.;]{0,40}?\s)?(?:at|near|off|in))\s+(?:the\s+)?(?:coast\s+of\s+)?(?:(?:north|south|east|west|centr)\w{0,4}\s+)?
        (?P<place>{NAME})""".replace("{NAME}", NAME),
    re.VERBOSE,
)
BESIDE = re.compile(
    rf"""\bepicent(?:re|er)\b(?:[^.;]|\.(?=\d)){{0,120}}?\b(?:offshore\s+(?:from|of)|near|close\s+to|outside|off(?:\s+the\s+(?:\w{{1,12}}\s+)?coast\s+of)?)\s+
        (?:the\s+)?(?:(?:coastal\s+)?(?:city|town|village|port|district|municipality|community)\s+of\s+)?(?P<place>{NAME})""",
    re.VERBOSE,
)
"""An epicentre told by the town beside it."""

WIDE = re.compile(r"^(?:Northern|Southern|Eastern|Western|Central|North|South|East|West)\s+")

POSSESSIVE = re.compile(r"['’]s$")
KM_PER_MILE = 1.609344
MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


def read_earthquake(page: Page, sentences: list[Sentence]) -> tuple[Details | None, list[Evidence]]:
    """The details in the sentences that name the earthquake, None where they give none, with the evidence."""
    magnitude = depth = epicentre = None
    bearings: list[Bearing] = []
    evidence: list[Evidence] = []
    for sentence in dict.fromkeys(sentences):
        text, start = page.text[sentence.start : sentence.end], sentence.start
        if magnitude is None and (found := MAGNITUDE.search(text)):
            magnitude = float((found["number"] or found["moment"] or found["front"] or found["plain"]).replace(",", "."))
            evidence.append(page.evidence("magnitude", start + found.start(), start + found.end(), "earthquake_magnitude"))
        if depth is None and (found := DEPTH.search(text)):
            depth = _kilometres(
                found["depth"] or found["deep"], found["unit"] or found["deep_unit"], found["metric"] or found["deep_metric"]
            )
            evidence.append(page.evidence("depth_km", start + found.start(), start + found.end(), "earthquake_depth"))
        for found in (*BESIDE.finditer(text), *EPICENTRE.finditer(text)):
            place = POSSESSIVE.sub("", found["place"])
            if epicentre is None and not MONTH.match(place) and WIDE.sub("", place).lower() not in countries():
                epicentre = place
                evidence.append(
                    page.evidence(
                        "epicentre", start + found.start("place"), start + found.start("place") + len(epicentre), "earthquake_epicentre"
                    )
                )
        for found in BEARING.finditer(text):
            bearings.append(_bearing(found))
            evidence.append(page.evidence("bearings", start + found.start(), start + found.end(), "earthquake_bearing"))
    if magnitude is None and depth is None and epicentre is None and not bearings:
        return None, []
    return Details(magnitude=magnitude, depth_km=depth, epicentre=epicentre, bearings=tuple(bearings)), evidence


@cache
def countries() -> frozenset[str]:
    """The names of countries in lower case: too wide for an epicentre."""
    return frozenset(row["form"].lower() for row in load_rows("countries"))


def _bearing(found: re.Match[str]) -> Bearing:
    distance = _kilometres(found["number"], found["unit"], found["metric"])
    return Bearing(distance_km=distance, direction=compass_point(found["direction"]), of=" ".join(found["of"].split()))


def _kilometres(number: str, unit: str, beside: str | None) -> float:
    """A distance in kilometres; one in miles as the text itself converts it in the parenthesis behind."""
    distance = float(number.replace(",", "."))
    if not unit.lower().startswith("mi"):
        return distance
    return float(beside.replace(",", ".")) if beside else round(distance * KM_PER_MILE, 1)


def compass_point(words: str) -> str:
    """A direction as a compass point: "south" is S, "west-northwest" is WNW, "NNE" stays."""
    if words.isupper() and len(words) <= 3:
        return words
    return "".join(found[0].upper() for found in re.findall(r"north|south|east|west", words.lower()))
