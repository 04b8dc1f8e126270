"""Count the people killed and injured in an accident."""

from __future__ import annotations

import re

from minenews.marks.page import Page, Sentence
from minenews.models import Details, EventKind, Evidence

NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a": 1,
    "an": 1,
    "no": 0,
}
WHO = (
    r"(?:employees?|workers?|miners?|contractors?|people|persons?|colleagues?|team\s+members?|operators?|individuals?|crew\s+members"
    r"|men|man|women|woman|others|drivers?)"
)
ARTICLE = rf"an?(?=\s+(?:[\w-]{{1,20}}\s+){{0,2}}{WHO}\b)"
COUNT = rf"(?<![\d,.])(?P<count>\d{{1,3}}(?:,\d{{3}})?|{'|'.join(sorted(NUMBERS.keys() - {'a', 'an'}, key=len, reverse=True))}|{ARTICLE})"
OF_ALL = r"(?:of\s+(?:the|its|their|those|all)\s+(?:\d{1,4}|[a-z]{3,10})\s+)?"
"""The whole of which a count is a part ("seven of the 13 workers")."""

MEASURES = "days?|hours?|weeks?|months?|years?|shifts?|metres|meters|feet|tonnes|tons|ounces"
BETWEEN = rf"(?:and|{MEASURES}|{'|'.join(sorted(NUMBERS.keys() - {'a', 'an', 'no'}))})\b"
"""What ends the words that a count may stand before: another clause, another count, a measure."""

DEAD = re.compile(
    rf"""\b{COUNT}\s+{OF_ALL}(?:(?!{BETWEEN})[a-z-]{{1,20}}\s+){{0,3}}?(?:{WHO}\s+)?(?:(?!{BETWEEN})[a-z-]{{1,20}}\s+){{0,6}}?(?:died|dead|killed|fatally|lost\s+(?:his|her|their)\s+li(?:fe|ves)|passed\s+away|perished|have\s+died|confirmed\s+dead|deceased|fatalit(?:y|ies)|deaths)\b
      | \b(?:killed|killing|deaths?\s+of|lives\s+of|bodies\s+of|body\s+of|death\s+toll\s+(?:\w{{1,10}}\s+){{0,4}}(?:to|reached|of|at)
          |claim(?:ed|ing)(?:\s+the\s+lives\s+of)?|fatally\s+injur(?:ed|ing))\s+(?:at\s+least\s+|all\s+)?
          (?P<after>\d{{1,5}}|{"|".join(NUMBERS)})\b""",
    re.VERBOSE | re.IGNORECASE,
)
HURT = re.compile(
    rf"""\b{COUNT}\s+{OF_ALL}(?:(?!{BETWEEN})[a-z-]{{1,20}}\s+){{0,3}}?(?:{WHO}\s+)?(?:(?!{BETWEEN})[a-z-]{{1,20}}\s+){{0,3}}?(?:injured|hurt|hospitali[sz]ed|wounded)\b
      | \b(?:injured|injuring|injuries\s+to|wounding)\s+(?:at\s+least\s+|about\s+)?(?P<after>\d{{1,5}}|{"|".join(NUMBERS)})\b""",
    re.VERBOSE | re.IGNORECASE,
)


def count_people(page: Page, kind: EventKind, sentences: list[Sentence]) -> tuple[Details | None, list[Evidence]]:
    """The killed and injured that the sentences of an accident count, None where they count none."""
    killed = injured = None
    evidence: list[Evidence] = []
    for sentence in dict.fromkeys(sentences):
        text = page.text[sentence.start : sentence.end]
        if killed is None and kind is EventKind.FATALITY and (found := DEAD.search(text)):
            killed = _number(found["count"] or found["after"])
            evidence.append(page.evidence("killed", sentence.start + found.start(), sentence.start + found.end(), "people_killed"))
        if injured is None and (found := HURT.search(text)):
            injured = _number(found["count"] or found["after"])
            evidence.append(page.evidence("injured", sentence.start + found.start(), sentence.start + found.end(), "people_injured"))
    return (Details(killed=killed, injured=injured), evidence) if evidence else (None, [])


def _number(word: str) -> int:
    digits = word.replace(",", "")
    return int(digits) if digits.isdigit() else NUMBERS[word.lower()]
