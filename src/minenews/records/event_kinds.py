"""How the kinds of event differ in what they take from the text around them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from minenews.marks.page import Page
from minenews.models import EventKind as K
from minenews.models import Modality

HISTORY = dt.timedelta(days=550)
"""What ended longer ago than this before the release is company history, not news."""


def is_history(page: Page, ends: Sequence[dt.date]) -> bool:
    """Whether the last of some days, if there are any, lies that long before the release."""
    return bool(ends) and page.released is not None and max(ends) < page.released - HISTORY


HAZARDS = frozenset({K.EARTHQUAKE, K.FLOOD, K.EXTREME_WEATHER, K.LANDSLIDE, K.WILDFIRE, K.PANDEMIC})
"""Events of a region: they happen once, whatever assets they touch."""

INCIDENTS = frozenset(
    {
        K.ACCIDENT,
        K.FATALITY,
        K.FIRE,
        K.GROUND_FAILURE,
        K.TAILINGS_FAILURE,
        K.SPILL,
        K.SECURITY_INCIDENT,
        K.POWER_OUTAGE,
        K.STRIKE,
        K.BLOCKADE,
    }
)
"""Events at a site that others suffer from."""

STOPPAGES = frozenset({K.SUSPENSION, K.CURTAILMENT, K.FORCE_MAJEURE, K.CLOSURE})
"""What a hazard or an incident may lead to."""

ANNOUNCED = frozenset({K.DRILL_RESULTS, K.STUDY_RESULT, K.RESOURCE_ESTIMATE, K.FINANCIAL_RESULTS, K.GUIDANCE_CHANGE})
"""Events that happen by being announced: where the release itself is the announcement, its date is theirs."""

CORPORATE = frozenset(
    {
        K.APPOINTMENT,
        K.DEPARTURE,
        K.FINANCING,
        K.DIVIDEND,
        K.LISTING,
        K.NAME_CHANGE,
        K.SHARE_CONSOLIDATION,
        K.OPTION_GRANT,
        K.FINANCIAL_RESULTS,
        K.GUIDANCE_CHANGE,
        K.MERGER,
    }
)
"""Events of a company: no asset is looked for outside their own clause, and only a day or a month dates them."""

OFFICES = frozenset({K.APPOINTMENT, K.DEPARTURE})
"""Events that befall a person: two persons are two events."""

WORKING = frozenset({K.SUSPENSION, K.CURTAILMENT, K.RESTART, K.STRIKE, K.BLOCKADE, K.FIRST_PRODUCTION, K.COMMERCIAL_PRODUCTION})
"""Events of a working mine or plant, never of its tailings dam."""

EXPLORATION = frozenset({K.DRILLING_START, K.DRILLING_COMPLETE, K.DRILL_RESULTS, K.DISCOVERY, K.RESOURCE_ESTIMATE})
"""Events that may befall a zone or a deposit alone."""

POSSIBLE = frozenset(
    {
        K.SUSPENSION,
        K.CURTAILMENT,
        K.CLOSURE,
        K.RESTART,
        K.STRIKE,
        K.BLOCKADE,
        K.FIRST_PRODUCTION,
        K.CONSTRUCTION_START,
        K.EXPANSION,
        K.FORCE_MAJEURE,
        K.MERGER,
    }
)
"""Kinds of which a mere possibility is news."""

NEGATED = frozenset(
    {K.BLOCKADE, K.TAILINGS_FAILURE, K.SPILL, K.ACCIDENT, K.SUSPENSION, K.CLOSURE, K.STRIKE, K.GUIDANCE_CHANGE, K.FORCE_MAJEURE}
)
"""Kinds of which the denial is news."""

ASIDE = re.compile(
    r",\s+(?:which|who|where)\s(?:[^,;.]|[,.](?=\d)){1,200},(?=\s+(?:was|were|is|are|has|have|had|did|will|suffered|remain\w{0,2})\b)"
)
"""A relative clause between a subject and its verb, which says nothing of what befell it."""

LONG_AGO = dt.timedelta(days=3660)
"""What befell a mine within so long before the release is worth a record where the text names the mine and the date."""

REMEMBERED = HAZARDS | INCIDENTS | {K.SUSPENSION, K.CLOSURE}
"""Kinds of which older cases are told to show how a mine fared."""

INSTANT = (
    HAZARDS - {K.PANDEMIC, K.WILDFIRE}
    | INCIDENTS - {K.STRIKE, K.BLOCKADE, K.POWER_OUTAGE, K.FIRE}
    | {K.PERMIT_GRANTED, K.PERMIT_REFUSED, K.DISCOVERY, K.APPOINTMENT, K.DEPARTURE}
    | ANNOUNCED
)
"""Kinds that are over once they happened: nothing of them goes on."""

DURABLE = frozenset({K.STRIKE, K.BLOCKADE, K.PANDEMIC, K.SUSPENSION, K.CLOSURE, K.FORCE_MAJEURE, K.FLOOD, K.WILDFIRE, K.EXTREME_WEATHER})
"""Kinds that last: several days may date one of them."""

UPKEEP = re.compile(
    r"""\b(?:planned|scheduled|routine|regular|annual|preventative|preventive)\s+(?:\w{1,15}\s+){0,2}(?:maintenance|shut-?\s?downs?|repairs?|upgrades?)\b
      | \bshut-?\s?downs?\s+for\s+maintenance\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A stoppage that belongs to normal work: it leaves no state and is no harm."""

UNPLANNED = HAZARDS | INCIDENTS - {K.STRIKE, K.BLOCKADE, K.POWER_OUTAGE} | {K.INFRASTRUCTURE_DAMAGE}
"""Kinds that nobody plans."""


def is_news(kind: K, modality: Modality) -> bool:
    """Whether an event of this kind and modality is worth a record."""
    if modality is Modality.POSSIBLE:
        return kind in POSSIBLE
    if modality is Modality.PLANNED:
        return kind not in UNPLANNED
    return modality is not Modality.NEGATED or kind in NEGATED
