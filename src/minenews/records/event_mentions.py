"""The places where a release names an event, each with its modality, date, place, assets and companies."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from minenews.marks.page import Page, Sentence, Stretch, within
from minenews.models import AssetKind, EventKind, Modality, Precision
from minenews.records.event_dates import begins_later, find_date, find_reach
from minenews.records.event_kinds import (
    CORPORATE,
    EXPLORATION,
    HAZARDS,
    INCIDENTS,
    INSTANT,
    LONG_AGO,
    OFFICES,
    REMEMBERED,
    WORKING,
    is_history,
    is_news,
)
from minenews.records.modality import find_cues, read_modality
from minenews.records.nearby_assets import ROUTE, WORKS, assets_near, find_wholes, told_before, with_project, with_whole
from minenews.records.nearby_places import place_near
from minenews.records.scope import clause_of
from minenews.records.triggers import Trigger, find_triggers

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|been|remain\w{0,2})\b|^(?:commences|begins|starts|launches|initiates|resumes|restarts|completes|closes|acquires|receives|secures|suspends|halts|pours|achieves)\b|\b(?:suspended|halted|stopped|resumed|restarted|closed|began|commenced|started)$",
    re.IGNORECASE,
)
PROGRESSIVE = re.compile(r"\b(?:is|are)\s+(?:currently\s+|now\s+|also\s+)?$")
ING = re.compile(r"\w{2,20}ing\b")
DONE = re.compile(r"\b(?:was|were|(?:has|have|had)\s+been)\s+(?:\w{1,15}\s+){0,2}\w{2,20}(?:ed|ut|down)\b", re.IGNORECASE)
"""A passive of the past, which no later word makes a plan ("was shut down pending an inspection")."""

SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)
PERFECT = re.compile(r"\b(?:has|have|had|was|were)\s+(?:\w{1,15}\s+){0,3}$", re.IGNORECASE)

AFFECTED = re.compile(r"\baffected\s+by\s+(?:(?:the|this|a)\s+)?(?:\w{1,20}\s+){0,2}$", re.IGNORECASE)
"""What follows such words befell something else than their subject ("the plant was not affected by the suspension")."""

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

PROTEST = re.compile(
    r"""\b(?:protest\w{0,4}|demonstrat\w{1,6}|communit\w{1,3}|residents|villagers|farmers|block(?:ade|ading)\w{0,1}|road(?:-|\s)?blocks?|barricad\w{1,3}|occup\w{2,5}|strik\w{2,4}
        |people|locals|individuals|groups?|members|union\w{0,1}|truckers|workers|miners|artisanal|illegal\w{0,2}|unlawful\w{0,2}|activists|indigenous|nations?|land-?owners|comuneros|ronderos|trespass\w{0,4}|invasion|invaded|storm\w{1,3})\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Who blocks a road; a landslide may block one too."""

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
MINE = " mine"
WIDEST = 13
"""A pattern takes so many blanks for one; a longer name is filled with letters."""

KIND_NOUN = re.compile(r"\b[a-z]{3,}\b|\b(?:Mine|Mines|Plant|Mill|Smelter|Refinery|Project|Complex|Operations?|Colliery)\b")
"""Words of an asset name that say what it is."""
RISK_LIST = re.compile(r"\b(?:risks?|hazards?|uncertaint\w{1,4}|factors|contingencies|perils)\b", re.IGNORECASE)
MOST = 60
"""So many mentions of one kind are read; a release that names a strike more often says nothing new."""


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
    works = {a.name for a in page.assets if a.kind in WORKS}
    told: Counter[EventKind] = Counter()
    hazards = False
    for sentence in page.sentences:
        block = page.layout.blocks[sentence.block]
        if block.section != "body" or block.kind in ("caption", "footnote", "table"):
            continue
        text = page.text[sentence.start : sentence.end]
        triggers = find_triggers(_without_names(page, sentence, works))
        if not triggers:
            continue
        cues = find_cues(text)
        kinds = {t.kind for t in triggers}
        for trigger in triggers:
            after = trigger.after and not DONE.search(text, trigger.start, trigger.end)
            modality = read_modality(cues, trigger.start, trigger.end, trigger.modality, after, trigger.inside)
            if told[trigger.kind] >= MOST:
                continue
            if trigger.kind in TERMED and TERMS.search(text):
                continue
            if modality is Modality.OCCURRED and trigger.after and (sentence.block in ahead or begins_later(page, sentence, trigger)):
                modality = Modality.PLANNED
            if _is_told_of_the_past(text, trigger.kind, modality):
                continue
            if modality is Modality.OCCURRED and PROGRESSIVE.search(text, 0, trigger.start) and ING.match(text, trigger.start):
                modality = Modality.ONGOING
            if modality is Modality.ONGOING and trigger.kind in INSTANT:
                modality = Modality.NEGATED if trigger.modality is Modality.NEGATED else Modality.OCCURRED
            if trigger.kind is EventKind.BLOCKADE and modality is not Modality.NEGATED and not PROTEST.search(text):
                continue
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
                find_reach(text, trigger, triggers),
                wholes,
            )
            if trigger.kind is EventKind.FATALITY and hazards and not mention.named_assets and _is_toll(text, kinds):
                mention = replace(mention, regional=True, assets=())
            if trigger.kind is EventKind.EARTHQUAKE and AFTERSHOCK.search(text, trigger.start, trigger.end) and MAGNITUDE.search(text):
                mention = replace(mention, regional=True)
            hazards = hazards or bool(kinds & HAZARDS)
            if not _is_history(page, mention):
                found.append(mention)
                told[trigger.kind] += 1
    return found


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


def _without_names(page: Page, sentence: Sentence, works: set[str]) -> str:
    """The sentence with the letters of names covered, so that "Redhill Mining resumed" does not say that mining resumed.

    The bare name of a mine or a plant reads "mine": who "halted Redhill" halted the mine.
    """
    text = page.text[sentence.start : sentence.end]
    for mention in within(page.company_mentions, sentence.start, sentence.end):
        start, end = mention.start - sentence.start, mention.end - sentence.start
        if TRADE.search(text, start, end):
            text = text[:start] + LETTER.sub("x", text[start:end]) + text[end:]
    for mention in within(page.asset_mentions, sentence.start, sentence.end):
        start, end = mention.start - sentence.start, mention.end - sentence.start
        if mention.name in works and end - start > len(MINE) and not KIND_NOUN.search(text, start, end):
            text = text[:start] + MINE.rjust(end - start, " " if end - start < WIDEST else "x") + text[end:]
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
    date = find_date(page, sentence, trigger.kind, start, end, modality, (sentence.start + reach[0], sentence.start + reach[1]))
    return EventMention(
        trigger.kind,
        start,
        end,
        modality,
        modality is trigger.modality
        and trigger.after
        and not FINITE.search(page.text, start, end)
        and not PERFECT.search(page.text, sentence.start, start)
        and not (
            trigger.kind is EventKind.RESTART
            and date
            and page.released
            and date.value.end
            and date.value.precision is Precision.DAY
            and date.value.end <= page.released
        ),
        weak,
        lead,
        date,
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


def _is_history(page: Page, mention: EventMention) -> bool:
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
    return is_history(page, ends)


def is_long_ago(page: Page, sentence: Sentence) -> bool:
    """Whether all that a sentence dates ended long before the release."""
    ends = [p.value.end for p in within(page.periods, sentence.start, sentence.end) if p.value.end is not None]
    return is_history(page, ends)
