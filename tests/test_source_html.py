"""Pages of HTML: the main text, tables as rows of cells, nothing of the frame around them."""

from __future__ import annotations

import pytest

from minenews import extract
from minenews.errors import InputError
from minenews.source.html import html_text

PAGE = """<!doctype html><html><head><title>Brill - Newswire</title><script>var oz = "9,999 oz"</script><style>p {}</style></head><body>
<header><a href=/>Home</a> <a href=/n>News</a> <a href=/c>Contact</a></header>
<nav><ul><li><a>One</a><li><a>Two</a></ul></nav>
<div class="cookie-consent">We use cookies. Accept?</div>
<form><main><h1>Brill Metals Reports Second Quarter 2021 Production</h1>
<article><p>Perth, July 9, 2021 (Wire) -- <b>Brill Metals</b> Inc. (TSX: BRL) produced
 5,120<sup>1</sup> ounces of gold at the Alder mine, which covers 12&nbsp;km<sup>2</sup> and holds U<sub>3</sub>O<sub>8</sub>.
 The AISC<sup>2</sup> fell.</p>
<ul><li><p>Gold up <i>12</i>%</p><li>Costs down<br>a lot</ul>
<div style="display: none">Not shown</div><p hidden>Nor this</p>
<p>About Brill<p>unclosed &lt;script&gt; text</article>
<div class=related><a>Older</a> <a>Oldest</a> <a>All</a></div></main></form>
<footer>Copyright</footer></body></html>"""


def test_the_main_text_is_read_without_the_frame_of_the_page() -> None:
    assert html_text(PAGE).split("\n\n") == [
        "Brill Metals Reports Second Quarter 2021 Production",
        "Perth, July 9, 2021 (Wire) -- Brill Metals Inc. (TSX: BRL) produced 5,120 ounces of gold at the Alder mine, "
        "which covers 12\u00a0km2 and holds U3O8. The AISC(2) fell.",
        "- Gold up 12%",
        "- Costs down\na lot",
        "About Brill",
        "unclosed <script> text\n",
    ]


def test_a_page_without_a_main_part_is_read_whole_and_prose_with_links_stays() -> None:
    text = html_text("<div><p>Brill Metals (<a>TSX: BRL</a>) of <a>Perth</a> produced 5,120 oz. See <a>the tables</a> below.</p></div>")
    assert text == "Brill Metals (TSX: BRL) of Perth produced 5,120 oz. See the tables below.\n"


TABLE = """<table><caption>Production and costs</caption>
<thead><tr><th rowspan=2>Alder mine</th><th colspan=3>Q2 2021</th><th></th><th colspan=3>Q2 2020</th></tr>
<tr><th colspan=3>actual</th><th></th><th colspan=3>actual</th></tr></thead>
<tr><td>Gold produced (oz)</td><td></td><td>5,120</td><td></td><td></td><td></td><td>4,100</td><td></td></tr>
<tr><td>Net income ($)</td><td>$</td><td>(12,000</td><td>)</td><td>&nbsp;</td><td>$</td><td>1,000</td><td></td></tr>
<tr><td colspan=8>Costs | unaudited</td></tr>
<tr><td>AISC ($/oz)</td><td></td><td>1,020</td><td></td><td></td><td></td><td>990</td><td></td></tr></table>"""


def test_a_table_is_rows_of_cells_with_spans_filled_and_signs_joined_to_their_figures() -> None:
    caption, rows = html_text(TABLE).strip().split("\n\n")
    assert caption == "Production and costs"
    assert rows.splitlines() == [
        "| Alder mine | Q2 2021 | Q2 2020 |",
        "| Alder mine | actual | actual |",
        "|---|---|---|",
        "| Gold produced (oz) | 5,120 | 4,100 |",
        "| Net income ($) | $(12,000) | $1,000 |",
        "| Costs / unaudited |  |  |",
        "| AISC ($/oz) | 1,020 | 990 |",
    ]


