"""The figures of an issue, one by one: numbers of securities, prices, what is raised, and where the terms of a sentence end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minenews.marks.page import Measure, Page, Sentence, within
from minenews.models import Bound

SIDE = re.compile(
    r"""\b(?: finders?['’]?s? | broker(?:s['’]?|['’]s)?\s(?:warrants?|fees?|options?|units?) | compensation | advisory\sfees?
    | commissions? | cash\sfees? | agents?['’]?s?\s(?:fee|warrants?|option)
          | over-?\s?allotment | underwriters['’]?\s(?:option|fee) | agents['’]?\soption
          | option\sto\s(?:purchase|sell|acquire|increase)\s(?:up\sto\s)?an?\sadditional | hold\speriod | insiders? | directors?
          | officers? | related\sparty
          | accelerat\w{1,6} | use\sof\sproceeds | proceeds\sof\sthe\s\w{1,12}\swill\sbe | will\sbe\sused
          | flow-through\smining\sexpenditures | corporate\sfinance\sfee )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words after which the figures of a sentence are no terms of the issue itself: fees, over-allotments, insiders, use of proceeds."""

EXERCISED = re.compile(r"\b(?:includ\w{1,4}|reflect\w{1,3}|inclusive|after|following)\b[^.;]{0,60}\bexercise\b[^.;]{0,40}$", re.IGNORECASE)
"""Words before an over-allotment that is part of the issue: including the exercise in full of the over-allotment option."""

SECURITIES = re.compile(
    r"""
    (?<![\w.,$€£])
    (?P<number> \d{1,3}(?:,\d{3}){1,4} | \d{1,10}(?:\.\d{1,4})? )
    (?P<scale> [\s-]?(?:million|billion|M|m)\b )?
    \s
    (?P<kind> (?: (?!per\b|of\b|at\b|for\b|and\b|or\b|each\b|mining\b|months?\b|years?\b|days?\b|warrants\b|to\b)
                  [\w“”"'’&/-]{1,20} \s ){0,5}?
       (?: units? | shares? | options? | warrants? | subscription\sreceipts? | debentures? | notes? | RSUs? | DSUs? | PSUs?
       | performance\srights ) )
    \b(?!\s(?:purchase\swarrants?|consolidation))
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A number of securities: 4,000,000 flow-through units · 41.1 million common shares."""

AS_FEE = re.compile(
    r"\s(?:\([^()]{1,40}\)\s)?(?:as|in\spayment\sof|in\ssatisfaction\sof)\s(?:an?\s|the\s)?(?:[\w-]{1,14}\s){0,2}(?:finder|commission|fee|compensation)",
    re.IGNORECASE,
)
"""Words behind securities that are paid, not issued for money: 734,440 shares as finders' fees."""

SCALES = {"million": 1e6, "billion": 1e9, "m": 1e6}
PRICE_BEFORE = re.compile(
    r"(?:\bat|\bpriced\sat|\bprice\s(?:of|per\s[\w\s-]{1,25}\sof)|\beach\sat)\s(?:an?\s|the\s)?(?:[\w-]{1,14}\s){0,3}?(?:price\s(?:of|per\s[\w\s-]{1,25}\sof)\s)?$",
    re.IGNORECASE,
)
PRICE_AFTER = re.compile(r"\s?(?:\(?(?:per|each|apiece|a\s(?:share|unit))\b|/\s?(?:share|unit))", re.IGNORECASE)
PER_SECURITY = re.compile(r"\s(?:per|a|each)\s(?:\w{1,12}\s){0,2}(?:share|unit)\b", re.IGNORECASE)
"""Words behind a bare number that make it the price of a share."""
NOMINAL_BEFORE = re.compile(r"\b(?:(?:nominal|par)\svalue(?:\sof)?|shares\s(?:\([^()]{1,40}\)\s)?of)\s$", re.IGNORECASE)
"""Words before the nominal value of shares, which is no price: ordinary shares of 0.1p each."""
FILLERS = (
    r"(?:\s(?:to\sthe\s\w{1,12}|of|in|from|a|an|the|approximately|about|around|some|roughly|nearly|up\sto|over|more\sthan|aggregate|total|gross|amounts?|proceeds|cash|is|was|were"
    r"|maximum|minimum|US|additional|at\sleast|initial|raised|received|realized|under|exercise|offering|placement)){0,7}[\s(~]*(?:\w{2,3}\s?)?$"
)
GROSS_BEST = re.compile(
    r"""(?: (?<!net\s)proceeds | \binvest(?:s|ed|ing)?
    | principal(?:\samount)? | \brais(?:e|es|ed|ing) | \btotal(?:l?ing|l?ed|s)? | aggregate(?:\samount)?
    | subscription\samount | financing\sof | offering\sof | facility\sof
          | placement\sof | investment\sof | deposit\sof | advance\spayment\sof | package\sof | loans?\sof
          | upfront\s(?:cash\s)?(?:payment|deposit|consideration)\sof )"""
    + FILLERS,
    re.VERBOSE | re.IGNORECASE,
)
"""Words before the money that a financing brings in."""
GROSS_NEXT = re.compile(r"\b(?:for|of|to\sprovide|provides?(?:\sfor)?|up\sto|a)" + FILLERS, re.IGNORECASE)
"""Words before money that may be what a financing brings in."""

GROSS_AFTER = re.compile(
    r"""\)? [\s-]? (?:\(\w{0,4}\$?[\d.,\s]{1,12}(?:million|M)?\)\s)? (?:[\w’'-]{1,16}\s){0,4}? (?: financing | placement | offering
    | bought | facility | loan | debentures? | notes? | credit | stream | royalty | investment | funding
        | deal | raise | raising | bonds? | package | prepayment | debt )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words after the money that a financing brings in: "a C$5 million non-brokered private placement"."""


@dataclass(frozen=True, slots=True)
class Term:
    """One slot as read: its value, unit (None for counts) and place."""

    value: float
    unit: str | None
    start: int
    end: int
    loose: bool = False  # "up to": a ceiling that the closing may miss


def term_of(measure: Measure) -> Term:
    """The term that a figure states."""
    return Term(round(measure.amount, 6), measure.unit, measure.start, measure.end, measure.bound is Bound.MAX)


LOST_SIGN = re.compile(r"(?:^|[\s(\[])(?P<sign>[?\ufffd])$")
"""The mark that stands for a sign of money which a wrong encoding lost: a placing to raise ?1,000,000."""
DAMAGED = "\ufffd"
"""A character that only a text whose encoding was lost has."""
UNKNOWN = ""
"""The unit of money whose sign is lost."""


def find_money(page: Page, start: int, end: int) -> list[Measure]:
    """The money stated in [start, end); also that whose sign a wrong encoding lost, as money of an unknown unit."""
    found: list[Measure] = []
    for measure in within(page.quantities, start, end):
        if measure.dimension in ("money", "share_money", "unit_money"):
            found.append(measure)
        elif measure.dimension == "number" and measure.value is not None:
            sign = LOST_SIGN.search(page.text, max(0, measure.start - 2), measure.start)
            if sign is not None:
                found.append(replace(measure, start=sign.start("sign"), unit=UNKNOWN, dimension="money"))
            elif DAMAGED in page.text and PER_SECURITY.match(page.text, measure.end):
                found.append(replace(measure, unit=UNKNOWN, dimension="share_money"))
    return found


def is_price(page: Page, measure: Measure) -> bool:
    """Whether money is a price per share or unit."""
    if NOMINAL_BEFORE.search(page.text, max(0, measure.start - 60), measure.start):
        return False
    if measure.dimension == "share_money":
        return True
    if measure.dimension != "money" or measure.amount >= 2000:
        return False
    if PRICE_AFTER.match(page.text, measure.end):
        return True
    return bool(PRICE_BEFORE.search(page.text, max(0, measure.start - 60), measure.start))


def terms_end(page: Page, sentence: Sentence) -> int:
    """Where the terms of the issue end in a sentence: at the first word of fees, over-allotments or use of proceeds."""
    for side in SIDE.finditer(page.text, sentence.start, sentence.end):
        if not EXERCISED.search(page.text, max(sentence.start, side.start() - 120), side.start()):
            return side.start()
    return sentence.end


def find_securities(page: Page, start: int, end: int) -> Iterator[tuple[Term, str]]:
    """Numbers of securities with their kind ("flow-through unit")."""
    for match in SECURITIES.finditer(page.text, start, end):
        value = float(match["number"].replace(",", ""))
        scale = (match["scale"] or "").strip(" -").lower()
        if value * SCALES.get(scale, 1) < 100:
            continue
        if AS_FEE.match(page.text, match.end()):
            continue
        before = page.text[max(0, match.start() - 12) : match.start()].lower()
        loose = before.rstrip().endswith(("up to", "maximum of"))
        kind = re.sub(r"[“”\"'’]", "", " ".join(match["kind"].lower().split())).rstrip("s")
        yield Term(round(value * SCALES.get(scale, 1), 6), None, match.start(), match.end(), loose), kind


def gross_rank(page: Page, measure: Measure) -> int:
    """How surely money is what a financing brings in: 0 no, 1 perhaps, 2 by the words around it, 3 by "gross proceeds"."""
    if measure.dimension != "money" or measure.amount < 5000 or is_price(page, measure):
        return 0
    before = page.text[max(0, measure.start - 90) : measure.start]
    if re.search(r"\bnet\sproceeds|additional\s(?:gross\s)?proceeds|\bfee[s]?\b[^.]{0,20}$|minimum\sof", before, re.IGNORECASE):
        return 0
    if GROSS_BEST.search(before):
        return 3
    if GROSS_AFTER.match(page.text, measure.end):
        return 2
    return 1 if GROSS_NEXT.search(before) else 0
