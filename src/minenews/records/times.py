"""The period that a figure is for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from minenews.marks.page import Page, Sentence, Stretch, within
from minenews.marks.periods import day, years_before
from minenews.models import PeriodValue, Precision
from minenews.records.figures import COMPARATOR, Figure

ATTACHED = re.compile(r"[\s,)]*(?:of\s+(?:\w+\s+){1,2})?(?:\w+\s+)?(?:in|for|during|over|from|by|at|on|as\s+of|as\s+at|through|until|to|ended|the|each|of|achieved|reported|alone|per|last|full|fiscal|,|\(|produced|sold|recorded|and|guidance|calendar)*\s*(?:(?:in|for|during|over|by|at|the|of|full|,|\()\s*)*", re.IGNORECASE)
BALANCE = frozenset({"cash", "debt", "stockpile"})
TIMELESS = frozenset({"npv", "irr", "payback", "initial_capex", "mine_life", "interest", "area", "capacity", "sustaining_capex", "metal_price"})
FLOW = frozenset({"production", "sales", "ore_mined", "waste_mined", "material_mined", "ore_processed", "throughput", "grade", "recovery", "cash_cost", "aisc", "aic", "cost_per_tonne", "realized_price",
                  "revenue", "ebitda", "net_income", "eps", "operating_cash_flow", "free_cash_flow", "capex", "exploration_spend", "strip_ratio", "dividend", "impairment", "sustaining_capex"})  # fmt: skip
SPANS = frozenset({Precision.QUARTER, Precision.HALF, Precision.YEAR, Precision.MONTH, Precision.RANGE})
QUARTERLY = re.compile(r"\bquarterly\b", re.IGNORECASE)


def _usable(page: Page, sentence: Sentence, metric: str = "") -> list[Stretch]:
    """The periods of a sentence that a figure can be for: not release dates in references, not the dateline."""
    line = page.layout.dateline
    found = []
    for period in within(page.periods, sentence.start, sentence.end):
        if line is not None and line.start <= period.start < line.end:
            continue
        if re.search(r"(?:release|announcement|report|filed|announced|dated|circular|prospectus)\s+(?:dated\s+|on\s+|of\s+)?$", page.text[max(0, period.start - 24) : period.start], re.IGNORECASE):
            continue
        found.append(period)
    return found


def find_period(page: Page, figure: Figure, main: PeriodValue | None) -> tuple[PeriodValue | None, Stretch | None]:
    """The period of a figure and the words that name it. `main` is the period of the figure that this one is compared with."""
    sentence, measure = figure.sentence, figure.measure
    periods = _usable(page, sentence)
    chosen = _own_period(page, figure, periods)
    if chosen is None and figure.metric in TIMELESS:
        return None, None
    if chosen is None and figure.against and main is not None:
        return None, None
    if chosen is None:
        chosen = _scope_period(page, figure)
    if chosen is None:
        return None, None
    value = chosen.value
    if figure.against and main is not None and main.start is not None and value.start is not None and value.precision is Precision.YEAR and main.precision is not Precision.YEAR:
        years = main.start.year - value.start.year
        value = years_before(main, years) if years > 0 else value
    if figure.metric in BALANCE and value.end is not None and value.precision is not Precision.DAY:
        value = day(value.end)
    if figure.metric in FLOW and value.precision is Precision.DAY and not _is_span_end(page, chosen):
        return None, None
    return value, chosen


def _is_span_end(page: Page, period: Stretch) -> bool:
    return bool(re.search(r"\bon\s+$", page.text[max(0, period.start - 4) : period.start]))


def _own_period(page: Page, figure: Figure, periods: Sequence[Stretch]) -> Stretch | None:
    text, measure, sentence = page.text, figure.measure, figure.sentence
    balance = figure.metric in BALANCE
    good = [p for p in periods if p.precision in SPANS or balance or figure.metric == "metal_price"]
    for period in good:
        if 0 <= period.start - measure.end <= 60 and ATTACHED.fullmatch(text, measure.end, period.start) and not _leads(text, period, sentence.end):
            return period
    for period in good:
        if 0 <= measure.start - period.end <= 4 and re.fullmatch(r"[\s(:]*", text[period.end : measure.start]):
            return period
    sides = [sentence.start, *(sentence.start + m.start() for m in COMPARATOR.finditer(text[sentence.start : sentence.end])), sentence.end]
    low = max(s for s in sides if s <= measure.start)
    high = min(s for s in sides if s > measure.start)
    if figure.against and low == sentence.start:
        low = measure.start
    side = [p for p in good if low <= p.start < high]
    cue = figure.cue
    if cue is not None and not figure.against:
        bound = [p for p in good if 0 <= p.start - cue.end <= 40 and re.fullmatch(r"\s*(?:\(\w+\)\s*)?(?:of\s+\w+\s+)?(?:in|for|during|of|over)?\s*(?:the\s+)?", text[cue.end : p.start], re.IGNORECASE)]
        bound += [p for p in good if 0 <= cue.start - p.end <= 30 and re.fullmatch(r"(?:['’]s)?\s*(?:\w+\s+){0,2}", text[p.end : cue.start])]
        if bound and bound[0].end <= measure.start:
            return bound[0]
    before = [p for p in side if p.end <= measure.start]
    if before:
        finest = before[-1]
        return finest
    behind = [p for p in side if p.start >= measure.end]
    if behind:
        first = behind[0]
        gap = text[measure.end : first.start]
        if len(gap) < 140 and (not re.search(r"[;]|\d", gap) or len(good) == 1):
            return first
    if not figure.against and low > sentence.start:
        earlier = [p for p in good if p.end <= low and not _in_comparison(text, sentence, p)]
        if earlier:
            return earlier[-1]
    if not figure.against:
        lead = [p for p in good if p.end <= measure.start and p.start - sentence.start < 60 and not _in_comparison(text, sentence, p)]
        if lead:
            return lead[0]
    return None


def _leads(text: str, period: Stretch, end: int) -> bool:
    """Whether a period begins the next statement ("…; in Q3 2024, it produced …")."""
    return False


def _in_comparison(text: str, sentence: Sentence, period: Stretch) -> bool:
    marks = [sentence.start + m.end() for m in COMPARATOR.finditer(text[sentence.start : sentence.end])]
    return any(0 <= period.start - m < 60 for m in marks)


def _scope_period(page: Page, figure: Figure) -> Stretch | None:
    """The period of the statement around a figure: sentences before in its paragraph, heading, the list's introduction, headline, the release's period."""
    if figure.metric not in FLOW and figure.metric not in BALANCE:
        return None
    sentence = figure.sentence
    block_index = sentence.block
    block = page.layout.blocks[block_index]
    before = [s for s in page.sentences if s.block == block_index and s.end <= sentence.start]
    quarterly = bool(QUARTERLY.search(page.text[sentence.start : figure.measure.start]))
    for earlier in reversed(before[-4:]):
        found = [p for p in _usable(page, earlier) if p.precision in SPANS and not _in_comparison(page.text, earlier, p)]
        if quarterly:
            found = [p for p in found if p.precision is Precision.QUARTER]
        if found:
            return found[0]
    if block.heading is not None:
        found = [p for p in within(page.periods, *block.heading) if p.precision in SPANS]
        if found:
            return found[0]
    for index in range(block_index - 1, max(-1, block_index - 14), -1):
        earlier_block = page.layout.blocks[index]
        if block.kind == "bullet" and earlier_block.kind in ("bullet", "footnote", "table"):
            continue
        if block.kind != "bullet" and index < block_index - 2:
            break
        found = [p for p in within(page.periods, earlier_block.start, earlier_block.end) if p.precision in SPANS and not p.relative]
        if found and earlier_block.kind in ("paragraph", "heading", "headline", "caption"):
            return found[0]
    return report_period(page)


def report_period(page: Page) -> Stretch | None:
    """The period that the release reports on: the first quarter, half, month or year of headline or opening that had ended."""
    if page.released is None:
        return None
    limit = page.layout.headline[1] if page.layout.headline else 0
    opening = [p for p in page.periods if p.start < max(limit, 0) + 1400 and p.precision in SPANS and page.is_news(p.start)]
    for period in opening:
        end = period.value.end
        if end is not None and end <= page.released and (page.released - end) < dt.timedelta(days=150) and period.precision is not Precision.RANGE:
            return period
    return None
