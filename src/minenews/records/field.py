"""Whether a text is about mining at all, by the words of field_words.csv.

One strong word is enough in a short text ("smelter"); of the weak ones, which have other uses, it takes four. Where the text
speaks of bitcoin or data mining, it takes words that those have no use for ("ore", "assay").
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from minenews.marks.page import Page
from minenews.vocab.load import load_rows

WORD = re.compile(r"\w+")


@cache
def _words(column: str, value: str) -> frozenset[str]:
    """The words of field_words.csv with a value in a column."""
    return frozenset(row["form"] for row in load_rows("field_words") if row[column] == value)


CYBER = re.compile(
    r"\b(?:bitcoins?|btc|crypto\w{0,12}|hash\s?rate|blockchain|ethereum|exahash|(?:data|text|process)[\s-]mining|digital\s+assets?|machine\s+learning|saas)\b"
)
ENOUGH = 2
MANY_WEAK = 4
"""So many different weak words prove what one strong word does: a restaurant may be called Gold and stand in Silver City."""


def is_about_mining(page: Page) -> bool:
    """Whether the text speaks of mining in the ground; bitcoin, data and text mining do not count."""
    proven, solid = _speaks_of(page.text)
    return solid and (proven or bool(page.assets))


@lru_cache(maxsize=2)
def _speaks_of(text: str) -> tuple[bool, bool]:
    """Whether the words of a text prove that it is about mining, and whether they are those of mining in the ground."""
    lowered = text.lower()
    words = set(WORD.findall(lowered))
    proven = bool(words & _words("proof", "strong")) or len(words & _words("proof", "weak")) >= MANY_WEAK
    return proven, len(words & _words("solid", "yes")) > ENOUGH or len(CYBER.findall(lowered)) < ENOUGH
