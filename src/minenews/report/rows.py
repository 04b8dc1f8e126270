"""What was read, as rows of text: one section for each record kind, for the terminal and for pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minenews.models import Asset, Change, Check, Company, Deal, Event, Evidence, Extraction, Fact, Intercept, Resource
from minenews.report.figures import amount, amounts, figure, label, listing, number, words

Cells = tuple[object, ...]


@dataclass(frozen=True)
class Section:
    """The records of one kind: what is shown of each, and where it was read.

    A column whose name begins with ">" is set flush right, one with "=" is kept on one line, and in one with "~" stand names
    that may be cut, as they stand in full elsewhere.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cells, tuple[Evidence, ...]], ...]


def find_sections(extraction: Extraction) -> Iterator[Section]:
    """The record kinds of a release in the order in which people read them; those that it lacks have no rows."""
    yield Section("Companies", ("name", "role", "listings", "also called"), tuple((_company(c), c.evidence) for c in extraction.companies))
    people = tuple(((p.name, p.role, p.company), p.evidence) for p in extraction.people)
    yield Section("People", ("name", "role", "company"), people)
    yield Section("Assets", ("name", "kind", "place", "also called"), tuple((_asset(a), a.evidence) for a in extraction.assets))
    columns: tuple[str, ...] = ("id", "=metric", ">value", "=unit", "period", "basis", "~asset", "notes")
    yield Section("Facts", columns, tuple((_fact(f), f.evidence) for f in extraction.facts))
    columns = ("id", "metric", "change", "from", "to", "as written")
    yield Section("Changes", columns, tuple((_change(c), c.evidence) for c in extraction.changes))
    columns = ("id", "=hole", "from", "to", ">length", ">true width", "grades", "~asset")
    yield Section("Drill intercepts", columns, tuple((_intercept(i), i.evidence) for i in _wholes_with_parts(extraction)))
    columns = ("id", "kind", "category", ">tonnes", "grades", "contained", "~asset", "standard")
    yield Section("Resources and reserves", columns, tuple((_resource(r), r.evidence) for r in extraction.resources))
    columns = ("id", "kind", "stage", "date", ">gross", "with", "~asset", "terms")
    yield Section("Deals", columns, tuple((_deal(d), d.evidence) for d in extraction.deals))
    columns = ("id", "kind", "modality", "date", "where", "details")
    yield Section("Events", columns, tuple((_event(e), e.evidence) for e in extraction.events))
    states = tuple(((s.id, s.asset, words(s.state), s.as_of), s.evidence) for s in extraction.statuses)
    yield Section("Asset states", ("id", "asset", "state", "as of"), states)
    yield Section("Quotes", ("id", "speaker", "text"), tuple(((q.id, q.speaker, q.text), q.evidence) for q in extraction.quotes))
    columns = ("id", "kind", ">stated", ">computed", "verdict", "message")
    yield Section("Checks", columns, tuple((_check(c), _inputs(c, extraction)) for c in extraction.checks))


def _company(company: Company) -> Cells:
    return company.name, company.role, ", ".join(map(listing, company.tickers)), ", ".join(company.aliases)


def _asset(asset: Asset) -> Cells:
    return asset.name, asset.kind, asset.place, ", ".join(asset.aliases)


def _fact(fact: Fact) -> Cells:
    share = [f"{number(fact.share)}% share"] if fact.share is not None else []
    notes = ", ".join([*share, *map(words, fact.qualifiers)])
    metric = words(f"{fact.commodity} {fact.metric}" if fact.commodity else fact.metric)
    return fact.id, metric, figure(fact), fact.unit, label(fact.period), fact.basis, fact.asset, notes


def _change(change: Change) -> Cells:
    percent = f"{change.percent:+g}%" if change.percent is not None else ""
    absolute = f"{'+' if change.absolute > 0 else ''}{number(change.absolute)} {change.unit or ''}" if change.absolute is not None else ""
    metric = " ".join(filter(None, (words(change.commodity), words(change.metric))))
    moved = " ".join(filter(None, (percent, absolute))) or change.direction
    return change.id, metric, moved, change.against, change.fact, change.as_written


def _wholes_with_parts(extraction: Extraction) -> Iterator[Intercept]:
    """All intercepts; each part stands below the interval that includes it."""
    own = {intercept.id for intercept in extraction.intercepts}
    parts = [i for i in extraction.intercepts if i.parent in own]

    def with_parts(whole: Intercept) -> Iterator[Intercept]:
        yield whole
        for part in parts:
            if part.parent == whole.id:
                yield from with_parts(part)

    for intercept in extraction.intercepts:
        if intercept not in parts:
            yield from with_parts(intercept)


def _intercept(intercept: Intercept) -> Cells:
    hole = f"{'  incl. ' if intercept.included else ''}{intercept.hole or ''}"
    length = f"{number(intercept.length)} {intercept.length_unit}" if intercept.length is not None else ""
    ends = number(intercept.from_), number(intercept.to)
    return intercept.id, hole, *ends, length, number(intercept.true_width), amounts(intercept.grades), intercept.asset


def _resource(resource: Resource) -> Cells:
    grades, contained, category = amounts(resource.grades), amounts(resource.contained), words(resource.category)
    where = resource.zone or resource.asset
    return resource.id, resource.kind, category, number(resource.tonnes), grades, contained, where, resource.standard


def _deal(deal: Deal) -> Cells:
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
    return deal.id, words(deal.kind), deal.stage, label(deal.date), amount(deal.gross), deal.counterparty, deal.asset, told


def _event(event: Event) -> Cells:
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


def _check(check: Check) -> Cells:
    return check.id, words(check.kind), number(check.stated), number(round(check.computed, 4)), check.verdict.value, check.message


def _inputs(check: Check, extraction: Extraction) -> tuple[Evidence, ...]:
    """Where the records that a check is about were read."""
    kinds = (extraction.facts, extraction.changes, extraction.intercepts, extraction.resources, extraction.deals)
    by_id = {record.id: record.evidence for kind in kinds for record in kind}
    return tuple(evidence for name in check.facts for evidence in by_id.get(name, ()))
