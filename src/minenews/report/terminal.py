"""An extraction in the terminal: one table for each record kind that the release has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from minenews.models import Extraction, Verdict
from minenews.report.rows import find_sections
from minenews.report.spans import colour_of, find_spans

VERDICT_STYLES = {Verdict.AGREES.value: "green", Verdict.ROUNDING.value: "yellow", Verdict.DISAGREES.value: "bold red"}


def summary(extraction: Extraction) -> RenderableType:
    """Everything that was read, as tables; record kinds that the release lacks are left out."""
    return Group(*(part for part in _parts(extraction) if not isinstance(part, Table) or part.row_count))


def coloured(text: str, extraction: Extraction) -> Text:
    """The text with the background of each span that was read in its colour."""
    shown = Text(text)
    for span in find_spans(extraction):
        shown.stylize(f"black on {colour_of(span.label)}", span.start, span.end)
    return shown


def legend(extraction: Extraction) -> Text:
    """The labels of all spans in their colours."""
    labels = dict.fromkeys(span.label for span in find_spans(extraction))
    return Text(" ").join(Text(f" {name} ", style=f"black on {colour_of(name)}") for name in labels)


def _parts(extraction: Extraction) -> Iterator[RenderableType]:
    yield _release(extraction)
    for section in find_sections(extraction):
        yield _table(section.title, section.columns, (cells for cells, _ in section.rows))
    yield _unlinked(extraction)


def _table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table of texts, without the columns that are empty in all rows; the signs before their names are those of `Section`."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    names = list(columns)
    cells = [[_text(cell, name) for cell, name in zip(row, names, strict=True)] for row in rows]
    filled = [any(column) for column in zip(*cells, strict=True)]
    for column in compress(names, filled):
        right, whole = column.startswith(">"), column == "id" or column.startswith((">", "="))
        table.add_column(column.lstrip(">=~"), justify="right" if right else "left", no_wrap=whole, overflow="fold")
    for row in cells:
        table.add_row(*compress(row, filled))
    if cells:
        table.add_row()
    return table


def _text(cell: object, column: str) -> Text:
    """A cell as text that is never read as markup; a name that may be cut ends in "…" where the terminal is too narrow for it."""
    written = "" if cell is None else str(cell)
    if column.startswith("~"):
        return Text(written, no_wrap=True, overflow="ellipsis")
    return Text(written, VERDICT_STYLES.get(written, "") if column == "verdict" else "")


def _release(extraction: Extraction) -> Table:
    release = extraction.release
    rows = (
        ("headline", release.headline),
        ("date", release.date),
        ("place", release.place),
        ("wire", release.wire),
        ("language", f"{release.language} (only English is read)" if release.language not in (None, "en") else None),
        ("currency", release.currency),
        ("fiscal year end", release.fiscal_year_end),
        ("refers to", ", ".join(str(reference.date) for reference in release.references)),
    )
    table = _table("Release", ("", ""), ((name, value) for name, value in rows if value))
    table.show_header = False
    return table


def _unlinked(extraction: Extraction) -> Text:
    """How many quantities were read, and those that stand in no record."""
    if not extraction.quantities:
        return Text("no quantities read", style="dim")
    loose = [quantity.as_written for quantity in extraction.quantities if not quantity.used_by]
    listed = f": {', '.join(' '.join(written.split()) for written in loose)}" if loose else ""
    return Text(f"{len(extraction.quantities)} quantities read, {len(loose)} of them in no record{listed}", style="dim")
