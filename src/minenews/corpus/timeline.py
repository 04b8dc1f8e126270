"""What many releases tell of each asset, in the order of time: its states and events, and where they contradict one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from minenews.corpus.same import KIND_WORDS, words_of
from minenews.models import Asset, AssetKind, Event, EventKind, Extraction, Modality, PeriodValue, Precision, State, Status

REAL = frozenset({Modality.OCCURRED, Modality.ONGOING})
STOPPED = frozenset({State.SUSPENDED, State.CARE_AND_MAINTENANCE, State.CLOSED})
WORKING = frozenset({State.OPERATING, State.RAMP_UP})
STARTS = frozenset({EventKind.RESTART, EventKind.FIRST_PRODUCTION, EventKind.COMMERCIAL_PRODUCTION})
NEAR = dt.timedelta(days=30)
"""Days of one kind of event that lie this near to each other are taken for two datings of one event."""

FAMILIES = {
    AssetKind.PLANT: "works",
    AssetKind.SMELTER: "works",
    AssetKind.REFINERY: "works",
    AssetKind.TAILINGS: "tailings",
    AssetKind.PORT: "port",
}
"""Kinds of asset that are not the mine of the same name."""


@dataclass(frozen=True)
class Entry:
    """A state or an event of an asset; `files` are the releases that tell it, `conflict` says what contradicts it."""

    date: dt.date | None
    when: str
    type: str
    what: str
    modality: str | None
    as_written: str | None
    files: tuple[str, ...]
    conflict: str | None = None


@dataclass
class Timeline:
    """One asset with its names in all releases and what they tell of it."""

    asset: str
    kind: AssetKind
    names: list[str]
    entries: list[Entry] = field(default_factory=list)


def build_timelines(releases: Iterable[tuple[str, Extraction]]) -> list[Timeline]:
    """The timeline of every asset of which some release (file, extraction) tells a state or an event, by name."""
    lines: dict[tuple[frozenset[str], str], Timeline] = {}
    for file, extraction in sorted(releases, key=lambda pair: (pair[1].release.date or dt.date.min, pair[0])):
        of_release = {asset.name: _line_of(lines, asset) for asset in extraction.assets}
        for name, entry in _entries(file, extraction):
            if name in of_release:
                _add(of_release[name], entry)
    found = [line for line in {id(line): line for line in lines.values()}.values() if line.entries]
    for line in found:
        line.entries = _with_conflicts(sorted(line.entries, key=lambda e: (e.date or dt.date.min, e.type != "event")))
    return sorted(found, key=lambda line: line.asset.lower())


def asset_keys(names: Sequence[str], kind: AssetKind) -> list[tuple[frozenset[str], str]]:
    """What two assets share if they are one: the telling words of any of their names, and their family."""
    family = FAMILIES.get(kind, "mine")
    keys = [(words, family) for name in names if (words := frozenset(words_of(name)) - KIND_WORDS)]
    return keys or [(frozenset(words_of(names[0])), family)]


def _line_of(lines: dict[tuple[frozenset[str], str], Timeline], asset: Asset) -> Timeline:
    """The timeline of an asset under any of its names, a new one where none is known."""
    names = [asset.name, *asset.aliases]
    keys = asset_keys(names, asset.kind)
    line = next((lines[key] for key in keys if key in lines), None) or Timeline(asset.name, asset.kind, [])
    for key in keys:
        lines.setdefault(key, line)
    line.names.extend(name for name in names if name not in line.names)
    return line


def _entries(file: str, extraction: Extraction) -> Iterator[tuple[str, Entry]]:
    """What one release tells: asset names with a state or an event each."""
    released = extraction.release.date
    for status in extraction.statuses:
        yield status.asset, _of_status(file, status, released)
    for event in extraction.events:
        for name in event.assets:
            yield name, _of_event(file, event, released)


def _of_status(file: str, status: Status, released: dt.date | None) -> Entry:
    date = status.as_of or released
    return Entry(date, date.isoformat() if date else "", "state", status.state.value, None, None, (file,))


def _of_event(file: str, event: Event, released: dt.date | None) -> Entry:
    when = event.date.label if event.date else ""
    return Entry(_day_of(event.date) or released, when, "event", event.kind.value, event.modality.value, event.as_written, (file,))


def _day_of(period: PeriodValue | None) -> dt.date | None:
    """The day that places a period among others: the day itself, else the last one of a longer time."""
    if period is None:
        return None
    return period.start if period.precision is Precision.DAY else period.end


def _add(line: Timeline, entry: Entry) -> None:
    """Put an entry into a timeline; what another release tells in the same way becomes one entry with it."""
    for number, known in enumerate(line.entries):
        if (known.type, known.what, known.modality, known.when) == (entry.type, entry.what, entry.modality, entry.when) and (
            known.when or known.files == entry.files
        ):
            line.entries[number] = replace(known, files=tuple(dict.fromkeys(known.files + entry.files)))
            return
    line.entries.append(entry)


def _with_conflicts(entries: list[Entry]) -> list[Entry]:
    """Entries in the order of time with what contradicts them."""
    marked: list[Entry] = []
    stop: Entry | None = None
    for number, entry in enumerate(entries):
        conflict = _rival(entry, entries[:number] + entries[number + 1 :])
        if entry.type == "event" and entry.what in STARTS and entry.modality in REAL:
            stop = None
        elif entry.type == "state" and entry.what in STOPPED and entry.date is not None:  # else nobody knows what came first
            stop = entry
        elif entry.type == "state" and entry.what in WORKING and stop is not None:
            conflict = conflict or f"{_said(stop)} on {stop.when}, and no restart is told"
            stop = None
        marked.append(replace(entry, conflict=conflict))
    return marked


def _rival(entry: Entry, others: list[Entry]) -> str | None:
    """What another release says against an entry: another state on the same day, another day for the same event."""
    for other in others:
        if other.type != entry.type or set(other.files) & set(entry.files) or entry.date is None or other.date is None:
            continue
        if entry.type == "state" and entry.date == other.date and entry.what != other.what:
            return f"{_said(other)} in {other.files[0]}"
        if entry.type != "event" or entry.what != other.what or not {entry.modality, other.modality} <= REAL:
            continue
        if len(entry.when) == len(other.when) == len("2024-05-04") and dt.timedelta(0) < abs(entry.date - other.date) <= NEAR:
            return f"{other.when} in {other.files[0]}"
    return None


def _said(entry: Entry) -> str:
    """What an entry tells, in words: the names of files beside it stay as they are."""
    return entry.what.replace("_", " ")
