"""The header of a table with one cell a line: which heads stand over which columns.

Every cell counts as a whole. The cells right above the first label are one to a column (leaves), those before them stand over
several columns; or the header was printed column by column. What can be read in two ways stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minenews.tables.atoms import find_header_atoms
from minenews.tables.items import Item, Span
from minenews.tables.units import read_unit

Lines = list[list[Span | None]]

_KINDS = (
    ("A", frozenset({"duration"})),
    ("C", frozenset({"quarter", "half", "months", "month", "ytd", "whole", "relative"})),
    ("B", frozenset({"day"})),
    ("C", frozenset({"year"})),
    ("X", frozenset({"change"})),
)
"""The kinds of atoms that tell the kind of a cell, the first that it holds."""

_DATED = re.compile(r"(?:19|20)\d\d|\b(?:FY|[1-4]Q|Q[1-4])\s?['’]?\d\d\b|\bFY\d\d", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAD_WORD = re.compile(r"(?:ended|ending|to)\s", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"units?|uom|(?:units?\sof\s)?measure(?:ment)?", re.IGNORECASE)
_LEAD = re.compile(r"(?:(?:to|ended|ending|at|the|for)\s+|\()*", re.IGNORECASE)
_CHANGE_HEAD = re.compile(
    r"""
    (?: \(?%\)? (?: \s? \+ \s?/\s? \(?[-–−]\)? )?                     # % · % +/(-)
  | (?: % \s? )? (?: Δ | \+ \s? / \s? \(?[-–−]\)? ) (?: \s? \(?%\)? )?  # Δ · +/- %
  | (?: \(?(?:%|percent(?:age)?|per\s?cent|quarter|year|YTD|annual)\)? \s? ){0,2}
    (?: change | varia(?:nce|tion) | var\b\.? | chg\b\.? | increase | difference | diff\b\.? | delta | movement
    | [yq]\s?[/-]?o?[/-]?\s?[yq]\b | vs\b\.? )
    (?: \s? (?: over | from | vs\.? | versus | to | on | on\sprior | prior | previous | last | years?(?:['’]s)? | quarter | period
            | yoy | qoq | \(?%\)? | / | \(?decrease\)? | \+\s?/\s?\(?-\)? ) ){0,6}
    ) (?: \s?\(\d\) | (?<=[a-z])\d | \*{1,2} )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

AGAINST = re.compile(r"(?:%\s?)?(?:(?:change|variance|var\.?)\s)?(?:vs\b\.?|versus|against|compared\s(?:to|with))\s", re.IGNORECASE)
"""What stands before a period in the head of a change column: "vs Q1 2018"."""


@dataclass(frozen=True, slots=True)
class Head:
    """A header cell; `kind`: A duration, B day, C period, X change, U unit in brackets, F footing, H any other column head."""

    start: int
    end: int
    kind: str
    text: str


def cell_parts(text: str, items: Sequence[Item]) -> list[Sequence[Item]]:
    """Cut a list of cells where heads of columns follow upon figures: three or more, or two periods with their year."""
    cuts = [0]
    seen = False
    heads = dated = 0
    for index, item in enumerate(items):
        head = read_head(text, item) if item.kind in {"word", "year"} else None
        heads = heads + 1 if head else 0
        dated = dated + 1 if head and head.kind in "ABC" and _DATED.search(head.text) else 0
        if item.kind == "value":
            seen = True
        elif seen and (heads == 3 or dated == 2):
            cut = index + 1 - heads
            units = _UNIT_HEAD.fullmatch(text, items[cut - 1].start, items[cut - 1].end) is not None
            cut -= next((n for n in (1 + units, 1) if items[cut - n].kind == "word" and cut - n > cuts[-1]), 0)
            cuts.append(cut)
            seen = False
    return [items[a:b] for a, b in zip(cuts, [*cuts[1:], len(items)], strict=True)]


def is_dated(written: str) -> bool:
    """Whether words as a whole head a column with a period and its year."""
    head = read_head(written, Item(0, len(written), "word"))
    return head is not None and head.kind in "ABC" and _DATED.search(head.text) is not None


def read_head(text: str, item: Item) -> Head | None:
    """What a cell heads a column with, None for a cell that as a whole heads none."""
    if item.kind not in {"word", "year"} or item.end - item.start > 80:
        return None
    written = " ".join(text[item.start : item.end].replace("|", " ").split())
    against = AGAINST.match(written)
    if _CHANGE_HEAD.fullmatch(written) or (against and _heads_period(written[against.end() :])):
        return Head(item.start, item.end, "X", written)
    found = find_header_atoms(written, 0, len(written))
    lead = _LEAD.match(written)
    if not found.atoms or not found.clean or found.first > (lead.end() if lead else 0):
        return None
    kinds = [atom.kind for atom in found.atoms]
    if {"head", "unit", "bare"} & set(kinds):  # "Annual production (oz)" is a label
        kinds = [kind for kind in kinds if kind != "whole"]
    other = "U" if set(kinds) == {"unit"} else "F" if set(kinds) == {"basis"} else "H"
    kind = next((kind for kind, said in _KINDS if said & set(kinds)), other)
    return Head(item.start, item.end, kind, written.casefold())


def _heads_period(written: str) -> bool:
    found = find_header_atoms(written, 0, len(written))
    return bool(found.atoms) and found.clean and not found.first and not {a.kind for a in found.atoms} & {"head", "unit", "change"}


def _joined(text: str, cells: Sequence[Item]) -> list[Item]:
    """The cells with those joined that one head runs over: "% Change over", "Prior Year's"; "Six-month period", "ended June 30"."""
    cells = _with_years(text, _with_ends(text, cells))
    joined: list[Item] = []
    at = 0
    while at < len(cells):
        head = read_head(text, cells[at])
        size = 1
        if head is not None and head.kind == "X":
            for more in (2, 3, 4):
                written = " ".join(text[cells[at].start : cells[min(at + more, len(cells)) - 1].end].replace("|", " ").split())
                size = more if at + more <= len(cells) and len(written) <= 60 and _CHANGE_HEAD.fullmatch(written) else size
        joined.append(Item(cells[at].start, cells[at + size - 1].end, cells[at].kind if size == 1 else "word"))
        at += size
    return joined


def _with_ends(text: str, cells: Sequence[Item]) -> list[Item]:
    """Cells that head nothing by themselves joined to the one below where both make up a period."""
    joined: list[Item] = []
    for cell in cells:
        above = joined[-1] if joined else None
        if above is not None and above.kind == "word" and read_head(text, above) is None and _LEAD_WORD.match(text, cell.start, cell.end):
            whole = Item(above.start, cell.end, "word")
            head = read_head(text, whole)
            if head is not None and head.kind == "A" and find_header_atoms(head.text, 0, len(head.text)).first == 0:
                joined[-1] = whole
                continue
        joined.append(cell)
    return joined


def _with_years(text: str, cells: Sequence[Item]) -> list[Item]:
    """Periods joined to the bare year below where other heads hold both: "9m 2019" beside "9m", "2018"."""
    heads = [read_head(text, cell) for cell in cells]
    if not any(head is not None and _sort(head) == ("C", True) and not _BARE_YEAR.fullmatch(head.text) for head in heads):
        return list(cells)
    joined: list[Item] = []
    for cell, head in zip(cells, heads, strict=True):
        above = read_head(text, joined[-1]) if joined else None
        if head is not None and _BARE_YEAR.fullmatch(head.text) and above is not None and _sort(above) == ("C", False):
            joined[-1] = Item(joined[-1].start, cell.end, "word")
        else:
            joined.append(cell)
    return joined


def read_cell_heads(text: str, cells: Sequence[Item], width: int) -> tuple[Lines, Span | None] | None:
    """Header lines over `width` columns and the corner, from the cells above the first label; None where they do not come out."""
    cells = _joined(text, cells[-6 * width - 8 :])
    found = _lines(text, cells, width)
    names = _names(text, cells, width)
    if found is not None or names is None:
        return found
    for above in (cells[:-width], cells[: -width - 1]):
        count = len({head.text for head in names})
        periods = _lines(text, above, width) if count == 1 else _lines(text, above, width // count)
        if periods is not None:
            lines, corner = periods
            each = width // len(lines[0])
            return [*([span for span in line for _ in range(each)] for line in lines), [(n.start, n.end) for n in names]], corner
    return None


def _names(text: str, cells: Sequence[Item], width: int) -> list[Head] | None:
    """A line of names over the columns: one name over all of them, or the same names under every period."""
    line = cells[-width:]
    if len(line) < width or width < 2 or any(item.kind != "word" or item.end - item.start > 40 for item in line):
        return None
    names = [Head(item.start, item.end, "N", " ".join(text[item.start : item.end].split()).casefold()) for item in line]
    first = [name.text for name in names[: len({name.text for name in names})]]
    repeats, rest = divmod(width, len(first))
    return names if repeats > 1 and not rest and [name.text for name in names] == first * repeats else None


def _lines(text: str, cells: Sequence[Item], width: int) -> tuple[Lines, Span | None] | None:
    heads: list[Head] = []
    corner: Span | None = None
    for n in range(len(cells) - 1, -1, -1):
        cell, head = cells[n], read_head(text, cells[n])
        if head is not None and head.text == "year" and heads and heads[0].kind == "H":
            head = None  # what stands over the labels
        over = read_head(text, cells[n - 1]) if n else None
        lone = not (over and over.kind == "H") or read_unit(text[cell.start : cell.end]) is not None
        named = head is not None and head.kind == "H" and lone and all(h.kind != "H" for h in heads)
        if head is None or (len(heads) >= width and (head.kind == "U" or named)):
            if n and over is None and _UNIT_HEAD.fullmatch(text, cell.start, cell.end):
                cell = cells[n - 1]
            corner = (cell.start, cell.end)
            break
        heads.insert(0, head)
    for lines in (_beside_changes(heads, width) or _by_line(heads, width), _by_column(heads, width)):
        if lines is not None:
            return [[None if head is None else (head.start, head.end) for head in line] for line in lines], corner
    return None


def _beside_changes(heads: Sequence[Head], width: int) -> list[list[Head | None]] | None:
    """Change heads that reach over both lines: "3 months ended March 31", "% change", and below only the years of the periods."""
    above = next((n for n, head in enumerate(heads) if head.kind != "X" and _sort(head) != _sort(heads[0])), 0)
    upper, leaves = heads[:above], heads[above:]
    periods = sum(1 for head in upper if head.kind != "X")
    if not periods or periods == len(upper) or upper[0].kind == "X" or len({leaf.kind for leaf in leaves} - {"X"}) != 1:
        return None
    each, rest = divmod(len(leaves), periods)
    if rest or len(leaves) + len(upper) - periods != width or any(leaf.kind == "X" for leaf in leaves):
        return None
    lines: list[list[Head | None]] = [[], []]
    at = 0
    for head in upper:
        count = 1 if head.kind == "X" else each
        lines[0] += [None if head.kind == "X" else head] * count
        lines[1] += [head] if head.kind == "X" else leaves[at : at + each]
        at += 0 if head.kind == "X" else each
    return lines


def _by_line(heads: Sequence[Head], width: int) -> list[list[Head | None]] | None:
    """Leaves below, and above them lines of one kind each that share the columns out."""
    if len(heads) < width:
        return None
    upper, leaves = heads[:-width], heads[-width:]
    stated = {leaf.kind for leaf in leaves} - {"X"}
    if len({bool(_DATED.search(leaf.text)) for leaf in leaves if leaf.kind != "X"}) > 1:
        return None
    if (
        not stated
        or leaves[0].kind == "X"
        or (len(stated) > 1 and not (stated <= {"A", "B", "C"} and all(_DATED.search(leaf.text) for leaf in leaves if leaf.kind != "X")))
        or {h.kind for h in upper} & {"X", "H"}
        or {_sort(h) for h in upper} & {_sort(leaf) for leaf in leaves if leaf.kind in "ABC"}
        or len(upper) > 3 * width
    ):
        return None
    lines: list[list[Head | None]] = []
    for run in _runs(upper):
        line = _over(run, leaves)
        if line is None:
            return None
        lines.append(line)
    stacks = [tuple(head and head.text for head in stack) for stack in zip(*lines, leaves, strict=True) if stack[-1].kind != "X"]
    return None if lines and len(set(stacks)) < len(stacks) else [*lines, list(leaves)]


def _sort(head: Head) -> tuple[str, bool]:
    """What never stands over its like: a head over one of its own sort is a column whose figures are lost."""
    return head.kind, head.kind == "C" and bool(_DATED.search(head.text))


def _runs(heads: Sequence[Head]) -> Iterator[list[Head]]:
    run: list[Head] = []
    for head in heads:
        if run and (run[-1].kind != head.kind or (head.kind == "C" and head.text == run[0].text and len({h.text for h in run}) > 1)):
            yield run
            run = []
        run.append(head)
    if run:
        yield run


def _over(run: Sequence[Head], leaves: Sequence[Head]) -> list[Head | None] | None:
    """The columns that each head of an upper line stands over: an even share, else the only way in which no two columns say the same."""
    stated = [n for n, leaf in enumerate(leaves) if leaf.kind != "X"]
    if not stated or len(run) > len(stated):
        return None
    if len(stated) % len(run) == 0:
        each = len(stated) // len(run)
        shares = [[each] * len(run)]
    else:
        shares = list(_shares(len(stated), len(run))) if len(stated) <= 12 else []
    fitting = [cut for sizes in shares if (cut := _cut(run, leaves, stated, sizes)) is not None]
    return fitting[0] if len(fitting) == 1 else None


def _shares(columns: int, heads: int) -> Iterator[list[int]]:
    """All ways to share columns out among heads in order."""
    if heads == 1:
        yield [columns]
        return
    for first in range(1, columns - heads + 2):
        for rest in _shares(columns - first, heads - 1):
            yield [first, *rest]


def _cut(run: Sequence[Head], leaves: Sequence[Head], stated: Sequence[int], sizes: Sequence[int]) -> list[Head | None] | None:
    """The line that shares out columns, None where a head would stand over two equal columns or reach over a change column."""
    line: list[Head | None] = [None] * len(leaves)
    said: set[tuple[str, str]] = set()
    at = 0
    even = len(set(sizes)) == 1
    for head, size in zip(run, sizes, strict=True):
        columns = stated[at : at + size]
        at += size
        if not even and columns[-1] - columns[0] >= size:
            return None
        for column in columns:
            if not even and (head.text, leaves[column].text) in said:
                return None
            said.add((head.text, leaves[column].text))
            line[column] = head
    return line


def _by_column(heads: Sequence[Head], width: int) -> list[list[Head | None]] | None:
    """Heads printed column by column: a duration and its day, again and again; change columns are of one cell."""
    columns = list(_columns(heads))
    if len(columns) != width:
        return None
    kinds = {tuple(head.kind for head in column) for column in columns if column[0].kind != "X"}
    if len(kinds) != 1 or not any(len(column) > 1 for column in columns):
        return None
    depth = len(kinds.pop())
    return [[column[n] if n < len(column) else None for column in columns] for n in range(depth)]


def _columns(heads: Sequence[Head]) -> Iterator[list[Head]]:
    column: list[Head] = []
    for head in heads:
        if column and (column[0].kind == "X" or head.kind == "X" or _sort(head) in {_sort(h) for h in column}):
            yield column
            column = []
        column.append(head)
    if column:
        yield column
