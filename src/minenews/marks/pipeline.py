"""The spaCy pipeline: tokenizer, sentences, vocabulary rulers, and the component that writes all marks to `doc.spans["marks"]`."""

from __future__ import annotations

from functools import cache

import spacy
from numpy import array
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span

from minenews.marks.sentences import find_sentences
from minenews.marks.tokens import make_tokenizer
from minenews.marks.words import symbol_patterns, word_patterns
from minenews.text.layout import lay_out

MARKS = "minenews_marks"
SENTENCES = "minenews_sentences"


class SentenceStarts:
    """Sets `token.is_sent_start` by our sentence rules."""

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        starts = {0, *(s.start for s in find_sentences(text, lay_out(text)))}
        marks = array([[1 if token.idx in starts else -1] for token in doc], dtype="int64")  # set at once: one by one takes quadratic time
        return doc.from_array([SENT_START], marks.view("uint64")) if len(doc) else doc  # type: ignore[arg-type]


class Marker:
    """Writes every mark of the page as a labelled span with the id of its rule; offsets widen to whole tokens."""

    def __call__(self, doc: Doc) -> Doc:
        from minenews.marks.read import find_marks

        spans: list[Span] = []
        for label, start, end, rule in find_marks(doc):
            span = doc.char_span(start, end, label=label, alignment_mode="expand", span_id=rule)
            if span is not None:
                spans.append(span)
        doc.spans["marks"] = spans
        return doc


@Language.factory(SENTENCES)
def make_sentence_starts(nlp: Language, name: str) -> SentenceStarts:
    """spaCy factory of the sentence component."""
    return SentenceStarts()


@Language.factory(MARKS)
def make_marker(nlp: Language, name: str) -> Marker:
    """spaCy factory of the marking component."""
    return Marker()


@cache
def load() -> Language:
    """The pipeline as an ordinary spaCy `nlp`, built once. It needs no model and downloads nothing; it saves, loads and pickles."""
    nlp = spacy.blank("en")
    nlp.max_length = 20_000_000
    nlp.tokenizer = make_tokenizer(nlp)
    for name, attribute, patterns in (("words", "LOWER", word_patterns()), ("symbols", "ORTH", symbol_patterns())):
        config = {"spans_key": name, "phrase_matcher_attr": attribute, "validate": True, "overwrite": True}
        ruler = nlp.add_pipe("span_ruler", name=name, config=config)
        assert isinstance(ruler, SpanRuler)
        ruler.add_patterns(patterns)
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe(MARKS)
    return nlp
