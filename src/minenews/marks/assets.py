"""Find assets: names by shape, by definition and by context, merged into one record for each mine, plant or project."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from minenews.marks.asset_aliases import Alias, read_aliases
from minenews.marks.asset_bare import find_bare
from minenews.marks.asset_names import Shape, Token, find_shapes, read_tokens
from minenews.marks.asset_words import DIRECTIONS, fold, is_modifier, load_countries, load_stopwords
from minenews.marks.page import Mention
from minenews.models import Asset, AssetKind, Evidence
from minenews.text.layout import Block, Layout

WORKS = frozenset({AssetKind.PLANT, AssetKind.SMELTER, AssetKind.REFINERY, AssetKind.PORT, AssetKind.TAILINGS})
LAST_IN_NAME = re.compile(r"[ ][A-ZÀ-Þ][\w'’-]*$")
ITS_WORKS = re.compile(
    r"\ (?:and|with|including)\ (?:its|the)\ (?P<noun>tailings?\ (?:ponds?|facilit(?:y|ies)|storage\ facilit(?:y|ies)|dams?|impoundments?))\b", re.VERBOSE
)


@dataclass
class _Group:
    """The forms of one asset while they are being gathered."""

    core: str
    works: bool
    shapes: list[Shape] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    bare: list[tuple[int, int, AssetKind, str]] = field(default_factory=list)
    name: str = ""
    kind: AssetKind = AssetKind.OTHER
    extra_cores: list[str] = field(default_factory=list)


def find_assets(
    text: str,
    layout: Layout,
    company_mentions: Sequence[Mention] = (),
    place_mentions: Sequence[Mention] = (),
) -> tuple[tuple[Mention, ...], tuple[Asset, ...]]:
    """All mentions of assets and one record for each asset, in reading order.

    Forward-looking and contact blocks name no asset of their own.
    """
    block_of = _block_finder(layout)
    title = _title_finder(layout, block_of)
    tokens = read_tokens(text, frozenset(block.start for block in layout.blocks))
    companies = [(m.start, m.end) for m in company_mentions]
    shapes = [s for s in find_shapes(text, tokens, companies, title) if _section(block_of, s.start) in {"body", "about"}]
    shapes = _supported(text, shapes, title)
    groups = _group(text, shapes)
    _add_bare(text, tokens, groups, company_mentions, place_mentions, title, block_of)
    _add_tailings(text, groups)
    _merge_places(groups, place_mentions, text)
    for group in groups.values():
        _name(group)
    return _records(text, groups, company_mentions, place_mentions)
