"""Learn names without a kind noun from the words around them: "drilling at Ostrava", "1,200 ounces from Ostrava"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minenews.marks.asset_names import DESCRIBING, HOLE
from minenews.marks.asset_sites import find_sites
from minenews.marks.asset_tokens import Token
from minenews.marks.asset_words import fold, is_modifier, load_context, load_countries, load_kinds, load_stopwords
from minenews.models import AssetKind

STUDY = re.compile(
    r"\s(?:(?:Pre-?)?Feasibility\sStudy|PFS|DFS|PEA|Preliminary\sEconomic\sAssessment|Scoping\sStudy|(?:Mineral\s)?Resource(?:\sEstimate)?|Mineral\sReserve|Technical\sReport|mine\splan)\b"
)
MINES = re.compile(
    r"\s(?:is|are|was|remains|continues)\s(?:expected|planned|scheduled|on\strack|forecast|anticipated)\sto\s(?:mine|produce|process|mill|pour|restart)\b"
)
OWNED = re.compile(r"\s?\((?:\d{1,3}(?:\.\d{1,2})?\s?%|100\s?%)(?:[- ](?:owned|interest|basis|ownership))?\)")
STOCK = frozenset({"resource", "resources", "reserve", "reserves"})
OWNERS = frozenset(["its", "our", "their"])
LISTED = frozenset({AssetKind.MINE, AssetKind.PROJECT, AssetKind.DEPOSIT, AssetKind.PROPERTY})
REACH = 9


@dataclass(frozen=True, slots=True)
class Bare:
    """A name learned from its surroundings; `start`, `end` of the place that taught it."""

    start: int
    end: int
    core: str
    kind: AssetKind
    rule: str


def find_bare(
    text: str,
    tokens: Sequence[Token],
    taken: Callable[[int, int], bool],
    in_title: Callable[[int], bool],
    place_starts: frozenset[int] = frozenset(),
    prose: frozenset[str] = frozenset(),
    owners: frozenset[str] = frozenset(),
) -> list[Bare]:
    """Names that the words around them show to be assets. `taken`: whether a span is a company, a place or a known asset."""
    votes: Counter[str] = Counter()
    first: dict[str, Bare] = {}

    def vote(run: tuple[int, int], points: int, mine: bool, rule: str) -> None:
        start, end = tokens[run[0]].start, tokens[run[1] - 1].end
        core = " ".join(text[start:end].split())
        key = fold(core)
        votes[key] += points
        known = first.get(key)
        if known is None or (mine and known.kind is not AssetKind.MINE and rule == known.rule):
            first[key] = Bare(start, end, core, AssetKind.MINE if mine else AssetKind.PROJECT, rule)

    stopwords = load_stopwords()
    runs: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        if not token.capital or _continues(tokens, index, stopwords):
            continue
        run = read_run(tokens, index, stopwords)
        if run is None or taken(tokens[run[0]].start, tokens[run[1] - 1].end):
            continue
        runs.append(run)
        before = tokens[index - 1].lower if index and not token.breaks else ""
        after = tokens[run[1]] if run[1] < len(tokens) and not tokens[run[1]].breaks else None
        if after is not None and after.lower in load_context("not_site"):
            continue
        company = before == "from" and fold(text[token.start : tokens[run[1] - 1].end]) in owners
        site = (before in {"at", "from"} and not company) or (before == "both" and tokens[index - 2].lower in {"at", "from"})
        if site:
            near = _words(tokens, index - 2, -1) + ([] if before == "from" else _words(tokens, run[1], 1))
            title = in_title(token.start)
            work = [
                word.lower
                for word in near
                if word.lower in load_context("work") and (title or word.opens or not word.capital or word.lower in STOCK)
            ]
            if work and not any(word.lower in load_context("life") for word in near):
                mine = any(word in load_context("mine_work") for word in work)
                vote(run, 2, mine, "asset.at")
                for other in _listed(tokens, run[1], stopwords):
                    if not taken(tokens[other[0]].start, tokens[other[1] - 1].end):
                        vote(other, 2, mine, "asset.listed")
        if after is None:
            continue
        end = tokens[run[1] - 1].end
        if OWNED.match(text, end):
            vote(run, 2, False, "asset.owned")
        elif before in {"the", "its", "our"} and STUDY.match(text, end):
            vote(run, 2, False, "asset.study")
        elif (
            after.lower == "in"
            and run[1] + 1 < len(tokens)
            and tokens[run[1] + 1].start in place_starts
            and (before in OWNERS or _is_subject(text, tokens, run[1] + 1))
        ):
            vote(run, 2, False, "asset.in_place")
        elif after.lower in load_context("verb") or MINES.match(text, end):
            vote(run, 1, True, "asset.verb")
        owner = tokens[index - 1].text if index else ""
        if after.lower in {"was", "is", "had", "has"} and owner.endswith(("'s", "’s", "s'", "s’")) and tokens[index - 1].capital:
            vote(run, 1, True, "asset.owner")
    for run, points, mine, rule in find_sites(text, tokens, runs, in_title, prose, owners):
        vote(run, points, mine, rule)
    for run, mine in _namely(tokens, stopwords):
        if not taken(tokens[run[0]].start, tokens[run[1] - 1].end):
            vote(run, 2, mine, "asset.list")
    return [first[key] for key, points in votes.items() if points >= 2]


def read_run(tokens: Sequence[Token], index: int, stopwords: dict[str, str]) -> tuple[int, int] | None:
    """The run of name words from `index`; None where it is no possible name."""
    end = index
    while end < len(tokens) and end - index < 4 and (end == index or not tokens[end].breaks):
        token = tokens[end]
        word = token.text
        possessive = word.endswith(("'s", "’s"))
        if possessive:
            break
        if (
            token.capital
            and stopwords.get(token.lower) != "any"
            and stopwords.get(token.lower.partition("-")[0]) != "any"
            and not HOLE.match(word)
            and not DESCRIBING.match(word)
            and token.lower not in load_context("not_site")
        ) or (end > index and word in load_context("particle") and word != "of" and end + 1 < len(tokens) and tokens[end + 1].capital):
            end += 1
        elif (
            end > index
            and word.isdigit()
            and len(word) < 3
            and end + 1 < len(tokens)
            and not tokens[end + 1].text.isdigit()
            and tokens[end - 1].text != "Level"
        ):
            break
        else:
            break
    while end > index and (tokens[end - 1].text in load_context("particle") or (end - index > 1 and _describes(tokens[end - 1].text))):
        end -= 1
    if end == index or tokens[index].text == "No.":
        return None
    if end < len(tokens) and tokens[end].capital and not tokens[end].breaks and tokens[end].lower in load_context("not_site"):
        return None
    words = [token.lower for token in tokens[index:end]]
    if all(is_modifier(word) or word in load_context("direction") or word in load_kinds() or word in load_countries() for word in words):
        return None
    if (
        stopwords.get(words[0]) == "opening"
        or " ".join(words) in load_countries()
        or (stopwords.get(words[0]) == "first" and len(words) == 1)
    ):
        return None
    if len(words) == 1 and (len(words[0]) < 2 or (len(words[0]) == 2 and not tokens[index].text.isupper())):
        return None
    return index, end


def _continues(tokens: Sequence[Token], index: int, stopwords: dict[str, str]) -> bool:
    """Whether a capital word before this one may belong to the same name."""
    before = tokens[index - 1]
    return index > 0 and before.capital and not tokens[index].breaks and before.text[-1].isalnum() and stopwords.get(before.lower) != "any"


def _is_subject(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb follows the place at `index`, so that what lies there is the subject: "Ostrava in Peru is under review"."""
    return (
        re.match(
            r"[A-ZÀ-Þ][\w'’-]*(?:[ ][A-ZÀ-Þ][\w'’-]*){0,3},?[ ](?:is|was|remains|continues|hosts|contains|produced)\b",
            text[tokens[index].start : tokens[index].start + 80],
        )
        is not None
    )


