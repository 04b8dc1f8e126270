"""Link statuses: the state in which the release leaves each asset, stated outright or implied by an event."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from minenews.errors import VocabularyError
from minenews.marks.flow import fold_case
from minenews.marks.page import Mention, Page, Sentence, within
from minenews.models import AssetKind, Basis, Event, EventKind, Evidence, Fact, Metric, Modality, State, Status
from minenews.records.event_kinds import UPKEEP, is_history
from minenews.records.event_mentions import CAREER, is_long_ago
from minenews.records.field import is_about_mining
from minenews.records.modality import Cues, find_cues, read_modality
from minenews.records.nearby_assets import (
    PARTS,
    REACH,
    WORKS,
    assets_near,
    is_part_of,
    joined,
    named,
    names,
    proper_words,
    speaks_of_site,
    subject,
    told_before,
    told_first,
)
from minenews.records.scope import clause_of, sole_asset
from minenews.records.triggers import LONGEST
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import Pattern, PatternIndex, compile_pattern

SIDES = frozenset({"before", "after", "either"})
AHEAD = frozenset({State.EXPLORATION, State.COMMISSIONING})
"""States of which a plan tells too: what is ready for commissioning, what is about to be explored."""

NOW = frozenset({Modality.OCCURRED, Modality.ONGOING})
IMPLIED: dict[EventKind, State] = {
    EventKind.SUSPENSION: State.SUSPENDED,
    EventKind.CLOSURE: State.CLOSED,
    EventKind.RESTART: State.OPERATING,
    EventKind.FIRST_PRODUCTION: State.OPERATING,
    EventKind.COMMERCIAL_PRODUCTION: State.OPERATING,
    EventKind.CURTAILMENT: State.OPERATING,
    EventKind.CONSTRUCTION_START: State.CONSTRUCTION,
    EventKind.COMMISSIONING: State.COMMISSIONING,
    EventKind.STUDY_RESULT: State.DEVELOPMENT,
    EventKind.STUDY_START: State.DEVELOPMENT,
    EventKind.DRILL_RESULTS: State.EXPLORATION,
    EventKind.DRILLING_START: State.EXPLORATION,
    EventKind.DRILLING_COMPLETE: State.EXPLORATION,
}
PLANS_TELL = frozenset({EventKind.DRILLING_START})
"""Events whose plan alone already tells the state: a property about to be drilled is in exploration."""

EXPLORED = frozenset({EventKind.DRILL_RESULTS, EventKind.DRILLING_START, EventKind.DRILLING_COMPLETE})
"""Events that say nothing of the state of a mine, since mines are drilled too."""

BEGUN = frozenset({State.COMMISSIONING, State.RAMP_UP})
"""States that do not last: words that date them long before the release tell of the past."""

STOPPED = re.compile(r"\b(?:suspend|halt|stopp|paus|ceas|defer|cancel)(?:ed|ing|s)\b", re.IGNORECASE)
STOPPED_REACH = 80
"""Words before a state that tell of its end ("suspended development of the mine"), and how far, in characters, they reach."""

UNBUILT = frozenset({State.EXPLORATION, State.DEVELOPMENT, State.PERMITTING})
"""States of a project before it is built: a plant or a smelter has them only where the words name it."""

PRODUCED = frozenset(
    {
        Metric.PRODUCTION,
        Metric.ORE_PROCESSED,
        Metric.ORE_MINED,
        Metric.THROUGHPUT,
        Metric.RECOVERY,
    }
)
"""Metrics of which an actual figure shows that its asset works."""

COSTED = frozenset({Metric.SALES, Metric.CASH_COST, Metric.AISC, Metric.COST_PER_TONNE})
"""Metrics that show it in a table."""

BRIEF = re.compile(r"\bfor\s+(?:(?:about|approximately|around|some|nearly)\s+)?[\w.]{1,8}\s+(?:hours?|shifts?)\b", re.IGNORECASE)
"""How long a stoppage lasted that is over by now."""

WIDE = frozenset(
    {
        AssetKind.MINE,
        AssetKind.PLANT,
        AssetKind.PROJECT,
        AssetKind.PROPERTY,
        AssetKind.SMELTER,
        AssetKind.REFINERY,
        AssetKind.TAILINGS,
        AssetKind.OTHER,
    }
)
"""Kinds of asset that have a state of their own even where it is only implied; a zone shares that of its project."""

RANK = {
    State.SUSPENDED: 9,
    State.CARE_AND_MAINTENANCE: 9,
    State.RAMP_UP: 8,
    State.COMMISSIONING: 7,
    State.CONSTRUCTION: 6,
    State.OPERATING: 5,
    State.REHABILITATION: 4,
    State.PERMITTING: 3,
    State.DEVELOPMENT: 2,
    State.EXPLORATION: 1,
    State.CLOSED: 0,
}
"""Which of several states of one asset is the telling one: a mine that is drilled while it produces is operating."""

RECENT = dt.timedelta(days=200)
"""How old a figure of production may be that shows an asset at work."""

PRODUCING = frozenset({"status.first_production", "status.commercial_production", "status.restart"})
"""Rules by which an asset is known to produce, so that it is under construction no longer."""

PAST = re.compile(
    r"\b(?:historical(?:ly)?|between\s+(?:19|20)\d\d|from\s+(?:19|20)\d\d\s+to|until\s+(?:19|20)\d\d|formerly|previous(?:ly)?\s+(?:owner|operator)\w{0,3}|since\s+19\d\d|in\s+19\d\d)\b",
    re.IGNORECASE,
)


STUDY = re.compile(
    r"\b(?:life[\s-]of[\s-]mine|LOM|PEA|feasibility|scoping\s+study|assessment|average\s+annual\w{0,2}|annually|annual\s+(?:average|production\s+of)|per\s+(?:year|annum)|design(?:ed)?\s+to|nameplate|mine\s+life|envisage\w{0,1}|over\s+the\s+first)\b",
    re.IGNORECASE,
)
"""Words that turn a figure of production into one of a study or a design."""


@dataclass(frozen=True, slots=True)
class StateRule:
    """One row of states.csv.

    `side` is where the asset stands: before the words, after them, or either; `counts` is True where the words hold a figure.
    """

    state: State
    side: str
    pattern: Pattern
    counts: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a state."""

    asset: str
    state: State
    start: int
    end: int
    rule: str
    as_of: dt.date | None
    explicit: bool


