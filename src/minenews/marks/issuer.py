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
BEHALF = re.compile(
    r"(?:on[ ]behalf[ ]of|ON[ ]BEHALF[ ]OF)(?:[ ](?:the|THE)?[ ]?(?:Board|BOARD)(?:[ ](?:of|OF)[ ](?:Directors|DIRECTORS))?(?:[ ](?:of|OF))?)?[ ,:\n]{1,3}$",
    re.IGNORECASE,
)
SOURCE = re.compile(r"(?:SOURCE|Source)[: ]{1,3}$")
SPEAKS = re.compile(
    r"(?:'s)?(?:[ ,]{0,2}\([^()]{0,200}\)){0,5}[ ,]{0,2}(?:(?:today|also)[ ])?(?:is[ ](?:pleased|excited|delighted|proud|providing|happy)|are[ ]pleased|announce[sd]?|report(?:s|ed)|provide[sd]?|wishes|advises|has|CEO|chief[ ]executive|executive[ ]chair|president)",
    re.IGNORECASE,
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
    start = layout.dateline.end if layout.dateline else layout.headline[1] if layout.headline else 0
    headline = layout.headline or (0, 0)
    score = 0
    if any(alias.own for alias in party.aliases):
        score += 6
    if any(headline[0] <= naming.start < headline[0] + 20 for naming in party.namings):
        score += 2
    if any(headline[0] <= naming.start < headline[1] for naming in party.namings):
        score += 1
    if any(start <= naming.start < start + OPENING for naming in party.namings):
        score += 1
        if any(start <= naming.start < start + 40 for naming in party.namings):
            score += 2
        if any(start <= naming.start < start + OPENING and SPEAKS.match(flow, naming.end) for naming in party.namings):
            score += 1
    if any(listing.start < start + OPENING for listing in party.listings):
        score += 2
    for naming in party.namings:
        before = flow[max(0, naming.start - 60) : naming.start]
        if ABOUT.search(before):
            score += 3
            break
    if any(
        BEHALF.search(flow[max(0, naming.start - 60) : naming.start]) or SOURCE.search(flow[max(0, naming.start - 12) : naming.start])
        for naming in party.namings
    ):
        score += 2
    return score
