"""What many releases state of one figure: its value period by period, with revisions, guidance and sums across releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from minenews.corpus.same import company_words
from minenews.corpus.timeline import asset_keys
from minenews.models import AssetKind, Verdict
from minenews.records.checks import SUMMABLE, judge, written_place

if TYPE_CHECKING:
    from minenews.corpus.store import Corpus

Row = Mapping[str, Any]

DESCRIBING = frozenset({"record", "preliminary", "year_to_date"})
"""Qualifiers that say something about a figure, but do not make it another one."""

ABOUT = 0.02
"""Share by which a figure written with "about" may lie off."""


@dataclass(frozen=True)
class Reading:
    """A figure as one release states it; `also` are other values that this release gives for the same."""

    release: str
    released: dt.date | None
    fact: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    as_written: str
    also: tuple[float, ...] = ()

    @property
    def place(self) -> float:
        """How far off the figure may be as it is written."""
        off = written_place(self.as_written, self.value)
        return max(off, ABOUT * abs(self.value or 0.0)) if self.bound == "about" else off

    def is_same(self, other: Reading) -> bool:
        """Whether both are the same figure, give or take what is left out by rounding."""
        mine, others = (self.value, self.low, self.high), (other.value, other.low, other.high)
        if [v is None for v in mine] != [v is None for v in others]:
            return False
        near = max(self.place, other.place)
        return all(a is None or b is None or abs(a - b) <= near * (1 + 1e-9) for a, b in zip(mine, others, strict=True))


@dataclass(frozen=True)
class Sum:
    """Figures of parts of a period against that of the whole, of several releases."""

    whole: str
    parts: tuple[str, ...]
    stated: float
    computed: float
    verdict: Verdict
    releases: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """One period: all actual figures and all guidance, a reading for each release, the oldest first."""

    period: str
    precision: str
    start: dt.date
    end: dt.date
    actual: tuple[Reading, ...]
    guidance: tuple[Reading, ...]
    sums: tuple[Sum, ...] = ()

    @property
    def value(self) -> float | None:
        """The actual figure, in the most exact writing of its last revision; None where there is only guidance."""
        return self.current.value if self.current else None

    @property
    def current(self) -> Reading | None:
        """The reading that gives the value."""
        if not self.actual:
            return None
        last = self.revisions[-1]
        return min((r for r in self.actual if r.is_same(last)), key=lambda reading: reading.place)

    @property
    def revisions(self) -> tuple[Reading, ...]:
        """The actual figure as first seen, and each one that restates it."""
        return _turns(self.actual)

    @property
    def promised(self) -> Reading | None:
        """The last guidance before the actual figure; the last one where there is no such figure yet."""
        before = [r for r in self.guidance if not self.actual or _day(r) <= _day(self.actual[0])]
        return before[-1] if before else None

    @property
    def promises(self) -> tuple[Reading, ...]:
        """The guidance as first seen, and each one that changes it."""
        return _turns(self.guidance)

    @property
    def against_guidance(self) -> str | None:
        """Whether the actual figure lies below, within or above the last guidance before it."""
        stated, promised = self.current, self.promised
        if stated is None or stated.value is None or promised is None:
            return None
        low = promised.low if promised.value is None else promised.value
        high = promised.high if promised.value is None else promised.value
        slack = max(stated.place, promised.place) / 2
        if low is not None and promised.bound != "max" and stated.value < low - slack:
            return "below"
        if high is not None and promised.bound != "min" and stated.value > high + slack:
            return "above"
        return "within"


@dataclass(frozen=True)
class Series:
    """One figure of a company or of one of its assets, through time. `company` is None where a release names no issuer."""

    company: str | None
    asset: str | None
    metric: str
    commodity: str | None
    unit: str
    share: float | None
    qualifiers: tuple[str, ...]
    points: tuple[Point, ...]


def load_series(
    corpus: Corpus, *, company: str | None = None, metric: str | None = None, asset: str | None = None, commodity: str | None = None
) -> list[Series]:
    """The series of a folder of results; `company` and `asset` are words of a name. A release that repeats another one is left out."""
    facts = corpus.facts
    if metric is not None:
        import pyarrow.compute as pc

        facts = facts.filter(pc.equal(facts.column("metric"), metric))
    heads = corpus.releases.select(["release", "date", "issuer", "duplicate_of"]).to_pylist()
    found = build_series(heads, corpus.assets.to_pylist(), facts.to_pylist())
    return [line for line in found if _holds(line.company, company) and _holds(line.asset, asset) and commodity in (None, line.commodity)]


def build_series(releases: Iterable[Row], assets: Iterable[Row], facts: Iterable[Row]) -> list[Series]:
    """The series that rows of the tables `releases`, `assets` and `facts` make, by company, asset, metric and commodity.

    Facts without a whole period, and those that are neither actual nor guidance, belong to none.
    """
    heads = {row["release"]: row for row in releases if row["duplicate_of"] is None}
    names = _Names(heads, assets)
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for fact in facts:
        if fact["release"] in heads and fact["period_start"] and fact["period_end"] and fact["basis"] in ("actual", "guidance"):
            groups.setdefault(names.key(fact), []).append({**fact, "released": heads[fact["release"]]["date"]})
    made = (_series(names, key, rows) for key, rows in groups.items())
    return sorted((line for line in made if line.points), key=_order)


class _Names:
    """Tells which names of companies and assets are one and the same."""

    def __init__(self, heads: Mapping[str, Row], assets: Iterable[Row]) -> None:
        self._heads = heads
        self.companies: dict[object, str] = {}
        self.assets: dict[object, str] = {}
        self._lines: dict[object, object] = {}
        self._of_release: dict[tuple[str, str], object] = {}
        for row in sorted((row for row in assets if row["release"] in heads), key=self._when):
            issuer = self._company(row["release"], None)
            keys = [(issuer, key) for key in asset_keys([row["asset"], *(row["aliases"] or ())], AssetKind(row["kind"]))]
            line = next((self._lines[key] for key in keys if key in self._lines), keys[0])
            for key in keys:
                self._lines.setdefault(key, line)
            self._of_release[row["release"], row["asset"]] = line
            self.assets.setdefault(line, row["asset"])

    def key(self, fact: Row) -> tuple[Any, ...]:
        """What a fact is a figure of."""
        company = self._company(fact["release"], fact["company"])
        asset = self._of_release.get((fact["release"], fact["asset"]), fact["asset"]) if fact["asset"] else None
        qualifiers = tuple(sorted(set(fact["qualifiers"] or ()) - DESCRIBING))
        return company, asset, fact["metric"], fact["commodity"], fact["unit"], fact["share"], qualifiers

    def _company(self, release: str, name: str | None) -> object:
        """The words of a company's name; where a release names none, its companies are not those of other releases."""
        name = name or self._heads[release]["issuer"]
        key: object = company_words(name) or (release,)
        if name:
            self.companies.setdefault(key, name)
        return key

    def _when(self, row: Row) -> tuple[dt.date, str]:
        return self._heads[row["release"]]["date"] or dt.date.min, row["release"]


