"""Whether a text is about mining at all: words that only the trade of digging, drilling and smelting uses."""

from __future__ import annotations

import re

from minenews.marks.page import Page

WORD = re.compile(r"\w+")
GROUND = frozenset(
    """ore ores mine mines mining miner miners colliery collieries smelter smelters refinery refineries drill drilling drilled drillholes assay assays
    mineral minerals mineralization mineralisation mineralized mineralised tailings concentrate concentrates concentrator deposit deposits geology
    geological geologist exploration pit pits underground shaft shafts stope stopes ounces oz tonnes gold silver copper zinc nickel lithium uranium coal
    iron cobalt platinum palladium tin tungsten antimony graphite potash bauxite spodumene diamonds diamond leach leaching mill mills quarry""".split()
)
"""Words of the ground; some have other uses, so that one alone proves nothing."""

DIGGING = frozenset("mine mines mining miner miners colliery smelter smelters ore ores mineral minerals tailings concentrator".split())
"""Of these one is enough in a short text."""

SOLID = frozenset(
    """ore ores drilling drilled drillholes assay assays minerals mineralization mineralisation mineralized mineralised tailings concentrate concentrates
    smelter geology geological ounces tonnes deposit deposits colliery underground coal tons longwall""".split()
)
"""Words that bitcoin mining has no use for."""

CYBER = re.compile(
    r"\b(?:bitcoins?|btc|crypto\w{0,12}|hash\s?rate|blockchain|ethereum|exahash|(?:data|text|process)[\s-]mining|digital\s+assets?|machine\s+learning|saas)\b"
)
ENOUGH = 2


def is_about_mining(page: Page) -> bool:
    """Whether the text speaks of mining in the ground; bitcoin, data and text mining do not count."""
    lowered = page.text.lower()
    words = set(WORD.findall(lowered))
    if len(words & GROUND) < ENOUGH and not words & DIGGING and not page.assets:
        return False
    return len(words & SOLID) > ENOUGH or len(CYBER.findall(lowered)) < ENOUGH
