"""What an event can hit in a sentence: assets, infrastructure, people, communities, and which of them some words are about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minenews.marks.page import Page, Sentence, within
from minenews.models import TargetKind
from minenews.records.nearby_assets import LED, ROUTE, told_before

THING = r"""(?:highways?|roads?|bridges?|railways?|rail\s+lines?|railroads?|power\s?lines?|transmission\s+lines?|pipelines?|ports?|airstrip
    |airport|camp|conveyors?|crushers?|hoist|headframe|substation|infrastructure|equipment|buildings?|grid|supply|power|ponds?|dams?|facilities|facility|plant|ramp|shaft|pumps?|warehouse|wharf|traffic|village|dragline|stations?|arm|loader|trucks?|excavator|laborator(?:y|ies)|workshops?|offices?|levee|pits?|corridor|machine|tanks?|kiln|thickener)"""
INFRASTRUCTURE = re.compile(
    rf"""\b(?:(?i:the|a|an|its|our|their|one|two|three|several|both|local|all|some)\s+(?P<target>(?:[\w()“”"'’-]{{1,30}}\s+){{0,5}}?{THING})
        | (?P<proper>(?:[A-ZÀ-Þ][\w'’-]{{1,30}}\s+){{1,3}}(?:[Hh]ighway|[Rr]oad|[Bb]ridge|[Rr]ailway|[Pp]ipeline|[Pp]ort))
        | (?P<bare>hoisting|[Hh]oisting|traffic|infrastructure|power))\b""",
    re.VERBOSE,
)
OPERATIONS = re.compile(
    r"\b(?P<target>(?:(?:mining|milling|mine|plant|mill|production|processing|underground|surface|site|smelting|drilling|exploration)\s+(?:operations?|activit(?:y|ies))|operations|production|mining|milling|processing|shipments|exports|deliveries|the\s+(?:mine|mill|plant|smelter|refinery|operation|pit|site)))\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\b(?P<target>nobody|no\s+one|(?:employees?|workers?|miners?|contractors?|people|persons?|personnel|staff|colleagues?|team\s+members?|operators?|individuals?|crew(?:\s+members)?|man|men|woman|women|drivers?|everyone))\b",
    re.IGNORECASE,
)
COMMUNITY = re.compile(
    r"\b(?P<target>(?:(?:local|nearby|neighbouring|neighboring|surrounding|host)\s+)?(?:communit(?:y|ies)|villages?|villagers|towns?|residents|houses|homes|families))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Target:
    """Something in a sentence that can be hit."""

    start: int
    end: int
    name: str
    kind: TargetKind
    is_asset: bool = False


def find_targets(page: Page, sentence: Sentence, side: str, evacuated: bool, start: int, end: int) -> list[Target]:
    """The things that words hit: their subject before them, or what follows, each with those joined to it by "and".

    `side` is where the rule looks (before, after, people, none); people are hit by an evacuation as things are.
    """
    if side == "people":
        return [Target(start, end, "people", TargetKind.PEOPLE)]
    if side == "none":
        return _scope(page, sentence, start, end)
    fit = {TargetKind.ASSET, TargetKind.INFRASTRUCTURE, TargetKind.COMMUNITY} | ({TargetKind.PEOPLE} if evacuated else set())
    things = [t for t in _things(page, sentence) if t.kind in fit and (t.end <= start if side == "before" else t.start >= end)]
    if side == "before":
        clause = max((m.end() for m in BREAK.finditer(page.text, sentence.start, start)), default=sentence.start)
        chosen = _subject(page, [t for t in things if t.start >= clause])
    else:
        chosen = _chain(
            page,
            [
                t
                for t in things
                if t.start - end < 60
                and not BREAK.search(page.text, end, t.start)
                and not re.search(r"\bwhich\b", page.text[end : t.start])
            ],
        )
    return [_resolved(page, sentence, t) for t in chosen]


BREAK = re.compile(r"[;:]|\bbut\b|\bwhile\b")
AND = re.compile(r"\s*(?:,|and|or|nor|,\s*and|as\s+well\s+as)\s+(?:(?:the|its|our|their|at|a|an)\s+){0,2}")
PREPOSITION = re.compile(
    r"\b(?:in|at|on|of|between|to|from|near|under|by|with|for|off|into|along)\s+(?:(?:the|its|our|a|an|their)\s+)?(?:[\w’'-]{1,20}\s+)?$"
)


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
        return things[-1:]
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
        if not AND.fullmatch(page.text[chosen[-1].end : thing.start]):
            break
        chosen.append(thing)
    return chosen


def _resolved(page: Page, sentence: Sentence, target: Target) -> Target:
    """A common noun of operations as the asset that it speaks of, where the text tells which."""
    if target.kind is not TargetKind.ASSET or target.is_asset:
        return target
    if ROUTE.search(page.text, sentence.start, target.start):
        return replace(target, kind=TargetKind.INFRASTRUCTURE)
    found = _scope(page, sentence, target.start, target.end)
    return replace(target, name=found[0].name, is_asset=True) if found else target


def _scope(page: Page, sentence: Sentence, start: int, end: int) -> list[Target]:
    """The asset that words without one speak of: named right after them, else told before."""
    after = [m for m in within(page.asset_mentions, end, sentence.end) if m.start - end < 60 and LED.search(page.text[end : m.start])]
    names = (after[0].name,) if after else told_before(page, sentence, start, end, parts=False)
    return [Target(start, end, name, TargetKind.ASSET, True) for name in names[:1]]


def _things(page: Page, sentence: Sentence) -> list[Target]:
    """What can be hit in a sentence, in reading order; a named asset hides the common nouns inside it."""
    assets = [Target(m.start, m.end, m.name, TargetKind.ASSET, True) for m in within(page.asset_mentions, sentence.start, sentence.end)]
    found = list(assets)
    for shape, kind in (
        (INFRASTRUCTURE, TargetKind.INFRASTRUCTURE),
        (PEOPLE, TargetKind.PEOPLE),
        (COMMUNITY, TargetKind.COMMUNITY),
        (OPERATIONS, TargetKind.ASSET),
    ):
        for match in shape.finditer(page.text, sentence.start, sentence.end):
            start, end = match.span(match.lastgroup or 0)
            if not any(t.start < end and start < t.end for t in found):
                found.append(Target(start, end, page.written(start, end), kind))
    found.sort(key=lambda t: t.start)
    return found