def _namely(tokens: Sequence[Token], stopwords: dict[str, str]) -> list[tuple[tuple[int, int], bool]]:
    """The names of lists after a plural kind noun: "three mines: Alder, Birch and Cedar", "projects, namely Alder and Birch"."""
    kinds = load_kinds()
    found: list[tuple[tuple[int, int], bool]] = []
    for index, token in enumerate(tokens):
        kind = kinds.get(token.lower)
        if kind is None or kind.kind not in LISTED or token.capital:
            continue
        if not kind.plural:
            apposed = _apposed(tokens, index, stopwords)
            if apposed is not None:
                found.append((apposed, kind.kind is AssetKind.MINE))
            continue
        at = index + 1
        if tokens[at : at + 1] and tokens[at].text == "in":  # "two mines in Peru: Ostrava and Alder"
            behind = next((n for n in range(at + 1, min(at + 5, len(tokens))) if not tokens[n].capital), at)
            at = behind if tokens[behind].text in {":", "("} else at
        if at < len(tokens) and tokens[at].text in {",", "(", "–", "-", "—"}:
            at += 1
        if at >= len(tokens) or tokens[at].breaks:
            continue
        if tokens[at].lower in {"namely", "including", "being", "comprising"}:
            at += 1
        elif tokens[at].text == ":" or tokens[at - 1].text == "(":
            at += tokens[at].text == ":"
        else:
            continue
        run = read_run(tokens, at, stopwords) if at < len(tokens) and tokens[at].capital and not tokens[at].breaks else None
        if run is not None:
            others = _listed(tokens, run[1], stopwords)
            if others:
                found.extend((name, kind.kind is AssetKind.MINE) for name in (run, *others))
    return found


