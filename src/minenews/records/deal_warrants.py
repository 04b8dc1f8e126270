"""The terms of warrants and options: what it costs to exercise them, and for how long they live."""

from __future__ import annotations

import re

from minenews.marks.page import Measure, Page, Sentence, within
from minenews.records.deal_terms import Term, is_price, term_of, terms_end

EXERCISE = re.compile(r"\b(?:exercis\w{1,6}|strike|entitl\w{1,5}|purchase(?!\swarrants?)|acquire|subscribe)\b", re.IGNORECASE)
WARRANT = re.compile(r"\bwarrants?\b", re.IGNORECASE)


def is_exercise(page: Page, start: int, measure: Measure) -> bool:
    """Whether a price is what a warrant or option costs to exercise."""
    before = page.text[max(start, measure.start - 120) : measure.start]
    return bool(WARRANT.search(before) and EXERCISE.search(before)) or bool(
        re.search(r"exercis\w{1,6}\s(?:price\s)?(?:at|of)?\s?(?:a\sprice\sof\s)?$", before, re.IGNORECASE)
    )


def find_exercise_price(page: Page, sentence: Sentence) -> Term | None:
    """The exercise price of options that a sentence speaks of."""
    if not re.search(r"\boptions?\b", page.text[sentence.start : sentence.end], re.IGNORECASE):
        return None
    price = next((m for m in within(page.quantities, sentence.start, sentence.end) if is_price(page, m)), None)
    return term_of(price) if price else None


def find_warrant_terms(page: Page, sentence: Sentence) -> tuple[Term | None, Term | None]:
    """The exercise price and the life in months of the warrants that a sentence describes; (None, None) where it describes none."""
    end = terms_end(page, sentence)
    if not WARRANT.search(page.text, sentence.start, end) or not EXERCISE.search(page.text, sentence.start, end):
        return None, None
    inside = within(page.quantities, sentence.start, end)
    prices = [m for m in inside if is_price(page, m) and is_exercise(page, sentence.start, m)]
    if not prices:
        return None, None
    months = next(
        (m for m in inside if m.dimension == "time" and m.unit in ("year", "month") and m.start > sentence.start and _is_term(page, m)),
        None,
    )
    life = Term(months.amount * (12 if months.unit == "year" else 1), "month", months.start, months.end) if months else None
    return term_of(prices[0]), life


def _is_term(page: Page, measure: Measure) -> bool:
    """Whether a length of time is the life of a security."""
    before = page.text[max(0, measure.start - 30) : measure.start].lower()
    return bool(
        re.search(
            r"(?:period of|for|within|until|term of|expir\w{1,5}|on or before|up to|prior to|date that is)"
            r"\s(?:a\s|the\s)?(?:period of\s|term of\s)?(?:\w{3,6}\s\()?$",
            before,
        )
    ) or bool(re.match(r"\)?\s?(?:from|after|following|term|period)", page.text[measure.end : measure.end + 16]))
