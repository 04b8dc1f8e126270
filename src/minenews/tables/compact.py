"""Rebuild pipe tables whose empty cells were lost: "2024 | 2023 | |" over "Gold sold (oz) | 1,200 | 1,100 |".

In such a text the place of a cell in its line says nothing. Rows are told by their figures: as many as the table is wide,
behind a label and perhaps a unit. A header line stands over the figures if it comes out even; every other line is not sure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from minenews.tables.atoms import find_header_atoms
from minenews.text.values import is_null, is_value, is_year

Span = tuple[int, int]
Cells = list[Span | None]

_BARS = "|│║"
_PERIODS = frozenset({"quarter", "half", "month", "months", "year", "ytd", "day", "duration", "basis"})
_AMOUNT = re.compile(r"[$€£]\s*[|]?\s*\(?\d")


def is_compact(text: str, lines: Sequence[Sequence[Span | None]]) -> bool:
    """Whether the lines of a pipe table keep no empty cells between stated ones, so that headers and rows do not stand over each other."""
    opened = sum(1 for cells in lines if (first := next(c for c in cells if c is not None)) and _line_opens(text, first[0]))
    if opened * 2 > len(lines) or any(_has_gap(cells) for cells in lines):
        return False
    return any(cells[0] is not None and (_is_period(text, cells[0]) or _is_figure(text, cells[0])) for cells in lines)


def _line_opens(text: str, start: int) -> bool:
    """Whether a bar stands before the first cell of its line."""
    line = text.rfind("\n", 0, start) + 1
    return any(bar in text[line:start] for bar in _BARS)


def _has_gap(cells: Sequence[Span | None]) -> bool:
    """Whether an empty cell stands before a stated one."""
    last = max(n for n, cell in enumerate(cells) if cell is not None)
    return any(cell is None for cell in cells[:last])


def place_cells(text: str, lines: Sequence[Sequence[Span | None]]) -> list[tuple[Cells, bool]]:
    """The rows of a compact table as wide as its label, its unit and its figures, each with whether its columns are sure."""
    stated = [[cell for cell in cells if cell is not None] for cells in lines]
    tails = [_tail(text, cells) for cells in stated]
    counts = Counter(tail for tail in tails if tail)
    if not counts:
        return [(list(cells), False) for cells in stated]
    width = max(counts, key=lambda n: (counts[n], n))
    leads = Counter(len(cells) - tail for cells, tail in zip(stated, tails, strict=True) if tail == width)
    offset = 2 if leads[2] else 1
    first = tails.index(width)
    rows: list[tuple[Cells, bool]] = []
    gathered: list[Span] = []
    for number, (cells, tail) in enumerate(zip(stated, tails, strict=True)):
        if number < first and len(cells) == 1 and _is_head(text, cells[0]):
            gathered.append(cells[0])
            continue
        if gathered:
            rows.append((_header(gathered, width, offset), len(gathered) == width))
            gathered = []
        if not tail:
            rows.append(_words(text, cells, width, offset))
            continue
        lead, figures = cells[: len(cells) - tail], cells[len(cells) - tail :]
        row: Cells = [None] * (offset + width)
        row[: len(lead[:offset])] = lead[:offset]
        row[offset : offset + len(figures[:width])] = figures[:width]
        rows.append((row, tail == width and 1 <= len(lead) <= offset))
    return rows


def _words(text: str, cells: Sequence[Span], width: int, offset: int) -> tuple[Cells, bool]:
    """A line without figures: a section row, or a header line where what it says comes out even over the figures."""
    if len(cells) == 1 and not _is_period(text, cells[0]):
        return [cells[0], *[None] * (offset + width - 1)], True
    for corner in range(3):
        leaves = cells[corner:]
        heads = [_is_head(text, cell) for cell in leaves]
        if leaves and width % len(leaves) == 0 and corner <= offset and (all(heads) or (len(leaves) == width and any(heads))):
            placed = _header(leaves, width, offset)
            placed[:corner] = cells[:corner]
            return placed, True
    return ([*cells, *[None] * (offset + width)])[: offset + width], False


def _header(leaves: Sequence[Span], width: int, offset: int) -> Cells:
    """A header line: each leaf at the first of the columns that it stands over."""
    placed: Cells = [None] * (offset + width)
    each = max(1, width // len(leaves))
    for n, leaf in enumerate(leaves[:width]):
        placed[offset + n * each] = leaf
    return placed


def _tail(text: str, cells: Sequence[Span]) -> int:
    """How many figures end a line."""
    count = 0
    while count < len(cells) and _is_figure(text, cells[-1 - count]):
        count += 1
    return count


def _is_figure(text: str, span: Span) -> bool:
    cell = " ".join(text[slice(*span)].replace("|", " ").split()).replace(" )", ")").replace("( ", "(")
    return (is_value(cell) and not is_year(cell)) or is_null(cell) or bool(_AMOUNT.match(cell))


def _is_period(text: str, span: Span) -> bool:
    found = find_header_atoms(text, *span)
    return found.clean and found.first == span[0] and all(atom.kind in _PERIODS for atom in found.atoms)


def _is_head(text: str, span: Span) -> bool:
    """Whether a cell as a whole heads a column: a period, a change column, a footing."""
    found = find_header_atoms(text, *span)
    if found.clean and found.first == span[0] and all(atom.kind != "head" for atom in found.atoms):
        return True
    return bool(
        re.fullmatch(
            r"\(?[%#]?\s*(?:variance|change|var\.?)?\s*(?:\+\s?/\s?\(?[-–]\)?)?\s*[%#]?\)?", text[slice(*span)].strip(), re.IGNORECASE
        )
    )
