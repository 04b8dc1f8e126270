"""The slots of a cell's fact: each is asked of its row, its column, its sections and its caption, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minenews.marks.page import Page
from minenews.marks.quantities import read_quantity
from minenews.models import Basis, Metric
from minenews.records.metals import sole_metal
from minenews.records.scope import asset_for
from minenews.records.table_columns import Column
from minenews.records.table_plan import STUDIED, Plan, Row
from minenews.tables.cells import Figure
from minenews.tables.headers import Said, Scope, metric_in
from minenews.tables.periods import ReadPeriod, read_period, says_period, says_year
from minenews.tables.units import Unit

OF_METAL = frozenset(
    {
        Metric.PRODUCTION,
        Metric.SALES,
        Metric.GRADE,
        Metric.RECOVERY,
        Metric.REALIZED_PRICE,
        Metric.METAL_PRICE,
        Metric.CASH_COST,
        Metric.AISC,
        Metric.AIC,
    }
)
GROUP_METRICS = frozenset(
    {
        Metric.REVENUE,
        Metric.EBITDA,
        Metric.NET_INCOME,
        Metric.EPS,
        Metric.OPERATING_CASH_FLOW,
        Metric.FREE_CASH_FLOW,
        Metric.CASH,
        Metric.DEBT,
        Metric.DIVIDEND,
    }
)
MONEY = frozenset({"money", "share_money", "unit_money"})


def unit_of(page: Page, figure: Figure, scopes: Sequence[Scope]) -> tuple[Unit | None, list[tuple[int, int]]]:
    """The unit of a cell: its own, that of its label, column, section, caption.

    A caption's scale and currency complete what the nearer ones leave open.
    """
    currency = page.release.currency
    stated = [s.unit for s in scopes if s.unit is not None]
    wide = [f for f in stated if f.unit.dimension in {"scale", "money"}]
    if figure.percent:
        if any(s.unit and s.unit.unit.dimension not in {"percent", "scale"} for s in scopes[:2]):
            return None, []
        own = next((f for f in stated if f.unit.dimension == "percent"), None)
        return Unit("%", 1.0, "percent", own.unit.commodity if own else None), []
    if figure.unit is not None:
        own_unit = figure.unit
        return replace(own_unit, unit=currency + own_unit.unit[1:]) if currency and own_unit.unit.startswith("$") else own_unit, []
    found = next((f for f in stated if f.unit.dimension != "scale"), None)
    unit = found.unit if found else None
    spans = [(found.start, found.end)] if found else []
    scale = next((f for f in wide if f.unit.dimension == "scale"), None)
    if found is not None and unit is not None and unit.dimension == "mass" and unit.factor == 1:
        nearer = [s.unit for s in scopes[:2] if s.unit is not None and s.unit.unit.dimension == "scale"]
        if nearer and nearer[0] is not found:
            unit = Unit(unit.unit, nearer[0].unit.factor, unit.dimension, unit.commodity)
            spans.append((nearer[0].start, nearer[0].end))
    if figure.money:
        money = _money(figure.money)
        if unit is None or unit.dimension not in MONEY:
            unit = Unit(money, scale.unit.factor if scale else 1.0, "money") if unit is None else None
            spans = [(scale.start, scale.end)] if scale else []
        elif unit.unit == "" or unit.unit.startswith("/"):
            unit = Unit(money + unit.unit, unit.factor, unit.dimension, unit.commodity)
    elif unit is not None and (unit.unit == "" or unit.unit.startswith("/")):
        lender = next((f for f in wide if f.unit.dimension == "money"), None)
        base = lender.unit.unit if lender else currency
        if base is None:
            return None, []
        unit = Unit(base + unit.unit, 1.0, unit.dimension, unit.commodity)
    elif (
        unit is not None
        and scale is not None
        and found is not None
        and unit.dimension == "money"
        and unit.factor == 1
        and (scale.start, scale.end) not in spans
    ):
        unit = Unit(unit.unit, scale.unit.factor, unit.dimension, unit.commodity)
    if unit is None and not figure.money and {m.key for m in scopes[0].metrics} == {Metric.STRIP_RATIO}:
        unit = Unit("1", 1.0, "number")
    if unit is not None and unit.dimension == "share_money":
        unit = Unit(unit.unit or (currency or ""), 1.0, "share_money")
    if unit is not None and currency and unit.unit.startswith("$"):
        unit = Unit(currency + unit.unit[1:], unit.factor, unit.dimension, unit.commodity)
    return unit, spans


def _money(sign: str) -> str:
    amount = read_quantity(f"{sign}1")
    return amount.unit if amount else "$"


def metric_of(scopes: Sequence[Scope], dimension: str) -> tuple[Metric, Said, int] | None:
    """The metric of a cell with the level that says it: 0 the row, 1 the column, then sections, caption, heading."""
    for level, scope in enumerate(scopes):
        found = metric_in(scope, dimension)
        if found is not None:
            return found[0], found[1], level
        if scope.metrics and level < 2:
            return None
    return None


def metric_of_lead(plan: Plan, row: Row, dimension: str) -> tuple[Metric, Said, int] | None:
    """The metric of the words that lead up to the table, for rows that name but a metal.

    "reports 2015 production" over "Silver (ounces)".
    """
    keys = {s.key for s in plan.lead.metrics}
    if dimension != "mass" or not row.scope.commodities or len(keys & {"production", "sales"}) != 1 or keys - {"production", "sales"}:
        return None
    found = metric_in(plan.lead, dimension)
    return (found[0], found[1], 9) if found else None


def may_inherit(row: Row, column: Column, level: int) -> bool:
    """Whether a metric of the column, the section or the caption holds for this row: its label may say nothing else but metal.

    Asset or period.
    """
    if level == 1:
        return not row.scope.rest and not row.scope.blocked
    return row.scope.is_bare and column.scope.is_bare


def period_of(page: Page, plan: Plan, row: Row, column: Column) -> ReadPeriod | None:
    """The period of a cell: of its column, with the year of its row where the head leaves it open; else of row, sections, caption."""
    title = list(plan.title.cells)
    heads = list(column.scope.cells)
    sections = [c for s in row.sections for c in s.cells]
    if column.period is not None and not (says_year(row.scope.cells) and says_period(heads) and not says_year(heads)):
        return column.period
    if says_period(heads):
        found = read_period(page, heads, [*row.scope.cells, *sections, *title, *plan.heading.cells])
        return found if found is not None and found.value.end is not None else None
    for cells in (row.scope.cells, sections, title, plan.heading.cells):
        found = read_period(page, cells, [*heads, *sections, *title]) if cells else None
        if found is not None and found.value.end is not None:
            return found
    return None


def commodity_of(page: Page, plan: Plan, scopes: Sequence[Scope], metric: Metric, unit: Unit) -> tuple[str | None, tuple[int, int] | None]:
    """The metal of a figure: named nearest, by its unit, or the only one that the whole table names."""
    if metric not in OF_METAL:
        return None, None
    for scope in scopes[:2]:
        if scope.commodity is not None:
            return scope.commodity.key, (scope.commodity.start, scope.commodity.end)
        if len(scope.commodities) > 1:
            return None, None
    if unit.commodity is not None:
        return unit.commodity, None
    for scope in scopes[2:]:
        if scope.commodity is not None:
            return scope.commodity.key, (scope.commodity.start, scope.commodity.end)
    if plan.commodity is not None:
        return plan.commodity.key, (plan.commodity.start, plan.commodity.end)
    return (None if plan.names_metals else _sole_metal(page, unit)), None


def is_of_concentrate(plan: Plan, row: Row, column: Column) -> bool:
    """Whether a lithium table counts concentrate: a label or the column's head says so."""
    cells = [*row.scope.cells, *column.scope.cells, *(cell for other in plan.rows for cell in other.scope.cells)]
    return any("conc" in cell.text.lower() or "spodumene" in cell.text.lower() for cell in cells)


