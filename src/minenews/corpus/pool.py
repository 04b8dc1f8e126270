"""Read releases in worker processes: one pipeline each, results in order, and limits that stop a release, never the run."""

from __future__ import annotations

import faulthandler
import json
import multiprocessing
import os
import signal
import threading
import zlib
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from types import FrameType

from minenews.corpus.fingerprint import Fingerprint, fingerprint
from minenews.errors import InputError, MinenewsError
from minenews.extract import extract
from minenews.models import Extraction
from minenews.source.pieces import Limits, Piece
from minenews.source.read import read_piece

AHEAD = 32
"""Releases handed to each worker before their results are asked for, so that memory stays flat whatever the folder holds."""

AHEAD_BYTES = 100_000_000
MEMORY = 4 * 1024**3
"""Bytes of memory that a worker may take."""


@dataclass(frozen=True)
class Outcome:
    """What became of one release: an extraction, or `error`, why there is none. `file` is its path below the folder.

    `packed` and `packed_text` hold the extraction as JSON and the text that its offsets index, compressed.
    """

    file: str
    digest: bytes
    error: str | None = None
    packed: bytes = b""
    packed_text: bytes = b""
    fingerprint: Fingerprint | None = None

    @cached_property
    def json(self) -> str | None:
        """The extraction as JSON; None where the release could not be read."""
        return unpacked(self.packed) if self.packed else None

    @cached_property
    def text(self) -> str | None:
        """The text that the offsets of the extraction index; None where there is none."""
        return unpacked(self.packed_text) if self.packed_text else None

    @cached_property
    def extraction(self) -> Extraction | None:
        """The extraction as a model; None where the release could not be read."""
        return None if self.json is None else Extraction.model_validate_json(self.json)

    def json_line(self) -> str:
        """One line of JSON: the extraction, or `{"source": {"name": ...}, "error": ...}`."""
        return f"{self.json or json.dumps({'source': {'name': self.file}, 'error': self.error}, ensure_ascii=False)}\n"


@dataclass(frozen=True, slots=True)
class _Read:
    """What a worker sends back."""

    packed: bytes
    packed_text: bytes
    fingerprint: Fingerprint


class _TimeIsUpError(Exception):
    """Raised into the reading of a release; not one of our errors, since nothing on the way may take it for one of the input."""


def read_pieces(pieces: Iterable[Piece], jobs: int, limits: Limits) -> Iterator[Outcome]:
    """The outcome of every release, in order.

    After a worker died, the releases under way are read again one by one, to tell which one killed it.
    """
    source = iter(pieces)
    while suspects := (yield from _read_ahead(source, jobs, jobs * AHEAD, limits)):
        waiting = iter(suspects)
        while killers := (yield from _read_ahead(waiting, 1, 1, limits)):
            reason = f"its reader ran out of memory, crashed, or took more than {limits.seconds:g} s; look at the file, or raise the limit"
            yield from (Outcome(piece.name, digest(piece), error=reason) for piece in killers)


def digest(piece: Piece) -> bytes:
    """A hash of what lies in the file for this release."""
    data = piece.data if isinstance(piece.data, bytes) else piece.data.encode()
    return blake2b(data + f"|{piece.released}|{piece.error}".encode(), digest_size=16).digest()


def _read_ahead(pieces: Iterator[Piece], jobs: int, ahead: int, limits: Limits) -> Generator[Outcome, None, list[Piece]]:
    """Yield the outcomes of releases read by `jobs` processes; returns those that were under way when a worker died."""
    running: deque[tuple[Piece, Future[_Read] | None]] = deque()
    size = 0
    first = next(pieces, None)
    if first is None:
        return []
    extract("")  # what keeps the pipeline from being built is told here; and forked workers find it built
    with ProcessPoolExecutor(jobs, initializer=_start_worker) as pool:
        try:
            while running or first is not None:
                while first is not None:
                    size += len(first.data)
                    running.append((first, None))  # before it is submitted: a pool that is already broken refuses
                    if first.error is None:
                        running[-1] = (first, pool.submit(_read, first, limits))
                    first = None if len(running) >= ahead or size > AHEAD_BYTES else next(pieces, None)
                outcome = _outcome(*running[0])
                size -= len(running.popleft()[0].data)
                yield outcome
                first = next(pieces, None)
        except BrokenProcessPool:
            return [piece for piece, _ in running]
        finally:
            pool.shutdown(cancel_futures=True)
    return []


def _outcome(piece: Piece, future: Future[_Read] | None) -> Outcome:
    """The outcome of one release, waited for. Raises BrokenProcessPool where a worker died before it was there."""
    if future is None:
        return Outcome(piece.name, digest(piece), error=piece.error)
    error = future.exception()
    if error is None:
        read = future.result()
        return Outcome(piece.name, digest(piece), None, read.packed, read.packed_text, read.fingerprint)
    if isinstance(error, BrokenProcessPool):
        raise error
    return Outcome(piece.name, digest(piece), error=str(error) if isinstance(error, MinenewsError) else f"{type(error).__name__}: {error}")


def _start_worker() -> None:
    """Build the pipeline in a new worker that did not inherit it, bound its memory, and end it with its parent, who handles a Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    extract("")
    try:
        import resource
    except ImportError:  # not on Windows
        return
    highest = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if highest == resource.RLIM_INFINITY else min(MEMORY, highest), highest))


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _read(piece: Piece, limits: Limits) -> _Read:
    try:
        with _stopped_after(limits.seconds):
            text = read_piece(piece)
            extraction = extract(text, released=piece.released, name=piece.name)
            return _Read(packed(extraction.model_dump_json()), packed(text), fingerprint(text, extraction))
    except _TimeIsUpError as error:
        raise InputError(f"takes more than {limits.seconds:g} s to read; split it, or raise the limit") from error
    except MemoryError as error:
        raise InputError(f"takes more than {MEMORY:,} bytes of memory to read; split it") from error


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """Stop what runs in here after so many seconds; where foreign code does not let go, end the process after twice as many."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        faulthandler.dump_traceback_later(2 * seconds, exit=True, file=nowhere)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, _stop)
            signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            if hasattr(signal, "SIGALRM"):
                signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()


def _stop(number: int, frame: FrameType | None) -> None:
    raise _TimeIsUpError


def packed(text: str) -> bytes:
    """A text, compressed."""
    return zlib.compress(text.encode(), 3)


def unpacked(data: bytes) -> str:
    """A text that was compressed by `packed`."""
    return zlib.decompress(data).decode()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
