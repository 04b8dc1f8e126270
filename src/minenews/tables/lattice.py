"""Rebuild tables whose cells still stand apart: pipes, tabs, or columns aligned by blanks.

Every line becomes a row of as many cells as the table is wide. A line whose cells cannot be told to their columns is not `sure`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from minenews.tables.atoms import find_header_atoms
from minenews.tables.compact import is_compact, place_cells
from minenews.tables.middle import label_column, middle_label
from minenews.text.regions import RULE_LINE, Region
from minenews.text.values import is_null, is_value, is_year

Span = tuple[int, int]

_BAR = re.compile(r"[|│║]")
_GAPPED = re.compile(r"[^\s](?:[^\s]|[ \u00a0](?![ \u00a0]))*")
_OPEN = re.compile(r"(?:(?:US|CA?|CDN|AU?|NZ)?\$|[€£¥]|\(\$?|\$\()")
_CLOSE = re.compile(r"(?:%|\)%?|%\)|\)\s*%|(?:\(\d\)){1,2}|\*{1,2})")


@dataclass(slots=True)
class LatticeRow:
    """The cells of one line, `None` where empty. `shared` where fewer cells than columns were shared out over them."""

    cells: list[Span | None]
    sure: bool = True
    shared: bool = False


@dataclass(slots=True)
class Lattice:
    """All lines that hold cells; `above` lines stand above a rule and are header for sure."""

    rows: list[LatticeRow]
    above: int = 0

    @property
    def width(self) -> int:
        return len(self.rows[0].cells) if self.rows else 0


def read_lattice(text: str, region: Region) -> Lattice:
    """The cells of a region of form pipes, tabs or columns."""
    lines: list[list[Span | None]] = []
    rules: list[int] = []
    for start, end in _line_spans(text, region):
        line = text[start:end]
        if RULE_LINE.fullmatch(line) and not (region.form == "columns" and is_null(line)):
            if re.search(r"[-=_─━═]{2,}", line):
                rules.append(len(lines))
            continue
        cells = _cells(text, start, end, region.form)
        if any(cells):
            if region.form == "pipes" and lines and _goes_on(text, lines[-1], cells, start):
                lines[-1] = [*(cell for cell in lines[-1] if cell is not None), *(cell for cell in cells if cell is not None)]
                continue
            lines.append(cells)
    if region.form == "columns":
        lattice = _aligned(text, lines)
    elif region.form == "pipes" and is_compact(text, lines):
        lattice = Lattice([LatticeRow(cells, sure) for cells, sure in place_cells(text, [_without_pieces(text, cells) for cells in lines])])
    else:
        lattice = Lattice(_filled(text, lines, region))
        for row in lattice.rows:
            _merge_pieces(text, row)
        _merge_columns(text, lattice)
        _put_labels_first(text, lattice)
    lattice.above = next((n for n in rules if 0 < n < len(lines)), 0)
    return lattice


def _goes_on(text: str, above: Sequence[Span | None], cells: Sequence[Span | None], start: int) -> bool:
    """Whether a line of figures alone ends the row of the line above: a label and its unit, closed by a bar."""
    words, figures = [cell for cell in above if cell is not None], [cell for cell in cells if cell is not None]
    return (
        1 <= len(words) <= 2
        and len(figures) >= 2
        and None not in cells[: len(figures)]
        and not any(_is_figure(text, cell) or _is_period(text, cell) for cell in words)
        and all(_is_figure(text, cell) for cell in figures)
        and text[words[-1][1] : start].strip() == "|"
    )


def _filled(text: str, lines: Sequence[list[Span | None]], region: Region) -> list[LatticeRow]:
    """Rows of one width. A line with fewer cells than most is placed by where its bars stand in the line.

    Where they tell nothing and it holds figures it is not sure.
    """
    width = Counter(len(cells) for cells in lines).most_common(1)[0][0] if lines else 0
    widest = max((len(cells) for cells in lines), default=0)
    if widest > width and sum(1 for cells in lines if len(cells) == widest) * 3 > len(lines):
        width = widest
    rows: list[LatticeRow] = []
    for cells in lines:
        missing = width - len(cells)
        if missing < 0:
            extra = cells[width:]
            rows.append(LatticeRow(cells[:width], sure=not any(extra)))
        elif (
            missing
            and region.form == "pipes"
            and _indent(text, cells, region) > _indent(text, next(c for c in lines if len(c) == width), region) + 4
        ):
            rows.append(LatticeRow([*(None for _ in range(missing)), *cells]))
        else:
            stated = [c for c in cells[1:] if c is not None]
            if missing and cells[0] is None and stated and (width - 1) % len(stated) == 0 and all(_is_period(text, c) for c in stated):
                spread: list[Span | None] = [None] * width
                spread[1 :: (width - 1) // len(stated)] = stated
                rows.append(LatticeRow(spread, shared=len(stated) < width - 1))
                continue
            if (
                missing == 1
                and cells
                and cells[0] is not None
                and not any(_is_figure(text, c) for c in cells)
                and _is_period(text, cells[0])
            ):
                rows.append(LatticeRow([None, *cells]))
                continue
            rows.append(LatticeRow([*cells, *(None for _ in range(missing))], sure=not missing or not stated))
    return rows


def _is_period(text: str, span: Span) -> bool:
    """Whether a cell says a period, which no label column is headed by."""
    found = find_header_atoms(text, *span)
    return (
        found.clean
        and found.first == span[0]
        and all(atom.kind in {"quarter", "half", "month", "months", "year", "ytd", "day", "duration"} for atom in found.atoms)
    )


def _indent(text: str, cells: Sequence[Span | None], region: Region) -> int:
    """How far from the line's start the first bar stands."""
    start = next(c[0] for c in cells if c is not None)
    line = text.rfind("\n", 0, start) + 1
    bar = _BAR.search(text, line, region.end)
    return bar.start() - line if bar else 0


