"""Labels that stand between their figures ("154 162 -5% Ore milled 471 391 20%"), put in front of them.

A row has as many figures on one side of its label as on the other. Only the order of the cells changes: their places in the text,
and so the columns that the header names, stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from minenews.tables.cell_heads import read_head
from minenews.tables.items import Item

Span = tuple[int, int]

_SIDE = 2
"""Figures that stand on each side at least; one alone may number the rows."""

_LABEL = 2
"""Cells that make up a label at most: three may be a label between two units."""


def labels_first(groups: Sequence[Sequence[Item]]) -> list[Sequence[Item]]:
    """Lines with their label in front of all figures, where two thirds of those with figures have it in the middle."""
    moved = [_moved(group) for group in groups]
    rows = sum(1 for group in groups if any(item.kind == "value" for item in group))
    sides = {side for _, side in moved if side}
    if len(sides) != 1 or sum(1 for _, side in moved if side) < max(2, rows * 2 / 3):
        return list(groups)
    return [items for items, _ in moved]


def _moved(group: Sequence[Item]) -> tuple[Sequence[Item], int]:
    """One line with its label in front and the figures on each side, 0 for a line of another shape."""
    label = middle_label([item.figure for item in group])
    if label is None or not any(item.kind == "value" for item in group[: label[0]]):
        return group, 0
    return [*group[slice(*label)], *group[: label[0]], *group[label[1] :]], label[0]


def middle_label(figures: Sequence[bool]) -> Span | None:
    """First and last+1 cell of a label with as many figures before it as behind it."""
    start = next((n for n, figure in enumerate(figures) if not figure), len(figures))
    end = next((n for n in range(start, len(figures)) if figures[n]), len(figures))
    evenly = _SIDE <= start < end and end + start == len(figures) and all(figures[end:])
    return (start, end) if evenly else None


def label_column(rows: Sequence[Sequence[bool | None]]) -> int:
    """The column that holds the words of two thirds of the rows or more where figures stand in the first two; else the first.

    Each cell says whether it is a figure, None where it is empty.
    """
    places = [[n for n, figure in enumerate(row) if figure is False] for row in rows if sum(map(bool, row)) > 1]
    behind = [words[0] for row, words in zip((r for r in rows if sum(map(bool, r)) > 1), places, strict=True) if len(words) == 1 and row[0]]
    only = set(behind)
    return only.pop() if len(only) == 1 and min(behind) >= _SIDE and len(behind) * 3 >= len(places) * 2 and len(behind) > 1 else 0


def cell_labels_first(text: str, group: Sequence[Item]) -> Sequence[Item]:
    """Cells with each label in front of its row, where the first figures stand right below a head and all rows are of one shape."""
    first = next((n for n in range(len(group)) if _is_data(group, n)), 0)
    side = _figures(group, first)
    if not first or side < _SIDE or not _heads_period(text, group[first - 1]):
        return group
    moved = _corner_first(text, group[:first])
    at = first
    rows = 0
    while at < len(group):
        section = next((n for n in range(at, len(group)) if group[n].figure), len(group))
        label = section + side
        after = next((n for n in range(label, len(group)) if group[n].figure), len(group))
        if section == len(group):
            break
        if _figures(group, section) < side or not 0 < after - label <= _LABEL or _figures(group, after) < side:
            return group
        moved += [*group[at:section], *group[label:after], *group[section:label], *group[after : after + side]]
        at = after + side
        rows += 1
    return [*moved, *group[at:]] if rows > 1 else group


def _corner_first(text: str, heads: Sequence[Item]) -> list[Item]:
    """The header with the one cell that stands over the labels, between heads of columns, in front."""
    corner = next((n for n in range(len(heads) - 1, 0, -1) if not _heads_period(text, heads[n])), 0)
    start = corner
    while start and _heads_period(text, heads[start - 1]):
        start -= 1
    return [*heads[:start], heads[corner], *heads[start:corner], *heads[corner + 1 :]]


def _heads_period(text: str, item: Item) -> bool:
    """Whether a cell heads a column of figures: a period, a change, or what compares them."""
    head = read_head(text, item)
    return head is not None and head.kind in "ABCXF"


def _figures(group: Sequence[Item], start: int) -> int:
    """How many figures stand side by side from a place on."""
    end = start
    while end < len(group) and group[end].figure:
        end += 1
    return end - start


def _is_data(group: Sequence[Item], start: int) -> bool:
    """Whether a run of figures that holds more than years begins at a place."""
    if not group[start].figure or (start and group[start - 1].figure):
        return False
    return any(item.kind == "value" for item in group[start : start + _figures(group, start)])
