"""Which quantities and periods were linked to which records, so that what was read but not linked stays visible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from minenews.marks.page import Page, Spanned
from minenews.models import Evidence, Period, Quantity


class Record(Protocol):
    """Any record with an id and evidence."""

    @property
    def id(self) -> str: ...
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...


Touched = Sequence[tuple[int, int, str]]
"""The places that records use, in reading order: (start, end, id of the record)."""


def find_touched(records: Sequence[Record]) -> Touched:
    """The places that the evidence of records touches; what is longer than a figure or a period can be is left out."""
    return sorted({(e.start, e.end, r.id) for r in records for e in r.evidence if e.end - e.start < 200})


def _users(marks: Sequence[Spanned], touched: Touched) -> list[tuple[str, ...]]:
    """For each mark (sorted, not overlapping) the ids of the records that touch it. Linear in marks and places."""
    used: list[dict[str, None]] = [{} for _ in marks]
    first = 0
    for start, end, name in touched:
        while first < len(marks) and marks[first].end <= start:
            first += 1
        index = first
        while index < len(marks) and marks[index].start < end:
            used[index][name] = None
            index += 1
    return [tuple(names) for names in used]


def read_quantities(page: Page, touched: Touched) -> tuple[Quantity, ...]:
    """Every quantity of the page, with the records that use it; `section` is the kind of block or boilerplate that it stands in.

    A bare "$" is the currency that the release declares.
    """
    found = []
    declared = page.release.currency or "$"
    for measure, used in zip(page.quantities, _users(page.quantities, touched), strict=True):
        block = page.block_at(measure.start)
        found.append(
            Quantity(
                value=None if measure.low is not None and measure.high is not None else measure.value,
                low=measure.low,
                high=measure.high,
                bound=measure.bound,
                unit=measure.unit.replace("$", declared, 1),
                dimension=measure.dimension,
                as_written=measure.as_written,
                start=measure.start,
                end=measure.end,
                section=block.section if block.section != "body" else block.kind,
                used_by=used,
            )
        )
    return tuple(found)


def read_periods(page: Page, touched: Touched) -> tuple[Period, ...]:
    """Every period of the page, with the records that use it."""
    return tuple(
        Period(
            start=p.value.start,
            end=p.value.end,
            precision=p.value.precision,
            label=p.value.label,
            as_written=p.as_written,
            offsets=(p.start, p.end),
            used_by=used,
        )
        for p, used in zip(page.periods, _users(page.periods, touched), strict=True)
    )
