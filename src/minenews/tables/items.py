"""The words and cells of a flattened table as items: words, figures, years, signs for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minenews.text.regions import Region
from minenews.text.values import is_null, is_value, is_year

Span = tuple[int, int]

_TOKEN = re.compile(r"\S+")
_LONE_CURRENCY = re.compile(r"(?:US|CA?|CDN|AU?|NZ)?\$|[€£¥]|\(\$?|\$\(")
_LONE_CLOSE = re.compile(r"%|\)%?|%\)|\)\s*%")
_FOOTNOTE = re.compile(r"\((?:\d{1,2}|[a-z]|i{1,3}|iv|v)\)(?:\(\d\))*|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹†‡]")
_SHARED = re.compile(r"(?:basis|interest|owned|attributable|ownership)\b", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2},?")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a figure of the stream; `kind`: word | value | year | null."""

    start: int
    end: int
    kind: str

    @property
    def figure(self) -> bool:
        """Whether it can fill a value column."""
        return self.kind != "word"


def cell_items(text: str, region: Region) -> list[Item]:
    """The cells of a region with one cell a line; "$" and "%" in cells of their own are joined to their figure."""
    raw = []
    pattern = re.compile(r"[^|\n]+") if "|" not in text[region.start : region.end] else re.compile(r"[^|]+")
    for match in pattern.finditer(text, region.start, region.end):
        cell = match.group()
        lead = len(cell) - len(cell.lstrip())
        if cell.strip():
            raw.append((match.start() + lead, match.start() + lead + len(cell.strip())))
    return _joined(text, raw)


def word_items(text: str, start: int, end: int) -> list[Item]:
    """The words and figures between two places."""
    return _joined(text, [m.span() for m in _TOKEN.finditer(text, start, end)])


def kind_of(cell: str) -> str:
    """Whether a cell is a year, a value, a sign for nothing (null), or words."""
    if is_year(cell):
        return "year"
    if is_value(cell):
        return "value"
    return "null" if is_null(cell) else "word"


def _joined(text: str, spans: Sequence[Span]) -> list[Item]:
    items: list[Item] = []
    index = 0
    while index < len(spans):
        start, end = spans[index]
        index += 1
        piece = text[start:end]
        if (
            _LONE_CURRENCY.fullmatch(piece)
            and index < len(spans)
            and kind_of(text[spans[index][0] : spans[index][1]]) in {"value", "year", "null"}
        ):
            end = spans[index][1]
            index += 1
            kind = "null" if is_null(text[spans[index - 1][0] : end]) else "value"
        elif (
            _LONE_CURRENCY.fullmatch(piece) and index < len(spans) and re.fullmatch(r"\(?[\d,.]+", text[spans[index][0] : spans[index][1]])
        ) or (
            re.fullmatch(r"\$?\([\d,.]+", piece) and index < len(spans) and _LONE_CLOSE.fullmatch(text[spans[index][0] : spans[index][1]])
        ):
            end, kind = spans[index][1], "value"
            index += 1
        else:
            kind = kind_of(piece)
        if kind == "year" and items and _MONTH.fullmatch(text[items[-1].start : items[-1].end]):
            kind = "word"
        if kind == "value" and piece.endswith("%") and index < len(spans) and _SHARED.match(text, spans[index][0]):
            kind = "word"
        if kind == "value" and items and items[-1].kind == "word" and _is_mark(text, items[-1], piece):
            kind = "word"
        while kind in {"value", "null"} and index < len(spans) and _LONE_CLOSE.fullmatch(text[spans[index][0] : spans[index][1]]):
            end = spans[index][1]
            index += 1
        items.append(Item(start, end, kind))
    return items


def _is_mark(text: str, before: Item, piece: str) -> bool:
    """Whether a figure after a word belongs to the word: a footnote mark, or the day of a month."""
    word = text[before.start : before.end]
    return bool(_FOOTNOTE.fullmatch(piece)) or (bool(_MONTH.fullmatch(word)) and bool(_DAY.fullmatch(piece)))
