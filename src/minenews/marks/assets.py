"""Find assets: names by shape, by definition and by context, merged into one record for each mine, plant or project."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from minenews.marks.asset_bare import Bare, find_bare
from minenews.marks.asset_captions import Signs, find_captions
from minenews.marks.asset_groups import Group, add_tailings, group_shapes, is_weak, join_by_place, keep_supported, name_of
from minenews.marks.asset_labels import find_labels
from minenews.marks.asset_names import Shape, find_shapes
from minenews.marks.asset_references import find_references
from minenews.marks.asset_tokens import names_in_prose, read_tokens
from minenews.marks.asset_words import fold, is_direction_pair, is_modifier, load_kinds, load_stopwords
from minenews.marks.page import Mention
from minenews.models import Asset, AssetKind, Evidence
from minenews.text.layout import Block, Layout

NAMING_SECTIONS = frozenset({"body", "about"})
WEAK_PLACES = frozenset({"place.bearing", "place.sited"})
TITLE_KINDS = frozenset({"headline", "heading", "caption"})
IN_PLACE = re.compile(
    r"(?:\s?\([^()]{0,60}\))?,?\s(?:(?:which|that)\sis\s)?(?:located\s|situated\s)?(?:\w+\s){0,2}?(?:in|near|at|of)\s(?:the\s)?", re.VERBOSE
)
BEARING = re.compile(
    r"(?:\s?\([^()]{0,60}\))?,?\s(?:(?:which|that)\sis\s)?(?:located\s|situated\s)?(?:about\s|approximately\s|some\s|roughly\s)?\d[\d.,]{0,8}\s?(?:km|kilomet(?:re|er)s?|miles?)\s[\w\s-]{1,30}?\s?(?:of|from)\s(?:the\s(?:city|town|village)\sof\s)?"
)
COMMA_PLACE = re.compile(r"(?:\s?\([^()]{0,60}\))?,\s")
AT_SITE = re.compile(r"\b(?:at|our|its|both)\s$", re.IGNORECASE)
OF_PLACE = re.compile(r",?\s(?:[Pp]rovince|[Ss]tate|[Rr]egion|[Dd]epartment|[Cc]ity|[Dd]istrict|[Cc]ounty)\b|,\s[A-Z]")
NO_BLANK = re.compile(r"[^\S ]")
WORD = re.compile(r"\w+")
DIGITS = "0123456789"
NEXT_WORD = re.compile(r"[ ]([A-ZÀ-Þ][\w'’-]*)")
LAST_WORD = re.compile(r"([\w'’-]+)[ ]$")


def find_assets(
    text: str,
    doc: object,
    layout: Layout,
    company_mentions: Sequence[Mention] = (),
    place_mentions: Sequence[Mention] = (),
) -> tuple[tuple[Mention, ...], tuple[Asset, ...]]:
    """All mentions of assets and one record for each asset, in reading order.

    Forward-looking and contact blocks name no asset of their own.
    """
    blocks = _Blocks(text, layout)
    tokens = read_tokens(text, frozenset(block.start for block in layout.blocks))
    prose = names_in_prose(text, tokens)
    companies = [(mention.start, mention.end) for mention in company_mentions]
    shapes = [s for s in find_shapes(text, tokens, companies, blocks.is_title) if blocks.section(s.start) in NAMING_SECTIONS]
    groups = group_shapes(text, keep_supported(text, shapes, blocks.is_label, prose))
    add_tailings(text, groups)
    sites = {key: place_of_asset(text, [shape.end for shape in group.shapes], place_mentions) for key, group in groups.items()}
    join_by_place(groups, {key: fold(place) for key, place in sites.items() if place})
    cores = {fold(name) for group in groups.values() if not group.works for name in group.names}
    place_mentions = [m for m in place_mentions if fold(m.name) not in cores or not _is_site(text, m)]
    known = {fold(name) for group in groups.values() for name in group.names}
    spans = _Spans([*companies, *((m.start, m.end) for m in place_mentions)])
    places = {fold(mention.name) for mention in place_mentions}

    def taken(start: int, end: int) -> bool:
        core = fold(text[start:end])
        return spans.overlaps(start, end) or core in places or blocks.section(start) != "body"

    def learn(bares: Sequence[Bare]) -> None:
        for bare in bares:
            heads_a_table = bare.rule == "asset.caption" and is_direction_pair(bare.core)
            if fold(bare.core) not in known and (heads_a_table or not is_weak(bare.core)):
                known.add(fold(bare.core))
                groups[fold(bare.core)] = Group(bare.core, names={bare.core: (bare.start, bare.end)}, fallback=bare.kind, rule=bare.rule)

    place_starts = frozenset(m.start for m in place_mentions)
    learn(find_bare(text, tokens, taken, blocks.is_title, place_starts, prose, _leads(company_mentions)))
    learn(find_captions(text, tokens, layout.blocks, Signs(place_starts, prose, frozenset(known)), taken))
    learn(find_labels(text, tokens, layout.blocks, known, taken, prose))
    return _records(text, groups, sites, companies, place_mentions, blocks, layout)


def _is_site(text: str, place: Mention) -> bool:
    """Whether a place of the name of an asset is told of as that asset: "at Ostrava", "our Ostrava unit"."""
    return place.rule in WEAK_PLACES or (
        AT_SITE.search(text, max(0, place.start - 6), place.start) is not None and OF_PLACE.match(text, place.end) is None
    )


def _leads(company_mentions: Sequence[Mention]) -> frozenset[str]:
    """The folded first words of the names of companies, one and two of them."""
    names = [fold(mention.name).split() for mention in company_mentions]
    return frozenset(" ".join(words[:count]) for words in names for count in (1, 2) if words)


def place_of_asset(text: str, ends: Sequence[int], place_mentions: Sequence[Mention]) -> str | None:
    """The place that the text gives right after one of the asset's names ("the Ostrava mine in Peru"), None where it gives none."""
    for end in ends:
        for pattern in (IN_PLACE, BEARING, COMMA_PLACE):
            match = pattern.match(text, end)
            if match is None:
                continue
            index = bisect_left(place_mentions, match.end(), key=lambda mention: mention.start)
            if (
                index < len(place_mentions)
                and place_mentions[index].start <= match.end() + 24
                and not re.search(r"[.;,]\s|\n", text[end : place_mentions[index].start].lstrip(", "))
            ):
                return place_mentions[index].name
    return None


