"""Sentences: our own rules, as releases abbreviate units, companies and degrees, and print lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minenews.marks.page import Sentence
from minenews.text.layout import Layout
from minenews.vocab.load import load_rows

END = re.compile(
    r"""
    (?P<mark>[.!?]+) (?P<close>["”’')\]]*(?:\([0-9ivx]{1,4}\)|[0-9]{1,2}(?=\s))?) (?P<gap>\s+) (?=["“‘'(\[]?[A-Z0-9~•$])
    | (?P<glued>[.!?]) (?=[A-Z][a-z]+\s[a-z])
    """,
    re.VERBOSE,
)
LAST_WORD = re.compile(r"[\w./&-]+$")
STARTER = re.compile(
    r"[\"“‘'(]?(?:The|This|That|These|Those|It|Its|In|On|At|As|We|Our|For|From|All|A|An|To|With|During|Following|Total|However|There|He|She|They|Under|Upon|Mr|Ms|Dr"
    r"|Gold|Silver|Copper|Production|If|By|Of|No)\b"
)
LONGEST = 4_000
"""Characters that a sentence may have.

What is read of a sentence looks at all of it, so that a longer one would cost more than linear time.
"""
INITIAL = re.compile(r"(?:^|[\s(])[A-Z]\.$")


@cache
def _abbreviations() -> dict[str, str]:
    return {row["form"]: row["kind"] for row in load_rows("abbreviations")}


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of text[start:end], in order, without the white space around them."""
    first = start
    for match in END.finditer(text, start, end):
        if match["glued"]:
            word = LAST_WORD.search(text, max(first, match.start() - 12), match.end())
            if word and (word[0] in _abbreviations() or len(word[0]) < 4 or "." in word[0][:-1] or text[match.start() - 1].isupper()):
                continue
            yield first, match.end()
            first = match.end()
            continue
        if match["mark"] == "." and not match["close"] and not _ends(text, first, match):
            continue
        after_digit = match.start() > start and text[match.start() - 1].isdigit()
        if match["close"][-1:].isdigit() and after_digit and not STARTER.match(text, match.end()):
            continue  # 6.52 Million: a decimal, not a full stop with a footnote mark
        yield first, match.end("close")
        first = match.end()
    while first < end and text[first].isspace():
        first += 1
    if first < end:
        yield first, end


def _ends(text: str, first: int, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence, or an abbreviation inside one."""
    stop = match.end("mark")
    head = text[max(first, stop - 14) : stop]
    if INITIAL.search(head):
        return False
    word = LAST_WORD.search(head)
    kind = _abbreviations().get(word[0].lstrip("(")) if word else None
    if kind is None:
        return True
    if kind == "never":
        return False
    following = text[match.end() : match.end() + 24]
    return following[:1].isupper() if kind == "unit" else bool(STARTER.match(following))


def find_sentences(text: str, layout: Layout) -> tuple[Sentence, ...]:
    """The sentences of all blocks but tables, in reading order."""
    found: list[Sentence] = []
    for index, block in enumerate(layout.blocks):
        if block.kind != "table":
            for start, end in split_sentences(text, block.start, block.end):
                found.extend(Sentence(a, b, index) for a, b in _pieces(text, start, end) if b > a)
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at blanks where it is too long to be one."""
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), start + LONGEST // 2)
        yield start, cut
        start = cut
    yield start, end
