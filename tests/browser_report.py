"""The page of a folder of results in a real browser: `nox -s browser`, with `chromium` on the PATH or named by CHROMIUM."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from series_releases import HOSTILE, releases

from minenews import load_corpus, write_corpus
from minenews.report.corpus_page import render_corpus

DESKTOP = {"width": 1440, "height": 860}
PHONE = {"width": 390, "height": 780}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the releases of one company and of a hostile one."""
    folder, out = tmp_path_factory.mktemp("releases"), tmp_path_factory.mktemp("out")
    for name, text in {**releases(), **HOSTILE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_corpus(folder, out, jobs=1)
    page = out / "report.html"
    page.write_text(render_corpus(load_corpus(out)), encoding="utf-8")
    return page.as_uri()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("no browser found: install chromium, or name one with CHROMIUM")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium does not run as root with one
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=sandbox)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page, on a desktop or as the test asks; no error may be told and no request may leave it."""
    settings: dict[str, Any] = {"viewport": DESKTOP, **getattr(request, "param", {})}
    context = browser.new_context(**settings)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(address)
    yield page
    context.close()
    assert troubles == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def show(page: Page, view: str) -> None:
    page.get_by_role("navigation", name="Views").get_by_role("link", name=view).click()


def lit(page: Page) -> list[str]:
    """The texts of the evidence that is lit."""
    return page.locator("#body .on").all_text_contents()


def in_view(page: Page, selector: str) -> bool:
    box, frame = page.locator(selector).bounding_box(), page.locator("#text").bounding_box()
    return bool(box and frame and frame["y"] <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"])


def test_it_opens_with_the_latest_release(opened: Page) -> None:
    expect(opened.locator("#list a")).to_have_count(7)
    expect(opened.locator("#count")).to_have_text("7 of 7 releases")
    assert "Brill Metals Reports Q2 2024 Production" in opened.locator("#text h2").inner_text()


def test_filters_narrow_every_view(opened: Page) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type("crusher")
    expect(opened.locator("#list a")).to_have_count(1)
    opened.fill("#search", "")
    opened.select_option("#year", "2024")
    expect(opened.locator("#list a")).to_have_count(3)
    opened.select_option("#company", "Brill Metals Inc.")
    expect(opened.locator("#list a")).to_have_count(3)
    opened.check("#doubtful")
    expect(opened.locator("#list a")).to_have_count(2)
    show(opened, "Facts")
    dates = set(opened.locator("#fact-table tbody a").all_text_contents())
    assert dates == {"2024-01-16", "2024-04-11"}
    opened.fill("#search", "no such word")
    show(opened, "Releases")
    expect(opened.locator("#list")).to_contain_text("No release passes the filters.")


def test_a_fact_shows_its_evidence_and_the_evidence_its_fact(opened: Page) -> None:
    opened.goto(opened.url.split("#")[0] + "#release/2")
    row = opened.locator("#records tr", has=opened.get_by_role("button", name="f3: show the evidence", exact=True))
    row.hover()
    assert "84,900" in " ".join(lit(opened))
    opened.mouse.move(5, 5)
    assert lit(opened) == []
    row.click()
    opened.mouse.move(5, 5)
    assert "84,900" in " ".join(lit(opened))
    assert in_view(opened, "#body .main")
    opened.locator("#body mark.figure", has_text="3,420").click()
    expect(opened.locator("#records tr.picked")).to_contain_text("3,420")


def test_a_fact_of_the_table_leads_to_its_evidence(opened: Page) -> None:
    show(opened, "Facts")
    opened.fill("#fact-search", "guidance 2023")
    expect(opened.locator("#fact-table tbody tr")).to_have_count(1)
    opened.locator("#fact-table tbody a").click()
    assert "88,000" in opened.locator("#body .main").inner_text()
    assert in_view(opened, "#body .main")
    opened.go_back()
    expect(opened.locator("#view-facts")).to_be_visible()


def test_the_keyboard_is_enough(opened: Page) -> None:
    opened.keyboard.press("Tab")
    expect(opened.locator(".skip")).to_be_focused()
    opened.locator("#list a").first.focus()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    expect(opened.locator("#text h2")).to_have_text("Brill Metals Reports Q1 2024 Production")
    opened.locator("#records button.id").first.focus()
    assert lit(opened) != []
    opened.keyboard.press("Enter")
    expect(opened.locator("#records tr.picked")).to_have_count(1)


def test_facts_are_sorted_and_downloaded(opened: Page, tmp_path: Path) -> None:
    show(opened, "Facts")
    opened.fill("#fact-search", "gold actual oz ridgeway")
    opened.get_by_role("button", name="value").click()
    values = opened.locator("#fact-table td.right").all_text_contents()
    assert values == sorted(values, key=lambda value: float(value.replace(",", "")))
    opened.get_by_role("button", name="value").click()
    expect(opened.locator("#fact-table td.right").first).to_have_text("84,900")
    expect(opened.locator("#fact-table th[aria-sort=descending]")).to_have_text("value")
    with opened.expect_download() as download:
        opened.click("#csv")
    download.value.save_as(tmp_path / "facts.csv")
    with (tmp_path / "facts.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["value"] for row in rows] == [value.replace(",", "") for value in reversed(values)]
    assert (rows[0]["file"], rows[0]["period"], rows[0]["from"]) == ("brill-2024-01-16.txt", "2023", "2023-01-01")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", '"\'=1+1"'),
        ("+1", '"\'+1"'),
        ("-1", '"\'-1"'),
        ("@a", '"\'@a"'),
        (-1.5, "-1.5"),
        ('a "b", c', '"a ""b"", c"'),
        (None, ""),
        ("gold", "gold"),
    ],
)
def test_no_cell_is_a_formula(opened: Page, cell: object, written: str) -> None:
    assert opened.evaluate("csvCell", cell) == written


def test_text_stays_text_and_offsets_count_characters(opened: Page) -> None:
    opened.locator("#list a", has_text="Ashgrove").click()
    expect(opened.locator("#body")).to_have_text(HOSTILE["hostile.txt"], use_inner_text=False)
    assert opened.title() == "Mining releases"
    assert opened.locator("main script, main img, #body b, #body i").count() == 0
    opened.locator("#records tr", has_text="4,200").click()
    assert opened.locator("#body .main").inner_text() == "4,200 ounces"


def test_charts_timelines_checks_and_what_is_not_linked(opened: Page) -> None:
    show(opened, "Production")
    expect(opened.locator("figure:visible")).to_have_count(2)
    expect(opened.locator("figure", has_text="Ridgeway").locator("dl")).to_contain_text("guidance below: 88,000 – 94,000")
    opened.select_option("#year", "2022")
    expect(opened.locator("figure:visible")).to_have_count(0)
    opened.select_option("#year", "")
    show(opened, "Timeline")
    expect(opened.locator("#timelines section", has_text="Coppice copper mine")).to_contain_text("operating")
    show(opened, "Checks")
    expect(opened.locator("#check-table tbody tr").first.locator("td").first).to_have_text("disagrees")
    show(opened, "Not linked")
    opened.get_by_role("link", name="240 workers").click()
    assert opened.locator("#body .main").inner_text() == "240 workers"


@pytest.mark.parametrize("opened", [{"viewport": PHONE, "is_mobile": True, "has_touch": True}], indirect=True, ids=["phone"])
def test_on_a_phone_nothing_runs_off_the_side_and_evidence_is_beside_its_fact(opened: Page) -> None:
    for view in ("facts", "charts", "timeline", "checks", "loose", "releases"):
        opened.evaluate(f"location.hash = '#{view}'")
        expect(opened.locator(f"#view-{view}")).to_be_visible()
        assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], view
    expect(opened.locator("#text")).to_be_hidden()
    opened.locator("#list a").nth(2).tap()
    expect(opened.locator("#list")).to_be_hidden()
    row = opened.locator("#records tr", has_text="84,900").first
    row.tap()
    assert in_view(opened, "#body .main")
    expect(row).to_be_in_viewport()
    opened.click("#back")
    expect(opened.locator("#list")).to_be_visible()


@pytest.mark.parametrize("opened", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_in_the_dark_the_page_is_dark(opened: Page) -> None:
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"
    assert opened.evaluate("getComputedStyle(document.body).color") == "rgb(227, 231, 234)"
