"""Intercepts from the rows of drill tables: hole, from, to, length, true width and a grade for each metal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minenews.marks.page import Page
from minenews.models import Bound, Cell, Evidence, Grade, Intercept
from minenews.records.metals import is_plausible
from minenews.records.scope import asset_for
from minenews.tables.cells import read_figure
from minenews.tables.grid import Grid, GridRow
from minenews.tables.headers import read_scope
from minenews.tables.lattice import plain
from minenews.tables.roles import Role, read_roles
from minenews.tables.settle import settle_drill
from minenews.text.values import is_null

RULE = "drill_table"

INCLUDING = re.compile(r"^\W{0,3}(?:and\s+)?(?:also\s+)?(?:incl?\b\.?|including|includes|inc\b\.?|with|which\s+includes)", re.IGNORECASE)
"""A label or cell that puts a row inside the one above it."""

SAME_HOLE = re.compile(
    r"^\W{0,3}(?:and|plus|&|also|\"|”|ditto|as\s+above|and\s+including|incl?\b\.?.*|including.*|includes.*|inc\b\.?.*|with.*|which\s+includes.*)\W{0,3}$",
    re.IGNORECASE,
)
"""A label that goes on with the hole above it."""

HOLE = re.compile(
    r"^(?:(?:hole|ddh|drill\s?hole)\s*[:#]?\s*)?(?P<hole>(?:[A-Za-z]{1,8}\s)?(?=[\w./#–‑-]{0,24}\d)[A-Za-z0-9][\w./#]{0,24}(?:[-–‑][\w./#]{1,12}){0,5})(?![\w%])",
    re.IGNORECASE,
)
"""A hole's name: it has a digit."""

