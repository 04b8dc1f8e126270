"""Lay out a text: headline, dateline, headings, paragraphs, bullets, captions, footnotes, tables, and which of them are boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from minenews.text.dateline import DATE_SHAPES, Dateline, date_of, find_dateline
from minenews.text.regions import find_table_regions
from minenews.vocab.load import load_rows, phrase

BULLET = re.compile(r"\s*(?:[-*•·▪●◦■□○►➢✓†‣⁃–—>§Øo](?!-)\s+|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|[•▪●■])")
HEADING_MARK = re.compile(r"\s*(?:#{1,6}\s|\*\*|__)")
CAPTION = re.compile(r"\s*(?:Table|Figure|Fig\.|Image|Photo|Chart|Map)\s+(?:[0-9]+|[IVX]+|[A-Z])\b\s?[.:–—-]?", re.IGNORECASE)
FOOTNOTE = re.compile(r"\s*(?:\((?:[0-9]{1,2}|[ivx]{1,4}|[a-z])\)\s*[-–:]?\s*\S|\*+[A-Z(]|[0-9¹²³⁴⁵⁶⁷⁸⁹]{1,2}\s?[A-Z][a-z]|Notes?\s?:)")
END_OF_SENTENCE = re.compile(r"[.!?:;][\"”’')\]]*\s*$")
HEADING_LIMIT = 110
UNFINISHED = re.compile(r"\s(?:of|on|its|has|been|at|was|were|to|and|in|for|by|the|with|from|totall?ed|averaged|than|or)$")
"""The end of a line that no paragraph ends with: the next line goes on."""
SHORT_LINE = 32
"""Lines up to this length are headings, table cells or the ends of paragraphs: they say nothing about the width of the lines."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of lines of one kind.

    `kind`: headline | heading | paragraph | bullet | table | caption | footnote.
    `section`: body | masthead | about | forward_looking | contact | notes (all but body hold no news; notes, on methods and
    terms, end at the next heading, the others only where another section opens).
    `heading`: span of the heading in force, None above the first one.
    """

    kind: str
    start: int
    end: int
    section: str = "body"
    heading: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """All blocks in reading order, the headline's span and the dateline."""

    blocks: tuple[Block, ...]
    headline: tuple[int, int] | None
    dateline: Dateline | None


