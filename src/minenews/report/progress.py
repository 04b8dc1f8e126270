"""A progress line for a run over many releases."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from minenews.corpus.pool import Outcome

EVERY = 0.2
"""Seconds between two drawings; they are drawn by hand, since worker processes are forked from a process without threads."""


@contextmanager
def progress() -> Iterator[Callable[[Outcome | None], None]]:
    """A function that takes each outcome (None: read by an earlier run), and draws rate and failures where a person looks on."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, auto_refresh=False, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("building the pipeline", total=None)
        counts = {"read": 0, "failed": 0, "read before": 0}
        started = drawn = time.monotonic()

        def tell(outcome: Outcome | None) -> None:
            nonlocal drawn
            counts["read before" if outcome is None else "failed" if outcome.error else "read"] += 1
            if outcome is not None and outcome.error:
                console.print(f"{outcome.file}: {outcome.error}", markup=False, highlight=False, soft_wrap=True)
            now = time.monotonic()
            if now - drawn >= EVERY:
                rate = (counts["read"] + counts["failed"]) / (now - started)
                told = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
                bar.update(task, description=f"{told}, {rate:.0f} a second")
                bar.refresh()
                drawn = now

        yield tell
