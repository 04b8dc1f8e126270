"""Scope: which asset and which period govern a figure that does not carry them itself.

The order is the reader's: the same clause, the same sentence, the heading of the block, the sentence before in the same
paragraph, then (for assets) the headline where it names one asset only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Mention, Page, Sentence, Stretch, within

CLAUSE_BREAK = re.compile(r"[;:]|,\s+(?:while|whereas|and\s+the|but|with\s+the)\b|\bwhile\b|\bwhereas\b")


def clause_of(page: Page, sentence: Sentence, position: int) -> tuple[int, int]:
    """The clause of a sentence that holds a position: between semicolons, colons and contrasting conjunctions."""
    start, end = sentence.start, sentence.end
    for found in CLAUSE_BREAK.finditer(page.text, sentence.start, sentence.end):
        if found.end() <= position:
            start = found.end()
        else:
            end = found.start()
            break
    return start, end


def nearest(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The mention nearest to a span; of equally near ones the one before it."""
    return min(mentions, key=lambda m: (max(m.start - end, start - m.end, 0), m.start > end), default=None)


def asset_for(page: Page, start: int, end: int) -> str | None:
    """The canonical name of the asset that a span is about, None where the text leaves it open."""
    sentence = page.sentence_at(start)
    if sentence is not None:
        for first, last in (clause_of(page, sentence, start), (sentence.start, sentence.end)):
            inside = within(page.asset_mentions, first, last)
            if inside:
                found = nearest(inside, start, end)
                assert found is not None
                return found.name
    block = page.block_at(start)
    if block.heading is not None:
        names = {m.name for m in within(page.asset_mentions, *block.heading)}
        if len(names) == 1:
            return names.pop()
    if sentence is not None and block.kind in ("paragraph", "bullet"):
        before = within(page.asset_mentions, block.start, sentence.start)
        if before and len({m.name for m in before}) == 1:
            return before[-1].name
    return sole_asset(page)


def sole_asset(page: Page) -> str | None:
    """The asset of a release that is about one asset: the only one, or the only one of its headline."""
    news = {m.name for m in page.asset_mentions if page.is_news(m.start)}
    if len(news) == 1:
        return next(iter(news))
    if page.layout.headline is not None:
        names = {m.name for m in within(page.asset_mentions, *page.layout.headline)}
        if len(names) == 1:
            return names.pop()
    return None


def period_for(page: Page, start: int, end: int) -> Stretch | None:
    """The period named in the clause of a span, else in its sentence, None where neither names one."""
    sentence = page.sentence_at(start)
    if sentence is None:
        return None
    for first, last in (clause_of(page, sentence, start), (sentence.start, sentence.end)):
        inside = within(page.periods, first, last)
        if inside:
            return min(inside, key=lambda p: (max(p.start - end, start - p.end, 0), p.start > end))
    return None
