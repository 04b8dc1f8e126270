"""Join the mentions of deals: one draft for each deal, however often it is named."""

from __future__ import annotations

from dataclasses import dataclass, field

from minenews.marks.page import Mention, Page
from minenews.models import DealKind, Stage
from minenews.records.deal_mentions import TRADES, DealMention
from minenews.records.deal_parties import find_asset, find_counterparty, find_named_party
from minenews.records.deal_terms import UNKNOWN, Term
from minenews.records.deal_words import EQUITY, RANK

K = DealKind
MOST = 300
"""No release tells of more deals; a text that seems to is none, and is not read to its end."""


@dataclass(slots=True)
class Draft:
    """A deal in the making: its mentions and what they say."""

    kind: DealKind
    mentions: list[DealMention] = field(default_factory=list)
    terms: dict[str, Term] = field(default_factory=dict)
    security_kind: str | None = None
    parties: dict[str, Mention] = field(default_factory=dict)
    asset_name: str | None = None
    cumulative: bool = False

    def is_sibling(self, other: Draft) -> bool:
        """Whether another draft is a class of securities of the same offering: told in one sentence with this one."""
        if other is self or not {self.kind, other.kind} <= EQUITY:
            return False
        own = {m.sentence.start for m in self.mentions}
        return any(m.sentence.start in own for m in other.mentions)

    @property
    def in_lead(self) -> bool:
        """Whether the headline or the first sentences name it."""
        return any(m.lead or m.headline for m in self.mentions)

    @property
    def stage(self) -> Stage:
        """The furthest stage that its mentions give, those of the headline and lead before the others."""
        if self.cumulative:
            return Stage.CLOSED
        for group in ([m for m in self.mentions if m.lead or m.headline], self.mentions):
            stages = {m.stage for m in group if m.stage is not None}
            found = next((stage for stage in RANK if stage in stages), None)
            if found is not None:
                done = self.kind is K.WARRANT_AMENDMENT and found in (Stage.CLOSED, Stage.ANNOUNCED)
                return Stage.AMENDED if done else found
        return Stage.ANNOUNCED


def join_mentions(page: Page, mentions: list[DealMention]) -> list[Draft]:
    """The mentions grouped into deals."""
    drafts: list[Draft] = []
    for mention in mentions:
        party = _party(page, mention) if mention.kind in TRADES else None
        asset = find_asset(page, mention.kind, [(mention.sentence, mention.start, mention.end)])
        draft = next((d for d in drafts if _belongs(d, mention, party, asset)), None)
        if draft is None:
            if mention.stage is None and not mention.headline and party is None and not _has_terms(mention):
                continue
            if len(drafts) >= MOST:
                break
            draft = Draft(mention.kind)
            drafts.append(draft)
        _add(draft, mention, party)
        if asset is not None:
            draft.parties.setdefault("asset", asset)
    return drafts


def _party(page: Page, mention: DealMention) -> Mention | None:
    """The other party that the sentence of a mention names; a name told by its capitals alone comes before the company that is bought."""
    known = find_counterparty(page, mention.kind, (mention.sentence,))
    if known is not None and not (mention.kind is K.ACQUISITION and known.start - mention.end < 4):
        return known
    return find_named_party(page, mention.kind, mention.sentence, mention.end) or known


def _has_terms(mention: DealMention) -> bool:
    """Whether a mention states the terms of an issue, so that it needs no word of stage."""
    issue = mention.issue
    if issue is None:
        return False
    said = sum(term is not None for term in (issue.gross, issue.securities, issue.price))
    return said >= 2 or (issue.cumulative and issue.gross is not None)


def _belongs(draft: Draft, mention: DealMention, party: Mention | None, asset: Mention | None) -> bool:
    """Whether a mention may speak of the deal of a draft: same kind, no figure and no party that contradicts."""
    if draft.kind is not mention.kind:
        return False
    known, about = draft.parties.get("counterparty"), draft.parties.get("asset")
    if party is not None and known is not None and party.name != known.name:
        if draft.kind in (K.OFFTAKE, K.ROYALTY) and not mention.lead:
            return False
        if asset is not None and about is not None and asset.name != about.name:
            return False
    if mention.another and asset is not None and about is not None and asset.name != about.name:
        return False
    if mention.issue is None:
        return not draft.cumulative
    if mention.issue.cumulative:
        gross = draft.terms.get("gross")
        return draft.cumulative or gross is None or _same(gross, mention.issue.gross)
    if draft.cumulative:
        return False
    if not all(_same(draft.terms.get(slot), getattr(mention.issue, slot)) for slot in ("gross", "securities", "price")):
        return False
    raised = product(mention.issue.securities or draft.terms.get("securities"), mention.issue.price or draft.terms.get("price"))
    firm = [gross.value for gross in (mention.issue.gross, draft.terms.get("gross")) if gross is not None and not gross.loose]
    return raised is None or all(abs(raised - gross) <= 0.1 * gross for gross in firm)


def product(securities: Term | None, price: Term | None) -> float | None:
    """What securities bring at their price, None where one of both is not said, only a ceiling, or of an unknown unit."""
    return securities.value * price.value if securities and price and not securities.loose and price.unit != UNKNOWN else None


def _same(one: Term | None, other: Term | None) -> bool:
    """Whether two readings of a slot do not contradict each other."""
    if one is None or other is None or one.loose or other.loose:
        return True
    return abs(one.value - other.value) <= 0.015 * max(one.value, other.value)


def _add(draft: Draft, mention: DealMention, party: Mention | None) -> None:
    """Add a mention and what it says to a draft; a firm or finer figure replaces a ceiling or a rounded one."""
    draft.mentions.append(mention)
    if party is not None:
        draft.parties.setdefault("counterparty", party)
    issue = mention.issue
    if issue is None:
        return
    draft.cumulative = draft.cumulative or (issue.cumulative and len(draft.mentions) == 1)
    for slot in ("gross", "securities", "price"):
        new: Term | None = getattr(issue, slot)
        old = draft.terms.get(slot)
        if new is not None and (old is None or (old.loose and not new.loose) or (not new.loose and _tells_more(new, old))):
            draft.terms[slot] = new
            if slot == "securities":
                draft.security_kind = issue.security_kind


def _tells_more(new: Term, old: Term) -> bool:
    """Whether a figure is written with more digits, or with as many and in a named currency: A$2.7 million after $2.7M."""
    return (_digits(new), new.unit != "$") > (_digits(old), old.unit != "$")


def _digits(term: Term) -> int:
    """How many figures of a number count: 7,318,400 says more than 7.32 million."""
    return len(f"{term.value:.6f}".rstrip("0").rstrip(".").replace(".", "").strip("0"))
