"""One interval, one record: an intercept said in headline, bullet and table is joined, with the evidence of every place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from minenews.marks.page import Page
from minenews.models import Grade, Intercept

FEET = 0.3048


def join_intercepts(page: Page, prose: Sequence[Intercept], tables: Sequence[Intercept]) -> tuple[Intercept, ...]:
    """The intercepts of prose and tables, each once, in reading order with ids i1, i2, ...; parents follow their new ids."""
    kept: list[Intercept] = []
    now: dict[str, str] = {}  # id as given -> id of the record that it was joined to
    headline = page.layout.headline
    near: dict[int, list[int]] = {}  # places in `kept` by length in whole metres: only those of about one length are compared
    for record in [*tables, *prose]:
        place = _place(record)
        rounded = headline is not None and headline[0] <= place < headline[1]
        metres = round(_in_unit(record.length or 0.0, record.length_unit, "m"))
        others = [i for m in (metres - 1, metres, metres + 1) for i in near.get(m, ())]
        same = next((i for i in sorted(others) if _is_same(record, kept[i], rounded or _is_in(kept[i], headline))), None)
        if same is None:
            near.setdefault(metres, []).append(len(kept))
            kept.append(record)
            now[record.id] = record.id
        else:
            now[record.id] = kept[same].id
            kept[same] = _joined(kept[same], record)
    kept.sort(key=_place)
    names = {record.id: f"i{number}" for number, record in enumerate(kept, start=1)}
    result = []
    for record in kept:
        parent = names.get(now.get(record.parent or "", ""))
        result.append(record.model_copy(update={"id": names[record.id], "parent": None if parent == names[record.id] else parent}))
    return tuple(result)


def _place(record: Intercept) -> int:
    return min(evidence.start for evidence in record.evidence)


def _is_in(record: Intercept, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= _place(record) < span[1]


def hole_key(name: str | None) -> str:
    """A hole's name without blanks, dashes and case."""
    return re.sub(r"[\s\-‐‑–_]", "", name or "").lower()


def _is_same_hole(a: str, b: str) -> bool:
    """Whether two keys name one hole: they are equal, or the one is the number that ends the other ("hole 19", PDH-21-019)."""
    short, full = sorted((a, b), key=len)
    return a == b or (short.isdigit() and (last := re.search(r"[0-9]+$", full)) is not None and int(last[0]) % 1000 == int(short))


def _is_same(a: Intercept, b: Intercept, rounded: bool) -> bool:
    """Whether two records are of one interval: no slot that both state differs, and length and a grade agree."""
    if a.hole and b.hole and not _is_same_hole(hole_key(a.hole), hole_key(b.hole)):
        return False
    known = bool(a.hole and b.hole)
    shared = [g for g in a.grades if any(g.commodity == h.commodity for h in b.grades)]
    telling = (
        a.length == b.length and len(shared) > 1 and _places(a.length or 0.0) > 0
    )  # 142.6 m with two metals can hardly be two intervals
    loose = rounded or known or telling
    if (
        a.length is None
        or b.length is None
        or not _agree(_in_unit(a.length, a.length_unit, b.length_unit), b.length, loose or a.length_unit != b.length_unit)
    ):
        return False
    for x, y in ((a.from_, b.from_), (a.to, b.to)):
        if (
            x is not None
            and y is not None
            and not _agree(_in_unit(x, a.length_unit, b.length_unit), y, loose or a.length_unit != b.length_unit)
        ):
            return False
    pairs = [(g, h) for g in a.grades for h in b.grades if g.commodity == h.commodity and g.unit == h.unit and g.capped in (None, h.capped)]
    return bool(pairs) and all(_agree(g.value, h.value, loose) for g, h in pairs)


def _in_unit(value: float, unit: str, wanted: str) -> float:
    if unit == wanted:
        return value
    return value * FEET if unit == "ft" else value / FEET


def _agree(a: float, b: float, rounded: bool) -> bool:
    """Whether two figures are equal; `rounded`: or the one rounds to the other."""
    if abs(a - b) <= 1e-6 * max(abs(a), abs(b)):
        return True
    if not rounded:
        return False
    coarse, fine = sorted((a, b), key=_places)
    return abs(coarse - fine) <= 0.5 * 10.0 ** -_places(coarse) + 1e-9


def _places(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _joined(a: Intercept, b: Intercept) -> Intercept:
    """One record of two: what the first does not state, the second does; its figures stay where both state them, the finer ones first."""
    fine, coarse = (b, a) if _precision(b) > _precision(a) else (a, b)
    grades: list[Grade] = list(fine.grades)
    grades += [g for g in coarse.grades if not any(g.commodity == h.commodity and (g.unit == h.unit) for h in grades)]
    seen = set()
    evidence = []
    for item in sorted((*a.evidence, *b.evidence), key=lambda e: (e.start, e.end, e.slot)):
        if (item.slot, item.start, item.end) not in seen:
            seen.add((item.slot, item.start, item.end))
            evidence.append(item)
    same_unit = a.length_unit == b.length_unit

    def either(first: float | None, second: float | None) -> float | None:
        return first if first is not None else second if same_unit else None

    return fine.model_copy(
        update={
            "id": a.id,
            "hole": max((fine.hole or "", coarse.hole or ""), key=len) or None,
            "from_": either(fine.from_, coarse.from_),
            "to": either(fine.to, coarse.to),
            "true_width": either(fine.true_width, coarse.true_width),
            "true_width_note": fine.true_width_note or coarse.true_width_note,
            "grades": tuple(grades),
            "included": a.included or b.included,
            "parent": a.parent or b.parent,
            "asset": fine.asset or coarse.asset,
            "evidence": tuple(evidence),
        }
    )


def _precision(record: Intercept) -> int:
    return _places(record.length or 0.0) + sum(_places(g.value) for g in record.grades)
