"""Amounts of money that the contract has no metric for: gross profit, liquidity, taxes. What they name is no revenue, cash or debt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from minenews.marks.page import Measure, Sentence, Word
from minenews.vocab.alternation import alternation
from minenews.vocab.load import load_rows

NOT_ITS_SUBJECT = re.compile(
    r"\b(?:before|excluding|including|net\s+of|after|from|less|plus|and|non-cash|of\s+which|changes?\s+in|movements?\s+in|net\s+change\s+in)\s+"
    r"(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""Words ahead of a name that only qualify the figure said before: "cash flow before changes in working capital"."""
UP_TO_FIGURE = re.compile(r"[^.;:,\d]{0,36}(?:[\d.]+\s?(?:%|per\s?cent)\s+(?:to|at)\s+)?[^.;:,\d]{0,12}")
OF_FIGURE = re.compile(r"\s+(?:(?:of|in|for)\s+(?:[\w-]+\s+){0,2})?", re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternation((), exact=(row['form'].lower() for row in load_rows('other_amounts')))}(?![\w-])")


def find_other_amounts(lowered: str, sentence: Sentence) -> list[tuple[int, int]]:
    """The places in a sentence of a lower-case text that name an amount of another kind."""
    return [m.span() for m in _names().finditer(lowered, sentence.start, sentence.end)]


def own_words(words: Sequence[Word], names: Sequence[tuple[int, int]]) -> list[Word]:
    """The metric words that are no part of such a name ("restricted cash", "mine operating earnings")."""
    return [w for w in words if not any(start <= w.start and w.end <= end for start, end in names)]


def is_other_amount(text: str, measure: Measure, names: Sequence[tuple[int, int]], cue_end: int) -> bool:
    """Whether a figure belongs to such a name: bound behind it, or nearer ahead of it than the cue that ends at `cue_end`."""
    if measure.dimension not in ("money", "share_money"):
        return False
    for start, end in names:
        if cue_end <= start and end <= measure.start and UP_TO_FIGURE.fullmatch(text, end, measure.start):
            return not NOT_ITS_SUBJECT.search(text, max(cue_end, start - 48), start)
        if measure.end <= start and OF_FIGURE.fullmatch(text, measure.end, start):
            return True
    return False