@cache
def load_state_rules() -> tuple[StateRule, ...]:
    """The rows of states.csv, compiled; the states that end an asset's life first, so that they hide "producing" in "past producing"."""
    rows = load_rows("states")
    for row in rows:
        if row["asset"] not in SIDES:
            raise VocabularyError(f"{row.place}: asset is {row['asset']!r}; write before, after or either")
    rules = [StateRule(State(row["state"]), row["asset"], compile_pattern(row["pattern"]), "#" in row["pattern"]) for row in rows]
    return tuple(sorted(rules, key=lambda r: r.state is not State.CLOSED))


@cache
def _index() -> PatternIndex:
    return PatternIndex([rule.pattern for rule in load_state_rules()])


def link_statuses(page: Page, events: tuple[Event, ...], facts: tuple[Fact, ...] = ()) -> tuple[Status, ...]:
    """One status for each asset whose state the release tells, in reading order."""
    if not is_about_mining(page):
        return ()
    by_asset: dict[str, list[Told]] = {}
    stated = [*_stated(page), *_shown(page, facts)]
    working = {told.asset for told in stated if told.state in (State.OPERATING, State.RAMP_UP)}
    for told in [*stated, *_implied(page, events, working)]:
        by_asset.setdefault(told.asset, []).append(told)
    chosen = sorted((_telling(found) for found in by_asset.values()), key=lambda told: (told.start, told.end))
    return tuple(_status(page, f"s{n}", told, by_asset[told.asset]) for n, told in enumerate(chosen, start=1))


def _status(page: Page, name: str, told: Told, every: list[Told]) -> Status:
    same = sorted({(t.start, t.end, t.rule) for t in every if t.state is told.state})
    evidence: tuple[Evidence, ...] = tuple(page.evidence("state", start, end, rule) for start, end, rule in same)
    return Status(id=name, asset=told.asset, state=told.state, as_of=told.as_of, evidence=evidence)


