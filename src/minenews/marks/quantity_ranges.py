"""Ranges: two numbers that share a unit, and figures with a tolerance."""

from __future__ import annotations

import re
from dataclasses import replace

from minenews.marks.page import Measure
from minenews.marks.quantity_atoms import Atom, plain_number
from minenews.models import Bound

YEAR = re.compile(r"(?:19|20)[0-9]{2}")
RANGE_SIGN = re.compile(r"(?:\s?(?:-|‐|–|—|−|to|and|through)|-\s?to\s?-?)\s?", re.IGNORECASE)
BULLET = re.compile(r"[ \t]?\n\s?[-–—]")
"""A dash that opens a line, and is no sign of a range."""
SCOPE = re.compile(
    r"\b(?:between|rang(?:e|es|ing)(?:\s+(?:is|of|from|between))*|guidance\s+(?:of|is))\s+(?:about\s+|approximately\s+)?$", re.IGNORECASE
)
"""Words that make the two numbers after them one range."""

FROM = re.compile(r"\bfrom\s+(?:about\s+|approximately\s+|the\s+)?$", re.IGNORECASE)
TO_A_RANGE = re.compile(
    r"""
    [^.;()]{0,24}? \s to \s (?:(?:between|a\s+(?:new\s+)?range\s+of|from)\s)? [A-Z$£€]{0,4} [0-9][0-9.,]{0,12}
    (?:\s?(?:million|thousand|[A-Za-z/]{1,6}))? (?:\s?[-–]\s?|\s(?:to|and)\s) [A-Z$£€]{0,4} [0-9]
    """,
    re.VERBOSE,
)
"""A second range: "reduced from 2.1 to 2.2 million tonnes to 1.5 to 1.7 million tonnes" moves from one range to another."""
AFTER_A_RANGE = re.compile(r"[0-9](?:\s?[-–]\s?|\s(?:to|and)\s)[A-Z$£€]{0,4}[0-9][0-9.,]{0,12}\s?[A-Za-z0-9/ ]{0,24}\(from\s$")
"""A range ahead of "(from": the earlier one stands in the parentheses."""
BY = re.compile(r"\bby\s+(?:about\s+|approximately\s+)?$", re.IGNORECASE)
"""Before "3.2 million ounces to 18.6 million ounces": a step and a level."""

PLUS_MINUS = re.compile(r"\s?(?:±|\+\s?/\s?[-–−])\s?$")
PER = re.compile(r"\s?(?:/|per\s|an?\s)\s?(?:payable\s|attributable\s)?(?:[A-Za-z]{1,20}\s)?[A-Za-z]{1,20}")


def join_range(text: str, first: Atom, second: Atom) -> Measure | None:
    """A range of two atoms: 430,000 to 470,000 oz · $10-12 million · between 5% and 6%. None where they are two figures."""
    between = text[first.end : second.start]
    signed_dash = second.signed == "-" and between.strip() == "" and "\n" not in between  # a dash on a new line opens a bullet
    if not (RANGE_SIGN.fullmatch(between) or signed_dash) or BULLET.match(between):
        return None
    if _is_year_before(first, second):
        return None
    word = between.strip(" -\n\t").lower()
    before = text[max(0, first.start - 40) : first.start]
    if word == "and" and not SCOPE.search(before):
        return None
    near = first.dimension == second.dimension == "percent" and second.number < 3 * first.number  # expected to rise by 8% to 12%
    stepped = first.dimension != "number" and not near and BY.search(before)
    moved = FROM.search(before) and not TO_A_RANGE.match(text, second.end) and not AFTER_A_RANGE.search(before)
    if word == "to" and (stepped or moved) and not SCOPE.search(before):
        return None  # a movement or an interval: two figures
    if not _compatible(first, second):
        return None
    low, high = _shared(first, second)
    if low >= high:
        return None
    unit, dimension = (second.unit, second.dimension) if second.dimension != "number" else (first.unit, first.dimension)
    if _is_bare_repeat(first, second):
        unit = first.unit
    end = second.end
    if first.currency and second.per and dimension == "money":
        unit, dimension = f"{first.currency}/{second.per}", "unit_money"
        per = PER.match(text, end)
        end = per.end() if per else end
    if dimension == "number":
        return None
    written = " ".join(text[first.start : end].split())
    commodity = second.commodity or first.commodity
    return Measure(first.start, end, None, low, high, Bound.RANGE, unit, dimension, written, "quantity_range", "", commodity)


def _is_year_before(first: Atom, second: Atom) -> bool:
    """Whether the first number is the year that ends a statement: "rose in 2024 to 61,500 ounces"."""
    return first.dimension == "number" and bool(YEAR.fullmatch(first.digits)) and "," in second.digits


def _compatible(first: Atom, second: Atom) -> bool:
    """Whether the first atom may borrow unit and scale from the second, or the second its currency from the first."""
    if first.dimension == "number" or first.unit == second.unit or _is_bare_repeat(first, second):
        return True
    if first.dimension != "money":
        return False
    if second.dimension in ("unit_money", "share_money"):
        return first.currency == second.currency
    return second.currency == "" and second.dimension == "number"


def _is_bare_repeat(first: Atom, second: Atom) -> bool:
    """Whether the second amount repeats the first one's dollars by their bare sign: A$2,400/oz to $2,600/oz."""
    return second.currency == "$" and first.currency not in ("", "$") and first.unit == second.unit.replace("$", first.currency)


def _shared(first: Atom, second: Atom) -> tuple[float, float]:
    """The two ends of a range, the first one with the scale and unit factor of the second where it has none."""
    low, high = first.number, abs(second.number) if second.signed == "-" else second.number
    if first.scale is not None or not (first.dimension == "number" or second.scale is not None):
        return low, high
    european = "," in second.digits[-3:] and len(second.digits) <= 3
    written = second.number if european else plain_number(second.digits)
    low *= high / written if written else 1.0
    if low * 100 < high and "," in second.digits and "," not in first.digits:
        low *= 1000  # 95-100,000 oz
    return low, high


def lend_unit(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first of two numbers with one unit, as in "from 44 to 194 metres": it takes the unit of the second. None where it may not."""
    if first.dimension != "number" or second.dimension in ("number", "count"):
        return None
    if text[first.end : second.start].strip().lower() not in ("to", "and", "-", "–", "or"):
        return None
    if _is_year_before(first, second):
        return None
    low, _ = _shared(first, second)
    return replace(first, number=low, unit=second.unit, dimension=second.dimension, currency=second.currency, commodity=second.commodity)


def join_tolerances(text: str, found: list[Measure]) -> list[Measure]:
    """The measures with each figure and the ± tolerance behind it joined into a range."""
    result: list[Measure] = []
    for measure in found:
        base = result[-1] if result else None
        near = base is not None and measure.start - base.end < 8 and PLUS_MINUS.fullmatch(text, base.end, measure.start)
        if base is None or not near or base.value is None or measure.value is None:
            result.append(measure)
            continue
        share = measure.dimension == "percent" and base.dimension != "percent"
        middle = base.value
        if base.dimension == "number" and measure.dimension not in ("number", "percent"):
            base = replace(base, unit=measure.unit, dimension=measure.dimension, commodity=measure.commodity)
        spread = middle * measure.value / 100 if share else measure.value
        result[-1] = replace(
            base, value=None, low=middle - spread, high=middle + spread, bound=Bound.RANGE, end=measure.end,
            as_written=" ".join(text[base.start : measure.end].split()), rule="quantity_plus_minus",
        )  # fmt: skip
    return result
