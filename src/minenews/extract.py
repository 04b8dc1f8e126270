"""The straight line from a text to an `Extraction`, and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib

from minenews.errors import InputError
from minenews.models import Extraction, Source

LIMIT = 10_000_000
"""Longest text, in characters."""


def extract(text: str, *, released: dt.date | None = None, name: str | None = None) -> Extraction:
    """Everything that a release text says, as an `Extraction`.

    `released` stands in where the text has no dateline date; `name` is kept as `source.name`.
    Raises InputError if `text` is no string, holds a NUL character (a binary file), or is longer than 10 million characters;
    also if `released` is no date.
    """
    if not isinstance(text, str):
        raise InputError(f"extract takes a release as str, not {type(text).__name__}; decode bytes first, or use extract_file")
    if released is not None and not isinstance(released, dt.date):
        raise InputError(f"released takes a datetime.date, not {type(released).__name__}; use datetime.date.fromisoformat(...)")
    if "\x00" in text:
        raise InputError(f"the text holds a NUL character at {text.index(chr(0))}: it looks like a binary file; convert it to text first")
    if len(text) > LIMIT:
        raise InputError(f"the text has {len(text):,} characters, more than the limit of {LIMIT:,}; split it into releases")
    # Imported here, since spaCy takes a second: `minenews` must import at once, and `minenews.extract` must stay this function.
    from minenews.marks.read import read_page
    from minenews.records.changes import link_changes
    from minenews.records.checks import link_checks
    from minenews.records.deals import link_deals
    from minenews.records.events import link_events
    from minenews.records.facts import link_facts
    from minenews.records.field import is_foreign
    from minenews.records.intercepts import link_intercepts
    from minenews.records.quotes import link_quotes
    from minenews.records.resources import link_resources
    from minenews.records.statuses import link_statuses
    from minenews.records.table_changes import link_table_changes
    from minenews.records.table_facts import link_table_facts
    from minenews.records.table_plan import read_plans
    from minenews.records.used import Record, find_touched, read_periods, read_quantities
    from minenews.tables.grid import as_table, find_grids

    page = read_page(text, released)
    grids = find_grids(page)
    plans = read_plans(page, grids)
    facts = link_facts(page, link_table_facts(page, plans))
    if is_foreign(page):
        facts = ()
    changes = link_changes(page, facts, link_table_changes(page, plans, facts))
    intercepts = link_intercepts(page, grids)
    resources = link_resources(page, grids)
    deals = link_deals(page)
    events = link_events(page)
    statuses = link_statuses(page, events, facts)
    quotes = link_quotes(page)
    checks = link_checks(facts, changes, intercepts, resources, deals)
    records: tuple[Record, ...] = (*facts, *changes, *intercepts, *resources, *deals, *events, *statuses)
    touched = find_touched(records)
    return Extraction(
        source=Source(name=name, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), length=len(text)),
        release=page.release,
        companies=page.companies,
        people=page.people,
        assets=page.assets,
        places=page.places,
        quantities=read_quantities(page, touched),
        periods=read_periods(page, touched),
        tables=tuple(as_table(grid) for grid in grids),
        facts=facts,
        changes=changes,
        intercepts=intercepts,
        resources=resources,
        deals=deals,
        events=events,
        statuses=statuses,
        quotes=quotes,
        checks=checks,
    )
