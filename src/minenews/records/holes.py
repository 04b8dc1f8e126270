"""Drill holes: where a text names one, and whether that name says where an interval was drilled.

Hole names have no vocabulary: they are shapes (KIU-07, KT12-204, DDH-23-014, KRC046, 17-KT-006) or follow a word for a hole ("hole 33").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from minenews.marks.page import within

HOLE_WORD = (
    r"(?:drill[\s-]?holes?|drillholes?|bore[\s-]?holes?|core[\s-]?holes?|holes?|DDH|diamond\s+drill\s+holes?|trench(?:es)?|channels?)"
)

NAMED = re.compile(
    rf"""
    (?<![A-Za-z0-9-]) (?P<word>{HOLE_WORD}) (?P<sign> \s?\#\s? | \s\( | \s+(?:nos?\.?|numbers?|id)\s+ | \s+ | \s?:\s? )
    (?P<name>
        (?=[A-Z0-9\-–‑_/.]{{0,14}}[0-9] | (?-i:[A-Z]{{2,5}})\ [0-9]{{2,4}}\b)                         # has a digit
        (?:(?-i:[A-Z]{{2,5}})\ (?=[0-9]{{2,4}}))? [A-Z0-9]{{1,12}} (?:[-–‑_/.][A-Z0-9]{{1,10}}){{0,4}} (?:[a-z](?![a-z]))?
    )
    (?![A-Za-z0-9]|[-–‑.,][0-9]|\s?(?:%|m\b|metres|meters|ft\b|feet|km\b|g/t|gpt|ppm|holes))
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A word for a hole with the name after it: hole 33, DDH#KHS-74-3, drillhole KRC046A."""

SHAPED = re.compile(
    r"""
    (?: (?<![\w.$€£/@&-]) | (?<=\sin)(?=[0-9]{2}[A-Z]) )
    (?P<name>
        # KIU-07, KT12-204, KRC046
        [A-Z]{1,8} (?:[-–‑_][A-Z]{1,6}){0,3} [-–‑_]? [0-9]{2,6} (?:[A-Z]{1,3}(?![a-z]))?
            (?:[-–‑_/][0-9]{1,5}(?:[A-Z]{0,2}|[a-d])(?![a-z])){0,3} (?:[-–‑_][A-Z]{1,3}[0-9]{0,3})?
        # V5-12, DH-7
      | [A-Z]{1,6} [0-9]{0,3} [-–‑_] [A-Z]{0,4} [0-9]{1,5} (?:[A-Z](?![a-z]))? (?:[-–‑_][0-9]{1,5}[A-Z]?){0,2}
        # 17-KT-006, 21CRD003A-1
      | [0-9]{2,4} [-–‑_]? [A-Z]{1,8} (?:[-–‑_][A-Z]{1,5})? [-–‑_]? [0-9]{1,5} (?:[A-Z]{1,3}(?![a-z]))? (?:[-–‑_][0-9]{1,4}[A-Z]?){0,2}
        # TC 23-01
      | [A-Z]{2,4} \s [0-9]{2} [-–‑] [0-9]{2,4} (?:[A-Z](?![a-z]))?
    )
    (?![\w%]|[-–‑.,][0-9]|\s?(?:g/t|gpt|ppm|ppb))
    """,
    re.VERBOSE,
)
"""A name of the shape of a hole's, without a word before it."""

NO_HOLE = re.compile(
    r"""(?: NI[\s-]?43[\s-]?101 | [QH][1-4] .* | [1-4][QH][0-9].* | FY[\s-]?[0-9].* | (?:19|20)[0-9]{2} | [A-Z][a-z]?[0-9]*O[0-9]+
         | CO-?[0-9]
         | COVID.* | ISO.* | PM[-0-9.]+ | SK-?1300 | S-K.*

             | (?:ME|AU|AG|CU|PGM|ZN|PB|ICP|MS|OG|AA|FA|GRA|CRM|OREAS|TRSPEC|INTERP|PREP
               |LF|UT|AQ|MA|BV|GE|GO|XRF)[-–]?[A-Z]{0,6}[-–]?[0-9]{2,4}[A-Z]{0,2}
             | (?:UTM|WGS|NAD|EPSG|PSAD|GDA|MGA|HWY|PO|US|CA|PQ|NQ|HQ|BQ|AK|AC)[-\s]?[0-9]+.*
         | (?:IP|EM|QA|QC|GPS|CEO|FORM|PHASE|TABLE|FIGURE|PAGE|LEVEL|STAGE|MINE|RIG|PAD|ZONE|VEIN|LOT|SEDAR|TSX|ASX|CSE|OTC)[-\s]?[0-9]+.*
         | (?:ML|EL|EPM|MLA|EPL|PL|MC|EPC)\s?[0-9]{3,6}(?:/[0-9]+)? )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Names of that shape that are no holes: quarters, oxides, laboratory methods, core sizes, tenements."""

REFERENCE = re.compile(
    r"""(?: (?: ° | \b (?: north | south | east | west | (?:north|south)-?(?:east|west) | northeast | northwest | southeast | southwest
              | [NSEW] | [NS][NSEW]?[EW] | up-?dip | down-?dip | up-?plunge | down-?plunge | strike | below | above | beneath
              | under | near | between | towards? | beyond | behind | outside | adjacent\s+to | close\s+to | twin | twins | twinned
                  | twinning | m | metres | meters | feet | step-?out | followed\s+up | following | than
              | undercut | undercutting | offset | extension | scissor(?:ed|s|ing)? | ahead ) )
            (?: \s+(?:of|from|to|on|with) )? (?: \s+(?:the|previously|reported|released|previous|historical?|discovery|known|nearby
                |adjacent|recent|high-grade) ){0,4}
            (?: \s+(?:drill|diamond|core|RC|reverse|circulation|parent|exploration|infill) ){0,3} \s* )
        $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before a hole that make it a landmark: 50 m below hole 12."""


LISTING = re.compile(r"[(;|/,]\s?[A-Za-z][A-Za-z. -]{1,18}:\s?$")
"""What stands before a ticker: (Frankfurt: 86A1)."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A place where a hole is named.

    `word_start` is where its word ("hole") begins; `several` for "holes 28 to 35"; `landmark` where it only says where another one lies.
    """

    start: int
    end: int
    name: str
    word_start: int
    several: bool
    landmark: bool


def find_holes(text: str, start: int, end: int) -> list[Hole]:
    """The holes named in text[start:end], in reading order."""
    named = [_hole(text, start, *match.span("name"), match.start()) for match in NAMED.finditer(text, start, end) if not _is_count(match)]
    shaped = [
        _hole(text, start, *match.span("name"), match.start())
        for match in SHAPED.finditer(text, start, end)
        if not NO_HOLE.fullmatch(match["name"])
        and not LISTING.search(text, max(start, match.start() - 40), match.start())
        and not any(hole.end > match.start() for hole in within(named, match.start() - 30, match.end()))
    ]
    found = [*named, *shaped]
    return _several(text, sorted(found, key=lambda hole: hole.start))


def _is_count(match: re.Match[str]) -> bool:
    """Whether the "name" is a plain number that means something else: hole 2,000 deep, holes 1-2."""
    name = match["name"]
    return name.isdigit() and (
        len(name) > 4 or (match["word"].lower().startswith(("trench", "channel")) and match["sign"].isspace() and len(name) > 2)
    )


def _hole(text: str, floor: int, start: int, end: int, word_start: int) -> Hole:
    landmark = REFERENCE.search(text, max(floor, word_start - 70), word_start) is not None
    return Hole(start, end, re.sub("[‑–]", "-", text[start:end]).replace("_", "_"), word_start, False, landmark)


LIST_OF_HOLES = re.compile(r"\s{0,2}(?:,|and|&|to|through|-|–|,\s?and)\s{0,2}(?:(?:drill\s?)?holes?\s)?\s?", re.IGNORECASE)


def _several(text: str, holes: list[Hole]) -> list[Hole]:
    """The holes, those of a plain enumeration marked as several: none of them governs what follows alone."""
    many = [False] * len(holes)
    for index, (hole, follower) in enumerate(pairwise(holes)):
        if not hole.landmark and follower.start - hole.end < 24 and LIST_OF_HOLES.fullmatch(text, hole.end, follower.start):
            many[index] = many[index + 1] = True
    for index, hole in enumerate(holes):
        if re.match(r"\s?(?:to|through|-|–|,|and|&)\s?#?[0-9]{1,4}\b(?!\s?(?:m|metres|meters|g/t|%|\.))", text[hole.end : hole.end + 14]):
            many[index] = True
    return [Hole(h.start, h.end, h.name, h.word_start, several, h.landmark) for h, several in zip(holes, many, strict=True)]
