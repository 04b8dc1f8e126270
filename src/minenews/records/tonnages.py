"""Amounts of ore in a block of prose: tonnage, grades and contained metal that belong together.

"45.2 Mt grading 1.3 g/t Au for 1.9 Moz", "21.7 million pounds of U3O8 at 0.52% contained in 1.9 million tonnes",
"814,000 ounces of gold (19.8 million tonnes at 1.28 g/t)". As with drill intervals, every word between two figures must be
one that may stand there (vocab/resource_words.csv).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from minenews.marks.page import Measure, Page, Word, within
from minenews.marks.quantities import read_quantity
from minenews.models import Bound
from minenews.records.assay_marks import CUTOFF_LEFT, CUTOFF_RIGHT, GRAMS, OUNCES
from minenews.records.assays import DEFINED, FOOTNOTE, SENTENCE_END, TOKEN
from minenews.records.categories import Category
from minenews.records.metals import add_partners
from minenews.vocab.load import load_rows

SHORT_TON = 0.90718474
SMALLEST = 1_000.0
"""Tonnes below which nothing is a resource."""

BULK = frozenset({"iron_ore", "coal", "bauxite", "phosphate", "potash", "silica", "manganese", "graphite", "ilmenite", "diamonds"})
"""Commodities whose tonnes are tonnes of ore."""

NOT_STOCK = re.compile(
    r"""\b(?: increase[ds]?\s+(?:of|by)(?:\s+an?\s+additional)? | decrease[ds]?\s+(?:of|by)
            | addition(?:al)?\s+of | add(?:ed|ing|ition\s+of) | grew\s+by | growth\s+of | reduc(?:ed|tion)\s+(?:of|by) | depletion\s+of
            | deplet(?:ed|ing) | gain\s+of | an?\s+additional | produc(?:ed|es|ing|tion\s+of) | mined | milled | treat(?:ed|ing)
                | process(?:ed|ing) | capacity\s+of | up\s+from | down\s+from | compared\s+(?:to|with) | versus
            | previous(?:ly)?(?:\s+(?:reported|estimate|estimate\s+of|resource\s+of))? | prior(?:\s+estimate)?(?:\s+of)?
                | earlier\s+estimate\s+of | target(?:s|ed|ing)?(?:\s+of)? | potential(?:\s+for)? | between | yield(?:ed|ing)?
            | past\s+production\s+of | (?:reserves?|resources?)\s+by | sold | sales\s+of | sample\s+of | bulk\s+sample\s+of )
        (?: \s+(?:of|to|for|about|approximately|almost|nearly|around|some|over|more
            |than|a|an|the|totalling|total|historically|in) ){0,3} \s* [~(]? $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before an amount that is no stock in the ground: a change, an output, an earlier estimate."""

BESIDE = re.compile(r"\b(?:with|and|plus)\s(?:an?\s)?(?:additional|further)\s$", re.IGNORECASE)
"""Words before an amount of another category, which is no change: with an additional 8 Mt of Inferred resource at 1.2 g/t."""
MOVED_FROM = re.compile(r"\bfrom\s+(?:about\s+|approximately\s+|some\s+|a\s+|the\s+)?$", re.IGNORECASE)
RATE_RIGHT = re.compile(r"\s?(?:per|/|a)\s?(?:annum|year|day|month|hour|vertical|yr|d\b)|\s(?:annually|daily)\b", re.IGNORECASE)
UNIT_AFTER_CATEGORY = re.compile(
    r"\s(?:mineral\s|resource\s){0,2}(?P<rest>(?:[A-Za-z-]{2,12}\s){0,3}(?:ounces|oz|pounds|lbs|tonnes))\b", re.IGNORECASE
)
"""What follows a category between a number and its unit: 1,763,000 indicated gold equivalent ounces."""


CATEGORY_BETWEEN = re.compile(
    r"\)|\s(?:iron\s)?ore\s"
    r"|\s(?:mineral\s)?(?:resource\s)?(?:categor(?:y|ies)|classification)\b|\s(?:mineral\s)?resources?\s?[(:]"
    r"|\s(?:mineral\s|ore\s)?(?:resources?|reserves?)\s(?:at|grading|averaging)\s(?:an?\s(?:average\s)?grade\sof\s)?$",
    re.IGNORECASE,
)
"""What follows a category that stands between two figures of one line: 2.0 Mt at 1.5 g/t in Indicated categories (96 koz)."""

CATEGORY_WORD = re.compile(r"categor(?:y|ies)|classification|\b(?:mineral\s|ore\s)?(?:resources?|reserves?)\b", re.IGNORECASE)


INCLUDING = re.compile(r"\b(?:including|of\s+which|plus)\s+(?:about\s+|approximately\s+)?$", re.IGNORECASE)
GOES_ON = re.compile(r"[^.;,]{0,70}\b(?:and|or|plus)\s(?:(?:about|almost|some|approximately|nearly|over)\s)?")
"""What leads from one change to the next: adding 29 million ounces of reserves or | 44 million ounces."""

OF_STOCKPILES = re.compile(
    r"\s(?:is\s|are\s)?(?:of|in|from|held\s+in)\s(?:[a-z-]{1,14}\s)?(?:stockpiles?|tailings|dumps?)\b", re.IGNORECASE
)
"""A part of an estimate that lies in stockpiles, which is no line of its own."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a statement. `kind`: T tonnage in tonnes, G grade, C contained metal."""

    kind: str
    start: int
    end: int
    value: float
    unit: str
    commodity: str | None
    least: bool = False


@dataclass(slots=True)
class Amount:
    """What one line of a statement gives: at most one tonnage, grades, contained metal."""

    start: int
    end: int
    tonnes: Figure | None = None
    grades: list[Figure] = field(default_factory=list)
    contained: list[Figure] = field(default_factory=list)
    inside: Category | None = None
    least: bool = False  # "at least"

    def add(self, figure: Figure) -> None:
        if figure.kind == "T":
            self.tonnes = figure
        else:
            (self.grades if figure.kind == "G" else self.contained).append(figure)
        self.start, self.end = min(self.start, figure.start), max(self.end, figure.end)

    def takes(self, figure: Figure) -> bool:
        """Whether the place of a figure is still free."""
        if figure.kind == "T":
            return self.tonnes is None
        same = self.grades if figure.kind == "G" else self.contained
        return all(other.commodity != figure.commodity or (figure.commodity is None and not same) for other in same)


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(row["word"].lower() for row in load_rows("resource_words") if row["role"] == role)


def find_amounts(page: Page, start: int, end: int, categories: Sequence[Category]) -> list[Amount]:
    """The amounts stated in page.text[start:end], in reading order."""
    words = [w for w in within(page.words, start, end) if w.label == "commodity"]
    figures = _figures(page, start, end, words, categories)
    found: list[Amount] = []
    for figure, category in figures:
        if INCLUDING.search(page.text, max(start, figure.start - 40), figure.start) and OF_STOCKPILES.match(page.text, figure.end):
            continue
        current = found[-1] if found else None
        if current is not None and current.tonnes is not None and figure.kind == "T" and figure.commodity is not None:
            figure = replace(figure, kind="C")  # 93.9 million tonnes of iron, after the tonnage
        if current is not None and _is_share(page.text, current, figure):
            figure = replace(figure, kind="C", commodity=current.contained[-1].commodity)
            category = None
        elif (
            current is not None
            and current.takes(figure)
            and category is None
            and _joined(page.text, current.end, figure.start, words, categories, current)
        ):
            current.add(figure)
            continue
        amount = Amount(figure.start, figure.end, inside=category, least=figure.least)
        amount.add(figure)
        found.append(amount)
    kept: list[Amount] = []
    other: Amount | None = None  # the amount before, where it is no stock
    for amount in found:
        if _is_other(page.text, start, amount) or (other is not None and GOES_ON.fullmatch(page.text, other.end, amount.start)):
            other = amount
            continue
        other = None
        if _is_stock(amount):
            kept.append(amount)
    return kept


def _is_share(text: str, whole: Amount, figure: Figure) -> bool:
    """Whether a tonnage is a share of the metal said before it: 600,000 t of LCE - 200,000 t proved, 400,000 t probable."""
    if figure.kind != "T" or figure.commodity is not None or whole.tonnes or whole.grades or not whole.contained:
        return False
    gap = text[whole.end : figure.start]
    return whole.contained[-1].unit == "t" and len(gap) < 40 and re.search(r"\b(?:at|in|grading|contained|from|of)\b|[.;]", gap) is None


def _figures(
    page: Page, start: int, end: int, words: Sequence[Word], categories: Sequence[Category]
) -> list[tuple[Figure, Category | None]]:
    text = page.text
    found: list[tuple[Figure, Category | None]] = []
    for measure in within(page.quantities, start, end):
        if measure.value is None or measure.value <= 0 or measure.bound is Bound.RANGE:
            continue
        stop, commodity = _metal_after(text, measure, words)
        if commodity is None and measure.dimension == "percent":
            commodity = _metal_of_grade(text, measure, words) or _metal_of_last(text, measure, found)
        if commodity is not None and measure.dimension in ("grade", "percent"):
            stop, commodity = add_partners(text, measure.end, stop, commodity)
        if measure.unit == "g" or (measure.unit == "oz" and OUNCES.match(text, stop)):
            unit = "g/t" if measure.unit == "g" else "oz/st"
            per = (GRAMS if measure.unit == "g" else OUNCES).match(text, measure.end)
            found.append((Figure("G", measure.start, max(stop, per.end()) if per else stop, measure.value, unit, commodity), None))
        elif measure.dimension == "number":
            read = _through_category(text, measure, categories)
            if read is not None:
                found.append(read)
        elif measure.dimension == "grade" or (
            measure.dimension == "percent" and (commodity is not None or _is_grade_of_last(text, measure, found))
        ):
            if not (
                CUTOFF_LEFT.search(text, max(start, measure.start - 50), measure.start)
                or CUTOFF_RIGHT.match(text, stop, min(end, stop + 40))
            ):
                found.append((Figure("G", measure.start, stop, measure.value, measure.unit, commodity), None))
        elif measure.dimension == "mass" and not RATE_RIGHT.match(text, stop):
            found.append((_mass(measure, stop, commodity), None))
    return found


def _metal_after(text: str, measure: Measure, words: Sequence[Word]) -> tuple[int, str | None]:
    """End of a figure with its metal, and the metal."""
    stop, commodity = measure.end, measure.commodity
    for word in within(words, measure.end, measure.end + 60):
        if word.start < measure.end + 30:
            if not re.fullmatch(
                r"[0-9]{0,2}\.?\s?(?:\(\s?[“\"][^”\"()]{1,12}[”\"]\s?\)\s)?(?:of\s|\()?(?:total\s|contained\s|payable\s|recoverable\s)?|\s(?:metal\s)?",
                text[stop : word.start],
            ):
                break
            if commodity is None or word.key.endswith("_equivalent") or word.key == commodity:
                stop, commodity = word.end, word.key
    return stop, commodity


GRADE_OF = re.compile(r"(?:[\"”'’]?\)|\s?\([^()]{1,14}\))?\sgrades?\s(?:of|at|averaging)\s(?:about\s|approximately\s)?")
"""What stands between a metal and its grade: a nickel equivalent ("NiEq") | grade of 1.03%."""


def _metal_of_grade(text: str, measure: Measure, words: Sequence[Word]) -> str | None:
    """The metal named right before a percentage that the text calls its grade."""
    before = within(words, measure.start - 60, measure.start)
    return next((w.key for w in before if GRADE_OF.fullmatch(text, w.end, measure.start)), None)


AT = re.compile(r"[0-9]{0,2}\s(?:at|@|grading|averaging)\s")


def _metal_of_last(text: str, measure: Measure, found: Sequence[tuple[Figure, Category | None]]) -> str | None:
    """The metal of the figure right before a percentage: 7.1 million tonnes of copper at 0.4%."""
    last = found[-1][0] if found else None
    return last.commodity if last is not None and last.kind == "C" and AT.fullmatch(text, last.end, measure.start) else None


GRADED = re.compile(
    r"\s(?:at|@|grading|averaging|with)\s(?:an?\s)?(?:(?:average|mean|head|overall)\s)?(?:grade\s(?:of\s)?)?(?:(?:about|approximately)\s)?"
)
"""What stands between a tonnage and its grade."""


def _is_grade_of_last(text: str, measure: Measure, found: Sequence[tuple[Figure, Category | None]]) -> bool:
    """Whether a percentage without a metal is the grade of the tonnage right before it: 56 million tonnes at 0.39%."""
    last = found[-1][0] if found else None
    return last is not None and last.kind == "T" and GRADED.fullmatch(text, last.end, measure.start) is not None


def _mass(measure: Measure, stop: int, commodity: str | None) -> Figure:
    value, unit, least = measure.value or 0.0, measure.unit, measure.bound is Bound.MIN
    if unit in ("t", "st") and (commodity is None or commodity in BULK):
        return Figure("T", measure.start, stop, value * (SHORT_TON if unit == "st" else 1.0), "t", commodity, least)
    return Figure("C", measure.start, stop, value, unit, commodity, least)


def _through_category(text: str, measure: Measure, categories: Sequence[Category]) -> tuple[Figure, Category] | None:
    """A figure whose unit stands after its category."""
    category = next((c for c in within(categories, measure.end, measure.end + 60) if 0 < c.start - measure.end <= 2), None)
    if category is None:
        return None
    tail = UNIT_AFTER_CATEGORY.match(text[category.end : category.end + 60])
    read = read_quantity(f"{measure.as_written} {tail['rest']}") if tail else None
    if tail is None or read is None or read.value is None:
        return None
    return _mass(
        Measure(measure.start, category.end + tail.end(), read.value, None, None, read.bound, read.unit, "mass", "", ""),
        category.end + tail.end(),
        read.commodity,
    ), category


NOTE_MARK = re.compile(r"^[0-9]{1,2}(?=\s)")
"""The mark of a footnote glued to the unit before: 77 million ounces2 at 1.65 g/t."""


def _joined(text: str, start: int, end: int, words: Sequence[Word], categories: Sequence[Category], amount: Amount) -> bool:
    """Whether the words between two figures keep them together."""
    if end - start > 110 or end < start:
        return False
    gap, inside = NOTE_MARK.sub(" ", text[start:end]), None
    for word in within(words, start, end):
        gap = gap[: word.start - start] + " " * (word.end - word.start) + gap[word.end - start :]
    for category in within(categories, start, end):
        if amount.inside is not None or (not CATEGORY_BETWEEN.match(text, category.end, end) and text[category.start - 1] != "("):
            return False
        inside = category
        gap = gap[: category.start - start] + " " * (category.end - category.start) + gap[category.end - start :]
        gap = CATEGORY_WORD.sub("", gap)
    if SENTENCE_END.search(gap):
        return False
    allowed = _words("join")
    if not all(
        token.lower() in allowed or token in "(),@&+=-–—~/:\"“”'’[]*." for token in TOKEN.findall(FOOTNOTE.sub(" ", DEFINED.sub(" ", gap)))
    ):
        return False
    amount.inside = amount.inside or inside
    return True


def _is_stock(amount: Amount) -> bool:
    """Whether an amount is large enough for a deposit."""
    return amount.tonnes.value >= SMALLEST if amount.tonnes else bool(amount.contained)


def _is_other(text: str, floor: int, amount: Amount) -> bool:
    """Whether an amount is a change, an output, or the earlier of two estimates."""
    left = text[max(floor, amount.start - 70) : amount.start]
    if amount.inside is not None and BESIDE.search(left):
        return False
    return bool(NOT_STOCK.search(left) or (MOVED_FROM.search(left) and re.search(r"\bto\b", text[amount.end : amount.end + 80])))


def follows_amount(text: str, start: int, end: int) -> bool:
    """Whether a category at `end` belongs to the amount that ends at `start`: "1.9 Moz in the Indicated category"."""
    gap = re.sub(r"^\s?,\s(?=(?:all|which|both)\b)", " ", FOOTNOTE.sub(" ", text[start:end]))
    if end - start > 50 or SENTENCE_END.search(gap):
        return False
    tokens = [token.lower() for token in TOKEN.findall(gap)]
    allowed = _words("after")
    if not all(token in allowed or token in '([“"-–)' for token in tokens):
        return False
    return not tokens or any(
        token in ("in", "as", "of", "is", "are", "(", "[", "were", "was", "within", "-", "–", "under", "all", "for")
        or token in allowed - {"and", "a", "an"}
        for token in tokens
    )
