"""The language of a release, by a vote of its small words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from minenews.vocab.load import load_rows

WORD = re.compile(r"\b[^\W\d_]+\b")
"""A word of letters alone: the O of U3O8 is none."""

SAMPLE = 20_000
"""Characters that vote: the beginning of a release is in its language, annexes may not be."""

LEAST = 3
"""Votes that decide at least."""


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages in which a small word stands."""
    found: dict[str, tuple[str, ...]] = {}
    for row in load_rows("stopwords"):
        found[row["word"]] = (*found.get(row["word"], ()), row["language"])
    return found


def find_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text: en, fr, es, pt or de; None where the votes do not decide."""
    table = _languages_of()
    votes = Counter(language for word in WORD.findall(text[:SAMPLE].lower()) for language in table.get(word, ()))
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < LEAST:
        return None
    if len(ranked) == 2 and ranked[0][1] < 1.25 * ranked[1][1]:
        return None
    return ranked[0][0]
