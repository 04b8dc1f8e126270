"""Deals: the mentions of one financing or transaction joined into one record with its terms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from minenews.marks.page import Mention, Page, Sentence, Stretch, within
from minenews.models import Deal, DealKind, Evidence, Money, PeriodValue, Precision, Stage
from minenews.records.deal_parties import find_asset, find_counterparty, find_named_party, whole_asset
from minenews.records.deal_terms import (
    Issue,
    Term,
    find_exercise_price,
    find_grant,
    find_issues,
    find_paid,
    find_securities,
    find_stake,
    find_warrant_terms,
)
from minenews.records.deal_words import FINANCING, RANK, find_deals, find_stages, rules_for, stage_of

K = DealKind
HISTORY = dt.timedelta(days=550)
"""A deal dated longer ago than this before the release is company history, not news."""

ISSUES = frozenset(
    {K.PRIVATE_PLACEMENT, K.BOUGHT_DEAL, K.PUBLIC_OFFERING, K.FLOW_THROUGH, K.CONVERTIBLE, K.DEBT_FACILITY, K.SHARE_PURCHASE, K.STREAM}
)
"""Kinds that bring money in: their gross is what is raised."""
EQUITY = frozenset({K.PRIVATE_PLACEMENT, K.BOUGHT_DEAL, K.PUBLIC_OFFERING, K.FLOW_THROUGH})
GRANTS = frozenset({K.OPTION_GRANT, K.WARRANT_AMENDMENT, K.DEBT_SETTLEMENT})
TRADES = frozenset({K.ACQUISITION, K.DISPOSAL, K.MERGER, K.OPTION_AGREEMENT, K.JOINT_VENTURE, K.ROYALTY, K.OFFTAKE})

UNREAL = re.compile(
    r"\b(?:may|might|could|would\sconsider|potential(?:ly)?|possible|if|whether|future|opportunit(?:y|ies)|no\sassurance|ability\sto|capacity\sto|evaluat\w{1,4}|exploring|criteria|strategy\sof)\s(?:[\w-]{1,15}\s){0,4}$",
    re.IGNORECASE,
)
"""Words before a deal that make it a mere possibility."""
STANDING = re.compile(
    r"\b(?:available|undrawn|outstanding|remaining|liquidity|balance|repaid|repay(?:ment|ments)?|amounts?\sdrawn|existing|under\s(?:its|the|our))\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""Words before a debt that make it one of long standing: "$40 million available under its credit facility"."""
