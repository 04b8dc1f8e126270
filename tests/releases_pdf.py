"""Small PDF files for tests."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import AccessPermission

PROSE = (
    "Perth, July 9, 2021 - Brill Metals Inc. (TSX: BRL) produced 5,120 ounces of gold at the Alder mine in the second quarter of 2021, "
    "against 4,100 ounces in the second quarter of 2020. The mill ran well and the recovery was 92%, as the plan said."
)
ROWS = (
    ("", "Q2 2021", "Q2 2020", "H1 2021", "H1 2020"),
    ("Gold produced (oz)", "5,120", "4,100", "10,220", "9,100"),
    ("Silver produced (oz)", "512", "", "1,022", "910"),
    ("AISC ($/oz)", "1,020", "990", "1,000", "980"),
)


def release_pdf(pages: int = 1, rows: Sequence[Sequence[str]] = ROWS, password: str | None = None) -> bytes:
    """A release with a running head, a headline, a paragraph, a table and a page number on every page."""
    pdf = _document()
    for page in range(1, pages + 1):
        pdf.add_page()
        line(pdf, "Brill Metals Inc. news release", size=8)
        line(pdf, f"Brill Metals Reports Second Quarter 2021 Production, Part {'ABCDEF'[page - 1]}", size=13)
        pdf.ln(4)
        paragraph(pdf, PROSE)
        pdf.ln(4)
        align = ("LEFT", *["RIGHT"] * (len(rows[0]) - 1))
        with pdf.table(col_widths=(60, *[30] * (len(rows[0]) - 1)), text_align=align, borders_layout="NONE") as table:
            for cells in rows:
                table.row(cells)
        pdf.ln(4)
        paragraph(pdf, "Drilling goes on.")
        pdf.set_y(-20)
        line(pdf, f"Page {page} of {pages}")
    if password:
        pdf.set_encryption(owner_password=f"{password}!", user_password=password, permissions=AccessPermission.none())
    return bytes(pdf.output())


def two_column_pdf(left: str, right: str) -> bytes:
    """A page with prose in two columns."""
    pdf = _document()
    pdf.add_page()
    line(pdf, "Brill Metals reports", size=13)
    top = pdf.get_y() + 5
    for x, text in ((10, left), (110, right)):
        pdf.set_xy(x, top)
        pdf.multi_cell(88, 5, text)
    return bytes(pdf.output())


def raised_pdf() -> bytes:
    """A page with marks of footnotes and a power."""
    pdf = _document()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    pdf.write_html("<p>Brill produced 5,120<sup>1</sup> oz of gold over 12 km<sup>2</sup> at an AISC<sup>2</sup> of $1,020.</p>")
    return bytes(pdf.output())


def empty_pdf() -> bytes:
    """A page without text, as a scan is."""
    pdf = _document()
    pdf.add_page()
    return bytes(pdf.output())


def _document() -> FPDF:
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    return pdf


def line(pdf: FPDF, text: str, size: int = 11) -> None:
    """One line of text."""
    pdf.set_font("helvetica", size=size)
    pdf.cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")


def paragraph(pdf: FPDF, text: str) -> None:
    """A paragraph over the width of the page."""
    pdf.set_font("helvetica", size=11)
    pdf.multi_cell(0, 5, text, new_x="LMARGIN", new_y="NEXT")
