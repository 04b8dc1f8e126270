"""Link events: every real event of the release once, however often it is named."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import compress

from minenews.marks.page import Page, Sentence, Stretch
from minenews.models import Event, EventKind, Evidence, Modality, PeriodValue, Precision, TargetKind
from minenews.records.casualties import count_people
from minenews.records.earthquakes import read_earthquake
from minenews.records.event_kinds import ANNOUNCED, CORPORATE, DURABLE, HAZARDS, INCIDENTS, STOPPAGES, is_history
from minenews.records.event_mentions import EventMention, find_event_mentions
from minenews.records.field import is_about_mining
from minenews.records.impacts import FoundImpact, link_impacts
from minenews.records.nearby_assets import is_part_of, proper_words
from minenews.records.nearby_places import place_of, place_of_lead

REAL = frozenset({Modality.OCCURRED, Modality.ONGOING})
AHEAD = frozenset({Modality.PLANNED, Modality.POSSIBLE})
ONCE = HAZARDS | {EventKind.DRILL_RESULTS, EventKind.FINANCIAL_RESULTS, EventKind.DISCOVERY}
"""Kinds of which the mentions at different assets are one event."""

ENDING = frozenset({EventKind.STRIKE, EventKind.BLOCKADE})
"""Kinds that go on until the text says that they ended."""

FIRST = re.compile(r"\b(?:first|inaugural|maiden)\b", re.IGNORECASE)
"""Words of a first pour or shipment, which the start of mining before it does not date."""

ENDED = re.compile(
    r"\b(?:ended|ends|(?:conclusion|end|resolution)\s+of|resum(?:ed|es|ption)|restart(?:ed|s)|(?:came\s+to|brought\s+to)\s+an\s+end|lifted|resolved|over|settled|lasted|concluded|called\s+off|(?:returned|return)\s+to\s+work|\w{2,8}-(?:day|week|month)(?:-long)?\s+(?:\w{1,12}\s+){0,2}(?:strike|stoppage|walkout))\b",
    re.IGNORECASE,
)

LASTING = frozenset(
    {
        EventKind.GUIDANCE_CHANGE,
        EventKind.SUSPENSION,
        EventKind.CLOSURE,
        EventKind.STRIKE,
        EventKind.BLOCKADE,
        EventKind.COMMISSIONING,
        EventKind.EXPANSION,
        EventKind.FINANCING,
    }
)
"""Kinds that once real stay so: "operations will remain suspended" tells of the same suspension."""

BROUGHT = HAZARDS | INCIDENTS | STOPPAGES | {EventKind.INFRASTRUCTURE_DAMAGE}
"""What happens on the day of a hazard or an incident, or begins on it."""

OTHER_TIME = re.compile(
    r"\b(?:earlier|(?<!minutes\s)(?<!hours\s)later|previous(?:ly)?|last\s+(?:week|month|year)|since|(?:days?|weeks?|months?|years?)\s+(?:ago|before|after|earlier|later)|(?:19|20)\d\d|in\s+(?:recent|prior))\b",
    re.IGNORECASE,
)
"""Words that place an event at a time of its own."""

WEEKS = dt.timedelta(days=45)
"""How far apart the days may lie that date one lasting event."""


@dataclass
class Group:
    """The mentions of one event."""

    mentions: list[EventMention]
    dates: list[Stretch] = field(default_factory=list)

    @property
    def first(self) -> EventMention:
        return self.mentions[0]

    @property
    def telling(self) -> EventMention:
        """The mention that fixes the modality: the first whose words do, else the first."""
        real = [m for m in self.mentions if m.modality in REAL] if self.first.kind in LASTING else []
        return next((m for m in real or self.mentions if not m.plain), (real or self.mentions)[0])

    @property
    def assets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for m in self.mentions for a in m.named_assets)) or self.first.assets


def link_events(page: Page) -> tuple[Event, ...]:
    """The events of a release, in the order in which they are first named."""
    if not is_about_mining(page):
        return ()
    groups = [g for g in group_mentions(find_event_mentions(page)) if not all(m.weak for m in g.mentions)]
    groups.sort(key=lambda g: g.first.start)
    impacts = link_impacts(
        page,
        [
            (
                g.first.kind,
                g.telling.modality,
                [] if _is_old(page, g) else [m.sentence for m in g.mentions],
                any(m.lead for m in g.mentions),
            )
            for g in groups
        ],
    )
    kept = [not _is_told_as_impact(g, impacts) for g in groups]
    groups, impacts = list(compress(groups, kept)), list(compress(impacts, kept))
    _inherit_dates(page, groups)
    events = [_event(page, f"e{n}", group, found) for n, (group, found) in enumerate(zip(groups, impacts, strict=True), start=1)]
    return tuple(
        _with_cause(page, event, group, list(zip(events, groups, strict=True))) for event, group in zip(events, groups, strict=True)
    )


def _is_told_as_impact(group: Group, impacts: list[tuple[FoundImpact, ...]]) -> bool:
    """Whether "nobody was injured" is what a flood or a fire did, rather than news of its own."""
    if group.first.kind is not EventKind.ACCIDENT or group.telling.modality is not Modality.NEGATED:
        return False
    spared = [e for found in impacts for i in found if i.impact.target_kind is TargetKind.PEOPLE for e in i.evidence]
    return all(any(m.sentence.start <= e.start < m.sentence.end for e in spared) for m in group.mentions)


def group_mentions(mentions: list[EventMention]) -> list[Group]:
    """Mentions of one event together; strong mentions first, so that a heading joins what the body tells."""
    groups: list[Group] = []
    for mention in sorted(mentions, key=lambda m: (m.weak, m.plain and m.date is None, m.start)):
        group = min((g for g in groups if _same(g, mention)), key=lambda g: _distance(g, mention), default=None)
        if group is None:
            groups.append(Group([mention], [mention.date] if mention.date else []))
            continue
        group.mentions.append(mention)
        group.mentions.sort(key=lambda m: m.start)
        if mention.date:
            group.dates.append(mention.date)
    return groups


def _is_old(page: Page, group: Group) -> bool:
    """Whether an event happened so long before the release that its effects are no news."""
    ends = [d.value.end for d in group.dates if d.value.end is not None]
    return is_history(page, ends)


def _inherit_dates(page: Page, groups: list[Group]) -> None:
    """Date what a hazard or an incident brought about by the day on which that happened.

    An undated event takes the date of the one that its own sentence dates, else of the last one that the same paragraph dates before it.
    """
    dated = [
        (m, min(g.dates, key=_length))
        for g in groups
        if g.first.kind in HAZARDS | INCIDENTS and g.telling.modality in REAL and g.dates
        for m in g.mentions
    ]
    dated = [(m, date) for m, date in dated if date.value.precision is Precision.DAY]
    for group in groups:
        if group.dates or group.telling.modality not in REAL or group.first.kind not in BROUGHT:
            continue
        for mention in group.mentions:
            before = [
                (m.sentence.start, date)
                for m, date in dated
                if m.sentence.start <= mention.start
                and (m.sentence.block == mention.sentence.block or (m.lead and m.kind in HAZARDS and not mention.date))
            ]
            if before and not _has_own_time(page, mention):
                group.dates.append(max(before, key=lambda pair: pair[0])[1])
                break


def _has_own_time(page: Page, mention: EventMention) -> bool:
    """Whether the sentence of a mention names a time other than the one to inherit, so that nothing is inherited."""
    return OTHER_TIME.search(page.text, mention.sentence.start, mention.sentence.end) is not None


def _distance(group: Group, mention: EventMention) -> tuple[int, int]:
    """How far a mention stands from a group: what is told before it comes first, then what follows it."""
    before = [mention.start - m.start for m in group.mentions if m.start <= mention.start]
    return (0, min(before)) if before else (1, min(m.start - mention.start for m in group.mentions))


def _same(group: Group, mention: EventMention) -> bool:
    """Whether a mention tells of the event of a group."""
    first = group.first
    if first.kind is not mention.kind:
        return False
    if first.regional != mention.regional and (first.kind is not EventKind.FATALITY or first.assets or mention.assets):
        return False
    people = {name for m in group.mentions for name in m.people}
    if people and mention.people and people.isdisjoint(mention.people):
        return False
    telling = group.telling
    both = {telling.modality, mention.modality}
    possible = first.kind not in ENDING and mention.modality is not telling.modality and Modality.POSSIBLE in both
    lasting = first.kind in LASTING and not possible and (first.kind in ENDING or not (mention.date and group.dates))
    if not (mention.plain or telling.plain or lasting or len(both) == 1 or both <= REAL or both <= AHEAD):
        return False
    slack = WEEKS if first.kind in DURABLE else dt.timedelta(0)
    if mention.date and group.dates and not any(_overlap(mention.date, d, slack) for d in group.dates):
        return False
    if first.kind in ONCE and mention.modality in REAL:
        return True
    named = [a for m in group.mentions for a in m.assets]
    own = mention.named_assets if first.kind in INCIDENTS and not mention.date else mention.assets
    return not named or not own or any(_kin(a, b) for a in named for b in own)


def _kin(one: str, other: str) -> bool:
    """Whether two asset names are one, or one a part of the other."""
    return one == other or proper_words(one) == proper_words(other) or is_part_of(one, other) or is_part_of(other, one)


def _overlap(one: Stretch, other: Stretch, slack: dt.timedelta) -> bool:
    a, b, c, d = one.value.start, one.value.end, other.value.start, other.value.end
    return a is None or b is None or c is None or d is None or (a <= d + slack and c <= b + slack)


def _event(page: Page, name: str, group: Group, impacts: tuple[FoundImpact, ...]) -> Event:
    """The record of a group."""
    telling = group.telling
    kind, modality = telling.kind, telling.modality
    if (
        kind is EventKind.STRIKE
        and modality is Modality.OCCURRED
        and not _is_old(page, group)
        and not any(ENDED.search(page.text, m.sentence.start, m.sentence.end) for m in group.mentions)
    ):
        modality = Modality.ONGOING
    evidence = [page.evidence("kind", m.start, m.end, m.rule) for m in group.mentions]
    date = _date_of(page, group, evidence)
    details = None
    assets = group.assets
    named_place = max((m.place for m in group.mentions if m.place), key=len, default=None)
    asset_place = place_of(page, assets)
    place = asset_place if asset_place and (not named_place or named_place in asset_place) else named_place
    if place is None and kind not in CORPORATE | HAZARDS:
        place = place_of_lead(page)
    if kind is EventKind.EARTHQUAKE:
        details, found = read_earthquake(page, _with_next(page, [m.sentence for m in group.mentions]))
        evidence += found
        place = details.epicentre if details and details.epicentre else place
    elif kind in (EventKind.FATALITY, EventKind.ACCIDENT):
        details, found = count_people(page, kind, [m.sentence for m in group.mentions])
        evidence += found
    evidence += [e for impact in impacts for e in impact.evidence]
    hit = tuple(i.impact.target for i in impacts if i.is_asset)
    if kind in HAZARDS | INCIDENTS:
        assets = tuple(dict.fromkeys(assets + hit))
    return Event(
        id=name,
        kind=kind,
        modality=modality,
        date=date,
        place=place,
        assets=assets,
        companies=tuple(dict.fromkeys(c for m in group.mentions for c in m.companies)),
        impacts=tuple(i.impact for i in impacts),
        details=details,
        as_written=page.written(telling.start, telling.end),
        evidence=tuple(evidence),
    )


def _with_next(page: Page, sentences: list[Sentence]) -> list[Sentence]:
    """Sentences, each with the two that follow it in its block, those that name the event first."""
    following: list[Sentence] = []
    for sentence in sentences:
        place = page.sentences.index(sentence)
        following += [s for s in page.sentences[place + 1 : place + 3] if s.block == sentence.block]
    return list(dict.fromkeys(sentences + following))


def _date_of(page: Page, group: Group, evidence: list[Evidence]) -> PeriodValue | None:
    """The shortest date of the mentions; for an announcement of this release the release's own date."""
    dates = group.dates
    if telling_first := [
        m for m in group.mentions if group.first.kind is EventKind.FIRST_PRODUCTION and FIRST.search(page.text, m.start, m.end)
    ]:
        dates = [m.date for m in telling_first if m.date]
    if page.released and group.telling.modality in REAL and group.first.kind not in CORPORATE:
        dates = [d for d in dates if d.value.start is None or d.value.start <= page.released]
    if dates:
        best = min(dates, key=lambda d: (_length(d), d is not group.telling.date, d.value.start or dt.date.max))
        evidence.append(page.evidence("date", best.start, best.end, best.rule))
        return best.value
    released = page.released
    if (
        released
        and group.first.kind in ANNOUNCED
        and group.telling.modality is Modality.OCCURRED
        and (any(m.lead for m in group.mentions) or group.first.kind is EventKind.GUIDANCE_CHANGE)
    ):
        return PeriodValue(start=released, end=released, precision=Precision.DAY, label=released.isoformat())
    return None


