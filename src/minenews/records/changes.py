"""Changes: stated movements between two figures ("an increase of 6%", "fell 10.4% to 7.8 million tons")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from minenews.marks.page import Measure, Page, Sentence, Word, within
from minenews.models import Basis, Change, Evidence, Fact, Metric, PeriodValue
from minenews.records.facts import COMPARED
from minenews.records.no_figures import DRILLING, FINANCING
from minenews.records.other_amounts import find_other_amounts, own_words

UP_BEHIND = re.compile(r"\b(?:more|above|better|exceed\w*|ahead|beat\w*)\b", re.IGNORECASE)
DOWN_BEHIND = re.compile(r"\b(?:less|below|shortfall|short)\b", re.IGNORECASE)
UP = re.compile(
    r"\b(?:increas\w*|higher|up|ris(?:e|es|ing|en)|rose|grew|grow\w*|growth|improv\w*|gain\w*|jump\w*|surg\w*|climb\w*|boost\w*|expand\w*|rebound\w*|lifted|lift|soared|advanced|strengthened|greater|uplift|upsurge|upswing|rais(?:e|ed|ing)|outperform\w*)\b",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"\b(?:decreas\w*|lower(?:ed|ing)?|down|declin\w*|fell|fall\w*|drop\w*|reduc\w*|slip\w*|cut|shrank|contract(?:ed|ion)|slump\w*|plunge\w*|weaken\w*|dip(?:ped|s)?|slid|eased|sav(?:ing|ed))\b",
    re.IGNORECASE,
)
SUBJECT_TO_FIGURE = re.compile(
    r"\s+(?:(?!and\b)\w+\s+){0,4}?(?:by|of|was|were|rose|fell|up|down|increased|decreased|declined|grew|improved|dropped)?\s*(?:approximately\s+|about\s+)?"
)
MOVED_BY = re.compile(
    r"(?:increase|decrease|improvement|decline|reduction|rise|drop|gain|growth|by)\s*(?:of|by)?\s*(?:approximately\s+|about\s+)?$",
    re.IGNORECASE,
)
SAID_AGAIN = re.compile(r"\s*,?\s*(?:\(|or\s|/)\s*(?:or\s+)?")
"""What stands between a movement and the same in another unit: "410 oz (7%)"."""
BEHIND = re.compile(r"[\s(]*(?:\w+[\s-]+){0,3}?(?P<word>[a-z]+)", re.IGNORECASE)


DELIVERING = re.compile(r"deliver|ship(?:ping)?\b", re.IGNORECASE)
"""Words that name production only with its amount: "total delivered costs" are none."""
OWN_COMPARISON = re.compile(
    r"""
    \s* (?:(?:increase|decrease|improvement|decline|reduction|rise|drop|higher|lower|more|less|above|below|up|down)\s+)?
    (?:than|over|from|on|versus|against|below|above|compared\s+(?:to|with)) \s+ (?:(?:in|that|those|of|for|the)\s+){0,4}
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What leads from a percentage to the period that it alone is measured by: "18% higher than the first quarter"."""
FROM_TO = re.compile(r"\s*from\s[^;%]{0,220}?\sto\s+(?:(?:a|an|record|about|approximately)\s+){0,2}")
"""What leads from a percentage to the figure reached, over the one it started from."""
UNMOVED = frozenset({Metric.INTEREST, Metric.AREA})


class Place(NamedTuple):
    """Where a sentence states a fact; `compared` where the fact is the second part of a comparison there."""

    start: int
    fact: Fact
    compared: bool


def link_changes(page: Page, facts: Sequence[Fact], from_tables: Sequence[Change] = ()) -> tuple[Change, ...]:
    """All stated movements, in reading order, with ids c1, c2, ...; `fact` and `against` where the text gives both figures."""
    found: list[Change] = []
    places = sorted(
        (Place(e.start, f, e.rule.startswith(COMPARED)) for f in facts for e in f.evidence if e.slot == "value"), key=lambda p: p.start
    )
    starts = [place.start for place in places]
    by_metric: dict[str, list[Fact]] = {}
    alike: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        alike.setdefault(_kind(fact), []).append(fact)
        by_metric.setdefault(fact.metric.value, []).append(fact)
    for sentence in page.sentences:
        if page.is_news(sentence.start):
            found += _changes_of(
                page, sentence, places[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)], alike, by_metric
            )
    found = _merge([*found, *from_tables])
    return tuple(c.model_copy(update={"id": f"c{n}"}) for n, c in enumerate(found, start=1))


def _direction(page: Page, sentence: Sentence, measure: Measure) -> tuple[str, tuple[int, int]] | None:
    """Up or down, and the word that says so: a sign, else the nearest word of movement in the clause around the percentage."""
    text = page.text
    if measure.signed and text[measure.end : measure.end + 1] != "-":
        return ("up" if measure.signed == "+" else "down"), (measure.start, measure.end)
    behind = text[measure.end : min(sentence.end, measure.end + 36)]
    stop = re.search(r"[;,.]\s|\d|\b(?:and|while|to|with|compared)\b", behind)
    behind = behind[: stop.start()] if stop else behind
    found: list[tuple[int, str, tuple[int, int]]] = []
    for name, pattern in (("up", UP), ("down", DOWN), ("up", UP_BEHIND), ("down", DOWN_BEHIND)):
        match = pattern.search(behind)
        if match:
            found.append((match.start(), name, (measure.end + match.start(), measure.end + match.end())))
    low = max(sentence.start, measure.start - 110)
    before = text[low : measure.start]
    breaks = [m.end() for m in re.finditer(r";|\.\s|\bwhile\b|\bwhereas\b", before)]
    offset = breaks[-1] if breaks else 0
    for name, pattern in (("up", UP), ("down", DOWN)):
        matches = list(pattern.finditer(before, offset))
        if matches:
            last = matches[-1]
            gap = before[last.end() :]
            if not re.search(r"\d[\d,.]*\s?(?:%|per\s?cent)|^\s+than\b|\brate\s+of", gap):
                found.append((len(gap) + 1, name, (low + last.start(), low + last.end())))
    if not found:
        return None
    distance, name, span = min(found)
    return None if distance > 75 else (name, span)


def _changes_of(
    page: Page,
    sentence: Sentence,
    places: Sequence[Place],
    alike: Mapping[tuple[object, ...], Sequence[Fact]],
    by_metric: Mapping[str, Sequence[Fact]],
) -> list[Change]:
    text = page.text
    measures = within(page.quantities, sentence.start, sentence.end)
    if all(m.dimension != "percent" for m in measures) or (not places and FINANCING.search(page.lowered, sentence.start, sentence.end)):
        return []
    words = [w for w in within(page.words, sentence.start, sentence.end) if w.label == "metric"]
    words = [w for w in own_words(words, find_other_amounts(page.lowered, sentence)) if not DELIVERING.match(text, w.start)]
    words = [w for w in words if not any(m.start <= w.start and w.end <= m.end for m in measures)]
    result: list[Change] = []
    for index, measure in enumerate(measures):
        if measure.dimension != "percent" or measure.value is None or any(place.start == measure.start for place in places):
            continue
        near = text[measure.end : measure.end + 30]
        if re.search(
            r"\b(?:from|to)\s+(?:approximately\s+|about\s+)?$", text[max(sentence.start, measure.start - 20) : measure.start], re.IGNORECASE
        ):
            continue
        if re.match(
            r"[\s-]*(?:owned|interest|ownership|stake|of\s+(?:the|its|total|all)\b|recover|NSR|royalty|Cu\b|Zn\b|Pb\b|Ni\b|Fe\b|Li|U3|capacity|complete|attributable|basis|realisation|realization|of\s+the\s+\w+\s+(?:benchmark|price)|confidence|discount|premium|payable)",
            near,
            re.IGNORECASE,
        ):
            continue
        if measure.commodity is not None or (
            DRILLING.search(page.lowered, sentence.start, sentence.end)
            and re.search(r"(?:\bof|@|grading|at|averaging)\s+$", text[measure.start - 12 : measure.start])
        ):
            continue  # a grade
        moved = _direction(page, sentence, measure)
        if moved is None:
            continue
        direction, span = moved
        fact, against, cue = _subjects(page, sentence, measure, measures, index, places, words)
        if fact is not None and against is None and (period := _compared_period(page, sentence, measure)) is not None:
            against = _stated_elsewhere(fact, period, alike)
        if fact is None and cue is not None and (period := _compared_period(page, sentence, measure)) is not None:
            fact = _moved_elsewhere(page, sentence, measure, cue, by_metric)
            against = _stated_elsewhere(fact, period, alike) if fact is not None else None
        if fact is None and cue is None:
            continue
        if (
            fact is not None
            and cue is not None
            and cue.key == "sales"
            and fact.metric is Metric.REVENUE
            and "volume" in text[cue.start : cue.end].lower()
        ):
            fact = against = None
        metric = fact.metric if fact is not None else Metric(cue.key) if cue else None
        commodity = _commodity(page, sentence, cue, fact)
        absolute = _absolute(page, measures, index, sentence)
        value = abs(measure.value)
        evidence: list[Evidence] = [
            page.evidence("percent", measure.start, measure.end, measure.rule),
            page.evidence("direction", *span, "change_direction"),
        ]
        if cue is not None:
            evidence.append(page.evidence("metric", cue.start, cue.end, cue.rule))
        if absolute is not None:
            evidence.append(page.evidence("absolute", absolute.start, absolute.end, absolute.rule))
        start, end = min(span[0], measure.start), max(span[1], measure.end)
        result.append(
            Change(
                id="c",
                metric=metric,
                commodity=commodity,
                percent=value if direction == "up" else -value,
                absolute=None if absolute is None else abs(absolute.amount) * (1 if direction == "up" else -1),
                unit=absolute.unit if absolute else None,
                direction="up" if direction == "up" else "down",
                fact=fact.id if fact else None,
                against=against.id if against else None,
                as_written=page.written(start, end),
                evidence=tuple(evidence),
            )
        )
    return result


def _moves_together(fact: str, cue: str) -> bool:
    """Cues that name the same figure by another word (sales of $, throughput in tonnes)."""
    return {fact, cue} in (
        {"sales", "revenue"},
        {"throughput", "ore_processed"},
        {"production", "ore_mined"},
        {"material_mined", "ore_mined"},
    )


def _subjects(
    page: Page,
    sentence: Sentence,
    measure: Measure,
    measures: Sequence[Measure],
    index: int,
    places: Sequence[Place],
    words: Sequence[Word],
) -> tuple[Fact | None, Fact | None, Word | None]:
    """The figure that moved, the one it is compared with, and the word that names its metric."""
    text = page.text
    behind = next(
        (
            w
            for w in words
            if 0 <= w.start - measure.end <= 46
            and re.fullmatch(
                r"[\s-]*(?:(?!and\b|while\b|but\b)\w+[\s-]+){0,3}(?:in|of|to|for)?\s*(?:the\s+|its\s+|our\s+)?(?:(?!and\b|while\b)\w+\s+){0,3}",
                text[measure.end : w.start],
            )
        ),
        None,
    )
    ahead = next(
        (
            w
            for w in reversed(words)
            if w.end <= measure.start
            and w.key not in ("area", "interest")
            and not (w.key == "eps" and any(o.key == "net_income" and o.end <= w.start for o in words))
            and not _in_comparison(text, sentence, w)
        ),
        None,
    )
    direct = bool(ahead) and not re.search(r"[;]", text[ahead.end : measure.start]) if ahead else False
    cue = behind if behind is not None and not (direct and ahead is not None and _bound(text, ahead, measure)) else ahead or behind
    compared = {p.fact.id for p in places if p.compared}
    stated: dict[str, Place] = {}
    for place in places:
        stated.setdefault(place.fact.id, place)
    same = [
        (p.start, p.fact)
        for p in stated.values()
        if p.fact.metric not in UNMOVED and (cue is None or p.fact.metric.value == cue.key or _moves_together(p.fact.metric.value, cue.key))
    ]
    mains = [(p, f) for p, f in same if f.id not in compared and "annualized" not in f.qualifiers]
    others = [(p, f) for p, f in same if f.id in compared]
    to = next((f for p, f in mains if 0 < p - measure.end < 60 and re.search(r"\b(?:to|at)\b[^.;%]{0,40}$", text[measure.end : p])), None)
    if to is None and others:  # "decreased by 1% from 176,300 ounces for the first half of 2019 to 174,500 ounces"
        far = (f for p, f in mains if 0 < p - measure.end < 240)
        to = next((f for f in far if FROM_TO.fullmatch(text, measure.end, min(p for p, g in mains if g is f))), None)
    mains = [
        (p, f) for p, f in mains if not (f.metric is Metric.EPS and any(g.metric is Metric.NET_INCOME and q < p for q, g in mains))
    ]  # "net income was $15.8 million or $0.16 per share, an increase of 164%": of the net income
    ahead_of = [f for p, f in mains if p < measure.start and not (cue is not None and _names_other_metal(page, cue, f))]
    fact = to or (ahead_of[-1] if ahead_of else None)
    next_percent = next((m.start for m in measures[index + 1 :] if m.dimension == "percent"), sentence.end)
    last_percent = next((m.end for m in reversed(measures[:index]) if m.dimension == "percent"), sentence.start)
    against = next((f for p, f in others if measure.end <= p < next_percent), None)
    if against is None and others:
        against = next((f for p, f in reversed(others) if last_percent <= p < measure.start), None)
    if (
        fact is None
        or against is None
        or (fact.metric, fact.commodity, fact.unit, fact.basis, fact.asset)
        != (against.metric, against.commodity, against.unit, against.basis, against.asset)
    ):
        return fact, None, cue
    named = _compared_period(page, sentence, measure)
    return fact, against if named is None or named == against.period else None, cue


def _compared_period(page: Page, sentence: Sentence, measure: Measure) -> PeriodValue | None:
    """The period that a percentage is measured by, where it names one of its own."""
    led = OWN_COMPARISON.match(page.text, measure.end, sentence.end)
    if led is None:
        return None
    return next((p.value for p in within(page.periods, measure.end, sentence.end) if -8 <= p.start - led.end() <= 0), None)


def _moved_elsewhere(page: Page, sentence: Sentence, measure: Measure, cue: Word, facts: Mapping[str, Sequence[Fact]]) -> Fact | None:
    """The one figure of the release that a sentence without it speaks of: "silver production in August was 31% higher than in July"."""
    told = [p for p in within(page.periods, sentence.start, measure.start) if p.end <= measure.start]
    metals = {w.key for w in within(page.words, cue.start - 12, cue.end) if w.label == "commodity"}
    if len(told) != 1 or len(metals) > 1:
        return None
    found = [
        f for f in facts.get(cue.key, ()) if f.period == told[0].value and f.basis is Basis.ACTUAL and (not metals or f.commodity in metals)
    ]
    return found[0] if len(found) == 1 else None


def _stated_elsewhere(fact: Fact, period: PeriodValue, alike: Mapping[tuple[object, ...], Sequence[Fact]]) -> Fact | None:
    """The same figure of another period, stated in another sentence or a table; None where none or several are."""
    found = [f for f in alike.get(_kind(fact), ()) if f.period is not None and (f.period.start, f.period.end) == (period.start, period.end)]
    return found[0] if len(found) == 1 and found[0].id != fact.id else None


def _kind(fact: Fact) -> tuple[object, ...]:
    """What two figures must share to be compared."""
    return fact.metric, fact.commodity, fact.unit, fact.basis, fact.asset, fact.share


def _names_other_metal(page: Page, cue: Word, fact: Fact) -> bool:
    """Whether the cue behind a percentage names another metal than the figure ahead of it has."""
    names = [w.key for w in within(page.words, cue.start - 12, cue.end) if w.label == "commodity"]
    return bool(names) and fact.commodity is not None and fact.commodity not in names


def _bound(text: str, cue: Word, measure: Measure) -> bool:
    """Whether the cue ahead is the subject of the movement ("Revenue increased by 6%")."""
    return SUBJECT_TO_FIGURE.fullmatch(text, cue.end, measure.start) is not None


def _in_comparison(text: str, sentence: Sentence, word: Word) -> bool:
    return bool(
        re.search(
            r"(?:compared\s+(?:to|with)|versus|relative\s+to)\s+(?:the\s+)?$",
            text[max(sentence.start, word.start - 24) : word.start],
            re.IGNORECASE,
        )
    )


def _commodity(page: Page, sentence: Sentence, cue: Word | None, fact: Fact | None) -> str | None:
    if fact is not None and fact.commodity:
        return fact.commodity
    if cue is None:
        return None
    names = [w for w in within(page.words, sentence.start, sentence.end) if w.label == "commodity"]
    near = [w for w in names if cue.start - 12 <= w.start <= cue.end + 14]
    return near[0].key if near else None


def _absolute(page: Page, measures: Sequence[Measure], index: int, sentence: Sentence) -> Measure | None:
    """The same movement as an amount: "an increase of 1,150 ounces (+16%)"."""
    for other in (measures[index - 1] if index else None, measures[index + 1] if index + 1 < len(measures) else None):
        if other is None or other.dimension in ("percent", "count", "time", "number"):
            continue
        low, high = (other.end, measures[index].start) if other.start < measures[index].start else (measures[index].end, other.start)
        if not SAID_AGAIN.fullmatch(page.text, low, high):
            continue
        before = page.text[max(sentence.start, min(other.start, measures[index].start) - 40) : min(other.start, measures[index].start)]
        if MOVED_BY.search(before):
            return other
    return None


def _merge(changes: Sequence[Change]) -> list[Change]:
    """A movement said twice as one record."""
    merged: list[Change] = []
    evidence: list[dict[Evidence, None]] = []
    alike: dict[tuple[object, ...], list[int]] = {}
    for change in changes:
        places = alike.setdefault((change.percent, change.metric, change.commodity), [])
        twin = next((i for i in places if merged[i].fact == change.fact or (merged[i].fact is None) != (change.fact is None)), None)
        if twin is None:
            places.append(len(merged))
            merged.append(change)
            evidence.append(dict.fromkeys(change.evidence))
        else:
            first = merged[twin]
            merged[twin] = first.model_copy(update={"fact": first.fact or change.fact, "against": first.against or change.against})
            evidence[twin].update(dict.fromkeys(change.evidence))
    joined = [change.model_copy(update={"evidence": tuple(said)}) for change, said in zip(merged, evidence, strict=True)]
    return sorted(joined, key=lambda c: min(e.start for e in c.evidence))
