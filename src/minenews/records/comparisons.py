"""Comparisons inside a sentence: which figures are set against which, and which restate one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from minenews.marks.page import Measure, Page, Sentence, Word, within
from minenews.records.metric_fit import metric_here

MOVES = (
    r"(?:increas\w*|decreas\w*|declin\w*|improv\w*|reduc\w*|rise|rose|rising|drop\w*|fell|fall|growth|grew|gain\w*"
    r"|jump\w*|narrow\w*|climb\w*|up|down|higher|lower|more|less|above|below|better|worse|fewer)"
)
COMPARATOR = re.compile(
    rf"""
    \b(?:as\s+)?compare[sd]?\s+(?:to|with|against)\b | \bas\s+compared\b | \bcomparing\s+to\b | \bcompared\b
  | \bversus\b | \bvs\b\.? | \bagainst\b | \brelative\s+to\b | \bin\s+comparison\s+(?:to|with)\b
  | \b{MOVES}(?:\s+(?:slightly|sharply|significantly|substantially|marginally))?\s+from\b
  | \b{MOVES}\s+(?:by\s+)?(?:over|on|than)\b
  | (?:%|\bper\s?cent)\s+(?:(?:increase|decrease|improvement|decline|reduction|rise|drop|higher|lower|more|less|above|below)\s+)?
      (?:over|on|from|than|above|below|versus)\b
  | (?<!production\ )(?<!output\ )(?<!sales\ )(?<!revenue\ )(?<!ore\ )\bfrom\b(?=[^.;%]{{0,40}}\bto\s)
  | \bfrom\b(?=\s+(?:over\s+|about\s+|approximately\s+)?[$£€A-Z]{{0,4}}\s?[0-9])
  | \bfrom\s+(?:the\s+)?(?:previous|prior|last|preceding)\s+(?:year|quarter|month|period)(?:['’]s)?\b
  | \b(?:increase|decrease|improvement|decline|reduction)\s+of\s+(?:[^.;,]|\.(?=[0-9])){{1,30}}?\s(?:from|over|on)\b
  | \b(?:above|over|than)\s+(?=the\s+[^.;]{{0,40}}(?:quarter|year|period))
  | \(previously\b | \bpreviously\s+(?=[0-9$])
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that set what stands behind them against what stands ahead."""


@lru_cache(maxsize=64)
def find_comparators(sentence: str) -> tuple[tuple[int, int], ...]:
    """The spans of these words in a sentence; kept for a while, as each of its figures and periods asks for them."""
    return tuple(match.span() for match in COMPARATOR.finditer(sentence))


COMPARED_BEFORE = re.compile(r"(?:This|That|These|It|Which)\s+(?:is|was|were)?\s*compare[sd]?\b", re.IGNORECASE)
SAME_AMOUNT = {
    ("kg", "oz"): 32.1507,
    ("oz", "kg"): 1 / 32.1507,
    ("t", "st"): 1.10231,
    ("st", "t"): 0.907185,
    ("t", "lb"): 2204.62,
    ("lb", "t"): 1 / 2204.62,
    ("m", "ft"): 3.28084,
    ("ft", "m"): 0.3048,
    ("km2", "ha"): 100.0,
    ("ha", "km2"): 0.01,
    ("t", "oz"): 32150.7,
    ("oz", "t"): 1 / 32150.7,
    ("ha", "ha"): 1.0,
    ("g/t", "oz/st"): 1 / 34.2857,
    ("oz/st", "g/t"): 34.2857,
    ("t/d", "t/d"): 1.0,
    ("km", "km"): 1.0,
}


IN_PARENTHESES = re.compile(
    r"\s*(?:of\s+\w{3,12}\s+)?(?:(?:in|for|during|at|as\s+(?:at|of))\s+[\w\s]{2,24})?\(\s*(?:[A-Za-z0-9 ]{0,20}:\s*)?"
)
"""What leads from a figure to the one of an earlier period in parentheses: "12,300 t in Q2 2024 (Q1 2024: 11,900 t)"."""


WITH_PERIOD = re.compile(r"\(\s*(?=[^():]{0,24}[0-9])[A-Za-z0-9 ]{2,24}:[^()]{0,80}$")
"""What stands ahead of the figures of another period in parentheses: "93,180 oz at $2,460/oz (Q2 2024: 87,410 oz at $2,305/oz)"."""


ANOTHER_UNIT = re.compile(
    r"[^.;]{0,24}?[\s,]*\((?:or\s+|approximately\s+|~|equivalent\s+to\s+)?|\s+or\s+|/|\s+\(?equivalent to\s+",
)
"""What leads from a figure to the same one in another unit: "5,000 kg (160,754 oz)"."""


def restates(text: str, first: Measure, second: Measure) -> bool:
    """Whether the second figure is the first one in another unit or currency, in parentheses behind it."""
    if not ANOTHER_UNIT.fullmatch(text, first.end, second.start):
        return False
    if {first.dimension, second.dimension} <= {"money", "unit_money"} and (
        second.dimension == "money" or first.dimension == second.dimension
    ):
        return first.unit.partition("/")[0] != second.unit.partition("/")[0]
    factor = SAME_AMOUNT.get((first.unit, second.unit))
    return factor is not None and first.amount != 0 and abs(second.amount / (first.amount * factor) - 1) < 0.03


NEW_STATEMENT = re.compile(
    r"[0-9][^;]{0,60}?\band\s+(?:[\w-]+\s+){1,4}?(?:rose|fell|increased|decreased|improved|declined|was|were|totall?ed)\b", re.IGNORECASE
)
"""A figure, then the subject and verb of another one: "from 73.2 kt and gold production rose to"."""


JOINED_ON = re.compile(r"[;,]\s+(?:and|while|but|with|together|along|plus)\b")
"""What joins a new statement to a comparison."""


def is_against(text: str, comparators: Sequence[tuple[int, int]], measures: Sequence[Measure], index: int) -> bool:
    """Whether a figure is the second part of a comparison.

    It stands behind a comparator, or in parentheses behind a figure of its unit with a period.
    """
    measure = measures[index]
    for start, end in comparators:
        if end <= measure.start and measure.start - end < 110:
            word = text[start:end].lower()
            if not text[end : measure.start].endswith(", and ") and JOINED_ON.search(text, end, measure.start):
                continue  # a new statement begins between them
            if YEAR_AGO_AT.fullmatch(text, end, measure.start):
                continue
            second = any(
                end <= m.start
                and (m.unit, m.dimension) == (measure.unit, measure.dimension)
                and not (measure.commodity and m.commodity and measure.commodity != m.commodity)
                for m in measures[:index]
            )
            if second and not (
                index and AND_ANOTHER.fullmatch(text, measures[index - 1].end, measure.start) and not word.startswith("from")
            ):
                continue  # the first figure of that unit behind the comparator is the one compared with
            if word.startswith("from") and not any(m.unit == measure.unit for i, m in enumerate(measures) if i != index):
                continue
            if NEW_STATEMENT.search(text, end, measure.start):
                continue
            return True
    if WITH_PERIOD.search(text, max(measures[0].start, measure.start - 110), measure.start):
        return any((m.unit, m.dimension) == (measure.unit, measure.dimension) for m in measures[:index])
    before = measures[index - 1] if index else None
    return (
        before is not None
        and before.unit == measure.unit
        and before.dimension == measure.dimension
        and not (measure.commodity and measure.commodity != before.commodity)  # "7,940 ounces (8,115 GEOs)": said in another way
        and bool(IN_PARENTHESES.fullmatch(text, before.end, measure.start))
    )


YEAR_AGO_AT = re.compile(
    r"\s+(?:a\s+year\s+(?:ago|earlier|before)|the\s+(?:previous|prior)\s+(?:year|quarter|month|period))\s+(?:at|to)\s+"
)
"""Between a comparator and the new figure: "rose 9% from a year ago at"."""
AND_ANOTHER = re.compile(r"(?:\s+(?:last|in\s+the)\s[^.;,0-9]{0,30}?)?\s+and\s+")
"""Between two figures that are both compared with: "compared to $1.2 million last quarter and"."""
RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


def respective_cues(page: Page, sentence: Sentence, measures: Sequence[Measure], words: Sequence[Word]) -> dict[int, Word]:
    """Cues by start of figure where "respectively" pairs them in order."""
    pairs: dict[int, Word] = {}
    begin = sentence.start
    for found in RESPECTIVELY.finditer(page.text, sentence.start, sentence.end):
        before = [m for m in measures if begin <= m.start and m.end <= found.start()]
        cues = [w for w in words if begin <= w.start and w.end <= found.start()]
        cues = [w for i, w in enumerate(cues) if i + 1 == len(cues) or cues[i + 1].key != w.key]
        begin = found.end()
        for size in range(2, min(7, len(before) + 1)):
            run = before[-size:]
            named = [w for w in cues if w.end <= run[0].start][-size:]
            if (
                len({w.key for w in named}) == size
                and named[-1].end > run[0].start - 60
                and all(metric_here(page, w, m) for w, m in zip(named, run, strict=True))
            ):
                pairs.update((m.start, w) for m, w in zip(run, named, strict=True))
                break
    return pairs


def respective_metals(page: Page, sentence: Sentence, measures: Sequence[Measure]) -> dict[int, Word]:
    """Metals by start of figure where "respectively" pairs them in order ("silver and gold production was X and Y, respectively").

    Each "respectively" pairs the figures since the one before it; the metals are named once, ahead of the first of them.
    """
    pairs: dict[int, Word] = {}
    start = sentence.start
    names: list[Word] = []
    for found in RESPECTIVELY.finditer(page.text, sentence.start, sentence.end):
        end = found.start()
        run = [m for m in measures if start <= m.start and m.end <= end and m.dimension in ("mass", "money", "unit_money", "grade")]
        start = end
        if not 2 <= len(run) <= 4 or len({m.unit for m in run}) != 1:
            continue
        names = [w for w in within(page.words, sentence.start, run[0].start) if w.label == "commodity"] if not pairs else names
        if len(names) == len(run) == len({w.key for w in names}):
            pairs.update((m.start, w) for m, w in zip(run, names, strict=True))
    return pairs
