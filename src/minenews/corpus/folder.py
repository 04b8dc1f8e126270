"""The release files below a folder, one after the other, in an order that does not depend on the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from os import PathLike
from pathlib import Path, PurePosixPath

from minenews.corpus.tables import TABLES
from minenews.errors import InputError
from minenews.source.pieces import SUFFIXES, Limits, Piece, find_pieces

JOURNAL = "journal.sqlite"
LINES = "extractions.jsonl"
RESULTS = frozenset({JOURNAL, LINES, *(f"{table}.parquet" for table in TABLES)})
"""Files of a folder of results: they are no releases, should the folder lie among the releases."""


def find_files(folder: str | PathLike[str]) -> Iterator[Path]:
    """The release files below a folder, by path; hidden ones and read-me files are left out. Raises InputError where it is no folder.

    Folders are read one by one, so that a million files do not fill the memory; links to folders are not followed.
    """
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"{root}: is not a folder; give a folder of releases")
    return _files_below(root)


def _files_below(root: Path) -> Iterator[Path]:
    stack = [_entries(root)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        path, is_folder = entry
        told = is_release_name(path.name)
        if told:
            yield path
        if is_folder:
            try:
                stack.append(_entries(path))
            except OSError:  # it may not be read: who opens it will tell
                if not told:
                    yield path


def _entries(folder: Path) -> Iterator[tuple[Path, bool]]:
    """The entries of one folder with whether each is a folder, sorted as their whole paths are."""
    with os.scandir(folder) as found:
        names = sorted(e.name + "/" if e.is_dir(follow_symlinks=False) else e.name for e in found if not e.name.startswith("."))
    if JOURNAL in names:
        names = [name for name in names if name not in RESULTS]
    return ((folder / name.rstrip("/"), name.endswith("/")) for name in names)


def is_release_name(name: str) -> bool:
    """Whether a file of this name may hold releases."""
    path = PurePosixPath(name.lower())
    return path.suffix in SUFFIXES and path.stem != "readme"


def pieces_below(folder: Path, limits: Limits) -> Iterator[Piece]:
    """The releases in all files below a folder, named by their paths below it; a file that cannot be read is a piece with an `error`."""
    for file in find_files(folder):
        name = file.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")  # names are bytes to some systems
        try:
            yield from find_pieces(file, name, limits=limits)
        except InputError as error:
            yield Piece(name, error=str(error))
