"""Series as a picture in a file, drawn by matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from minenews.corpus.series import Series
from minenews.errors import InputError
from minenews.report.charts import bars_of
from minenews.report.series import title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 24
"""Series that one picture holds."""


def plot_series(lines: Sequence[Series], file: Path) -> None:
    """Draw one panel for each series; the name's ending tells the format. Raises InputError where it cannot be drawn."""
    drawn = [line for line in lines if bars_of(line)]
    if not drawn:
        raise InputError("no series has a figure that can be drawn; ask for another company or metric")
    if len(drawn) > MOST:
        raise InputError(f"{len(drawn)} series are more than one picture holds ({MOST}); ask for one company, metric or asset")
    if find_spec("matplotlib") is None:
        raise InputError("pictures are drawn with matplotlib; pip install 'minenews[plot]'")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 2.6 * len(drawn)), layout="constrained")
    for axes, line in zip(figure.subplots(len(drawn), squeeze=False)[:, 0], drawn, strict=True):
        _panel(axes, line)
    try:
        figure.savefig(file, dpi=120)
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be written ({error}); give a .png, .svg or .pdf file in a folder that exists") from error


def _panel(axes: Axes, line: Series) -> None:
    """Bars of the actual figures, a grey range for guidance, a mark for what was first told."""
    bars = bars_of(line)
    for x, bar in enumerate(bars):
        if bar.guidance is not None:
            axes.fill_between((x - 0.45, x + 0.45), *bar.guidance, color="0.7", alpha=0.6, linewidth=2)
        if bar.value is not None:
            axes.bar(x, bar.value, 0.7, color="#2f6f8f")
        if bar.first is not None:
            axes.plot((x - 0.35, x + 0.35), (bar.first, bar.first), color="#c0392b", linestyle="--")
    axes.set_xticks(range(len(bars)), [bar.period for bar in bars], rotation=45 if len(bars) > 8 else 0)
    axes.set_title(f"{line.company or ''} {title_of(line)}".strip(), loc="left", fontsize=10)
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.set_ylim(bottom=min(0, *axes.get_ylim()))
    axes.spines[["top", "right"]].set_visible(False)
