"""Movements that the change columns of tables state."""

from __future__ import annotations

from collections.abc import Sequence

from minenews.marks.page import Page
from minenews.models import Cell, Change, Fact
from minenews.records.table_columns import Column
from minenews.records.table_plan import Plan
from minenews.tables.cell_heads import AGAINST
from minenews.tables.cells import read_figure


def link_table_changes(page: Page, plans: Sequence[Plan], facts: Sequence[Fact]) -> list[Change]:
    """The movements that change columns state, tied to those of `facts` that stand in the two columns compared."""
    by_cell = {(f.table.id, f.table.row, f.table.column): f for f in facts if f.table is not None}
    changes: list[Change] = []
    for plan in plans:
        grid = plan.grid
        for column in plan.changes:
            base, pair = _base(plan, column), _compared(plan, column.index)
            for index, row in enumerate(grid.rows):
                new = by_cell.get((grid.id, index, pair[0] if base is None and pair else base or 0))
                if not row.sure or new is None:
                    continue
                if base is not None:
                    change = _stated(page, row.cells[column.index], new)
                else:
                    old = by_cell.get((grid.id, index, pair[1])) if pair else None
                    slack = _rounding(row.cells[pair[0]], row.cells[pair[1]]) if pair else 0.0
                    change = _change(page, row.cells[column.index], new, old, slack) if old else None
                if change is not None:
                    changes.append(change)
    return [c.model_copy(update={"id": f"c{n}"}) for n, c in enumerate(changes, start=1)]


def _compared(plan: Plan, change: int) -> tuple[int, int] | None:
    """The columns that a change column compares: the two before it, or the first of the table with the one before it."""
    before = [c.index for c in plan.columns if c.index < change]
    since = max((c.index for c in plan.changes if c.index < change), default=0)
    fresh = [c for c in before if c > since]
    if len(fresh) == 2:
        return fresh[0], fresh[1]
    return (before[0], fresh[0]) if len(fresh) == 1 and len(before) > 1 else None


def _base(plan: Plan, change: Column) -> int | None:
    """The column whose movement against a period is told by a column headed "vs Q2", where no column holds what it is compared with."""
    if not AGAINST.match(" ".join(cell.text for cell in change.scope.cells)):
        return None
    before = [c for c in plan.columns if c.index < change.index and c.period]
    if not before or any(_days(c) == _days(before[-1]) for c in plan.columns if c.index != before[-1].index):
        return None
    return before[-1].index


def _days(column: Column) -> int | None:
    """The length of a column's period in steps of ten days, alike for all quarters and all years."""
    value = column.period.value if column.period else None
    return round((value.end - value.start).days / 10) if value and value.start and value.end else None


def _stated(page: Page, cell: Cell, new: Fact) -> Change | None:
    """The movement in percent of a figure against one that the table does not hold."""
    figure = read_figure(cell.text)
    if figure is None or figure.value is None or not figure.percent:
        return None
    return Change(
        id="c",
        metric=new.metric,
        commodity=new.commodity,
        percent=figure.value,
        absolute=None,
        unit=None,
        direction="up" if figure.value > 0 else "down" if figure.value < 0 else "flat",
        fact=new.id,
        against=None,
        as_written=figure.written,
        evidence=(page.evidence("percent", cell.start, cell.end, "table_change"),),
    )


def _rounding(*cells: Cell) -> float:
    """By how many percent figures may be off as their last digit is rounded: "5.7" against "3.2"."""
    figures = [read_figure(cell.text) for cell in cells]
    return min(10.0, sum(50 * 0.1**f.places / abs(f.value) for f in figures if f is not None and f.value))


def _change(page: Page, cell: Cell, new: Fact, old: Fact, slack: float) -> Change | None:
    """The movement that a cell of a change column states; one that contradicts its two figures by more than `slack` is left out."""
    figure = read_figure(cell.text)
    if figure is None or figure.value is None or new.value is None or old.value is None:
        return None
    moved = new.value - old.value
    relative = 100 * moved / abs(old.value) if old.value else None
    percent = absolute = None
    near = 0.5 + (0.0 if new.unit == "%" else slack) * (1 + abs(relative or 0) / 100)
    if relative is not None and abs(abs(relative) - abs(figure.value)) <= max(0.6 * 10**-figure.places, 0.02 * abs(relative)) + near:
        percent = abs(figure.value) if moved >= 0 or not figure.value else -abs(figure.value)
    elif figure.percent and relative is None:
        return None
    else:
        scale = abs(moved / figure.value) if figure.value else 0.0
        if not figure.percent and any(abs(scale - f) <= 0.02 * f for f in (1.0, 1e3, 1e6)):
            absolute = moved
        else:
            return None
    direction = "up" if moved > 0 else "down" if moved < 0 else "flat"
    evidence = (page.evidence("percent" if percent is not None else "absolute", cell.start, cell.end, "table_change"),)
    return Change(
        id="c",
        metric=new.metric,
        commodity=new.commodity,
        percent=percent,
        absolute=absolute,
        unit=new.unit if absolute is not None else None,
        direction=direction,
        fact=new.id,
        against=old.id,
        as_written=figure.written,
        evidence=evidence,
    )
