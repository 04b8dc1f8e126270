"""Rebuild tables that were flattened to a stream of words or of cells: labels and runs of figures, again and again.

The number of figures that most rows have is the number of columns; a header that does not come out at that number, or a row with
another number of figures, stays unread: a figure is never moved to a column that it does not belong to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from minenews.tables.atoms import Line, find_header_atoms, spread
from minenews.tables.cell_heads import cell_parts, is_dated, read_cell_heads, read_head
from minenews.tables.items import Item, Span, cell_items, figure_runs, kind_of, word_items
from minenews.tables.middle import cell_labels_first, labels_first
from minenews.tables.units import read_unit
from minenews.text.regions import RULE, Region


@dataclass(slots=True)
class StreamRow:
    """A label and its figures; `sure` is False where their columns could not be told."""

    label: Span | None
    values: list[Span]
    unit: Span | None = None
    sure: bool = True
    places: list[int] = field(default_factory=list)


@dataclass(slots=True)
class StreamTable:
    """A rebuilt stream: header lines of `width` columns (spans, None where empty), the span over the label column, and the rows.

    `title`: of a table with one cell a line, the cell above its header.
    """

    width: int
    header: list[list[Span | None]]
    corner: Span | None
    rows: list[StreamRow]
    sure: bool
    title: Span | None = None


def read_stream(text: str, region: Region) -> list[StreamTable]:
    """The tables of a region of form dashes, rows or cells: a header in the middle starts another one.

    Empty where no rows of figures can be made out.
    """
    if region.form == "cells":
        stretches = [[cell_labels_first(text, part)] for part in cell_parts(text, cell_items(text, region))]
    elif region.form == "rows":
        stretches = [[word_items(text, start, end) for start, end in _wrapped(text, _split(text, region, re.compile(r"\n")))]]
    else:
        stretches = [[word_items(text, start, end) for start, end in _split(text, region, RULE)]]
    if region.form != "cells":
        stretches = [labels_first(groups) for groups in stretches]
    tables = (_read_groups(text, [group for group in groups if group], region.form) for groups in stretches)
    return [table for table in tables if table is not None]


def _read_groups(text: str, groups: Sequence[Sequence[Item]], form: str) -> StreamTable | None:
    best: StreamTable | None = None
    for width in _widths(groups):
        table = _read_at_width(text, groups, width, form)
        if table is not None and table.sure:
            return table
        best = best or table
    return best


def _split(text: str, region: Region, rule: re.Pattern[str]) -> list[Span]:
    """The stretches between the rules of a region."""
    spans, start = [], region.start
    for match in rule.finditer(text, region.start, region.end):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, region.end))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _wrapped(text: str, lines: Sequence[Span]) -> list[Span]:
    """Lines with those joined that make up one row.

    Figures on a line of their own belong to the words above them ("Ore mined 000", "tonnes", "438 353"), words that go on in
    small letters to the line above ("Cash costs", "per ounce sold 600 580").
    """
    kinds = [_line_kind(text[start:end]) for start, end in lines]
    joined: list[Span] = []
    for n, (start, end) in enumerate(lines):
        word = text[start:end].lstrip()[:1]
        over = kinds[n - 1] if n else ""
        unit = over == "words" and n > 1 and kinds[n - 2] == "words" and bool(_UNIT.fullmatch(text[slice(*lines[n - 1])].strip()))
        if kinds[n] == "figures" and over == "words" and joined:
            joined[-1 - unit :] = [(joined[-1 - unit][0], end)]
        elif kinds[n] == "row" and over == "words" and word.islower() and joined:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _line_kind(line: str) -> str:
    """Whether a line holds figures behind words (row), figures alone, or words alone; a dash between words is one of them."""
    tokens = [token for token in line.split() if token not in {"%", ")%", "$"}]
    kinds = [kind_of(token) for token in tokens]
    if not kinds or "year" in kinds:
        return ""
    if "value" not in kinds and kinds[-1] == "word":
        return "words"
    return "row" if "word" in kinds else "figures"


def _is_data(group: Sequence[Item], run: tuple[int, int]) -> bool:
    return any(item.kind == "value" for item in group[run[0] : run[1]])


def _widths(groups: Sequence[Sequence[Item]]) -> list[int]:
    """The numbers of value columns to try, the likeliest first."""
    sizes: Counter[int] = Counter()
    for group in groups:
        for run in figure_runs(group):
            if _is_data(group, run):
                label_in_run = run[0] == 0 and group[0].kind == "year"
                sizes[run[1] - run[0] - label_in_run] += 1
    return [size for size, _ in sorted(sizes.items(), key=lambda s: (-s[1], -s[0])) if size > 0][:3]


def _read_at_width(text: str, groups: Sequence[Sequence[Item]], width: int, form: str) -> StreamTable | None:
    """The table as it comes out with `width` value columns."""
    place = next(((g, run) for g, group in enumerate(groups) for run in figure_runs(group) if _is_data(group, run)), None)
    if place is None:
        return None
    g, run = place
    cells = form == "cells"
    table: StreamTable | None = None
    for read_header in (_header_above, _header_within):
        found = read_header(text, groups, g, run[0], width, cells)
        if found is not None:
            header, corner, (group, item) = found
            table = StreamTable(width, header, corner, [], True)
            table.title = _cell_above(groups[g], header, corner) if cells else None
            break
    if table is None:
        group, item = (g, 0) if g or form == "rows" else (g, _first_label(text, groups[g], run[0]) if cells else run[0])
        table = StreamTable(width, [], None, [], False)
    for i in range(group, len(groups)):
        table.rows += _rows(text, groups[i][item if i == group else 0 :], width, cells)
    if cells:
        _stop_at_other_heads(text, table)
    good = sum(1 for row in table.rows if row.sure and row.values)
    bad = sum(1 for row in table.rows if not row.sure)
    if not good:
        return None
    table.sure = table.sure and good >= bad and not (cells and _labels_in_the_middle(text, groups[g], width))
    return table


def _stop_at_other_heads(text: str, table: StreamTable) -> None:
    """Rows below a lone period that the header does not hold ("2020 Guidance") may have other columns: they are not sure."""
    said = {" ".join(text[slice(*span)].casefold().split()) for line in table.header for span in line if span}
    if not any(is_dated(head) for head in said):
        return
    other = False
    for row in table.rows:
        written = " ".join(text[slice(*row.label)].casefold().split()) if row.label else ""
        other = other or (not row.values and is_dated(written) and written not in said)
        row.sure = row.sure and not (other and row.values)


def _cell_above(group: Sequence[Item], header: Sequence[Sequence[Span | None]], corner: Span | None) -> Span | None:
    """The last cell before the header and its corner, if it holds words."""
    top = min(span[0] for span in [*(s for line in header for s in line), corner] if span is not None)
    above = [item for item in group if item.start < top]
    return (above[-1].start, above[-1].end) if above and above[-1].kind == "word" else None


def _labels_in_the_middle(text: str, group: Sequence[Item], width: int) -> bool:
    """Whether figures stand on both sides of the labels.

    Then the first row and the last one share out what all others have, or the unit stands before and behind a label.
    """
    runs = [run for run in figure_runs(group) if _is_data(group, run)]
    sizes = [last - first for first, last in runs]
    shared = len(sizes) > 2 and sizes[0] + sizes[-1] == width and all(size == width for size in sizes[1:-1])
    return shared or any(_unit_twice(text, group[a:b]) for (_, a), (b, _) in pairwise(runs))


def _unit_twice(text: str, label: Sequence[Item]) -> bool:
    ends = {text[label[i].start : label[i].end].casefold() for i in (0, -1)} if len(label) == 3 else set()
    return len(ends) == 1 and read_unit(ends.pop()) is not None


def _first_label(text: str, group: Sequence[Item], first: int) -> int:
    """Where the first row of a table without a header begins: with its label and its unit."""
    return max(0, first - 2) if _unit_cell(text, group[max(0, first - 2) : first]) else max(0, first - 1)


Header = tuple[list[list[Span | None]], Span | None, tuple[int, int]]
"""Header lines, the corner, and the group and item with which the rows begin."""


def _spans(lines: Sequence[Line]) -> list[list[Span | None]]:
    return [[None if atom is None else (atom.start, atom.end) for atom in line] for line in lines]


def _header_above(text: str, groups: Sequence[Sequence[Item]], g: int, first: int, width: int, cells: bool) -> Header | None:
    """The header where rules part it from the rows; words between header and rows are section rows."""
    for last in range(g, 0, -1):
        start, end = groups[0][0].start, groups[last - 1][-1].end
        found = _fit(text, start, end, width)
        if found is not None:
            return found[0], found[1], (last, 0)
    return None


def _header_within(text: str, groups: Sequence[Sequence[Item]], g: int, first: int, width: int, cells: bool) -> Header | None:
    """The header where it stands in one stretch with the first row's label."""
    group = groups[g]
    if cells:
        return _cell_header(text, group, first, width)
    start = groups[0][0].start
    for last in range(first - 1, 0, -1):
        found = _fit(text, start, group[last - 1].end, width)
        if found is not None:
            return found[0], found[1], (g, last)
    return None


