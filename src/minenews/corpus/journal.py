"""What was read so far: a SQLite file, so that a run that is killed loses nothing and the next one goes on where it stopped."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import minenews
from minenews.corpus.fingerprint import Fingerprint
from minenews.corpus.folder import JOURNAL
from minenews.corpus.pool import Outcome
from minenews.errors import InputError
from minenews.source.pieces import Limits

COMMIT_ROWS, COMMIT_SECONDS = 200, 2.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS outcome (
    file TEXT PRIMARY KEY, digest BLOB, version TEXT, limits TEXT, error TEXT, packed BLOB, packed_text BLOB, words BLOB, figures BLOB
)
"""
PRESENT = "CREATE TEMPORARY TABLE present (file TEXT PRIMARY KEY) WITHOUT ROWID"


class Journal:
    """The outcomes of all runs into one folder, and which of them are those of the present run. Only one run at a time may hold it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._limits = repr(limits)
        try:
            self._base = sqlite3.connect(folder / JOURNAL, isolation_level=None, timeout=0.5)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("BEGIN EXCLUSIVE")
            self._base.execute(SCHEMA)
            self._base.execute(PRESENT)
        except sqlite3.OperationalError as error:
            reason = "another run is writing there" if "locked" in str(error) else str(error)
            raise InputError(f"{folder / JOURNAL}: cannot be opened ({reason}); wait for it, or give another folder") from error
        except sqlite3.DatabaseError as error:
            raise InputError(f"{folder / JOURNAL}: is no journal of minenews ({error}); give another folder") from error
        self._rows, self._committed = 0, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.commit()
        self._base.close()

    def has(self, file: str, digest: bytes) -> bool:
        """Whether this very release was read by this version before; if so, it counts for the present run.

        An error counts only under the same limits.
        """
        found = self._base.execute(
            "SELECT 1 FROM outcome WHERE file = ? AND digest = ? AND version = ? AND (error IS NULL OR limits = ?)",
            (file, digest, rules_version(), self._limits),
        ).fetchone()
        if found:
            self._base.execute("INSERT OR IGNORE INTO present VALUES (?)", (file,))
        return found is not None

    def add(self, outcome: Outcome) -> None:
        """Keep an outcome; it is safe on disk a moment later."""
        words, figures = (outcome.fingerprint.words, outcome.fingerprint.figures) if outcome.fingerprint else (None, None)
        row = (outcome.file, outcome.digest, rules_version(), self._limits, outcome.error, outcome.packed, outcome.packed_text)
        self._base.execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, words, figures))
        self._base.execute("INSERT OR IGNORE INTO present VALUES (?)", (outcome.file,))
        self._rows += 1
        if self._rows >= COMMIT_ROWS or time.monotonic() - self._committed > COMMIT_SECONDS:
            self.commit()
            self._base.execute("BEGIN EXCLUSIVE")

    def commit(self) -> None:
        """Write all that was added to disk."""
        if self._base.in_transaction:
            self._base.execute("COMMIT")
        self._rows, self._committed = 0, time.monotonic()

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes of the present run, by file."""
        rows = self._base.execute(
            "SELECT file, digest, error, packed, packed_text, words, figures FROM present JOIN outcome USING (file) ORDER BY file"
        )
        for file, digest, error, packed, packed_text, words, figures in rows:
            print_ = None if words is None else Fingerprint(words, figures)
            yield Outcome(file, digest, error, packed, packed_text, print_)


@cache
def rules_version() -> str:
    """The version of minenews with a hash of its code and its vocabulary: results of other rules are never taken for those of these."""
    root = Path(minenews.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".csv"))
    whole = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    return f"{minenews.__version__}+{whole.hexdigest()[:12]}"
