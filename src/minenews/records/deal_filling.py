"""Fill a deal: the terms, the party and the asset that its sentences and those behind them tell."""

from __future__ import annotations

import re
from bisect import bisect_left

from minenews.marks.page import Page, Sentence
from minenews.models import DealKind
from minenews.records.deal_drafts import Draft
from minenews.records.deal_issues import find_issues, find_set_price
from minenews.records.deal_mentions import TRADES
from minenews.records.deal_paid import find_paid, find_stake
from minenews.records.deal_parties import find_asset, find_counterparty, whole_asset
from minenews.records.deal_terms import find_securities
from minenews.records.deal_warrants import find_exercise_price, find_warrant_terms
from minenews.records.deal_words import EQUITY

K = DealKind
MENTIONS = 20
"""How many mentions of a deal are followed up."""
FOLLOWING = 14
"""How many sentences behind a mention may tell its terms."""


def _passage(page: Page, draft: Draft, drafts: list[Draft]) -> list[Sentence]:
    """The sentences that may tell the terms of a deal: its own and the news sentences that follow, up to the next deal."""
    own = {m.sentence.start: m.sentence for m in draft.mentions[:MENTIONS]}
    part = any(draft.is_sibling(d) for d in drafts)
    strangers = [d for d in drafts if d is not draft and d.kind is not draft.kind and not (part and d.kind in EQUITY)]
    others = {m.sentence.start for d in strangers for m in d.mentions[:MENTIONS]} - set(own)
    found: dict[int, Sentence] = {}
    for start in own:
        first = bisect_left(page.sentences, start, key=lambda s: s.start)
        for sentence in page.sentences[first : first + FOLLOWING]:
            if sentence.start in others or page.layout.blocks[sentence.block].section != "body":
                break
            found[sentence.start] = sentence
    return sorted(found.values(), key=lambda s: (s.start not in own, s.start))


def fill_draft(page: Page, draft: Draft, drafts: list[Draft]) -> None:
    """Read the slots that stand in the sentences of a deal and in those that follow it."""
    passage = _passage(page, draft, drafts)
    own = [m.sentence for m in draft.mentions[:MENTIONS]]
    if draft.kind in EQUITY or draft.kind in (K.CONVERTIBLE, K.DEBT_SETTLEMENT):
        has_warrants = "unit" in (draft.security_kind or "unit") or not any(draft.is_sibling(d) for d in drafts)
        _fill_issue(page, draft, sorted(passage, key=lambda s: s.start), has_warrants)
    if draft.kind is K.OPTION_GRANT and "price" not in draft.terms:
        price = next((found for s in passage[: len(own) + 2] if (found := find_exercise_price(page, s))), None)
        if price is not None:
            draft.terms["price"] = price
    if draft.kind in TRADES:
        royalty = draft.kind is K.ROYALTY
        paid = find_paid(page, own, royalty) or find_paid(page, passage, royalty)
        if paid is not None:
            draft.terms.setdefault("gross", paid)
        shares = next((found for s in passage for found in find_securities(page, s.start, s.end) if re.search(r"share", found[1])), None)
        if shares is not None and draft.kind is not K.JOINT_VENTURE:
            draft.terms.setdefault("securities", shares[0])
            draft.security_kind = shares[1]
        if draft.kind not in (K.ROYALTY, K.OFFTAKE, K.MERGER):
            stake = next((found for s in [*own, *passage[: len(own) + 5]] if (found := find_stake(page, s.start, s.end))), None)
            if stake is not None:
                draft.terms["stake"] = stake
    if "counterparty" not in draft.parties:
        near = [s for s in passage if s.block in {o.block for o in own} or s.start < own[0].end + 1500]
        party = find_counterparty(page, draft.kind, own) or (
            find_counterparty(page, draft.kind, near, own=False) if draft.kind in TRADES else None
        )
        if party is not None:
            draft.parties["counterparty"] = party
    triggers = [(m.sentence, m.start, m.end) for m in draft.mentions[:MENTIONS]]
    if "stake" in draft.terms:
        stake = draft.terms["stake"]
        triggers.insert(0, (page.sentence_at(stake.start) or own[0], stake.start, stake.end))
    asset = find_asset(page, draft.kind, triggers)
    asset = asset or draft.parties.get("asset")
    if asset is not None:
        draft.parties["asset"] = asset
        draft.asset_name = asset.name
    else:
        draft.asset_name = whole_asset(page, draft.kind)


def _fill_issue(page: Page, draft: Draft, passage: list[Sentence], has_warrants: bool) -> None:
    """The slots of an issue that stand in the sentences after it: price, securities, proceeds, warrants."""
    for sentence in passage:
        if draft.cumulative:
            return
        if has_warrants and "warrant_price" not in draft.terms:
            price, life = find_warrant_terms(page, sentence)
            if price is not None:
                draft.terms["warrant_price"] = price
                if life is not None:
                    draft.terms["warrant_months"] = life
        if "price" not in draft.terms and "securities" in draft.terms and (price := find_set_price(page, sentence)) is not None:
            draft.terms["price"] = price
        if not {"gross", "securities"} & set(draft.terms):
            issues = [
                i
                for i in find_issues(page, sentence)
                if i.flow_through == (draft.kind is K.FLOW_THROUGH)
                and not i.cumulative
                and i.securities is not None
                and (i.gross or i.price)
            ]
            if issues:
                for slot in ("gross", "securities", "price"):
                    term = getattr(issues[0], slot)
                    if term is not None:
                        draft.terms.setdefault(slot, term)
                draft.security_kind = draft.security_kind or issues[0].security_kind
