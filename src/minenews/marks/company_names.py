"""Namings of companies: single places where the text writes a company's name, each found by one named rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from minenews.marks.names import BODIES, CONNECTORS, Token, find_segments, load_legal_forms, load_place_names, load_words
from minenews.marks.person_names import has_given_name
from minenews.marks.tickers import Listing
from minenews.vocab.load import load_rows, phrase


@dataclass(frozen=True, slots=True)
class Naming:
    """A name of a company in the text. `kind` is "company", or what a known other body is (laboratory, newswire, ...)."""

    start: int
    end: int
    text: str
    rule: str
    kind: str = "company"


VERBS = r"""announce[sd]?|reports?|reported|holds?|held|owns?|owned|operates?|acquire[sd]?|agreed|said|says|shares?|shareholders?|stock
    |securities|management|will|has|completed|entered|granted|issued|received|earned|may[ ]earn|can[ ]earn|retains?|staked|drilled|optioned
    |sold|purchased|produced|expects?|plans
    |is[ ](?:a|an|the|pleased|currently|positioning|focused|exploring|evaluating|advancing|developing)[ ]"""
AFTER_COMPANY = re.compile(
    rf"(?:'s)?[ ](?:{VERBS}|(?:chief|CEO|CFO|COO|president|executive|managing|chair)\b)(?![\w-])",
    re.VERBOSE,
)
BEFORE_COMPANY = re.compile(
    r"""\b(?: partners?|subsidiary|subsidiaries|company|contractors?|firm|consultants?|acquire[sd]?|acquiring|acquisition[ ]of|purchase[ ]of
        |by|with|between|(?:stake|interest|shares?|investment)[ ]in|investors?|lenders?|shareholders?|producers?|miners?|giant|operator
        |owner|vendor|(?:CEO|director|president|chairman)[ ]of|(?:geologist|engineer)[ ]with|formerly)[ ,]{1,2}(?:the[ ])?$""",
    re.VERBOSE | re.IGNORECASE,
)
FIRST_WORD = re.compile(r"(?<![\w&.-])[A-Z\d]\w*")
INTRODUCED = re.compile(
    r"""(?: \b[A-Z][\w.]{2,20}-based[ ] (?: (?:[a-z-]{3,15}[ ]){0,3}
            (?:miner|company|producer|explorer|developer|junior|major|firm|group|contractor|supplier|operator|giant)[ ])?
      | \b(?:mining|drilling|earthmoving|engineering|construction|EPCM?|haulage)[ ](?:contractors?|consultants?|firm|group|company)[ ]
      | \b(?:contract[ ]miner|contractors?)[ ]
      | \b[Mm]iner,?[ ] | \b(?:gold|silver|copper|nickel|uranium|lithium|coal|iron[ ]ore|diamond)[ ]
            (?:producer|explorer|developer),?[ ] )$""",
    re.VERBOSE,
)
LEADING = frozenset(
    {"compañía", "compania", "cia", "minera", "mineração", "sociedad", "société", "empresa", "groupe", "grupo", "companhia"}
    | {"ooo", "pt", "jsc"}
)
ARTICLE = re.compile(r"(?<!\w)[Aa]n?[ ]$")
OFFICER = r"(?i:chief[ ]executive(?:[ ]officer)?|CEO|CFO|COO|president|executive[ ]chair|chair(?:man|woman)?|managing[ ]director)"
ROLE_AFTER = re.compile(
    rf"""'s[ ](?:(?:interim|executive|acting|co-)[ ]?){{0,2}}
            (?i:chief[ ](?:executive|financial|operating)|CEO|CFO|COO|executive[ ]chair|managing[ ]director)
       | [ ](?i:(?:interim|executive|managing|non-executive|acting)[ ]){{0,2}}{OFFICER}(?:[ ](?:and|&)[ ](?i:interim[ ])?{OFFICER})?
            [,]?[ ][A-Z][\w.'-]*[ ][A-Z]""",
    re.VERBOSE,
)


