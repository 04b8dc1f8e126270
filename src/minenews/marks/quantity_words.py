"""The words of quantities: units, scales, currencies and commodities by their written forms."""

from __future__ import annotations

import re
from functools import cache

from minenews.models import Bound
from minenews.vocab.alternation import alternation
from minenews.vocab.load import Row, load_rows

PER_UNIT = {
    "oz": "oz", "ounce": "oz", "ounces": "oz", "geo": "oz", "geos": "oz", "seo": "oz", "lb": "lb", "lbs": "lb", "pound": "lb",
    "pounds": "lb", "t": "t", "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t", "mt": "t", "dmt": "t", "wmt": "t", "dmtu": "dmtu",
    "kg": "kg", "kilogram": "kg", "st": "st", "short ton": "st", "metric ton": "t",
    "metric tonne": "t", "carat": "ct", "ct": "ct", "metre": "m", "meter": "m", "m": "m",
    "foot": "ft", "hectare": "ha", "ha": "ha", "barrel": "bbl",
}  # fmt: skip
"""Units that may stand after "per"."""

HYPHENS = str.maketrans("‐‑–", "---")
SIGNS = HYPHENS | str.maketrans("’", "'")


def one_of(rows: list[Row]) -> str:
    """An alternation in which each form keeps its own case rule."""
    exact = [row["form"] for row in rows if row.get("case") in ("cs", "unit")]
    return alternation((row["form"] for row in rows if row.get("case") not in ("cs", "unit")), exact=exact)


@cache
def units_by_form() -> dict[str, Row]:
    """Unit rows by form; case-insensitive forms also under their lower case."""
    found = {row["form"]: row for row in load_rows("units")}
    for row in load_rows("units"):
        if row["case"] != "cs":
            found.setdefault(row["form"].lower(), row)
    return found


def unit_row(form: str) -> Row | None:
    """The vocabulary row of a written unit, None if it is none."""
    form = " ".join(form.translate(SIGNS).split())
    table = units_by_form()
    return table.get(form) or table.get(form.lower())


@cache
def unit_pattern() -> str:
    """Alternation of all unit forms."""
    return one_of(list(load_rows("units")))


@cache
def commodity_by_form() -> dict[str, str]:
    """Commodity by written form; case-insensitive forms also under their lower case."""
    found = {row["form"]: row["commodity"] for row in load_rows("commodities")}
    for row in load_rows("commodities"):
        if not row["case"]:
            found.setdefault(row["form"].lower(), row["commodity"])
    return found


def commodity_of(form: str) -> str | None:
    """The commodity of a written form such as "Au", "gold equivalent", None if it is none."""
    form = " ".join(form.translate(HYPHENS).split())
    return commodity_by_form().get(form) or commodity_by_form().get(form.lower())


@cache
def commodity_pattern() -> str:
    """Alternation of all commodity forms, each with its own case rule, for use after a unit."""
    return one_of(list(load_rows("commodities")))


def commodity_in(phrase: str) -> str | None:
    """The commodity named by some of the words of a phrase, the longest naming first."""
    words = re.split(r"[\s-]+", phrase)
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            if found := commodity_of(" ".join(words[first : first + size])):
                return found
    return None


@cache
def currencies(position: str) -> dict[str, Row]:
    """Currency rows by form, of those that stand before or after the number."""
    return {row["form"]: row for row in load_rows("currencies") if row["position"] == position}


def currency_signs() -> str:
    """Alternation of the signs and codes that stand before a number, single letters left out."""
    return alternation((), exact=[form for form in currencies("before") if len(form) > 1 or not form.isalpha()])


def money_word_pattern() -> str:
    """Alternation of the currencies that stand behind a number; words match in any case, codes and p as written."""
    forms = currencies("after")
    return alternation((f for f in forms if len(f) > 3), exact=[f for f in forms if len(f) <= 3])


def currency_after(form: str) -> Row:
    """The row of a currency written after a number, in any case."""
    table = currencies("after")
    form = " ".join(form.split())
    return table.get(form) or next(row for key, row in table.items() if key.lower() == form.lower())


@cache
def _scales() -> dict[str, float]:
    return {row["form"]: float(row["value"]) for row in load_rows("numbers") if row["kind"] in ("scale", "money")}


def scale_forms(*kinds: str) -> str:
    """Alternation of scale words; words match in any case, letters (M, bn) as written."""
    forms = [row["form"] for row in load_rows("numbers") if row["kind"] in kinds]
    return alternation((f for f in forms if len(f) > 3), exact=[f for f in forms if len(f) <= 3])


def scale_value(written: str) -> float:
    """The factor of a written scale: 1000 of "thousand"."""
    return _scales().get(written) or _scales()[written.lower()]


@cache
def bounds() -> dict[str, Bound]:
    """Bound by written form in lower case."""
    return {row["form"].lower(): Bound(row["bound"]) for row in load_rows("bounds")}


def per_unit(written: str) -> tuple[str, str | None]:
    """The unit after "per", and the metal named with it: ("oz", "gold") of "gold ounce"; shares give ("", None)."""
    words = written.split()
    metal = next((c for n in range(len(words) - 1, 0, -1) if (c := commodity_of(" ".join(words[:n])))), None)
    for tail in (" ".join(words[-2:]).lower(), words[-1].lower()):
        if tail in PER_UNIT:
            equivalent = {"geo": "gold_equivalent", "geos": "gold_equivalent", "seo": "silver_equivalent"}
            return PER_UNIT[tail], equivalent.get(tail, metal)
    return "", None
