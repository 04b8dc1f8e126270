"""Load the vocabulary files. Words are data: whoever corrects a word edits a CSV row, and its `example` is its test."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from minenews.errors import VocabularyError


class Schema(NamedTuple):
    """The columns of one vocabulary file and those that together must be unique."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    optional: frozenset[str] = frozenset()


SCHEMAS: dict[str, Schema] = {
    "assay_words": Schema(("word", "role", "example"), ("word", "role")),
    "resource_categories": Schema(("form", "category", "example"), ("form",)),
    "resource_standards": Schema(("form", "standard", "example"), ("form",)),
    "resource_words": Schema(("word", "role", "example"), ("word", "role")),
    "asset_context": Schema(("form", "role", "example"), ("form", "role")),
    "asset_kinds": Schema(("form", "plural", "kind", "force", "example"), ("form",)),
    "asset_modifiers": Schema(("form", "example"), ("form",)),
    "asset_stopwords": Schema(("form", "where", "example"), ("form",)),
    "countries": Schema(("form", "code", "kind", "example"), ("form",)),
    "regions": Schema(("form", "code", "country", "example"), ("form",)),
    "abbreviations": Schema(("form", "kind", "example"), ("form",)),
    "basis": Schema(("form", "basis", "example"), ("form",)),
    "bounds": Schema(("form", "bound", "example"), ("form",)),
    "commodities": Schema(("form", "commodity", "case", "example"), ("form",), frozenset({"case"})),
    "currencies": Schema(("form", "currency", "position", "scale", "example"), ("form", "position"), frozenset({"scale"})),
    "currency_names": Schema(("form", "currency", "example"), ("form",)),
    "deals": Schema(("pattern", "kind", "example", "near_miss"), ("pattern",), frozenset({"near_miss"})),
    "stages": Schema(("pattern", "stage", "example", "near_miss"), ("pattern",), frozenset({"near_miss"})),
    "exchanges": Schema(("form", "exchange", "mic", "where", "example"), ("form",), frozenset({"mic"})),
    "legal_forms": Schema(("form", "kind", "example"), ("form",)),
    "company_words": Schema(("form", "kind", "example"), ("form", "kind")),
    "known_companies": Schema(("form", "kind", "example"), ("form",)),
    "roles": Schema(("form", "kind", "example"), ("form", "kind")),
    "given_names": Schema(("form", "example"), ("form",)),
    "metrics": Schema(("form", "metric", "dimensions", "example"), ("form",)),
    "other_amounts": Schema(("form", "example"), ("form",)),
    "numbers": Schema(("form", "value", "kind", "example"), ("form", "kind")),
    "table_heads": Schema(("form", "head", "example"), ("form",)),
    "table_labels": Schema(("form", "metric", "example"), ("form",)),
    "units": Schema(("form", "unit", "dimension", "factor", "commodity", "case", "example"), ("form",), frozenset({"commodity", "case"})),
    "sections": Schema(("form", "section", "match", "example"), ("form", "match")),
    "word_classes": Schema(("name", "words", "example"), ("name",)),
    "events": Schema(("kind", "modality", "cues", "pattern", "example", "near_miss"), ("kind", "pattern"), frozenset({"modality", "cues"})),
    "field_words": Schema(("form", "proof", "solid", "example"), ("form",)),
    "impacts": Schema(("effect", "target", "pattern", "example", "near_miss"), ("pattern",)),
    "cues": Schema(("form", "sense", "direction", "reach", "example"), ("form", "direction"), frozenset({"reach"})),
    "stopwords": Schema(("word", "language", "example"), ("word", "language")),
    "states": Schema(("pattern", "state", "asset", "example", "near_miss"), ("pattern",)),
    "wires": Schema(("form", "wire", "example"), ("form",)),
}


class Row(dict[str, str]):
    """One vocabulary row: a mapping of column to text, with its place for error messages."""

    def __init__(self, values: dict[str, str], place: str) -> None:
        super().__init__(values)
        self.place = place


def read_rows(name: str, text: str, schema: Schema) -> tuple[Row, ...]:
    """The rows of a vocabulary file given as text.

    Raises VocabularyError, naming file, row and reason, for unknown or missing columns, empty cells, cells with stray
    blanks, duplicates, and an example that does not hold the form.
    """
    reader = csv.DictReader(text.splitlines())
    found = tuple(reader.fieldnames or ())
    if found != schema.columns:
        raise VocabularyError(f"{name}.csv: columns are {', '.join(found)}; write exactly {', '.join(schema.columns)}")
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, raw in enumerate(reader, start=2):
        place = f"{name}.csv row {number}"
        if None in raw or None in raw.values():
            raise VocabularyError(f"{place}: has not {len(schema.columns)} cells; quote cells that hold a comma")
        for column, cell in raw.items():
            if cell != cell.strip():
                raise VocabularyError(f"{place}: column {column} has blanks around {cell!r}; remove them")
            if not cell and column not in schema.optional:
                raise VocabularyError(f"{place}: column {column} is empty; fill it in")
        if "form" in raw and raw["form"].casefold() not in raw["example"].casefold():
            raise VocabularyError(f"{place}: the example {raw['example']!r} does not hold {raw['form']!r}; write one that does")
        key = tuple(raw[column] for column in schema.key)
        if key in seen:
            raise VocabularyError(f"{place}: {'/'.join(key)!r} stands already in row {seen[key]}; remove one")
        seen[key] = number
        rows.append(Row(raw, place))
    return tuple(rows)


@cache
def load_rows(name: str) -> tuple[Row, ...]:
    """The rows of the packaged vocabulary file `name`.csv, checked."""
    text = files("minenews.vocab").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return read_rows(name, text, SCHEMAS[name])


def phrase(form: str) -> str:
    """A form as a regular expression fragment: blanks match any white space, quotes and dashes their variants."""
    import re

    escaped = re.escape(" ".join(form.split()))
    return escaped.replace(r"\ ", r"\s+").replace("'", "['’]").replace(r"\-", r"[-‐‑–]")