def test_the_facts_of_a_table_come_out_of_the_page() -> None:
    facts = extract(html_text(f"<h1>Brill Metals reports production</h1>{TABLE}")).facts
    found = {(fact.metric.value, fact.value, fact.period and fact.period.label) for fact in facts}
    assert {("production", 5120.0, "2021-Q2"), ("production", 4100.0, "2020-Q2"), ("net_income", -12000.0, "2021-Q2")} <= found


def test_columns_of_single_figures_in_parentheses_are_not_joined() -> None:
    rows = html_text("<table><tr><th></th><th colspan=2>2021</th></tr><tr><td>Gold<td>12<td>(5)</tr><tr><td>Zinc<td>13<td>(4)</tr></table>")
    assert "| Gold | 12 | (5) |" in rows


def test_cells_that_reach_down_stand_in_every_row() -> None:
    rows = html_text("<table><tr><td rowspan=2>Alder<td>Gold<td>5,120</tr><tr><td>Zinc<td>4,100</tr></table>").splitlines()
    assert rows == ["| Alder | Gold | 5,120 |", "| Alder | Zinc | 4,100 |"]


def test_a_table_that_lays_out_the_page_is_read_as_text() -> None:
    text = html_text(
        "<table><tr><td><p>Brill Metals produced gold.</p></td><td><table><tr><td>Gold<td>5,120</tr></table></td></tr></table>"
    )
    assert text == "Brill Metals produced gold.\n\n| Gold | 5,120 |\n"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "5,120 oz",
        "<b><i>" * 100_000 + "5,120 oz",
    ],
)
def test_elements_too_deep_in_each_other_are_refused(page: str) -> None:
    with pytest.raises(InputError, match="deep in each other"):
        html_text(page)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<",
        "<html>",
        "<table>",
        "<table><tr><td colspan=99999999999 rowspan=-1>5,120</table>",
        "<table><tr>" + "<td colspan=200 rowspan=200>x" * 2_000,
        "<p>" * 20_000 + "<li>" * 20_000,
        "</div>" * 20_000,
    ],
)
def test_odd_pages_are_read_without_a_fault(page: str) -> None:
    assert isinstance(html_text(page), str)


def test_bullets_set_in_a_table_are_lines() -> None:
    text = html_text(
        "<table><tr><td></td><td>•</td><td>Gold production of 5,120 oz</td></tr><tr><td><td>•<td>Costs of $1,020 per ounce</tr></table>"
    )
    assert text == "• Gold production of 5,120 oz\n\n• Costs of $1,020 per ounce\n"


def test_marks_raised_by_style_do_not_join_the_figures() -> None:
    mark = "<font style='font-size:5pt;position:relative;top:-2.8pt'>{}</font>"
    page = f"<p>On the 24{mark.format('th')} it was 5,120{mark.format('1')} oz, AISC<span style='vertical-align: super'>2</span> fell.</p>"
    assert html_text(page) == "On the 24th it was 5,120 oz, AISC(2) fell.\n"


def test_lines_of_a_filing_before_the_page_are_left_out() -> None:
    assert html_text("<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<TEXT>\n<html><body><p>Gold</p></body></html>") == "Gold\n"


def test_cells_of_a_filing_with_columns_for_signs_and_gaps_are_joined() -> None:
    def cells(*texts: str, span: int = 3) -> str:
        return "".join(f"<td colspan={span}>{text}</td>" for text in texts)

    def money(sign: str, value: str, close: str = "") -> str:
        return f"<td>{sign}</td><td>{value}</td><td>{close}</td><td></td>"

    rows = (
        f"<tr>{'<td></td>' * 12}</tr><tr>{cells('')}{cells('2021', '2020', span=4)}</tr>"
        f"<tr>{cells('Revenue')}{money('$', '12,500')}{money('$', '11,000')}</tr>"
        f"<tr>{cells('Net loss')}{money('', '(300', ')')}{money('', '(20', ')')}</tr>"
    )
    assert html_text(f"<table>{rows}</table>").splitlines() == [
        "|  | 2021 | 2020 |",
        "| Revenue | $12,500 | $11,000 |",
        "| Net loss | (300) | (20) |",
    ]
