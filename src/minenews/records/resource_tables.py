"""Lines of resource and reserve statements from tables: tonnes, grades and contained metal by category, zone by zone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minenews.marks.page import Page, within
from minenews.models import Cell, Contained, Evidence, Grade, Precision, Resource, ResourceCategory
from minenews.records.metals import is_plausible
from minenews.records.scope import asset_for
from minenews.tables.cells import read_figure
from minenews.tables.grid import Grid, GridRow
from minenews.tables.headers import Scope, read_scope
from minenews.tables.lattice import plain
from minenews.tables.roles import Role, read_roles, role_of
from minenews.tables.settle import settle_resource

RULE = "resource_table"
OUNCE, POUND, SHORT_TON = 31.1034768, 0.45359237, 0.90718474

CATEGORIES = (
    (ResourceCategory.MEASURED_AND_INDICATED, r"measured\s*(?:and|&|\+|plus|/)\s*indicated|\bM\s?[&+]\s?I\b(?!\s?[&+])"),
    (ResourceCategory.PROVEN_AND_PROBABLE, r"prove[nd]\s*(?:and|&|\+|plus|/)\s*probable|\b2P\b|\bP\s?[&+]\s?P\b"),
    (ResourceCategory.MEASURED, r"\bmeasured\b"),
    (ResourceCategory.INDICATED, r"\bindicated\b"),
    (ResourceCategory.INFERRED, r"\binferred\b"),
    (ResourceCategory.PROVEN, r"\bprove[nd]\b"),
    (ResourceCategory.PROBABLE, r"\bprobable\b"),
)
_CATEGORY = tuple((category, re.compile(pattern, re.IGNORECASE)) for category, pattern in CATEGORIES)
_ALL_THREE = re.compile(
    r"measured.{1,12}indicated.{1,12}inferred|M\s?[&+]\s?I\s?[&+]\s?I|indicated\s*(?:and|&|\+)\s*inferred", re.IGNORECASE
)
_TOTAL = re.compile(r"\b(?:total|sub-?total|global|combined)\b", re.IGNORECASE)
_HISTORIC = re.compile(r"\bhistoric(?:al)?\b", re.IGNORECASE)
_CUTOFF = re.compile(
    r"(?P<before>(?:[<>≥]\s?)?\b\d[\d.,]{0,6}\s?(?:g/t|gpt|%|ppm|US\$/t|\$/t|C\$/t)(?:\s?[A-Z][A-Za-z0-9]{0,5}(?:\s?Eq)?)?)(?=[^.;]{0,20}cut-?\s?off)"
    r"|cut-?\s?off[^.;\d]{0,30}?(?P<after>\d[\d.,]{0,6}\s?(?:g/t|gpt|%|ppm)(?:\s?[A-Z][A-Za-z0-9]{0,5})?)",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"\b(?P<ni>(?:NI|National\s+Instrument)\s?43-101)\b|\bJORC(?:\s+Code)?,?\s?\(?(?P<jorc>20\d\d)?\)?|\b(?P<sk>S-?K\s?1300)\b|\b(?P<samrec>SAMREC)\b",
    re.IGNORECASE,
)
_WORDS_OF_LABEL = re.compile(r"[A-Za-z][\w'’.-]*(?:\s+[\w'’.-]+){0,4}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is a record: the cells that its category and its place come from, and its figures by role."""

    category: ResourceCategory
    category_cell: Cell
    places: tuple[Scope, ...]
    figures: tuple[tuple[Role, Cell], ...]
    row: int


def resources_of_tables(page: Page, grids: Sequence[Grid]) -> tuple[Resource, ...]:
    """The resource and reserve lines of all tables in reading order; ids are those of their rows ("t1.0")."""
    found: list[Resource] = []
    for grid in grids:
        if page.is_news(grid.start):
            roles = read_roles(grid) if grid.sure and grid.header else settle_resource(page.text, grid)
            found += _of_grid(page, grid, roles) if roles else ()
    return tuple(found)


