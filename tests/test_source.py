"""Reading files: the exact text, whatever the encoding, or a clear error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from minenews.errors import InputError
from minenews.text.source import decode, read_file

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


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert read_file(tmp_path / "empty.txt") == ""


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 64, "binary file"),
        ("b.txt", b"plain words and a " + b"\x01\x02\x03" * 20, "binary file"),
        ("c.txt", random.Random(1).randbytes(4000), "no known text encoding|binary file"),
        ("d.txt", b"%PDF-1.7\n1 0 obj", "PDF file"),
        ("e.txt", b"PK\x03\x04\x14\0", "ZIP archive"),
        ("f.txt", b"\x1f\x8b\x08\0", "gzip file"),
        ("g.txt", b"{\\rtf1\\ansi}", "RTF file"),
        ("h.html", b"<p>5,120 oz</p>", "HTML page"),
        ("i.txt", b"\n<!DOCTYPE html><html></html>", "HTML page"),
        ("j.txt", b"0" * 2_001, "2,001 bytes are more than the limit of 2,000"),
    ],
)
def test_what_is_no_plain_text_is_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        read_file(file, size_limit=5_000 if name != "j.txt" else 2_000)
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt: cannot be read"):
        read_file(tmp_path / "nowhere.txt")
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path)
