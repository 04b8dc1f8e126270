"""The releases that lie in a file: one in most, several in an archive or in rows with a column of text; none is unpacked beyond limits."""

from __future__ import annotations

import datetime as dt
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import IO

from minenews.errors import InputError

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf"})
ROW_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".parquet"})
PACKED_SUFFIXES = frozenset({".gz", ".zip"})
SUFFIXES = TEXT_SUFFIXES | ROW_SUFFIXES | PACKED_SUFFIXES

HEAD = 2_048
MEMBER_LIMIT = 100_000
OFFICE = "[Content_Types].xml"
"""The member that makes a ZIP archive a file of Word, Excel or PowerPoint."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold: bytes of one release, bytes of all releases in an archive, and seconds to read one release."""

    release: int = 50_000_000
    archive: int = 2_000_000_000
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One release as it lies in a file: bytes, or a text from a row. `error` says why it cannot be had."""

    name: str
    data: bytes | str = b""
    released: dt.date | None = None
    error: str | None = None


def find_pieces(path: str | PathLike[str], name: str | None = None, *, limits: Limits | None = None) -> Iterator[Piece]:
    """The releases of a file in order, by what it holds and not by its name: plain, in JSON or Parquet rows, gzip, ZIP.

    `name` (the file's own if none) goes into the pieces' names: `name!member`, `name#row`.
    Raises InputError where the file as a whole cannot be read.
    """
    file = Path(path)
    try:
        if not file.is_file():
            what = "is a folder" if file.is_dir() else "is no regular file" if file.exists() else "does not exist"
            raise InputError(f"cannot be read ({what}); give the path of a release file")
        with file.open("rb") as stream:
            yield from _pieces(name or file.name, stream, limits or Limits(), packed=False)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error}); give the path of a release file") from error
    except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise InputError(f"is a damaged archive ({error}); pack or download it again") from error


def _pieces(name: str, stream: IO[bytes], limits: Limits, *, packed: bool) -> Iterator[Piece]:
    head = stream.read(HEAD)
    stream.seek(0)
    is_archive = head.startswith((b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"))
    if is_archive and packed:
        raise InputError("is an archive in an archive; unpack the outer one first")
    if head.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=stream) as inner:
            yield from _pieces(name, inner, limits, packed=True)  # type: ignore[arg-type]
    elif is_archive:
        yield from _members(name, stream, limits)
    elif head.startswith(b"PAR1") or _is_json(name, head):
        from minenews.source.rows import find_rows

        yield from find_rows(name, stream, limits, is_parquet=head.startswith(b"PAR1"))
    else:
        yield Piece(name, read_limited(stream, limits.release))


def _is_json(name: str, head: bytes) -> bool:
    """Whether a file holds JSON: it opens an object or a list of objects, or says so itself."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    opens = start.startswith(b'{"') or (start[:1] in b"{[" and start[1:].lstrip()[:1] in (b'"', b"{") and not start.startswith(b"{\\"))
    return bool(start) and (opens or PurePosixPath(name.lower().removesuffix(".gz")).suffix in ROW_SUFFIXES)


def read_limited(stream: IO[bytes], limit: int) -> bytes:
    """All that a stream holds. Raises InputError where that is more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"is larger than {limit:,} bytes; a release is not, split the file or raise the limit")
    return data


def _members(name: str, stream: IO[bytes], limits: Limits) -> Iterator[Piece]:
    """The releases of a ZIP archive, by their names."""
    unpacked = 0
    with zipfile.ZipFile(stream) as archive:
        infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
        if len(infos) > MEMBER_LIMIT:
            raise InputError(f"is an archive of {len(infos):,} files, more than {MEMBER_LIMIT:,}; unpack it into a folder")
        if any(info.filename == OFFICE for info in infos):
            raise InputError("is a Word, Excel or PowerPoint file; save it as PDF, HTML or text")
        for info in infos:
            member = info.filename.replace("\\", "/")
            inside = PurePosixPath(member)
            whole = f"{name}!{member}"
            if inside.is_absolute() or ".." in inside.parts or ":" in "".join(inside.parts[:1]):
                yield Piece(whole, error="its path climbs out of the archive: refused; pack it anew")
            elif inside.suffix.lower() in SUFFIXES and not any(part.startswith((".", "__MACOSX")) for part in inside.parts):
                try:
                    with archive.open(info) as opened:
                        for piece in _pieces(whole, opened, limits, packed=True):
                            unpacked += len(piece.data)
                            yield piece
                except InputError as error:
                    yield Piece(whole, error=str(error))
                except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError) as error:
                    yield Piece(whole, error=f"is damaged in the archive ({error}); pack it anew")
                except RuntimeError as error:  # how zipfile tells of a password
                    yield Piece(whole, error=f"is locked with a password ({error}); pack it without one")
                if unpacked > limits.archive:
                    raise InputError(f"unpacks to more than {limits.archive:,} bytes; unpack it into a folder")
