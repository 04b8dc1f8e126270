"""Quantities: numbers with their units, money, ranges and bounds.

Finding goes in small steps: every written number is an *atom* once its currency, sign, scale and unit are read on both sides
of it (`quantity_atoms`); neighbouring atoms with a range sign between them are joined (`quantity_ranges`); the words before
give the bound. Numbers spelled in words are read by quantulum3 with a closed set of units (`spelled`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from minenews.marks.page import Measure
from minenews.marks.quantity_atoms import Atom, find_atoms
from minenews.marks.quantity_ranges import join_range, join_tolerances, lend_unit
from minenews.marks.quantity_words import bounds, commodity_of, commodity_pattern, unit_row
from minenews.marks.spelled import find_spelled
from minenews.models import Bound
from minenews.vocab.alternation import alternation

__all__ = ["commodity_of", "commodity_pattern", "find_quantities", "read_quantity", "unit_row"]

PLACES = frozenset({"over", "under", "above", "below"})
"""Bounds that before a length say where something lies, and before a time how long it takes."""

AMOUNT_BEFORE = re.compile(r"\b(?:of|for|with|by|after|is|has|have|was|at|than|takes?|lasts?|lasted)\s+$", re.IGNORECASE)
"""Words before "over" that make it mean "more than" before a time: a life of over 20 years."""

MEASURED_BY = frozenset({"more than", "less than", "higher than", "lower than", "greater than", "over", "above", "under", "below"})
PERCENT_AHEAD = re.compile(r"(?:%|\bper\s?cent)\s+$")
"""With a percentage ahead or "the" behind, these compare: "11% more than the 27,905 ounces"."""

OR_MORE = re.compile(r"\+|\s?or\smore\b", re.IGNORECASE)


def find_quantities(text: str, *, foreign: bool = False) -> list[Measure]:
    """All quantities of a text, in reading order, not overlapping. Offsets index `text`.

    In a text in a `foreign` language a number such as 1.250 is left out: it may mean 1250 or 1.25.
    """
    atoms = list(find_atoms(text, foreign=foreign))
    found: list[Measure] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        follower = atoms[index + 1] if index + 1 < len(atoms) else None
        near = follower is not None and follower.start - atom.end < 12
        if near and follower and (joined := join_range(text, atom, follower)):
            found.append(joined)
            index += 2
            continue
        lent = lend_unit(text, atom, follower) if near and follower else None
        if lent or not atom.weak:
            found.append(_measure(text, lent or atom))
        index += 1
    found = join_tolerances(text, found)
    if spelled := find_spelled(text):
        taken = bytearray(len(text))
        for m in found:
            taken[m.start : m.end] = b"\x01" * (m.end - m.start)
        found += [_with_bound(text, s) for s in spelled if not any(taken[s.start : s.end])]
        found.sort(key=lambda m: m.start)
    return found


@cache
def _bound_before() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<![A-Za-z]))(?P<bound>{alternation(bounds())})\s?(?i:the\s+|a\s+)?$")


@cache
def _bound_ends() -> frozenset[str]:
    """Last words of the bounds, and the articles that may follow them."""
    return frozenset({form.split()[-1] for form in bounds()} | {"the", "a"})


def _find_bound(text: str, start: int, end: int, dimension: str) -> Bound:
    """The bound that the words before a number give it, or a plus sign behind it."""
    window = text[max(0, start - 18) : start]
    words = window.split()
    last = words[-1].lower().lstrip('("“‘[') if words else ""
    if last in _bound_ends() or last[-1:] in "~≈><≥≤":
        found = _bound_before().search(text, max(0, start - 18), start)
        if found:
            word = " ".join(found["bound"].lower().split())
            if word in PLACES and (
                dimension == "length" or (dimension == "time" and not AMOUNT_BEFORE.search(text, max(0, found.start() - 8), found.start()))
            ):
                return Bound.EXACT
            if word in MEASURED_BY and (
                found[0].lower().endswith("the ") or PERCENT_AHEAD.search(text, max(0, found.start() - 12), found.start())
            ):
                return Bound.EXACT
            return bounds().get(word, Bound.EXACT)
    return Bound.MIN if OR_MORE.match(text, end) else Bound.EXACT


def _measure(text: str, atom: Atom) -> Measure:
    """The measure of one atom, with its bound."""
    bound = _find_bound(text, atom.start, atom.end, atom.dimension)
    number = -atom.number if atom.signed == "-" else atom.number
    low = number if bound is Bound.MIN else None
    high = number if bound is Bound.MAX else None
    written = " ".join(text[atom.start : atom.end].split())
    unit = atom.unit or "1"
    return Measure(
        atom.start, atom.end, number, low, high, bound, unit, atom.dimension, written, "quantity", atom.signed, atom.commodity
    )  # fmt: skip


def _with_bound(text: str, measure: Measure) -> Measure:
    """A spelled measure with the bound that the words before give it."""
    bound = _find_bound(text, measure.start, measure.end, measure.dimension)
    low = measure.value if bound is Bound.MIN else None
    high = measure.value if bound is Bound.MAX else None
    return replace(measure, bound=bound, low=low, high=high)


@lru_cache(maxsize=8192)
def read_quantity(written: str) -> Measure | None:
    """The quantity that a whole string writes ("6,895 oz.", "US$1,180/oz", "two million pounds"), None if it writes none or several."""
    found = find_quantities(written)
    return found[0] if len(found) == 1 else None
