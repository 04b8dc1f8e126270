"""Learn names from tables of production: the caption or corner that names the mine, and the rows below a column headed "Mine"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from minenews.marks.asset_bare import Bare, read_run
from minenews.marks.asset_labels import LABEL_ENDS, describes, read_rows
from minenews.marks.asset_tokens import Token
from minenews.marks.asset_words import fold, is_direction_pair, is_modifier, load_kinds, load_stopwords
from minenews.marks.words import words_of
from minenews.models import AssetKind
from minenews.text.layout import Block
from minenews.text.values import is_value, is_year

PIECE = re.compile(r"[^\n|│║\t]+")
NUMBERED = re.compile(r"\s*(?:(?:table|figure)\s+\d{1,2}\s*[.:–—-]?\s*|\d{1,2}[.)]\s+)", re.IGNORECASE)
MINED = re.compile(
    r"\b(?:milled|mined|recover(?:y|ies|ed)|processed|treated|crushed|stacked|placed|throughput|yield|head\s+grade|AISC|cash\s+costs?|produced|production|grades?|ounces|strip\s+ratio|concentrate)\b",
    re.IGNORECASE,
)
"""Words that only a table of mining and milling holds several of."""

CORNERS = re.compile(
    r"(?:mines?|operations?|asset|sites?|mine\s?sites?|mining\s+(?:operations?|units?)|projects?)\b(?!\s+[a-z])", re.IGNORECASE
)
"""What heads a column of names."""

TOTALS = re.compile(r"totals?|consolidated|combined|group", re.IGNORECASE)
"""What heads the column behind those of several mines."""

TAILS = frozenset(
    {"production", "results", "statistics", "summary", "review", "operating", "data", "performance", "highlights", "key", "continued"}
)
"""Words that may follow a name in a caption."""

SECTION = re.compile(r"^[ |]{0,6}(?P<label>[A-Z][^\n|\d]{3,60}?)[ |:]*$", re.MULTILINE)

HEAD = 700
"""How far into a table its head is looked at."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the text says around its tables: where places begin, names in its prose, folded names of assets found so far."""

    place_starts: frozenset[int]
    prose: frozenset[str]
    known: frozenset[str]


def find_captions(
    text: str, tokens: Sequence[Token], blocks: Sequence[Block], signs: Signs, taken: Callable[[int, int], bool]
) -> list[Bare]:
    """Names that head tables of production or parts of them, or label their rows under a head such as "Mine"."""
    if not any(block.kind == "table" for block in blocks):
        return []
    starts = [token.start for token in tokens]
    found: list[Bare] = []

    def read(span: tuple[int, int], *, above: bool = False) -> tuple[Bare, bool] | None:
        named = _name(text, tokens, starts, span, signs, above=above)
        return None if named is None or taken(named[0].start, named[0].end) else named

    found += [bare for bare in _repeated(text, tokens, starts, blocks) if not taken(bare.start, bare.end)]
    for index, block in enumerate(blocks):
        if block.kind != "table" or block.section != "body" or not _is_of_mining(text, block):
            continue
        above = list(_above(blocks, index))
        pieces = list(_head_pieces(text, block))
        heads = [*(read(span, above=True) for span in above), *(read(span) for span in pieces)]
        found += [named[0] for named in heads if named is not None and named[1]]
        if any(TOTALS.fullmatch(text[slice(*span)].strip()) for span in pieces[1:]):
            found += [named[0] for named in heads[len(above) :] if named is not None]
        sections = [named for span in _sections(text, block) if (named := read(span)) is not None]
        if any(sure or fold(bare.core) in signs.known for bare, sure in sections):
            found += [bare for bare, _ in sections]
        if any(CORNERS.match(text, *span) for span in [*above[:1], *pieces]):
            rows = read_rows(text, tokens, starts, block)
            found += [bare for bare in rows if not taken(bare.start, bare.end) and not describes(bare.core)]
    return found


def _is_of_mining(text: str, block: Block) -> bool:
    return len({m.group().lower() for m in MINED.finditer(text, block.start, min(block.end, block.start + 3000))}) >= 2


def _above(blocks: Sequence[Block], index: int) -> Iterator[tuple[int, int]]:
    """The headings and captions right above a table, the nearest first."""
    for block in reversed(blocks[max(0, index - 3) : index]):
        if block.kind not in {"heading", "caption", "headline", "bullet"} or block.end - block.start > 80:
            return
        yield block.start, block.end


