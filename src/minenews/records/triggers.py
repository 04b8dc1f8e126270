"""Find the words that name an event: the patterns of events.csv in one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from minenews.errors import VocabularyError
from minenews.marks.flow import fold_case
from minenews.models import EventKind, Modality
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import Pattern, PatternIndex, compile_pattern

LONGEST = 3000
"""No sentence of prose is longer, in characters; what follows is not searched, so that no text takes long."""

TURN = re.compile(r"\b(?:while|whereas|although|but)\s")
"""What turns a sentence to another subject: of two operations that of the verb counts ("... grew while mining stopped")."""

FOR_A_TIME = re.compile(r"\btemporar(?:y|ily)\b|\bfor\s+(?:\w{1,12}\s+){1,2}(?:hours|days|weeks|months)\b", re.IGNORECASE)

MASK = "none"
"""The kind of rows whose words look like an event and are none ("fire assay", "strike length")."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event. Offsets are those of the text searched.

    `after` is False where later cues cannot change the modality, `inside` where those among the words themselves cannot.
    """

    kind: EventKind
    start: int
    end: int
    modality: Modality
    after: bool
    rule: str
    inside: bool = True


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One row of events.csv; `kind` is None for a mask."""

    kind: EventKind | None
    pattern: Pattern
    modality: Modality
    after: bool
    inside: bool
    rule: str


@cache
def load_trigger_rules() -> tuple[TriggerRule, ...]:
    """The rows of events.csv, compiled."""
    rules: list[TriggerRule] = []
    for row in load_rows("events"):
        if row["cues"] not in ("", "before", "outside"):
            raise VocabularyError(f"{row.place}: cues is {row['cues']!r}; write before, outside or nothing")
        kind = None if row["kind"] == MASK else EventKind(row["kind"])
        pattern = compile_pattern(row["pattern"])
        modality, cues = Modality(row["modality"] or "occurred"), row["cues"]
        rules.append(TriggerRule(kind, pattern, modality, cues == "", cues != "outside", f"events.{row['kind']}"))
    return tuple(rules)


@cache
def _index() -> PatternIndex:
    return PatternIndex([rule.pattern for rule in load_trigger_rules()])


def find_triggers(sentence: str) -> list[Trigger]:
    """The triggers of one sentence in reading order.

    A trigger under a mask is left out, and so is one that an overlapping trigger explains.
    """
    sentence = sentence[:LONGEST]
    rules = load_trigger_rules()
    found: list[Trigger] = []
    masks: list[tuple[int, int]] = []
    lowered = fold_case(sentence)
    for rule in (rules[number] for number in _index().candidates(lowered)):
        for match in rule.pattern.matches(sentence, lowered):
            if rule.kind is None:
                masks.append(match.span())
            else:
                found.append(Trigger(rule.kind, _start(rule, match), match.end(), rule.modality, rule.after, rule.rule, rule.inside))
    found = [t for t in found if not any(a < t.end and t.start < b and not _beyond(t, a, b) for a, b in masks)]
    found = [_reopening(sentence, t) for t in found]
    found.sort(key=lambda t: (t.start, -t.end))
    return _settle(found)


def _reopening(sentence: str, trigger: Trigger) -> Trigger:
    """A closure for a time as the suspension that it is."""
    if trigger.kind is EventKind.CLOSURE and FOR_A_TIME.search(sentence, max(0, trigger.start - 20), trigger.end + 20):
        return replace(trigger, kind=EventKind.SUSPENSION)
    return trigger


def _start(rule: TriggerRule, match: re.Match[str]) -> int:
    """Where a match starts, or where it starts anew after a word that turns to another subject inside it."""
    turns = list(TURN.finditer(match.string, match.start(), match.end()))
    if not turns:
        return match.start()
    piece = match.string[turns[-1].end() : match.end()]
    anew = next(rule.pattern.matches(piece, piece), None)
    return turns[-1].end() + anew.start() if anew else match.start()


def _beyond(trigger: Trigger, start: int, end: int) -> bool:
    """Whether a trigger only touches a mask by the words of its gap: most of it lies outside."""
    return (min(trigger.end, end) - max(trigger.start, start)) * 2 < min(end - start, trigger.end - trigger.start)


def _settle(triggers: list[Trigger]) -> list[Trigger]:
    """The triggers without those that an overlapping one of a more telling kind explains, and without doubles."""
    kept: list[Trigger] = []
    for trigger in triggers:
        others = [o for o in triggers if o is not trigger and o.start < trigger.end and trigger.start < o.end]
        if any(trigger.kind in EXPLAINS.get(o.kind, ()) for o in others):
            continue
        if any(k.kind == trigger.kind and k.start <= trigger.start < k.end for k in kept):
            continue
        kept.append(trigger)
    return kept


K = EventKind
EXPLAINS: dict[EventKind, frozenset[EventKind]] = {
    K.COMMERCIAL_PRODUCTION: frozenset({K.FIRST_PRODUCTION, K.RESTART}),
    K.RESTART: frozenset({K.FIRST_PRODUCTION, K.SUSPENSION, K.CLOSURE, K.CONSTRUCTION_START}),
    K.CLOSURE: frozenset({K.SUSPENSION}),
    K.DRILLING_START: frozenset({K.RESTART, K.FIRST_PRODUCTION}),
    K.DRILLING_COMPLETE: frozenset({K.DRILLING_START, K.CLOSURE}),
    K.DRILL_RESULTS: frozenset({K.DRILLING_COMPLETE, K.DRILLING_START}),
    K.CONSTRUCTION_START: frozenset({K.FIRST_PRODUCTION}),
    K.CONSTRUCTION_COMPLETE: frozenset({K.CONSTRUCTION_START, K.FIRST_PRODUCTION}),
    K.TAILINGS_FAILURE: frozenset({K.GROUND_FAILURE, K.SPILL}),
    K.WILDFIRE: frozenset({K.FIRE}),
    K.FATALITY: frozenset({K.ACCIDENT}),
    K.STRIKE: frozenset({K.SUSPENSION}),
    K.POWER_OUTAGE: frozenset({K.CURTAILMENT, K.SUSPENSION}),
    K.PERMIT_REFUSED: frozenset({K.PERMIT_GRANTED, K.SUSPENSION}),
    K.PERMIT_GRANTED: frozenset({K.LEGAL_PROCEEDING}),
    K.PERMIT_APPLICATION: frozenset({K.PERMIT_GRANTED}),
    K.GUIDANCE_CHANGE: frozenset({K.SUSPENSION, K.CURTAILMENT, K.FINANCIAL_RESULTS}),
    K.STUDY_RESULT: frozenset({K.STUDY_START}),
    K.OPTION_AGREEMENT: frozenset({K.ACQUISITION, K.JOINT_VENTURE}),
    K.ROYALTY_STREAM: frozenset({K.ACQUISITION, K.DISPOSAL, K.FINANCING}),
    K.AGREEMENT_TERMINATED: frozenset({K.OPTION_AGREEMENT, K.JOINT_VENTURE, K.ACQUISITION, K.MERGER, K.OFFTAKE}),
    K.OFFTAKE: frozenset({K.FINANCING}),
    K.OPTION_GRANT: frozenset({K.OPTION_AGREEMENT, K.FINANCING}),
    K.DIVIDEND: frozenset({K.SUSPENSION, K.CURTAILMENT, K.RESTART}),
    K.LEGAL_PROCEEDING: frozenset({K.PERMIT_APPLICATION, K.AGREEMENT_TERMINATED}),
}
"""Which kinds an overlapping trigger makes needless: "resumption of drilling" is a start of drilling, not a restart of the mine."""
