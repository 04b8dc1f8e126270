"""When an extracted record is the one that a golden annotation states.

Each `compare_*` answers a `Level`. CORE asks for the slots that tell one record from another, STRICT for every slot that the
golden states. A golden slot that is null or missing is not asked for, and `alt`, `alt_unit`, `alt_stage`, ... name further
values to accept for a slot.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from minenews.corpus.same import (
    Names,
    Record,
    accepted,
    all_names,
    amounts_found,
    asked,
    asked_money,
    close,
    listings,
    periods_meet,
    same_amounts,
    same_company,
    same_figure,
    same_period,
    same_person,
    same_place,
    same_unit,
    words_of,
)


class Level(IntEnum):
    """How far two records are the same."""

    NONE = 0
    CORE = 1
    STRICT = 2


def level(core: bool, strict: bool) -> Level:
    """The level of a pair whose core slots, and whose further slots, agree or not."""
    return Level.NONE if not core else Level.STRICT if strict else Level.CORE


def compare_fact(gold: Record, found: Record, names: Names) -> Level:
    """Metric, figure, unit and commodity; then period, basis and asset."""
    core = (
        gold["metric"] == found.get("metric")
        and same_figure(gold, found)
        and (same_unit(gold.get("unit"), found.get("unit")) or accepted(gold, "unit", found.get("unit")))
        and (not gold.get("commodity") or gold["commodity"] == found.get("commodity"))
    )
    strict = (
        same_period(gold.get("period"), found.get("period")) and gold.get("basis") == found.get("basis") and names.asked_asset(gold, found)
    )
    return level(core, strict)


def compare_change(gold: Record, found: Record, names: Names) -> Level:
    """Percent, whatever its sign, and metric; then commodity."""
    wanted, have = gold.get("percent"), found.get("percent")
    same_percent = wanted is not None and have is not None and close(abs(wanted), abs(have))
    core = same_percent and gold.get("metric") in (None, found.get("metric"))
    return level(core, gold.get("commodity") in (None, found.get("commodity")))


def compare_intercept(gold: Record, found: Record, names: Names) -> Level:
    """Length and a grade; then all grades, depths, hole and whether it is an "including"."""
    grades = amounts_found(gold.get("grades"), found.get("grades"))
    core = close(gold.get("length"), found.get("length")) and (any(grades) or not grades)
    same_hole = "".join(words_of(gold.get("hole"))) == "".join(words_of(found.get("hole")))
    included = {"included": bool(gold.get("included")), "alt_included": gold.get("alt_included")}
    strict = (
        all(grades)
        and asked(gold, found, "from", "to")
        and (not gold.get("hole") or same_hole or accepted(gold, "hole", found.get("hole")))
        and accepted(included, "included", bool(found.get("included")))
    )
    return level(core, strict)


def compare_resource(gold: Record, found: Record, names: Names) -> Level:
    """Category and tonnes (else contained metal, else grades); then kind, all grades and all metal."""
    if gold.get("tonnes") is not None:
        same_amount = close(gold["tonnes"], found.get("tonnes"))
    elif metal := gold.get("contained"):
        same_amount = any(close(a.get("value"), b.get("value")) for a in metal for b in found.get("contained") or ())
    else:
        same_amount = same_amounts(gold, found, "grades")
    core = gold.get("category") == found.get("category") and same_amount
    return level(core, gold.get("kind") == found.get("kind") and same_amounts(gold, found, "grades", "contained"))


def compare_deal(gold: Record, found: Record, names: Names) -> Level:
    """Kind, gross amount and that a counterparty is named; then stage, prices, securities, stake, counterparty and asset."""
    partner = gold.get("counterparty")
    core = (
        accepted(gold, "kind", found.get("kind"), "alt")
        and asked_money(gold, found, "gross")
        and (not partner or bool(found.get("counterparty")))
    )
    strict = (
        accepted(gold, "stage", found.get("stage"))
        and asked_money(gold, found, "price", "warrant_price")
        and asked(gold, found, "securities", "stake")
        and (not partner or same_company(partner, found.get("counterparty")))
        and names.asked_asset(gold, found)
    )
    return level(core, strict)


def compare_event(gold: Record, found: Record, names: Names) -> Level:
    """Kind; then an asset, place, a day in common and modality."""
    assets = gold.get("assets") or ()
    strict = (
        (not assets or any(names.same_asset(a, b) for a in assets for b in found.get("assets") or ()))
        and same_place(gold.get("place"), found.get("place"))
        and periods_meet(gold.get("date"), found.get("date"))
        and accepted(gold, "modality", found.get("modality"))
    )
    return level(accepted(gold, "kind", found.get("kind"), "alt"), strict)


def compare_status(gold: Record, found: Record, names: Names) -> Level:
    """State and asset."""
    return level(gold["state"] == found.get("state") and names.same_asset(gold.get("asset"), found.get("asset")), True)


def compare_company(gold: Record, found: Record, names: Names) -> Level:
    """The name, by any name found; then all listings."""
    core = any(same_company(gold["name"], name) for name in all_names(found))
    return level(core, listings(gold) <= listings(found))


def compare_person(gold: Record, found: Record, names: Names) -> Level:
    """The name; then a word of the role."""
    role = set(words_of(gold.get("role"))) - {"and", "of", "the", "officer"}
    return level(same_person(gold["name"], found.get("name")), not role or bool(role & set(words_of(found.get("role")))))


def compare_asset(gold: Record, found: Record, names: Names) -> Level:
    """The name, by any name; then the kind."""
    core = any(names.same_asset(gold["name"], name) for name in all_names(found))
    return level(core, accepted(gold, "kind", found.get("kind"), "alt"))


def compare_impact(gold: Record, found: Record, names: Names) -> Level:
    """Target and effect."""
    return level(names.same_asset(gold.get("target"), found.get("target")) and gold.get("effect") == found.get("effect"), True)


def compare_earthquake(gold: Record, found: Record, names: Names) -> Level:
    """Magnitude and depth; then every bearing."""
    return level(asked(gold, found, "magnitude", "depth_km"), bearings(gold) <= bearings(found))


def bearings(details: Record) -> set[tuple[float, str, tuple[str, ...]]]:
    """Distance, direction and place of each bearing of an epicentre."""
    stated = (b for b in details.get("bearings") or () if b.get("distance_km") is not None)
    return {(round(float(b["distance_km"]), 1), b.get("direction"), words_of(b.get("of"))) for b in stated}


def compare_check(gold: Record, found: Record, names: Names) -> Level:
    """Kind and stated figure; then the verdict."""
    core = gold["kind"] == found.get("kind") and close(gold.get("stated"), found.get("stated"))
    return level(core, gold.get("verdict") == found.get("verdict"))


def compare_quote(gold: Record, found: Record, names: Names) -> Level:
    """The speaker."""
    return level(same_person(gold.get("speaker"), found.get("speaker")), True)


def compare_reference(gold: Record, found: Record, names: Names) -> Level:
    """The date of the earlier release."""
    return level(gold["date"] == str(found.get("date")), True)


Comparer = Callable[[Record, Record, Names], Level]

COMPARERS: dict[str, Comparer] = {
    "companies": compare_company,
    "people": compare_person,
    "assets": compare_asset,
    "facts": compare_fact,
    "changes": compare_change,
    "intercepts": compare_intercept,
    "resources": compare_resource,
    "deals": compare_deal,
    "events": compare_event,
    "statuses": compare_status,
    "impacts": compare_impact,
    "earthquakes": compare_earthquake,
    "quotes": compare_quote,
    "references": compare_reference,
    "checks": compare_check,
}
"""How each record kind is compared, in the order of the score table."""
