"""The words that asset names are made of: kind nouns, modifiers, and words that stand in no name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from minenews.models import AssetKind
from minenews.vocab.load import load_rows

CORE_EXTRAS = re.compile(r"[^a-z0-9#]+")
JOINTS = re.compile(r"[-‑–/]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind noun. `capital`: it makes an asset only where it is written with a capital ("Ostrava Area")."""

    noun: str
    kind: AssetKind
    plural: bool
    capital: bool


@cache
def load_kinds() -> dict[str, Kind]:
    """Kind nouns by their lower-case form, singular and plural."""
    kinds: dict[str, Kind] = {}
    for row in load_rows("asset_kinds"):
        for form, plural in ((row["form"], False), (row["plural"], True)):
            kinds[form.lower()] = Kind(row["form"], AssetKind(row["kind"]), plural, row["force"] == "capital")
    return kinds


@cache
def load_modifiers() -> frozenset[str]:
    """Lower-case words that describe an asset and are no part of its name: commodities, deposit types, mining methods."""
    single = {row["form"].lower() for row in load_rows("commodities") if " " not in row["form"] and len(row["form"]) > 1}
    return frozenset(single | {row["form"].lower() for row in load_rows("asset_modifiers")})


@cache
def kind_openings() -> frozenset[str]:
    """The first words of the kind nouns."""
    return frozenset(form.split()[0] for form in load_kinds())


@cache
def load_stopwords() -> dict[str, str]:
    """Lower-case words that names do not take freely.

    They stand nowhere in a name ("any"), do not begin one ("first"), or stand in one only after a capital ("opening": Elk Head).
    """
    return {row["form"]: row["where"] for row in load_rows("asset_stopwords")}


@cache
def load_context(role: str) -> frozenset[str]:
    """The lower-case words that play a role around names: work, mine_work, verb, life, not_site, direction, compass, ..."""
    return frozenset(row["form"] for row in load_rows("asset_context") if row["role"] == role)


@cache
def load_countries() -> frozenset[str]:
    """Countries, their adjectives and the regions of English-speaking countries, casefolded: no asset is called so."""
    names = {row["form"] for row in load_rows("countries")}
    names |= {row["form"] for row in load_rows("regions") if row["country"] in {"CA", "US", "AU"}}
    return frozenset(name.casefold() for name in names)


def is_direction_pair(name: str) -> bool:
    """Whether a name is of two words that each say where something lies, one of them alone of the compass: "East Deep"."""
    words = name.lower().split()
    directed = len(words) == 2 and name.istitle() and all(word in load_context("direction") for word in words)
    return directed and len(load_context("compass").intersection(words)) == 1


def is_modifier(word: str) -> bool:
    """Whether a word, or every part of a compound ("gold-silver", "Uranium/Molybdenum"), is a modifier."""
    modifiers = load_modifiers()
    lowered = word.lower()
    return lowered in modifiers or (not lowered.isalpha() and all(part in modifiers for part in JOINTS.split(lowered)))


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name for comparing: no accents, case, quotes or dashes; Mount and Saint abbreviated."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = CORE_EXTRAS.sub(" ", plain).split()
    return " ".join({"mount": "mt", "saint": "st"}.get(word, word) for word in words)
