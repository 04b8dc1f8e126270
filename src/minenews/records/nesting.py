"""Intervals inside intervals: "42 m of 1.2 g/t including 3 m of 9 g/t", "2 m of 30 g/t within 40 m of 3 g/t"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minenews.marks.page import Page, within
from minenews.models import Grade
from minenews.records.assays import Interval
from minenews.records.holes import Hole
from minenews.text.layout import Block

INCLUDING = re.compile(
    r"""(?<![A-Za-z]) (?: including | incl\.? | inc\.? (?=\s*[:\-–]?\s*(?:\ba\b|\ban\b|$)) | includes
            | inclusive\s+of | included\s+(?:in|within|an?) | (?:which|that|and)\s+(?:also\s+)?include[sd] )
        (?: \s+ (?!results|intercepts|intersections|highlights|hits|assays|holes|values|grades\b) [A-Za-z][A-Za-z-]{0,18}
            | [:\-–,~_] ){0,9} \s{0,3} [:\-–(]? \s{0,2} $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before an interval that lies inside the one before."""

OPENS_LINE = re.compile(r"[\s–•*·o▪○◦,;:(>-]{0,12}(?:and\s|also\s){0,2}")
"""What may stand before "including" where a line opens with it."""

OPENS_INSIDE = re.compile(r"(?:[.;)]\s+|^\W{0,4})(?:including|includes)\s?:\s*$", re.IGNORECASE)
"""The end of a line that opens a list of intervals inside one said before."""

LEADS_INSIDE = re.compile(r"\b(?:including|includes|incl\.?)\s?[:;]?\s*$", re.IGNORECASE)
"""The end of an interval's line whose list gives intervals inside it."""

NOT_INSIDE = re.compile(
    r"\b(?:results?|intercepts?|intersections?|highlights?|hits?|assays?|holes?|values?|samples?|intervals|grades|mineralization|mineralisation|targets?|drilling)\b[\s,:]{0,3}(?:[a-z]+\s){0,2}$",
    re.IGNORECASE,
)
"""Words before "including" that make it a list of examples: significant results including ..."""

GOES_ON = re.compile(
    r"[\s,()]{0,3}(?:and|&|plus|as\s+well\s+as)?[\s,]{0,2}(?:also\s)?(?:a\s|an\s)?(?:further\s|another\s|second\s)?\s?", re.IGNORECASE
)
INSIDE_NEXT = re.compile(
    r"[\s,)]{0,3}(?:with)?(?:in|from)\s+(?:a|an|the)?\s?(?:(?:broader|wider|larger|longer|overall|total|lower|grade|lower-grade|mineralized|mineralised)\s){0,3}(?:zone|interval|intercept|intersection|section|envelope|halo)?\s?(?:of|grading|averaging|that|returned|which|at|\s){0,8}",
    re.IGNORECASE,
)
"""Words between an interval and the wider one that holds it: 2 m of 30 g/t within 40 m of 3 g/t."""


@dataclass(slots=True)
class Draft:
    """An intercept before it has its id: `parent` and `hole` are settled over the block or the list of bullets."""

    interval: Interval
    block: int
    grades: tuple[Grade, ...]
    hole: Hole | None = None
    own_hole: bool = False
    included: tuple[int, int] | None = None
    inside: bool = False
    parent: Draft | None = None


def nest(page: Page, block: Block, drafts: list[Draft], before: Sequence[Draft], holes: Sequence[Hole]) -> None:
    """Find the intervals that lie inside others."""
    for index, draft in enumerate(drafts):
        previous = drafts[index - 1] if index else None
        floor = previous.interval.end if previous else block.start
        lead = _without(page.text, floor, draft.interval.start, holes)
        chain = drafts[max(0, index - 8) : index] or (
            [d for d in before[-12:] if d.block >= draft.block - 8] if block.kind == "bullet" else []
        )
        cue = INCLUDING.search(lead)
        opens = previous is None and cue is not None and OPENS_LINE.fullmatch(lead[: cue.start()]) is not None
        if cue and not NOT_INSIDE.search(lead[: cue.start()]) and (previous is not None or opens):
            parent = _wider(draft, chain, previous is None)
            if parent is not None or opens:
                draft.inside, draft.parent = True, parent
                draft.included = (floor + cue.start(), floor + cue.end())
        elif (
            previous is not None
            and previous.inside
            and GOES_ON.fullmatch(lead)
            and previous.parent is not None
            and fits(draft, previous.parent)
        ):
            draft.inside, draft.parent, draft.included = True, previous.parent, previous.included
        elif previous is not None and not previous.inside and INSIDE_NEXT.fullmatch(lead) and lead.strip(" ,)") and fits(previous, draft):
            previous.inside, previous.parent = True, draft
            previous.included = (floor, draft.interval.start)


def _without(text: str, start: int, end: int, holes: Sequence[Hole]) -> str:
    lead = text[start:end]
    for hole in within(holes, start, end):
        if start <= hole.word_start:
            lead = lead[: hole.word_start - start] + " " * (hole.end - hole.word_start) + lead[hole.end - start :]
    return lead


def _wider(draft: Draft, chain: Sequence[Draft], across: bool) -> Draft | None:
    """The interval that holds a draft: the nearest before it that is longer and whose depths, where known, enclose it."""
    for candidate in reversed(chain[-8:]):
        if across and candidate.inside and not _encloses(draft, candidate):
            continue  # bullets: each "including" line belongs to the main line unless depths say otherwise
        if fits(draft, candidate):
            return candidate
    return None


def fits(draft: Draft, wider: Draft) -> bool:
    """Whether an interval can lie inside another one."""
    a, b = draft.interval, wider.interval
    if a.unit != b.unit or a.length > b.length or a is b:
        return False
    if a.length == b.length and a.from_ is None:
        return False
    if a.from_ is not None and b.from_ is not None:
        floor = b.to if b.to is not None else b.from_ + b.length
        return b.from_ - 0.5 <= a.from_ and a.from_ + a.length <= floor + 1.0
    return True


def _encloses(draft: Draft, wider: Draft) -> bool:
    return draft.interval.from_ is not None and wider.interval.from_ is not None and fits(draft, wider)


def inherit_holes(drafts: list[Draft]) -> None:
    """An interval inside another one was drilled by the same hole."""
    for draft in drafts:
        if draft.parent is not None and not draft.own_hole and draft.parent.hole is not None:
            draft.hole = draft.parent.hole
