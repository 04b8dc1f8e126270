"""Events, impacts and earthquakes: one test for each vocabulary row and for each row of tests/rules/events.csv and impacts.csv."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from minenews.errors import VocabularyError
from minenews.marks.read import read_page
from minenews.models import Details, Event, Modality
from minenews.records.earthquakes import compass_point
from minenews.records.events import link_events
from minenews.records.impacts import load_impact_rules
from minenews.records.modality import find_cues, load_cues, read_modality
from minenews.records.triggers import MASK, find_triggers, load_trigger_rules
from minenews.vocab.load import load_rows
from minenews.vocab.patterns import PatternIndex, compile_pattern

RULES = Path(__file__).parent / "rules"
RELEASED = dt.date(2024, 6, 15)


def rows(name: str) -> list[dict[str, str]]:
    with (RULES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def events_of(text: str) -> tuple[Event, ...]:
    return link_events(read_page(text, released=RELEASED))


@pytest.mark.parametrize("row", rows("events.csv"), ids=lambda row: row["input"][:60])
def test_event_row(row: dict[str, str]) -> None:
    found = "; ".join(f"{e.kind} {e.modality} {e.date.label if e.date else '-'}" for e in events_of(row["input"]))
    assert found == row["expected"], row["why"]


@pytest.mark.parametrize("row", rows("impacts.csv"), ids=lambda row: row["input"][:60])
def test_impact_row(row: dict[str, str]) -> None:
    found = "; ".join(f"{i.target}: {i.effect}" for e in events_of(row["input"]) for i in e.impacts)
    assert found == row["expected"], row["why"]


@pytest.mark.parametrize("number", range(len(load_rows("events"))))
def test_vocabulary_row_of_events(number: int) -> None:
    row, rule = load_rows("events")[number], load_trigger_rules()[number]
    assert PatternIndex([rule.pattern]).candidates(row["example"].lower()) == [0]
    assert any(rule.pattern.matches(row["example"], row["example"].lower()))
    if row["kind"] == MASK:
        assert not any(rule.pattern.matches(row["near_miss"], row["near_miss"].lower()))
    else:
        assert row["kind"] in {t.kind.value for t in find_triggers(row["example"])}
        assert row["kind"] not in {t.kind.value for t in find_triggers(row["near_miss"])}


@pytest.mark.parametrize("number", range(len(load_rows("impacts"))))
def test_vocabulary_row_of_impacts(number: int) -> None:
    row, rule = load_rows("impacts")[number], load_impact_rules()[number]
    assert PatternIndex([rule.pattern]).candidates(row["example"].lower()) == [0]
    assert any(rule.pattern.matches(row["example"], row["example"].lower()))
    assert not any(rule.pattern.matches(row["near_miss"], row["near_miss"].lower()))


@pytest.mark.parametrize("row", load_rows("cues"), ids=lambda row: row["form"])
def test_vocabulary_row_of_cues(row: dict[str, str]) -> None:
    assert row["form"].lower() in row["example"].lower()
    directions = ("before", "after") if row["direction"] == "both" else (row["direction"],)
    assert all(
        any(" ".join(cue.words) == row["form"].lower() for cue in load_cues()[d][row["form"].lower().split()[0]]) for d in directions
    )


@pytest.mark.parametrize("row", load_rows("word_classes"), ids=lambda row: row["name"])
def test_word_class_holds_its_example(row: dict[str, str]) -> None:
    assert row["example"] in row["words"].split("|")


@pytest.mark.parametrize(
    ("sentence", "word", "modality"),
    [
        ("did not suspend mining", "suspend mining", Modality.NEGATED),
        ("may be forced to suspend mining", "suspend mining", Modality.POSSIBLE),
        ("was forced to suspend mining", "suspend mining", Modality.OCCURRED),
        ("expects to resume mining", "resume mining", Modality.PLANNED),
        ("did not grow, but operations were suspended", "operations were suspended", Modality.OCCURRED),
        ("in May the company suspended mining", "suspended mining", Modality.OCCURRED),
    ],
)
def test_scope_of_cues(sentence: str, word: str, modality: Modality) -> None:
    start = sentence.index(word)
    assert read_modality(find_cues(sentence), start, start + len(word), Modality.OCCURRED) is modality


def test_earthquake_details() -> None:
    text = (
        "An earthquake of magnitude 5.8 at a depth of 31.5 km occurred on June 8, 2024 at Olmstead, which is 46 km west-northwest of "
        "Veltham and 12 miles S of Orrin Bay. The Redhill mine was not damaged."
    )
    (event,) = events_of(text)
    assert event.details is not None
    assert (event.details.magnitude, event.details.depth_km, event.place) == (5.8, 31.5, "Olmstead")
    assert [(b.distance_km, b.direction, b.of) for b in event.details.bearings] == [(46.0, "WNW", "Veltham"), (19.3, "S", "Orrin Bay")]


@pytest.mark.parametrize(
    ("sentence", "magnitude", "depth", "epicentre", "bearings"),
    [
        ("A magnitude-5.8 quake was felt at a depth of around 31 kilometres.", 5.8, 31.0, None, []),
        ("The 5.8 quake was 12 miles deep.", 5.8, 19.3, None, []),
        ("The quake was 25 miles (40 km) deep.", None, 40.0, None, []),
        ("The tremor had a magnitude of 4.1 and its depth was 8 kilometres.", 4.1, 8.0, None, []),
        ("The quake was centred 40 km (25 miles) SSW of Olmstead.", None, None, None, [(40.0, "SSW", "Olmstead")]),
        ("The quake hit 60 miles (96 km) southwest of the town of Olmstead.", None, None, None, [(96.0, "SW", "Olmstead")]),
        ("The epicentre of the 5.8 quake was in the southern region, offshore from the town of Olmstead.", 5.8, None, "Olmstead", []),
        ("A 5.8-magnitude earthquake struck 3 hours before the drill reached a depth of 40 metres.", 5.8, None, None, []),
    ],
)
def test_earthquake_wordings(
    sentence: str, magnitude: float | None, depth: float | None, epicentre: str | None, bearings: list[tuple[float, str, str]]
) -> None:
    (event,) = (e for e in events_of(f"{sentence} The Redhill mine was not damaged.") if e.kind.value == "earthquake")
    details = event.details or Details()
    assert (details.magnitude, details.depth_km, details.epicentre) == (magnitude, depth, epicentre)
    assert [(b.distance_km, b.direction, b.of) for b in details.bearings] == bearings


@pytest.mark.parametrize(
    ("words", "point"), [("south", "S"), ("WNW", "WNW"), ("west-northwest", "WNW"), ("northeast", "NE"), ("southerly", "S")]
)
def test_compass_point(words: str, point: str) -> None:
    assert compass_point(words) == point


def test_people_are_counted() -> None:
    events = events_of("Two miners died and 14 workers were injured in an explosion at the Redhill mine on May 2, 2024.")
    assert {e.kind.value: (e.details.killed, e.details.injured) for e in events if e.details} == {
        "fatality": (2, 14),
        "accident": (None, 14),
    }


def test_one_record_per_event() -> None:
    text = (
        "Ashgrove suspends mining at Redhill\n\nAshgrove Mining Inc. has suspended operations at its Redhill mine following a fire on "
        "May 4, 2024. The suspension of mining will last a month. The fire was extinguished."
    )
    events = events_of(text)
    assert [e.kind.value for e in events] == ["suspension", "fire"]
    assert events[0].cause == events[1].id


def test_evidence_is_the_text() -> None:
    text = "A flood in May 2024 reached the Redhill mine. The access road was washed out."
    for event in events_of(text):
        assert event.evidence
        assert all(text[e.start : e.end] == e.text for e in event.evidence)


def test_unknown_word_class_is_refused() -> None:
    with pytest.raises(VocabularyError, match="unknown word class"):
        compile_pattern("{no_such_class} of the mine")


@pytest.mark.parametrize("text", ["(" * 500_000, "suspend mining " * 50_000, "1,234 " * 100_000, "MINE " * 100_000])
def test_long_texts_stay_linear(text: str) -> None:
    assert len(find_triggers(text)) < 1000