@cache
def load_known() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the companies and other bodies known by name, and the kind of each."""
    kinds = {row["form"]: row["kind"] for row in load_rows("known_companies")}
    forms = sorted(kinds, key=lambda form: (-len(form), form))
    return re.compile(r"(?<![\w&.-])(?:" + "|".join(phrase(form) for form in forms) + r")(?![\w&-])"), kinds


FORM_BEFORE = re.compile(r"(?:PJSC|OJSC|JSC|PAO|OAO|AO|OOO|PT|NAC)[ ]$")


def fold_name(name: str) -> str:
    """A name as it is compared: lower case, without legal form, accents of punctuation and plural."""
    text = " ".join(NOT_WORD.sub(" ", name.casefold().replace("'s ", " ").removesuffix("'s")).split()).replace(" & ", " and ")
    while cut := LEGAL_TAIL.search(text):
        text = text[: cut.start()]
    text = LEGAL_HEAD.sub("", text.removeprefix("the "))
    return " ".join(word.removesuffix("s") if len(word) > 4 and not word.endswith("ss") else word for word in text.split())


NOT_WORD = re.compile(r"[^\w&+]+")
LEGAL_HEAD = re.compile(r"^(?:pjsc|ojsc|cjsc|jsc|pao|oao|ooo|zao|pt) (?=\w)")
LEGAL_TAIL = re.compile(
    r"""[ ](?:inc|incorporated|corp|corporation|ltd|limited|plc|p\ l\ c|llc|l\ l\ c|llp|lp|l\ p|ulc|co|company|nl|n\ l|pty|proprietary
        |sa|s\ a|sac|s\ a\ c|saa|s\ a\ a|s\ a\ b|s\ a\ b\ de\ c\ v|s\ a\ de\ c\ v|sa\ de\ cv|de\ c\ v|s\ de\ r\ l|srl|s\ r\ l|spa|s\ p\ a
        |sas|s\ a\ s|ltda|scsp|ag|gmbh|ab|asa|as|oyj|nv|n\ v|bv|b\ v|se|jsc|berhad|bhd|tbk|pte|pvt|private)$""",
    re.VERBOSE,
)


@cache
def _openings() -> frozenset[str]:
    """The first words of the names of the vocabulary."""
    return frozenset(word[0] for name in load_known()[1] if (word := FIRST_WORD.search(name)))


@cache
def _kinds_by_key() -> dict[str, str]:
    return {fold_name(name): kind for name, kind in load_known()[1].items() if kind != "company"}


BRANDS = frozenset({"als", "sgs", "agat", "msalabs", "actlabs", "computershare", "renmark", "globenewswire", "intertek"})


def _kind_of(name: str) -> str:
    """What a named body is: a company unless the vocabulary knows it, or its brand, as something else."""
    key = fold_name(name)
    kind = _kinds_by_key().get(key)
    if kind is None and key.split(" ")[0] in BRANDS:
        kind = "laboratory"
    return kind or "company"


def bare_name(name: str) -> str:
    """A name as written, without the legal form at its end."""
    words = name.split()
    for size in range(1, len(words)):
        if load_legal_forms()[0].fullmatch(" ".join(words[size:])):
            return " ".join(words[:size]).rstrip(",")
    return ""


def find_namings(flow: str, listings: Sequence[Listing]) -> list[Naming]:
    """All namings by shape and by vocabulary, not overlapping, in reading order."""
    found: list[Naming] = list(_known(flow))
    tails = _listing_openings(flow, listings)
    for segment in find_segments(flow):
        found.extend(_in_segment(flow, segment, tails))
    return _settled(found)


def _settled(found: list[Naming]) -> list[Naming]:
    """Of overlapping namings the longest; the earlier rule where they are equal."""
    kept: list[Naming] = []
    for naming in sorted(found, key=lambda n: (n.start, -(n.end - n.start))):
        if kept and naming.start < kept[-1].end:
            if naming.end - naming.start > kept[-1].end - kept[-1].start:
                kept[-1] = naming
            continue
        kept.append(naming)
    return kept


def _known(flow: str) -> Iterator[Naming]:
    """Names of the vocabulary; not as the first word of something longer ("Barrick Creek")."""
    pattern, kinds = load_known()
    openings, end = _openings(), 0
    for word in FIRST_WORD.finditer(flow):
        match = pattern.match(flow, word.start()) if word[0] in openings and word.start() >= end else None
        if match is None:
            continue
        end = match.end()
        following = re.match(r"[ ](\w+)", flow[match.end() : match.end() + 30])
        if following and following[1][0].isupper() and following[1].casefold() in load_words("asset"):
            continue
        kind = kinds.get(" ".join(match[0].split()), "company")
        form = FORM_BEFORE.search(flow, max(0, match.start() - 6), match.start())
        start = form.start() if form else match.start()
        yield Naming(start, match.end(), flow[start : match.end()], "company.known", kind)


def _listing_openings(flow: str, listings: Sequence[Listing]) -> set[int]:
    """The places just before a parenthesis that opens a listing, parentheses with aliases between skipped."""
    places: set[int] = set()
    for listing in listings:
        opened = flow.rfind("(", max(0, listing.start - 80), listing.start + 1)
        if opened < 0 or ")" in flow[opened : listing.start]:
            continue
        at = opened
        for _ in range(4):
            before = flow[:at].rstrip(" ,\n") if at < 400 else flow[at - 400 : at].rstrip(" ,\n")
            at = at - (min(at, 400) - len(before))
            if not before.endswith(")"):
                break
            earlier = flow.rfind("(", max(0, at - 200), at)
            if earlier < 0:
                break
            at = earlier
        places.add(at)
    return places


def _in_segment(flow: str, segment: list[Token], tails: set[int]) -> Iterator[Naming]:
    """The namings of one segment: up to each legal form, then by head word, ticker or role."""
    joint = next((index for index, token in enumerate(segment) if token.word == "and"), 0)
    if joint and _are_two(flow, segment, joint):
        yield from _in_segment(flow, segment[:joint], tails)
        yield from _in_segment(flow, segment[joint + 1 :], tails)
        return
    legal, short = load_legal_forms()
    begin = index = 0
    shouting = all(token.word.isupper() for token in segment)
    while index < len(segment):
        form = legal.match(flow, segment[index].start) if index > begin else None
        if form and form[0] in ("Ag", "As", "Se"):
            form = None  # a metal, a word
        if form and form[0].rstrip(".").upper() in short and shouting and form[0].upper() not in ("COMPANY", "LIMITED", "CO.", "S.A."):
            form = None
        if form and form[0].rstrip(".").upper() in short and form[0].islower():
            form = None
        if form and _may_name(flow, segment[begin:index], form[0]):
            end = form.end()
            while following := re.match(r"[ ]", flow[end : end + 1]):
                more = legal.match(flow, end + following.end())
                if not more or (more[0].islower() and more[0].upper() in short):
                    break
                end = more.end()
            while index < len(segment) and segment[index].start < end:
                index += 1
            if form[0] == "Company" and index < len(segment) and _form_follows(flow, segment[index:]):
                continue  # "National Tin Company Rowanmoor JSC"
            name = _without_year(_stripped(segment[begin:index]), end)
            yield Naming(name, end, flow[name:end], "company.legal_form", _kind_of(flow[name:end]))
            begin = index
            continue
        index += 1
    rest = _stripped(segment[begin:])
    if rest:
        yield from _without_form(flow, rest, tails)


def _form_follows(flow: str, tokens: list[Token]) -> bool:
    """Whether a further legal form stands among the next words of a segment."""
    legal = load_legal_forms()[0]
    return any(legal.match(flow, token.start) for token in tokens[1:4])


def _are_two(flow: str, segment: list[Token], joint: int) -> bool:
    """Whether "and" joins two companies: the second is known, or the first also stands alone elsewhere."""
    left = flow[segment[0].start : segment[joint - 1].end]
    joined = flow[segment[0].start : segment[joint + 1].end]
    return load_known()[0].match(flow, segment[joint + 1].start) is not None or _count_apart(flow, left) > flow.count(joined)


def _count_apart(flow: str, name: str) -> int:
    """How often a name stands without "and" or "&" behind it."""
    return flow.count(name) - flow.count(f"{name} and ") - flow.count(f"{name} & ") + 1


def _stripped(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].word in CONNECTORS or tokens[0].word.startswith("(")):
        tokens = tokens[1:]
    while tokens and (tokens[-1].word in CONNECTORS or tokens[-1].word.startswith("(")):
        tokens = tokens[:-1]
    return tokens


def _without_year(tokens: list[Token], end: int) -> int:
    """Where a name starts when a year before it is no part of it."""
    first = tokens[0]
    rest = [token for token in tokens[1:] if token.end <= end]
    return (
        rest[1 if rest[0].word in CONNECTORS and len(rest) > 1 else 0].start
        if re.fullmatch(r"(?:19|20)\d\d", first.word) and len(rest) > 2
        else first.start
    )


def _may_name(flow: str, tokens: list[Token], form: str) -> bool:
    """Whether words before a legal form make a name: not only general words, not "a Canadian corporation"."""
    words = [token.folded for token in tokens if token.word not in CONNECTORS]
    if not words or (len(words) == 1 and (words[0] in load_words("generic") | load_words("weak") or words[0] in load_place_names())):
        return False
    if form.casefold().rstrip(".") in ("company", "corporation", "co") and ARTICLE.search(
        flow, max(0, tokens[0].start - 4), tokens[0].start
    ):
        return False
    if form.casefold().rstrip(".") in (
        "company",
        "corporation",
        "limited",
        "co",
        "lp",
        "sa",
        "as",
        "limited partnership",
        "private limited",
    ):
        general = load_words("generic") | load_words("head") | load_words("weak")
        return not all(word in general for word in words)
    return True


def _without_form(flow: str, segment: list[Token], tails: set[int]) -> Iterator[Naming]:
    """A name without legal form: by the ticker after it, its head word, or the role named next to it."""
    start, end = segment[0].start, segment[-1].end
    if any(token.folded in BODIES for token in segment) or flow[start - 1 : start] == ":":
        return
    if len(segment) > 2 and segment[0].folded in load_place_names() and load_known()[0].fullmatch(flow, segment[1].start, end):
        segment = segment[1:]  # "Chile Rowanmoor Minerals" in the style of a news agency
        start = segment[0].start
    if segment[0].word.isdigit() and end not in tails:
        segment = segment[1:]
        if not segment:
            return
        start = segment[0].start
    named = not _is_general(segment) or _is_titled(flow, segment)
    if end in tails and len(segment) <= 7 and named and not load_legal_forms()[0].fullmatch(flow, start, end):
        own_end = end - 2 if segment[-1].word.endswith("'s") else end
        yield Naming(start, own_end, flow[start:own_end], "company.before_ticker")
        return
    own_end = end - 2 if segment[-1].word.endswith("'s") else end
    if segment[0].folded in LEADING and 2 <= len(segment) <= 6 and _next_word(flow, end) not in load_words("asset"):
        yield Naming(start, own_end, flow[start:own_end], "company.leading_word")
        return
    headed = _headed(flow, segment)
    if headed:
        stop = headed[-1].end - (2 if headed[-1].word.endswith("'s") else 0)
        yield Naming(start, stop, flow[start:stop], "company.head_word")
    elif (
        len(segment) <= 4
        and not _is_general(segment)
        and (_is_introduced(flow, segment) or _owns(flow, segment) or _reports(flow, segment))
    ):
        yield Naming(start, own_end, flow[start:own_end], "company.introduced")
    elif (
        len(segment) <= 4
        and ROLE_AFTER.match(flow, own_end)
        and not _is_general(segment)
        and not has_given_name(segment[0].word)
        and segment[-1].folded not in load_words("asset")
    ):
        yield Naming(start, own_end, flow[start:own_end], "company.before_role")


@cache
def _general_words() -> frozenset[str]:
    """The general words of the trade."""
    return frozenset().union(*map(load_words, ("generic", "head", "weak", "asset", "national")))


def _is_introduced(flow: str, segment: list[Token]) -> bool:
    """Whether a noun that only a company can be leads to a name: "Australia-based Rowanmoor", "mining contractor Rowanmoor"."""
    start = segment[0].start
    return (
        segment[0].folded not in load_words("national")
        and " ".join(token.folded for token in segment) not in load_place_names()
        and not has_given_name(segment[0].word)
        and segment[-1].folded not in load_words("asset")
        and _next_word(flow, segment[-1].end) not in load_words("asset")
        and INTRODUCED.search(flow, max(0, start - 70), start) is not None
    )


REPORTED = re.compile(r"[ ](?:announce[sd]|report(?:s|ed))[ ]")
BUSINESS = r"'s[ ](?:[\w-]{2,15}[ ]){0,3}(?:mines?|production|output|shares|operations|portfolio|growth|projects|revenue|subsidiary)\b"


def _reports(flow: str, segment: list[Token]) -> bool:
    """Whether a name without form announces something, and the text also speaks of its mines or shares."""
    name = flow[segment[0].start : segment[-1].end]
    return (
        REPORTED.match(flow, segment[-1].end) is not None
        and len(segment) <= 2
        and name.casefold() not in load_place_names()
        and segment[0].folded not in load_words("national")
        and not has_given_name(segment[0].word)
        and re.search(rf"(?<![\w-]){re.escape(name)}{BUSINESS}", flow) is not None
    )


OWNED = re.compile(
    r"""'s[ ] (?: (?!The|A|This|In)[A-Z][\w'-]{1,20}[ ]){1,3} (?:[a-z-]{3,15}[ ]){0,2}
        (?:[Mm]ines?|[Pp]rojects?|[Oo]perations?|[Pp]roperty|[Ss]melter|[Cc]omplex)\b""",
    re.VERBOSE,
)


def _owns(flow: str, segment: list[Token]) -> bool:
    """Whether a name owns a mine: "Rowanmoor's Tarn gold mine"; places own none."""
    last = segment[-1]
    name = " ".join(token.word for token in segment).removesuffix("'s")
    return (
        last.word.endswith("'s")
        and OWNED.match(flow, last.end - 2) is not None
        and name.casefold() not in load_place_names()
        and all(token.folded not in load_words("national") | load_words("asset") for token in segment)
        and not has_given_name(segment[0].word)
        and not PLACED.search(flow, max(0, segment[0].start - 8), segment[0].start)
        and len(name) > 3
    )


PLACED = re.compile(r"\b(?:in|at|near|from|of)[ ](?:the[ ])?$")


def _is_general(tokens: list[Token]) -> bool:
    """Whether all words are general words of the trade, so that no name is left."""
    general = _general_words()
    return all(token.word in CONNECTORS or (last := token.folded.rpartition("-")[2]) in general or last == "scale" for token in tokens)


SECURITIES = frozenset({"share", "shares", "stock", "unit", "units", "warrant", "warrants", "company", "corporation", "class", "exchange"})


def _is_titled(flow: str, tokens: list[Token]) -> bool:
    """Whether three general words or more, without article and none of them a security, make a name ("Copper Energy International")."""
    led = re.search(r"\b(?:[Tt]he|[Aa]n?|its|our)[ ]$", flow[max(0, tokens[0].start - 5) : tokens[0].start])
    return len(tokens) >= 3 and led is None and not any(token.folded in SECURITIES for token in tokens)


COMPASS = frozenset({"north", "south", "east", "west", "central"})
ARTICLED = frozenset({"group", "trust", "consortium", "alliance", "bank", "partnership"})
THE = re.compile(r"(?<!\w)[Tt]he[ ]$")


def _is_national(tokens: list[Token]) -> bool:
    """Whether a name of general words begins with that of a country's people ("American Drilling")."""
    if len(tokens) > 2 and tokens[0].folded in COMPASS and tokens[1].folded in load_words("national"):
        return True  # "West African Resources"
    return tokens[0].folded in load_words("national") and tokens[1].folded not in load_words("generic")


