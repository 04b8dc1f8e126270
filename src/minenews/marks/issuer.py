"""The issuer: the company that speaks in a release, told by the signs that releases give."""

from __future__ import annotations

import re
from typing import Protocol, TypeVar

from minenews.marks.aliases import Alias
from minenews.marks.company_names import Naming
from minenews.marks.tickers import Listing
from minenews.text.layout import Layout


class Named(Protocol):
    """What the issuer is chosen from: a company with its namings, aliases and listings."""

    namings: list[Naming]
    aliases: list[Alias]
    listings: list[Listing]

    @property
    def first(self) -> int: ...
    @property
    def kind(self) -> str: ...


P = TypeVar("P", bound=Named)

THRESHOLD = 3
OPENING = 450  # characters from the start of the news in which the issuer introduces itself
ABOUT = re.compile(r"(?:^|\n)[ *#_]{0,4}(?:About|ABOUT)[ :]{1,2}$")
PLACED = re.compile(r"[A-Z]{3}[^\n]{0,110}[-–][ ]{1,2}")
OPENER = re.compile(r"(?:[^\w()\n]|\n|\([^()\n]{0,60}\)|(?:MiningNewsBreaks|InvestorNewsBreaks|RockBreaks|The)[ ])*")
ALONE = re.compile(r"[ *_]{0,90}(?:\([^()\n]{1,60}\)[ ]{0,2}){0,3}(?:\n|$)")
BEHALF = re.compile(
    r"on[ ]behalf[ ]of(?:(?:[ ]the)?[ ]board(?:[ ]of[ ]directors)?(?:[ ]of)?)?[ ,:\n]{1,3}$",
    re.IGNORECASE,
)
SOURCE = re.compile(r"(?:SOURCE|Source)[: ]{1,3}$")
SPEAKS = re.compile(
    r"""(?:'s)? (?:[ ,]{0,2}\([^()]{0,200}\)){0,5} [ ,]{0,2} (?:(?:today|also)[ ])?
        (?:is[ ](?:pleased|excited|delighted|proud|providing|happy)|are[ ]pleased|announce[sd]?|report(?:s|ed)|provide[sd]?|wishes|advises
        |has|CEO|chief[ ]executive|executive[ ]chair|president)""",
    re.VERBOSE | re.IGNORECASE,
)


def find_issuer(flow: str, layout: Layout, parties: list[P]) -> P | None:
    """The company with most signs of the issuer, None where no company has enough."""
    candidates = [party for party in parties if party.kind == "company"]
    if not candidates:
        return None
    scores = {id(party): _signs(flow, layout, party) for party in candidates}
    best = max(candidates, key=lambda party: (scores[id(party)], -party.first))
    return best if scores[id(best)] >= THRESHOLD else None


def _signs(flow: str, layout: Layout, party: Named) -> int:
    """How strongly the text presents a company as the one that speaks."""
    headline = layout.headline or (0, 0)
    start = layout.dateline.end if layout.dateline else headline[1]
    first = start if layout.dateline else headline[0]  # a dateline that was not read may stand in the headline
    opening = [naming for naming in party.namings if first <= naming.start < start + OPENING]
    score = 6 * any(alias.own for alias in party.aliases)
    score += 3 * any(_opens(flow, headline[0], naming.start) for naming in party.namings if naming.start < headline[1])
    score += any(headline[0] <= naming.start < headline[1] for naming in party.namings)
    score += 3 * any(_opens(flow, start, naming.start) or PLACED.fullmatch(flow, first, naming.start) for naming in opening)
    score += bool(opening) + 2 * any(SPEAKS.match(flow, naming.end) for naming in opening)
    score += 3 * any(
        naming.start < max(start, first + 1) + OPENING and ALONE.match(flow, naming.end) and _begins_line(flow, naming.start)
        for naming in party.namings
    )
    score += 3 * any(layout.dateline is not None and layout.dateline.start <= naming.start < start for naming in party.namings)
    score += any(listing.start < start + OPENING for listing in party.listings)
    score += 3 * any(ABOUT.search(flow, max(0, naming.start - 20), naming.start) for naming in party.namings)
    score += 2 * any(BEHALF.search(flow, max(0, naming.start - 60), naming.start) for naming in party.namings)
    return score + 2 * any(SOURCE.search(flow, max(0, naming.start - 12), naming.start) for naming in party.namings)


def _begins_line(flow: str, position: int) -> bool:
    return not flow[flow.rfind("\n", 0, position) + 1 : position].strip(" #*_")


def _opens(flow: str, start: int, position: int) -> bool:
    """Whether nothing but signs and listings stands between the start of a stretch and a position."""
    return 0 <= position - start < 120 and OPENER.fullmatch(flow, start, position) is not None
