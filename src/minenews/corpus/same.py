"""When two names, figures, units or periods are the same, as far as scoring goes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Record = Mapping[str, Any]

TOLERANCE = 0.005
"""Relative difference up to which two numbers are the same figure: goldens may be rounded to three places."""

LEGAL_FORMS = re.compile(
    r"\b(?:incorporated|inc|corporation|corp|company|co|limited|ltd|plc|llc|lp|pty|n ?l|s a c|sac|s a de c v|de c v|s ?a|ag|se|the)\b"
)
KIND_WORDS = frozenset(
    "the mine mines mill plant smelter refinery colliery project projects property properties deposit zone operation operations "  # noqa: SIM905
    "complex facility processing claims concession concessions target prospect area unit gold silver copper zinc uranium lithium "
    "nickel coal".split()
)
EXCHANGES = {  # one market under its many names, tiers of the US over-the-counter market folded
    "TSXV": ("TSXV", "TSX-V", "TSX.V", "TSX VENTURE", "CVE"),
    "TSX": ("TSE",),
    "NYSEAMERICAN": ("NYSEAMERICAN", "NYSE AMERICAN", "NYSE-A", "NYSE MKT"),
    "OTC": ("OTC", "OTCQB", "OTCQX", "OTC PINK", "OTCPK", "OTC MARKETS", "US-OTC"),
    "FSE": ("FSE", "FRANKFURT", "FRA", "FWB"),
    "CBOECA": ("CBOE CA", "CBOE CANADA", "NEO"),
    "LSE": ("LSE", "LON"),
    "CSE": ("CSE", "CNSX"),
}
MARKETS = {name: market for market, names in EXCHANGES.items() for name in names}
DOLLARS = re.compile(r"^(?:USD|CAD|AUD|NZD|\$)(?=/|$)")


@lru_cache(maxsize=8192)
def words_of(name: str | None) -> tuple[str, ...]:
    """The words of a name in lower case, without accents and punctuation."""
    ascii_only = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return tuple(re.findall(r"[a-z0-9]+", ascii_only))


@lru_cache(maxsize=8192)
def company_words(name: str | None) -> tuple[str, ...]:
    """The words of a company name without legal forms."""
    return tuple(LEGAL_FORMS.sub(" ", " ".join(words_of(name))).split())


def same_company(one: str | None, other: str | None) -> bool:
    """Whether one company name begins with the words of the other."""
    pairs = list(zip(company_words(one), company_words(other), strict=False))
    return bool(pairs) and all(a == b for a, b in pairs)


def same_person(one: str | None, other: str | None) -> bool:
    """Whether surname and first initial agree."""
    a, b = words_of(one), words_of(other)
    return bool(a and b) and a[-1] == b[-1] and a[0][0] == b[0][0]


def same_asset_name(one: str, other: str) -> bool:
    """Whether the telling words of one asset name are all among those of the other."""
    a, b = ((set(words_of(name)) - KIND_WORDS) or set(words_of(name)) for name in (one, other))
    return bool(a & b) and (a <= b or b <= a)


@dataclass(frozen=True)
class Names:
    """All names of every asset, in the golden and in the extraction of one release."""

    gold: Mapping[str, tuple[str, ...]]
    found: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, gold: Record, found: Record) -> Names:
        """The names that the assets of two documents go by."""
        return cls(
            *({name: names for names in map(all_names, document.get("assets") or ()) for name in names} for document in (gold, found))
        )

    def same_asset(self, gold: str | None, found: str | None) -> bool:
        """Whether two names mean one asset, by any of its names."""
        if not gold or not found:
            return False
        return any(same_asset_name(a, b) for a in self.gold.get(gold, (gold,)) for b in self.found.get(found, (found,)))

    def asked_asset(self, gold: Record, found: Record) -> bool:
        """Whether the golden names no asset, or both name the same."""
        return not gold.get("asset") or self.same_asset(gold["asset"], found.get("asset"))


def all_names(record: Record) -> tuple[str, ...]:
    """The name and the aliases of a company or an asset."""
    return (record["name"], *(record.get("aliases") or ()))


def listing(ticker: Record | str) -> tuple[str, str]:
    """Market and symbol of a ticker, written "TSX:ABC" or as a record."""
    exchange, symbol = (ticker.get("exchange"), ticker.get("symbol")) if isinstance(ticker, Mapping) else ticker.partition(":")[::2]
    market = " ".join((exchange or "").upper().split())
    return MARKETS.get(market, market), (symbol or "").strip().upper()


def listings(company: Record) -> set[tuple[str, str]]:
    """The listings of a company."""
    return {listing(ticker) for ticker in company.get("tickers") or ()}


def close(one: float | None, other: float | None) -> bool:
    """Whether two numbers are the same figure, give or take rounding; False where one is null."""
    if one is None or other is None:
        return False
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other), 1e-12)


def asked(gold: Record, found: Record, *slots: str) -> bool:
    """Whether each number that the golden states stands in the found record."""
    return all(gold.get(slot) is None or close(gold[slot], found.get(slot)) for slot in slots)


def ends(record: Record) -> tuple[float | None, float | None]:
    """Both ends of a figure; they are equal but for a range, and one end stands for both where it stands alone."""
    value = record.get("value")
    if isinstance(value, list):
        return value[0], value[1]
    if value is not None:
        return value, value
    low, high = record.get("low"), record.get("high")
    return (high if low is None else low), (low if high is None else high)


def same_figure(gold: Record, found: Record) -> bool:
    """Whether both ends of two figures agree."""
    return all(close(a, b) for a, b in zip(ends(gold), ends(found), strict=True))


def same_unit(gold: str | None, found: str | None) -> bool:
    """Whether the golden asks for no unit or for this one; a bare "$" is any dollar."""
    if not gold or gold == found:
        return True
    return "$" in f"{gold}{found or ''}" and DOLLARS.sub("$", gold) == DOLLARS.sub("$", found or "")


def accepted(gold: Record, slot: str, value: object, alternatives: str | None = None) -> bool:
    """Whether a value is the golden's own, or one of those it accepts instead."""
    others = gold.get(alternatives or f"alt_{slot}")
    return value == gold.get(slot) or (others is not None and value in (others if isinstance(others, list) else [others]))


