"""What the contract promises of every extraction, over the releases of the sample corpus."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from contract import check_contract

from minenews import Bound, Extraction, extract

RELEASES = sorted(Path(__file__).parents[1].joinpath("corpus", "releases").glob("*.txt"))
TEXTS = pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
KINDS = ("facts", "changes", "intercepts", "resources", "deals", "events", "statuses", "quotes", "checks")


@cache
def read(path: Path) -> tuple[str, Extraction]:
    text = path.read_text(encoding="utf-8")
    return text, extract(text)


def folded(text: str) -> str:
    return " ".join(text.split())


def test_there_are_releases() -> None:
    assert len(RELEASES) >= 20


@TEXTS
def test_evidence_ids_links_and_json(path: Path) -> None:
    check_contract(*read(path))


@TEXTS
def test_the_same_text_gives_the_same_json(path: Path) -> None:
    text, extraction = read(path)
    assert extract(text).model_dump_json() == extraction.model_dump_json()


@TEXTS
def test_evidence_has_no_blank_edges_and_names_its_rule(path: Path) -> None:
    _, extraction = read(path)
    named = (*extraction.companies, *extraction.people, *extraction.assets, *extraction.places)
    records = [r for kind in KINDS for r in getattr(extraction, kind) if hasattr(r, "evidence")]
    for record in (extraction.release, *named, *records):
        for evidence in record.evidence:
            assert evidence.text == evidence.text.strip() != ""
            assert evidence.slot
            assert evidence.rule
    assert all(r.evidence for r in (*named, *records))


@TEXTS
def test_names_are_keys(path: Path) -> None:
    _, extraction = read(path)
    known = {kind: [r.name for r in getattr(extraction, kind)] for kind in ("companies", "people", "assets", "places")}
    for kind, names in known.items():
        assert [name for name, count in Counter(names).items() if count > 1] == [], kind
    companies, assets = set(known["companies"]), set(known["assets"])
    assert {p.company for p in extraction.people} <= {None, *companies}
    assert {f.company for f in extraction.facts} <= {None, *companies}
    assert {c for e in extraction.events for c in e.companies} <= companies
    assert {d.counterparty for d in extraction.deals} <= {None, *companies, *known["people"]}
    assert {a.place for a in extraction.assets} <= {None, *known["places"]}
    assert {q.speaker for q in extraction.quotes} <= set(known["people"])
    for kind in ("facts", "intercepts", "resources", "deals", "statuses"):
        assert {r.asset for r in getattr(extraction, kind)} <= {None, *assets}, kind
    for event in extraction.events:
        assert set(event.assets) <= assets
        assert {i.target for i in event.impacts if i.target_kind == "asset"} <= assets


@TEXTS
def test_figures_are_as_written(path: Path) -> None:
    text, extraction = read(path)
    for quantity in extraction.quantities:
        assert folded(text[quantity.start : quantity.end]) == quantity.as_written
    for period in extraction.periods:
        assert folded(text[slice(*period.offsets)]) == period.as_written
        assert period.start is None or period.end is None or period.start <= period.end
    for fact in extraction.facts:
        assert (fact.value is None) == (fact.bound is Bound.RANGE), "a range keeps both ends, and no midpoint"
        assert "value" in {e.slot for e in fact.evidence}


@TEXTS
def test_reading_order(path: Path) -> None:
    _, extraction = read(path)
    orders = {
        "quantities": [q.start for q in extraction.quantities],
        "periods": [p.offsets[0] for p in extraction.periods],
        "tables": [t.start for t in extraction.tables],
        "facts": [min(e.start for e in f.evidence if e.slot == "value") for f in extraction.facts],
    }
    for kind, order in orders.items():
        assert order == sorted(order), kind