def _sole_metal(page: Page, unit: Unit) -> str | None:
    """The metal of a table that names none: the only one of the release; lithium by the tonne is concentrate."""
    named = {w.key for w in page.words if w.label == "commodity" and page.is_news(w.start)}
    if named and named <= {"lithium", "spodumene"}:
        return "spodumene" if unit.dimension in {"mass", "unit_money"} and "spodumene" in named else "lithium"
    return named.pop() if len(named) == 1 else sole_metal(page, unit.unit.rpartition("/")[2])


def asset_of(page: Page, plan: Plan, row: Row, column: Column, metric: Metric) -> tuple[str | None, tuple[int, int] | None]:
    """The asset that a figure is of: named by row, column, section or caption; of company-wide figures none unless they name one."""
    for scope in (row.scope, column.scope, *row.sections):
        if scope.asset is not None:
            return scope.asset.name, (scope.asset.start, scope.asset.end)
        if scope.total and scope in row.sections:
            return None, None
    if any(s.rest and not s.metrics for s in row.sections) or any(_is_group(s) for s in (row.scope, *row.sections, plan.title)):
        return None, None
    if plan.title.asset is not None:
        return plan.title.asset.name, (plan.title.asset.start, plan.title.asset.end)
    if metric in GROUP_METRICS or plan.names_assets:
        return None, None
    return asset_for(page, plan.grid.start, plan.grid.start + 1), None


def _is_group(scope: Scope) -> bool:
    return any(word in cell.text.lower() for cell in scope.cells for word in ("consolidated", "group", "company-wide", "company wide"))


def basis_of(
    page: Page, plan: Plan, scopes: Sequence[Scope], metric: Metric, period: ReadPeriod | None
) -> tuple[Basis, tuple[int, int] | None]:
    """The footing of a cell: said nearest; of a study for study results; a forecast where the period was not over at the release."""
    for scope in scopes:
        if scope.basis is not None:
            return scope.basis[0], (scope.basis[1].start, scope.basis[1].end)
    if plan.is_study or metric in STUDIED:
        return Basis.STUDY, None
    released = page.released or page.release.date
    if released is not None and period is not None and period.value.end is not None and period.value.end > released:
        return Basis.FORECAST, None
    return Basis.ACTUAL, None
