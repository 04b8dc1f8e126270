"""Releases in rows: JSON, JSON Lines or Parquet with a column of text, and perhaps one of dates."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import IO, Any

from minenews.errors import InputError
from minenews.source.pieces import Limits, Piece, read_limited

TEXT_COLUMNS = ("text", "body", "content", "full_text", "article", "release")
DATE_COLUMNS = ("released", "date", "published", "published_at", "release_date")
BATCH = 64

Row = Mapping[str, Any]


def find_rows(name: str, stream: IO[bytes], limits: Limits, *, is_parquet: bool) -> Iterator[Piece]:
    """The releases in the rows of a file, named `name#1`, `name#2`, ...

    Raises InputError where it is malformed, or has no column of text.
    """
    rows = _parquet_rows(stream, limits) if is_parquet else _json_rows(stream, limits)
    for number, row in rows:
        yield _piece(f"{name}#{number}", row)


def _piece(name: str, row: object) -> Piece:
    if isinstance(row, InputError):
        return Piece(name, error=str(row))
    if not isinstance(row, Mapping):
        return Piece(name, error="is a row that is no object; give one object a line")
    text = _column(row, TEXT_COLUMNS)
    if not isinstance(text, str):
        return Piece(name, error=f"is a row without text; name the column of text one of {', '.join(TEXT_COLUMNS)}")
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a character, which JSON can write
    return Piece(name, text, _date(_column(row, DATE_COLUMNS)))


def _column(row: Row, names: tuple[str, ...]) -> object:
    """The first column of a row that has one of these names, whatever their case."""
    lower = {str(key).lower(): value for key, value in row.items()}
    return next((lower[name] for name in names if lower.get(name) is not None), None)


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _json_rows(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, object]]:
    """The objects of JSON Lines, or of one JSON document: an object or a list of them."""
    first = stream.readline(limits.release + 1)
    try:
        row = _loads(first)
    except InputError:  # the document runs over more than this line
        row = _loads(first + read_limited(stream, limits.release))
        rows = row if isinstance(row, list) else [row]
        yield from enumerate(rows, start=1)
        return
    yield from enumerate(row if isinstance(row, list) else [row], start=1)
    for number in count(2):
        line = stream.readline(limits.release + 1)
        if not line:
            return
        if len(line) > limits.release:
            raise InputError(f"holds a line of more than {limits.release:,} bytes; split it")
        if line.strip():
            try:
                yield number, _loads(line)
            except InputError as error:
                yield number, error


def _loads(data: bytes) -> object:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        reason = "too deep" if isinstance(error, RecursionError) else error
        raise InputError(f"is no JSON that can be read ({reason}); write one object a line") from error


def _parquet_rows(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, Row]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError("is a Parquet file, which pyarrow reads; pip install 'minenews[corpus]'") from error
    try:
        is_file = isinstance(stream, io.BufferedReader)
        file = pq.ParquetFile(stream if is_file else io.BytesIO(read_limited(stream, limits.archive)))
        names = [name for name in file.schema_arrow.names if name.lower() in (*TEXT_COLUMNS, *DATE_COLUMNS)]
        if not any(name.lower() in TEXT_COLUMNS for name in names):
            raise InputError(f"has no column of text ({', '.join(file.schema_arrow.names[:10])}); name it one of {', '.join(TEXT_COLUMNS)}")
        groups = (file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
        if any(size > limits.archive for size in groups):
            raise InputError(f"has a row group of more than {limits.archive:,} bytes; write it with smaller ones")
        number = 0
        for batch in file.iter_batches(batch_size=BATCH, columns=names):
            for row in batch.to_pylist():
                yield (number := number + 1), row
    except pa.ArrowException as error:
        raise InputError(f"is a damaged Parquet file ({str(error).splitlines()[0]}); write it again") from error
