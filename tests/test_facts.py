"""Facts of the prose: one test for each row of tests/rules/facts.csv, and what holds for all of them.

Expected: `metric|commodity|value unit|period|basis` and, where it matters, `|asset`; several joined by "; " in reading order.
A range is written `low-high`. Empty: the sentence gives no fact.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from minenews.marks.read import read_page
from minenews.models import Basis, Bound, Fact
from minenews.records.facts import link_facts
from minenews.vocab.load import load_rows

RELEASED = dt.date(2024, 10, 15)
with (Path(__file__).parent / "rules" / "facts.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def facts_of(text: str) -> tuple[Fact, ...]:
    return link_facts(read_page(text, released=RELEASED))


def written(fact: Fact) -> str:
    """A fact in the compact form of the rule table."""
    value = f"{fact.value:.10g}" if fact.value is not None else f"{fact.low:.10g}-{fact.high:.10g}"
    period = fact.period.label if fact.period else ""
    return f"{fact.metric.value}|{fact.commodity or ''}|{value} {fact.unit}|{period}|{fact.basis.value}|{fact.asset or ''}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["input"][:70])
def test_fact_row(row: dict[str, str]) -> None:
    expected = row["expected"].split("; ") if row["expected"] else []
    found = [written(f) for f in facts_of(row["input"])]
    shown = [f if e.count("|") == 5 else f.rpartition("|")[0] for f, e in zip(found, expected, strict=False)]
    assert shown + found[len(expected) :] == expected, row["why"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["input"][:70])
def test_evidence_stands_in_the_text(row: dict[str, str]) -> None:
    text = row["input"]
    for fact in facts_of(text):
        assert any(e.slot == "value" for e in fact.evidence)
        assert all(text[e.start : e.end] == e.text for e in fact.evidence)


def test_a_fifth_of_the_rows_gives_nothing() -> None:
    assert len(ROWS) >= 250
    assert sum(not row["expected"] for row in ROWS) >= len(ROWS) / 5


@pytest.mark.parametrize("row", load_rows("other_amounts"), ids=lambda row: row["form"])
def test_amount_of_another_kind_is_no_fact(row: dict[str, str]) -> None:
    assert facts_of(row["example"] + " was recorded in Q2 2024.") == ()


def test_a_figure_said_twice_is_one_fact() -> None:
    text = "Halden Produces 6,895 Ounces of Gold in June 2024\n\nGold production of the Redhill mine was 6,895 oz in June 2024."
    (fact,) = facts_of(text)
    assert [e.text for e in fact.evidence if e.slot == "value"] == ["6,895 Ounces", "6,895 oz"]


def test_bounds() -> None:
    (fact,) = facts_of("The Redhill mine produced more than 10,000 ounces of gold in Q2 2024.")
    assert fact.bound is Bound.MIN and fact.low == 10_000
    (fact,) = facts_of("Guidance for 2025 is 95,000 to 105,000 ounces of gold produced.")
    assert (fact.value, fact.low, fact.high, fact.bound, fact.basis) == (None, 95_000, 105_000, Bound.RANGE, Basis.GUIDANCE)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Record gold production of 31,200 ounces was achieved in Q2 2024.", "record"),
        ("Preliminary gold production was 31,200 ounces in Q2 2024.", "preliminary"),
        ("Adjusted EBITDA was US$31 million in Q2 2024.", "adjusted"),
        ("Cash costs net of by-products were US$9.85 per ounce of silver in Q2 2024.", "net_of_by_products"),
        ("Gold production is running at an annualized 90,000 ounces.", "annualized"),
    ],
)
def test_qualifiers(text: str, qualifier: str) -> None:
    (fact,) = facts_of(text)
    assert qualifier in fact.qualifiers


def test_share_of_a_basis() -> None:
    (fact,) = facts_of("On a 50% basis, gold production was 44,000 ounces in Q3 2024.")
    assert fact.share == 50


def test_boilerplate_gives_no_fact() -> None:
    text = (
        "Halden Reports Second Quarter\n\nGold production was 6,895 oz in June 2024.\n\nAbout Halden Resources\n\n"
        "Halden Resources produced 120,000 ounces of gold in 2019.\n\nForward-Looking Statements\n\n"
        "This release contains forward-looking statements, such as that production will be 90,000 ounces of gold in 2025."
    )
    assert [f.value for f in facts_of(text)] == [6895]


def test_a_sentence_said_again_and_again_gives_its_facts_once() -> None:
    sentence = "The Redhill mine produced 10,432 oz of gold in Q2 2024 (Q1 2024: 9,871 oz), up 6% on AISC of US$1,204 per ounce. "

    assert [fact.value for fact in facts_of(sentence * 200)] == [fact.value for fact in facts_of(sentence)]
