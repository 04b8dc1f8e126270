"""Cut a text into the words and signs that asset names are read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

TOKEN = re.compile(
    r"""
    (?:St|Ste|Sta|Sto|Mt|Ft)\.(?=\s)          # abbreviated first words of names
  | No\.(?=\s?\d)
  | (?:[A-Z]\.){2,5}                          # U.S., B.C.
  | \#\d{1,3}\b
  | \w+%?(?:[-‑'’&+/]\w+%?)*                  # words, compounds, possessives, 100%-owned
  | -{2,}                                     # a rule of a table
  | \S
    """,
    re.VERBOSE,
)
FOOTNOTE = re.compile(r"(?P<word>[^\W\d_]['’\-a-zà-ÿ]{3,})\d{1,2}")
"""A word with the number of a footnote glued to it: "Hill1"."""

OPENERS = frozenset('.!?:;•*-–—|●▪■◦>«»“"()[]')


class Token(NamedTuple):
    """A word or sign. `breaks`: a new line, column or block begins here; `opens`: the first word of a sentence or label."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool
    breaks: bool
    opens: bool


def read_tokens(text: str, block_starts: frozenset[int]) -> list[Token]:
    """The tokens of a text."""
    tokens: list[Token] = []
    last_end, last_text, line_start = 0, " ", 0
    for match in TOKEN.finditer(text):
        (start, end), word = match.span(), match[0]
        if word[-1].isdigit() and (glued := FOOTNOTE.fullmatch(word)):
            word = glued["word"]
            end = start + len(word)
        breaks = not tokens or start in block_starts
        if start > last_end + 1 or text[last_end] != " ":
            gap = text[last_end:start]
            breaks = breaks or "\t" in gap or "   " in gap
            if "\n" in gap:
                breaks = breaks or last_end - line_start < 50 or gap.count("\n") > 1
                line_start = start
        opens = breaks or last_text[0] in OPENERS
        tokens.append(Token(start, end, word, word.lower(), word[0].isupper(), breaks, opens))
        last_end, last_text = end, word
    return tokens


def names_in_prose(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """All runs of up to five words that begin with a capital after a lower-case word: what is a name, and not a sentence start."""
    found: set[str] = set()
    for index in range(1, len(tokens)):
        token, before = tokens[index], tokens[index - 1]
        if token.capital and not token.breaks and before.text.islower():
            last = index
            while last < len(tokens) and last - index < 5 and (last == index or not tokens[last].breaks):
                found.add(" ".join(text[token.start : tokens[last].end].split()))
                last += 1
    return frozenset(found)
