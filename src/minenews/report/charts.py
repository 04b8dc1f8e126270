"""Series as bar charts: what is drawn, and as inline SVG whose colours the page's style sheet gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from math import floor, log10

from minenews.corpus.series import Series
from minenews.report.figures import number
from minenews.report.series import guidance_text, revisions_text

PLAIN = ("month", "quarter", "half", "year")
"""Precisions that make a row of bars; others have uneven lengths."""

BAR, GAP, HEIGHT, LEFT, TOP, BOTTOM = 46, 12, 180, 64, 16, 28


@dataclass(frozen=True)
class Bar:
    """One period: the value, what was told first where it was restated, and the guidance."""

    period: str
    value: float | None
    first: float | None
    guidance: tuple[float, float] | None
    note: str


def bars_of(line: Series) -> list[Bar]:
    """The bars of a series: its periods of the most frequent length, and of equally frequent lengths the shortest."""
    lengths = Counter(point.precision for point in line.points if point.precision in PLAIN)
    if not lengths:
        return []
    most = min(lengths, key=lambda precision: (-lengths[precision], PLAIN.index(precision)))
    bars = []
    for point in line.points:
        if point.precision != most:
            continue
        first = point.revisions[0].value if len(point.revisions) > 1 else None
        promised = point.promised
        ends = [v for v in (promised.low, promised.value, promised.high) if v is not None] if promised else []
        guidance, restated = guidance_text(point), revisions_text(point)
        notes = (
            f"{point.period}: {number(point.value)} {line.unit}" if point.value is not None else f"{point.period}",
            f"guidance {guidance}" if guidance else "",
            restated,
        )
        bars.append(Bar(point.period, point.value, first, (ends[0], ends[-1]) if ends else None, "; ".join(filter(None, notes))))
    return bars


def chart_svg(line: Series, title: str) -> str:
    """A bar chart as an SVG element; every bar says its figure in a `title`."""
    bars = bars_of(line)
    ceiling = _round_up(max((v for bar in bars for v in (bar.value, bar.first, *(bar.guidance or ())) if v is not None), default=0.0))
    width = LEFT + len(bars) * (BAR + GAP) + GAP

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - max(value, 0.0) / ceiling), 1)

    parts = []
    for step in range(5):
        value = ceiling * step / 4
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{width}" y1="{y(value)}" y2="{y(value)}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 8}" y="{y(value) + 4}" text-anchor="end">{number(round(value, 6))}</text>')
    for position, bar in enumerate(bars):
        left = LEFT + GAP + position * (BAR + GAP)
        shapes = []
        if bar.guidance is not None:
            low, high = map(y, bar.guidance)
            tall = max(round(low - high, 1), 2)
            shapes.append(f'<rect class="guidance" x="{left - 4}" y="{high}" width="{BAR + 8}" height="{tall}"/>')
        if bar.value is not None:
            top = y(bar.value)
            shapes.append(f'<rect class="actual" x="{left}" y="{top}" width="{BAR}" height="{round(y(0.0) - top, 1)}"/>')
            shapes.append(f'<text class="value" x="{left + BAR / 2}" y="{top - 4}" text-anchor="middle">{_short(bar.value)}</text>')
        if bar.first is not None:
            shapes.append(f'<line class="first" x1="{left}" x2="{left + BAR}" y1="{y(bar.first)}" y2="{y(bar.first)}"/>')
        middle = left + BAR / 2
        shapes.append(f'<text class="tick" x="{middle}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{escape(bar.period)}</text>')
        parts.append(f"<g><title>{escape(bar.note)}</title>{''.join(shapes)}</g>")
    return (
        f'<svg class="chart" role="img" aria-label="{escape(title, quote=True)}" width="{width}" height="{HEIGHT}" '
        f'viewBox="0 0 {width} {HEIGHT}">{"".join(parts)}</svg>'
    )


def _round_up(value: float) -> float:
    """The next figure of one or two plain digits, for the end of an axis."""
    if value <= 0:
        return 1.0
    ten = 10.0 ** floor(log10(value))
    return next(step * ten for step in (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10, 12) if step * ten >= value * 1.05)


def _short(value: float) -> str:
    """A figure of at most four digits: 17.9k, 2.41M."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if letter == 'k' else size):.3g}{letter}"
    return f"{value:,.4g}"
