"""An extraction in the terminal: one table for each record kind that the release has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from minenews.models import Change, Deal, Event, Extraction, Fact, Intercept, Verdict
from minenews.report.figures import amount, amounts, figure, label, listing, number, words
from minenews.report.spans import colour_of, find_spans

VERDICT_STYLES = {Verdict.AGREES: "green", Verdict.ROUNDING: "yellow", Verdict.DISAGREES: "bold red"}


def summary(extraction: Extraction) -> RenderableType:
    """Everything that was read, as tables; record kinds that the release lacks are left out."""
    return Group(*(part for part in _parts(extraction) if not isinstance(part, Table) or part.row_count))


def coloured(text: str, extraction: Extraction) -> Text:
    """The text with the background of each span that was read in its colour."""
    shown = Text(text)
    for span in find_spans(extraction):
        shown.stylize(f"black on {colour_of(span.label)}", span.start, span.end)
    return shown


def legend(extraction: Extraction) -> Text:
    """The labels of all spans in their colours."""
    labels = dict.fromkeys(span.label for span in find_spans(extraction))
    return Text(" ").join(Text(f" {name} ", style=f"black on {colour_of(name)}") for name in labels)


def _parts(extraction: Extraction) -> Iterator[RenderableType]:
    yield _release(extraction)
    yield _companies(extraction)
    yield _table("People", ("name", "role", "company"), ((p.name, p.role, p.company) for p in extraction.people))
    yield _assets(extraction)
    yield _facts(extraction)
    yield _table("Changes", ("id", "metric", "change", "from", "to", "as written"), map(_change, extraction.changes))
    yield _intercepts(extraction)
    yield _resources(extraction)
    yield _deals(extraction)
    yield _table("Events", ("id", "kind", "modality", "date", "where", "details"), map(_event, extraction.events))
    yield _table("Asset states", ("id", "asset", "state", "as of"), ((s.id, s.asset, words(s.state), s.as_of) for s in extraction.statuses))
    yield _table("Quotes", ("id", "speaker", "text"), ((q.id, q.speaker, q.text) for q in extraction.quotes))
    yield _checks(extraction)
    yield _unlinked(extraction)


def _table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table of texts, without the columns that are empty in all rows.

    A column whose name begins with ">" is set flush right, one with "=" is kept on one line.
    """
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    cells = [[_text(cell) for cell in row] for row in rows]
    filled = [any(column) for column in zip(*cells, strict=True)]
    for column in compress(columns, filled):
        right, whole = column.startswith(">"), column == "id" or column.startswith((">", "="))
        table.add_column(column.lstrip(">="), justify="right" if right else "left", no_wrap=whole, overflow="fold")
    for row in cells:
        table.add_row(*compress(row, filled))
    if cells:
        table.add_row()
    return table


def _text(cell: object) -> Text:
    """A cell as text that is never read as markup."""
    return cell if isinstance(cell, Text) else Text("" if cell is None else str(cell))


def _cut(name: str | None) -> Text:
    """A name that stands in full elsewhere, ended by "…" where the terminal is too narrow for it."""
    return Text(name or "", no_wrap=True, overflow="ellipsis")


def _release(extraction: Extraction) -> Table:
    release = extraction.release
    rows = (
        ("headline", release.headline),
        ("date", release.date),
        ("place", release.place),
        ("wire", release.wire),
        ("language", f"{release.language} (only English is read)" if release.language not in (None, "en") else None),
        ("currency", release.currency),
        ("fiscal year end", release.fiscal_year_end),
        ("refers to", ", ".join(str(reference.date) for reference in release.references)),
    )
    table = _table("Release", ("", ""), ((name, value) for name, value in rows if value))
    table.show_header = False
    return table


def _companies(extraction: Extraction) -> Table:
    rows = ((c.name, c.role, ", ".join(map(listing, c.tickers)), ", ".join(c.aliases)) for c in extraction.companies)
    return _table("Companies", ("name", "role", "listings", "also called"), rows)


def _assets(extraction: Extraction) -> Table:
    rows = ((a.name, a.kind, a.place, ", ".join(a.aliases)) for a in extraction.assets)
    return _table("Assets", ("name", "kind", "place", "also called"), rows)


def _facts(extraction: Extraction) -> Table:
    columns = ("id", "=metric", ">value", "=unit", "period", "basis", "asset", "notes")
    return _table("Facts", columns, map(_fact, extraction.facts))


def _fact(fact: Fact) -> tuple[object, ...]:
    share = [f"{number(fact.share)}% share"] if fact.share is not None else []
    notes = ", ".join([*share, *map(words, fact.qualifiers)])
    metric = words(f"{fact.commodity} {fact.metric}" if fact.commodity else fact.metric)
    return fact.id, metric, figure(fact), fact.unit, label(fact.period), fact.basis, _cut(fact.asset), notes


