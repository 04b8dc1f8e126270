"""A folder of results as one page for the browser, which needs nothing else: releases with their evidence, facts, charts, checks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import compress
from typing import Any

from minenews.corpus.folder import LINES
from minenews.corpus.same import company_words
from minenews.corpus.series import Series, load_series
from minenews.corpus.store import Corpus
from minenews.corpus.timeline import Entry, Timeline, build_timelines
from minenews.errors import InputError
from minenews.models import Extraction, Verdict
from minenews.report.charts import bars_of, chart_svg
from minenews.report.figures import number, words
from minenews.report.rows import find_sections
from minenews.report.series import guidance_text, revisions_text, sum_text, title_of
from minenews.report.spans import COLOURS, all_spans

Json = dict[str, Any]

MOST = 2_000
"""Releases that one page holds; more of them make a page that a phone does not open."""

CONTEXT = 60
"""Characters shown before and behind what was read but not linked."""

BLANKS = re.compile(r"\s+")
FRAME = frozenset({"masthead", "about", "forward_looking", "contact"})
"""Sections whose figures are no news."""

GRAVEST = (Verdict.DISAGREES, Verdict.ROUNDING, Verdict.AGREES)


def render_corpus(corpus: Corpus, company: str | None = None) -> str:
    """The page of a folder of results, or of the releases whose issuer's name holds some words, as HTML.

    Raises InputError where there are no such releases, or more than one page holds.
    """
    if find_spec("jinja2") is None:
        raise InputError("pages are made with jinja2; pip install 'minenews[report]'")
    from jinja2 import Environment, PackageLoader

    heads = _heads(corpus, company)
    numbers = {head["release"]: position for position, head in enumerate(heads)}
    found = _extractions(corpus, numbers)
    counted = [(head["release"], found[head["release"]]) for head in heads if head["duplicate_of"] is None]
    series = [line for line in load_series(corpus) if _releases_of(line) <= numbers.keys()]
    data = {
        "releases": [_release(head, found[head["release"]]) for head in heads],
        "facts": [row for name, extraction in counted for row in _facts(numbers[name], heads[numbers[name]], extraction)],
        "checks": sorted(_checks(counted, series, numbers), key=lambda check: GRAVEST.index(check["verdict"])),
        "timelines": [_timeline(line, numbers) for line in build_timelines(counted)],
        "errors": corpus.errors.to_pylist() if company is None else [],
    }
    environment = Environment(loader=PackageLoader("minenews.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    title = f"Releases of {heads[0]['issuer']}" if len({head["issuer"] for head in heads}) == 1 else "Mining releases"
    return environment.get_template("corpus.html").render(title=title, data=script_json(data), charts=_charts(series, numbers))


def script_json(data: object) -> str:
    """Data as JSON that can stand in a script element: nothing in it can end the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")


def _heads(corpus: Corpus, company: str | None) -> list[Json]:
    """The rows of the releases to show, the latest first."""
    table = corpus.releases
    issuers = table.column("issuer").to_pylist()
    wanted = [company is None or company.lower() in (name or "").lower() for name in issuers]
    count = sum(wanted)
    if not count:
        raise InputError(f"{corpus.folder}: holds no release{f' of a company named {company}' if company else ''}")
    if count > MOST:
        raise InputError(f"{count} releases are more than one page holds ({MOST}); choose those of one company with --company")
    rows: list[Json] = table.take(list(compress(range(len(wanted)), wanted))).to_pylist()
    rows.sort(key=lambda row: (str(row["date"] or ""), row["release"]), reverse=True)
    names: dict[object, str] = {}  # one spelling of a company's name, the latest, so that it is one entry of the filter
    return [row | {"issuer": row["issuer"] and names.setdefault(company_words(row["issuer"]), row["issuer"])} for row in rows]


def _extractions(corpus: Corpus, names: Mapping[str, int]) -> dict[str, Extraction]:
    """The whole extractions of some releases."""
    found = {}
    with (corpus.folder / LINES).open(encoding="utf-8") as lines:
        for line in lines:
            name = json.loads(line)["source"]["name"]
            if name in names:
                found[name] = Extraction.model_validate_json(line)
    return found


def _release(head: Json, extraction: Extraction) -> Json:
    """One release: what the list shows of it, its text, the spans read in it, and its records."""
    ordered = sorted(find_sections(extraction), key=lambda part: "id" not in part.columns)  # figures before names
    kept = {name: head[name] for name in ("release", "date", "issuer", "headline", "place", "wire", "duplicate_of", "text")}
    return {
        **kept,
        "spans": _spans(extraction),
        "tables": [[table.start, table.end] for table in extraction.tables],
        "sections": [_section(part.title, part.columns, part.rows) for part in ordered if part.rows],
        "loose": _loose(head["text"], extraction),
    }


def _spans(extraction: Extraction) -> list[tuple[int, int, str]]:
    """What to paint in the text, one over the other: what is long first, figures of records last."""
    spans = {(span.start, span.end, span.label if span.label in COLOURS else "figure") for span in all_spans(extraction)}
    spans |= {(e.start, e.end, "figure") for fact in extraction.facts for e in fact.evidence if e.slot == "value"}
    return sorted(spans, key=lambda span: (span[2] == "figure", span[0] - span[1], span))


