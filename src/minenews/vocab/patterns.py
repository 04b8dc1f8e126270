"""The small pattern form of the vocabulary files, compiled to regular expressions.

A pattern is a row of items between blanks, each blank any white space:

    word        the word; an apostrophe or hyphen matches its variants; ALL CAPITALS match only as written
    word*       any word that starts so
    (a|b c)     one of the alternatives
    {name}      one of the words of that name in word_classes.csv
    item?       the item may be missing
    #           a number; the next word may stand close to it
    ..          up to three words between, none with a comma
    ...         up to ten words between
    ....        up to twenty words between

All repeats are bounded, so a compiled pattern takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from minenews.errors import VocabularyError
from minenews.vocab.load import load_rows

NUMBER = r"\d[\d,.]{0,15}"
SPACE = r"\s{1,9}"
WORD = re.compile(r"[a-zß-öø-ÿ]+|\d+")
"""The letters or the digits of a word: "12m" is two, as a unit may stand close to its number."""

EVERYDAY = frozenset(
    [
        "announces",
        "announced",
        "company",
        "corporation",
        "drilling",
        "exploration",
        "first",
        "gold",
        "grade",
        "mine",
        "mineral",
        "mines",
        "mining",
        "operation",
        "operations",
        "plant",
        "production",
        "program",
        "programme",
        "project",
        "quarter",
        "report",
        "reported",
        "reports",
        "resource",
        "resources",
        "results",
        "years",
    ]
)
AS_WRITTEN = "(?-i:"
STEM = r"[\w-]{0,15}"
GAPS = {
    "..": rf"{SPACE}(?:(?:[^\s;,]|,(?=\d)){{1,40}}{SPACE}){{0,3}}?",
    "...": rf",?{SPACE}(?:[^\s;]{{1,40}}{SPACE}){{0,10}}?",
    "....": rf",?{SPACE}(?:[^\s;]{{1,40}}{SPACE}){{0,20}}?",
}


@dataclass(frozen=True)
class Pattern:
    """A pattern, its items, and the literals of each item that must be there: of these one must be in the text.

    A literal is a lower-case word, or with a star the beginning of one.
    """

    source: str
    items: tuple[str, ...]
    literals: tuple[tuple[str, ...], ...]

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        """The regular expression, compiled at its first use: most texts need few of the patterns."""
        return re.compile(rf"(?<![\w-]){_sequence(self.items)}(?!\w)", re.IGNORECASE if self._tells_case else re.NOFLAG)

    @cached_property
    def _tells_case(self) -> bool:
        return AS_WRITTEN in _sequence(self.items)

    def matches(self, text: str, lowered: str) -> Iterator[re.Match[str]]:
        """All matches in a text; `lowered` is its lower case, in which they are found several times as fast unless case counts."""
        return self._regex.finditer(text if self._tells_case else lowered)


@cache
def load_word_classes() -> dict[str, tuple[str, ...]]:
    """The word classes that patterns may name in braces."""
    return {row["name"]: tuple(part.strip() for part in row["words"].split("|")) for row in load_rows("word_classes")}


@cache
def compile_pattern(source: str) -> Pattern:
    """Read a pattern.

    Raises VocabularyError where a class is unknown, a parenthesis is open, or no literal is left to look for.
    """
    items = _split(_expand(source), " ")
    literals = [found for item in items if item not in GAPS and not item.endswith("?") and (found := _literals(item))]
    if not literals:
        raise VocabularyError(f"pattern {source!r} has no word that must be there; add one")
    return Pattern(source, tuple(items), tuple(literals))


def _sequence(items: Sequence[str]) -> str:
    """The regular expression of items one after the other."""
    regex, spaced, last = "", True, ""
    for item in items:
        space = SPACE.replace("1,", "0,") if last == "#" else SPACE
        last = item
        if item in GAPS:
            regex += GAPS[item]
            spaced = True
        elif not item.endswith("?"):
            regex += ("" if spaced else space) + _item(item)
            spaced = False
        elif spaced:
            regex += f"(?:{_item(item[:-1])}{SPACE})?"
        else:
            regex += f"(?:{SPACE}{_item(item[:-1])})?"
    return regex


def _expand(source: str) -> str:
    """The pattern with its word classes written out."""

    def words(match: re.Match[str]) -> str:
        found = load_word_classes().get(match[1])
        if found is None:
            raise VocabularyError(f"pattern {source!r} names an unknown word class {match[0]}; add it to word_classes.csv")
        return "(" + "|".join(found) + ")"

    return re.sub(r"\{(\w+)\}", words, source)


def _split(source: str, mark: str) -> list[str]:
    """The parts of a pattern between marks outside parentheses."""
    parts, depth = [""], 0
    for sign in source:
        depth += (sign == "(") - (sign == ")")
        if sign == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    if depth:
        raise VocabularyError(f"pattern {source!r} leaves a parenthesis open; close it")
    return [part for part in parts if part]


def _item(item: str) -> str:
    """The regular expression of one item: a word or alternatives."""
    if not item.startswith("("):
        return _word(item)
    return "(?:" + "|".join(_sequence(_split(part, " ")) for part in _split(item[1:-1], "|")) + ")"


def _word(word: str) -> str:
    """The regular expression of one word."""
    if word == "#":
        return NUMBER
    capitals = len(word) > 1 and word.isupper()
    escaped = re.escape(word.rstrip("*") if capitals else word.rstrip("*").lower()).replace("'", "['’]").replace(r"\-", r"[-‐‑–\s]")
    if capitals:
        escaped = f"{AS_WRITTEN}{escaped})"
    return escaped + (STEM if word.endswith("*") else "")


def _literals(item: str) -> tuple[str, ...]:
    """Lower-case words of which a text that the item matches holds one, with a star beginnings of words; none where it may be anything."""
    if not item.startswith("("):
        word = max((found[0] for found in WORD.finditer(item.lower())), key=len, default="")
        return (word + "*" * item.lower().endswith(word + "*"),) if word else ()
    found: set[str] = set()
    for alternative in _split(item[1:-1], "|"):
        needed = [_literals(part) for part in _split(alternative, " ") if part not in GAPS and not part.endswith("?")]
        needed = [words for words in needed if words]
        if not needed:
            return ()
        found.update(max(needed, key=_rarity))
    return tuple(sorted(found))


def _rarity(literals: Iterable[str]) -> int:
    """How few texts may hold one of some literals: the length of the shortest; a word of most releases counts as short as "the"."""
    return min(3 if literal in EVERYDAY else len(literal) for literal in literals)


@lru_cache(maxsize=512)
def words_of(lowered: str) -> frozenset[str]:
    """The words of a lower-case sentence, cut once for all linkers that look for patterns in it."""
    return frozenset(WORD.findall(lowered))


class PatternIndex:
    """Finds which of many patterns can match a text by its words, so that hundreds of patterns stay cheap."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        numbers = {item: number for number, item in enumerate(dict.fromkeys(item for pattern in patterns for item in pattern.literals))}
        self._by_literal: dict[str, list[int]] = {}
        for item, number in numbers.items():
            for literal in item:
                self._by_literal.setdefault(literal, []).append(number)
        self._by_item: dict[int, list[tuple[int, frozenset[int]]]] = {}
        for place, pattern in enumerate(patterns):
            rarest = numbers[max(pattern.literals, key=_rarity)]
            self._by_item.setdefault(rarest, []).append((place, frozenset(numbers[item] for item in pattern.literals)))
        self._of_word = lru_cache(maxsize=20_000)(self._look_up)

    def candidates(self, lowered: str) -> list[int]:
        """The numbers of the patterns of which every item may be somewhere in a lower-case text, in order."""
        present = frozenset().union(*map(self._of_word, words_of(lowered)))
        likely = self._by_item.keys() & present
        return sorted(place for item in likely for place, needed in self._by_item[item] if needed <= present)

    def _look_up(self, word: str) -> frozenset[int]:
        """The items that a word may be: it is one of their literals or begins with one."""
        starts = [word, *(word[:length] + "*" for length in range(1, len(word) + 1))]
        return frozenset(item for start in starts for item in self._by_literal.get(start, ()))
