"""The one overlap rule: of marks that share a character the longer one stays; of equal ones, the label written first here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from minenews.marks.page import Spanned

ORDER = ("TICKER", "PERIOD", "QUANTITY", "COMPANY", "PERSON", "ASSET", "PLACE", "METRIC", "COMMODITY")

S = TypeVar("S", bound=Spanned)


def settle_overlaps(candidates: Iterable[tuple[str, S]]) -> list[tuple[str, S]]:
    """The (label, mark) pairs that stay, in reading order. Linear in the text, n log n in the candidates."""
    ranked = sorted(candidates, key=lambda c: (c[1].start - c[1].end, ORDER.index(c[0]), c[1].start))
    taken: set[int] = set()
    kept: list[tuple[str, S]] = []
    for label, mark in ranked:
        span = range(mark.start, mark.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append((label, mark))
    return sorted(kept, key=lambda c: c[1].start)


def longest(marks: Sequence[S]) -> list[S]:
    """Of marks of one label the longest that do not overlap, in reading order."""
    return [mark for _, mark in settle_overlaps(("METRIC", mark) for mark in marks)]
