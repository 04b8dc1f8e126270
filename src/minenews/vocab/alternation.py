"""One regular expression for many written forms, as a tree of their letters: the time to try it hardly grows with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable

Tree = dict[str, "Tree"]

VARIANTS = {" ": r"\s{1,9}", "'": "['’]", "-": "[-‐‑–]"}
"""Characters that are written in several ways: a blank may be any white space."""

END = ""


def alternation(forms: Iterable[str], *, exact: Iterable[str] = ()) -> str:
    """A pattern, without groups, that matches the longest of the forms that begins at a place.

    `forms` match in upper and lower case, `exact` as written only. It does not look at what follows: add a lookahead for a word's end.
    """
    trees = [_tree(group, fold) for group, fold in ((forms, True), (exact, False))]
    patterns = [_pattern(tree) for tree in trees if tree]
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


def _tree(forms: Iterable[str], fold: bool) -> Tree:
    root: Tree = {}
    for form in forms:
        node = root
        for sign in " ".join(form.split()).replace("’", "'"):
            node = node.setdefault(_sign(sign, fold), {})
        node[END] = {}
    return root


def _sign(sign: str, fold: bool) -> str:
    if sign in VARIANTS:
        return VARIANTS[sign]
    if fold and len({sign.lower(), sign.upper()}) == 2:
        return f"[{sign.lower()}{sign.upper()}]"
    return re.escape(sign)


def _pattern(tree: Tree) -> str:
    branches = [sign + _pattern(node) for sign, node in tree.items() if sign != END]
    if not branches:
        return ""
    if END in tree:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
