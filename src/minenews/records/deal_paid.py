"""What is paid for an asset or a company, and the share of it that changes hands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Measure, Page, Sentence, within
from minenews.records.deal_terms import Term, term_of

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
    return term_of(best[1]) if best else None


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
            return term_of(measure)
    return None
