"""Who stands on the other side of a deal, and which asset it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Mention, Page, Sentence, within
from minenews.models import DealKind

K = DealKind

FILLER = (
    r"(?:(?:(?!(?:of|by|at|for|in|on|under|that|which|with|from|to)\b)[a-z][\w'’.-]{0,18}|(?:subsidiar(?:y|ies)|affiliates?|division|unit|shareholders|holders|one|each|both|all|members?)\sof"
    r"|Mr\.|Ms\.|Mrs\.|Dr\.|Messrs\.|Canadian|Australian|Chinese|Chilean|American|Peruvian|Mexican|Japanese|Korean|London|Toronto|Vancouver|Perth),?[\s-]){0,6}"
)
"""Words that may stand between a preposition and the party that it names."""

ROLE_AFTER = re.compile(
    r"[^.;]{0,40}?\(\s?(?:the\s|collectively,?\s(?:the\s)?|together,?\s(?:the\s)?)?[“\"](?:the\s)?(?:Vendors?|Optionors?|Optionees?|Sellers?|Purchasers?|Buyers?|Lenders?|Investors?|Subscribers?|Holders?|Counterparty|Royalty\sHolders?|Acquiror|Target|Offtaker)[”\"]",
    re.IGNORECASE,
)
"""A definition that makes the name before it the other party: Ardoch Ltd. (the "Vendor")."""

SHAPES: dict[str, re.Pattern[str]] = {
    "from": re.compile(rf"\bfrom\s{FILLER}$", re.IGNORECASE),
    "to": re.compile(rf"\b(?:to|in\sfavou?r\sof)\s{FILLER}$", re.IGNORECASE),
    "with": re.compile(rf"\bwith\s{FILLER}$", re.IGNORECASE),
    "by": re.compile(
        r"(?<!owned\s)(?<!operated\s)(?<!held\s)(?<!controlled\s)(?<!completed\s)(?<!prepared\s)(?<!managed\s)(?<!advanced\s)"
        rf"\bby\s{FILLER}$", re.IGNORECASE),
    "and": re.compile(rf"\b(?:and|between)\s{FILLER}$", re.IGNORECASE),
    "target": re.compile(
        r"\b(?:acquir(?:e|es|ed|ing)|acquisition\sof|purchase\sof|merger\sof|takeover\sof"
        r"|(?:shares|securities|capital|ownership|control|interest|%)\s(?:of|in)|bid\sfor|offer\sfor|merge\swith|investment\sin|buys?|purchases?d?)"
        rf"\s{FILLER}$", re.IGNORECASE),
    "led": re.compile(
        rf"\b(?:led\sby|lead\sunderwriters?,?|agreement\swith|subscribed\sby|investment\s(?:by|from)|order\sfrom|investor,?)\s{FILLER}$",
        re.IGNORECASE),
}  # fmt: skip
"""What stands before the name of a party, by the preposition."""

ASKED: dict[DealKind, tuple[str, ...]] = {
    K.ACQUISITION: ("from", "with", "target", "and", "by"),
    K.DISPOSAL: ("to", "with", "by", "and"),
    K.MERGER: ("with", "target", "and", "by"),
    K.OPTION_AGREEMENT: ("with", "from", "to", "by", "and"),
    K.JOINT_VENTURE: ("with", "and", "by"),
    K.ROYALTY: ("from", "with", "to", "by"),
    K.STREAM: ("with", "from", "to", "by"),
    K.OFFTAKE: ("with", "to", "from", "by"),
    K.DEBT_FACILITY: ("with", "from", "by", "to"),
    K.CONVERTIBLE: ("with", "from", "to", "by"),
    K.SHARE_PURCHASE: ("by", "with", "from", "target", "to"),
    K.PRIVATE_PLACEMENT: ("led",),
    K.BOUGHT_DEAL: ("led",),
    K.PUBLIC_OFFERING: ("led",),
    K.FLOW_THROUGH: ("led",),
    K.DEBT_SETTLEMENT: ("with", "to"),
}
"""In which order the prepositions name the other party of each kind of deal."""

BY_SUBJECT = frozenset({K.OPTION_AGREEMENT, K.OFFTAKE, K.ACQUISITION, K.ROYALTY, K.STREAM, K.SHARE_PURCHASE, K.DEBT_FACILITY})
"""Kinds whose other party may be the subject: "Ardoch has agreed to purchase all the concentrate"."""

VERB_AFTER = re.compile(r"(?:\s?\([^)]{0,40}\)){0,2},?\s(?:has|have|will|would|agree[sd]|shall)\b")
"""What stands behind the name of a party that acts itself."""

NO_PARTY = re.compile(
    r"exchange\b|commission\b|SEDAR|\bTSX|\bASX|\bCSE\b|government|ministry|securities\sact|newswire|court|\bIRS\b", re.IGNORECASE
)
SOLE_ASSET = frozenset({K.ACQUISITION, K.DISPOSAL, K.OPTION_AGREEMENT, K.JOINT_VENTURE, K.ROYALTY, K.STREAM, K.OFFTAKE})
"""Kinds that are about an asset even where only the release as a whole names it."""


LENT = re.compile(r"\b(?:facilit(?:y|ies)|loans?|debentures?|credit)\b", re.IGNORECASE)
"""Words of a sentence behind a trade that make its party a lender, not the other side of the trade."""


def find_counterparty(page: Page, kind: DealKind, sentences: Sequence[Sentence], own: bool = True) -> Mention | None:
    """The other party of a deal: the name with the telling preposition in the first sentence that has one.

    Sentences that do not name the deal (`own` False) tell it by "with", "from" or "to" alone.
    A name defined as the vendor, lender, ... comes first; the issuer, exchanges and authorities never are a party.
    """
    for sentence in sentences:
        names = _parties(page, sentence)
        for mention in names:
            if ROLE_AFTER.match(page.text, mention.end) and kind not in (
                K.PRIVATE_PLACEMENT,
                K.FLOW_THROUGH,
                K.BOUGHT_DEAL,
                K.PUBLIC_OFFERING,
                K.OPTION_GRANT,
            ):
                return mention
        if not own and LENT.search(page.text, sentence.start, sentence.end):
            continue
        asked = ASKED.get(kind, ()) if own else tuple(shape for shape in ASKED.get(kind, ()) if shape in ("with", "from", "to"))
        found: dict[str, Mention] = {}
        for mention in names:
            before = page.text[max(sentence.start, mention.start - 90) : mention.start]
            for shape in asked:
                if shape not in found and SHAPES[shape].search(before):
                    found[shape] = mention
        for shape in asked:
            if shape in found:
                return found[shape]
        if own and kind in BY_SUBJECT:
            subject = next((m for m in names if VERB_AFTER.match(page.text, m.end)), None)
            if subject is not None:
                return subject
    return None


NAME = re.compile(
    r"(?:\b(?P<shape>from|with|to|by)\s)(?:an?\s|the\s)?(?P<name>[A-Z][\w&’'-]*(?:\s(?:[A-Z][\w&’'.-]*|of|de|and\s(?=[A-Z]))){1,5})(?<!\sof)(?<!\sde)",
)
"""A name in capitals behind a preposition, for parties that no other rule knows as a company."""
NAME_TELLS: dict[DealKind, tuple[str, ...]] = {
    K.ACQUISITION: ("from",),
    K.DISPOSAL: ("with", "to"),
    K.MERGER: ("with",),
    K.OPTION_AGREEMENT: ("with",),
    K.JOINT_VENTURE: ("with",),
    K.ROYALTY: ("from", "with"),
    K.OFFTAKE: ("with",),
    K.STREAM: ("with",),
}
"""Which prepositions are trusted before such a name."""


def find_named_party(page: Page, kind: DealKind, sentence: Sentence, end: int) -> Mention | None:
    """A party that is no known company, by the capitals of its name behind a deal's words that end at `end`; no asset or place."""
    for match in NAME.finditer(page.text, sentence.start, min(sentence.end, end + 110)):
        if match["shape"] != "with" and match.start() < end - 6:
            continue
        start, stop = match.span("name")
        marks = (page.asset_mentions, page.place_mentions, page.company_mentions, page.people_mentions, page.periods)
        if match["shape"] in NAME_TELLS.get(kind, ()) and not any(
            m.start < stop and start < m.end for mark in marks for m in within(mark, sentence.start, sentence.end)
        ):
            return Mention(start, stop, "party", page.written(start, stop), "deal_parties.name")
    return None


