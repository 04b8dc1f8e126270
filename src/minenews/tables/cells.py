"""Read one table cell: a figure or a range with its sign, its percent sign, its currency and its own unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minenews.models import Bound
from minenews.tables.lattice import plain
from minenews.tables.units import Unit, read_unit
from minenews.text.values import CURRENCY, GLUED, MINUS, NUMBER, is_null, is_value

_CELL = re.compile(
    rf"""
    (?P<money>{CURRENCY})? \s* (?P<open>\()? \s* (?P<bound>[~<>≤≥])? \s* (?P<sign>[+]|{MINUS})? \s* (?P<money2>{CURRENCY})? \s*
    (?P<low>{NUMBER}) {GLUED} \s* (?P<scale>[MKk])?
    (?: \s* (?P<percent_low>%)? \s* (?: {MINUS} | to ) \s* (?: {CURRENCY} \s* )? (?P<high>{NUMBER}) (?P<scale_high>[MKk])? )?
    \s* (?P<close>\))? \s* (?P<percent>%)? \s* \)? \s*
    (?: (?: per \s | / \s? ) (?P<per>oz|ounce|lb|pound|tonne|t|kg)\b | (?P<unit>[A-Za-z][A-Za-z/]{{0,7}}) )?
    (?: \s* (?: \( (?: \d{{1,2}} | [ivx]{{1,4}} | [a-z] ) \) | \*{{1,3}} | [†‡¹²³⁴⁵⁶⁷⁸⁹] ) ){{0,2}}
    """,
    re.VERBOSE,
)
_LED = re.compile(
    rf"""
    (?: (?:approximately|approx\.?|about|around|up\s+to)\s+ | [~≈]\s* )?
    (?: {CURRENCY} \s? \d                                              # $16 million due to ...
      | \d{{1,3}} (?:,\d{{3}})+ \b | \d+\.\d                            # 12,000 tonnes of ...
      | \d+ \s? (?: [-–] | to\b ) \s? \d+ \s? (?: %|k|kt|koz|oz|ounces|tonnes|t|lb|lbs|million|thousand|Mlbs?|Mt|g/t|gpt)(?!\w) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A cell that begins with a figure which is no date: an amount of money, thousands parted by commas, a range with its unit."""

_BOUNDS = {"~": Bound.ABOUT, "<": Bound.MAX, "≤": Bound.MAX, ">": Bound.MIN, "≥": Bound.MIN}


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as read, in the unit of the cell's place; `value` is None for a range. `places`: digits after the point."""

    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    money: str
    percent: bool
    unit: Unit | None
    places: int
    written: str

    @property
    def amount(self) -> float:
        """One number to calculate with: the value, or the upper end of a range."""
        number = self.value if self.value is not None else self.high
        return number if number is not None else 0.0


def is_led(cell: str) -> bool:
    """Whether a cell of several words begins with a figure that may be what the cell states."""
    return " " in cell and _LED.match(cell) is not None


@lru_cache(maxsize=8192)
def read_figure(cell: str) -> Figure | None:
    """The figure that a cell holds, None for an empty cell, a sign for nothing, or words."""
    written = plain(cell)
    if not written or is_null(written) or not is_value(written):
        return None
    match = _CELL.fullmatch(written)
    if match is None:
        return None
    factor = {"M": 1e6, "K": 1e3, "k": 1e3}.get(match["scale"] or match["scale_high"] or "", 1.0)
    low = _number(match["low"]) * factor
    negative = (bool(match["open"]) and ")" in written) or (match["sign"] or "+") != "+"
    money = match["money"] or match["money2"] or ""
    named = f"{money}/{match['per']}" if match["per"] else match["unit"]
    unit = read_unit(named) if named else None
    if named and unit is None:
        return None
    places = len(match["low"].partition(".")[2])
    percent = bool(match["percent"] or match["percent_low"])
    if match["high"] is not None:
        high = _number(match["high"]) * factor
        if low >= high or negative:
            return None
        return Figure(None, low, high, Bound.RANGE, money, percent, unit, places, written)
    bound = _BOUNDS.get(match["bound"] or "", Bound.EXACT)
    value = -low if negative else low
    return Figure(
        value, value if bound is Bound.MIN else None, value if bound is Bound.MAX else None, bound, money, percent, unit, places, written
    )


def _number(digits: str) -> float:
    return float(re.sub(r"[,\s\u00a0\u202f]", "", digits))