def _series(names: _Names, key: tuple[Any, ...], rows: list[Row]) -> Series:
    """One series of the facts that share a key."""
    company, asset, metric, commodity, unit, share, qualifiers = key
    rows.sort(key=_span)
    points = [_point(list(of)) for _, of in groupby(rows, key=_span)]
    points = [point for point in points if point.actual or point.guidance]
    if metric in SUMMABLE:
        points = [_with_sums(point, points) for point in points]
    known = names.assets.get(asset, asset)
    return Series(names.companies.get(company), known, metric, commodity, unit, share, qualifiers, tuple(points))


def _point(rows: list[Row]) -> Point:
    """One period of a series."""
    first = rows[0]
    actual = [row for row in rows if row["basis"] == "actual" and row["value"] is not None and row["bound"] in ("exact", "about")]
    guidance = [row for row in rows if row["basis"] == "guidance"]
    start, end = first["period_start"], first["period_end"]
    return Point(first["period"], first["precision"], start, end, tuple(_readings(actual)), tuple(_readings(guidance)))


def _readings(rows: Iterable[Row]) -> Iterator[Reading]:
    """One reading for each release, the oldest first.

    Of several values in one release the one that an earlier release gives is taken, else the most exact, else the first.
    """
    earlier: Reading | None = None
    for _, of in groupby(sorted(rows, key=_when), key=_when):
        found = sorted(map(_reading, of), key=lambda reading: (reading.bound == "about", reading.place))
        chosen = next((reading for reading in found if earlier is not None and reading.is_same(earlier)), found[0])
        also = dict.fromkeys(r.value for r in found if r.value is not None and not r.is_same(chosen))
        earlier = Reading(**{**vars(chosen), "also": tuple(also)})
        yield earlier


