"""How a table is to be read: what each row, each column, the caption and the words above it say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minenews.marks.page import Page
from minenews.models import Cell, Metric
from minenews.records.table_columns import (
    Column,
    drop_unfinished_years,
    settle_calendar_years,
    settle_last_days,
    settle_open_periods,
    settle_quarters,
    settle_totals,
    settle_years_ended,
    settle_years_to_date,
)
from minenews.records.table_compared import settle_compared
from minenews.records.table_parts import complete_part_rows, complete_rock_totals
from minenews.records.table_units import complete_unit_rows, with_noted_unit
from minenews.tables.cells import is_led, read_figure
from minenews.tables.grid import Grid
from minenews.tables.headers import Said, Scope, read_scope
from minenews.tables.lattice import plain
from minenews.tables.periods import read_period, says_guidance, says_part_of_year
from minenews.tables.units import FoundUnit, read_unit

STUDIED = frozenset({Metric.NPV, Metric.IRR, Metric.PAYBACK})


@dataclass(frozen=True, slots=True)
class Row:
    """A row with what its label, its unit cell and its section rows say."""

    index: int
    scope: Scope
    sections: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How one grid is to be read. `names_assets`, `names_metals`: whether any row, section or column names one.

    `per_ounce`: whether some row is of money per ounce, so that money per tonne is the cost of the ore.
    """

    grid: Grid
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    changes: tuple[Column, ...]
    title: Scope
    heading: Scope
    lead: Scope
    is_study: bool
    commodity: Said | None
    names_assets: bool
    names_metals: bool
    per_ounce: bool


def read_plans(page: Page, grids: Sequence[Grid]) -> list[Plan]:
    """What the rows and columns of each grid mean, of those that can give facts."""
    return [plan for grid in grids if (plan := read_plan(page, grid)) is not None]


def read_plan(page: Page, grid: Grid) -> Plan | None:
    """What the rows and columns of a grid mean, None for a grid that gives no facts."""
    if not (grid.sure or not grid.header) or not grid.rows or not page.is_news(grid.start) or _is_other(grid):
        return None
    title = read_scope(page, [grid.title] if grid.title else [])
    heading_span = page.block_at(grid.start).heading
    heading = read_scope(
        page, [Cell(text=page.text[slice(*heading_span)], start=heading_span[0], end=heading_span[1])] if heading_span else []
    )
    lead = read_scope(page, [grid.lead] if grid.lead else [])
    unit_columns = {c for c in range(1, grid.width) if _is_unit_column(grid, c)}
    rows: list[Row] = []
    sections: tuple[Scope, ...] = ()
    for index, row in enumerate(grid.rows):
        cells = [row.label, *(row.cells[c] for c in sorted(unit_columns))]
        if row.is_section:
            scope = read_scope(page, [row.label])
            sections = (scope, *sections[:1]) if sections and not _rows_between(grid, index) else (scope,)
            continue
        rows.append(Row(index, with_noted_unit(grid, read_scope(page, cells)), sections))
    completed = complete_unit_rows(grid, [(row.index, row.scope) for row in rows])
    if completed:
        rows = [replace(row, scope=completed.get(row.index, row.scope)) for row in rows]
    around = [cell for cell in (grid.title, grid.lead) if cell]
    columns: list[Column] = []
    changes: list[Column] = []
    whole_years = any(says_part_of_year(heads) or says_guidance(heads) for heads in map(grid.heads, range(1, grid.width)))
    for column in range(1, grid.width):
        if column in unit_columns or not any(_has_figure(r.cells[column]) for r in grid.rows):
            continue
        heads = grid.heads(column)
        scope = read_scope(page, heads)
        period = read_period(page, heads, around, whole_years=whole_years)
        (changes if scope.change else columns).append(Column(column, scope, period))
    columns = _told_apart(grid, columns)
    columns, changes = settle_compared(page, grid, columns, changes)
    if not grid.sure and not all(column.period for column in columns):
        return None
    columns = settle_open_periods(page, grid, columns, heading.cells)
    columns = drop_unfinished_years(page, settle_calendar_years(settle_years_ended(page, grid, columns)))
    columns = settle_totals(grid, settle_years_to_date(settle_quarters(page, settle_last_days(page, columns))))
    named = [(row.index, row.scope) for row in rows]
    indices = [column.index for column in columns]
    parts = {**complete_part_rows(grid, named, indices), **complete_rock_totals(grid, named, indices)}
    if parts:
        rows = [replace(row, scope=parts.get(row.index, row.scope)) for row in rows]
    rows = _without_owners(rows)
    corner = [row[0] for row in grid.header if row[0].text]
    if corner:
        title = _merged(title, read_scope(page, corner))
    if grid.unit:
        unit = read_scope(page, [grid.unit]).unit
        title = title if title.unit else _with_unit(title, unit)
    metals = {
        c.key: c
        for scope in [title, heading, *(r.scope for r in rows), *(c.scope for c in columns), *(s for r in rows for s in r.sections)]
        for c in scope.commodities
    }
    studied = any(s.key in STUDIED for r in rows for s in r.scope.metrics)
    return Plan(
        grid,
        tuple(rows),
        tuple(columns),
        tuple(changes),
        title,
        heading,
        lead,
        studied,
        next(iter(metals.values())) if len(metals) == 1 else None,
        any(s.asset for r in rows for s in (r.scope, *r.sections)) or any(c.scope.asset for c in columns),
        any(s.commodities for r in rows for s in (r.scope, *r.sections)),
        any(r.scope.unit is not None and r.scope.unit.unit.unit.endswith("/oz") for r in rows),
    )


