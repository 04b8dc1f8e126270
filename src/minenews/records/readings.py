"""Readings: the quantities of a sentence, completed by the words around them.

A range is written "from 132,000 to 138,000 ounces", the second part of a comparison leaves its unit out, costs carry theirs
in the words that name them ("cash cost per ounce of $900"), lists write it once at their end ("US$1.42 and $1.36 per pound").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from minenews.marks.page import Measure, Sentence, Word
from minenews.models import Bound
from minenews.tables.units import PER_UNITS

MOVED = re.compile(
    r"\b(?:rais\w+|lift\w+|increas\w+|cut|lower\w*|reduc\w+|up|down|revis\w+|rose|fell|grew|improv\w+|upgrad\w+|decreas\w+|drop\w*|rising|climb\w*|chang\w+|expand\w*|grow\w*)\b",
    re.IGNORECASE,
)
PRICED = frozenset({"cash_cost", "aisc", "aic", "realized_price", "metal_price", "cost_per_tonne"})
PER_UNIT = re.compile(
    r"""
    (?:\bper\s+ | /\s? | \ban?\s+)
    (?:(?!and\b|share\b|day\b|cent\b|year\b)[\w-]+\s+){0,3}?  # "payable silver", "dry metric", "equivalent payable"
    (?P<unit> ounces? | oz | pounds? | lbs? | tonnes? | tons? | kilograms? | kg | carats? | ct | [dw]mt ) (?=[0-9]{0,2}\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The unit that a cost or price is for, as the words around its amount name it."""
OTHER_MONEY = re.compile(r"(?:\s\([^()]{2,20}\))?\s?")
"""The same amount in other money, between an amount and what it is for: "US$84 (A$118) per tonne"."""
LISTED = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|to(?:\s+between|\s+a\s+range\s+of)?)\s+", re.IGNORECASE)


def read_measures(
    text: str, sentence: Sentence, measures: Sequence[Measure], words: Sequence[Word], comparators: Sequence[tuple[int, int]]
) -> list[Measure]:
    """The quantities of a sentence, completed by the words around them."""
    unsigned = [without_bullet(text, m) for m in measures]
    return join_guided(text, priced_per_unit(text, sentence, share_unit(text, adopt_unit(unsigned, comparators)), words))


def without_bullet(text: str, measure: Measure) -> Measure:
    """The amount behind a dash that opens a line: the dash is a bullet and no sign."""
    opens = text[max(0, measure.start - 1) : measure.start] in ("", "\n")
    if not (
        opens and measure.signed == "-" and measure.value is not None and re.match(r"[-–−]\s", text[measure.start : measure.start + 2])
    ):
        return measure
    start = measure.start + len(re.match(r"[-–−]\s+", text[measure.start : measure.end])[0])  # type: ignore[index]
    return replace(measure, start=start, value=abs(measure.value), signed="", as_written=" ".join(text[start : measure.end].split()))


def share_unit(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """Amounts of a list whose last one alone names its unit: "US$1.42 and $1.36 per pound"."""
    result = list(measures)
    for index in range(len(result) - 2, -1, -1):
        this, following = result[index], result[index + 1]
        if this.dimension == "money" and following.dimension == "unit_money" and LISTED.fullmatch(text, this.end, following.start):
            money, _, per = following.unit.partition("/")
            if money in (this.unit, "$") and 0.1 < this.amount / following.amount < 10:
                result[index] = replace(this, unit=f"{this.unit}/{per}", dimension="unit_money")
                result[index + 1] = replace(following, unit=f"{this.unit}/{per}")
    return result


def priced_per_unit(text: str, sentence: Sentence, measures: Sequence[Measure], words: Sequence[Word]) -> list[Measure]:
    """Amounts whose unit stands in the words that name the cost or price, or behind them.

    "AISC per ounce was $1,200", "$109 per dry metric tonne"
    """
    result: list[Measure] = []
    priced = [w for w in words if w.key in PRICED]
    for measure in measures:
        if measure.dimension == "money" and abs(measure.amount) < 100_000:
            gap = OTHER_MONEY.match(text, measure.end, sentence.end)
            assert gap is not None
            behind = PER_UNIT.match(text, gap.end(), min(sentence.end, gap.end() + 50))
            cue = next((w for w in reversed(priced) if w.end <= measure.start and measure.start - w.start < 140), None)
            named = behind or (cue and PER_UNIT.search(text, cue.start, measure.start))
            if named and not (cue and cue.end < named.start() < measure.start and re.search(r"[\d;]", text[cue.end : named.start()])):
                unit = PER_UNITS[named["unit"].lower().removesuffix("s")]
                measure = replace(measure, unit=f"{measure.unit}/{unit}", dimension="unit_money")
        result.append(measure)
    return result


def join_guided(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """ "Guidance of from 132,000 to 138,000 ounces" as one range: two figures between "from" and "to" that nothing moves."""
    result: list[Measure] = []
    for measure in measures:
        first = result[-1] if result else None
        if (
            first is not None
            and first.unit == measure.unit
            and first.value is not None
            and measure.value is not None
            and first.value < measure.value
            and text[first.end : measure.start].strip().lower() == "to"
            and re.search(r"\bfrom\s+$", text[max(0, first.start - 6) : first.start], re.IGNORECASE)
            and re.search(
                r"\b(?:guidance|guided|forecast|outlook|expect\w*|target\w*)\b",
                text[max(0, first.start - 110) : first.start],
                re.IGNORECASE,
            )
            and not MOVED.search(text, max(0, first.start - 70), first.start)
        ):
            result[-1] = replace(
                first,
                value=None,
                low=first.value,
                high=measure.value,
                bound=Bound.RANGE,
                end=measure.end,
                as_written=" ".join(text[first.start : measure.end].split()),
            )
            continue
        result.append(measure)
    return result


def adopt_unit(measures: Sequence[Measure], comparators: Sequence[tuple[int, int]]) -> list[Measure]:
    """Bare numbers behind a comparison take the unit of the figure before it ("6,895 oz compared to 5,970 in June")."""
    result: list[Measure] = []
    for measure in measures:
        if measure.dimension == "number" and result and result[-1].dimension not in ("number", "percent", "count", "time"):
            between = any(result[-1].end <= a and b <= measure.start for a, b in comparators)
            if between and 0.05 < abs(measure.amount) / max(abs(result[-1].amount), 1e-9) < 20:
                measure = replace(measure, unit=result[-1].unit, dimension=result[-1].dimension, commodity=result[-1].commodity)
        result.append(measure)
    return result
