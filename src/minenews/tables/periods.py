"""The period of a column or row, put together from the pieces that stand over it: "Three months ended" + "June 30," + "2024"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from minenews.marks.page import Page, Stretch
from minenews.marks.periods import MONTHS, find_periods, fiscal_year, interval, quarter
from minenews.models import Cell, PeriodValue, Precision
from minenews.tables.atoms import find_header_atoms

_ORDER = ("duration", "day", "quarter", "half", "months", "month", "ytd", "whole", "relative", "year")
_PARTS = frozenset({"quarter", "half", "months", "duration"})
_PART_WORDS = re.compile(r"\b(?:quarter|half|months?|interim)\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?:FY\s?'?|['’-])\d\d\b|\dQ\d\d\b")
_FULL_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_QUARTER = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.?(?:[-'’\s](?P<short>\d\d))?\s+(?:quarter|qtr|Q)\s*,?\s*(?:FY\s?'?(?P<fiscal>\d{2,4})|'?(?P<year>(?:19|20)?\d\d))?$",
    re.IGNORECASE,
)
_TRIM = re.compile(r"^for\s+the\s+|[,*]+$|\s?\([a-z\d]{1,3}\)$|\s+total$", re.IGNORECASE)
_GUIDED = re.compile(r"\b(?:guidance|outlook)\b|\b20\d\d[EF]\b", re.IGNORECASE)
_SHORT_MONTH = re.compile(r"^([A-Za-z]{3,9})\.?[-'’](\d\d)$")
_DASHED_DAY = re.compile(r"^(\d{1,2})-([A-Za-z]{3,9})\.?-(\d{2}|\d{4})$")
_GLUED_FISCAL = re.compile(r"^(Q[1-4]|H[12])(?=FY)", re.IGNORECASE)
_NUMBERED_QUARTER = re.compile(r"^(?:quarter|qtr\.?)\s([1-4])\b", re.IGNORECASE)
_MONTH_HALF = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.?(?:[-'’\s](?P<short>\d\d))?(?:\s(?P<year>(?:19|20)\d\d))?\shalf(?:[\s-]year)?", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"^((?:19|20)\d\d)\sFY$")
_SUFFIX = re.compile(r"(?<=\d{4})[EFBA]\b")


@dataclass(frozen=True, slots=True)
class ReadPeriod:
    """A period and the pieces of text that say it.

    `to_date` where it runs from the start of the year to a day that the header does not say.
    """

    value: PeriodValue
    spans: tuple[tuple[int, int], ...]
    to_date: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a period as written, and where."""

    text: str
    spans: tuple[tuple[int, int], ...]


def says_period(cells: Sequence[Cell]) -> bool:
    """Whether cells say any part of a period."""
    return bool(pieces_of(cells))


@lru_cache(maxsize=2048)
def _periods_of(written: str, released: dt.date | None, year_end: str | None) -> tuple[Stretch, ...]:
    return tuple(find_periods(written, released, year_end))


def says_part_of_year(cells: Sequence[Cell]) -> bool:
    """Whether cells say a quarter, a half, some months or a month."""
    return bool(pieces_of(cells).keys() & (_PARTS | {"month", "ytd"}))


def says_guidance(cells: Sequence[Cell]) -> bool:
    """Whether cells say guidance: it is of whole years, and so are the years beside it."""
    return any(_GUIDED.search(cell.text) for cell in cells)


def says_year(cells: Sequence[Cell]) -> bool:
    """Whether cells say a year, alone or within a period."""
    return any(_has_year(piece.text, kind) for kind, piece in pieces_of(cells).items())


def read_period(page: Page, own: Sequence[Cell], around: Sequence[Cell] = (), *, whole_years: bool = False) -> ReadPeriod | None:
    """The period that the cells of a column head or a row label say.

    Pieces that `own` leaves open (the year of "April") are taken from `around`, nearest first; with
    `whole_years` a bare year is the whole year whatever stands around. None where nothing says a period, or where it stays open.
    """
    pieces = pieces_of(own)
    if not pieces or "relative" in pieces:
        return None
    if "day" in pieces and "duration" not in pieces and _has_year(pieces["day"].text, "day") and set(pieces) - {"day"}:
        del pieces["day"]
    for cell in around:
        more = pieces_of([cell], only_one=True)
        for kind in ("year", "day", "duration"):
            if kind in more and kind not in pieces and _wants(kind, pieces):
                pieces[kind] = more[kind]
    if "whole" in pieces and (set(pieces) - {"whole"}) and set(pieces) != {"whole", "year"}:
        del pieces["whole"]
    if set(pieces) == {"year"} and not whole_years and pieces["year"].text[:1].isdigit() and not _full_year_of(pieces, around):
        return None
    spans = tuple(sorted(span for piece in pieces.values() for span in piece.spans))
    if "ytd" in pieces:
        value = _to_date(page, pieces)
        return ReadPeriod(value, spans, to_date=True) if value else None
    written = _written({"year": pieces["year"]} if set(pieces) == {"whole", "year"} else pieces)
    value = _read(page, written)
    return ReadPeriod(value, spans) if value is not None and (value.start is not None or value.label.startswith("FY")) else None


