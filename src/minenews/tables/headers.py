"""What a label, a column head, a section row or a caption says: unit, metric, commodity, asset, basis, change, period.

Each is read on its own into a `Scope`; the records ask the scopes of a cell in order:
cell, row label, column head, section row, caption, note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from minenews.marks.page import Mention, Page, Word, within
from minenews.marks.words import words_of
from minenews.models import Basis, Cell, Metric
from minenews.tables.atoms import find_header_atoms
from minenews.tables.lattice import plain
from minenews.tables.periods import ReadPeriod, read_period
from minenews.tables.units import FoundUnit, Unit, find_unit
from minenews.vocab.load import load_rows, phrase

Span = tuple[int, int]

_GUIDANCE = re.compile(r"(?<!interpretation\s)(?<!accounting\s)\bguidance\b(?!\s+notes?\b)", re.IGNORECASE)
_FORECAST = re.compile(
    r"\b(?:budget(?:ed)?|plan(?:ned)?|forecast|targets?|outlook|projected|estimated?|expected)\b|\b20\d\d[EF]\b", re.IGNORECASE
)
_ACTUAL = re.compile(r"\bactuals?\b|\b20\d\dA\b", re.IGNORECASE)
_STUDY = re.compile(
    r"\b(?:PEA|PFS|DFS|FS|feasibility|economic assessment|life[\s-]of[\s-]mine|LOM|base case|spot case|upside case)\b",
    re.IGNORECASE,
)
_BASES = ((Basis.GUIDANCE, _GUIDANCE), (Basis.FORECAST, _FORECAST), (Basis.ACTUAL, _ACTUAL), (Basis.STUDY, _STUDY))
_TOTAL = re.compile(r"\btotals?\b", re.IGNORECASE)
CHANGES = re.compile(
    r"Δ|^\W*(?:movement|diff\.?)\W*$|\b(?:change|varia(?:nce|tion)|var\.?|chg\.?|increase|decrease|difference|delta|vs\.?|versus|y[\s/-]?o[\s/-]?y|q[\s/-]?o[\s/-]?q)(?!\w)|%\s*(?:change|var|chg|inc)|^\s*\(?%\)?\s*$|[+]\s?/\s?\(?[-–]",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\((\d{1,3}(?:\.\d+)?)\s?%(?:\s+(?:basis|interest|owned|share|attributable))?\)|\b(\d{1,3}(?:\.\d+)?)\s?%\s+(?:basis|attributable|share)\b",
    re.IGNORECASE,
)
_QUALIFIERS = {
    "preliminary": r"\bpreliminary\b",
    "adjusted": r"\badjusted\b",
    "restated": r"\brestated\b",
    "co_product": r"\bco[\s-]?product\b",
    "net_of_by_products": r"\b(?:net\s+of\s+)?by[\s-]?product(?:\s+credits?)?\b",
    "pre_tax": r"\bpre[\s-]?tax\b",
    "after_tax": r"\b(?:after|post)[\s-]?tax\b",
    "open_pit": r"\bopen[\s-]?pit\b",
    "underground": r"\bunderground\b",
    "diluted": r"\bdiluted\b",
    "year_to_date": r"\bYTD\b|\byear[\s-]to[\s-]date\b",
}
_QUALIFIER = {key: re.compile(pattern, re.IGNORECASE) for key, pattern in _QUALIFIERS.items()}
_MARKS = re.compile(r"\((?:\d{1,2}|[a-z]|i{1,3}|iv)\)|[*†‡¹²³⁴⁵⁶⁷⁸⁹]|(?:(?<=[a-z])|(?<=[A-Z]{3}))\d(?:,\s?\d\b)*(?=\s|$|\()")
_EQUIVALENT = re.compile(r"[\s-]?(?:eq\b\.?|equiv(?:alent)?s?\b\.?)", re.IGNORECASE)
_EQUIVALENT_BEFORE = re.compile(r"\bequivalent\s$", re.IGNORECASE)
_FLOW = re.compile(r"[\s-]+(?:in|out)?flows?\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A term and where the text says it."""

    key: str
    start: int
    end: int

    def shifted(self, by: int) -> Said:
        """The same further on in the text."""
        return Said(self.key, self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell says whatever stands around it; offsets index the cell."""

    basis: Said | None
    share: Said | None
    qualifiers: tuple[Said, ...]
    change: bool
    total: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What one piece of a table says. `rest`: words that nothing here accounts for."""

    cells: tuple[Cell, ...] = ()
    metrics: tuple[Said, ...] = ()
    commodities: tuple[Said, ...] = ()
    unit: FoundUnit | None = None
    asset: Mention | None = None
    basis: tuple[Basis, Said] | None = None
    change: bool = False
    total: bool = False
    share: float | None = None
    qualifiers: tuple[Said, ...] = ()
    blocked: bool = False
    rest: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing that would bar it from the metric of its surroundings."""
        return not self.metrics and not self.rest and not self.blocked

    @property
    def commodity(self) -> Said | None:
        """The metal that it is about: the only one, or of "zinc in lead concentrate" the first."""
        if len({c.key for c in self.commodities}) == 1:
            return self.commodities[0]
        if len(self.commodities) > 1 and self.cells:
            between = plain(self.cells[0].text).lower()
            if " in " in between:
                return self.commodities[0]
        return None


@cache
def load_labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """Table labels that prose vocabulary does not hold: one pattern, and the metric of each form.

    Metric "none" bars a label, "plain" is a word that says nothing.
    """
    metrics = {row["form"].lower(): row["metric"] for row in load_rows("table_labels")}
    forms = "|".join(phrase(form) for form in sorted(metrics, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE), metrics


def read_scope(page: Page, cells: Sequence[Cell]) -> Scope:
    """What some cells say together: the heads over a column, or a row's label and its unit cell."""
    cells = tuple(c for c in cells if c.text)
    metrics: list[Said] = []
    commodities: list[Said] = []
    unit: FoundUnit | None = None
    asset: Mention | None = None
    basis: tuple[Basis, Said] | None = None
    qualifiers: list[Said] = []
    rest: list[str] = []
    change = total = blocked = False
    share: float | None = None
    for cell in cells:
        left = unmarked = _MARKS.sub(lambda m: " " * len(m.group()), cell.text)
        labels = _labels(left)
        for key, start, end in labels:
            if key == "none":
                blocked = True
            elif key != "plain":
                metrics.append(Said(key, cell.start + start, cell.start + end))
        left = _blank(left, [(s, e) for _, s, e in labels])
        words = words_of(unmarked)
        metrics += [
            Said(w.key, cell.start + w.start, cell.start + w.end)
            for w in words
            if w.label == "metric" and not (w.key == "cash" and _FLOW.match(cell.text, w.end))
        ]
        commodities += [_metal_said(cell, w) for w in words if w.label == "commodity"]
        if not any(w.label == "commodity" for w in words) and (
            lead := re.match(r"(?:payable\s|contained\s)?(lead|tin|cobalt)\b", cell.text, re.IGNORECASE)
        ):
            commodities.append(Said(lead.group(1).lower(), cell.start + lead.start(1), cell.start + lead.end(1)))
            left = _blank(left, [lead.span(1)])
        left = _blank(left, [(w.start, w.end) for w in words])
        found = find_unit(cell.text)
        if found is not None:
            if unit is None or unit.weak or unit.unit.dimension == "scale" or unit.unit.unit.startswith("/"):
                unit = FoundUnit(
                    _joined(found.unit, unit.unit if unit else None), cell.start + found.start, cell.start + found.end, found.weak
                )
            left = _blank(left, [(found.start, found.end)])
        for mention in within(page.asset_mentions, cell.start, cell.end):
            if left[mention.start - cell.start : mention.end - cell.start].strip():
                asset = asset or mention
                left = _blank(left, [(mention.start - cell.start, mention.end - cell.start)])
        for place in within(page.place_mentions, cell.start, cell.end):
            left = _blank(left, [(place.start - cell.start, place.end - cell.start)])
        told = _told(cell.text)
        change, total = change or told.change, total or told.total
        if basis is None and told.basis is not None:
            basis = (Basis(told.basis.key), told.basis.shifted(cell.start))
            left = _blank(left, [(told.basis.start, told.basis.end)])
        if told.share is not None:
            share = float(told.share.key)
            left = _blank(left, [(told.share.start, told.share.end)])
        qualifiers += [said.shifted(cell.start) for said in told.qualifiers]
        left = _blank(left, [(said.start, said.end) for said in told.qualifiers])
        atoms = [a for a in find_header_atoms(cell.text, 0, len(cell.text)).atoms if a.kind not in {"head", "change", "unit"}]
        left = _blank(left, [(a.start, a.end) for a in atoms])
        rest += [w for w in _WORD.findall(_MARKS.sub(" ", left)) if w.lower() not in _plain_words() and len(w) > 1]
    return Scope(
        cells, _distinct(metrics), _distinct(commodities), unit, asset, basis, change, total, share, tuple(qualifiers), blocked, tuple(rest)
    )


@lru_cache(maxsize=8192)
def _told(text: str) -> Told:
    """Basis, share, qualifiers, change and total of a cell; read once for each text, as heads repeat."""
    share = _SHARE.search(text)
    return Told(
        next((Said(kind, *match.span()) for kind, pattern in _BASES if (match := pattern.search(text))), None),
        Said(share[1] or share[2], *share.span()) if share else None,
        tuple(Said(key, *match.span()) for key, pattern in _QUALIFIER.items() if (match := pattern.search(text))),
        CHANGES.search(text) is not None,
        _TOTAL.search(text) is not None,
    )


def _metal_said(cell: Cell, word: Word) -> Said:
    """A metal, or its equivalent where that word follows ("Silver Eq.")."""
    after = _EQUIVALENT.match(cell.text, word.end)
    if word.key.endswith("_equivalent"):
        return Said(word.key, cell.start + word.start, cell.start + word.end)
    if before := _EQUIVALENT_BEFORE.search(cell.text, 0, word.start):
        return Said(f"{word.key}_equivalent", cell.start + before.start(), cell.start + word.end)
    if after is None:
        return Said(word.key, cell.start + word.start, cell.start + word.end)
    return Said(f"{word.key}_equivalent", cell.start + word.start, cell.start + after.end())


def _joined(unit: Unit, other: Unit | None) -> Unit:
    """Two units said of one thing: a scale with a unit, "per ounce" with a currency."""
    if other is None:
        return unit
    if other.dimension == "scale" and unit.dimension in {"mass", "money", "count", "volume"}:
        return Unit(unit.unit, unit.factor * other.factor, unit.dimension, unit.commodity) if unit.factor == 1 else unit
    if other.unit.startswith("/") and unit.dimension == "money":
        return Unit(unit.unit + other.unit, 1.0, "unit_money", other.commodity)
    if other.unit.startswith("/") and unit.dimension == "unit_money":
        return unit
    return other if other.unit.startswith("/") or unit.dimension == "scale" else unit


@lru_cache(maxsize=4096)
def _labels(label: str) -> tuple[tuple[str, int, int], ...]:
    """Label words of the table vocabulary with what they stand for."""
    pattern, metrics = load_labels()
    return tuple((metrics.get(" ".join(m.group().lower().split()), "plain"), m.start(), m.end()) for m in pattern.finditer(label))


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(row["form"].lower() for row in load_rows("table_labels") if row["metric"] == "plain")


def _blank(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _distinct(found: Sequence[Said]) -> tuple[Said, ...]:
    kept: list[Said] = []
    for said in sorted(found, key=lambda s: (s.start - s.end, s.start)):
        if not any(k.start <= said.start and said.end <= k.end for k in kept):
            kept.append(said)
    return tuple(sorted(kept, key=lambda s: s.start))


@cache
def metric_dimensions() -> dict[str, frozenset[str]]:
    """The dimensions that each metric may be measured in."""
    found: dict[str, set[str]] = {}
    for row in load_rows("metrics"):
        found.setdefault(row["metric"], set()).update(row["dimensions"].split())
    return {metric: frozenset(dimensions) for metric, dimensions in found.items()}


def _outside_brackets(scope: Scope) -> Sequence[Said]:
    """The metrics of a scope without those that a bracket adds to others: "Ounces sold (produced)"."""
    if len({said.key for said in scope.metrics}) < 2:
        return scope.metrics
    depth = {cell.start + n for cell in scope.cells for n in _bracketed(cell.text)}
    return [said for said in scope.metrics if said.start not in depth] or scope.metrics


@lru_cache(maxsize=4096)
def _bracketed(label: str) -> frozenset[int]:
    """The places of a label that stand in round brackets."""
    return frozenset(n for match in re.finditer(r"\([^()]*\)", label) for n in range(*match.span()))


def metric_in(scope: Scope, dimension: str) -> tuple[Metric, Said] | None:
    """The metric of a scope that is measured in a dimension; of several the longest written; None where they contradict each other."""
    fitting: list[tuple[Metric, Said]] = []
    for said in _outside_brackets(scope):
        key = "throughput" if dimension == "rate" and said.key in {"ore_processed", "ore_mined"} else said.key
        if dimension in metric_dimensions().get(key, frozenset()) or (key == "strip_ratio" and dimension == "number"):
            fitting.append((Metric(key), said))
    if not fitting:
        return None
    return max(fitting, key=lambda f: (f[1].end - f[1].start, -f[1].start))


__all__ = ["ReadPeriod", "Said", "Scope", "load_labels", "metric_dimensions", "metric_in", "read_period", "read_scope"]