def _cell_header(text: str, group: Sequence[Item], first: int, width: int) -> Header | None:
    """The header of a table with one cell a line: the cells before the first row's label and unit, its sections left out."""
    for labels in (1, 2, 3, 4):
        last = first - labels
        if last < width:
            break
        if any((head := read_head(text, item)) and head.kind in "ABCX" for item in group[last:first]):
            return None
        found = read_cell_heads(text, group[:last], width)
        if found is not None:
            return found[0], found[1], (0, last)
    for labels in (1, 2, 3, 4):
        last = first - labels
        for upper in range(max(0, last - 4 * width), last - width + 1):
            head = read_head(text, group[upper])
            fitted = _fit(text, group[upper].start, group[last - 1].end, width) if head and head.kind != "U" else None
            if fitted is not None:
                above = group[upper - 1] if upper else None
                return fitted[0], (above.start, above.end) if above else fitted[1], (0, last)
    return None


def _fit(text: str, start: int, end: int, width: int) -> tuple[list[list[Span | None]], Span | None] | None:
    """Header lines and corner of the text of a header, None where it does not come out at `width` columns."""
    if end - start > 1500:
        return None
    for apart in (False, True):
        found = find_header_atoms(text, start, end, years_apart=apart)
        lines = spread(found.atoms, width) if found.clean else None
        if lines:
            corner = text[start : found.first].strip()
            at = text.index(corner, start) if corner else start
            return _spans(lines), (at, at + len(corner)) if corner else None
    return None


