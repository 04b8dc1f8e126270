"""The commodity of a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from minenews.marks.page import Measure, Page, Sentence, Word, within
from minenews.records.figure import Figure

PGM_LIST = re.compile(r"\bplatinum,\s+palladium(?:,\s+\w+){0,4},?\s+and\s+(?:gold|rhodium)\b", re.IGNORECASE)
"""Platinum metals named one by one for a figure of all of them ("platinum, palladium, rhodium and gold (4E)")."""
CREDIT = re.compile(r"[\s-]*(?:by-?products?\s+)?(?:credits?|by-?products?)\b", re.IGNORECASE)
"""Behind a metal that is only set off against a cost: "net of lead credits"."""
FOR_METAL = re.compile(r"\s+(?:for|in)\s+(?:the\s+)?", re.IGNORECASE)
NEEDS_COMMODITY = frozenset(
    {"production", "sales", "grade", "realized_price", "metal_price", "cash_cost", "aisc", "aic", "recovery", "stockpile"}
)


def find_commodity(
    page: Page, sentence: Sentence, measure: Measure, metric: str, cue: Word | None, previous: Figure | None, before: Sequence[Figure]
) -> tuple[str | None, Word | None]:
    """The commodity of a figure: its own, the cue's, the nearest between them, the clause's.

    Else it is carried on by a comparison or from the sentence before.
    """
    if measure.commodity:
        return measure.commodity, None
    names = [w for w in within(page.words, sentence.start, sentence.end) if w.label == "commodity" and not CREDIT.match(page.text, w.end)]
    if measure.dimension == "percent":
        of_it = [w for w in names if w.start >= measure.end and FOR_METAL.fullmatch(page.text, measure.end, w.start)]
        if of_it:
            return of_it[0].key, of_it[0]
    group = PGM_LIST.search(page.text, sentence.start, sentence.end)
    if group is not None and (cue is None or group.start() - 30 < cue.end) and group.end() <= measure.start:
        return "platinum_group", None
    if cue is not None:
        inside = [w for w in names if cue.start <= w.start and w.end <= cue.end]
        if inside:
            return inside[0].key, inside[0]
        touching = [w for w in names if 0 <= cue.start - w.end <= 2]
        if touching:
            return touching[-1].key, touching[-1]
        after = [w for w in names if 0 <= w.start - cue.end <= 5 and page.text[cue.end : w.start].strip().lower() in ("of", "", "in")]
        if after:
            return after[0].key, after[0]
        low, high = (cue.end, measure.start) if cue.end <= measure.start else (measure.end, cue.start)
        between = [w for w in names if low <= w.start and w.end <= high]
        if between:
            word = between[-1] if cue.end <= measure.start else between[0]
            return word.key, word
    follows = [w for w in names if 0 <= w.start - measure.end <= 14 and not re.search(r"[.;,\d]", page.text[measure.end : w.start])]
    if follows and measure.dimension in ("mass", "grade", "unit_money", "rate", "percent"):
        return follows[0].key, follows[0]
    if previous is not None and previous.metric == metric and previous.commodity and previous.measure.unit == measure.unit:
        return previous.commodity, previous.commodity_word
    if metric not in NEEDS_COMMODITY:
        return None, None
    ahead = [w for w in names if w.end <= measure.start]
    if ahead:
        return ahead[-1].key, ahead[-1]
    if len({w.key for w in names}) == 1:
        return names[0].key, names[0]
    said = next(
        (
            f
            for f in reversed(before)
            if f.metric == metric and f.measure.unit == measure.unit and f.commodity and f.sentence.block == sentence.block
        ),
        None,
    )
    if said is not None:
        return said.commodity, said.commodity_word
    return main_commodity(page, measure.unit)


BY_UNIT = {
    "oz": ("gold", "silver", "platinum", "palladium", "platinum_group", "gold_equivalent", "silver_equivalent", "rhodium"),
    "ct": ("diamonds",),
    "kg": ("gold", "silver", "uranium"),
}
PRODUCT_OF = {"lithium": "spodumene", "iron_ore": "iron_ore", "platinum": "platinum_group"}
"""Where a release names a metal and its product, tonnes and ounces are of the product."""


def main_commodity(page: Page, unit: str) -> tuple[str | None, Word | None]:
    """The commodity that the release is about; it must fit the unit.

    It is the one that headline and opening, else the whole text, name by far the most.
    """
    allowed = BY_UNIT.get(unit.split("/")[-1] if "/" in unit else unit)
    names = [(m.start, m.end) for m in page.company_mentions]
    words = [w for w in page.words if w.label == "commodity" and page.is_news(w.start) and (allowed is None or w.key in allowed)]
    words = [
        w
        for w in words
        if not any(a <= w.start < b for a, b in names[bisect_left(names, (w.start - 60, 0)) : bisect_left(names, (w.end, 0))])
    ]
    for pool in ([w for w in words if w.start < 900], words):
        counts = Counter(w.key for w in pool)
        for metal, product in PRODUCT_OF.items():
            if metal in counts and product in counts and metal != product:
                counts[product] += counts.pop(metal)
        ranked = counts.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
            return ranked[0][0], None
    return None, None
