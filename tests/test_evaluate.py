"""Scoring: which pairs are the same record, and what is counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minenews import InputError
from minenews.corpus.compare import COMPARERS, Level
from minenews.corpus.evaluate import evaluate_folder, score_release
from minenews.corpus.same import Names, listing, same_asset_name, same_company, same_figure, same_person, same_unit

FACT = {"metric": "production", "commodity": "gold", "value": 5120, "unit": "oz", "period": ["2021-04-01", "2021-06-30"], "basis": "actual"}
FOUND_PERIOD = {"start": "2021-04-01", "end": "2021-06-30", "precision": "quarter", "label": "2021-Q2"}
FOUND = FACT | {"period": FOUND_PERIOD, "low": None, "high": None, "asset": "Brill mine"}
NAMES = Names.of({}, {})


def agreement(kind: str, gold: dict[str, Any], found: dict[str, Any], names: Names = NAMES) -> str:
    return COMPARERS[kind](gold, found, names).name


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "STRICT"),
        ({"value": 5130}, "STRICT"),  # within rounding
        ({"value": 5200}, "NONE"),
        ({"value": None, "low": 5000, "high": 5200}, "NONE"),
        ({"unit": "t"}, "NONE"),
        ({"commodity": "silver"}, "NONE"),
        ({"metric": "sales"}, "NONE"),
        ({"period": None}, "CORE"),
        ({"basis": "guidance"}, "CORE"),
    ],
)
def test_facts(change: dict[str, Any], expected: str) -> None:
    assert agreement("facts", FACT, FOUND | change) == expected


def test_a_slot_that_the_golden_leaves_null_is_not_asked_for() -> None:
    assert agreement("facts", FACT | {"period": None, "unit": None}, FOUND | {"period": None, "unit": "kg"}) == "STRICT"


def test_alternatives_of_the_golden_are_accepted() -> None:
    assert agreement("facts", FACT | {"alt_unit": ["kg", "t"]}, FOUND | {"unit": "t"}) == "STRICT"
    assert agreement("deals", {"kind": "royalty", "alt": "stream", "stage": "closed"}, {"kind": "stream", "stage": "closed"}) == "STRICT"


def test_ranges_are_compared_end_by_end() -> None:
    assert same_figure({"value": [10, 12]}, {"value": None, "low": 10, "high": 12})
    assert not same_figure({"value": [10, 12]}, {"value": 11})
    assert not same_figure({"value": None}, {"value": None})


def test_a_bare_dollar_is_any_dollar_but_no_other_money() -> None:
    assert same_unit("$/oz", "USD/oz")
    assert same_unit("CAD", "$")
    assert not same_unit("$", "EUR")
    assert not same_unit("USD", "CAD")


@pytest.mark.parametrize(
    ("same", "one", "other", "expected"),
    [
        (same_company, "Brill Metals Inc.", "Brill Metals Corporation", True),
        (same_company, "Brill Metals", "Brill Metals Holdings Ltd", True),
        (same_company, "Brill Metals", "Brilliant Metals", False),
        (same_company, "", "Brill", False),
        (same_person, "J. Ortega", "Juan Ortega", True),
        (same_person, "Ana Ortega", "Juan Ortega", False),
        (same_asset_name, "Brill gold mine", "Brill", True),
        (same_asset_name, "Brill North mine", "Brill South mine", False),
        (same_asset_name, "Néré", "Nere project", True),
    ],
)
def test_names(same: Any, one: str, other: str, expected: bool) -> None:
    assert same(one, other) is expected


def test_listings_are_one_whatever_the_exchange_is_called() -> None:
    assert listing("TSX-V: abc") == listing({"exchange": "TSX Venture", "symbol": "ABC"})
    assert listing("OTCQX:ABCDF") == listing("OTC:ABCDF") != listing("TSX:ABCDF")


def test_assets_are_the_same_by_any_name_they_go_by() -> None:
    gold = {"assets": [{"name": "Veta plant", "aliases": ["Chala plant"]}]}
    found = {"assets": [{"name": "Chala plant"}]}
    assert agreement("statuses", {"asset": "Veta plant", "state": "operating"}, {"asset": "Chala plant", "state": "operating"}) == "NONE"
    assert COMPARERS["statuses"](
        {"asset": "Veta plant", "state": "operating"}, {"asset": "Chala plant", "state": "operating"}, Names.of(gold, found)
    )


@pytest.mark.parametrize(
    ("kind", "gold", "found", "expected"),
    [
        ("changes", {"percent": -5, "metric": "production"}, {"percent": 5, "metric": "production"}, "STRICT"),
        ("changes", {"percent": None, "absolute": 5}, {"percent": None, "absolute": 5}, "NONE"),
        ("intercepts", {"length": 3.2, "grades": [], "hole": "BR-01"}, {"length": 3.2, "hole": "BR01"}, "STRICT"),
        ("intercepts", {"length": 3.2, "from": 10}, {"length": 3.2, "from": 11}, "CORE"),
        ("intercepts", {"length": 3.2, "included": True}, {"length": 3.2, "included": False}, "CORE"),
        ("resources", {"category": "inferred", "tonnes": 1e6, "kind": "resource"}, {"category": "inferred", "tonnes": 1e6}, "CORE"),
        ("resources", {"category": "inferred", "contained": [{"value": 5}]}, {"category": "inferred", "contained": [{"value": 5}]}, "CORE"),
        ("events", {"kind": "strike", "modality": "ongoing"}, {"kind": "strike", "modality": "occurred"}, "CORE"),
        ("events", {"kind": "flood", "date": ["2021-05-01", "2021-05-31"]}, {"kind": "flood", "date": FOUND_PERIOD}, "STRICT"),
        ("events", {"kind": "flood", "place": "Chala, Peru"}, {"kind": "flood", "place": "Chala"}, "STRICT"),
        ("people", {"name": "Ana Ortega", "role": "Chief Executive Officer"}, {"name": "A. Ortega", "role": "Financial Officer"}, "CORE"),
        ("checks", {"kind": "sum", "stated": 10, "verdict": "agrees"}, {"kind": "sum", "stated": 10, "verdict": "rounding"}, "CORE"),
        ("references", {"date": "2021-05-01"}, {"date": "2021-05-01"}, "STRICT"),
        ("quotes", {"speaker": "Ana Ortega"}, {"speaker": "Ana Ortega"}, "STRICT"),
    ],
)
def test_other_kinds(kind: str, gold: dict[str, Any], found: dict[str, Any], expected: str) -> None:
    if kind == "resources":
        gold = {"kind": "resource"} | gold
    if kind == "events":
        gold, found = {"modality": "occurred"} | gold, {"modality": "occurred"} | found
    assert agreement(kind, gold, found) == expected


def test_each_record_stands_in_one_pair_and_full_agreement_goes_first() -> None:
    gold = {"facts": [FACT | {"period": ["2020-01-01", "2020-12-31"]}, FACT]}
    found = {"facts": [FOUND, FOUND | {"value": 1}]}
    scores = {kind: (score, misses) for kind, score, misses in score_release("a", gold, found)}
    score, misses = scores["facts"]
    assert (score.gold, score.found, score.core, score.strict) == (2, 2, 1, 1)
    assert [(miss.extra, miss.record.get("value")) for miss in misses] == [(False, 5120), (True, 1)]
    assert (score.precision(1), score.recall(1), score.f1(1)) == (0.5, 0.5, 0.5)


def test_what_is_optional_or_outside_the_vocabulary_is_neither_hit_nor_miss() -> None:
    gold = {"facts": [FACT | {"optional": True}, {"metric": "other", "label": "headcount", "value": 12}]}
    with_it = {kind: score for kind, score, _ in score_release("a", gold, {"facts": [FOUND]})}["facts"]
    without = {kind: score for kind, score, _ in score_release("a", gold, {"facts": []})}["facts"]
    assert (with_it.gold, with_it.found) == (without.gold, without.found) == (0, 0)


def test_a_kind_that_the_golden_does_not_annotate_is_not_scored() -> None:
    kinds = [kind for kind, _, _ in score_release("a", {"facts": []}, {"facts": [FOUND], "events": [{"kind": "flood"}]})]
    assert kinds == ["facts", "tickers"]


def test_a_folder_is_scored_and_its_misses_are_named(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "releases" / "a.txt").write_text("Nothing to report.")
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"facts": [FACT], "given": {"released": "2021-07-09"}}))
    (tmp_path / "gold" / "unpaired.json").write_text("{}")
    result = evaluate_folder(tmp_path)
    assert (result.releases, result.scores["facts"].gold, result.scores["facts"].core) == (1, 1, 0)
    assert [(miss.release, miss.kind, miss.extra) for miss in result.misses] == [("a", "facts", False)]
    assert result.macro(lambda score: score.core) == 0


def test_a_release_that_cannot_be_read_counts_as_nothing_found(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "text" / "a.txt").write_bytes(b"\0\0\0\0")
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"facts": [FACT]}))
    result = evaluate_folder(tmp_path)
    assert list(result.errors) == ["a"]
    assert (result.scores["facts"].gold, result.scores["facts"].found) == (1, 0)


def test_a_folder_without_goldens_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no golden"):
        evaluate_folder(tmp_path)


def test_levels_are_ordered() -> None:
    assert Level.NONE < Level.CORE < Level.STRICT
