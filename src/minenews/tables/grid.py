"""Tables as grids: a title, header rows, rows of cells with exact offsets, notes.

`find_grids` rebuilds every table of a page. A row that is not `sure` shows what stands there but gives no figures to any record;
nor does a grid, unless it has no header and the line above it says which periods its columns compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from minenews.marks.page import Page
from minenews.models import Cell, Table
from minenews.tables.atoms import find_header_atoms, spread
from minenews.tables.cells import is_led
from minenews.tables.lattice import Lattice, plain, read_lattice
from minenews.tables.periods import says_period
from minenews.tables.stream import StreamTable, read_stream
from minenews.text.regions import Region, find_table_regions
from minenews.text.values import is_value, is_year

Span = tuple[int, int]

_NOTE = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-z]|i{1,3}|iv|vi{0,3})\)|\d{1,2}[.)]\s|[*†‡¹²³⁴⁵⁶]+"
    r"|notes?(?=\s*:|\s*\d|\s*$)|totals? may|numbers? may|figures? may|source:)",
    re.IGNORECASE,
)
_UNIT_PHRASE = re.compile(
    r"\(?(?:(?:all\s)?(?:amounts\s|figures\s|dollars\s)?(?:are\s|expressed\s|stated\s)?in\s)(?:thousands|millions|[A-Z]{2,3}\$|U\.?S\.?|Canadian|Australian|'?000)[^.()\n]{0,80}\)?"
    r"|\((?:US|C|A|CDN)?\$?\s?['’]?(?:000s?|millions?|thousands?|M\b|m\b)[^()\n]{0,60}\)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*[-–—•●▪■◦·*]\s")
_CAPTION = re.compile(r"table\s+\d{1,2}[\s.:\-–—]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row below the header; every row has as many cells as the grid is wide, empty ones without text."""

    cells: tuple[Cell, ...]
    sure: bool = True

    @property
    def label(self) -> Cell:
        """The first cell."""
        return self.cells[0]

    @property
    def is_section(self) -> bool:
        """Whether the row has a label and nothing else."""
        return self.sure and bool(self.cells[0].text) and not any(cell.text for cell in self.cells[1:])


@dataclass(frozen=True, slots=True)
class Grid:
    """A rebuilt table. A header cell that spans columns is repeated in each of them. `unit` as written over or in the table.

    `lead` is the end of the paragraph above the table or its caption: what leads up to it.
    """

    id: str
    start: int
    end: int
    form: str
    title: Cell | None
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[GridRow, ...]
    notes: tuple[Cell, ...] = ()
    unit: Cell | None = None
    lead: Cell | None = None
    sure: bool = True

    @property
    def width(self) -> int:
        """Number of columns, the label column included."""
        return len(self.rows[0].cells) if self.rows else 0

    def heads(self, column: int) -> tuple[Cell, ...]:
        """The header cells over a column from top to bottom, without empty ones."""
        return tuple(row[column] for row in self.header if row[column].text)


def find_grids(page: Page) -> tuple[Grid, ...]:
    """All tables of a page in reading order."""
    text = page.text
    grids: list[Grid] = []
    regions = find_table_regions(text)
    for n, region in enumerate(regions):
        before = regions[n - 1].end if n else 0
        after = regions[n + 1].start if n + 1 < len(regions) else len(text)
        for grid in _read_region(text, region, before, after):
            grids.append(_continued(text, grids[-1], grid) if grids else grid)
    return tuple(replace(grid, id=f"t{n}") for n, grid in enumerate(grids, start=1))


def _continued(text: str, before: Grid, grid: Grid) -> Grid:
    """A table without a header that goes on from the one before, below a line that names its rows: it has the same header."""
    between = text[before.end : grid.start]
    goes_on = (
        not grid.header
        and before.sure
        and before.header
        and (grid.form, grid.width) == (before.form, before.width)
        and len(between) <= 90
        and len(between.split("\n")) <= 5
        and len([line for line in between.split("\n") if line.strip()]) == 1
    )
    return replace(grid, header=before.header, sure=any(row.sure for row in grid.rows)) if goes_on else grid


