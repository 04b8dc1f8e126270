"""Releases of one invented company through two years, for tests of what is put together across releases."""

from __future__ import annotations

QUARTERS = """Brill Metals Reports {label} Production

PERTH, {date} (Wire) -- Brill Metals Inc. (TSX: BRL) reports production from its Ridgeway gold mine and its Coppice copper mine.

| Mine | {label} |
|---|---|
| Ridgeway mine: gold produced (oz) | {gold} |
| Coppice mine: copper produced (t) | {copper} |

{more}
"""

FIGURES = {
    "2023-04-12": ("Q1 2023", "21,400", "3,150", "The 2023 production guidance for the Ridgeway mine is 88,000 to 94,000 ounces of gold."),
    "2023-07-13": ("Q2 2023", "22,250", "3,310", "Gold production at the Ridgeway mine was a record."),
    "2023-10-12": (
        "Q3 2023",
        "17,900",
        "3,290",
        "Operations at the Ridgeway mine were suspended on September 4, 2023 after a fire in the crusher. There were no injuries.",
    ),
    "2024-01-16": (
        "Q4 2023",
        "23,050",
        "3,420",
        "Mining at the Ridgeway mine resumed on October 2, 2023. The Ridgeway mine produced 84,900 ounces of gold in 2023. "
        "The Coppice mine produced 13,170 tonnes of copper in 2023.",
    ),
    "2024-04-11": (
        "Q1 2024",
        "22,800",
        "3,380",
        "The 2024 production guidance for the Ridgeway mine is 90,000 to 96,000 ounces of gold. "
        "After a final reconciliation, the Ridgeway mine produced 18,350 ounces of gold in the third quarter of 2023.",
    ),
    "2024-07-11": ("Q2 2024", "24,100", "3,200", "The Coppice mine was suspended on June 20, 2024 because of a strike by 240 workers."),
}


def releases() -> dict[str, str]:
    """The texts by file name."""
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
    made = {}
    for day, (label, gold, copper, more) in FIGURES.items():
        year, month, date = day.split("-")
        written = f"{months[int(month) - 1]} {int(date)}, {year}"
        made[f"brill-{day}.txt"] = QUARTERS.format(label=label, date=written, gold=gold, copper=copper, more=more)
    return made


HOSTILE = {
    "hostile.txt": """</script><script>document.title = "hacked"</script> Ashgrove <img src=x onerror=alert(1)> Reports \U0001f525 Results

OSTRAVA, May 6, 2022 (Wire) -- \U0001f525 Ashgrove & <b>Sons</b> Mining Inc. (TSX: ASH) reports that the Redhill mine produced 4,200 ounces
of gold in 2021. "=1+1" is <i>what</i> a {{ 7 * 7 }} says.
"""
}
