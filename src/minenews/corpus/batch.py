"""Run over many release files: a process pool, one pipeline per worker, results in the order of the paths."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path

from minenews.errors import InputError, MinenewsError
from minenews.extract import extract
from minenews.models import Extraction
from minenews.text.source import read_file

SUFFIXES = frozenset({".txt", ".text", ".md", ".html", ".htm", ".pdf"})
AHEAD = 8
"""Files handed to each worker before their results are asked for, so that memory stays flat whatever the folder holds."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `json`, an extraction, or `error`, why there is none. `file` is its path below the folder."""

    file: str
    json: str | None = None
    error: str | None = None

    @cached_property
    def extraction(self) -> Extraction | None:
        """The extraction as a model; None where the file could not be read."""
        return None if self.json is None else Extraction.model_validate_json(self.json)

    def json_line(self) -> str:
        """One line of JSON: the extraction, or `{"source": {"name": ...}, "error": ...}`."""
        return f"{self.json or json.dumps({'source': {'name': self.file}, 'error': self.error}, ensure_ascii=False)}\n"


def extract_file(path: str | PathLike[str], *, released: dt.date | None = None) -> Extraction:
    """Read a release file and extract it; `source.name` is the file's name.

    `released` stands in where the text has no dateline. Raises InputError where the file is not a readable text.
    """
    return extract(read_file(path), released=released, name=Path(path).name)


def extract_corpus(folder: str | PathLike[str], jobs: int | None = None) -> Iterator[Outcome]:
    """Extract every release file below a folder (.txt, .md, ...), in the order of their paths, in `jobs` processes (default: one a core).

    A file that cannot be read, or that breaks its worker, becomes an `Outcome` with an `error`; the run goes on.
    Raises InputError where the folder is missing or holds no release file.
    """
    root = Path(folder)
    files = find_files(root)
    if not files:
        raise InputError(f"{root}: holds no release file ({', '.join(sorted(SUFFIXES))}); give a folder of releases")
    return _outcomes(root, files, jobs or _cores())


def find_files(folder: Path) -> list[Path]:
    """The release files below a folder, by path; hidden ones and read-me files are left out."""
    if not folder.is_dir():
        raise InputError(f"{folder}: is not a folder; give a folder of releases")
    found = (p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.stem.lower() != "readme" and p.is_file())
    return sorted((p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts)), key=Path.as_posix)


def _outcomes(root: Path, files: list[Path], jobs: int) -> Iterator[Outcome]:
    """The outcome of every file; after a worker died, the files under way are tried again one by one, to tell which one killed it."""
    waiting = deque(files)
    while waiting:
        running: deque[tuple[Path, Future[str]]] = deque()
        try:
            with _pool(min(jobs, len(waiting))) as pool:
                while waiting or running:
                    while waiting and len(running) < jobs * AHEAD:
                        running.append((waiting[0], pool.submit(_extract_json, root, waiting[0])))
                        waiting.popleft()
                    outcome = _outcome(root, *running[0])
                    running.popleft()
                    yield outcome
        except BrokenProcessPool:
            suspects = [file for file, _ in running] or [waiting.popleft()]
            yield from (_outcome_alone(root, file) for file in suspects)


def _outcome(root: Path, file: Path, future: Future[str]) -> Outcome:
    """The outcome of one file, waited for. Raises BrokenProcessPool where a worker died before it was there."""
    name = _name(root, file)
    error = future.exception()
    if error is None:
        return Outcome(name, json=future.result())
    if isinstance(error, BrokenProcessPool):
        raise error
    told = str(error).removeprefix(f"{file}: ")  # the outcome names the file
    return Outcome(name, error=told if isinstance(error, MinenewsError) else f"{type(error).__name__}: {error}")


def _outcome_alone(root: Path, file: Path) -> Outcome:
    """The outcome of one file in a worker of its own."""
    try:
        with _pool(1) as pool:
            return _outcome(root, file, pool.submit(_extract_json, root, file))
    except BrokenProcessPool:
        return Outcome(_name(root, file), error="the worker process died on this file")


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_warm_up)


def _warm_up() -> None:
    """Build the pipeline once in a new worker."""
    extract("")


def _extract_json(root: Path, file: Path) -> str:
    return extract(read_file(file), name=_name(root, file)).model_dump_json()


def _name(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix()


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
