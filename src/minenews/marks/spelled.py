"""Quantities spelled in words ("two and a half million ounces"), read by quantulum3 with a closed set of units."""

from __future__ import annotations

import logging
import re
import warnings
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from minenews.marks.page import Measure
from minenews.models import Bound
from minenews.vocab.load import load_rows, phrase

if TYPE_CHECKING:
    from types import ModuleType


@cache
def _spelled() -> re.Pattern[str]:
    """Up to eight number words, then a unit."""
    words = "|".join(r["form"] for r in load_rows("numbers") if r["kind"] == "word")
    scales = "hundred|thousand|million|billion"
    units = "|".join(phrase(r["form"]) for r in sorted(load_rows("units"), key=lambda r: len(r["form"]), reverse=True) if len(r["form"]) > 2 and r["form"][0].isalpha())
    return re.compile(
        rf"(?<![\w-])(?P<number>(?:(?:{words})(?:[\s-](?:and\s(?:a\s)?)?(?:{words}|{scales}|half|a\s+half)){{0,7}}))[\s-](?P<filler>(?:[a-z]+[\s-])??)(?P<unit>{units})(?![\w])",
        re.IGNORECASE,
    )


@cache
def load_parser() -> ModuleType:
    """quantulum3's parser with our closed set of units; its caches are process-wide, so this runs once, before any parse."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it advises an optional classifier that we do not want
        import quantulum3.classifier
        from quantulum3 import load, parser

    quantulum3.classifier.USE_CLF = False
    entities = {d: {"name": d, "dimensions": [], "URI": d} for d in {r["dimension"] for r in load_rows("units")}}
    entities["dimensionless"] = {"name": "dimensionless", "dimensions": [], "URI": "dimensionless"}
    units: dict[str, dict[str, object]] = {"dimensionless": {"surfaces": [], "entity": "dimensionless", "URI": "dimensionless", "dimensions": [], "symbols": []}}
    for row in load_rows("units"):
        unit = units.setdefault(f"{row['unit']} x {row['factor']}", {"surfaces": [], "entity": row["dimension"], "URI": row["unit"], "dimensions": [], "symbols": []})
        surfaces = unit["surfaces"]
        assert isinstance(surfaces, list)
        surfaces.append(row["form"])
    load.load_custom_entities({name: {k: v for k, v in e.items() if k != "name"} for name, e in entities.items()})
    load.load_custom_units(units)
    load.clear_caches()
    return parser


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
    from minenews.marks.quantities import unit_row

    found: list[Measure] = []
    for match in _spelled().finditer(text):
        row = unit_row(match["unit"])
        number = read_number_words(" ".join(match["number"].lower().replace("-", " ").split()))
        if row is None or number is None:
            continue
        start, end = match.span()
        found.append(Measure(start, end, number * float(row["factor"]), None, None, Bound.EXACT, row["unit"], row["dimension"], " ".join(match[0].split()), "quantity_spelled", "", row["commodity"] or None))
    return found
