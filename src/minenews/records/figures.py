"""Figures: each quantity of a sentence with the metric and the commodity that it measures.

Linking goes by dimension, clause and order, not by the nearest word: a cue must measure what the unit measures; a cue bound
directly behind the figure ("$22.5 million in free cash flow") comes before the nearest one ahead of it; lists and
comparisons carry the cue on; "respectively" pairs cues and figures in order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from minenews.marks.page import Measure, Page, Sentence, Word, within
from minenews.models import Bound
from minenews.vocab.load import load_rows

_MOVES = r"(?:increas\w*|decreas\w*|declin\w*|improv\w*|reduc\w*|rise|rose|rising|drop\w*|fell|fall|growth|grew|gain\w*|jump\w*|narrow\w*|climb\w*|up|down|higher|lower|more|less|above|below|better|worse|fewer)"
COMPARATOR = re.compile(
    rf"""
    \b(?:as\s+)?compare[sd]?\s+(?:to|with|against)\b | \bas\s+compared\b | \bcomparing\s+to\b | \bcompared\b
  | \bversus\b | \bvs\b\.? | \bagainst\b | \brelative\s+to\b | \bin\s+comparison\s+(?:to|with)\b
  | \b{_MOVES}(?:\s+(?:slightly|sharply|significantly|substantially|marginally))?\s+from\b
  | \b{_MOVES}\s+(?:by\s+)?(?:over|on|than)\b
  | (?:%|\bper\s?cent)\s+(?:(?:increase|decrease|improvement|decline|reduction|rise|drop|higher|lower|more|less|above|below)\s+)?(?:over|on|from|than|above|below|versus)\b
  | \bfrom\b(?=[^.;]{{0,40}}\bto\s) | \bfrom\b(?=\s+(?:over\s+|about\s+|approximately\s+)?[$£€A-Z]{{0,4}}\s?[0-9])
  | \b(?:above|over|than)\s+(?=the\s+[^.;]{{0,40}}(?:quarter|year|period))
  | \(previously\b | \bpreviously\s+(?=[0-9$])
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that set what stands behind them against what stands ahead."""
BEHIND = re.compile(
    r"""[\s(-]* (?:(?:oz|ounces|pounds|lbs|tonnes|t|kg)\b\s*)? (?: (?:of|in|for|from)\s+ )? (?: (?:the|its|their|total|net|consolidated|attributable|adjusted|annual|quarterly|record|payable|contained|gold|silver|copper|zinc|lead|nickel|uranium|coal|lithium|equivalent|cash|and|ore|metal|material|concentrate|group|of|were|was|are|is|have\s+been|had\s+been|being|has\s+been|worth|spodumene|iron|u3o8|u₃o₈|additional|total|diamond|core|RC|surface|underground|exploration|planned|infill|\w+ly)[\s/-]* ){0,5} """,
    re.VERBOSE | re.IGNORECASE,
)
DIRECTLY_AHEAD = re.compile(r"[\s:(,–—-]*(?:\(?[A-Z0-9&%-]{2,10}\)?[\s:,]*)?(?:of|was|were|at|is|are|to|totall?ed|totall?ing|reached|averaged|averaging|came\s+in\s+at|amounted\s+to|amounting\s+to|a|an|:|approximately|about|over|up\s+to|some)?(?:\s+(?:a|an|the|approximately|about|over|record|of|total|up\s+to|nearly|almost|between|around))*\s*", re.IGNORECASE)
GEOLOGY = re.compile(r"\b(?:inferred|indicated|measured\s+and|mineral\s+resources?|resource\s+(?:estimate|of|base|containing)|resources\s+of|ore\s+reserves?|mineral\s+reserves?|probable|proven|proved|reserves?\s+of|reserves?\s+(?:stand|total|estimate|contain)|jorc|historical\s+(?:resource|estimate))\b", re.IGNORECASE)
DRILLING = re.compile(r"\b(?:intersect\w*|intercept\w*|drill\s?holes?|assay\w*|metres?\s+(?:at|of|grading)|meters?\s+(?:at|of|grading)|over\s+[0-9.]+\s?(?:m|metres|meters|ft|feet)\b|true\s+width|downhole|channel\s+sampl\w*|trench\w*|grab\s+sampl\w*|samples?|drilled)\b|[0-9]\s?m\s?@|@", re.IGNORECASE)
FINANCING = re.compile(r"\b(?:private\s+placement|gross\s+proceeds|offering|units?\s+at\s+a\s+price|warrants?|flow-through|debenture|subscription|consideration|purchase\s+price|upon\s+closing|purchase\s+agreement|finder)\b", re.IGNORECASE)
WEAK = frozenset({"area", "metres_drilled", "interest", "stockpile", "debt", "cash", "ore_purchased", "impairment"})
FAR = {"area": 45, "interest": 30, "metres_drilled": 70, "cash": 60, "stockpile": 60}
NEEDS_COMMODITY = frozenset({"production", "sales", "grade", "realized_price", "metal_price", "cash_cost", "aisc", "aic", "recovery", "stockpile"})
CHANGE_WORD = re.compile(r"\b(?:increas\w*|decreas\w*|higher|lower|up|down|ris\w+|rose|fell|fall\w*|declin\w*|grew|grow\w*|growth|improv\w*|drop\w*|reduc\w*|gain\w*|jump\w*|surg\w*|more|less|better|climb\w*|cut|boost\w*|expand\w*|doubl\w*|slip\w*|widen\w*|narrow\w*|rebound\w*|variance|change|premium|discount)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with what it measures. `against`: it is the second part of a comparison. `cue` is the word that named the metric."""

    measure: Measure
    metric: str
    cue: Word | None
    commodity: str | None
    commodity_word: Word | None
    against: bool
    sentence: Sentence
    carried: bool = False


@cache
def _dimensions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in load_rows("metrics"):
        found.setdefault(row["metric"], set()).update(row["dimensions"].split())
    return {metric: frozenset(d) for metric, d in found.items()}


GENERIC_COST = re.compile(r"(?:unit\s+)?(?:operating|production|unit)\s+costs?", re.IGNORECASE)
PLAIN_GRADE = re.compile(r"(?:average\s+)?(?:grades?|grading)", re.IGNORECASE)
BULK = frozenset({"coal", "iron_ore", "bauxite", "spodumene", "lithium", "manganese", "phosphate", "potash", "graphite", "diamonds", "rare_earths", "silica"})
"""Commodities of which tonnes mined or processed may be the ore itself."""
PRECIOUS = frozenset({"gold", "silver", "platinum", "palladium", "platinum_group", "gold_equivalent", "silver_equivalent"})


def fit_metric(metric: str, measure: Measure, cue: str = "") -> str | None:
    """The metric that a cue names for a quantity of this dimension and unit, None where they do not fit.

    `cue` is the cue as written: "operating costs" of money per tonne are a cost per tonne, "sold" takes no money.
    """
    dimension, unit = measure.dimension, measure.unit
    if metric == "cash_cost" and unit.endswith("/t") and GENERIC_COST.fullmatch(cue):
        return "cost_per_tonne"
    if metric == "sales" and dimension == "money" and "sales" not in cue.lower():
        return None
    if metric in ("ore_processed", "ore_mined") and measure.commodity is not None and measure.commodity not in BULK and dimension == "mass":
        return "production"
    if metric == "metal_price" and dimension == "money" and measure.amount > 20_000:
        return None
    if metric in ("production", "sales") and unit == "t" and measure.commodity in PRECIOUS and measure.amount > 500:
        return None
    if metric == "throughput" and dimension == "mass" and unit in ("t", "st", "kg"):
        return "ore_processed"
    if metric == "ore_processed" and dimension == "rate":
        return "throughput" if unit in ("t/d", "t/h", "t/a") else None
    if metric in ("ore_mined", "material_mined", "waste_mined") and dimension == "rate":
        return metric if unit in ("t/d", "t/h", "t/a") else None
    if metric == "production" and dimension == "rate":
        return "throughput" if unit in ("t/d", "t/h") else metric
    if metric == "sales" and dimension == "money":
        return "revenue"
    if metric == "revenue" and dimension == "mass":
        return "sales"
    if metric in ("ore_processed", "ore_mined", "waste_mined", "material_mined", "ore_purchased") and unit in ("oz", "lb", "ct", "g"):
        return "production" if metric in ("ore_mined", "ore_processed") and unit in ("oz", "lb", "ct") else None
    if metric == "aisc" and dimension != "unit_money":
        return None
    if metric in ("net_income", "ebitda", "revenue", "operating_cash_flow") and dimension == "share_money":
        return "eps" if metric == "net_income" else None
    if metric == "strip_ratio":
        return metric if dimension == "number" and abs(measure.amount) < 60 else None
    return metric if dimension in _dimensions()[metric] else None


def _fits(page: Page, word: Word, measure: Measure) -> str | None:
    return fit_metric(word.key, measure, page.text[word.start : word.end])


def _behind(page: Page, measure: Measure, words: Sequence[Word], stop: int) -> Word | None:
    """The cue bound directly behind a figure."""
    for word in words:
        if measure.start < word.start < measure.end < word.end and _fits(page, word, measure):
            return word  # "46,360 ounces produced": the cue begins with the unit
        if word.start < measure.end:
            continue
        if word.start >= stop or word.start - measure.end > 70:
            return None
        if BEHIND.fullmatch(page.text, measure.end, word.start) and _fits(page, word, measure):
            return word
    return None


def _ahead(page: Page, measure: Measure, words: Sequence[Word], measures: Sequence[Measure]) -> Word | None:
    """The nearest fitting cue before a figure; weak cues must stand close, with no other figure between."""
    for word in reversed(words):
        if word.end > measure.start or not _fits(page, word, measure):
            continue
        gap = page.text[word.end : measure.start]
        if word.key in WEAK or measure.dimension in ("percent", "time", "number"):
            limit = FAR.get(word.key, 60 if measure.dimension != "percent" else 48)
            if len(gap) > limit or (measure.dimension in ("percent", "number", "time") and word.key in ("recovery", "interest", "irr", "grade", "strip_ratio") and CHANGE_WORD.search(gap[-24:]) and not re.search(r"\b(?:to|at|of|from)\s*$", gap)):
                continue
            if word.key in WEAK and any(word.end <= m.start < measure.start and m.dimension == measure.dimension for m in measures) and not COMPARATOR.search(gap):
                continue
        return word
    return None


def _respective(page: Page, sentence: Sentence, measures: Sequence[Measure], words: Sequence[Word]) -> dict[int, Word]:
    """Cues by start of figure where "respectively" pairs them in order."""
    found = re.search(r"\brespectively\b", page.text[sentence.start : sentence.end])
    if not found:
        return {}
    end = sentence.start + found.start()
    before = [m for m in measures if m.end <= end]
    cues = [w for w in words if w.end <= end]
    for size in range(2, 7):
        if len(before) < size:
            break
        run = before[-size:]
        named = [w for w in cues if w.end <= run[0].start][-size:]
        if len(named) == size and len({w.key for w in named}) == size and all(_fits(page, w, m) for w, m in zip(named, run, strict=True)):
            if named[-1].end > run[0].start - 40:
                return {m.start: w for m, w in zip(run, named, strict=True)}
    return {}


def _respective_metals(page: Page, sentence: Sentence, measures: Sequence[Measure]) -> dict[int, Word]:
    """Metals by start of figure where "respectively" pairs them in order ("silver and gold production was X and Y, respectively")."""
    found = re.search(r"\brespectively\b", page.text[sentence.start : sentence.end])
    if not found:
        return {}
    end = sentence.start + found.start()
    run = [m for m in measures if m.end <= end and m.dimension == "mass"]
    if not 2 <= len(run) <= 4 or len({m.unit for m in run}) != 1:
        return {}
    names = [w for w in within(page.words, sentence.start, run[0].start) if w.label == "commodity"]
    return {m.start: w for m, w in zip(run, names, strict=True)} if len(names) == len(run) and len({w.key for w in names}) == len(run) else {}


def _adopt_unit(measures: Sequence[Measure], comparators: Sequence[tuple[int, int]]) -> list[Measure]:
    """Bare numbers behind a comparison take the unit of the figure before it ("6,895 oz compared to 5,865 in June")."""
    result: list[Measure] = []
    for measure in measures:
        if measure.dimension == "number" and result and result[-1].dimension not in ("number", "percent", "count", "time"):
            between = any(result[-1].end <= a and b <= measure.start for a, b in comparators)
            if between and 0.05 < abs(measure.amount) / max(abs(result[-1].amount), 1e-9) < 20:
                measure = replace(measure, unit=result[-1].unit, dimension=result[-1].dimension, commodity=result[-1].commodity)
        result.append(measure)
    return result


MOVED = re.compile(r"\b(?:rais\w+|lift\w+|increas\w+|cut|lower\w*|reduc\w+|up|down|revis\w+|rose|fell|grew|improv\w+|upgrad\w+|decreas\w+|drop\w*|rising|climb\w*|chang\w+|expand\w*|grow\w*)\b", re.IGNORECASE)


def _join_guided(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """ "Guidance of from 145,000 to 150,000 ounces" as one range: two figures between "from" and "to" that nothing moves."""
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
            and re.search(r"\b(?:guidance|guided|forecast|outlook|expect\w*|target\w*)\b", text[max(0, first.start - 110) : first.start], re.IGNORECASE)
            and not MOVED.search(text, max(0, first.start - 70), first.start)
        ):
            result[-1] = replace(first, value=None, low=first.value, high=measure.value, bound=Bound.RANGE, end=measure.end, as_written=" ".join(text[first.start : measure.end].split()))
            continue
        result.append(measure)
    return result


SAME_AMOUNT = {("kg", "oz"): 32.1507, ("oz", "kg"): 1 / 32.1507, ("t", "st"): 1.10231, ("st", "t"): 0.907185, ("t", "lb"): 2204.62, ("lb", "t"): 1 / 2204.62, ("m", "ft"): 3.28084, ("ft", "m"): 0.3048,
               ("km2", "ha"): 100.0, ("ha", "km2"): 0.01, ("t", "oz"): 32150.7, ("oz", "t"): 1 / 32150.7, ("ha", "ha"): 1.0, ("g/t", "oz/st"): 1 / 34.2857, ("oz/st", "g/t"): 34.2857, ("t/d", "t/d"): 1.0, ("km", "km"): 1.0}  # fmt: skip


def restates(text: str, first: Measure, second: Measure) -> bool:
    """Whether the second figure is the first one in another unit or currency, in parentheses behind it."""
    if not re.fullmatch(r"[^.;]{0,24}?[\s,]*\((?:or\s+|approximately\s+|~|equivalent\s+to\s+)?|\s+or\s+|/|\s+\(?equivalent to\s+", text[first.end : second.start]):
        return False
    if first.dimension == "money" and second.dimension == "money":
        return first.unit != second.unit
    factor = SAME_AMOUNT.get((first.unit, second.unit))
    return factor is not None and first.amount != 0 and abs(second.amount / (first.amount * factor) - 1) < 0.03


def _commodity(page: Page, sentence: Sentence, measure: Measure, metric: str, cue: Word | None, previous: Figure | None, before: Sequence[Figure]) -> tuple[str | None, Word | None]:
    """The commodity of a figure: its own, the cue's, the nearest between them, the clause's; else carried on by a comparison or from the sentence before."""
    if measure.commodity:
        return measure.commodity, None
    names = [w for w in within(page.words, sentence.start, sentence.end) if w.label == "commodity"]
    if cue is not None:
        inside = [w for w in names if cue.start <= w.start and w.end <= cue.end]
        if inside:
            return inside[0].key, inside[0]
        before = [w for w in names if 0 <= cue.start - w.end <= 2]
        if before:
            return before[-1].key, before[-1]
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
    said = next((f for f in reversed(before) if f.metric == metric and f.measure.unit == measure.unit and f.commodity and f.sentence.block == sentence.block), None)
    if said is not None:
        return said.commodity, said.commodity_word
    return main_commodity(page, measure.unit)


BY_UNIT = {"oz": ("gold", "silver", "platinum", "palladium", "platinum_group", "gold_equivalent", "silver_equivalent", "rhodium"), "ct": ("diamonds",), "kg": ("gold", "silver", "uranium")}


PRODUCT_OF = {"lithium": "spodumene", "iron_ore": "iron_ore", "platinum": "platinum_group"}
"""Where a release names a metal and its product, tonnes and ounces are of the product."""


def main_commodity(page: Page, unit: str) -> tuple[str | None, Word | None]:
    """The commodity that the release is about: the one that headline and opening, else the whole text, name by far the most; it must fit the unit."""
    allowed = BY_UNIT.get(unit.split("/")[-1] if "/" in unit else unit)
    names = [(m.start, m.end) for m in page.company_mentions]
    words = [w for w in page.words if w.label == "commodity" and page.is_news(w.start) and (allowed is None or w.key in allowed)]
    words = [w for w in words if not any(a <= w.start < b for a, b in names[bisect_left(names, (w.start - 60, 0)) : bisect_left(names, (w.end, 0))])]
    for pool in ([w for w in words if w.start < 900], words):
        counts = Counter(w.key for w in pool)
        for metal, product in PRODUCT_OF.items():
            if metal in counts and product in counts and metal != product:
                counts[product] += counts.pop(metal)
        ranked = counts.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
            return ranked[0][0], None
    return None, None


COMPARED_BEFORE = re.compile(r"(?:This|That|These|It|Which)\s+(?:is|was|were)?\s*compare[sd]?\b", re.IGNORECASE)


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
    measures = _join_guided(text, _adopt_unit(measures, comparators))
    pairs = _respective(page, sentence, measures, words)
    metals = _respective_metals(page, sentence, measures)
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
            behind, ahead = _behind(page, measure, words, stop), _ahead(page, measure, words, measures)
            cue = _choose(page, measure, behind, ahead)
        previous = result[-1] if result else None
        against = _is_against(text, comparators, measures, index)
        metric = _fits(page, cue, measure) if cue else None
        if previous is not None and measure.unit == previous.measure.unit and previous.measure.end > (cue.end if cue else -1) and (against or cue is None):
            near = measure.start - previous.measure.end < 160
            listed = re.fullmatch(r"[\s,]*(?:[^.;]{0,60}?)(?:\band\b|,|\()[^.;0-9]{0,40}", text[previous.measure.end : measure.start])
            if near and previous.metric not in WEAK | {"recovery"} - {"metres_drilled"} and (against or (cue is None and listed and measure.dimension not in ("percent", "money"))) and (cue is None or cue is previous.cue or against):
                cue, metric, carried = previous.cue, previous.metric, True
        if metric is None and measure.dimension == "share_money" and previous is not None and previous.metric in ("net_income", "eps", "dividend"):
            metric = "dividend" if previous.metric == "dividend" else "eps"
            cue = previous.cue
        if metric is None and before and COMPARED_BEFORE.match(text, sentence.start):
            said = next((f for f in before if f.measure.unit == measure.unit), None)
            if said is not None:
                cue, metric, against, previous, carried = said.cue, said.metric, True, said, True
        if metric is None:
            metric = _without_cue(text, sentence, measure)
        if metric is None or _is_excluded(page, sentence, measure, metric, cue, geology, drilling, financing, measures):
            continue
        commodity, word = _commodity(page, sentence, measure, metric, cue, previous if carried or against else None, before)
        if measure.start in metals and measure.commodity is None:
            commodity, word = metals[measure.start].key, metals[measure.start]
        result.append(Figure(measure, metric, cue, commodity, word, against, sentence, carried))
    return result


PRICE_GIVEN = re.compile(r"\b(?:based\s+on|assum\w+|using|at\s+(?:a\s+)?(?:spot|long-term|consensus)?\s*pric\w+)\b[^.;]{0,70}$", re.IGNORECASE)
PLANT = re.compile(r"\b(?:mill(?:ing|ed)?|plant|process\w*|throughput|crush\w*|ramp\w*|concentrator|circuit)\b", re.IGNORECASE)
PLANT_NOUN = re.compile(r"[\s-]*(?:\w+\s){0,2}?(?:mill|plant|concentrator|facility|circuit|processing\s+plant|refinery|smelter|operation)\b", re.IGNORECASE)
HOLDS = re.compile(r"\b(?:holds?|owns?|holding|owning|retain(?:s|ed|ing)?|controls?)\s+(?:an?\s+)?(?:approximately\s+|about\s+)?$", re.IGNORECASE)
GUIDED = re.compile(r"\bguid(?:ance|ed|ing|es)\b[^.;]{0,60}$", re.IGNORECASE)


def _without_cue(text: str, sentence: Sentence, measure: Measure) -> str | None:
    """The metric that the unit itself tells in its context: prices given for a calculation, plant rates, guided ounces."""
    before = text[max(sentence.start, measure.start - 90) : measure.start]
    if measure.dimension == "unit_money" and measure.commodity and PRICE_GIVEN.search(before):
        return "metal_price"
    if measure.dimension == "percent" and HOLDS.search(before) and re.match(r"\s+of\s", text[measure.end : measure.end + 5]):
        return "interest"
    if measure.dimension == "rate" and PLANT_NOUN.match(text, measure.end):
        return "capacity"
    if measure.dimension == "rate" and measure.unit == "t/d" and PLANT.search(text, sentence.start, sentence.end):
        return "throughput"
    if measure.dimension == "mass" and (measure.unit in ("oz", "lb", "ct") or measure.commodity) and GUIDED.search(before):
        return "production"
    return None


def _choose(page: Page, measure: Measure, behind: Word | None, ahead: Word | None) -> Word | None:
    """Between a cue behind and one ahead: the one ahead only where it is bound directly to the figure."""
    if behind is None or ahead is None:
        return behind or ahead
    gap = page.text[ahead.end : measure.start]
    if DIRECTLY_AHEAD.fullmatch(gap) and behind.start - measure.end > 2 and not (ahead.key in WEAK and behind.key not in WEAK):
        return ahead
    return behind


def _is_against(text: str, comparators: Sequence[tuple[int, int]], measures: Sequence[Measure], index: int) -> bool:
    """Whether a figure is the second part of a comparison: behind a comparator, or in parentheses behind a figure of its unit with a period."""
    measure = measures[index]
    for start, end in comparators:
        if end <= measure.start and measure.start - end < 110:
            word = text[start:end].lower()
            if re.search(r"[;,]\s+(?:and|while|but|with)\b", text[end : measure.start]):
                continue  # a new statement begins between them
            if any(end <= m.start and m.end <= measure.start and m.unit == measure.unit for m in measures[:index]):
                continue  # the first figure of that unit behind the comparator is the one compared with
            if word.startswith("from") and not any(m.unit == measure.unit for m in measures):
                continue
            return True
    before = measures[index - 1] if index else None
    return before is not None and before.unit == measure.unit and bool(re.fullmatch(r"\s*\(\s*(?:[A-Za-z0-9 ]{0,16}:\s*)?", text[before.end : measure.start]))


DELTA = re.compile(r"\b(?:(?:increase[sd]?|decrease[sd]?|improvement|decline[sd]?|reduction|reduced|rise|rose|drop|dropped|gain|growth|grew|fall|fell|improved|up|down|higher|lower)\s+(?:of|by)|(?:increase|decrease|improvement|decline|reduction|drop)\s+of)\s+(?:an?\s+|approximately\s+|about\s+|over\s+|more\s+than\s+|almost\s+|nearly\s+|some\s+)*$", re.IGNORECASE)
"""Words that make the figure behind them a movement, not a level."""
MINED = re.compile(r"\b(?:mill(?:ed|ing)?|plant|head|feed|process\w*|mined|stack\w*|crush\w*|quarter|throughput|recover\w*|production|produced|shipped|concentrator|delivered|treated)\b", re.IGNORECASE)
PAYMENT = re.compile(r"\b(?:pay(?:s|ment|ments|able|ing)?|paid\s+(?:to|for|a)|anniversary|option\s+(?:to|agreement)|issue\s+(?:an\s+aggregate|[0-9])|signing|within\s+[0-9]+\s+(?:days|months)|receives?|royalty|raise[ds]?|raising|vendor|purchas\w*)\b", re.IGNORECASE)

MINIMUM = {"ebitda": 1e4, "revenue": 1e4, "capex": 1e4, "initial_capex": 1e5, "npv": 1e5, "cash": 1e4}


def _is_excluded(page: Page, sentence: Sentence, measure: Measure, metric: str, cue: Word | None, geology: bool, drilling: bool, financing: bool, measures: Sequence[Measure]) -> bool:
    """Figures that only look like business figures: resources, drill intervals, financing terms, changes, bare prices."""
    text = page.text
    if measure.dimension != "percent" and re.match(r"\s+(?:lower|higher|more|less|below|above|fewer|better|worse)\b(?!\s+grade)", text[measure.end : measure.end + 10], re.IGNORECASE):
        return True
    if measure.dimension != "percent" and DELTA.search(text, max(sentence.start, measure.start - 44), measure.start):
        return True
    if measure.dimension == "percent" and metric not in ("recovery", "irr", "interest", "grade"):
        return True
    if measure.dimension == "percent" and metric != "interest":
        around = text[measure.end : measure.end + 26]
        if re.match(r"\s*(?:\w+\s+)?(?:increase|decrease|higher|lower|improvement|reduction|decline|rise|drop|growth|more|less|above|below|over\s+the|year)\b", around, re.IGNORECASE):
            return True
        if re.search(r"\b(?:up|down|by|rose|fell|increased|decreased|improved|higher|lower|grew)\s+(?:approximately\s+|about\s+)?$", text[max(0, measure.start - 30) : measure.start], re.IGNORECASE):
            return True
        if metric == "grade" and measure.commodity is None and cue is not None and cue.key == "grade" and not DIRECTLY_AHEAD.fullmatch(text[cue.end : measure.start]):
            return True
        if metric == "recovery" and not 5 <= measure.amount <= 100:
            return True
    if metric == "grade" and cue is not None and PLAIN_GRADE.fullmatch(text, cue.start, cue.end) and not MINED.search(text, sentence.start, sentence.end):
        return True
    if metric in ("cash", "debt") and PAYMENT.search(text, sentence.start, sentence.end):
        return True
    if geology and metric in ("grade", "production", "ore_processed", "ore_mined", "stockpile", "sales", "material_mined") and not (cue and re.match(r"(?:produc(?:ed|ing)|sold|milled|processed|mined|poured)\b", text[cue.start : cue.end], re.IGNORECASE)):
        return True
    if drilling and metric in ("grade", "production", "ore_mined"):
        if metric != "grade" or any(m.dimension == "length" for m in measures) or re.search(r"sampl|assay|hole|intersect", text[sentence.start : sentence.end], re.IGNORECASE):
            return metric == "grade"
    if metric == "interest":
        return _is_no_interest(text, measure)
    if metric == "area" and measure.amount < 1:
        return True
    if metric == "metres_drilled":
        if any(0 <= m.start - measure.end < 34 and re.fullmatch(r"\s*(?:\([^()]*\)\s*)?(?:of|grading|averaging|at|@|with|assaying)[\s\w]{0,20}", text[measure.end : m.start]) for m in measures if m.dimension in ("grade", "percent")):
            return True
        if measure.unit in ("km",) or re.match(r"\s*(?:deep|depth|below|wide|width|long|away|north|south|east|west|thick|of\s+strike|strike|apart|spacing|from\b|step|elevation|hole\b|down|vertical|by\s+[0-9])", text[measure.end : measure.end + 20], re.IGNORECASE):
            return True
        if re.search(r"(?:depths?|strike|length|width|distance|elevation|interval|spacing|within|from|below|diameter|top|every|least)\s+(?:of\s+|to\s+)?(?:approximately\s+|about\s+|over\s+|~|up\s+to\s+|a\s+)*$", text[max(0, measure.start - 34) : measure.start], re.IGNORECASE):
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
    if metric in MINIMUM and measure.dimension == "money" and abs(measure.amount) < MINIMUM[metric] and not measure.as_written.rstrip(")").endswith("0") and abs(measure.amount) < 100:
        return True
    if metric == "eps" and measure.dimension == "money" and abs(measure.amount) > 1000:
        return True
    if metric in ("realized_price", "metal_price") and measure.dimension == "money" and abs(measure.amount) > 200_000:
        return True
    return metric == "capacity" and measure.dimension == "mass" and measure.unit not in ("t", "oz", "lb")


def _is_no_interest(text: str, measure: Measure) -> bool:
    """Percentages near an ownership word that are no ownership: interest rates, royalties, changes."""
    if not 0 < measure.amount <= 100:
        return True
    behind = text[measure.end : measure.end + 40]
    ahead = text[max(0, measure.start - 30) : measure.start]
    if HOLDS.search(ahead) and re.match(r"\s+of\s", behind):
        return False
    owned = re.match(r"[\s-]*(?:\w+[\s-]+){0,2}?(?:owned|ownership|interest|stake|equity|shareholding|working)\b", behind, re.IGNORECASE) or re.search(r"\b(?:interest|stake|ownership)\s+of\s+(?:approximately\s+)?$", ahead, re.IGNORECASE)
    rate = re.search(r"per\s+annum|interest\s+rate|royalt|NSR|coupon|\bannual", text[max(0, measure.start - 60) : measure.end + 40], re.IGNORECASE)
    return not owned or bool(rate)
