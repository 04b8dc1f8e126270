"""Link impacts: what an event did to assets, infrastructure, people and communities, or that it did nothing to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from minenews.errors import VocabularyError
from minenews.marks.page import Page, Sentence, within
from minenews.models import Details, Effect, EventKind, Evidence, Impact, Modality, TargetKind
from minenews.records.event_kinds import HAZARDS, INCIDENTS
from minenews.records.modality import Cues, find_cues, read_modality
from minenews.records.nearby_assets import LED, told_before
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import Pattern, PatternIndex, compile_pattern

WIDE_REACH = 20
"""So many sentences may follow one that names the event which the release is about."""

REACH = 4
"""So many sentences of the same paragraph after one that names the event may tell what it did."""

THING = r"""(?:highways?|roads?|bridges?|railways?|rail\s+lines?|railroads?|power\s?lines?|transmission\s+lines?|pipelines?|ports?|airstrip|airport|camp|conveyors?|crushers?|hoist|headframe|substation|infrastructure|equipment|
    buildings?|grid|supply|power|ponds?|dams?|facilities|facility|plant|ramp|shaft|pumps?|warehouse|wharf|traffic|village|dragline|stations?|arm|loader|trucks?|excavator|laborator(?:y|ies)|workshops?|offices?|levee|pits?|corridor|machine|tanks?|kiln|thickener)"""
INFRASTRUCTURE = re.compile(
    rf"""\b(?:(?i:the|a|an|its|our|their|one|two|three|several|both|local|all|some)\s+(?P<target>(?:[\w()“”"'’-]{{1,30}}\s+){{0,5}}?{THING})
        | (?P<proper>(?:[A-ZÀ-Þ][\w'’-]{{1,30}}\s+){{1,3}}(?:[Hh]ighway|[Rr]oad|[Bb]ridge|[Rr]ailway|[Pp]ipeline|[Pp]ort)) | (?P<bare>hoisting|[Hh]oisting|traffic|infrastructure|power))\b""",
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
NONE_OF_THEM = re.compile(r"(?:No(?!\.?\s?\d)|None|Nobody)\b")
DENIAL = re.compile(r"\b(?:no|not|nor|neither|nobody|without|none)\b[^.;]{0,25}\Z", re.IGNORECASE)
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a": 1,
    "an": 1,
    "no": 0,
}
COUNT = r"(?<![\d,.])(?P<count>\d{1,3}(?:,\d{3})?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
WHO = r"(?:employees?|workers?|miners?|contractors?|people|persons?|colleagues?|team\s+members?|operators?|individuals?|crew\s+members|men|man|women|woman|others|drivers?)"
DEAD = re.compile(
    rf"""\b{COUNT}\s+(?:(?!and\b)[a-z-]{{1,20}}\s+){{0,3}}?(?:{WHO}\s+)?(?:(?!and\b)[a-z-]{{1,20}}\s+){{0,6}}?(?:died|dead|killed|fatally|lost\s+(?:his|her|their)\s+li(?:fe|ves)|passed\s+away|perished|have\s+died|confirmed\s+dead|deceased|fatalit(?:y|ies)|deaths)\b
      | \b(?:killed|killing|deaths?\s+of|lives\s+of|bodies\s+of|body\s+of|death\s+toll\s+(?:\w{{1,10}}\s+){{0,4}}(?:to|reached|of|at)|claim(?:ed|ing)(?:\s+the\s+lives\s+of)?|fatally\s+injur(?:ed|ing))\s+(?:at\s+least\s+|all\s+)?(?P<after>\d{{1,5}}|{"|".join(NUMBERS)})\b""",
    re.VERBOSE | re.IGNORECASE,
)
HURT = re.compile(
    rf"""\b{COUNT}\s+(?:(?!and\b)[a-z-]{{1,20}}\s+){{0,3}}?(?:{WHO}\s+)?(?:(?!and\b)[a-z-]{{1,20}}\s+){{0,3}}?(?:injured|hurt|hospitali[sz]ed|wounded)\b
      | \b(?:injured|injuring|injuries\s+to|wounding)\s+(?:at\s+least\s+|about\s+)?(?P<after>\d{{1,5}}|{"|".join(NUMBERS)})\b""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ImpactRule:
    """One row of impacts.csv: `target` says on which side of the words the thing hit stands (before, after, people, none)."""

    effect: Effect
    target: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class FoundImpact:
    """An impact with its evidence; `is_asset` where the target is a named asset."""

    impact: Impact
    evidence: tuple[Evidence, ...]
    is_asset: bool


@dataclass(frozen=True, slots=True)
class Target:
    """Something in a sentence that can be hit."""

    start: int
    end: int
    name: str
    kind: TargetKind
    is_asset: bool = False


@cache
def load_impact_rules() -> tuple[ImpactRule, ...]:
    """The rows of impacts.csv, compiled."""
    for row in load_rows("impacts"):
        if row["target"] not in ("before", "after", "people", "none"):
            raise VocabularyError(f"{row.place}: target is {row['target']!r}; write before, after, people or none")
    return tuple(ImpactRule(Effect(row["effect"]), row["target"], compile_pattern(row["pattern"])) for row in load_rows("impacts"))


@cache
def _index() -> PatternIndex:
    return PatternIndex([rule.pattern for rule in load_impact_rules()])


def link_impacts(page: Page, events: Sequence[tuple[EventKind, Modality, list[Sentence], bool]]) -> list[tuple[FoundImpact, ...]]:
    """The impacts of each event (kind, modality, sentences that name it, whether the lead names it).

    Each sentence tells of the last event named; what the lead names is the matter of the whole release.
    """
    real = [kind in HAZARDS | INCIDENTS and modality in (Modality.OCCURRED, Modality.ONGOING) for kind, modality, _, _ in events]
    owners: dict[Sentence, int] = {}
    matter = next((number for number, event in enumerate(events) if real[number] and event[3]), None)
    for number, (_, _, sentences, _) in enumerate(events):
        if real[number]:
            for sentence in sentences:
                owners.setdefault(sentence, number)
    found: list[dict[tuple[str, Effect], FoundImpact]] = [{} for _ in events]
    for sentence, owner in _followed(page, owners, matter).items():
        for impact in find_impacts(page, sentence):
            found[owner].setdefault((impact.impact.target, impact.impact.effect), impact)
    return [tuple(impacts.values()) for impacts in found]


def _followed(page: Page, owners: dict[Sentence, int], matter: int | None) -> dict[Sentence, int]:
    """The sentences that name an event and those that follow in the same paragraph, or anywhere after where it is the matter of the release."""
    told: dict[Sentence, int] = {}
    owner, block, left = -1, -1, 0
    for sentence in page.sentences:
        kind = page.layout.blocks[sentence.block]
        if kind.section != "body" or kind.kind in ("caption", "footnote"):
            continue
        if sentence in owners:
            owner, block = owners[sentence], sentence.block
            left = WIDE_REACH if owner == matter else REACH
        elif left <= 0 or (
            sentence.block != block
            and owner != matter
            and not (page.layout.blocks[block].kind == "heading" and sentence.block == block + 1)
        ):
            owner = -1
        if owner >= 0:
            told[sentence] = owner
            block, left = sentence.block, left - 1
    return told


def find_impacts(page: Page, sentence: Sentence) -> list[FoundImpact]:
    """The impacts that one sentence states."""
    text = page.text[sentence.start : sentence.end]
    found: list[FoundImpact] = []
    cues: Cues | None = None
    taken: list[tuple[int, int]] = []
    rules = load_impact_rules()
    for rule in (rules[number] for number in _index().candidates(text.lower())):
        for match in rule.pattern.regex.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            cues = cues or find_cues(text)
            modality = read_modality(cues, match.start(), match.end(), Modality.OCCURRED)
            if modality in (Modality.PLANNED, Modality.POSSIBLE):
                continue
            if rule.target == "people" and NONE_OF_THEM.match(text):
                modality = Modality.NEGATED
            targets = _targets(page, sentence, rule, match.start() + sentence.start, match.end() + sentence.start)
            if not targets:
                continue
            taken.append(match.span())
            stated = Effect.NONE if modality is Modality.NEGATED or match[0].lower() == "unaffected" else rule.effect
            for target in targets:
                effect = Effect.DISRUPTED if stated is Effect.SUSPENDED and target.kind is TargetKind.INFRASTRUCTURE else stated
                start, end = min(target.start, match.start() + sentence.start), max(target.end, match.end() + sentence.start)
                if modality is Modality.NEGATED and (denial := DENIAL.search(page.text, max(sentence.start, start - 30), start)):
                    start = denial.start()
                impact = Impact(target=target.name, target_kind=target.kind, effect=effect, as_written=page.written(start, end))
                found.append(FoundImpact(impact, (page.evidence("impacts", start, end, f"impacts.{rule.effect}"),), target.is_asset))
    return found


def _targets(page: Page, sentence: Sentence, rule: ImpactRule, start: int, end: int) -> list[Target]:
    """The things that the words hit: their subject before them, or what follows, each with those joined to it by "and"."""
    if rule.target == "people":
        return [Target(start, end, "people", TargetKind.PEOPLE)]
    if rule.target == "none":
        return _scope(page, sentence, start, end)
    fit = {TargetKind.ASSET, TargetKind.INFRASTRUCTURE, TargetKind.COMMUNITY} | (
        {TargetKind.PEOPLE} if rule.effect is Effect.EVACUATED else set()
    )
    things = [t for t in _things(page, sentence) if t.kind in fit and (t.end <= start if rule.target == "before" else t.start >= end)]
    if rule.target == "before":
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


def count_people(page: Page, kind: EventKind, sentences: list[Sentence]) -> tuple[Details | None, list[Evidence]]:
    """The killed and injured that the sentences of an accident count, None where they count none."""
    killed = injured = None
    evidence: list[Evidence] = []
    for sentence in dict.fromkeys(sentences):
        text = page.text[sentence.start : sentence.end]
        if killed is None and kind is EventKind.FATALITY and (found := DEAD.search(text)):
            killed = _number(found["count"] or found["after"])
            evidence.append(page.evidence("killed", sentence.start + found.start(), sentence.start + found.end(), "people_killed"))
        if injured is None and (found := HURT.search(text)):
            injured = _number(found["count"] or found["after"])
            evidence.append(page.evidence("injured", sentence.start + found.start(), sentence.start + found.end(), "people_injured"))
    return (Details(killed=killed, injured=injured), evidence) if evidence else (None, [])


def _number(word: str) -> int:
    digits = word.replace(",", "")
    return int(digits) if digits.isdigit() else NUMBERS[word.lower()]
