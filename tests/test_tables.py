"""Tables written by hand in every layout, each with the grid, facts, changes, intercepts and resources that it must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from minenews.marks.read import read_page
from minenews.models import Change, Fact, Intercept, Resource
from minenews.records.drill_tables import intercepts_of_tables
from minenews.records.resource_tables import resources_of_tables
from minenews.records.table_changes import link_table_changes
from minenews.records.table_facts import link_table_facts
from minenews.records.table_plan import read_plans
from minenews.tables.grid import Grid, as_table, find_grids
from minenews.tables.lattice import plain

FOLDER = Path(__file__).parent / "golden" / "tables"
CASES = sorted(FOLDER.glob("*.txt"))


def read_case(path: Path) -> dict[str, str]:
    """The parts of a case: lines `--- name` part them; `why` says what it shows, `text` is the release."""
    parts: dict[str, list[str]] = {}
    name = "why"
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("--- ") and line[4:] in {"text", "grid", "facts", "changes", "intercepts", "resources"}:
            name = line[4:]
            parts[name] = []
        else:
            parts.setdefault(name, []).append(line)
    return {key: "\n".join(lines).strip("\n") for key, lines in parts.items()}


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def show_grid(grid: Grid) -> list[str]:
    lines = [f"{grid.form} {'sure' if grid.sure else 'unsure'}: {plain(grid.title.text) if grid.title else ''}"]
    lines += ["= " + " | ".join(plain(cell.text) for cell in row) for row in grid.header]
    lines += [("  " if row.sure else "? ") + " | ".join(plain(cell.text) for cell in row.cells) for row in grid.rows]
    return [line.rstrip() for line in lines]


def show_fact(fact: Fact) -> str:
    value = number(fact.value) if fact.value is not None else f"{number(fact.low)}..{number(fact.high)}"
    period = fact.period.label if fact.period else "-"
    return " ".join(
        [fact.metric, fact.commodity or "-", value, fact.unit, period, fact.basis, *([f"@ {fact.asset}"] if fact.asset else [])]
    )


def show_change(change: Change) -> str:
    return " ".join(
        [
            change.metric or "-",
            change.commodity or "-",
            number(change.percent) or "-",
            number(change.absolute) or "-",
            f"{change.fact}<-{change.against}",
        ]
    )


def show_intercept(record: Intercept) -> str:
    grades = ", ".join(
        f"{g.value:g} {g.unit} {g.commodity}" + ("" if g.capped is None else " cut" if g.capped else " uncut") for g in record.grades
    )
    depths = f"{number(record.from_) or '-'} {number(record.to) or '-'} {number(record.length)} {record.length_unit}"
    width = f" true {number(record.true_width)}" if record.true_width is not None else ""
    return f"{record.hole or '-'} {depths}{width}: {grades}" + (f" in {record.parent}" if record.included else "")


def show_resource(record: Resource) -> str:
    grades = ", ".join(f"{g.value:g} {g.unit} {g.commodity}" for g in record.grades)
    metal = ", ".join(f"{c.value:.10g} {c.unit} {c.commodity}" for c in record.contained)
    amount = f"{record.kind} {record.category} {number(record.tonnes) or '-'} t: {grades}; {metal}"
    return f"{amount}; {record.cutoff or '-'}; {record.effective_date or '-'}"


def show(text: str) -> dict[str, str]:
    """What the tables of a text give, part by part."""
    page = read_page(text)
    grids = find_grids(page)
    plans = read_plans(page, grids)
    facts = link_table_facts(page, plans)
    return {
        "grid": "\n".join(line for grid in grids for line in show_grid(grid)),
        "facts": "\n".join(show_fact(fact) for fact in facts),
        "changes": "\n".join(show_change(change) for change in link_table_changes(page, plans, facts)),
        "intercepts": "\n".join(show_intercept(record) for record in intercepts_of_tables(page, grids)),
        "resources": "\n".join(show_resource(record) for record in resources_of_tables(page, grids)),
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_table_gives_its_grid_and_records(path: Path) -> None:
    case = read_case(path)
    found = show(case["text"])
    for part in ("grid", "facts", "changes", "intercepts", "resources"):
        assert found[part] == case.get(part, ""), f"{path.name}: {part}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_cell_and_every_piece_of_evidence_is_a_stretch_of_the_text(path: Path) -> None:
    text = read_case(path)["text"]
    page = read_page(text)
    grids = find_grids(page)
    for grid in grids:
        table = as_table(grid)
        assert text[grid.start : grid.end].strip()
        assert len({len(row) for row in table.rows} | {len(table.header)}) == 1
        for cell in [c for row in (table.header, *table.rows) for c in row]:
            assert text[cell.start : cell.end] == cell.text
    records = [*link_table_facts(page, read_plans(page, grids)), *intercepts_of_tables(page, grids), *resources_of_tables(page, grids)]
    for evidence in [e for record in records for e in record.evidence]:
        assert text[evidence.start : evidence.end] == evidence.text


def test_the_folder_holds_tables_that_must_stay_unread() -> None:
    unread = [path for path in CASES if not any(read_case(path).get(part) for part in ("facts", "intercepts", "resources"))]
    assert len(unread) >= 10


@pytest.mark.parametrize(
    ("written", "value"),
    [("CDN$16,250", 16_250_000), ("A$16,250", 16_250_000), ("$16.2 million", 16_200_000), ("CDN$16.2 million", 16_200_000)],
)
def test_money_before_words_takes_the_scale_of_its_table_unless_it_has_its_own(written: str, value: float) -> None:
    text = f"| (in $000s) | Q2 2021 |\n|---|---|\n| Revenue | {written} due to fewer ounces sold |\n| Cash | $9,310 held at the bank |\n"
    page = read_page(text)
    assert [fact.value for fact in link_table_facts(page, read_plans(page, find_grids(page)))] == [value, 9_310_000]