def _change(change: Change) -> tuple[object, ...]:
    percent = f"{change.percent:+g}%" if change.percent is not None else ""
    absolute = f"{'+' if change.absolute > 0 else ''}{number(change.absolute)} {change.unit or ''}" if change.absolute is not None else ""
    metric = " ".join(filter(None, (words(change.commodity), words(change.metric))))
    return (
        change.id,
        metric,
        " ".join(filter(None, (percent, absolute))) or change.direction,
        change.against,
        change.fact,
        change.as_written,
    )


def _intercepts(extraction: Extraction) -> Table:
    columns = ("id", "=hole", "from", "to", ">length", ">true width", "grades", "asset")
    own = {intercept.id for intercept in extraction.intercepts}
    parts = [i for i in extraction.intercepts if i.parent in own]  # each stands below the interval that includes it
    rows = (i for whole in extraction.intercepts if whole not in parts for i in _with_parts(whole, parts))
    return _table("Drill intercepts", columns, map(_intercept, rows))


def _with_parts(whole: Intercept, parts: list[Intercept]) -> Iterator[Intercept]:
    yield whole
    for part in parts:
        if part.parent == whole.id:
            yield from _with_parts(part, parts)


def _intercept(intercept: Intercept) -> tuple[object, ...]:
    hole = f"{'  incl. ' if intercept.included else ''}{intercept.hole or ''}"
    length = f"{number(intercept.length)} {intercept.length_unit}" if intercept.length is not None else ""
    ends = number(intercept.from_), number(intercept.to)
    return intercept.id, hole, *ends, length, number(intercept.true_width), amounts(intercept.grades), _cut(intercept.asset)


def _resources(extraction: Extraction) -> Table:
    columns = ("id", "kind", "category", ">tonnes", "grades", "contained", "asset", "standard")
    rows = (
        (r.id, r.kind, words(r.category), number(r.tonnes), amounts(r.grades), amounts(r.contained), _cut(r.zone or r.asset), r.standard)
        for r in extraction.resources
    )
    return _table("Resources and reserves", columns, rows)


def _deals(extraction: Extraction) -> Table:
    columns = ("id", "kind", "stage", "date", ">gross", "with", "asset", "terms")
    return _table("Deals", columns, map(_deal, extraction.deals))


def _deal(deal: Deal) -> tuple[object, ...]:
    months = f" for {number(deal.warrant_months)} months" if deal.warrant_months is not None else ""
    securities = f"{number(deal.securities)} {deal.security_kind or 'securitie'}s" if deal.securities is not None else ""
    price = f"at {amount(deal.price)}" if deal.price else ""
    terms = (
        f"{number(deal.stake)}%" if deal.stake is not None else "",
        "" if deal.consideration else " ".join(filter(None, (securities, price))),
        f"warrants at {amount(deal.warrant_price)}{months}" if deal.warrant_price else "",
        f"for {' + '.join(deal.consideration)}" if deal.consideration else "",
    )
    told = "; ".join(filter(None, terms))
    return deal.id, words(deal.kind), deal.stage, label(deal.date), amount(deal.gross), deal.counterparty, _cut(deal.asset), told


def _event(event: Event) -> tuple[object, ...]:
    where = ", ".join(filter(None, (*event.assets, event.place)))
    details = event.details
    parts = []
    if details:
        parts = [
            f"magnitude {number(details.magnitude)}" if details.magnitude is not None else "",
            f"{number(details.depth_km)} km deep" if details.depth_km is not None else "",
            *(f"{number(b.distance_km)} km {b.direction} of {b.of}" for b in details.bearings),
            f"{details.killed} killed" if details.killed is not None else "",
            f"{details.injured} injured" if details.injured is not None else "",
        ]
    parts += [f"{impact.target}: {'no damage' if impact.effect == 'none' else impact.effect}" for impact in event.impacts]
    return event.id, words(event.kind), event.modality, label(event.date), where, "; ".join(filter(None, parts))


def _checks(extraction: Extraction) -> Table:
    rows = (
        (c.id, words(c.kind), number(c.stated), number(round(c.computed, 4)), Text(c.verdict, VERDICT_STYLES[c.verdict]), c.message)
        for c in extraction.checks
    )
    return _table("Checks", ("id", "kind", ">stated", ">computed", "verdict", "message"), rows)


def _unlinked(extraction: Extraction) -> Text:
    """How many quantities were read, and those that stand in no record."""
    if not extraction.quantities:
        return Text("no quantities read", style="dim")
    loose = [quantity.as_written for quantity in extraction.quantities if not quantity.used_by]
    listed = f": {', '.join(' '.join(written.split()) for written in loose)}" if loose else ""
    return Text(f"{len(extraction.quantities)} quantities read, {len(loose)} of them in no record{listed}", style="dim")