def _line_spans(text: str, region: Region) -> list[Span]:
    spans, start = [], region.start
    for raw in text[region.start : region.end].split("\n"):
        if raw.strip():
            spans.append((start, start + len(raw)))
        start += len(raw) + 1
    return spans


def _cells(text: str, start: int, end: int, form: str) -> list[Span | None]:
    """The cells of one line by their separators; for aligned columns by runs of blanks."""
    if form == "columns":
        return [m.span() for m in _GAPPED.finditer(text, start, end)]
    edges = [m.start() for m in (_BAR if form == "pipes" else re.compile(r"\t")).finditer(text, start, end)]
    bounds = [start - 1, *edges, end]
    cells: list[Span | None] = []
    for left, right in pairwise(bounds):
        piece = text[left + 1 : right]
        inner = piece.strip().strip("*").strip()
        if inner:
            at = text.index(inner, left + 1)
            cells.append((at, at + len(inner)))
        else:
            cells.append(None)
    if form == "pipes" and edges:
        line = text[start:end].strip()
        if line[:1] in "|│║":
            cells = cells[1:]
        if line[-1:] in "|│║":
            cells = cells[:-1]
    return cells


def _merge_pieces(text: str, row: LatticeRow) -> None:
    """Join "$", ")" and "%" that stand in cells of their own to the figure beside them; the figure's cell takes them in."""
    cells = row.cells
    for i in range(1, len(cells)):
        here = cells[i]
        if here is None:
            continue
        piece = text[here[0] : here[1]]
        following = next((j for j in range(i + 1, min(i + 3, len(cells))) if cells[j] is not None), None)
        if _OPEN.fullmatch(piece) and following is not None:
            span = cells[following]
            if span is not None and re.match(r"\(?[\d.\-–—]", text[span[0] : span[1]]):
                cells[following], cells[i] = (here[0], span[1]), None
        elif _CLOSE.fullmatch(piece):
            before = next((j for j in range(i - 1, max(i - 3, 0), -1) if cells[j] is not None), None)
            span = cells[before] if before is not None else None
            if (
                before is not None
                and span is not None
                and re.match(r"[^A-Za-z]*\d", written := text[span[0] : span[1]])
                and not is_year(written)
            ):
                cells[before], cells[i] = (span[0], here[1]), None


def _put_labels_first(text: str, lattice: Lattice) -> None:
    """Move the column of labels in front where it stands between the figures or behind them."""
    if sum(1 for row in lattice.rows if _is_figure(text, row.cells[0])) < 2:
        return
    column = label_column([[None if cell is None else _is_figure(text, cell) for cell in row.cells] for row in lattice.rows])
    for row in lattice.rows if column else ():
        row.cells.insert(0, row.cells.pop(column))


def _without_pieces(text: str, cells: list[Span | None]) -> list[Span | None]:
    """The cells of a line with lone signs joined to their figures."""
    row = LatticeRow(list(cells))
    _merge_pieces(text, row)
    return row.cells


def _merge_columns(text: str, lattice: Lattice) -> None:
    """Drop empty columns, and join neighbours of which one row never fills both (a header over the "$" column, the figures beside it)."""
    column = 0
    while column < lattice.width:
        if all(row.cells[column] is None for row in lattice.rows):
            _drop(lattice, column)
        else:
            column += 1
    column = 1
    while column + 1 < lattice.width:
        left = [i for i, row in enumerate(lattice.rows) if row.cells[column] is not None]
        right = [i for i, row in enumerate(lattice.rows) if row.cells[column + 1] is not None]
        left_figures = sum(1 for i in left if _is_figure(text, lattice.rows[i].cells[column]))
        right_figures = sum(1 for i in right if _is_figure(text, lattice.rows[i].cells[column + 1]))
        if (
            not set(left) & set(right)
            and (not left_figures or not right_figures)
            and (left_figures or right_figures)
            and min(len(left), len(right)) <= 4
        ):
            for row in lattice.rows:
                if row.cells[column] is None:
                    row.cells[column] = row.cells[column + 1]
            _drop(lattice, column + 1)
        else:
            column += 1


