"""The metal that a figure is of where the text leaves it to the reader: "5 g/t over 3 m" in a gold release."""

from __future__ import annotations

from minenews.marks.page import Page

PRECIOUS = ("gold", "silver", "platinum", "palladium", "platinum_group")
MOSTLY = 0.75


def sole_metal(page: Page, unit: str) -> str | None:
    """The metal that figures in grams or ounces without one must be of: the only one so measured, or by far the most named; else None."""
    if unit in ("%", "ppm", "ppb", "t", "lb"):
        return None
    stated = {
        m.commodity
        for m in page.quantities
        if m.unit == unit and m.commodity and not m.commodity.endswith("_equivalent") and page.is_news(m.start)
    }
    if len(stated) == 1:
        return next(iter(stated))
    named = [word.key for word in page.words if word.label == "commodity" and word.key in PRECIOUS and page.is_news(word.start)]
    if not named:
        return None
    top = max(sorted(set(named)), key=named.count)
    return top if (not stated or top in stated) and named.count(top) >= MOSTLY * len(named) else None
