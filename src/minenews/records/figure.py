"""A figure: a quantity with what it measures."""

from __future__ import annotations

from dataclasses import dataclass

from minenews.marks.page import Measure, Sentence, Word


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with what it measures. `against`: it is the second part of a comparison. `cue` is the word that named the metric."""

    measure: Measure
    metric: str
    cue: Word | None
    commodity: str | None
    commodity_word: Word | None
    against: bool
    sentence: Sentence
    carried: bool = False
