"""A text with its signs folded one for one: every offset stays the same, patterns become simple."""

from __future__ import annotations

import re
from functools import lru_cache

SIGNS = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "’": "'", "‘": "'", "‛": "'", "`": "'", "´": "'",
        "‐": "-", "‑": "-", "‒": "-",
        "—": "–", "―": "–", "−": "–",
        "：": ":", "（": "(", "）": ")",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\u200b": " ", "\ufeff": " ",
        "®": " ", "™": " ",
    }
)  # fmt: skip

WRAPPED = re.compile(r"(?<=\S)[ ]{0,3}\r?\n[ ]{0,8}(?=[\w(\"'&])")
WRAP_WIDTH = 50


@lru_cache(maxsize=4)
def fold_case(text: str) -> str:
    """The text in lower case, as long as the input: patterns that tell no case are several times as fast on it."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


@lru_cache(maxsize=4)
def fold_signs(text: str) -> str:
    """The text with quotes, dashes and blanks in one form, and the line breaks of wrapped lines as blanks; as long as the input."""
    folded = text.translate(SIGNS)

    def join(match: re.Match[str]) -> str:
        line = match.start() - folded.rfind("\n", 0, match.start()) - 1
        return " " * len(match[0]) if WRAP_WIDTH <= line <= 2 * WRAP_WIDTH else match[0]

    return WRAPPED.sub(join, folded)
