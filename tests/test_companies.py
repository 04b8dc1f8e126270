"""Companies, case by case: names, aliases, tickers, the issuer, mentions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews.marks.companies import find_companies
from minenews.models import Company
from minenews.text.layout import lay_out

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "companies.csv").open(encoding="utf-8")))


def written(company: Company) -> str:
    """A company as the rule table writes it: `*Issuer Inc. = Alias / the Company @ TSX:ABC`."""
    aliases = f" = {' / '.join(company.aliases)}" if company.aliases else ""
    tickers = " ".join(f"{ticker.exchange.replace(' ', '_')}:{ticker.symbol}" for ticker in company.tickers)
    return f"{'*' if company.role == 'issuer' else ''}{company.name}{aliases}{f' @ {tickers}' if tickers else ''}"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['why']} {number}" for number, row in enumerate(ROWS)])
def test_case(row: dict[str, str]) -> None:
    text = row["input"].replace("\\n", "\n")
    mentions, companies = find_companies(text, None, lay_out(text))
    assert " | ".join(map(written, companies)) == row["expected"]
    assert all(text[e.start : e.end] == e.text for company in companies for e in company.evidence)
    assert {mention.name for mention in mentions} == {company.name for company in companies}


def test_mentions_cover_aliases_and_short_forms_but_no_assets() -> None:
    text = 'Hale Gold Corp. ("Hale") reports. Hale owns the Hale Project. Hale Gold will drill.'
    mentions, _ = find_companies(text, None, lay_out(text))
    assert [text[mention.start : mention.end] for mention in mentions] == ["Hale Gold Corp.", "Hale", "Hale", "Hale Gold"]
    assert {mention.name for mention in mentions} == {"Hale Gold Corp."}


@pytest.mark.parametrize("sign", ["A ", "Gold ", "(", "Hale Gold Corp. ", "Hale & ", "AAAAAAAA", "Hale Resources (", "9", "Of the "])
def test_long_texts_of_one_sign_give_marks_that_stand_in_them(sign: str) -> None:
    text = sign * (100_000 // len(sign))
    mentions, _ = find_companies(text, None, lay_out(""))
    assert all(text[mention.start : mention.end].strip() for mention in mentions)