def category_of(label: str) -> ResourceCategory | None:
    """The confidence category that a label names, None where it names none or all of them together."""
    if _ALL_THREE.search(label):
        return None
    return next((category for category, pattern in _CATEGORY if pattern.search(label)), None)


def _of_grid(page: Page, grid: Grid, roles: Sequence[Role]) -> Iterator[Resource]:
    heads = [plain(c.text) for row in grid.header for c in row[1:]]
    if sum(1 for head in dict.fromkeys(heads) if category_of(head)) >= 2:
        lines = list(_across(grid))
    elif any(category_of(row.label.text) or any(category_of(c.text) for c in row.cells[1:3]) for row in grid.rows) or (
        grid.title and category_of(grid.title.text)
    ):
        lines = list(_down(page, grid, roles))
    else:
        return
    metal = _metal(page, grid, lines)
    records = [record for line in lines if (record := _record(page, grid, line, metal)) is not None]
    checks = [ok for record in records for ok in _arithmetic(record)]
    stated = [(g.commodity, g.unit) for r in records for g in r.grades] + [(c.commodity, c.unit) for r in records for c in r.contained]
    if checks.count(False) * 3 > len(checks) or not all(is_plausible(metal, unit) for metal, unit in stated):
        return  # the columns are not what their heads say
    yield from records


def _down(page: Page, grid: Grid, all_roles: Sequence[Role]) -> Iterator[Line]:
    """Lines where every row is one and the columns are tonnes, grades and metal."""
    roles = [role for role in all_roles if role.kind in {"tonnes", "grade", "contained"}]
    if not any(r.kind == "tonnes" for r in roles) and not any(r.kind == "contained" for r in roles):
        return
    figures = {r.column for r in roles}
    words = [c for c in range(grid.width) if c not in figures]
    section: tuple[ResourceCategory, Cell] | None = None
    caption = category_of(grid.title.text) if grid.title else None
    place: Scope | None = None
    above: dict[int, Cell] = {}
    for n, row in enumerate(grid.rows):
        labels = [row.cells[c] for c in words if row.cells[c].text and read_figure(row.cells[c].text) is None]
        own = next(((named, cell) for cell in labels if (named := category_of(cell.text))), None)
        if not any(read_figure(row.cells[r.column].text) for r in roles):
            if own is not None:
                section = own
                place = None if _names_place(row.label) is None else place
            elif row.label.text and not _TOTAL.search(row.label.text):
                place = read_scope(page, [row.label])
            continue
        if not row.sure:
            continue
        if own is not None and row.cells[words[0]].text and own[1] is not row.cells[words[0]]:
            above = {words[0]: row.cells[words[0]]}
        elif own is not None and not row.label.text and above:
            labels = [*above.values(), *labels]
        total = any(_TOTAL.search(cell.text) for cell in labels)
        if own is None and any(_ALL_THREE.search(cell.text) for cell in labels):
            continue
        by_caption = (caption, grid.title) if caption and grid.title else None
        category = own or section or by_caption
        if category is None:
            continue
        others = [
            cell for cell in labels if not (own and cell is own[1]) and not _TOTAL.fullmatch(plain(cell.text)) and not _is_unit_text(cell)
        ]
        scopes = tuple(read_scope(page, [cell]) for cell in others)
        places = (*scopes, *([place] if place is not None and not (total and own is None) else []))
        yield Line(category[0], category[1], places, tuple((r, row.cells[r.column]) for r in roles), n)


