"""The period that its sentence gives a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Page, Sentence, Stretch, within
from minenews.marks.periods import day, quarter, years_before
from minenews.models import PeriodValue, Precision
from minenews.records.comparisons import COMPARATOR, RESPECTIVELY, WITH_PERIOD, find_comparators
from minenews.records.figure import Figure

ATTACHED = re.compile(
    r"(?:(?:\s+loss)?,?\s+(?:or\s+|\()[A-Z]{0,3}\$?\(?[0-9.]+\)?\s+(?:loss\s+)?per\s+(?:\w+\s+)?(?:share|unit)\)?)?"  # per share
    r"\s*(?:\([^()]{0,40}\))?[\s,)]*(?:of\s+(?:\w+\s+){1,2})?(?:\w+\s+)?(?:in|for|during|over|from|by|at|on|as\s+of|as\s+at|through|until|to|ended|the|each|of|achieved|reported|alone|per|last|full|fiscal|end|beginning|close|,|\(|produced|sold|recorded|and|guidance|calendar)*\s*(?:(?:in|for|during|over|by|at|the|of|full|,|\()\s*)*",
    re.IGNORECASE,
)
DIRECT = re.compile(
    r"['’s]*\s*(?:(?!and\b|was\b|were\b)\w+\s+){0,4}(?:by\s+[0-9.]+\s?(?:%|per\s?cent)\s+)?(?:of|at|:|to)?\s*(?:approximately\s+|between\s+|about\s+)?",
    re.IGNORECASE,
)
BALANCE = frozenset({"cash", "debt", "stockpile"})
TIMELESS = frozenset({"npv", "irr", "payback", "initial_capex", "mine_life", "interest", "area", "capacity", "metal_price"})
FLOW = frozenset(
    {
        "production",
        "sales",
        "ore_mined",
        "waste_mined",
        "material_mined",
        "ore_processed",
        "throughput",
        "grade",
        "recovery",
        "cash_cost",
        "aisc",
        "aic",
        "cost_per_tonne",
        "realized_price",
        "revenue",
        "ebitda",
        "net_income",
        "eps",
        "operating_cash_flow",
        "free_cash_flow",
        "capex",
        "exploration_spend",
        "strip_ratio",
        "dividend",
        "impairment",
        "sustaining_capex",
    }
)
SPANS = frozenset({Precision.QUARTER, Precision.HALF, Precision.YEAR, Precision.MONTH, Precision.RANGE})
QUARTERLY = re.compile(r"\bquarterly\b", re.IGNORECASE)


def usable_periods(page: Page, sentence: Sentence) -> list[Stretch]:
    """The periods of a sentence that a figure can be for: not release dates in references, not the dateline."""
    line = page.layout.dateline
    found = []
    for period in within(page.periods, sentence.start, sentence.end):
        if line is not None and line.start <= period.start < line.end:
            continue
        if period.precision is Precision.DAY and DATE_OF_A_RELEASE.search(page.text, max(0, period.start - 24), period.start):
            continue
        if period.rule == "period_mid_year":
            continue
        if period.end - period.start > 8 and page.text[period.start : period.end].lower().endswith("guidance"):
            continue
        if BEGINNING.search(page.text, max(sentence.start, period.start - 60), period.start):
            continue
        if DATE_OF_A_PAPER.search(page.text, max(sentence.start, period.start - 44), period.start):
            continue
        found.append(period)
    return found


DATE_OF_A_RELEASE = re.compile(
    r"(?:release|announcement|report|filed|announced|dated|circular|prospectus)\s+(?:dated\s+|on\s+|of\s+)?$", re.IGNORECASE
)
"""What leads to the date of another release: "announced on"."""
BEGINNING = re.compile(
    r"\b(?:started|began|commenced|opened|acquired|founded|discovered|built|listed)\s+(?:[\w-]+\s+){0,3}(?:in|since|on)\s+"
    r"(?:late[\s-]|early[\s-]|mid-|the\s+)?$",
    re.IGNORECASE,
)
"""What leads to the time at which something began, which is no period of a figure: "which started production in late"."""
DATE_OF_A_PAPER = re.compile(
    r"\b(?:study|assessment|PEA|PFS|DFS|technical\s+report|estimate)\s+(?:of|dated|from|in|completed\s+in)\s+(?:the\s+)?$", re.IGNORECASE
)
"""What leads to the date of a study, which is no period of its figures."""
OF_A_PLAN = re.compile(
    r"\s*(?!to\b)(?:[\w-]+\s+){0,3}?(?:guidance|forecast|budget|target|outlook|plan|obligations?|commitments?)\b", re.IGNORECASE
)
EARLIER = frozenset({"period_same_period_year", "period_prior_year_period", "period_prior_quarter"})
"""Rules of periods that only a comparison names ("the prior-year period")."""


def own_period(page: Page, figure: Figure, main: PeriodValue | None, taken: Sequence[Figure]) -> tuple[PeriodValue | None, Stretch | None]:
    """The period that the sentence gives a figure, and the words that name it.

    `main` is the period of the figure that this one is compared with; `taken` are the other figures of the sentence, whose
    own comparison periods are left to them.
    """
    if figure.metric in ("interest", "area"):
        return None, None
    periods = [p for p in usable_periods(page, figure.sentence) if not _belongs_to_another(page, p, figure, taken)]
    chosen = _own_period(page, figure, periods)
    return (None, None) if chosen is None else as_taken(page, figure, chosen, main)


def as_taken(page: Page, figure: Figure, chosen: Stretch, main: PeriodValue | None) -> tuple[PeriodValue | None, Stretch | None]:
    """The period as the figure takes it: the same part of an earlier year, the last day for a balance, the quarter for "quarterly"."""
    value = chosen.value
    if main is not None and main.start is not None and value.start is not None and figure.against:
        main_start, start = main.start, value.start
        if chosen.rule in EARLIER and chosen.rule != "period_prior_quarter" and value.start.year < main.start.year:
            named = re.search(r"(?:19|20)[0-9]{2}", chosen.as_written)
            value = years_before(main, main.start.year - int(named[0]) if named else 1)
        elif chosen.rule in EARLIER and chosen.rule != "period_prior_quarter":
            value = years_before(main, 1)
        elif (
            value.precision is Precision.YEAR
            and main.precision is not Precision.YEAR
            and main_start.year > start.year
            and main.precision is not Precision.DAY
        ):
            value = years_before(main, main_start.year - start.year)
    before = page.text[max(figure.sentence.start, figure.measure.start - 34) : figure.measure.start]
    if QUARTERLY.search(before) and value.precision is Precision.MONTH and value.start is not None and page.released is not None:
        whole = quarter(value.start.year, (value.start.month + 2) // 3)
        value = whole if whole.end is not None and whole.end <= page.released else value
    if figure.metric in BALANCE and value.end is not None:
        last = value.end
        value = value if value.precision is Precision.DAY else day(last)
        if chosen.relative and page.released is not None and last > page.released and HAD.search(page.text, *_bounds(figure)):
            value = years_before(value, 1)  # "At year end it had cash of": the year end just past
    if (
        chosen.relative
        and not figure.against
        and page.released is not None
        and value.start is not None
        and value.start > page.released
        and REPORTED.search(page.text, *_bounds(figure))
        and not AHEAD.search(page.text, *_bounds(figure))
    ):
        value = years_before(value, 1)  # "58,640 ounces were produced in the fourth quarter": the one just past
        if value.end is None or (page.released - value.end).days > 150:
            return None, None
    if figure.metric in FLOW and value.precision is Precision.DAY and not _is_span_end(page, chosen):
        return None, None
    return value, chosen


REPORTED = re.compile(r"\b(?:produced|sold|was|were|reported|achieved|recorded|totall?ed|poured|shipped|milled|processed)\b", re.IGNORECASE)
AHEAD = re.compile(
    r"\b(?:will|expect\w*|guidance|forecast\w*|target\w*|plan\w*|anticipat\w*|schedul\w*|outlook|would|could)\b", re.IGNORECASE
)
HAD = re.compile(r"\b(?:had|was|were|held|stood|ended)\b", re.IGNORECASE)


def _bounds(figure: Figure) -> tuple[int, int]:
    return figure.sentence.start, figure.sentence.end


def _belongs_to_another(page: Page, period: Stretch, figure: Figure, taken: Sequence[Figure]) -> bool:
    """Whether a period stands directly behind the second figure of a comparison that is not this one, or can only name a comparison."""
    if figure.against:
        return False
    if period.rule in EARLIER:
        if page.text[period.start : period.end].endswith(("’s", "'s")):
            return True
        return not (0 <= period.start - figure.measure.end < 8)
    return any(
        o.against
        and o.measure is not figure.measure
        and 0 <= period.start - o.measure.end < 24
        and ")" not in page.text[o.measure.end : period.start]
        for o in taken
    )


ON = re.compile(r"\bon\s+$")
OPENED = re.compile(r"[\s(:]*")
OF_A_TIME = re.compile(r"\s*(?:\(\w+\)\s*)?(?:of\s+\w+\s+)?(?:in|for|during|of|over)?\s*(?:the\s+)?", re.IGNORECASE)
"""What leads from a metric to its period: "production in the"."""
OF_THE_PERIOD = re.compile(r"(?:['’]s)?\s*(?:\w+\s+){0,2}")
"""What leads from a period to its metric: "second quarter gold production"."""
NEW_FIGURE = re.compile(r"[;\d]")
LEADS_ON = re.compile(r"\s?[:(]\s?\(?(?![QH][1-4]\b|FY|[0-9]{1,2}\s[A-Z][a-z]|(?:19|20)[0-9]{2}:)(?:[A-Z]{1,3}\s?)?[$£€]?[0-9]")
"""What stands between a period and its figure: "(2017: 10.1 Mt)"."""


def _is_span_end(page: Page, period: Stretch) -> bool:
    return ON.search(page.text, max(0, period.start - 4), period.start) is not None


def _own_period(page: Page, figure: Figure, periods: Sequence[Stretch]) -> Stretch | None:
    text, measure, sentence = page.text, figure.measure, figure.sentence
    if figure.against and (opening := WITH_PERIOD.search(text, sentence.start, measure.start)):
        named = [p for p in periods if opening.start() < p.start <= opening.start() + 3]
        if named:
            return named[0]  # "(Q2 2024: 87,410 oz at $2,305/oz)"
    balance = figure.metric in BALANCE
    good = [p for p in periods if p.precision in SPANS or balance or figure.metric == "metal_price"]
    good = [p for p in good if 0 <= measure.start - p.end <= 8 or not leads_on(text, p, sentence.end)]
    good = [p for p in good if p.end <= measure.start or not OF_A_PLAN.match(text, p.end)]
    for period in good:
        if period.rule in EARLIER and 0 <= measure.start - period.end <= 2 and text[period.start : period.end].endswith(("’s", "'s")):
            return period  # "from the previous year's R725 million"
    for period in good:
        if (
            0 <= period.start - measure.end <= 60
            and not _names_metric(page, period)
            and ATTACHED.fullmatch(text, measure.end, period.start)
            and (figure.against or not COMPARATOR.search(text, measure.end, period.start))
        ):
            return period
    for period in good:
        if 0 <= measure.start - period.end <= 4 and OPENED.fullmatch(text, period.end, measure.start):
            return period
    sides = [sentence.start, *(sentence.start + start for start, _ in find_comparators(text[sentence.start : sentence.end])), sentence.end]
    if figure.metric == "impairment":
        sides = [sentence.start, sentence.end]  # "a charge of $62 million against the mine": no comparison
    low = max(s for s in sides if s <= measure.start)
    high = min(s for s in sides if s > measure.start)
    if figure.against and low == sentence.start:
        low = measure.start
    side = [p for p in good if low <= p.start < high]
    if not figure.against and low > sentence.start:
        side = [p for p in good if p.start < high and not in_comparison(text, sentence, p)] or side
    cue = figure.cue
    if cue is not None and not figure.against:
        bound = [p for p in good if 0 <= p.start - cue.end <= 40 and OF_A_TIME.fullmatch(text, cue.end, p.start)]
        bound += [p for p in good if 0 <= cue.start - p.end <= 30 and OF_THE_PERIOD.fullmatch(text, p.end, cue.start)]
        nearer = [
            p for p in side if bound and p.start > bound[0].end and p.end <= measure.start and DIRECT.fullmatch(text, p.end, measure.start)
        ]
        if bound and bound[0].end <= measure.start and not nearer:
            return bound[0]
    before = [p for p in side if p.end <= measure.start]
    if before:
        return before[-1]
    behind = [p for p in side if p.start >= measure.end]
    if behind:
        first = behind[0]
        gap = text[measure.end : first.start]
        parted = " with " in gap and any(m.unit == measure.unit for m in within(page.quantities, measure.end, first.start))
        if len(gap) < 140 and (not NEW_FIGURE.search(gap) or (len(good) == 1 and not _names_metric(page, first) and not parted)):
            return first
    if not figure.against and low > sentence.start:
        earlier = [p for p in good if p.end <= low and not in_comparison(text, sentence, p)]
        if earlier:
            return earlier[-1]
    if not figure.against:
        lead = [p for p in good if p.end <= measure.start and p.start - sentence.start < 60 and not in_comparison(text, sentence, p)]
        if lead:
            return lead[0]
    return None


def _names_metric(page: Page, period: Stretch) -> bool:
    """Whether a metric follows a period directly: "nine-month production", "FY24 cash costs"."""
    names = (w for w in within(page.words, period.end, period.end + 40) if w.label == "metric")
    return any(page.text[period.end : w.start].strip() in ("", "'s", "’s") for w in names)


def leads_on(text: str, period: Stretch, end: int) -> bool:
    """Whether a period belongs to the figure behind it ("9.8 Mt (2017: 10.1 Mt)")."""
    if text[period.start - 1 : period.start] == "(" and text[period.end : period.end + 1] == ":":
        return True
    return LEADS_ON.match(text, period.end, min(end, period.end + 10)) is not None


def in_comparison(text: str, sentence: Sentence, period: Stretch) -> bool:
    """Whether a period stands behind a comparator of its sentence."""
    marks = [sentence.start + end for _, end in find_comparators(text[sentence.start : sentence.end])]
    return any(0 <= period.start - m < 110 and not BEYOND.search(text, m, period.start) for m in marks)


BEYOND = re.compile(r"[;,]\s|\bto\s+(?:[A-Z]{0,3}[$£€]|R)?[0-9]")
"""What ends a comparison: a new clause, or the figure reached ("from 1.1 Mt in the June quarter to 0.9 Mt")."""


def respective_periods(page: Page, figures: Sequence[Figure]) -> dict[int, tuple[PeriodValue | None, Stretch | None]]:
    """Periods by index of figure where "respectively" pairs them in order.

    "X and Y in the second quarter and first half, respectively"
    """
    if len(figures) < 2:
        return {}
    sentence = figures[0].sentence
    found = RESPECTIVELY.search(page.text, sentence.start, sentence.end)
    if found is None:
        return {}
    run = [i for i, f in enumerate(figures) if f.measure.end <= found.start() and f.metric in FLOW | {"metres_drilled"}]
    named = [p for p in usable_periods(page, sentence) if p.precision in SPANS and p.end <= found.start()]
    same = {(figures[i].metric, figures[i].commodity, figures[i].measure.unit) for i in run}
    if len(run) < 2 or len(named) != len(run) or len(same) != 1:
        return {}
    behind = found.start() - named[-1].end <= 12 and named[0].start >= figures[run[-1]].measure.start
    ahead = found.start() - figures[run[-1]].measure.end <= 24 and named[-1].end <= figures[run[0]].measure.start
    if not (behind or ahead):
        return {}
    return {i: (p.value, p) for i, p in zip(run, named, strict=True)}
