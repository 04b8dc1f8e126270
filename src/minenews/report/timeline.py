"""The timelines of assets in the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from minenews.corpus.timeline import Entry, Timeline


def timeline_tables(lines: Iterable[Timeline]) -> RenderableType:
    """One table for each asset: when, what, in which releases, and what contradicts it."""
    return Group(*(_table(line) for line in lines))


def timeline_json(lines: Iterable[Timeline]) -> str:
    """The timelines as a JSON list, dates as ISO days."""
    return json.dumps([asdict(line) for line in lines], default=str, ensure_ascii=False, indent=2)


def _table(line: Timeline) -> Table:
    title = f"{line.asset} ({line.kind.value.replace('_', ' ')})"
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("date", no_wrap=True)
    for name in ("what", "told in", "conflict"):
        table.add_column(name, overflow="fold")
    for entry in line.entries:
        table.add_row(
            entry.when or (f"told {entry.date}" if entry.date else "undated"),
            _what(entry),
            ", ".join(entry.files),
            Text(entry.conflict or "", style="bold red"),
        )
    table.add_row()
    return table


def _what(entry: Entry) -> Text:
    """A state in bold, an event with its modality where it is no plain fact."""
    words = entry.what.replace("_", " ")
    if entry.type == "state":
        return Text(words, style="bold")
    return Text(words if entry.modality == "occurred" else f"{words} ({entry.modality})")
