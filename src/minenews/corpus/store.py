"""A folder of results: tables in Parquet, whole extractions in JSON Lines, and on request a DuckDB file with views."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from minenews.corpus.batch import some_pieces
from minenews.corpus.fingerprint import Fingerprint
from minenews.corpus.folder import LINES
from minenews.corpus.journal import Journal
from minenews.corpus.pool import Outcome, cores, digest, read_pieces
from minenews.corpus.tables import TABLES, Row, table_rows
from minenews.errors import InputError
from minenews.source.pieces import Limits, Piece

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS, GROUP_CHARS = 10_000, 8_000_000
"""Rows, and characters of text in them, that are written to Parquet at once."""

NEEDS = "tables are written with pyarrow and duckdb; pip install 'minenews[corpus]'"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: releases in the tables, errors, and how many of both were read by earlier runs."""

    releases: int
    errors: int
    kept: int


def write_corpus(
    folder: str | PathLike[str],
    out: str | PathLike[str],
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    database: str | PathLike[str] | None = None,
    tell: Callable[[Outcome | None], None] = lambda outcome: None,
) -> Summary:
    """Extract every release below a folder into `out`: Parquet tables, JSON Lines and, if wanted, a DuckDB file.

    A run that was killed goes on where it stopped: a release is read again only where its bytes or the version of minenews
    changed. The tables hold what is below the folder now. `tell` gets each outcome, None for a release read before.
    Raises InputError where the folder holds no release or `out` cannot be written.
    """
    _require_arrow()
    limits, target = limits or Limits(), Path(out)
    pieces = some_pieces(Path(folder), limits)
    with _writing(target):
        target.mkdir(parents=True, exist_ok=True)
    kept = 0
    with Journal(target, limits) as journal:

        def unread() -> Iterator[Piece]:
            nonlocal kept
            for piece in pieces:
                if journal.has(piece.name, digest(piece)):
                    kept += 1
                    tell(None)
                else:
                    yield piece

        for outcome in read_pieces(unread(), jobs or cores(), limits):
            with _writing(target):
                journal.add(outcome)
            tell(outcome)
        with _writing(target):
            journal.commit()
            releases, errors = _write_tables(journal, target)
    if database is not None:
        write_database(target, database)
    return Summary(releases, errors, kept)


def _write_tables(journal: Journal, out: Path) -> tuple[int, int]:
    """Write all tables and the lines anew; they take their places when all are whole, that of releases last. Returns how many of both."""
    counts = {"releases": 0, "errors": 0}
    originals = _Originals()
    with ExitStack() as stack:
        parts = {name: out / f"{name}.parquet" for name in TABLES}
        writers = {name: stack.enter_context(_table_writer(_part(path), name)) for name, path in parts.items()}
        lines = stack.enter_context(_part(out / LINES).open("w", encoding="utf-8"))
        for outcome in journal.outcomes():
            lines.write(outcome.json_line())
            if outcome.json is None:
                writers["errors"]({"release": outcome.file, "error": outcome.error})
                counts["errors"] += 1
                continue
            counts["releases"] += 1
            extraction = json.loads(outcome.json)
            original = originals.of(outcome.file, extraction["release"]["date"], outcome.fingerprint)
            for table, row in table_rows(outcome.file, extraction, outcome.text or "", original):
                writers[table](row)
    last = parts.pop("releases")
    last.unlink(missing_ok=True)  # without it no table is loaded, so that old and new ones are never read together
    for path in (*parts.values(), out / LINES, last):
        _part(path).replace(path)
    return counts["releases"], counts["errors"]


def _part(path: Path) -> Path:
    """The file beside `path` that is written first, so that no half-written one is ever read."""
    return path.with_name(f"{path.name}.part")


