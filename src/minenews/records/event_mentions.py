"""The places where a release names an event, each with its modality, date, place, assets and companies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minenews.marks.page import Page, Sentence, Stretch, within
from minenews.models import AssetKind, EventKind, Modality, PeriodValue, Precision
from minenews.records.event_kinds import (
    ANNOUNCED,
    CORPORATE,
    EXPLORATION,
    HAZARDS,
    HISTORY,
    INCIDENTS,
    INSTANT,
    LONG_AGO,
    REMEMBERED,
    WORKING,
    is_news,
)
from minenews.records.modality import find_cues, read_modality
from minenews.records.nearby_assets import ROUTE, assets_near, find_wholes, told_before, with_project, with_whole
from minenews.records.nearby_places import place_near
from minenews.records.scope import clause_of
from minenews.records.triggers import Trigger, find_triggers

REFERENCE = re.compile(
    r"\b(?:see|refer(?:\s+to)?|per|in|our|its|dated|as|previously|earlier)\s[^.;()]{0,60}?\b(?:release|announcement|announced|reported|disclosed|press)\b[^.;()]{0,60}",
    re.IGNORECASE,
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|been|remain\w{0,2})\b|^(?:commences|begins|starts|launches|initiates|resumes|restarts|completes|closes|acquires|receives|secures|suspends|halts|pours|achieves)\b|\b(?:suspended|halted|stopped|resumed|restarted|closed|began|commenced|started)$",
    re.IGNORECASE,
)
PROGRESSIVE = re.compile(r"\b(?:is|are)\s+(?:currently\s+|now\s+|also\s+)?$")
ING = re.compile(r"\w{2,20}ing\b")
AND = re.compile(r"[\s,]{0,3}(?:(?:and|or)\s+)?(?:(?:a|an|the|its)\s+)?")
UNTIL = re.compile(r"\b(?:until|till|pending|before|by)\s+(?:the\s+end\s+of\s+)?$", re.IGNORECASE)
SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)
BEGINS = re.compile(r"\b(?:begins?|starts?|commences?|takes?\s+effect|effective|resumes?)\s+(?:on\s+|in\s+|from\s+)?$", re.IGNORECASE)
"""A verb of the present before a date that lies ahead."""

PERIOD_END = re.compile(r"\b(?:ended|ending|as\s+of|as\s+at|effective\s+date\s+of)\s+$", re.IGNORECASE)
EFFECTIVE = re.compile(r"\b(?:effective|with\s+effect)(?:\s+(?:as\s+of|from|on))?\s+$", re.IGNORECASE)
DONE = re.compile(r"\b(?:was|were|(?:has|have|had)\s+been)\s+(?:\w{1,15}\s+){0,2}\w{2,20}(?:ed|ut|down)\b", re.IGNORECASE)
"""A passive of the past, which no later word makes a plan ("was shut down pending an inspection")."""

PERFECT = re.compile(r"\b(?:has|have|had|was|were)\s+(?:\w{1,15}\s+){0,3}$", re.IGNORECASE)

SAID = re.compile(r"\s+(?:it\s+)?(?:said|says|announced|reported|advised|disclosed|confirmed|stated)\b", re.IGNORECASE)
THIS_DAY = re.compile(
    r"\b(?:this\s+(?:morning|afternoon|evening)|earlier\s+today|at\s+(?:about\s+|around\s+)?\d{1,2}[:.]\d\d\s?(?:am|pm|a\.m\.|p\.m\.)\s+today)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(r"\b(?:compared\s+(?:to|with)|than|versus|vs\.?|against)\s+(?:the\s+|that\s+of\s+(?:the\s+)?)?$", re.IGNORECASE)
"""What a figure is compared with dates no event."""

SPEECH = re.compile(
    r"\b(?:said|says|announced|reported|advised|acknowledged|disclosed|confirmed|stated)\s+(?:(?:on|late|earlier)\s+)?$", re.IGNORECASE
)
AFFECTED = re.compile(r"\baffected\s+by\s+(?:(?:the|this|a)\s+)?(?:\w{1,20}\s+){0,2}$", re.IGNORECASE)
"""What follows such words befell something else than their subject."""

AFTERSHOCK = re.compile(r"aftershock\b", re.IGNORECASE)
MAGNITUDE = re.compile(r"\bmagnitude\b|\bM[wL]?\s?\d", re.IGNORECASE)
TOLL = re.compile(r"\bdeath\s+toll\b|\b\d{2,5}\s+(?:people|persons|residents)\b", re.IGNORECASE)
CAREER = re.compile(
    r"""\b(?:(?:he|she)\s+(?:was|is)\s+(?:the|a|an|also|responsible|part|involved|instrumental|president|chief)\b|had\s+a\s+hand\s+in|participated\s+in\s+the\s+(?:financing|development)|years\s+of\s+(?:\w+\s+){0,4}experience|(?:has|have|had)\s+(?:held|served|worked)|served\s+as|career|formerly|previously\s+(?:the|a|an|served|held|worked)|
        (?:was|were)\s+(?:the\s+|a\s+|an\s+)?(?:former\s+)?(?:co-)?(?:founder|president|chief|CEO|CFO|director|vice|general\s+manager|chairman)|his\s+(?:role|tenure|deep)|her\s+(?:role|tenure|deep))\b""",
    re.VERBOSE | re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:another|other|some)\s+(?:\w{1,15}\s+)?(?:compan(?:y|ies)|producers?|miners?|operators?)(?:['’]s?)?\s+(?:\w{1,15}\s+)?(?:dam|mine|mines|operations?|have|has|had|in)\b",
    re.IGNORECASE,
)
"""Words that turn a sentence to the misfortunes of others."""

HISTORIC = re.compile(
    r"\b(?:historic(?:al|ally)?|previous\s+(?:operators?|owners?)|in\s+the\s+(?:19|20)\d0s|past\s+(?:drilling|exploration))\b",
    re.IGNORECASE,
)
PLANS = re.compile(
    r"\b(?:next\s+steps?|upcoming|will|expect\w*|plan(?:s|ned)|ahead|milestones\s+for|targets?\s+for|objectives?|catalysts?)\b",
    re.IGNORECASE,
)
TERMED = frozenset(
    {
        EventKind.COMMERCIAL_PRODUCTION,
        EventKind.FIRST_PRODUCTION,
        EventKind.CONSTRUCTION_START,
        EventKind.STUDY_RESULT,
        EventKind.DRILLING_COMPLETE,
        EventKind.DRILL_RESULTS,
        EventKind.RESOURCE_ESTIMATE,
    }
)
TERMS = re.compile(
    r"\b(?:buy-?\s?back|within\s+\w{2,8}\s+(?:years|months)\s+of\s+commercial|payable\s+(?:on|upon|after|by|in|within|to)|net\s+smelter|NSR|milestones?\s+(?:payment|one|two|three)|shall\s+(?:issue|pay)|further\s+consideration|contingent\s+payments?)\b",
    re.IGNORECASE,
)
"""The terms of a contract, in which production and studies are conditions."""

TRADE = re.compile(r"\b[A-Z]\w+")
LETTER = re.compile(r"\w")
RISK_LIST = re.compile(r"\b(?:risks?|hazards?|uncertaint\w{1,4}|factors|contingencies|perils)\b", re.IGNORECASE)
OFFICES = frozenset({EventKind.APPOINTMENT, EventKind.DEPARTURE})
"""Kinds that befall a person: two persons are two events."""

DAILY = frozenset({EventKind.FINANCIAL_RESULTS, EventKind.GUIDANCE_CHANGE})
"""Kinds that only a day dates: a quarter beside them is what they tell of."""

MOST = 60
"""So many mentions of one kind are read; a release that names a strike more often says nothing new."""

NEAR = 120
"""How far, in characters, a date may stand from the trigger that it dates."""


@dataclass(frozen=True, slots=True)
class EventMention:
    """One naming of an event. `plain` where neither a cue nor the words fix the modality; `weak` in a heading.

    `regional` where it is the toll of a hazard in its region rather than an accident at a site, or an aftershock.
    """

    kind: EventKind
    start: int
    end: int
    modality: Modality
    plain: bool
    weak: bool
    lead: bool
    date: Stretch | None
    place: str | None
    named_assets: tuple[str, ...]
    assets: tuple[str, ...]
    companies: tuple[str, ...]
    rule: str
    sentence: Sentence
    people: tuple[str, ...] = ()
    regional: bool = False


def find_event_mentions(page: Page) -> list[EventMention]:
    """The mentions of events outside boilerplate and history, in reading order."""
    found: list[EventMention] = []
    lead_end = _lead_end(page)
    ahead = _lists_of_plans(page)
    wholes = find_wholes(page)
    told: Counter[EventKind] = Counter()
    hazards = False
    for sentence in page.sentences:
        block = page.layout.blocks[sentence.block]
        if block.section != "body" or block.kind in ("caption", "footnote", "table"):
            continue
        text = page.text[sentence.start : sentence.end]
        triggers = find_triggers(_without_names(page, sentence))
        if not triggers:
            continue
        cues = find_cues(text)
        kinds = {t.kind for t in triggers}
        for trigger in triggers:
            modality = read_modality(
                cues, trigger.start, trigger.end, trigger.modality, trigger.after and not DONE.search(text, trigger.start, trigger.end)
            )
            if told[trigger.kind] >= MOST:
                continue
            if trigger.kind in TERMED and TERMS.search(text):
                continue
            if modality is Modality.OCCURRED and trigger.after and (sentence.block in ahead or _begins_later(page, sentence, trigger)):
                modality = Modality.PLANNED
            if _is_told_of_the_past(text, trigger.kind, modality):
                continue
            if modality is Modality.OCCURRED and PROGRESSIVE.search(text, 0, trigger.start) and ING.match(text, trigger.start):
                modality = Modality.ONGOING
            if modality is Modality.ONGOING and trigger.kind in INSTANT:
                modality = Modality.OCCURRED
            if modality is Modality.NEGATED and kinds & (HAZARDS | INCIDENTS) - {trigger.kind}:
                continue
            if not is_news(trigger.kind, modality) or (modality is Modality.POSSIBLE and (len(kinds) > 2 or RISK_LIST.search(text))):
                continue
            mention = _mention(
                page,
                sentence,
                trigger,
                modality,
                block.kind == "heading",
                sentence.start < lead_end,
                _reach(text, trigger, triggers),
                wholes,
            )
            if trigger.kind is EventKind.FATALITY and hazards and not mention.named_assets and _is_toll(text, kinds):
                mention = replace(mention, regional=True, assets=())
            if trigger.kind is EventKind.EARTHQUAKE and AFTERSHOCK.search(text, trigger.start, trigger.end) and MAGNITUDE.search(text):
                mention = replace(mention, regional=True)
            hazards = hazards or bool(kinds & HAZARDS)
            if not _is_history(page, mention, text):
                found.append(mention)
                told[trigger.kind] += 1
    return found


def _begins_later(page: Page, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a verb of the present puts an event on a day after the release ("a phased restart begins July 17")."""
    end = sentence.start + trigger.end
    if page.released is None or trigger.kind in HAZARDS | INCIDENTS:
        return False
    return any(
        p.value.start is not None
        and p.value.start > page.released
        and (
            BEGINS.search(page.text, end - 20, p.start) is not None
            or (trigger.kind in OFFICES and page.text[end : p.start].strip() == "on")
        )
        for p in within(page.periods, end, min(sentence.end, end + NEAR))
    )


