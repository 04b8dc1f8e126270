"""Series: one figure through many releases."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from series_releases import releases
from typer.testing import CliRunner

from minenews import write_corpus
from minenews.cli import app
from minenews.corpus.series import Point, Series, build_series
from minenews.report.series import guidance_text

DAYS = {"a": "2024-04-10", "b": "2024-07-10", "c": "2024-10-10", "d": "2025-01-10", "e": "2025-04-10"}
PERIODS = {
    "2024-Q1": ("quarter", "2024-01-01", "2024-03-31"),
    "2024-Q2": ("quarter", "2024-04-01", "2024-06-30"),
    "2024-Q3": ("quarter", "2024-07-01", "2024-09-30"),
    "2024-Q4": ("quarter", "2024-10-01", "2024-12-31"),
    "2024-H1": ("half", "2024-01-01", "2024-06-30"),
    "9M": ("range", "2024-01-01", "2024-09-30"),
    "2024": ("year", "2024-01-01", "2024-12-31"),
}


def fact(release: str, period: str, value: float | None = None, **changed: Any) -> dict[str, Any]:
    precision, start, end = PERIODS[period]
    row = {
        "release": release,
        "id": "f1",
        "company": "Brill Metals Inc.",
        "asset": "Ridgeway mine",
        "metric": "production",
        "commodity": "gold",
        "basis": "actual",
        "value": value,
        "low": None,
        "high": None,
        "bound": "exact",
        "unit": "oz",
        "as_written": f"{value:,g} ounces" if value is not None else "",
        "period": period,
        "precision": precision,
        "period_start": dt.date.fromisoformat(start),
        "period_end": dt.date.fromisoformat(end),
        "share": None,
        "qualifiers": [],
    }
    return row | changed


def series_of(*facts: dict[str, Any], issuer: str | None = "Brill Metals Inc.", repeats: str | None = None) -> list[Series]:
    heads = [
        {"release": name, "date": dt.date.fromisoformat(day), "issuer": issuer, "duplicate_of": "a" if name == repeats else None}
        for name, day in DAYS.items()
    ]
    names = {(row["release"], row["asset"]) for row in facts if row["asset"]}
    assets = [{"release": release, "asset": name, "kind": "mine", "aliases": []} for release, name in sorted(names)]
    return build_series(heads, assets, facts)


def points_of(*facts: dict[str, Any], repeats: str | None = None) -> dict[str, Point]:
    [line] = series_of(*facts, repeats=repeats)
    return {point.period: point for point in line.points}


def test_a_restated_figure_keeps_what_was_told_first_and_by_whom() -> None:
    point = points_of(fact("b", "2024-Q1", 4500), fact("a", "2024-Q1", 4400), fact("c", "2024-Q1", 4500))["2024-Q1"]
    assert point.value == 4500
    assert [(r.value, r.release, r.released) for r in point.revisions] == [
        (4400, "a", dt.date(2024, 4, 10)),
        (4500, "b", dt.date(2024, 7, 10)),
    ]
    assert [r.release for r in point.actual] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("later", "changed", "restated"),
    [
        (12_300.0, {"as_written": "12.3 koz"}, False),
        (12_400.0, {"as_written": "12.4 koz"}, False),  # within one unit of the last place
        (12_600.0, {"as_written": "12.6 koz"}, True),
        (12_500.0, {"as_written": "about 12,500 ounces", "bound": "about"}, False),
        (12_346.0, {}, False),
        (12_360.0, {}, True),
    ],
)
def test_rounding_is_no_restatement_and_the_most_exact_writing_gives_the_value(later: float, changed: Any, restated: bool) -> None:
    point = points_of(fact("a", "2024-Q1", 12_345.0, as_written="12,345 ounces"), fact("b", "2024-Q1", later, **changed))["2024-Q1"]
    assert len(point.revisions) == 1 + restated
    assert point.value == (later if restated else 12_345.0)


def test_two_values_in_one_release_are_both_kept_and_the_one_told_before_stays() -> None:
    point = points_of(fact("a", "2024-Q1", 4400), fact("b", "2024-Q1", 1900), fact("b", "2024-Q1", 4400))["2024-Q1"]
    assert point.value == 4400
    assert len(point.revisions) == 1
    assert point.actual[1].also == (1900,)


def test_names_of_one_mine_and_one_company_share_a_series() -> None:
    [line] = series_of(
        fact("a", "2024-Q1", 4400),
        fact("b", "2024-Q2", 4500, asset="Ridgeway gold mine", company="Brill Metals", qualifiers=["record", "preliminary"]),
    )
    assert (line.company, line.asset, [point.period for point in line.points]) == (
        "Brill Metals Inc.",
        "Ridgeway mine",
        ["2024-Q1", "2024-Q2"],
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"asset": "Coppice mine"},
        {"asset": None},
        {"unit": "t"},
        {"share": 60.0},
        {"commodity": "silver"},
        {"company": "Ashgrove Mining Inc."},
        {"metric": "sales"},
        {"qualifiers": ["annualized"]},
    ],
)
def test_figures_of_different_things_stay_apart(changed: dict[str, Any]) -> None:
    assert len(series_of(fact("a", "2024-Q1", 4400), fact("b", "2024-Q2", 4500, **changed))) == 2


def test_releases_that_name_no_company_are_not_taken_for_one() -> None:
    rows = [fact("a", "2024-Q1", 4400, company=None, asset=None), fact("b", "2024-Q1", 4500, company=None, asset=None)]
    assert [line.company for line in series_of(*rows, issuer=None)] == [None, None]


@pytest.mark.parametrize(
    "row",
    [
        fact("b", "2024-Q1", 4500, basis="study"),
        fact("b", "2024-Q1", 4500, basis="forecast"),
        fact("b", "2024-Q1", 4500, period_end=None),
        fact("b", "2024-Q1", None, low=4500, bound="min"),
    ],
)
def test_what_is_no_plain_actual_figure_restates_nothing(row: dict[str, Any]) -> None:
    assert len(points_of(fact("a", "2024-Q1", 4400), row)["2024-Q1"].revisions) == 1


def test_a_release_that_repeats_another_one_does_not_count() -> None:
    assert len(points_of(fact("a", "2024-Q1", 4400), fact("b", "2024-Q1", 4500), repeats="b")["2024-Q1"].actual) == 1


@pytest.mark.parametrize(
    ("actual", "low", "high", "bound", "verdict"),
    [
        (18_000.0, 20_000.0, 22_000.0, "range", "below"),
        (20_000.0, 20_000.0, 22_000.0, "range", "within"),
        (23_000.0, 20_000.0, 22_000.0, "range", "above"),
        (23_000.0, 20_000.0, None, "min", "within"),
        (19_000.0, 20_000.0, None, "min", "below"),
        (19_000.0, None, 20_000.0, "max", "within"),
        (21_000.0, None, 20_000.0, "max", "above"),
    ],
)
def test_guidance_against_the_later_figure(actual: float, low: float | None, high: float | None, bound: str, verdict: str) -> None:
    promise = fact("a", "2024", None, basis="guidance", low=low, high=high, bound=bound, as_written="20,000")
    assert points_of(promise, fact("d", "2024", actual))["2024"].against_guidance == verdict


def test_the_last_guidance_before_the_figure_counts() -> None:
    first = fact("a", "2024", None, basis="guidance", low=20_000.0, high=22_000.0, bound="range")
    cut = fact("c", "2024", None, basis="guidance", low=17_000.0, high=18_000.0, bound="range")
    late = fact("e", "2024", None, basis="guidance", low=30_000.0, high=31_000.0, bound="range")
    point = points_of(first, cut, late, fact("d", "2024", 17_500))["2024"]
    assert (point.against_guidance, len(point.guidance)) == ("within", 3)
    assert (
        guidance_text(point) == "within: 17,000 – 18,000 (2024-10-10), elsewhere 20,000 – 22,000 (2024-04-10), 30,000 – 31,000 (2025-04-10)"
    )
    assert points_of(first, cut)["2024"].promised == points_of(first, cut)["2024"].guidance[1]
    assert points_of(late, fact("d", "2024", 17_500))["2024"].against_guidance is None


QUARTERS = [fact(release, f"2024-Q{n}", 1000.0 * n) for n, release in enumerate("abcd", start=1)]


@pytest.mark.parametrize(
    ("whole", "value", "sums"),
    [
        ("2024", 10_000.0, [("Q1 Q2 Q3 Q4", "agrees")]),
        ("2024", 10_050.0, [("Q1 Q2 Q3 Q4", "disagrees")]),
        ("2024-H1", 3_000.0, [("Q1 Q2", "agrees")]),
        ("9M", 6_002.0, [("Q1 Q2 Q3", "agrees")]),  # each part may be off by half an ounce
        ("9M", 6_500.0, [("Q1 Q2 Q3", "disagrees")]),
    ],
)
def test_parts_of_several_releases_against_the_whole(whole: str, value: float, sums: list[tuple[str, str]]) -> None:
    made = points_of(*QUARTERS, fact("e", whole, value))[whole].sums
    assert [(" ".join(part[-2:] for part in one.parts), one.verdict) for one in made] == sums


def test_nine_months_and_a_quarter_make_a_year() -> None:
    rows = [fact("c", "9M", 6_000), fact("d", "2024-Q4", 4_000), fact("e", "2024", 10_001)]
    [made] = points_of(*rows)["2024"].sums
    assert (made.parts, made.verdict, set(made.releases)) == (("9M", "2024-Q4"), "agrees", {"c", "d", "e"})


@pytest.mark.parametrize(
    "rows",
    [
        [*QUARTERS[:3], fact("e", "2024", 10_000)],  # a quarter is missing
        [*(row | {"metric": "aisc"} for row in QUARTERS), fact("e", "2024", 10_000, metric="aisc")],  # no sum
        [fact("a", "2024-Q1", 1), fact("a", "2024-Q2", 2), fact("a", "2024-H1", 3)],  # one release: its own checks tell
    ],
)
def test_what_makes_no_sum(rows: list[dict[str, Any]]) -> None:
    assert not any(point.sums for point in points_of(*rows).values())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of the releases of one company."""
    folder, made = tmp_path_factory.mktemp("releases"), tmp_path_factory.mktemp("out")
    for name, text in releases().items():
        (folder / name).write_text(text, encoding="utf-8")
    write_corpus(folder, made, jobs=1)
    return made


