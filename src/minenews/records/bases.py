"""The basis of a figure: actual, guidance, forecast, study or assumption."""

from __future__ import annotations

import re
from functools import cache

from minenews.marks.page import Page
from minenews.models import Basis, PeriodValue
from minenews.records.comparisons import COMPARATOR
from minenews.records.figure import Figure
from minenews.records.times import BALANCE, FLOW
from minenews.records.times_around import report_period
from minenews.vocab.alternation import alternation
from minenews.vocab.load import load_rows

STUDY_METRICS = frozenset({"npv", "irr", "payback", "initial_capex", "sustaining_capex"})
LIFE_OF_MINE = re.compile(
    r"\b(?:life[\s-]of[\s-]mine|LOM|over\s+the\s+(?:life|first)|average\s+annual|annual\s+average|(?<!following\s)steady[\s-]state|mine\s+plan|over\s+an?\s+\w+[\s-]year)\b",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?:produced|was|were|reported|achieved|sold|delivered|totall?ed|averaged|reached|recorded|posted|completed|ended|generated|had|rose|fell|increased|decreased|came\s+in)\b",
    re.IGNORECASE,
)


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all forms for the lower case of a text, and the basis of each."""
    rows = load_rows("basis")
    forms = alternation((), exact=(r["form"].lower() for r in rows))
    return re.compile(rf"(?<![a-z-]){forms}(?![a-z])"), {r["form"]: r["basis"] for r in rows}


def _basis_of(form: str) -> str:
    return _cues()[1].get(" ".join(form.lower().split()), "forecast")


def is_study(page: Page) -> bool:
    """Whether the release reports the result of an economic study.

    Its headline says so, or it gives an NPV or IRR and no period just over.
    """
    head = page.layout.headline or (0, 0)
    if any(_basis_of(m[0]) == "study" for m in _cues()[0].finditer(page.lowered, *head)):
        return True
    return report_period(page) is None and any(w.key in ("npv", "irr") and page.is_news(w.start) for w in page.words if w.label == "metric")


def find_basis(page: Page, figure: Figure, period: PeriodValue | None) -> tuple[Basis, tuple[int, int] | None]:
    """The basis of a figure and the words that say so, None where it is actual by default.

    What a release on an economic study expects of the project is a result of the study.
    """
    basis, words = _stated_basis(page, figure, period)
    if basis is Basis.FORECAST and figure.metric in FLOW:
        heading = page.layout.blocks[figure.sentence.block].heading
        if heading is not None and GUIDANCE_HEADING.search(page.text, *heading):
            return Basis.GUIDANCE, words
        study = next(
            (m for m in _cues()[0].finditer(page.lowered, figure.sentence.start, figure.measure.start) if _basis_of(m[0]) == "study"), None
        )
        if study is not None:
            return Basis.STUDY, study.span()
    if basis is Basis.FORECAST and figure.metric in STUDIED and is_study(page) and (period is None or period.start is None):
        return Basis.STUDY, words
    return basis, words


GUIDANCE_HEADING = re.compile(r"\b(?:guidance|outlook)\b", re.IGNORECASE)
PERIOD_AHEAD = re.compile(r"\(\s*(?:[A-Z][A-Za-z0-9 ]{0,14}\s)?(?:19|20)[0-9]{2}\s*:\s*$")
"""The period of a figure in parentheses: "(2023: 157,200 oz)"."""
STUDIED_UNSAID = frozenset(
    {
        "production",
        "cash_cost",
        "aisc",
        "cost_per_tonne",
        "throughput",
        "capacity",
        "recovery",
        "grade",
        "capex",
        "ebitda",
        "revenue",
        "free_cash_flow",
        "ore_processed",
        "ore_mined",
        "strip_ratio",
    }
)
"""What a release on a study gives as its result without saying so."""
STUDIED = STUDIED_UNSAID | {
    "aic",
    "mine_life",
    "operating_cash_flow",
    "net_income",
    "initial_capex",
    "sustaining_capex",
    "material_mined",
    "waste_mined",
}
"""What is a result of the study where such a release expects it."""


def _stated_basis(page: Page, figure: Figure, period: PeriodValue | None) -> tuple[Basis, tuple[int, int] | None]:
    text, measure, sentence = page.text, figure.measure, figure.sentence
    past = period is not None and period.end is not None and page.released is not None and period.end <= page.released
    future = period is not None and period.start is not None and page.released is not None and period.start > page.released
    found = [m for m in _cues()[0].finditer(page.lowered, sentence.start, sentence.end) if m[0] != "may" or text[m.start()] == "m"]
    before = [
        m
        for m in found
        if m.end() <= measure.start and not _crosses(text, m.end(), measure.start) and not _only_compared(text, m, measure.start)
    ]
    behind = [
        m
        for m in found
        if 0 <= m.start() - measure.end <= 45
        and not MEASURED_BY.search(text, measure.end, m.start())
        and not re.search(
            r"[;,]|\b(?:and|of\s+an?|of\s+the|which|compared|exceed\w*|above|below|with|meet\w*|against|to\s+(?:achieve|reach|hit|beat))\b",
            text[measure.end : m.start()],
            re.IGNORECASE,
        )
    ]
    if figure.metric == "metal_price":
        near = [m for m in found if _basis_of(m[0]) in ("assumption", "study")]
        if near:
            return Basis.ASSUMPTION, near[0].span()
        block = page.layout.blocks[sentence.block]
        if any(_basis_of(m[0]) in ("assumption",) for m in _cues()[0].finditer(page.lowered, block.start, block.end)) or is_study(page):
            return Basis.ASSUMPTION, None
        return Basis.ACTUAL, None
    if figure.metric in STUDY_METRICS and not (figure.metric == "sustaining_capex" and _is_spent(page, figure, period)):
        return Basis.STUDY, found[0].span() if found and _basis_of(found[0][0]) == "study" else None
    if figure.metric == "interest":
        return Basis.ACTUAL, None
    if not future and CURRENTLY.search(text, sentence.start, measure.start):
        return Basis.ACTUAL, None
    for match in reversed(before):
        basis, gap = _basis_of(match[0]), text[match.end() : measure.start]
        if basis == "assumption" and measure.dimension != "unit_money":
            continue
        if basis == "study":
            continue
        if figure.metric in BALANCE and len(gap) > 25:
            continue  # what is in hand is said in passing
        if figure.metric == "capacity" and figure.cue is None and len(gap) > 12:
            continue  # "will restart the 1,750 tonne per day mill": the mill stands
        if basis == "guidance":
            if (
                past
                and measure.low is None
                and (
                    re.match(r"\s*(?:range\s*)?:", gap)
                    or len(gap) > 60
                    or PERIOD_AHEAD.search(text, max(0, measure.start - 28), measure.start)
                )
            ):
                continue
            return Basis.GUIDANCE, match.span()
        if past and (not (measure.low is not None and measure.high is not None)) and (DONE.search(gap) or len(gap) > 70):
            continue
        if past and match[0].lower() in ("could", "would", "will", "may", "potential") and len(gap) < 60:
            return Basis.FORECAST, match.span()
        if past and match[0].lower() not in ("target", "targeted", "planned", "plan", "forecast", "budget", "budgeted", "expected"):
            continue
        if basis == "forecast" and DONE.search(gap) and not future and match[0].lower() not in ("will", "would", "could"):
            continue
        return Basis(basis), match.span()
    for match in () if figure.metric in BALANCE else behind:
        basis = _basis_of(match[0])
        if basis in ("guidance", "forecast") and not past:
            return Basis(basis), match.span()
    studies = [m for m in found if _basis_of(m[0]) == "study"]
    if studies and not past:
        return Basis.STUDY, studies[0].span()
    life = LIFE_OF_MINE.search(text, sentence.start, sentence.end) if not past else None
    if life is not None and (life.start() < measure.start or not COMPARATOR.search(text, measure.end, life.start())):
        return (Basis.STUDY if is_study(page) else Basis.FORECAST), None
    if figure.metric == "mine_life":
        return (Basis.STUDY if is_study(page) else Basis.FORECAST), None
    if future and figure.metric in FLOW:
        return Basis.FORECAST, None
    block = page.layout.blocks[sentence.block]
    if block.heading is not None and not past and figure.metric not in ("area", "metres_drilled", "cash", "debt"):
        for match in _cues()[0].finditer(page.lowered, *block.heading):
            if _basis_of(match[0]) in ("guidance", "study") or match[0].lower() == "outlook":
                return Basis.GUIDANCE if match[0].lower() == "outlook" else Basis(_basis_of(match[0])), match.span()
    if is_study(page) and period is None and report_period(page) is None and figure.metric in STUDIED_UNSAID:
        return Basis.STUDY, None
    return Basis.ACTUAL, None


CURRENTLY = re.compile(r"\bcurrently\s+(?:produc|process|mill|min)\w+\s[^.;,]{0,40}$", re.IGNORECASE)
"""What an operation does now is no plan: "currently produces 52,000 to 56,000 ounces a year"."""


def _is_spent(page: Page, figure: Figure, period: PeriodValue | None) -> bool:
    """Whether sustaining capital is what a report on a period spent, and no result of a study."""
    if is_study(page) or any(
        _basis_of(m[0]) == "study" for m in _cues()[0].finditer(page.lowered, figure.sentence.start, figure.sentence.end)
    ):
        return False
    return not LIFE_OF_MINE.search(page.text, figure.sentence.start, figure.sentence.end) and (period or report_period(page)) is not None


MEASURED_BY = re.compile(
    r"\b(?:in\s+line\s+with|ahead\s+of|exceed(?:ed|ing|s)?|above|below|against|outperform\w*|miss(?:ed|ing)?|short\s+of|lower|higher|better|worse|due\s+to|as\s+per|than|met|meets?|meeting|beat|beating|within|under|achieved|in\s+accordance\s+with|according\s+to|consistent\s+with|surpass\w*)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)


def _only_compared(text: str, cue: re.Match[str], figure: int) -> bool:
    """Whether a plan or forecast is only what a result is measured by: the figure behind is no plan.

    "exceeded forecast, with costs of ..."
    """
    return bool(MEASURED_BY.search(text, max(0, cue.start() - 44), cue.start())) and not re.match(
        r"[^,;]{0,40}?\b(?:of|range|at|:)\b[^,;]{0,30}$", text[cue.end() : figure]
    )


def _crosses(text: str, start: int, end: int) -> bool:
    """Whether a comparison or a semicolon stands between a cue and a figure."""
    gap = text[start:end]
    return (
        ";" in gap
        or len(gap) > 130
        or bool(COMPARATOR.search(gap) and not re.search(r"\bfrom\b", gap))
        or bool(re.search(r"\bafter\b|\bcurrently\b", gap))
    )
