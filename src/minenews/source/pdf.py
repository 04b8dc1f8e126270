"""The text of a PDF: lines joined into paragraphs in reading order, tables as rows between bars, running heads left out."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from minenews.errors import InputError
from minenews.source.pdf_table import Line, Word, table_at

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

PAGE_LIMIT = 1_000
RAISED = 0.8
"""A mark smaller than this share of the figure before it, and standing higher, is the mark of a footnote."""

NEAR_MARGIN = 0.85
"""A line that reaches this share of the page's text goes on in the next one."""

EDGE_LINES = 2
PAGE_NUMBER = re.compile(r"\W*(?:page\s)?\W*#(?:\s?(?:of|/|\|)\s?#)?(?:\s?\W?\s?page)?\W*", re.IGNORECASE)
BULLET = re.compile(r"[•▪●◦■–-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
POWER = re.compile(r"(?:^|[^A-Za-z])(?:m|km|cm|ft)$")
COLUMN_LINES = 8
COLUMN_WORDS = 4


def pdf_text(data: bytes) -> str:
    """The text of a PDF file. Raises InputError where it is locked, damaged, too long or a mere picture, or pypdfium2 is missing."""
    try:
        import pypdfium2
    except ImportError as error:
        raise InputError("is a PDF file, which pypdfium2 reads; pip install 'minenews[pdf]'") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("is a PDF file locked with a password; save a copy without one") from error
        raise InputError("is a damaged PDF file; download or save it again") from error
    try:
        if len(document) > PAGE_LIMIT:
            raise InputError(f"is a PDF file of {len(document):,} pages, more than {PAGE_LIMIT:,}; split it into releases")
        pages = [_lines(_words(document[number])) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise InputError("is a PDF file with a damaged page; download or save it again") from error
    finally:
        document.close()
    text = "\n\n".join(block for page in _without_running_heads(pages) for block in _blocks(_in_columns(page)))
    if not text.strip():
        raise InputError("is a PDF file without text, a scan perhaps; run text recognition (OCR) on it first")
    return f"{text}\n"


def _words(page: PdfPage) -> list[Word]:
    """The words of a page with their places, top down counted from the top, in the order of the file."""
    import pypdfium2.raw as raw

    height = page.get_height()
    text = page.get_textpage()
    box = raw.FS_RECTF()
    words: list[Word] = []
    letters: list[str] = []
    place = (0.0, 0.0, 0.0, 0.0)

    def end_word() -> None:
        if letters:
            words.append(Word("".join(letters), *place))
            letters.clear()

    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        letter = "-" if code == 2 else chr(code)  # 2 is a hyphen at the end of a line
        if letter.isspace() or not letter.isprintable() or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            end_word()
            continue
        left, right, top, bottom = box.left, box.right, height - box.top, height - box.bottom
        size = max(bottom - top, 0.1)
        if letters:
            _, x1, y0, y1 = place
            other_size = size < RAISED * (y1 - y0) or RAISED * size > y1 - y0
            if other_size or abs(left - x1) > 0.3 * size or not y0 <= (top + bottom) / 2 <= y1:
                end_word()
        place = (place[0], max(place[1], right), min(place[2], top), max(place[3], bottom)) if letters else (left, right, top, bottom)
        letters.append(letter)
    end_word()
    text.close()
    page.close()
    return words


def _lines(words: Sequence[Word]) -> list[Line]:
    """The lines of a page, top down, each with its words from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.left)):
        last = max(lines[-1], key=lambda other: other.size) if lines else None
        if last is not None and last.top <= (word.top + word.bottom) / 2 <= last.bottom - 0.25 * last.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    whole: list[list[Word]] = []
    for line in lines:
        if whole and _is_beside(whole[-1], line):
            whole[-1] += line
        else:
            whole.append(line)
    return [Line(_marked(sorted(line, key=lambda word: word.left))) for line in whole]


def _is_beside(above: list[Word], below: list[Word]) -> bool:
    """Whether one of two lines holds nothing but the small raised or lowered marks of the other."""
    sizes = [max(word.size for word in line) for line in (above, below)]
    overlap = max(word.bottom for word in above) - min(word.top for word in below)
    return min(sizes) < RAISED * max(sizes) and overlap > 0.3 * min(sizes)


def _marked(words: list[Word]) -> list[Word]:
    """The words of a line with small raised ones joined to the one before: powers as they are, marks of footnotes in parentheses.

    The mark behind a figure is left out: it would read as one of its digits.
    """
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if before is None or word.size >= RAISED * before.size or word.left - before.right > 0.3 * before.size:
            joined.append(word)
            continue
        raised = (word.top + word.bottom) < (before.top + before.bottom)
        note = raised and word.text[0].isalnum() and not POWER.search(before.text)
        text = "" if note and before.text[-1].isdigit() else f"({word.text})" if note else word.text
        joined[-1] = Word(before.text + text, before.left, word.right, before.top, before.bottom)
    return joined


def _without_running_heads(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """The pages without the lines that most of them begin or end with, but for the first time, and without page numbers."""

    def shape(line: Line) -> str:
        return re.sub(r"\d+", "#", line.text)

    def edges(page: list[Line]) -> set[int]:
        return {i % len(page) for i in (*range(EDGE_LINES), *range(-EDGE_LINES, 0)) if -len(page) <= i < len(page)}

    often = Counter(form for page in pages for form in {shape(page[i]) for i in edges(page)})
    seen: set[str] = set()
    for page in pages:
        kept: list[Line] = []
        at_edge = edges(page)
        for index, line in enumerate(page):
            form = shape(line)
            if index in at_edge and len(pages) > 1 and often[form] > 1 and often[form] * 2 > len(pages):
                if form in seen or PAGE_NUMBER.fullmatch(form):
                    continue
                seen.add(form)
            kept.append(line)
        yield kept


def _in_columns(lines: list[Line]) -> list[Line]:
    """The lines in reading order: where prose runs in two columns, the left one first."""
    pairs: list[tuple[int, float]] = []
    for index, line in enumerate(lines):
        cells = line.cells
        if len(cells) == 2 and all(sum(any(c.isalpha() for c in w.text) for w in cell.words) >= COLUMN_WORDS for cell in cells):
            pairs.append((index, cells[1].left))
    if not pairs:
        return lines
    gutter = sorted(left for _, left in pairs)[len(pairs) // 2]
    columns = [index for index, left in pairs if abs(left - gutter) < 6]
    if len(columns) < COLUMN_LINES or len(columns) * 2 < columns[-1] - columns[0]:
        return lines
    first, last = columns[0], columns[-1] + 1
    within = lines[first:last]
    halves = (
        [[w for w in line.words if w.left < gutter - 6] for line in within],
        [[w for w in line.words if w.left >= gutter - 6] for line in within],
    )
    return [*lines[:first], *(Line(words) for half in halves for words in half if words), *lines[last:]]


def _blocks(lines: list[Line]) -> Iterator[str]:
    """The paragraphs and tables of a page."""
    right = max((line.right for line in lines), default=0.0)
    left = min((line.left for line in lines), default=0.0)
    index = 0
    block = ""
    while index < len(lines):
        rows, after = table_at(lines, index)
        if rows:
            if block:
                yield block
            yield "\n".join(rows)
            block, index = "", after
            continue
        line = lines[index]
        if block and _is_apart(lines[index - 1], line):
            yield block
            block = ""
        if block:
            full = lines[index - 1].right - left > NEAR_MARGIN * (right - left) and not BULLET.match(line.text)
            block += ("" if block.endswith("-") else " ") if full else "\n"
        block += line.text
        index += 1
    if block:
        yield block


def _is_apart(above: Line, below: Line) -> bool:
    """Whether more than the usual space, or another size of letters, stands between two lines."""
    size = min(above.size, below.size)
    return below.top - above.bottom > 0.5 * size or below.top < above.top or max(above.size, below.size) > 1.15 * size
