"""Assets, case by case: names, aliases, kinds, places, mentions, references, and what is no asset."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews.marks.assets import find_assets
from minenews.marks.companies import find_companies
from minenews.marks.page import Mention
from minenews.marks.places import drop_assets, find_places
from minenews.models import Asset, Place
from minenews.text.layout import lay_out

RULES = Path(__file__).parent / "rules"
ASSETS = list(csv.DictReader((RULES / "assets.csv").open(encoding="utf-8")))
PLACES = list(csv.DictReader((RULES / "places.csv").open(encoding="utf-8")))


def read(text: str) -> tuple[tuple[Mention, ...], tuple[Asset, ...], tuple[Mention, ...], tuple[Place, ...]]:
    layout = lay_out(text)
    companies, _ = find_companies(text, None, layout)
    place_mentions, places = find_places(text, None, layout, companies)
    return *find_assets(text, None, layout, companies, place_mentions), place_mentions, places


def written(asset: Asset) -> str:
    """An asset as the rule table writes it: `mine Ostrel mine = Ostrel / the alias @ Place`."""
    aliases = f" = {' / '.join(asset.aliases)}" if asset.aliases else ""
    return f"{asset.kind.value} {asset.name}{aliases}{f' @ {asset.place}' if asset.place else ''}"


@pytest.mark.parametrize("row", ASSETS, ids=[f"{row['why']} {number}" for number, row in enumerate(ASSETS)])
def test_asset(row: dict[str, str]) -> None:
    text = row["input"].replace("\\n", "\n")
    mentions, assets, _, _ = read(text)
    assert " | ".join(map(written, assets)) == row["expected"]
    assert all(text[e.start : e.end] == e.text for asset in assets for e in asset.evidence)
    assert {mention.name for mention in mentions} == {asset.name for asset in assets}


@pytest.mark.parametrize("row", PLACES, ids=[f"{row['why']} {number}" for number, row in enumerate(PLACES)])
def test_place(row: dict[str, str]) -> None:
    text = row["input"].replace("\\n", "\n")
    _, _, mentions, places = read(text)
    assert " | ".join(place.name for place in places) == row["expected"]
    assert all(text[e.start : e.end] == e.text for place in places for e in place.evidence)
    assert {mention.name for mention in mentions} == {place.name for place in places}


def mentioned(text: str) -> list[tuple[str, str]]:
    mentions, _, _, _ = read(text)
    return [(text[mention.start : mention.end], mention.name) for mention in mentions]


def test_the_only_mine_is_meant_by_the_mine() -> None:
    assert mentioned("The Ostrel gold mine is open. Workers left the mine on Friday.") == [
        ("Ostrel gold mine", "Ostrel gold mine"),
        ("the mine", "Ostrel gold mine"),
    ]


def test_the_nearest_of_two_mines_is_meant() -> None:
    text = "Results of May\n\nThe Ostrel mine is in Peru.\n\nA fire broke out at the Ravna mine. The mine was evacuated."
    assert mentioned(text)[-1] == ("The mine", "Ravna mine")


def test_of_two_mines_in_one_sentence_none_is_meant() -> None:
    assert [name for name, _ in mentioned("The Ostrel mine feeds the Ravna mine, and the mine is old.")] == ["Ostrel mine", "Ravna mine"]


def test_a_defined_term_means_what_it_was_defined_for() -> None:
    text = 'We own the Ostrel project (the "Project"). The Ravna project is far. The Project is permitted.'
    assert mentioned(text)[-1] == ("The Project", "Ostrel project")


def test_an_asset_named_as_a_distance_mark_is_no_place() -> None:
    text = "The Ostrel mine is open. Ravna camp lies 50 km south of Ostrel."
    asset_mentions, _, mentions, places = read(text)
    assert [place.name for place in places] == ["Ostrel"]
    assert drop_assets(mentions, places, asset_mentions) == ((), ())


def test_rows_of_a_table_beside_a_known_mine_are_mines() -> None:
    cells = ["Gold production (oz)", "Tolmaro", "19,031", "17,749", "La Zarca", "5,900", "4,767", "Total", "24,931", "22,516"]
    text = "Output fell at Tolmaro.\n\n" + "\n\n".join(cells) + "\n"
    _, assets, _, _ = read(text)
    assert [asset.name for asset in assets] == ["Tolmaro", "La Zarca"]


@pytest.mark.parametrize(
    "text",
    [
        "the Foo mine " * 8000,
        "Foo, " * 20000 + "and Bar mines",
        "((" * 50000 + "))" * 50000,
        "the mine is. " * 8000,
        " ".join(f"the A{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)} mine is here." for i in range(4000)),
        "in Foo, Peru and " * 6000,
        "1 234,5 " * 12000,
    ],
    ids=["mines", "list", "parentheses", "references", "many names", "places", "digits"],
)
def test_long_texts_give_mentions_that_stand_in_them(text: str) -> None:
    layout = lay_out(text[:200])
    places, _ = find_places(text, None, layout)
    mentions, _ = find_assets(text, None, layout, (), places)
    assert all(text[mention.start : mention.end].strip() for mention in mentions)
