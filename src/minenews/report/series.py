"""Series in the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from minenews.corpus.series import Point, Reading, Series, Sum
from minenews.models import Verdict
from minenews.report.figures import figure, number, words

STYLES = {Verdict.AGREES: "green", Verdict.ROUNDING: "yellow", Verdict.DISAGREES: "bold red"}


def series_tables(lines: Iterable[Series]) -> RenderableType:
    """One table for each series: period, value, who said it first, what was restated, guidance, sums of parts."""
    return Group(*(part for line in lines for part in (_title(line), _table(line))))


def series_json(lines: Iterable[Series]) -> str:
    """The series as a JSON list, dates as ISO days, each point with what follows from its readings."""
    made = [asdict(line) for line in lines]
    for line, written in zip(lines, made, strict=True):
        for point, row in zip(line.points, written["points"], strict=True):
            row |= {"value": point.value, "against_guidance": point.against_guidance}
            row["revisions"] = [asdict(reading) for reading in point.revisions]
    return json.dumps(made, default=str, ensure_ascii=False, indent=2)


def title_of(line: Series) -> str:
    """What a series is of: asset, metric and unit, with what sets it apart from others."""
    share = [f"{number(line.share)}% share"] if line.share is not None else []
    notes = ", ".join([line.unit, *share, *map(words, line.qualifiers)])
    return f"{line.asset or 'whole company'}: {words(' '.join(filter(None, (line.commodity, line.metric))))} ({notes})"


def told_by(reading: Reading) -> str:
    """The day of a reading, or the release where it has none."""
    return reading.released.isoformat() if reading.released else reading.release


def revisions_text(point: Point) -> str:
    """Each restatement: the figure before, and who restated it."""
    restated = [f"was {figure(old)} until {told_by(new)}" for old, new in pairwise(point.revisions)]
    rivals = [f"also {', '.join(map(number, r.also))} in {r.release}" for r in point.actual if r.also]
    return "; ".join([*restated, *rivals])


def guidance_text(point: Point) -> str:
    """The guidance that the actual figure is held against, how it compares, and what the guidance was in other releases."""
    promised = point.promised
    if promised is None:
        return ""
    verdict = f"{point.against_guidance}: " if point.against_guidance else ""
    others = [f"{figure(r)} ({told_by(r)})" for r in point.promises if not r.is_same(promised)]
    also = f", elsewhere {', '.join(others)}" if others else ""
    return f"{verdict}{figure(promised)} ({told_by(promised)}){also}"


def sum_text(made: Sum, unit: str) -> str:
    """One sum of parts against the whole."""
    return f"{' + '.join(made.parts)} = {number(made.computed)}; stated {number(made.stated)} {unit}"


def _title(line: Series) -> Text:
    return Text(f"{line.company or 'unknown company'}, {title_of(line)}", style="bold")


def _table(line: Series) -> Table:
    table = Table(header_style="dim", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("period", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("first told", no_wrap=True)
    for name in ("restated", "guidance", "sums of parts"):
        table.add_column(name, overflow="fold")
    for point in line.points:
        table.add_row(
            point.period,
            number(point.value),
            Text(told_by((point.actual or point.guidance)[0])),
            Text(revisions_text(point), style="yellow"),
            Text(guidance_text(point), style="bold" if point.against_guidance in ("below", "above") else ""),
            Text("; ").join(Text(f"{made.verdict.value}: {sum_text(made, line.unit)}", style=STYLES[made.verdict]) for made in point.sums),
        )
    table.add_row()
    return table
