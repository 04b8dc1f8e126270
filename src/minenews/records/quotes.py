"""Quotes: words between quotation marks joined to the person who says them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minenews.marks.page import Mention, Page, within
from minenews.models import Evidence, Quote
from minenews.text.layout import Block

MARK = re.compile(r"[“”\"„]|''|’’|‘‘")
OPENER = re.compile(r"[\s(\[—–:,\-]$")
SHORTEST = 6
"""Fewer words between quotation marks are a name or a term, not a statement."""

VERB = re.compile(
    r"\b(?:said|says|say|stated|states|stating|commented|comments|commenting|comment|added|adds|noted|notes|remarked|remarks|explained|explains|continued|continues|concluded|concludes|observed|told|wrote|writes|according\sto|"
    r"emphasi[sz]ed|highlighted|declared|reiterated|welcomes?|welcomed|enthused|summari[sz]ed|reported)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"[\s,.]{0,3}(?:(?:and\s)?(?:he|she)\s(?:also\s|further\s|then\s)?\w+|\w+\s(?:he|she)\b)", re.IGNORECASE)
LEAD = 260
"""How many characters before a quote may hold its attribution."""
TRAIL = 160
"""How many characters after a quote may hold its attribution."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words between quotation marks: `start` and `end` without the marks; `open` where no mark closes them."""

    start: int
    end: int
    after: int
    open: bool
    block: int


@dataclass(slots=True)
class Statement:
    """A statement in the making: its speaker and its segments."""

    speaker: Mention
    verb: tuple[int, int] | None
    parts: list[Segment] = field(default_factory=list)


def find_speakers(page: Page) -> tuple[Mention, ...]:
    """All mentions of people, those by a surname that only one person of the release bears among them."""
    names = {p.name.split()[-1]: p.name for p in page.people if len(p.name.split()) > 1}
    single = [n for n in names if sum(p.name.split()[-1] == n for p in page.people) == 1 and len(n) > 2]
    if not single:
        return page.people_mentions
    taken = {place for m in page.people_mentions for place in range(m.start, m.end)}
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(single))) + r")(?![\w-])")
    short = [
        Mention(m.start(), m.end(), "person", names[m[0]], "people.surname") for m in pattern.finditer(page.text) if m.start() not in taken
    ]
    return tuple(sorted((*page.people_mentions, *short), key=lambda mention: mention.start))


def link_quotes(page: Page) -> tuple[Quote, ...]:
    """The quotes in reading order: a statement by one person is one quote, though other words or a new paragraph divide it.

    A quote without a named speaker is left out.
    """
    found: list[Statement] = []
    last: Statement | None = None  # the statement that the next segment may continue
    people: tuple[Mention, ...] | None = None
    for segment in find_segments(page):
        people = find_speakers(page) if people is None else people
        block = page.layout.blocks[segment.block]
        begins = not page.text[block.start : segment.start].strip(" \t\n“”\"'’‘#*•-")
        if last is not None and _told_between(last, segment):
            last.parts.append(segment)
            continue
        speaker, verb, pronoun = _attribution(page, people, segment, block, begins)
        if speaker is not None:
            statement = Statement(speaker, verb, [segment])
            found.append(statement)
            last = statement
        elif pronoun and last is not None and not begins:
            last.parts.append(segment)
        elif pronoun and found:
            last = Statement(found[-1].speaker, verb, [segment])
            found.append(last)
        elif pronoun and (named := _named_before(people, block, page.layout.blocks[segment.block - 1] if segment.block else None)):
            last = Statement(named, verb, [segment])
            found.append(last)
        elif last is not None and _continues(last.parts[-1], segment, begins):
            last.parts.append(segment)
        else:
            last = None
    return tuple(_record(page, statement, f"q{number}") for number, statement in enumerate(found, start=1))


def _named_before(people: Sequence[Mention], block: Block, before: Block | None) -> Mention | None:
    """The one person named in the block of a quote, or else in the block before: "he" who says it."""
    for near in (block, before):
        named = within(people, near.start, near.end) if near is not None else ()
        if len({m.name for m in named}) == 1:
            return named[0]
        if named:
            return None
    return None


def find_segments(page: Page) -> Iterator[Segment]:
    """The words between quotation marks in the news blocks, in reading order, without quoted names and terms."""
    for number, block in enumerate(page.layout.blocks):
        if block.section == "body" and block.kind != "table":
            for segment in _segments(page.text, block, number):
                if len(page.text[segment.start : segment.end].split()) >= SHORTEST:
                    yield segment


