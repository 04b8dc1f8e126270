"""The pipeline is an ordinary spaCy one: it runs, streams, saves, loads and pickles, and so do its documents."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import minenews
from minenews.marks.tokens import make_tokenizer

TEXT = "Brill Metals Inc. (TSX: BRL) poured 6,895 oz. of gold in June 2017. Costs were US$1,180/oz."
OTHER = "Silver output at the Veta mine was 2.1 Moz in Q2 2017."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return minenews.load()


def marks(doc: Doc) -> list[tuple[str, str, str]]:
    return [(span.label_, span.text, span.id_) for span in doc.spans["marks"]]


def test_it_marks(nlp: Language) -> None:
    doc = nlp(TEXT)
    found = marks(doc)
    assert ("QUANTITY", "US$1,180/oz", "quantity") in found
    assert ("PERIOD", "June 2017", "period_month_year") in found
    assert [sentence.text for sentence in doc.sents] == [TEXT[:67], TEXT[68:]]
    assert all(span.id_ for span in doc.spans["marks"])


def test_it_streams(nlp: Language) -> None:
    assert [marks(doc) for doc in nlp.pipe([TEXT, OTHER])] == [marks(nlp(TEXT)), marks(nlp(OTHER))]


def test_it_saves_and_loads(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    assert loaded.pipe_names == nlp.pipe_names
    assert marks(loaded(TEXT)) == marks(nlp(TEXT))


def test_it_pickles(nlp: Language) -> None:
    copy = pickle.loads(pickle.dumps(nlp))
    assert marks(copy(TEXT)) == marks(nlp(TEXT))


def test_documents_pickle_and_survive_as_bytes(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert marks(pickle.loads(pickle.dumps(doc))) == marks(doc)
    assert marks(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == marks(doc)


def test_the_rulers_refuse_misspelt_patterns(nlp: Language) -> None:
    for name in ("words", "symbols"):
        assert nlp.get_pipe_config(name)["validate"] is True
        with pytest.raises(ValueError, match="pattern"):
            spacy.blank("en").add_pipe("span_ruler", config={"validate": True}).add_patterns([{"label": "X", "pattern": [{"LOWERR": "x"}]}])


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("45.2Mt", ["45.2", "Mt"]),
        ("125koz", ["125", "koz"]),
        ("12,500tpd", ["12,500", "tpd"]),
        ("2.1Moz", ["2.1", "Moz"]),
        ("U3O8", ["U3O8"]),
        ("3rd", ["3rd"]),
        ("1H25", ["1H25"]),
        ("KT12-204", ["KT12-204"]),
        ("DNG)(OTC", ["DNG", ")", "(", "OTC"]),
        ("100%-owned", ["100%", "-", "owned"]),
        ("DDH24-A-12,", ["DDH24-A-12", ","]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in make_tokenizer(spacy.blank("en"))(text)] == tokens