WORDS = re.compile(r"\b(?:total|average|weighted|mean|zone\s+total|results|true|note)\b", re.IGNORECASE)
TRUE_WIDTH = re.compile(r"\btrue[\s-](?:width|thickness)", re.IGNORECASE)
NOT_DRILLED = re.compile(r"\b(?:resources?|reserves?|indicated|inferred|measured|probable|proven)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slots:
    """The columns of a drill table by role, and the grade columns."""

    hole: int
    start: Role | None
    end: Role | None
    interval: Role | None
    length: Role | None
    true_width: Role | None
    grades: tuple[Role, ...]

    @property
    def unit(self) -> str:
        """m or ft."""
        units = [r.unit.unit for r in (self.length, self.start, self.end, self.interval, self.true_width) if r and r.unit]
        return "ft" if units and units[0] == "ft" else "m"


def intercepts_of_tables(page: Page, grids: Sequence[Grid]) -> tuple[Intercept, ...]:
    """The intercepts of all drill tables in reading order; ids are those of their rows ("t1.0")."""
    found: list[Intercept] = []
    for grid in grids:
        roles = read_roles(grid) if grid.sure and grid.header else settle_drill(page.text, grid)
        slots = _slots(grid, roles) if roles and page.is_news(grid.start) else None
        if slots is not None:
            found += _of_grid(page, grid, slots)
    return tuple(found)


def _slots(grid: Grid, roles: Sequence[Role]) -> Slots | None:
    """The columns by role; None for a table that is not of drilling or whose columns are not sure."""
    if NOT_DRILLED.search(" ".join(row.label.text for row in grid.rows)):
        return None
    by_kind = {role.kind: role for role in reversed(roles)}
    grades = tuple(role for role in roles if role.kind == "grade" and role.commodity and role.unit)
    start, end, interval, length = (by_kind.get(kind) for kind in ("from", "to", "interval", "length"))
    lengths = [role for role in roles if role.kind == "length"]
    if len(lengths) > 1:
        length = next((r for r in lengths if r.head and not TRUE_WIDTH.search(r.head.text)), lengths[0])
    if not all(role.commodity and role.unit and is_plausible(role.commodity, role.unit.unit) for role in grades):
        return None
    if not grades or not ((start and end) or interval or length):
        return None
    if not (start and end) and not interval and "hole" not in by_kind and not HOLE.match(grid.rows[0].label.text):
        return None
    hole = by_kind["hole"].column if "hole" in by_kind else 0
    return Slots(hole, start, end, interval, length, by_kind.get("true_width"), grades)


def _of_grid(page: Page, grid: Grid, slots: Slots) -> Iterator[Intercept]:
    """The intercepts of one table; none where the depths and lengths of its rows contradict its columns."""
    read = [(n, row, _depths(row, slots)) for n, row in enumerate(grid.rows) if row.sure]
    checked = [_agrees(d) for _, _, d in read if d is not None and None not in d[:3]]
    if checked and checked.count(False) * 4 > len(checked):
        return
    asset = _asset(page, grid)
    note = next((n for n in grid.notes if TRUE_WIDTH.search(n.text)), None)
    hole: Cell | None = None
    outer: list[Intercept] = []
    for n, row, depths in read:
        label = row.cells[slots.hole]
        texts = [plain(c.text) for c in row.cells if c.text and read_figure(c.text) is None]
        included = any(INCLUDING.match(text) for text in texts)
        named = _hole_of(label) if not INCLUDING.match(label.text) else None
        if named is not None:
            if hole is None or named.text != hole.text:
                outer = []
            hole = named
        elif row.is_section and (section := _hole_of(row.label)) is not None:
            hole, outer = section, []
        elif label.text and not SAME_HOLE.match(plain(label.text)) and slots.hole == 0 and not row.is_section:
            hole, outer = None, []
        if (
            depths is None
            or (len(checked) < 4 and None not in depths[:3] and not _agrees(depths))
            or any(WORDS.search(t) for t in texts[:1])
        ):
            continue
        intercept = _intercept(page, grid, n, row, slots, depths, hole, included, outer, asset, note)
        if intercept is None:
            continue
        if not included:
            outer = [intercept]
        elif intercept.parent is not None:
            outer = [*[o for o in outer if o.id == intercept.parent or _holds(o, intercept)], intercept]
        yield intercept


def _hole_of(label: Cell) -> Cell | None:
    """The hole that a label names."""
    match = HOLE.match(label.text.strip())
    if match is None or SAME_HOLE.match(plain(label.text)):
        return None
    at = label.start + label.text.index(match["hole"], max(0, match.start("hole")))
    return Cell(text=match["hole"], start=at, end=at + len(match["hole"]))


Depths = tuple[float | None, float | None, float | None, float | None]
"""From, to, length, true width."""


def _depths(row: GridRow, slots: Slots) -> Depths | None:
    """The depths and widths of a row, None where it has neither length nor both depths."""

    def of(role: Role | None) -> float | None:
        figure = read_figure(row.cells[role.column].text) if role else None
        return figure.value if figure and figure.value is not None and figure.value >= 0 else None

    start, end, length = of(slots.start), of(slots.end), of(slots.length)
    if slots.interval is not None and (figure := read_figure(row.cells[slots.interval.column].text)) is not None:
        if figure.value is None:
            start, end = figure.low, figure.high
        elif length is None:
            length = figure.value
    if length is None and start is not None and end is not None and end > start:
        length = round(end - start, 3)
    return (start, end, length, of(slots.true_width)) if length is not None and length > 0 else None


def _agrees(depths: Depths) -> bool:
    """Whether to - from is the length, as far as rounding tells."""
    start, end, length, _ = depths
    if start is None or end is None or length is None:
        return True
    return abs((end - start) - length) <= max(0.16, 0.02 * length)


def _intercept(
    page: Page,
    grid: Grid,
    n: int,
    row: GridRow,
    slots: Slots,
    depths: Depths,
    hole: Cell | None,
    included: bool,
    outer: Sequence[Intercept],
    asset: str | None,
    note: Cell | None,
) -> Intercept | None:
    grades: list[Grade] = []
    evidence: list[Evidence] = []
    for role in slots.grades:
        cell = row.cells[role.column]
        figure = read_figure(cell.text)
        if (
            figure is None
            or figure.value is None
            or role.unit is None
            or role.commodity is None
            or figure.bound is not Bound.EXACT
            or figure.value < 0
        ):
            continue
        unit = "%" if figure.percent else role.unit.unit
        grades.append(Grade(commodity=role.commodity, value=figure.value, unit=unit, capped=role.capped))
        evidence.append(page.evidence("grade", cell.start, cell.end, RULE))
        if role.head is not None:
            evidence.append(page.evidence("commodity", role.head.start, role.head.end, RULE))
    if not grades:
        return None
    start, end, length, true_width = depths
    for slot, place in (
        ("from", slots.start),
        ("to", slots.end),
        ("interval", slots.interval),
        ("length", slots.length),
        ("true_width", slots.true_width),
    ):
        if place is not None and (cell := row.cells[place.column]).text and not is_null(cell.text):
            evidence.append(page.evidence(slot, cell.start, cell.end, RULE))
    if hole is not None:
        evidence.append(page.evidence("hole", hole.start, hole.end, RULE))
    if note is not None:
        evidence.append(page.evidence("true_width_note", note.start, note.end, RULE))
    filled = [c for c in row.cells if c.text]
    draft = Intercept(
        id=f"{grid.id}.{n}",
        hole=plain(hole.text) if hole else None,
        from_=start,
        to=end,
        length=length,
        length_unit=slots.unit,
        true_width=true_width,
        true_width_note=plain(note.text)[:300] if note else None,
        grades=tuple(grades),
        included=included,
        asset=asset,
        as_written=" ".join(plain(c.text) for c in filled),
        evidence=tuple(dict.fromkeys(sorted(evidence, key=lambda e: (e.start, e.slot)))),
    )
    if not included:
        return draft
    parent = next((o for o in reversed(outer) if _holds(o, draft)), outer[0] if outer and draft.from_ is None else None)
    return draft.model_copy(update={"parent": parent.id if parent else None})


def _holds(outer: Intercept, inner: Intercept) -> bool:
    """Whether one interval lies inside another, by depths as far as both have them."""
    if None in (outer.from_, outer.to, inner.from_, inner.to):
        return outer.length is not None and inner.length is not None and inner.length <= outer.length
    assert outer.from_ is not None and outer.to is not None and inner.from_ is not None and inner.to is not None
    return outer.from_ - 0.11 <= inner.from_ and inner.to <= outer.to + 0.11


def _asset(page: Page, grid: Grid) -> str | None:
    """The asset of a drill table: of its caption, else of its place."""
    scope = read_scope(page, [grid.title] if grid.title else [])
    return scope.asset.name if scope.asset else asset_for(page, grid.start, grid.start + 1)