def _rows(text: str, group: Sequence[Item], width: int, cells: bool) -> list[StreamRow]:
    """The rows of one stretch."""
    rows: list[StreamRow] = []
    at = 0
    unit_column = cells and _has_unit_column(text, group)
    for first, last in figure_runs(group):
        if first < at or (last - first < width and last < len(group) and all(item.kind == "null" for item in group[first:last])):
            continue
        label = list(group[at:first])
        values = list(group[first:last])
        at = last
        if not label and values[0].kind == "year" and len(values) > 1:
            label, values = values[:1], values[1:]
        values = _settle(text, values, width)
        if cells:
            size = 2 if _unit_cell(text, label) or (unit_column and _unit_word(text, label)) else 1
            rows += [StreamRow((item.start, item.end), []) for item in label[:-size]]
            kept = label[-size:]
            span = (kept[0].start, kept[0].end) if kept else None
            unit = (kept[1].start, kept[1].end) if len(kept) == 2 else None
        else:
            span = (label[0].start, label[-1].end) if label else None
            unit = None
        if len(values) == width and span is not None:
            rows.append(StreamRow(span, [(v.start, v.end) for v in values], unit))
        else:
            start = span[0] if span else values[0].start
            rows.append(StreamRow((start, values[-1].end), [], unit, sure=False))
    rest = group[at:]
    if cells:
        rows += [StreamRow((item.start, item.end), []) for item in rest]
    elif rest:
        rows.append(StreamRow((rest[0].start, rest[-1].end), []))
    return rows