def _segments(text: str, block: Block, number: int) -> Iterator[Segment]:
    """All outermost pairs of quotation marks of a block; marks are told apart by what stands beside them."""
    if not MARK.search(text, block.start, block.end):
        yield from _single_marks(text, block, number)
        return
    depth, start = 0, 0
    for mark in MARK.finditer(text, block.start, block.end):
        before, after = text[max(block.start, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
        opens = (not before or bool(OPENER.search(before))) and bool(after.strip())
        if mark[0] in "“„‘‘" and not opens:
            opens = bool(after.strip()) and depth == 0
        if opens and mark[0] != "”":
            depth += 1
            if depth == 1:
                start = mark.end()
        elif depth > 0:
            depth -= 1
            if depth == 0:
                yield Segment(start, mark.start(), mark.end(), False, number)
    if depth > 0:
        yield Segment(start, block.end, block.end, True, number)


SINGLE = re.compile(r"(?:^[ \t]*|(?<=:[ ])|(?<=,[ ]))['‘](?=[A-Z])")
SINGLE_END = re.compile(r"(?<=[.,!?])['’](?=[ ]|$)")


def _single_marks(text: str, block: Block, number: int) -> Iterator[Segment]:
    """The statement of a block that is marked by single quotation marks: after a colon or comma, or from the start of the block."""
    piece = text[block.start : block.end]
    opening = SINGLE.search(piece) if "'" in piece or "‘" in piece else None
    if opening is None:
        return
    closing = SINGLE_END.search(piece, opening.end())
    end = closing.start() if closing else len(piece)
    if closing or opening.start() > 0:
        yield Segment(
            block.start + opening.end(), block.start + end, block.start + (closing.end() if closing else end), closing is None, number
        )


def _told_between(statement: Statement, segment: Segment) -> bool:
    """Whether the speaker of a statement stands between its last part and a segment: "...," said X. "..." """
    before = statement.parts[-1]
    return segment.block == before.block and statement.verb is not None and before.after <= statement.verb[0] < segment.start


def _continues(before: Segment, segment: Segment, begins: bool) -> bool:
    """Whether a segment goes on with the one before: in the same block, or at the start of the next one."""
    if segment.block == before.block:
        return True
    return begins and segment.block == before.block + 1


def _attribution(
    page: Page, mentions: Sequence[Mention], segment: Segment, block: Block, begins: bool
) -> tuple[Mention | None, tuple[int, int] | None, bool]:
    """Who says a segment: (speaker, span of the verb, whether a pronoun stands for the speaker of before)."""
    text = page.text
    stop = MARK.search(text, segment.after, block.end)
    trail = min(block.end, segment.after + TRAIL, stop.start() if stop else block.end)
    verb = VERB.search(text, segment.after, trail)
    if verb is not None and not re.search(r"[.!?]\s", text[segment.after + 1 : verb.start()]):
        people = within(mentions, segment.after, trail)
        told = page.text[segment.end - 1 : segment.end] == "," and people and people[0].end <= verb.start()
        if people and (verb.start() - segment.after <= 6 or people[0].start - segment.after <= 12 or told):
            return people[0], verb.span(), False
        if PRONOUN.match(text, segment.after):
            return None, verb.span(), True
    first, end = _lead(page, segment, block, begins)
    if first < end:
        verbs = list(VERB.finditer(text, first, end))
        people = within(mentions, first, end)
        tail = text[verbs[-1].end() : end] if verbs else ""
        if verbs and len(tail) <= 140 and not re.search(r"[.!?]\s+[A-Z]", tail):
            named = [m for m in people if m.start < verbs[-1].start()] or list(people)
            sentence = page.sentence_at(verbs[-1].start())
            named = [m for m in named if sentence is None or m.start >= min(sentence.start, verbs[-1].start() - LEAD)] or named
            if named:
                return named[-1], verbs[-1].span(), False
            if re.search(r"\b(?:he|she)\s", text[max(first, verbs[-1].start() - 20) : verbs[-1].start()], re.IGNORECASE):
                return None, verbs[-1].span(), True
        if (
            people
            and text[first:end].rstrip(" \t\n“\"'‘").endswith((":", ","))
            and end - people[-1].end <= 90
            and text[people[-1].end : end].count(".") == 0
        ):
            return people[-1], None, False
    return None, None, False


def _lead(page: Page, segment: Segment, block: Block, begins: bool) -> tuple[int, int]:
    """The words before a segment that may name its speaker: in its block, or the block before where that ends with a colon or a verb."""
    end = segment.start
    if not begins:
        first = max(block.start, end - LEAD)
        marks = list(MARK.finditer(page.text, first, max(first, end - 2)))
        closing = [m.end() for m in marks if not page.text[m.end() : m.end() + 1].isalnum()]
        return (max(closing[-1], first) if closing and not VERB.search(page.text, first, end) else first), end
    if segment.block == 0:
        return end, end
    before = page.layout.blocks[segment.block - 1]
    words = page.text[before.start : before.end].rstrip()
    if before.kind not in ("table", "headline") and (words.endswith((":", ",")) or (len(words) <= 160 and VERB.search(words[-40:]))):
        return max(before.start, before.end - LEAD), before.end
    return end, end


def _record(page: Page, statement: Statement, number: str) -> Quote:
    """The record of a statement."""
    parts = statement.parts
    evidence: list[Evidence] = [page.evidence("text", part.start, part.end, "quotes.marks") for part in parts]
    evidence.append(page.evidence("speaker", statement.speaker.start, statement.speaker.end, "quotes.speaker"))
    if statement.verb is not None:
        evidence.append(page.evidence("verb", *statement.verb, "quotes.verb"))
    person = next((p for p in page.people if p.name == statement.speaker.name), None)
    words = " ".join(page.written(part.start, part.end) for part in parts).rstrip(",")
    return Quote(id=number, speaker=statement.speaker.name, role=person.role if person else None, text=words, evidence=tuple(evidence))
