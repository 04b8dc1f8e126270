"""The metal that a figure is of: two in sum, or the one that the text leaves the reader to know."""

from __future__ import annotations

import re

from minenews.marks.page import Page
from minenews.marks.quantities import commodity_of

PRECIOUS = ("gold", "silver", "platinum", "palladium", "platinum_group")
PLATINUM = frozenset({"platinum", "palladium", "rhodium", "platinum_group"})
MOSTLY = 0.75

SYMBOLS_IN_SUM = re.compile(r"\s?([A-Za-z0-9]{1,8}(?:\s?\+\s?[A-Za-z0-9]{1,8}){1,3})(?![A-Za-z0-9])")
PARTNER = re.compile(r"(?:\s?\+\s?|\s(?:plus|and|&)\s)(?P<metal>[A-Za-z][A-Za-z0-9]{1,10})(?![A-Za-z0-9-])")
OWN_GRADE = re.compile(
    r"\s(?:grad\w+|values?|of|at|averag\w+|assay\w+|credits?|equivalent|mineral\w+|in|by-?products?)\b|\s?[:=@]", re.IGNORECASE
)
"""Words that give the second metal figures of its own: 0.5% copper and gold grades of 1 g/t."""


OF_PRECIOUS = frozenset({"g/t", "ppm", "ppb", "kg/t", "oz/st", "oz", "kg", "g", "t", "mg/L"})
"""Units in which precious metals are given."""


def is_plausible(metal: str, unit: str) -> bool:
    """Whether a metal is given in such a unit anywhere: no gold in percent or pounds, no copper in ounces."""
    if metal.removesuffix("_equivalent") in (*PRECIOUS, "rhodium"):
        return unit in OF_PRECIOUS
    return unit not in ("oz", "oz/st")


def sole_metal(page: Page, unit: str) -> str | None:
    """The metal that figures in grams or ounces without one must be of: the only one so measured, or by far the most named; else None."""
    if unit in ("%", "ppm", "ppb", "t", "lb"):
        return None
    stated = {
        m.commodity
        for m in page.quantities
        if m.unit == unit and m.commodity and not m.commodity.endswith("_equivalent") and page.is_news(m.start)
    }
    if len(stated) == 1:
        return next(iter(stated))
    named = [word.key for word in page.words if word.label == "commodity" and word.key in PRECIOUS and page.is_news(word.start)]
    if not named:
        return None
    top = max(sorted(set(named)), key=named.count)
    return top if (not stated or top in stated) and named.count(top) >= MOSTLY * len(named) else None


def add_partners(text: str, start: int, end: int, metal: str) -> tuple[int, str]:
    """The end and the metal of a figure that is given for several metals in sum: "15% Zn+Pb", "7.5% zinc plus lead".

    `start` is where the figure ends, `end` where its first metal ends.
    """
    symbols = SYMBOLS_IN_SUM.match(text, start)
    if symbols is not None:
        named = [found for part in symbols[1].split("+") if (found := commodity_of(part.strip()))]
        if len(named) > 1:
            return symbols.end(), sum_of(named)
    partner = PARTNER.match(text, end)
    if partner is None or OWN_GRADE.match(text, partner.end()):
        return end, metal
    other = commodity_of(partner["metal"])
    if other is None or other == metal or other.endswith("_equivalent") or metal.endswith("_equivalent"):
        return end, metal
    return partner.end(), sum_of([metal, other])


def sum_of(metals: list[str]) -> str:
    """The commodity of a figure for several metals in sum: platinum_group where they are of that group, else their names joined."""
    if PLATINUM & set(metals) and set(metals) <= PLATINUM | {"gold"}:
        return "platinum_group"
    return "_".join(metals)