def _without_owners(rows: list[Row]) -> list[Row]:
    """Totals below the parts of several mines, said once and not part by part, are of all of them and not of the last one."""
    owners = {s.asset.name for row in rows for s in row.sections if s.asset}
    if len(owners) < 2:
        return rows
    said = Counter(_label(row) for row in rows if row.scope.total)
    return [replace(row, sections=tuple(s for s in row.sections if s.asset is None)) if said[_label(row)] == 1 else row for row in rows]


def _label(row: Row) -> str:
    return " ".join(cell.text.lower() for cell in row.scope.cells)


def _has_figure(cell: Cell) -> bool:
    return read_figure(cell.text) is not None or is_led(cell.text)


def _told_apart(grid: Grid, columns: list[Column]) -> list[Column]:
    """The columns without those whose heads say the very same as another's: a line of the header was lost.

    Of columns that hold the same in every row as well the first stays: the quarter is shown again beside another one.
    """
    heads = {column.index: tuple(" ".join(cell.text.split()).lower() for cell in column.scope.cells) for column in columns}
    kept: list[Column] = []
    for column in columns:
        like = [c.index for c in columns if heads[c.index] == heads[column.index] and heads[c.index]]
        same = len({tuple(plain(row.cells[c].text) for row in grid.rows) for c in like}) == 1
        if len(like) < 2 or (same and column.index == like[0]):
            kept.append(column)
    return kept


def _is_other(grid: Grid) -> bool:
    """Whether a table is of drilling or of resources: other records read it."""
    heads = " | ".join(cell.text.lower() for row in grid.header for cell in row)
    labels = " | ".join(row.label.text.lower() for row in grid.rows)
    drilled = ("from" in heads and " to" in heads) or "hole" in heads or ("interval" in heads or "core length" in heads)
    resource = sum(word in labels + heads for word in ("measured", "indicated", "inferred", "proven", "probable")) >= 2
    return drilled or resource


def _is_unit_column(grid: Grid, column: int) -> bool:
    texts = [row.cells[column].text for row in grid.rows if row.cells[column].text]
    return bool(texts) and sum(1 for t in texts if read_figure(t) is None and read_unit(plain(t)) is not None) * 2 > len(texts)


def _rows_between(grid: Grid, index: int) -> bool:
    """Whether figures stand between this section row and the one before it."""
    return index > 0 and not grid.rows[index - 1].is_section


def _merged(scope: Scope, other: Scope) -> Scope:
    """A caption together with the corner cell of its table."""
    return Scope(
        (*scope.cells, *other.cells),
        scope.metrics or other.metrics,
        scope.commodities or other.commodities,
        scope.unit or other.unit,
        other.asset or scope.asset,
        scope.basis or other.basis,
        False,
        scope.total,
        scope.share or other.share,
        (*scope.qualifiers, *other.qualifiers),
        scope.blocked,
        scope.rest,
    )


def _with_unit(scope: Scope, unit: FoundUnit | None) -> Scope:
    return Scope(
        scope.cells,
        scope.metrics,
        scope.commodities,
        unit,
        scope.asset,
        scope.basis,
        scope.change,
        scope.total,
        scope.share,
        scope.qualifiers,
        scope.blocked,
        scope.rest,
    )
