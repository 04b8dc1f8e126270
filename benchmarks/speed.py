"""Speed, memory and start-up of `extract`, beside the building blocks on the same texts in the same run.

    python benchmarks/speed.py [FOLDER] [--rounds N] [--model MODEL] [--write]

Each candidate runs in processes of its own, in turns, so that none warms another's caches and a busy moment of the machine
meets all of them; of all rounds the fastest counts. Reading is timed in processor time: no candidate uses more than one thread.
The seed release is timed twice: alone, in a process that has read nothing else, and between the releases of FOLDER. FOLDER holds
.txt releases (default: corpus/releases). MODEL is the name or the folder of a spaCy model (default: en_core_web_sm, where
installed). `--write` puts the table into docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
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
PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"
OURS, BASELINE, LIBRARIES = "minenews.extract", 'spacy.blank("en")', "quantulum3 + search_dates"
MODEL = "en_core_web_sm"
PASSES = 3
ALONE = 30
"""How often the seed is read by a process that has read nothing else."""


def reader(name: str) -> Callable[[str], object]:
    """The function that reads one text; its imports are the candidate's own. Any other name is a spaCy model."""
    if name == OURS:
        from minenews import extract

        return extract
    if name == LIBRARIES:
        from dateparser.search import search_dates
        from quantulum3 import classifier, parser

        classifier.USE_CLF = False
        return lambda text: (parser.parse(text), search_dates(text, languages=["en"]))
    import spacy

    return spacy.blank("en") if name == BASELINE else spacy.load(name)


def measure(name: str, files: list[Path]) -> dict[str, float]:
    """Seconds for all files, for the seed alone and between the files, and for the first text; peak memory in MB.

    Runs in a process of its own.
    """
    warnings.simplefilter("ignore")
    texts = [file.read_text(encoding="utf-8") for file in files]
    seed = SEED.read_text(encoding="utf-8")
    started = time.perf_counter()
    read = reader(name)
    read(seed)
    first = time.perf_counter() - started
    alone = min(seconds(read, seed) for _ in range(ALONE))
    all_files, between = [], []
    for _ in range(PASSES):
        all_files.append(sum(seconds(read, text) for text in texts))
        between.append(seconds(read, seed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"all": min(all_files), "alone": alone, "between": min(between), "first": first, "peak": peak}


def seconds(read: Callable[[str], object], text: str) -> float:
    """The processor time that one reading of a text takes."""
    started = time.process_time()
    read(text)
    return time.process_time() - started


def in_new_process(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout


def import_seconds(module: str, rounds: int = 5) -> float:
    """Median seconds that a new process spends importing a module."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    return statistics.median(float(in_new_process("-c", code)) for _ in range(rounds))


def speed_table(folder: Path, rounds: int, model: str) -> str:
    """All candidates measured in turns, as a table in Markdown."""
    files = sorted(folder.rglob("*.txt"))
    names = [OURS, BASELINE, LIBRARIES]
    if importlib.util.find_spec(model) if model.isidentifier() else Path(model).is_dir():
        names.insert(2, model)
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            runs[name].append(json.loads(in_new_process(__file__, str(folder), "--measure", name)))
    best = {name: {key: min(run[key] for run in found) for key in found[0]} for name, found in runs.items()}
    size = sum(len(file.read_text(encoding="utf-8")) for file in files)
    heads = (
        *("", "releases/s", "ms per KB", "times blank", "seed alone, ms", "times blank", "seed between others, ms", "times blank"),
        *("import and first text, s", "peak, MB"),
    )
    lines = [
        f"{len(files)} releases of {size / len(files) / 1000:.1f} KB on average; fastest of {rounds} processes with {PASSES} passes each.",
        f"`import minenews` takes {import_seconds('minenews'):.2f} s in a new process, `import spacy` {import_seconds('spacy'):.2f} s.",
        "",
        f"| {' | '.join(heads)} |",
        f"|---{'|--:' * (len(heads) - 1)}|",
    ]
    base = best[BASELINE]
    for name, found in best.items():
        cells = (
            MODEL if name == model else name,
            f"{len(files) / found['all']:.1f}",
            f"{found['all'] * 1e6 / size:.2f}",
            f"{found['all'] / base['all']:.1f}",
            f"{found['alone'] * 1e3:.1f}",
            f"{found['alone'] / base['alone']:.1f}",
            f"{found['between'] * 1e3:.1f}",
            f"{found['between'] / base['between']:.1f}",
            f"{found['first']:.2f}",
            f"{found['peak']:.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--model", default=MODEL)
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--measure", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, sorted(given.folder.rglob("*.txt")))))
        return
    table = speed_table(given.folder, given.rounds, given.model)
    print(table)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        place = re.compile(r"(<!-- speed -->\n).*?(<!-- end -->)", re.DOTALL)
        PAGE.write_text(place.sub(lambda match: f"{match[1]}\n{table}\n{match[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