def _reading(row: Row) -> Reading:
    return Reading(row["release"], row["released"], row["id"], row["value"], row["low"], row["high"], row["bound"], row["as_written"])


def _turns(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The first reading, and each that is not the same as the one in force before it."""
    kept: list[Reading] = []
    for reading in readings:
        if not kept or not reading.is_same(kept[-1]):
            kept.append(reading)
    return tuple(kept)


def _with_sums(whole: Point, points: Sequence[Point]) -> Point:
    """A point with the sums of its parts: months, quarters or halves that cover it, or a first and a last part."""
    stated = whole.current
    inside = [p for p in points if p is not whole and p.actual and whole.start <= p.start and p.end <= whole.end]
    if stated is None or len(inside) < 2:
        return whole
    chains = [[p for p in inside if p.precision == precision] for precision in ("month", "quarter", "half")]
    chains += [[a, b] for a in inside if a.start == whole.start for b in inside if b.end == whole.end]
    covering = {tuple(p.period for p in chain): chain for chain in chains if _covers(chain, whole)}
    sums = (_sum(whole.period, stated, chain) for chain in covering.values())
    return Point(**{**vars(whole), "sums": tuple(made for made in sums if len(made.releases) > 1)})


def _covers(chain: Sequence[Point], whole: Point) -> bool:
    """Whether periods in the order of time cover another one without gap or overlap."""
    if len(chain) < 2 or chain[0].start != whole.start or chain[-1].end != whole.end:
        return False
    return all((b.start - a.end).days == 1 for a, b in pairwise(chain))


def _sum(whole: str, stated: Reading, chain: Sequence[Point]) -> Sum:
    """The sum of the parts of a period against its stated figure."""
    parts = [point.current for point in chain if point.current is not None]
    computed = sum(part.value or 0.0 for part in parts)
    slack = sum(part.place for part in parts) / 2
    verdict = judge(stated.value or 0.0, computed - slack, computed + slack, stated.place)
    releases = tuple(dict.fromkeys(reading.release for reading in (stated, *parts)))
    return Sum(whole, tuple(point.period for point in chain), stated.value or 0.0, round(computed, 6), verdict, releases)


def _when(row: Row) -> tuple[dt.date, str]:
    return row["released"] or dt.date.min, row["release"]


def _span(row: Row) -> tuple[dt.date, int]:
    """The last day of a period and its length: a year stands behind its last quarter."""
    return row["period_end"], (row["period_end"] - row["period_start"]).days


def _day(reading: Reading) -> dt.date:
    return reading.released or dt.date.min


def _holds(name: str | None, words: str | None) -> bool:
    """Whether a name holds the words asked for."""
    return words is None or words.lower() in (name or "").lower()


def _order(line: Series) -> tuple[str, ...]:
    share = "" if line.share is None else f"{line.share:09.4f}"
    return line.company or "", line.metric, line.asset or "", line.commodity or "", line.unit, share, *line.qualifiers