class _Blocks:
    """What the layout says about a position."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text = text
        self.blocks = layout.blocks
        self.starts = [block.start for block in layout.blocks]
        self.titles = [
            (block.kind in TITLE_KINDS and not _is_sentence_case(text[block.start : block.end]))
            or (block.end - block.start < 300 and _is_title_case(text[block.start : block.end]))
            for block in layout.blocks
        ]

    def index(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    def at(self, position: int) -> Block | None:
        return self.blocks[self.index(position)] if self.blocks else None

    def section(self, position: int) -> str:
        block = self.at(position)
        return block.section if block else "body"

    def is_title(self, position: int) -> bool:
        return bool(self.blocks) and self.titles[self.index(position)]

    def is_label(self, shape: Shape) -> bool:
        """Whether a form stands first in its block or table cell, with a capital kind noun: a heading or the label of a bullet."""
        block = self.at(shape.start)
        if block is None:
            return False
        lead = self.text[block.start : shape.start]
        lead = re.split(r"[\n|\t]", lead)[-1] if block.kind == "table" else lead
        noun = shape.form[len(shape.core) :].split()
        return not re.search(r"\w", lead) and bool(noun) and noun[-1][0].isupper() and len(shape.core.split()) < 5


def _is_title_case(line: str) -> bool:
    words: list[str] = re.findall(r"[^\W\d_][\w'’-]{3,}", line)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def _is_sentence_case(line: str) -> bool:
    """Whether most long words of a line begin with small letters, so that capitals tell names in it."""
    words: list[str] = re.findall(r"[^\W\d_][\w'’-]{3,}", line)
    return len(words) >= 5 and sum(word[0].islower() for word in words) >= 0.6 * len(words)


class _Spans:
    """Spans that may be asked for an overlap."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def overlaps(self, start: int, end: int) -> bool:
        index = bisect_right(self.starts, end - 1) - 1
        return any(self.spans[at][1] > start for at in range(max(0, index - 2), index + 1))