def _is_toll(text: str, kinds: set[EventKind]) -> bool:
    """Whether a sentence counts the dead of a hazard, not those of an accident."""
    return bool(kinds & HAZARDS) or TOLL.search(text) is not None


def _is_told_of_the_past(text: str, kind: EventKind, modality: Modality) -> bool:
    """Whether a sentence tells a person's career or the history of a property rather than news."""
    if modality not in (Modality.OCCURRED, Modality.ONGOING) or kind in (EventKind.APPOINTMENT, EventKind.DEPARTURE):
        return False
    return CAREER.search(text) is not None or OTHERS.search(text) is not None or (kind in EXPLORATION and HISTORIC.search(text) is not None)


def _lists_of_plans(page: Page) -> set[int]:
    """The bullets under a line that announces what is to come ("Next steps:"), by their number among the blocks."""
    found: set[int] = set()
    plans = False
    for number, block in enumerate(page.layout.blocks):
        if block.kind != "bullet":
            line = page.text[max(block.start, block.end - 200) : block.end].rstrip()
            plans = line.endswith(":") and PLANS.search(line) is not None
        elif plans:
            found.add(number)
    return found


def _without_names(page: Page, sentence: Sentence) -> str:
    """The sentence with the letters of company names covered, so that "Redhill Mining resumed" does not say that mining resumed."""
    text = page.text[sentence.start : sentence.end]
    for mention in within(page.company_mentions, sentence.start, sentence.end):
        start, end = mention.start - sentence.start, mention.end - sentence.start
        if TRADE.search(text, start, end):
            text = text[:start] + LETTER.sub("x", text[start:end]) + text[end:]
    return text


