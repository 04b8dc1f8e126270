"""Releases in archives and rows: unpacked within limits, refused with a reason."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minenews import InputError, extract_file, read_file
from minenews.source.pieces import Limits, Piece, find_pieces

TEXT = "Brill Metals produced 5,120 ounces of gold in the second quarter."


def pieces(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> list[Piece]:
    (folder / name).write_bytes(data)
    return list(find_pieces(folder / name, limits=limits))


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def parquet(**columns: list[object]) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table(columns), written)
    return written.getvalue()


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt"])
def test_a_packed_text_is_unpacked_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert pieces(tmp_path, name, gzip.compress(TEXT.encode())) == [Piece(name, TEXT.encode())]
    assert read_file(tmp_path / name) == TEXT


def test_a_zip_archive_gives_its_releases_by_name(tmp_path: Path) -> None:
    members = {"b/two.html": b"<p>Two</p>", "a.txt": b"One", "picture.png": b"\x89PNG", ".hidden.txt": b"x", "__MACOSX/a.txt": b"x"}
    assert pieces(tmp_path, "all.zip", zipped(members)) == [Piece("all.zip!a.txt", b"One"), Piece("all.zip!b/two.html", b"<p>Two</p>")]


@pytest.mark.parametrize("member", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "..\\a.txt", "C:\\a.txt"])
def test_a_path_that_climbs_out_of_an_archive_is_refused_and_the_others_are_read(tmp_path: Path, member: str) -> None:
    found = pieces(tmp_path, "all.zip", zipped({member: b"x", "good.txt": b"Good"}))
    assert [piece.error is None for piece in sorted(found, key=lambda piece: piece.data)] == [False, True]
    assert "climbs out of the archive" in str([piece.error for piece in found])


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"0" * 1_000_000)
    with pytest.raises(InputError, match="larger than 10,000 bytes"):
        pieces(tmp_path, "bomb.gz", bomb, Limits(release=10_000))
    [piece] = pieces(tmp_path, "bomb.zip", zipped({"a.txt": b"0" * 1_000_000}), Limits(release=10_000))
    assert "larger than 10,000 bytes" in str(piece.error)
    with pytest.raises(InputError, match="unpacks to more than 25,000 bytes"):
        pieces(tmp_path, "many.zip", zipped({f"{i}.txt": b"0" * 9_000 for i in range(9)}), Limits(10_000, 25_000))


def test_archives_in_archives_and_office_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="archive in an archive"):
        pieces(tmp_path, "a.gz", gzip.compress(gzip.compress(TEXT.encode())))
    [piece] = pieces(tmp_path, "a.zip", zipped({"b.zip": zipped({"a.txt": b"x"})}))
    assert "archive in an archive" in str(piece.error)
    with pytest.raises(InputError, match="Word, Excel or PowerPoint"):
        pieces(tmp_path, "a.txt", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_is_told_and_the_others_are_read(tmp_path: Path, method: int) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode() * 20, "b.txt": b"Good"}, method))
    data[45:70] = b"\xff" * 25
    bad, good = pieces(tmp_path, "all.zip", bytes(data))
    assert bad.name == "all.zip!a.txt" and "damaged" in str(bad.error)
    assert good == Piece("all.zip!b.txt", b"Good")


def test_names_that_are_none_stop_no_run(tmp_path: Path) -> None:
    assert pieces(tmp_path, "all.zip", zipped({".": b"x", "b.txt": b"Good"})) == [Piece("all.zip!b.txt", b"Good")]
    with pytest.raises(InputError, match="damaged archive"):
        pieces(tmp_path, "all.zip", zipped({"é.txt": b"x"}).replace("é".encode(), b"\xff\xfe"))


ROWS = [{"Text": TEXT, "date": "2021-07-09T08:00:00Z", "id": 1}, {"Text": "Two", "date": None}]
LINES = "\n".join(map(json.dumps, ROWS)).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.jsonl", LINES),
        ("feed.txt", LINES),
        ("feed.jsonl.gz", gzip.compress(LINES)),
        ("feed.json", json.dumps(ROWS, indent=1).encode()),
        ("feed.json", json.dumps(ROWS).encode()),
        ("feed.parquet", parquet(body=[TEXT, "Two"], released=[dt.date(2021, 7, 9), None], id=[1, 2])),
        ("feed.parquet.gz", gzip.compress(parquet(text=[TEXT, "Two"], published=[dt.datetime(2021, 7, 9, 8), None]))),
    ],
)
def test_rows_with_a_column_of_text_are_releases_with_their_dates(tmp_path: Path, name: str, data: bytes) -> None:
    assert pieces(tmp_path, name, data) == [Piece(f"{name}#1", TEXT, dt.date(2021, 7, 9)), Piece(f"{name}#2", "Two")]
    with pytest.raises(InputError, match="more than one release"):
        read_file(tmp_path / name)


def test_a_single_row_is_a_release_with_its_date(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(ROWS[0]))
    [fact] = extract_file(file).facts
    assert fact.period and fact.period.label == "2021-Q2"


def test_rows_without_text_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    lines = b'{"text": "One"}\n{"headline": "None"}\n{"text": 5}\nnot json\n[1]\n\n{"text": "\\ud800 half a character"}\n'
    found = pieces(tmp_path, "feed.jsonl", lines)
    assert [piece.name for piece in found] == [f"feed.jsonl#{n}" for n in (1, 2, 3, 4, 5, 7)]
    assert [piece.data for piece in found if not piece.error] == ["One", "? half a character"]
    reasons = ("without text", "without text", "no JSON that can be read", "no object")
    assert all(reason in str(piece.error) for reason, piece in zip(reasons, found[1:5], strict=True))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", b"[" * 100_000, "too deep"),
        ("b.json", b'{"text": ' + b"9" * 5_000 + b"}", "no JSON"),
        ("c.json", b"plain words", "no JSON"),
        ("d.jsonl", b'{"text": "a"}\n{"text": "' + b"b" * 20_000, "line of more than 10,000 bytes"),
        ("e.parquet", parquet(title=["a"]), "no column of text"),
        ("f.parquet", parquet(text=["a"])[:60], "damaged Parquet"),
    ],
)
def test_malformed_rows_are_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        pieces(tmp_path, name, data, Limits(release=200_000 if name == "a.json" else 10_000))