def _head_pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The cells of a table ahead of its first figure."""
    for match in PIECE.finditer(text, block.start, min(block.end, block.start + HEAD)):
        piece = match.group().strip()
        if piece and is_value(piece) and not is_year(piece):
            return
        if any(c.isalpha() for c in piece):
            yield match.start() + len(match.group()) - len(match.group().lstrip()), match.end()


def _sections(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The lines of a table that hold one short label and nothing else."""
    for match in SECTION.finditer(text, block.start, block.end):
        yield match.span("label")


def _repeated(text: str, tokens: Sequence[Token], starts: Sequence[int], blocks: Sequence[Block]) -> Iterator[Bare]:
    """The names that label rows below two headings of metrics or more: "Ore milled (tonnes)" and "Head grade (g/t)"."""
    below: dict[str, set[str]] = {}
    first: dict[str, Bare] = {}
    for index, block in enumerate(blocks):
        if block.kind != "table" or block.section != "body":
            continue
        heads = [(block.start, text[slice(*span)].strip()) for span in [*_above(blocks, index)][:1]]
        heads += [(start, text[start:end]) for start, end in _sections(text, block)]
        metrics = sorted((at, head) for at, head in heads if any(word.label == "metric" for word in words_of(head)))
        rows = read_rows(text, tokens, starts, block) if metrics else []
        for bare in rows:
            at = bisect_right(metrics, bare.start, key=lambda m: m[0]) - 1
            if at >= 0 and not describes(bare.core):
                below.setdefault(fold(bare.core), set()).add(metrics[at][1])
                first.setdefault(fold(bare.core), bare)
    yield from (first[name] for name, heads in below.items() if len(heads) >= 2)


def _name(
    text: str, tokens: Sequence[Token], starts: Sequence[int], span: tuple[int, int], signs: Signs, *, above: bool
) -> tuple[Bare, bool] | None:
    """The name that a label consists of, and whether that is sure.

    It is where its place follows, where the prose gives the name elsewhere, or where it stands alone or with its kind over the table.
    """
    numbered = NUMBERED.match(text, *span)
    start, end = (numbered.end(), span[1]) if numbered else span
    index = bisect_left(starts, start)
    if index >= len(tokens) or tokens[index].start >= end or not tokens[index].capital:
        return None
    run = read_run(tokens, index, load_stopwords()) or (_directions(tokens, index, end) if above else None)
    if run is None or tokens[run[1] - 1].end > end:
        return None
    core = " ".join(text[tokens[run[0]].start : tokens[run[1] - 1].end].split())
    if run[1] - run[0] > 1 and is_modifier(tokens[run[1] - 1].lower) and core.rpartition(" ")[0] in signs.prose:
        run, core = (run[0], run[1] - 1), core.rpartition(" ")[0]  # "Ostrava Diamonds production summary"
    if len(core) < 4 or core.isupper() or describes(core):
        return None
    behind = [token for token in tokens[run[1] : run[1] + 8] if token.start < end]
    if behind and f"{core} {behind[0].text}".lower() in load_kinds():
        return None  # "Open Pit"
    bare = Bare(tokens[run[0]].start, tokens[run[1] - 1].end, core, AssetKind.MINE, "asset.caption")
    if len(behind) >= 2 and behind[0].text == "," and behind[1].start in signs.place_starts:
        return bare, True
    if any(token.text not in LABEL_ENDS and not _is_tail(token) for token in behind):
        return None
    kind = any(token.lower in load_kinds() for token in behind)
    return bare, core in signs.prose or (above and (kind or not behind or numbered is not None))


def _directions(tokens: Sequence[Token], index: int, end: int) -> tuple[int, int] | None:
    """A label that is nothing but a pair of directions: "East Deep"."""
    pair = tokens[index : index + 2]
    whole = len(pair) == 2 and pair[1].end <= end and not (index + 2 < len(tokens) and tokens[index + 2].start < end)
    return (index, index + 2) if whole and is_direction_pair(f"{pair[0].text} {pair[1].text}") else None


def _is_tail(token: Token) -> bool:
    return token.lower in load_kinds() or token.lower in TAILS or is_modifier(token.lower) or token.text == ")"
