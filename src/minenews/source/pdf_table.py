"""Tables in the lines of a page: cells stand apart in a line and below each other over the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from minenews.text.values import is_null, is_value, is_year

CELL_GAP = 0.9
"""Space between two cells, as a share of the height of a line; words stand closer."""

ROW_GAP = 2.5
"""Space between two rows, as a share of the height of a line."""

WORDS = 14
"""Words of a cell; more are prose."""

LONE_LINES = 3
"""Lines of one cell that may follow each other in a table."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; `top` and `bottom` count from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Line:
    """Words that stand on one line, or in one cell of it, from left to right."""

    words: list[Word]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @cached_property
    def cells(self) -> list[Line]:
        """The parts that stand apart."""
        cells = [[self.words[0]]]
        for word in self.words[1:]:
            if word.left - cells[-1][-1].right > CELL_GAP * self.size:
                cells.append([word])
            else:
                cells[-1].append(word)
        return [Line(words) for words in cells]


def table_at(lines: Sequence[Line], first: int) -> tuple[list[str], int]:
    """The rows of the table that starts at a line, between bars, and the line behind it; no rows where none starts there."""
    rows: list[list[Line]] = []
    end = first
    for index in range(first, len(lines)):
        cells = lines[index].cells
        far = index > first and lines[index].top - lines[index - 1].bottom > ROW_GAP * lines[index].size
        prose = any(len(cell.words) > WORDS for cell in cells)
        if far or prose or (len(cells) < 2 and not _goes_on(lines, index)):
            break
        rows.append(cells)
        end = index + 1
    body = [cells for cells in rows if _figures(cells)]
    columns = _columns(body)
    if len(body) < 2 or len(columns) < 2 or (len(lines[first].cells) < 2 and lines[first].left <= columns[0][1]):
        return [], first
    return [f"| {' | '.join(_placed(cells, columns))} |" for cells in rows], end


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of one cell belongs to a table, as the name of a section or a piece of the head does: rows of cells follow soon."""
    ahead = lines[index + 1 : index + 1 + LONE_LINES]
    return not lines[index].text.endswith((".", ":", ";", ",")) and any(len(line.cells) > 1 for line in ahead)


def _figures(cells: Sequence[Line]) -> bool:
    """Whether a row has a figure behind its first cell that is no year."""
    return any((is_value(cell.text) and not is_year(cell.text)) or is_null(cell.text) for cell in cells[1:])


def _columns(body: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Left and right of each column: what the cells of all rows cover."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((cell.left, cell.right) for cells in body for cell in cells):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _placed(cells: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[str]:
    """The text of each column in a row; a cell over several columns stands in each of them, but for one that heads the whole row."""
    placed: list[list[str]] = [[] for _ in columns]
    for cell in cells:
        covered = [i for i, (left, right) in enumerate(columns) if cell.left < right and cell.right > left]
        if not covered:
            covered = [min(range(len(columns)), key=lambda i: min(abs(columns[i][0] - cell.right), abs(columns[i][1] - cell.left)))]
        if covered[0] == 0:
            covered = covered[:1]
        for column in covered:
            placed[column].append(cell.text.replace("|", "/"))
    return [" ".join(texts) for texts in placed]
