"""Checks: verdicts, written places, each kind of arithmetic, and that only comparable figures are ever compared."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minenews.models import (
    Basis,
    Bound,
    Change,
    Check,
    CheckKind,
    Contained,
    Deal,
    DealKind,
    Evidence,
    Fact,
    Grade,
    Intercept,
    Metric,
    Money,
    PeriodValue,
    Precision,
    Resource,
    ResourceCategory,
    Stage,
    Verdict,
)
from minenews.records.checks import judge, last_place, link_checks

LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def months(first: int, last: int, year: int = 2023) -> PeriodValue:
    """The months `first` to `last` of a year."""
    label = {0: f"{year}-{first:02}", 2: f"{year}-Q{last // 3}", 5: f"{year}-H{last // 6}", 11: str(year)}.get(last - first)
    start, end = dt.date(year, first, 1), dt.date(year, last, LAST_DAY[last - 1])
    precision = {0: Precision.MONTH, 2: Precision.QUARTER, 5: Precision.HALF, 11: Precision.YEAR}.get(last - first, Precision.RANGE)
    return PeriodValue(start=start, end=end, precision=precision, label=label or f"{start}/{end}")


def fact(
    number: int,
    value: float,
    period: PeriodValue | None,
    metric: Metric = Metric.PRODUCTION,
    commodity: str | None = "gold",
    unit: str = "oz",
    basis: Basis = Basis.ACTUAL,
    asset: str | None = None,
    written: str = "",
) -> Fact:
    return Fact(
        id=f"f{number}",
        metric=metric,
        commodity=commodity,
        value=value,
        unit=unit,
        as_written=written or f"{value:,.10g} {unit}",
        period=period,
        basis=basis,
        asset=asset,
        company=None,
        evidence=(),
    )


def change(percent: float | None = None, absolute: float | None = None, unit: str | None = None, written: str = "") -> Change:
    slot = "percent" if percent is not None else "absolute"
    evidence = (Evidence(slot=slot, start=0, end=len(written), text=written, rule="test"),)
    direction = "up" if (percent or absolute or 0) > 0 else "down"
    return Change.model_validate(
        {"id": "c1", "metric": "production", "commodity": "gold", "percent": percent, "absolute": absolute, "unit": unit,
         "direction": direction, "fact": "f1", "against": "f2", "as_written": written, "evidence": evidence}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "computed", "place", "verdict"),
    [
        (18.0, 17.56, 1.0, Verdict.AGREES),
        (17.6, 17.56, 0.1, Verdict.AGREES),
        (17.0, 17.56, 1.0, Verdict.ROUNDING),
        (20.0, 17.56, 1.0, Verdict.DISAGREES),
        (18185.0, 18185.0, 1.0, Verdict.AGREES),
        (18186.0, 18185.0, 1.0, Verdict.ROUNDING),
        (18187.0, 18185.0, 1.0, Verdict.DISAGREES),
    ],
)
def test_judge(stated: float, computed: float, place: float, verdict: Verdict) -> None:
    assert judge(stated, computed, computed, place) is verdict


@pytest.mark.parametrize(
    ("written", "scale", "place"),
    [
        ("6,895 oz", 1.0, 1.0),
        ("2.1 Moz", 1e6, 1e5),
        ("4.21 g/t", 1.0, 0.01),
        ("18%", 1.0, 1.0),
        ("17.25%", 1.0, 0.01),
        ("65 170oz", 1.0, 1.0),
    ],
)
def test_last_place(written: str, scale: float, place: float) -> None:
    assert last_place(written, scale) == pytest.approx(place)


SUMS = {
    "months of a quarter": ((5087.0, 6203.0, 6895.0), 18185.0, [(4, 4), (5, 5), (6, 6)], (4, 6)),
    "quarters of a half": ((17125.0, 18185.0), 35310.0, [(1, 3), (4, 6)], (1, 6)),
    "halves of a year": ((35310.0, 40000.0), 75310.0, [(1, 6), (7, 12)], (1, 12)),
    "quarters of a year": ((10.0, 20.0, 30.0, 41.0), 101.0, [(1, 3), (4, 6), (7, 9), (10, 12)], (1, 12)),
    "a half and a quarter of nine months": ((35310.0, 20000.0), 55310.0, [(1, 6), (7, 9)], (1, 9)),
}


@pytest.mark.parametrize("name", SUMS)
def test_sums(name: str) -> None:
    values, total, parts, whole = SUMS[name]
    facts = [fact(0, total, months(*whole)), *(fact(n, v, months(*p)) for n, (v, p) in enumerate(zip(values, parts, strict=True), start=1))]
    (check,) = link_checks(facts, ())
    assert (check.kind, check.stated, check.computed, check.verdict) == (CheckKind.SUM, total, total, Verdict.AGREES)
    assert check.facts == tuple(f.id for f in facts)
    wrong = [facts[0].model_copy(update={"value": total + 50, "as_written": f"{total + 50:,.0f} oz"}), *facts[1:]]
    (check,) = link_checks(wrong, ())
    assert check.verdict is Verdict.DISAGREES


def test_no_sum_over_a_gap() -> None:
    assert link_checks([fact(0, 60, months(1, 9)), fact(1, 20, months(1, 3)), fact(2, 20, months(7, 9))], ()) == ()


@pytest.mark.parametrize(
    ("percent", "written", "verdict"),
    [
        (18.0, "18%", Verdict.AGREES),
        (17.6, "17.6%", Verdict.AGREES),
        (17.0, "17%", Verdict.ROUNDING),
        (25.0, "25%", Verdict.DISAGREES),
        (-18.0, "18%", Verdict.DISAGREES),
    ],
)
def test_percent_change(percent: float, written: str, verdict: Verdict) -> None:
    (check,) = link_checks([fact(1, 6895, months(6, 6)), fact(2, 5865, months(6, 6, 2022))], [change(percent, written=written)])
    assert (check.kind, check.computed, check.verdict) == (CheckKind.PERCENT_CHANGE, 17.56, verdict)


def test_difference() -> None:
    facts = [fact(1, 6895, months(6, 6)), fact(2, 5865, months(6, 6, 2022))]
    (check,) = link_checks(facts, [change(absolute=1030, unit="oz", written="1,030 ounces")])
    assert (check.kind, check.computed, check.verdict) == (CheckKind.DIFFERENCE, 1030, Verdict.AGREES)


@pytest.mark.parametrize(("ounces", "verdict"), [(22_350.0, Verdict.AGREES), (25_000.0, Verdict.DISAGREES)])
def test_recovery(ounces: float, verdict: Verdict) -> None:
    quarter = months(7, 9)
    (check,) = link_checks(
        [
            fact(1, ounces, quarter),
            fact(2, 412_000, quarter, Metric.ORE_PROCESSED, None, "t"),
            fact(3, 1.85, quarter, Metric.GRADE, "gold", "g/t", written="1.85 g/t"),
            fact(4, 91.2, quarter, Metric.RECOVERY, "gold", "%", written="91.2%"),
        ],
        (),
    )
    assert (check.kind, check.verdict) == (CheckKind.RECOVERY, verdict)
    assert check.computed == pytest.approx(412_000 * 1.85 * 0.912 / 31.1034768, abs=0.01)


@pytest.mark.parametrize(("length", "verdict"), [(12.4, Verdict.AGREES), (12.5, Verdict.ROUNDING), (14.4, Verdict.DISAGREES)])
def test_interval(length: float, verdict: Verdict) -> None:
    drilled = Intercept(
        id="i1", hole="RH-12", from_=110.0, to=122.4, length=length, length_unit="m", grades=(), asset=None, as_written="", evidence=()
    )
    (check,) = link_checks((), (), [drilled])
    assert (check.kind, check.verdict) == (CheckKind.INTERVAL, verdict)


@pytest.mark.parametrize(("ounces", "verdict"), [(243_000.0, Verdict.AGREES), (343_000.0, Verdict.DISAGREES)])
def test_contained_metal(ounces: float, verdict: Verdict) -> None:
    line = Resource(
        id="r1",
        kind="resource",
        category=ResourceCategory.INDICATED,
        tonnes=4.2e6,
        grades=(Grade(commodity="gold", value=1.8, unit="g/t"),),
        contained=(Contained(commodity="gold", value=ounces, unit="oz"),),
        asset=None,
        evidence=(),
    )
    (check,) = link_checks((), (), (), [line])
    assert (check.kind, check.verdict) == (CheckKind.CONTAINED_METAL, verdict)


@pytest.mark.parametrize(("gross", "verdict"), [(1_000_000.0, Verdict.AGREES), (1_500_000.0, Verdict.DISAGREES)])
def test_proceeds(gross: float, verdict: Verdict) -> None:
    deal = Deal(
        id="d1",
        kind=DealKind.PRIVATE_PLACEMENT,
        stage=Stage.CLOSED,
        gross=Money(value=gross, unit="CAD"),
        securities=5e6,
        security_kind="units",
        price=Money(value=0.2, unit="CAD"),
        warrant_price=None,
        warrant_months=None,
        counterparty=None,
        asset=None,
        stake=None,
        date=None,
        as_written="",
        evidence=(),
    )
    (check,) = link_checks((), (), (), (), [deal])
    assert (check.kind, check.verdict) == (CheckKind.PROCEEDS, verdict)


PERIODS = st.sampled_from([months(n, n) for n in range(1, 7)] + [months(1, 3), months(4, 6), months(1, 6), months(1, 12), None])
FACTS = st.lists(
    st.builds(
        fact,
        st.just(0),
        st.integers(1, 9).map(float),
        PERIODS,
        st.sampled_from([Metric.PRODUCTION, Metric.SALES]),
        st.sampled_from(["gold", "silver", None]),
        st.sampled_from(["oz", "t"]),
        st.sampled_from([Basis.ACTUAL, Basis.GUIDANCE]),
        st.sampled_from([None, "Redhill mine"]),
    ),
    max_size=14,
).map(lambda facts: [f.model_copy(update={"id": f"f{n}"}) for n, f in enumerate(facts, start=1)])


def scopes(facts: list[Fact], check: Check) -> set[tuple[object, ...]]:
    return {(f.metric, f.commodity, f.unit, f.basis, f.asset) for f in facts if f.id in check.facts}


@settings(max_examples=200, deadline=None)
@given(FACTS, st.data())
def test_only_figures_of_one_scope_are_compared(facts: list[Fact], data: st.DataObject) -> None:
    changes = []
    if len(facts) > 1:
        pairs = data.draw(st.lists(st.tuples(st.sampled_from(facts), st.sampled_from(facts)), max_size=4))
        changes = [change(10.0, written="10%").model_copy(update={"fact": a.id, "against": b.id}) for a, b in pairs]
    for check in link_checks(facts, changes):
        assert len(scopes(facts, check)) == 1
    subset = [f for f in facts if data.draw(st.booleans())]
    for check in link_checks(subset, changes):
        assert set(check.facts) <= {f.id for f in subset}
        assert len(scopes(subset, check)) == 1


@settings(max_examples=100, deadline=None)
@given(FACTS)
def test_parts_of_a_sum_tile_its_period(facts: list[Fact]) -> None:
    by_id = {f.id: f for f in facts}
    for check in link_checks(facts, ()):
        whole, *parts = (by_id[i].period for i in check.facts)
        assert whole is not None and all(p is not None and p.start and p.end for p in parts)
        spans = [(p.start, p.end) for p in parts if p is not None and p.start and p.end]
        assert (spans[0][0], spans[-1][1]) == (whole.start, whole.end)
        assert all(nxt[0] - this[1] == dt.timedelta(days=1) for this, nxt in pairwise(spans))


def test_ranges_are_never_compared() -> None:
    ranged = fact(1, 10, months(1, 3)).model_copy(update={"value": None, "low": 9.0, "high": 11.0, "bound": Bound.RANGE})
    assert link_checks([fact(0, 30, months(1, 6)), ranged, fact(2, 20, months(4, 6))], ()) == ()
