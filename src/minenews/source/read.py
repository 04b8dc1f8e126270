"""Read a release from a file, by what it holds: the exact text that all offsets will index."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice
from os import PathLike
from pathlib import Path

from minenews.errors import InputError
from minenews.source.encoding import decode
from minenews.source.pieces import Limits, Piece, find_pieces

HTML = re.compile(
    r"[^\0]{0,2000}<(?:!doctype\s+)?html[\s>]|\s*<(?:!--|head|body|meta|main|article|section|div|table|p|h[1-6])[\s>/]", re.IGNORECASE
)
XML_START = re.compile(r"\s*<\?xml[^>]{0,200}>")
CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s{0,3}=\s{0,3}[\"']?([\w-]{2,40})", re.IGNORECASE)
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
REFUSED = (  # first bytes of files that hold texts, but not as text
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "a Word, Excel or PowerPoint file of the old form"),
)


def read_file(path: str | PathLike[str], *, limits: Limits | None = None) -> str:
    """The text of a release file, which the offsets of its extraction index.

    A plain text is exactly as written but for a byte order mark; of a page of HTML or a PDF it is the main text with the
    tables as rows between bars. Raises InputError where the file holds no text that can be read, or more than one release.
    """
    return read_release(path, limits=limits)[0]


def read_release(path: str | PathLike[str], *, limits: Limits | None = None) -> tuple[str, dt.date | None]:
    """The text of a file that holds one release, and the release date if a row says it. Raises InputError as `read_file` does."""
    try:
        pieces = list(islice(find_pieces(path, limits=limits), 2))
        if not pieces:
            raise InputError("holds no release; give a text, HTML or PDF file")
        if len(pieces) > 1:
            raise InputError("holds more than one release; use extract_corpus or `minenews batch` on its folder")
        return read_piece(pieces[0]), pieces[0].released
    except InputError as error:
        raise InputError(f"{Path(path)}: {error}") from error


def read_piece(piece: Piece) -> str:
    """The text of one release as it lies in a file. Raises InputError where it has none."""
    if piece.error is not None:
        raise InputError(piece.error)
    text = _text(piece)
    if not text.strip():
        raise InputError("holds no text; it is empty, or all of it is navigation")
    return text


def _text(piece: Piece) -> str:
    data = piece.data
    if isinstance(data, bytes):
        if b"%PDF-" in data[:1024]:
            from minenews.source.pdf import pdf_text

            return pdf_text(data)
        for start, what in REFUSED:
            if data.startswith(start):
                raise InputError(f"is {what}; save it as PDF, HTML or text")
        declared = CHARSET.search(data[:4096])
        data = decode(data, declared[1].decode("ascii") if declared else None)
    opening = data[:2_000]
    if xml := XML_START.match(opening):
        opening = opening[xml.end() :]
    if HTML.match(opening) or piece.name.lower().removesuffix(".gz").endswith(HTML_SUFFIXES):
        from minenews.source.html import html_text

        return html_text(data)
    return data
