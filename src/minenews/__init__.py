"""minenews reads mining-company press releases and returns structured data.

>>> from minenews import extract
>>> extraction = extract(text)
>>> extraction.facts[0].value
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from minenews.errors import InputError, MinenewsError, VocabularyError
from minenews.extract import extract
from minenews.models import (
    SCHEMA_VERSION,
    Asset,
    AssetKind,
    Basis,
    Bearing,
    Bound,
    Cell,
    CellRef,
    Change,
    Check,
    CheckKind,
    Company,
    Contained,
    Deal,
    DealKind,
    Details,
    Effect,
    Event,
    EventKind,
    Evidence,
    Extraction,
    Fact,
    Grade,
    Impact,
    Intercept,
    Metric,
    Modality,
    Money,
    Period,
    PeriodValue,
    Person,
    Place,
    Precision,
    Quantity,
    Quote,
    Reference,
    Release,
    Resource,
    ResourceCategory,
    Source,
    Stage,
    State,
    Status,
    Table,
    TargetKind,
    Ticker,
    Verdict,
)

if TYPE_CHECKING:
    from minenews.corpus.batch import extract_corpus, extract_file
    from minenews.corpus.store import load_corpus, write_corpus
    from minenews.marks.pipeline import load
    from minenews.source.read import read_file

__version__ = "0.1.0"

__all__ = [
    "SCHEMA_VERSION",
    "Asset",
    "AssetKind",
    "Basis",
    "Bearing",
    "Bound",
    "Cell",
    "CellRef",
    "Change",
    "Check",
    "CheckKind",
    "Company",
    "Contained",
    "Deal",
    "DealKind",
    "Details",
    "Effect",
    "Event",
    "EventKind",
    "Evidence",
    "Extraction",
    "Fact",
    "Grade",
    "Impact",
    "InputError",
    "Intercept",
    "Metric",
    "MinenewsError",
    "Modality",
    "Money",
    "Period",
    "PeriodValue",
    "Person",
    "Place",
    "Precision",
    "Quantity",
    "Quote",
    "Reference",
    "Release",
    "Resource",
    "ResourceCategory",
    "Source",
    "Stage",
    "State",
    "Status",
    "Table",
    "TargetKind",
    "Ticker",
    "Verdict",
    "VocabularyError",
    "__version__",
    "extract",
    "extract_corpus",
    "extract_file",
    "load",
    "load_corpus",
    "read_file",
    "write_corpus",
]

LAZY = {  # spaCy and pyarrow take a second to import: these names are imported when they are first used
    "extract_corpus": "minenews.corpus.batch",
    "extract_file": "minenews.corpus.batch",
    "load": "minenews.marks.pipeline",
    "load_corpus": "minenews.corpus.store",
    "read_file": "minenews.source.read",
    "write_corpus": "minenews.corpus.store",
}


def __getattr__(name: str) -> Any:
    if name not in LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(LAZY[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