def _length(stretch: Stretch) -> int:
    start, end = stretch.value.start, stretch.value.end
    return (end - start).days if start and end else 10**6


def _with_cause(page: Page, event: Event, group: Group, all_events: list[tuple[Event, Group]]) -> Event:
    """The event with the hazard or incident that one of its sentences names as its cause."""
    if event.kind not in STOPPAGES | INCIDENTS | {EventKind.INFRASTRUCTURE_DAMAGE, EventKind.GUIDANCE_CHANGE}:
        return event
    for other, its in all_events:
        if other is event or other.kind not in HAZARDS | INCIDENTS or other.modality not in REAL:
            continue
        if any(_caused(page, m, c) for m in group.mentions for c in its.mentions if m.sentence == c.sentence):
            return event.model_copy(update={"cause": other.id})
    return event


def _caused(page: Page, effect: EventMention, cause: EventMention) -> bool:
    """Whether a causal word leads from one mention to the other in their sentence."""
    if effect.end <= cause.start:
        between = page.text[effect.end : cause.end].lower()
        return any(
            word in between
            for word in (
                " due to",
                " caused by",
                " because of",
                " result of",
                " following",
                " after",
                " by ",
                " owing to",
                " in response to",
                " from ",
            )
        )
    between = page.text[cause.end : effect.start].lower()
    return any(
        word in between for word in (" caused", " led to", " leading to", " forced", " forcing", " resulted in", " resulting in", " which ")
    )
