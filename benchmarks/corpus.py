"""A run over many generated releases: rate, memory, two processes against one, and runs that are killed and go on.

    python benchmarks/corpus.py [COUNT ...] [--jobs N ...] [--folder FOLDER] [--chars N]

For each COUNT and each N: seconds, releases a second, and the most memory that all processes held together. Then the first
COUNT is run again, killed twice midway with SIGKILL, and resumed: its files must be those of the whole run, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

PAUSE = 0.1


def run(folder: Path, out: Path, jobs: int, killed_after: float | None = None) -> tuple[float, float]:
    """Seconds and MB of one `minenews batch`, perhaps killed after so many seconds."""
    command = [sys.executable, "-m", "minenews", "batch", str(folder), "--out", str(out), "--jobs", str(jobs)]
    started = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, memory(process.pid))
        if killed_after is not None and time.monotonic() - started > killed_after:
            process.send_signal(signal.SIGKILL)
        time.sleep(PAUSE)
    if killed_after is None and process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - started, most


def memory(pid: int) -> float:
    """MB that a process and its children hold, shared pages counted once (PSS)."""
    total = 0
    for one in (pid, *children(pid)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:  # it ended
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def children(pid: int) -> list[int]:
    try:
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []


def digests(out: Path) -> dict[str, str]:
    """The hash of every table and of the lines."""
    files = (path for path in out.iterdir() if path.suffix in (".parquet", ".jsonl"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("counts", nargs="*", type=int, default=[2_000])
    arguments.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    arguments.add_argument("--folder", type=Path, default=None)
    arguments.add_argument("--chars", type=int, default=None, help="cut each release to so many characters")
    given = arguments.parse_args()
    root = given.folder or Path(tempfile.mkdtemp())
    print(f"{os.cpu_count()} cores\n\n| releases | processes | seconds | releases a second | memory, MB |\n|--:|--:|--:|--:|--:|")
    seconds = 0.0
    for count in given.counts:
        folder = root / str(count)
        if not folder.exists():
            generate(folder, count, chars=given.chars)
        for jobs in given.jobs:
            out = root / f"out-{count}-{jobs}"
            shutil.rmtree(out, ignore_errors=True)
            took, most = run(folder, out, jobs)
            seconds = took if count == given.counts[0] else seconds
            print(f"| {count:,} | {jobs} | {took:.0f} | {count / took:.0f} | {most:.0f} |", flush=True)
    count, jobs = given.counts[0], given.jobs[-1]
    out = root / "out-killed"
    shutil.rmtree(out, ignore_errors=True)
    for _ in range(2):
        run(root / str(count), out, jobs, killed_after=seconds * 0.3)
    run(root / str(count), out, jobs)
    same = digests(out) == digests(root / f"out-{count}-{jobs}")
    print(f"\nkilled twice and resumed: {'the same files' if same else 'OTHER FILES'}")
    if not same:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
