"""Units as table headers and labels write them: "(000's oz)", "US$ millions", "g/t Au", "per ounce", "in thousands of US dollars"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minenews.marks.quantities import read_quantity, unit_row

_MONEY = (
    r"(?:(?:US|U\.S\.|CA?|CDN|CAD|AU?|AUD|NZ|USD|HK|Cdn)\s?\$|[$€£¥]"
    r"|\b(?:USD|CAD|AUD|EUR|GBP|ZAR|PEN|MXN|BRL|CNY|RMB)\b|\b[RP](?=\s?(?:/|m\b|million|bn)))"
)
_THOUSANDS = re.compile(r"^(?:in\s+)?(?:thousands?|['’‘]?0{3}['’‘]?s?)(?:\s+of)?(?!\d)\s*", re.IGNORECASE)
_MILLIONS = re.compile(r"^(?:in\s+)?(?:millions?(?:\s+of)?|mm(?=\s))\s*", re.IGNORECASE)
_MONEY_UNIT = re.compile(
    rf"^(?:in\s+)?(?P<money>{_MONEY})\s*(?:in\s+)?(?:(?P<scale>['’‘]?0{{3}}['’]?s?|thousands?|millions?|billions?|MM|mm|[Mm]|[Kk]|bn)(?!\w))?\s*(?P<rest>(?:/|per\s).{{1,30}})?$",
    re.IGNORECASE,
)
_DOLLARS = {
    "united states dollars": "US$",
    "us dollars": "US$",
    "u.s. dollars": "US$",
    "american dollars": "US$",
    "canadian dollars": "C$",
    "australian dollars": "A$",
    "dollars": "$",
    "cdn dollars": "C$",
}
_DOLLAR_WORDS = re.compile(r"(?:(?:united states|us|u\.s\.|american|canadian|australian|cdn)\s)?dollars", re.IGNORECASE)
_SCALES = {
    "thousand": 1e3,
    "thousands": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "mm": 1e6,
    "m": 1e6,
    "k": 1e3,
    "bn": 1e9,
}
_OF_WHAT = re.compile(r"(?<![A-Za-z])eq\.?\s?(?=oz\b|ounces?\b)|(?<=[R$€£])['’](?=m\b|bn\b)")
"""What stands between a currency or a scale and its unit: "US$/eq oz", "R'm"."""

_EXCEPT = re.compile(r"[,;]?\s*(?:except|unless|other than|unaudited).*$", re.IGNORECASE | re.DOTALL)
_PER = re.compile(
    r"\bper\s+(?:payable\s+|gold\s+|silver\s+|copper\s+|equivalent\s+|dry\s+metric\s+|ordinary\s+|common\s+|tonne\s+of\s+|Au\s?Eq\s+|Ag\s?Eq\s+){0,2}(?P<unit>ounce|GEO|AgEq\s(?:oz|ounce)|oz|pound|lb|tonne|ton|t|kilogram|kg|carat|share|dmt)(?:(?<=[a-z]{3})s)?\b\.?|/\s?(?P<short>oz|lb|t|kg|dmt|share)\b",
    re.IGNORECASE,
)
PER_UNITS = {
    "geo": "oz",
    "ageq oz": "oz",
    "ageq ounce": "oz",
    "ounce": "oz",
    "oz": "oz",
    "pound": "lb",
    "lb": "lb",
    "tonne": "t",
    "ton": "t",
    "t": "t",
    "kilogram": "kg",
    "kg": "kg",
    "carat": "ct",
    "ct": "ct",
    "dmt": "t",
    "wmt": "t",
    "share": "share",
}
"""What a cost or price is for, as written behind "per"."""
_GLUED_MARK = re.compile(r"[A-Za-z)][1-9]$")
_RATIO = re.compile(r"(?:w\s?[:/]\s?o|waste\s?[:/]\s?ore|ratio|x|times|waste to ore)", re.IGNORECASE)
_RATE_WORDS = re.compile(
    r"\b(?:tonnes|tons|t)\b[\w\s]{0,24}\b(?:per|/|a)\s?(?:calendar\s|operating\s)?(?P<time>day|hour)\b|\btpd\b", re.IGNORECASE
)
_WORD_UNITS = re.compile(
    r"\b(?P<word>(?:thousand\s|million\s)?(?:ounces|oz|pounds|lbs|tonnes|tons|carats|metres|meters|kilograms))\b", re.IGNORECASE
)
_GROUP = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_TRAILING = re.compile(r"(?:[,–—]|\s-|:)\s*([^,–—()]{1,24})$")
_BARE_TAIL = re.compile(
    r"""\s(
        (?:(?:US|C|A|CDN|NZ|S)?\$|R|Rand|€|£|(?:USD|CAD|AUD|ZAR|GBP|EUR|PEN)) \s?/\s? (?:oz|lb|kg|t|tonne|dmt|wmt|ct|GEO)
      | (?:(?:US|C|A|CDN|NZ|S)?\$|R|€|£) \s? (?:millions?|['’]?000['’]?s?|[mM]|MM|bn)
      | (?:US|C|A|CDN|NZ|S)?\$
      | ['’‘]?0{3}['’‘]?s? \s? (?:oz|eq\soz|ounces|tonnes|tons|t|lbs?|pounds|carats|ct|dmt|wmt|bcm|m)
      | (?:g/t|gpt)(?:\s(?:Au|Ag|AuEq|AgEq|4E|3E))? | w:o
      | oz/t | oz/st | [kM]?oz | kg | kt | Mt | t(?=$) | M?lbs? | dmt | wmt | tpd | t/d | m3 | %
    )\.?$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read: what one written unit is in output units (`factor`), its dimension and the metal that it names.

    `unit` is "" where only a scale is said ("in thousands"); then `dimension` is "scale".
    """

    unit: str
    factor: float
    dimension: str
    commodity: str | None = None


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit and where it stands in the string; `weak` where only a word of the label implies it ("Tonnes milled")."""

    unit: Unit
    start: int
    end: int
    weak: bool = False


