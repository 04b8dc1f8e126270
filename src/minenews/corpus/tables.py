"""The tidy tables of a corpus: their columns, and the rows that one extraction gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

Record = Mapping[str, Any]
Row = dict[str, Any]

PERIOD = "period_start:date period_end:date period precision"
PLACE = "start:count end:count"
WRITTEN = {
    "releases": "release date:date issuer headline place wire language currency fiscal_year_end duplicate_of sha256 length:count text",
    "companies": "release company role aliases:texts",
    "tickers": "release company exchange mic symbol",
    "assets": "release asset kind place aliases:texts",
    "facts": "release id company asset metric commodity basis value:number low:number high:number bound unit as_written "
    f"{PERIOD} share:number qualifiers:texts table row:count column:count {PLACE}",
    "changes": "release id metric commodity percent:number absolute:number unit direction fact against as_written " + PLACE,
    # one row for each grade
    "intercepts": "release id asset hole from:number to:number length:number length_unit true_width:number included:flag parent "
    f"commodity grade:number grade_unit as_written {PLACE}",
    # one row for each commodity
    "resources": "release id asset zone kind category tonnes:number commodity grade:number grade_unit contained:number contained_unit "
    f"cutoff standard effective_date:date {PLACE}",
    "deals": "release id kind stage gross:number gross_unit securities:number security_kind price:number price_unit "
    f"warrant_price:number warrant_price_unit warrant_months:number counterparty asset stake:number consideration:texts {PERIOD} "
    f"as_written {PLACE}",
    "events": f"release id kind modality {PERIOD} place assets:texts companies:texts cause magnitude:number depth_km:number "
    f"killed:count injured:count as_written {PLACE}",
    "impacts": "release event target target_kind effect as_written",
    "statuses": f"release id asset state as_of:date {PLACE}",
    "checks": "release id kind stated:number computed:number verdict facts:texts message",
    "errors": "release error",
}
TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    table: {name: kind or "text" for name, _, kind in (column.partition(":") for column in columns.split())}
    for table, columns in WRITTEN.items()
}
"""Name and kind of every column of every table: text, texts, number, count, flag, date. `start` and `end` index the text of the release."""


def table_rows(release: str, extraction: Record, text: str, duplicate_of: str | None) -> Iterator[tuple[str, Row]]:
    """The rows of one extraction with the table that each goes to."""
    head, companies = extraction["release"], extraction["companies"]
    issuer = next((company["name"] for company in companies if company["role"] == "issuer"), None)
    source = {"sha256": extraction["source"]["sha256"], "length": extraction["source"]["length"], "text": text}
    yield "releases", {**head, **source, "release": release, "issuer": issuer, "duplicate_of": duplicate_of}
    key = {"release": release}
    for company in companies:
        yield "companies", {**company, **key, "company": company["name"]}
        for ticker in company["tickers"]:
            yield "tickers", {**ticker, **key, "company": company["name"]}
    for asset in extraction["assets"]:
        yield "assets", {**asset, **key, "asset": asset["name"]}
    for fact in extraction["facts"]:
        cell = fact["table"] or {}
        where = {"table": cell.get("id"), "row": cell.get("row"), "column": cell.get("column")}
        yield "facts", {**fact, **where, **_period(fact["period"]), **_place(fact), **key}
    for event in extraction["events"]:
        yield "events", {**event, **(event["details"] or {}), **_period(event["date"]), **_place(event), **key}
        for impact in event["impacts"]:
            yield "impacts", {**impact, **key, "event": event["id"]}
    for deal in extraction["deals"]:
        money = {k: v for slot in ("gross", "price", "warrant_price") for k, v in _amount(slot, deal[slot]).items()}
        yield "deals", {**deal, **money, **_period(deal["date"]), **_place(deal), **key}
    for intercept in extraction["intercepts"]:
        for grade in intercept["grades"] or [{}]:
            yield "intercepts", {**intercept, **_grade(grade), **_place(intercept), **key}
    for resource in extraction["resources"]:
        for amounts in _by_commodity(resource["grades"], resource["contained"]):
            yield "resources", {**resource, **amounts, **_place(resource), **key}
    for table in ("changes", "statuses", "checks"):
        for record in extraction[table]:
            yield table, {**record, **_place(record), **key}


def _period(period: Record | None) -> Row:
    names = {"period_start": "start", "period_end": "end", "period": "label", "precision": "precision"}
    return {column: (period or {}).get(slot) for column, slot in names.items()}


def _place(record: Record) -> Row:
    """Where a record stands in the text: its first evidence."""
    first: Record = next(iter(record.get("evidence") or ()), {})
    return {"start": first.get("start"), "end": first.get("end")}


def _amount(slot: str, money: Record | None) -> Row:
    return {slot: (money or {}).get("value"), f"{slot}_unit": (money or {}).get("unit")}


def _grade(grade: Record) -> Row:
    return {"commodity": grade.get("commodity"), "grade": grade.get("value"), "grade_unit": grade.get("unit")}


def _by_commodity(grades: Iterable[Record], contained: Iterable[Record]) -> list[Row]:
    """One row for each commodity that has a grade or contained metal, one without any where there is none."""
    rows: list[Row] = []
    for commodity in dict.fromkeys(amount["commodity"] for amount in (*grades, *contained)):
        both = ([amount for amount in amounts if amount["commodity"] == commodity] for amounts in (grades, contained))
        for grade, metal in zip_longest(*both, fillvalue={}):
            row = {**_grade(grade), "contained": metal.get("value"), "contained_unit": metal.get("unit")}
            rows.append({**row, "commodity": commodity})
    return rows or [{"contained": None}]
