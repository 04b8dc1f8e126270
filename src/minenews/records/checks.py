"""Checks: arithmetic on what the release states, of figures of one metric, commodity, scope and basis only.

A stated figure agrees when the computed one rounds to it at the precision written; `rounding` when it lies within one unit
of the last written place; else it disagrees. Inputs are written figures too, so the computed value has a range of its own:
it agrees where any value of that range does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from minenews.models import Bound, Change, Check, CheckKind, Deal, Fact, Intercept, Resource, Verdict

SUMMABLE = frozenset({"production", "sales", "ore_mined", "waste_mined", "material_mined", "ore_processed", "metres_drilled", "revenue"})
DIGITS = re.compile(r"[0-9][0-9,\u00a0\u202f ]*(?:\.([0-9]+))?")
FEWEST_PARTS = 2
MOST_PARTS = 60
"""Figures of one kind and scope beyond which no sums are sought, so that time does not grow with their square."""

TROY = 31.1034768


def link_checks(
    facts: Sequence[Fact],
    changes: Sequence[Change],
    intercepts: Sequence[Intercept] = (),
    resources: Sequence[Resource] = (),
    deals: Sequence[Deal] = (),
) -> tuple[Check, ...]:
    """All checks that the records allow, with ids k1, k2, ..."""
    made = [
        *_changes(facts, changes),
        *_sums(facts),
        *_recoveries(facts),
        *_intervals(intercepts),
        *_residuals(intercepts),
        *_contained(resources),
        *_proceeds(deals),
    ]
    return tuple(c.model_copy(update={"id": f"k{n}"}) for n, c in enumerate(made, start=1))


def last_place(written: str, scale: float = 1.0) -> float:
    """One unit of the last written place: 1 for "6,895 oz", 100000 for "2.1 Moz" (given scale 1e6), 0.01 for "4.21"."""
    match = DIGITS.search(written)
    decimals = len(match[1]) if match and match[1] else 0
    return scale * 10.0**-decimals


def written_place(written: str, value: float | None) -> float:
    """One unit of the last written place of a figure, in the unit of its value."""
    match = DIGITS.search(written)
    if not match or not value:
        return last_place(written)
    digits = float("".join(match[0].replace(",", "").split()))
    return last_place(written, abs(value) / digits if digits else 1.0)


def place_of(fact: Fact) -> float:
    """One unit of the last written place of a fact, in its unit."""
    return written_place(fact.as_written, fact.value)


def judge(stated: float, low: float, high: float, place: float) -> Verdict:
    """The verdict on a stated figure, for a computed one that may lie anywhere in [low, high]."""
    if low - place / 2 - 1e-9 * abs(stated) <= stated <= high + place / 2 + 1e-9 * abs(stated):
        return Verdict.AGREES
    if low - place - 1e-9 * abs(stated) <= stated <= high + place + 1e-9 * abs(stated):
        return Verdict.ROUNDING
    return Verdict.DISAGREES


def _number(fact: Fact) -> float | None:
    return fact.value if fact.bound in (Bound.EXACT, Bound.ABOUT) else None


def _figure(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _scope(fact: Fact) -> tuple[object, ...]:
    return (
        fact.metric,
        fact.commodity,
        fact.unit,
        fact.basis,
        fact.asset,
        fact.company,
        fact.share,
        fact.qualifiers if "adjusted" in fact.qualifiers else (),
    )


def _changes(facts: Sequence[Fact], changes: Sequence[Change]) -> Iterator[Check]:
    """Stated percentages and differences against the two figures that they compare."""
    by_id = {f.id: f for f in facts}
    for change in changes:
        new, old = by_id.get(change.fact or ""), by_id.get(change.against or "")
        if new is None or old is None or _scope(new) != _scope(old):
            continue
        a, b = _number(new), _number(old)
        if a is None or b is None or b == 0 or a * b < 0:
            continue
        if change.absolute is not None and change.unit == new.unit:
            stated = abs(change.absolute)
            slack = (place_of(new) + place_of(old)) / 2 if min(place_of(new), place_of(old)) > 1 else 0.0
            verdict = judge(stated, abs(a - b) - slack, abs(a - b) + slack, last_place(_written(change, "absolute")))
            yield Check(
                id="k",
                kind=CheckKind.DIFFERENCE,
                stated=stated,
                computed=round(abs(a - b), 6),
                verdict=verdict,
                facts=(new.id, old.id),
                message=f"{_figure(a)} - {_figure(b)} = {_figure(a - b)}; stated {_figure(change.absolute)} {change.unit}",
            )
        if change.percent is not None:
            stated, computed = abs(change.percent), abs(a / b - 1) * 100
            if (a > b) != (change.percent > 0) and computed > 1:
                verdict = Verdict.DISAGREES
            else:
                da, db = place_of(new) / 2, place_of(old) / 2
                ends = (
                    [abs((a + x) / (b + y) - 1) * 100 for x in (-da, da) for y in (-db, db)]
                    if max(da / abs(a), db / abs(b)) > 0.0005
                    else [computed]
                )
                verdict = judge(stated, min(ends), max(ends), last_place(_written(change, "percent")))
            yield Check(
                id="k",
                kind=CheckKind.PERCENT_CHANGE,
                stated=stated,
                computed=round(computed, 2),
                verdict=verdict,
                facts=(new.id, old.id),
                message=f"{_figure(b)} to {_figure(a)} is {'+' if a >= b else '-'}{computed:.2f}%; stated {_figure(change.percent)}%",
            )


def _written(change: Change, slot: str) -> str:
    return next((e.text for e in change.evidence if e.slot == slot), change.as_written)


def _sums(facts: Sequence[Fact]) -> Iterator[Check]:
    """Parts that tile a longer period exactly: months of a quarter, quarters and months of a half, nine months or a year."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if (
            fact.metric.value in SUMMABLE
            and _number(fact) is not None
            and fact.period is not None
            and fact.period.start
            and fact.period.end
        ):
            groups.setdefault(_scope(fact), []).append(fact)
    for group in groups.values():
        if not FEWEST_PARTS < len(group) <= MOST_PARTS:
            continue
        shortest = min(map(_days, group))
        for whole in (f for f in group if _days(f) > shortest):
            for parts in _tilings(whole, [f for f in group if f is not whole]):
                stated = whole.value
                assert stated is not None
                computed = sum(f.value or 0.0 for f in parts)
                slack = sum(place_of(f) for f in parts) / 2 if any(place_of(f) > 1 for f in parts) else 0.0
                verdict = judge(stated, computed - slack, computed + slack, place_of(whole))
                yield Check(
                    id="k",
                    kind=CheckKind.SUM,
                    stated=stated,
                    computed=round(computed, 6),
                    verdict=verdict,
                    facts=(whole.id, *(f.id for f in parts)),
                    message=f"{' + '.join(_figure(f.value or 0.0) for f in parts)} = {_figure(computed)}; "
                    f"stated {_figure(stated)} {whole.unit}",
                )


