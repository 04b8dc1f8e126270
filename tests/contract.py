"""What the contract promises of every extraction, as assertions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minenews import Extraction


def evidence_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every evidence in a dumped extraction."""
    if isinstance(value, dict):
        if {"slot", "start", "end", "text", "rule"} <= value.keys():
            yield value
        for inner in value.values():
            yield from evidence_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence_in(inner)


def check_contract(text: str, extraction: Extraction) -> None:
    """What the contract promises of every extraction."""
    dumped = extraction.model_dump(mode="json")
    for evidence in evidence_in(dumped):
        assert text[evidence["start"] : evidence["end"]] == evidence["text"]
        assert evidence["text"]
    for quantity in extraction.quantities:
        assert 0 <= quantity.start < quantity.end <= len(text)
    for period in extraction.periods:
        assert 0 <= period.offsets[0] < period.offsets[1] <= len(text)
    for table in extraction.tables:
        for cell in (*table.header, *(cell for row in table.rows for cell in row)):
            assert text[cell.start : cell.end] == cell.text
    records = [
        record
        for kind in ("facts", "changes", "intercepts", "resources", "deals", "events", "statuses", "quotes", "checks")
        for record in getattr(extraction, kind)
    ]
    ids = [record.id for record in records]
    assert len(ids) == len(set(ids))
    assert all(record.evidence for record in records if hasattr(record, "evidence"))
    used = {user for mark in (*extraction.quantities, *extraction.periods) for user in mark.used_by}
    assert used <= {*ids, *(table.id for table in extraction.tables)}
    assert {fact for change in extraction.changes for fact in (change.fact, change.against) if fact} <= set(ids)
    assert {fact for check in extraction.checks for fact in check.facts} <= set(ids)
    assert len({asset.name for asset in extraction.assets}) == len(extraction.assets)
    assert {record.asset for record in records if getattr(record, "asset", None)} <= {asset.name for asset in extraction.assets}
    assert Extraction.model_validate(dumped) == extraction
    assert Extraction.model_validate_json(extraction.model_dump_json()) == extraction
