"""Which assets a stretch of words is about: those that a preposition joins to it, its subject, the one of the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from minenews.marks.page import Mention, Page, Sentence, within
from minenews.models import AssetKind
from minenews.records.scope import asset_for, clause_of

REACH = 80
"""How far, in characters, an asset may stand from the words before it."""

PARTS = frozenset({AssetKind.ZONE, AssetKind.DEPOSIT})
"""Parts of a mine or project: they are drilled, but do not operate."""

WORKS = frozenset({AssetKind.MINE, AssetKind.PLANT, AssetKind.SMELTER, AssetKind.REFINERY})
"""Kinds of asset that work: they produce, stop and start."""

COMMON_NOUN = re.compile(
    r"\b(?:the|this|its|our|both)\s+(?:\w{1,15}\s+)?(?:mines?|plants?|mill|projects?|operations?|property|properties|smelter|refinery|site|facility|facilities|complex|pit|concentrator|company's)\b",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s*(?:,|and|or|,\s*and|as\s+well\s+as|&|/)\s+(?:the\s+|its\s+|our\s+|at\s+|both\s+){0,3}", re.IGNORECASE)
KIND_WORDS = frozenset(
    [
        "mine",
        "mines",
        "plant",
        "mill",
        "project",
        "projects",
        "property",
        "deposit",
        "zone",
        "operation",
        "operations",
        "complex",
        "facility",
        "gold",
        "copper",
        "silver",
        "zinc",
        "uranium",
        "lithium",
        "nickel",
        "the",
    ]
)
"""Words of asset names that say what the asset is, not which."""

PARTICIPLE = re.compile(r"\s*\w{2,20}ing\b")
"""A clause that opens with a participle has its subject before it ("while advancing")."""

NOUN = re.compile(
    r"\b(?:the|this)\s+(?:(?:underground|open[\s-](?:pit|cut|cast)|surface|gold|copper|silver|coal|nickel|lithium|iron\s+ore)\s+)?(mine|plant|mill|project|property|smelter|refinery)\b",
    re.IGNORECASE,
)
KIND = {"mill": AssetKind.PLANT}
ROUTE = re.compile(
    r"\b(?:ports?|rail\w{0,3}|roads?|highways?|terminal|wharf|bridge|airport)(?:['’]s)?\s+(?:\w{1,15}\s+){0,2}$", re.IGNORECASE
)
"""What leads to a mine and is none: its closing closes no mine."""

OTHER_NAME = re.compile(
    r"\b(?:(?:the|its|our|their|at)\s+)?(?:[A-ZÀ-Þ][\w’'-]{2,20}\s+){1,3}(?:[a-z-]{3,12}\s+){0,2}(?:mine|plant|mill|smelter|colliery|refinery)\b"
)
"""A named mine, whether or not it is an asset of the page."""

WHOLE_REACH = 20
WHOLE = re.compile(r"\s+(?:at|of)\s+(?:(?:the|its|our)\s+)?", re.IGNORECASE)
LED = re.compile(r"(?:\b(?:at|from|of|in|for|on|to|within)\s+|^\s*)(?:(?:the|its|our|both|their|a|an)\s+){0,2}(?:[\w%’'-]{1,20}\s+){0,4}$")
RELATIVE = re.compile(r"(?:\s+in\s+(?:[A-Z][\w’'-]{1,24}\s?){1,3})?\s*,?\s*(?:which|that)\s+(?:\w{1,12}\s+){0,2}$")


def assets_near(page: Page, sentence: Sentence, start: int, end: int, parts: bool = True, fallback: bool = True) -> tuple[str, ...]:
    """The assets of an event or a state at [start, end): inside it, led to after it, else its subject, else told before.

    `parts` is False where a zone or a deposit cannot be meant; `fallback` False keeps to the sentence.
    """
    first, last = clause_of(page, sentence, start)
    if PARTICIPLE.match(page.text, first):
        first = sentence.start
    mentions = named(page, first, max(last, end), parts)
    inside = [m for m in mentions if m.start < end and start < m.end]
    after = [m for m in mentions if end <= m.start < end + REACH]
    before = [m for m in mentions if m.end <= start]
    if inside:
        return names(inside)
    if after and LED.search(page.text[end : after[0].start]):
        return names(joined(page, after))
    if before:
        return names(subject(page, before, start))
    if after:
        return names(joined(page, after))
    rest = named(page, sentence.start, sentence.end, parts)
    if rest:
        return names(subject(page, [m for m in rest if m.end <= start], start) or joined(page, [m for m in rest if m.start >= end]))
    return told_before(page, sentence, start, end, parts) if fallback else ()


def named(page: Page, start: int, end: int, parts: bool) -> list[Mention]:
    """The asset mentions in a stretch, without zones and deposits where they cannot be meant."""
    found = list(within(page.asset_mentions, start, end))
    if parts:
        return found
    kinds = {a.name: a.kind for a in page.assets}
    return [m for m in found if kinds.get(m.name) not in PARTS]


def subject(page: Page, before: Sequence[Mention], start: int) -> list[Mention]:
    """Of the mentions before some words the one that a relative pronoun joins to them, else the first, with those joined to it."""
    if before and RELATIVE.fullmatch(page.text[before[-1].end : start]):
        return joined(page, before[::-1])
    return joined(page, before)


def joined(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention with those joined to it by "and" or commas."""
    chosen = list(mentions[:1])
    for mention in mentions[1:]:
        one, two = sorted((chosen[-1], mention), key=lambda m: m.start)
        if mention.name != chosen[-1].name and not JOINED.fullmatch(page.text[one.end : two.start]):
            break
        chosen.append(mention)
    return chosen