def _across(grid: Grid) -> Iterator[Line]:
    """Lines where every column is one category and the rows are tonnes, grades and metal."""
    for column in range(1, grid.width):
        head = next((c for c in grid.heads(column) if category_of(c.text)), None)
        named = category_of(head.text) if head else None
        others = [c for c in grid.heads(column) if c is not head]
        if head is None or named is None or (others and any(role_of(c.text).kind != "other" for c in others)):
            continue
        group: list[tuple[Role, Cell]] = []
        for n, row in enumerate(grid.rows):
            role = _row_role(row)
            if role is None or not row.sure or read_figure(row.cells[column].text) is None:
                continue
            if role.kind == "tonnes" and any(r.kind == "tonnes" for r, _ in group):
                yield Line(named, head, (), tuple(group), n)
                group = []
            group.append((role, row.cells[column]))
        if group:
            yield Line(named, head, (), tuple(group), len(grid.rows) - 1)


def _row_role(row: GridRow) -> Role | None:
    texts = [c for c in row.cells if c.text and read_figure(c.text) is None]
    role = role_of(" ".join(plain(c.text) for c in texts), 0, texts[0]) if texts else None
    return role if role and role.kind in {"tonnes", "grade", "contained"} else None


def _is_unit_text(cell: Cell) -> bool:
    return role_of(cell.text).unit is not None and len(cell.text) < 12


def _names_place(label: Cell) -> str | None:
    """What is left of a section row without its category and common words."""
    left = label.text
    for _, pattern in _CATEGORY:
        left = pattern.sub(" ", left)
    left = re.sub(
        r"\b(?:total|mineral|resources?|reserves?|category|ore|and|in|situ|all|zones?|deposits?)\b", " ", left, flags=re.IGNORECASE
    )
    match = _WORDS_OF_LABEL.search(left)
    return match.group().strip() if match else None


def _metal(page: Page, grid: Grid, lines: Sequence[Line]) -> str | None:
    """The one metal of a table whose heads say only "Grade" and "Ounces": of its heads, its caption, its heading."""
    named = {role.commodity for line in lines for role, _ in line.figures if role.commodity}
    if len(named) == 1:
        return named.pop()
    if named:
        return None
    heading = page.block_at(grid.start).heading
    spans = [(c.start, c.end) for row in grid.header for c in row[:1] if c.text] + (
        [(grid.title.start, grid.title.end)] if grid.title else []
    )
    spans += [span for span in (heading, page.layout.headline) if span is not None]
    for start, end in spans:
        metals = {w.key for w in within(page.words, start, end) if w.label == "commodity"}
        if len(metals) == 1:
            return metals.pop()
    whole = {w.key for w in page.words if w.label == "commodity" and page.is_news(w.start)}
    return whole.pop() if len(whole) == 1 else None


