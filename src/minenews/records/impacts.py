"""Link impacts: what an event did to assets, infrastructure, people and communities, or that it did nothing to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from minenews.errors import VocabularyError
from minenews.marks.flow import fold_case
from minenews.marks.page import Page, Sentence
from minenews.models import Effect, EventKind, Evidence, Impact, Modality, TargetKind
from minenews.records.event_kinds import HAZARDS, INCIDENTS, STOPPAGES, UPKEEP
from minenews.records.event_mentions import AFFECTED, OTHERS, is_long_ago
from minenews.records.impact_targets import Target, find_targets, find_things
from minenews.records.modality import Cues, find_cues, read_modality
from minenews.records.triggers import LONGEST
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import Pattern, PatternIndex, compile_pattern

WIDE_REACH = 20
"""So many sentences may follow one that names the event which the release is about."""

REACH = 4
"""So many sentences of the same paragraph after one that names the event may tell what it did."""

NONE_OF_THEM = re.compile(r"(?:No(?!\.?\s?\d)|None|Nobody)\b")
DENIAL = re.compile(r"\b(?:no|not|nor|neither|nobody|without|none)\b[^.;]{0,25}\Z", re.IGNORECASE)

PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w{2,12}ly\s+)?$", re.IGNORECASE)
"""What makes a participle a passive: the thing hit stands before it."""

ACTOR = re.compile(r"\b(?:company|it|we|which|management|operator|owner|regulator|government|has|have)\s+$", re.IGNORECASE)
OBJECT = re.compile(r"\s+(?!(?:in|on|at|since|due|as|because|for|until|after|following|pending|and|by)\b)\w", re.IGNORECASE)
"""What suspends, and the thing suspended after the verb."""

DENIED = re.compile(r"\b(?:no|not\s+any|without|never\s+any)\s+(?:\w{1,15}\s+){0,2}$", re.IGNORECASE)
EFFECT = re.compile(r"(?:impact|effect)\s+on\b", re.IGNORECASE)
UNKNOWN = re.compile(r"\b(?:assess|evaluat|determin|estimat|review|being\s+considered|not\s+yet\s+known)", re.IGNORECASE)
"""Words that tell of an effect that nobody knows yet."""

FROM = re.compile(r"\b(?:from|to)\s+(?:(?:his|her|their|the)\s+)?$", re.IGNORECASE)
"""What leads to injuries that were told already ("died from injuries")."""

END_OF_SHIFT = re.compile(r"\bend\s+of\s+(?:their|the|a|its)\s+shift", re.IGNORECASE)


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

    Each sentence tells of the last event named; what the lead names is the matter of the whole release. Where nothing but a
    stoppage happened, the impacts beside it are its own: whom it spared, who was moved.
    """
    now = [modality in (Modality.OCCURRED, Modality.ONGOING) for _, modality, _, _ in events]
    real = [now[n] and kind in HAZARDS | INCIDENTS for n, (kind, *_) in enumerate(events)]
    if not any(real):
        real = [now[n] and lead and kind in STOPPAGES for n, (kind, _, _, lead) in enumerate(events)]
    owners: dict[Sentence, int] = {}
    matter = next((number for number, event in enumerate(events) if real[number] and event[3]), None)
    for number, (_, _, sentences, _) in enumerate(events):
        if real[number]:
            for sentence in sentences:
                owners.setdefault(sentence, number)
    found: list[dict[tuple[str, Effect], FoundImpact]] = [{} for _ in events]
    for sentence, owner in _followed(page, owners, matter).items():
        for impact in find_impacts(page, sentence):
            if impact.impact.effect is Effect.SUSPENDED and events[owner][0] in STOPPAGES:
                continue
            found[owner].setdefault((impact.impact.target, impact.impact.effect), impact)
    return [tuple(_consistent(impacts.values())) for impacts in found]


def _consistent(impacts: Iterable[FoundImpact]) -> list[FoundImpact]:
    """Impacts without "no fatalities" where others were injured, and without "people" where the text says which."""
    found = list(impacts)
    told = {i.impact.effect for i in found if i.impact.target_kind is TargetKind.PEOPLE and i.impact.target != "people"} - {Effect.NONE}
    found = [i for i in found if i.impact.target != "people" or i.impact.effect not in told]
    hurt = any(i.impact.effect in (Effect.KILLED, Effect.INJURED) for i in found)
    return [i for i in found if not (hurt and i.impact.target_kind is TargetKind.PEOPLE and i.impact.effect is Effect.NONE)]


