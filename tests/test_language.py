"""The language of a release, and what is read of a foreign one: little, but nothing wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from minenews import extract
from minenews.marks.language import find_language
from minenews.marks.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Company produced 6,895 ounces of gold in the quarter, an increase of 18% from the prior year.", "en"),
        ("La société a produit 6 895 onces d’or au deuxième trimestre à l’usine de Québec, une hausse de 18 %.", "fr"),
        ("La compañía produjo 6,895 onzas de oro en el segundo trimestre de 2017, un aumento del 18%.", "es"),
        ("A empresa produziu 6.895 onças de ouro no segundo trimestre, um aumento de 18% em relação ao ano anterior.", "pt"),
        ("Das Unternehmen produzierte im zweiten Quartal 6.895 Unzen Gold, das ist ein Anstieg von 18%.", "de"),
        ("Gold 5,120 oz", None),
        ("", None),
        ("金 5,120", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("18.185 oz", []),
        ("18,185 oz", []),
        ("12,5 g/t", [12.5]),
        ("1.234.567 oz", [1234567.0]),
        ("18 %", [18.0]),
        ("US$5 mil", []),
        ("US$2,5 millones", [2.5e6]),
        ("US$2 milliards", [2e9]),
    ],
)
def test_a_number_of_two_meanings_is_left_out_of_a_foreign_text(text: str, values: list[float]) -> None:
    assert [m.value for m in find_quantities(text, foreign=True)] == values


def test_a_spanish_release() -> None:
    text = (
        "LIMA, Perú, 21 de julio de 2017 -- Minera Brillante S.A. informó que la producción de oro del segundo trimestre fue de "
        "18.185 onzas, con un costo de US$1.250/oz, y que las ventas fueron de US$5 mil millones."
    )
    found = extract(text)
    assert (found.release.language, found.release.date, found.release.place) == ("es", dt.date(2017, 7, 21), "Lima, Perú")
    assert found.facts == ()
    assert all(q.value not in (18.185, 1.25, 5.0) for q in found.quantities)