FIRST_REFUSAL = re.compile(r"\bfirst\s(?:refusal|offer)\b", re.IGNORECASE)
PURPOSE = re.compile(
    r"\b(?:proceeds|funds)\b[^.;]{0,90}\b(?:used|use|fund|finance|towards|allocated|applied|directed)\b|\buse\sof\s(?:proceeds|funds)\b",
    re.IGNORECASE,
)
CAREER = re.compile(
    r"\b(?:years\sof\sexperience|career|formerly|previously\s(?:served|held|worked)|co-?founder|founder\sof|served\sas|instrumental\sin|track\srecord|was\s(?:president|CEO|director|chairman)|responsible\sfor|prior\sto\s(?:joining|his|her))\b",
    re.IGNORECASE,
)
PAST_OWNERS = re.compile(
    r"\b(?:historically|in\sthe\s(?:19|20)\d0s|acquired\sby\s(?!the\sCompany)|was\soriginally|previous\s(?:owner|operator)s?|former\s(?:owner|operator)s?)\b",
    re.IGNORECASE,
)
ANOTHER = re.compile(r"\b(?:also|another|separately|in\saddition|additionally|concurrently|a\ssecond)\b", re.IGNORECASE)
BEFORE = re.compile(
    r"\b(?:previously|initially|originally|first|earlier)[\s-](?:announced|disclosed|reported)\b|\bfurther\sto\b|\bas\sannounced\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DealMention:
    """One naming of a deal. `lead` in the headline or the first sentences; `before` where the words say it was announced before, `another` where they set it beside one told above."""

    kind: DealKind
    stage: Stage | None
    start: int
    end: int
    sentence: Sentence
    lead: bool
    headline: bool
    before: bool
    another: bool = False
    issue: Issue | None = None


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


def link_deals(page: Page) -> tuple[Deal, ...]:
    """The deals of a release in reading order, one record for each however often it is named.

    Boilerplate, history, possibilities and the fees of a financing are no deals; a deal without any term, party or asset is none either.
    """
    mentions = find_deal_mentions(page)
    drafts = _join(page, mentions)
    for draft in drafts:
        _fill(page, draft, drafts)
    drafts = _settle([draft for draft in drafts if _is_deal(draft)])
    drafts.sort(key=lambda draft: draft.mentions[0].start)
    return tuple(_record(page, draft, f"d{number}") for number, draft in enumerate(drafts, start=1))


def find_deal_mentions(page: Page) -> list[DealMention]:
    """The namings of deals outside boilerplate, history and possibilities, in reading order."""
    deal_rules, stage_rules = rules_for(page.text.lower())
    lead_end = _lead_end(page)
    found: list[DealMention] = []
    form = K.PRIVATE_PLACEMENT
    for sentence in page.sentences:
        block = page.layout.blocks[sentence.block]
        if block.section != "body" or block.kind in ("caption", "footnote", "table"):
            continue
        text = page.text[sentence.start : sentence.end]
        deals = find_deals(text, deal_rules)
        if not deals or _is_background(page, sentence, text):
            continue
        stages = find_stages(text, stage_rules)
        headline = block.kind in ("headline", "heading")
        for deal in deals:
            if (
                UNREAL.search(text[max(0, deal.start - 60) : deal.start])
                or FIRST_REFUSAL.search(text[: deal.end])
                or (purpose := PURPOSE.search(text))
                and purpose.start() < deal.start
            ):
                continue
            lead = sentence.start < lead_end
            if deal.word in (K.DEBT_FACILITY, K.CONVERTIBLE) and not lead and STANDING.search(text[: deal.start]):
                continue
            stage = stage_of(deal, stages, deals)
            kind = form if deal.word == FINANCING else DealKind(deal.word)
            form = kind if kind in EQUITY else form
            mention = DealMention(
                kind,
                stage,
                sentence.start + deal.start,
                sentence.start + deal.end,
                sentence,
                lead,
                block.kind == "headline",
                bool(BEFORE.search(text[: deal.start])),
                bool(ANOTHER.search(text[: deal.start])),
            )
            found.extend(_with_issues(page, mention) if not (headline and block.kind == "heading") else [mention])
    return found


def _lead_end(page: Page) -> int:
    """Where the headline and the first three sentences of prose end."""
    prose = [s for s in page.sentences if page.layout.blocks[s.block].kind == "paragraph" and page.layout.blocks[s.block].section == "body"]
    headline = page.layout.headline[1] if page.layout.headline else 0
    return max(headline, prose[min(2, len(prose) - 1)].end if prose else 0)


def _is_background(page: Page, sentence: Sentence, text: str) -> bool:
    """Whether a sentence tells history: an old date and no newer one, a career, earlier owners."""
    if CAREER.search(text) or PAST_OWNERS.search(text):
        return True
    ends = [p.value.end for p in within(page.periods, sentence.start, sentence.end) if p.value.end is not None and not p.relative]
    return bool(page.released is not None and ends and max(ends) < page.released - HISTORY)


def _with_issues(page: Page, mention: DealMention) -> list[DealMention]:
    """A mention once per class of securities that its sentence issues; flow-through shares are a deal of their own kind."""
    if mention.kind not in ISSUES and mention.kind not in GRANTS:
        return [mention]
    if mention.kind in (K.OPTION_GRANT, K.WARRANT_AMENDMENT):
        return [replace(mention, issue=find_grant(page, mention.sentence))]
    found: list[DealMention] = []
    for issue in find_issues(page, mention.sentence):
        kind = K.FLOW_THROUGH if issue.flow_through and mention.kind in (K.PRIVATE_PLACEMENT, K.PUBLIC_OFFERING) else mention.kind
        if mention.kind is K.FLOW_THROUGH and issue.securities is not None and not issue.flow_through:
            kind = K.PRIVATE_PLACEMENT
        found.append(replace(mention, kind=kind, issue=issue))
    return found or [mention]


def _join(page: Page, mentions: list[DealMention]) -> list[Draft]:
    """The mentions grouped into deals."""
    drafts: list[Draft] = []
    for mention in mentions:
        party = _party(page, mention) if mention.kind in TRADES else None
        asset = find_asset(page, mention.kind, [(mention.sentence, mention.start, mention.end)])
        draft = next((d for d in drafts if _belongs(d, mention, party, asset)), None)
        if draft is None:
            if mention.stage is None and not mention.headline and party is None and not _has_terms(mention):
                continue
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
    product = _product(mention.issue.securities or draft.terms.get("securities"), mention.issue.price or draft.terms.get("price"))
    gross = mention.issue.gross or draft.terms.get("gross")
    return product is None or gross is None or gross.loose or abs(product - gross.value) <= 0.1 * gross.value


def _product(securities: Term | None, price: Term | None) -> float | None:
    """What securities bring at their price, None where one of both is not said or only a ceiling."""
    return securities.value * price.value if securities and price and not securities.loose else None


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
        if new is not None and (old is None or (old.loose and not new.loose) or (not new.loose and _digits(new) > _digits(old))):
            draft.terms[slot] = new
            if slot == "securities":
                draft.security_kind = issue.security_kind


def _digits(term: Term) -> int:
    """How many figures of a number count: 6,524,900 says more than 6.52 million."""
    return len(f"{term.value:.6f}".rstrip("0").rstrip(".").replace(".", "").strip("0"))


def _passage(page: Page, draft: Draft, drafts: list[Draft]) -> list[Sentence]:
    """The sentences that may tell the terms of a deal: its own and the news sentences that follow, up to the next deal."""
    own = [m.sentence for m in draft.mentions]
    others = {m.sentence.start for d in drafts if d is not draft and d.kind is not draft.kind for m in d.mentions} - {s.start for s in own}
    found: list[Sentence] = []
    for first in own:
        following = [s for s in page.sentences if s.start >= first.start and page.layout.blocks[s.block].section == "body"][:14]
        for sentence in following:
            if sentence.start in others:
                break
            if sentence not in found:
                found.append(sentence)
    return sorted(found, key=lambda s: (s not in own, s.start))


def _fill(page: Page, draft: Draft, drafts: list[Draft]) -> None:
    """Read the slots that stand in the sentences of a deal and in those that follow it."""
    passage = _passage(page, draft, drafts)
    own = [m.sentence for m in draft.mentions]
    if draft.kind in EQUITY or draft.kind in (K.CONVERTIBLE, K.DEBT_SETTLEMENT):
        _fill_issue(page, draft, sorted(passage, key=lambda s: s.start))
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
    triggers = [(m.sentence, m.start, m.end) for m in draft.mentions]
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


def _fill_issue(page: Page, draft: Draft, passage: list[Sentence]) -> None:
    """The slots of an issue that stand in the sentences after it: price, securities, proceeds, warrants."""
    for sentence in passage:
        if draft.cumulative:
            return
        if "warrant_price" not in draft.terms:
            price, life = find_warrant_terms(page, sentence)
            if price is not None:
                draft.terms["warrant_price"] = price
                if life is not None:
                    draft.terms["warrant_months"] = life
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


def _settle(drafts: list[Draft]) -> list[Draft]:
    """The deals without those that another one of the release explains."""
    kept: list[Draft] = []
    drafts = _without_totals(_one_trade(drafts))
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


def _one_trade(drafts: list[Draft]) -> list[Draft]:
    """The deals with a sale and a purchase of the same asset, or by the same party, told as one: the one named first, with the terms of both."""
    trades = [d for d in drafts if d.kind in (K.ACQUISITION, K.DISPOSAL)]
    gone: list[Draft] = []
    for number, draft in enumerate(trades):
        for other in trades[:number]:
            if other.kind is draft.kind or other in gone:
                continue
            one, two = other.parties.get("counterparty"), draft.parties.get("counterparty")
            if (one and two and one.name == two.name) and (
                other.asset_name == draft.asset_name or None in (other.asset_name, draft.asset_name)
            ):
                for slot, term in draft.terms.items():
                    other.terms.setdefault(slot, term)
                other.security_kind = other.security_kind or draft.security_kind
                gone.append(draft)
                break
    return [d for d in drafts if d not in gone]


def _without_totals(drafts: list[Draft]) -> list[Draft]:
    """The deals without a financing that is only the sum of others: its classes of securities are the deals, and take its stage."""
    for total in drafts:
        gross = total.terms.get("gross")
        if total.kind not in EQUITY or gross is None or total.cumulative or {"securities", "price"} & set(total.terms):
            continue
        parts = [d for d in drafts if d is not total and d.kind in EQUITY and not d.cumulative and _worth(d)]
        if len(parts) > 1 and abs(sum(_worth(d) for d in parts) - gross.value) <= 0.015 * gross.value:
            for part in parts:
                part.mentions.extend(m for m in total.mentions if m.stage is not None)
            return [d for d in drafts if d is not total]
    return drafts


def _worth(draft: Draft) -> float:
    """What an issue brings in: its gross, else securities times price, 0 where neither is said."""
    gross = draft.terms.get("gross")
    return gross.value if gross else _product(draft.terms.get("securities"), draft.terms.get("price")) or 0.0


def _told_by(draft: Draft, drafts: list[Draft], kinds: Sequence[DealKind]) -> bool:
    """Whether a more telling deal is about the same asset or party, or the draft names none of its own."""
    for other in drafts:
        if other.kind not in kinds or (draft.in_lead and not other.in_lead):
            continue
        one, two = draft.parties.get("counterparty"), other.parties.get("counterparty")
        if one is None or two is None or one.name == two.name or (draft.asset_name is not None and draft.asset_name == other.asset_name):
            return True
    return False


def _is_deal(draft: Draft) -> bool:
    """Whether a draft says enough: named in the lead, or with a stage; and with a term, a party or an asset."""
    lead = draft.in_lead
    staged = draft.cumulative or any(m.stage is not None for m in draft.mentions)
    party, asset = draft.parties.get("counterparty"), draft.parties.get("asset")
    if draft.kind in TRADES:
        if lead and draft.kind not in (K.OFFTAKE, K.JOINT_VENTURE, K.MERGER):
            return bool(party or asset or draft.terms)
        return bool(staged and party)
    if draft.kind in (K.DEBT_FACILITY, K.STREAM, K.CONVERTIBLE) and party and staged:
        return True
    return bool({"gross", "securities"} & set(draft.terms)) and (lead or staged)


def _record(page: Page, draft: Draft, number: str) -> Deal:
    """The record of a draft."""
    evidence: list[Evidence] = []
    for mention in draft.mentions:
        found = page.evidence("kind", mention.start, mention.end, f"deals.{draft.kind}")
        if found not in evidence:
            evidence.append(found)
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
        gross=_money(draft.terms.get("gross")),
        securities=_value(draft.terms.get("securities")),
        security_kind=draft.security_kind if "securities" in draft.terms else None,
        price=_money(draft.terms.get("price")),
        warrant_price=_money(draft.terms.get("warrant_price")),
        warrant_months=_value(draft.terms.get("warrant_months")),
        counterparty=party.name if party else None,
        asset=draft.asset_name,
        stake=_value(draft.terms.get("stake")),
        consideration=_consideration(page, draft),
        date=_value_of(date),
        as_written=_as_written(page, draft),
        evidence=tuple(evidence),
    )


def _money(term: Term | None) -> Money | None:
    return Money(value=term.value, unit=term.unit) if term is not None and term.unit is not None else None


def _value(term: Term | None) -> float | None:
    return term.value if term is not None else None


def _consideration(page: Page, draft: Draft) -> tuple[str, ...]:
    """What is paid for an asset or company, as written: money, then securities."""
    if draft.kind not in TRADES:
        return ()
    return tuple(page.written(draft.terms[slot].start, draft.terms[slot].end) for slot in ("gross", "securities") if slot in draft.terms)


DATED = re.compile(
    r"\b(?:closed|completed|closing|signed|dated|executed|effective|entered\sinto|granted|settled|issued|terminated)\b[^.;,(]{0,40}$",
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