def _lead_end(page: Page) -> int:
    """Where the headline and the first two sentences of prose end."""
    prose = [s for s in page.sentences if page.layout.blocks[s.block].kind == "paragraph" and page.layout.blocks[s.block].section == "body"]
    headline = page.layout.headline[1] if page.layout.headline else 0
    return max(headline, prose[min(1, len(prose) - 1)].end if prose else 0)


def _mention(
    page: Page,
    sentence: Sentence,
    trigger: Trigger,
    modality: Modality,
    weak: bool,
    lead: bool,
    reach: tuple[int, int],
    wholes: dict[str, str],
) -> EventMention:
    start, end = sentence.start + trigger.start, sentence.start + trigger.end
    first, last = clause_of(page, sentence, start)
    parts = trigger.kind in EXPLORATION
    named = assets_near(page, sentence, start, end, parts, fallback=False) or assets_near(page, sentence, start, end, fallback=False)
    named = with_whole(named, wholes)
    dams = {a.name for a in page.assets if a.kind is AssetKind.TAILINGS} if trigger.kind in WORKING else set()
    named = tuple(name for name in named if name not in dams)
    if trigger.kind in EXPLORATION:
        named = with_project(page, sentence, start, end, named)
    if AFFECTED.search(page.text, sentence.start, start):
        named = ()
    elsewhere = ROUTE.search(page.text, sentence.start, start) is not None or AFFECTED.search(page.text, sentence.start, start) is not None
    governing = (
        ()
        if named or elsewhere or trigger.kind in CORPORATE | HAZARDS | {EventKind.INFRASTRUCTURE_DAMAGE, EventKind.FORCE_MAJEURE}
        else tuple(name for name in _governing(page, sentence, trigger, start, end) if name not in dams)
    )
    return EventMention(
        trigger.kind,
        start,
        end,
        modality,
        modality is trigger.modality
        and trigger.after
        and not FINITE.search(page.text, start, end)
        and not PERFECT.search(page.text, sentence.start, start),
        weak,
        lead,
        _date(page, sentence, trigger.kind, start, end, modality, (sentence.start + reach[0], sentence.start + reach[1])),
        place_near(page, sentence, start),
        named,
        named or governing,
        tuple(dict.fromkeys(m.name for m in within(page.company_mentions, first, last))),
        trigger.rule,
        sentence,
        tuple(dict.fromkeys(m.name for m in within(page.people_mentions, first, last))) if trigger.kind in OFFICES else (),
    )


