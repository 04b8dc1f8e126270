"""Quantities: numbers with their units, money, ranges and bounds.

Finding goes in three small steps: every written number is an *atom* once its currency, sign, scale and unit are read on
both sides of it; neighbouring atoms with a range sign between them are joined; the words before give the bound.
Numbers spelled in words are read by quantulum3 with a closed set of units (see `spelled.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from minenews.marks.page import Measure
from minenews.marks.spelled import find_spelled
from minenews.models import Bound
from minenews.vocab.load import Row, load_rows, phrase

NUMBER = re.compile(
    r"""
    (?: (?<![\w.,'’\x2f]) | (?<=\bR) | (?<=\bS\x2f\.) | (?<=\bS\x2f) | (?<=\b[A-Z][A-Z][A-Z]) )  # not inside a word, a number or a path
    (?:
        (?P<european> [0-9]{1,3} (?: \.[0-9]{3} ){2,} (?: ,[0-9]{1,2} )? | [0-9]{1,4},[0-9]{1,2} (?![0-9,]) )
      | (?P<grouped>  [0-9]{1,3} (?: ,[0-9]{3} )+ (?: \.[0-9]+ )? | [0-9]{1,3} (?: [\u00a0\u202f ][0-9]{3} )+ (?: \.[0-9]+ )? (?![0-9,]) )
      | (?P<plain>    [0-9]+ (?: \.[0-9]+ )? | \.[0-9]+ )
    )
    (?! [0-9] | ,[0-9]{3} | \.[0-9] )       # the whole number
    """,
    re.VERBOSE,
)
"""A written number: 6,895 · 6 895 · 44.1 · .5 · 12,5 and 1.234.567,89 where nothing else can be meant."""

SIGN = re.compile(r"(?:(?<![\w.,)%])[+\-−–]|(?<=\s)[+\-−–]|^[+\-−–])\s?$")
IDENTIFIER = re.compile(
    r"""(?: \b(?: no | nos | number | table | tables | figure | figures | fig | form | note | notes | section | item | page | pages | part | phase | level |
              rule | hole | holes | zone | lot | block | schedule | appendix | exhibit | ni | regulation | chapter | act | version | suite | unit |
              box | tel | telephone | phone | fax | step | day | stage | tier | rev | isin | cusip | wkn | sedar | iso | code ) \.? | \#  ) [\s#:]{0,2} $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that make the number after them a name, as in Table 1, NI 43-101, Form 20-F."""

CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}[0-9]{1,6}[-‐‑–_](?:[A-Z0-9]{1,6}[-‐‑–_])?$")
"""The part of a hole's name before its last number: TR21-, DDH24-A-."""

RANGE_SIGN = re.compile(r"\s?(?:-|‐|–|—|−|to|and|through)\s?", re.IGNORECASE)
SCOPE_OF_RANGE = re.compile(r"\b(?:between|rang(?:e|es|ing)(?:\s+(?:is|of|from|between))*|guidance\s+(?:of|is))\s+(?:about\s+|approximately\s+)?$", re.IGNORECASE)
FROM = re.compile(r"\bfrom\s+(?:about\s+|approximately\s+|the\s+)?$", re.IGNORECASE)
BY = re.compile(r"\bby\s+(?:about\s+|approximately\s+)?$", re.IGNORECASE)
"""Before "4.5 million ounces to 22.1 million ounces": a step and a level, no range."""
PLUS_MINUS = re.compile(r"\s?(?:±|\+\s?/\s?[-–−])\s?$")
LENGTHS = frozenset({"length"})
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Atom:
    """One number with what stands directly around it. `scale` and `unit` are empty where not written."""

    start: int
    end: int
    number: float
    digits: str
    scale: float | None
    unit: str
    dimension: str
    currency: str
    signed: str
    commodity: str | None
    per: str = ""  # unit after "per" of a number without a currency of its own
    weak: bool = False  # a bare small number: a quantity only with a neighbour that lends it a unit


def _alternatives(forms: list[str]) -> str:
    return "|".join(phrase(form) for form in sorted(forms, key=len, reverse=True))


def _insensitive(rows: list[Row]) -> str:
    """An alternation in which each form keeps its own case rule; longest forms first."""
    parts = []
    for row in sorted(rows, key=lambda r: len(r["form"]), reverse=True):
        form = phrase(row["form"])
        parts.append(form if row.get("case") in ("cs", "unit") else f"(?i:{form})")
    return "|".join(parts)


@cache
def units_by_form() -> dict[str, Row]:
    """Unit rows by form; case-insensitive forms also under their lower case."""
    found: dict[str, Row] = {}
    for row in load_rows("units"):
        found[row["form"]] = row
    for row in load_rows("units"):
        if row["case"] != "cs":
            found.setdefault(row["form"].lower(), row)
    return found


def unit_row(form: str) -> Row | None:
    """The vocabulary row of a written unit, None if it is none."""
    form = " ".join(form.replace("’", "'").replace("‑", "-").replace("–", "-").split())
    table = units_by_form()
    return table.get(form) or table.get(form.lower())


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
    form = " ".join(form.split())
    return commodity_by_form().get(form) or commodity_by_form().get(form.lower())


@cache
def commodity_pattern() -> str:
    """Alternation of all commodity forms, each with its own case rule, for use after a unit."""
    return _insensitive(list(load_rows("commodities")))


@cache
def _currency_before() -> re.Pattern[str]:
    forms = [row["form"] for row in load_rows("currencies") if row["position"] == "before"]
    long, short = [f for f in forms if not (len(f) == 1 and f.isalpha())], [f for f in forms if len(f) == 1 and f.isalpha()]
    return re.compile(rf"(?<![A-Za-z0-9])(?:(?P<currency>{_alternatives(long)})\s?|(?P<letter>{_alternatives(short)}))$")


@cache
def _currencies(position: str) -> dict[str, Row]:
    return {row["form"]: row for row in load_rows("currencies") if row["position"] == position}


@cache
def _scales() -> dict[str, Row]:
    return {row["form"]: row for row in load_rows("numbers") if row["kind"] in ("scale", "money")}


def _scale_forms(*kinds: str) -> str:
    """Alternation of scale words; words in any case, letters (M, bn) as written."""
    forms = sorted((r["form"] for r in load_rows("numbers") if r["kind"] in kinds), key=len, reverse=True)
    return "|".join(f"(?i:{phrase(f)})" if len(f) > 3 else phrase(f) for f in forms)


def _scale_value(written: str) -> float:
    row = _scales().get(written) or _scales()[written.lower()]
    return float(row["value"])


@cache
def _right() -> re.Pattern[str]:
    """What may stand after a number: closing parenthesis, scale, a filler such as a metal, unit, currency word, per unit."""
    scale = _scale_forms("scale")
    money_scale = _scale_forms("scale", "money")
    unit = _insensitive(list(load_rows("units")))
    after = _alternatives([r["form"] for r in load_rows("currencies") if r["position"] == "after"])
    metal = commodity_pattern()
    return re.compile(
        rf"""
        (?P<close>\))?
        (?: [\s-]?(?P<scale>{scale})(?![A-Za-z0-9]) | [\s-]?(?P<money_scale>{money_scale})(?![A-Za-z0-9]) )?
        (?: [\s-]?(?P<filler>(?:(?:(?i:payable|attributable|contained|troy|fine|refined|saleable|recovered|recoverable|dry|wet|net|ore|equivalent|new|common|ordinary|hard\s+rock|additional|of\s+ore)
              |{metal})[\s-]){{0,3}}?)
            (?: (?P<unit>{unit})(?![A-Za-z0-9²³]) | (?P<money>{after})(?![A-Za-z0-9]) )
        )?
        (?: \s?(?:/|(?i:per|an?)\s)\s?(?P<per>(?i:payable\s+|attributable\s+|troy\s+)?(?i:{metal})?\s?(?i:oz|ounces?|lbs?|pounds?|tonnes?|tons?|t|dmt|wmt|kg|share|unit|warrant|carat|ct|st|short\s+ton|lb|metre|meter|m|GEO|common\s+share|basic\s+share|diluted\s+share))(?![A-Za-z0-9]) (?P<per_tail>\.(?=\s[a-z(]))? )?
        (?: \s?\([A-Za-z0-9₂₃₅₈]{{1,5}}\) )?
        (?: [\s(]{{1,2}}(?:(?:of|in)\s+)?(?:(?i:payable|contained|recoverable|saleable|refined|fine|recovered|attributable)\s+)?(?P<metal>{metal})(?![A-Za-z0-9]) )?
        """,
        re.VERBOSE,
    )


@cache
def _bound_before() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<![A-Za-z]))(?i:(?P<bound>{_alternatives([r['form'] for r in load_rows('bounds')])}))\s?(?i:the\s+|a\s+)?$")


@cache
def _bounds() -> dict[str, Bound]:
    return {row["form"]: Bound(row["bound"]) for row in load_rows("bounds")}


def _value(match: re.Match[str]) -> float:
    written = match[0]
    if match["european"]:
        return float(written.replace(".", "").replace(",", "."))
    return float(re.sub(r"[,\s\u00a0\u202f]", "", written))


PER_UNIT = {"oz": "oz", "ounce": "oz", "ounces": "oz", "lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb", "t": "t", "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t",
            "dmt": "t", "wmt": "t", "kg": "kg", "st": "st", "short ton": "st", "carat": "ct", "ct": "ct", "metre": "m", "meter": "m", "m": "m", "geo": "oz"}  # fmt: skip


def _per_unit(written: str) -> tuple[str, str | None]:
    """The unit after "per", and the metal named with it: ("oz", "gold") of "gold ounce"; shares give ("", None)."""
    words = written.split()
    metal = next((c for n in range(len(words) - 1, 0, -1) if (c := commodity_of(" ".join(words[:n])))), None)
    for tail in (" ".join(words[-2:]).lower(), words[-1].lower()):
        if tail in PER_UNIT:
            return PER_UNIT[tail], "gold_equivalent" if tail == "geo" else metal
    return "", None


def find_atoms(text: str) -> Iterator[Atom]:
    """All written numbers of a text with currency, sign, scale and unit, in reading order."""
    for match in NUMBER.finditer(text):
        atom = _read_atom(text, match)
        if atom is not None:
            yield atom


def _read_atom(text: str, match: re.Match[str]) -> Atom | None:
    start, end = match.span()
    floor = max(0, start - 16)
    number, scale, unit, dimension, currency, signed = _value(match), None, "", "number", "", ""
    parenthesis = start > 0 and text[start - 1] == "("
    before = _currency_before().search(text, floor, start - parenthesis)
    left = start
    if before:
        currency = _currencies("before")[re.sub(r"\s+", " ", before["currency"] or before["letter"])]["currency"]
        left = before.start()
    if before is None and start > 0 and text[start - 1].isalpha():
        return None
    right = _right().match(text, end)
    assert right is not None
    closed = parenthesis and right["close"] is not None
    right_close = right.end("close") if closed else end
    if right["close"] and not closed:
        right = None
    commodity: str | None = None
    if right is not None:
        if right["scale"]:
            scale = _scale_value(right["scale"])
            end = right.end("scale")
        elif right["money_scale"] and (currency or right["money"]):
            scale = _scale_value(right["money_scale"])
            end = right.end("money_scale")
        elif right["money_scale"]:
            right = None  # a metre sign taken for a money scale: read the unit alone below
    if right is None:
        again = _plain_right(text, end)
        right, closed = again, False
    if right is not None and right["unit"]:
        row = unit_row(right["unit"])
        if row is not None and not (currency and row["dimension"] not in ("count",)):
            if not currency:
                unit, dimension = row["unit"], row["dimension"]
                number *= float(row["factor"])
                commodity = row["commodity"] or None
                end = right.end("unit")
                if filler := (right["filler"] or "").strip(" -"):
                    commodity = commodity or _commodity_in(filler)
    if right is not None and right["money"] and not currency:
        row = _currencies("after")[" ".join(right["money"].split())]
        currency, number, end = row["currency"], number * float(row["scale"] or 1), right.end("money")
    if currency:
        unit, dimension = currency, "money"
        if right is not None and right["per"] and right.start("per") - end <= 6:
            per, metal = _per_unit(right["per"])
            end = right.end("per")
            if per:
                unit, dimension, commodity = f"{currency}/{per}", "unit_money", metal
            else:
                dimension = "share_money"
    per_unit = ""
    if not currency and right is not None and right["per"] and dimension == "number" and right.start("per") - end <= 7:
        per_unit = _per_unit(right["per"])[0]
    if right is not None and right["metal"] and right.end() - end <= 40 and dimension in ("mass", "grade", "percent", "unit_money", "rate"):
        gap = text[end : right.start("metal")]
        if not re.search(r"[.;,]", gap):
            commodity = commodity or commodity_of(right["metal"])
    if closed and (dimension in ("money", "unit_money", "share_money", "percent") or (scale and not unit)) and (before or text[end : end + 1] != ")"):
        signed, left = "-", min(left, start - 1)
    sign = SIGN.search(text, max(0, left - 2), left)
    if sign and not (left > 1 and text[sign.start() - 1].isalnum()):
        signed, left = "-" if sign[0].strip() in "-−–" else "+", sign.start()
    elif before is None and left > 1 and text[left - 1] in "-−–" and text[left - 2].isalpha() and dimension == "number":
        return None  # TL13-300
    elif before is None and CODE.search(text, max(0, left - 20), left) and dimension == "number":
        return None  # the 03 of TR21-03
    if dimension in ("number", "count") and IDENTIFIER.search(text, max(0, start - 14), start):
        return None
    weak = dimension == "number" and not _is_free_number(text, match, scale)
    if closed and end < right_close:
        end = right_close
    return Atom(left, end, number * (scale or 1.0), match[0], scale, unit, dimension, currency, signed, commodity, per_unit, weak)


@cache
def _unit_only() -> re.Pattern[str]:
    unit = _insensitive(list(load_rows("units")))
    metal = commodity_pattern()
    return re.compile(
        rf"(?P<close>(?!))?[\s-]?(?P<filler>)(?P<unit>{unit})(?![A-Za-z0-9²³])(?P<money>(?!))?(?P<per>(?!))?(?:[\s(]{{1,2}}(?:of\s+)?(?P<metal>{metal})(?![A-Za-z0-9]))?"
    )


def _plain_right(text: str, end: int) -> re.Match[str] | None:
    return _unit_only().match(text, end)


def _commodity_in(filler: str) -> str | None:
    words = re.split(r"[\s-]+", filler)
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            if found := commodity_of(" ".join(words[first : first + size])):
                return found
    return None


def _is_free_number(text: str, match: re.Match[str], scale: float | None) -> bool:
    """Whether a number without unit may be a figure: grouped or decimal or scaled, not a year, code or version."""
    after = text[match.end() : match.end() + 2]
    if scale:
        return True
    if after[:1].isalpha() or after[:1] == "-" and after[1:2].isalnum() or after[:1] in "/:" and after[1:2].isdigit():
        return False
    if match["grouped"]:
        return True
    return bool(match["plain"]) and "." in match[0] and text[match.start() - 1 : match.start()] not in ("-", "/")


def find_quantities(text: str) -> list[Measure]:
    """All quantities of a text, in reading order, not overlapping. Offsets index `text`."""
    atoms = list(find_atoms(text))
    found: list[Measure] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        follower = atoms[index + 1] if index + 1 < len(atoms) else None
        joined = _join(text, atom, follower) if follower else None
        if joined:
            found.append(joined)
            index += 2
            continue
        lent = _lend(text, atom, follower) if follower else None
        if lent or not atom.weak:
            found.append(_measure(text, lent or atom))
        index += 1
    found = _spread(text, found)
    spelled = find_spelled(text)
    if spelled:
        taken = [(m.start, m.end) for m in found]
        found += [s for s in spelled if not any(a < s.end and s.start < b for a, b in taken)]
        found.sort(key=lambda m: m.start)
    return found


def _spread(text: str, found: list[Measure]) -> list[Measure]:
    """Join a figure with the ± tolerance behind it into a range."""
    result: list[Measure] = []
    for measure in found:
        if result and PLUS_MINUS.fullmatch(text, result[-1].end, measure.start) and result[-1].value is not None and measure.value is not None:
            base = result[-1]
            assert base.value is not None
            spread = base.value * measure.value / 100 if measure.dimension == "percent" and base.dimension != "percent" else measure.value
            result[-1] = replace(base, value=None, low=base.value - spread, high=base.value + spread, bound=Bound.RANGE, end=measure.end,
                                 as_written=" ".join(text[base.start : measure.end].split()), rule="quantity_plus_minus")  # fmt: skip
            continue
        result.append(measure)
    return result


def _compatible(first: Atom, second: Atom) -> bool:
    """Whether the first atom may borrow unit and scale from the second."""
    if first.dimension == "number":
        return True
    if first.unit == second.unit:
        return True
    return first.dimension == "money" and second.dimension in ("unit_money", "share_money") and first.currency == second.currency or (
        first.dimension == "money" and second.currency == "" and second.dimension == "number"
    )


def _join(text: str, first: Atom, second: Atom) -> Measure | None:
    """A range of two atoms: 430,000 to 470,000 oz · $10-12 million · between 5% and 6%."""
    between = text[first.end : second.start + 0]
    signed_dash = second.signed == "-" and between.strip() == "" and "\n" not in between  # a dash on a new line opens a bullet
    if not (RANGE_SIGN.fullmatch(between) or signed_dash):
        return None
    word = between.strip().lower()
    before = text[max(0, first.start - 40) : first.start]
    scoped = bool(SCOPE_OF_RANGE.search(before))
    if word == "and" and not scoped:
        return None
    if word == "to" and not scoped and (FROM.search(before) or (first.dimension != "number" and BY.search(before))):
        return None  # a movement or an interval: two figures
    if not _compatible(first, second):
        return None
    low, high = _shared(first, second)
    if low >= high:
        return None
    unit, dimension = (second.unit, second.dimension) if second.dimension != "number" else (first.unit, first.dimension)
    end = second.end
    if first.currency and second.per and dimension == "money":
        unit, dimension = f"{first.currency}/{second.per}", "unit_money"
        end += len(re.match(r"\s?(?:/|per\s|an?\s)\s?(?:payable\s|attributable\s)?(?:[A-Za-z]+\s)?[A-Za-z]+", text[end : end + 40])[0]) if re.match(r"\s?(?:/|per\s|an?\s)", text[end : end + 6]) else 0  # type: ignore[index]
    if dimension == "number" or YEAR.fullmatch(first.digits) and dimension == "number":
        return None
    return Measure(first.start, end, None, low, high, Bound.RANGE, unit, dimension, " ".join(text[first.start : end].split()), "quantity_range",
                   "", second.commodity or first.commodity)  # fmt: skip


def _shared(first: Atom, second: Atom) -> tuple[float, float]:
    """The two ends of a range, the first one with the scale and unit factor of the second where it has none."""
    low = first.number
    if first.dimension == "number" or (first.scale is None and second.scale is not None):
        written = float(re.sub(r"[,\s\u00a0\u202f]", "", second.digits)) if "," not in second.digits[-3:] or len(second.digits) > 3 else second.number
        factor = abs(second.number) / written if written else 1.0
        if first.scale is None:
            low = low * factor
        if first.scale is None and low * 100 < abs(second.number) and "," in second.digits and "," not in first.digits:
            low *= 1000  # 95-100,000 oz
    return low, abs(second.number) if second.signed == "-" else second.number


def _lend(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first of two numbers with one unit, as in "from 44 to 194 metres": it takes the unit of the second."""
    if first.dimension != "number" or second.dimension in ("number", "count"):
        return None
    between = text[first.end : second.start].strip().lower()
    if between not in ("to", "and", "-", "–", "or"):
        return None
    low, _ = _shared(first, second)
    return replace(first, number=low, unit=second.unit, dimension=second.dimension, currency=second.currency, commodity=second.commodity)


def _measure(text: str, atom: Atom) -> Measure:
    bound = Bound.EXACT
    window = max(0, atom.start - 18)
    found = _bound_before().search(text, window, atom.start)
    if found:
        bound = _bounds().get(" ".join(found["bound"].lower().split()), Bound.EXACT)
        if atom.dimension in LENGTHS and found["bound"].lower() in ("over", "under", "above", "below"):
            bound = Bound.EXACT
    elif text[atom.end : atom.end + 1] == "+" or text[atom.end : atom.end + 8].lower().strip() == "or more":
        bound = Bound.MIN
    number = -atom.number if atom.signed == "-" else atom.number
    low = number if bound is Bound.MIN else None
    high = number if bound is Bound.MAX else None
    return Measure(atom.start, atom.end, number, low, high, bound, atom.unit or "1", atom.dimension, " ".join(text[atom.start : atom.end].split()),
                   "quantity", atom.signed, atom.commodity)  # fmt: skip


@lru_cache(maxsize=8192)
def read_quantity(written: str) -> Measure | None:
    """The quantity that a whole string writes ("6,895 oz.", "US$1,180/oz", "two million pounds"), None if it writes none or several."""
    found = find_quantities(written)
    return found[0] if len(found) == 1 else None