@cache
def _section_pattern(match: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = [r for r in load_rows("sections") if r["match"] == match]
    forms = "|".join(phrase(r["form"]) for r in sorted(rows, key=lambda r: -len(r["form"])))
    return re.compile(rf"[\s#*_\W]{{0,6}}(?P<form>{forms})(?![a-z])", re.IGNORECASE), {r["form"]: r["section"] for r in rows}


ABOUT_NEWS = re.compile(
    r"\b(?:project|property|mine|deposit|study|drill|estimate|pea|pfs|acquisition|transaction|agreement|programs?)\b", re.IGNORECASE
)
"""Words that make a heading "About ..." one of news."""

ABOUT_COMPANY = re.compile(r"\W{0,9}about\s{1,9}[A-Z][\w&.' -]{2,60}[:–-]", re.IGNORECASE)
"""A paragraph that opens with its own heading: "About Acme Gold: ..."."""


def _section_of(text: str, block: Block) -> str | None:
    """The section that a block opens, None if it opens none."""
    match = "heading" if block.kind == "heading" else "paragraph"
    names = [match]
    if block.kind == "heading":
        names.append("paragraph")
    if block.kind in ("paragraph", "bullet") and block.end - block.start < HEADING_LIMIT:
        names.append("heading")
    for name in names:
        pattern, sections = _section_pattern(name)
        found = pattern.match(text, block.start, block.end)
        if found:
            form = " ".join(found["form"].lower().replace("’", "'").replace("–", "-").replace("‑", "-").replace("‐", "-").split())
            section = sections.get(form)
            if section == "masthead" and block.end - block.start > 120:
                continue
            if section == "about" and re.match(r"\W*about\s+(?:[0-9~$]|half|one|two|a\b)", text[block.start : block.end], re.IGNORECASE):
                continue
            if section == "about" and ABOUT_NEWS.search(text, block.start, min(block.end, block.start + 120)):
                return "body"
            return section
    if block.kind == "heading" and re.search(r"forward[\s-]looking|cautionary", text[block.start : block.end], re.IGNORECASE):
        return "forward_looking"
    if block.kind == "paragraph" and ABOUT_COMPANY.match(text, block.start, min(block.end, block.start + 90)):
        return "about"
    return None


NOTICE = re.compile(
    r"""\W{0,3} (?: not\s+for\s+(?:release|distribution|dissemination|publication)\b
      | (?:this|the\s+following|certain|the\s+information)\s (?:\w+\s+){1,9} inside\s+information\b )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A notice of one block that closes nothing: the news goes on after it."""


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the non-empty runs between newlines; an empty span marks a blank line."""
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        first, last = position, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        yield first, last
        position = stop + 1


def _wrapped(text: str) -> bool:
    """Whether the lines of the text are cut at a fixed width, so that a newline inside a paragraph means nothing."""
    lengths = [b - a for a, b in _lines(text, 0, min(len(text), 40_000)) if b - a > SHORT_LINE]
    middling = sum(1 for n in lengths if 50 <= n <= 100)
    return len(lengths) >= 5 and middling >= 0.6 * len(lengths) and max(lengths) <= 140


def _join_lines(text: str, lines: list[tuple[int, int]], wrapped: bool) -> Iterator[tuple[int, int]]:
    """Blocks of a run of non-blank lines."""
    current: tuple[int, int] | None = None
    for line in lines:
        if current is None:
            current = line
            continue
        previous = text[current[0] : current[1]]
        last_break = previous.rfind("\n")
        last_line = previous[last_break + 1 :]
        starts_new = bool(BULLET.match(text, line[0], line[1])) or bool(HEADING_MARK.match(text, line[0], line[1]))
        full = len(last_line) >= 50 and not (END_OF_SENTENCE.search(last_line) and len(last_line) < 58)
        continues = text[line[0]].islower() or bool(UNFINISHED.search(last_line)) or (wrapped and full and text[line[0]] != "|")
        if starts_new or not continues:
            yield current
            current = line
        else:
            current = (current[0], line[1])
    if current is not None:
        yield current


def _kind(text: str, start: int, end: int) -> str:
    piece = text[start:end]
    if CAPTION.match(piece) and len(piece) < 200:
        return "caption"
    if HEADING_MARK.match(piece) and len(piece) < 250 and not (piece.lstrip().startswith("**") and len(piece) > HEADING_LIMIT):
        return "heading"
    if BULLET.match(piece) and not FOOTNOTE.match(piece):
        return "bullet"
    if FOOTNOTE.match(piece) and not (len(piece) > 250 and piece.lstrip()[:1].isdigit()):
        return "footnote"
    return "heading" if _is_heading(piece) else "paragraph"


def _is_heading(piece: str) -> bool:
    """Whether a block is short, begins with a capital, does not end as a sentence does, and holds no address."""
    if len(piece) > HEADING_LIMIT or re.search(r"[.!?;,]\W*$", piece) or "@" in piece or "://" in piece:
        return False
    return not (piece.rstrip().endswith(":") and len(piece) > 50) and re.match(r"[\W\d]*[A-Z]", piece) is not None


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of all blocks, tables among them, in reading order."""
    wrapped = _wrapped(text)
    regions = [(r.start, r.end) for r in find_table_regions(text)]
    position = 0
    for first, last in [*regions, (len(text), len(text))]:
        run: list[tuple[int, int]] = []
        for line in [*_lines(text, position, first), (first, first)]:
            if line[1] > line[0]:
                run.append(line)
                continue
            for start, end in _join_lines(text, run, wrapped):
                yield start, end, _kind(text, start, end)
            run = []
        if last > first:
            yield first, last, "table"
        position = last


def _find_head(text: str, blocks: list[Block]) -> tuple[tuple[int, int] | None, Dateline | None]:
    """The headline and the dateline among the first blocks."""
    dateline: Dateline | None = None
    limit = len(blocks)
    for index, block in enumerate(blocks[:14]):
        if block.kind == "table":
            continue
        dateline = find_dateline(text, block.start, block.end)
        if dateline is not None and (dateline.date or dateline.wire):
            limit = index if dateline.end < block.end - 30 else limit
            break
        dateline = None
    if dateline is None:
        dateline = _date_line(text, blocks)
    return _find_headline(text, blocks[: min(limit, 14)], limit < len(blocks), dateline), dateline


LEADING_MARKS = re.compile(r"[#*_\s]*")


def _find_headline(text: str, head: list[Block], before_dateline: bool, dateline: Dateline | None) -> tuple[int, int] | None:
    """The headline among the first blocks, which may all stand before the dateline.

    A line that holds nothing but the company's name is the headline only where no other follows.
    """
    named: tuple[int, int] | None = None
    seen = 0
    for index, block in enumerate(head):
        length = block.end - block.start
        alone = dateline is not None and block.start == dateline.start
        if block.kind == "table" or block.section == "masthead" or alone or not 12 <= length <= 400 or _is_header(text, block):
            seen += length > 400
            continue
        seen += 1
        if seen > 6:
            break
        opens = index == 0 and not text[block.start : block.end].rstrip().endswith(".")
        if block.kind not in ("heading", "caption") and not (before_dateline and length < 320) and not opens:
            break
        match = LEADING_MARKS.match(text, block.start, block.end)
        span = (match.end() if match else block.start, block.end)
        if not _company_line().fullmatch(text, *span):
            return _whole(text, span, head[index + 1 :])
        named = named or (span if "(" not in text[span[0] : span[1]] else None)
    return named


HEADER_LINE = re.compile(
    r"""\W* (?: \([^()\n]{1,120}\)
        | release\s+time(?:\s+immediate)? | immediate(?:\s+release)? | date | time | announcement | company | headline
        | [^\n]{0,60}\bticker\s?:.{1,60} | asx\s+cod(?:e|es)?\s?:.{1,20} | enquiries\s?:.{1,90}
        | (?:page|p\.)\s*\d{1,3}\b.{0,20} | (?:isin|lei|sedol|tidm|share\s+code)\b.{0,60} ) \W*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A line of an announcement's header that tells no news: an alias or a ticker in parentheses, a label."""

UNFINISHED_HEADLINE = re.compile(r"\b(?:announces|reports|provides|completes|and|of|for|at|in|the|with|to|on|its)$", re.IGNORECASE)


def _is_header(text: str, block: Block) -> bool:
    """Whether a line holds a date alone, an alias, or a label of the header."""
    if block.end - block.start > 130:
        return False
    return HEADER_LINE.fullmatch(text, block.start, block.end) is not None or _date_in(text, block.start, block.end) is not None


def _whole(text: str, span: tuple[int, int], following: list[Block]) -> tuple[int, int]:
    """A headline with the next line where it breaks off in the middle."""
    after = following[0] if following else None
    if after is None or after.kind != "heading" or after.start - span[1] > 3:
        return span
    return (span[0], after.end) if UNFINISHED_HEADLINE.search(text[span[0] : span[1]]) else span


@cache
def _company_line() -> re.Pattern[str]:
    """A line of up to six words with a legal form at its end, and perhaps tickers in parentheses."""
    forms = "|".join(phrase(row["form"]) for row in sorted(load_rows("legal_forms"), key=lambda row: -len(row["form"])))
    return re.compile(rf"(?:[\w&.'’-]{{1,30}},?\s){{1,5}}(?:{forms})(?:\s?\([^()\n]{{1,60}}\))?\W{{0,3}}", re.IGNORECASE)


NOT_OF_A_DATE_LINE = re.compile(r"\W|dated?|released?|published|news|press|media|release|on", re.IGNORECASE)


def _date_line(text: str, blocks: list[Block]) -> Dateline | None:
    """A date alone on one of the first lines (it may be broken over two), as in the headers of stock exchange announcements."""
    head = [b for b in blocks[:14] if b.end - b.start <= 60]
    for first, second in [*((b, b) for b in head), *pairwise(head)]:
        date = _date_in(text, first.start, second.end) if second.start - first.end <= 3 else None
        if date is not None:
            return Dateline(first.start, second.end, None, date, None)
    for block in blocks[:2]:
        announced = ANNOUNCED.match(text, block.start, min(block.end, block.start + 200))
        if announced is not None:
            return Dateline(block.start, block.end, None, announced.span("date"), None)
    for block in blocks[:4]:
        labelled = LABELLED.search(text, block.start, min(block.end, block.start + 300))
        if labelled is not None:
            return Dateline(labelled.start(), labelled.end(), None, labelled.span("date"), None)
    return None


ANNOUNCED = re.compile(
    r"""(?: RNS\s+Number\s{0,3}:\s{0,3}[0-9]{1,5}[A-Z] [ ][^\n]{3,90}
          | [A-Z][\w&.' -]{2,60} (?:[ ](?:Limited|Ltd\.?|plc|PLC|Inc\.?|Corp\.?|Corporation) | [ ]\([A-Z]{2,6}:[ ]?[A-Z.]{1,6}\)) )
        ,?[ ] (?P<date> [0-9]{1,2}[ ][A-Z][a-z]{2,8}[ ](?:19|20)[0-9]{2} | [A-Z][a-z]{2,8}[ ][0-9]{1,2},[ ](?:19|20)[0-9]{2} ) \s*$""",
    re.VERBOSE | re.MULTILINE,
)
"""The header of an announcement on one line: its number, the company, the date."""

LABELLED = re.compile(
    r"""\bRelease(?:d|[ ]Date)[ ]?:?[ ]{0,3}(?:[0-9]{2}:[0-9]{2}[ ])?
        (?P<date>[0-9]{1,2}[/-](?:[0-9]{1,2}|[A-Z][a-z]{2})[/-](?:19|20)[0-9]{2})""",
    re.VERBOSE,
)
"""A date with its label in a header whose lines were run together."""

TIME = re.compile(r"\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\b\.?)?(?:\s?\(?[A-Z]{2,4}(?:[+-][0-9]{1,2})?\)?)?")


TERM_OF_A_DEAL = re.compile(r"[$€£¥%]|[0-9],[0-9]{3}|\b(?:before|by|until|through|after|due)\b", re.IGNORECASE)
"""What makes a line with a date one of payments or conditions: $500,000 on or before December 31, 2024."""


def _date_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The date of a stretch that holds little else."""
    for shape in DATE_SHAPES:
        found = shape.search(text, start, end)
        if found is None or date_of(found) is None:
            continue
        rest = text[start : found.start()] + TIME.sub("", text[found.end() : end])
        if len(NOT_OF_A_DATE_LINE.sub("", rest)) < 16 and TERM_OF_A_DEAL.search(rest) is None:
            return found.span()
    return None


def _repeats(text: str, block: Block, headline: tuple[int, int] | None) -> bool:
    """Whether a block says the headline again: below the contacts of its summary the announcement itself begins."""
    return headline is not None and text[block.start : block.end].split() == text[slice(*headline)].split()


def lay_out(text: str) -> Layout:
    """The layout of a text. Every non-blank character belongs to exactly one block; linear in the length of the text."""
    blocks = [Block(kind, start, end) for start, end, kind in _spans(text)]
    for index, block in enumerate(blocks[:8]):
        if block.kind != "table" and _section_of(text, block) == "masthead":
            blocks[index] = replace(block, section="masthead")
    headline, dateline = _find_head(text, blocks)
    section, heading = "body", None
    result: list[Block] = []
    for index, block in enumerate(blocks):
        if headline and block.start <= headline[0] < block.end:
            result.append(replace(block, kind="headline", section="body"))
            section = "body"
            continue
        if dateline and block.start <= dateline.start < block.end:
            section_of_line = "masthead" if block.section == "masthead" else "body"
            result.append(replace(block, kind="table" if block.kind == "table" else "paragraph", section=section_of_line))
            section = "body"
            continue
        opened = None if block.kind == "table" or block.section == "masthead" else _section_of(text, block)
        notice = NOTICE.match(text, block.start, block.end) or (index < 3 and block.kind != "heading")
        if opened and opened != "masthead" and notice:
            result.append(replace(block, section=opened, heading=heading))
            continue
        if opened and opened != "masthead":
            section = opened
        elif (section == "notes" and block.kind == "heading") or (section == "contact" and _repeats(text, block, headline)):
            section = "body"
        if block.kind == "heading":
            heading = (block.start, block.end)
        result.append(replace(block, section=block.section if block.section == "masthead" else section, heading=heading))
    return Layout(tuple(result), headline, dateline)