def _has_unit_column(text: str, group: Sequence[Item]) -> bool:
    """Whether in half of the rows or more a unit stands between label and figures."""
    runs = figure_runs(group)
    return sum(2 for first, _ in runs if _unit_cell(text, group[max(0, first - 2) : first])) >= len(runs)


def _unit_word(text: str, label: Sequence[Item]) -> bool:
    """Whether the last of several label cells is a unit written like a label: "Tons" in a column of units."""
    written = text[label[-1].start : label[-1].end] if len(label) >= 2 else ""
    return 0 < len(written) <= 16 and read_unit(written) is not None


def _unit_cell(text: str, label: Sequence[Item]) -> bool:
    """Whether the last of several label cells is a unit."""
    return len(label) >= 2 and bool(_UNIT.fullmatch(text[label[-1].start : label[-1].end].strip()))


_UNIT = re.compile(
    r"""\(? (?: (?:US|C|A|CAD|AUD|USD)? \$? [ ]? ['’]?0{3}['’]?s? \s* (?:tonnes|oz|ounces|t|lbs|pounds|dmt|wmt|bcm|m3|ct|carats|\$)?
          | (?:US|C|A|CDN)?\$ (?: [ ]? (?:M|m|k|bn|million|millions|000s?) | [ ]?/[ ]?(?:oz|lb|t|dmt|wmt|tonne|ounce|pound)\b [\w ]{0,12} )?
          | (?:US|C|A|CDN)?\$ [ ]per[ ] (?:ounce|oz|tonne|pound|lb|t|carat)\b [\w ]{0,14} | mg/[lL] | gpm | cpht
          | [A-Z]{3} (?:\s?/\s?(?:oz|t|lb))? | %[ \w]{0,8} | [kKM]?(?:oz|t|lbs?|ct|dmt|wmt|bcm|BCM|g|kg|m|ozs)\b (?:[ ]\w{2,6})?
          | R\s?m | R\s?/\s?(?:kg|oz|t) | m[23] | g/t (?:[ ]\w{2,4})? | gpt | oz/t(?:on)? | ppm | ratio | w:o | \#
          | (?:dry[ ]|wet[ ]|metric[ ])?(?:metric[ ])?
            (?:tonnes|tons|ounces|pounds|metres|meters|[Cc]arats|grams|kilograms|days|tpd)(?:[ ]per[ ](?:day|tonne))?
          | (?:t|tonnes|tons)\s?/\s?(?:d|day|h) | tpd | thousand[ ]\w{3,8} | million[ ]\w{3,8} ) \)?""",
    re.VERBOSE,
)


def _settle(text: str, values: list[Item], width: int) -> list[Item]:
    """Bring a run of figures to the table's width where that is beyond doubt: "110,000 - 120,000" is one figure."""
    if len(values) <= width:
        return values
    joined: list[Item] = []
    index = 0
    while index < len(values):
        three = values[index : index + 3]
        if (
            len(three) == 3
            and [v.kind == "null" for v in three] == [False, True, False]
            and text[three[1].start : three[1].end] in {"-", "–", "—"}
        ):
            joined.append(Item(three[0].start, three[2].end, "value"))
            index += 3
        else:
            joined.append(values[index])
            index += 1
    return joined if len(joined) == width else values
