"""Tell whether two texts are the same release, as when two wires carry it: nearly the same words, the same figures, the same date."""

from __future__ import annotations

import heapq
import re
import zlib
from array import array
from dataclasses import dataclass

from minenews.models import Extraction

SHINGLE = 4
"""Words in a row that are compared as one."""

KEPT = 48
"""Hashes kept of a text: the smallest, so that two texts that share most words share most of them."""

PROBES = 4
"""Of those, how many find candidates."""

SAME_WORDS, SAME_FIGURES = 0.7, 0.85
"""Shares of hashes that the same release has in common in two wordings of its frame."""

FRAME = frozenset({"masthead", "about", "forward_looking", "contact", "notes"})
"""Sections in which wires differ."""

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of a release: `words` the smallest of its runs of words, `figures` of all its quantities outside the boilerplate."""

    words: bytes
    figures: bytes

    def probes(self, date: str | None) -> tuple[int, ...]:
        """The keys by which texts that may be the same find each other: their date with hashes of words; without a date, all their figures.

        Words alone would not do: thousands of releases share the sentences that the exchanges demand.
        """
        mark = date or self.figures.hex()
        return tuple(_hash(f"{mark} {word}") for word in array("I", self.words)[:PROBES])

    def is_same(self, other: Fingerprint) -> bool:
        """Whether two releases have nearly all words and figures in common."""
        return _shared(self.words, other.words, KEPT) >= SAME_WORDS and _shared(self.figures, other.figures) >= SAME_FIGURES


def fingerprint(text: str, extraction: Extraction) -> Fingerprint:
    """The fingerprint of a release."""
    words = WORD.findall(text.lower())
    shingles = {_hash(" ".join(words[i : i + SHINGLE])) for i in range(max(len(words) - SHINGLE + 1, 1))}
    figures = {_hash(f"{q.value} {q.low} {q.high} {q.unit}") for q in extraction.quantities if q.section not in FRAME}
    return Fingerprint(*(array("I", kept).tobytes() for kept in (heapq.nsmallest(KEPT, shingles), sorted(figures))))


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())


def _shared(one: bytes, other: bytes, kept: int | None = None) -> float:
    """The share of hashes in common, of the `kept` smallest of both; 1 where neither has any."""
    a, b = set(array("I", one)), set(array("I", other))
    union = a | b if kept is None else set(heapq.nsmallest(kept, a | b))
    return len(a & b & union) / len(union) if union else 1.0
