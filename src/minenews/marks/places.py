"""Find places: the dateline, countries and regions of the vocabulary, and towns told by the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from minenews.marks.asset_words import fold, is_modifier, load_context, load_kinds, load_stopwords
from minenews.marks.flow import fold_case, fold_signs
from minenews.marks.page import Mention
from minenews.models import Asset, Evidence, Place
from minenews.text.layout import Layout
from minenews.vocab.alternation import alternation
from minenews.vocab.load import load_rows

WORD = r"(?:(?:St|Ste|Mt|Ft)\.|[A-ZÀ-ÞŁŚŠŽİ][\w'’-]{1,24})"
NAME = rf"{WORD}(?:[ ](?:(?:de|del|da|do|dos|la|las|los|el|al|sur)[ ]){{0,2}}{WORD}){{0,3}}"
COMPASS = r"(?:[NSEW]{1,3}|(?:north|south|east|west)(?:[-\s]?(?:north|south|east|west)){0,2}(?:ern)?)"

BEARING = re.compile(
    rf"""
    (?:km|kms|kilomet(?:re|er)s?|miles?|mi)\ (?:by\ road\ )?(?:due\ |to\ the\ |directly\ |by\ \w+\ )?
    (?:{COMPASS}\ )?(?:of|from)\ (?:the\ )?(?:(?:mining\ )?(?:city|town|township|village|port|community|centre|center|capital)\ (?:of\ )?)?
    (?P<name>{NAME})
    """,
    re.VERBOSE,
)
BEARING_FROM = re.compile(
    rf"\b(?:at|near|in)\ (?P<name>{NAME}),?\ (?:which\ is|which\ lies|located|situated|some|about|approximately|roughly)\ (?:\w+\ )?\d",
    re.VERBOSE,
)
SETTLEMENTS = [
    "city",
    "cities",
    "town",
    "towns",
    "township",
    "townships",
    "village",
    "villages",
    "municipality",
    "municipalities",
    "community",
    "communities",
    "district",
    "districts",
    "province",
    "provinces",
    "department",
    "departments",
    "state",
    "states",
    "county",
    "counties",
    "region",
    "regions",
    "commune",
    "prefecture",
    "governorate",
    "island",
    "territory",
    "port",
    "ports",
]
SETTLEMENT = re.compile(
    rf"""
    \b{alternation(SETTLEMENTS)}\ of\ (?P<name>{NAME})(?P<second>\ and\ {NAME})?
    """,
    re.VERBOSE,
)
DIVISIONS = [
    "Province",
    "State",
    "County",
    "Region",
    "Department",
    "Territory",
    "Oblast",
    "Krai",
    "Prefecture",
    "Municipality",
    "Township",
    "Shire",
    "Parish",
    "Regency",
    "Governorate",
]
DIVISION = re.compile(rf"\b(?P<name>{NAME}\ (?:{'|'.join(DIVISIONS)}))\b", re.VERBOSE)
TOWN_COUNTRY = re.compile(
    rf"\b(?:in|near|of|outside|around|to|between|and)\ (?P<name>{NAME})(?:,|\ in)\ (?=(?P<region>[A-ZÀ-Þ]))", re.VERBOSE
)
SITED = re.compile(
    rf"""
    \b(?:(?:located|situated|sited|based|headquartered|lies|occurred|struck|centred|centered|felt|offices?)
         (?:\ \w+){{0,3}}?\ (?:in|near|at|outside|around)
      |(?:plant|mine|mill|smelter|refinery|operations|project|concentrator|port)\ (?:in|near|outside))
    \ (?:the\ )?(?P<name>{NAME})
    """,
    re.VERBOSE,
)
LANDSCAPES = ["Mountains", "Range", "Basin", "Valley", "Desert", "Peninsula", "Highlands", "Plateau", "Delta"]
LANDSCAPE = re.compile(rf"\b(?:in|near|along|across|from|of)\ the\ (?P<name>{NAME}\ (?:{'|'.join(LANDSCAPES)}))\b", re.VERBOSE)
SHAPES: tuple[tuple[str, re.Pattern[str], Sequence[str]], ...] = (
    ("place.bearing", BEARING, (" of ", " from ")),
    ("place.bearing", BEARING_FROM, ("which", "located", "situated", "some", "about", "approximately", "roughly")),
    ("place.settlement", SETTLEMENT, (" of ",)),
    ("place.division", DIVISION, tuple(map(str.lower, DIVISIONS))),
    ("place.town_region", TOWN_COUNTRY, (",", " in ")),
    ("place.sited", SITED, (" in ", " near ", " at ", " outside ", " around ")),
    ("place.landscape", LANDSCAPE, tuple(map(str.lower, LANDSCAPES))),
)
"""The shapes by rule, each with words of which one stands in its lower case: a cheap test before the pattern."""

INSTITUTIONS = frozenset(
    {"securities", "stock", "exchange", "government", "ministry", "minister", "department", "court", "council", "agency", "bank"}
)
WORDS_AFTER = re.compile(r"(?:[ ][\w-]{1,20}){1,4}")
CAPITALISED = re.compile(r"(?<![\w.])[A-ZÅÀ-Þ][\w'’.&-]*")
TAIL = re.compile(r"(?:['’]s?|[.,-])+$")


@cache
def load_gazetteer() -> dict[str, tuple[tuple[str, str], ...]]:
    """Countries and regions by their first word: (form, code) with the longest first."""
    by_first: dict[str, list[tuple[str, str]]] = {}
    for row in load_rows("countries"):
        if row["kind"] == "name":
            by_first.setdefault(row["form"].split()[0], []).append((row["form"], row["code"]))
    for row in load_rows("regions"):
        by_first.setdefault(row["form"].split()[0], []).append((row["form"], row["code"]))
    return {word: tuple(sorted(forms, key=lambda form: -len(form[0]))) for word, forms in by_first.items()}


def find_places(
    text: str, doc: object, layout: Layout, company_mentions: Sequence[Mention] = ()
) -> tuple[tuple[Mention, ...], tuple[Place, ...]]:
    """All places outside company names, in reading order, with one record for each place."""
    found: dict[tuple[int, int], tuple[str, str]] = {}  # span -> (key, rule)
    taken = sorted((m.start, m.end) for m in company_mentions)
    if layout.dateline is not None and layout.dateline.place is not None:
        start, end = layout.dateline.place
        end = start + len(text[start:end].split(",")[0].rstrip(" .-–—"))
        found[start, end] = (fold(text[start:end]), "place.dateline")
    known = _known(fold_signs(text))
    for start, end, key in known:
        found.setdefault((start, end), (key, "place.gazetteer"))
    starts, lowered = {start for start, _, _ in known}, fold_case(text)
    for rule, pattern, needed in SHAPES:
        if not any(word in lowered for word in needed):
            continue
        for match in pattern.finditer(text):
            if rule == "place.town_region" and match.start("region") not in starts:
                continue
            groups = ["name", "second"] if "second" in pattern.groupindex else ["name"]
            for group in groups:
                span = _trim(text, *match.span(group))
                if span is not None and not _is_named_asset(text, span[1]):
                    found.setdefault(span, (fold(text[span[0] : span[1]]), rule))
    return _records(text, found, taken)


def drop_assets(
    mentions: Sequence[Mention], places: Sequence[Place], asset_mentions: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[Place, ...]]:
    """The mentions and records of places without those that turned out to be assets ("35 km north of Ostrava", a mine)."""
    spans = {(mention.start, mention.end) for mention in asset_mentions}
    kept = tuple(mention for mention in mentions if (mention.start, mention.end) not in spans)
    names = {mention.name for mention in kept}
    return kept, tuple(place for place in places if place.name in names)


def drop_unknown_places(assets: Sequence[Asset], places: Sequence[Place]) -> tuple[Asset, ...]:
    """Assets without a place that is no record: it turned out to be another asset."""
    names = {place.name for place in places}
    return tuple(a if a.place is None or a.place in names else a.model_copy(update={"place": None}) for a in assets)


def _known(text: str) -> list[tuple[int, int, str]]:
    """Countries and regions of the vocabulary that stand alone, with their code."""
    gazetteer = load_gazetteer()
    stop = load_stopwords()
    text = text.replace("’", "'")
    found: list[tuple[int, int, str]] = []
    end = 0
    for match in CAPITALISED.finditer(text):
        if match.start() < end:
            continue
        word = match[0] if match[0].isalpha() else TAIL.sub("", match[0])
        for form, code in gazetteer.get(word, ()) or gazetteer.get(match[0], ()):
            start, stop_at = match.start(), match.start() + len(form)
            if not text.startswith(form, start) or text[stop_at : stop_at + 1].isalnum():
                continue
            after = re.match(r"[ ]([A-ZÀ-Þ]\w+)", text[stop_at : stop_at + 30])
            before = re.search(r"([A-ZÀ-Þ][\w’']*)[ ]$", text[max(0, start - 25) : start])
            if (
                after
                and (after[1].lower() not in stop or after[1].lower() in INSTITUTIONS)
                and after[1].lower() not in {"province", "state", "region", "territory"}
            ):
                continue
            if before and before[1].lower() not in stop and not re.match(r"(?:North|South|East|West|Central)", before[1]):
                continue
            if before and form == "America":
                continue
            if form in {"U.S.", "U.K."} and not text[max(0, start - 7) : start].endswith("in the "):
                continue
            found.append((start, stop_at, code))
            end = stop_at
            break
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a name without trailing signs and possessives; None where it is no place name."""
    if start < 0:
        return None
    if text.startswith(" and ", start):
        start += 5
    name = TAIL.sub("", text[start:end])
    words = name.split()
    stop = load_stopwords()
    while words and (words[-1].lower() in stop or words[-1][0].islower()):
        words.pop()
    if not words or stop.get(words[0].lower()) in {"any", "opening"} or any(word.lower() in load_context("not_place") for word in words):
        return None
    if any(word.isdigit() for word in words) or (len(name) < 3):
        return None
    kept = " ".join(words)
    if re.match(r"(?:North|South|East|West|Central)(?:ern)?$", words[0]) and len(words) == 1:
        return None
    return start, start + len(kept)


