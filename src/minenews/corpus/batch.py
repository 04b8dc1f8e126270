"""Read release files: one, or all below a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from os import PathLike
from pathlib import Path

from minenews.corpus.folder import pieces_below
from minenews.corpus.pool import Outcome, cores, read_pieces
from minenews.errors import InputError
from minenews.extract import extract
from minenews.models import Extraction
from minenews.source.pieces import SUFFIXES, Limits, Piece
from minenews.source.read import read_release


def extract_file(path: str | PathLike[str], *, released: dt.date | None = None) -> Extraction:
    """Read a release file (text, HTML, PDF, ...) and extract it; `source.name` is the file's name.

    Offsets index the text that `read_file` gives. `released` stands in where the text has no dateline.
    Raises InputError where the file holds no release that can be read, or more than one.
    """
    text, date = read_release(path)
    return extract(text, released=released or date, name=Path(path).name)


def extract_corpus(folder: str | PathLike[str], jobs: int | None = None, *, limits: Limits | None = None) -> Iterator[Outcome]:
    """Extract every release below a folder, in the order of their paths, in `jobs` processes (default: one a core).

    Files are text, HTML and PDF; JSON, JSON Lines and Parquet with a column of text; and gzip and ZIP of these.
    A release that cannot be read, or that breaks its reader, becomes an `Outcome` with an `error`; the run goes on.
    Raises InputError where the folder is missing or holds no release file.
    """
    limits = limits or Limits()
    return read_pieces(some_pieces(Path(folder), limits), jobs or cores(), limits)


def some_pieces(folder: Path, limits: Limits) -> Iterator[Piece]:
    """The releases below a folder. Raises InputError at once where it has no release file."""
    pieces = pieces_below(folder, limits)
    first = next(pieces, None)
    if first is None:
        raise InputError(f"{folder}: holds no release file ({', '.join(sorted(SUFFIXES))}); give a folder of releases")
    return chain([first], pieces)
