"""The text of a page of HTML: what a reader would call the release, without navigation, with its tables as rows of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minenews.errors import InputError
from minenews.source.html_nodes import is_raised, one_spaced, raised_text, seen_text, walk
from minenews.source.html_table import table_lines

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

DEPTH_LIMIT = 500
"""Elements that may lie in each other: real pages stay under a tenth of it, and the parser's time grows with its square."""

DROPPED = frozenset(
    "head title script style noscript template svg math canvas iframe object audio video nav footer aside "  # noqa: SIM905
    "button select option textarea datalist dialog".split()
)
DROPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu"})
BLOCKS = frozenset(
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr "  # noqa: SIM905
    "html legend li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
LINKED = frozenset({"div", "ul", "ol", "section", "header", "dl"})
"""Elements that are navigation where most of their text is links."""

LINK_SHARE, LINK_COUNT = 0.5, 3
CONSENT = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr)(?:$|[\s_-])", re.IGNORECASE)
HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
CLOSED_ALONE = frozenset(  # no end tag, or one that may be left out
    "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th thead tbody tfoot colgroup".split()  # noqa: SIM905
)
OPENING = re.compile(r"<(?:!doctype\s+)?html[\s>]", re.IGNORECASE)
HEAD = 2_000
BREAK = "\v"
"""A line break, told apart from white space, which means nothing."""

PARTS = ("article", "main", "[role=main]")


@dataclass(slots=True)
class _Measure:
    """What lies in an element: characters of text, those of them in links, links, tables."""

    chars: int = 0
    linked: int = 0
    links: int = 0
    tables: int = 0

    @property
    def own(self) -> int:
        return self.chars - self.linked

    def add(self, inner: _Measure) -> None:
        self.chars += inner.chars
        self.linked += inner.linked
        self.links += inner.links
        self.tables += inner.tables


def html_text(page: str) -> str:
    """The main text of a page: a blank line between blocks, list items behind a hyphen, table rows between bars.

    Raises InputError where selectolax is missing or elements lie too deep in each other.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise InputError("is an HTML page, which selectolax reads; pip install 'minenews[html]'") from error
    if opening := OPENING.search(page, 0, HEAD):
        page = page[opening.start() :]  # filings have lines of their own before it
    if _depth(page) > DEPTH_LIMIT:
        raise InputError(f"has HTML elements more than {DEPTH_LIMIT} deep in each other; save the text of the page as a .txt file")
    tree = LexborHTMLParser(page)
    body = tree.body
    if body is None:
        return ""
    measures = _measures(body)
    root = _main_part(body, measures)
    writer = _Writer(measures, measures[root.mem_id].chars)
    titles = body.css("h1")
    if root.mem_id != body.mem_id and len(titles) == 1 and root.css_first("h1") is None:
        writer.write(titles[0])
        writer.end_block()
    writer.write(root)
    return writer.text()


def _depth(page: str) -> int:
    """How deep elements may lie in each other, told from their tags alone."""
    depth = deepest = 0
    for tag in TAG.finditer(page):
        if tag[2].lower() not in CLOSED_ALONE:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _measures(body: LexborNode) -> dict[int, _Measure]:
    """What lies in each element of a page, by the element's address."""
    found: dict[int, _Measure] = {}
    open_ones = [_Measure()]
    unread = 0  # how many elements that are never read are open
    for node, closing in walk(body):
        if node.is_text_node:
            open_ones[-1].chars += 0 if unread else len((node.text_content or "").strip())
        elif node.is_element_node and not closing:
            open_ones.append(_Measure(tables=int(node.tag == "table")))
            unread += node.tag in DROPPED
        elif closing:
            measure = found[node.mem_id] = open_ones.pop()
            unread -= node.tag in DROPPED
            if node.tag == "a":
                measure.linked, measure.links = measure.chars, 1
            open_ones[-1].add(measure)
    return found


def _main_part(body: LexborNode, measures: dict[int, _Measure]) -> LexborNode:
    """The article or the main part of a page where one holds at least half of what is no link, else the whole body."""
    for selector in PARTS:
        parts = sorted(body.css(selector), key=lambda part: -measures[part.mem_id].own)
        if parts and measures[parts[0].mem_id].own * 2 >= measures[body.mem_id].own:
            return parts[0]
    return body


class _Writer:
    """Writes a tree as text, block by block."""

    def __init__(self, measures: dict[int, _Measure], whole: int) -> None:
        self._measures = measures
        self._whole = whole
        self._blocks: list[str] = []
        self._line: list[str] = []

    def text(self) -> str:
        """All that was written."""
        self.end_block()
        return "\n\n".join(self._blocks) + ("\n" if self._blocks else "")

    def end_block(self) -> None:
        """Close the block that is being written."""
        lines = (one_spaced(line) for line in "".join(self._line).split(BREAK))
        block = "\n".join(line for line in lines if line)
        if block.strip("- \n"):
            self._blocks.append(block)
        self._line = []

    def write(self, root: LexborNode) -> None:
        """Write what is below `root`."""
        skipped: int | None = None  # the element that is being left out, or was written as a table
        kept_lines = 0
        for node, closing in walk(root):
            if skipped is not None:
                skipped = None if closing and node.mem_id == skipped else skipped
                continue
            tag = node.tag or ""
            if node.is_text_node:
                text = seen_text(node)
                self._line.append(text.replace("\n", BREAK) if kept_lines else text)
            elif not node.is_element_node:
                continue
            elif closing:
                kept_lines -= tag == "pre"
                if tag in BLOCKS:
                    self.end_block()
            elif self._is_left_out(node, tag):
                skipped = node.mem_id
            elif tag == "br":
                self._line.append(BREAK)
            elif is_raised(node):
                self._line.append(raised_text(node, "".join(self._line[-2:])))
                skipped = node.mem_id
            elif tag in BLOCKS:
                if not (self._line == ["- "] and tag in ("p", "div")):
                    self.end_block()
                kept_lines += tag == "pre"
                if tag == "li":
                    self._line.append("- ")
                elif tag == "table" and self._measures[node.mem_id].tables == 1 and (lines := table_lines(node)):
                    self._blocks += lines
                    skipped = node.mem_id

    def _is_left_out(self, node: LexborNode, tag: str) -> bool:
        """Whether an element is no part of the text: code, navigation, what is not shown, a notice about cookies."""
        attributes = node.attributes
        if tag in DROPPED or attributes.get("role") in DROPPED_ROLES:
            return True
        if "hidden" in attributes or attributes.get("aria-hidden") == "true" or HIDDEN.search(attributes.get("style") or ""):
            return True
        measure = self._measures[node.mem_id]
        if tag in LINKED and measure.links >= LINK_COUNT and measure.linked >= LINK_SHARE * measure.chars:
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return bool(CONSENT.search(names)) and measure.chars * 2 < self._whole