def _parties(page: Page, sentence: Sentence) -> list[Mention]:
    """The companies and people that a sentence names, without the issuer, in reading order."""
    issuer = page.issuer.name if page.issuer else None
    companies = [m for m in within(page.company_mentions, sentence.start, sentence.end) if m.name != issuer and not NO_PARTY.search(m.name)]
    people = within(page.people_mentions, sentence.start, sentence.end)
    return sorted([*companies, *people], key=lambda m: m.start)


def find_asset(page: Page, kind: DealKind, places: Sequence[tuple[Sentence, int, int]]) -> Mention | None:
    """The asset that a deal is about: the nearest behind one of the places that tell of it, in the first sentence that names one."""
    if kind not in SOLE_ASSET:
        return None
    for sentence, start, end in places:
        inside = within(page.asset_mentions, sentence.start, sentence.end)
        behind = [m for m in inside if m.end > start]
        if inside:
            return min(behind or inside, key=lambda m: max(m.start - end, start - m.end, 0))
    return None


def whole_asset(page: Page, kind: DealKind) -> str | None:
    """The asset of a release that names one only, in its news or in its headline, for the kinds of deal that are about an asset."""
    if kind not in SOLE_ASSET:
        return None
    names = {m.name for m in page.asset_mentions if page.is_news(m.start)}
    if len(names) != 1 and page.layout.headline is not None:
        names = {m.name for m in within(page.asset_mentions, *page.layout.headline)}
    return names.pop() if len(names) == 1 else None
