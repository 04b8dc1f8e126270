"""Score extractions against golden annotations: precision, recall and F1, record kind by record kind.

A golden is a JSON file named as its release. A kind that a golden does not annotate is not scored on that release; a golden
record marked `optional` is neither hit nor miss.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from minenews.corpus.compare import COMPARERS, Comparer, Level
from minenews.corpus.same import Names, Record, listings
from minenews.errors import InputError, MinenewsError
from minenews.extract import extract
from minenews.models import Extraction
from minenews.source.read import read_file

TICKERS = "tickers"  # compared as sets of listings, not record by record
KINDS = (*COMPARERS, TICKERS)
UNSCORED = "other"  # the metric of golden records that stand outside the vocabulary
TEXT_FOLDERS = ("releases", "text")


@dataclass
class Score:
    """Counts for one record kind: goldens, found records, and pairs that agree in core slots and in all slots."""

    gold: int = 0
    found: int = 0
    core: int = 0
    strict: int = 0

    def precision(self, hits: int) -> float:
        """The share of found records that are hits; 0 where nothing was found."""
        return hits / self.found if self.found else 0.0

    def recall(self, hits: int) -> float:
        """The share of golden records that were hit; 0 where there are none."""
        return hits / self.gold if self.gold else 0.0

    def f1(self, hits: int) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * hits / (self.gold + self.found) if hits else 0.0

    def add(self, other: Score) -> None:
        """Add the counts of another release."""
        self.gold += other.gold
        self.found += other.found
        self.core += other.core
        self.strict += other.strict


@dataclass(frozen=True)
class Miss:
    """A golden record that was not found, or a found one that no golden states (`extra`)."""

    release: str
    kind: str
    extra: bool
    record: Record


@dataclass
class Evaluation:
    """Scores over a folder, with what was missed and what was extra; `errors` names releases that could not be read."""

    scores: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in KINDS})
    misses: list[Miss] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    releases: int = 0

    def macro(self, hits: Callable[[Score], int]) -> float | None:
        """The mean F1 over all kinds with goldens; None where there is none."""
        rates = [score.f1(hits(score)) for score in self.scores.values() if score.gold]
        return sum(rates) / len(rates) if rates else None

    def rows(self) -> Iterator[tuple[str, Score]]:
        """The kinds with anything to score."""
        return ((kind, score) for kind, score in self.scores.items() if score.gold or score.found)


def evaluate_folder(folder: str | PathLike[str], *, run: Callable[..., Extraction] = extract) -> Evaluation:
    """Extract every release of FOLDER/releases (or FOLDER/text) that has a golden in FOLDER/gold, and score all of them.

    Raises InputError where the folder holds no such pair or a golden is malformed.
    """
    if not Path(folder).is_dir():
        raise InputError(f"{folder}: is not a folder; give a folder with releases/ and gold/")
    total = Evaluation()
    for name, text_file, gold in golden_pairs(Path(folder)):
        try:
            given = {key: dt.date.fromisoformat(value) for key, value in (gold.get("given") or {}).items()}
            found = run(read_file(text_file), **given).model_dump(mode="json")
        except MinenewsError as error:
            total.errors[name] = str(error)
            found = {}
        total.releases += 1
        for kind, score, misses in score_release(name, gold, found):
            total.scores[kind].add(score)
            total.misses.extend(misses)
    if not total.releases:
        raise InputError(f"{folder}: no golden in gold/ has a release of its name in {' or '.join(f'{f}/' for f in TEXT_FOLDERS)}")
    return total


def golden_pairs(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Name, text file and golden of every release of a folder that has both, by name."""
    texts = next((folder / name for name in TEXT_FOLDERS if (folder / name).is_dir()), folder)
    for golden in sorted((folder / "gold").glob("*.json")):
        if (text := texts / f"{golden.stem}.txt").exists():
            try:
                yield golden.stem, text, json.loads(golden.read_text(encoding="utf-8"))
            except ValueError as error:
                raise InputError(f"{golden}: is not JSON ({error})") from error


def score_release(name: str, gold: Record, found: Record) -> Iterator[tuple[str, Score, list[Miss]]]:
    """Counts and misses of one release, for every kind that its golden annotates."""
    names = Names.of(gold, found)
    for kind, compare in COMPARERS.items():
        wanted = records_of(gold, kind)
        if wanted is None:
            continue
        wanted = [record for record in wanted if record.get("metric") != UNSCORED]
        have = records_of(found, kind) or []
        optional = [record for record in wanted if record.get("optional")]
        wanted = [record for record in wanted if not record.get("optional")]
        pairs = pair(wanted, have, compare, names)
        matched = {j for _, j, _ in pairs}
        spare = [record for j, record in enumerate(have) if j not in matched]
        for record in optional:
            match = next((s for s in spare if compare(record, s, names)), None)
            if match is not None:
                spare.remove(match)
        strict = sum(agreement is Level.STRICT for *_, agreement in pairs)
        score = Score(gold=len(wanted), found=len(pairs) + len(spare), core=len(pairs), strict=strict)
        hit = {i for i, _, _ in pairs}
        missed = [Miss(name, kind, False, record) for i, record in enumerate(wanted) if i not in hit]
        yield kind, score, missed + [Miss(name, kind, True, record) for record in spare]
    yield TICKERS, *_score_tickers(name, gold, found)


def pair(gold: Sequence[Record], found: Sequence[Record], compare: Comparer, names: Names) -> list[tuple[int, int, Level]]:
    """Index pairs of records that are the same, each record in one pair at most: full agreement first, then core agreement."""
    pairs: list[tuple[int, int, Level]] = []
    open_gold, open_found = list(range(len(gold))), list(range(len(found)))
    levels = {(i, j): compare(gold[i], found[j], names) for i in open_gold for j in open_found}
    for wanted in (Level.STRICT, Level.CORE):
        for i in tuple(open_gold):
            j = next((j for j in open_found if levels[i, j] >= wanted), None)
            if j is not None:
                open_gold.remove(i)
                open_found.remove(j)
                pairs.append((i, j, wanted))
    return pairs


def records_of(document: Record, kind: str) -> list[Record] | None:
    """The records of one kind in a golden or an extraction; None where it does not annotate that kind."""
    events: Iterable[Record] = document.get("events") or ()
    if kind == "impacts":
        return [impact for event in events for impact in event.get("impacts") or ()] or None
    if kind == "earthquakes":
        return [event["details"] for event in events if event.get("kind") == "earthquake" and event.get("details")] or None
    if kind == "references":
        dates = (document.get("release") or {}).get("references")
        return None if dates is None else [date if isinstance(date, Mapping) else {"date": date} for date in dates]
    return document.get(kind)


def _score_tickers(name: str, gold: Record, found: Record) -> tuple[Score, list[Miss]]:
    wanted, have = ({pair for company in document.get("companies") or () for pair in listings(company)} for document in (gold, found))
    hits = len(wanted & have)
    misses = [Miss(name, TICKERS, t in have, {"ticker": ":".join(t)}) for t in sorted(wanted ^ have)]
    return Score(gold=len(wanted), found=len(have), core=hits, strict=hits), misses
