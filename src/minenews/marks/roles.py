"""Roles of people in the words of the text: "President and CEO", "Vice President, Exploration", "a Qualified Person"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from minenews.vocab.load import load_rows, phrase


@dataclass(frozen=True, slots=True)
class Role:
    """A role in the text; `kind` is that of its first word: officer, director, contact, expert or other."""

    start: int
    end: int
    text: str
    kind: str


CHUNK = re.compile(r"[^\W\d_a-zß-öø-ÿ]?[a-zß-öø-ÿ]+|[^\W\d_a-zß-öø-ÿ]+(?![a-zß-öø-ÿ])")
ENDED = r"(?:(?![\w-])|(?=(?-i:Tel|Phone|Email|E-mail|Mobile|Cell|Web|Fax|Direct|Office|T:|P:|E:))|(?-i:(?<=[a-z])(?=[A-Z][a-z])))"


@cache
def load_roles() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for a role of one or more parts, and the kind of each core form."""
    forms: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for row in load_rows("roles"):
        forms.setdefault(row["kind"], []).append(row["form"])
        if row["kind"] not in ("modifier", "function"):
            kinds.setdefault(_fold(row["form"]), row["kind"])

    def either(*names: str) -> str:
        words = sorted({form for name in names for form in forms[name]}, key=lambda form: (-len(form), form))
        return "(?:" + "|".join(phrase(form).replace(r"\s+", "[ ]") for form in words) + ")"

    core = either("officer", "director", "contact", "expert", "other")
    modifier = rf"(?:{either('modifier')}[ ]){{0,3}}"
    function = rf"(?:(?:[ ]of|[ ]for|[ ]?,|[ ]?[-–]|[ ])[ ]?{either('function')}(?![\w-]))"
    listed = rf"(?:{function}(?:(?:,[ ]|[ ](?:and|&)[ ]|,[ ]and[ ]){either('function')}(?![\w-])){{0,2}})?"
    part = rf"{modifier}{core}{ENDED}{listed}"
    joint = r"(?:[ ]?(?:,|&|/|\+)[ ]?(?:and[ ])?|[ ]and[ ]|[ ]?[-–][ ])(?:an?[ ]|the[ ]|our[ ])?"
    return re.compile(rf"(?:(?<![\w-])|(?-i:(?<=[a-zß-öø-ÿ.])(?=[A-Z])))(?<!\w['])(?:{part})(?:{joint}{part}){{0,3}}", re.IGNORECASE), kinds


@cache
def _openings() -> frozenset[str]:
    """The first chunks of all role forms and modifiers: where a role can begin at all."""
    return frozenset(chunk[0].casefold() for row in load_rows("roles") if row["kind"] != "function" and (chunk := CHUNK.match(row["form"])))


def _fold(form: str) -> str:
    return " ".join(form.casefold().replace("-", " ").split())


def find_roles(flow: str) -> Iterator[Role]:
    """All roles of a text in reading order."""
    pattern, kinds = load_roles()
    openings, end = _openings(), 0
    for word in CHUNK.finditer(flow):
        if word[0].casefold() not in openings or word.start() < end:
            continue
        if match := pattern.match(flow, word.start()):
            end = match.end()
            yield Role(match.start(), end, " ".join(match[0].split()), _kind(match[0], kinds))


def _kind(text: str, kinds: dict[str, str]) -> str:
    """The kind of the longest core form in a role, the last of equals."""
    words = _fold(re.sub(r"[,/&]", " ", text)).split()
    best = ("", "other")
    for start in range(len(words)):
        for end in range(min(len(words), start + 6), start, -1):
            form = " ".join(words[start:end])
            if form in kinds and len(form) > len(best[0]):
                best = (form, kinds[form])
    return best[1]
