"""Read the terms of a deal in a sentence: money raised or paid, securities, price, warrants, stake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
FLOW_THROUGH = re.compile(r"(?<!non-)(?<!non\s)\bflow[-\s]through\b|\bFT\b", re.IGNORECASE)
PRICE_BEFORE = re.compile(
    r"(?:\bat|\bpriced\sat|\bprice\s(?:of|per\s[\w\s-]{1,25}\sof)|\beach\sat)\s(?:an?\s|the\s)?(?:[\w-]{1,14}\s){0,3}?(?:price\s(?:of|per\s[\w\s-]{1,25}\sof)\s)?$",
    re.IGNORECASE,
)
PRICE_AFTER = re.compile(r"\s?(?:\(?(?:per|each|apiece|a\s(?:share|unit))\b|/\s?(?:share|unit))", re.IGNORECASE)
NOMINAL_BEFORE = re.compile(r"\b(?:(?:nominal|par)\svalue(?:\sof)?|shares\s(?:\([^()]{1,40}\)\s)?of)\s$", re.IGNORECASE)
"""Words before the nominal value of shares, which is no price: ordinary shares of 0.1p each."""
EXERCISE = re.compile(r"\b(?:exercis\w{1,6}|strike|entitl\w{1,5}|purchase(?!\swarrants?)|acquire|subscribe)\b", re.IGNORECASE)
WARRANT = re.compile(r"\bwarrants?\b", re.IGNORECASE)

FILLERS = (
    r"(?:\s(?:to\sthe\s\w{1,12}|of|in|from|a|an|the|approximately|about|around|some|roughly|nearly|up\sto|over|more\sthan|aggregate|total|gross|amounts?|proceeds|cash|is|was|were"
    r"|maximum|minimum|US|additional|at\sleast|initial|raised|received|realized|under|exercise|offering|placement)){0,7}[\s(~]*(?:\w{2,3}\s?)?$"
)
GROSS_BEST = re.compile(
    r"""(?: (?<!net\s)proceeds | principal(?:\samount)? | \brais(?:e|es|ed|ing) | \btotal(?:l?ing|l?ed|s)? | aggregate(?:\samount)?
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

PAID_BEFORE = (
    re.compile(
        r"(?:consideration|purchase\sprice|acquisition\scost|sale\sprice|transaction\svalue|equity\svalue)(?:[^.;$]{0,60}?)$", re.IGNORECASE
    ),
    re.compile(
        r"(?:\bfor|in\sexchange\sfor|in\sreturn\sfor|valued\sat|deal\sworth|worth|price\sof)\s(?:[\w,-]{1,14}\s){0,4}?$", re.IGNORECASE
    ),
    re.compile(r"(?:payments?|pays?|paid|paying|cash|sum|totall?ing|receive[sd]?)\b(?:[^.;$]{0,50}?)$", re.IGNORECASE),
)
"""Words before the money that is paid for an asset or a company, the surest first."""

PROCEEDS_OF = re.compile(r"\sof\s(?:gross\s|net\s|cash\s|upfront\s)?proceeds\sfrom\s", re.IGNORECASE)
"""Words behind the money that a sale brings in: $90 million of proceeds from the sale."""

NOT_PAID = re.compile(
    r"\b(?:expenditures?|exploration|work\s(?:program|commitment)|spend\w{0,4}|incur\w{0,4}|buy-?\s?back|repurchase|buy\sdown|milestones?|contingent|capitali[sz]ation|enterprise|NPV|capex|capital\scost|termination|break\sfee|working\scapital"
    r"|share\sconsideration|per\s(?:ounce|share|tonne|pound)|debt|loan|drill\w{0,4}|each\syear|annual(?:ly)?|per\syear|per\smonth|advance)\b",
    re.IGNORECASE,
)
"""Words around money that is not the price of the deal."""
NOT_PAID_NOR_ROYALTY = re.compile(rf"{NOT_PAID.pattern}|\b(?:royalt(?:y|ies)|NSR)\b", re.IGNORECASE)
"""The same for deals that are about something else than a royalty."""

STAKE_AFTER = re.compile(
    r"""\s?(?:\(\d{1,3}%\)\s)?
    (?: (?:(?:undivided|direct|indirect|legal|beneficial|registered|participating|equity|ownership|joint\sventure|free-carried|carried
          |remaining|initial|working|controlling|economic|property|mineral|right,?|title,?
          |and|of\sthe|of|the|issued|outstanding|all|its|earned)[\s,]){0,6}
        (?: interest | stake | ownership | shares | equity | share\scapital | securities | shareholding | sell[\s-]?down
        | project | property
        | mine\b | claims | rights? )
      | of\s(?:the\s|its\s)?(?-i:[A-Z]\w{2,}) )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words after a percentage that make it a share of an asset or company: "a 70% undivided interest", "100% of Ardoch"."""
NO_STAKE = re.compile(
    r"\b(?:(?:shares|which)\srepresent\w{0,3}|premium|NSR|royalt\w{1,3}|owns?|owned|holds?|held|holding|hosts?|grading|discount|commission|increase[sd]?\sby|fee)\b",
    re.IGNORECASE,
)
CUMULATIVE = re.compile(
    r"\b(?:to\sdate|cumulative|(?:two|three|both|all|the)\stranches|together\swith\sthe\s(?:first|second|initial)|in\stotal|combined|under\s(?:this|the)\sOffering|first\sand\s(?:second|final)\stranches)\b",
    re.IGNORECASE,
)
EXPECTED = re.compile(r"\b(?:will|would|up\sto|expect\w{0,3}|anticipat\w{1,3}|may)\b", re.IGNORECASE)
AGGREGATE = re.compile(r"\b(?:aggregate|total|cumulative|combined)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """One slot as read: its value, unit (None for counts) and place."""

    value: float
    unit: str | None
    start: int
    end: int
    loose: bool = False  # "up to": a ceiling that the closing may miss


@dataclass(frozen=True, slots=True)
class Issue:
    """What one class of securities brings: any slot may be None, but not both `gross` and `securities`."""

    gross: Term | None
    securities: Term | None
    security_kind: str | None
    price: Term | None
    flow_through: bool = False
    cumulative: bool = False


def _term(measure: Measure) -> Term:
    return Term(round(measure.amount, 6), measure.unit, measure.start, measure.end, measure.bound is Bound.MAX)


def _is_price(page: Page, measure: Measure) -> bool:
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
    if measure.dimension != "money" or measure.amount < 5000 or _is_price(page, measure):
        return 0
    before = page.text[max(0, measure.start - 90) : measure.start]
    if re.search(r"\bnet\sproceeds|additional\s(?:gross\s)?proceeds|\bfee[s]?\b[^.]{0,20}$|minimum\sof", before, re.IGNORECASE):
        return 0
    if GROSS_BEST.search(before):
        return 3
    if GROSS_AFTER.match(page.text, measure.end):
        return 2
    return 1 if GROSS_NEXT.search(before) else 0


OWN_BEFORE = re.compile(r"[\s-]{1,2}(?:(?!and\b|plus\b|in\b|of\b|for\b|to\b)[\w’'-]{1,16}\s){0,3}")
"""What stands between an amount and the deal that it is of: a $225 million senior secured | debt facility."""
OWN_AFTER = re.compile(
    r"\s(?:[\w-]{1,14}\s)?(?:of|worth|for|valued\sat|totall?ing)\s(?:up\sto\s|about\s|approximately\s|around\s|some\s)?[~(]?"
)
"""What stands between a deal and its amount: a gold stream | arrangement worth $125 million."""


def find_own_amount(page: Page, sentence: Sentence, start: int, end: int) -> Term | None:
    """The amount that stands right beside the name of a deal at [start, end), for sentences that list several deals."""
    for measure in within(page.quantities, sentence.start, sentence.end):
        if measure.dimension == "money" and measure.amount >= 5000:
            gap = (measure.end, start, OWN_BEFORE) if measure.end <= start else (end, measure.start, OWN_AFTER)
            if gap[2].fullmatch(page.text, gap[0], gap[1]):
                return _term(measure)
    return None


PRICE_SET = re.compile(
    r"\b(?:placing|issue|offer(?:ing)?|subscription)\sprice\s(?:\([^()]{1,40}\)\s)?(?:(?:has\sbeen|was)\sset\sat|is|of|will\sbe)\s$",
    re.IGNORECASE,
)
"""Words before the price of an issue that a sentence of its own gives."""


def find_set_price(page: Page, sentence: Sentence) -> Term | None:
    """The price of the securities where a sentence only says that: "The placing price has been set at 255 pence per share." """
    for measure in within(page.quantities, sentence.start, sentence.end):
        if _is_price(page, measure) and PRICE_SET.search(page.text, max(sentence.start, measure.start - 90), measure.start):
            return _term(measure)
    return None


def find_issues(page: Page, sentence: Sentence) -> list[Issue]:
    """What a sentence about a financing says of securities, price and proceeds, one entry per class of securities."""
    end = terms_end(page, sentence)
    securities = [(term, kind) for term, kind in find_securities(page, sentence.start, end) if not kind.endswith("warrant")]
    money = [m for m in within(page.quantities, sentence.start, end) if m.dimension in ("money", "share_money", "unit_money")]
    prices = [m for m in money if _is_price(page, m) and not _is_exercise(page, sentence.start, m)]
    grosses = [(rank, m) for m in money if (rank := gross_rank(page, m))]
    whole = page.text[sentence.start : end]
    cumulative = bool(CUMULATIVE.search(whole) and AGGREGATE.search(whole) and not EXPECTED.search(whole))
    if len(securities) == 2 and _is_change(page, securities[0][0], securities[1][0]):
        securities = securities[1:]
    if not securities:
        best = max(grosses, key=lambda g: (g[0], -g[1].start), default=None)
        if best is None or (best[0] == 1 and not prices):
            return []
        price = _term(prices[0]) if prices else None
        flows = bool(FLOW_THROUGH.search(whole))
        return [Issue(_term(best[1]), None, None, price, flows, cumulative)]
    issues: list[Issue] = []
    for number, (term, kind) in enumerate(securities):
        last = securities[number + 1][0].start if number + 1 < len(securities) else end
        first = term.end if number else sentence.start
        cost = next((m for m in prices if term.start < m.start < last), None) or next((m for m in prices if first <= m.start < last), None)
        around = [g for g in grosses if first <= g[1].start < last and g[1] is not cost]
        after = [g for g in around if g[1].start > term.start] or around
        if cost is not None:  # of two amounts the one that the securities bring at their price
            after = [g for g in after if abs(g[1].amount - term.value * cost.amount) <= 0.03 * g[1].amount] or after
        best = max(after, key=lambda g: (g[0], -g[1].start), default=None)
        if cost is None and best is None and number:
            continue
        issues.append(
            Issue(
                _term(best[1]) if best else None,
                term,
                kind,
                _term(cost) if cost else None,
                _is_flow_through(page, term, kind, last),
                cumulative,
            )
        )
    return issues


def _is_flow_through(page: Page, term: Term, kind: str, last: int) -> bool:
    """Whether securities are flow-through ones, by their name or the definition behind it: 6,250,000 units (each, a "FT Unit")."""
    behind = page.text[term.end : min(last, term.end + 100)]
    defined = re.match(r"[^.;()]{0,30}\([^()]{0,60}\)|[^.;()]{0,30}\bqualif\w{1,4}\sas\s[^.;()]{0,30}", behind)
    return bool(FLOW_THROUGH.search(kind) or (defined and FLOW_THROUGH.search(defined[0])))


def _is_change(page: Page, one: Term, two: Term) -> bool:
    """Whether two numbers are the ends of "from 10,000,000 units to 12,000,000 units"."""
    return (
        page.text[max(0, one.start - 6) : one.start].lower().strip() == "from"
        and page.text[max(0, two.start - 4) : two.start].lower().strip() == "to"
    )


def _is_exercise(page: Page, start: int, measure: Measure) -> bool:
    """Whether a price is what a warrant or option costs to exercise."""
    before = page.text[max(start, measure.start - 120) : measure.start]
    return bool(WARRANT.search(before) and EXERCISE.search(before)) or bool(
        re.search(r"exercis\w{1,6}\s(?:price\s)?(?:at|of)?\s?(?:a\sprice\sof\s)?$", before, re.IGNORECASE)
    )


def find_grant(page: Page, sentence: Sentence) -> Issue | None:
    """The options or share units that a sentence grants, with the exercise price."""
    number = next(((term, kind) for term, kind in find_securities(page, sentence.start, sentence.end)), None)
    if number is None:
        return None
    price = next((m for m in within(page.quantities, number[0].end, sentence.end) if _is_price(page, m)), None)
    return Issue(None, number[0], number[1], _term(price) if price else None)


def find_exercise_price(page: Page, sentence: Sentence) -> Term | None:
    """The exercise price of options that a sentence speaks of."""
    if not re.search(r"\boptions?\b", page.text[sentence.start : sentence.end], re.IGNORECASE):
        return None
    price = next((m for m in within(page.quantities, sentence.start, sentence.end) if _is_price(page, m)), None)
    return _term(price) if price else None


def find_warrant_terms(page: Page, sentence: Sentence) -> tuple[Term | None, Term | None]:
    """The exercise price and the life in months of the warrants that a sentence describes; (None, None) where it describes none."""
    end = terms_end(page, sentence)
    if not WARRANT.search(page.text, sentence.start, end) or not EXERCISE.search(page.text, sentence.start, end):
        return None, None
    inside = within(page.quantities, sentence.start, end)
    prices = [m for m in inside if _is_price(page, m) and _is_exercise(page, sentence.start, m)]
    if not prices:
        return None, None
    months = next(
        (m for m in inside if m.dimension == "time" and m.unit in ("year", "month") and m.start > sentence.start and _is_term(page, m)),
        None,
    )
    life = Term(months.amount * (12 if months.unit == "year" else 1), "month", months.start, months.end) if months else None
    return _term(prices[0]), life


def _is_term(page: Page, measure: Measure) -> bool:
    """Whether a length of time is the life of a security."""
    before = page.text[max(0, measure.start - 30) : measure.start].lower()
    return bool(
        re.search(
            r"(?:period of|for|within|until|term of|expir\w{1,5}|on or before|up to|prior to|date that is)"
            r"\s(?:a\s|the\s)?(?:period of\s|term of\s)?(?:\w{3,6}\s\()?$",
            before,
        )
    ) or bool(re.match(r"\)?\s?(?:from|after|following|term|period)", page.text[measure.end : measure.end + 16]))


def find_paid(page: Page, sentences: Sequence[Sentence], royalty: bool = False) -> Term | None:
    """The money paid for an asset, a company or (`royalty`) a royalty: the surest of the sentences, of equals the first."""
    unpaid = NOT_PAID if royalty else NOT_PAID_NOR_ROYALTY
    best: tuple[int, Measure] | None = None
    for sentence in sentences:
        for measure in within(page.quantities, sentence.start, sentence.end):
            if measure.dimension != "money" or measure.amount < 1000:
                continue
            before = page.text[max(sentence.start, measure.start - 70) : measure.start]
            after = page.text[measure.end : min(sentence.end, measure.end + 45)]
            rank = next((n for n, shape in enumerate(PAID_BEFORE) if shape.search(before)), None)
            if (rank and re.match(r"\s(?:in\s)?cash\b", after)) or PROCEEDS_OF.match(after):
                rank = 0
            if (
                rank is None
                or NOT_PAID.search(re.split(r"[;,]", page.text[max(sentence.start, measure.start - 160) : measure.start])[-1])
                or unpaid.search(re.split(r"[;,.]|\band\b", after)[0])
            ):
                continue
            if best is None or rank < best[0]:
                best = rank, measure
    return _term(best[1]) if best else None


def find_stake(page: Page, start: int, end: int) -> Term | None:
    """The percent of an asset or company that changes hands in [start, end), None where it is not said."""
    for measure in within(page.quantities, start, end):
        if measure.dimension != "percent" or not 0 < measure.amount <= 100 or not STAKE_AFTER.match(page.text, measure.end):
            continue
        before = page.text[max(start, measure.start - 40) : measure.start]
        after = page.text[measure.end : measure.end + 30]
        if not NO_STAKE.search(before.rsplit(",", 1)[-1]) and not re.match(
            r"\s?(?:NSR|net\ssmelter|royalt|gross|GRR|GSR|premium|owned|of\sthe\s(?:gold|silver|ore|production))", after, re.IGNORECASE
        ):
            return _term(measure)
    return None