def _governing(page: Page, sentence: Sentence, trigger: Trigger, start: int, end: int) -> tuple[str, ...]:
    """The asset told before an event that names none; a working mine rather than one of its pits."""
    whole = told_before(page, sentence, start, end, parts=False) if trigger.kind in WORKING else ()
    return whole or told_before(page, sentence, start, end)


def _date(
    page: Page, sentence: Sentence, kind: EventKind, start: int, end: int, modality: Modality, reach: tuple[int, int]
) -> Stretch | None:
    """The period that dates a trigger: the nearest one after it in its clause and before the next trigger, else the nearest before it."""
    clause = clause_of(page, sentence, start)
    first, last = max(clause[0], reach[0]), min(clause[1], reach[1])
    references = [m.span() for m in REFERENCE.finditer(page.text, sentence.start, sentence.end)]
    whole = within(page.periods, first, max(last, end))
    if kind in ANNOUNCED | CORPORATE:
        whole = [p for p in whole if not PERIOD_END.search(page.text, sentence.start, p.start)]
    if modality in (Modality.OCCURRED, Modality.ONGOING) and kind is not EventKind.RESTART:
        whole = [p for p in whole if not UNTIL.search(page.text, sentence.start, p.start)]
    whole = [p for p in whole if not COMPARED.search(page.text, sentence.start, p.start)]
    stretches = [
        p for p in whole if not _opens(p, whole) and _fits(page, kind, p, modality) and not any(a <= p.start < b for a, b in references)
    ]
    if not stretches and modality in (Modality.OCCURRED, Modality.ONGOING):
        stretches = _this_day(page, kind, max(first, start - NEAR), min(last, end + NEAR))
    inside = [p for p in stretches if start <= p.start and p.end <= end]
    after = [p for p in stretches if end <= p.start < end + NEAR]
    before = [
        p for p in stretches if start - NEAR < p.end <= start and (kind in ANNOUNCED | CORPORATE or not _dates_speech(page, sentence, p))
    ]
    return next(iter(inside + after + before[::-1]), None)


