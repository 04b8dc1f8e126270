"""Facts and changes from table cells: a cell's metric, unit and period come from its label, its column head, its section and its caption."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from minenews.marks.page import Page
from minenews.marks.periods import interval, quarter, year
from minenews.models import Basis, Cell, CellRef, Change, Evidence, Fact, Metric, PeriodValue, Precision
from minenews.records.metals import sole_metal
from minenews.records.scope import asset_for
from minenews.tables.cells import Figure, read_figure
from minenews.tables.grid import Grid
from minenews.tables.headers import CHANGES, Said, Scope, metric_in, read_scope
from minenews.tables.lattice import plain
from minenews.tables.periods import ReadPeriod, read_period, says_part_of_year, says_period, says_year, settle_to_date
from minenews.tables.units import FoundUnit, Unit

RULE = "table_cell"
STOCKS = frozenset({Metric.CASH, Metric.DEBT, Metric.STOCKPILE})
STUDIED = frozenset({Metric.NPV, Metric.IRR, Metric.PAYBACK})
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
_QUARTER = re.compile(r"\bquarter", re.IGNORECASE)
_PLANNED = re.compile(r"guidance|forecast|budget|plan|outlook|target", re.IGNORECASE)
_HALF = re.compile(r"\bhalf[\s-]year|\bsix[\s-]months?\s+ended", re.IGNORECASE)
MONEY = frozenset({"money", "share_money", "unit_money"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row with what its label, its unit cell and its section rows say."""

    index: int
    scope: Scope
    sections: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures with what its heads say."""

    index: int
    scope: Scope
    period: ReadPeriod | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How one grid is to be read."""

    grid: Grid
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    changes: tuple[Column, ...]
    title: Scope
    heading: Scope
    lead: Scope
    is_study: bool
    commodity: Said | None


def link_table_facts(page: Page, grids: Sequence[Grid]) -> list[Fact]:
    """The facts of all tables in reading order, each with its cell; ids are those of the cells ("t1.0.2")."""
    facts: list[Fact] = []
    for grid in grids:
        plan = _plan(page, grid)
        if plan is not None:
            facts += _facts_of(page, plan)
    return facts


def link_table_changes(page: Page, grids: Sequence[Grid], facts: Sequence[Fact]) -> list[Change]:
    """The movements that change columns state, tied to those of `facts` that stand in the two columns compared."""
    by_cell = {(f.table.id, f.table.row, f.table.column): f for f in facts if f.table is not None}
    changes: list[Change] = []
    for grid in grids:
        plan = _plan(page, grid) if any(CHANGES.search(cell.text) for row in grid.header for cell in row) else None
        for column in plan.changes if plan else ():
            pair = _compared(plan, column.index) if plan else None
            if pair is None:
                continue
            for index, row in enumerate(grid.rows):
                new, old = by_cell.get((grid.id, index, pair[0])), by_cell.get((grid.id, index, pair[1]))
                change = _change(page, row.cells[column.index], new, old) if row.sure and new and old else None
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


def _plan(page: Page, grid: Grid) -> Plan | None:
    """What the rows and columns of a grid mean, None for a grid that gives no facts."""
    if not grid.sure or not grid.rows or not page.is_news(grid.start) or _is_other(grid):
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
        rows.append(Row(index, read_scope(page, cells), sections))
    around = [cell for cell in (grid.title, grid.lead) if cell]
    columns: list[Column] = []
    changes: list[Column] = []
    whole_years = any(says_part_of_year(grid.heads(column)) for column in range(1, grid.width))
    for column in range(1, grid.width):
        if column in unit_columns or not any(read_figure(r.cells[column].text) for r in grid.rows):
            continue
        heads = grid.heads(column)
        scope = read_scope(page, heads)
        period = read_period(page, heads, around, whole_years=whole_years)
        (changes if scope.change else columns).append(Column(column, scope, period))
    columns = _whole_years(page, _calendar_years(columns))
    columns = _with_totals(grid, _to_date(_quarters(page, columns)))
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
    )


def _is_other(grid: Grid) -> bool:
    """Whether a table is of drilling or of resources: other records read it."""
    heads = " | ".join(cell.text.lower() for row in grid.header for cell in row)
    labels = " | ".join(row.label.text.lower() for row in grid.rows)
    drilled = ("from" in heads and " to" in heads) or "hole" in heads or ("interval" in heads or "core length" in heads)
    resource = sum(word in labels + heads for word in ("measured", "indicated", "inferred", "proven", "probable")) >= 2
    return drilled or resource


def _is_unit_column(grid: Grid, column: int) -> bool:
    from minenews.tables.units import read_unit

    texts = [row.cells[column].text for row in grid.rows if row.cells[column].text]
    return bool(texts) and sum(1 for t in texts if read_figure(t) is None and read_unit(plain(t)) is not None) * 2 > len(texts)


