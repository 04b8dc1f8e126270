"""Write a folder of N releases that vary those of corpus/: other companies, assets, figures and dates, no two alike.

    python benchmarks/generate.py FOLDER N [--seed SEED] [--chars N]

Names and figures are replaced word by word, so that layouts and sentences stay those of real releases in kind. One in fifty is
a page of HTML, and one in a hundred repeats the one before it on another wire.
"""

from __future__ import annotations

import argparse
import html
import random
import re
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus" / "releases"
FIGURE = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})+|\d{2,3}\.\d+)(?![\w/-])")
YEAR = re.compile(r"\b(19[89]\d|20[0-2]\d)\b")
NAME = re.compile(r"\b[A-Z][a-z]{5,}\b")
COMMON = re.compile(r"[a-z]{6,}")
MONTHS = frozenset({"january", "february", "august", "september", "october", "november", "december"})
SYLLABLES = ("bar", "cor", "den", "fal", "gor", "hal", "kel", "lin", "mor", "nor", "pel", "ran", "sel", "tor", "ver", "wen")
ENDINGS = ("an", "by", "dale", "field", "ford", "ia", "is", "more", "on", "ton")
SHARDS = 100


def vary(text: str, common: frozenset[str], random_: random.Random) -> str:
    """A release like `text`: names that are no common words renamed, figures up to a tenth larger or smaller, years moved."""
    names: dict[str, str] = {}
    shift = random_.randint(-8, 8)

    def name(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in common or text.count(word) < 3:
            return word
        return names.setdefault(word, (random_.choice(SYLLABLES) + random_.choice(SYLLABLES) + random_.choice(ENDINGS)).capitalize())

    def figure(match: re.Match[str]) -> str:
        places = len(match[0].partition(".")[2])
        return f"{float(match[0].replace(',', '')) * random_.uniform(0.9, 1.1):,.{places}f}"

    text = NAME.sub(name, text)
    text = YEAR.sub(lambda match: str(min(max(int(match[0]) + shift, 1980), 2029)), text)
    return FIGURE.sub(figure, text)


def page(text: str) -> str:
    """A release as a page of HTML with a frame around it."""
    paragraphs = "".join(f"<p>{html.escape(block).replace(chr(10), '<br>')}</p>\n" for block in text.split("\n\n"))
    return f"<!doctype html><html><body><nav><a>Home</a> <a>News</a> <a>About</a></nav><article>{paragraphs}</article></body></html>"


def generate(folder: Path, count: int, seed: int = 7, chars: int | None = None) -> None:
    """Write the releases into a hundred sub-folders."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(CORPUS.glob("*.txt"))]
    common = MONTHS.union(*(COMMON.findall(text) for text in texts))
    before = ""
    for number in range(count):
        random_ = random.Random(f"{seed} {number}")
        text = vary(texts[number % len(texts)], common, random_)[:chars]
        if number % 100 == 99:
            text = f"{before}\n\nSOURCE: distributed by Second Wire\n"
        before = text
        place = folder / f"{number * SHARDS // count:02}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 50 == 25:
            (place / f"{number:07}.html").write_text(page(text), encoding="utf-8")
        else:
            (place / f"{number:07}.txt").write_text(text, encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--chars", type=int, default=None, help="cut each release to so many characters")
    given = arguments.parse_args()
    generate(given.folder, given.count, given.seed, given.chars)


if __name__ == "__main__":
    main()
