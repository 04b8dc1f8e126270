"""Lay out a text: blocks of headline, dateline, headings, paragraphs, bullets, tables and boilerplate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of lines of one kind.

    `kind`: headline | heading | paragraph | bullet | table | caption | footnote.
    `section`: body | about | forward_looking | contact (the last three are boilerplate: nothing in them is news).
    `heading`: span of the heading in force, None above the first one.
    """

    kind: str
    start: int
    end: int
    section: str = "body"
    heading: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the release says whence and when it was sent; each a span or None. `end` is where the news starts."""

    start: int
    end: int
    place: tuple[int, int] | None
    date: tuple[int, int] | None
    wire: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Layout:
    """All blocks in reading order, the headline's span and the dateline."""

    blocks: tuple[Block, ...]
    headline: tuple[int, int] | None
    dateline: Dateline | None
