"""Read what the text calls an asset: ("ELG"), (the "Warren Property"), (the "Project"), formerly known as."""

from __future__ import annotations

import re
from dataclasses import dataclass

ALIAS = re.compile(
    r"""
    [ ]?\(\s?(?:collectively,?\ |together,?\ |hereinafter\ |hereafter\ |also\ known\ as\ )?(?:the\ |“the\ |"the\ )?
    [“"'‘]{1,2}(?:the\ )?(?P<first>[^“”"()]{1,40}?),?[”"'’]{1,2}
    (?:,?\ ?(?:and/or|and|or|,)?\ ?(?:the\ )?[“"'‘]{1,2}(?:the\ )?(?P<second>[^“”"()]{1,40}?),?[”"'’]{1,2})?
    \s?\)
    """,
    re.VERBOSE,
)
BARE_ALIAS = re.compile(r"[ ]?\((?P<first>[A-Z][A-Z&]{1,5})\)")
FORMER = re.compile(
    r"""
    [ ]?\(?(?:formerly|previously|also)[ ](?:known[ ]as|called|named|the)[ ](?:the[ ])?[“"]?
    (?P<first>[A-ZÀ-Þ][\w'’-]+(?:[ ][A-ZÀ-Þ][\w'’-]+){0,3})
    """,
    re.VERBOSE,
)
GENERIC = re.compile(
    r"""
    Projects?|Propert(?:y|ies)|Mines?|Plant|Mill|Deposit|Complex|Operations?|Smelter|Refinery|Claims|Concessions?|Licen[cs]es?|Facility
    """,
    re.VERBOSE,
)
SENTENCE_END = re.compile(r"[.;!?]\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Alias:
    """A defined name. `generic`: a kind noun with a capital that stands for the asset from here on ("the Project").

    `adjacent`: nothing stands between the asset and the parenthesis.
    """

    start: int
    end: int
    name: str
    generic: bool
    adjacent: bool


def read_aliases(text: str, end: int, reach: int = 100) -> list[Alias]:
    """The names that the text defines for what ends at `end`: in a parenthesis right after it or later in the same sentence."""
    window = text[end : end + reach]
    stop = SENTENCE_END.search(window)
    window = window[: stop.start()] if stop else window
    aliases: list[Alias] = []
    for pattern in (ALIAS, BARE_ALIAS, FORMER):
        match = pattern.search(window) if pattern is ALIAS else pattern.match(window)
        if match is None:
            continue
        for group, name in match.groupdict().items():
            if name:
                start = end + match.start(group)
                aliases.append(
                    Alias(start, start + len(name), name.strip(), GENERIC.fullmatch(name.strip()) is not None, match.start() == 0)
                )
    return aliases
