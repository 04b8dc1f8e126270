"""Figures: each quantity of a sentence with the metric and the commodity that it measures.

Linking goes by dimension, clause and order, not by the nearest word: a cue must measure what the unit measures; a cue bound
directly behind the figure ("$19.6 million in free cash flow") comes before the nearest one ahead of it; lists and
comparisons carry the cue on; "respectively" pairs cues and figures in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Measure, Page, Sentence, Word, within
from minenews.models import Bound
from minenews.records.comparisons import (
    COMPARED_BEFORE,
    find_comparators,
    is_against,
    respective_cues,
    respective_metals,
    restates,
)
from minenews.records.figure import Figure
from minenews.records.figure_commodity import find_commodity
from minenews.records.metric_cues import WEAK, find_cue, metric_without_cue
from minenews.records.metric_fit import BULK, metric_here, metric_of_metal, metric_of_rock
from minenews.records.no_figures import DRILLING, FINANCING, GEOLOGY, is_excluded
from minenews.records.other_amounts import find_other_amounts, is_other_amount, own_words
from minenews.records.readings import read_measures
from minenews.records.times import BALANCE


def find_figures(page: Page, sentence: Sentence, before: Sequence[Figure] = ()) -> list[Figure]:
    """The figures of a sentence, in reading order; quantities that no cue claims are left out.

    `before` are the figures of the sentence before: "This compares with 59,280 oz" carries their metrics on.
    """
    text = page.text
    measures = list(within(page.quantities, sentence.start, sentence.end))
    whole = find_whole_interests(page, sentence)
    if not measures:
        return whole
    body = text[sentence.start : sentence.end]
    others = find_other_amounts(page.lowered, sentence)
    words = own_words([w for w in within(page.words, sentence.start, sentence.end) if w.label == "metric"], others)
    lowered = page.lowered[sentence.start : sentence.end]
    geology, drilling, financing = bool(GEOLOGY.search(lowered)), bool(DRILLING.search(lowered)), bool(FINANCING.search(lowered))
    comparators = [(sentence.start + start, sentence.start + end) for start, end in find_comparators(body)]
    measures = read_measures(text, sentence, measures, words, comparators)
    pairs = respective_cues(page, sentence, measures, words)
    metals = respective_metals(page, sentence, measures)
    result: list[Figure] = list(whole)
    for index, measure in enumerate(measures):
        if measure.dimension in ("count", "volume", "time") and measure.unit not in ("year", "month"):
            continue
        if index and restates(text, measures[index - 1], measure):
            continue
        following = measures[index + 1] if index + 1 < len(measures) else None
        cue = pairs.get(measure.start) or find_cue(page, measure, words, measures, following, sentence.end)
        if cue is None and following is not None and _shares_cue(text, measure, following):
            cue = find_cue(page, following, [w for w in words if w.start >= following.end], measures, None, sentence.end)
        if is_other_amount(text, measure, others, cue.end if cue and cue.end <= measure.start else sentence.start):
            continue
        against = is_against(text, comparators, measures, index)
        metric = metric_here(page, cue, measure) if cue else None
        previous = result[-1] if result else None
        if against:  # what it is compared with is the last figure of its unit
            alike = (f for f in reversed(result) if (f.measure.unit, f.measure.dimension) == (measure.unit, measure.dimension))
            previous = next(alike, previous)
        carried = False
        if previous is not None and _carries(text, previous, measure, cue, against):
            cue, metric, carried = previous.cue, previous.metric, True
        if (
            metric is None
            and measure.dimension == "share_money"
            and previous is not None
            and index
            and previous.measure.end == measures[index - 1].end
        ):
            metric = PER_SHARE.get(previous.metric)
            cue = previous.cue if metric else cue
        if measure.dimension == "share_money" and index and OR_PER_SHARE.fullmatch(text, measures[index - 1].end, measure.start):
            whole_amount = next((f for f in result if f.measure.start == measures[index - 1].start), None)
            metric = PER_SHARE.get(whole_amount.metric) if whole_amount else None
            against = whole_amount.against if whole_amount else against
            if metric is None:
                continue  # "an impairment of $34 million, or $0.27 per share"
        if metric is None and before and COMPARED_BEFORE.match(text, sentence.start):
            said = next((f for f in before if f.measure.unit == measure.unit), None)
            if said is not None:
                cue, metric, against, previous, carried = said.cue, said.metric, True, said, True
        if metric is None:
            metric = metric_without_cue(text, sentence, measure)
        if metric is None or is_excluded(page, sentence, measure, metric, cue, geology, drilling, financing, measures):
            continue
        commodity, word = find_commodity(page, sentence, measure, metric, cue, previous if carried or against else None, before)
        if measure.start in metals and measure.commodity is None:
            commodity, word = metals[measure.start].key, metals[measure.start]
        if (
            metric == "production"
            and (DELIVERED.match(text, cue.start) if cue is not None else TO_DELIVER.search(text, sentence.start, measure.start))
            and INTO_CONTRACTS.match(text, max(cue.end if cue is not None else 0, measure.end))
        ):
            metric = "sales"
        if metric == "metal_price" and cue is not None and REALIZED.search(text, max(sentence.start, cue.start - 16), cue.end):
            metric = "realized_price"
        metric = metric_of_metal(metric, measure, commodity)
        if metric == "production" and measure.unit in ("t", "st") and OF_ORE.match(text, measure.end):
            metric = "ore_mined"  # "produced 58,700 tonnes of ore at 5.3% for 3,100 tonnes of contained nickel"
        if metric in MINED:
            ahead = text[max(sentence.start, cue.start - 24) : cue.start] if cue else ""
            metric = metric_of_rock(metric, text[measure.end : measure.end + 16], ahead, text[cue.start : cue.end] if cue else "")
        if metric in OF_THE_ORE and commodity not in BULK:
            commodity = word = None
        result.append(Figure(measure, metric, cue, commodity, word, against, sentence, carried))
    return sorted(result, key=lambda f: f.measure.start)


PER_SHARE = {"net_income": "eps", "eps": "eps", "dividend": "dividend"}
"""What an amount per share is, by the metric of the figure before it."""
OF_ORE = re.compile(r"\s+of\s+ore\b", re.IGNORECASE)
MINED = frozenset({"ore_mined", "material_mined", "waste_mined"})
OR_PER_SHARE = re.compile(r"\s?,?\s(?:or\s|\()\s?")
"""What leads from an amount to the same amount per share."""
OF_THE_ORE = frozenset({"ore_processed", "ore_mined", "throughput", "waste_mined", "material_mined", "ore_purchased", "strip_ratio"})
"""Metrics that name no metal, save where the ore is the product."""
REALIZED = re.compile(r"\b(?:reali[sz]ed|received)\b", re.IGNORECASE)
NOT_CARRIED = WEAK - {"metres_drilled"} | {"recovery"}
LIST = re.compile(
    r"""
    [\s,]* [^.;]{0,60}?
    (?: \band\b | , | \( )
    [^.;0-9]{0,40}
    """,
    re.VERBOSE,
)
"""What stands between two figures of a list."""
TO_NEW = re.compile(r"(?:\s+of\s+\w+(?:\s\w+)?)?\s+to\s+(?:(?:a\s+)?(?:new\s+)?range\s+of\s+|between\s+)?", re.IGNORECASE)
"""What leads from the figure before a movement to the one after it: "from 2.1 million tonnes of coal to"."""
PART_OF = re.compile(
    r"\s+(?:out\s+)?of\s+(?:an?|the|its)\s+(?:(?:total|approved)\s+)?(?:planned|proposed|budgeted|scheduled|budget\s+of|planned\s+total\s+of)\s+",
    re.IGNORECASE,
)
"""What leads from a part done to the whole that is planned: "4,200 metres of a planned"."""
TOTALLED = re.compile(r"[^.;]{0,40}?\b(?:bringing|taking|for\s+a\s+total|year-to-date)\b[^.;]{0,90}", re.IGNORECASE)
"""What leads from a figure to the total that it makes: ", bringing the total for the first nine months of 2024 to"."""


def _carries(text: str, previous: Figure, measure: Measure, cue: Word | None, against: bool) -> bool:
    """Whether a figure has the metric of the one before it: as the second part of a comparison, or as the next of a list."""
    last = previous.measure
    if (
        (measure.unit, measure.dimension) != (last.unit, last.dimension)
        or measure.start - last.end >= (220 if against else 160)
        or (previous.metric in NOT_CARRIED and not (against and previous.metric in BALANCE))
    ):
        return False
    if cue is not None and cue.end >= last.end:
        return False
    if previous.against and TO_NEW.fullmatch(text, last.end, measure.start):
        return True
    if against or PART_OF.fullmatch(text, last.end, measure.start):
        return True
    if cue is not None or measure.dimension in ("percent", "money"):
        return False
    return bool(LIST.fullmatch(text, last.end, measure.start) or TOTALLED.fullmatch(text, last.end, measure.start))


def _shares_cue(text: str, measure: Measure, following: Measure) -> bool:
    """Whether the cue behind the next figure is for both.

    "8,200 oz of gold and 95,000 oz of silver were sold", "4,200 metres of a planned 11,000 metres had been drilled"
    """
    if measure.dimension != following.dimension:
        return False
    listed = measure.dimension == "mass" and OF_METAL_AND.fullmatch(text, measure.end, following.start)
    return bool(listed or PART_OF.fullmatch(text, measure.end, following.start))


OF_METAL_AND = re.compile(r"\s+of\s+(?:\w+\s*){1,2}(?:,|,?\s*and)\s+", re.IGNORECASE)
TO_DELIVER = re.compile(r"\bdeliver\s+[^.;,]{0,40}$", re.IGNORECASE)
DELIVERED = re.compile(r"deliver", re.IGNORECASE)
INTO_CONTRACTS = re.compile(r"[^.;]{0,50}?\b(?:contracts?|customers?|agreements?|utilit\w+)\b", re.IGNORECASE)
"""What follows a delivery that is a sale: "delivered 100,000 pounds into a term contract"."""
WHOLLY = re.compile(r"\bwholly[\s-]+owned\b|\b(?:sole|full|complete)\s+owner(?:ship)?\s+of\b")


def find_whole_interests(page: Page, sentence: Sentence) -> list[Figure]:
    """ "Its wholly owned Redhill project" as an interest of 100 % in the project named behind."""
    found: list[Figure] = []
    if "own" not in page.lowered[sentence.start : sentence.end]:
        return found
    for match in WHOLLY.finditer(page.lowered, sentence.start, sentence.end):
        owned = next((m for m in within(page.asset_mentions, match.end(), sentence.end) if m.start - match.end() < 60), None)
        if owned is None or re.search(r"[.;]|subsidiar", page.text[match.end() : owned.start]):
            continue
        measure = Measure(*match.span(), 100.0, None, None, Bound.EXACT, "%", "percent", page.written(*match.span()), "wholly_owned")
        found.append(Figure(measure, "interest", None, None, None, False, sentence))
    return found
