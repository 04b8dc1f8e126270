"""Which metric a cue names for a quantity of a given dimension and unit."""

from __future__ import annotations

import re
from functools import cache

from minenews.marks.page import Measure, Page, Word
from minenews.vocab.load import load_rows

GENERIC_COST = re.compile(r"(?:unit\s+)?(?:operating|production|unit)\s+costs?", re.IGNORECASE)
BULK = frozenset(
    {
        "coal",
        "iron_ore",
        "bauxite",
        "spodumene",
        "lithium",
        "manganese",
        "phosphate",
        "potash",
        "graphite",
        "diamonds",
        "rare_earths",
        "silica",
    }
)
"""Commodities of which tonnes mined or processed may be the ore itself."""
PRECIOUS = frozenset({"gold", "silver", "platinum", "palladium", "platinum_group", "gold_equivalent", "silver_equivalent"})


@cache
def _dimensions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in load_rows("metrics"):
        found.setdefault(row["metric"], set()).update(row["dimensions"].split())
    return {metric: frozenset(d) for metric, d in found.items()}


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
    if metric == "grade" and dimension == "percent" and cue.lower().endswith(("yield", "yields")):
        return None
    if metric == "aisc" and dimension != "unit_money":
        return None
    if metric in ("net_income", "ebitda", "revenue", "operating_cash_flow") and dimension == "share_money":
        return "eps" if metric == "net_income" else None
    if (
        metric == "net_income"
        and dimension == "money"
        and abs(measure.amount) < 100
        and not measure.as_written.rstrip(")").endswith("illion")
    ):
        return "eps"  # "earnings of $0.12": no company earns twelve cents
    if metric == "strip_ratio":
        return metric if dimension == "number" and abs(measure.amount) < 60 else None
    return metric if dimension in _dimensions()[metric] else None


def metric_here(page: Page, word: Word, measure: Measure) -> str | None:
    """The metric that a word names for a figure, by the word as it is written."""
    return fit_metric(word.key, measure, page.text[word.start : word.end])


def metric_of_metal(metric: str, measure: Measure, commodity: str | None) -> str:
    """The metric where the metal is known: mined gold in kilograms is metal made, not ore."""
    if metric in ("ore_mined", "ore_processed") and measure.dimension == "mass" and measure.unit == "kg" and commodity in PRECIOUS:
        return "production"
    return metric


TOTAL = re.compile(r"\btotal\s+(?:\w+\s+)?$", re.IGNORECASE)


def metric_of_rock(metric: str, behind: str, ahead: str, cue: str) -> str:
    """The metric of a tonnage mined, by the rock named behind it or the words ahead of its cue.

    "including 4.4 million tonnes of ore", "total underground tonnes mined"
    """
    if metric == "ore_mined" and cue.lower() == "tonnes mined" and TOTAL.search(ahead):
        return "material_mined"
    if metric in ("ore_mined", "material_mined", "waste_mined"):
        rock = re.match(r"\s+of\s+(ore|waste|material)\b(?!\s+and\s+w)", behind, re.IGNORECASE)
        if rock:
            return {"ore": "ore_mined", "waste": "waste_mined", "material": "material_mined"}[rock[1].lower()]
    return metric
