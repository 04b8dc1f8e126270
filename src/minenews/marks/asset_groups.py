"""Gather the forms of one asset ("the Ostrava gold project", "Ostrava", "OST") into one group with one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from minenews.marks.asset_aliases import Alias, read_aliases
from minenews.marks.asset_names import NUMBERED, Shape
from minenews.marks.asset_words import fold, is_modifier, load_context, load_countries, load_kinds
from minenews.models import AssetKind

WORKS = frozenset({AssetKind.PLANT, AssetKind.SMELTER, AssetKind.REFINERY, AssetKind.PORT, AssetKind.TAILINGS})
ITS_TAILINGS = re.compile(
    r"""[ ](?:and|with|including)[ ](?:its|the)[ ]
    (?P<noun>tailings?[ ](?:ponds?|facilit(?:y|ies)|storage[ ]facilit(?:y|ies)|dams?|impoundments?))\b""",
    re.VERBOSE,
)


@dataclass
class Group:
    """The forms of one asset.

    `names`: bare names and defined aliases by which it is mentioned; `generic`: capital kind nouns that stand for it.
    """

    core: str
    shapes: list[Shape] = field(default_factory=list)
    names: dict[str, tuple[int, int]] = field(default_factory=dict)
    generic: dict[str, tuple[int, int]] = field(default_factory=dict)
    fallback: AssetKind | None = None
    rule: str = "asset.shape"

    @property
    def works(self) -> bool:
        """Whether this is a plant, port or the like, and not the ground that is mined."""
        return bool(self.shapes) and all(shape.kind in WORKS for shape in self.shapes)

    @property
    def first(self) -> int:
        """Where the text names it first."""
        return min([shape.start for shape in self.shapes] + [start for start, _ in self.names.values()])


def keep_supported(text: str, shapes: Sequence[Shape], labels: Callable[[Shape], bool], prose: frozenset[str]) -> list[Shape]:
    """The shapes that can be trusted.

    A name at a sentence start or in title case counts where the text gives it elsewhere, with the words before it cut off
    ("Confirms Ostrava Project"), or where it stands as a label of its own.
    """
    sure = {fold(shape.core) for shape in shapes if shape.sure}
    kept: list[Shape] = []
    for shape in shapes:
        if shape.sure:
            kept.append(shape)
            continue
        trimmed = _trimmed(text, shape, sure)
        if trimmed is not None:
            kept.append(trimmed)
        elif labels(shape) or shape.core in prose:
            kept.append(shape)
    return kept


def _trimmed(text: str, shape: Shape, sure: set[str]) -> Shape | None:
    """The shape without leading words so that its core is one of `sure`; None where none fits."""
    for match in re.finditer(r"\S+", text[shape.core_start : shape.core_end]):
        start = shape.core_start + match.start()
        core = " ".join(text[start : shape.core_end].split())
        if fold(core) in sure:
            return replace(shape, start=start, core_start=start, core=core, form=" ".join(text[start : shape.end].split()), sure=True)
    return None


def is_weak(core: str) -> bool:
    """Whether a core names nothing without its kind noun: "Main" (zone), "B" (zone), "Plant #1"."""
    words = core.lower().split()
    return (
        len(core) < 2
        or (len(core) == 2 and not core.isupper())
        or all(word in load_context("direction") or word in load_context("weak") or is_modifier(word) or word.isdigit() for word in words)
        or core.casefold() in load_countries()
        or (words[0] in NUMBERED and len(words) == 2)
    )


def key_of(shape: Shape) -> str:
    """What forms of one asset have in common: the core, with the noun where the core is weak or names works."""
    if shape.kind in WORKS and shape.noun not in {"tailings project", "tailings operation"}:
        return f"{shape.kind}:{fold(shape.core)}"
    return f"{fold(shape.core)} {shape.noun}" if is_weak(shape.core) else fold(shape.core)


def group_shapes(text: str, shapes: Sequence[Shape]) -> dict[str, Group]:
    """The shapes by asset, with the aliases that the text defines for them."""
    groups: dict[str, Group] = {}
    for shape in shapes:
        shape = _in_lower_case(shape)
        group = groups.setdefault(key_of(shape), Group(shape.core))
        group.shapes.append(shape)
        if not is_weak(shape.core):
            group.names.setdefault(shape.core, (shape.core_start, shape.core_end))
        for alias in (*read_aliases(text, shape.end), *read_aliases(text, shape.core_end, reach=40)):
            if alias.generic:
                group.generic.setdefault(alias.name, (alias.start, alias.end))
            elif _is_alias_of(alias, shape):
                group.names.setdefault(alias.name, (alias.start, alias.end))
                core = _without_noun(alias.name)
                if core and not is_weak(core):
                    group.names.setdefault(core, (alias.start, alias.start + len(core)))
    _join_aliases(groups)
    return groups


def _in_lower_case(shape: Shape) -> Shape:
    """A form in capitals ("OSTRAVA MINE") as a name; words of up to three letters stay."""
    if not shape.form.isupper():
        return shape
    words = {word: word if len(word) < 4 else word.title() for word in shape.form.split()}
    return replace(shape, core=" ".join(words.get(w, w) for w in shape.core.split()), form=" ".join(words[w] for w in shape.form.split()))


def _without_noun(name: str) -> str:
    """A defined name without its kind noun, "" where it has none."""
    core, _, noun = name.rpartition(" ")
    return core if noun.lower() in load_kinds() else ""


def _is_alias_of(alias: Alias, shape: Shape) -> bool:
    """Whether a defined name belongs to this asset and not to a company that stands between."""
    words, core = set(fold(alias.name).split()), fold(shape.core).split()
    initials = "".join(word[0] for word in fold(shape.form).split())
    named = bool(words & set(core)) or fold(alias.name) in initials
    return not is_weak(alias.name) and alias.name[0].isupper() and (named or (alias.adjacent and len(alias.name) <= 40))


def _join_aliases(groups: dict[str, Group]) -> None:
    """Join a group whose core is a defined alias of another, or the other's core with a leading "New" or "Old"."""
    own = {fold(group.core): key for key, group in groups.items() if not group.works and group.core in group.names}
    by_name = own | {
        fold(name): key for key, group in groups.items() if not group.works for name in group.names if fold(name) != fold(group.core)
    }
    for key in list(groups):
        group = groups[key]
        words = fold(group.core).split()
        target = by_name.get(fold(group.core))
        if words[0] in {"new", "old", "greater"} and len(words) > 1:
            target = by_name.get(" ".join(words[1:]), target)
        if target and target != key and target in groups and not group.works and group.shapes:
            join(groups, key, target)