def _drop(lattice: Lattice, column: int) -> None:
    for row in lattice.rows:
        del row.cells[column]


def _is_figure(text: str, span: Span | None) -> bool:
    if span is None:
        return False
    cell = plain(text[span[0] : span[1]])
    return (is_value(cell) and not is_year(cell)) or is_null(cell)


def plain(cell: str) -> str:
    """A cell's text without the pipes and line ends that a joined cell runs over."""
    return " ".join(_BAR.sub(" ", cell).split()).replace(" )", ")").replace("( ", "(")


def _aligned(text: str, lines: Sequence[list[Span | None]]) -> Lattice:
    """Columns by alignment: the lines with the commonest number of figures say where the columns stand."""
    placed = [[(s, e) for s, e in (c for c in cells if c is not None)] for cells in lines]
    starts = [text.rfind("\n", 0, cells[0][0]) + 1 for cells in placed]
    placed = [_label_first(text, cells) for cells in placed]
    counts = Counter(n for cells in placed if (n := _figure_tail(text, cells)))
    if not counts:
        return Lattice([])
    width = max(counts, key=lambda n: (counts[n], n))
    full = [i for i, cells in enumerate(placed) if _figure_tail(text, cells) == width]
    extents: list[Span] = []
    for column in range(width):
        spans = [placed[i][len(placed[i]) - width + column] for i in full]
        extents.append(
            (
                min(s - starts[i] for s, i in zip([a for a, _ in spans], full, strict=True)),
                max(e - starts[i] for e, i in zip([b for _, b in spans], full, strict=True)),
            )
        )
    apart = all(a[1] <= b[0] for a, b in pairwise(extents))
    units = _unit_extent(placed, starts, full, width)
    offset = 2 if units else 1
    rows: list[LatticeRow] = []
    for number, cells in enumerate(placed):
        row = LatticeRow([None] * (width + offset))
        tail = _figure_tail(text, cells)
        if tail == width:
            row.cells[offset:] = cells[len(cells) - width :]
            rest = cells[: len(cells) - width]
        elif not apart:
            row.sure = tail == 0
            rest = cells
        else:
            rest = []
            for start, end in cells:
                left, right = start - starts[number], end - starts[number]
                if left < extents[0][0] and (units is None or right <= extents[0][0] or not tail) and right <= extents[0][0]:
                    rest.append((start, end))
                    continue
                hits = _columns_under(left, right, extents)
                if not hits:
                    if left <= extents[0][0]:
                        rest.append((start, end))
                    else:
                        row.sure = False
                for column in hits:
                    if row.cells[offset + column] is not None:
                        row.sure = False
                    row.cells[offset + column] = (start, end)
                if len(hits) > 1 and _is_figure(text, (start, end)):
                    row.sure = False
        if units and len(rest) >= 2 and rest[-1][0] - starts[number] < units[1] and rest[-1][1] - starts[number] > units[0]:
            row.cells[1] = rest[-1]
            rest = rest[:-1]
        if rest:
            row.cells[0] = (rest[0][0], rest[-1][1])
        rows.append(row)
    return Lattice(rows)


def _label_first(text: str, cells: list[Span]) -> list[Span]:
    """The cells of a line with the label in front where as many figures stand before it as behind it."""
    label = middle_label([_is_figure(text, cell) for cell in cells]) if _is_figure(text, cells[0]) else None
    return [*cells[slice(*label)], *cells[: label[0]], *cells[label[1] :]] if label else cells


def _figure_tail(text: str, cells: Sequence[Span]) -> int:
    """How many figures end a line, leaving at least a label."""
    count = 0
    while count < len(cells) - 1 and _is_figure(text, cells[-1 - count]):
        count += 1
    return count


def _unit_extent(placed: Sequence[list[Span]], starts: Sequence[int], full: Sequence[int], width: int) -> Span | None:
    """Where the unit column stands, None where most rows have but one label cell."""
    spans = [(cells[-1 - width][0] - starts[i], cells[-1 - width][1] - starts[i]) for i in full if len(cells := placed[i]) == width + 2]
    if len(spans) * 2 <= len(full):
        return None
    return min(s for s, _ in spans), max(e for _, e in spans)


def _columns_under(left: int, right: int, extents: Sequence[Span]) -> list[int]:
    """The columns that a cell stands over; one that overlaps none belongs to the nearest within three characters."""
    hits = [n for n, (a, b) in enumerate(extents) if left < b and right > a]
    if hits:
        return hits
    near = sorted((min(abs(left - b), abs(a - right)), n) for n, (a, b) in enumerate(extents))
    return [near[0][1]] if near and near[0][0] <= 3 and (len(near) == 1 or near[1][0] > near[0][0] + 1) else []
