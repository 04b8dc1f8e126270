"""Settle the deals of a release: those that say too little, or that another one tells, are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Page
from minenews.models import DealKind, Stage
from minenews.records.deal_drafts import Draft, product
from minenews.records.deal_mentions import TRADES
from minenews.records.deal_words import EQUITY

K = DealKind


def settle_drafts(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The deals without those that another one of the release explains."""
    kept: list[Draft] = []
    _share_stages(drafts)
    drafts = _without_totals(_one_trade(page, drafts))
    kinds = {d.kind for d in drafts}
    for draft in drafts:
        if draft.kind in (K.ACQUISITION, K.DISPOSAL) and _told_by(draft, drafts, (K.OPTION_AGREEMENT, K.MERGER, K.ROYALTY, K.STREAM)):
            continue
        if draft.kind is K.SHARE_PURCHASE and kinds & EQUITY:
            continue
        if (
            draft.kind is K.PRIVATE_PLACEMENT
            and not draft.terms
            and kinds & {K.BOUGHT_DEAL, K.FLOW_THROUGH, K.CONVERTIBLE, K.PUBLIC_OFFERING, K.DEBT_SETTLEMENT}
        ):
            continue
        same = [d for d in drafts if d is not draft and d.kind is draft.kind]
        if (
            draft.kind in EQUITY
            and all(m.before and m.stage is not Stage.CLOSED for m in draft.mentions)
            and any(d.stage is Stage.CLOSED for d in same)
        ):
            continue
        kept.append(draft)
    return kept


def _one_trade(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The deals with a sale and a purchase of the same asset, by or from the same party, told as one: the first, with the terms of both."""
    trades = [d for d in drafts if d.kind in (K.ACQUISITION, K.DISPOSAL)]
    gone: list[Draft] = []
    for number, draft in enumerate(trades):
        for other in trades[:number]:
            if other.kind is draft.kind or other in gone:
                continue
            one, two = other.parties.get("counterparty"), draft.parties.get("counterparty")
            if (
                one
                and ((two and one.name == two.name) or _is_subject(page, draft, one.name))
                and (other.asset_name == draft.asset_name or None in (other.asset_name, draft.asset_name))
            ):
                for slot, term in draft.terms.items():
                    other.terms.setdefault(slot, term)
                other.security_kind = other.security_kind or draft.security_kind
                gone.append(draft)
                break
    return [d for d in drafts if d not in gone]


def _is_subject(page: Page, draft: Draft, name: str) -> bool:
    """Whether a sentence of a deal names a party, if only by its first word, before what it does: "Ardoch will acquire ..." """
    first = re.compile(rf"\b{re.escape(name.split()[0])}\b")
    return any(first.search(page.text, m.sentence.start, m.start) for m in draft.mentions)


def _without_totals(drafts: list[Draft]) -> list[Draft]:
    """The deals without a financing that is only the sum of others: its classes of securities are the deals, and take its stage.

    It stays where the classes do not say what each of them brings in.
    """
    for total in drafts:
        gross = total.terms.get("gross")
        if total.kind not in EQUITY or gross is None or total.cumulative or {"securities", "price"} & set(total.terms):
            continue
        parts = [d for d in drafts if d is not total and d.kind in EQUITY and not d.cumulative and _worth(d)]
        if len(parts) == 1 and parts[0].kind is not total.kind and abs(_worth(parts[0]) - gross.value) <= 0.015 * gross.value:
            return [d for d in drafts if d is not _joined(total, parts[0])]
        if len(parts) > 1 and abs(sum(_worth(d) for d in parts) - gross.value) <= 0.015 * gross.value:
            for part in parts:
                part.mentions.extend(m for m in total.mentions if m.stage is not None)
            if all("gross" in d.terms for d in parts):
                return [d for d in drafts if d is not total]
            for slot in ("warrant_price", "warrant_months"):
                total.terms.pop(slot, None)
    return drafts


def _share_stages(drafts: list[Draft]) -> None:
    """Give a class of securities without a stage that of the other class which the same sentence tells."""
    for draft in drafts:
        if all(m.stage is None for m in draft.mentions):
            staged = next((d for d in drafts if draft.is_sibling(d) and any(m.stage is not None for m in d.mentions)), None)
            if staged is not None:
                draft.mentions.extend(m for m in staged.mentions if m.stage is not None)


def _joined(total: Draft, part: Draft) -> Draft:
    """Take the securities of a financing up into it; the draft that is now told by the other."""
    for slot, term in part.terms.items():
        total.terms.setdefault(slot, term)
    total.security_kind = part.security_kind
    total.mentions.extend(part.mentions)
    if total.kind is not K.BOUGHT_DEAL:
        total.kind = part.kind
    return part


def _worth(draft: Draft) -> float:
    """What an issue brings in: its gross, else securities times price, 0 where neither is said."""
    gross = draft.terms.get("gross")
    return gross.value if gross else product(draft.terms.get("securities"), draft.terms.get("price")) or 0.0


def _told_by(draft: Draft, drafts: list[Draft], kinds: Sequence[DealKind]) -> bool:
    """Whether a more telling deal is about the same asset or party, or the draft names none of its own."""
    for other in drafts:
        if other.kind not in kinds or (draft.in_lead and not other.in_lead):
            continue
        one, two = draft.parties.get("counterparty"), other.parties.get("counterparty")
        if one is None or two is None or one.name == two.name:
            return True
        if draft.asset_name is not None and draft.asset_name == other.asset_name and "gross" not in draft.terms:
            return True
    return False


def is_deal(draft: Draft) -> bool:
    """Whether a draft says enough: named in the lead, or with a stage; and with a term, a party or an asset."""
    lead = draft.in_lead
    staged = draft.cumulative or any(m.stage is not None for m in draft.mentions)
    party, asset = draft.parties.get("counterparty"), draft.parties.get("asset")
    if draft.kind in TRADES:
        if lead and draft.kind not in (K.OFFTAKE, K.JOINT_VENTURE, K.MERGER):
            return bool(party or asset or draft.terms)
        return bool((staged and party) or (asset and {"gross", "stake"} <= set(draft.terms)))
    if draft.kind in (K.DEBT_FACILITY, K.STREAM, K.CONVERTIBLE) and party and staged:
        return True
    return bool({"gross", "securities"} & set(draft.terms)) and (lead or staged)
