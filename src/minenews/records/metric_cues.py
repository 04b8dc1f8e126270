"""The word that names the metric of a figure: bound behind it, ahead of it, or told by the unit in its context."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Measure, Page, Sentence, Word
from minenews.records.comparisons import COMPARATOR
from minenews.records.metric_fit import metric_here

BEHIND = re.compile(
    r"""(?:\s\([A-Z$£€][^()]{2,22}\)(?=\s))? [\s(-]* (?:(?:oz|ounces|pounds|lbs|tonnes|t|kg)\b\s*)? (?: (?:of|in|for|from)\s+ )?
    (?: (?:the|its|their|total|net|consolidated|attributable|adjusted|annual|quarterly|record
        |payable|contained|gold|silver|copper|zinc|lead|nickel|uranium|coal|lithium|diamonds|platinum|palladium|pgms?|tin|tungsten|cobalt|manganese|molybdenum|graphite|potash|equivalent|cash|and|ore|metal|material
        |concentrate|group|of|were|was|are|is|have\s+been|had\s+been|being|has\s+been|worth|spodumene|iron|u3o8|u₃o₈
        |additional|total|diamond|core|RC|surface|underground|exploration|planned|infill|\w+ly)[\s/-]* ){0,5} """,
    re.VERBOSE | re.IGNORECASE,
)
IN_STOCK = re.compile(r"\s*(?:of|grading|at)\s+[^,;()]{1,34}\s(?:in|on)\s+(?:(?:the|its|our)\s+)?(?:[\w-]+\s){0,2}", re.IGNORECASE)
"""What leads from a tonnage to the stock that it lies in: "of U3O8 in", "grading 0.8 g/t in the low-grade"."""
TAKES_OBJECT = re.compile(r"(?:produc|deliver|sell|shipp|recover)ing|produces?|sells?|ships?|recover", re.IGNORECASE)
"""Verbs whose figure stands behind them: "2.4 Mtpa producing up to 500,000 tonnes"."""
DIRECTLY_AHEAD = re.compile(
    r"[\s:(,–—-]*(?:\(?(?!and\b)[A-Z0-9&%-]{2,10}\)?[\s:,]*)?(?:of|was|were|at|is|are|to|totall?ed|totall?ing|reached|averaged|averaging|came\s+in\s+at|amounted\s+to|amounting\s+to|a|an|:|approximately|about|over|up\s+to|some)?(?:\s+(?:a|an|the|approximately|about|over|record|of|total|up\s+to|nearly|almost|between|around))*\s*",
    re.IGNORECASE,
)
WEAK = frozenset({"area", "metres_drilled", "interest", "stockpile", "debt", "cash", "ore_purchased", "impairment"})
FAR = {"area": 45, "interest": 30, "metres_drilled": 70, "cash": 60, "stockpile": 60}
CHANGE_WORD = re.compile(
    r"\b(?:increas\w*|decreas\w*|higher|lower|up|down|ris\w+|rose|fell|fall\w*|declin\w*|grew|grow\w*|growth|improv\w*|drop\w*|reduc\w*|gain\w*|jump\w*|surg\w*|more|less|better|climb\w*|cut|boost\w*|expand\w*|doubl\w*|slip\w*|widen\w*|narrow\w*|rebound\w*|variance|change|premium|discount)\b",
    re.IGNORECASE,
)


def cue_behind(page: Page, measure: Measure, words: Sequence[Word], stop: int) -> Word | None:
    """The cue bound directly behind a figure."""
    for word in words:
        if measure.start < word.start < measure.end < word.end and metric_here(page, word, measure):
            return word  # "44,750 ounces produced": the cue begins with the unit
        if word.start < measure.end:
            continue
        if word.start >= stop or word.start - measure.end > 70:
            return None
        if TAKES_OBJECT.fullmatch(page.text, word.start, word.end):
            continue
        bound = BEHIND.fullmatch(page.text, measure.end, word.start) or (
            word.key == "stockpile" and IN_STOCK.fullmatch(page.text, measure.end, word.start)
        )
        if bound and metric_here(page, word, measure):
            return word
    return None


def cue_ahead(page: Page, measure: Measure, words: Sequence[Word], measures: Sequence[Measure]) -> Word | None:
    """The nearest fitting cue before a figure; weak cues must stand close, with no other figure between."""
    for word in reversed(words):
        if word.end > measure.start or not metric_here(page, word, measure):
            continue
        gap = page.text[word.end : measure.start]
        if word.key in WEAK or measure.dimension in ("percent", "time", "number"):
            limit = FAR.get(word.key, 60 if measure.dimension != "percent" else 48)
            if len(gap) > limit or (
                measure.dimension in ("percent", "number", "time")
                and word.key in ("recovery", "interest", "irr", "grade", "strip_ratio")
                and CHANGE_WORD.search(gap[-24:])
                and not re.search(r"\b(?:to|at|of|from)\s*$", gap)
            ):
                continue
            if (
                word.key in WEAK
                and any(word.end <= m.start < measure.start and m.dimension == measure.dimension for m in measures)
                and not COMPARATOR.search(gap)
            ):
                continue
        return word
    return None


NEVER = re.compile(r"(?!)")
NOT_THE_CUE = {
    "revenue": (NEVER, re.compile(r"\s+per\s+(?:\w+\s+){0,2}?(?:ounce|tonne|ton|pound|carat)s?\b", re.IGNORECASE)),
    "production": (NEVER, re.compile(r"\s+(?:surplus|stocks?|stockpiles?|inventor\w+)\b", re.IGNORECASE)),
    "cash": (
        re.compile(r"non-\s?$", re.IGNORECASE),
        re.compile(r"\s+(?:flows?|costs?|consideration|payments?|generated|cost)\b", re.IGNORECASE),
    ),
    "debt": (
        re.compile(r"(?:convertible|repayment\s+of|extinguishment\s+of)\s+$", re.IGNORECASE),
        re.compile(
            r"\s+(?:extinguish\w*|restructur\w*|settle\w*|issuance|repayments?|service|financing|facilit\w+|paid\s+down)\b", re.IGNORECASE
        ),
    ),
}
"""What stands ahead of a cue or behind it where it is part of another name: "non-cash", "debt extinguishment costs"."""


def _is_cue(text: str, word: Word) -> bool:
    """Whether a metric word is not only part of another name."""
    limits = NOT_THE_CUE.get(word.key)
    return limits is None or not (limits[0].search(text, max(0, word.start - 24), word.start) or limits[1].match(text, word.end))


def _is_aside(text: str, measure: Measure, following: Measure) -> bool:
    """Whether the next figure only adds to this one: "US$1.8 billion (A$2.7 billion) of cash", "2 Mt grading 0.8 g/t in stockpile"."""
    between = text[measure.end : following.start]
    if measure.dimension == "mass":
        return following.dimension in ("grade", "percent") and between.strip() in ("grading", "at", "averaging")
    return measure.dimension == following.dimension == "money" and measure.unit != following.unit and between.strip() == "("


def find_cue(
    page: Page, measure: Measure, words: Sequence[Word], measures: Sequence[Measure], following: Measure | None, end: int
) -> Word | None:
    """The word that names a figure's metric: bound behind it, else ahead of it; `following` is the next figure of the sentence."""
    inside = [m for m in measures if m is not measure and m.dimension == "share_money"]
    usable = [w for w in words if _is_cue(page.text, w) and not any(m.start <= w.start and w.end <= m.end for m in inside)]
    stop = end if following is None or _is_aside(page.text, measure, following) else following.start
    behind = cue_behind(page, measure, usable, stop)
    ahead = cue_ahead(page, measure, usable, measures)
    if behind is None or ahead is None:
        return behind or ahead
    gap = page.text[ahead.end : measure.start]
    if DIRECTLY_AHEAD.fullmatch(gap) and behind.start - measure.end > 2 and not (ahead.key in WEAK and behind.key not in WEAK):
        return ahead
    if following is not None and page.text[measure.end : behind.start].strip() == "(" and metric_here(page, behind, following):
        return ahead  # "net income was $3.4 million (EPS of $0.05)"
    return behind


PRICE_GIVEN = re.compile(
    r"\b(?:based\s+on|assum\w+|using|at\s+(?:a\s+)?(?:spot|long-term|consensus)?\s*pric\w+)\b[^.;]{0,70}$", re.IGNORECASE
)
PLANT = re.compile(r"\b(?:mill(?:ing|ed)?|plant|process\w*|throughput|crush\w*|ramp\w*|concentrator|circuit)\b", re.IGNORECASE)
PLANT_NOUN = re.compile(
    r"[\s-]*(?:\w+\s){0,2}?(?:mill|plant|concentrator|facility|circuit|processing\s+plant|refinery|smelter|operation)\b", re.IGNORECASE
)
HOLDS = re.compile(
    r"\b(?:holds?|owns?|holding|owning|retain(?:s|ed|ing)?|controls?)\s+(?:an?\s+)?(?:approximately\s+|about\s+)?$", re.IGNORECASE
)
ORE_AT = re.compile(
    r"\b(?:tonnes|tons|t)\s+of\s+ore(?:\s+(?:mined|milled|processed|treated|hoisted))?\s+(?:at|grading|averaging)\s+$", re.IGNORECASE
)
"""Ahead of the grade of ore: "produced 58,700 tonnes of ore at"."""
GUIDED = re.compile(r"\bguid(?:ance|ed|ing|es)\b(?:[^.;]|\.(?=\d)){0,80}$", re.IGNORECASE)


def metric_without_cue(text: str, sentence: Sentence, measure: Measure) -> str | None:
    """The metric that the unit itself tells in its context: prices given for a calculation, plant rates, guided ounces."""
    before = text[max(sentence.start, measure.start - 90) : measure.start]
    if measure.dimension == "unit_money" and measure.commodity and PRICE_GIVEN.search(before):
        return "metal_price"
    if measure.dimension in ("percent", "grade") and ORE_AT.search(before):
        return "grade"
    if measure.dimension == "percent" and HOLDS.search(before) and re.match(r"\s+of\s", text[measure.end : measure.end + 5]):
        return "interest"
    if measure.dimension == "rate" and PLANT_NOUN.match(text, measure.end):
        return "capacity"
    if measure.dimension == "rate" and measure.unit == "t/d" and PLANT.search(text, sentence.start, sentence.end):
        return "throughput"
    if measure.dimension == "mass" and (measure.unit in ("oz", "lb", "ct") or measure.commodity) and GUIDED.search(before):
        return "production"
    return None
