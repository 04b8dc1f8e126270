"""Drill intercepts said in prose, bullets and headlines, joined with those of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minenews.marks.page import Page, within
from minenews.models import Evidence, Grade, Intercept
from minenews.records.assays import Assays, Interval, Mark
from minenews.records.drill_tables import intercepts_of_tables
from minenews.records.holes import Hole, find_holes
from minenews.records.metals import sole_metal
from minenews.records.same_intercept import join_intercepts
from minenews.records.scope import asset_for
from minenews.tables.grid import Grid
from minenews.text.layout import Block

RULE = "interval"

ASSAYED = re.compile(r"g/t|gpt|grams?|%|per\s?cent|ppm|ppb|oz|opt|kg/t", re.IGNORECASE)
"""Signs of which one must stand in a block with intercepts: a cheap test."""

INCLUDING = re.compile(
    r"""(?<![A-Za-z]) (?: including | incl\.? | inc\.? (?=\s*[:\-–]?\s*(?:\ba\b|\ban\b|$)) | includes | inclusive\s+of | (?:which|that|and)\s+(?:also\s+)?include[sd] )
        (?: \s+ (?!results|intercepts|intersections|highlights|hits|assays|holes|values|grades\b) [A-Za-z][A-Za-z-]{0,18} | [:\-–,~_] ){0,9} \s{0,3} [:\-–(]? \s{0,2} $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before an interval that lies inside the one before."""

OPENS_INSIDE = re.compile(r"(?:[.;)]\s+|^\W{0,4})(?:including|includes)\s?:\s*$", re.IGNORECASE)
"""The end of a line that opens a list of intervals inside one said before."""

NOT_INSIDE = re.compile(
    r"\b(?:results?|intercepts?|intersections?|highlights?|hits?|assays?|holes?|values?|samples?|intervals|grades|mineralization|mineralisation|targets?|drilling)\b[\s,:]{0,3}(?:[a-z]+\s){0,2}$",
    re.IGNORECASE,
)
"""Words before "including" that make it a list of examples: significant results including ..."""

GOES_ON = re.compile(
    r"[\s,(]{0,3}(?:and|&|plus|as\s+well\s+as)?[\s,]{0,2}(?:also\s)?(?:a\s|an\s)?(?:further\s|another\s|second\s)?\s?", re.IGNORECASE
)
INSIDE_NEXT = re.compile(
    r"[\s,)]{0,3}(?:with)?(?:in|from)\s+(?:a|an|the)?\s?(?:(?:broader|wider|larger|longer|overall|lower|grade|lower-grade|mineralized|mineralised)\s){0,3}(?:zone|interval|intercept|intersection|section|envelope|halo)?\s?(?:of|grading|averaging|that|returned|which|at|\s){0,8}",
    re.IGNORECASE,
)
"""Words between an interval and the wider one that holds it: 2 m of 30 g/t within 40 m of 3 g/t."""

TRAILING = re.compile(
    r"""[\s,;*]{0,3} (?: [(\[]\s? | (?:(?:was|were)\s)? (?:in|from|at|by|within|returned\s+(?:in|from|by)|intersected\s+(?:in|by)|reported\s+(?:in|from)|for)\s | [-–]\s )
        (?: (?:the|drill|diamond|core|RC|discovery|reverse|circulation|new|first|second|third|recent|historic|historical|in|previously|reported|exploration|infill|aircore|AC|metallurgical|step-out|collar|ID|surface|underground) \s | [:] ){0,5} \s?""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between an interval and the hole that is named after it: over 5.8 m (Hole BA5)."""

OTHER_HOLE = re.compile(
    r"""\b(?: trench\w* | (?:another|other|one|two|three|four|nearby|nearest|adjacent|historic(?:al)?|previous|earlier|neighbou?ring|single|lone|second|third|fourth|remaining|older) (?:\s+[a-z]+){0,2} \s+ (?:drill\s?)?holes?
          | other\s+(?:hits|results|intercepts|intersections|holes|assays) | in\s+comparison )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words after which the hole named before is no longer the one spoken of."""

PLACE_LEFT = re.compile(
    r"\b(?:at|targets?|anomaly|anomalies|zones?|prospects?|areas?|veins?|lodes?|deposits?|sections?|lines?|levels?|blocks?|pits?|pads?|sites?|claims?)\s{1,2}$",
    re.IGNORECASE,
)
"""Words before a name of a hole's shape that make it a place."""

SAMPLED = re.compile(r"\b(?:soils?|grab|grabs|floats?|boulders?|stream|sediments?|rock[\s-]?chips?|stockpiles?|dumps?)\b", re.IGNORECASE)
DRILLED = re.compile(
    r"\b(?:drill\w*|holes?|intersect\w*|intercept\w*|core|DDH|RC|aircore|auger|channel\w*|trench\w*|down-?hole|true\s+width|chip[\s-]channels?)\b",
    re.IGNORECASE,
)
MINED = re.compile(
    r"\b(?:mined?|mining|milled|mill|head\s+grade|production|reserves?|leach\w*|metallurgical|recover(?:y|ies|ed)|bulk\s+samples?|concentrates?|tailings?)\b",
    re.IGNORECASE,
)
ASSAYED_OVER = re.compile(r"\b(?:interval\w*|assay\w*|returned|including|encountered|cut|hit)\b", re.IGNORECASE)
"""What a sentence speaks of: samples of the surface and mined ore give no intercept unless drilling is spoken of too."""

TRUE_NOTE = re.compile(r"\btrue[\s-](?:width|thickness)", re.IGNORECASE)


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


def link_intercepts(page: Page, grids: tuple[Grid, ...] = ()) -> tuple[Intercept, ...]:
    """All drill intercepts of a release, one record each, however often it is said."""
    drafts = list(_drafts(page))
    from_prose = [_intercept(page, draft, index) for index, draft in enumerate(drafts)]
    ids = {id(draft): f"p{index}" for index, draft in enumerate(drafts)}
    linked = [record.model_copy(update={"parent": ids.get(id(draft.parent))}) for record, draft in zip(from_prose, drafts, strict=True)]
    return join_intercepts(page, linked, intercepts_of_tables(page, grids))


# --- drafts: intervals with hole, parent and commodity -----------------------------------------------------------


def _drafts(page: Page) -> Iterator[Draft]:
    """The intercepts of all news blocks; what a bullet does not say itself it takes from the line that leads the list."""
    found: list[Draft] = []
    carry: Hole | None = None
    listed = False  # inside a list whose leading line named the hole
    inside = False  # inside a list that "Including:" opens
    for number, block in enumerate(page.layout.blocks):
        if block.section != "body" or block.kind == "table":
            continue
        text = page.text[block.start : block.end]
        holes = find_holes(page.text, block.start, block.end)
        leads = _leads_on(block, text)
        if block.kind != "bullet":
            listed, carry, inside = False, None, False
        drafts = _of_block(page, number, block, holes, found) if ASSAYED.search(text) else []
        for draft in drafts:
            if draft.hole is None and draft.parent is None:
                draft.hole = carry or _hole_of_heading(page, block)
            draft.inside = draft.inside or inside
        _inherit(drafts)
        found += drafts
        inside = OPENS_INSIDE.search(text) is not None or (inside and bool(drafts))
        if leads or (block.kind == "bullet" and not drafts) or (block.kind == "bullet" and not listed):
            named = _single(holes)
            if named is not None and (leads or len(text) < 60):
                carry, listed = named, True
            elif holes and block.kind == "bullet" and drafts and not leads:
                carry = None if not listed else carry
    yield from found


def _leads_on(block: Block, text: str) -> bool:
    """Whether a block leads a list: a heading, or text that ends with a colon."""
    stripped = text.rstrip(" \n\t*_")
    return block.kind in ("heading", "caption") or stripped.endswith((":", ": -", "following"))


def _single(holes: Sequence[Hole]) -> Hole | None:
    """The one hole that all mentions name, None where there are several or only landmarks."""
    named = {hole.name for hole in holes if not hole.landmark}
    return next((h for h in holes if not h.landmark), None) if len(named) == 1 and not any(h.several for h in holes) else None


def _hole_of_heading(page: Page, block: Block) -> Hole | None:
    return _single(find_holes(page.text, *block.heading)) if block.heading else None


def _of_block(page: Page, number: int, block: Block, holes: list[Hole], before: Sequence[Draft]) -> list[Draft]:
    assays = Assays(page, block.start, block.end, holes)
    drafts: list[Draft] = []
    for interval in assays.intervals():
        if _is_surface(page, interval):
            continue
        grades = _grades(page, interval, [*before, *drafts])
        if grades:
            drafts.append(Draft(interval, number, grades))
    _hole_each(page, drafts, holes)
    _nest(page, block, drafts, before, holes)
    return drafts


def _is_surface(page: Page, interval: Interval) -> bool:
    """Whether the sentence speaks of samples, mining or resources and of no drilling."""
    sentence = page.sentence_at(interval.start)
    start, end = (sentence.start, sentence.end) if sentence else (interval.start - 80, interval.end + 80)
    around = page.text[max(0, start, interval.start - 200) : min(end, interval.end + 120)]
    if DRILLED.search(around):
        return False
    return SAMPLED.search(around) is not None or (MINED.search(around) is not None and not ASSAYED_OVER.search(around))


def _grades(page: Page, interval: Interval, before: Sequence[Draft]) -> tuple[Grade, ...]:
    """The grades with their commodities; a grade without one takes that of the grades before, or the release's only one."""
    found: list[Grade] = []
    for mark in interval.grades:
        alone = len(interval.grades) == 1 and not mark.unknown
        commodity = mark.commodity or (_commodity(page, mark, before) if alone else None)
        if commodity is not None:
            found.append(Grade(commodity=commodity, value=mark.value, unit=mark.unit, capped=mark.capped))
    return tuple(found)


def _commodity(page: Page, mark: Mark, before: Sequence[Draft]) -> str | None:
    for draft in reversed(before[-6:]):
        same = [g for g in draft.grades if g.unit == mark.unit]
        if same:
            return same[0].commodity
    return sole_metal(page, mark.unit)


# --- holes -------------------------------------------------------------------------------------------------------


def _hole_each(page: Page, drafts: list[Draft], holes: list[Hole]) -> None:
    """Give each intercept of a block the hole that is named before it, or right after it."""
    current: Hole | None = None
    waiting: list[Draft] = []
    marks: list[tuple[int, int, Draft | Hole]] = [(d.interval.start, 1, d) for d in drafts]
    marks += [(h.start, 0, h) for h in holes]
    last: Draft | None = None
    for _, _, event in sorted(marks, key=lambda mark: mark[:2]):
        if isinstance(event, Draft):
            if current is not None and OTHER_HOLE.search(page.text, current.end, event.interval.start):
                current = None
            event.hole = current
            waiting.append(event)
            last = event
            continue
        inner = last is not None and last.interval.start < event.start < last.interval.end
        if last is not None and (inner or TRAILING.fullmatch(page.text, last.interval.end, event.word_start)) and not event.several:
            for draft in waiting:
                if draft.hole is None or draft is last:
                    draft.hole, draft.own_hole = event, True
            waiting, current, last = [], None, None
        elif not event.landmark and not PLACE_LEFT.search(page.text, max(0, event.word_start - 24), event.word_start):
            current = None if event.several else event
            waiting = []
            last = None


def _inherit(drafts: list[Draft]) -> None:
    """An interval inside another one was drilled by the same hole."""
    for draft in drafts:
        if draft.parent is not None and not draft.own_hole and draft.parent.hole is not None:
            draft.hole = draft.parent.hole


# --- "including" -------------------------------------------------------------------------------------------------


def _nest(page: Page, block: Block, drafts: list[Draft], before: Sequence[Draft], holes: Sequence[Hole]) -> None:
    """Find the intervals that lie inside others."""
    for index, draft in enumerate(drafts):
        previous = drafts[index - 1] if index else None
        floor = previous.interval.end if previous else block.start
        lead = _without(page.text, floor, draft.interval.start, holes)
        chain = drafts[:index] or ([d for d in before if d.block >= draft.block - 8] if block.kind == "bullet" else [])
        cue = INCLUDING.search(lead)
        opens = previous is None and cue is not None and not lead[: cue.start()].strip(" \t-–•*·o▪○◦,;:(\n")
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
            and _fits(draft, previous.parent)
        ):
            draft.inside, draft.parent, draft.included = True, previous.parent, previous.included
        elif previous is not None and not previous.inside and INSIDE_NEXT.fullmatch(lead) and lead.strip(" ,)") and _fits(previous, draft):
            previous.inside, previous.parent = True, draft
            previous.included = (floor, draft.interval.start)


def _without(text: str, start: int, end: int, holes: Sequence[Hole]) -> str:
    lead = text[start:end]
    for hole in holes:
        if start <= hole.word_start and hole.end <= end:
            lead = lead[: hole.word_start - start] + " " * (hole.end - hole.word_start) + lead[hole.end - start :]
    return lead


def _wider(draft: Draft, chain: Sequence[Draft], across: bool) -> Draft | None:
    """The interval that holds a draft: the nearest before it that is longer and whose depths, where known, enclose it."""
    for candidate in reversed(chain[-8:]):
        if across and candidate.inside and not _encloses(draft, candidate):
            continue  # bullets: each "including" line belongs to the main line unless depths say otherwise
        if _fits(draft, candidate):
            return candidate
    return None


def _fits(draft: Draft, wider: Draft) -> bool:
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
    return draft.interval.from_ is not None and wider.interval.from_ is not None and _fits(draft, wider)


# --- records -----------------------------------------------------------------------------------------------------


def _intercept(page: Page, draft: Draft, index: int) -> Intercept:
    interval = draft.interval
    evidence: list[Evidence] = [page.evidence(slot, start, end, RULE) for slot, start, end in interval.spans]
    evidence += [page.evidence("grades", mark.start, mark.end, RULE) for mark in interval.grades]
    if draft.hole is not None:
        evidence.append(page.evidence("hole", draft.hole.start, draft.hole.end, "hole"))
    if draft.included is not None:
        evidence.append(page.evidence("included", *_trimmed(page.text, *draft.included), "including"))
    note = _true_width_note(page)
    return Intercept(
        id=f"p{index}",
        hole=draft.hole.name if draft.hole else None,
        from_=interval.from_,
        to=interval.to,
        length=interval.length,
        length_unit=interval.unit,
        true_width=interval.true_width,
        true_width_note=page.written(*note) if note and interval.true_width is None else None,
        grades=draft.grades,
        included=draft.inside,
        parent=None,
        asset=asset_for(page, interval.start, interval.end),
        as_written=page.written(interval.start, interval.end),
        evidence=tuple(evidence),
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _true_width_note(page: Page) -> tuple[int, int] | None:
    """The sentence that says for all intervals how true widths relate to lengths, None where there is none."""
    match = TRUE_NOTE.search(page.text)
    while match is not None:
        sentence = page.sentence_at(match.start())
        if (
            sentence is not None
            and page.is_news(match.start())
            and re.search(r"true[\s-](?:width|thickness)(?:es|s)", page.text[sentence.start : sentence.end], re.IGNORECASE)
        ):
            inside = within(page.quantities, sentence.start, sentence.end)
            if not any(m.dimension == "grade" or m.unit in ("m", "ft") for m in inside):
                return sentence.start, sentence.end
        match = TRUE_NOTE.search(page.text, match.end())
    return None
