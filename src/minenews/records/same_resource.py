"""One line of a resource statement, one record: what headline, text and table say of it is joined."""

from __future__ import annotations

from collections.abc import Sequence

from minenews.models import Contained, Evidence, Grade, Resource


def join_resources(prose: Sequence[Resource], tables: Sequence[Resource]) -> tuple[Resource, ...]:
    """The records of prose and tables, each once, in reading order with ids r1, r2, ..."""
    kept: list[Resource] = []
    said: list[list[Evidence]] = []  # the evidence of each, from every place
    for record in (*tables, *prose):
        same = next((i for i, other in enumerate(kept) if _is_same(other, record)), None)
        if same is None:
            kept.append(record)
            said.append(list(record.evidence))
        else:
            kept[same] = _joined(kept[same], record)
            said[same] += record.evidence
    whole = [record.model_copy(update={"evidence": _once(evidence)}) for record, evidence in zip(kept, said, strict=True)]
    whole.sort(key=lambda record: record.evidence[0].start)
    return tuple(record.model_copy(update={"id": f"r{number}"}) for number, record in enumerate(whole, start=1))


def _once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of every place once, in reading order."""
    found = {(e.start, e.end, e.slot): e for e in reversed(evidence)}
    return tuple(found[key] for key in sorted(found))


def _is_same(a: Resource, b: Resource) -> bool:
    """Whether two records are of one line: same kind and category, no asset that differs, and no figure that differs."""
    if (a.kind, a.category) != (b.kind, b.category) or (a.asset and b.asset and a.asset != b.asset):
        return False
    shared = False
    if a.tonnes is not None and b.tonnes is not None:
        if not _agree(a.tonnes, b.tonnes):
            return False
        shared = True
    for mine, other in ((a.contained, b.contained), (a.grades, b.grades)):
        for x in mine:
            for y in other:
                if x.commodity == y.commodity and x.unit == y.unit:
                    if not _agree(x.value, y.value):
                        return False
                    shared = shared or isinstance(x, Contained)
    return shared


def _agree(a: float, b: float) -> bool:
    """Whether two figures are equal up to rounding ("1.9 Moz" and "1,912,000 oz", "three million" and 2.69 million)."""
    near = abs(a - b) / max(abs(a), abs(b))
    if near <= 0.015:
        return True
    coarse, fine = sorted((a, b), key=_significant)
    return near <= 0.08 and float(f"{fine:.{_significant(coarse) - 1}e}") == coarse


def _significant(value: float) -> int:
    """How many digits a figure is written with."""
    return max(1, len(f"{value:.6g}".replace(".", "").split("e")[0].strip("0")))


def _digits(record: Resource) -> int:
    """With how many digits a record is written, all figures together."""
    return sum(_significant(x) for x in (record.tonnes or 0.0, *(g.value for g in record.grades), *(c.value for c in record.contained)))


def _joined(a: Resource, b: Resource) -> Resource:
    """One record of two: the figures of the finer one, and what only the other states."""
    if _digits(b) > _digits(a):
        a, b = b, a
    grades: list[Grade] = list(a.grades)
    grades += [g for g in b.grades if not any((g.commodity, g.unit) == (h.commodity, h.unit) for h in grades)]
    contained: list[Contained] = list(a.contained)
    contained += [c for c in b.contained if not any((c.commodity, c.unit) == (h.commodity, h.unit) for h in contained)]
    return a.model_copy(
        update={
            "tonnes": a.tonnes if a.tonnes is not None else b.tonnes,
            "grades": tuple(grades),
            "contained": tuple(contained),
            "asset": a.asset or b.asset,
            "zone": a.zone or b.zone,
            "cutoff": a.cutoff or b.cutoff,
            "standard": a.standard or b.standard,
            "effective_date": a.effective_date or b.effective_date,
        }
    )
