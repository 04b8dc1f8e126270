"""Atoms: one written number each, with the currency, sign, scale and unit that stand directly around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from minenews.marks.quantity_words import (
    PER_UNIT,
    commodity_in,
    commodity_of,
    commodity_pattern,
    currencies,
    currency_after,
    currency_signs,
    money_word_pattern,
    per_unit,
    scale_forms,
    scale_value,
    unit_pattern,
    unit_row,
)
from minenews.vocab.alternation import alternation

DIGITS = re.compile(r"[0-9]+")
NUMBER = re.compile(
    r"""
    (?:
        (?P<european> [0-9]{1,3} (?: \.[0-9]{3} ){2,9} (?: ,[0-9]{1,2} )? | [0-9]{1,4},[0-9]{1,2} (?![0-9,]) )
      | (?P<grouped>  [0-9]{1,3} (?: ,[0-9]{3} ){1,9} (?: \.[0-9]+ )?
                    | (?<!ary\ )(?<!arch\ )(?<!pril\ )(?<!May\ )(?<!une\ )(?<!uly\ )(?<!ust\ )(?<!ber\ )(?<!\.\ )   # no day of a month
                      [0-9]{1,3} (?: ,\ [0-9]{3} ){1,3} (?=\ (?:per\ )?(?:carats?|ounces?|oz|pounds?|lbs?|tonnes?)\b)    # 56, 668 carats
                    | [0-9]{1,3} (?: [\u00a0\u202f ][0-9]{3} ){1,9} (?: \.[0-9]+ )? (?![0-9,'’]|[ -][0-9](?!(?:E|PGE|PGM)\b)) )
      | (?P<plain>    [0-9]+ (?: \.[0-9]+ )? | \.[0-9]+ )
    )
    (?! [0-9] | ,[0-9]{3} | \.[0-9] )       # the whole number
    """,
    re.VERBOSE,
)
"""A written number: 6,895 · 6 895 · 44.1 · .5 · 12,5 and 1.234.567,89 where nothing else can be meant."""

NAMED_BY_NUMBER = frozenset((
    "no", "nos", "number", "table", "tables", "figure", "figures", "fig", "form", "note", "notes", "section", "item", "page", "pages",
    "part", "phase", "level", "rule", "hole", "holes", "zone", "lot", "block", "schedule", "appendix", "exhibit", "ni", "regulation",
    "chapter", "act", "version", "suite", "unit", "box", "tel", "telephone", "phone", "fax", "step", "day", "stage", "tier", "rev",
    "isin", "cusip", "abn", "acn", "arbn", "lei", "sedol", "wkn", "sedar", "iso", "code", "mine", "shaft", "adit", "line",
))  # fmt: skip
"""Words that make the number after them a name, as in Table 1, NI 43-101, Form 20-F."""

KINDS = (
    "payable", "attributable", "contained", "troy", "fine", "refined", "saleable", "recovered", "recoverable", "dry", "wet", "net", "new",
    "common", "ordinary", "additional", "hard rock", "of ore", "of gold", "of silver", "ore", "equivalent",
)  # fmt: skip
"""Words that may stand between a number and its unit, or between a unit and its metal."""

WORD_END = "(?:(?![A-Za-z0-9²³])|(?:(?<=[a-z]{4})|(?<=GEOs)|(?<=GEO))(?=[0-9]{1,2}(?![0-9])))"
"""The end of a word; a footnote mark may be glued to a long one (ounces1)."""

HEAD = "(?i:grams?|ounces?|oz|pounds?|lbs?|tonnes?|tons?|kilograms?|carats?)"
TAIL = r"(?i:\s(?:per|a)\s(?:tonne|ton|year|annum|day|month|hour)|\sannually|/t|/year)"
"""The parts of a unit around a metal: ounces (of gold) per year."""

WORD_BEFORE = re.compile(r"(?:(?P<word>[A-Za-z]+)\.?|(?P<sign>\#))[\s#:]{0,2}$")
CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}[0-9]{1,6}[-‐‑–_](?:[A-Z0-9]{1,6}[-‐‑–_])?$")
"""The part of a hole's name before its last number: KR21-, DDH24-A-."""

CLOCK = re.compile(r"\s?(?:[ap]\.m\b|[ap]m\b)")
"""What makes the number before it an hour: 11.00 a.m., 5 pm."""

MONTH_BEFORE = re.compile(r"(?:ary|arch|pril|May|une|uly|ust|ber)\s$")
"""A month, whose number is a year: "March 2017 gold oz" heads a column."""

RATIO = re.compile(r"\s?:\s?1(?:\.0)?(?![0-9:]|\.[0-9])")
"""The second part of a ratio such as 3.2:1."""

PLUS, MINUS = "+", "−"
DASHES = "-−–"
COUNTED = frozenset({"mass", "grade", "percent", "unit_money", "rate"})
"""Dimensions after which a metal may be named."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One number with what stands directly around it. `scale` and `unit` are empty where not written.

    `per` is the unit after "per" of a number without a currency; `weak` marks a bare small number, which is a quantity only
    with a neighbour that lends it a unit.
    """

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
    per: str = ""
    weak: bool = False


def plain_number(written: str) -> float:
    """The value of digits with English separators."""
    return float("".join(written.replace(",", "").split()))


UNDECIDED = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
"""A number whose separator is a decimal one in some countries and one of thousands in others."""

THOUSAND_ABROAD = re.compile(r"\s?(?:mil|miles|Tsd\.?|mille)\b")


def find_atoms(text: str, *, foreign: bool = False) -> Iterator[Atom]:
    """All written numbers of a text with currency, sign, scale and unit, in reading order.

    In a text in a `foreign` language, numbers that may be read in two ways are left out.
    """
    reached = 0
    for digits in DIGITS.finditer(text):
        start = digits.start()
        if start < reached:
            continue
        if start and text[start - 1] == "." and not (start > 1 and (text[start - 2].isalnum() or text[start - 2] in ".)/")):
            start -= 1
        if not _may_begin(text, start):
            continue
        match = NUMBER.match(text, start)
        if match is None:
            continue
        reached = match.end()
        if foreign and (UNDECIDED.fullmatch(match[0]) or THOUSAND_ABROAD.match(text, reached)):
            continue
        atom = _read_atom(text, match)
        if atom is not None:
            reached = max(reached, atom.end)
            yield atom


def _may_begin(text: str, start: int) -> bool:
    """Whether a number may begin here: not inside a word, a number or a path, nor as a footnote mark on a parenthesis."""
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "_.,'’/":
        return _currency_before().search(text, max(0, start - 5), start) is not None
    return True


@cache
def _currency_before() -> re.Pattern[str]:
    """A currency sign or code before a number; one letter (R) only glued to it."""
    forms = list(currencies("before"))
    letters = [f for f in forms if len(f) == 1 and f.isalpha()]
    signs = currency_signs()
    return re.compile(
        rf"""(?: (?<![A-Za-z0-9])(?P<currency>{signs})\s{{0,3}} | (?<=[a-z])(?P<glued>[$£€])
               | (?<![A-Za-z0-9])(?P<letter>{"|".join(letters)}) )$""",
        re.VERBOSE,
    )


@cache
def _currency_ends() -> frozenset[str]:
    return frozenset(form[-1] for form in currencies("before"))


def _find_currency(text: str, floor: int, end: int) -> re.Match[str] | None:
    last = text[max(0, end - 4) : end].rstrip()[-1:]
    return _currency_before().search(text, floor, end) if last in _currency_ends() else None


@cache
def _right() -> re.Pattern[str]:
    """What may stand after a number: closing parenthesis, scale, a filler such as a metal, unit, currency word, per unit."""
    metal = commodity_pattern()
    kind = alternation(KINDS)
    share = ["share", "unit", "warrant", "common share", "basic share", "diluted share", "ordinary share"]
    return re.compile(
        rf"""
        (?P<close>\))?
        (?: [\s-]?(?P<scale>{scale_forms("scale")})(?![A-Za-z0-9])
          | [\s-]?(?P<money_scale>{scale_forms("scale", "money")})(?![A-Za-z0-9]) )?
        (?: [\s-]?(?P<filler>(?:(?:{kind}|{metal})[\s-]){{0,3}}?)
            (?: (?P<head>{HEAD})\sof\s(?P<inner>{metal})(?P<tail>{TAIL})(?![A-Za-z])
              | (?P<unit>{unit_pattern()}){WORD_END}
              | (?P<money>{money_word_pattern()})(?![A-Za-z0-9]|\s?/\s?[A-Z]{{3}})
              | (?P<behind>{currency_signs()})(?=\s?/\s?[a-z]) )
        )?
        (?: \s?(?:/|-?(?i:per|an?)[\s-])\s?
            (?P<per> (?:{kind}\s)? (?:{metal})?\s? {alternation([*PER_UNIT, *share])} ){WORD_END}
            (?P<per_tail>\.(?=\s[a-z(]))?
        )?
        (?: (?:\s?\((?!{metal}\))[A-Za-z0-9₂₃₅₈]{{1,5}}\))?
            [\s(]{{1,2}}(?:(?i:of|in)\s{{1,9}})?(?:{kind}\s)?(?P<metal>{metal}){WORD_END} )?
        """,
        re.VERBOSE,
    )


@cache
def _unit_only() -> re.Pattern[str]:
    """A unit directly after a number, for numbers whose letter M was taken for a scale."""
    return re.compile(
        rf"""(?P<close>(?!))? [\s-]? (?P<filler>) (?P<unit>{unit_pattern()})(?![A-Za-z0-9²³])
        (?P<money>(?!))? (?P<per>(?!))? (?P<head>(?!))? (?P<behind>(?!))?
        (?: [\s(]{{1,2}} (?:of\s+)? (?P<metal>{commodity_pattern()})(?![A-Za-z0-9]) )?""",
        re.VERBOSE,
    )


@dataclass(slots=True)
class _Draft:
    """An atom while its sides are being read."""

    start: int
    end: int
    number: float
    scale: float | None = None
    unit: str = ""
    dimension: str = "number"
    currency: str = ""
    signed: str = ""
    commodity: str | None = None
    per: str = ""


def _value(match: re.Match[str]) -> float:
    if match["european"]:
        return float(match[0].replace(".", "").replace(",", "."))
    return plain_number(match[0])


def _read_atom(text: str, match: re.Match[str]) -> Atom | None:
    """The atom of a written number, None where the number is part of a name or a footnote mark."""
    start, end = match.span()
    opened = start > 0 and text[start - 1] == "("
    if CLOCK.match(text, end) or (
        len(match[0]) == 4 and match[0][:2] in ("19", "20") and MONTH_BEFORE.search(text, max(0, start - 10), start)
    ):
        return None
    before = _find_currency(text, max(0, start - 16), start - opened)
    if before is None and start > 0 and (text[start - 1].isalpha() or text[start - 1] == ")"):
        return None
    draft = _Draft(before.start() if before else start, end, _value(match))
    if before:
        draft.currency = currencies("before")[" ".join((before["currency"] or before["glued"] or before["letter"]).split())]["currency"]
    right = _right().match(text, end)
    assert right is not None
    closing = right.end("close") if opened and right["close"] else 0
    if (right["close"] and not closing) or not _read_scale(draft, right):
        right = _unit_only().match(text, end)
    if right is not None and right.end() > end:
        _read_unit(draft, right, match[0])
        _read_money_word(draft, right)
    if draft.currency:
        draft.unit, draft.dimension = draft.currency, "money"
    if right is not None and right.end() > end:
        _read_per(draft, right)
        _read_metal(text, draft, right)
    if closing:
        _read_loss(text, draft, before is not None, closing)
    if not _read_sign(text, draft, before is not None):
        return None
    if draft.dimension in ("number", "count") and _is_named_by_number(text, start):
        return None
    if draft.dimension == "number" and (ratio := RATIO.match(text, draft.end)):
        draft.end = ratio.end()
        return Atom(draft.start, draft.end, draft.number, match[0], None, "1", "number", "", draft.signed, None)
    weak = draft.dimension == "number" and not _is_free_number(text, match, draft.scale)
    number = round(draft.number * (draft.scale or 1.0), 6)
    return Atom(
        draft.start, draft.end, number, match[0], draft.scale, draft.unit, draft.dimension, draft.currency,
        draft.signed, draft.commodity, draft.per, weak,
    )  # fmt: skip


def _read_scale(draft: _Draft, right: re.Match[str]) -> bool:
    """Read million, M, k; False where the letter is a scale of money only and no money is meant (5 m: metres)."""
    name = "scale" if right["scale"] else "money_scale" if right["money_scale"] else None
    if name is None:
        return True
    if name == "money_scale" and not (draft.currency or right["money"]):
        return False
    draft.scale, draft.end = scale_value(right[name]), right.end(name)
    return True


def _read_unit(draft: _Draft, right: re.Match[str], digits: str) -> None:
    """Read the unit, unless a currency stands before the number."""
    if draft.currency:
        return
    divided = right["head"] is not None
    form = right["head"] + " per ".join(re.split(r"\sa\s", right["tail"])) if divided else right["unit"]
    row = unit_row(form) if form else None
    if row is None or (row["form"] == "st" and right.start("unit") == right.start()):
        return  # no unit, or the letters of 1st
    if divided:
        draft.unit, draft.dimension, draft.end, draft.commodity = (
            row["unit"],
            row["dimension"],
            right.end("tail"),
            commodity_of(right["inner"]),
        )
        draft.number *= float(row["factor"])
        return
    factor = float(row["factor"])
    if row["form"] in ("mt", "MT") and draft.scale is None and draft.number < 1000:
        if "." not in digits:
            return  # metric tons or million tonnes: undecided
        factor = 1e6
    elif draft.scale is not None and row["form"].startswith("Mt"):
        factor /= 1e6  # "165 million mt/y": metric tons
    draft.unit, draft.dimension, draft.end = row["unit"], row["dimension"], right.end("unit")
    draft.number *= factor
    filler = (right["filler"] or "").strip(" -")
    draft.commodity = row["commodity"] or (commodity_in(filler) if filler else None)


def _read_money_word(draft: _Draft, right: re.Match[str]) -> None:
    """Read a currency word behind the number."""
    if draft.currency:
        return
    if right["money"]:
        row = currency_after(right["money"])
        draft.currency, draft.end = row["currency"], right.end("money")
        draft.number *= float(row["scale"] or 1)
    elif right["behind"]:
        draft.currency, draft.end = currencies("before")[right["behind"]]["currency"], right.end("behind")


def _read_per(draft: _Draft, right: re.Match[str]) -> None:
    """Read what the figure is per: money per ounce, money per share; of a bare number it is kept for the range it may end."""
    if not right["per"] or right.start("per") - draft.end > 7:
        return
    unit, metal = per_unit(right["per"])
    if draft.dimension == "number":
        draft.per = unit
    elif draft.currency:
        draft.end = right.end("per")
        if unit:
            draft.unit, draft.dimension, draft.commodity = f"{draft.currency}/{unit}", "unit_money", metal
        else:
            draft.dimension = "share_money"


def _read_metal(text: str, draft: _Draft, right: re.Match[str]) -> None:
    """Read the metal behind the unit; in a heading in capitals also a symbol in capitals (5.2 G/T AU)."""
    if draft.commodity is not None or draft.dimension not in COUNTED:
        return
    if right["metal"] and right.end() - draft.end <= 40:
        if not re.search(r"[.;,]", text[draft.end : right.start("metal")]):
            draft.commodity = commodity_of(right["metal"])
    elif right["unit"] and right["unit"].isupper() and (symbol := SYMBOL_IN_CAPITALS.match(text, draft.end)):
        draft.commodity = commodity_of(symbol[1].capitalize())


SYMBOL_IN_CAPITALS = re.compile(r"\s(AU|AG|CU|ZN|PB|NI|AUEQ|AGEQ|CUEQ)\b")


def _read_loss(text: str, draft: _Draft, has_sign: bool, closing: int) -> None:
    """A number in parentheses of its own is negative where it is money, a percentage or scaled."""
    negative = draft.dimension in ("money", "unit_money", "share_money", "percent") or (draft.scale and not draft.unit)
    if negative and (has_sign or text[draft.end : draft.end + 1] != ")"):
        draft.signed = "-"
        draft.start = min(draft.start, text.rindex("(", 0, closing))
    draft.end = max(draft.end, closing)


def _read_sign(text: str, draft: _Draft, has_currency: bool) -> bool:
    """Read a sign before the number; False where a dash shows the number to be the end of a name (KT12-204)."""
    left = draft.start
    last = text[left - 1 : left]
    apart = last.isspace() and text[left - 2 : left - 1] in (PLUS, MINUS)  # a dash apart from its number is no sign
    at = left - 1 if last and last in PLUS + DASHES else left - 2 if apart else -1
    if at > 1 and text[at] in DASHES and text[at - 2 : at].strip() == "+/":
        return True  # +/-10%
    if at >= 0 and (at == 0 or text[at - 1].isspace() or (at == left - 1 and not (text[at - 1].isalnum() or text[at - 1] in "_.,)%"))):
        draft.signed, draft.start = "+" if text[at] == PLUS else "-", at
        return True
    if has_currency or draft.dimension != "number" or not last or last not in "-‐‑–−_":
        return True
    if last in DASHES and text[left - 2 : left - 1].isalpha():
        return False
    return CODE.search(text, max(0, left - 20), left) is None


def _is_named_by_number(text: str, start: int) -> bool:
    """Whether the word before makes the number a name."""
    found = WORD_BEFORE.search(text, max(0, start - 14), start)
    return found is not None and (found["sign"] is not None or found["word"].lower() in NAMED_BY_NUMBER)


def _is_free_number(text: str, match: re.Match[str], scale: float | None) -> bool:
    """Whether a number without unit may be a figure: grouped or decimal or scaled, not a year, code or version."""
    if scale:
        return True
    after = text[match.end() : match.end() + 2]
    if after[:1].isalpha() or (after[:1] == "-" and after[1:2].isalnum()) or (after[:1] and after[:1] in "/:" and after[1:2].isdigit()):
        return False
    if match["grouped"]:
        return True
    return bool(match["plain"]) and "." in match[0] and text[match.start() - 1 : match.start()] not in ("-", "/")
