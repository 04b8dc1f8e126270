"""The `minenews` command."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minenews.errors import InputError, MinenewsError

if TYPE_CHECKING:
    from minenews.source.pieces import Limits

# spaCy and the rest of the line take a second to import: each command imports what it needs, so that --help answers at once.

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A release: text, HTML, PDF, ...", show_default=False)]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of releases.", show_default=False)]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `minenews batch --out` wrote.", show_default=False)]
Released = Annotated[
    dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Release date, for a text without a dateline.")
]


def _told_version(wanted: bool) -> None:
    """Print the version and end, where it was asked for."""
    if wanted:
        from minenews import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_told_version, help="Print the version.")] = False,
) -> None:
    """Read mining-company press releases into structured data."""


@contextmanager
def _errors_told() -> Iterator[None]:
    """Print an error that minenews raises on purpose as one line, and end with code 1."""
    try:
        yield
    except MinenewsError as error:
        typer.echo(f"minenews: {error}", err=True)
        raise typer.Exit(1) from error


@contextmanager
def _written(file: Path) -> Iterator[None]:
    """Turn what keeps a file from being written into an error that says so."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror or error}); give a file in a folder that exists") from error


def _part_of(out: Path) -> Path:
    """The file beside `out` that is written to first, so that a broken run leaves no half-written result."""
    with _written(out):
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        part = out.with_name(f"{out.name}.part")
        part.touch()
    return part


@app.command()
def extract(
    file: File,
    released: Released = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole extraction as JSON.")] = False,
) -> None:
    """Print what a release says, as tables or as JSON."""
    from rich.console import Console

    from minenews.corpus.batch import extract_file
    from minenews.report.terminal import summary

    with _errors_told():
        extraction = extract_file(file, released=released.date() if released else None)
    if as_json:
        typer.echo(extraction.model_dump_json(indent=2))
    else:
        Console(highlight=False).print(summary(extraction))


@app.command()
def show(
    file: File,
    released: Released = None,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a page for the browser instead.")] = None,
) -> None:
    """Show the text of a release with everything that was read in it coloured."""
    from rich.console import Console

    from minenews.extract import extract as read
    from minenews.report.page import render_page
    from minenews.report.terminal import coloured, legend
    from minenews.source.read import read_release

    with _errors_told():
        text, date = read_release(file)
        extraction = read(text, released=released.date() if released else date)
    if html is None:
        console = Console(highlight=False)
        console.print(legend(extraction), end="\n\n")
        console.print(coloured(text, extraction))
    else:
        with _errors_told(), _written(html):
            html.write_text(render_page(text, extraction, file.name), encoding="utf-8")
        typer.echo(f"wrote {html}")


@app.command()
def batch(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="A folder for tables, or a .jsonl file; otherwise lines to standard output.", show_default=False),
    ] = None,
    db: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the tables into a DuckDB file too.", show_default=False)] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; otherwise one a core.", show_default=False)] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Longest time that one release may take.")] = 60.0,
) -> None:
    """Extract every release below a folder: into tables that a later run goes on with, or as one line of JSON a release.

    Text, HTML and PDF, rows of JSON, JSON Lines or Parquet with a column of text, and gzip and ZIP of these.
    """
    from minenews.source.pieces import Limits

    if db is not None and (out is None or out.suffix == ".jsonl"):
        raise typer.BadParameter("a database needs --out with a folder for its tables", param_hint="--db")
    with _errors_told():
        if out is None or out.suffix == ".jsonl":
            done, failed, kept = _write_lines(folder, out, jobs, Limits(seconds=seconds))
        else:
            from minenews.corpus.store import write_corpus
            from minenews.report.progress import progress

            with progress() as tell:
                summary = write_corpus(folder, out, jobs=jobs, limits=Limits(seconds=seconds), database=db, tell=tell)
            done, failed, kept = summary.releases, summary.errors, summary.kept
    earlier = f", {kept} of both read before" if kept else ""
    typer.echo(f"{done} releases extracted, {failed} failed{earlier}", err=True)


def _write_lines(folder: Path, out: Path | None, jobs: int | None, limits: Limits) -> tuple[int, int, int]:
    """Write one line of JSON for each release below a folder; returns how many were extracted, how many failed, and 0."""
    from minenews.corpus.batch import extract_corpus

    done, failed = 0, 0
    outcomes = extract_corpus(folder, jobs=jobs, limits=limits)
    part = _part_of(out) if out else None
    with part.open("w", encoding="utf-8") if part else nullcontext(sys.stdout) as lines:
        for outcome in outcomes:
            lines.write(outcome.json_line())
            if outcome.error:
                typer.echo(f"{outcome.file}: {outcome.error}", err=True)
            done, failed = done + (not outcome.error), failed + bool(outcome.error)
    if part and out:
        part.replace(out)
    return done, failed, 0