ONE_OF = frozenset({"other", "first", "second", "third", "only", "sole", "flagship", "main", "largest", "principal", "cornerstone"})


def _apposed(tokens: Sequence[Token], index: int, stopwords: dict[str, str]) -> tuple[int, int] | None:
    """The name between commas after a noun that one asset alone can be: "its second mine, Alder, produced"."""
    if not any(token.lower in ONE_OF for token in tokens[max(0, index - 4) : index]):
        return None
    at = index + 1
    if tokens[at : at + 1] and tokens[at].text == "in":  # "its second mine in Peru, Ostrava, which"
        at = next((n for n in range(at + 1, min(at + 6, len(tokens))) if tokens[n].text == ","), at)
    if at + 1 >= len(tokens) or tokens[at].text != "," or not tokens[at + 1].capital or tokens[at + 1].breaks:
        return None
    run = read_run(tokens, at + 1, stopwords)
    closed = run is not None and run[1] < len(tokens) and tokens[run[1]].text == ","
    return run if closed else None


def _describes(word: str) -> bool:
    return is_modifier(word) or word.lower() in load_kinds()


def _words(tokens: Sequence[Token], at: int, step: int) -> list[Token]:
    """Up to REACH words of the same sentence in one direction."""
    found: list[Token] = []
    while 0 <= at < len(tokens) and len(found) < REACH:
        token = tokens[at]
        if token.text in {".", ";", "!", "?"} or (step > 0 and token.breaks):
            break
        found.append(token)
        if step < 0 and token.breaks:
            break
        at += step
    return found


def _listed(tokens: Sequence[Token], at: int, stopwords: dict[str, str]) -> list[tuple[int, int]]:
    """The further names of a list: ", Alder and Birch"; a list without "and" is none."""
    found: list[tuple[int, int]] = []
    while at + 1 < len(tokens) and tokens[at].text in {",", "and", "&"} and not tokens[at].breaks:
        joined = tokens[at].text != ","
        begin = at + 1
        if tokens[begin].text in {"and", "&"}:
            joined, begin = True, begin + 1
        if begin < len(tokens) and tokens[begin].lower in {"at", "from"}:
            begin += 1
        run = read_run(tokens, begin, stopwords) if begin < len(tokens) and tokens[begin].capital else None
        if run is None:
            return found if joined and not found else []
        found.append(run)
        at = run[1]
        if joined:
            return found
    return []
