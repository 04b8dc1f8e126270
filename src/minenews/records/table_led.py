"""Cells that go on in words behind their figure ("$16 million due to fewer metres"), or hold a figure for each of several metals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Measure, Page, within
from minenews.models import Cell
from minenews.tables.cells import Figure
from minenews.tables.units import Unit

_LEAD = re.compile(r"(?:(?:approximately|approx\.?|about|around|up\s+to)\s+|[~≈]\s*)?", re.IGNORECASE)
_AND = re.compile(r"(?:\s*(?:of\s+)?[a-z]{2,12})??\s*(?:(?:and|plus)\s|[;,/+&])?\s*", re.IGNORECASE)
"""What may stand between the figures of two metals: the first metal's name and a joining word."""

_MOVED = re.compile(
    r"""\W* (?: (?!due|primarily|mainly|as|because|owing|given|with|reflect|following|on|for|to) \w+ \s ){0,2}
        (?: higher | lower | above | below | more | less | fewer | than | over | under | increase | decrease | reduction | improvement
          | growth | change | better | worse ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What makes the figure before it a movement; a comma or a bracket ends its reach."""


_SCALED = re.compile(r"\d[\s-]?(?:k|thousand|mm?|million|bn?|billion)\b", re.IGNORECASE)
"""An amount with a scale of its own: "$16 million", but not "CDN$16,250"."""


def led_figures(page: Page, cell: Cell) -> list[tuple[Figure, int, int]]:
    """The figures with which a cell begins, each with its place; none where the first one is a movement.

    Of several each names a metal of its own: "20,000 gold ounces and 1.5 million silver ounces".
    """
    lead = _LEAD.match(cell.text)
    start = cell.start + (lead.end() if lead else 0)
    found = within(page.quantities, cell.start, cell.end)
    if not found or found[0].start > start or found[0].rule == "year":
        return []
    taken = [found[0]]
    for measure in found[1:]:
        between = page.text[taken[-1].end : measure.start]
        metals = {m.commodity for m in taken}
        if measure.commodity is None or None in metals or measure.commodity in metals or not _AND.fullmatch(between):
            break
        taken.append(measure)
    return [(_figure(m), m.start, m.end) for m in taken] if not _is_movement(page, cell, taken) else []


def _is_movement(page: Page, cell: Cell, taken: Sequence[Measure]) -> bool:
    """Whether the words behind the figures say by how much something moved, or a bare percentage leads words."""
    rest = page.text[taken[-1].end : cell.end]
    if any(m.signed for m in taken) or (taken[0].dimension in {"percent", "number"} and rest.strip(" .")[:1] not in {"", "("}):
        return True
    return rest.lstrip()[:1] not in {",", ";", "(", "."} and _MOVED.match(rest) is not None


def _figure(measure: Measure) -> Figure:
    """A quantity as the figure of a cell; money without a scale takes the scale of its label as any other cell does."""
    bare = measure.dimension == "money" and not _SCALED.search(measure.as_written)
    percent = measure.dimension == "percent"
    unit = None if bare or percent or measure.dimension == "number" else Unit(measure.unit, 1.0, measure.dimension, measure.commodity)
    money = measure.unit if bare else ""
    places = len(re.sub(r"[^\d.].*$", "", measure.as_written.lstrip("$~ ")).partition(".")[2])
    return Figure(
        measure.value, measure.low, measure.high, measure.bound, money, percent, unit, places, " ".join(measure.as_written.split())
    )
