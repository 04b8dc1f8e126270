"""Quantities that only look like figures of the business: resources, drill intervals, financing terms, payments, movements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Measure, Page, Sentence, Word
from minenews.records.metric_cues import DIRECTLY_AHEAD, HOLDS

GEOLOGY = re.compile(
    r"\b(?:inferred|indicated|measured\s+and|mineral\s+resources?|resource\s+(?:estimate|of|base|containing)|resources\s+of|ore\s+reserves?|mineral\s+reserves?|probable|proven|proved|reserves?\s+of|reserves?\s+(?:stand|total|estimate|contain)|jorc|historical\s+(?:resource|estimate))\b"
)
DRILLING = re.compile(
    r"\b(?:intersect\w*|intercept\w*|drill\s?holes?|assay\w*|metres?\s+(?:at|of|grading)|meters?\s+(?:at|of|grading)|over\s+[0-9.]+\s?(?:m|metres|meters|ft|feet)\b|true\s+width|downhole|channel\s+sampl\w*|trench\w*|grab\s+sampl\w*|samples?|drilled)\b|[0-9]\s?m\s?@|@"
)
FINANCING = re.compile(
    r"\b(?:private\s+placement|gross\s+proceeds|offering|units?\s+at\s+a\s+price|warrants?|flow-through|debenture|subscription|consideration|purchase\s+price|upon\s+closing|purchase\s+agreement|finder)\b"
)
"""Words that tell what a sentence is about; they are looked for in its lower case."""

PLAIN_GRADE = re.compile(r"(?:average\s+)?(?:grades?|grading)", re.IGNORECASE)
DELTA = re.compile(
    r"""
    \b (?: increase[sd]? | decrease[sd]? | improvements? | declined? | declines | reductions? | reduced
        | rise | rose | drop | dropped | gain | growth | grew | fall | fell | improved | up | down | higher | lower )
    \s+ (?: of | by )
    (?: \s+ [\d.,]+ \s? (?:%|per\s?cent) ,? \s* (?:or|\()
        | \s+ [$A-Z\d.,]{1,12} \w{0,3} (?: \s (?:million|billion) )? \s+ (?:and|or)
    )?  # "a decrease of 4%, or", "increases of 66,000t and"
    \s* (?: \b(?:an?|a\s+further|approximately|about|over|more\s+than|almost|nearly|some)\s+ ){0,3} $
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that make the figure behind them a movement, not a level."""
MINED = re.compile(
    r"\b(?:mill(?:ed|ing)?|plant|head|feed|process\w*|mined|stack\w*|crush\w*|quarter|throughput|recover\w*|production|produced|shipped|concentrator|delivered|treated|stockpiles?|Q[1-4]|H[12])\b",
    re.IGNORECASE,
)
PAYMENT = re.compile(
    r"\b(?:pay(?:s|ment|ments|able|ing)?|paid\s+(?:to|for|a)|anniversary|option\s+(?:to|agreement)|issue\s+(?:an\s+aggregate|[0-9])|signing|within\s+[0-9]+\s+(?:days|months)|receives?|royalty|raise[ds]?|raising|vendor|purchas\w*)\b",
    re.IGNORECASE,
)
DEAREST = {"ZAR": 2e6, "RUB": 1e7}
"""The most that a tonne or a kilogram of metal fetches where the amount does not name it, in money of less worth than a dollar."""
MINIMUM = {"ebitda": 1e4, "revenue": 1e4, "capex": 1e4, "initial_capex": 1e5, "npv": 1e5, "cash": 1e4}


COMPARED = re.compile(r"\s+(?:lower|higher|more|less|below|above|fewer|better|worse)\b(?!\s+grade)", re.IGNORECASE)
"""What follows a figure that is a difference: "500 oz higher"."""


MOVEMENT = re.compile(
    r"\s*(?:\w+\s+)?(?:increase|decrease|higher|lower|improvement|reduction|decline|rise|drop|growth|more|less|above|below|over\s+the|year)\b",
    re.IGNORECASE,
)
"""What follows a percentage that is a movement: "a 12% increase"."""


MOVED = re.compile(
    r"\b(?:up|down|by|rose|fell|increased|decreased|improved|higher|lower|grew)\s+(?:approximately\s+|about\s+)?$", re.IGNORECASE
)
"""What leads to such a percentage: "rose by about"."""


def is_excluded(
    page: Page,
    sentence: Sentence,
    measure: Measure,
    metric: str,
    cue: Word | None,
    geology: bool,
    drilling: bool,
    financing: bool,
    measures: Sequence[Measure],
) -> bool:
    """Figures that only look like business figures: resources, drill intervals, financing terms, changes, bare prices."""
    text = page.text
    if measure.dimension != "percent" and COMPARED.match(text, measure.end, measure.end + 10):
        return True
    if (measure.unit == "ct" and _is_one_stone(text, measure)) or PER_METRE.match(text, measure.end):
        return True
    if measure.dimension == "mass" and PER_TIME.match(text, measure.end):
        return True
    if measure.dimension != "percent" and GUIDANCE_BY.search(text, max(sentence.start, measure.start - 90), measure.start):
        return True
    if measure.dimension != "percent" and DELTA.search(text, max(sentence.start, measure.start - 60), measure.start):
        return True
    if measure.dimension == "percent" and metric not in ("recovery", "irr", "interest", "grade"):
        return True
    if measure.dimension == "percent" and metric != "interest":
        around = text[measure.end : measure.end + 26]
        if MOVEMENT.match(around):
            return True
        if MOVED.search(text, max(0, measure.start - 30), measure.start):
            return True
        if (
            metric == "grade"
            and measure.commodity is None
            and cue is not None
            and cue.key == "grade"
            and not DIRECTLY_AHEAD.fullmatch(text[cue.end : measure.start])
        ):
            return True
        if metric == "recovery" and not 5 <= measure.amount <= 100:
            return True
    if (
        metric == "grade"
        and cue is not None
        and PLAIN_GRADE.fullmatch(text, cue.start, cue.end)
        and not MINED.search(text, sentence.start, sentence.end)
    ):
        return True
    if (
        measure.dimension in ("money", "mass")
        and FROM_EARLIER.match(text, measure.end)
        and BY_STEP.search(text, max(sentence.start, measure.start - 8), measure.start)
        and DELTA_WORD.search(text, sentence.start, measure.start)
    ):
        return True
    if ANALYSTS.search(text, max(sentence.start, measure.start - 60), measure.start):
        return True
    if metric == "debt" and REPAID.search(text, max(sentence.start, measure.start - 30), measure.start):
        return True
    if metric in ("cash", "debt") and PAYMENT.search(text, sentence.start, sentence.end):
        return True
    if (
        geology
        and metric in ("grade", "production", "ore_processed", "ore_mined", "stockpile", "sales", "material_mined")
        and not (cue and re.match(r"(?:produc(?:ed|ing)|sold|milled|processed|mined|poured)\b", text[cue.start : cue.end], re.IGNORECASE))
    ):
        return True
    if (
        drilling
        and metric in ("grade", "production", "ore_mined")
        and (
            metric != "grade"
            or any(m.dimension == "length" for m in measures)
            or re.search(r"sampl|assay|hole|intersect", text[sentence.start : sentence.end], re.IGNORECASE)
        )
    ):
        return metric == "grade"
    if metric == "interest":
        return _is_no_interest(text, measure)
    if metric == "area" and measure.amount < 1:
        return True
    if metric == "metres_drilled":
        if any(
            0 <= m.start - measure.end < 34
            and re.fullmatch(r"\s*(?:\([^()]*\)\s*)?(?:of|grading|averaging|at|@|with|assaying)[\s\w]{0,20}", text[measure.end : m.start])
            for m in measures
            if m.dimension in ("grade", "percent")
        ):
            return True
        if measure.unit in ("km",) or re.match(
            r"\s*(?:deep|depth|below|wide|width|long|away|north|south|east|west|thick|of\s+strike|strike|apart|spacing|from\b|step|elevation|hole\b|down|vertical|by\s+[0-9])",
            text[measure.end : measure.end + 20],
            re.IGNORECASE,
        ):
            return True
        if re.search(
            r"(?:depths?|strike|length|width|distance|elevation|interval|spacing|within|from|below|diameter|top|every|least)\s+(?:of\s+|to\s+)?(?:approximately\s+|about\s+|over\s+|~|up\s+to\s+|a\s+)*$",
            text[max(0, measure.start - 34) : measure.start],
            re.IGNORECASE,
        ):
            return True
        return measure.amount < 150
    if metric == "mine_life" and measure.unit == "month":
        return True
    if measure.dimension == "time" and metric not in ("mine_life", "payback"):
        return True
    if measure.dimension == "share_money" and metric not in ("eps", "dividend"):
        return True
    if financing and metric in ("cash", "revenue", "debt", "capex", "eps", "dividend", "realized_price", "metal_price", "sales"):
        return True
    if (
        metric in MINIMUM
        and measure.dimension == "money"
        and abs(measure.amount) < MINIMUM[metric]
        and not measure.as_written.rstrip(")").endswith("0")
        and abs(measure.amount) < 100
    ):
        return True
    if metric == "eps" and measure.dimension == "money" and abs(measure.amount) > 1000:
        return True
    if (
        metric in ("realized_price", "metal_price")
        and measure.dimension == "money"
        and abs(measure.amount) > DEAREST.get(measure.unit, 2e4)
    ):
        return True
    return metric == "capacity" and measure.dimension == "mass" and measure.unit not in ("t", "oz", "lb")


FROM_EARLIER = re.compile(
    r"\s+from\s+(?:the\s+)?(?:first|second|third|fourth|corresponding|comparable|prior|previous|same|Q[1-4])\b", re.IGNORECASE
)
BY_STEP = re.compile(r"\b(?:and|of|by)\s+$", re.IGNORECASE)
DELTA_WORD = re.compile(r"\b(?:increase|decrease|improvement|decline|reduction)\s+of\b", re.IGNORECASE)
"""Together: "an increase of $34 million from the corresponding quarter and $18 million from the first quarter"."""
ANALYSTS = re.compile(
    r"\b(?:consensus|analysts?['’]?|brokers?['’]?|UBS|street)\s+(?:\w+\s+){0,2}(?:estimates?|forecasts?|expectations?|view)?\s?(?:of|for)\s+$",
    re.IGNORECASE,
)
"""What leads to the figure that others expected."""
REPAID = re.compile(r"\b(?:repa(?:id|ying|yments?\s+of)|drew|borrowed)\s+(?:(?:an?|down|approximately|additional)\s+){0,2}$", re.IGNORECASE)
PER_METRE = re.compile(r"\s?(?:/|per\s)\s?(?:vertical|v\.?\s?m\b|m\b|met(?:re|er)\b)", re.IGNORECASE)
"""What makes ounces or tonnes a density of the deposit: "2,100 ounces per vertical metre"."""
PER_TIME = re.compile(r"\s?(?:/|per\s|an?\s)\s?(?:day|d\b|hour|week|month|year|annum)", re.IGNORECASE)
"""A rate in a unit that is not known whole is no amount."""
GUIDANCE_BY = re.compile(
    r"""
    \b(?:lower|cut|rais|reduc|increas|boost|trim|slash)\w* \s (?:[\w'’-]+\s){1,6} by \s (?:about\s|approximately\s)?
    (?: [A-Z$£€]{0,3}[\d.,]+\w{0,3} \s (?:\w+\s){0,4} and \s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What makes the figure behind it a step: "lowers its 2020 guidance by"."""
STONE_AHEAD = re.compile(r"(?:\b(?:an?|the|its|this|single)|\b(?:greater|larger|bigger)\s+than|\bover|\babove|\+)\s*$", re.IGNORECASE)
STONE_BEHIND = re.compile(r"[\s,-]*(?:[\w-]+\s+){0,4}?(?:stone|diamond|gem|Type\s+I)\b", re.IGNORECASE)


def _is_one_stone(text: str, measure: Measure) -> bool:
    """Whether carats are the weight of one stone: "a 58.4 carat diamond", "three diamonds greater than 100 carats"."""
    return abs(measure.amount) < 3_000 and bool(
        STONE_AHEAD.search(text, max(0, measure.start - 16), measure.start) or STONE_BEHIND.match(text, measure.end)
    )


def _is_no_interest(text: str, measure: Measure) -> bool:
    """Percentages near an ownership word that are no ownership: interest rates, royalties, changes."""
    if not 0 < measure.amount <= 100:
        return True
    behind = text[measure.end : measure.end + 40]
    ahead = text[max(0, measure.start - 30) : measure.start]
    if HOLDS.search(ahead) and re.match(r"\s+of\s", behind):
        return False
    owned = re.match(
        r"[\s-]*(?:\w+[\s-]+){0,2}?(?:owned|ownership|interest|stake|equity|shareholding|working)\b", behind, re.IGNORECASE
    ) or re.search(r"\b(?:interest|stake|ownership)\s+of\s+(?:approximately\s+)?$", ahead, re.IGNORECASE)
    rate = re.search(
        r"per\s+annum|interest\s+rate|royalt|NSR|coupon|\bannual", text[max(0, measure.start - 60) : measure.end + 40], re.IGNORECASE
    )
    return not owned or bool(rate)
