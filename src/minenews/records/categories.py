"""Confidence categories and the nouns of resource statements, as they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from minenews.models import ResourceCategory
from minenews.vocab.load import load_rows, phrase

NOUN = re.compile(
    r"(?P<noun>\b(?:mineral\s+|ore\s+)?(?:resources?|reserves?)\b(?!\s+(?:Ltd|Limited|Inc|Corp|NL|plc|Company|Fund|Act|Minister|Canada|sector|area|drilling|definition|expansion|growth|conversion|model\b|holding))|\bMREs?\b)",
    re.IGNORECASE,
)
"""A noun for what is in the ground. "Golden Resources Inc." is none."""

SINGLE_AFTER = re.compile(
    r"[\s\"”'’)]{1,3}(?:(?:and|or|&|/|mineral|ore|gold|silver|copper|equivalent|AuEq|AgEq|contained|new|maiden|total|current|category|lithium|uranium|iron|open|pit|underground|material)\s+){0,4}(?:mineral|ore|resources?|reserves?|categor(?:y|ies)|classifications?|classified|ounces|oz|tonnes|MRE|estimate|confidence|status|material)\b",
    re.IGNORECASE,
)
AFTER_AMOUNT = re.compile(
    r"[0-9]\s?(?:million\s)?(?:ounces|[kM]?oz|[kM]?lbs?|pounds|[kM]?t|tonnes)\.?(?:\s(?:of\s)?(?:gold|silver|copper|uranium|lithium|U3O8|Au|Ag|Cu))?\s$",
    re.IGNORECASE,
)
HISTORIC = re.compile(r"\b(?:historic(?:al|ally)?|non-?compliant|non-?JORC|foreign\s+estimate)\b", re.IGNORECASE)
WHOLE = re.compile(r"\b(?:total|combined|global|overall|all)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Category:
    """A category named in the text."""

    start: int
    end: int
    category: ResourceCategory


@cache
def CATEGORY() -> re.Pattern[str]:  # noqa: N802 - a compiled pattern, made on first use
    """All written forms of categories, the longest first."""
    forms = sorted((row["form"] for row in load_rows("resource_categories")), key=len, reverse=True)
    return re.compile(rf"(?<![\w&+-])(?:{'|'.join(phrase(form) for form in forms)})(?![\w&+]|-[a-z])", re.IGNORECASE)


@cache
def _by_form() -> dict[str, ResourceCategory]:
    return {row["form"].lower(): ResourceCategory(row["category"]) for row in load_rows("resource_categories")}


def find_categories(text: str, start: int, end: int) -> list[Category]:
    """The categories named in text[start:end], in reading order; "results indicated 5 g/t" names none."""
    found = []
    for match in CATEGORY().finditer(text, start, end):
        form = " ".join(match[0].lower().split())
        category = _by_form().get(form)
        if category is not None and (" " in form or "&" in form or form == "2p" or _is_category(text, start, match)):
            found.append(Category(match.start(), match.end(), category))
    return found


def _is_category(text: str, floor: int, match: re.Match[str]) -> bool:
    """Whether a single word such as "indicated" is a category and no verb."""
    if SINGLE_AFTER.match(text, match.end()):
        return True
    titled = match[0][0].isupper()
    before = text[max(floor, match.start() - 24) : match.start()]
    after = text[match.end() : match.end() + 3]
    if titled and (before.strip(" \t-–•*·o") == "" and re.match(r"\s?[:\-–]|\s[0-9]", after)):
        return True
    if titled and before.strip() and re.search(r"[a-z0-9,;(&+–-]\s{0,2}$", before):
        return True
    if AFTER_AMOUNT.search(before):
        return True
    return before.rstrip()[-1:] in ("(", "[") and after[:1] in ")],;"
