"""Deals, case by case: each input goes on where a plain dateline ends; and every row of the deal vocabularies."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from minenews.marks.read import read_page
from minenews.models import Deal, Money
from minenews.records.deals import link_deals
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import PatternIndex, compile_pattern

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "deals.csv").open(encoding="utf-8")))
LEAD = '# Ardoch Gold Provides Corporate Update\n\nVANCOUVER, BC - May 4, 2021 - Ardoch Gold Corp. (TSXV: ADG) ("Ardoch" or the "Company") '
VOCABULARY = [(name, row) for name in ("deals", "stages") for row in load_rows(name)]


def check(deal: Deal, wanted: str) -> None:
    """Compare a deal with "kind stage slot=value slot=value"; asset and counterparty may be the start of the full name."""
    head, *slots = re.split(r"\s(?=\w+=)", wanted)
    assert f"{deal.kind} {deal.stage}" == head
    for slot in slots:
        name, _, value = slot.partition("=")
        found = getattr(deal, name)
        if name in ("asset", "counterparty"):
            assert found is not None
            assert found.startswith(value)
        elif isinstance(found, Money):
            assert f"{found.value:g} {found.unit}" == f"{float(value.split()[0]):g} {value.split()[1]}"
        else:
            assert found == float(value)


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    text = LEAD + row["input"]
    deals = link_deals(read_page(text))
    wanted = row["expected"].split(" // ") if row["expected"] else []
    assert [f"{d.kind} {d.stage}" for d in deals] == [" ".join(w.split()[:2]) for w in wanted]
    for deal, want in zip(deals, wanted, strict=True):
        check(deal, want)
        for evidence in deal.evidence:
            assert text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(("name", "row"), VOCABULARY, ids=[f"{name}-{row['pattern']}" for name, row in VOCABULARY])
def test_vocabulary(name: str, row: dict[str, str]) -> None:
    pattern = compile_pattern(row["pattern"])
    assert PatternIndex([pattern]).candidates(row["example"].lower()) == [0]
    assert any(pattern.matches(row["example"], row["example"].lower()))
    assert not row["near_miss"] or not any(pattern.matches(row["near_miss"], row["near_miss"].lower()))
