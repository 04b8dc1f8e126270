"""What an event can hit in a sentence: assets, infrastructure, people, communities, and which of them some words are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minenews.marks.page import Page, Sentence, within
from minenews.models import TargetKind
from minenews.records.event_kinds import ASIDE
from minenews.records.nearby_assets import LED, ROUTE, told_before

THING = r"""(?:highways?|roads?|bridges?|railways?|rail\s+lines?|railroads?|power\s?lines?|transmission\s+lines?|pipelines?|ports?|airstrip
    |airport|camp|conveyors?|crushers?|hoist|headframe|substation|infrastructure|equipment|buildings?|grid|supply|power|ponds?|dams?|facilities|facility|plant|ramp|shaft|pumps?|warehouse|wharf|traffic|village|dragline|stations?|arm|loader|trucks?|(?:rail)?car\s+dumper|dumper|stackers?|reclaimers?|ship-?loader|jetty|berths?|locomotives?|wagons|trains?|furnaces?|transformers?|fans|control\s+room|portals?|embankment|terminal|depot|silos?|pylons|cables?|excavator|laborator(?:y|ies)|workshops?|offices?|levee|pits?|corridor|machine|tanks?|kiln|thickener)"""
INFRASTRUCTURE = re.compile(
    rf"""\b(?:(?i:the|a|an|its|our|their|one|two|three|several|both|local|all|some)\s+(?P<target>(?:(?!(?:of|at|in|on|to|from|by|with|for|says?|said|that|is|are|was|were|has|have|had)\b)[\w()“”"'’-]{{1,30}}\s+){{0,5}}?{THING})
        | (?P<numbered>(?:[Nn]o\.\s?\d{{1,2}}\s+(?:[Ss]haft|[Mm]ill|[Ff]urnace|[Cc]oncentrator|[Pp]lant|[Pp]it))
            | (?:Ramp|Pit|Shaft|Panel|Furnace|Potline|Concentrator|Stope|Level)\s\d{{1,3}}[A-Z]?(?:\s(?:pit|shaft))?)
        | (?P<proper>(?:[A-ZÀ-Þ][\w'’-]{{1,30}}\s+){{1,3}}(?:[Hh]ighway|[Rr]oad|[Bb]ridge|[Rr]ailway|[Pp]ipeline|[Pp]ort))
        | (?P<bare>hoisting|[Hh]oisting|traffic|infrastructure|power(?!\s+(?:compan|utilit|suppl|plant|station|producer|generat|purchase))
            | (?:(?:electrical|power|mining|haul|heavy|processing|surface|mobile)\s+)?
              (?:cables|conveyors|transformers|pumps|trucks|excavators)
            | haul\s+roads|roads|bridges|highways|railways|pipelines|homes|houses|telecommunications
            | access\s+roads?|rail\s+lines?|power\s+lines?|equipment|buildings|installations))\b""",
    re.VERBOSE,
)
OPERATIONS = re.compile(
    r"\b(?P<target>(?:(?:rail|port|mine|mining|plant|smelter|shipping|road)\s+and\s+(?:port|rail|milling|shipping|refining|processing|plant)\s+(?:operations?|activit(?:y|ies))|(?:mining|milling|mine|plant|mill|production|processing|underground|surface|site|smelting|drilling|exploration)\s+(?:operations?|activit(?:y|ies))|operations|production|mining|milling|processing|crushing|stacking|leaching|smelting|haulage|shipments|exports|deliveries|the\s+(?:mine|mill|plant|smelter|refinery|operation|pit|site)))\b"
)
PEOPLE = re.compile(
    r"\b(?P<target>(?:employees|contractors|workers|miners)\s+and\s+(?:employees|contractors|workers|visitors)|nobody|no\s+one|(?:employees?|workers?|miners?|contractors?|people|persons?|personnel|staff|colleagues?|team\s+members?|operators?|individuals?|crew(?:\s+members)?|man|men|woman|women|drivers?|everyone))\b"
)
COMMUNITY = re.compile(
    r"\b(?P<target>(?:(?:local|nearby|neighbouring|neighboring|surrounding|host)\s+)?(?:communit(?:y|ies)|villages?|villagers|towns?|residents|houses|homes|families))\b"
)
"""Operations, people and communities are looked for in lower case."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something in a sentence that can be hit."""

    start: int
    end: int
    name: str
    kind: TargetKind
    is_asset: bool = False


def find_targets(
    page: Page, sentence: Sentence, everything: Sequence[Target], side: str, evacuated: bool, start: int, end: int
) -> list[Target]:
    """The things that words hit: their subject before them, or what follows, each with those joined to it by "and".

    `everything` is what `find_things` finds in the sentence; `side` is where the rule looks (before, after, people, none);
    people are hit by an evacuation as things are.
    """
    if side == "people":
        who = _people(page, sentence, start, end)
        return [Target(start, end, who, TargetKind.PEOPLE)] if who else []
    if side == "none":
        led = TO.match(page.text, end)
        named = [m for m in within(page.asset_mentions, sentence.start, start) if not BREAK.search(page.text, m.end, start)]
        if led is None and named:
            return [Target(start, end, named[-1].name, TargetKind.ASSET, True)]
        return (
            _scope(page, sentence, start, end)
            if led is None or within(page.asset_mentions, end, min(sentence.end, led.end() + NEXT))
            else []
        )
    fit = {TargetKind.ASSET, TargetKind.INFRASTRUCTURE, TargetKind.COMMUNITY} | ({TargetKind.PEOPLE} if evacuated else set())
    asides = [m.span() for m in ASIDE.finditer(page.text, sentence.start, sentence.end) if not m.start() <= start < m.end()]
    things = [
        t
        for t in everything
        if t.kind in fit and (t.end <= start if side == "before" else t.start >= end) and not any(a <= t.start < b for a, b in asides)
    ]
    if side == "before":
        clause = max((m.end() for m in BREAK.finditer(page.text, sentence.start, start)), default=sentence.start)
        if (pronoun := PRONOUN.search(page.text, clause, start)) is not None:
            chosen = [t for t in things if t.end == pronoun.start()]
        else:
            chosen = _subject(page, [t for t in things if t.start >= clause])
    else:
        first = next((t.start for t in things), end)
        chosen = (
            []
            if first - end >= NEXT
            else _chain(
                page,
                [t for t in things if t.start - end < CHAIN and not TURN.search(page.text, end, t.start)],
            )
        )
    resolved = [_resolved(page, sentence, t) for t in chosen]
    return [t for t in resolved if t.is_asset or t.kind is not TargetKind.ASSET]


BREAK = re.compile(r"[;:]|\bbut\b|\bwhile\b")
TO = re.compile(r"\s+(?:to|at|on)\s")
TURN = re.compile(r"[;:]|\b(?:but|while|which)\b")
NEXT = 60
"""How far, in characters, after "damage to" an asset may begin."""

CHAIN = 300
"""How far a list of things hit may go on."""

PRONOUN = re.compile(r",?\s+(?:which|that|who)\s+(?:(?!and\b)\w{1,12}\s+){0,2}$")
"""A relative clause: what is said in it is said of the thing right before it."""

STAFF = re.compile(
    r"""\b(?:(?P<one>employee|contractor|worker|miner|resident)|(?P<many>(?:employees|contractors|workers|miners|residents)
        (?:\s+and\s+(?:employees|contractors|workers|visitors))?))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""People told by what they are to the mine; all others are "people"."""

OF = re.compile(r"\s+of\s+(?:its|the|our|a|an)\s+(?:\w{1,15}\s+)?")
"""What joins people to their employer ("an employee of its mining contractor")."""

TRANSPORT = re.compile(r"(?:rail|port|road|shipping)\s+(?:and|operations)\b")

BUSINESS = re.compile(
    r"\b(?:operations|production|output|profits?|shares?|sales|exports|earnings|mines)\s+(?:of|at|by)\s+(?:[\w’'-]{1,20}\s+){0,3}$",
    re.IGNORECASE,
)
APART = re.compile(r"[,;:\d]")

OBJECT = re.compile(
    r"\s+(?:at\s+least\s+|another\s+|about\s+)?(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some)\b",
    re.IGNORECASE,
)
"""What follows a verb that names its victims after it ("injured 12 others")."""

AND = re.compile(
    r"(?:\s+(?:mines|plants|projects|operations|smelters|units|sites))?(?:\s*\([^)]{1,30}\))?\s*(?:,|and|or|nor|,\s*(?:and|n?or)|as\s+well\s+as)\s+(?:(?:the|its|our|their|at|a|an|two|three|several|some)\s+){0,2}"
)
NOR = re.compile(r"[^.;:]{0,80}?,?\s+n?or\s+(?:at|to)\s+(?:[^\s.;:]{1,30}\s+){0,4}")
"""What joins a thing that was spared to the next one ("at Redhill in the north, nor at its neighbour's")."""

PREPOSITION = re.compile(
    r"\b(?:in|at|on|of|between|to|from|near|under|by|with|for|off|into|along)\s+(?:(?:the|its|our|a|an|their)\s+)?(?:[\w’'-]{1,20}\s+)?$"
)


AWAY = re.compile(r"\b(?:access|road|route|way)\s+(?:to|from|between)\s+(?:(?:the|its|our)\s+)?(?:[\w’'-]{1,20}\s+)?$", re.IGNORECASE)
"""What leads to a thing is hit, not the thing."""


def _people(page: Page, sentence: Sentence, start: int, end: int) -> str:
    """The people that words such as "were injured" speak of: the nearest staff before them, else right after them, else people.

    Nobody where a business was hurt ("operations of the bigger miners have been hurt").
    """
    before = list(STAFF.finditer(page.text, max(sentence.start, start - 3 * NEXT), start))
    after = STAFF.search(page.text, end, min(sentence.end, end + NEXT // 2))
    if OBJECT.match(page.text, end):
        before = []
    while len(before) > 1 and OF.fullmatch(page.text, before[-2].end(), before[-1].start()):
        before.pop()
    if before and BUSINESS.search(page.text, max(sentence.start, before[-1].start() - NEXT), before[-1].start()):
        return ""
    if after is not None and APART.search(page.text, end, after.start()):
        after = None
    found = before[-1] if before and not BREAK.search(page.text, before[-1].end(), start) else after
    return "people" if found is None else page.written(*found.span())


def _subject(page: Page, things: list[Target]) -> list[Target]:
    """Of the things before some words the last one that no preposition governs, else the nearest, with those joined to it."""
    free: list[Target] = []
    governed = False
    for number, thing in enumerate(things):
        joined = number > 0 and AND.fullmatch(page.text[things[number - 1].end : thing.start]) is not None
        governed = governed if joined else PREPOSITION.search(page.text, max(0, thing.start - 40), thing.start) is not None
        if not governed:
            free.append(thing)
    if not free:
        return [] if things and AWAY.search(page.text, max(0, things[-1].start - 40), things[-1].start) else things[-1:]
    chosen = free[-1:]
    for thing in free[-2::-1]:
        if not AND.fullmatch(page.text[thing.end : chosen[0].start]):
            break
        chosen.insert(0, thing)
    return chosen


def _chain(page: Page, things: list[Target]) -> list[Target]:
    """The first of some things with those joined to it."""
    chosen = things[:1]
    for thing in things[1:]:
        between = page.text[chosen[-1].end : thing.start]
        if not AND.fullmatch(between) and not NOR.fullmatch(between):
            break
        chosen.append(thing)
    return chosen


def _resolved(page: Page, sentence: Sentence, target: Target) -> Target:
    """A common noun of operations as the asset that it speaks of, where the text tells which."""
    if target.kind is not TargetKind.ASSET or target.is_asset:
        return target
    if TRANSPORT.match(target.name) or ROUTE.search(page.text, sentence.start, target.start):
        return replace(target, kind=TargetKind.INFRASTRUCTURE)
    found = _scope(page, sentence, target.start, target.end)
    return replace(target, name=found[0].name, is_asset=True) if found else target


def _scope(page: Page, sentence: Sentence, start: int, end: int) -> list[Target]:
    """The asset that words without one speak of: named right after them, else told before."""
    after = [m for m in within(page.asset_mentions, end, sentence.end) if m.start - end < 60 and LED.search(page.text[end : m.start])]
    names = (after[0].name,) if after else told_before(page, sentence, start, end, parts=False)
    return [Target(start, end, name, TargetKind.ASSET, True) for name in names[:1]]


def find_things(page: Page, sentence: Sentence) -> list[Target]:
    """What can be hit in a sentence, in reading order; a named asset hides the common nouns inside it."""
    assets = [Target(m.start, m.end, m.name, TargetKind.ASSET, True) for m in within(page.asset_mentions, sentence.start, sentence.end)]
    found = list(assets)
    companies = [(m.start, m.end) for m in within(page.company_mentions, sentence.start, sentence.end)]
    for shape, text, kind in (
        (INFRASTRUCTURE, page.text, TargetKind.INFRASTRUCTURE),
        (PEOPLE, page.lowered, TargetKind.PEOPLE),
        (COMMUNITY, page.lowered, TargetKind.COMMUNITY),
        (OPERATIONS, page.lowered, TargetKind.ASSET),
    ):
        match = shape.search(text, sentence.start, sentence.end)
        while match is not None:
            start, end = match.span(match.lastgroup or 0)
            hidden = max((t.end for t in found if t.start < end and start < t.end), default=None)
            if hidden is None and not any(a <= start < b for a, b in companies):
                found.append(Target(start, end, page.written(start, end), kind))
            match = shape.search(text, max(hidden or end, match.start() + 1), sentence.end)
    found.sort(key=lambda t: t.start)
    return found
