"""Resource and reserve statements said in prose, bullets and headlines, joined with those of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minenews.marks.page import Page, Sentence, within
from minenews.marks.quantities import commodity_of
from minenews.models import Contained, Evidence, Grade, Resource, ResourceCategory
from minenews.records.categories import HISTORIC, NOUN, Category, find_categories
from minenews.records.metals import PRECIOUS, sole_metal
from minenews.records.resource_scope import ResourceScope
from minenews.records.resource_tables import resources_of_tables
from minenews.records.same_resource import join_resources
from minenews.records.scope import asset_for
from minenews.records.tonnages import BULK, Amount, Figure, find_amounts, follows_amount
from minenews.tables.grid import Grid

RULE = "resource_statement"
SPEAKS = re.compile(r"resource|reserve|estimate|\bmre\b|indicated|inferred|measured|probable|proven|m\s?&\s?i|2p|p&p")
"""Words of which one must stand in the lower case of a statement: a cheap test."""
SPEAKING = "resource", "reserve", "estimate", "mre", "indicated", "inferred", "measured", "probable", "proven", "&", "2p"
"""The same for a whole release, cheaper still."""

TARGET = re.compile(r"\b(?:exploration\s+(?:targets?|potential)|conceptual)\b")
"""The same for a line that announces an exploration target."""
RESTATED = re.compile(
    r"\s*(?:This|These|It|Which)\s+(?:[a-z]+\s+){0,2}(?:translates?|equates?|equals?|corresponds?|represents?|contains?|amounts?)\b"
)
"""The start of a sentence that says the last statement again in contained metal."""

NOUN_TO_AMOUNT = re.compile(
    r"""\s*(?:estimates?|statement|base|inventory|endowment|figure)? [\s,]*
        (?: (?: of | is | are | totals? | totall?ing | total | stands? | standing | at | now | has | have | been | contains?
            | containing | contained | estimated | consists? | consisting | comprises? | comprising | includes?
              | hosts? | hosting | currently | a | an | the | in | for | to | with | approximately | about | some | over | grown
                  | rise[ns]? | rose | increases? | increased | upgraded | doubled | [0-9]{1,3}% | by | reported | more | than
              | gold | silver | copper | lithium | uranium | zinc | nickel | ore | JORC | compliant | 43-101 | NI | global | which
                  | that | categor(?:y|ies) | new | maiden | updated | sits? | boasts? | amounts? | excess | as | holds?
              | and | situ | in-situ | of\s+ore | substantial | significant | combined | approximately | just | under | on | its
                  | contain | measuring | measures | estimate | project | deposit | prospect | property | mine | equal | categories
                  | classification | mineable | minable | [:(\-–“"*~®] | [0-9]\b
            ) [\s,]* ){0,14} $""",
    re.VERBOSE | re.IGNORECASE,
)
"""What may stand between "resource" or a category and the amount that it has."""

AMOUNT_TO_NOUN = re.compile(
    r"[\s,-]{0,2}(?:(?:of|in|as|a|the|new|maiden|current|gold|silver|copper|lithium|uranium|total|global|contained|JORC|NI|43-101|compliant|2012|SAMREC|open|pit|in-pit|proven|initial|existing)[\s-]){0,6}$",
    re.IGNORECASE,
)
ZONE = re.compile(
    r"\b(?P<zone>open[\s-]pit|underground|in-?pit|pit-constrained|heap[\s-]leach|oxide|sulphide|sulfide|tailings|stockpile)s?\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Statement:
    """An amount with its category, before it is a record."""

    amount: Amount
    kind: str
    category: ResourceCategory
    spans: list[tuple[str, int, int]]
    sentence: Sentence


def link_resources(page: Page, grids: tuple[Grid, ...] = ()) -> tuple[Resource, ...]:
    """All lines of resource and reserve statements of a release, one record each."""
    records = []
    scope = ResourceScope(page)
    for statement in _statements(page, scope):
        record = _record(page, statement, scope)
        if record is not None:
            records.append(record)
    return join_resources(records, resources_of_tables(page, grids))


def _statements(page: Page, scope: ResourceScope) -> list[Statement]:
    if not any(word in page.lowered for word in SPEAKING):
        return []
    may_target = TARGET.search(page.lowered) is not None
    found: list[Statement] = []
    targeted = False  # below a line that announces an exploration target
    for sentence in page.sentences:
        block = page.layout.blocks[sentence.block]
        if block.section != "body" or block.kind == "table":
            continue
        text, lowered = page.text[sentence.start : sentence.end], page.lowered[sentence.start : sentence.end]
        target = may_target and TARGET.search(lowered) is not None
        if target or (targeted and block.kind == "bullet"):
            targeted = True
            continue
        targeted = False
        if found and found[-1].sentence.block == sentence.block and RESTATED.match(text):
            _add_metal(page, sentence, found[-1])
        elif SPEAKS.search(lowered) is not None:
            found += _of_sentence(page, sentence, scope)
    return found


def _add_metal(page: Page, sentence: Sentence, statement: Statement) -> None:
    """Take up contained metal that the next sentence gives: "This equates to 1.2 million ounces of gold." """
    if find_categories(page.text, sentence.start, sentence.end):
        return
    for amount in find_amounts(page, sentence.start, sentence.end, ()):
        for figure in () if amount.grades else (*([amount.tonnes] if amount.tonnes else []), *amount.contained):
            metal = replace(
                figure,
                kind="C",
                commodity=figure.commodity or _metal_before(page, sentence, figure, 40) or _metal(page, statement.amount, figure),
            )
            if metal.commodity is not None and statement.amount.takes(metal):
                statement.amount.contained.append(metal)


def _of_sentence(page: Page, sentence: Sentence, scope: ResourceScope) -> list[Statement]:
    text, start, end = page.text, sentence.start, sentence.end
    categories = find_categories(text, start, end)
    nouns = [m.span("noun") for m in NOUN.finditer(text, start, end)]
    if not categories and not nouns and ESTIMATE.search(text, start, end) is None:
        return []
    found: list[Statement] = []
    used: set[int] = set()  # categories that follow their amount
    floor = start
    for amount in find_amounts(page, start, end, categories):
        category = amount.inside or next(
            (c for c in within(categories, amount.end, amount.end + 110) if follows_amount(text, amount.end, c.start)), None
        )
        if category is not None:
            used.add(category.start)
        else:
            before = [c for c in within(categories, amount.start - 330, amount.start) if c.start not in used]
            category = before[-1] if before and _leads(text, before[-1].end, amount.start, floor) else None
        noun = _noun_of(page, amount, nouns) or _estimate_of(text, sentence, amount)
        statement = _statement(page, sentence, amount, category, noun, scope)
        if statement is not None:
            if (
                found
                and found[-1].category is ResourceCategory.HISTORICAL
                and re.fullmatch(r"[\s,;)]*(?:and|plus|as well as)\s+(?:an?\s)?", text[floor : amount.start])
            ):
                statement.category = ResourceCategory.HISTORICAL
            found.append(statement)
        floor = amount.end
    return found


def _leads(text: str, start: int, end: int, floor: int) -> bool:
    """Whether a category said before an amount still governs it: no other whole and no new clause between."""
    gap = text[max(start, floor if floor > start else start) : end]
    between = text[start:end]
    if floor > start and NOUN.search(gap):
        return False  # Probable Reserves of 2 Mt and Resources of 3 Mt
    if len(between) > 260 or re.search(r";|\b(?:while|whereas|however)\b", gap):
        return False
    return not re.search(r"\b(?:total|combined|global|overall)\s+(?:\w+\s+){0,2}(?:resources?|reserves?)\b", between, re.IGNORECASE)


def _noun_of(page: Page, amount: Amount, nouns: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The noun that an amount without category hangs on: "a resource of 45 Mt", "a 1.7 million-ounce gold reserve"."""
    text = page.text
    place = bisect_left(nouns, (amount.start, 0))
    before = [n for n in nouns[max(0, place - 1) : place] if n[1] <= amount.start]
    if before and amount.start - before[-1][1] <= 160 and NOUN_TO_AMOUNT.fullmatch(_without_assets(page, before[-1][1], amount.start)):
        return before[-1]
    place = bisect_left(nouns, (amount.end, 0))
    after = nouns[place] if place < len(nouns) else None
    if (
        after is not None
        and after[0] - amount.end <= 50
        and AMOUNT_TO_NOUN.fullmatch(text[amount.end : after[0]])
        and " of the " not in text[amount.end : after[0]]
    ):
        return after
    return None


def _without_assets(page: Page, start: int, end: int) -> str:
    """The text between, names of assets and places blanked out."""
    gap = page.text[start:end]
    for mention in (*within(page.asset_mentions, start, end), *within(page.place_mentions, start, end)):
        gap = gap[: mention.start - start] + " " * (mention.end - mention.start) + gap[mention.end - start :]
    return gap


MOVEMENT = re.compile(
    r"\b(?:increase|decrease|change|growth|reduction|gain|loss)s?\s+(?:of|in|to)\s+(?:the\s+|total\s+|our\s+|its\s+)?$", re.IGNORECASE
)
FAR = 300
"""How far around an amount its sentence is read, in characters."""

ESTIMATE = re.compile(r"\b(?:mineral\s+|ore\s+)?(?:resources?|reserves?|estimates?)\b", re.IGNORECASE)
OUTPUT = re.compile(
    r"\b(?:mined|mining|milled|mill|processed|processing|produced|production|throughput|feed|treated|crushed|stacked|hauled|plan|schedule)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:defining|delineat\w+|delivery\s+of|milestones?|upon|if|aims?|aiming|target\w*|goal|objective|potential\w*|seeks?)\b",
    re.IGNORECASE,
)


def _estimate_of(text: str, sentence: Sentence, amount: Amount) -> tuple[int, int] | None:
    """The word "resource" or "estimate" anywhere before a tonnage with its grade, in a sentence that speaks of no output."""
    if (
        amount.tonnes is None
        or not amount.grades
        or amount.tonnes.value < 10_000
        or OUTPUT.search(text, max(sentence.start, amount.start - FAR), min(sentence.end, amount.end + FAR))
    ):
        return None
    match = ESTIMATE.search(text, max(sentence.start, amount.start - FAR), amount.start)
    return match.span() if match else None


RESERVES = (ResourceCategory.PROVEN, ResourceCategory.PROBABLE, ResourceCategory.PROVEN_AND_PROBABLE)


METAL_STOCK = re.compile(r"(?P<metal>[a-z]+)\s(?:mineral\s)?(?:reserves?|resources?)\b[^.;,]{0,60}$")
"""A metal before "reserves", at the end of what stands before their tonnes."""


def _may_be_metal(page: Page, sentence: Sentence, amount: Amount) -> bool:
    """Whether tonnes may be tonnes of metal or of ore: copper reserves of 5.6 million tonnes at 0.39%."""
    if amount.tonnes is None or amount.tonnes.commodity or any(f.commodity for f in (*amount.grades, *amount.contained)):
        return False
    if any(grade.unit != "%" for grade in amount.grades):
        return False
    match = METAL_STOCK.search(page.lowered, max(sentence.start, amount.start - 90), amount.start)
    metal = commodity_of(match["metal"]) if match else None
    return metal is not None and metal not in BULK and metal not in PRECIOUS


def _statement(
    page: Page, sentence: Sentence, amount: Amount, category: Category | None, noun: tuple[int, int] | None, scope: ResourceScope
) -> Statement | None:
    text = page.text
    if amount.least and CONDITION.search(text, max(sentence.start, amount.start - FAR), amount.start):
        return None  # upon defining at least 8 million tonnes
    if _may_be_metal(page, sentence, amount):
        return None
    spans: list[tuple[str, int, int]] = []
    if category is not None:
        term, kind = category.category, "reserve" if category.category in RESERVES else "resource"
        spans.append(("category", category.start, category.end))
        if term is ResourceCategory.TOTAL and re.match(r"[^.;]{0,30}\breserves?\b", text[category.end : category.end + 40], re.IGNORECASE):
            kind = "reserve"
    elif noun is not None:
        term, kind = ResourceCategory.TOTAL, "reserve" if "reserve" in text[noun[0] : noun[1]].lower() else "resource"
        spans.append(("kind", *noun))
    else:
        return None
    around = category or (Category(noun[0], noun[1], term) if noun else None)
    assert around is not None
    first = min(around.start, amount.start)
    if MOVEMENT.search(text, max(sentence.start, first - 50), first):
        return None  # the absolute increase of Indicated resources was 357,000 ounces
    historic = HISTORIC.search(text, max(sentence.start, first - 75), max(around.end, first))
    old = historic.span() if historic and not re.search(r"[;,.](?![0-9])", text[historic.end() : around.start]) else None
    if old is None and category is None:
        old = scope.historical(sentence)
    if old is not None:
        term = ResourceCategory.HISTORICAL
        spans.append(("category", *old))
    return Statement(amount, kind, term, spans, sentence)


# --- records -----------------------------------------------------------------------------------------------------


def _record(page: Page, statement: Statement, scope: ResourceScope) -> Resource | None:
    amount = statement.amount
    grades = tuple(
        Grade(commodity=metal, value=g.value, unit=g.unit)
        for g in amount.grades
        if (metal := g.commodity or _metal(page, amount, g)) is not None
    )
    contained = tuple(
        Contained(commodity=metal, value=c.value, unit=c.unit)
        for c in amount.contained
        if (metal := c.commodity or _metal(page, amount, c)) is not None
    )
    if amount.tonnes is None and not contained:
        return None
    evidence: list[Evidence] = [page.evidence(slot, start, end, RULE) for slot, start, end in statement.spans]
    if amount.tonnes is not None:
        evidence.append(page.evidence("tonnes", amount.tonnes.start, amount.tonnes.end, RULE))
    evidence += [page.evidence("grades", g.start, g.end, RULE) for g in amount.grades]
    evidence += [page.evidence("contained", c.start, c.end, RULE) for c in amount.contained]
    cutoff = scope.cutoff(statement.sentence, amount.end)
    standard = scope.standard(statement.sentence)
    effective = scope.effective_date(statement.sentence)
    zone = ZONE.search(page.text, max(statement.sentence.start, amount.start - 90), amount.start)
    for slot, span in (
        ("cutoff", cutoff),
        ("standard", standard[1] if standard else None),
        ("effective_date", effective[1] if effective else None),
    ):
        if span is not None:
            evidence.append(page.evidence(slot, *span, RULE))
    if zone is not None:
        evidence.append(page.evidence("zone", *zone.span("zone"), RULE))
    return Resource(
        id="r0",
        kind="reserve" if statement.kind == "reserve" else "resource",
        category=statement.category,
        tonnes=amount.tonnes.value if amount.tonnes else None,
        grades=grades,
        contained=contained,
        asset=asset_for(page, amount.start, amount.end),
        zone=page.written(*zone.span("zone")).lower() if zone else None,
        cutoff=page.written(*cutoff) if cutoff else None,
        standard=standard[0] if standard else None,
        effective_date=effective[0] if effective else None,
        evidence=tuple(evidence),
    )


def _metal(page: Page, amount: Amount, figure: Figure) -> str | None:
    """The metal of a figure that names none: that of the other figures of the amount, else the only one of the release."""
    others = [f.commodity for f in (*amount.grades, *amount.contained, *([amount.tonnes] if amount.tonnes else [])) if f.commodity]
    precious = [metal for metal in others if metal.split("_")[0] in ("gold", "silver", "platinum", "palladium")]
    wanted = precious if figure.unit in ("oz", "g/t", "oz/st") else others
    if wanted:
        return wanted[0]
    sentence = page.sentence_at(figure.start)
    return (_metal_before(page, sentence, figure, 110) if sentence else None) or sole_metal(page, figure.unit)


def _metal_before(page: Page, sentence: Sentence, figure: Figure, reach: int) -> str | None:
    """The last metal named in the `reach` characters before a figure that such a figure can be of."""
    named = [w.key for w in within(page.words, max(sentence.start, figure.start - reach), figure.start) if w.label == "commodity"]
    if figure.unit in ("oz", "g/t", "oz/st"):
        named = [metal for metal in named if metal.split("_")[0] in ("gold", "silver", "platinum", "palladium")]
    return named[-1] if named else None