def printed(*arguments: object) -> str:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["series", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_prints_a_table_for_each_series(out: Path) -> None:
    shown = printed(out, "--company", "brill", "--metric", "production", "--asset", "ridgeway", "--commodity", "gold")
    assert "Ridgeway gold mine: gold production (oz)" in shown
    assert "17,900 until 2024-04-11" in shown
    assert "below: 88,000 – 94,000 (2023-04-12)" in shown
    assert "disagrees: 2023-Q1 + 2023-Q2 + 2023-Q3 + 2023-Q4 = 85,050; stated 84,900 oz" in shown
    assert "Coppice" not in shown


def test_the_command_prints_json_with_every_reading(out: Path) -> None:
    [line] = json.loads(printed(out, "--asset", "coppice", "--json"))
    assert [(point["period"], point["value"]) for point in line["points"]][3:6] == [("2023-Q4", 3420), ("2023", 13170), ("2024-Q1", 3380)]
    assert line["points"][0]["revisions"][0]["released"] == "2023-04-12"
    assert line["points"][4]["sums"][0]["verdict"] == "agrees"


def test_the_command_draws_a_picture(out: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    printed(out, "--plot", tmp_path / "series.png")
    assert (tmp_path / "series.png").read_bytes().startswith(b"\x89PNG")


def test_the_command_says_what_it_cannot_do(out: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert "no such metric" in run(app, ["series", str(out), "--metric", "tons"]).output
    assert "give a folder that `minenews batch` wrote" in run(app, ["series", str(tmp_path)]).output.replace("\n", " ")
    assert "no such series" in run(app, ["series", str(out), "--company", "nobody"]).output
    assert "no series has a figure" in run(app, ["series", str(out), "--company", "nobody", "--plot", str(tmp_path / "a.png")]).output