def _full_year_of(pieces: dict[str, Piece], around: Sequence[Cell]) -> bool:
    """Whether a bare year stands for the whole year; where the caption speaks of one quarter or half ("Third quarter production").

    That is added to `pieces`.
    """
    if pieces["year"].text.upper().startswith("FY"):
        return True
    for cell in around:
        more = {kind: piece for kind, piece in pieces_of([cell]).items() if kind in _PARTS}
        if re.search(r"\b(?:full[\s-]year|annual|year[\s-]end|years?\s+ended|twelve|12\s+months)\b", cell.text, re.IGNORECASE):
            return True
        if not more and not _PART_WORDS.search(cell.text):
            continue
        if len(more) == 1 and len(pieces_of([cell], only_one=True).keys() & _PARTS) == 1:
            kind, piece = next(iter(more.items()))
            stripped = Piece(re.sub(r"[\s,]*(?:FY|CY)?\s?(?:19|20)\d\d$", "", piece.text), piece.spans)
            if kind == "duration":
                days = pieces_of([cell], only_one=True).get("day")
                if days is None:
                    return False
                pieces["day"] = Piece(re.sub(r"[\s,]*(?:19|20)\d\d$", "", days.text), days.spans)
            pieces[kind] = stripped
            return True
        return False
    return True


def pieces_of(cells: Sequence[Cell], *, only_one: bool = False) -> dict[str, Piece]:
    """The period pieces of some cells by kind. A piece may run over cells ("Quarter" over "ended").

    Of two different pieces of one kind the lower one holds, or neither with `only_one`.
    """
    return dict(_pieces(tuple(cell for cell in cells if cell.text), only_one))


@lru_cache(maxsize=256)
def _pieces(cells: tuple[Cell, ...], only_one: bool) -> tuple[tuple[str, Piece], ...]:
    """The same as pairs, read once for the cells that many figures share."""
    joined = " ".join(cell.text for cell in cells)
    atoms = [atom for atom in find_header_atoms(joined, 0, len(joined)).atoms if atom.kind in _ORDER]
    if not atoms:
        return ()
    bounds, at = [], 0
    for cell in cells:
        bounds.append((at, at + len(cell.text), cell))
        at += len(cell.text) + 1
    found: dict[str, Piece] = {}
    several: set[str] = set()
    for atom in atoms:
        if atom.kind == "whole" and not any(s <= atom.start < e and _heads_whole(c.text) for s, e, c in bounds):
            continue
        spans = tuple(
            (c.start + max(0, atom.start - s), c.start + min(atom.end, e) - s) for s, e, c in bounds if s < atom.end and atom.start < e
        )
        piece = Piece(joined[atom.start : atom.end], spans)
        if only_one and atom.kind in found and found[atom.kind].text.lower() != piece.text.lower():
            several.add(atom.kind)
        found[atom.kind] = piece
    return tuple((kind, piece) for kind, piece in found.items() if kind not in several)


def _heads_whole(cell: str) -> bool:
    """Whether a cell with the word "annual" or "year" is a head and no label ("Annual production")."""
    found = find_header_atoms(cell, 0, len(cell))
    return found.clean and found.first == 0 and not any(atom.kind in {"head", "unit", "bare"} for atom in found.atoms)


def _wants(kind: str, pieces: dict[str, Piece]) -> bool:
    """Whether the pieces leave open what a piece of that kind would say."""
    if kind == "year":
        return not any(_has_year(piece.text, kind) for kind, piece in pieces.items())
    if kind == "day":
        return "duration" in pieces and "month" not in pieces
    return kind == "duration" and ("day" in pieces) and set(pieces) <= {"day", "year"}


def _has_year(piece: str, kind: str) -> bool:
    return kind == "year" or bool(_FULL_YEAR.search(piece)) or bool(_SHORT_YEAR.search(piece))


def _written(pieces: dict[str, Piece]) -> str:
    """The pieces in the order in which prose would write them."""
    parts = [_as_prose(kind, pieces[kind].text) for kind in _ORDER if kind in pieces]
    if "year" in pieces and "day" in pieces and len(parts) >= 2:
        parts[-2] += ","
    return " ".join(parts)


