"""Find the table regions of a text, whatever became of the tables on the way.

Dash rules on one line, pipes, tabs, aligned columns, one cell a line.
Prose and bullets are never claimed: a region needs rows of figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from minenews.text.values import is_null, is_value, is_year

RULE = re.compile(r"(?:[-=_─━═]{12,}|[-=_]{4,}(?:[ ]{1,8}[-=_]{4,}){2,})")
"""A printed rule inside a line."""

RULE_LINE = re.compile(r"[\s|:+\-=_─━═┄┼┬┴├┤┌┐└┘╔╗╚╝╠╣╦╩╬│║]{3,}")
"""A line of nothing but rules and corners."""

CELL_GAP = re.compile(r"[ \u00a0]{2,}")
BULLET = re.compile(r"\s*(?:[-–—•●▪■◦·*o§]|\(?[a-z0-9]{1,2}[.)])\s+[A-Za-z]")
_ABBREVIATIONS = (
    *("incl", "excl", "est", "approx", "avg", "ave", "equiv", "eq", "no", "vs", "var", "prev", "cont"),
    *("inc", "ltd", "corp", "co", "pty", "mt", "st"),
)
_ABBREVIATED = "".join(rf"(?<!\b{word})" for word in _ABBREVIATIONS)
_SENTENCE_END = re.compile(rf"[a-z)\]%](?i:{_ABBREVIATED})[.;]\s+(?=[A-Z(\"“])")
_PROSE_END = re.compile(r"(?:[a-z)][.;]|,)[\"”]?$")


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table stands. `form`: dashes | pipes | columns | tabs | cells | rows (label and values a line, single blanks)."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip(" \t\u00a0|")


Block = tuple[int, int, str]
"""First line, last line and form of a region."""


@lru_cache(maxsize=1)
def find_table_regions(text: str) -> tuple[Region, ...]:
    """The table regions in reading order; they do not overlap. Those of the last text are kept, as layout and grids both ask for them."""
    lines = _lines(text)
    found: list[Region] = []
    index = 0
    sought: dict[str, int] = {}
    while index < len(lines):
        region, index = _region_at(lines, index, sought)
        found += region
    return tuple(found)


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for raw in text.split("\n"):
        content = raw.rstrip("\r \t\u00a0")
        lines.append(_Line(start, start + len(content), content))
        start += len(raw) + 1
    return lines


def _region_at(lines: Sequence[_Line], index: int, sought: dict[str, int]) -> tuple[list[Region], int]:
    """The regions that start at a line, with the line to go on at.

    `sought` says for each layout up to which line it was sought in vain, so that no line is read again and again.
    """
    line = lines[index]
    if line.blank and "|" not in line.text:
        return [], index + 1
    flat = _dash_regions(line)
    if flat:
        return flat, index + 1
    for find in (_pipe_block, _tab_block, _column_block, _row_block, _cell_block):
        if index < sought.get(find.__name__, 0):
            continue
        block, sought[find.__name__] = find(lines, index)
        if block is not None:
            first, last, form = block
            return [Region(lines[first].start, lines[last].end, form)], last + 1
    return [], index + 1


def _dash_regions(line: _Line) -> list[Region]:
    """Regions of one flattened line: from rule to rule, as long as what stands between is no prose."""
    if len(line.text) < 40 or ("-" not in line.text and "=" not in line.text and "_" not in line.text and "─" not in line.text):
        return []
    rules = [m.span() for m in RULE.finditer(line.text)]
    found: list[Region] = []
    first: int | None = None
    figures = 0
    for (left, left_end), (right, right_end) in pairwise(rules):
        between = line.text[left_end:right]
        if between.strip() and _is_prose(between):
            first, figures = None, 0
            continue
        if first is None:
            first = left
        figures += sum(1 for token in between.split() if is_value(token))
        if figures >= 2:
            if found and found[-1].start == line.start + first:
                found.pop()
            found.append(Region(line.start + first, line.start + right_end, "dashes"))
    return found


def _is_prose(between: str) -> bool:
    """Whether the text between two rules runs in sentences."""
    tokens = between.split()
    figures = sum(1 for token in tokens if is_value(token) or is_null(token))
    if figures * 5 >= len(tokens) and figures >= 2:
        return False
    return len(tokens) > 60 or len(_SENTENCE_END.findall(between)) >= 2


def _pipe_block(lines: Sequence[_Line], index: int) -> tuple[Block | None, int]:
    """Lines with pipes or box lines; a cell may run over lines of its own between pipes."""
    if not _has_pipe(lines[index].text):
        return None, index + 1
    last, gap, position = index, 0, index + 1
    while position < len(lines) and gap <= 2:
        content = lines[position].text
        if _has_pipe(content):
            last, gap = position, 0
        elif content and len(content) > 60:
            break
        else:
            gap += 1
        position += 1
    body = [line.text for line in lines[index : last + 1]]
    bars = [b.count("|") + b.count("│") + b.count("║") for b in body]
    often = Counter(n for n in bars if n).most_common(1)[0][0] if any(bars) else 0
    rows = sum(1 for b, n in zip(body, bars, strict=True) if n >= 2 and b.strip("|│║ \t") and (b.lstrip()[:1] in "|│║" or n == often))
    cells = [cell.strip() for b in body for cell in re.split(r"[|│║]", b)]
    figures = sum(1 for cell in cells if cell and is_value(cell))
    bordered = sum(1 for b in body if b.lstrip()[:1] in ("|", "│", "║"))
    if rows >= 2 and (figures >= 2 or (bordered >= 3 and bordered == rows)):
        return (index, last, "pipes"), position
    ends = sum(1 for b in body if b.endswith("|") or b.startswith("|"))
    if figures >= 4 and ends >= 6 and ends * 2 >= sum(1 for b in body if b):
        return (index, last, "cells"), position
    return None, position


def _has_pipe(content: str) -> bool:
    return "|" in content or "│" in content or "║" in content or ("┼" in content or "─┬" in content or "─┴" in content or "+--" in content)


def _tab_block(lines: Sequence[_Line], index: int) -> tuple[Block | None, int]:
    """Lines with tabs between cells."""
    if not _tabbed(lines[index].text):
        return None, index + 1
    last, position, blanks = index, index + 1, 0
    while position < len(lines) and blanks <= 1:
        content = lines[position].text
        if _tabbed(content):
            last, blanks = position, 0
        elif not content.strip():
            blanks += 1
        elif len(content) <= 60 and not _PROSE_END.search(content) and position + 1 < len(lines) and _tabbed(lines[position + 1].text):
            blanks = 0
        else:
            break
        position += 1
    rows = [[c.strip() for c in line.text.split("\t")] for line in lines[index : last + 1] if _tabbed(line.text)]
    with_figures = sum(1 for row in rows if any(is_value(c) and not is_year(c) for c in row[1:]))
    return ((index, last, "tabs") if len(rows) >= 2 and with_figures >= 2 and with_figures * 3 >= len(rows) else None), position


def _tabbed(content: str) -> bool:
    return "\t" in content.strip() and not re.match(r"\s*[-–•●▪■◦·*o§]\t[^\t]*$", content)


def _spaced(content: str) -> list[str]:
    """The cells of a line whose columns stand apart by two blanks or more, [] for other lines."""
    cells = CELL_GAP.split(content.strip())
    if len(cells) < 2 or _SENTENCE_END.search(content) or any(len(c) > 70 for c in cells):
        return []
    return cells


def _figures(cells: Sequence[str]) -> int:
    return sum(1 for c in cells if c and (is_value(c) or is_null(c)))


def _column_block(lines: Sequence[_Line], index: int) -> tuple[Block | None, int]:
    """Lines whose cells stand apart by runs of blanks."""
    opening = lines[index].text
    if not _spaced(opening) and not (len(opening) >= 12 and RULE_LINE.fullmatch(opening)):
        return None, index + 1
    last, position, blanks, rows, singles = index, index, 0, 0, 0
    while position < len(lines) and blanks <= 1:
        content = lines[position].text
        cells = _spaced(content)
        if not content.strip():
            blanks += 1
        elif cells and ((figures := _figures(cells[1:])) >= 2 or not BULLET.match(content)):
            rows, singles = rows + (figures >= 2), singles + (figures == 1)
            last, blanks = position, 0
        elif RULE_LINE.fullmatch(content):
            last, blanks = position, 0
        elif len(content) <= 60 and not _PROSE_END.search(content) and blanks == 0 and _continues(lines, position):
            pass
        else:
            break
        position += 1
    return ((index, last, "columns") if rows >= 2 or rows + singles >= 3 else None), position


def _continues(lines: Sequence[_Line], position: int) -> bool:
    """Whether a row of cells follows within two lines (what stands here is then a section row)."""
    return any(_figures(_spaced(line.text)[1:]) for line in lines[position + 1 : position + 3])


@lru_cache(maxsize=4096)
def _tail(content: str) -> int:
    """How many figures end a line after a label, 0 where there is no label."""
    if len(content) > 200:
        return 0
    tokens = content.split()
    count = 0
    while count < len(tokens) and (
        is_value(tokens[-1 - count]) or is_null(tokens[-1 - count]) or tokens[-1 - count] in {"%", "$", "US$", ")%"}
    ):
        count += 1
    figures = sum(1 for token in tokens[len(tokens) - count :] if token not in {"%", "$", "US$", ")%"})
    label = tokens[: len(tokens) - count]
    return figures if label and len(label) <= 12 and any(c.isalpha() for c in "".join(label)) else 0


@lru_cache(maxsize=4096)
def _only_figures(content: str) -> int:
    """How many figures a line holds that holds nothing else, years not counted; 0 for any other line."""
    tokens = content.split() if len(content) <= 120 else []
    figures = [token for token in tokens if token not in {"%", "$", "US$", ")%"}]
    if not figures or not all(is_value(token) or is_null(token) for token in figures):
        return 0
    return sum(1 for token in figures if not is_year(token))


_HEAD_LINE = re.compile(
    r"""(?: (?:mines?|operations?|assets?|sites?|projects?) \s )?
        (?> (?: (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]* | (?:FY\s?)?(?:19|20)\d\d | (?:FY|YTD)\s?['’]?\d\d
          | Q [1-4]? | [1-4]Q (?:['’]?\d\d)? | H[12] | [12]H (?:['’]?\d\d)?
          | units? | percent (?:age)? | change | variance | var | quarter | qtr | ended | months? | three | six | nine | twelve
          | full | half | year | YTD | to | date | first | second | third | fourth | fiscal | vs | actual | guidance | total
          | \d{1,2} ) (?!\w)
        | [\s,./()%-] )+""",
    re.IGNORECASE | re.VERBOSE,
)


_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD_LINES = 12
"""Lines of periods that may stand above the first row."""


def _row_block(lines: Sequence[_Line], index: int) -> tuple[Block | None, int]:
    """Lines of a label and two figures or more between single blanks, with the lines of periods right above them."""
    opening = lines[index].text
    if len(opening) > 200 or not (_tail(opening) >= 2 or _HEAD_LINE.fullmatch(opening)):
        return None, index + 1
    last, position, rows, missed, loose = index, index, 0, 0, 0
    while position < len(lines) and missed <= 3 and (rows or position - index < _HEAD_LINES):
        content = lines[position].text
        columns = _tail(content) >= 2 and (not BULLET.match(content) or (rows and len(content) <= 40))
        if columns or (_only_figures(content) >= 2 and position > index):
            rows, last, missed = rows + 1, position, 0
        elif not content.strip() and not rows and not loose:
            loose = 1
        elif (
            not content.strip()
            or (len(content) > 90 and position > index)
            or (_PROSE_END.search(content) and (rows or not _HEAD_LINE.fullmatch(content)))
        ):
            break
        elif rows or not _HEAD_LINE.fullmatch(content):
            missed += 1
        position += 1
    under_years = rows == 2 and last == index + 2 and len(_YEAR.findall(opening)) >= 3
    return ((index, last, "rows") if rows >= 3 - under_years and (last - index + 1) <= rows * 3 + 8 else None), position


_CELL_LIMIT = 90
_EMPTY_LINES = 12
"""Blank lines that may stand between two cells: empty cells leave theirs behind."""


def _cell_block(lines: Sequence[_Line], index: int) -> tuple[Block | None, int]:
    """One cell a line: label lines and equal runs of lines with one figure each, again and again."""
    if not _is_cell(lines[index].text) or "|" in lines[index].text:
        return None, index + 1
    cells: list[int] = []
    kinds: list[str] = []
    position, blanks = index, 0
    while position < len(lines) and blanks <= _EMPTY_LINES:
        content = lines[position].text
        if not content.strip():
            blanks += 1
        elif "|" in content:
            break
        elif _is_cell(content):
            if content.strip() not in {"$", "US$", "C$", "A$", "%"}:
                cells.append(position)
                kinds.append("v" if _is_figure(content) else "w")
            blanks = 0
        else:
            break
        position += 1
    if kinds.count("w") < 2:
        return None, position
    runs = _value_runs(kinds)
    above = [lines[line].text.strip() for line in cells[max(0, runs[0][0] - 4) : runs[0][0]]] if runs else []
    headed = any(_YEAR.search(head) and _HEAD_LINE.fullmatch(head) for head in above)
    if len(runs) < 3 or sum(size for _, size in runs) < (4 if headed else 6):
        return None, position
    data = [(i, size) for i, size in runs if not all(is_year(lines[cells[j]].text) for j in range(i, i + size))] or runs
    width, often = Counter(size for _, size in data).most_common(1)[0]
    if often < 2 or width < 1 or (width == 1 and often < 4) or often * 2 < len(data):
        return None, position
    first_run = data[0][0]
    start = first_run
    while (
        start > 0
        and first_run - start < width * 2 + 8
        and len(opening := lines[cells[start - 1]].text.strip()) <= 60
        and (opening[-1] != ":" or len(opening) < 40)
    ):
        start -= 1
    last = max(i + size for i, size in runs) - 1
    return (cells[start], cells[last], "cells"), position


@lru_cache(maxsize=4096)
def _is_figure(content: str) -> bool:
    return is_value(content) or is_null(content)


@lru_cache(maxsize=4096)
def _is_cell(content: str) -> bool:
    content = content.strip()
    if len(content) <= 24 or (len(content) <= 60 and content[-2:-1].isdigit()):
        content = content.rstrip(",")
    return (
        0 < len(content) <= _CELL_LIMIT
        and not _PROSE_END.search(content)
        and not BULLET.match(content)
        and not _SENTENCE_END.search(content)
    )


def _value_runs(kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Start and length of each run of figures."""
    runs: list[tuple[int, int]] = []
    for i, kind in enumerate(kinds):
        if kind != "v":
            continue
        if i and kinds[i - 1] == "v" and runs:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((i, 1))
    return runs
