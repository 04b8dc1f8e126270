"""Reading files: the exact text, whatever the encoding, or a clear error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from minenews import extract, extract_file, read_file
from minenews.errors import InputError
from minenews.source.encoding import decode
from minenews.source.pieces import Limits

TEXT = "Côte d’Ivoire – the “Néré” mine poured 5,120 oz at a cost of £1,000/oz.\r\nSecond line\n" * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_exactly_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "release.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert read_file(file) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Рудник произвёл 6895 унций золота во втором квартале. " * 4, "cp1251"), ("当社は第2四半期に金を生産しました。" * 4, "shift_jis")],
)
def test_text_in_other_scripts_is_read_by_the_encoding_that_fits(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_long_text_is_told_by_its_beginning() -> None:
    text = "Рудник произвёл 6895 унций золота во втором квартале. " * 4_000
    assert decode(text.encode("cp1251")) == text


def test_an_encoding_that_a_page_declares_counts_where_it_fits() -> None:
    text = "Złoto i miedź: kopalnia wydobyła 5120 uncji. " * 3
    assert decode(text.encode("iso8859-2"), "iso-8859-2") == text
    assert decode(text.encode("utf-8"), "iso-8859-2") == text
    assert decode("Néré, 5,120 oz".encode("cp1252"), "no-such-encoding") == "Néré, 5,120 oz"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 64, "binary file"),
        ("b.txt", b"plain words and a " + b"\x01\x02\x03" * 20, "binary file"),
        ("c.txt", random.Random(1).randbytes(4000), "no known text encoding|binary file"),
        ("d.txt", b"%PDF-1.7\n1 0 obj", "damaged PDF file"),
        ("e.txt", b"PK\x03\x04\x14\0", "damaged archive"),
        ("f.txt", b"\x1f\x8b\x08\0", "damaged archive"),
        ("g.txt", b"{\\rtf1\\ansi}", "an RTF file; save it as"),
        ("h.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "Word, Excel or PowerPoint file"),
        ("i.txt", b"0" * 5_001, "larger than 5,000 bytes"),
        ("j.txt", b"", "holds no text"),
        ("k.txt", b" \n\t ", "holds no text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        read_file(file, limits=Limits(release=5_000))
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt: cannot be read \(does not exist\)"):
        read_file(tmp_path / "nowhere.txt")
    with pytest.raises(InputError, match=r"cannot be read \(is a folder\)"):
        read_file(tmp_path)


PAGE = (
    "<html><body><h1>Brill Metals reports</h1>"
    "<p>Brill Metals produced 5,120 ounces of gold in the second quarter of 2021.</p></body></html>"
)


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_a_page_is_told_by_what_it_holds_and_its_offsets_index_the_text_that_read_file_gives(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(PAGE)
    text = read_file(file)
    assert text == "Brill Metals reports\n\nBrill Metals produced 5,120 ounces of gold in the second quarter of 2021.\n"
    extraction = extract_file(file)
    assert extraction.source.length == len(text)
    assert extraction.model_dump(exclude={"source"}) == extract(text).model_dump(exclude={"source"})
    [fact] = extraction.facts
    assert all(text[evidence.start : evidence.end] == evidence.text for evidence in fact.evidence)


def test_a_filing_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "filing.txt").write_text(f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{PAGE}\n</TEXT>\n</DOCUMENT>")
    assert read_file(tmp_path / "filing.txt").startswith("Brill Metals reports\n\n")


def test_text_that_begins_with_a_tag_that_opens_no_page_stays_text(tmp_path: Path) -> None:
    for text in ("<script> Brill Metals produced 5,120 oz.", "<5,120 oz of gold", "<Brill Metals> produced 5,120 oz"):
        (tmp_path / "a.txt").write_text(text)
        assert read_file(tmp_path / "a.txt") == text
