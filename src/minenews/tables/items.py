"""The words and cells of a flattened table as items: words, figures, years, signs for nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from minenews.text.regions import Region
from minenews.text.values import is_null, is_value, is_year

Span = tuple[int, int]

_TOKEN = re.compile(r"\S+")
_EMPTY_LINE = re.compile(r"\n[ \t\u00a0\r]*\n")
_LONE_CURRENCY = re.compile(r"(?:US|CA?|CDN|AU?|NZ)?\$|[€£¥]|\(\$?|\$\(")
_OPENED_DIGITS = re.compile(r"\(?[\d,.]+")
_DIGITS_IN_PARENTHESES = re.compile(r"\$?\([\d,.]+")
_LONE_CLOSE = re.compile(r"%|\)%?|%\)|\)\s*%")
_FOOTNOTE = re.compile(r"\((?:\d{1,2}|[a-z]|i{1,3}|iv|v)\)(?:\(\d\))*|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹†‡]")
_SHARED = re.compile(r"(?:basis|interest|owned|attributable|ownership)\b", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2},?")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?", re.IGNORECASE)
_MONTHS = re.compile(r"(?:3|6|9|12)[mM]")
"""Months of a year ahead of it, no metres: "9m", "2018"."""

_COUNTED = re.compile(rf"{_MONTH.pattern}(?![^\s])|m(?:on)?ths?\s(?:ended|ending|to)\b", re.IGNORECASE)
"""What follows a number that counts no metal: "30 June", "3 months ended"."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a figure of the stream; `kind`: word | value | year | null, or gap for an empty cell."""

    start: int
    end: int
    kind: str

    @property
    def figure(self) -> bool:
        """Whether it can fill a value column."""
        return self.kind != "word"


def cell_items(text: str, region: Region) -> list[Item]:
    """The cells of a region with one cell a line; "$" and "%" in cells of their own are joined to their figure.

    Where bars part the cells, empty ones that stand in the place of a figure are items without text.
    """
    sign = "|" if "|" in text[region.start : region.end] else "\n"
    raw = []
    start = region.start
    for cell in text[region.start : region.end].split(sign):
        at = start + len(cell) - len(cell.lstrip())
        if cell.strip() or (sign == "|" and start > region.start):
            raw.append((at, at + len(cell.strip())))
        start += len(cell) + 1
    return _with_empty_cells(_joined(text, _unwrapped(text, raw) if sign == "\n" else raw))


def _unwrapped(text: str, lines: Sequence[Span]) -> list[Span]:
    """Lines as cells: where blank lines part all figures, lines without one between them are one cell ("H1", "2023")."""
    parted = [bool(_EMPTY_LINE.search(text, a[1], b[0])) for a, b in pairwise(lines)]
    figures = [kind_of(text[slice(*line)]) in {"value", "null"} for line in lines]
    if not any(parted) or any(a and b and not blank for a, b, blank in zip(figures, figures[1:], parted, strict=False)):
        return list(lines)
    cells = [lines[0]]
    for n, line in enumerate(lines[1:]):
        if parted[n] or figures[n] or figures[n + 1]:
            cells.append(line)
        else:
            cells[-1] = (cells[-1][0], line[1])
    return cells


def _with_empty_cells(items: Sequence[Item]) -> list[Item]:
    """The items without gaps but for those where other rows have a figure: rows of one length tell the columns."""
    runs = [run for run in figure_runs(items) if any(item.kind == "value" for item in items[slice(*run)])]
    size, often = Counter(b - a for a, b in runs).most_common(1)[0] if runs else (0, 0)
    if often * 5 < len(runs) * 3:
        return [item for item in items if item.kind != "gap"]
    used = {n for a, b in runs if b - a >= size for n in range(size) if items[a + n].kind != "gap"}
    kept: list[Item] = []
    at = 0
    for a, b in runs:
        kept += [item for item in items[at:a] if item.kind != "gap"]
        stated = {n for n in range(b - a) if items[a + n].kind != "gap"}
        if stated <= used and b - a >= size:
            cells = [items[a + n] for n in sorted(used)]
            kept += [Item(cell.start, cell.start, "null") if cell.kind == "gap" else cell for cell in cells]
        else:
            kept += [items[a + n] for n in sorted(stated)]
        at = b
    return kept + [item for item in items[at:] if item.kind != "gap"]


def figure_runs(items: Sequence[Item]) -> list[tuple[int, int]]:
    """First and last+1 item of each run of figures."""
    runs: list[tuple[int, int]] = []
    for i, item in enumerate(items):
        if not item.figure:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


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
        if start == end:
            items.append(Item(start, end, "gap"))
            continue
        if (
            _LONE_CURRENCY.fullmatch(piece)
            and index < len(spans)
            and kind_of(text[spans[index][0] : spans[index][1]]) in {"value", "year", "null"}
        ):
            end = spans[index][1]
            index += 1
            kind = "null" if is_null(text[spans[index - 1][0] : end]) else "value"
        elif (
            _LONE_CURRENCY.fullmatch(piece) and index < len(spans) and _OPENED_DIGITS.fullmatch(text[spans[index][0] : spans[index][1]])
        ) or (
            _DIGITS_IN_PARENTHESES.fullmatch(piece)
            and index < len(spans)
            and _LONE_CLOSE.fullmatch(text[spans[index][0] : spans[index][1]])
        ):
            end, kind = spans[index][1], "value"
            index += 1
        else:
            kind = kind_of(piece)
        if kind == "year" and items and _MONTH.fullmatch(text[items[-1].start : items[-1].end]):
            kind = "word"
        if kind == "year" and items and _MONTHS.fullmatch(text[items[-1].start : items[-1].end]):
            items[-1] = Item(items[-1].start, items[-1].end, "word")
        if kind == "value" and piece.endswith("%") and index < len(spans) and _SHARED.match(text, spans[index][0]):
            kind = "word"
        if kind == "value" and _DAY.fullmatch(piece) and index < len(spans) and _COUNTED.match(text, spans[index][0]):
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
