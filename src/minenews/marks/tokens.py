"""The tokenizer: spaCy's English one, with figures split from their units and tickers from each other."""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from minenews.vocab.load import load_rows

NO_WORD = re.compile(r"\S{400}")
"""A run of signs too long to be words. It stays whole: spaCy peels signs off one by one, which takes quadratic time."""


WHOLE = re.compile(rf"{NO_WORD.pattern}|[A-Z]{{1,6}}[0-9]{{1,4}}(?:[-‐‑][A-Z0-9]{{1,6}}){{1,3}}[A-Za-z]?$")
"""What is one token whatever stands in it: such a run, and the name of a hole (KT12-204)."""


def unit_infixes() -> list[str]:
    """Infixes that split 45.2Mt, 125koz and 12,500tpd, but not U3O8, 3rd, 1H25 or KT12-204."""
    forms = {row["form"] for row in load_rows("units")}
    glued = sorted((re.escape(form) for form in forms if " " not in form and form[0].isalpha()), key=len, reverse=True)
    return [
        rf"(?<=[0-9])(?=(?:{'|'.join(glued)})(?:[^A-Za-z0-9]|$))",
        r"(?<=\))\(",  # DNG)(OTC
        r"\)(?=\()",
        r"(?<=[a-z]{4})[0-9]{1,2}(?=$|,)",  # production1: a footnote mark glued to a word
        r"(?<=[A-Za-z)])(?::|;)(?=[A-Za-z])",  # TSX:DNG;OTC
        r"(?<=[A-Za-z])\((?=[0-9ivx,]{1,5}(?:\)|$))",  # production(i), AISC(1,2)
        r"(?<=[A-Za-z%])/(?=[A-Z])",
        r"(?<=[0-9%])[-–](?=[A-Za-z])",  # 100%-owned
    ]


def make_tokenizer(nlp: Language) -> Tokenizer:
    """spaCy's tokenizer for `nlp` with our infixes added."""
    infixes = [*(nlp.Defaults.infixes or []), *unit_infixes()]
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    tokenizer.token_match = WHOLE.match
    return tokenizer


def keep_words(nlp: Language, text: str) -> None:
    """Have the tokenizer remember how it splits each word of a text.

    By itself spaCy remembers none that stands behind a special case ("Inc.") in the same text, and splits those again each time.
    """
    for word in set(text.split()):
        _keep_word(nlp.tokenizer, word)


@lru_cache(maxsize=10_000)
def _keep_word(tokenizer: Tokenizer, word: str) -> None:
    """Tokenize a word by itself, once."""
    tokenizer(word)