@app.command()
def timeline(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print the timelines as JSON.")] = False,
    asset: Annotated[str | None, typer.Option(metavar="NAME", help="Only assets whose name holds these words.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; otherwise one a core.", show_default=False)] = None,
) -> None:
    """Show the states and events of every asset across the releases of a folder, and where they contradict one another."""
    from rich.console import Console

    from minenews.corpus.batch import extract_corpus
    from minenews.corpus.timeline import build_timelines
    from minenews.report.timeline import timeline_json, timeline_tables

    with _errors_told():
        outcomes = list(extract_corpus(folder, jobs=jobs))
    for outcome in outcomes:
        if outcome.error:
            typer.echo(f"{outcome.file}: {outcome.error}", err=True)
    lines = build_timelines((outcome.file, outcome.extraction) for outcome in outcomes if outcome.extraction)
    lines = [line for line in lines if asset is None or any(asset.lower() in name.lower() for name in line.names)]
    if as_json:
        typer.echo(timeline_json(lines))
    else:
        Console(highlight=False).print(timeline_tables(lines))


@app.command()
def series(
    out: Out,
    company: Annotated[str | None, typer.Option(metavar="NAME", help="Only companies whose name holds these words.")] = None,
    metric: Annotated[str | None, typer.Option(metavar="METRIC", help="Only this metric, such as production or aisc.")] = None,
    asset: Annotated[str | None, typer.Option(metavar="NAME", help="Only assets whose name holds these words.")] = None,
    commodity: Annotated[str | None, typer.Option(metavar="NAME", help="Only this commodity, such as gold.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the series as JSON, with every reading.")] = False,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw a chart too: .png, .svg, .pdf.", show_default=False)] = None,
) -> None:
    """Show each figure through time: as first told, restated, against guidance, and parts against wholes."""
    from rich.console import Console

    from minenews.corpus.series import load_series
    from minenews.corpus.store import load_corpus
    from minenews.models import Metric
    from minenews.report.plot import plot_series
    from minenews.report.series import series_json, series_tables

    if metric is not None and metric not in set(Metric):
        raise typer.BadParameter(f"{metric}: no such metric; give one of {', '.join(Metric)}", param_hint="--metric")
    with _errors_told():
        lines = load_series(load_corpus(out), company=company, metric=metric, asset=asset, commodity=commodity)
        if plot is not None:
            plot_series(lines, plot)
    if as_json:
        typer.echo(series_json(lines))
    elif not lines:
        typer.echo("no such series: no actual or guided figure with a whole period", err=True)
    else:
        Console(highlight=False).print(series_tables(lines))


@app.command()
def report(
    out: Out,
    page: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The page to write.")] = Path("report.html"),
    company: Annotated[str | None, typer.Option(metavar="NAME", help="Only companies whose name holds these words.")] = None,
) -> None:
    """Write one page for the browser with all releases, their evidence, facts, charts, timelines and checks."""
    from minenews.corpus.store import load_corpus
    from minenews.report.corpus_page import render_corpus

    with _errors_told():
        html = render_corpus(load_corpus(out), company)
        with _written(page):
            page.write_text(html, encoding="utf-8")
    typer.echo(f"wrote {page}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of an extraction."""
    from minenews.models import Extraction

    typer.echo(json.dumps(Extraction.model_json_schema(mode="serialization"), indent=2))


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder with releases/ and gold/.", show_default=False)],
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed and what was wrong.")] = False,
    only: Annotated[str | None, typer.Option(metavar="KINDS", help="Record kinds to list, with commas between.")] = None,
) -> None:
    """Score the extraction of a folder's releases against its goldens, record kind by record kind."""
    from rich.console import Console

    from minenews.corpus.evaluate import KINDS, evaluate_folder
    from minenews.report.scores import miss_lines, score_table

    kinds = only.replace(" ", "").split(",") if only else None
    if unknown := set(kinds or ()) - set(KINDS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: no such kind; give some of {', '.join(KINDS)}", param_hint="--only")
    with _errors_told():
        result = evaluate_folder(folder)
    for name, error in result.errors.items():
        typer.echo(f"{name}: {error}", err=True)
    console = Console(highlight=False, soft_wrap=True)
    if misses:
        for line in miss_lines(result, kinds):
            console.print(line, markup=False)
    console.print(score_table(result, kinds))
