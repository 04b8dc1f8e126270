"""Runs of capitalised words: the raw material of the names of companies and people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from minenews.vocab.load import load_rows, phrase

CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
TOKEN = re.compile(
    rf"""
    (?<![\w@/.]) (?![a-z]{{5}}) (?:                                              # a longer word in lower case is none of these
        {CAPITAL} [\w'&+/-]{{0,40}} (?: \.(?=\w) [\w'&+-]{{1,30}} ){{0,4}} \.?   # Gold, O'Brien, B.C., S.A.C., Inc.
      | \d{{5,7}} (?=[ ](?:BC|Ontario|Alberta|Canada|Quebec|Québec|Nevada|Yukon|Manitoba)[ ])  # 1234567 BC Ltd.
      | (?<!\d,) \d{{1,7}} [A-Za-z]{{0,12}} (?=[ ]{CAPITAL}) (?![ ][A-Z]{{1,2}}\b(?!\.))  # 1911 Gold, 79North Inc.
      | [a-z]{{1,4}}-?(?:[A-Z]|\d\d)[\w]{{0,20}} (?=[ ]{CAPITAL})              # eCobalt Solutions, i-80 Gold
      | (?:plc|p\.l\.c\.|ltd|inc|corp|llc|spa)\b \.?
      | (?:de|del|la|las|los|do|da|dos|du|des|van|von|der|den|di|el|al|bin|y|e|et|and|of|the)
        (?=(?:[ ](?:la|las|los|der|den|dos|el|the))?[ ]{CAPITAL})
      | [&+](?=[ ])
      | (?<=[ ]) \( (?:Pty|PTY|Proprietary|Private|{CAPITAL}[\w.]{{2,14}}) \)
        (?=[ ](?:Inc|Ltd|LTD|Limited|LIMITED|Corp|PLC|plc|Pty|LLC|Pvt|Private|Co\b|Holdings))
    )
    """,
    re.VERBOSE,
)
GLUED = re.compile(
    r"""
    (?<=[a-z.)]) (?= (?:President|Chief|Chairman|Chairwoman|Chair|CEO|CFO|COO|Director|Directors|Vice|Executive|Investor|Corporate
        |VP|IR|MD|SVP|EVP|General|Project|Qualified|Technical|Company|Founder|Head|Managing
        |Senior|Interim|Manager|Founder|Tel|Telephone|Phone|Email|E-mail|Website|Web|Fax|Mobile|Cell|Toll|Vancouver|Toronto) (?![a-z]))
  | (?:(?<=Officer)|(?<=Director)|(?<=President)|(?<=Chairman)|(?<=CEO)|(?<=CFO)|(?<=COO)|(?<=Manager)|(?<=Relations)) (?=[A-Z][a-z])
  | (?<=\b(?:Inc|Ltd)\.) (?=[A-Z][a-z])
  | (?<=\bCorp\.) (?=[A-Z][a-z])
  | (?<=[a-z]\.) (?=[A-Z][a-z]{2})
  | (?<=[A-Z]{4}) (?=[A-Z][a-z]{2})
    """,
    re.VERBOSE,
)
INNER = re.compile(r"[a-z.)][A-Z]|[A-Z]{3}[A-Z][a-z]")
ABBREVIATION = re.compile(
    r"""(?:[^\W\d_]\.)+ | (?:Inc|Corp|Ltd|Co|Pty|Mr|Mrs|Ms|Dr|St|Ste|Mt|Ft|Messrs|Prof|Jr|Sr|Eng|Geo|Ltda|Pte|Pvt|Sdn|Tbk|Kft|inc|ltd|corp
        |Bros|Wm|Chas|Geol|No|Gen|Hon|Rev|Lt|Col|Sgt|Esq|Cia|Cía|Soc)\.""",
    re.VERBOSE,
)
PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "do", "da", "dos", "du", "des", "van", "von", "der", "den", "di", "el", "al", "bin", "y", "e"]
)
CONNECTORS = PARTICLES | {"et", "and", "of", "the", "&", "+"}

JOINING_AND = frozenset(
    {
        "gold",
        "silver",
        "mining",
        "exploration",
        "iron",
        "steel",
        "oil",
        "gas",
        "metals",
        "minerals",
        "development",
        "smelting",
        "copper",
        "coal",
        "royalty",
        "energy",
        "refining",
        "investment",
        "trading",
        "mines",
        "lead",
        "zinc",
        "milling",
        "metallurgical",
        "resources",
        "chemical",
    }
)
BODIES = frozenset(
    {
        "department",
        "ministry",
        "bureau",
        "institute",
        "university",
        "association",
        "society",
        "commission",
        "agency",
        "authority",
        "council",
    }
    | {
        "chamber",
        "government",
        "minister",
        "secretary",
        "college",
        "school",
        "office",
        "federation",
        "union",
        "division",
        "court",
        "faculty",
    }
)
OF_AFTER = BODIES | {"bank", "company", "corporation", "mines"}


class Token(NamedTuple):
    """A word of a run with its place."""

    word: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return fold_word(self.word)


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """A word of a run as it is compared: lower case, without a full stop or a possessive ending."""
    return word.casefold().rstrip(".").removesuffix("'s").removesuffix("'")


@cache
def load_legal_forms() -> tuple[re.Pattern[str], frozenset[str]]:
    """A pattern for the legal forms of companies, and those that are too short to trust in capitals ("AS", "SE")."""
    rows = load_rows("legal_forms")
    forms = sorted((row["form"] for row in rows), key=lambda form: (-len(form), form))
    pattern = "|".join(phrase(form).replace(r"\s+", "[ ]") for form in forms)
    return re.compile(rf"(?:{pattern})(?:(?!\w)|(?-i:(?<=[a-z]\.)(?=[A-Z][a-z])))", re.IGNORECASE), frozenset(
        row["form"].upper() for row in rows if row["kind"] == "short"
    )


@cache
def load_words(kind: str) -> frozenset[str]:
    """The folded company words of one kind."""
    return frozenset(row["form"].casefold().rstrip(".") for row in load_rows("company_words") if row["kind"] == kind)


@cache
def load_place_names() -> frozenset[str]:
    """Countries and their regions, lower case: alone before a legal form ("Paraguay SA") no company, and never a person."""
    return frozenset(row["form"].casefold() for name in ("countries", "regions") for row in load_rows(name))


@lru_cache(maxsize=2)
def find_segments(flow: str) -> tuple[list[Token], ...]:
    """The segments of all runs of a text; companies and people are both read from them, so that they are cut once."""
    return tuple(segment for run in find_runs(flow) for segment in cut_run(run))


def find_runs(flow: str) -> Iterator[list[Token]]:
    """Runs of capitalised words joined by blanks and by words like "de" or "&"; a legal form may follow a comma."""
    legal = load_legal_forms()[0]
    run: list[Token] = []
    for token in _tokens(flow):
        if run:
            gap = flow[run[-1].end : token.start]
            joined = gap in (" ", "  ") or (gap in (", ", ",") and _is_after_comma(legal.match(flow, token.start)))
            if not joined or _ends_sentence(run[-1].word):
                if trimmed := _trim(run):
                    yield trimmed
                run = []
        run.append(token)
    if trimmed := _trim(run):
        yield trimmed


def _is_after_comma(form: re.Match[str] | None) -> bool:
    """Whether a legal form may follow a comma; two letters may be a province ("Edmonton, AB")."""
    return form is not None and (len(form[0]) > 2 or form[0].upper() in ("LP", "CO"))


def _tokens(flow: str) -> Iterator[Token]:
    for match in TOKEN.finditer(flow):
        start = match.start()
        if not INNER.search(match[0]):
            yield Token(match[0], start, match.end())
            continue
        for cut in [m.start() for m in GLUED.finditer(flow, start, match.end())] + [match.end()]:
            word = flow[start:cut]
            yield Token(word, start, start + len(word))
            start = cut


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and not ABBREVIATION.fullmatch(word)


def _trim(run: list[Token]) -> list[Token]:
    """The run without connectors at its ends; a full stop that ends the sentence is no part of the last word."""
    while run and run[0].word in CONNECTORS:
        run = run[1:]
    while run and run[-1].word in CONNECTORS:
        run = run[:-1]
    if run and _ends_sentence(run[-1].word):
        last = run[-1]
        run = [*run[:-1], Token(last.word[:-1], last.start, last.end - 1)]
    return run


HOLE_OR_ORIGIN = re.compile(r"^[A-Z]{1,5}-?\d{2,4}-|[A-Za-z]-(?:based|owned|listed|headquartered|domiciled|incorporated|led|backed)$")


ANNOUNCEMENT_CODE = re.compile(r"\d{4}[A-Z]")  # "RNS Number : 4827K"
MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
    | {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)


def cut_run(run: list[Token]) -> Iterator[list[Token]]:
    """A run cut at words that no company name holds: verbs of headlines, roles, months, prepositions."""
    breakers, industry = load_words("breaker"), JOINING_AND
    segment: list[Token] = []
    for index, token in enumerate(run):
        after = run[index + 1].folded if index + 1 < len(run) else ""
        before = run[index - 1].folded if index else ""
        word = token.word
        initial = len(word) == 2 and word.endswith(".")
        cut = token.folded in breakers and word not in CONNECTORS and not initial
        cut = cut or ("-" in word and HOLE_OR_ORIGIN.search(word) is not None)
        cut = cut or (word[0].isdigit() and ANNOUNCEMENT_CODE.fullmatch(word) is not None)
        cut = cut or (len(word) <= 2 and word.isdigit() and before in MONTHS)
        cut = cut or (word in ("and", "y", "e", "et", "al", "the") and not (before in industry and after in industry))
        cut = cut or (word == "of" and before not in OF_AFTER)
        if cut:
            if segment:
                yield segment
            segment = []
        else:
            segment.append(token)
            if word.endswith("'s") and index + 1 < len(run):
                yield segment
                segment = []
    if segment:
        yield segment