def _telling(found: list[Told]) -> Told:
    """The telling state of one asset: an explicit stop, then the highest rank; a later restart undoes a stop.

    Words that state a state say more than the event that the same words imply.
    """
    if any(t.rule in PRODUCING for t in found):
        found = [t for t in found if t.state not in (State.CONSTRUCTION, State.DEVELOPMENT)] or found
    stated = [t for t in found if t.explicit]
    found = [t for t in found if t.explicit or not any(s.state is not t.state and s.start < t.end and t.start < s.end for s in stated)]
    restart = next((t for t in found if t.rule == "status.restart"), None)
    if restart is not None:
        found = [t for t in found if RANK[t.state] < 9] or found
    return max(found, key=lambda t: (RANK[t.state], t.explicit, -t.start))


def _stated(page: Page) -> list[Told]:
    """The states that the words of the release state."""
    found: list[Told] = []
    for sentence in page.sentences:
        block = page.layout.blocks[sentence.block]
        if block.section != "body" or block.kind in ("caption", "footnote"):
            continue
        found += _in_sentence(page, sentence)
    return found


def _in_sentence(page: Page, sentence: Sentence) -> list[Told]:
    text = page.text[sentence.start : min(sentence.end, sentence.start + LONGEST)]
    rules = load_state_rules()
    cues: Cues | None = None
    found: list[Told] = []
    closed: list[tuple[int, int]] = []
    lowered = fold_case(text)
    for rule in (rules[number] for number in _index().candidates(lowered)):
        for match in rule.pattern.matches(text, lowered):
            if any(a < match.end() and match.start() < b for a, b in closed):
                continue
            if rule.state is State.CLOSED:
                closed.append(match.span())
            elif rule.state is State.OPERATING and (
                CAREER.search(text) or PAST.search(text) or (rule.counts and (STUDY.search(text) or is_long_ago(page, sentence)))
            ):
                continue
            if rule.state in BEGUN and is_long_ago(page, sentence):
                continue
            if rule.state in UNBUILT and STOPPED.search(text, max(0, match.start() - STOPPED_REACH), match.start()):
                continue
            cues = cues or find_cues(text)
            modality = read_modality(cues, match.start(), match.end(), Modality.OCCURRED, after=False)
            if modality is Modality.NEGATED or (modality not in NOW and rule.state not in AHEAD):
                continue
            start, end = sentence.start + match.start(), sentence.start + match.end()
            assets = _of_fit_kind(page, rule.state, _assets(page, sentence, rule, start, end))
            found += [Told(asset, rule.state, start, end, f"states.{rule.state}", page.released, True) for asset in assets]
    return found


def _assets(page: Page, sentence: Sentence, rule: StateRule, start: int, end: int) -> tuple[str, ...]:
    """The assets that stand where the rule looks for them, those joined by "and" included."""
    parts = rule.state in (State.EXPLORATION, State.SUSPENDED)
    kinds = {a.name: a.kind for a in page.assets}
    first, last = clause_of(page, sentence, start)
    mentions = named(page, first, max(last, end), parts)
    inside = [m for m in mentions if m.start < end and start < m.end]
    after = [m for m in mentions if m.start >= end and m.start - end < REACH]
    before = [m for m in mentions if m.end <= start]
    if rule.side == "after":
        return names(inside or ([] if not after or "," in page.text[end : after[0].start] else joined(page, after)))
    if rule.side == "before":
        chosen = (
            inside
            or subject(page, before, start)
            or subject(page, [m for m in named(page, sentence.start, first, parts) if m.end <= start], start)
        )
        if chosen:
            return names(_without_ponds(page, chosen))
    elif found := names(_without_ponds(page, inside)) or assets_near(page, sentence, start, end, parts, fallback=False):
        return tuple(name for name in found if len(found) == 1 or kinds.get(name) is not AssetKind.TAILINGS)
    if not speaks_of_site(page, sentence):
        works = [a.name for a in page.assets if a.kind in WORKS]
        return tuple(works) if rule.counts and len(works) == 1 and works[0] in told_first(page) else ()
    if rule.state is State.EXPLORATION:
        return ()
    found = told_before(page, sentence, start, end, parts)
    if rule.state in UNBUILT:
        return tuple(name for name in found if kinds.get(name) not in WORKS)
    return tuple(name for name in found if rule.state is not State.OPERATING or kinds.get(name) in WORKS)


