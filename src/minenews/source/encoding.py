"""Bytes to text: by byte order mark, as UTF-8, by the encoding that the file declares, or by the one that fits best."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from minenews.errors import InputError

MARKS = (  # byte order marks; the longer first, since one begins with the other
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN_SHARE = 0.10  # Western European text holds fewer bytes above 127 than this; Cyrillic, Greek or Japanese holds more
CONTROL_SHARE = 0.01  # text holds fewer control characters than this
SAMPLE = 64_000  # bytes from which an unknown encoding is told


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in `data`, exactly as written but for a byte order mark; `declared` is the encoding that a page says it is in.

    Raises InputError where the bytes are no text.
    """
    text = _decoded(data, declared)
    controls = sum(text.count(c) for c in map(chr, range(32)) if c not in "\t\n\v\f\r")
    if text.count("\0") or controls > CONTROL_SHARE * len(text):
        raise InputError("is a binary file; give a text, HTML or PDF file")
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    try:
        for mark, encoding in MARKS:
            if data.startswith(mark):
                return data.decode(encoding)
        if b"\0" not in data:  # else UTF-16 without a mark, or no text
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        if declared:
            return data.decode(declared)
    except (UnicodeError, LookupError):  # the page is wrong about itself
        pass
    high = sum(map(data.count, map(bytes, zip(range(128, 256)))))
    if b"\0" not in data and high < WESTERN_SHARE * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise InputError("is in no known text encoding; save it as UTF-8")
    return data.decode(best.encoding, errors="replace") if len(data) > SAMPLE else str(best)
