"""Figures: each quantity of a sentence with the metric and the commodity that it measures.

Linking goes by dimension, clause and order, not by the nearest word: a cue must measure what the unit measures; a cue bound
directly behind the figure ("$22.5 million in free cash flow") comes before the nearest one ahead of it; lists and
comparisons carry the cue on; "respectively" pairs cues and figures in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Page, Sentence, within
from minenews.records.comparisons import (
    COMPARATOR,
    COMPARED_BEFORE,
    adopt_unit,
    is_against,
    join_guided,
    respective_cues,
    respective_metals,
    restates,
)
from minenews.records.figure import Figure
from minenews.records.figure_commodity import find_commodity
from minenews.records.metric_cues import WEAK, choose_cue, cue_ahead, cue_behind, metric_without_cue
from minenews.records.metric_fit import metric_here
from minenews.records.no_figures import DRILLING, FINANCING, GEOLOGY, is_excluded


def find_figures(page: Page, sentence: Sentence, before: Sequence[Figure] = ()) -> list[Figure]:
    """The figures of a sentence, in reading order; quantities that no cue claims are left out.

    `before` are the figures of the sentence before: "This compares with 62,535 oz" carries their metrics on.
    """
    text = page.text
    words = [w for w in within(page.words, sentence.start, sentence.end) if w.label == "metric"]
    measures = list(within(page.quantities, sentence.start, sentence.end))
    if not measures:
        return []
    body = text[sentence.start : sentence.end]
    geology, drilling, financing = bool(GEOLOGY.search(body)), bool(DRILLING.search(body)), bool(FINANCING.search(body))
    comparators = [(sentence.start + m.start(), sentence.start + m.end()) for m in COMPARATOR.finditer(body)]
    measures = join_guided(text, adopt_unit(measures, comparators))
    pairs = respective_cues(page, sentence, measures, words)
    metals = respective_metals(page, sentence, measures)
    result: list[Figure] = []
    for index, measure in enumerate(measures):
        if measure.dimension in ("count", "volume", "time") and not (measure.dimension == "time" and measure.unit in ("year", "month")):
            continue
        if index and restates(text, measures[index - 1], measure):
            continue
        stop = measures[index + 1].start if index + 1 < len(measures) else sentence.end
        cue = pairs.get(measure.start)
        carried = False
        if cue is None:
            behind, ahead = cue_behind(page, measure, words, stop), cue_ahead(page, measure, words, measures)
            cue = choose_cue(page, measure, behind, ahead)
        previous = result[-1] if result else None
        against = is_against(text, comparators, measures, index)
        metric = metric_here(page, cue, measure) if cue else None
        if (
            previous is not None
            and measure.unit == previous.measure.unit
            and previous.measure.end > (cue.end if cue else -1)
            and (against or cue is None)
        ):
            near = measure.start - previous.measure.end < 160
            listed = re.fullmatch(r"[\s,]*(?:[^.;]{0,60}?)(?:\band\b|,|\()[^.;0-9]{0,40}", text[previous.measure.end : measure.start])
            if (
                near
                and previous.metric not in WEAK | {"recovery"} - {"metres_drilled"}
                and (against or (cue is None and listed and measure.dimension not in ("percent", "money")))
                and (cue is None or cue is previous.cue or against)
            ):
                cue, metric, carried = previous.cue, previous.metric, True
        if (
            metric is None
            and measure.dimension == "share_money"
            and previous is not None
            and previous.metric in ("net_income", "eps", "dividend")
        ):
            metric = "dividend" if previous.metric == "dividend" else "eps"
            cue = previous.cue
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
        result.append(Figure(measure, metric, cue, commodity, word, against, sentence, carried))
    return result
