"""Alias definitions: ("Torex" or the "Company"), (Dynacor or the Corporation), formerly ..., behind a company's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minenews.marks.company_names import fold_name


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name defined in the text. `own` marks "the Company" and its like, by which the issuer calls itself."""

    start: int
    end: int
    text: str
    own: bool


GROUP = re.compile(r"[ ,]{0,2}\s{0,8}\((?P<body>(?:[^()\n]|\n(?!\n)){1,200})\)")
QUOTED = re.compile(r"(?P<the>\bthe[ ])?[\"']{1,2}(?P<the_in>the[ ])?\n?(?P<name>[^\"\n]{1,45}?)[,.]?[\"']{1,2}(?![\w])")
PLAIN = re.compile(
    r"^(?:hereinafter[ ]|hereafter[ ]|together[, ]{1,2}|collectively[, ]{1,2}|referred[ ]to[ ]as[ ])?(?P<items>[\w&' .,-]{2,80})$"
)
ITEM = re.compile(r"[ ]?(?:,[ ]?(?:or[ ])?|[ ]or[ ]|[ ]and[ ])")
OWN = frozenset({"company", "corporation", "group", "issuer", "partnership", "trust", "firm"})
TERMS = frozenset(
    {"acquisition", "transaction", "agreement", "offer", "offering", "placement", "facility", "arrangement", "merger", "loan", "shares"}
    | {"warrants", "units", "notes", "board", "results", "project", "property", "mine"}
)
"""Words of terms that are defined after a company's name, but mean something else."""

IN_HEADER = re.compile(r"^[ ]{0,40}\((?P<body>[^()\n]{3,120})\)[ ]{0,90}$", re.MULTILINE)
"""A line of an announcement's header that holds aliases alone, some lines below the name."""
HEADER = 2500  # characters

FORMER = re.compile(
    r"""[ ,(]{1,3} (?:formerly|previously|f/k/a|fka|d/b/a|doing[ ]business[ ]as|also[ ]known[ ]as)[ ] (?:known[ ]as[ ])?
        [\"']? (?P<name>[A-Z][^()\n,;\"]{2,50}?) [\"']? (?=[),;\"])""",
    re.VERBOSE,
)


def find_aliases(flow: str, end: int, name: str) -> list[Alias]:
    """The aliases defined in the parentheses that follow a name ending at `end`; listings between are passed over."""
    found: list[Alias] = []
    for _ in range(5):
        group = GROUP.match(flow, end)
        if group is None:
            break
        found.extend(_in_group(group, name))
        end = group.end()
    return found


def find_header_aliases(flow: str) -> list[tuple[int, list[Alias]]]:
    """The lines of the header that define what the issuer calls itself, each with its place."""
    found = [(match.start(), _in_group(match, "")) for match in IN_HEADER.finditer(flow, 0, HEADER)]
    return [(start, aliases) for start, aliases in found if any(alias.own for alias in aliases)]


def _in_group(group: re.Match[str], name: str) -> list[Alias]:
    start, body = group.start("body"), group["body"]
    quoted = [_alias(m["name"], start + m.start("name")) for m in QUOTED.finditer(body)]
    if quoted:
        return [alias for alias in quoted if alias]
    plain = PLAIN.match(body)
    if plain is None:
        return []
    items = _plain_items(plain["items"], start + plain.start("items"))
    if any(item.own for item in items):
        return items
    return items if len(items) == 1 and _abbreviates(items[0].text, name) else []


def _alias(written: str, start: int) -> Alias | None:
    written = written.rstrip(" ,.")
    own = fold_name(written) in OWN or written.casefold().removeprefix("the ") in OWN
    if not own and any(word.strip(",.") in TERMS for word in written.casefold().split()):
        return None
    if not written or not (written[0].isalnum()) or (not own and not any(sign.isupper() for sign in written)):
        return None
    text = f"the {re.sub(r'^the ', '', written, flags=re.IGNORECASE)}" if own else written
    return Alias(start, start + len(written), text, own)


def _plain_items(items: str, start: int) -> list[Alias]:
    found: list[Alias] = []
    at = 0
    for joint in [*ITEM.finditer(items), None]:
        stop = joint.start() if joint else len(items)
        item = items[at:stop].strip()
        bare = item.removeprefix("the ").removeprefix("The ")
        if item and (bare[:1].isupper() or bare in OWN):
            offset = start + items.index(item, at)
            alias = _alias(bare, offset + len(item) - len(bare))
            if alias:
                found.append(alias)
        if joint:
            at = joint.end()
    return found


def _abbreviates(short: str, name: str) -> bool:
    """Whether a short form is the beginning or the initials of a name."""
    folded = fold_name(name)
    initials = "".join(word[0] for word in re.findall(r"\w+", name)).upper()
    return len(short) > 1 and (folded.startswith(fold_name(short)) or (short.isupper() and initials.startswith(short)))
