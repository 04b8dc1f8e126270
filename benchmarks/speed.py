"""Speed, memory and start-up of `extract`, beside the building blocks on the same texts in the same run.

    python benchmarks/speed.py [FOLDER] [--rounds N]

Each candidate runs in processes of its own, in turns, so that none warms another's caches and a busy moment of the machine
meets all of them; of all rounds the fastest counts. FOLDER holds .txt releases (default: corpus/releases).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus" / "releases"
SEED = CORPUS / "dynacor-2017-07-21.txt"
CANDIDATES = {
    "minenews.extract": "minenews",
    'spacy.blank("en")': "spacy",
    "en_core_web_sm": "en_core_web_sm",
    "quantulum3 + search_dates": "quantulum3",
}
BASELINE = 'spacy.blank("en")'
PASSES = 3


def reader(name: str) -> Callable[[str], object]:
    """The function that reads one text, built and warm; its imports are the candidate's own."""
    if name == "minenews.extract":
        from minenews import extract

        return extract
    if name == BASELINE:
        import spacy

        return spacy.blank("en")
    if name == "en_core_web_sm":
        import spacy

        return spacy.load("en_core_web_sm")
    from dateparser.search import search_dates
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    return lambda text: (parser.parse(text), search_dates(text, languages=["en"]))


def measure(name: str, files: list[Path]) -> dict[str, float]:
    """Seconds for all files, for the seed and for the first text; peak memory in MB. Runs in a process of its own."""
    warnings.simplefilter("ignore")
    texts = [file.read_text(encoding="utf-8") for file in files]
    seed = SEED.read_text(encoding="utf-8")
    started = time.perf_counter()
    read = reader(name)
    read(seed)
    first = time.perf_counter() - started
    all_files, one = [], []
    for _ in range(PASSES):
        started = time.perf_counter()
        for text in texts:
            read(text)
        all_files.append(time.perf_counter() - started)
        started = time.perf_counter()
        read(seed)
        one.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"all": min(all_files), "seed": min(one), "first": first, "peak": peak}


def in_new_process(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout


def import_seconds(module: str, rounds: int) -> float:
    """Median seconds that a new process spends importing a module."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    return statistics.median(float(in_new_process("-c", code)) for _ in range(rounds))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--measure", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    files = sorted(given.folder.rglob("*.txt"))
    if given.measure:
        print(json.dumps(measure(given.measure, files)))
        return
    names = [name for name, module in CANDIDATES.items() if importlib.util.find_spec(module)]
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(given.rounds):
        for name in names:
            rounds[name].append(json.loads(in_new_process(__file__, str(given.folder), "--measure", name)))
    best = {name: {key: min(run[key] for run in runs) for key in runs[0]} for name, runs in rounds.items()}
    size = sum(len(file.read_text(encoding="utf-8")) for file in files)
    print(f"{len(files)} releases, {size / 1000:.1f} KB; fastest of {given.rounds} processes with {PASSES} passes each\n")
    print(
        "| | releases/s | ms per KB | times spacy.blank | seed, ms | seed, times spacy.blank | first text in a new process, s | peak, MB |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    base = best[BASELINE]
    for name, found in best.items():
        print(
            f"| {name} | {len(files) / found['all']:.1f} | {found['all'] * 1e6 / size:.2f} | {found['all'] / base['all']:.2f} "
            f"| {found['seed'] * 1e3:.1f} | {found['seed'] / base['seed']:.2f} | {found['first']:.2f} | {found['peak']:.0f} |"
        )
    print(f"\nimport minenews: {import_seconds('minenews', 5):.3f} s; import spacy: {import_seconds('spacy', 5):.3f} s")


if __name__ == "__main__":
    main()
