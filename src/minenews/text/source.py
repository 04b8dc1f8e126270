"""Read a release from a file: the exact text that all offsets will index."""

from __future__ import annotations

import codecs
from os import PathLike
from pathlib import Path

from charset_normalizer import from_bytes

from minenews.errors import InputError

SIZE_LIMIT = 10_000_000
"""Bytes that a file may have; the longest releases, with tables and annexes, stay under one tenth of this."""

MARKS = (  # byte order marks; the longer first, since one begins with the other
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FORMATS = (  # first bytes of files that are not plain text
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or a .docx or .xlsx file)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF file"),
)
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
WESTERN_SHARE = 0.10  # Western European text holds fewer bytes above 127 than this; Cyrillic, Greek or Japanese holds more
CONTROL_SHARE = 0.01  # text holds fewer control characters than this


def read_file(path: str | PathLike[str], *, size_limit: int = SIZE_LIMIT) -> str:
    """The text of a release file, exactly as written but for a byte order mark; line ends are kept.

    `size_limit` is in bytes. Raises InputError where the file is missing, too large or not plain text.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > size_limit:
            raise InputError(f"{file}: {size:,} bytes are more than the limit of {size_limit:,}; split the file or raise the limit")
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error}); give the path of a text file") from error
    if file.suffix.lower() in HTML_SUFFIXES or data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise InputError(f"{file}: is an HTML page; save its text as a .txt file")
    for start, what in FORMATS:
        if data.startswith(start):
            raise InputError(f"{file}: is {what}; save its text as a .txt file")
    try:
        return decode(data)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error


def decode(data: bytes) -> str:
    """The text in `data`, by its byte order mark, as UTF-8, as Western European text, or as the encoding that fits best.

    Raises InputError where the bytes are no text.
    """
    text = _decoded(data)
    controls = sum(text.count(c) for c in map(chr, range(32)) if c not in "\t\n\v\f\r")
    if text.count("\0") or controls > CONTROL_SHARE * len(text):
        raise InputError("is a binary file; give a text file")
    return text


def _decoded(data: bytes) -> str:
    try:
        for mark, encoding in MARKS:
            if data.startswith(mark):
                return data.decode(encoding)
        if b"\0" not in data:  # else UTF-16 without a mark, or no text
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    high = sum(map(data.count, map(bytes, zip(range(128, 256)))))
    if b"\0" not in data and high < WESTERN_SHARE * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data).best()
    if best is None:
        raise InputError("is in no known text encoding; save it as UTF-8")
    return str(best)
