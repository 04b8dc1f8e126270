"""Vocabulary words: commodities and metrics, found by spaCy's SpanRuler with one phrase pattern a vocabulary row.

The id of a pattern is the term that the word stands for ("production" of "ounces poured"), so a found span needs no second look-up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from minenews.marks.overlap import longest
from minenews.marks.page import Word
from minenews.vocab.load import load_rows

if TYPE_CHECKING:
    from spacy.pipeline.span_ruler import PatternType
    from spacy.tokens import Doc, Span

UNIT_ONLY = frozenset(row["form"] for row in load_rows("commodities") if row["case"] == "unit")
AFTER_UNIT = re.compile(r"(?:%|ppm|ppb|g/t|gpt|kg/t)\s?$")
METAL_BEFORE = re.compile(
    r"(?:\bof|zinc|silver|copper|gold|payable|pounds|lbs?|tonnes|%|refined|contained|metal|Zn|Ag|Cu)(?:[\s,/-]|\band\b)*$", re.IGNORECASE
)
NOT_METAL = re.compile(
    r"\s+(?:to|the|by|a|an|our|us|times?|underwriter|manager|author|agent|role|director|order|agents|investor|independent)\b|\s+in\s+the",
    re.IGNORECASE,
)
METAL_AFTER = re.compile(
    r"[\s,/-]*(?:and\s+|or\s+)?(?:zinc|silver|copper|gold|production|grades?|concentrates?|recover|metal|sold|produced|ore|price|equivalent|mine\b|output|sales|in\s+concentrate)",
    re.IGNORECASE,
)


def word_patterns() -> list[PatternType]:
    """Phrase patterns for the ruler on lower case: metrics, and commodities that are ordinary words."""
    patterns: list[PatternType] = [
        {"label": "METRIC", "pattern": form, "id": row["metric"]} for row in load_rows("metrics") for form in _variants(row["form"])
    ]
    return patterns + [
        {"label": "COMMODITY", "pattern": form, "id": row["commodity"]}
        for row in load_rows("commodities")
        if not row["case"] or row["form"] in ("lead", "tin")
        for form in _variants(row["form"])
    ]


def symbol_patterns() -> list[PatternType]:
    """Phrase patterns for the ruler on exact spelling: commodity symbols (Au, U3O8)."""
    return [
        {"label": "COMMODITY", "pattern": row["form"], "id": row["commodity"]}
        for row in load_rows("commodities")
        if row["case"] and row["form"] not in ("lead", "tin")
    ]


def _variants(form: str) -> list[str]:
    """A form with hyphens, and with blanks in their place."""
    return [form, form.replace("-", " ")] if "-" in form else [form]


def find_words(doc: Doc, text: str) -> list[Word]:
    """The metric and commodity words that the rulers marked in `doc.spans`, in reading order; `text` is that of the Doc.

    Of overlapping ones of one kind the longest is taken.
    """
    metrics: list[Word] = []
    commodities: list[Word] = []
    for span in (*doc.spans.get("words", ()), *doc.spans.get("symbols", ())):
        if span.label_ == "METRIC":
            metrics.append(Word(span.start_char, span.end_char, "metric", span.id_, "metric_word"))
        elif _is_commodity(text, span):
            commodities.append(Word(span.start_char, span.end_char, "commodity", span.id_, "commodity_word"))
    return sorted((*longest(metrics), *longest(commodities)), key=lambda w: (w.start, w.end))


def _is_commodity(text: str, span: Span) -> bool:
    """Whether a word that is also an ordinary word (lead, Co) is meant as a metal here."""
    form = span.text
    if form.lower() == "lead":
        after = text[span.end_char : span.end_char + 24]
        if METAL_AFTER.match(after):
            return True
        return not NOT_METAL.match(after) and bool(METAL_BEFORE.search(text, max(0, span.start_char - 14), span.start_char))
    if form.lower() == "diamond" and re.match(
        r"[\s-]+(?:drill|core|hole|bit|saw|rig|tail)", text[span.end_char : span.end_char + 8], re.IGNORECASE
    ):
        return False
    if form in UNIT_ONLY and form != "tin":
        return bool(AFTER_UNIT.search(text, max(0, span.start_char - 8), span.start_char))
    return True


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a short string such as a table cell; offsets index that string."""
    from minenews.marks.pipeline import load

    nlp = load()
    doc = nlp.make_doc(text)
    for name in ("words", "symbols"):
        doc = nlp.get_pipe(name)(doc)
    return tuple(find_words(doc, text))


def metric_of(form: str) -> str | None:
    """The metric that a label names ("Gold head grade (g/t)"): that of its longest metric word, None if it has none."""
    words = [w for w in words_of(form) if w.label == "metric"]
    return max(words, key=lambda w: w.end - w.start).key if words else None
