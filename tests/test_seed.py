"""The first release of the sample corpus end to end: all that its golden states, its evidence, and that one digit changes one figure."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

from minenews import Extraction, extract
from minenews.models import Verdict

CORPUS = Path(__file__).parent.parent / "corpus"
NAME = "dynacor-2017-07-21"
TEXT = (CORPUS / "releases" / f"{NAME}.txt").read_text(encoding="utf-8")
GOLD = json.loads((CORPUS / "gold" / f"{NAME}.json").read_text(encoding="utf-8"))


@functools.cache
def found() -> Extraction:
    return extract(TEXT)


@pytest.mark.parametrize("gold", GOLD["facts"], ids=lambda f: f"{f['metric']}-{f['value']}")
def test_fact_of_the_golden(gold: dict[str, object]) -> None:
    (fact,) = [f for f in found().facts if f.value == gold["value"] and f.metric == gold["metric"]]
    assert (fact.commodity, fact.unit, fact.basis) == (gold["commodity"], gold["unit"], gold["basis"])
    assert fact.period is not None
    assert [str(fact.period.start), str(fact.period.end)] == gold["period"]


def test_nothing_beyond_the_golden() -> None:
    for kind in ("facts", "changes", "events", "statuses", "quotes", "checks"):
        assert len(getattr(found(), kind)) == len(GOLD[kind]), kind


@pytest.mark.parametrize("gold", GOLD["changes"], ids=lambda c: str(c["percent"]))
def test_change_of_the_golden(gold: dict[str, object]) -> None:
    assert [c for c in found().changes if c.percent == gold["percent"] and c.metric == gold["metric"]]


def test_checks_of_the_golden() -> None:
    stated = sorted((c["kind"], abs(c["stated"]), c["verdict"]) for c in GOLD["checks"])
    assert sorted((c.kind.value, c.stated, c.verdict.value) for c in found().checks) == stated
    assert not [c for c in found().checks if c.verdict is Verdict.DISAGREES]


def test_a_figure_said_three_times_is_one_fact() -> None:
    (fact,) = [f for f in found().facts if f.value == 6895]
    places = [e.start for e in fact.evidence if e.slot == "value"]
    assert places == [i for i in range(len(TEXT)) if TEXT.startswith("6,895", i)]
    assert len(places) == 3 and fact.table is not None


TABLE = TEXT.index("2017 5,087")
CELLS = ["5,087", "6,203", "6,895", "18,185", "5,801", "5,859", "5,865", "17,525"]


@pytest.mark.parametrize("cell", CELLS)
def test_one_digit_of_the_table_changes_one_figure(cell: str) -> None:
    position = TEXT.index(cell, TABLE)
    digit = str((int(cell[-1]) + 3) % 10)
    changed = TEXT[: position + len(cell) - 1] + digit + TEXT[position + len(cell) :]
    old, new = float(cell.replace(",", "")), float(cell[:-1].replace(",", "") + digit)
    result = extract(changed)
    before, after = sorted(f.value or 0.0 for f in found().facts), sorted(f.value or 0.0 for f in result.facts)
    in_prose = cell in TEXT.replace(TEXT[TABLE : TEXT.index("(i)- Final")], "")
    assert after == sorted([*(v for v in before if in_prose or v != old), new])
    for kind in ("events", "statuses", "quotes", "assets", "companies", "people"):
        assert [r.model_dump(exclude={"evidence"}) for r in getattr(result, kind)] == [
            r.model_dump(exclude={"evidence"}) for r in getattr(found(), kind)
        ]
    (slip,) = [c for c in result.checks if c.verdict is Verdict.DISAGREES]
    assert new in {f.value for f in result.facts if f.id in slip.facts}
    untouched = [c for c in found().checks if old not in {f.value for f in found().facts if f.id in c.facts}]
    messages = {c.message for c in result.checks}
    assert all(c.message in messages for c in untouched)