def _rows_between(grid: Grid, index: int) -> bool:
    """Whether figures stand between this section row and the one before it."""
    return index > 0 and not grid.rows[index - 1].is_section


def _merged(scope: Scope, other: Scope) -> Scope:
    """A caption together with the corner cell of its table."""
    return Scope(
        (*scope.cells, *other.cells), scope.metrics or other.metrics, scope.commodities or other.commodities, scope.unit or other.unit, other.asset or scope.asset,
        scope.basis or other.basis, False, scope.total, scope.share or other.share, (*scope.qualifiers, *other.qualifiers), scope.blocked, scope.rest,
    )  # fmt: skip


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


def _to_date(columns: list[Column]) -> list[Column]:
    """Years to date with the end that the other columns give; without one their period stays unread."""
    stated = [c.period.value for c in columns if c.period and not c.period.to_date]
    settled: list[Column] = []
    for column in columns:
        period = column.period
        if period is not None and period.to_date:
            value = settle_to_date(period.value, stated)
            period = ReadPeriod(value, period.spans, True) if value else None
            if period is None:
                continue
        settled.append(Column(column.index, column.scope, period))
    return settled


def _calendar_years(columns: list[Column]) -> list[Column]:
    """ "FY 2024" beside "Q1 2024" is the calendar year where the release declares no other end of its year."""
    quarters = {
        c.period.value.start.year for c in columns if c.period and c.period.value.precision is Precision.QUARTER and c.period.value.start
    }
    found: list[Column] = []
    for column in columns:
        value = column.period.value if column.period else None
        if (
            column.period is not None
            and value is not None
            and value.start is None
            and value.label[2:].isdigit()
            and int(value.label[2:]) in quarters
        ):
            column = replace(column, period=replace(column.period, value=year(int(value.label[2:]))))
        found.append(column)
    return found


def _whole_years(page: Page, columns: list[Column]) -> list[Column]:
    """Bare years whose last one was not over at the release do not stand for whole years, unless guidance or a plan is meant: those columns stay unread."""
    released = page.released or page.release.date
    years = [c for c in columns if c.period is not None and c.period.value.precision is Precision.YEAR and len(c.period.spans) == 1]
    if released is None or not any(
        c.period and c.period.value.end and c.period.value.end > released and c.scope.basis is None for c in years
    ):
        return columns
    if any(c.period and c.period.value.precision is not Precision.YEAR for c in columns) or _PLANNED.search(
        " ".join(h.text for c in columns for h in c.scope.cells)
    ):
        return columns
    return [c for c in columns if c not in years]


