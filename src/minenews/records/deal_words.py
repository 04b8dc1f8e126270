"""Find the words that name a deal (deals.csv) and those that say how far it has come (stages.csv) in one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from minenews.marks.flow import fold_case
from minenews.models import DealKind, Stage
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import Pattern, PatternIndex, compile_pattern

K = DealKind
MASK = "none"
"""The kind or stage of rows whose words look like one and are none ("over-allotment option", "closing price")."""
WIDEST = 600
"""No pattern matches more characters than this."""
NEIGHBOURS = 12
"""How many words of deals on each side are looked at for one that explains a word."""
REACH = 160
"""How far, in characters, a word of stage may stand from the deal that it is about."""
REACH_OF_ANNOUNCED = 90
"""The same for the words of an announcement, which may announce something else in the same sentence."""


ASSET_AFTER = re.compile(
    r"[\s/-](?:(?:and\s)?(?:gold|silver|copper|zinc|lead|nickel|lithium)[\s/-])?(?:mines?|projects?|propert(?:y|ies)|operations?|deposit|claims|licen[cs]e|assets?|stream|royalty)\b",
    re.IGNORECASE,
)
"""Words after a metal that make it part of a name: "the sale of its Redhill gold mine" is no sale of gold."""
FINANCING = "financing"
"""The kind of rows that name a financing without its form ("gross proceeds"): it is that of the financing named before."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the vocabulary in a sentence; `word` is a deal kind or a stage. Offsets are those of the text searched."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled row; `word` is its kind or stage."""

    word: str
    pattern: Pattern


@cache
def _rules(name: str, column: str) -> tuple[Rule, ...]:
    return tuple(Rule(row[column], compile_pattern(row["pattern"])) for row in load_rows(name))


@cache
def _index(name: str, column: str) -> PatternIndex:
    return PatternIndex([rule.pattern for rule in _rules(name, column)])


def _search(sentence: str, name: str, column: str) -> list[Found]:
    """All matches of the rows of a file that do not lie under a mask, in reading order."""
    rules = _rules(name, column)
    found: list[Found] = []
    masks: list[tuple[int, int]] = []
    lowered = fold_case(sentence)
    for rule in (rules[number] for number in _index(name, column).candidates(lowered)):
        for match in rule.pattern.matches(sentence, lowered):
            if rule.word == MASK:
                if not ASSET_AFTER.match(sentence, match.end()):
                    masks.append(match.span())
            else:
                found.append(Found(rule.word, *match.span()))
    masks.sort()
    kept = [f for f in found if not any(_covers(mask, f) for mask in _near(masks, f))]
    return sorted(kept, key=lambda f: (f.start, -f.end))


def _near(masks: list[tuple[int, int]], found: Found) -> list[tuple[int, int]]:
    """Those of sorted masks that may overlap a match."""
    return masks[bisect_left(masks, (found.start - WIDEST, 0)) : bisect_left(masks, (found.end, 0))]


def _covers(mask: tuple[int, int], found: Found) -> bool:
    """Whether a mask and a match overlap by half of the shorter one."""
    start, end = mask
    return (
        start < found.end
        and found.start < end
        and (min(found.end, end) - max(found.start, start)) * 2 >= min(found.end - found.start, end - start)
    )


EXPLAINS: dict[DealKind, frozenset[DealKind]] = {
    K.BOUGHT_DEAL: frozenset({K.PRIVATE_PLACEMENT, K.PUBLIC_OFFERING, K.SHARE_PURCHASE, K.FLOW_THROUGH}),
    K.CONVERTIBLE: frozenset({K.PRIVATE_PLACEMENT, K.DEBT_FACILITY, K.PUBLIC_OFFERING}),
    K.OPTION_AGREEMENT: frozenset({K.ACQUISITION, K.DISPOSAL, K.JOINT_VENTURE}),
    K.ROYALTY: frozenset({K.DISPOSAL, K.ACQUISITION}),
    K.STREAM: frozenset({K.ROYALTY, K.ACQUISITION, K.DISPOSAL, K.DEBT_FACILITY}),
    K.OFFTAKE: frozenset({K.ACQUISITION, K.DISPOSAL}),
    K.DEBT_SETTLEMENT: frozenset({K.PRIVATE_PLACEMENT, K.DEBT_FACILITY, K.SHARE_PURCHASE}),
    K.OPTION_GRANT: frozenset({K.OPTION_AGREEMENT, K.PRIVATE_PLACEMENT}),
    K.PUBLIC_OFFERING: frozenset({K.PRIVATE_PLACEMENT}),
    K.PRIVATE_PLACEMENT: frozenset({K.SHARE_PURCHASE}),
    K.ACQUISITION: frozenset({K.SHARE_PURCHASE}),
    K.MERGER: frozenset({K.ACQUISITION}),
}
"""Which kinds a trigger makes needless in its sentence: a bought deal private placement is a bought deal."""

TOUCHING = frozenset({K.ROYALTY, K.STREAM, K.OFFTAKE})
"""Kinds that explain others only where the words overlap: a mine is bought and a royalty kept in one sentence."""

EQUITY = frozenset({K.PRIVATE_PLACEMENT, K.BOUGHT_DEAL, K.PUBLIC_OFFERING, K.FLOW_THROUGH})
FINANCINGS = frozenset(
    {
        K.PRIVATE_PLACEMENT,
        K.BOUGHT_DEAL,
        K.PUBLIC_OFFERING,
        K.FLOW_THROUGH,
        K.CONVERTIBLE,
        K.DEBT_FACILITY,
        K.STREAM,
        K.ROYALTY,
        K.DEBT_SETTLEMENT,
        K.SHARE_PURCHASE,
    }
)
"""Kinds that say of what form a financing is."""

LISTED = re.compile(r"\b(?:and|plus)\san?\s|,\san?\s", re.IGNORECASE)
"""What parts two deals of a list: a term loan and a gold stream."""
LISTED_NEXT = re.compile(
    r"(?:[,;]\s(?:and\s)?|\b(?:and|plus|as\swell\sas|together\swith)\s)(?:(?:will|has|is|also|to)\s){0,2}(?:(?:undertak|conduct|launch|offer|complet|mak)\w{1,4}\s)?"
    r"(?:an?|another|its|the|\(\w{1,3}\))\s(?:[^\s,;]{1,20}\s){0,6}$",
    re.IGNORECASE,
)
"""What stands right before the next financing of a list: a placing of 4,000,000 shares | and a proposed | open offer."""

ARRANGEMENT = re.compile(r"arrangement|scheme", re.IGNORECASE)
BESIDE = re.compile(
    r"\b(?:plus|subject\sto|and|with|for|retain\w{0,3})\s(?:an?\s|the\s)?(?:[\w.%-]{1,12}\s){0,4}(?:royalty|NSR|GRR)", re.IGNORECASE
)
"""A royalty that comes beside what is bought or sold: "for $15 million plus a royalty"."""
SHARES_BOUGHT = re.compile(
    r"(?:(?!\bfor\b)[^.;]|\.(?=\d)){0,90}?\d\s(?:million\s)?(?:[\w-]{1,20}\s){0,3}?(?:units|subscription\sreceipts|shares|securities)\b",
    re.IGNORECASE,
)
"""What is bought behind "agreed to buy" where it is the securities of an offering, not an asset."""


SHARES_SOLD = re.compile(
    r"[^.;\d]{1,40}\s[\d,.]{1,15}\s(?:million\s)?(?:[\w-]{1,20}\s){0,3}?(?:units|shares|securities)\sat\s", re.IGNORECASE
)
"""What is sold behind "a deal to sell" where it is the company's own new securities."""


