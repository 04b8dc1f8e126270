"""What was read where: one labelled span after another, for showing a release with its readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minenews.models import Evidence, Extraction


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of the input; `label` is a kind of mark or, for a linked figure, what it measures."""

    start: int
    end: int
    label: str


COLOURS = {
    "company": "#c7ceea",
    "ticker": "#d9dcf2",
    "person": "#e2c7ea",
    "role": "#efe0f4",
    "asset": "#ffdfba",
    "place": "#f6e6c3",
    "period": "#bae1ff",
    "event": "#ffc9c9",
    "status": "#ffd6e8",
    "quantity": "#e0e0e0",
}
FIGURE_COLOUR = "#baf2bb"
"""The colour of every figure that stands in a record."""


def find_spans(extraction: Extraction) -> list[Span]:
    """Everything read in a release, in reading order; of overlapping spans the first, and of those the longest, stays."""
    found: list[Span] = []
    end = 0
    for span in sorted(set(all_spans(extraction)), key=lambda s: (s.start, -s.end, s.label)):
        if span.start >= end:
            found.append(span)
            end = span.end
    return found


def colour_of(label: str) -> str:
    """The background of a label, as a hexadecimal colour."""
    return COLOURS.get(label, FIGURE_COLOUR)


def all_spans(extraction: Extraction) -> Iterator[Span]:
    """Everything read in a release; spans overlap where one thing was read in another."""
    meanings = {fact.id: fact.metric.replace("_", " ") for fact in extraction.facts}
    meanings |= {record.id: "change" for record in extraction.changes}
    meanings |= {record.id: "intercept" for record in extraction.intercepts}
    meanings |= {record.id: "resource" for record in extraction.resources}
    meanings |= {record.id: "deal" for record in extraction.deals}
    told = {record.id: record.kind.replace("_", " ") for record in extraction.events}  # where no other record holds the figure
    for quantity in extraction.quantities:
        names = (table[i] for table in (meanings, told) for i in quantity.used_by if i in table)
        yield Span(quantity.start, quantity.end, next(names, "quantity"))
    for period in extraction.periods:
        yield Span(*period.offsets, "period")
    for label, records in (
        ("company", extraction.companies),
        ("person", extraction.people),
        ("asset", extraction.assets),
        ("place", extraction.places),
    ):
        yield from _evidence_spans(label, (e for record in records for e in record.evidence))
    yield from _evidence_spans("event", (e for event in extraction.events for e in event.evidence if e.slot == "kind"))
    yield from _evidence_spans("status", (e for status in extraction.statuses for e in status.evidence if e.slot == "state"))


def _evidence_spans(label: str, evidence: Iterable[Evidence]) -> Iterator[Span]:
    return (Span(e.start, e.end, e.slot if e.slot in COLOURS else label) for e in evidence if e.start < e.end)