@lru_cache(maxsize=4096)
def read_unit(written: str) -> Unit | None:
    """The unit that a whole string writes, None if it writes none."""
    written = " ".join(_EXCEPT.sub("", written).strip(" ()[]").split()).strip(" .:")
    written = (
        _DOLLAR_WORDS.sub(
            lambda m: _DOLLARS.get(m.group().lower(), "$"),
            re.sub(r"^(?:all\s+)?(?:amounts|figures|dollars|expressed|stated|are|in|\s)+(?=\s|$)\s*", "in ", written, flags=re.IGNORECASE),
        )
        if len(written) > 3
        else written
    )
    written = _OF_WHAT.sub("", re.sub(r"(?<=/[346]E)(?=oz\b)", " ", written))
    if not written or len(written) > 70:
        return None
    if _RATIO.fullmatch(written):
        return Unit("1", 1.0, "number")
    row = unit_row(written)
    if row is not None:
        return Unit(row["unit"], float(row["factor"] or 1), row["dimension"], row["commodity"] or None)
    for pattern, factor in ((_THOUSANDS, 1e3), (_MILLIONS, 1e6)):
        match = pattern.match(written)
        if match and match.end():
            rest = written[match.end() :].strip()
            if not rest:
                return Unit("", factor, "scale")
            inner = read_unit(rest)
            return (
                Unit(inner.unit, inner.factor * factor, inner.dimension, inner.commodity) if inner and inner.dimension != "scale" else None
            )
    money = _MONEY_UNIT.match(written)
    if money:
        scale = money["scale"] or ""
        factor = 1e3 if "000" in scale else _SCALES.get(scale.lower(), 1.0)
        amount = read_quantity(f"{money['money'].replace(' ', '')}1{money['rest'] or ''}".replace("1per", "1 per"))
        return Unit(amount.unit, amount.amount * factor, amount.dimension, amount.commodity) if amount else None
    written = re.sub(r"^in\s+", "", written)
    if written[:1].isdigit():
        return None
    amount = read_quantity(f"1 {written}")
    if amount is not None and amount.unit != "1" and amount.value is not None and amount.start == 0 and amount.dimension != "number":
        covered = amount.as_written.removeprefix("1").strip()
        rest = written[len(covered) :].strip() if written.startswith(covered) else ""
        if (
            not rest
            or amount.commodity is not None
            or rest.lower() in {"concentrate", "recovered", "contained", "produced", "sold", "milled", "dry", "of ore"}
        ):
            return Unit(amount.unit, amount.value, amount.dimension, amount.commodity)
    return None


@lru_cache(maxsize=4096)
def find_unit(label: str) -> FoundUnit | None:
    """The unit that a label or column head says: in brackets, after a comma, at its end, or by a word ("Ounces sold", "per ounce").

    A footnote digit glued to its end is no part of it: "Gold, Koz3".
    """
    found = _unit_in(label)
    return _unit_in(label[:-1]) if found is None and _GLUED_MARK.search(label) else found


def _unit_in(label: str) -> FoundUnit | None:
    label = _EXCEPT.sub("", label)
    best: FoundUnit | None = None
    for group in _GROUP.finditer(label):
        unit = read_unit(group.group(1)) or read_unit(group.group(1).partition(",")[0])
        if unit is not None and (best is None or best.unit.dimension == "scale"):
            best = _with_scale(FoundUnit(unit, group.start(1), group.end(1)), best)
    whole = read_unit(label) if best is None else None
    if whole is not None:
        return FoundUnit(whole, 0, len(label), weak=bool(_WORD_UNITS.search(label)) and " " in label.strip())
    if best is None:
        for pattern in (_TRAILING, _BARE_TAIL):
            tail = pattern.search(label)
            unit = read_unit(tail.group(1)) if tail else None
            if tail and unit is not None and unit.dimension != "scale":
                best = FoundUnit(unit, tail.start(1), tail.end(1))
                break
    per = _PER.search(label)
    if per and (best is None or best.unit.dimension in {"money", "scale"}):
        name = PER_UNITS[(per["unit"] or per["short"]).lower()]
        if name == "share":
            return FoundUnit(Unit(best.unit.unit if best else "", 1.0, "share_money"), per.start(), per.end())
        return FoundUnit(
            Unit(f"{best.unit.unit if best and best.unit.dimension == 'money' else ''}/{name}", 1.0, "unit_money"), per.start(), per.end()
        )
    if best is None or best.unit.dimension == "scale":
        rate = _RATE_WORDS.search(label)
        if rate:
            unit = Unit("t/h" if (rate["time"] or "").lower() == "hour" else "t/d", 1.0, "rate")
            return _with_scale(FoundUnit(unit, rate.start(), rate.end()), best)
        word = _WORD_UNITS.search(label)
        unit = read_unit(word["word"]) if word else None
        if word and unit is not None:
            return _with_scale(FoundUnit(unit, word.start(), word.end(), weak=True), best)
    return best


def _with_scale(found: FoundUnit, scale: FoundUnit | None) -> FoundUnit:
    """A unit to which another bracket gives the scale: "Gold production (ounces) (000's)"."""
    if scale is None:
        return found
    if found.unit.dimension == "scale":
        return scale
    unit = found.unit
    return FoundUnit(Unit(unit.unit, unit.factor * scale.unit.factor, unit.dimension, unit.commodity), found.start, found.end, found.weak)
