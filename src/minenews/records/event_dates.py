"""Which period dates an event: the one beside its trigger that it can have happened in or is planned for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Page, Sentence, Stretch, within
from minenews.models import EventKind, Modality, PeriodValue, Precision
from minenews.records.event_kinds import ANNOUNCED, ASIDE, CORPORATE, HAZARDS, INCIDENTS, OFFICES
from minenews.records.scope import clause_of
from minenews.records.triggers import Trigger

REFERENCE = re.compile(
    r"\b(?:see|refer(?:\s+to)?|per|in|our|its|dated|as|previously|earlier)\s[^.;()]{0,60}?\b(?:release|announcement|announced|reported|disclosed|press)\b[^.;()]{0,60}",
    re.IGNORECASE,
)

AND = re.compile(r"[\s,]{0,3}(?:(?:and|or)\s+)?(?:(?:a|an|the|its)\s+)?")

UNTIL = re.compile(r"\b(?:until|till|pending|before|by)\s+(?:the\s+end\s+of\s+)?$", re.IGNORECASE)

BEGINS = re.compile(r"\b(?:begins?|starts?|commences?|takes?\s+effect|effective|resumes?)\s+(?:on\s+|in\s+|from\s+)?$", re.IGNORECASE)
"""A verb of the present before a date that lies ahead."""

PERIOD_END = re.compile(r"\b(?:ended|ending|as\s+of|as\s+at|effective\s+date\s+of)\s+$", re.IGNORECASE)

EFFECTIVE = re.compile(r"\b(?:effective|with\s+effect)(?:\s+(?:as\s+of|from|on))?\s+$", re.IGNORECASE)

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

DAILY = frozenset({EventKind.FINANCIAL_RESULTS, EventKind.GUIDANCE_CHANGE})
"""Kinds that only a day dates: a quarter beside them is what they tell of."""

NEAR = 120
"""How far, in characters, a date may stand from the trigger that it dates."""


def find_date(
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
    asides = [m.span() for m in ASIDE.finditer(page.text, sentence.start, sentence.end) if not start < m.end() or m.start() > end + 1]
    whole = [p for p in whole if not any(a <= p.start < b for a, b in asides)]
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


def _this_day(page: Page, kind: EventKind, first: int, last: int) -> list[Stretch]:
    """The day of the release where words such as "this morning" date an event; a bare "today" may only date the announcement."""
    found = THIS_DAY.search(page.text, first, last)
    if found is None or page.released is None or kind in CORPORATE:
        return []
    value = PeriodValue(start=page.released, end=page.released, precision=Precision.DAY, label=page.released.isoformat())
    return [Stretch(found.start(), found.end(), value, found[0], "period_this_day")]


def _dates_speech(page: Page, sentence: Sentence, stretch: Stretch) -> bool:
    """Whether a date is only that of the announcement ("said on Tuesday", "on Tuesday said")."""
    return bool(SPEECH.search(page.text, sentence.start, stretch.start) or SAID.match(page.text, stretch.end))


def find_reach(text: str, trigger: Trigger, triggers: list[Trigger]) -> tuple[int, int]:
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


def begins_later(page: Page, sentence: Sentence, trigger: Trigger) -> bool:
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
