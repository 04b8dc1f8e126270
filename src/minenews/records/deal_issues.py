"""What a sentence about a financing says of each class of securities: how many, at what price, for how much."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minenews.marks.page import Page, Sentence, within
from minenews.records.deal_terms import UNKNOWN, Term, find_money, find_securities, gross_rank, is_price, term_of, terms_end
from minenews.records.deal_warrants import is_exercise

FLOW_THROUGH = re.compile(r"(?<!non-)(?<!non\s)\bflow[-\s]through\b|\bFT\b", re.IGNORECASE)
NOT_FLOW_THROUGH = re.compile(r"\bnon[-\s]?(?:flow|FT\b)|\bhard[-\s]dollar\b", re.IGNORECASE)
CLASS_REACH = 260
"""Characters behind a number of securities in which they are described."""
FLOW_CLASS = re.compile(
    r"""\s? (?: (?!(?:and|plus|compris\w{1,4}|consist\w{1,4})\b) [^;\s]{1,24} \s ){0,14}?
        [^;\s\w]{0,3} (?: flow[-\s]through | [^;\s]{1,14}\s FT | FT ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words behind a number of securities that make them flow-through ones."""
PER_FLOW = re.compile(r"(?:\sper)?(?:\s[\w’'-]{1,14}){0,2}\s(?:FT|flow[-\s]through)\b", re.IGNORECASE)
"""Words behind a price that make it one of flow-through securities."""
CUMULATIVE = re.compile(
    r"\b(?:to\sdate|cumulative|(?:two|three|both|all|the)\stranches|together\swith\sthe\s(?:first|second|initial)|in\stotal|combined|under\s(?:this|the)\sOffering|first\sand\s(?:second|final)\stranches)\b",
    re.IGNORECASE,
)
SUM_OF_CLASSES = re.compile(
    r"\bfor\s(?:an?\s)?(?:aggregate|total|combined)\s(?:(?:aggregate|total|combined|gross|proceeds|of)\s){1,6}\S{1,16}(?:\smillion)?\W{0,3}$",
    re.IGNORECASE,
)
"""The end of a sentence that gives the sum of the classes listed in it."""
SHARED_PRICE = re.compile(r"\b(?:each|in\s(?:each|both)\scases?|all|both)\s(?:priced\s)?at\b", re.IGNORECASE)
"""Words before a price that all the classes of a sentence have."""
EXPECTED = re.compile(r"\b(?:will|would|up\sto|expect\w{0,3}|anticipat\w{1,3}|may)\b", re.IGNORECASE)
AGGREGATE = re.compile(r"\b(?:aggregate|total|cumulative|combined)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issue:
    """What one class of securities brings: any slot may be None, but not both `gross` and `securities`."""

    gross: Term | None
    securities: Term | None
    security_kind: str | None
    price: Term | None
    flow_through: bool = False
    cumulative: bool = False


OWN_BEFORE = re.compile(r"[\s-]{1,2}(?:of\s)?(?:(?!and\b|plus\b|in\b|of\b|for\b|to\b)[\w’'-]{1,16}\s){0,3}")
"""What stands between an amount and the deal that it is of: a $225 million senior secured | debt facility."""
OWN_AFTER = re.compile(
    r"\s(?:[\w-]{1,14}\s)?(?:of|worth|for|valued\sat|totall?ing|to\sraise)\s(?:up\sto\s|about\s|approximately\s|around\s|some\s)?[~(]?"
)
"""What stands between a deal and its amount: a gold stream | arrangement worth $125 million."""


def find_own_amount(page: Page, sentence: Sentence, start: int, end: int) -> Term | None:
    """The amount that stands right beside the name of a deal at [start, end), for sentences that list several deals."""
    for measure in find_money(page, sentence.start, sentence.end):
        if measure.dimension == "money" and measure.amount >= 5000:
            gap = (measure.end, start, OWN_BEFORE) if measure.end <= start else (end, measure.start, OWN_AFTER)
            if gap[2].fullmatch(page.text, gap[0], gap[1]):
                return term_of(measure)
    return None


PRICE_SET = re.compile(
    r"\b(?:placing|issue|offer(?:ing)?|subscription)\sprice\s(?:\([^()]{1,40}\)\s)?(?:(?:has\sbeen|was)\sset\sat|is|of|will\sbe)\s$",
    re.IGNORECASE,
)
"""Words before the price of an issue that a sentence of its own gives."""


def find_set_price(page: Page, sentence: Sentence) -> Term | None:
    """The price of the securities where a sentence only says that: "The placing price has been set at 255 pence per share." """
    for measure in within(page.quantities, sentence.start, sentence.end):
        if is_price(page, measure) and PRICE_SET.search(page.text, max(sentence.start, measure.start - 90), measure.start):
            return term_of(measure)
    return None


def find_issues(page: Page, sentence: Sentence) -> list[Issue]:
    """What a sentence about a financing says of securities, price and proceeds, one entry per class of securities."""
    end = terms_end(page, sentence)
    securities = [(term, kind) for term, kind in find_securities(page, sentence.start, end) if not kind.endswith("warrant")]
    money = find_money(page, sentence.start, end)
    prices = [m for m in money if is_price(page, m) and not is_exercise(page, sentence.start, m)]
    grosses = [(rank, m) for m in money if (rank := gross_rank(page, m))]
    whole = page.text[sentence.start : end]
    cumulative = bool(CUMULATIVE.search(whole) and AGGREGATE.search(whole) and not EXPECTED.search(whole))
    cumulative = cumulative and not (len(securities) > 1 and len(prices) > 1 and SUM_OF_CLASSES.search(whole))
    if len(securities) == 2 and _is_change(page, securities[0][0], securities[1][0]):
        securities = securities[1:]
    if not securities:
        best = max(grosses, key=lambda g: (g[0], -g[1].start), default=None)
        if best is None or (best[0] == 1 and not prices):
            return []
        price = term_of(prices[0]) if prices else None
        flows = bool(FLOW_THROUGH.search(whole))
        return [Issue(term_of(best[1]), None, None, price, flows, cumulative)]
    issues: list[Issue] = []
    for number, (term, kind) in enumerate(securities):
        last = securities[number + 1][0].start if number + 1 < len(securities) else end
        first = term.end if number else sentence.start
        cost = next((m for m in prices if term.start < m.start < last), None) or next((m for m in prices if first <= m.start < last), None)
        around = [g for g in grosses if first <= g[1].start < last and g[1] is not cost]
        after = [g for g in around if g[1].start > term.start] or around
        if cost is not None and cost.unit != UNKNOWN:  # of two amounts the one that the securities bring at their price
            own = [g for g in after if abs(g[1].amount - term.value * cost.amount) <= 0.03 * g[1].amount]
            after = own or (after if len(securities) == 1 else [])
        best = max(after, key=lambda g: (g[0], -g[1].start), default=None)
        if cost is None and best is None and number:
            continue
        issues.append(
            Issue(
                term_of(best[1]) if best else None,
                term,
                kind,
                term_of(cost) if cost else None,
                _is_flow_through(page, term, kind, term_of(cost) if cost else None, last),
                cumulative,
            )
        )
    if len(issues) > 1 and len(prices) == 1 and SHARED_PRICE.search(whole):
        issues = [_at_price(issue, term_of(prices[0])) for issue in issues]
    return issues


def _at_price(issue: Issue, price: Term) -> Issue:
    """One of several classes at the price that they share, without proceeds that are those of all of them."""
    raised = issue.securities.value * price.value if issue.securities else None
    own = issue.gross is None or raised is None or abs(issue.gross.value - raised) <= 0.03 * issue.gross.value
    return replace(issue, price=price, gross=issue.gross if own else None)


def _is_flow_through(page: Page, term: Term, kind: str, cost: Term | None, last: int) -> bool:
    """Whether securities are flow-through ones: by their name, by what is said of them up to their price, or by the name at the price.

    6,250,000 units (each, a "FT Unit") · shares to be issued as flow-through shares · at $0.42 per FT Share
    """
    if NOT_FLOW_THROUGH.search(kind):
        return False
    price = cost.start if cost is not None and cost.start > term.end else min(last, term.end + 100)
    behind = FLOW_CLASS.match(page.text, term.end, min(price, last, term.end + CLASS_REACH))
    named = PER_FLOW.match(page.text, cost.end, last) if cost is not None else None
    return bool(FLOW_THROUGH.search(kind) or behind or named)


def _is_change(page: Page, one: Term, two: Term) -> bool:
    """Whether two numbers are the ends of "from 10,000,000 units to 12,000,000 units"."""
    return (
        page.text[max(0, one.start - 6) : one.start].lower().strip() == "from"
        and page.text[max(0, two.start - 4) : two.start].lower().strip() == "to"
    )


def find_grant(page: Page, sentence: Sentence) -> Issue | None:
    """The options or share units that a sentence grants, with the exercise price."""
    number = next(((term, kind) for term, kind in find_securities(page, sentence.start, sentence.end)), None)
    if number is None:
        return None
    price = next((m for m in within(page.quantities, number[0].end, sentence.end) if is_price(page, m)), None)
    return Issue(None, number[0], number[1], term_of(price) if price else None)
