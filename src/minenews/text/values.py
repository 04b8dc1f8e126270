"""What a value looks like in a table: a number, a range, money, a percentage, a year, or a sign for "nothing"."""

from __future__ import annotations

import re

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
GLUED = r"(?:(?<=,\d\d\d)[1-9])?"
"""A footnote digit glued to the thousands: "5,3001" is 5,300."""

CURRENCY = r"(?:(?:US|CA?|CDN|AU?|NZ|S|HK)\$|[$€£¥]|\b(?:USD|CAD|AUD|EUR|GBP|ZAR)\b)"
MINUS = "[-–−‐]"

VALUE_CELL = re.compile(
    rf"""
    (?! (?:3|6|9|12)M \s? {MINUS} \s? (?:19|20)\d\d \Z )        # "6M-2019" is a period
    (?: {CURRENCY} \s* )?
    \(? \s* (?: [+~<>≤≥] | {MINUS} (?!\s*{MINUS}) )? \s* (?: {CURRENCY} \s* )?
    {NUMBER} {GLUED} [MKk]?                                  # 1,234 · 0.85 · .04 · 12M
    (?: \s* %? \s* (?: {MINUS} | \bto\b ) \s* (?: {CURRENCY} \s* )? {NUMBER} [MKk]? )?   # 110,000 - 120,000
    \s* (?: % \s* \)? | \) \s* %? | (?: m | ft | km | g/t | gpt | ppm | k?oz | Moz | kt | Mt | t | M?lbs? | x | years | pp
        | tonnes | tons | ounces | pounds | carats | kg | dmt | wmt
        | (?: per \s | / \s? ) (?: oz | ounce | lb | pound | tonne | t | kg ) ) \b
        )?                                                   # 15.2m
    (?: \s* (?: \( (?: \d{{1,2}} | [ivx]{{1,4}} | [a-z] ) \) | \*{{1,3}} | [†‡¹²³⁴⁵⁶⁷⁸⁹] ) ){{0,2}}     # footnote marks
    """,
    re.VERBOSE,
)
"""A whole cell that holds one figure."""

NULL_CELL = re.compile(r"(?:[-–—−]{1,3}|\$\s*[-–—−]{1,2}|[-–—−]\s*%|n/?a|n\.a\.?|nil|n/?m|n\.m\.|nmf|\*|n/?d|nsv|tba|tbd)", re.IGNORECASE)
"""A whole cell that says "nothing"."""

YEAR_CELL = re.compile(r"(?:FY\s?|CY\s?)?(?:19[5-9]\d|20[0-6]\d)(?:[AEFBP]|\([a-z0-9]\)|\*)?")
"""A whole cell that holds a bare year."""


THOUSANDS_CELL = re.compile(rf"\(?(?:{CURRENCY})?\s?['’‘]?0{{3}}['’]?s?\)?(?:\s+[A-Za-z/]+)?")
"""A whole cell that says "thousands": 000's, ($000), 000 tonnes."""


def is_value(cell: str) -> bool:
    """Whether a cell holds one figure (a bare year is one too; "000" says thousands)."""
    cell = cell.strip()
    return len(cell) <= 48 and bool(VALUE_CELL.fullmatch(cell)) and not THOUSANDS_CELL.fullmatch(cell)


def is_null(cell: str) -> bool:
    """Whether a cell says in so many signs that there is no figure."""
    cell = cell.strip()
    return len(cell) <= 10 and bool(NULL_CELL.fullmatch(cell))


def is_year(cell: str) -> bool:
    """Whether a cell holds nothing but a year."""
    cell = cell.strip()
    return len(cell) <= 10 and bool(YEAR_CELL.fullmatch(cell))
