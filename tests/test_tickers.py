"""Listings, case by case, and every form of an exchange."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews.marks.tickers import find_tickers
from minenews.vocab.load import Row, load_rows

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "tickers.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    text = row["input"].replace("\\n", "\n")
    found = find_tickers(text)
    assert " ".join(f"{listing.ticker.exchange.replace(' ', '_')}:{listing.ticker.symbol}" for listing in found) == row["expected"]
    assert all(text[listing.start : listing.end].endswith(listing.ticker.symbol) for listing in found if listing.rule == "tickers.colon")


@pytest.mark.parametrize("row", load_rows("exchanges"), ids=[row["form"] for row in load_rows("exchanges")])
def test_every_form_of_an_exchange(row: Row) -> None:
    (listing,) = find_tickers(f"Tarnbeck Gold Corp. {row['example']} reports")
    assert (listing.ticker.exchange, listing.ticker.mic or "") == (row["exchange"], row["mic"])


@pytest.mark.parametrize("sign", ["(", "TSX:", "A", "1", "(TSX: A", "a: ", "under the symbol "])
def test_long_texts_of_one_sign_give_marks_that_stand_in_them(sign: str) -> None:
    text = sign * (200_000 // len(sign))
    assert all(text[listing.start : listing.end].strip() for listing in find_tickers(text))