def told_before(page: Page, sentence: Sentence, start: int, end: int, parts: bool = True) -> tuple[str, ...]:
    """The asset that words without one speak of: the subject of the sentence before in the same block, else by scope."""
    if (noun := NOUN.search(page.text, sentence.start, sentence.end)) is not None:
        kind = KIND.get(noun[1].lower()) or AssetKind(noun[1].lower())
        of_kind = [a.name for a in page.assets if a.kind is kind]
        if len(of_kind) == 1:
            return (of_kind[0],)
    if _names_another(page, sentence):
        return ()
    block = page.layout.blocks[sentence.block]
    previous = named(page, block.start, sentence.start, parts)
    if previous and block.kind in ("paragraph", "bullet", "headline"):
        last = page.sentence_at(previous[-1].start)
        if last is not None:
            return names(joined(page, [m for m in previous if m.start >= last.start])[:1])
    found = asset_for(page, start, end) or _told_next(page, sentence, parts) or _told_above(page, sentence, parts)
    kinds = {a.name: a.kind for a in page.assets}
    return () if found is None or (not parts and kinds.get(found) in PARTS) else (found,)


def _names_another(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence names a mine that is none of the assets known, so that it speaks of that one."""
    return any(
        not within(page.asset_mentions, m.start(), m.end()) and not within(page.company_mentions, m.start(), m.end())
        for m in OTHER_NAME.finditer(page.text, sentence.start, sentence.end)
    )


def _told_next(page: Page, sentence: Sentence, parts: bool) -> str | None:
    """The first asset of the sentence after, in the same block."""
    following = page.sentence_at(sentence.end + 1) or page.sentence_at(sentence.end)
    if following is None or following.block != sentence.block or following == sentence:
        return None
    found = named(page, following.start, following.end, parts)
    return found[0].name if found else None


def _told_above(page: Page, sentence: Sentence, parts: bool) -> str | None:
    """The one asset of the paragraph before, in news that gives each sentence a paragraph."""
    block = page.layout.blocks[sentence.block]
    above = page.layout.blocks[sentence.block - 1] if sentence.block else None
    if above is None or block.kind != "paragraph" or above.kind != "paragraph" or above.section != "body":
        return None
    found = names(named(page, above.start, above.end, parts))
    return found[0] if len(found) == 1 else None


def with_project(page: Page, sentence: Sentence, start: int, end: int, found: tuple[str, ...]) -> tuple[str, ...]:
    """Zones and deposits together with the project that they belong to, where the words before name it."""
    kinds = {a.name: a.kind for a in page.assets}
    if not found or any(kinds.get(name) not in PARTS for name in found):
        return found
    return tuple(dict.fromkeys(found + told_before(page, sentence, start, end, parts=False)))


def find_wholes(page: Page) -> dict[str, str]:
    """The asset that holds another one, where the release joins them by "at" or "of" ("No. 2 shaft at Redhill")."""
    pairs = ((a, b) for a, b in pairwise(page.asset_mentions) if a.name != b.name and b.start - a.end < WHOLE_REACH)
    return {a.name: b.name for a, b in pairs if WHOLE.fullmatch(page.text[a.end : b.start])}


def with_whole(found: tuple[str, ...], wholes: dict[str, str]) -> tuple[str, ...]:
    """Assets together with the ones that hold them."""
    return tuple(dict.fromkeys((*found, *(wholes[name] for name in found if name in wholes))))


def is_part_of(one: str, other: str) -> bool:
    """Whether the second name says more than the first of the same place ("Redhill project", "Redhill water plant")."""
    a, b = proper_words(one), proper_words(other)
    return bool(a) and a < b


def proper_words(name: str) -> set[str]:
    """The words of an asset name that are its own."""
    return set(name.lower().split()) - KIND_WORDS


def told_first(page: Page) -> frozenset[str]:
    """The assets that the headline and the first two sentences of prose name."""
    prose = [s for s in page.sentences if page.layout.blocks[s.block].kind == "paragraph"]
    end = max(prose[min(1, len(prose) - 1)].end if prose else 0, page.layout.headline[1] if page.layout.headline else 0)
    return frozenset(m.name for m in within(page.asset_mentions, 0, end))


def speaks_of_site(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence that names no asset still speaks of one: by a common noun, or since the release knows only one."""
    return COMMON_NOUN.search(page.text, sentence.start, sentence.end) is not None or len(page.assets) == 1


def names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The names of mentions, each once."""
    return tuple(dict.fromkeys(m.name for m in mentions))
