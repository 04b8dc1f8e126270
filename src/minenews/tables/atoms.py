"""The words of a table header, and how they stand over the columns.

A header whose printed lines were flattened to one line ("Three months ended June 30, 2014 2013") is read as atoms: durations,
days, leaves (years, quarters, change columns, column heads such as "Grade") and units. Each run of atoms of one class is one
printed line, and a line of m atoms stands over k columns where m divides k. What does not come out even stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from minenews.vocab.load import load_rows, phrase

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
YEAR = r"(?:19[5-9]\d|20[0-6]\d)(?!\d)(?![A-DG-Za-z](?!\b))"
FISCAL = rf"(?:(?:FY|CY|fiscal\s(?:year\s)?|calendar\s(?:year\s)?)\s?(?:{YEAR}|'?\d\d\b)|{YEAR})"
MARK = r"(?:[EFBA]\b|\s?\((?:[a-z]|\d|i{1,3}|iv)\)|\*{1,2})?"

_CLASSES = {"duration": "A", "day": "B", "unit": "D", "bare": "D"}
"""The class of each kind of atom; all others are leaves, "C"."""

LABEL_HEADS = frozenset({"hole", "zone", "category", "asset", "unit", "cutoff"})
"""What stands over the label column."""

_DATED = re.compile(r"(?:19|20)\d\d|[-'’]\d\d\b|FY\s?\d\d|\dQ\d\d")
_IGNORED = re.compile(
    r"(?:\b(?:unaudited|preliminary|restated|and|the|for|ended|of|in|at)\b|[^\w%$]|\((?:unaudited|preliminary|restated)\))+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One item of a header: its place, its kind, its class (A duration, B day, C leaf, D unit), and whether it takes a year in."""

    start: int
    end: int
    kind: str
    dated: bool = False

    @property
    def line(self) -> str:
        """The class of printed line that it stands in."""
        return _CLASSES.get(self.kind, "C")


@cache
def load_heads() -> dict[str, str]:
    """Column heads in lower case with what they stand for."""
    return {row["form"].lower(): row["head"] for row in load_rows("table_heads")}