def _of_fit_kind(page: Page, state: State, found: tuple[str, ...]) -> tuple[str, ...]:
    """The assets that can be in a state: a working mine is not in exploration."""
    if state is not State.EXPLORATION:
        return found
    kinds = {a.name: a.kind for a in page.assets}
    return tuple(name for name in found if kinds.get(name) not in WORKS)


def _without_ponds(page: Page, mentions: list[Mention]) -> list[Mention]:
    """The mentions without tailings ponds that only accompany a plant or a mine."""
    kinds = {a.name: a.kind for a in page.assets}
    main = [m for m in mentions if kinds.get(m.name) is not AssetKind.TAILINGS]
    return main or mentions


def _shown(page: Page, facts: tuple[Fact, ...]) -> list[Told]:
    """The assets that actual figures of production show to be operating."""
    kinds = {a.name: a.kind for a in page.assets}
    mines = [proper_words(a.name) for a in page.assets if a.kind is AssetKind.MINE]
    found: list[Told] = []
    for fact in facts:
        if fact.metric not in (PRODUCED if fact.table is None else PRODUCED | COSTED) or fact.basis is not Basis.ACTUAL or not fact.value:
            continue
        kind, end = kinds.get(fact.asset or ""), fact.period.end if fact.period else None
        if fact.asset is None or kind not in WIDE or end is None or page.released is None or end < page.released - RECENT:
            continue
        if kind in WORKS and kind is not AssetKind.MINE and any(proper_words(fact.asset) <= mine for mine in mines):
            continue
        place = fact.evidence[0]
        if fact.table is None and _is_history_or_study(page, place.start):
            continue
        found.append(Told(fact.asset, State.OPERATING, place.start, place.end, f"status.{fact.metric}", page.released, False))
    return found


def _is_history_or_study(page: Page, position: int) -> bool:
    """Whether the sentence of a figure tells of another time than that of the release."""
    sentence = page.sentence_at(position)
    return sentence is None or any(words.search(page.text, sentence.start, sentence.end) for words in (CAREER, PAST, STUDY))


def _implied(page: Page, events: tuple[Event, ...], working: set[str]) -> list[Told]:
    """The states that the events of the release imply for the assets that they name; `working` holds those known to operate."""
    kinds = {a.name: a.kind for a in page.assets}
    found: list[Told] = []
    for event in events:
        state = IMPLIED.get(event.kind)
        if state is None or not (event.modality in NOW or (event.modality is Modality.PLANNED and event.kind in PLANS_TELL)):
            continue
        if event.date and event.date.end and is_history(page, [event.date.end]):
            continue
        if event.kind is EventKind.STUDY_RESULT and "technical report" in event.as_written.lower():
            continue
        if event.kind is EventKind.COMMISSIONING and event.modality is not Modality.ONGOING:
            continue
        if event.kind in EXPLORED and not working.isdisjoint(event.assets):
            continue
        place = event.evidence[0]
        if event.kind is EventKind.SUSPENSION and _is_upkeep(page, place.start):
            continue
        told = {
            m.name
            for e in event.evidence
            if e.slot == "kind"
            for b in [page.block_at(e.start)]
            for m in within(page.asset_mentions, b.start, b.end)
        }
        main = sole_asset(page)
        for asset in event.assets:
            if (asset not in told and asset != main) or any(is_part_of(asset, o) for o in event.assets):
                continue
            if event.kind in EXPLORED and kinds.get(asset) in WORKS:
                continue
            if kinds.get(asset) in (WIDE | PARTS if state is State.SUSPENDED else WIDE):
                found.append(Told(asset, state, place.start, place.end, f"status.{event.kind}", _as_of(page, event), False))
    return found


def _is_upkeep(page: Page, position: int) -> bool:
    """Whether a stoppage is told as planned maintenance or lasted for hours only."""
    sentence = page.sentence_at(position)
    return sentence is not None and any(words.search(page.text, sentence.start, sentence.end) for words in (UPKEEP, BRIEF))


def _as_of(page: Page, event: Event) -> dt.date | None:
    """The last day of the event's date, as far as it lies before the release; else the release date."""
    end = event.date.end if event.date else None
    if end is None or page.released is None:
        return end or page.released
    return min(end, page.released)
