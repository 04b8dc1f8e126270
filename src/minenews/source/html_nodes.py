"""Nodes of an HTML tree and the text in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SPACES = re.compile(r"[ \t\v\r\n\f\u00a0\u2009\u202f]+")
UNSEEN = re.compile("[\u200b\u200c\u2060\ufeff\u00ad]")
RAISED_POWER = re.compile(r"(?:^|[^A-Za-z])(?:m|km|cm|mm|ft|cu)$")
RAISED_STYLE = re.compile(r"vertical-align\s{0,3}:\s{0,3}(?:super|top)|top\s{0,3}:\s{0,3}-", re.IGNORECASE)
NOT_IN_CELLS = frozenset({"script", "style", "noscript", "template", "svg"})


def walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below and with `root`, once when it opens, and an element once more (True) when it closes."""
    stack = [(root, False)]
    while stack:
        node, closing = stack.pop()
        yield node, closing
        if closing or not node.is_element_node:
            continue
        stack.append((node, True))
        child = node.last_child
        while child is not None:
            stack.append((child, False))
            child = child.prev


def seen_text(node: LexborNode) -> str:
    """The text of a text node without characters that nobody sees."""
    return UNSEEN.sub("", node.text_content or "").replace("\v", " ")


def inline_text(root: LexborNode) -> str:
    """All text below a node on one line."""
    parts: list[str] = []
    skipped: int | None = None
    for node, closing in walk(root):
        if skipped is not None:
            skipped = None if closing and node.mem_id == skipped else skipped
        elif node.is_text_node:
            parts.append(seen_text(node))
        elif node.is_element_node and not closing:
            if node.tag in NOT_IN_CELLS:
                skipped = node.mem_id
            elif is_raised(node):
                parts.append(raised_text(node, "".join(parts[-2:])))
                skipped = node.mem_id
            elif node.tag in ("br", "p", "div", "li"):
                parts.append(" ")
    return one_spaced("".join(parts))


def is_raised(node: LexborNode) -> bool:
    """Whether an element is raised or lowered against the line, by its tag or by its style."""
    return node.tag in ("sup", "sub") or (node.tag in ("span", "font") and bool(RAISED_STYLE.search(node.attributes.get("style") or "")))


def raised_text(node: LexborNode, before: str) -> str:
    """What stands for a raised or lowered piece: m2 and U3O8 stay one word, the mark of a footnote goes into parentheses.

    Behind a figure it is left out: else "5,120" with the mark 1 would read as 51,201.
    """
    text = one_spaced("".join(seen_text(inner) for inner, _ in walk(node) if inner.is_text_node))
    if node.tag == "sub" or not text or not (text[0].isdigit() or text in "abcdefghi") or RAISED_POWER.search(before.rstrip()):
        return text
    return "" if before[-1:].isdigit() else f"({text})"


def one_spaced(text: str) -> str:
    """A text with one blank for each run of white space; a single no-break one stays, for it may stand between digits of a figure."""
    return SPACES.sub(lambda run: run[0] if run[0] in "\u00a0\u2009\u202f" else " ", text).strip()
