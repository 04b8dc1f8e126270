"""Facts from table cells: a cell's metric, unit and period come from its label, its column head, its section and its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from minenews.marks.page import Page
from minenews.models import Basis, Cell, CellRef, Evidence, Fact, Metric, PeriodValue, Precision
from minenews.records.table_columns import Column
from minenews.records.table_led import led_figures
from minenews.records.table_plan import Plan, Row
from minenews.records.table_slots import (
    asset_of,
    basis_of,
    commodity_of,
    is_of_concentrate,
    may_inherit,
    metric_of,
    metric_of_lead,
    period_of,
    unit_of,
)
from minenews.tables.cells import Figure, is_led, read_figure
from minenews.tables.grid import Grid
from minenews.tables.headers import Scope
from minenews.tables.periods import ReadPeriod, says_period

RULE = "table_cell"
_TONS = re.compile(r"\btons\b", re.IGNORECASE)
_MINED_METAL = re.compile(
    r"(?:(?:copper|zinc|lead|nickel|cobalt|tin|molybdenum)\s+mined|mined\s+(?:copper|zinc|lead|nickel|cobalt|tin|molybdenum))\b", re.I
)
"""Metal in the ore, no weight of rock: "Mined copper (kt)"."""

_VERSION = re.compile(r"\b(?:original|initial|previous|prior|former|old|updated?|revised|new|current|latest)\b")
"""What tells a plan from its revision in column heads."""

_ROCK_OF = re.compile(r"(?P<place>mill|plant|mine)\s+production\b", re.IGNORECASE)
_PARTED = re.compile(r"(?<![\d,])\d,\d{3}(?![\d,])")
_BARE = re.compile(r"(?<![\d.,])\d{4,}(?![\d,])")
PRICES = frozenset({Metric.REALIZED_PRICE, Metric.METAL_PRICE})
ROCK = frozenset({Metric.ORE_MINED, Metric.WASTE_MINED, Metric.MATERIAL_MINED, Metric.ORE_PROCESSED})
METAL_UNITS = frozenset({"oz", "lb", "kg", "g", "ct"})
"""Units of metal: "Gold mined (oz)" is the metal in the ore, no weight of rock."""

PRECIOUS = frozenset({"gold", "silver", "platinum", "palladium", "platinum_group", "diamonds", "gold_equivalent", "silver_equivalent"})
"""What no mine produces by the ten thousand tonnes: such a figure is of rock."""

_ROCK_FROM = 10_000
_OF_ROCK = ((re.compile(r"\bmill\b", re.I), Metric.ORE_PROCESSED), (re.compile(r"\bmine\b", re.I), Metric.ORE_MINED))
NEVER_NEGATIVE = ROCK | {
    Metric.PRODUCTION,
    Metric.SALES,
    Metric.GRADE,
    Metric.RECOVERY,
    Metric.STRIP_RATIO,
    Metric.THROUGHPUT,
    Metric.CASH,
    Metric.DEBT,
    *PRICES,
}
"""Metrics under which a figure below nothing is a movement."""

STOCKS = frozenset({Metric.CASH, Metric.DEBT, Metric.STOCKPILE})


def link_table_facts(page: Page, plans: Sequence[Plan]) -> list[Fact]:
    """The facts of all tables in reading order, each with its cell; ids are those of the cells ("t1.0.2")."""
    facts: list[Fact] = []
    for plan in plans:
        facts += _facts_of(page, plan)
    return facts


def _facts_of(page: Page, plan: Plan) -> Iterator[Fact]:
    headless = [c.index for c in plan.columns if not c.scope.cells and c.period is None]
    if len(plan.columns) > 1 and headless:
        plan = replace(plan, columns=tuple(c for c in plan.columns if c.index not in headless))
    glued = _glued(plan.grid)
    versions = _versions(plan.columns)
    for row in plan.rows:
        grid_row = plan.grid.rows[row.index]
        if not grid_row.sure or row.scope.blocked:
            continue
        found: list[Fact] = []
        for column in plan.columns:
            if column.scope.blocked:
                continue
            for number, (figure, at) in enumerate(_figures_in(page, grid_row.cells[column.index])):
                fact = None if glued and _BARE.search(figure.written) else _fact(page, plan, row, column, figure, at)
                if fact is not None:
                    found.append(fact.model_copy(update={"id": f"{fact.id}.{number}"}) if number else fact)
        yield from _uncontradicted(found, versions)


def _figures_in(page: Page, cell: Cell) -> list[tuple[Figure, tuple[int, int]]]:
    """The figure of a cell, or those with which its words begin, each with its place."""
    figure = read_figure(cell.text)
    if figure is not None:
        return [(figure, (cell.start, cell.end))]
    return [(led, (start, end)) for led, start, end in led_figures(page, cell)] if is_led(cell.text) else []


def _glued(grid: Grid) -> bool:
    """Whether a table parts figures of four digits by commas, so that a bare one has a footnote mark glued to it."""
    parted = sum(1 for row in grid.rows for cell in row.cells[1:] if _PARTED.search(cell.text))
    return parted >= 3


def _versions(columns: Sequence[Column]) -> dict[int, tuple[str, ...]]:
    """The words that tell a plan from its revision, column by column."""
    return {column.index: tuple(_VERSION.findall(" ".join(cell.text.lower() for cell in column.scope.cells))) for column in columns}


def _uncontradicted(facts: Sequence[Fact], versions: Mapping[int, tuple[str, ...]]) -> Iterator[Fact]:
    """The facts of one row without those that two columns state in the same words with different figures.

    There the heads were not understood; but a plan and its revision differ.
    """
    said: dict[tuple[object, ...], set[tuple[float | None, float | None, float | None]]] = {}
    for fact in facts:
        said.setdefault(_words(fact, versions), set()).add((fact.value, fact.low, fact.high))
    yield from (fact for fact in facts if len(said[_words(fact, versions)]) == 1)


def _words(fact: Fact, versions: Mapping[int, tuple[str, ...]]) -> tuple[object, ...]:
    planned = fact.basis in {Basis.GUIDANCE, Basis.FORECAST} and fact.table is not None
    version = versions.get(fact.table.column) if planned and fact.table else None
    return version, fact.metric, fact.commodity, fact.period, fact.basis, fact.asset, fact.share, fact.qualifiers, fact.unit


def _fact(page: Page, plan: Plan, row: Row, column: Column, figure: Figure, at: tuple[int, int]) -> Fact | None:
    grid = plan.grid
    scopes = [row.scope, column.scope, *row.sections, plan.title, plan.heading]
    unit, unit_at = unit_of(page, figure, scopes)
    if unit is None or unit.unit == "":
        return None
    if unit.unit == "t" and _in_short_tons(plan, row):
        unit = replace(unit, unit="st")
    named = metric_of(scopes, unit.dimension) or metric_of_lead(plan, row, unit.dimension)
    if named is None:
        return None
    metric, said, level = named
    if metric is Metric.ORE_PROCESSED and any("waste" in cell.text.lower() for cell in row.scope.cells):
        return None
    if metric is Metric.CASH_COST and unit.unit.endswith("/t") and plan.per_ounce:
        metric = Metric.COST_PER_TONNE
    if metric is Metric.SALES and unit.dimension == "money":
        if row.scope.commodity is not None:
            return None
        metric = Metric.REVENUE
    if metric is Metric.REVENUE and row.scope.commodities and _has_whole_revenue(plan):
        return None
    if (metric in PRICES and unit.dimension == "money") or (metric in ROCK and unit.unit in METAL_UNITS):
        return None
    if metric is Metric.ORE_MINED and any(_MINED_METAL.match(cell.text) for cell in row.scope.cells[:1]):
        if not any(m.key == Metric.PRODUCTION for m in plan.title.metrics):
            return None
        metric = Metric.PRODUCTION
    if metric is Metric.PRODUCTION and unit.unit in {"t", "st"} and row.scope.commodity is None and (rock := _rock(row)):
        metric = rock
    if metric in NEVER_NEGATIVE and figure.amount < 0:
        return None
    if level and not may_inherit(row, column, level):
        return None
    if level != 1 and column.scope.rest:
        return None
    period = period_of(page, plan, row, column)
    if period is None and any(c.period for c in plan.columns):
        return None
    if period is None and says_period([*column.scope.cells, *row.scope.cells]):
        return None
    if period is not None and metric in STOCKS and period.value.end is not None:
        period = ReadPeriod(
            PeriodValue(start=period.value.end, end=period.value.end, precision=Precision.DAY, label=period.value.end.isoformat()),
            period.spans,
        )
    elif period is not None and period.value.precision is Precision.DAY and metric not in {Metric.METAL_PRICE}:
        return None
    commodity, commodity_at = commodity_of(page, plan, scopes, metric, unit)
    if commodity == "lithium" and unit.dimension in {"mass", "unit_money"} and is_of_concentrate(plan, row, column):
        commodity = "spodumene"
    if metric is Metric.PRODUCTION and commodity in PRECIOUS and row.scope.commodity is None and unit.unit in {"t", "st"}:
        rock = next((rock for pattern, rock in _OF_ROCK if any(pattern.search(cell.text) for cell in row.scope.cells)), None)
        if rock is None and figure.amount * unit.factor >= _ROCK_FROM:
            return None
        metric, commodity, commodity_at = (rock, None, None) if rock else (metric, commodity, commodity_at)
    asset, asset_at = asset_of(page, plan, row, column, metric)
    basis, basis_at = basis_of(page, plan, scopes, metric, period)
    if basis is Basis.FORECAST and basis_at is None:
        return None
    factor = unit.factor
    evidence = [page.evidence("value", *at, RULE), page.evidence("metric", said.start, said.end, RULE)]
    evidence += [page.evidence("unit", s, e, RULE) for s, e in unit_at]
    evidence += [page.evidence("period", s, e, RULE) for s, e in (period.spans if period else ())]
    for slot, place in (("commodity", commodity_at), ("asset", asset_at), ("basis", basis_at)):
        if place is not None:
            evidence.append(page.evidence(slot, place[0], place[1], RULE))
    issuer = page.issuer
    return Fact(
        id=f"{grid.id}.{row.index}.{column.index}",
        metric=metric,
        commodity=commodity,
        value=_scaled(figure.value, factor),
        low=_scaled(figure.low, factor),
        high=_scaled(figure.high, factor),
        bound=figure.bound,
        unit=unit.unit,
        as_written=figure.written,
        period=period.value if period else None,
        basis=basis,
        asset=asset,
        company=issuer.name if issuer else None,
        share=next((s.share for s in scopes if s.share is not None and s.share < 100), None),
        qualifiers=_qualifiers(scopes),
        table=CellRef(id=grid.id, row=row.index, column=column.index),
        evidence=tuple(_once(evidence)),
    )


def _has_whole_revenue(plan: Plan) -> bool:
    """Whether a row of a table is of all revenue, so that what is of one metal is but a part of it."""
    return any(not row.scope.commodities and any(said.key == Metric.REVENUE for said in row.scope.metrics) for row in plan.rows)


def _qualifiers(scopes: Sequence[Scope]) -> tuple[str, ...]:
    """What row, column, sections and caption qualify; that a figure is of the year to date only its row or column says."""
    said = [q.key for s in scopes[:2] for q in s.qualifiers]
    said += [q.key for s in scopes[2:-1] for q in s.qualifiers if q.key != "year_to_date"]
    return tuple(dict.fromkeys(said))


def _rock(row: Row) -> Metric | None:
    """What tonnes of "Mill production" or "Mine production" are in a row that names no metal."""
    found = _ROCK_OF.match(row.scope.cells[0].text) if row.scope.cells else None
    return None if found is None else Metric.ORE_PROCESSED if found["place"].lower() in {"mill", "plant"} else Metric.ORE_MINED


def _in_short_tons(plan: Plan, row: Row) -> bool:
    """Whether the tons of a row are short tons: its label says tons, and the table's grades are per short ton."""
    if not any(_TONS.search(cell.text) for cell in row.scope.cells):
        return False
    return any(r.scope.unit is not None and r.scope.unit.unit.unit in {"oz/st", "lb/st"} for r in plan.rows)


def _once(evidence: Sequence[Evidence]) -> list[Evidence]:
    return list(dict.fromkeys(evidence))


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 6)
