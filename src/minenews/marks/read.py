"""Read all marks of a release into a `Page`: one call a kind, then one overlap rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minenews.marks.assets import find_assets
from minenews.marks.companies import find_companies
from minenews.marks.currency import find_declared_currency
from minenews.marks.language import find_language
from minenews.marks.overlap import settle_overlaps
from minenews.marks.page import Measure, Page, Stretch
from minenews.marks.people import find_people
from minenews.marks.periods import find_fiscal_year_end, find_periods
from minenews.marks.pipeline import MARKS, SENTENCES, load
from minenews.marks.places import drop_assets, drop_unknown_places, find_places
from minenews.marks.quantities import find_quantities
from minenews.marks.references import find_references
from minenews.marks.sentences import find_sentences
from minenews.marks.tokens import keep_words
from minenews.marks.words import find_words
from minenews.models import Evidence, Release
from minenews.text.dateline import read_date, wire_name
from minenews.text.layout import Layout, lay_out

if TYPE_CHECKING:
    from spacy.tokens import Doc


def read_page(text: str, released: dt.date | None = None) -> Page:
    """The marked page of a release text. `released` stands in where the text has no dateline date."""
    nlp = load()
    keep_words(nlp, text)
    return _read(text, nlp(text, disable=[SENTENCES, MARKS]), released)


def read_doc(doc: Doc, released: dt.date | None = None) -> Page:
    """The marked page of a Doc that went through the rulers of `load()`."""
    return _read(doc.text, doc, released)


def _read(text: str, doc: Doc, released: dt.date | None) -> Page:
    """The page of a text and its Doc."""
    layout = lay_out(text)
    release = _read_release(text, layout, released)
    quantities, periods = _figures_and_periods(text, release)
    company_mentions, companies = find_companies(text, doc, layout)
    issuer = next((c.name for c in companies if c.role == "issuer"), None)
    people_mentions, people = find_people(text, doc, layout, company_mentions, issuer)
    place_mentions, places = find_places(text, doc, layout, company_mentions)
    asset_mentions, assets = find_assets(text, doc, layout, company_mentions, place_mentions)
    place_mentions, places = drop_assets(place_mentions, places, asset_mentions)
    return Page(
        text=text,
        released=release.date,
        layout=layout,
        release=release,
        sentences=find_sentences(text, layout),
        quantities=tuple(quantities),
        periods=tuple(periods),
        words=tuple(find_words(doc, text)),
        company_mentions=company_mentions,
        people_mentions=people_mentions,
        asset_mentions=asset_mentions,
        place_mentions=place_mentions,
        companies=companies,
        people=people,
        assets=drop_unknown_places(assets, places),
        places=places,
    )


def _figures_and_periods(text: str, release: Release) -> tuple[list[Measure], list[Stretch]]:
    """Quantities and periods, settled against each other ("6 months" of "first 6 months of 2017" is a period)."""
    foreign = release.language not in (None, "en")
    candidates: list[tuple[str, Measure | Stretch]] = [("QUANTITY", m) for m in find_quantities(text, foreign=foreign)]
    candidates += [("PERIOD", p) for p in find_periods(text, release.date, release.fiscal_year_end)]
    kept = [mark for _, mark in settle_overlaps(candidates)]
    return [m for m in kept if isinstance(m, Measure)], [p for p in kept if isinstance(p, Stretch)]


def _read_release(text: str, layout: Layout, released: dt.date | None) -> Release:
    """Headline, place, date and wire."""
    line = layout.dateline
    evidence: list[Evidence] = []

    def cut(slot: str, span: tuple[int, int] | None) -> str | None:
        if span is None:
            return None
        evidence.append(Evidence(slot=slot, start=span[0], end=span[1], text=text[span[0] : span[1]], rule=f"release_{slot}"))
        return " ".join(text[span[0] : span[1]].split())

    headline = cut("headline", layout.headline)
    place = cut("place", line.place if line else None)
    written = cut("date", line.date if line else None)
    wire = cut("wire", line.wire if line else None)
    date = (read_date(written) if written else None) or released
    currency, fiscal = find_declared_currency(text), find_fiscal_year_end(text)
    if currency is not None:
        cut("currency", currency[1:])
    if fiscal is not None:
        cut("fiscal_year_end", fiscal[1:])
    return Release(
        headline=headline,
        place=_title(place),
        date=date,
        wire=wire_name(wire) if wire else None,
        language=find_language(text),
        currency=currency[0] if currency else None,
        fiscal_year_end=fiscal[0] if fiscal else None,
        references=find_references(text, date),
        evidence=tuple(evidence),
    )


def _title(place: str | None) -> str | None:
    """A place in capitals as a name: MONTREAL, QUEBEC is Montreal, Quebec; two or three capitals alone (BC, USA) stay."""
    if place is None:
        return None
    parts = [part.split() for part in " ".join(place.split()).split(", ")]
    return ", ".join(" ".join(words) if len(words) == 1 and len(words[0].strip(".")) <= 3 else _capital(words) for words in parts)


def _capital(words: list[str]) -> str:
    """Words in capitals with a capital each; those with small letters and points (B.C.) as they are."""
    return " ".join(
        word if not word.isupper() or "." in word[:-1] else "-".join(part.capitalize() for part in word.split("-")) for word in words
    )


def find_marks(doc: Doc) -> Iterator[tuple[str, int, int, str]]:
    """(label, start, end, rule) of every mark of a Doc, in reading order; words of the vocabulary may lie inside other marks."""
    page = read_doc(doc)
    marks = [("QUANTITY", m.start, m.end, m.rule) for m in page.quantities]
    marks += [("PERIOD", p.start, p.end, p.rule) for p in page.periods]
    marks += [(w.label.upper(), w.start, w.end, w.rule) for w in page.words]
    for mentions in (page.company_mentions, page.people_mentions, page.asset_mentions, page.place_mentions):
        marks += [(m.label, m.start, m.end, m.rule) for m in mentions]
    yield from sorted(marks, key=lambda m: (m[1], -m[2], m[0]))
