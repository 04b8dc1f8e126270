"""Drill intercepts said in prose, bullets and headlines, joined with those of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minenews.marks.page import Page, within
from minenews.models import Evidence, Grade, Intercept
from minenews.records.assay_marks import Mark, may_hold_lengths
from minenews.records.assays import Assays, Interval
from minenews.records.drill_tables import TRUE_WIDTH, intercepts_of_tables
from minenews.records.holes import Hole, find_holes
from minenews.records.metals import sole_metal
from minenews.records.nesting import LEADS_INSIDE, OPENS_INSIDE, Draft, fits, inherit_holes, nest
from minenews.records.same_intercept import join_intercepts
from minenews.records.scope import asset_for
from minenews.tables.grid import Grid
from minenews.text.layout import Block

RULE = "interval"
LABEL = 60
"""Characters up to which a bullet without figures is the label of those below it."""

LINE = 240
"""Characters up to which a line can be one of a list."""

ASSAYED = re.compile(r"g/t|gpt|grams?|parts\s+per|%|per\s?cent|ppm|ppb|oz|opt|kg/t", re.IGNORECASE)
"""Signs of which one must stand in a block with intercepts: a cheap test."""

TRAILING = re.compile(
    r"""[\s,;*)]{0,3}
        (?: [(\[]\s? | (?:(?:was|were|returned|intersected|reported|obtained)\s)? (?:in|from|at|by|within|for)\s | in | [-–]\s )
        (?: (?!to\b|of\b|as\b|with\b|and\b|than\b|between\b) [A-Za-z][A-Za-z-]{0,14} [\s:] ){0,4} \s?""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between an interval and the hole that is named after it: over 5.8 m (Hole BA5)."""

DIRECT = re.compile(r"\s?[(\[]\s?")
"""What stands between a hole and its interval in parentheses."""

OTHER_HOLE = re.compile(
    r"""\b(?: trench\w* | costeans? | (?:another|other|one|two|three|four|nearby|nearest|adjacent|historic(?:al)?
             |previous|earlier|neighbou?ring|single|lone|second|third|fourth|remaining|older) (?:\s+[a-z]+){0,2} \s+ (?:drill\s?)?holes?
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

ALONG_STRIKE = re.compile(r"[\s,]{0,2}(?:over|along|for)\s+(?:a\s+|the\s+|its\s+)?(?:strike|distance)", re.IGNORECASE)


def link_intercepts(page: Page, grids: tuple[Grid, ...] = ()) -> tuple[Intercept, ...]:
    """All drill intercepts of a release, one record each, however often it is said."""
    drafts = _drafts(page)
    note = _true_width_note(page) if drafts else None
    from_prose = [_intercept(page, draft, index, note) for index, draft in enumerate(drafts)]
    ids = {id(draft): f"p{index}" for index, draft in enumerate(drafts)}
    linked = [record.model_copy(update={"parent": ids.get(id(draft.parent))}) for record, draft in zip(from_prose, drafts, strict=True)]
    return join_intercepts(page, linked, intercepts_of_tables(page, grids))


# --- drafts: intervals with hole, parent and commodity -----------------------------------------------------------


def _drafts(page: Page) -> list[Draft]:
    """The intercepts of all news blocks; what a line of a list does not say itself it takes from the line that leads the list."""
    if not may_hold_lengths(page):
        return []
    found: list[Draft] = []
    carry: Hole | None = None  # the hole of the list, or of the line above
    opener: Draft | None = None  # the interval whose line ends with "including:"
    inside = False
    listed: dict[str, Hole] = {}  # the holes that the lines of the list above name without an interval
    for number, block in enumerate(page.layout.blocks):
        if block.section != "body" or block.kind == "table":
            continue
        text = page.text[block.start : block.end]
        holes = find_holes(page.text, block.start, block.end)
        drafts = _of_block(page, number, block, holes, found) if ASSAYED.search(text) else []
        if not _is_line(block, drafts):
            carry, inside = None, False
            listed.clear()
        for draft in drafts:
            if draft.hole is None and draft.parent is None:
                draft.hole = carry or _hole_of_heading(page, block) or (next(iter(listed.values())) if len(listed) == 1 else None)
            held = opener is None or fits(draft, opener)
            if inside and opener is not None and _ends_list(draft, opener, held, text):
                inside = False
            if inside and draft.parent is None:
                draft.inside, draft.parent = True, opener if held else None
        inherit_holes(drafts)
        found += drafts
        if OPENS_INSIDE.search(text) or (drafts and LEADS_INSIDE.search(text)):
            inside, opener = True, drafts[-1] if drafts else None
        elif not drafts:
            inside = False
        if drafts and holes:
            listed.clear()
        elif not drafts and block.kind == "bullet":
            listed.update({hole.name: hole for hole in holes})
        named = _single(holes)
        label = _label(page, block, holes)
        if named is not None and (_leads_on(block, text) or (block.kind == "bullet" and not drafts and len(text) < LABEL)):
            carry = named
        elif label is not None and drafts:
            carry = label
        elif any(draft.own_hole for draft in drafts):
            carry = None
    return found


def _ends_list(draft: Draft, opener: Draft, held: bool, text: str) -> bool:
    """Whether the line of an interval ends the list of those inside `opener`.

    It names a hole of its own, opens the next list, or follows others and does not fit.
    """
    if draft.own_hole or (not held and opener.block < draft.block - 1):
        return True
    return LEADS_INSIDE.search(text) is not None and (draft.interval.from_ is None or not held)


def _is_line(block: Block, drafts: Sequence[Draft]) -> bool:
    """Whether a block is a line of a list: a bullet, or a short line that opens with its interval."""
    return block.kind == "bullet" or (bool(drafts) and block.end - block.start < LINE and drafts[0].interval.start - block.start < 12)


def _label(page: Page, block: Block, holes: Sequence[Hole]) -> Hole | None:
    """The hole with which a line opens."""
    if not holes or holes[0].several or holes[0].landmark or block.end - block.start > LINE:
        return None
    return holes[0] if not page.text[block.start : holes[0].word_start].strip(" \t-–•*·o▪○◦#") else None


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
        if _is_surface(page, interval) or ALONG_STRIKE.match(page.text, interval.end, block.end):
            continue
        grades = _grades(page, interval, [*before[-6:], *drafts[-6:]])
        if grades:
            drafts.append(Draft(interval, number, grades))
    _hole_each(page, drafts, holes)
    nest(page, block, drafts, before, holes)
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
    above: Hole | None = None  # the hole named last, be it a landmark
    seen = 0
    for _, _, event in sorted(marks, key=lambda mark: mark[:2]):
        if isinstance(event, Draft):
            if current is not None and OTHER_HOLE.search(page.text, max(current.end, seen), event.interval.start):
                current = None
            seen = event.interval.start
            event.hole = current
            if above is not None and DIRECT.fullmatch(page.text, above.end, event.interval.start) and not above.several:
                event.hole, event.own_hole = above, True
            waiting.append(event)
            last = event
            continue
        above = event
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


# --- records -----------------------------------------------------------------------------------------------------


def _intercept(page: Page, draft: Draft, index: int, note: tuple[int, int] | None) -> Intercept:
    interval = draft.interval
    evidence: list[Evidence] = [page.evidence(slot, start, end, RULE) for slot, start, end in interval.spans]
    evidence += [page.evidence("grades", mark.start, mark.end, RULE) for mark in interval.grades]
    if draft.hole is not None:
        evidence.append(page.evidence("hole", draft.hole.start, draft.hole.end, "hole"))
    if draft.included is not None:
        evidence.append(page.evidence("included", *_trimmed(page.text, *draft.included), "including"))
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
    match = TRUE_WIDTH.search(page.text)
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
        match = TRUE_WIDTH.search(page.text, match.end())
    return None
