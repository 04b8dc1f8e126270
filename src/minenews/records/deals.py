"""Deals: the financings and transactions of a release as records."""

from __future__ import annotations

import re

from minenews.marks.page import Page, Stretch, within
from minenews.models import Deal, Evidence, Money, PeriodValue, Precision, Stage
from minenews.records.deal_drafts import Draft, join_mentions
from minenews.records.deal_filling import MENTIONS, fill_draft
from minenews.records.deal_mentions import TRADES, DealMention, find_deal_mentions
from minenews.records.deal_settling import is_deal, settle_drafts
from minenews.records.deal_terms import Term


def link_deals(page: Page) -> tuple[Deal, ...]:
    """The deals of a release in reading order, one record for each however often it is named.

    Boilerplate, history, possibilities and the fees of a financing are no deals; a deal without any term, party or asset is none either.
    """
    mentions = find_deal_mentions(page)
    drafts = join_mentions(page, mentions)
    for draft in drafts:
        fill_draft(page, draft, drafts)
    drafts = settle_drafts(page, [draft for draft in drafts if is_deal(draft)])
    drafts.sort(key=lambda draft: draft.mentions[0].start)
    return tuple(_record(page, draft, f"d{number}") for number, draft in enumerate(drafts, start=1))


def _record(page: Page, draft: Draft, number: str) -> Deal:
    """The record of a draft."""
    evidence: list[Evidence] = []
    named = {m.start: m for m in draft.mentions[:MENTIONS]}
    evidence.extend(page.evidence("kind", m.start, m.end, f"deals.{draft.kind}") for m in named.values())
    for slot, term in draft.terms.items():
        evidence.append(page.evidence(slot, term.start, term.end, f"deal_terms.{slot}"))
    for slot, mark in draft.parties.items():
        evidence.append(page.evidence(slot, mark.start, mark.end, f"deal_parties.{slot}"))
    date = _date(page, draft)
    if date is not None:
        evidence.append(page.evidence("date", date.start, date.end, date.rule))
    party = draft.parties.get("counterparty")
    return Deal(
        id=number,
        kind=draft.kind,
        stage=draft.stage,
        gross=_money(page, draft.terms.get("gross")),
        securities=_value(draft.terms.get("securities")),
        security_kind=draft.security_kind if "securities" in draft.terms else None,
        price=_money(page, draft.terms.get("price")),
        warrant_price=_money(page, draft.terms.get("warrant_price")),
        warrant_months=_value(draft.terms.get("warrant_months")),
        counterparty=party.name if party else None,
        asset=draft.asset_name,
        stake=_value(draft.terms.get("stake")),
        consideration=_consideration(page, draft),
        date=_value_of(date),
        as_written=_as_written(page, draft),
        evidence=tuple(evidence),
    )


def _money(page: Page, term: Term | None) -> Money | None:
    """An amount; a bare "$" takes the currency that the release declares, a lost sign gives no unit."""
    if term is None or term.unit is None:
        return None
    return Money(value=term.value, unit=page.release.currency if term.unit == "$" and page.release.currency else term.unit or None)


def _value(term: Term | None) -> float | None:
    return term.value if term is not None else None


def _consideration(page: Page, draft: Draft) -> tuple[str, ...]:
    """What is paid for an asset or company, as written: money, then securities."""
    if draft.kind not in TRADES:
        return ()
    return tuple(page.written(draft.terms[slot].start, draft.terms[slot].end) for slot in ("gross", "securities") if slot in draft.terms)


DATED = re.compile(
    r"\b(?:closed|completed|closing|signed|dated|executed|effective|entered\sinto|granted|settled|terminated)\b[^.;,(]{0,40}$",
    re.IGNORECASE,
)
"""Words before a day or month that make it the date of the deal."""


def _date(page: Page, draft: Draft) -> Stretch | None:
    """The day or month that a sentence of the deal gives it by "closed on", "dated", ...; None where none does."""
    if draft.stage in (Stage.TERMINATED, Stage.AMENDED):
        return None
    for mention in draft.mentions:
        if mention.before:
            continue
        for period in within(page.periods, mention.sentence.start, mention.sentence.end):
            if period.precision in (Precision.DAY, Precision.MONTH) and DATED.search(
                page.text[max(mention.sentence.start, period.start - 60) : period.start]
            ):
                return period
    return None


def _value_of(period: Stretch | None) -> PeriodValue | None:
    return period.value if period is not None else None


def _as_written(page: Page, draft: Draft) -> str:
    """The words of the mention that says most: from its trigger, or its first figure, to its last figure in the sentence."""

    def figures(mention: DealMention) -> list[Term]:
        return [t for t in draft.terms.values() if mention.sentence.start <= t.start < mention.sentence.end]

    mention = max(draft.mentions, key=lambda m: (len(figures(m)), not m.headline, -m.start))
    inside = figures(mention)
    return page.written(min([mention.start, *(t.start for t in inside)]), max([mention.end, *(t.end for t in inside)]))
