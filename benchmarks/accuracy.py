"""Score the extraction on folders of releases with goldens: corpus/ and every folder given.

    python benchmarks/accuracy.py [FOLDER ...] [--write]

A folder holds releases/ or text/ and gold/. `--write` puts each table into docs/accuracy.md, between the comments
`<!-- scores: NAME -->` and `<!-- end -->`, where NAME is the folder's name.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from minenews.corpus.evaluate import evaluate_folder
from minenews.report.scores import COLUMNS, score_rows

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "accuracy.md"


def score_markdown(folder: Path) -> str:
    """The score table of a folder, in Markdown."""
    result = evaluate_folder(folder)
    lines = [
        f"{result.releases} releases" + (f", {len(result.errors)} of them not read" if result.errors else ""),
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|---{'|--:' * (len(COLUMNS) - 1)}|",
        *(f"| {' | '.join(row)} |" for row in score_rows(result)),
    ]
    return "\n".join(lines) + "\n"


def write_table(name: str, table: str) -> None:
    """Put a table into its place in docs/accuracy.md."""
    page = PAGE.read_text(encoding="utf-8")
    place = re.compile(rf"(<!-- scores: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not place.search(page):
        raise SystemExit(f"{PAGE.name} has no place for {name}: write <!-- scores: {name} --> and <!-- end --> there")
    PAGE.write_text(place.sub(lambda match: f"{match[1]}\n{table}\n{match[2]}", page), encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    for folder in (ROOT / "corpus", *given.folders):
        name = folder.resolve().name
        table = score_markdown(folder)
        print(f"## {name}\n\n{table}")
        if given.write:
            write_table(name, table)


if __name__ == "__main__":
    main()
