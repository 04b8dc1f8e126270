"""The currency that a release declares: what a bare "$" means in it."""

from __future__ import annotations

import re
from functools import cache

from minenews.marks.flow import fold_case
from minenews.vocab.load import load_rows, phrase

SAYS = "otherwise", "amount", "express", "figures", "dollar", "in millions", "in thousands", "currency", "means", "references to"
"""One of these words stands in every declaration: a cheap test before the patterns."""


@cache
def _codes() -> dict[str, str]:
    """Code by written currency in lower case: the signs of currencies.csv and the names of currency_names.csv."""
    signs = {
        row["form"].lower(): row["currency"]
        for row in load_rows("currencies")
        if row["currency"] != "$" and (len(row["form"]) > 1 or not row["form"].isalpha()) and "cent" not in row["form"].lower()
    }
    return {**signs, **{row["form"].lower(): row["currency"] for row in load_rows("currency_names")}}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The shapes of a declaration for the lower case of a text, the surest first."""
    currency = "|".join(phrase(form) for form in sorted(_codes(), key=len, reverse=True))
    money = rf"(?P<code>(?<![a-z])(?:{currency})(?![a-z]))(?:\s?\([\"“”']?[a-z]{{0,3}}\$?[\"“”']?\))?"
    figures = (
        r"(?:amounts?|figures|values|dollars?|currency|currencies|references\s+to\s+dollars|references(?=(?:\s+herein)?(?:\s+are)?\s+to\s)"
        r"|(?:dollar|monetary|currency|financial|cash)\s+(?:amounts|figures|values|references|information))"
    )
    unless = (
        r"(?:unless|except\s+(?:where|as|if))\s+(?:it\s+is\s+)?(?:otherwise|specifically|stated|noted|indicated)(?:\s+[a-z]{2,12}){0,2}"
    )
    scale = r"(?:(?:thousands|millions|000s|billions)\s+of\s+)?"
    shapes = (
        # all dollar amounts in this release are expressed in US dollars
        rf"\ball\s+(?:of\s+the\s+)?(?:other\s+)?{figures}(?:\s+(?!in\s+{scale}(?:{currency})\b)[\w,'’()\"“”$-]{{1,20}}){{0,12}}?,?(?:\s+(?:in|to|as|are|being))\s+{scale}{money}",
        # unless otherwise noted, dollar amounts are in US dollars
        rf"{unless},?\s+(?:all\s+)?(?:the\s+)?(?:other\s+)?(?:\w+\s+){{0,3}}?{figures}(?:\s+[\w,'’()\"“”$-]{{1,20}}){{0,8}}?,?\s+(?:in|are|being)\s+{scale}{money}",
        # amounts are in millions of Canadian dollars · dollar amounts expressed in US$
        rf"(?<![a-z]\s)\b(?:dollar|monetary|currency)\s+(?:amounts|figures|values)(?:\s+[\w,'’()\"“”$-]{{1,20}}){{0,6}}?,?\s+(?:in|are|being)\s+{scale}{money}",
        # (in millions of U.S. dollars, except per share) · in US dollars unless otherwise stated · US$ in millions
        rf"\(\s?(?:unaudited,?\s?[-–—]?\s?)?(?:(?:amounts|figures|all\s+figures|stated|expressed|presented|reported)\s+)?(?:are\s+)?(?:expressed\s+)?in\s+{scale}{money}",
        rf"(?:\(|^|[.;]\s)\s?{money}\s+(?:in\s+)?(?:millions|thousands|000s|unless\s+(?:otherwise\s+)?(?:stated|noted|indicated|specified))",
        rf"\b(?:in|is|are)\s+{scale}{money},?\s+{unless}",
        rf"(?:^|[(;]\s?|\.\s){money},?\s+{unless}",
        # references to "$" are to Canadian dollars · "$" means US dollars
        rf"(?:references?\s+to\s+|[\"“'(])\$[\"”']?(?:\s+or\s+[\"“']?dollars[\"”']?)?\s+(?:are|is|means?|refers?|shall\s+mean|denotes?|represents?)(?:\s+to)?\s+(?:the\s+)?(?:lawful\s+currency\s+of\s+)?{money}",
        # its reporting currency is the rand
        rf"\b(?:reporting|presentation)\s+currency(?:\s+(?:of|for)\s+[\w'’ ]{{1,40}}?)?\s+is\s+(?:the\s+)?{money}",
        # Figures are in Canadian dollars.
        rf"(?:^|\n|[.;]\s|\*\s?)(?:figures|amounts|numbers|dollars)\s+(?:are|is)\s+(?:all\s+)?in\s+{scale}{money}",
        # the statements are expressed in U.S. dollars
        rf"\b(?<!not\s)(?:expressed|stated|presented|reported)\s+in\s+{scale}{money}",
    )  # fmt: skip
    return tuple(map(re.compile, shapes))


UNLESS = "unless", "except"
NEEDED = (
    ("all",),
    UNLESS,
    ("dollar", "monetary", "currency"),
    ("(",),
    ("millions", "thousands", "000s", "unless"),
    UNLESS,
    UNLESS,
    ("$",),
    ("reporting", "presentation"),
    ("figures", "amounts", "numbers", "dollars"),
    ("expressed", "stated", "presented", "reported"),
)
"""For each shape words of which one stands in it: a cheap test before the pattern."""

ABOUT_OTHERS = re.compile(
    r"\b(?:prices?|converted|conversion|exchange\s+rate|payable|paid|denominated|loan|facility|functional\s+currency|NPV|grades?|ounces|tonnes)\b",
    re.IGNORECASE,
)
"""Words that make the last, loosest shape speak of something else than the release."""


def find_declared_currency(text: str) -> tuple[str, int, int] | None:
    """The declared currency as (ISO 4217 code, start, end of the declaring words), None where the text declares none.

    A declaration of all amounts wins over one in a table head, this over a bare "expressed in"; among equals the first.
    Two declarations of the surest shape that contradict each other say nothing about a bare "$": None.
    """
    lowered = fold_case(text)
    if not any(word in lowered for word in SAYS):
        return None
    for rank, (pattern, needed) in enumerate(zip(_patterns(), NEEDED, strict=True)):
        if not any(word in lowered for word in needed):
            continue
        found: list[tuple[str, int, int]] = []
        for match in pattern.finditer(lowered):
            if rank == len(_patterns()) - 1 and ABOUT_OTHERS.search(text, max(0, match.start() - 60), match.start()):
                continue
            code = _codes()[" ".join(match["code"].split()).replace("’", "'")]
            lead = len(match[0]) - len(match[0].lstrip(" .;(\n\t"))
            found.append((code, match.start() + lead, match.end()))
        if found:
            return None if rank == 0 and len({code for code, _, _ in found}) > 1 else found[0]
    return None
