"""PDF files: paragraphs in reading order, tables as rows of cells, no running heads."""

from __future__ import annotations

import pytest
from releases_pdf import PROSE, empty_pdf, raised_pdf, release_pdf, two_column_pdf

from minenews import extract
from minenews.errors import InputError
from minenews.source.pdf import pdf_text


def test_paragraphs_are_whole_and_tables_are_rows_of_cells() -> None:
    assert pdf_text(release_pdf()).split("\n\n") == [
        "Brill Metals Inc. news release",
        "Brill Metals Reports Second Quarter 2021 Production, Part A",
        PROSE,
        "|  | Q2 2021 | Q2 2020 | H1 2021 | H1 2020 |\n"
        "| Gold produced (oz) | 5,120 | 4,100 | 10,220 | 9,100 |\n"
        "| Silver produced (oz) | 512 |  | 1,022 | 910 |\n"
        "| AISC ($/oz) | 1,020 | 990 | 1,000 | 980 |",
        "Drilling goes on.",
        "Page 1 of 1\n",
    ]


def test_running_heads_stand_once_and_page_numbers_never() -> None:
    text = pdf_text(release_pdf(pages=4))
    assert text.count("news release") == 1
    assert "Page" not in text
    assert [text.count(f"Part {letter}") for letter in "ABCD"] == [1, 1, 1, 1]


def test_the_facts_of_prose_and_table_come_out() -> None:
    facts = extract(pdf_text(release_pdf())).facts
    found = {(fact.metric.value, fact.commodity, fact.value, fact.period and fact.period.label) for fact in facts}
    assert {("production", "gold", 5120.0, "2021-Q2"), ("production", "silver", 910.0, "2020-H1")} <= found
    assert ("production", "silver", 512.0, "2020-Q2") not in found


def test_a_head_over_two_columns_stands_in_both() -> None:
    rows = [
        ("", "2021", "", "2020", ""),
        ("", "Q2", "H1", "Q2", "H1"),
        ("Gold (oz)", "5,120", "10,220", "4,100", "9,100"),
        ("Ore", *"5678"),
    ]
    text = pdf_text(release_pdf(rows=rows))
    assert "|  | Q2 | H1 | Q2 | H1 |\n| Gold (oz) | 5,120 | 10,220 | 4,100 | 9,100 |" in text


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = "The Alder mine produced gold in every month of the quarter and the mill ran at its full rate without a stop. " * 4
    right = "The Birch mine stood still in the same months since the river rose over the road that leads to the shaft there. " * 4
    words = " ".join(pdf_text(two_column_pdf(left, right)).split())
    assert words == f"Brill Metals reports {left}{right}".strip()


def test_marks_of_footnotes_do_not_join_the_figures() -> None:
    assert pdf_text(raised_pdf()).strip() == "Brill produced 5,120 oz of gold over 12 km2 at an AISC(2) of $1,020."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (release_pdf(password="secret"), "locked with a password"),
        (release_pdf()[:600], "damaged PDF"),
        (b"%PDF-1.7\n" + b"9" * 5_000, "damaged PDF"),
        (empty_pdf(), "without text, a scan perhaps"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        pdf_text(data)


def test_rows_that_name_a_section_and_a_head_over_several_lines_belong_to_the_table() -> None:
    rows = [
        ("", "Unit", "Three months ended 30 June 2021", "Three months ended 30 June 2020"),
        ("Mining", "", "", ""),
        ("Alder mine", "", "", ""),
        ("Ore mined", "t", "51,200", "41,000"),
        ("Milling", "", "", ""),
        ("Birch mill", "", "", ""),
        ("Gold produced", "oz", "5,120", "4,100"),
    ]
    table = pdf_text(release_pdf(rows=rows)).split("\n\n")[3].splitlines()
    assert table[-6:] == [
        "| Mining |  |  |  |",
        "| Alder mine |  |  |  |",
        "| Ore mined | t | 51,200 | 41,000 |",
        "| Milling |  |  |  |",
        "| Birch mill |  |  |  |",
        "| Gold produced | oz | 5,120 | 4,100 |",
    ]
    heads = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[:-6]]
    assert [" ".join(filter(None, column)) for column in zip(*heads, strict=True)] == list(rows[0])
