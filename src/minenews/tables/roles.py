"""What the columns of drill and resource tables hold: hole, from, to, length, a metal's grade, tonnes, contained metal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minenews.marks.quantities import commodity_of
from minenews.marks.words import words_of
from minenews.models import Cell
from minenews.tables.atoms import load_heads
from minenews.tables.grid import Grid
from minenews.tables.lattice import plain
from minenews.tables.units import Unit, find_unit

GRADES = frozenset({"g/t", "%", "ppm", "ppb", "kg/t", "oz/st", "lb/st", "mg/L", "ct/t"})
_PRODUCT = re.compile(
    r"\b(?:gram[\s-]?met(?:re|er)s?|g\s?[x×*.]\s?m|gt\b|gxt|grade\s?[x×*]|g\*m|metal\s+factor|m\s?[x×]\s?g/t|accumulation)", re.IGNORECASE
)
_UNCUT = re.compile(r"\b(?:uncut|uncapped|no\s?-?cut)\b", re.IGNORECASE)
_CUT = re.compile(r"\b(?:cut|capped|top[\s-]?cut)\b(?!\s?-?off)", re.IGNORECASE)
_SYMBOL = re.compile(
    r"(?<![A-Za-z])(Au|Ag|Cu|Pb|Zn|Ni|Co|Mo|Pt|Pd|Rh|Sn|Sb|W|Fe|Mn|V|Li|U3O8|eU3O8|Li2O|WO3|MoS2|V2O5|Ta2O5|Cs2O|TREO|[A-Z][a-z]\s?[Ee]q\.?)(?![a-z])"
)
_SCALE_OF_TONNES = re.compile(
    r"""\W (?:[x×]\s?)? (?: (?P<thousand> k | 1[,\s]?000['’]?s? | 10\^?3 | thousands? )
                        | (?P<million> mm? | 1[,\s]?000[,\s]?000 | 10\^?6 | millions? ) ) \W{0,2} $""",
    re.VERBOSE | re.IGNORECASE,
)
"""A scale at the end of the head of a column of tonnes, where a bare m is no metre: "Tonnes (k)", "Tonnes x 1,000"."""

_GLUED_UNIT = re.compile(r"(g/t|gpt|%|ppm|ppb|oz/t|opt|kg/t)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Role:
    """What a column holds. `kind`.

    Hole | from | to | interval | length | true_width | grade | tonnes | contained | category | cutoff | zone | asset | other.
    """

    column: int
    kind: str
    unit: Unit | None = None
    commodity: str | None = None
    capped: bool | None = None
    head: Cell | None = None


def read_roles(grid: Grid) -> tuple[Role, ...]:
    """The role of every column of a grid, by its heads."""
    return tuple(_role(grid, column) for column in range(grid.width))


def role_of(head: str, column: int = 0, cell: Cell | None = None) -> Role:
    """The role that a column head gives to its column."""
    head = " ".join(plain(head).split())
    kind = _kind(head)
    unit = find_unit(head)
    commodity = commodity_in(head)
    if unit is None and (glued := _GLUED_UNIT.search(head)):
        unit = find_unit(glued.group(1))
    read = unit.unit if unit else None
    capped = False if _UNCUT.search(head) else True if _CUT.search(head) else None
    if _PRODUCT.search(head):
        return Role(column, "other", read, None, capped, cell)
    if kind in {"", "grade", "contained", "commodity", "tonnes", "production"}:
        metal = commodity or (read.commodity if read else None)
        if read is not None and read.unit in GRADES:
            kind = "grade"
        elif kind == "tonnes" and metal is None:
            read = _scaled(head, read)
        elif (
            read is not None and read.dimension == "mass" and (metal is not None or kind == "contained" or read.unit in {"oz", "lb", "ct"})
        ):
            kind = "contained"
        elif read is not None and read.dimension == "mass" and read.unit in {"t", "st"} and kind in {"", "tonnes"}:
            kind = "tonnes"
        elif kind == "grade" or (kind == "commodity" and read is None):
            kind = "grade" if kind == "grade" else "metal"
        elif kind != "contained":
            kind = "other"
        return Role(column, kind, read, metal, capped, cell)
    return Role(column, kind or "other", read, None, capped, cell)


def _scaled(head: str, unit: Unit | None) -> Unit | None:
    """The unit of a column of tonnes, with the scale that ends its head."""
    scale = _SCALE_OF_TONNES.search(head) if unit is None or unit.factor == 1.0 else None
    if scale is None:
        return unit
    return Unit(unit.unit if unit and unit.dimension == "mass" else "t", 1e3 if scale["thousand"] else 1e6, "mass")


@lru_cache(maxsize=4096)
def commodity_in(head: str) -> str | None:
    """The one metal that a head names, None where it names none or several."""
    names = {w.key for w in words_of(head) if w.label == "commodity"}
    if not names:
        lowered = head.lower()
        names = {metal for metal in ("lead", "tin", "cobalt") if re.search(rf"\b{metal}\b", lowered)}
    if not names and (symbol := _SYMBOL.search(head)):
        names = {key for key in [commodity_of(symbol.group(1))] if key}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=4096)
def _kind(head: str) -> str:
    """The kind by the longest known column head that the text begins with or holds."""
    bare = " ".join(re.sub(r"[(\[][^)\]]*[)\]]|[*†‡\d]+$", " ", head).lower().split()).strip(" .:")
    heads = load_heads()
    if bare in heads:
        return heads[bare]
    held = [form for form in heads if form in bare and re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", bare)]
    if not held:
        return ""
    return heads[max(held, key=lambda form: (heads[form] != "commodity", len(form)))]


def _role(grid: Grid, column: int) -> Role:
    cells = grid.heads(column)
    if not cells:
        return Role(column, "")
    distinct = list(dict.fromkeys(cells))
    role = role_of(" ".join(c.text for c in distinct), column, distinct[-1])
    if role.kind in {"other", "metal", ""} and len(distinct) > 1:
        leaf = role_of(distinct[-1].text, column, distinct[-1])
        if leaf.kind not in {"other", "metal", ""}:
            return leaf
    return role