def _section(title: str, columns: Sequence[str], rows: Iterable[tuple[Sequence[object], Iterable[Any]]]) -> Json:
    """The records of one kind, without columns that are empty in all of them."""
    made = [([_shown(cell) for cell in cells], [[e.start, e.end] for e in evidence]) for cells, evidence in rows]
    filled = [any(column) for column in zip(*(cells for cells, _ in made), strict=True)]
    return {
        "title": title,
        "columns": [name.lstrip("=~") for name in compress(columns, filled)],
        "rows": [{"id": cells[0], "cells": list(compress(cells, filled)), "at": at} for cells, at in made],
    }


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def _loose(text: str, extraction: Extraction) -> list[Json]:
    """The quantities that stand in no record, with the words around them."""
    return [
        {
            "at": [quantity.start, quantity.end],
            "before": _one_line(text[max(quantity.start - CONTEXT, 0) : quantity.start]),
            "text": _one_line(quantity.as_written),
            "after": _one_line(text[quantity.end : quantity.end + CONTEXT]),
            "section": words(quantity.section),
        }
        for quantity in extraction.quantities
        if not quantity.used_by and quantity.section not in FRAME
    ]


def _one_line(text: str) -> str:
    """A text with a blank for each run of white space."""
    return BLANKS.sub(" ", text)


def _facts(position: int, head: Json, extraction: Extraction) -> Iterator[Json]:
    """The facts of a release as rows of figures."""
    for fact in extraction.facts:
        period = fact.period
        yield {
            "release": position,
            "id": fact.id,
            "company": fact.company or head["issuer"],
            "asset": fact.asset,
            "metric": words(fact.metric),
            "commodity": words(fact.commodity),
            "value": fact.value,
            "low": fact.low,
            "high": fact.high,
            "bound": fact.bound,
            "unit": fact.unit,
            "period": period.label if period else None,
            "from": period.start if period else None,
            "to": period.end if period else None,
            "basis": fact.basis,
            "share": fact.share,
            "notes": ", ".join(map(words, fact.qualifiers)),
            "as written": _one_line(fact.as_written),
        }


def _checks(counted: Iterable[tuple[str, Extraction]], series: Iterable[Series], numbers: Mapping[str, int]) -> Iterator[Json]:
    """The checks of every release, and those across releases."""
    for name, extraction in counted:
        for check in extraction.checks:
            yield {
                "verdict": check.verdict,
                "kind": words(check.kind),
                "about": None,
                "message": check.message,
                "releases": [numbers[name]],
                "id": check.id,
            }
    for line in series:
        for point in line.points:
            for made in point.sums:
                yield {
                    "verdict": made.verdict,
                    "kind": "sum across releases",
                    "about": f"{title_of(line)} {point.period}",
                    "message": sum_text(made, line.unit),
                    "releases": [numbers[release] for release in made.releases],
                    "id": None,
                }


def _releases_of(line: Series) -> set[str]:
    """The releases that state the figures of a series."""
    return {reading.release for point in line.points for reading in (*point.actual, *point.guidance)}


def _timeline(line: Timeline, numbers: Mapping[str, int]) -> Json:
    """The states and events of one asset; a state that is told again adds nothing but a release."""
    entries: list[Json] = []
    for entry in line.entries:
        made = _entry(entry, numbers)
        last = next((known for known in reversed(entries) if known["type"] == "state"), None)
        if entry.type == "state" and last and last["what"] == made["what"] and not entry.conflict and not last["conflict"]:
            last["until"] = made["when"]
            last["releases"] += [position for position in made["releases"] if position not in last["releases"]]
        else:
            entries.append(made)
    return {"asset": line.asset, "kind": words(line.kind), "entries": entries}


def _entry(entry: Entry, numbers: Mapping[str, int]) -> Json:
    return {
        "when": entry.when or (f"told {entry.date}" if entry.date else "undated"),
        "until": None,
        "type": entry.type,
        "what": words(entry.what),
        "modality": entry.modality if entry.modality != "occurred" else None,
        "as_written": _one_line(entry.as_written or ""),
        "releases": [numbers[file] for file in entry.files],
        "conflict": entry.conflict,
    }


def _charts(series: Iterable[Series], numbers: Mapping[str, int]) -> list[Json]:
    """A chart of the production of each asset that has two periods of one length at least, with what is to be said of its periods."""
    charts = []
    for line in series:
        if line.metric == "production" and len(bars_of(line)) > 1:
            title = f"{line.company or 'Unknown company'}, {title_of(line)}"
            told = " ".join(str(position) for position in sorted(numbers[release] for release in _releases_of(line)))
            charts.append({"releases": told, "title": title, "svg": chart_svg(line, title), "notes": list(_notes(line))})
    return charts


def _notes(line: Series) -> Iterator[Json]:
    """The periods of a series that were restated, guided or summed."""
    for point in line.points:
        guidance, restated = guidance_text(point), revisions_text(point)
        grave = point.against_guidance in ("below", "above") or any(made.verdict is Verdict.DISAGREES for made in point.sums)
        notes = (
            f"guidance {guidance}" if guidance else "",
            restated,
            *(f"{made.verdict.value}: {sum_text(made, line.unit)}" for made in point.sums),
        )
        if told := "; ".join(filter(None, notes)):
            yield {"period": point.period, "value": number(point.value), "told": told, "grave": grave}