def _record(page: Page, grid: Grid, line: Line, metal: str | None) -> Resource | None:
    tonnes: float | None = None
    grades: list[Grade] = []
    contained: list[Contained] = []
    evidence: list[Evidence] = [page.evidence("category", line.category_cell.start, line.category_cell.end, RULE)]
    for role, cell in line.figures:
        figure = read_figure(cell.text)
        unit = figure.unit if figure and figure.unit else role.unit
        if figure is None or figure.value is None or figure.value <= 0:
            continue
        commodity = role.commodity or (unit.commodity if unit else None) or metal
        if role.kind == "tonnes" and tonnes is None and unit is not None:
            tonnes = round(figure.value * unit.factor * (SHORT_TON if unit.unit == "st" else 1.0), 3)
        elif role.kind == "grade" and unit is not None and commodity:
            grades.append(Grade(commodity=commodity, value=figure.value, unit=unit.unit))
        elif role.kind == "contained" and unit is not None and commodity:
            contained.append(Contained(commodity=commodity, value=round(figure.value * unit.factor, 3), unit=unit.unit))
        else:
            continue
        evidence.append(page.evidence(role.kind, cell.start, cell.end, RULE))
        if role.head is not None:
            evidence.append(page.evidence("commodity", role.head.start, role.head.end, RULE))
    if (tonnes is None or not (grades or contained)) and not contained:
        return None
    asset, zone = _place(page, grid, line, evidence)
    context = [c for c in (grid.title, *grid.notes) if c]
    cutoff = next((_cutoff(c, m) for c in context if (m := _CUTOFF.search(c.text))), None)
    if cutoff is not None:
        evidence.append(page.evidence("cutoff", cutoff[1], cutoff[2], RULE))
    written = " ".join(
        [
            grid.title.text if grid.title else "",
            *(c.text for row in grid.header for c in row[:1]),
            line.category_cell.text,
            *(r.label.text for r in grid.rows if r.is_section),
        ]
    )
    kind = (
        "reserve"
        if line.category in {ResourceCategory.PROVEN, ResourceCategory.PROBABLE, ResourceCategory.PROVEN_AND_PROBABLE}
        else "resource"
    )
    category = ResourceCategory.HISTORICAL if _HISTORIC.search(written) else line.category
    return Resource(
        id=f"{grid.id}.{line.row}.{line.figures[0][1].start}",
        kind="reserve" if kind == "reserve" else "resource",
        category=category,
        tonnes=tonnes,
        grades=tuple(grades),
        contained=tuple(contained),
        asset=asset,
        zone=zone,
        cutoff=cutoff[0] if cutoff else None,
        standard=_standard(page, context),
        effective_date=_effective(page, context),
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _cutoff(cell: Cell, match: re.Match[str]) -> tuple[str, int, int]:
    name = "before" if match["before"] else "after"
    return match[name], cell.start + match.start(name), cell.start + match.end(name)


def _place(page: Page, grid: Grid, line: Line, evidence: list[Evidence]) -> tuple[str | None, str | None]:
    """The asset and the zone of a line: a label that names an asset is one, any other label names a zone."""
    asset: str | None = None
    zones: list[str] = []
    for scope in line.places:
        if scope.asset is not None and asset is None:
            asset = scope.asset.name
            evidence.append(page.evidence("asset", scope.asset.start, scope.asset.end, RULE))
        elif scope.cells and _names_place(scope.cells[0]) is not None:
            zones.append(plain(scope.cells[0].text))
            evidence.append(page.evidence("zone", scope.cells[0].start, scope.cells[0].end, RULE))
    if asset is None:
        title = read_scope(page, [grid.title] if grid.title else [])
        asset = title.asset.name if title.asset else asset_for(page, grid.start, grid.start + 1)
    return asset, ", ".join(reversed(zones)) or None


def _standard(page: Page, context: Sequence[Cell]) -> str | None:
    for text in [c.text for c in context] + [page.text]:
        match = _STANDARD.search(text)
        if match:
            return (
                "NI 43-101"
                if match["ni"]
                else "S-K 1300"
                if match["sk"]
                else "SAMREC"
                if match["samrec"]
                else f"JORC {match['jorc']}"
                if match["jorc"]
                else "JORC"
            )
    return None


def _effective(page: Page, context: Sequence[Cell]) -> dt.date | None:
    """The day that the caption or a note says the estimate is for."""
    for cell in context:
        if re.search(r"effective|as\s+(?:of|at)\b", cell.text, re.IGNORECASE):
            days = {p.value.end for p in within(page.periods, cell.start, cell.end) if p.precision is Precision.DAY and p.value.end}
            if len(days) == 1:
                return days.pop()
    return None


def _arithmetic(record: Resource) -> Iterator[bool]:
    """Whether tonnes x grade comes to the contained metal within a fifth, for each metal with both."""
    for grade in record.grades:
        metal = next((c for c in record.contained if c.commodity == grade.commodity), None)
        if metal is None or not record.tonnes or not metal.value or not grade.value:
            continue
        grams = {"g/t": 1.0, "%": 1e4, "ppm": 1.0, "ppb": 1e-3, "kg/t": 1e3}.get(grade.unit)
        weight = {"oz": OUNCE, "t": 1e6, "kg": 1e3, "lb": POUND * 1e3, "g": 1.0}.get(metal.unit)
        if grams and weight:
            ratio = record.tonnes * grade.value * grams / (metal.value * weight)
            yield 0.8 <= ratio <= 1.25