def _followed(page: Page, owners: dict[Sentence, int], matter: int | None) -> dict[Sentence, int]:
    """The sentences that name an event and those after them in the paragraph; after the matter of the release also those elsewhere."""
    told: dict[Sentence, int] = {}
    owner, block, left, wide = -1, -1, 0, 0
    for sentence in page.sentences:
        kind = page.layout.blocks[sentence.block]
        if kind.section != "body" or kind.kind in ("caption", "footnote"):
            continue
        if sentence in owners:
            owner, left = owners[sentence], REACH
            wide = WIDE_REACH if owner == matter else wide
        elif left <= 0 or (sentence.block != block and page.layout.blocks[block].kind != "heading"):
            owner = matter if matter is not None and wide > 0 else -1
        if owner >= 0 and kind.kind != "heading" and (sentence in owners or not is_long_ago(page, sentence)):
            told[sentence] = owner
        block, left, wide = sentence.block, left - 1, wide - 1
    return told


def find_impacts(page: Page, sentence: Sentence) -> list[FoundImpact]:
    """The impacts that one sentence states."""
    text = page.text[sentence.start : min(sentence.end, sentence.start + LONGEST)]
    if OTHERS.search(text):
        return []
    found: list[FoundImpact] = []
    cues: Cues | None = None
    things: list[Target] | None = None
    taken: list[tuple[int, int]] = []
    rules = load_impact_rules()
    lowered = fold_case(text)
    for rule in (rules[number] for number in _index().candidates(lowered)):
        for match in rule.pattern.matches(text, lowered):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            cues = cues or find_cues(text)
            if rule.target == "after" and PASSIVE.search(text, 0, match.start()):
                continue
            if rule.effect is Effect.SUSPENDED and UPKEEP.search(text):
                continue
            if rule.effect is Effect.EVACUATED and END_OF_SHIFT.search(text):
                continue
            if rule.target == "people" and FROM.search(text, 0, match.start()):
                continue
            if UNKNOWN.search(text, match.end()) and EFFECT.match(text, match.start()):
                continue
            follows = rule.target == "after"
            modality = read_modality(cues, match.start(), match.end(), Modality.OCCURRED, after=not follows, inside=not follows)
            if modality in (Modality.PLANNED, Modality.POSSIBLE):
                continue
            if DENIED.search(text, 0, match.start()):
                modality = Modality.NEGATED
            if (
                rule.effect is Effect.SUSPENDED
                and rule.target == "before"
                and ACTOR.search(text, 0, match.start())
                and OBJECT.match(text, match.end())
            ):
                continue
            if rule.target == "people" and NONE_OF_THEM.match(text):
                modality = Modality.NEGATED
            things = find_things(page, sentence) if things is None else things
            start, end = sentence.start + match.start(), sentence.start + match.end()
            targets = find_targets(page, sentence, things, rule.target, rule.effect is Effect.EVACUATED, start, end)
            if rule.effect is Effect.SUSPENDED:
                targets = [t for t in targets if t.kind in (TargetKind.ASSET, TargetKind.INFRASTRUCTURE)]
            if not targets or (rule.effect is Effect.SUSPENDED and AFFECTED.search(text, 0, match.start())):
                continue
            taken.append(match.span())
            stated = Effect.NONE if modality is Modality.NEGATED or match[0].lower().endswith("unaffected") else rule.effect
            if stated is Effect.NONE:
                targets = [replace(t, name="people") if rule.target == "people" else t for t in targets]
            for target in targets:
                if stated is Effect.RESTORED and target.kind is not TargetKind.INFRASTRUCTURE:
                    continue
                effect = Effect.DISRUPTED if stated is Effect.SUSPENDED and target.kind is TargetKind.INFRASTRUCTURE else stated
                start, end = min(target.start, match.start() + sentence.start), max(target.end, match.end() + sentence.start)
                if modality is Modality.NEGATED and (denial := DENIAL.search(page.text, max(sentence.start, start - 30), start)):
                    start = denial.start()
                impact = Impact(target=target.name, target_kind=target.kind, effect=effect, as_written=page.written(start, end))
                found.append(FoundImpact(impact, (page.evidence("impacts", start, end, f"impacts.{rule.effect}"),), target.is_asset))
    return found
