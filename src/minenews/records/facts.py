"""Production, cost, financial and study facts of the prose, joined with those of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from minenews.marks.page import Page, Stretch, within
from minenews.marks.periods import years_before
from minenews.models import Basis, Bound, Evidence, Fact, Metric, PeriodValue, Precision
from minenews.records.bases import find_basis
from minenews.records.comparisons import COMPARATOR, WITH_PERIOD
from minenews.records.figure import Figure
from minenews.records.figures import find_figures
from minenews.records.scope import asset_for
from minenews.records.times import OF_A_PLAN, own_period, respective_periods
from minenews.records.times_around import around_period, planned_period

QUALIFIERS = (  # for the lower case of a text
    ("record", re.compile(r"\brecord\b|\ball-time\s+high\b")),
    ("preliminary", re.compile(r"\bpreliminary\s+(?!economic)")),
    ("adjusted", re.compile(r"\b(?:adjusted|adj\.?|underlying|normali[sz]ed)\b")),
    ("annualized", re.compile(r"\bannuali[sz]ed\b|\brun[\s-]rate\b")),
    ("net_of_by_products", re.compile(r"\bnet\s+of\s+by-?products?\b|\bby-product\s+(?:basis|credits?)\b")),
    ("co_product", re.compile(r"\bco-product\b")),
)
COMPARED = "compared_"
"""Prefix of the value's rule where a figure is the second part of a comparison."""
SHARE = re.compile(r"\b(?:on\s+a\s+)?(?P<percent>[0-9]{1,3}(?:\.[0-9]+)?)\s?%\s+(?:attributable\s+)?basis\b")
LOSS = re.compile(r"\bloss(?:es)?(?=[0-9]{0,2}\b)", re.IGNORECASE)
PROFIT = re.compile(r"\b(?:income|profits?|earnings)\b", re.IGNORECASE)
RESULTS = frozenset({"net_income", "eps", "ebitda", "operating_cash_flow", "free_cash_flow"})
NEGATIVE = re.compile(r"\b(?:negative|minus)\s+(?:of\s+)?$", re.IGNORECASE)
GROUP = re.compile(
    r"""
    \b (?: consolidated | group | company-?wide | total\s+company | combined
        | (?:all|across|from|its|our|the) \s+ (?:(?:of|the|its|our|all|two|three|four|five|six|operating|producing)\s+){0,3}
          (?:operations|mines|sites|assets) ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words ahead of a figure of the company as a whole."""
GROUP_METRICS = frozenset({"revenue", "ebitda", "net_income", "eps", "operating_cash_flow", "cash", "debt", "dividend", "metal_price"})


def link_facts(page: Page, from_tables: Sequence[Fact] = ()) -> tuple[Fact, ...]:
    """All facts of a release, each once, in reading order, with ids f1, f2, ...

    `from_tables` are the facts of table cells (any ids): a figure said in prose and in a table is one fact with the evidence of both.
    """
    found: list[Fact] = []
    figures: list[Figure] = []
    for sentence in page.sentences:
        if page.is_news(sentence.start):
            figures = find_figures(page, sentence, figures)
            found += _facts_of(page, figures)
    return merge_facts([*found, *from_tables])


NOW_EXPECTS = re.compile(
    r"\b(?:now\s+expects?|expects?|now\s+expected|(?:is|are)\s+(?:now\s+)?expected|will\s+be)\b[^.;,]{0,70}$", re.IGNORECASE
)


def _looks_ahead(page: Page, figure: Figure, period: PeriodValue, stretch: Stretch) -> bool:
    """Whether a figure is said to come while the period found for it had ended at the release."""
    if page.released is None or period.end is None or period.end > page.released or figure.against or stretch.start > figure.measure.start:
        return False
    return bool(NOW_EXPECTS.search(page.text, stretch.end, figure.measure.start))


Dated = tuple[PeriodValue | None, Stretch | None]
"""A period and the words that name it; both None where nothing does."""


def _periods_of(page: Page, figures: Sequence[Figure]) -> list[Dated]:
    """The period that their sentence gives each figure. A period said once for a list, at its end, holds for all its figures."""
    main: PeriodValue | None = None
    periods: list[Dated] = []
    for figure in figures:
        found = own_period(page, figure, main if figure.against else None, figures)
        if not figure.against and found[0] is not None:
            main = found[0]
        last = figures[len(periods) - 1] if periods else None
        if last is not None and last.metric == "stockpile" and figure.metric == "grade" and figure.measure.start - last.measure.end < 40:
            found = periods[-1]  # the grade of a stock is of its day
        periods.append(found)
    for index, figure in enumerate(figures):
        if periods[index][1] is None:
            later = (
                i
                for i in range(index + 1, len(figures))
                if periods[i][1] is not None
                and figures[i].against == figure.against
                and not _is_of_a_plan(page, periods[i][1])
                and (figures[i].cue is figure.cue or (figure.against and not _breaks(page, figure, figures[i])))
            )
            periods[index] = next((periods[i] for i in later), periods[index])
    for index, found in respective_periods(page, figures).items():
        periods[index] = found
    return periods


def _is_of_a_plan(page: Page, period: Stretch | None) -> bool:
    """Whether a period belongs to a plan that the figure behind it is of ("in line with 2024 guidance of 17 Mt")."""
    return period is not None and bool(OF_A_PLAN.match(page.text, period.end))


def _breaks(page: Page, first: Figure, second: Figure) -> bool:
    """Whether a new statement begins between two figures."""
    return bool(re.search(r";|\bwhile\b", page.text[first.measure.end : second.measure.start]))


def _facts_of(page: Page, figures: Sequence[Figure]) -> list[Fact]:
    """The facts of a sentence's figures."""
    periods = _periods_of(page, figures)
    facts = []
    bases: dict[int, tuple[Basis, tuple[int, int] | None]] = {}
    for index, figure in enumerate(figures):
        period, stretch = periods[index]
        basis, words = find_basis(page, figure, period)
        lead = next((i for i in range(index - 1, -1, -1) if figures[i].metric == figure.metric and not figures[i].against), None)
        if lead is not None and bases[lead][0] is not Basis.ACTUAL:
            between = page.text[figures[lead].measure.end : figure.measure.start]
            if PREVIOUSLY.search(between) or (figure.against and between.strip().lower().endswith("from")):
                basis, words = bases[lead] if basis is Basis.ACTUAL else (basis, words)
                period, stretch = periods[lead] if stretch is None else (period, stretch)
        if period is not None and stretch is not None and basis is not Basis.GUIDANCE and _looks_ahead(page, figure, period, stretch):
            if stretch.relative and period.precision is Precision.YEAR:
                period = years_before(period, -1)  # "For the year, it now expects": the year that runs
            else:
                period, stretch = None, None  # "which in 2023 exceeded guidance, will produce"
            basis, words = find_basis(page, figure, period)
        bases[index] = basis, words
        if stretch is None and basis is Basis.GUIDANCE and figure.against:  # "reduced from 2.2 to 1.7 million tonnes": of one period
            same = (i for i in range(index + 1, len(figures)) if figures[i].metric == figure.metric and not figures[i].against)
            period, stretch = next((periods[i] for i in same), (None, None))
        if stretch is None and basis is Basis.GUIDANCE:
            period, stretch = planned_period(page, figure)
        if stretch is None and basis is Basis.ACTUAL and not _is_annualized(page, figure):
            period, stretch = _year_after(page, figures, periods, index)
            if stretch is None:
                period, stretch = around_period(page, figure)
            if period is not None and any(f.against and f.metric == figure.metric for f in figures[index + 1 :]):
                for later in range(index + 1, len(figures)):
                    if figures[later].against and figures[later].metric == figure.metric:
                        periods[later] = own_period(page, figures[later], period, figures)
        periods[index] = period, stretch
        facts.append(_fact(page, figure, period, stretch, basis, words))
    return facts


def _year_after(page: Page, figures: Sequence[Figure], periods: Sequence[Dated], index: int) -> Dated:
    """The period just over that is a year after the one of the figure in parentheses behind: "111 t (9M 2023: 2,120 t)"."""
    following = index + 1
    if following >= len(figures) or not figures[following].against or figures[index].against or page.released is None:
        return None, None
    earlier, words = periods[following]
    if earlier is None or words is None or earlier.end is None or figures[following].metric != figures[index].metric:
        return None, None
    if not WITH_PERIOD.search(page.text, figures[index].measure.end, figures[following].measure.start):
        return None, None
    later = years_before(earlier, -1)
    over = later.end is not None and 0 <= (page.released - later.end).days < 150
    return (later, words) if over else (None, None)


PREVIOUSLY = re.compile(r"\bprevious(?:ly)?\b|\bearlier\b|\bprior\b|\boriginal(?:ly)?\b|\bup\s+from\b|\bdown\s+from\b", re.IGNORECASE)
"""Words that set an earlier guidance beside the new one, for the same period."""
RUN_RATE = re.compile(r"\bannuali[sz]ed\b|\brun[\s-]rate\b", re.IGNORECASE)


def _is_annualized(page: Page, figure: Figure) -> bool:
    """Whether a figure is a rate carried on over a year, not one of a period."""
    return bool(
        RUN_RATE.search(page.text, max(figure.sentence.start, figure.measure.start - 60), min(figure.sentence.end, figure.measure.end + 40))
    )


ANNUAL = re.compile(r"\b(?:annual(?:ly|i[sz]ed)?|per\s+(?:year|annum)|a\s+year|p\.a\.|each\s+year)\b", re.IGNORECASE)


def _unit(page: Page, figure: Figure, period: PeriodValue | None, basis: Basis) -> str:
    """The unit of a figure: declared currency for a bare "$"; a rate for metal that is said to be made each year."""
    unit = figure.measure.unit
    if unit.startswith("$") and page.release.currency:
        return unit.replace("$", page.release.currency, 1)
    if figure.metric == "production" and unit in ("oz", "t", "lb") and (basis is not Basis.ACTUAL or period is None):
        reach = figure.measure.start - 64
        if figure.cue is not None and 0 < figure.measure.start - figure.cue.start < 200:
            reach = min(reach, figure.cue.start - 16)  # "average annual copper production ... 44,000 oz of gold, ... and ..."
        near = page.text[max(figure.sentence.start, reach) : min(figure.sentence.end, figure.measure.end + 26)]
        yearly = period is not None and period.precision is Precision.YEAR
        if ANNUAL.search(near) and not yearly:
            return f"{unit}/a"
    if figure.metric == "capacity" and unit in ("oz", "t", "lb"):
        words = page.text[max(figure.sentence.start, figure.measure.start - 90) : min(figure.sentence.end, figure.measure.end + 70)]
        return f"{unit}/a" if ANNUAL.search(words) else unit
    return unit


CONSTRUCTION = re.compile(r"capital\s+(?:costs?|investment)|construction|upfront", re.IGNORECASE)


def _fact(
    page: Page, figure: Figure, period: PeriodValue | None, stretch: Stretch | None, basis: Basis, words: tuple[int, int] | None
) -> Fact:
    measure, sentence = figure.measure, figure.sentence
    value, low, high = (None if n is None else float(f"{n:.12g}") for n in (measure.value, measure.low, measure.high))
    negative = (figure.metric in RESULTS or measure.dimension == "unit_money") and NEGATIVE.search(
        page.text, max(sentence.start, measure.start - 14), measure.start
    )
    if not measure.signed and (negative or (figure.metric in ("net_income", "eps") and _is_loss(page, figure))):
        value, low, high = (None if n is None else -abs(n) or 0.0 for n in (value, low, high))
    evidence = [page.evidence("value", measure.start, measure.end, COMPARED + measure.rule if figure.against else measure.rule)]
    cue_text = page.text[figure.cue.start : figure.cue.end] if figure.cue else ""
    if figure.cue is not None:
        evidence.append(page.evidence("metric", figure.cue.start, figure.cue.end, figure.cue.rule))
    if figure.commodity_word is not None:
        evidence.append(page.evidence("commodity", figure.commodity_word.start, figure.commodity_word.end, figure.commodity_word.rule))
    if stretch is not None:
        evidence.append(page.evidence("period", stretch.start, stretch.end, stretch.rule))
    if words is not None:
        evidence.append(page.evidence("basis", words[0], words[1], "fact_basis"))
    asset = _asset(page, figure, basis)
    mention = page.mention_of_asset(asset, measure.start)
    if mention is not None:
        evidence.append(page.evidence("asset", mention.start, mention.end, mention.rule))
    near = page.lowered[max(sentence.start, measure.start - 60) : min(sentence.end, measure.end + 40)]
    before_cue = page.lowered[max(sentence.start, figure.cue.start - 12) : figure.cue.end] if figure.cue else ""
    qualifiers = [name for name, pattern in QUALIFIERS if pattern.search(before_cue if name == "adjusted" else near)]
    if stretch is not None and stretch.year_to_date:
        qualifiers.append("year_to_date")
    said = page.lowered[sentence.start : sentence.end]
    share = SHARE.search(said) if "basis" in said else None
    metric = "initial_capex" if figure.metric == "capex" and basis is Basis.STUDY and CONSTRUCTION.search(cue_text) else figure.metric
    return Fact(
        id="f",
        metric=Metric(metric),
        commodity=figure.commodity,
        value=None if measure.bound is Bound.RANGE else value,
        low=low,
        high=high,
        bound=measure.bound,
        unit=_unit(page, figure, period, basis),
        as_written=measure.as_written,
        period=period,
        basis=basis,
        asset=asset,
        company=page.issuer.name if page.issuer else None,
        share=float(share["percent"]) if share else None,
        qualifiers=tuple(qualifiers),
        evidence=tuple(evidence),
    )


def _asset(page: Page, figure: Figure, basis: Basis) -> str | None:
    """The asset that a figure is about; figures of the company as a whole have none."""
    if figure.metric in GROUP_METRICS and basis in (Basis.ACTUAL, Basis.GUIDANCE):
        return _earner(page, figure)
    before = page.text[max(figure.sentence.start, figure.measure.start - 70) : figure.measure.start]
    return None if GROUP.search(before) else asset_for(page, figure.measure.start, figure.measure.end)


EARNS = re.compile(r"(?:\s\([^()\n]{1,40}\))?\s(?:also\s)?(?:generated|contributed|delivered|recorded|returned)\b")


def _earner(page: Page, figure: Figure) -> str | None:
    """The asset that earns the money of a figure as the subject of its sentence: "the mine generated cash flow of"."""
    first = next(iter(within(page.asset_mentions, figure.sentence.start, figure.measure.start)), None)
    if first is None or first.name in page.neighbours or not EARNS.match(page.text, first.end):
        return None
    return first.name if not re.search(r"\w{4}", page.text[figure.sentence.start : first.start]) else None


def _is_loss(page: Page, figure: Figure) -> bool:
    """Whether a net result is a loss: its cue says so, or the word stands right behind the figure."""
    text, measure, cue = page.text, figure.measure, figure.cue
    if re.match(r"\s*(?:net\s+)?loss\b", text[measure.end : measure.end + 12], re.IGNORECASE):
        return True
    if figure.against:
        for found in COMPARATOR.finditer(text, figure.sentence.start, measure.start):
            if PROFIT.search(text, found.end(), measure.start) and not LOSS.search(text, found.end(), measure.start):
                return False  # "an adjusted net loss of ..., compared with adjusted earnings of ..."
    if cue is None or re.match(r"\s*(?:net\s+)?(?:income|profit|earnings)\b", text[measure.end : measure.end + 14], re.IGNORECASE):
        return False
    return bool(LOSS.search(text, cue.start, cue.end)) or (
        figure.metric == "eps"
        and bool(re.search(r"\bloss[0-9]?\b[^.;]{0,60}$", text[max(0, measure.start - 80) : measure.start], re.IGNORECASE))
    )


def _days(fact: Fact) -> object:
    """The days of a fact's period, by whatever name: the second fiscal quarter is a quarter of the calendar too."""
    return fact.period and ((fact.period.start, fact.period.end) if fact.period.start else fact.period.label)


def _same(a: Fact, b: Fact) -> bool:
    """Whether two facts state one figure: same metric, value and unit; commodity, period, asset and basis do not contradict."""

    def fits(x: object, y: object) -> bool:
        return x is None or y is None or x == y

    if (
        a.metric != b.metric
        or a.unit != b.unit
        or (a.value, a.low if a.bound is Bound.RANGE else None, a.high if a.bound is Bound.RANGE else None)
        != (
            b.value,
            b.low if b.bound is Bound.RANGE else None,
            b.high if b.bound is Bound.RANGE else None,
        )
    ):
        return False
    return fits(a.commodity, b.commodity) and fits(_days(a), _days(b)) and fits(a.asset, b.asset) and a.basis == b.basis


def merge_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts said several times as one record each, with the evidence of all places, ordered by their first place."""
    merged: list[Fact] = []
    evidence: list[dict[Evidence, None]] = []
    places: dict[tuple[object, ...], list[int]] = {}
    for fact in facts:
        key = (
            fact.metric,
            fact.unit,
            fact.value,
            fact.low if fact.bound is Bound.RANGE else None,
            fact.high if fact.bound is Bound.RANGE else None,
        )
        match = next((i for i in places.get(key, ()) if _same(merged[i], fact)), None)
        if match is None:
            places.setdefault(key, []).append(len(merged))
            merged.append(fact)
            evidence.append(dict.fromkeys(fact.evidence))
        else:
            merged[match] = _joined(merged[match], fact)
            evidence[match].update(dict.fromkeys(fact.evidence))
    ordered = sorted(zip(merged, evidence, strict=True), key=lambda pair: min(e.start for e in pair[1] if e.slot == "value"))
    return tuple(f.model_copy(update={"id": f"f{n}", "evidence": tuple(said)}) for n, (f, said) in enumerate(ordered, start=1))


def _joined(a: Fact, b: Fact) -> Fact:
    """The first of two equal facts with what only the second one says; the evidence stays that of the first."""
    return a.model_copy(
        update={
            "commodity": a.commodity or b.commodity,
            "period": a.period or b.period,
            "asset": a.asset or b.asset,
            "table": a.table or b.table,
            "share": a.share if a.share is not None else b.share,
            "qualifiers": tuple(dict.fromkeys([*a.qualifiers, *b.qualifiers])),
        }
    )
