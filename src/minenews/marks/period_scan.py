"""Find the periods written in a text by the word that each begins with.

The text is cut into words and numbers once; each is looked up in a table of heads, and only the shapes that begin with it are
tried there. So the time grows with the text, and a word that begins no shape costs one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from minenews.marks.period_readings import Reader, Reading
from minenews.marks.period_shapes import MONTH_FORMS, SHAPES

WORD = re.compile(r"[A-Za-z]+|[0-9]+")
NO_DAY = re.compile(
    r"""
    \s{0,9} (?: [|%$€£)\]:;] | (?!(?:19|20)[0-9]{2}(?![0-9])) [0-9] | $ )
    | ,[0-9]{3}(?![0-9]) | \.[0-9]{1,9}(?![0-9.])        # 4,210 · 12.5
    """,
    re.VERBOSE,
)
"""What no shape that begins with one or two digits has behind them: more digits but a year, or a sign of figures."""

TWENTIETH = re.compile(r"(?:19|20)[0-9]{2}")
WITH_ARTICLE = frozenset(
    f"period_{name}"
    for name in (
        "same_period_year", "prior_year_period", "prior_quarter", "quarter_words", "half_words", "year_to_date", "relative", "end_of_year",
        "full_year",
    )
)  # fmt: skip
"""Shapes whose span takes in a "the" before them."""
Compiled = tuple[str, re.Pattern[str], Reader]


@dataclass(frozen=True, slots=True)
class Found:
    """A shape that matched: where, by which rule, and what it says."""

    start: int
    end: int
    rule: str
    reading: Reading


@cache
def _by_head() -> dict[str, tuple[Compiled, ...]]:
    """The compiled shapes by the words that they begin with, in the order of SHAPES."""
    table: dict[str, list[Compiled]] = {}
    for shape in SHAPES:
        compiled = (f"period_{shape.name}", re.compile(shape.pattern, re.IGNORECASE | re.VERBOSE), shape.read)
        for head in shape.heads.split():
            words = MONTH_FORMS if head == "MONTH" else (head,) if head.isupper() else (head, head.capitalize(), head.upper())
            for word in words:
                table.setdefault(word, []).append(compiled)
    return {word: tuple(dict.fromkeys(shapes)) for word, shapes in table.items()}


_LENGTH = itemgetter(0, 1)


def _matches(text: str) -> Iterator[Found]:
    """The longest shape that matches at each head word."""
    table = _by_head()
    for word in WORD.finditer(text):
        head, start = word[0], word.start()
        shapes = table.get(head)
        if shapes is None:
            if len(head) <= 2 and head.isdigit() and not NO_DAY.match(text, word.end()):
                shapes = table["DAY"]
            elif len(head) == 4 and TWENTIETH.fullmatch(head):
                shapes = table["YEAR"]
            else:
                continue
        if start and (text[start - 1].isalnum() or text[start - 1] in "_$"):
            continue
        found: list[tuple[int, int, re.Match[str], str, Reader]] = []
        for rank, (name, pattern, read) in enumerate(shapes):
            if (match := pattern.match(text, start)) and "\n\n" not in match[0]:
                found.append((match.end(), -rank, match, name, read))
        for end, _, match, name, read in sorted(found, key=_LENGTH, reverse=True):
            reading = read(match)
            if reading is not None:
                article = name in WITH_ARTICLE and text[max(0, start - 4) : start].lower() == "the "
                yield Found(start - 4 if article else start, end, name, reading)
                break


def find_shapes(text: str) -> list[Found]:
    """All periods written in a text, not overlapping, in reading order: of overlapping ones the longer, of equal ones the first."""
    found = sorted(_matches(text), key=lambda f: (f.start - f.end, f.start))
    taken = bytearray(len(text))
    chosen: list[Found] = []
    for item in found:
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = b"\x01" * (item.end - item.start)
            chosen.append(item)
    return sorted(chosen, key=lambda f: f.start)