def _tilings(whole: Fact, others: Sequence[Fact]) -> Iterator[list[Fact]]:
    """The sets of parts of equal kind that cover the period of `whole` exactly, without gap or overlap; longer parts first."""
    assert whole.period is not None and whole.period.start and whole.period.end
    start, end = whole.period.start, whole.period.end
    inside = [
        f
        for f in others
        if f.period and f.period.start and f.period.end and start <= f.period.start and f.period.end <= end and f.period != whole.period
    ]
    if len(inside) < FEWEST_PARTS:
        return
    inside.sort(key=_start)
    by_length: dict[int, list[Fact]] = {}
    for fact in inside:
        by_length.setdefault(_days(fact) // 28, []).append(fact)
    tiled = [(parts, [f for f in parts if _in_line(f, whole)]) for _, parts in sorted(by_length.items(), reverse=True)]
    chosen = [own if _covers(own, start, end) else parts for parts, own in tiled if _covers(own, start, end) or _covers(parts, start, end)]
    times = Counter(f.period for f in inside)
    single = [f for f in inside if times[f.period] == 1]
    if not chosen and len(single) <= 14:
        chosen = [list(c) for size in (2, 3) for c in combinations(single, size) if _covers(c, start, end)]
    yield from chosen[:2]


def _in_line(part: Fact, whole: Fact) -> bool:
    """Whether two facts stand in one row or one column of a table."""
    a, b = part.table, whole.table
    return a is not None and b is not None and a.id == b.id and (a.row == b.row or a.column == b.column)


def _start(fact: Fact) -> dt.date:
    assert fact.period is not None and fact.period.start is not None
    return fact.period.start


def _days(fact: Fact) -> int:
    assert fact.period is not None and fact.period.start and fact.period.end
    return (fact.period.end - fact.period.start).days + 1


def _covers(parts: Sequence[Fact], start: dt.date, end: dt.date) -> bool:
    """Whether parts in order lie end to end from start to end."""
    position = start
    for fact in parts:
        assert fact.period is not None and fact.period.start and fact.period.end
        if fact.period.start != position:
            return False
        position = fact.period.end + dt.timedelta(days=1)
    return len(parts) > 1 and position == end + dt.timedelta(days=1)


def _recoveries(facts: Sequence[Fact]) -> Iterator[Check]:
    """Tonnes x head grade x recovery against metal produced, of one asset and period."""
    cells: dict[tuple[object, ...], dict[str, list[Fact]]] = {}
    for fact in facts:
        if (
            fact.metric.value in ("ore_processed", "grade", "recovery", "production")
            and _number(fact) is not None
            and fact.period is not None
            and fact.period.start is not None
            and fact.basis == "actual"
        ):
            cells.setdefault((fact.asset, fact.company, fact.share, fact.period.start, fact.period.end), {}).setdefault(
                fact.metric.value, []
            ).append(fact)
    for cell in cells.values():
        if set(cell) != {"ore_processed", "grade", "recovery", "production"} or len(cell["ore_processed"]) != 1:
            continue
        ore = cell["ore_processed"][0]
        for grade in cell["grade"]:
            recovery = [f for f in cell["recovery"] if f.commodity in (grade.commodity, None)]
            metal = [f for f in cell["production"] if f.commodity == grade.commodity]
            if len(recovery) == 1 and len(metal) == 1 and len([f for f in cell["grade"] if f.commodity == grade.commodity]) == 1:
                yield from _recovered(ore, grade, recovery[0], metal[0])


IN_CIRCUIT = 0.04
"""Metal recovered and metal poured may differ by what the plant holds; so small a difference proves nothing."""
GRADE_TO_FRACTION = {"g/t": 1e-6, "%": 0.01, "ppm": 1e-6, "kg/t": 1e-3, "oz/st": 34.2857e-6}
MASS_IN_TONNES = {"oz": TROY * 1e-6, "t": 1.0, "kg": 1e-3, "lb": 0.00045359237, "g": 1e-6, "st": 0.90718474}


def _recovered(ore: Fact, grade: Fact, recovery: Fact, metal: Fact) -> Iterator[Check]:
    if grade.unit not in GRADE_TO_FRACTION or metal.unit not in MASS_IN_TONNES or ore.unit not in MASS_IN_TONNES or recovery.unit != "%":
        return
    t, g, r, stated = (_number(f) or 0.0 for f in (ore, grade, recovery, metal))

    def metal_of(tonnes: float, fraction: float, percent: float) -> float:
        return tonnes * MASS_IN_TONNES[ore.unit] * fraction * GRADE_TO_FRACTION[grade.unit] * percent / 100 / MASS_IN_TONNES[metal.unit]

    computed = metal_of(t, g, r)
    if not stated or not 0.5 < computed / stated < 2:
        return  # not the same stream: metal of a longer circuit, concentrate weight, another product
    dt_, dg, dr = place_of(ore) / 2, place_of(grade) / 2, place_of(recovery) / 2
    verdict = judge(stated, metal_of(t - dt_, g - dg, r - dr), metal_of(t + dt_, g + dg, r + dr), place_of(metal))
    if verdict is Verdict.DISAGREES and abs(computed / stated - 1) < IN_CIRCUIT:
        return
    yield Check(
        id="k",
        kind=CheckKind.RECOVERY,
        stated=stated,
        computed=round(computed, 2),
        verdict=verdict,
        facts=(metal.id, ore.id, grade.id, recovery.id),
        message=f"{_figure(t)} {ore.unit} x {_figure(g)} {grade.unit} x {_figure(r)}% = {_figure(round(computed))} {metal.unit}; "
        f"stated {_figure(stated)}",
    )


def _intervals(intercepts: Sequence[Intercept]) -> Iterator[Check]:
    """to - from = length."""
    for intercept in intercepts:
        if intercept.from_ is None or intercept.to is None or intercept.length is None:
            continue
        computed = intercept.to - intercept.from_
        depth = max(min(last_place(repr(round(d, 4)).removesuffix(".0")) for d in (intercept.from_, intercept.to)), 0.01)
        place = max(last_place(repr(intercept.length).removesuffix(".0")), 0.01)
        slack = depth if depth > place else 0.0
        yield Check(
            id="k",
            kind=CheckKind.INTERVAL,
            stated=intercept.length,
            computed=round(computed, 4),
            verdict=judge(intercept.length, computed - slack, computed + slack, place),
            facts=(intercept.id,),
            message=f"{_figure(intercept.to)} - {_figure(intercept.from_)} = {_figure(computed)} {intercept.length_unit}; "
            f"stated {_figure(intercept.length)}",
        )


def _residuals(intercepts: Sequence[Intercept]) -> Iterator[Check]:
    """An "including" interval cannot be longer, or hold more metal, than the one that includes it."""
    by_id = {i.id: i for i in intercepts}
    for inner in intercepts:
        outer = by_id.get(inner.parent or "")
        if (
            outer is None
            or inner.length is None
            or outer.length is None
            or inner.length_unit != outer.length_unit
            or inner.length <= outer.length
        ):
            continue
        yield Check(
            id="k",
            kind=CheckKind.RESIDUAL,
            stated=inner.length,
            computed=outer.length,
            verdict=Verdict.DISAGREES,
            facts=(inner.id, outer.id),
            message=f"an included {_figure(inner.length)} {inner.length_unit} is longer than the {_figure(outer.length)} that includes it",
        )


def _contained(resources: Sequence[Resource]) -> Iterator[Check]:
    """Tonnes x grade against contained metal."""
    for line in resources:
        if not line.tonnes:
            continue
        for metal in line.contained:
            grades = [g for g in line.grades if g.commodity == metal.commodity]
            if len(grades) != 1 or grades[0].unit not in GRADE_TO_FRACTION or metal.unit not in MASS_IN_TONNES or not metal.value:
                continue
            grade = grades[0]
            fraction = GRADE_TO_FRACTION[grade.unit]

            def contained(tonnes: float, value: float, fraction: float = fraction, unit: str = metal.unit) -> float:
                return tonnes * value * fraction / MASS_IN_TONNES[unit]

            computed = contained(line.tonnes, grade.value)
            if not 0.5 < computed / metal.value < 2:
                continue
            dt_, dg = _place(line.tonnes) / 2, 10.0 ** -_decimals(grade.value) / 2
            verdict = judge(
                metal.value,
                contained(line.tonnes - dt_, grade.value - dg),
                contained(line.tonnes + dt_, grade.value + dg),
                _place(metal.value),
            )
            yield Check(
                id="k",
                kind=CheckKind.CONTAINED_METAL,
                stated=metal.value,
                computed=round(computed, 2),
                verdict=verdict,
                facts=(line.id,),
                message=f"{_figure(line.tonnes)} t x {_figure(grade.value)} {grade.unit} = {_figure(round(computed))} {metal.unit}; "
                f"stated {_figure(metal.value)}",
            )


def _decimals(value: float) -> int:
    text = repr(value)
    return 0 if text.endswith(".0") or "e" in text else len(text.partition(".")[2])


def _place(value: float) -> float:
    """The last significant place of a scaled number: 100000 for 2100000, 1 for 45231."""
    if value != int(value):
        return 10.0 ** -_decimals(value)
    number, place = int(value), 1
    while number and number % 10 == 0:
        number //= 10
        place *= 10
    return float(place)


def _proceeds(deals: Sequence[Deal]) -> Iterator[Check]:
    """Securities x price against gross proceeds."""
    for deal in deals:
        if deal.gross is None or deal.price is None or not deal.securities or deal.gross.unit != deal.price.unit:
            continue
        computed, stated = deal.securities * deal.price.value, deal.gross.value
        if not 0.5 < computed / stated < 2:
            continue
        place = _place(stated)
        yield Check(
            id="k",
            kind=CheckKind.PROCEEDS,
            stated=stated,
            computed=round(computed, 2),
            verdict=judge(stated, computed, computed, place),
            facts=(deal.id,),
            message=f"{_figure(deal.securities)} x {_figure(deal.price.value)} = {_figure(computed)} {deal.gross.unit}; "
            f"stated {_figure(stated)}",
        )