def _headed(flow: str, segment: list[Token]) -> list[Token] | None:
    """The words up to the last head word ("Resources"), None where no company is meant."""
    heads, weak, assets = load_words("head"), load_words("weak"), load_words("asset")
    for size in range(len(segment), 1, -1):
        last, pair = segment[size - 1].folded, f"{segment[size - 2].folded} {segment[size - 1].folded}"
        strong = last in heads or (pair in heads and size > 2)
        if not strong and last not in weak:
            continue
        tokens = segment[:size]
        next_word = segment[size].folded if size < len(segment) else _next_word(flow, tokens[-1].end)
        if (
            next_word in assets
            or size > 6
            or (_is_general(tokens) and not (_is_national(tokens) and AFTER_COMPANY.match(flow, tokens[-1].end)))
        ):
            return None
        if all(token.word.isupper() for token in tokens) and not strong:
            return None
        if not strong and last not in ARTICLED and THE.search(flow, max(0, tokens[0].start - 4), tokens[0].start):
            return None  # a defined term ("the RG Investment")
        general = tokens[0].folded in load_words("generic") and len(tokens) == 2
        evident = AFTER_COMPANY.match(flow, tokens[-1].end) or (
            not general and BEFORE_COMPANY.search(flow, max(0, tokens[0].start - 30), tokens[0].start)
        )
        if strong and size == len(segment):
            return tokens
        if evident:
            return tokens
        return None
    return None


def _next_word(flow: str, end: int) -> str:
    following = re.match(r"(?:'s)?[ ]([\w-]+)", flow[end : end + 30])
    return following[1].casefold() if following else ""
