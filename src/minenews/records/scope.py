"""Scope: which asset governs a figure that does not carry one itself.

The order is the reader's: the same clause, the same sentence, the heading of the block, the sentence before in the same
paragraph, then the headline where it names one asset only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from minenews.marks.page import Mention, Page, Sentence, within

CLAUSE_BREAK = re.compile(r";|:(?!\d)|,\s+(?:while|whereas|and\s+the|but|with\s+the)\b|\bwhile\b|\bwhereas\b")


def clause_of(page: Page, sentence: Sentence, position: int) -> tuple[int, int]:
    """The clause of a sentence that holds a position: between semicolons, colons and contrasting conjunctions."""
    start, end = sentence.start, sentence.end
    for first, last in _breaks(page.text[start:end]):
        if sentence.start + last > position:
            return start, sentence.start + first
        start = sentence.start + last
    return start, end


@lru_cache(maxsize=64)
def _breaks(sentence: str) -> tuple[tuple[int, int], ...]:
    """The places between the clauses of a sentence; found once for all its figures and events."""
    return tuple(found.span() for found in CLAUSE_BREAK.finditer(sentence))


SITES = frozenset({"mine", "plant", "project", "property", "smelter", "refinery", "tailings", "port", "other"})
JOINED = re.compile(
    r"""
    [^.;,\d]{0,46}? \b(?:at|from|of|in|for|on|across)\s+ (?:the\s+|its\s+|our\s+)?
        (?:(?!and\b|while\b|but\b)\S+\s+){0,3}   # "44,750 oz of gold from the"
    | (?:(?!\band\b|\bwhile\b|\bbut\b)[^.;,\d]){0,14}                                            # "44,750 oz Redhill"
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What leads from a figure to the asset named behind it."""


AT_IT = re.compile(r"\s+(?:of\s+\w+\s+)?(?:at|on|from|in)\s+(?:(?:the|its|our)\s+)?", re.IGNORECASE)
"""What binds a figure to the asset right behind it: "2,000 metres at the"."""
INSIDE = frozenset({"zone", "deposit", "pit", "shaft", "vein"})
"""Kinds of assets that lie inside another one, which comes before them."""


def _is_cause(page: Page, mention: Mention) -> bool:
    """Whether an asset is only named as the cause of what is said."""
    return CAUSE.search(page.text, max(0, mention.start - 70), mention.start) is not None


def choose_asset(page: Page, mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The mention that a span is about: the nearest one before it, else one bound behind it ("44,750 oz from the mine").

    Mines, plants and projects come before the zones and deposits inside them.
    """
    mentions = [m for m in mentions if m.name not in page.neighbours and not _is_cause(page, m)]
    kinds = {a.name: a.kind.value for a in page.assets}
    bound = next((m for m in mentions if m.start >= end and AT_IT.fullmatch(page.text, end, m.start)), None)
    if bound is not None and (kinds.get(bound.name) not in INSIDE or bound.name.lower().endswith((" prospect", " target"))):
        return bound
    for pool in ([m for m in mentions if kinds.get(m.name) in SITES], mentions):
        before = [m for m in pool if m.end <= start]
        behind = next((m for m in pool if m.start >= end and JOINED.fullmatch(page.text, end, m.start)), None)
        if behind is not None and (not before or behind.start - end < 40):
            return behind
        if before:
            return before[-1]
    return None


def asset_for(page: Page, start: int, end: int) -> str | None:
    """The canonical name of the asset that a span is about, None where the text leaves it open."""
    sentence = page.sentence_at(start)
    inside: Sequence[Mention] = ()
    if sentence is not None:
        for first, last in (clause_of(page, sentence, start), (sentence.start, sentence.end)):
            inside = [m for m in within(page.asset_mentions, first, last) if m.name not in page.neighbours]
            found = choose_asset(page, inside, start, end)
            if found is not None:
                return found.name
    block = page.block_at(start)
    if block.heading is not None and not _is_of_head(page, block.heading[0]):
        names = {m.name for m in within(page.asset_mentions, *block.heading)} - page.neighbours
        if len(names) == 1:
            return names.pop()
    of_the_company = sentence is not None and COMPANY_SUBJECT.match(page.text, sentence.start, start)
    if sentence is not None and block.kind in ("paragraph", "bullet") and not of_the_company:
        before = [
            m for m in within(page.asset_mentions, block.start, sentence.start) if m.name not in page.neighbours and not _is_cause(page, m)
        ]
        if before and len({m.name for m in before}) == 1:
            return before[-1].name
    if len({m.name for m in inside}) == 1 and not APART.search(page.text, end, max(end, inside[0].start)):
        return inside[0].name
    return sole_asset(page, start)


def _is_of_head(page: Page, position: int) -> bool:
    """Whether a heading stands over the whole release, before its dateline."""
    return page.layout.dateline is not None and position < page.layout.dateline.start


COMPANY_SUBJECT = re.compile(r"(?:In\s[^,]{2,24},\s)?(?:The|Our)\s(?:company|group|miner|major|corporation)\b", re.IGNORECASE)
"""A sentence about the company: the asset of the sentence before it need not be its asset."""
CAUSE = re.compile(
    r"\b(?:due\s+to|because\s+of|owing\s+to|as\s+a\s+result\s+of|reflecting|driven\s+by|attributable\s+to)\s[^.;,\d]{0,60}$", re.IGNORECASE
)
"""Ahead of an asset that is only a cause: "due to lower grades at the mine"."""
APART = re.compile(r"\d|\band\s+(?:the|its|our)\b|\b(?:due\s+to|because\s+of|owing\s+to|driven\s+by)\b")
"""What parts a figure from the asset named behind it: another figure, another statement."""
OPENING = 500
"""Characters after the headline in which a release names what it is about."""


def _is_prominent(page: Page, name: str, first: int) -> bool:
    """Whether a release is about an asset: it names it in headline or opening, or more than once."""
    start = page.layout.headline[1] if page.layout.headline is not None else 0
    return first < start + OPENING or sum(m.name == name and page.is_news(m.start) for m in page.asset_mentions) > 2


def sole_asset(page: Page, before: int | None = None) -> str | None:
    """The asset of a release that is about one asset: the only one, or the only one of its headline.

    It is named ahead of `before` where that is given.
    """
    limit = len(page.text) if before is None else before
    first = {name: start for name, start in page.first_asset_mentions.items() if name not in page.neighbours}
    mines = [a.name for a in page.assets if a.name in first and a.kind.value in ("mine", "plant")]
    only = next(iter(first)) if len(first) == 1 else mines[0] if len(mines) == 1 else None
    if only is not None and first[only] < limit and _is_prominent(page, only, first[only]):
        return only
    if len(first) == 1:
        return None
    if page.layout.headline is not None:
        names = {m.name for m in within(page.asset_mentions, *page.layout.headline)} - page.neighbours
        if len(names) == 1:
            return names.pop()
    return None