@contextmanager
def _table_writer(path: Path, table: str) -> Iterator[Callable[[Row], None]]:
    """A function that adds a row to a Parquet file; rows are written in groups."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(table)
    dates = [column for column, kind in TABLES[table].items() if kind == "date"]
    rows: list[Row] = []
    chars = 0

    def flush() -> None:
        nonlocal chars
        writer.write_table(pa.Table.from_pylist(rows, schema))
        rows.clear()
        chars = 0

    def add(row: Row) -> None:
        nonlocal chars
        kept = {column: row.get(column) for column in TABLES[table]}
        for column in dates:
            kept[column] = dt.date.fromisoformat(row[column]) if row.get(column) else None
        rows.append(kept)
        chars += len(kept.get("text") or "")
        if len(rows) >= GROUP_ROWS or chars > GROUP_CHARS:
            flush()

    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        yield add
        if rows:
            flush()


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table."""
    import pyarrow as pa

    plain = {"text": pa.string(), "number": pa.float64(), "count": pa.int64(), "flag": pa.bool_(), "date": pa.date32()}
    kinds = {**plain, "texts": pa.list_(pa.string())}
    return pa.schema([(column, kinds[kind]) for column, kind in TABLES[table].items()])


class _Originals:
    """Finds for each release the first one that is the same; the candidates lie in a file, not in memory."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.execute("CREATE TABLE probe (hash INTEGER, release INTEGER)")
        self._base.execute("CREATE INDEX by_hash ON probe (hash)")
        self._base.execute("CREATE TABLE release (name TEXT, date TEXT, words BLOB, figures BLOB)")

    def of(self, name: str, date: str | None, print_: Fingerprint | None) -> str | None:
        """The earlier release that this one repeats; None where it is the first, which is then kept."""
        if print_ is None or not print_.words:
            return None
        probes = print_.probes(date)
        marks = ",".join("?" * len(probes))
        found = self._base.execute(
            "SELECT name, date, words, figures FROM release "
            f"WHERE rowid IN (SELECT release FROM probe WHERE hash IN ({marks})) ORDER BY rowid",
            probes,
        )
        for other, other_date, words, figures in found.fetchall():
            if date == other_date and print_.is_same(Fingerprint(words, figures)):
                return str(other)
        row = self._base.execute("INSERT INTO release VALUES (?, ?, ?, ?)", (name, date, print_.words, print_.figures)).lastrowid
        self._base.executemany("INSERT INTO probe VALUES (?, ?)", [(probe, row) for probe in probes])
        return None


class Corpus:
    """The tables of a folder of results, each a `pyarrow.Table` that is read when it is asked for: `corpus.facts.to_pandas()`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getattr__(self, table: str) -> pa.Table:
        if table not in TABLES:
            raise AttributeError(f"a corpus has no table {table!r}; it has {', '.join(TABLES)}")
        import pyarrow.parquet as pq

        return pq.read_table(self.folder / f"{table}.parquet")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]


def load_corpus(out: str | PathLike[str]) -> Corpus:
    """The tables that `write_corpus` wrote into a folder. Raises InputError where it did not."""
    _require_arrow()
    folder = Path(out)
    if missing := [name for name in TABLES if not (folder / f"{name}.parquet").is_file()]:
        raise InputError(f"{folder}: holds no {missing[0]}.parquet; give a folder that `minenews batch` wrote to its end")
    return Corpus(folder)


def write_database(out: str | PathLike[str], database: str | PathLike[str]) -> None:
    """Write the tables of a folder of results and the views on them into one DuckDB file. Raises InputError where it cannot be written."""
    from minenews.corpus.views import VIEWS

    _require_arrow()
    import duckdb

    file = Path(database)
    part = _part(file)
    with _writing(file):
        part.unlink(missing_ok=True)
        try:
            with duckdb.connect(str(part)) as base:
                for table in TABLES:
                    base.execute(f'CREATE TABLE "{table}" AS SELECT * FROM read_parquet(?)', [str(Path(out) / f"{table}.parquet")])
                for view, query in VIEWS.items():
                    base.execute(f'CREATE VIEW "{view}" AS {query}')
        except duckdb.IOException as error:
            raise InputError(f"{file}: cannot be written ({str(error).splitlines()[0]}); give a file in a folder that exists") from error
        part.replace(file)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn what keeps a file from being written into an error that says so."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be written ({reason}); give another place") from error


def _require_arrow() -> None:
    """Raise InputError where the packages for tables are missing."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None or find_spec("duckdb") is None:
        raise InputError(NEEDS)