def find_deals(sentence: str) -> list[Found]:
    """The kinds of deal that a sentence names, in reading order, one mention each.

    An arrangement or scheme by which shares are acquired is an acquisition; other explained kinds are left out.
    """
    found = _search(sentence, "deals", "kind")
    if any(f.word in FINANCINGS for f in found):
        found = [f for f in found if f.word != FINANCING]
    found = [f for f in found if f.word != K.ROYALTY or not BESIDE.search(sentence, f.start, f.end)]
    if any(f.word == K.ACQUISITION for f in found):
        found = [f for f in found if f.word != K.MERGER or not ARRANGEMENT.search(sentence, f.start, f.end)]
    if any(f.word in EQUITY for f in found):
        found = [f for f in found if f.word != K.ACQUISITION or not any(SHARES_BOUGHT.match(sentence, at) for at in (f.start, f.end))]
    found = [Found(FINANCING, f.start, f.end) if f.word == K.DISPOSAL and SHARES_SOLD.match(sentence, f.start) else f for f in found]
    kept: list[Found] = []
    words: set[str] = set()
    for number, item in enumerate(found):
        around = found[max(0, number - NEIGHBOURS) : number + NEIGHBOURS]
        if item.word in words or any(_explains(sentence, other, item) for other in around):
            continue
        if item.word in (K.ACQUISITION, K.DISPOSAL) and words & {K.ACQUISITION, K.DISPOSAL}:
            continue
        kept.append(item)
        words.add(item.word)
    return kept


def _explains(sentence: str, other: Found, item: Found) -> bool:
    if FINANCING in (other.word, item.word):
        return False
    if {other.word, item.word} <= FINANCINGS and listed_at(sentence, *sorted((other, item), key=lambda f: f.start)) is not None:
        return False
    if DealKind(item.word) not in EXPLAINS.get(DealKind(other.word), ()):
        return False
    apart = DealKind(other.word) in TOUCHING or item.word == K.JOINT_VENTURE
    near = other.start < item.end + 25 and item.start < other.end + 25
    return not apart or (near and LISTED.search(sentence, min(other.end, item.end), max(other.start, item.start)) is None)


def listed_at(sentence: str, one: Found, two: Found) -> int | None:
    """Where the second of two financings begins that a sentence lists, None where it says the same in other words."""
    match = LISTED_NEXT.search(sentence, max(one.end, two.start - 120), two.start) if one.end < two.start else None
    return match.start() if match else None


RANK = (Stage.TERMINATED, Stage.CLOSED, Stage.AMENDED, Stage.PROPOSED, Stage.ANNOUNCED)
"""Which stage a release gives a deal where it names several: it announces that it has signed and closed."""


def find_stages(sentence: str) -> list[Found]:
    """The words of stage in a sentence, in reading order."""
    return _search(sentence, "stages", "stage")


def stage_of(deal: Found, stages: list[Found], deals: list[Found]) -> Stage | None:
    """The stage that a sentence gives a deal: the furthest of the words near it, None where it gives none.

    Of two deals in a sentence a word of stage belongs to the nearer one.
    """
    near: set[str] = set()
    for cue in stages:
        distance = _gap(cue, deal)
        reach = REACH_OF_ANNOUNCED if cue.word == Stage.ANNOUNCED else REACH
        if distance <= reach and all(distance <= _gap(cue, other) or cue.end <= deal.start < other.start for other in deals):
            near.add(cue.word)
    return next((stage for stage in RANK if stage in near), None)


def _gap(one: Found, other: Found) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
