"""One interval, one record: an intercept said in headline, bullet and table is joined, with the evidence of every place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from minenews.marks.page import Page
from minenews.models import Evidence, Grade, Intercept

FEET = 0.3048


MOST_LIKE = 300
"""With how many intervals of one length a record is compared at most: a text with more of them is none that people read."""


@dataclass(slots=True)
class Group:
    """What is said of one interval: the record so far, the evidence of every place, and the first of them."""

    record: Intercept
    evidence: list[Evidence]
    place: int

    def add(self, other: Group) -> None:
        """Take up what another record says of the same interval."""
        self.record = _joined(self.record, other.record)
        self.evidence += other.evidence
        self.place = min(self.place, other.place)


class Groups:
    """The intervals found so far, by length, hole and depth: only those that may be one are compared."""

    def __init__(self) -> None:
        self.all: list[Group] = []
        self._by_length: dict[int, list[int]] = {}
        self._partial: dict[int, list[int]] = {}  # those without hole or depth
        self._whole: dict[tuple[int, str, int], list[int]] = {}

    def append(self, group: Group) -> None:
        """Add an interval that was not said before."""
        number, record = len(self.all), group.record
        self.all.append(group)
        metres = _metres(record.length, record.length_unit)
        self._by_length.setdefault(metres, []).append(number)
        if record.hole is None or record.from_ is None:
            self._partial.setdefault(metres, []).append(number)
        else:
            self._whole.setdefault((metres, _tail(record.hole), _metres(record.from_, record.length_unit)), []).append(number)

    def like(self, record: Intercept) -> list[Group]:
        """The intervals of about the length of a record, and of its hole and depth where both are stated, in the order of their coming."""
        lengths = _around(record.length, record.length_unit)
        if record.hole is None or record.from_ is None:
            found = [number for metres in lengths for number in self._by_length.get(metres, ())[-MOST_LIKE:]]
        else:
            depths, tail = _around(record.from_, record.length_unit), _tail(record.hole)
            found = [number for metres in lengths for number in self._partial.get(metres, ())[-MOST_LIKE:]]
            found += [n for metres in lengths for depth in depths for n in self._whole.get((metres, tail, depth), ())[-MOST_LIKE:]]
        return [self.all[number] for number in sorted(found)]


def join_intercepts(page: Page, prose: Sequence[Intercept], tables: Sequence[Intercept]) -> tuple[Intercept, ...]:
    """The intercepts of prose and tables, each once, in reading order with ids i1, i2, ...; parents follow their new ids."""
    groups = Groups()
    now: dict[str, str] = {}  # id as given -> id of the record that it was joined to
    headline = page.layout.headline or (0, 0)
    for record in [*tables, *prose]:
        group = Group(record, list(record.evidence), _place(record))
        rounded = headline[0] <= group.place < headline[1]
        same = next((g for g in groups.like(record) if _is_same(record, g.record, rounded or headline[0] <= g.place < headline[1])), None)
        if same is None:
            groups.append(group)
        else:
            same.add(group)
        now[record.id] = same.record.id if same else record.id
    kept = []
    for group in groups.all:
        finer = _finer(group, groups)
        if finer is None:
            kept.append(group)
        else:
            now[group.record.id] = finer.record.id
            finer.add(group)
    kept.sort(key=lambda group: group.place)
    names = {group.record.id: f"i{number}" for number, group in enumerate(kept, start=1)}
    return tuple(_named(group, names, now) for group in kept)


def _named(group: Group, names: dict[str, str], now: dict[str, str]) -> Intercept:
    """The record of an interval with its own id and that of its parent, and the evidence of every place once."""
    number = names[group.record.id]
    parent = group.record.parent or ""
    while parent in now and now[parent] != parent:
        parent = now[parent]
    evidence = {(e.start, e.end, e.slot): e for e in reversed(group.evidence)}
    return group.record.model_copy(
        update={
            "id": number,
            "parent": names.get(parent) if names.get(parent) != number else None,
            "evidence": tuple(evidence[key] for key in sorted(evidence)),
        }
    )


def _finer(group: Group, groups: Groups) -> Group | None:
    """The one interval of a named hole of which a record without hole and depth gives the rounded figures; None where there are several."""
    record = group.record
    if record.hole is not None or record.from_ is not None or record.to is not None:
        return None
    like = [g for g in groups.like(record) if g is not group and g.record.hole is not None and _is_same(record, g.record, rounded=True)]
    return like[0] if len(like) == 1 and _precision(like[0].record) > _precision(record) else None


def _metres(value: float | None, unit: str) -> int:
    """A length or depth in whole metres."""
    return round(_in_unit(value or 0.0, unit, "m"))


def _around(value: float | None, unit: str) -> tuple[int, int, int]:
    """The whole metres that a figure which agrees with this one may have."""
    metres = _metres(value, unit)
    return metres - 1, metres, metres + 1


def _tail(hole: str) -> str:
    """What the keys of all names of a hole share: the number at their end, where there is one."""
    key = hole_key(hole)
    number = re.search(r"[0-9]{1,9}$", key)
    return str(int(number[0]) % 1000) if number else key


def _place(record: Intercept) -> int:
    return min(evidence.start for evidence in record.evidence)


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
    )  # 133.8 m with two metals can hardly be two intervals
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
        }
    )


def _precision(record: Intercept) -> int:
    return _places(record.length or 0.0) + sum(_places(g.value) for g in record.grades)
