"""A table of HTML as rows between bars: cells that span stand in every column and row they cover, columns of mere signs are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minenews.source.html_nodes import inline_text
from minenews.text.values import is_null, is_value

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

COLUMN_LIMIT, CELL_LIMIT = 200, 100_000
OPENING = re.compile(r"(?:(?:US|CA?|CDN|AU?|NZ)?\$|[€£¥(]|\(\$)?")
CLOSING = re.compile(r"(?:%|\)|\)%|%\)|\([a-z]\)|\*{1,3})?")
PROSE = 300
"""Characters of a cell that holds no figure or label but a piece of the page."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as written; those that it covers besides its own hold the same object."""

    text: str
    span: int
    head: bool


EMPTY = _Cell("", 1, False)


def table_lines(table: LexborNode) -> list[str]:
    """The caption and the rows of a table, one block each; none where it only lays out the page, or is too large to be one.

    Where no cell holds a figure, as where a table sets bullets, each row is a block of words.
    """
    rows = _grid(table)
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) * width > CELL_LIMIT or any(len(cell.text) > PROSE for row in rows for cell in row):
        return []
    heads = 0
    while heads < len(rows) and all(cell.head or not cell.text for cell in rows[heads]):
        heads += 1
    if not any(is_value(cell.text) or is_null(cell.text) for row in rows for cell in row[1:]):
        return [line for row in rows if (line := " ".join(dict.fromkeys(cell.text for cell in row if cell.text)))]
    columns = _joined([[*row, *[EMPTY] * (width - len(row))] for row in rows])
    lines = [f"| {' | '.join(cells)} |" for cells in zip(*columns, strict=True)] if len(columns) > 1 else []
    if 0 < heads < len(lines):
        lines.insert(heads, "|" + "---|" * len(columns))
    caption = table.css_first("caption")
    title = inline_text(caption) if caption is not None else ""
    return [block for block in (title, "\n".join(lines)) if block] if lines else []


def _grid(table: LexborNode) -> list[list[_Cell]]:
    """The rows of a table, each as wide as its cells reach."""
    grid: list[list[_Cell]] = []
    below: dict[int, tuple[_Cell, int]] = {}  # column: the cell that reaches down into it, and for how many rows
    filled = 0
    for tr in table.css("tr"):
        row: list[_Cell] = []
        for node in [child for child in tr.iter() if child.tag in ("td", "th")]:
            _take_from_above(row, below, until=None)
            cell = _Cell(inline_text(node).replace("|", "/"), _span(node, "colspan"), node.tag == "th")
            down = _span(node, "rowspan")
            for column in range(len(row), min(len(row) + cell.span, COLUMN_LIMIT)):
                row.append(cell)
                if down > 1:
                    below[column] = (cell, down - 1)
        _take_from_above(row, below, until=max(below, default=-1))
        filled += len(row)
        if filled > CELL_LIMIT:
            return []
        if any(cell.text for cell in row):
            grid.append(row)
    return grid


def _take_from_above(row: list[_Cell], below: dict[int, tuple[_Cell, int]], until: int | None) -> None:
    """Fill the next columns of a row with the cells that reach down into them; up to `until`, also the gaps between those."""
    while len(row) in below or (until is not None and len(row) <= until):
        cell, rows = below.pop(len(row), (EMPTY, 0))
        if rows > 1:
            below[len(row)] = (cell, rows - 1)
        row.append(cell)
        if until is None and len(row) >= COLUMN_LIMIT:
            return


def _span(node: LexborNode, name: str) -> int:
    written = (node.attributes.get(name) or "1").strip()
    return max(1, min(int(written), COLUMN_LIMIT)) if written.isdecimal() and len(written) < 9 else 1


def _joined(rows: list[list[_Cell]]) -> list[list[str]]:
    """The columns as text: a cell over the whole width stands once, and a column of signs goes to the figures it belongs to."""
    width = len(rows[0])
    whole = [len({id(cell) for cell in row if cell.text}) == 1 and row[0].text and row[0].span > 1 for row in rows]
    columns: list[list[str]] = []
    for column in range(width):
        cells = [row[column] if column == 0 or not alone else EMPTY for row, alone in zip(rows, whole, strict=True)]
        if column and (joined := _join(columns[-1], [row[column - 1] for row in rows], cells)) is not None:
            columns[-1] = joined
        else:
            columns.append([cell.text for cell in cells])
    return [column for column in columns if any(column)]


def _join(before: list[str], left: list[_Cell], right: list[_Cell]) -> list[str] | None:
    """Two columns as one, where in every row they are one cell, or one of them is empty or a mere sign; None where they are two."""
    joined: list[str] = []
    reasons = 0
    for done, a, b in zip(before, left, right, strict=True):
        if a is b and a.text:
            joined.append(done)
            reasons += 1
        elif not done or not b.text:
            joined.append(done or b.text)
        elif OPENING.fullmatch(done) or CLOSING.fullmatch(b.text):
            joined.append(done + b.text)
            reasons += 1
        else:
            return None
    return joined if reasons else None
