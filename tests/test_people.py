"""People, case by case: name, role, company."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minenews.marks.companies import find_companies
from minenews.marks.people import find_people
from minenews.marks.roles import find_roles
from minenews.models import Person
from minenews.text.layout import lay_out
from minenews.vocab.load import Row, load_rows

ROWS = list(csv.DictReader((Path(__file__).parent / "rules" / "people.csv").open(encoding="utf-8")))
ROLES = [row for row in load_rows("roles") if row["kind"] not in ("modifier", "function")]


def read(text: str) -> tuple[Person, ...]:
    """The people of a text, officers given to its issuer."""
    layout = lay_out(text)
    mentions, companies = find_companies(text, None, layout)
    issuer = next((company.name for company in companies if company.role == "issuer"), None)
    return find_people(text, None, layout, mentions, issuer)[1]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['why']} {number}" for number, row in enumerate(ROWS)])
def test_case(row: dict[str, str]) -> None:
    text = row["input"].replace("\\n", "\n")
    people = read(text)
    assert " | ".join(f"{person.name} / {person.role or '-'} / {person.company or '-'}" for person in people) == row["expected"]
    assert all(text[e.start : e.end] == e.text for person in people for e in person.evidence)


@pytest.mark.parametrize("row", ROLES, ids=[f"{row['form']} {row['kind']}" for row in ROLES])
def test_every_role_is_read_whole(row: Row) -> None:
    assert any(row["form"].casefold() in role.text.casefold() for role in find_roles(row["example"]))


def test_the_surname_with_a_title_is_a_mention() -> None:
    text = "Anna Hale, CEO, said it. Ms. Hale will retire."
    mentions, _ = find_people(text, None, lay_out(text), ())
    assert [text[mention.start : mention.end] for mention in mentions] == ["Anna Hale", "Ms. Hale"]


@pytest.mark.parametrize("sign", ["A ", "Anna Hale ", "President ", "President, ", "Anna Hale, ", "Mr. ", "P.Geo., ", "(", "and "])
def test_long_texts_of_one_sign_give_marks_that_stand_in_them(sign: str) -> None:
    text = sign * (100_000 // len(sign))
    mentions, _ = find_people(text, None, lay_out(""), ())
    assert all(text[mention.start : mention.end].strip() for mention in mentions)