@lru_cache(maxsize=4096)
def _as_prose(kind: str, piece: str) -> str:
    """A piece as prose would write it, without marks and endings of table heads."""
    piece = _YEAR_FIRST.sub(r"FY\1", piece)
    for _ in range(2):
        piece = _SUFFIX.sub("", _TRIM.sub("", " ".join(piece.split()))).strip()
    piece = _NUMBERED_QUARTER.sub(r"Q\1", _GLUED_FISCAL.sub(r"\1 ", piece))
    if kind == "half" and (ended := _MONTH_HALF.fullmatch(piece)):
        stated = ended["year"] or (f"20{ended['short']}" if ended["short"] else "")
        piece = f"half year ended {ended['month']} {stated}".strip()
    if kind == "month":
        piece = _SHORT_MONTH.sub(r"\1 20\2", piece)
    if kind == "duration":
        piece = re.sub(r"\b(?:mths?|mos)\b\.?", "months", piece, flags=re.IGNORECASE)
        piece = re.sub(r"\bqtrs?\b\.?", "quarter", piece, flags=re.IGNORECASE)
        piece = re.sub(r"\b(year|quarter|period)s\b", r"\1", piece, flags=re.IGNORECASE)
        piece = re.sub(
            r"ending|to$",
            "ended",
            re.sub(r"(?<=\w)(months?)", r" \1", piece) if re.match(r"\w+months", piece, re.IGNORECASE) else piece,
        )
    if kind == "months" and (short := re.fullmatch(r"(\d{1,2})m(\W.*)?", piece)):
        piece = f"{short[1]}M{short[2] or ''}"
    if kind == "day":
        piece = _DASHED_DAY.sub(lambda m: f"{m[1]} {m[2]} {m[3] if len(m[3]) == 4 else '20' + m[3]}", piece)
    if kind == "day" and (glued := re.fullmatch(r"(.*,)(\d{4})", piece)):
        piece = f"{glued[1]} {glued[2]}"
    return piece


def _read(page: Page, written: str) -> PeriodValue | None:
    """The period of a written form as a whole, None where a part of it is left over."""
    match = _MONTH_QUARTER.fullmatch(written)
    if match and match["month"][:3].lower() in {m[:3] for m in MONTHS}:
        return _month_quarter(page, match)
    found = _periods_of(written, page.released, page.release.fiscal_year_end)
    if len(found) != 1 or (found[0].value.start is None and not found[0].value.label.startswith("FY")):
        return None
    if len(found[0].as_written) + 2 < len(written):
        return None
    return found[0].value


def _month_quarter(page: Page, match: re.Match[str]) -> PeriodValue | None:
    """The quarter that ends with a month: "June 2024 quarter", or of a fiscal year: "Sep Q FY23"."""
    month = next(number for name, number in MONTHS.items() if name[:3] == match["month"][:3].lower())
    if match["fiscal"]:
        if page.release.fiscal_year_end is None:
            return None
        last = int(page.release.fiscal_year_end[:2])
        fiscal = int(match["fiscal"]) + (2000 if len(match["fiscal"]) == 2 else 0)
        year = fiscal if month <= last else fiscal - 1
    elif match["year"] or match["short"]:
        year = int(match["year"] or match["short"])
        year += 2000 if year < 100 else 0
    else:
        found = _periods_of(match.group(), page.released, page.release.fiscal_year_end)
        return found[0].value if len(found) == 1 and found[0].value.start else None
    return quarter(year, month // 3) if month % 3 == 0 else None


def _to_date(page: Page, pieces: dict[str, Piece]) -> PeriodValue | None:
    """A year to date up to the day that stands beside it; None where none does (the table's other columns may tell)."""
    day = pieces.get("day") or pieces.get("month")
    written = " ".join(p.text for p in (pieces.get("ytd"), pieces.get("year")) if p)
    year = _FULL_YEAR.search(written)
    if re.search(r"FY|fiscal", written, re.IGNORECASE):
        return _fiscal_to_date(page, written)
    if day is not None:
        found = _read(page, " ".join(p.text.strip(" ,") for p in (day, pieces.get("year")) if p))
        if found is not None and found.end is not None:
            return interval(dt.date(found.end.year, 1, 1), found.end)
    if year:
        first = dt.date(int(year.group()), 1, 1)
        return PeriodValue(start=first, end=None, precision=Precision.RANGE, label=f"{first.isoformat()}/")
    return None


def _fiscal_to_date(page: Page, written: str) -> PeriodValue | None:
    """A fiscal year to date with its first day, None where the release does not say when its year ends."""
    digits = re.search(r"(?:FY\s?'?|fiscal\s(?:year\s)?)(\d{2,4})", written, re.IGNORECASE)
    if digits is None or page.release.fiscal_year_end is None:
        return None
    number = int(digits.group(1))
    whole = fiscal_year(number + 2000 if number < 100 else number, page.release.fiscal_year_end)
    return (
        None
        if whole.start is None
        else PeriodValue(start=whole.start, end=None, precision=Precision.RANGE, label=f"{whole.start.isoformat()}/")
    )


def settle_to_date(value: PeriodValue, others: Sequence[PeriodValue]) -> PeriodValue | None:
    """A year to date with its end taken from the other columns: the latest end among them of the same year, or a year apart."""
    assert value.start is not None
    if value.end is not None:
        return value
    ends = [o.end for o in others if o.end is not None and o.precision in (Precision.QUARTER, Precision.MONTH)]
    within_year = [end for end in ends if 0 <= (end - value.start).days < 366]
    if within_year:
        return interval(value.start, max(within_year))
    if ends:
        latest = max(ends)
        for years in (1, -1):
            end = latest.replace(year=latest.year - years, day=28 if latest.month == 2 else latest.day)
            if 0 <= (end - value.start).days < 366:
                return interval(value.start, end)
    return None
