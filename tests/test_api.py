"""The public names, and what importing them costs."""

from __future__ import annotations

import importlib.metadata
import json
import pickle
import subprocess
import sys

import pytest

import minenews
from minenews import models

HEAVY = ("spacy", "quantulum3", "dateparser", "typer", "rich")


def fresh(code: str) -> str:
    """What `code` prints in a new process."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120).stdout.strip()


def test_every_public_name_exists_and_is_listed_once() -> None:
    assert len(minenews.__all__) == len(set(minenews.__all__))
    for name in minenews.__all__:
        assert getattr(minenews, name) is not None
    assert set(minenews.__all__) <= set(dir(minenews))


def test_all_models_of_the_contract_are_public() -> None:
    of_contract = {name for name, value in vars(models).items() if isinstance(value, type) and value.__module__ == models.__name__}
    assert of_contract - {"Model"} <= set(minenews.__all__)


def test_every_public_function_and_class_says_what_it_is() -> None:
    for name in minenews.__all__:
        value = getattr(minenews, name)
        assert not callable(value) or value.__doc__, name


def test_errors_can_be_caught_as_one_family_and_as_value_errors() -> None:
    for error in (minenews.InputError, minenews.VocabularyError):
        assert issubclass(error, minenews.MinenewsError)
        assert issubclass(error, ValueError)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        minenews.extrakt  # noqa: B018


def test_the_version_is_the_installed_one() -> None:
    assert minenews.__version__ == importlib.metadata.version("minenews")


def test_importing_is_light() -> None:
    loaded = fresh(f"import sys, minenews; print([m for m in {HEAVY} if m in sys.modules])")
    assert loaded == "[]"


@pytest.mark.parametrize("first", ["import minenews.extract", "import minenews.cli", "import minenews.corpus.batch", "pass"])
def test_extract_is_the_function_whatever_was_imported_before(first: str) -> None:
    assert fresh(f"{first}\nfrom minenews import extract\nprint(type(extract).__name__)") == "function"


def test_extract_takes_a_text_and_nothing_else() -> None:
    for wrong in (None, 5, b"bytes", ["text"]):
        with pytest.raises((TypeError, minenews.InputError)):
            minenews.extract(wrong)  # type: ignore[arg-type]


def test_load_gives_an_ordinary_spacy_pipeline_that_saves_and_loads() -> None:
    printed = fresh(
        "import minenews, spacy, tempfile\n"
        "nlp = minenews.load()\n"
        "text = 'Brill Metals Inc. (TSX: BRL) produced 5,120 oz of gold in Q2 2021.'\n"
        "folder = tempfile.mkdtemp()\n"
        "nlp.to_disk(folder)\n"
        "spans = lambda doc: {key: [(s.start_char, s.end_char, s.label_) for s in group] for key, group in doc.spans.items()}\n"
        "print(isinstance(nlp, spacy.Language), spans(spacy.load(folder)(text)) == spans(nlp(text)), any(spans(nlp(text)).values()))\n"
    )
    assert printed == "True True True"


def test_an_extraction_is_frozen_hashes_no_surprises_and_pickles() -> None:
    extraction = minenews.extract("Brill Metals produced 5,120 oz of gold in Q2 2021.")
    with pytest.raises(ValueError, match="frozen"):
        extraction.facts = ()
    assert pickle.loads(pickle.dumps(extraction)) == extraction


def test_the_schema_names_every_field_of_the_contract() -> None:
    schema = minenews.Extraction.model_json_schema(mode="serialization")
    assert set(schema["properties"]) == set(minenews.Extraction.model_fields)
    assert "from" in schema["$defs"]["Intercept"]["properties"]
    assert json.loads(json.dumps(schema)) == schema