def _quarters(page: Page, columns: list[Column]) -> list[Column]:
    """Columns headed "June 2022" and "March 2022" are quarters where the release speaks of quarters; without that their period stays unread."""
    months = [c.period.value for c in columns if c.period is not None and c.period.value.precision is Precision.MONTH]
    ends = {m.end for m in months if m.end is not None}
    if len(ends) < 2 or len(months) != sum(1 for c in columns if c.period) or any(end.month % 3 for end in ends):
        return columns
    speaks = _QUARTER.search(page.text) is not None and _HALF.search(page.text) is None
    found: list[Column] = []
    for column in columns:
        end = column.period.value.end if column.period else None
        if column.period is not None and end is not None:
            if not speaks:
                continue
            column = Column(column.index, column.scope, ReadPeriod(quarter(end.year, end.month // 3), column.period.spans))
        found.append(column)
    return found


def _with_totals(grid: Grid, columns: list[Column]) -> list[Column]:
    """Columns headed "Total" with the period that the columns before them make up, where the figures of a row add up."""
    found: list[Column] = []
    parts: list[tuple[int, PeriodValue]] = []
    for column in columns:
        value = column.period.value if column.period else None
        if value is not None:
            parts = [*parts, (column.index, value)] if not parts or _follows(parts[-1][1], value) else [(column.index, value)]
        elif column.scope.total and len(parts) > 1 and not column.scope.metrics and _adds_up(grid, [i for i, _ in parts], column.index):
            first, last = parts[0][1], parts[-1][1]
            if first.start is not None and last.end is not None:
                column = Column(
                    column.index,
                    column.scope,
                    ReadPeriod(interval(first.start, last.end), ((column.scope.cells[-1].start, column.scope.cells[-1].end),)),
                )
            parts = []
        found.append(column)
    return found


def _follows(before: PeriodValue, value: PeriodValue) -> bool:
    return before.end is not None and value.start is not None and before.end + dt.timedelta(days=1) == value.start


def _adds_up(grid: Grid, parts: Sequence[int], total: int) -> bool:
    """Whether the figures of some row add up to the total's, as far as rounding tells."""
    for row in grid.rows:
        figures = [read_figure(row.cells[i].text) for i in (*parts, total)]
        values = [f.value for f in figures if f is not None and f.value is not None]
        if (
            row.sure
            and len(values) == len(figures)
            and values[-1]
            and abs(sum(values[:-1]) - values[-1]) <= len(parts) * 0.5 * 10 ** -max(f.places for f in figures if f)
        ):
            return True
    return False


def _facts_of(page: Page, plan: Plan) -> Iterator[Fact]:
    headless = [c.index for c in plan.columns if not c.scope.cells]
    if len(plan.columns) > 1 and headless:
        plan = replace(plan, columns=tuple(c for c in plan.columns if c.index not in headless))
    for row in plan.rows:
        grid_row = plan.grid.rows[row.index]
        if not grid_row.sure or row.scope.blocked:
            continue
        found: list[Fact] = []
        for column in plan.columns:
            figure = read_figure(grid_row.cells[column.index].text)
            if figure is not None and not column.scope.blocked:
                fact = _fact(page, plan, row, column, figure)
                if fact is not None:
                    found.append(fact)
        yield from _uncontradicted(found)


def _uncontradicted(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts of one row without those that two columns state in the same words with different figures: there the heads were not understood."""
    said: dict[tuple[object, ...], set[tuple[float | None, float | None, float | None]]] = {}
    for fact in facts:
        said.setdefault(_words(fact), set()).add((fact.value, fact.low, fact.high))
    yield from (fact for fact in facts if len(said[_words(fact)]) == 1)


def _words(fact: Fact) -> tuple[object, ...]:
    return fact.metric, fact.commodity, fact.period, fact.basis, fact.asset, fact.share, fact.qualifiers, fact.unit


def _fact(page: Page, plan: Plan, row: Row, column: Column, figure: Figure) -> Fact | None:
    grid, cell = plan.grid, plan.grid.rows[row.index].cells[column.index]
    scopes = [row.scope, column.scope, *row.sections, plan.title, plan.heading]
    unit, unit_at = _unit(page, figure, scopes)
    if unit is None or unit.unit == "":
        return None
    named = _metric(scopes, unit.dimension) or _from_lead(plan, row, unit.dimension)
    if named is None:
        return None
    metric, said, level = named
    if level and not _may_inherit(row, column, level):
        return None
    if level != 1 and not _names_only_scope(column.scope):
        return None
    period = _period(page, plan, row, column)
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
    commodity, commodity_at = _commodity(page, plan, scopes, metric, unit)
    if (
        commodity == "lithium"
        and unit.dimension in {"mass", "unit_money"}
        and any("conc" in c.text.lower() or "spodumene" in c.text.lower() for r in (row, *plan.rows) for c in r.scope.cells)
    ):
        commodity = "spodumene"
    asset, asset_at = _asset(page, plan, row, column, metric)
    basis, basis_at = _basis(page, plan, scopes, metric, period)
    if basis is Basis.FORECAST and basis_at is None:
        return None
    factor = unit.factor
    evidence = [page.evidence("value", cell.start, cell.end, RULE), page.evidence("metric", said.start, said.end, RULE)]
    evidence += [page.evidence("unit", s, e, RULE) for s, e in unit_at]
    evidence += [page.evidence("period", s, e, RULE) for s, e in (period.spans if period else ())]
    for slot, at in (("commodity", commodity_at), ("asset", asset_at), ("basis", basis_at)):
        if at is not None:
            evidence.append(page.evidence(slot, at[0], at[1], RULE))
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
        qualifiers=tuple(dict.fromkeys(q.key for s in scopes[:-1] for q in s.qualifiers)),
        table=CellRef(id=grid.id, row=row.index, column=column.index),
        evidence=tuple(_once(evidence)),
    )


def _once(evidence: Sequence[Evidence]) -> list[Evidence]:
    return list(dict.fromkeys(evidence))


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 6)


def _unit(page: Page, figure: Figure, scopes: Sequence[Scope]) -> tuple[Unit | None, list[tuple[int, int]]]:
    """The unit of a cell: its own, that of its label, column, section, caption; a caption's scale and currency complete what the nearer ones leave open."""
    currency = page.release.currency
    stated = [s.unit for s in scopes if s.unit is not None]
    wide = [f for f in stated if f.unit.dimension in {"scale", "money"}]
    if figure.percent:
        own = next((f for f in stated if f.unit.dimension == "percent"), None)
        return Unit("%", 1.0, "percent", own.unit.commodity if own else None), []
    if figure.unit is not None:
        return figure.unit, []
    found = next((f for f in stated if f.unit.dimension != "scale"), None)
    unit = found.unit if found else None
    spans = [(found.start, found.end)] if found else []
    scale = next((f for f in wide if f.unit.dimension == "scale"), None)
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
    if unit is not None and unit.dimension == "share_money":
        unit = Unit(unit.unit or (currency or ""), 1.0, "share_money")
    if unit is not None and currency and unit.unit.startswith("$"):
        unit = Unit(currency + unit.unit[1:], unit.factor, unit.dimension, unit.commodity)
    return unit, spans


def _money(sign: str) -> str:
    from minenews.marks.quantities import read_quantity

    amount = read_quantity(f"{sign}1")
    return amount.unit if amount else "$"


def _metric(scopes: Sequence[Scope], dimension: str) -> tuple[Metric, Said, int] | None:
    """The metric of a cell with the level that says it: 0 the row, 1 the column, then sections, caption, heading."""
    for level, scope in enumerate(scopes):
        found = metric_in(scope, dimension)
        if found is not None:
            return found[0], found[1], level
        if scope.metrics and level < 2:
            return None
    return None


def _from_lead(plan: Plan, row: Row, dimension: str) -> tuple[Metric, Said, int] | None:
    """The metric of the words that lead up to the table, for rows that name but a metal: "reports 2015 production" over "Silver (ounces)"."""
    keys = {s.key for s in plan.lead.metrics}
    if dimension != "mass" or not row.scope.commodities or len(keys & {"production", "sales"}) != 1 or keys - {"production", "sales"}:
        return None
    found = metric_in(plan.lead, dimension)
    return (found[0], found[1], 9) if found else None


def _may_inherit(row: Row, column: Column, level: int) -> bool:
    """Whether a metric of the column, the section or the caption holds for this row: its label may say nothing else but metal, asset or period."""
    if level == 1:
        return not row.scope.rest and not row.scope.blocked
    return row.scope.is_bare and column.scope.is_bare


def _names_only_scope(scope: Scope) -> bool:
    """Whether a column's heads say nothing that is not understood."""
    return not scope.rest


def _period(page: Page, plan: Plan, row: Row, column: Column) -> ReadPeriod | None:
    title = [c for c in plan.title.cells]
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


def _commodity(page: Page, plan: Plan, scopes: Sequence[Scope], metric: Metric, unit: Unit) -> tuple[str | None, tuple[int, int] | None]:
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
    named = any(scope.commodities for row in plan.rows for scope in (row.scope, *row.sections))
    return (None if named else _sole_metal(page, unit)), None


def _sole_metal(page: Page, unit: Unit) -> str | None:
    """The metal of a table that names none: the only one of the release; lithium by the tonne is concentrate."""
    named = {w.key for w in page.words if w.label == "commodity" and page.is_news(w.start)}
    if named and named <= {"lithium", "spodumene"}:
        return "spodumene" if unit.dimension in {"mass", "unit_money"} and "spodumene" in named else "lithium"
    return named.pop() if len(named) == 1 else sole_metal(page, unit.unit.rpartition("/")[2])


def _asset(page: Page, plan: Plan, row: Row, column: Column, metric: Metric) -> tuple[str | None, tuple[int, int] | None]:
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
    if (
        metric in GROUP_METRICS
        or any(s.asset for r in plan.rows for s in (r.scope, *r.sections))
        or any(c.scope.asset for c in plan.columns)
    ):
        return None, None
    return asset_for(page, plan.grid.start, plan.grid.start + 1), None


def _is_group(scope: Scope) -> bool:
    return any(word in cell.text.lower() for cell in scope.cells for word in ("consolidated", "group", "company-wide", "company wide"))


def _basis(
    page: Page, plan: Plan, scopes: Sequence[Scope], metric: Metric, period: ReadPeriod | None
) -> tuple[Basis, tuple[int, int] | None]:
    for scope in scopes:
        if scope.basis is not None:
            return scope.basis[0], (scope.basis[1].start, scope.basis[1].end)
    if plan.is_study or metric in STUDIED:
        return Basis.STUDY, None
    released = page.released or page.release.date
    if released is not None and period is not None and period.value.end is not None and period.value.end > released:
        return Basis.FORECAST, None
    return Basis.ACTUAL, None


def _change(page: Page, cell: Cell, new: Fact, old: Fact) -> Change | None:
    """The movement that a cell of a change column states; one that contradicts its two figures is left out."""
    figure = read_figure(cell.text)
    if figure is None or figure.value is None or new.value is None or old.value is None:
        return None
    moved = new.value - old.value
    relative = 100 * moved / abs(old.value) if old.value else None
    percent = absolute = None
    if relative is not None and abs(abs(relative) - abs(figure.value)) <= max(0.6 * 10**-figure.places, 0.02 * abs(relative)) + 0.5:
        percent = abs(figure.value) if moved >= 0 else -abs(figure.value)
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
        id="c", metric=new.metric, commodity=new.commodity, percent=percent, absolute=absolute, unit=new.unit if absolute is not None else None,
        direction=direction, fact=new.id, against=old.id, as_written=figure.written, evidence=evidence,
    )  # fmt: skip
