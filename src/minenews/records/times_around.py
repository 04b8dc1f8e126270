"""The period of the statement around a figure: the sentences before it, its heading, the release's own period."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left

from minenews.marks.page import Page, Sentence, Stretch, within
from minenews.models import PeriodValue, Precision
from minenews.records.figure import Figure
from minenews.records.times import (
    BALANCE,
    EARLIER,
    FLOW,
    OF_A_PLAN,
    QUARTERLY,
    SPANS,
    TIMELESS,
    as_taken,
    in_comparison,
    leads_on,
    usable_periods,
)

SINCE = re.compile(r"\bsince\b[^.;]{0,60}$", re.IGNORECASE)
"""Ahead of a figure that has been adding up for longer than the period reported on."""


def around_period(page: Page, figure: Figure) -> tuple[PeriodValue | None, Stretch | None]:
    """The period of the statement around a figure whose sentence names none."""
    if figure.metric in TIMELESS or figure.against or SINCE.search(page.text, figure.sentence.start, figure.measure.start):
        return None, None
    chosen = _scope_period(page, figure)
    return (None, None) if chosen is None else as_taken(page, figure, chosen, None)


def _told(page: Page, sentence: Sentence) -> list[Stretch]:
    """The periods that a sentence tells of: spans that neither a comparison nor a plan names."""
    return [
        p
        for p in usable_periods(page, sentence)
        if p.precision in SPANS
        and p.rule not in EARLIER
        and not in_comparison(page.text, sentence, p)
        and not OF_A_PLAN.match(page.text, p.end, sentence.end)
        and not leads_on(page.text, p, sentence.end)
    ]


def _scope_period(page: Page, figure: Figure) -> Stretch | None:
    """The period of the statement around a figure.

    Sentences before in its paragraph, heading, the list's introduction, headline, the release's period.
    """
    if figure.metric not in FLOW and figure.metric not in BALANCE:
        return None
    sentence = figure.sentence
    block_index = sentence.block
    block = page.layout.blocks[block_index]
    quarterly = bool(QUARTERLY.search(page.text[sentence.start : figure.measure.start]))
    for earlier in _before(page, sentence, 4):
        if ASIDE.match(page.text, earlier.start, earlier.end):
            continue
        found = [p for p in _told(page, earlier) if not quarterly or p.precision is Precision.QUARTER]
        if found:
            return found[0]
    if block.heading is not None:
        found = [p for p in within(page.periods, *block.heading) if p.precision in SPANS]
        if found:
            return found[0]
    for index in range(block_index - 1, max(-1, block_index - 14), -1):
        around = page.layout.blocks[index]
        if block.kind == "bullet" and around.kind in ("bullet", "footnote", "table"):
            continue
        if block.kind != "bullet" and index < block_index - 2:
            break
        if around.kind in ("paragraph", "heading", "headline", "caption"):
            found = [p for s in within(page.sentences, around.start, around.end) for p in _told(page, s) if not p.relative]
            if found:
                return found[0]
    return report_period(page)


ASIDE = re.compile(r"(?:However|By\s+comparison|By\s+contrast|In\s+contrast|This\s+compare[sd]|That\s+compare[sd])\b")
"""A sentence that only looks back; the next one goes on from the one before it."""


def _before(page: Page, sentence: Sentence, count: int) -> list[Sentence]:
    """The last `count` sentences before one in its block, nearest first."""
    index = bisect_left(page.sentences, sentence.start, key=lambda s: s.start)
    return [s for s in page.sentences[max(0, index - count) : index] if s.block == sentence.block][::-1]


def planned_period(page: Page, figure: Figure) -> tuple[PeriodValue | None, Stretch | None]:
    """The period of a guided figure whose sentence names none: that of the guidance before it in its paragraph or its heading."""
    block = page.layout.blocks[figure.sentence.block]
    places = [(s.start, s.end) for s in _before(page, figure.sentence, 3)]
    for start, end in [*places, *([block.heading] if block.heading else [])]:
        if PLANNED.search(page.text, start, end):
            found = [
                p
                for p in within(page.periods, start, end)
                if p.precision is Precision.YEAR and (page.released is None or (p.value.end is not None and p.value.end > page.released))
            ]
            if len({p.value.label for p in found}) == 1:
                return found[0].value, found[0]
    return None, None


PLANNED = re.compile(r"\b(?:guidance|outlook)\b", re.IGNORECASE)


def report_period(page: Page) -> Stretch | None:
    """The period that the release reports on: the first quarter, half, month or year of headline or opening that had ended."""
    if page.released is None:
        return None
    limit = page.layout.headline[1] if page.layout.headline else 0
    for period in page.periods:
        if period.start >= limit + 1400:
            break
        if period.precision not in SPANS or not page.is_news(period.start):
            continue
        end = period.value.end
        sentence = page.sentence_at(period.start)
        if period.rule in EARLIER or (sentence is not None and in_comparison(page.text, sentence, period)):
            continue
        if (
            end is not None
            and end <= page.released
            and (page.released - end) < dt.timedelta(days=150)
            and period.precision is not Precision.RANGE
        ):
            return period
    return None