def asked_money(gold: Record, found: Record, *slots: str) -> bool:
    """Whether each amount that the golden states stands in the found record."""
    pairs = ((gold.get(slot), found.get(slot)) for slot in slots)
    return all(
        a is None or (b is not None and close(a.get("value"), b.get("value")) and same_unit(a.get("unit"), b.get("unit"))) for a, b in pairs
    )


def amounts_found(gold: Iterable[Record] | None, found: Iterable[Record] | None) -> list[bool]:
    """For each grade or contained metal of the golden, whether the found record states it."""
    have = tuple(found or ())
    return [
        any(
            g.get("commodity") in (None, f.get("commodity")) and same_figure(g, f) and same_unit(g.get("unit"), f.get("unit")) for f in have
        )
        for g in gold or ()
    ]


def same_amounts(gold: Record, found: Record, *slots: str) -> bool:
    """Whether every grade or contained metal of the golden stands in the found record."""
    return all(all(amounts_found(gold.get(slot), found.get(slot))) for slot in slots)


def interval(period: Any) -> tuple[str | None, str | None] | None:
    """First and last day of a period, written as a pair or as a record; None where there is none."""
    if not period:
        return None
    return (period.get("start"), period.get("end")) if isinstance(period, Mapping) else (period[0], period[1])


def same_period(gold: Any, found: Any) -> bool:
    """Whether the golden states no period or exactly this one."""
    return interval(gold) is None or interval(gold) == interval(found)


def periods_meet(gold: Any, found: Any) -> bool:
    """Whether the golden states no period or one that shares a day with this one."""
    a, b = interval(gold), interval(found)
    if a is None:
        return True
    if b is None or not all(a) or not all(b):
        return False
    return str(a[0]) <= str(b[1]) and str(b[0]) <= str(a[1])


def same_place(gold: str | None, found: str | None) -> bool:
    """Whether the golden states no place, or the places begin alike, or one name holds the other."""
    a, b = " ".join(words_of(gold)), " ".join(words_of(found))
    return not gold or a.split()[:1] == b.split()[:1] or a in b or bool(b and b in a)