def join(groups: dict[str, Group], source: str, target: str) -> None:
    """Make one asset's forms forms of another."""
    taken = groups.pop(source)
    kept = groups[target]
    kept.shapes.extend(taken.shapes)
    for name, span in taken.names.items():
        kept.names.setdefault(name, span)
    for name, span in taken.generic.items():
        kept.generic.setdefault(name, span)


def join_by_place(groups: dict[str, Group], places: dict[str, str]) -> None:
    """Join works that are called after a town ("Chala plant") with those that lie there; `places`: group key to folded place."""
    for key in list(groups):
        group = groups[key]
        if not group.shapes or group.shapes[0].kind not in WORKS:
            continue
        sited = [
            k
            for k, place in places.items()
            if k in groups and k != key and place == fold(group.core) and groups[k].shapes[0].kind is group.shapes[0].kind
        ]
        if len(sited) == 1:
            group.names.clear()
            join(groups, key, sited[0])


def add_tailings(text: str, groups: dict[str, Group]) -> None:
    """Tailings works told by their plant or mine ("the Ostrava plant and its tailings dam")."""
    for group in list(groups.values()):
        for shape in group.shapes:
            match = ITS_TAILINGS.match(text, shape.end)
            if match is None:
                continue
            form = f"{shape.core} {match['noun']}"
            start, end = match.span("noun")
            new = Shape(start, end, start, end, AssetKind.TAILINGS, match["noun"], True, form, shape.core)
            key = key_of(new)
            if key not in groups:
                groups[key] = Group(shape.core, [new], rule="asset.tailings_of")


def name_of(group: Group) -> tuple[str, AssetKind]:
    """The canonical name and kind: the most frequent kind, in its fullest form."""
    if not group.shapes:
        return group.core, group.fallback or AssetKind.OTHER
    counts = Counter(shape.kind for shape in group.shapes)
    fullest = max(group.shapes, key=lambda shape: (counts[shape.kind], len(shape.form.split()), _is_plain(shape.form), -shape.start))
    form = fullest.form
    if form == fullest.core and not load_kinds().get(form.lower()) and _is_listed(group.shapes):
        form = fullest.core
    return form, fullest.kind


def _is_plain(form: str) -> bool:
    return not form.isupper()


def _is_listed(shapes: Iterable[Shape]) -> bool:
    return all(shape.form == shape.core for shape in shapes)
