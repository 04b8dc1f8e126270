"""Whether an event is real: cue words around its trigger, in the way of the ConText algorithm.

A cue looks ahead ("before": it stands before the trigger) or back ("after"), reaches so many words, and is stopped by an
`end` cue or a sign that ends the clause. Senses, strongest first: negated, possible, planned, ongoing. More senses limit
those: after `presupposed` ("following the strike") the event has happened, whatever stands before; after `caused` ("due to
the strike") only a possible cue can still be heard; `said` ("pleased to report") ends the scope of what stands before; `done`
overrides them all ("an agreement to sell it, which closed in May").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from minenews.errors import VocabularyError
from minenews.models import Modality
from minenews.vocab.load import load_rows

TOKEN = re.compile(r"[^\W_](?:[\w'’.,-]{0,40}\w)?|[;:!?()•]|\s[-–—]{1,2}\s")
NUMBERED = re.compile(r"[Nn]o\.?\s?\d")
"""A number sign ("No. 2 shaft"), which denies nothing."""

NO_LIST = re.compile(r"\b(?:no|without)\s(?:[^.;:,]{1,60},){1,4}[^.;:,]{0,40}\b(?:or|nor)\b", re.IGNORECASE)
"""What is denied one after the other ("no injuries, damage or delays"): these commas end no scope."""

STOPS = frozenset({";", ":", "•", "!", "?"})
STRENGTH = (Modality.NEGATED, Modality.POSSIBLE, Modality.PLANNED, Modality.ONGOING)
LIMITS = frozenset({"presupposed", "caused", "said"})
SENSES = frozenset({*STRENGTH, *LIMITS, "done", "end"})
WEAK = "to"
BARE = frozenset({("to",), ("to", "be")})
"""What a bare "to" before a verb says: planned, unless a word before it tells that it was done ("forced the mill to halt")."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of cues.csv."""

    words: tuple[str, ...]
    sense: str
    direction: str
    reach: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A cue in a sentence; `first` and `last` count its tokens."""

    cue: Cue
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The tokens of a sentence with the cues among them, by direction."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[Heard, ...]
    after: tuple[Heard, ...]
    stops: tuple[int, ...]
    commas: tuple[int, ...]


@cache
def load_cues() -> dict[str, dict[str, tuple[Cue, ...]]]:
    """The cues by direction, then by first word, the longest first."""
    found: dict[str, dict[str, list[Cue]]] = {"before": {}, "after": {}}
    for row in load_rows("cues"):
        if row["sense"] not in SENSES or row["direction"] not in ("before", "after", "both"):
            raise VocabularyError(f"{row.place}: unknown sense {row['sense']!r} or direction {row['direction']!r}")
        words = tuple(row["form"].lower().split())
        cue = Cue(words, row["sense"], row["direction"], int(row["reach"] or 0))
        for direction in ("before", "after") if row["direction"] == "both" else (row["direction"],):
            found[direction].setdefault(words[0], []).append(cue)
    return {
        direction: {word: tuple(sorted(cues, key=lambda c: -len(c.words))) for word, cues in by_word.items()}
        for direction, by_word in found.items()
    }


@lru_cache(maxsize=64)
def find_cues(sentence: str) -> Cues:
    """The cues of a sentence; of overlapping ones that look the same way the first, then the longest, counts.

    Kept for a while, as events, impacts and statuses ask for those of the same sentence.
    """
    tokens = list(TOKEN.finditer(sentence))
    words = [_word(t[0], t.start() == 0) if t[0][0] not in "nN" or not NUMBERED.match(sentence, t.start()) else "" for t in tokens]
    heard: dict[str, list[Heard]] = {"before": [], "after": []}
    for direction, cues in load_cues().items():
        free = 0
        for index, word in enumerate(words):
            if index < free:
                continue
            for cue in cues.get(word, ()):
                last = index + len(cue.words) - 1
                if tuple(words[index : last + 1]) == cue.words:
                    last = index if cue.sense == "end" else last
                    heard[direction].append(Heard(cue, index, last))
                    free = last + 1
                    break
    stops = tuple(i for i, word in enumerate(words) if word in STOPS or word.strip() in ("-", "–", "—", "--"))
    lists = [m.span() for m in NO_LIST.finditer(sentence)]
    commas = tuple(i for i, t in enumerate(tokens) if sentence.startswith(",", t.end()) and not any(a <= t.end() < b for a, b in lists))
    return Cues(
        tuple(t.start() for t in tokens), tuple(t.end() for t in tokens), tuple(heard["before"]), tuple(heard["after"]), stops, commas
    )


def _word(token: str, at_start: bool) -> str:
    """A token as the cues are written; the month of May is no auxiliary."""
    if token.endswith(("n't", "n’t")):
        return "n't"
    return token if token == "May" and not at_start else token.lower().rstrip(".,")


def read_modality(cues: Cues, start: int, end: int, default: Modality, after: bool = True, inside: bool = True) -> Modality:
    """The modality of a trigger at [start, end) of the sentence.

    `after` is False for a verb of the past or present: later cues do not count, nor cues before a comma; `inside` is False
    where the words themselves hold a cue that says nothing ("no longer expects to meet its guidance").
    """
    first = next((i for i, stop in enumerate(cues.ends) if stop > start), 0)
    last = max((i for i, begin in enumerate(cues.starts) if begin < end), default=0)
    senses, settled = _heard_before(cues, first, last if inside else first - 1, crosses_commas=after)
    if after and not settled:
        later = _heard_after(cues, last)
        if "done" in later:
            return Modality.OCCURRED
        senses |= later if not senses & {Modality.NEGATED, Modality.POSSIBLE} else set()
    return next((sense for sense in STRENGTH if sense in senses), default)


def _heard_before(cues: Cues, first: int, last: int, crosses_commas: bool) -> tuple[set[str], bool]:
    """The senses of the cues before or in the trigger, and whether the words say that it has happened."""
    senses: set[str] = set()
    only_possible = settled = False
    stops = cues.stops if crosses_commas else cues.stops + cues.commas
    barrier = max((stop for stop in stops if stop < first), default=-1)
    for heard in reversed(cues.before):
        cue = heard.cue
        if heard.last <= barrier:
            break
        if heard.first >= first and heard.last > last:
            continue
        inside = heard.last >= first
        if cue.sense == "end" and heard.first < first:
            break
        if (inside and cue.reach <= 1) or (not inside and first - heard.last - 1 > cue.reach):
            continue
        if inside and heard.first > first and cue.sense in LIMITS:
            continue
        if cue.sense == "presupposed":
            settled = not senses
            break
        if cue.sense == "said":
            if first - heard.last - 1 <= cue.reach:
                senses -= {WEAK}
            break
        if cue.sense == "caused":
            only_possible = True
        elif cue.sense != "end" and (not only_possible or cue.sense == Modality.POSSIBLE):
            senses.add(WEAK if cue.words in BARE else cue.sense)
    senses = {Modality.PLANNED if sense == WEAK else sense for sense in senses}
    return senses, settled or (only_possible and not senses)


def _heard_after(cues: Cues, last: int) -> set[str]:
    """The senses of the cues that follow the trigger and look back to it."""
    senses: set[str] = set()
    barrier = min((stop for stop in cues.stops if stop > last), default=len(cues.starts))
    for heard in cues.after:
        if heard.last < last or heard.first < last - 1:
            continue
        if heard.first > barrier or heard.cue.sense == "end":
            break
        if heard.first - last - 1 <= heard.cue.reach:
            senses.add(heard.cue.sense)
    return senses