def as_table(grid: Grid) -> Table:
    """The grid as the output shows it; of several header rows the lowest that says something stands for each column."""
    header = []
    for column in range(grid.width):
        heads = grid.heads(column)
        leaves = [h for h in heads if not h.text.startswith("(")]
        header.append(leaves[-1] if leaves else heads[-1] if heads else Cell(text="", start=grid.start, end=grid.start))
    return Table(
        id=grid.id,
        title=grid.title.text if grid.title else None,
        header=tuple(header),
        rows=tuple(row.cells for row in grid.rows),
        unit=grid.unit.text if grid.unit else _common_unit(grid),
        start=grid.start,
        end=grid.end,
        notes=tuple(note.text for note in grid.notes),
    )


def _common_unit(grid: Grid) -> str | None:
    """The unit that stands in the header over every value column, if it is one and the same."""
    units = {tuple(h.text.strip("().") for h in grid.heads(c) if h.text.startswith("(")) for c in range(1, grid.width)}
    if len(units) != 1:
        return None
    only = units.pop()
    return only[0] if len(only) == 1 else None


def _read_region(text: str, region: Region, before: int, after: int) -> Iterator[Grid]:
    """The grids of one region: a header in mid-table starts another grid."""
    if region.form in {"pipes", "tabs", "columns"}:
        lattice = _from_lattice(text, region)
        reads = [lattice] if lattice else []
    else:
        reads = [_from_stream(text, region, table) for table in read_stream(text, region)]
    caption = _title(text, region, before)
    lead = _lead(text, caption.start if caption else region.start, before)
    notes = tuple(_notes(text, region, after))
    parts = [
        (*part, title if n else title or caption)
        for n, (header, rows, sure, title) in enumerate(reads)
        for part in _parts(text, header, rows, sure)
    ]
    for n, (header, rows, sure, own, title) in enumerate(parts):
        cells = [c for row in rows for c in row.cells if c.text]
        start = region.start if n == 0 else min(c.start for c in [*cells, *(c for row in header for c in row if c.text)])
        end = region.end if n + 1 == len(parts) else max(c.end for c in cells)
        unit = _unit_phrase(
            text, [own or title, caption, lead if lead and len(lead.text) < 160 else None, *[c for row in header for c in row[:1]]]
        )
        yield Grid("", start, end, region.form, own or title, header, rows, notes, unit, lead, sure)


def _cell(text: str, span: Span | None, at: int) -> Cell:
    return Cell(text="", start=at, end=at) if span is None else Cell(text=text[span[0] : span[1]], start=span[0], end=span[1])


Read = tuple[tuple[tuple[Cell, ...], ...], tuple[GridRow, ...], bool, Cell | None]
"""Header rows, rows, whether the columns are sure, the title if it stands in the table."""


def _from_stream(text: str, region: Region, table: StreamTable) -> Read:
    units = any(row.unit for row in table.rows)
    offset = 2 if units else 1
    header = []
    for n, line in enumerate(table.header):
        corner = table.corner if n == 0 else None
        header.append(tuple(_cell(text, span, region.start) for span in _row_spans(corner, offset, line)))
    rows = []
    for row in table.rows:
        at = row.label[0] if row.label else row.values[0][0]
        spans = _row_spans(row.label, offset, row.values or [None] * table.width)
        spans[offset - 1] = row.unit if offset == 2 else row.label
        rows.append(GridRow(tuple(_cell(text, span, at) for span in spans), row.sure))
    return tuple(header), tuple(rows), table.sure, _cell(text, table.title, region.start) if table.title else None


def _row_spans(first: Span | None, offset: int, rest: Sequence[Span | None]) -> list[Span | None]:
    """The spans of one row: the first cell, empty cells up to `offset`, the rest."""
    return [first, *(None for _ in range(offset - 1)), *rest]


def _from_lattice(text: str, region: Region) -> Read | None:
    lattice = read_lattice(text, region)
    first = next((n for n, row in enumerate(lattice.rows) if _states(text, row.cells, led=n > 0)), None)
    if first is None or lattice.width < 2:
        return None
    top = _header_end(lattice, first)
    head, title = list(range(top)), None
    while (
        head
        and sum(1 for c in lattice.rows[head[0]].cells if c) == 1
        and lattice.rows[head[0]].cells[0]
        and (len(head) > 1 or not lattice.above)
    ):
        span = lattice.rows[head.pop(0)].cells[0]
        title = title or _cell(text, span, region.start)
    covered = _covered([lattice.rows[n].cells for n in head])
    header = tuple(tuple(_cell(text, span, region.start) for span in row) for row in covered)
    sure = all(lattice.rows[n].sure for n in head) and not (head and lattice.rows[head[-1]].shared)
    rows = []
    for row in lattice.rows[top:]:
        at = next(c[0] for c in row.cells if c)
        rows.append(GridRow(tuple(_cell(text, span, at) for span in row.cells), row.sure))
    return header, tuple(rows), sure, title


