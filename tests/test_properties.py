"""What must hold for any text whatsoever."""

from __future__ import annotations

import datetime as dt

import pytest
from contract import check_contract
from hostile import HOSTILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minenews import InputError, extract

# fmt: off
PIECES = (
    "Brill Metals Inc. (TSX: BRL)", "(OTC: BRLMF)", "MONTREAL, QUEBEC -- (Marketwired) -- 07/21/17 --", "July 21, 2017", "Q2 2021",
    "2021", "FY25", "H1", "first half of 2021", "three months ended June 30, 2021", "year to date", "gold production", "silver",
    "copper concentrate", "AISC", "grade", "recovery", "head grade", "5,120 oz", "5,120", "6,895 oz.", "2.1 Moz", "$1,250/oz",
    "US$12.5 million", "C$0.25", "35%", "(35%)", "+18%", "10.5 g/t Au", "45.2Mt", "12,500 tpd", "430,000-470,000", "at least", "up to",
    "between", "and", "to", "compared to", "as compared to", "increased by", "decreased", "an increase of", "from", "guidance of",
    "the Veta plant", "Veta mine", "its mine", "hole BR-21-01", "intersected", "including", "which includes", "12.5 m", "from 101.5 m",
    "of", "at", "Measured", "Indicated", "Inferred", "resources", "Table 1.", "-----", "April May June", "2017", "5,087", "6,203", "•",
    "\n", "\n\n", "\t", "earthquake of magnitude 6.4", "strike", "suspended operations", "restart", "no damage", "killed",
    "private placement", "units at a price of", "warrants exercisable at", "closed", "Ana Ortega, President and CEO", 'said "', '"',
    "“", "”", "(", ")", ".", ",", ";", ":", "—", "–", "-", "/", "About Brill Metals", "Forward-looking statements",
    "For further information", "contact:", "é", "ünïcödé", "\u00a0", "\u200b", "🙂", "北京", "0", "00", "1e9", "9999999999999999999", ".5",
    "5.", "1,2,3", "--", "%", "$", "£", "|", "| 2017 | 5,087 | 6,203 |",
)
# fmt: on
RELEASES = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
TEXTS = st.one_of(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=400), RELEASES)
DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))
RUN = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@RUN
@given(TEXTS, DATES)
def test_any_text_gives_an_extraction_that_keeps_the_contract(text: str, released: dt.date | None) -> None:
    check_contract(text, extract(text, released=released))


@RUN
@given(RELEASES, RELEASES)
def test_the_same_text_gives_the_same_result_after_any_other_text(text: str, other: str) -> None:
    before = extract(text)
    extract(other)
    assert extract(text) == before


def test_a_binary_text_is_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        extract("5,120 oz\0of gold")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end_soon_and_keep_the_contract(name: str) -> None:
    text = HOSTILE[name]
    check_contract(text, extract(text))
