"""Read what stands for an asset without its name: "the mine", "the Project", "its mill", where only one can be meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from minenews.marks.page import Mention
from minenews.models import AssetKind
from minenews.text.layout import Layout

MEANT: Mapping[str, frozenset[AssetKind]] = {
    "mine": frozenset({AssetKind.MINE, AssetKind.PROJECT}),
    "operation": frozenset({AssetKind.MINE}),
    "complex": frozenset({AssetKind.MINE}),
    "colliery": frozenset({AssetKind.MINE}),
    "project": frozenset({AssetKind.PROJECT, AssetKind.PROPERTY, AssetKind.DEPOSIT}),
    "property": frozenset({AssetKind.PROPERTY, AssetKind.PROJECT}),
    "deposit": frozenset({AssetKind.DEPOSIT, AssetKind.PROJECT}),
    "plant": frozenset({AssetKind.PLANT}),
    "mill": frozenset({AssetKind.PLANT}),
    "concentrator": frozenset({AssetKind.PLANT}),
    "smelter": frozenset({AssetKind.SMELTER}),
    "refinery": frozenset({AssetKind.REFINERY}),
    "port": frozenset({AssetKind.PORT}),
}
REACH = 600
MINES = frozenset({"mine", "operation", "complex", "colliery"})
REFERENCE = re.compile(
    r"""
    \b(?:[Tt]he|[Tt]his|[Ii]ts|[Oo]ur)\ (?:entire\ |whole\ |underground\ |processing\ )?
    (?P<noun>[Mm]ine|[Oo]peration|[Cc]omplex|[Cc]olliery|[Pp]roject|[Pp]roperty|[Dd]eposit|[Pp]lant|[Mm]ill|[Cc]oncentrator|[Ss]melter|[Rr]efinery|[Pp]ort)
    (?=\b)(?!\ [A-ZÀ-Þ])(?!\ (?:in|at|of)\ [A-ZÀ-Þ])
    """,
    re.VERBOSE,
)
SENTENCE_END = re.compile(r"[.!?]\s")


def find_references(
    text: str, layout: Layout, mentions: Sequence[Mention], kinds: Mapping[str, AssetKind], defined: Mapping[str, str]
) -> list[Mention]:
    """Mentions by a kind noun alone.

    A defined term ("the Project") means what it was defined for. Else the one fitting asset named before it in the sentence or
    block; else, where the block names no other, the only fitting one of the release or of the block before. Where two fit, none is meant.
    `kinds`: the kind of each asset by name. `defined`: capital kind nouns with the asset that they were defined for.
    """
    starts = [mention.start for mention in mentions]
    blocks = [block.start for block in layout.blocks]
    fitting = {noun: _fitting(noun, kinds) for noun in MEANT}
    found: list[Mention] = []
    for match in REFERENCE.finditer(text):
        start, end = match.span()
        index = bisect_left(starts, end)
        if index > 0 and mentions[index - 1].end > start:
            continue
        name = defined.get(match["noun"]) or _meant(text, start, fitting[match["noun"].lower()], mentions, index, blocks)
        if name is not None:
            found.append(Mention(start, end, "ASSET", name, "asset.reference"))
    return found


def _fitting(noun: str, kinds: Mapping[str, AssetKind]) -> set[str]:
    """The assets that a noun can mean: those of that very kind, else those of a kindred one."""
    exact = {name for name, kind in kinds.items() if kind.value == noun or (kind is AssetKind.MINE and noun in MINES)}
    return exact or {name for name, kind in kinds.items() if kind in MEANT[noun]}


def _meant(text: str, start: int, fitting: set[str], mentions: Sequence[Mention], index: int, blocks: Sequence[int]) -> str | None:
    """The asset that a kind noun at `start` stands for, None where it is open."""
    before = mentions[max(0, index - 12) : index]
    block = bisect_left(blocks, start + 1) - 1
    own = blocks[block] if block >= 0 else 0
    above = blocks[block - 1] if block > 0 else 0
    floor = max(own, start - REACH)
    sentence = max((m.end() + floor for m in SENTENCE_END.finditer(text[floor:start])), default=floor)
    for reach in (sentence, own):
        near = {mention.name for mention in before if mention.start >= reach}
        if near & fitting:
            return next(iter(near & fitting)) if len(near & fitting) == 1 else None
    if len(fitting) == 1:
        return None if near else next(iter(fitting))
    near = {mention.name for mention in before if mention.start >= above} & fitting
    return next(iter(near)) if len(near) == 1 else None