def _states(text: str, cells: Sequence[Span | None], *, led: bool) -> bool:
    """Whether a line holds figures behind its label; with `led` also such as begin a cell of words."""
    written = [plain(text[span[0] : span[1]]) for span in cells[1:] if span is not None]
    return any(is_value(cell) and not is_year(cell) for cell in written) or (led and cells[0] is not None and any(map(is_led, written)))


def _header_end(lattice: Lattice, first: int) -> int:
    """The number of header rows: all above the first figures but section rows; in a table without a header none."""
    end = first
    while end > lattice.above and lattice.rows[end - 1].cells[0] and not any(lattice.rows[end - 1].cells[1:]):
        end -= 1
    return end


def _covered(rows: Sequence[Sequence[Span | None]]) -> list[list[Span | None]]:
    """Header rows with spanning cells repeated over the columns that they cover.

    An upper cell covers the columns up to the next one, or an even share of the columns where that fits better.
    """
    if not rows:
        return []
    leaves = [c for c in range(1, len(rows[-1])) if rows[-1][c]]
    covered: list[list[Span | None]] = []
    for n, row in enumerate(rows):
        stated = [c for c in range(1, len(row)) if row[c]]
        if n + 1 == len(rows) or not stated or len(stated) >= len(leaves):
            covered.append(list(row))
            continue
        each, rest = divmod(len(leaves), len(stated))
        even: list[Span | None] = [row[0], *[None] * (len(row) - 1)]
        if not rest and all(leaves[i * each] <= c <= leaves[(i + 1) * each - 1] for i, c in enumerate(stated)):
            for i, column in enumerate(leaves):
                even[column] = row[stated[i // each]]
            covered.append(even)
            continue
        bounds = [*stated, len(row)]
        for left, right in pairwise(bounds):
            for column in range(left, right):
                even[column] = row[left]
        covered.append(even)
    return covered


def _parts(
    text: str, header: tuple[tuple[Cell, ...], ...], rows: tuple[GridRow, ...], sure: bool
) -> Iterator[tuple[tuple[tuple[Cell, ...], ...], tuple[GridRow, ...], bool, Cell | None]]:
    """Cut the rows where a row of periods starts another header."""
    start, title = 0, None
    for n, row in enumerate(rows):
        stated = [c for c in row.cells[1:] if c.text]
        if len(stated) < 2 or not all(is_year(plain(c.text)) or _heads_column(text, c) for c in stated):
            continue
        if row.label.text and not _in_turn([plain(c.text) for c in stated]):
            continue
        if any(any(c.text and is_value(plain(c.text)) for c in r.cells[1:]) for r in rows[start:n]):
            above = n
            while above > start and rows[above - 1].is_section:
                above -= 1
            yield header, rows[start:above], sure, title
            title = rows[above].label if above < n else None
        else:
            above = n
        if not _repeats(header, row) or any(says_period([r.label]) for r in rows[above : n + 1]):
            header, sure = _new_header(text, rows[above : n + 1], row)
        elif row.label.text:
            title = row.label
        start = n + 1
    if start < len(rows):
        yield header, rows[start:], sure, title


def _repeats(header: tuple[tuple[Cell, ...], ...], row: GridRow) -> bool:
    """Whether a row of periods says the lowest line of the header again: the lines above that one still hold."""
    return len(header) > 1 and [plain(c.text).casefold() for c in header[-1][1:]] == [plain(c.text).casefold() for c in row.cells[1:]]


def _in_turn(cells: Sequence[str]) -> bool:
    """Whether bare years follow one another; others behind a label are figures ("Throughput | 1987 | 1994")."""
    years = [int(found.group()) for cell in cells if is_year(cell) and (found := re.search(r"\d{4}", cell))]
    return len(years) < len(cells) or all(abs(a - b) <= 1 for a, b in pairwise(years))


def _heads_column(text: str, cell: Cell) -> bool:
    found = find_header_atoms(text, cell.start, cell.end)
    return (
        found.clean
        and not text[cell.start : found.first].strip()
        and any(a.kind in {"quarter", "half", "day", "month", "ytd", "months", "year"} for a in found.atoms)
    )


def _new_header(text: str, rows: Sequence[GridRow], leaf: GridRow) -> tuple[tuple[tuple[Cell, ...], ...], bool]:
    """The header that a row of periods and the section rows right above it make up."""
    width = len(leaf.cells) - 1
    end = max(c.end for c in leaf.cells)
    for row in rows:
        if not find_header_atoms(text, row.label.start, row.label.end).atoms:
            continue
        for apart in (False, True):
            found = find_header_atoms(text, row.label.start, end, years_apart=apart)
            lines = spread(found.atoms, width) if found.clean else None
            if lines:
                return tuple(
                    (_cell(text, None, row.label.start), *(_cell(text, (a.start, a.end) if a else None, row.label.start) for a in line))
                    for line in lines
                ), True
        return (leaf.cells,), False
    return (leaf.cells,), True


def _title(text: str, region: Region, before: int) -> Cell | None:
    """The caption right above a table: the line before it, or in a flattened text what follows the last full stop."""
    line_start = text.rfind("\n", before, region.start) + 1 if text.rfind("\n", before, region.start) >= 0 else before
    if text[line_start : region.start].strip():
        lead = text[line_start : region.start]
        captions = list(_CAPTION.finditer(lead))
        cut = captions[-1].start() if captions else max((m.end() for m in re.finditer(r"[.:;]\s", lead)), default=0)
        return _short(text, line_start + cut, region.start, 12 if not captions else 40)
    end = len(text[before : region.start].rstrip()) + before
    if end <= before or text.count("\n", end, region.start) > 4:
        return None
    start = max(text.rfind("\n", before, end) + 1, before)
    first = _short(text, start, end, 40)
    if first is None or not first.text.startswith("(") or start <= before + 1:
        return first
    upper_end = len(text[before : start - 1].rstrip()) + before
    upper = _short(text, max(text.rfind("\n", before, upper_end) + 1, before), upper_end, 40)
    return Cell(text=text[upper.start : first.end], start=upper.start, end=first.end) if upper else first


def _lead(text: str, position: int, before: int) -> Cell | None:
    """The last sentences, up to 300 characters, of the paragraph above a table."""
    end = len(text[before:position].rstrip()) + before
    if end <= before or text.count("\n", end, position) > 4:
        return None
    start = max(text.rfind("\n", before, end) + 1, before, end - 300)
    return Cell(text=text[start:end], start=start, end=end)


def _short(text: str, start: int, end: int, words: int) -> Cell | None:
    """A stretch as a caption: short, and no sentence."""
    raw = text[start:end]
    caption = raw.strip().strip("*#").strip()
    if (
        not caption
        or _BULLET.match(raw)
        or len(caption.split()) > words
        or (caption.rstrip('"”’)')[-1:] in {".", ";", ","} and not _CAPTION.match(caption))
        or not any(c.isalpha() for c in caption)
    ):
        return None
    at = text.index(caption, start)
    return Cell(text=caption, start=at, end=at + len(caption))


def _notes(text: str, region: Region, after: int) -> Iterator[Cell]:
    """The footnotes right below a table: lines that begin with a note mark."""
    position, found = region.end, 0
    while position < after and found < 12:
        stop = text.find("\n", position, after)
        stop = after if stop < 0 else stop
        line = text[position:stop].strip()
        if line and position != region.end and not _NOTE.match(line):
            return
        if line and _NOTE.match(line):
            at = text.index(line, position)
            yield Cell(text=line, start=at, end=at + len(line))
            found += 1
        elif line:
            return
        position = stop + 1


def _unit_phrase(text: str, cells: Sequence[Cell | None]) -> Cell | None:
    """Where the caption or the corner says what unit holds for the whole table."""
    for cell in cells:
        if cell and (match := _UNIT_PHRASE.search(cell.text)):
            phrase = match.group().strip("() ")
            at = text.index(phrase, cell.start + match.start())
            return Cell(text=phrase, start=at, end=at + len(phrase))
    return None
