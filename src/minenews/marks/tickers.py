"""Listings: which exchange and which symbol, in every form that releases write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from minenews.marks.flow import fold_signs
from minenews.models import Ticker
from minenews.vocab.load import load_rows


@dataclass(frozen=True, slots=True)
class Listing:
    """One symbol in the text with its exchange; the span covers both where they stand together."""

    start: int
    end: int
    ticker: Ticker
    rule: str


class Exchange(NamedTuple):
    """An exchange as a form names it; `anywhere` is False for words that name one only inside a listing ("Frankfurt")."""

    name: str
    mic: str | None
    anywhere: bool


SYMBOL = r"[A-Z0-9]{1,7}(?:\.[A-Z0-9]{1,3}){0,3}"
AFTER = r"(?![\w]|\.\w|[ ]?:)"

COLON = re.compile(rf"[ ]{{0,2}}:[ ]{{0,3}}(?:WKN[ :#]{{0,2}})?[\"']?(?P<symbol>{SYMBOL}){AFTER}")
MORE = re.compile(rf"[ ]?(?:,|/|&|;|[ ]and[ ])[ ]?(?P<symbol>{SYMBOL})(?=[ ]?[),;|/&])")
JOINED = re.compile(r"[ ]?(?:/|,|&|;|\||[ ]and)[ ]?$")
BARE = re.compile(rf"[(;,|][ ]{{0,2}}(?P<exchange>[A-Z][\w. -]{{1,30}}?)(?:[ ]?[-–][ ]?|[ ])(?P<symbol>{SYMBOL})(?=[ ]?[);,|])")
REVERSED = re.compile(rf"[(\[;,][ ]{{0,2}}(?P<symbol>{SYMBOL})[ ]?(?::|–|-{{1,2}})[ ]?(?=[A-Z])")
SUFFIXED = re.compile(
    r"(?<=[(;,|/ ])(?P<symbol>[A-Z0-9]{1,6})(?:\.(?P<suffix>V|TO|CN|NE|AX|L|F|JO|HK|VN)|-(?P<letter>T|V|X|N|Q|L|A|C))(?=[ ]?[);,|/])"
)
UNDER = re.compile(
    rf"""\b(?:under|with|has)[ ](?:the[ ]|its[ ])?(?:(?:new|existing|current|stock|trading|ticker)[ ]){{0,3}}
        (?:symbols?|ticker|code)[ ]?:?[ ]?[\"'(]{{0,2}}(?P<symbol>{SYMBOL})(?![a-z])""",
    re.VERBOSE,
)
LABELLED = re.compile(rf"\bTicker[ ]?:[ ]?(?P<symbol>{SYMBOL})[ ]?[/|,;][ ]{{0,2}}(?:Index|Exchange|Market)[ ]?:[ ]?")
NAMED = re.compile(r"[ ]?(?P<form>[A-Z][\w.& -]{1,28}?)(?=[ ]?[,;/)\]|]| and )")
JOINT = re.compile(r"[ ]?(?:,|/|and)[ ]?")
WORD = re.compile(r"[^\s()\[\],;|\"]+")
CAPITALISED = re.compile(r"[A-Z][\w.-]+")
SENTENCE_END = re.compile(r"(?<![A-Z])\.[ ](?=[A-Z])|\n")
ON_EXCHANGE = re.compile(r"[\"')., ]{0,3}(?:on|of)[ ](?:the[ ])?")

CODE_WORDS = frozenset(
    {"symbol", "symbols", "code", "codes", "ticker", "tickers", "trading", "stock", "share", "wkn", "exchange", "market", "main", "board"}
)
SUFFIXES = {
    "V": "TSXV",
    "VN": "TSXV",
    "TO": "TSX",
    "CN": "CSE",
    "NE": "Cboe CA",
    "AX": "ASX",
    "L": "LSE",
    "F": "FSE",
    "JO": "JSE",
    "HK": "HKEX",
}
LETTERS = {"T": "TSX", "V": "TSXV", "X": "NYSE American", "N": "NYSE", "Q": "NASDAQ", "L": "LSE", "A": "ASX", "C": "CSE"}
DIGITS_ONLY = frozenset(
    {
        "HKEX",
        "SSE",
        "SZSE",
        "SHE",
        "TYO",
        "KRX",
        "Bursa Malaysia",
        "TASI",
        "FSE",
        "BF",
        "XETRA",
        "Stuttgart",
        "Berlin",
        "Munich",
        "Tradegate",
    }
)
LONGEST_FORM = 6  # words
LOOK_BACK = 60
SYMBOL_REACH = 140
SEPARATORS = str.maketrans(":()", "   ")