def _is_named_asset(text: str, end: int) -> bool:
    """Whether a kind noun follows, past modifiers: "Ostrava iron ore mine"."""
    kinds = load_kinds()
    for word in re.findall(r"[\w-]+", (WORDS_AFTER.match(text, end) or [""])[0]):
        if word.lower() in kinds:
            return True
        if not is_modifier(word):
            return False
    return False


def _written(span: str) -> str:
    """A place as a name: blanks folded, capitals of a dateline lowered; up to three capitals (DRC, USA) stay."""
    return " ".join(word.title() if word.isupper() and len(word) > 3 and "." not in word else word for word in span.split())


def _records(
    text: str, found: dict[tuple[int, int], tuple[str, str]], taken: Sequence[tuple[int, int]]
) -> tuple[tuple[Mention, ...], tuple[Place, ...]]:
    """Mentions without overlaps, the longest first, and the records that they stand for."""
    kept: list[tuple[int, int, str, str]] = []
    last = 0
    at = 0
    for (start, end), (key, rule) in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        in_company = at < len(taken) and taken[at][0] < end
        if start >= last and not in_company:
            kept.append((start, end, key, rule))
            last = end
    names: dict[str, str] = {}
    for start, end, key, _ in kept:
        written = _written(text[start:end])
        if key not in names or (len(written) > len(names[key]) and key.isupper()):
            names[key] = written
    evidence: dict[str, list[Evidence]] = {}
    mentions: list[Mention] = []
    for start, end, key, rule in kept:
        mentions.append(Mention(start, end, "PLACE", names[key], rule))
        evidence.setdefault(names[key], []).append(Evidence(slot="name", start=start, end=end, text=text[start:end], rule=rule))
    places = tuple(Place(name=name, evidence=tuple(items[:3])) for name, items in evidence.items())
    return tuple(mentions), places
