"""A folder of files that mean harm: the run ends, each is told with its reason, and all others are read."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from releases_pdf import empty_pdf, release_pdf

from minenews import extract_corpus
from minenews.source.pieces import Limits

GOOD = "Brill Metals produced 5,120 ounces of gold in the second quarter of 2021."
LIMITS = Limits(release=20_000_000, archive=30_000_000, seconds=20)


def sparse(size: int) -> Callable[[Path], None]:
    """Writes a file of nothing that takes no place on the disk."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return write


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def with_flag(archive: bytes) -> bytes:
    """A ZIP archive whose member says that it is locked with a password."""
    data = bytearray(archive)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_text(GOOD)


HOSTILE: dict[str, tuple[bytes | Callable[[Path], None], str]] = {
    "empty.txt": (b"", "holds no text"),
    "blank.txt": (b" \n" * 1_000, "holds no text"),
    "large.txt": (sparse(200_000_000), "larger than"),
    "zeros.txt": (sparse(10_000_000), "binary file"),
    "binary.txt": (random.Random(3).randbytes(100_000), "binary file|no known text encoding"),
    "program.txt": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 10, "binary file|no known text encoding"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "binary file|no known text encoding"),
    "controls.txt": (b"gold \x1b[31m\x07\x08" * 500, "binary file"),
    "long.txt": (b"5,120 oz of gold. " * 600_000, "more than the limit of 10,000,000"),
    "rich.txt": (b"{\\rtf1\\ansi 5,120 oz}", "RTF"),
    "old.html": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word, Excel or PowerPoint"),
    "word.zip": (zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")), "Word, Excel or PowerPoint"),
    "deep.html": (b"<div>" * 500_000, "deep in each other"),
    "bold.html": (b"<b><i><font>" * 100_000 + b"gold", "deep in each other"),
    "frame.html": (b"<html><nav>5,120 oz of gold</nav><script>gold</script></html>", "holds no text"),
    "broken.pdf": (b"%PDF-1.4\n1 0 obj <<", "damaged PDF"),
    "half.pdf": (release_pdf()[:700], "damaged PDF"),
    "locked.pdf": (release_pdf(password="secret"), "locked with a password"),
    "scan.pdf": (empty_pdf(), "a scan perhaps"),
    "broken.gz": (gzip.compress(GOOD.encode())[:-10], "damaged archive"),
    "bomb.txt.gz": (gzip.compress(b"0" * 50_000_000), "larger than"),
    "twice.gz": (gzip.compress(gzip.compress(GOOD.encode())), "archive in an archive"),
    "bomb.zip": (zipped(*((f"{i}.txt", b"0 " * 9_000_000) for i in range(3))), "unpacks to more than"),
    "climbs.zip": (zipped(("../../climbs.txt", b"gold")), "climbs out of the archive"),
    "locked.zip": (with_flag(zipped(("a.txt", GOOD.encode()))), "locked with a password"),
    "broken.zip": (zipped(("a.txt", GOOD.encode() * 9))[:-30], "damaged archive"),
    "deep.json": (b"[" * 200_000, "too deep"),
    "digits.json": (b'{"text": ' + b"9" * 100_000 + b"}", "no JSON"),
    "rows.jsonl": (b'{"headline": "Gold"}\n', "without text"),
    "nul.jsonl": (json.dumps({"text": "gold \0 oz"}).encode(), "NUL character"),
    "broken.parquet": (b"PAR1" + b"\xff" * 100 + b"PAR1", "damaged Parquet"),
    "folder.txt": (folder, "is a folder"),
    "nowhere.txt": (lambda path: path.symlink_to("nothing"), "does not exist"),
    "loop.txt": (lambda path: path.symlink_to(path), "cannot be read"),
    "pipe.txt": (lambda path: os.mkfifo(path), "no regular file"),
}
READ: dict[str, bytes] = {  # odd, and yet a text
    "digits.txt": b"5" * 300_000,
    "commas.txt": b"5,120," * 20_000,
    "bars.txt": b"| 1 " * 20_000,
    "open.html": b"<table><tr><td>" * 100 + b"5,120 oz",
    "spans.html": b"<table><tr><td colspan=999999 rowspan=999999>5,120<td>6</table> oz",
    "bad-utf8.txt": b"Brill produced 5,120 oz \xff\xfe of gold at N\xe9r\xe9 in 2021.",
    "half.jsonl": b'{"text": "\\ud800 gold"}',
}


def test_hostile_files_are_told_each_with_its_reason_and_all_others_are_read(tmp_path: Path) -> None:
    for name, (content, _) in HOSTILE.items():
        content(tmp_path / name) if callable(content) else (tmp_path / name).write_bytes(content)
    for name, data in READ.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / os.fsdecode(b"name-\xff.txt")).write_text(GOOD)
    (tmp_path / "good.txt").write_text(GOOD)
    errors, read = {}, set()
    for outcome in extract_corpus(tmp_path, jobs=2, limits=LIMITS):
        if outcome.error is None:
            read.add(outcome.file)
        elif not any(outcome.file.startswith(f"{name}!") for name in ("bomb.zip", "climbs.zip", "locked.zip")):
            errors[outcome.file] = outcome.error
        else:
            errors.setdefault(outcome.file.partition("!")[0], outcome.error)
    wanted = {*READ, "good.txt", "folder.txt/inside.txt", "name-\\udcff.txt", "half.jsonl#1"} - {"half.jsonl"}
    assert wanted <= read
    assert {file.partition("#")[0] for file in errors} == set(HOSTILE)
    for file, error in errors.items():
        assert any(reason in error for reason in HOSTILE[file.partition("#")[0]][1].split("|")), f"{file}: {error}"
    assert not (tmp_path.parent / "climbs.txt").exists()


@pytest.mark.parametrize("name", ["=1+1.txt", "-rf.txt", "a;b.txt", "a\nb.txt", "'.txt", "%00.txt"])
def test_an_odd_name_stays_a_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    [outcome] = extract_corpus(tmp_path, jobs=1)
    assert outcome.file == name
    assert outcome.extraction is not None
