"""Whether a text is about mining at all, by the words of field_words.csv.

One strong word is enough in a short text ("smelter"); of the weak ones, which have other uses, it takes four. Where the text
speaks of bitcoin or data mining or of a restaurant, it takes words that those have no use for ("ore", "assay").
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
    r"\b(?:bitcoins?|btc|crypto\w{0,12}|hash\s?rate|blockchain|ethereum|exahash|(?:data|text|process)[\s-]mining|digital\s+assets?|machine\s+learning|saas|asic|restaurants?|buffet|bistro)\b"
)
ENOUGH = 2
FEW_WEAK = 2
MANY_WEAK = 4
"""So many different weak words prove what one strong word does: a restaurant may be called Gold and stand in Silver City."""


def is_about_mining(page: Page) -> bool:
    """Whether the text speaks of mining in the ground; bitcoin, data and text mining do not count."""
    words = _words_of(page.text)
    strong = words & _words("proof", "strong")
    if not strong and len(words & _words("proof", "weak")) < MANY_WEAK and not page.assets:
        return False
    return not _is_cyber(page, words)


def is_foreign(page: Page) -> bool:
    """Whether nothing at all in the text speaks of mining, so that its figures are those of another business."""
    words = _words_of(page.text)
    told = words & _words("proof", "strong") or len(words & _words("proof", "weak")) >= FEW_WEAK or page.assets
    return not told or _is_cyber(page, words)


@lru_cache(maxsize=4)
def _words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case; read once though several linkers ask."""
    return frozenset(WORD.findall(text.lower()))


@lru_cache(maxsize=4)
def _cyber_words(text: str) -> int:
    """How often a text names the mining of coins or data; counted once though several linkers ask."""
    return len(CYBER.findall(text.lower()))


def _is_cyber(page: Page, words: frozenset[str]) -> bool:
    """Whether the mining spoken of is that of coins or data: those are named, and what only mining in the ground has is not."""
    named = _cyber_words(page.text)
    return named > 0 and len(words & _words("solid", "yes")) <= min(ENOUGH, named)