def _dates_speech(page: Page, sentence: Sentence, stretch: Stretch) -> bool:
    """Whether a date is only that of the announcement ("said on Tuesday", "on Tuesday said")."""
    return bool(SPEECH.search(page.text, sentence.start, stretch.start) or SAID.match(page.text, stretch.end))


def _this_day(page: Page, kind: EventKind, first: int, last: int) -> list[Stretch]:
    """The day of the release where words such as "this morning" date an event; a bare "today" may only date the announcement."""
    found = THIS_DAY.search(page.text, first, last)
    if found is None or page.released is None or kind in CORPORATE:
        return []
    value = PeriodValue(start=page.released, end=page.released, precision=Precision.DAY, label=page.released.isoformat())
    return [Stretch(found.start(), found.end(), value, found[0], "period_this_day")]


def _reach(text: str, trigger: Trigger, triggers: list[Trigger]) -> tuple[int, int]:
    """The part of a sentence in which a date can belong to a trigger: up to the triggers of other events, unless "and" joins them."""
    first, last = 0, len(text)
    for other in triggers:
        if other.kind is trigger.kind or {other.kind, trigger.kind} <= HAZARDS | INCIDENTS:
            continue
        if other.start >= trigger.end and not AND.fullmatch(text[trigger.end : other.start]):
            last = min(last, other.start)
        elif other.end <= trigger.start and not AND.fullmatch(text[other.end : trigger.start]):
            first = max(first, other.end)
    return first, last


def _opens(stretch: Stretch, whole: Sequence[Stretch]) -> bool:
    """Whether a period is only the opening words of the next one ("the end of" March)."""
    return stretch.as_written.lower().endswith((" of", " in")) and any(0 <= other.start - stretch.end <= 2 for other in whole)


def _fits(page: Page, kind: EventKind, stretch: Stretch, modality: Modality) -> bool:
    """Whether a period can be the date of an event: a plan lies ahead, a deed behind, and a company acts on a day."""
    value = stretch.value
    if value.start is None or value.end is None or kind is EventKind.GUIDANCE_CHANGE:
        return False
    if kind in CORPORATE and value.precision not in (Precision.DAY, Precision.MONTH):
        return False
    if kind in DAILY and value.precision is not Precision.DAY:
        return False
    if page.released is None or (kind in CORPORATE and EFFECTIVE.search(page.text, max(0, stretch.start - 30), stretch.start)):
        return True
    if modality in (Modality.PLANNED, Modality.POSSIBLE):
        return value.end >= page.released
    return value.start <= page.released


def _is_history(page: Page, mention: EventMention, text: str) -> bool:
    """Whether a mention tells of long ago."""
    if mention.modality not in (Modality.OCCURRED, Modality.ONGOING) or page.released is None:
        return False
    if mention.kind in REMEMBERED and mention.date is not None and mention.named_assets and mention.date.value.end is not None:
        return mention.date.value.end < page.released - LONG_AGO
    ends = [
        p.value.end
        for p in within(page.periods, mention.sentence.start, mention.sentence.end)
        if p.value.end is not None and not SINCE.search(page.text, mention.sentence.start, p.start)
    ]
    if mention.date is not None:
        ends = [end] if (end := mention.date.value.end) else ends
    return bool(ends) and max(ends) < page.released - HISTORY
