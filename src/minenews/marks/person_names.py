"""Names that may be those of people, by shape alone; whether they are is for the words around them to say."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from minenews.marks.flow import fold_signs
from minenews.marks.names import CAPITAL, CONNECTORS, PARTICLES, Token, find_segments, load_place_names, load_words
from minenews.marks.page import Spanned
from minenews.vocab.load import load_rows

SMALL = r"[a-zß-öø-ÿāčęěłńňřśšžğışő]"
NAME_WORD = re.compile(
    rf"""
      {CAPITAL}{SMALL}+ (?: ['-] {CAPITAL}?{SMALL}+ ){{0,2}}                          # Anna, Jean-Marc, Marr-Johnson
    | (?:Mc|Mac|O'|D'|De|Di|La|Le|Van|Du|Fitz|St\.?|[dl]') {CAPITAL}{SMALL}+ (?:-{CAPITAL}{SMALL}+)?   # McCartin, O'Brien
    | (?:{CAPITAL}\.-?){{1,3}} | {CAPITAL}                                             # H., J.P.
    """,
    re.VERBOSE,
)
SHOUTED_WORD = re.compile(rf"(?:MC|MAC|O'|D')?{CAPITAL}{{2,20}}(?:['-]{CAPITAL}{{2,20}})?|(?:{CAPITAL}\.){{1,3}}|{CAPITAL}")
LEGAL_FORM = re.compile(r"(?:Inc|Corp|Ltd|LLC|PLC|Limited|Corporation|Company|Pty|LLP)\.?", re.IGNORECASE)
GENERATION = frozenset({"II", "III", "IV", "Jr", "Jr.", "Sr", "Sr."})
PLACE_OPENERS = frozenset(
    [
        "Santa",
        "San",
        "Los",
        "Las",
        "El",
        "La",
        "Saint",
        "Sainte",
        "New",
        "Port",
        "Fort",
        "Mount",
        "Mt.",
        "Val",
        "Rio",
        "Puerto",
        "Cerro",
        "Sierra",
    ]
)
LONGEST = 5  # words


@cache
def load_given_names() -> frozenset[str]:
    """Common given names, lower case."""
    return frozenset(row["form"].casefold() for row in load_rows("given_names"))


@cache
def _trade_words() -> frozenset[str]:
    """Words of the trade that make a name one of a company, an asset or a heading."""
    return load_words("head") | load_words("weak") | load_words("asset") | load_words("generic")


def find_person_names(flow: str, companies: Sequence[Spanned], roles: Sequence[Spanned]) -> list[tuple[int, int]]:
    """Spans of two to five words shaped like a person's name, outside the names of companies and roles."""
    spans = [span for segment in find_segments(flow) for span in _in_segment(segment, companies, roles)]
    return list(_with_nicknames(flow, spans))


def has_given_name(name: str) -> bool:
    """Whether a name begins with a common given name."""
    first = re.split(r"[ .]", name, maxsplit=1)[0].casefold()
    return first in load_given_names() or first.split("-")[0] in load_given_names()


def fold_person(name: str) -> list[str]:
    """The words of a name as they are compared: lower case, without accents, nickname and generation."""
    bare = unicodedata.normalize("NFKD", re.sub(r"[\"'(][A-Z][a-z]+[\"')]", " ", fold_signs(name))).encode("ascii", "ignore").decode()
    words = [word for word in re.sub(r"[^\w'-]+", " ", bare.casefold()).split() if word.upper() not in GENERATION]
    return words or [name.casefold()]


def _covered(spans: Sequence[Spanned], token: Token) -> Spanned | None:
    index = bisect_right(spans, token.start, key=lambda span: span.start) - 1
    return spans[index] if index >= 0 and spans[index].end > token.start else None


def _in_segment(segment: list[Token], companies: Sequence[Spanned], roles: Sequence[Spanned]) -> Iterator[tuple[int, int]]:
    part: list[Token] = []
    for token in segment:
        company = _covered(companies, token)
        if LEGAL_FORM.fullmatch(token.word):
            part = []
            continue
        inside = company is not None and (company.end > token.end or company.start < token.start or not part)
        if inside or _covered(roles, token) is not None:
            yield from _span(part)
            part = []
        else:
            part.append(token)
    yield from _span(part)


def _span(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """The span of tokens that are shaped like a name; letters after the name ("P.Eng") are left out."""
    tokens = list(tokens)
    while tokens and tokens[0].word in CONNECTORS:
        tokens.pop(0)
    while tokens and (tokens[-1].word in CONNECTORS or not _is_name_word(tokens[-1].word.removesuffix("'s").removesuffix("'"))):
        tokens.pop()
    while len(tokens) > 1 and tokens[-1].word.removesuffix(".") in ("QP", "CPA", "CFA", "MBA", "CA", "PE", "PG", "CPG"):
        tokens.pop()
    words = [token.word.removesuffix("'s").removesuffix("'") for token in tokens]
    if not 2 <= len(words) <= LONGEST + 1:
        return
    names = [word for word in words if word not in PARTICLES and word not in GENERATION]
    if not 2 <= len(names) <= LONGEST or not (all(map(_is_spoken, words)) or all(map(_is_shouted, words))):
        return
    if len(names[-1].strip(".")) < 2 or not any(len(word.strip(".-")) > 2 for word in names):
        return
    if words[0] in PLACE_OPENERS or " ".join(words).casefold() in load_place_names():
        return
    known = has_given_name(words[0]) or (len(names[0]) <= 2 and len(names) > 2 and has_given_name(names[1]))
    blocked = [word for word in names if word.casefold().rstrip(".") in _trade_words()]
    if blocked and not (
        known and blocked == [names[-1]] and len(names) == 2 and names[-1].casefold() not in load_words("head") | load_words("weak")
    ):
        return
    yield tokens[0].start, tokens[-1].start + len(words[-1])


def _is_spoken(word: str) -> bool:
    return word in PARTICLES or word in GENERATION or NAME_WORD.fullmatch(word) is not None


def _is_shouted(word: str) -> bool:
    return word in GENERATION or SHOUTED_WORD.fullmatch(word) is not None


def _is_name_word(word: str) -> bool:
    return _is_spoken(word) or _is_shouted(word)


def _with_nicknames(flow: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names as found; a single initial or given name and a nickname in quotes before a surname are joined to it."""
    taken_to = 0
    for start, end in spans:
        yield max(start, taken_to), end
        taken_to = end
    for match in QUOTED_NAME.finditer(flow) if QUOTED.search(flow) else ():
        yield match.start(), match.end()


QUOTED = re.compile(rf"[\"'(]{CAPITAL}{SMALL}{{1,11}}[\"')][ ]{CAPITAL}")
"""What stands in each such name: a cheap test."""
QUOTED_NAME = re.compile(
    rf"""(?<![\w-])(?:{CAPITAL}\.[ ]?|{CAPITAL}{SMALL}{{1,14}}[ ]){{1,3}} [\"'(]{CAPITAL}{SMALL}{{1,11}}[\"')][ ]
        {CAPITAL}[\w'-]{{1,20}} (?:[ ](?:II|III|IV|Jr\.?|Sr\.?)(?!\w))?""",
    re.VERBOSE,
)
