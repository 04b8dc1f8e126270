"""Learn names from labels: rows of a table beside a known asset, and headings whose name stands in the prose too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from minenews.marks.asset_bare import Bare, read_run
from minenews.marks.asset_sites import ORDINARY
from minenews.marks.asset_tokens import Token
from minenews.marks.asset_words import fold, is_modifier, load_context, load_kinds, load_stopwords
from minenews.marks.words import words_of
from minenews.models import AssetKind
from minenews.text.layout import Block

NAMED = re.compile(r"[^\W\d_][\w'’. -]{2,40}")
"""A label of letters only."""

OPENS_WITH_FIGURE = re.compile(
    r"[^\w\n]{0,4}[^.\n]{0,60}?\b(?:production|produced|output|mined|milled|processed|ounces|tonnes|throughput|AISC)\b(?=[^.\n]{0,80}\d)",
    re.IGNORECASE,
)
"""A text that begins with what was made."""

LABEL_ENDS = frozenset({":", "(", "|", "-", "–", "—", ","})


def find_labels(
    text: str,
    tokens: Sequence[Token],
    blocks: Sequence[Block],
    known: set[str],
    taken: Callable[[int, int], bool],
    prose: frozenset[str],
) -> list[Bare]:
    """Names of table rows that stand among known assets, and of headings over a text about mining work.

    `known`: the folded names of assets found so far.
    """
    starts = [token.start for token in tokens]
    learned: list[Bare] = []
    names = set(known)
    pairs = zip(blocks, [*blocks[1:], None], strict=False)  # an empty text has no blocks
    found = (_heading(text, tokens, starts, block, after, prose) for block, after in pairs)
    headings = [bare for bare in found if bare is not None]
    figured = {fold(bare.core) for bare in headings if bare.core not in prose}
    if len(figured) < 2:
        headings = [bare for bare in headings if bare.core in prose]
    for bare in headings:
        if fold(bare.core) not in names and not taken(bare.start, bare.end):
            names.add(fold(bare.core))
            learned.append(bare)
    siblings = _bullets(text, tokens, starts, blocks)
    if sum(fold(bare.core) in names for bare in siblings) > 1:
        learned += [b for b in siblings if fold(b.core) not in names and not taken(b.start, b.end) and not describes(b.core)]
    for block in blocks:
        if block.kind != "table" or block.section != "body":
            continue
        rows = read_rows(text, tokens, starts, block)
        if any(fold(bare.core) in names for bare in rows):
            for bare in rows:
                if fold(bare.core) not in names and not taken(bare.start, bare.end) and not describes(bare.core):
                    names.add(fold(bare.core))
                    learned.append(bare)
    return learned


def _label(text: str, tokens: Sequence[Token], index: int) -> tuple[Bare, int] | None:
    """The name that fills a line or cell from the token at `index`, with the index after it."""
    run = read_run(tokens, index, load_stopwords())
    if run is None:
        return None
    start, end = tokens[run[0]].start, tokens[run[1] - 1].end
    core = " ".join(text[start:end].split())
    if len(core) < 4 or core.isupper():
        return None
    return Bare(start, end, core, AssetKind.MINE, "asset.label"), run[1]


def _bullets(text: str, tokens: Sequence[Token], starts: Sequence[int], blocks: Sequence[Block]) -> list[Bare]:
    """The names that fill a bullet each: "- Ostrava", each with the news of one site below."""
    found: list[Bare] = []
    for block in blocks:
        if block.kind != "bullet" or block.section != "body" or block.end - block.start > 50:
            continue
        index = bisect_left(starts, block.start)
        while index < len(tokens) and tokens[index].start < block.end and not tokens[index].capital:
            index += 1
        label = _label(text, tokens, index) if index < len(tokens) and tokens[index].start < block.end else None
        if label is not None and text[label[0].end : block.end].strip(" :") == "":
            found.append(replace(label[0], kind=AssetKind.PROJECT))
    return found


def _heading(
    text: str, tokens: Sequence[Token], starts: Sequence[int], block: Block, after: Block | None, prose: frozenset[str]
) -> Bare | None:
    """The name that a heading consists of, where the text below is about mining work.

    It stands within a sentence elsewhere, or over a text that begins with what was made.
    """
    if block.kind != "heading" or block.section != "body" or after is None or block.end - block.start > 80:
        return None
    index = bisect_left(starts, block.start)
    found = _label(text, tokens, index) if index < len(tokens) and tokens[index].capital else None
    if found is None:
        return None
    bare, end = found
    if end < len(tokens) and not tokens[end].breaks and tokens[end].text not in LABEL_ENDS:
        return None
    below = re.findall(r"[\w-]+", text[after.start : min(after.end, after.start + 400)].lower())
    if len(load_context("work").intersection(below)) < 2:
        return None
    figured = (
        OPENS_WITH_FIGURE.match(text, after.start) is not None and not describes(bare.core) and not ORDINARY.fullmatch(bare.core.lower())
    )
    return bare if bare.core in prose or figured else None


def read_rows(text: str, tokens: Sequence[Token], starts: Sequence[int], block: Block) -> list[Bare]:
    """The names that label rows of a table: those right before a number, not those over a part of the table."""
    rows: list[Bare] = []
    index = bisect_left(starts, block.start)
    while index < len(tokens) and tokens[index].start < block.end:
        token = tokens[index]
        previous = tokens[index - 1].text if index else ""
        if token.capital and (token.breaks or previous == "|" or previous[-1:].isdigit()):
            found = _label(text, tokens, index)
            if found is not None:
                bare, end = found
                end = _after_kind(tokens, end)
                after = tokens[end] if end < len(tokens) else None
                if after is not None and after.end <= block.end and (after.text[0].isdigit() or after.text == "|" or _is_null(tokens, end)):
                    rows.append(bare)
                index = end
                continue
        index += 1
    return rows


def _is_null(tokens: Sequence[Token], index: int) -> bool:
    """Whether a dash stands for a missing figure: another one or a figure follows it."""
    if tokens[index].text not in {"-", "–", "—"} or index + 1 >= len(tokens):
        return False
    return tokens[index + 1].text[0].isdigit() or tokens[index + 1].text in {"-", "–", "—"}


def _after_kind(tokens: Sequence[Token], index: int) -> int:
    """The index behind a kind noun and a share after a name: "Ostrava gold mine (70%)"."""
    kinds = load_kinds()
    for at in range(index, min(index + 3, len(tokens))):
        if tokens[at].breaks or not (tokens[at].lower in kinds or is_modifier(tokens[at].lower)):
            break
        index = at + 1 if tokens[at].lower in kinds else index
    if index + 2 < len(tokens) and tokens[index].text == "(" and tokens[index + 1].text[0].isdigit():
        return next((n + 1 for n in range(index + 2, min(index + 6, len(tokens))) if tokens[n].text == ")"), index)
    return index


def describes(core: str) -> bool:
    """Whether a run of words says what is counted or in what unit: a metric, a metal, a kind of work, "R/kg"."""
    return (
        NAMED.fullmatch(core) is None
        or any(word.label in {"metric", "commodity"} for word in words_of(core))
        or any(word.lower() in load_kinds() or is_modifier(word) for word in core.split())
    )
