"""Periods: days, months, quarters, halves, years, fiscal years, intervals and the relative ones.

A period that names its own dates is read at once (`period_shapes`). One that leaves something open ("June", "Q2", "the quarter",
"same period last year") is settled against the release date and the periods named before it (`period_context`).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from minenews.marks.page import Stretch
from minenews.marks.period_context import PARTS, find_context, settle
from minenews.marks.period_fiscal import find_year_end, with_fiscal_labels
from minenews.marks.period_neighbours import with_shared_years
from minenews.marks.period_readings import MONTHS
from minenews.marks.period_scan import Found, find_shapes
from minenews.marks.stretches import day, ending, fiscal_year, half, interval, month, quarter, shift_months, year, years_before
from minenews.models import PeriodValue

__all__ = [
    "MONTHS",
    "day",
    "ending",
    "find_fiscal_year_end",
    "find_periods",
    "fiscal_year",
    "half",
    "interval",
    "month",
    "quarter",
    "read_period",
    "shift_months",
    "year",
    "years_before",
]


@lru_cache(maxsize=1)
def _shapes_of(text: str) -> tuple[Found, ...]:
    """The shapes of the text read last: its fiscal year's end and its periods are asked for one after the other."""
    return tuple(find_shapes(text))


@lru_cache(maxsize=1)
def _year_end_of(text: str) -> tuple[str, int, int] | None:
    """The fiscal year's end that the text read last states; its periods ask for it once more."""
    return find_year_end(text, _shapes_of(text))


def find_fiscal_year_end(text: str) -> tuple[str, int, int] | None:
    """(MM-DD, start, end) of the fiscal year's end where the release states it, else None.

    Read from a statement of the year's end, or from a quarter, half or year named both by its dates and by its fiscal label.
    """
    return _year_end_of(text)


def find_periods(text: str, released: dt.date | None = None, year_end: str | None = None) -> list[Stretch]:
    """All periods of a text, in reading order; open ones settled against `released` and the periods before them.

    `year_end` is the fiscal year's end (MM-DD) where known; without it the text itself may say it. Dates are inclusive.
    """
    found = list(_shapes_of(text))
    if year_end is None and (stated := _year_end_of(text)):
        year_end = stated[0]
    settled = {item.start for item in found if item.reading.value is not None}
    found = with_shared_years(text, with_fiscal_labels(text, found, year_end, released))
    context = find_context(text, found, released, year_end)
    result: list[Stretch] = []
    previous: PeriodValue | None = None
    for item in found:
        value = item.reading.value or settle(item, context, previous)
        if value is None:
            continue
        written = " ".join(text[item.start : item.end].split())
        result.append(
            Stretch(item.start, item.end, value, written, item.rule, item.start not in settled, item.reading.kind == "year_to_date")
        )
        if value.start is not None and value.precision in PARTS and item.reading.kind not in ("prior_quarter", "same_period"):
            previous = value
    return result


@lru_cache(maxsize=4096)
def read_period(written: str, released: dt.date | None = None, year_end: str | None = None) -> PeriodValue | None:
    """The period that a whole string names ("Q2 2017", "June 2024 Quarter"), None if it names none or several."""
    found = find_periods(written, released, year_end)
    return found[0].value if len(found) == 1 else None
