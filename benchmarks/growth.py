"""How time grows with the length of hostile texts: it must stay linear, whatever a text repeats.

    python benchmarks/growth.py [NAME ...] [--size KB]

Prints seconds for a text and for texts twice and four times as long, and the exponent of the growth between the last two:
1 is linear, 2 quadratic. Texts are those of tests/hostile.py.
"""

from __future__ import annotations

import argparse
import math
import runpy
import time
from pathlib import Path

from minenews import extract

GIVEN = runpy.run_path(str(Path(__file__).parents[1] / "tests" / "hostile.py"))
TEXTS: dict[str, str] = GIVEN["HOSTILE"] | {repr(piece): piece for piece in GIVEN["PIECES"]}
LIMIT = 1.5


def seconds(text: str) -> float:
    started = time.perf_counter()
    extract(text)
    return time.perf_counter() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--size", type=int, default=25, help="length of the shortest text in KB")
    given = arguments.parse_args()
    extract("The first extraction builds the pipeline.")
    print(f"| text | {given.size} KB, s | {given.size * 2} KB, s | {given.size * 4} KB, s | exponent |\n|---|--:|--:|--:|--:|")
    for name, text in TEXTS.items():
        if text and (not given.names or name in given.names):
            filled = text * (given.size * 4_000 // len(text) + 1)
            times = [seconds(filled[: given.size * 1_000 * factor]) for factor in (1, 2, 4)]
            exponent = math.log2(times[2] / times[1])
            print(f"| {name} | {' | '.join(f'{t:.2f}' for t in times)} | {exponent:.2f}{' !' if exponent > LIMIT else ''} |", flush=True)


if __name__ == "__main__":
    main()
