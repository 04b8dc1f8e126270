"""Scores and misses of an evaluation, for the terminal and for docs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from rich.table import Table

from minenews.corpus.evaluate import Evaluation, Score

COLUMNS = ("kind", "gold", "found", "core P", "R", "F1", "strict P", "R", "F1")
UNTOLD = frozenset({"id", "evidence", "table"})  # slots of a found record that say nothing about a miss


def score_table(result: Evaluation, kinds: Collection[str] | None = None) -> Table:
    """Precision, recall and F1 of each record kind, on core slots and on all slots."""
    table = Table(title=f"{result.releases} releases", title_justify="left", box=None, header_style="dim", padding=(0, 2, 0, 0))
    for position, column in enumerate(COLUMNS):
        table.add_column(column, justify="right" if position else "left")
    for row in score_rows(result, kinds):
        table.add_row(*row)
    return table


def score_rows(result: Evaluation, kinds: Collection[str] | None = None) -> Iterator[tuple[str, ...]]:
    """The cells of the score table, row by row; the last row is the mean F1 over the kinds that have goldens."""
    for kind, score in result.rows():
        if kinds is None or kind in kinds:
            yield kind, str(score.gold), str(score.found), *_rates(score, score.core), *_rates(score, score.strict)
    core, strict = result.macro(lambda s: s.core), result.macro(lambda s: s.strict)
    if kinds is None and core is not None and strict is not None:
        yield "mean", "", "", "", "", f"{core:.3f}", "", "", f"{strict:.3f}"


def miss_lines(result: Evaluation, kinds: Collection[str] | None = None) -> Iterator[str]:
    """One line for every record missed, or found where no golden states it."""
    for miss in result.misses:
        if kinds is None or miss.kind in kinds:
            told = {slot: value for slot, value in miss.record.items() if slot not in UNTOLD and value not in (None, [], "")}
            yield f"{miss.release} {miss.kind} {'EXTRA ' if miss.extra else 'MISSED'} {json.dumps(told, ensure_ascii=False)}"


def _rates(score: Score, hits: int) -> tuple[str, str, str]:
    return f"{score.precision(hits):.3f}", f"{score.recall(hits):.3f}", f"{score.f1(hits):.3f}"