def fold_form(form: str) -> str:
    """An exchange form as it is compared: lower case, one blank between words."""
    return " ".join(form.translate(SEPARATORS).casefold().split())


@cache
def load_exchanges() -> dict[str, Exchange]:
    """The exchanges by folded form."""
    return {
        fold_form(row["form"]): Exchange(row["exchange"], row["mic"] or None, row["where"] == "anywhere") for row in load_rows("exchanges")
    }


@cache
def load_mics() -> dict[str, str | None]:
    """The market identifier code of each exchange."""
    return {exchange.name: exchange.mic for exchange in load_exchanges().values()}


def find_tickers(text: str) -> list[Listing]:
    """All listings of a text in reading order, overlapping readings settled in favour of the earlier rule."""
    flow = fold_signs(text)
    found: list[Listing] = []
    taken: set[int] = set()  # where symbols were read
    for rule in (_after_colon, _labelled, _bare, _reversed, _suffixed, _under_symbol):
        for listing, place in rule(flow):
            if place not in taken or listing.rule == "tickers.shared":
                taken.add(place)
                found.append(listing)
    return sorted(found, key=lambda listing: (listing.start, listing.end))


def _after_colon(flow: str) -> Iterator[tuple[Listing, int]]:
    """`TSX: ABC`, `NYSE American/TSX: ABC`, `ASX Code: ABC`, `(TSX: ABC.A, ABC.B)`."""
    last_end = -9
    for match in COLON.finditer(flow):
        named = _exchange_before(flow, match.start())
        if named is None:
            continue
        start, exchange = named
        if not exchange.anywhere and not _inside_listing(flow, start, last_end):
            continue
        if not _is_symbol(match["symbol"], exchange):
            continue
        last_end = match.end("symbol")
        yield _listing(start, last_end, exchange, match["symbol"], "tickers.colon"), match.start("symbol")
        for other_start, other in _exchanges_joined(flow, start):
            yield _listing(other_start, last_end, other, match["symbol"], "tickers.shared"), match.start("symbol")
        while (more := MORE.match(flow, last_end)) and _is_symbol(more["symbol"], exchange):
            if fold_form(more["symbol"]) in load_exchanges() or len(more["symbol"]) < 2:
                break
            last_end = more.end("symbol")
            yield _listing(more.start("symbol"), last_end, exchange, more["symbol"], "tickers.more"), more.start("symbol")


def _exchange_before(flow: str, end: int) -> tuple[int, Exchange] | None:
    """The longest exchange form that ends at a position, words like "code" or "trading symbol" skipped."""
    begin = max(0, end - LOOK_BACK)
    words = [(begin + m.start(), begin + m.end()) for m in WORD.finditer(flow[begin:end])][-LONGEST_FORM - 2 :]
    if not words or flow[words[-1][1] : end].strip(" )"):
        return None
    while len(words) > 1 and flow[slice(*words[-1])].casefold().strip(":") in CODE_WORDS:
        if named := _longest(flow, words, words[-1][1]):
            return named
        words.pop()
    return _longest(flow, words, words[-1][1])


def _longest(flow: str, words: list[tuple[int, int]], end: int) -> tuple[int, Exchange] | None:
    exchanges = load_exchanges()
    for start, stop in words[-LONGEST_FORM:]:
        if exchange := exchanges.get(fold_form(flow[start:end])):
            return start, exchange
        for sign in "/:-":  # "NYSE/TSX: ABC", "TSX/NYSE American: ABC": the part behind the sign
            cut = flow.rfind(sign, start, stop)
            if cut > start and (exchange := exchanges.get(fold_form(flow[cut + 1 : end]))):
                return cut + 1, exchange
    return None


def _exchanges_joined(flow: str, start: int) -> Iterator[tuple[int, Exchange]]:
    """Exchanges that share the symbol of the one at `start`: `TSX and NYSE: ABC`."""
    for _ in range(3):
        joined = JOINED.search(flow, max(0, start - 6), start)
        named = _exchange_before(flow, joined.start()) if joined else None
        if (
            named is None
            or flow[max(0, named[0] - 2) : named[0]].rstrip(" ").endswith((":", "-"))
            or (not named[1].anywhere and flow[named[0] - 1 : named[0]] != "(")
        ):
            return
        start = named[0]
        yield named


def _inside_listing(flow: str, start: int, last_end: int) -> bool:
    """Whether a position opens a parenthesis, follows a listing, or begins a line of its own."""
    before = flow[max(0, start - 3) : start]
    return before.rstrip(" ").endswith(("(", "[", "/")) or 0 <= start - last_end <= 8 or (before.endswith("\n") and not before.strip())


