"""The vocabulary loader, and every packaged vocabulary file."""

from __future__ import annotations

from importlib.resources import files

import pytest

from minenews import VocabularyError
from minenews.vocab.load import SCHEMAS, Schema, load_rows, read_rows

SCHEMA = Schema(("form", "metal", "case", "example"), ("form",), frozenset({"case"}))
GOOD = "form,metal,case,example\ngold,gold,,5 oz of gold\nAu,gold,cs,2 g/t Au\n"
PACKAGED = sorted(file.name.removesuffix(".csv") for file in files("minenews.vocab").iterdir() if file.name.endswith(".csv"))


def test_rows_are_read_with_their_place() -> None:
    gold, symbol = read_rows("metals", GOOD, SCHEMA)
    assert gold == {"form": "gold", "metal": "gold", "case": "", "example": "5 oz of gold"}
    assert symbol.place == "metals.csv row 3"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "form,metal,case,example,colour\ngold,gold,,gold,yellow\n",
            "metals.csv: columns are form, metal, case, example, colour; write",
        ),
        ("form,metal,example\ngold,gold,gold\n", "metals.csv: columns are form, metal, example; write exactly form, metal, case, example"),
        ("metal,form,case,example\ngold,gold,,gold\n", "write exactly form, metal, case, example"),
        ("", "metals.csv: columns are ; write exactly"),
        (GOOD + "gold,silver,,more gold\n", "metals.csv row 4: 'gold' stands already in row 2"),
        (GOOD + "tin,tin,\n", "metals.csv row 4: has not 4 cells"),
        (GOOD + "tin,tin,,tin, copper\n", "metals.csv row 4: has not 4 cells; quote cells that hold a comma"),
        (GOOD + "tin ,tin,,tin\n", "metals.csv row 4: column form has blanks around 'tin '"),
        (GOOD + ",tin,,tin\n", "metals.csv row 4: column form is empty"),
        (GOOD + "tin,tin,,\n", "metals.csv row 4: column example is empty"),
        (GOOD + "tin,tin,,5 t of copper\n", "metals.csv row 4: the example '5 t of copper' does not hold 'tin'"),
    ],
)
def test_a_malformed_file_is_refused_with_file_row_and_reason(text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        read_rows("metals", text, SCHEMA)
    assert message in str(caught.value)


def test_an_optional_cell_may_be_empty() -> None:
    assert [row["case"] for row in read_rows("metals", GOOD, SCHEMA)] == ["", "cs"]


@pytest.mark.parametrize("name", PACKAGED)
def test_every_packaged_file_loads_and_holds_its_examples(name: str) -> None:
    rows = load_rows(name)
    assert rows
    assert all(row["example"] for row in rows)


def test_every_schema_has_its_file_and_every_file_its_schema() -> None:
    assert sorted(SCHEMAS) == PACKAGED
