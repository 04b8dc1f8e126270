"""Whether a text is about mining at all: words that only the trade of digging, drilling and smelting uses."""

from __future__ import annotations

import re

from minenews.marks.page import Page

GROUND = re.compile(
    r"""\b(?:ores?|mines|mining|min(?:e|ing)\s+(?:life|site|plan|complex|operations?|rights?|leases?|licen[cs]es?)|collier(?:y|ies)|smelters?|refiner(?:y|ies)|drill(?:ing|ed|holes?|s)?|assays?|mineral(?:s|i[sz]ation|i[sz]ed)?|tailings|concentrat(?:e|es|or)|
        deposits?|geolog\w{1,5}|exploration|open[\s-]?pits?|underground|shafts?|stopes?|ounces|oz|g/t|tonnes|gold|silver|copper|zinc|lead-zinc|nickel|lithium|uranium|coal|iron|cobalt|platinum|palladium|tin|tungsten|antimony|graphite|potash|
        bauxite|spodumene|rare[\s-]earths?|diamonds?|leach\w{0,3}|mills?|quarr(?:y|ies)|mine)\b""",
    re.VERBOSE | re.IGNORECASE,
)
DIGGING = re.compile(r"\b(?:mines?|mining|miners?|collier(?:y|ies)|smelters?|ores?|minerals?|tailings|concentrators?)\b", re.IGNORECASE)
"""Of these one word is enough in a short text."""

CYBER = re.compile(
    r"\b(?:bitcoins?|BTC|crypto\w{0,12}|hash\s?rate|blockchain|ethereum|exahash|EH/s|data[\s-]mining|text[\s-]mining|process[\s-]mining|digital\s+assets?|machine\s+learning|SaaS)\b",
    re.IGNORECASE,
)
SOLID = re.compile(
    r"\b(?:ores?|drill(?:ing|ed|holes?)|assays?|mineral(?:s|i[sz]ation|i[sz]ed)|tailings|concentrates?|smelters?|geolog\w{1,5}|ounces|tonnes|g/t|deposits?|collier(?:y|ies)|underground|coal|tons|longwall|open[\s-]?pits?)\b",
    re.IGNORECASE,
)
ENOUGH = 2
"""So many different words of the ground make a text one about mining."""


def is_about_mining(page: Page) -> bool:
    """Whether the text speaks of mining in the ground; bitcoin, data and text mining do not count."""
    if len(set(_words(GROUND, page.text))) < ENOUGH and not DIGGING.search(page.text) and not page.assets:
        return False
    return len(_words(CYBER, page.text)) < ENOUGH or len(set(_words(SOLID, page.text))) > ENOUGH


def _words(shape: re.Pattern[str], text: str) -> list[str]:
    return [found[0].lower() for found in shape.finditer(text)]
