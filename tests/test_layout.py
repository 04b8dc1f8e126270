"""Blocks and their sections, headlines and sentences, case by case."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from minenews.marks.sentences import find_sentences, split_sentences
from minenews.text.dateline import read_date
from minenews.text.layout import lay_out
from minenews.vocab.load import load_rows

RULES = Path(__file__).parent / "rules"
BLOCKS = list(csv.DictReader((RULES / "blocks.csv").open(encoding="utf-8", newline="")))
HEADLINES = list(csv.DictReader((RULES / "headlines.csv").open(encoding="utf-8", newline="")))
SENTENCES = list(csv.DictReader((RULES / "sentences.csv").open(encoding="utf-8", newline="")))
ABBREVIATIONS = [row for row in load_rows("abbreviations") if row["kind"] == "never"]


@pytest.mark.parametrize("row", BLOCKS, ids=[row["why"] for row in BLOCKS])
def test_blocks(row: dict[str, str]) -> None:
    text = row["input"]
    blocks = lay_out(text).blocks
    assert " ".join(b.kind + ("" if b.section == "body" else f"/{b.section}") for b in blocks) == row["expected"]
    assert "".join("".join(text[b.start : b.end] for b in blocks).split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(blocks))


@pytest.mark.parametrize("row", SENTENCES, ids=[row["why"] for row in SENTENCES])
def test_sentences(row: dict[str, str]) -> None:
    text = row["input"]
    assert "|".join(text[a:b] for a, b in split_sentences(text, 0, len(text))) == row["expected"]


@pytest.mark.parametrize("row", ABBREVIATIONS, ids=[row["form"] for row in ABBREVIATIONS])
def test_abbreviation_ends_no_sentence(row: dict[str, str]) -> None:
    text = f"The report names {row['example']} there."
    assert len(list(split_sentences(text, 0, len(text)))) == 1


@pytest.mark.parametrize("row", HEADLINES, ids=[row["why"] for row in HEADLINES])
def test_headline(row: dict[str, str]) -> None:
    text = row["input"].replace("\\n", "\n")
    layout = lay_out(text)
    line = layout.dateline
    headline = " ".join(text[slice(*layout.headline)].split()) if layout.headline else ""
    date = read_date(text[slice(*line.date)]) if line and line.date else None
    place = text[slice(*line.place)] if line and line.place else ""
    assert (headline, str(date or ""), place) == (row["headline"], row["date"], row["place"])


def test_sentences_leave_tables_out() -> None:
    text = "Gold rose.\n\n| Month | Gold |\n|---|---|\n| June | 5,120 |\n| July | 6,200 |\n\nSilver fell."
    assert [text[s.start : s.end] for s in find_sentences(text, lay_out(text))] == ["Gold rose.", "Silver fell."]