def _labelled(flow: str) -> Iterator[tuple[Listing, int]]:
    """`Ticker: ABC / Index: AIM`."""
    for match in LABELLED.finditer(flow) if "Ticker" in flow else ():
        exchange = _exchange_starting(flow, match.end())
        if exchange and _is_symbol(match["symbol"], exchange):
            yield _listing(match.start(), match.end("symbol"), exchange, match["symbol"], "tickers.labelled"), match.start("symbol")


def _bare(flow: str) -> Iterator[tuple[Listing, int]]:
    """`(TSXV-ABC)`, `(ASX ABC)`."""
    exchanges = load_exchanges()
    for match in BARE.finditer(flow):
        exchange, symbol = exchanges.get(fold_form(match["exchange"])), match["symbol"]
        if exchange is None or not exchange.anywhere or not _is_symbol(symbol, exchange):
            continue
        if not {fold_form(symbol), fold_form(f"{match['exchange']} {symbol}")} & exchanges.keys():
            yield _listing(match.start("exchange"), match.end("symbol"), exchange, symbol, "tickers.bare"), match.start("symbol")


def _reversed(flow: str) -> Iterator[tuple[Listing, int]]:
    """`(ABC: TSX, NYSE)`, `(ABC-ASX)`."""
    exchanges = load_exchanges()
    for match in REVERSED.finditer(flow):
        if fold_form(match["symbol"]) in exchanges or match["symbol"].isdigit():
            continue
        at = match.end()
        while named := NAMED.match(flow, at):
            exchange = exchanges.get(fold_form(named["form"]))
            if exchange is None or not exchange.anywhere:
                break
            yield _listing(match.start("symbol"), named.end("form"), exchange, match["symbol"], "tickers.reversed"), named.start("form")
            joint = JOINT.match(flow, named.end())
            if joint is None:
                break
            at = joint.end()


def _suffixed(flow: str) -> Iterator[tuple[Listing, int]]:
    """`(ABC.V)`, as quote services write symbols."""
    for match in SUFFIXED.finditer(flow):
        name = SUFFIXES[match["suffix"]] if match["suffix"] else LETTERS[match["letter"]]
        if fold_form(match["symbol"]) in load_exchanges():
            continue
        opened = flow.rfind("(", max(0, match.start() - 60), match.start())
        if opened < 0 or ")" in flow[opened : match.start()] or (match["symbol"].isdigit() and name != "HKEX"):
            continue
        yield (
            _listing(match.start(), match.end(), Exchange(name, load_mics()[name], True), match["symbol"], "tickers.suffix"),
            match.start(),
        )


def _under_symbol(flow: str) -> Iterator[tuple[Listing, int]]:
    """`trades on the TSX Venture Exchange under the symbol "ABC"`, `under the symbol ABC on the ASX`."""
    for match in UNDER.finditer(flow) if any(word in flow for word in ("symbol", "ticker", "code")) else ():
        symbol = match["symbol"].removesuffix(".")
        after = ON_EXCHANGE.match(flow, match.end())
        exchange = _exchange_starting(flow, after.end()) if after else None
        exchange = exchange or _last_exchange(flow, max(0, match.start() - SYMBOL_REACH), match.start())
        if exchange and _is_symbol(symbol, exchange):
            yield (
                _listing(match.start("symbol"), match.start("symbol") + len(symbol), exchange, symbol, "tickers.under_symbol"),
                match.start("symbol"),
            )


def _exchange_starting(flow: str, start: int) -> Exchange | None:
    """The longest exchange form that begins at a position."""
    ends = [start + m.end() for m in WORD.finditer(flow[start : start + LOOK_BACK])][:LONGEST_FORM]
    for end in reversed(ends):
        if exchange := load_exchanges().get(fold_form(flow[start:end].rstrip("."))):
            return exchange
    return None


def _last_exchange(flow: str, start: int, end: int) -> Exchange | None:
    """The last exchange named between two positions, in the same sentence."""
    begin = max([start, *(match.end() for match in SENTENCE_END.finditer(flow, start, end))])
    for word in reversed(list(CAPITALISED.finditer(flow, begin, end))):
        exchange = _exchange_starting(flow, word.start())
        if exchange and exchange.anywhere:
            return exchange
    return None


def _is_symbol(symbol: str, exchange: Exchange) -> bool:
    """Whether a symbol may be one: letters, or figures alone where the exchange lists by number."""
    return any(sign.isalpha() for sign in symbol) or (exchange.name in DIGITS_ONLY and len(symbol) >= 2)


def _listing(start: int, end: int, exchange: Exchange, symbol: str, rule: str) -> Listing:
    return Listing(start, end, Ticker(exchange=exchange.name, mic=exchange.mic, symbol=symbol), rule)