def _records(
    text: str,
    groups: dict[str, Group],
    sites: dict[str, str | None],
    companies: Sequence[tuple[int, int]],
    place_mentions: Sequence[Mention],
    blocks: _Blocks,
    layout: Layout,
) -> tuple[tuple[Mention, ...], tuple[Asset, ...]]:
    """The mentions and records of the gathered groups."""
    ordered = sorted(groups.items(), key=lambda item: item[1].first)
    found: list[tuple[int, int, str, str]] = []
    named: dict[str, str] = {}
    for key, group in ordered:
        named[key] = name_of(group)[0]
        found.extend((shape.start, shape.end, key, group.rule) for shape in group.shapes)
    owner = _owners(groups)
    found.extend(_bare_mentions(text, owner, companies, place_mentions, blocks))
    kept: list[tuple[int, int, str, str]] = []
    for start, end, key, rule in sorted(found, key=lambda item: (item[0], -item[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, key, rule))
    mentions = tuple(Mention(start, end, "ASSET", named[key], rule) for start, end, key, rule in kept)
    by_key: dict[str, list[tuple[int, int, str]]] = {}
    for start, end, key, rule in kept:
        by_key.setdefault(key, []).append((start, end, rule))
    assets = []
    for key, group in ordered:
        name, kind = name_of(group)
        evidence = [Evidence(slot="name", start=s, end=e, text=text[s:e], rule=rule) for s, e, rule in by_key.get(key, ())]
        written = dict.fromkeys(" ".join(item.text.split()) for item in evidence if "(" not in item.text)
        written.update(dict.fromkeys(form for form in group.names if owner.get(form, key) == key))
        aliases = {form.casefold(): form for form in reversed(written)}
        aliases.pop(name.casefold(), None)
        assets.append(
            Asset(name=name, kind=kind, aliases=tuple(reversed(aliases.values())), place=sites.get(key), evidence=tuple(evidence[:3]))
        )
    kinds = {name: kind for _, group in ordered for name, kind in [name_of(group)] if group.shapes or kind is AssetKind.MINE}
    defined = {term: named[key] for key, group in reversed(ordered) for term in group.generic}
    references = find_references(text, layout, mentions, kinds, defined)
    return tuple(sorted((*mentions, *references), key=lambda mention: mention.start)), tuple(assets)


def _owners(groups: dict[str, Group]) -> dict[str, str]:
    """Each bare name with the key of its asset; the ground goes before the works that bear the same name."""
    owner: dict[str, str] = {}
    for key, group in sorted(groups.items(), key=lambda item: item[1].works):
        for name in group.names:
            owner.setdefault(name, key)
            if len(name) > 3:
                owner.setdefault(name.upper(), key)
    return owner


def _bare_mentions(
    text: str, owner: dict[str, str], companies: Sequence[tuple[int, int]], place_mentions: Sequence[Mention], blocks: _Blocks
) -> list[tuple[int, int, str, str]]:
    """Where the text uses a known name or alias without its kind noun."""
    if not owner:
        return []
    flat = NO_BLANK.sub(" ", text)
    by_first: dict[str, list[str]] = {}
    for known in sorted(owner, key=len, reverse=True):
        by_first.setdefault(WORD.findall(known)[0], []).append(known)
    taken = _Spans([*companies, *((m.start, m.end) for m in place_mentions)])
    stopwords = load_stopwords()
    found: list[tuple[int, int, str, str]] = []
    for match in WORD.finditer(text):
        names = by_first.get(match[0]) or (by_first.get(match[0].rstrip(DIGITS)) if match[0][-1] in DIGITS else None)
        if names is None:
            continue
        start = match.start()
        name = next((n for n in names if flat.startswith(n, start) and not _is_word(text, start + len(n))), None)
        if name is None or text[start - 1 : start] == "-":
            continue
        end = start + len(name)
        if taken.overlaps(start, end):
            continue
        if not blocks.is_title(start):
            after = NEXT_WORD.match(text, end)
            if after and not (is_modifier(after[1]) or after[1].lower() in stopwords or after[1].lower() in load_kinds()):
                continue
        found.append((start, end, owner[name], "asset.name"))
    return found


def _is_word(text: str, position: int) -> bool:
    """Whether a word goes on at a position; the number of a footnote glued to it is no part of it."""
    if text[position : position + 1].isdigit():
        return not text[position - 4 : position].isalpha()
    return text[position : position + 1].isalnum()
