"""Where something happened: the place named beside it, or the place of its asset."""

from __future__ import annotations

import re

from minenews.marks.page import Mention, Page, Sentence, within

NEAR = 80
"""How far, in characters, a place may stand from the asset that it locates."""

CHAIN = re.compile(
    r",?\s+(?:(?:region|province|department|state|county|district)\s+)?(?:(?:of|in)\s+(?:the\s+)?)?(?:(?:central|\w{2,12}ern)\s+)?",
    re.IGNORECASE,
)
"""What may stand between a place and the larger place that holds it."""

LINE = re.compile(r"\n\s{0,20}\n")
"""What ends a chain of places: the end of a paragraph or a headline."""

LOCATES = re.compile(r"[^.;]{0,60}?(?:\b(?:in|near|at|of|to|within|from)\s+(?:[\w-]{1,20}\s+){0,3}|,\s+)$")


def place_near(page: Page, sentence: Sentence, start: int) -> str | None:
    """The place that a sentence names after a position, else before it; the dateline's place does not count."""
    places = [p for p in within(page.place_mentions, sentence.start, sentence.end) if not in_dateline(page, p)]
    after = [p for p in places if p.start >= start]
    before = [p for p in places if p.end <= start]
    chosen = after[0] if after else _head(page, before) if before else None
    return None if chosen is None else whole_place(page, chosen)


def _head(page: Page, places: list[Mention]) -> Mention:
    """The first place of the chain that the last of some places ends: the town, not its country."""
    head = places[-1]
    for place in places[-2::-1]:
        if CHAIN.fullmatch(page.text[place.end : head.start]) is None:
            break
        head = place
    return head


def place_of(page: Page, assets: tuple[str, ...]) -> str | None:
    """The place of the first of some assets that has one, stated with the asset or told beside one of its mentions."""
    for name in assets:
        stated = next((a.place for a in page.assets if a.name == name and a.place), None)
        if stated:
            return stated
    for mention in page.asset_mentions:
        if mention.name not in assets:
            continue
        for place in within(page.place_mentions, mention.end, min(len(page.text), mention.end + NEAR)):
            if not in_dateline(page, place) and LOCATES.fullmatch(page.text[mention.end : place.start]):
                return whole_place(page, place)
    return None


def place_of_lead(page: Page) -> str | None:
    """The place of a release that names only one in its headline and first two sentences of prose, its dateline aside."""
    prose = [s for s in page.sentences if page.layout.blocks[s.block].kind == "paragraph"][:2]
    spans = [*([page.layout.headline] if page.layout.headline else []), *((s.start, s.end) for s in prose)]
    found: list[str] = []
    covered = -1
    for start, end in spans:
        for place in within(page.place_mentions, start, end):
            if place.start < covered or in_dateline(page, place):
                continue
            whole = whole_place(page, place)
            covered = place.start + len(whole)
            if whole not in found:
                found.append(whole)
    return found[0] if len(found) == 1 else None


def whole_place(page: Page, mention: Mention) -> str:
    """A place with the larger places that follow it: a town, its state."""
    end = mention.end
    for other in within(page.place_mentions, mention.end, min(len(page.text), mention.end + NEAR)):
        if not CHAIN.fullmatch(page.text[end : other.start]) or LINE.search(page.text, end, other.start) or in_dateline(page, other):
            break
        end = other.end
    return mention.name if end == mention.end else page.written(mention.start, end)


def in_dateline(page: Page, mention: Mention) -> bool:
    """Whether a place is only where the release was sent from."""
    line = page.layout.dateline
    return line is not None and line.start <= mention.start < line.end
