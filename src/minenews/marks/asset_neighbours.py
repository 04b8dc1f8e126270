"""Which assets a release only places its own beside or likens it to: "one mile from Alder's Ostrava mine"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from minenews.models import AssetKind

if TYPE_CHECKING:
    from minenews.marks.page import Page

BESIDE = re.compile(
    r"""\b(?: near(?:by)? | (?:adjacent|next|close|proximal|similar|analogous|akin|home|host|contiguous|comparable)\s(?:to|with)
        | reminiscent\sof | (?:along|on)\s(?:strike|trend)\s(?:to|of|from|with) | bordering | borders | neighbou?ring
        | (?:north|south|east|west|northeast|northwest|southeast|southwest|up|down)(?:ward|wards|ern)?\s(?:of|from)
        | \d[\d.,]{0,6}\s?(?:km|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?)\s(?:[\w-]{1,14}\s){0,3}(?:of|from)
        | (?:one|two|three|five|ten)\s(?:miles?|kilomet(?:re|er)s?)\s(?:[\w-]{1,14}\s){0,2}(?:of|from) )
        \s (?!(?:its|our)\b) (?:(?!(?:its|our|and|at|on|in|for)\b)[\w.&'’-]{1,24}\s){0,6}$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands before an asset that another one only lies beside or is like."""

PARTS = frozenset({AssetKind.ZONE, AssetKind.DEPOSIT})
"""What a hole is drilled beside is the very thing that is drilled."""

REFERS = frozenset({"asset.reference"})
"""Rules of mentions by a noun alone: "the mine"."""

REACH = 110


def find_neighbours(page: Page) -> frozenset[str]:
    """The names of the assets that the news names only as a landmark or for comparison."""
    parts = {asset.name for asset in page.assets if asset.kind in PARTS}
    beside: dict[str, bool] = {}
    for mention in page.asset_mentions:
        if beside.get(mention.name, True) and mention.name not in parts and mention.rule not in REFERS and page.is_news(mention.start):
            beside[mention.name] = BESIDE.search(page.text, max(0, mention.start - REACH), mention.start) is not None
    return frozenset(name for name, told in beside.items() if told)
