"""The places where a release names a deal, each with its stage and the issue that its sentence states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from minenews.marks.page import Page, Sentence, within
from minenews.models import DealKind, Stage
from minenews.records.deal_issues import Issue, find_grant, find_issues, find_own_amount
from minenews.records.deal_terms import terms_end
from minenews.records.deal_words import EQUITY, FINANCING, Found, find_deals, find_stages, listed_at, stage_of
from minenews.records.event_kinds import is_history

K = DealKind
LONGEST = 8000
"""Characters of a sentence that are read; a longer one is a run of lines without stops."""

ISSUES = frozenset(
    {K.PRIVATE_PLACEMENT, K.BOUGHT_DEAL, K.PUBLIC_OFFERING, K.FLOW_THROUGH, K.CONVERTIBLE, K.DEBT_FACILITY, K.SHARE_PURCHASE, K.STREAM}
)
"""Kinds that bring money in: their gross is what is raised."""
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
    r"\b(?:historically|previously\b[^.;]{0,60}\bin\s(?:19|20)\d\d|in\sthe\s(?:19|20)\d0s|acquired\sby\s(?!the\sCompany)|was\soriginally|previous\s(?:owner|operator)s?|former\s(?:owner|operator)s?)\b",
    re.IGNORECASE,
)
ANOTHER = re.compile(r"\b(?:also|another|separately|in\saddition|additionally|concurrently|a\ssecond)\b", re.IGNORECASE)
BEFORE = re.compile(
    r"\b(?:previously|initially|originally|first|earlier)[\s-](?:announced|disclosed|reported)\b|\bfurther\sto\b|\bas\sannounced\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DealMention:
    """One naming of a deal. `lead` in the headline or the first sentences; `before` where the words say it was announced before,
    `another` where they set it beside one told above."""

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


def find_deal_mentions(page: Page) -> list[DealMention]:
    """The namings of deals outside boilerplate, history and possibilities, in reading order."""
    lead_end = _lead_end(page)
    found: list[DealMention] = []
    form = base = K.PRIVATE_PLACEMENT  # the form of the offering named last; `base` that of its ordinary shares
    for sentence in page.sentences:
        block = page.layout.blocks[sentence.block]
        if block.section != "body" or block.kind in ("caption", "footnote", "table"):
            continue
        text = page.text[sentence.start : min(sentence.end, sentence.start + LONGEST)]
        deals = find_deals(text)
        if not deals or _is_background(page, sentence, text):
            continue
        stages = find_stages(text)
        parts = _parts(sentence, text, deals)
        stage: Stage | None = None  # of the deal before, which the next one of a list shares
        for deal, part in zip(deals, parts, strict=True):
            if (
                UNREAL.search(text[max(0, deal.start - 60) : deal.start])
                or FIRST_REFUSAL.search(text[: deal.end])
                or ((purpose := PURPOSE.search(text)) and purpose.start() < deal.start)
            ):
                continue
            lead = sentence.start < lead_end
            if deal.word in (K.DEBT_FACILITY, K.CONVERTIBLE) and not lead and STANDING.search(text[: deal.start]):
                continue
            stage = stage_of(deal, stages, deals) or (stage if part.start > sentence.start else None)
            if deal.word == FINANCING and terms_end(page, sentence) <= sentence.start + deal.start:
                continue  # a commission of 6% of the gross proceeds
            kind = form if deal.word == FINANCING else DealKind(deal.word)
            form = kind if kind in EQUITY else form
            base = form if form is not K.FLOW_THROUGH else base
            mention = DealMention(
                kind,
                stage,
                sentence.start + deal.start,
                sentence.start + deal.end,
                sentence,
                lead,
                block.kind == "headline" or (block.kind == "heading" and lead),
                bool(BEFORE.search(text[: deal.start])),
                bool(ANOTHER.search(text[: deal.start])),
            )
            found.extend(_with_issues(page, mention, base, part) if block.kind != "heading" else [_with_own_amount(page, mention)])
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
    return is_history(page, ends)


def _parts(sentence: Sentence, text: str, deals: Sequence[Found]) -> list[Sentence]:
    """For each deal of a sentence the part that tells its terms: between those of a list, else the whole sentence."""
    cuts = [0]
    owners = [0]  # for each deal the cut at which its part begins
    for one, two in pairwise(deals):
        at = listed_at(text, one, two) if {one.word, two.word} <= ISSUES else None
        if at is not None:
            cuts.append(at)
        owners.append(len(cuts) - 1)
    ends = [sentence.start + cut for cut in cuts[1:]] + [sentence.end]
    return [replace(sentence, start=sentence.start + cuts[owner], end=ends[owner]) for owner in owners]


def _with_own_amount(page: Page, mention: DealMention) -> DealMention:
    """A mention of a heading with the amount that stands right beside it."""
    own = find_own_amount(page, mention.sentence, mention.start, mention.end) if mention.kind in ISSUES else None
    return mention if own is None else replace(mention, issue=Issue(own, None, None, None))


def _with_issues(page: Page, mention: DealMention, base: DealKind, part: Sentence) -> list[DealMention]:
    """A mention once per class of securities that its part of a sentence issues.

    Flow-through shares are of their own kind, others of `base`.
    """
    if mention.kind not in ISSUES and mention.kind not in GRANTS:
        return [mention]
    if mention.kind in (K.OPTION_GRANT, K.WARRANT_AMENDMENT):
        return [replace(mention, issue=find_grant(page, mention.sentence))]
    found: list[DealMention] = []
    own = find_own_amount(page, part, mention.start, mention.end)
    issues = [issue for issue in find_issues(page, part) if not issue.cumulative or mention.kind in EQUITY]
    several = len(issues) > 1 and not all(issue.flow_through for issue in issues)
    for issue in issues:
        if own is not None and issue.securities is None:
            issue = replace(issue, gross=own)
        flows = issue.flow_through and (
            mention.kind in (K.PRIVATE_PLACEMENT, K.PUBLIC_OFFERING) or (mention.kind is K.BOUGHT_DEAL and several)
        )
        kind: DealKind = K.FLOW_THROUGH if flows else mention.kind
        if mention.kind is K.FLOW_THROUGH and issue.securities is not None and not issue.flow_through:
            kind = base
        found.append(replace(mention, kind=kind, issue=issue))
    if not found and own is not None:
        return [replace(mention, issue=Issue(own, None, None, None))]
    return found or [mention]