@cache
def _atom_pattern(years_apart: bool) -> re.Pattern[str]:
    """All atoms as one pattern; with `years_apart` no atom but a year takes a year in."""
    forms = sorted((row["form"] for row in load_rows("table_heads")), key=len, reverse=True)
    heads = "|".join(phrase(form) for form in forms)
    year, fiscal = ("(?!)", "(?!)") if years_apart else (YEAR, FISCAL)
    return re.compile(
        rf"""
          (?P<relative> (?<! change \s ) \b (?:current|this|previous|prior|preceding|last|corresponding|comparative) \s
                        (?: year (?: ['’]s )? \s )? (?: quarter | half (?: [\s-] year )? | year | YTD ) \b
                        (?! \s+ (?:ended|ending|to) \b ) )
        | (?P<unit>     \( \s{{0,2}} (?! unaudited | preliminary | restated | note | decrease | loss ) [^()\n]{{1,32}} \) )
        | (?P<duration> (?: for \s+ the \s+ )? (?:
                          (?:three|six|nine|twelve|3|6|9|12) [\s-]* (?:months?|mths?\b\.?|mos\b\.?) (?: \s+ periods? )?
                          \s+ (?:ended|ending|to) (?-i:(?![a-z]))
                        | (?: (?:first|second|third|fourth|fiscal|full|half) [\s-]+ )?
                          (?:quarters?|qtrs?\b\.?|years?|half|periods?|months?) \s+ (?:ended|ending|to\b (?! \s+ date)) (?-i:(?![a-z])) ) )
        | (?P<quarter>  (?: \bQ [1-4] (?: \b | (?=FY) ) | \b [1-4] Q | \b (?:quarter|qtr\.?) \s [1-4] \b (?! [,.%] )
                        | (?:first|second|third|fourth) \s+ quarter
                        | {MONTH} (?: \s | [-'’\s] \d\d \s )? (?: {year} \s )? (?:quarter|qtr|Q) \b )
                        (?: [\s,'’-]{{0,2}} {fiscal} | ['’-] \d\d \b | (?<=\dQ) \s? \d\d \b (?! [.,]?\d ) )? (?: \s+ total \b )? {MARK} )
        | (?P<half>     (?: \b H [12] (?: \b | (?=FY) ) | {MONTH} (?: [-'’\s] \d\d | \s {year} )? \s half (?: [\s-] year )? \b
                        | \b [12] H (?= \b | FY | \d\d (?: \d\d )? \b ) | (?:first|second) \s+ half \b )
                        (?: [\s-]? {fiscal} | ['’-] \d\d \b | (?<=\dH) \s? \d\d \b )? {MARK} )
        | (?P<day>      {MONTH} \s \d{{1,2}} \b (?! , \d{{3}} ) (?: \s? , )? (?: \s? {year} )? | \b \d{{1,2}} \s {MONTH} (?: \s {year} )?
                        | \b \d{{1,2}} - {MONTH} - (?: {year} | \d\d \b ) )
        | (?P<ytd>      (?: \b YTD \b | year [\s-] to [\s-] date ) (?: \s {fiscal} )? | {FISCAL} \s YTD \b )
        | (?P<months>   (?: first \s )? (?:three|six|nine|twelve|3|6|9|12) (?: [\s-] months? | \s? (?:mths?|mos) \b\.? ) (?: \s {fiscal} )?
                        | \b (?:12|9|6|3)M \b (?: [\s-]? {fiscal} | ['’-] \d\d \b )? | \b (?:12|9|6|3)M {fiscal} )
        | (?P<month>    {MONTH} (?: \s {year} | [-'’] \d\d \b )? )
        | (?P<total>    \b (?: {year} \s?[-–]\s? {year} \s? )? (?:total|average) \b | \b {year} [-–] {year}
                        | \b (?:LOM|life[\s-]of[\s-]mine) \b )
        | (?P<year>     (?: (?: full \s+ )? year \s+ )? \b {FISCAL} (?: \s FY \b (?! \s? ['’\d] ) )? {MARK}
                        (?: \s (?:quarter|qtr) \b (?! \s (?:ended|ending|to) \b ) )? )
        | (?P<change>   (?: \b (?:quarter(?:ly)?|YTD|annual|year) \s )? (?:change|variance|variation) \b (?! \s* [/(%] )
                        | (?: % | percent (?:age)? ) \s* (?:change|variance|variation|var\b\.?|chg\b|diff\b\.?|difference|increase|Δ)
                          (?: \s \(? (?:favou?rable|fav\.?|better) \)? \s? / \s? \(? (?:unfavou?rable|adverse|unfav\.?|worse) \)? )?
                        | (?:favou?rable|better) \s? / \s? \(? (?:unfavou?rable|adverse|worse) \)?
                        | (?:change|variance|variation|difference|increase)
                          (?: \s* / \s* \(? decrease \)? | \s* \( decrease \) | \s % )? (?: \s* \( % \) )?
                        | (?: % \s? )? (?: Δ | \+ \s? / \s? \(? [-–−] \)? ) (?: \s? \(? % \)? )? )
        | (?P<whole>    \b (?: (?: full [\s-]? )? year (?! [\s-]* (?:to|on|over|o|end(?:ed|ing)?) \b ) | annual ) \b )
        | (?P<basis>    (?:guidance|actuals?|budget(?:ed)?|forecasts?|plan(?:ned)?|targets?|outlook|estimates?) (?: \s range )? \d? \b )
        | (?P<head>     (?: % \s? )? \b (?: {heads} ) (?! [\w-] ) (?: \s? % )? )
        | (?P<bare>     % | \b (?: g/t | gpt | oz/t | opt | ppm | k?oz | Moz | M?lbs? | kt | Mt ) \b | (?:US)?\$/oz \b )
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class HeaderAtoms:
    """The atoms over the value columns; those over the label column stand before `first`.

    `clean` says that nothing but atoms stands between `first` and the end.
    """

    atoms: tuple[Atom, ...]
    first: int
    clean: bool


def find_header_atoms(text: str, start: int, end: int, *, years_apart: bool = False) -> HeaderAtoms:
    """The atoms of a header. With `years_apart` a year is always an atom of its own ("June 30, June 30, 2014 2013")."""
    found = _atoms_of(text[start:end], years_apart)
    if not start:
        return found
    moved = tuple(replace(atom, start=atom.start + start, end=atom.end + start) for atom in found.atoms)
    return HeaderAtoms(moved, found.first + start, found.clean)


@lru_cache(maxsize=4096)
def _atoms_of(header: str, years_apart: bool) -> HeaderAtoms:
    matches = _atom_pattern(years_apart).finditer(header)
    atoms = [Atom(m.start(), m.end(), m.lastgroup or "", bool(_DATED.search(m.group()))) for m in matches]
    skip = 0
    while skip < len(atoms) and load_heads().get(" ".join(header[atoms[skip].start : atoms[skip].end].lower().split())) in LABEL_HEADS:
        skip += 1
    del atoms[:skip]
    if not atoms:
        return HeaderAtoms((), len(header), False)
    gaps = [header[a.end : b.start] for a, b in pairwise(atoms)] + [header[atoms[-1].end :]]
    return HeaderAtoms(tuple(atoms), atoms[0].start, all(not gap.strip() or _IGNORED.fullmatch(gap) for gap in gaps))


Line = list[Atom | None]
"""One header line: an atom for every value column, None where the line says nothing about it."""


def spread(atoms: Sequence[Atom], width: int) -> list[Line] | None:
    """The header lines over `width` value columns (an atom that spans columns is repeated), or None where it does not come out even."""
    if not atoms or width < 1:
        return None
    return _by_line(atoms, width) or _by_column(atoms, width)


def _by_line(atoms: Sequence[Atom], width: int) -> list[Line] | None:
    """Printed line by line: each run of one class is a line, and one of the lines has an atom for every column."""
    runs: list[list[Atom]] = []
    for atom in _untwisted(atoms):
        if runs and runs[-1][-1].line == atom.line:
            runs[-1].append(atom)
        else:
            runs.append([atom])
    if len({run[0].line for run in runs}) < len(runs):
        return None
    lines = [part for run in runs for part in _stacked(run, width)]
    leaves = next((line for line in lines if len(line) == width), None)
    if leaves is None or any(len({_family(atom) for atom in line} - {""}) > 1 or not _alike(line) for line in lines):
        return None
    stated = [i for i, atom in enumerate(leaves) if atom.kind != "change"]
    spread_lines: list[Line] = []
    for place, line in enumerate(lines):
        if line[0].line == "D" and len(line) < width and (place or len(line) > 1):
            return None
        if place and len(line) < len(lines[place - 1]):
            return None
        if width % len(line) == 0:
            spread_lines.append([atom for atom in line for _ in range(width // len(line))])
        elif stated and len(stated) % len(line) == 0:
            each = len(stated) // len(line)
            over = {column: line[i // each] for i, column in enumerate(stated)}
            spread_lines.append([over.get(column) for column in range(width)])
        else:
            return None
    return spread_lines


def _untwisted(atoms: Sequence[Atom]) -> list[Atom]:
    """Durations and days that were printed block by block ("Three months ended June 30 Six months ended June 30"), put line by line."""
    upper = [atom for atom in atoms if atom.line in {"A", "B"}]
    durations, days = [a for a in upper if a.line == "A"], [a for a in upper if a.line == "B"]
    twisted = [a.line for a in upper] == ["A", "B"] * len(durations) and len(durations) > 1
    if not twisted or list(atoms[: len(upper)]) != upper:
        return list(atoms)
    return [*durations, *days, *atoms[len(upper) :]]


def _alike(line: Sequence[Atom]) -> bool:
    """Whether atoms of one kind in a line all take their year in, or none does; and no bare year stands beside periods without one."""
    for kind in ("day", "month", "quarter", "half", "months"):
        if len({atom.dated for atom in line if atom.kind == kind}) > 1:
            return False
    open_kinds = {atom.kind for atom in line if atom.kind in {"day", "month", "quarter", "half", "months"} and not atom.dated}
    return not (open_kinds and any(atom.kind == "year" for atom in line))


def _family(atom: Atom) -> str:
    """Heads and periods never stand in one line; change columns, totals and footings stand with both."""
    return "" if atom.kind in {"change", "total", "basis"} else "head" if atom.kind == "head" else "unit" if atom.line == "D" else "period"


def _stacked(run: list[Atom], width: int) -> list[list[Atom]]:
    """A run of leaves that is longer than the table is wide, as the lines that stand upon one another.

    "Q1 Q1 2014 2013" over two columns.
    """
    if run[0].line != "C" or len(run) <= width:
        return [run]
    upper, leaves = run[:-width], run[-width:]
    if len({atom.kind for atom in upper}) == 1 and upper[0].kind not in {"change", "total"} and upper[0].kind != leaves[0].kind:
        return [upper, leaves]
    return [run]


def _by_column(atoms: Sequence[Atom], width: int) -> list[Line] | None:
    """Printed column by column: the same kinds again and again, with change columns of one atom between them."""
    columns: list[list[Atom]] = []
    for atom in atoms:
        said = {_kind(a) for a in columns[-1]} if columns else {"change"}
        if _kind(atom) in said or "change" in said or atom.kind == "change":
            columns.append([])
        columns[-1].append(atom)
    kinds = {tuple(map(_kind, column)) for column in columns if column[0].kind != "change"}
    if len(columns) != width or len(kinds) != 1 or columns[0][0].kind == "change":
        return None
    size = len(kinds.pop())
    return [[column[i] if i < len(column) else None for column in columns] for i in range(size)] if size > 1 else None


def _kind(atom: Atom) -> str:
    return _CLASSES.get(atom.kind, atom.kind)
