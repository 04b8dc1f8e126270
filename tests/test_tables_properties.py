"""What holds for any table.

Printed in any layout it is rebuilt cell for cell, and a lost cell never moves a figure under another header.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minenews.marks.page import Page
from minenews.tables.grid import Grid, find_grids
from minenews.tables.lattice import plain

LABELS = (
    "Ore milled (t)",
    "Head grade (g/t)",
    "Gold recovery (%)",
    "Gold produced (oz)",
    "Gold sold (oz)",
    "Cash cost ($/oz)",
    "Waste mined (kt)",
)
HEADS = ("Q1 2014", "Q2 2014", "Q3 2014", "Q4 2014", "Q1 2015", "Q2 2015", "Q3 2015", "Q4 2015")
RULE = "-" * 76

Rows = list[tuple[str, list[str]]]


def figures() -> st.SearchStrategy[str]:
    whole = st.integers(3000, 900_000).map(lambda n: f"{n:,}")
    decimal = st.integers(100, 9999).map(lambda n: f"{n / 100:.2f}")
    return st.one_of(whole, decimal, decimal.map(lambda d: f"({d})"))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], Rows]:
    width = draw(st.integers(2, 6))
    count = draw(st.integers(4, 7))
    return list(HEADS[:width]), [(LABELS[n], draw(st.lists(figures(), min_size=width, max_size=width))) for n in range(count)]


def in_pipes(heads: list[str], rows: Rows) -> str:
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    return "\n".join(lines + [f"| {label} | " + " | ".join(cells) + " |" for label, cells in rows])


def in_dashes(heads: list[str], rows: Rows) -> str:
    body = [f"{label} {' '.join(cells)}" for label, cells in rows]
    return f" {RULE} ".join(["", " ".join(heads), *body, ""]).strip()


def in_columns(heads: list[str], rows: Rows) -> str:
    size = max(len(cell) for cells in [heads, *(cells for _, cells in rows)] for cell in cells) + 4
    return "\n".join(f"{label:26}" + "".join(f"{cell:>{size}}" for cell in cells) for label, cells in [("", heads), *rows])


def in_tabs(heads: list[str], rows: Rows) -> str:
    return "\n".join("\t".join([label, *cells]) for label, cells in [("Item", heads), *rows])


def in_cells(heads: list[str], rows: Rows) -> str:
    return "\n\n".join(part for label, cells in [("Item", heads), *rows] for part in [label, *cells])


def in_bars(heads: list[str], rows: Rows) -> str:
    """One cell a line with bars between the cells; an empty column stands behind every figure."""
    lines = ["|"]
    for label, cells in [("Item", heads), *rows]:
        lines += [label, "|", *(part for cell in cells for part in [cell, "|", "|"])]
    return "\n".join(lines)


LAYOUTS = {"pipes": in_pipes, "dashes": in_dashes, "columns": in_columns, "tabs": in_tabs, "cells": in_cells, "bars": in_bars}


def read(table: str) -> tuple[Grid, ...]:
    return find_grids(cast(Page, SimpleNamespace(text=f"Quarterly production\n\n{table}\n\nThe mine ran as it was planned.\n")))


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables())
def test_a_printed_table_is_rebuilt_cell_for_cell(layout: str, table: tuple[list[str], Rows]) -> None:
    heads, rows = table
    grids = read(LAYOUTS[layout](heads, rows))
    assert len(grids) == 1
    (grid,) = grids
    assert grid.sure
    assert [plain(grid.heads(c)[-1].text) for c in range(1, grid.width)] == heads
    assert [(row.label.text, [plain(c.text) for c in row.cells[1:]]) for row in grid.rows] == rows


@pytest.mark.parametrize("layout", [*LAYOUTS, "bars, lost"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables(), data=st.data())
def test_a_lost_cell_moves_no_figure_under_another_header(layout: str, table: tuple[list[str], Rows], data: st.DataObject) -> None:
    heads, rows = table
    at = data.draw(st.integers(0, len(rows)))
    column = data.draw(st.integers(0, len(heads) - 1))
    lost_heads, lost_rows = list(heads), [(label, list(cells)) for label, cells in rows]
    line = lost_heads if at == len(rows) else lost_rows[at][1]
    if layout in {"columns", "bars"}:
        line[column] = ""  # the others stay where they stand
    else:
        del line[column]
    truth = {(label, head): cell for label, cells in rows for head, cell in zip(heads, cells, strict=True)}
    for grid in read(LAYOUTS[layout.partition(",")[0]](lost_heads, lost_rows)):
        for row in grid.rows if grid.sure else ():
            for c in range(1, grid.width):
                if row.sure and grid.heads(c) and row.cells[c].text:
                    assert truth.get((row.label.text, plain(grid.heads(c)[-1].text))) in (None, plain(row.cells[c].text))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_thousands_of_rows_keeps_them_all(layout: str) -> None:
    rows = [(f"{LABELS[n % 7]} {chr(97 + n % 26)}", [f"{n + 3000:,}", f"{n + 4000:,}", f"{n + 5000:,}"]) for n in range(5000)]
    printed = LAYOUTS[layout](list(HEADS[:3]), rows)
    assert sum(len(grid.rows) for grid in read(printed)) >= 5000


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "(",
        "( ",
        ") ",
        "|",
        "| ",
        "1|",
        "-",
        "- ",
        "A",
        "A ",
        "1\n",
        "\n",
        "A\n1\n",
        "\t",
        "1\t2\n",
        "a  1\n",
        "12,345 ",
        "$ ",
        "| 1 |\n",
        "Q1 ",
        "2014 ",
        "- - ",
        "--------------- 1 ",
        "(1) ",
    ],
)
def test_hostile_text_gives_grids_of_its_own_words(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    for grid in find_grids(cast(Page, SimpleNamespace(text=text))):
        assert all(text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row.cells if cell.text)


@pytest.mark.parametrize("width", range(1, 9))
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n", "\n\u00a0\n", "\n\n\n\n\n", " |\n"])
@pytest.mark.parametrize("corner", ["", "Los Hornos mine"])
def test_cells_on_lines_are_rebuilt_at_every_width_and_gap(width: int, gap: str, corner: str) -> None:
    rows = [(label, [f"{n * 1000 + i * 37 + 5000:,}" for i in range(width)]) for n, label in enumerate(LABELS[:5], start=1)]
    cells = [*([corner] if corner else []), *HEADS[:width], *(cell for label, values in rows for cell in (label, *values))]
    end = " |" if "|" in gap else ""
    text = f"The company tells of the mine below.\n\n{gap.join(cells)}{end}\n\nThe mine went well in the quarter, as the plant did.\n"
    grids = find_grids(cast(Page, SimpleNamespace(text=text)))
    assert len(grids) == 1
    assert grids[0].sure
    assert [plain(cell.text) for cell in grids[0].header[-1][1:]] == list(HEADS[:width])
    assert [[plain(cell.text) for cell in row.cells] for row in grids[0].rows] == [[label, *values] for label, values in rows]
