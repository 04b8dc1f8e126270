"""The marked page: everything that was read in a release before anything is linked.

A `Page` is made once by `read_page` and never edited. All offsets index the caller's text.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Protocol, TypeVar

from minenews.marks.asset_neighbours import find_neighbours
from minenews.marks.flow import fold_case
from minenews.models import Asset, Bound, Company, Evidence, PeriodValue, Person, Place, Precision, Release
from minenews.text.layout import Block, Layout


class Spanned(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Spanned)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of prose, of a heading or of a bullet; `block` is its index in `layout.blocks`."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity as read. `signed` is "+" or "-" where the figure carries a sign or stands in loss parentheses."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str
    dimension: str
    as_written: str
    rule: str
    signed: str = ""
    commodity: str | None = None

    @property
    def amount(self) -> float:
        """One number to compare by: the value, or the upper end of a range."""
        number = self.value if self.value is not None else self.high if self.high is not None else self.low
        assert number is not None
        return number


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period as read. `year_to_date` where the words say so; `relative` where the context gave the dates."""

    start: int
    end: int
    value: PeriodValue
    as_written: str
    rule: str
    relative: bool = False
    year_to_date: bool = False

    @property
    def precision(self) -> Precision:
        return self.value.precision


@dataclass(frozen=True, slots=True)
class Word:
    """A vocabulary word in the text: `label` is the vocabulary (metric, commodity, cue, ...), `key` the term that it stands for."""

    start: int
    end: int
    label: str
    key: str
    rule: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text names a company, person, asset or place; `name` is the canonical name of the record."""

    start: int
    end: int
    label: str
    name: str
    rule: str


@dataclass(frozen=True)
class Page:
    """The marked release."""

    text: str
    released: dt.date | None
    layout: Layout
    release: Release
    sentences: tuple[Sentence, ...]  # outside tables, in reading order
    quantities: tuple[Measure, ...]
    periods: tuple[Stretch, ...]
    words: tuple[Word, ...]
    company_mentions: tuple[Mention, ...]
    people_mentions: tuple[Mention, ...]
    asset_mentions: tuple[Mention, ...]
    place_mentions: tuple[Mention, ...]
    companies: tuple[Company, ...]
    people: tuple[Person, ...]
    assets: tuple[Asset, ...]
    places: tuple[Place, ...]

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, with every offset the same."""
        return fold_case(self.text)

    @cached_property
    def issuer(self) -> Company | None:
        """The company that speaks, if one could be told."""
        return next((c for c in self.companies if c.role == "issuer"), None)

    @cached_property
    def first_asset_mentions(self) -> dict[str, int]:
        """Where the news first names each asset, by canonical name, in reading order."""
        first: dict[str, int] = {}
        for mention in self.asset_mentions:
            if mention.name not in first and self.is_news(mention.start):
                first[mention.name] = mention.start
        return first

    @cached_property
    def neighbours(self) -> frozenset[str]:
        """The names of assets that are only landmarks or compared with."""
        return find_neighbours(self)

    @cached_property
    def _block_starts(self) -> list[int]:
        return [b.start for b in self.layout.blocks]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _asset_mentions_by_name(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self.asset_mentions:
            found.setdefault(mention.name, []).append(mention)
        return found

    def mention_of_asset(self, name: str | None, position: int) -> Mention | None:
        """Where the text last named an asset before a position, else where it first names it; None for no asset."""
        mentions = self._asset_mentions_by_name.get(name or "", [])
        return mentions[max(0, bisect_right(mentions, position, key=lambda m: m.start) - 1)] if mentions else None

    def block_at(self, position: int) -> Block:
        """The layout block that holds a position."""
        return self.layout.blocks[max(0, bisect_right(self._block_starts, position) - 1)]

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds a position, None inside tables and between blocks."""
        index = bisect_right(self._sentence_starts, position) - 1
        if index >= 0 and position < self.sentences[index].end:
            return self.sentences[index]
        return None

    def is_news(self, position: int) -> bool:
        """Whether a position lies outside boilerplate (about, forward-looking, contact)."""
        return self.block_at(position).section == "body"

    def evidence(self, slot: str, start: int, end: int, rule: str) -> Evidence:
        """Evidence for one slot; the text is sliced here, so that it always matches."""
        return Evidence(slot=slot, start=start, end=end, text=self.text[start:end], rule=rule)

    def written(self, start: int, end: int) -> str:
        """The text of a span with white space folded."""
        return " ".join(self.text[start:end].split())


_START = attrgetter("start")


def within(spans: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Those of `spans` (sorted, not overlapping) that lie wholly in [start, end)."""
    first = bisect_left(spans, start, key=_START)
    last = bisect_left(spans, end, first, key=_START)
    found = spans[first:last]
    return found[:-1] if found and found[-1].end > end else found
