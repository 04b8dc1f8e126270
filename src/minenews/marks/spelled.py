"""Quantities spelled in words ("two and a half million ounces"), read by quantulum3 with a closed set of units."""

from __future__ import annotations

import logging
import re
import warnings
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from minenews.marks.flow import fold_case
from minenews.marks.page import Measure
from minenews.marks.quantity_words import commodity_in, unit_row
from minenews.models import Bound
from minenews.vocab.alternation import alternation
from minenews.vocab.load import load_rows

if TYPE_CHECKING:
    from types import ModuleType


TWO_NUMBERS = re.compile(r"\b(hundred|thousand|million|billion)\b.{0,60}\b\1\b", re.IGNORECASE)
"""One scale twice: "eight-million and ten-million" are two numbers."""


@cache
def _number_word() -> re.Pattern[str]:
    """A word that a spelled number may begin with, in lower case."""
    return re.compile(rf"{alternation((), exact=_words())}(?![a-z])")


@cache
def _spelled() -> re.Pattern[str]:
    """Up to eight number words, then a unit."""
    words = alternation(_words())
    tail = alternation([*_words(), "hundred", "thousand", "million", "billion", "half", "a half", "a quarter"])
    units = alternation(row["form"] for row in load_rows("units") if len(row["form"]) > 2 and row["form"][0].isalpha())
    return re.compile(
        rf"""(?P<number> {words} (?: [\s-]{{1,3}} (?:(?i:and)\s{{1,3}}(?:(?i:a)\s{{1,3}})?)? {tail} (?![A-Za-z]) ){{0,7}} ) [\s-]{{1,3}}
        (?P<filler>(?:[a-z]{{1,20}}[\s-]{{1,3}})??) (?P<unit>{units})(?![\w/])""",
        re.VERBOSE,
    )


def _words() -> list[str]:
    return [row["form"] for row in load_rows("numbers") if row["kind"] == "word"]


@cache
def load_parser() -> ModuleType:
    """quantulum3's parser with our closed set of units; its caches are process-wide, so this runs once, before any parse."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it advises an optional classifier that we do not want
        import quantulum3.classifier
        from quantulum3 import load, parser

    quantulum3.classifier.USE_CLF = False
    units = {"dimensionless": _unit_entry("dimensionless", "dimensionless")}
    for row in load_rows("units"):
        entry = units.setdefault(f"{row['unit']} x {row['factor']}", _unit_entry(row["dimension"], row["unit"]))
        entry["surfaces"].append(row["form"])
    dimensions = {row["dimension"] for row in load_rows("units")} | {"dimensionless"}
    load.load_custom_entities({dimension: {"dimensions": [], "URI": dimension} for dimension in dimensions})
    load.load_custom_units(units)
    load.clear_caches()
    module: ModuleType = parser
    return module


def _unit_entry(dimension: str, unit: str) -> dict[str, Any]:
    """A unit as quantulum3 wants it."""
    return {"surfaces": [], "entity": dimension, "URI": unit, "dimensions": [], "symbols": []}


@lru_cache(maxsize=4096)
def read_number_words(written: str) -> float | None:
    """The number that words spell ("one hundred and twenty"), read by quantulum3; None if they spell none."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        found = load_parser().parse(written)
    finally:
        root.handlers[:], root.level = handlers, level
    return float(found[0].value) if len(found) == 1 else None


def find_spelled(text: str) -> list[Measure]:
    """Spelled quantities of a text, in reading order."""
    found: list[Measure] = []
    reached = 0
    for word in _number_word().finditer(fold_case(text)):
        start = word.start()
        if start < reached or (start and (text[start - 1].isalnum() or text[start - 1] in "_-")):
            continue
        match = _spelled().match(text, start)
        if match is None:
            continue
        reached = match.end()
        if TWO_NUMBERS.search(match["number"]):
            continue
        row = unit_row(match["unit"])
        number = read_number_words(" ".join(match["number"].lower().replace("-", " ").split()))
        if row is None or number is None:
            continue
        value, written = number * float(row["factor"]), " ".join(match[0].split())
        commodity = row["commodity"] or commodity_in(match["filler"].strip(" -"))
        found.append(
            Measure(
                start, reached, value, None, None, Bound.EXACT, row["unit"], row["dimension"], written, "quantity_spelled", "", commodity
            )
        )
    return found
