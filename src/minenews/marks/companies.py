"""Companies: namings, tickers and aliases of one company joined, the issuer told from the others, every mention found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from minenews.marks.aliases import FORMER, Alias, find_aliases, find_header_aliases
from minenews.marks.company_names import Naming, bare_name, find_namings, fold_name
from minenews.marks.flow import fold_signs
from minenews.marks.issuer import find_issuer
from minenews.marks.names import load_words
from minenews.marks.page import Mention
from minenews.marks.tickers import Listing, find_tickers
from minenews.models import Company, Evidence, Ticker
from minenews.text.layout import Layout

SHORTEST_SHORT_FORM = 4  # characters
SHORTEST_BARE = 5
LISTING_WORD = re.compile(r"[A-Z]{2}[\w.-]*|[^A-Za-z]|(?:Symbol|Code|Trading|Ticker)s?")
TICKER_REACH = 400  # characters


@dataclass
class Party:
    """All that the text says of one company; `sections` are those in which it is named."""

    key: str
    namings: list[Naming] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    introduced: set[int] = field(default_factory=set)  # ends of namings with an alias or a listing behind

    @property
    def best(self) -> Naming:
        """The fullest form written; mixed case before capitals, a legal form before none."""
        return max(
            self.namings,
            key=lambda n: (
                n.text not in self.former,
                n.rule == "company.legal_form",
                not n.text.isupper(),
                n.end in self.introduced,
                len(n.text),
                -n.start,
            ),
        )

    @property
    def kind(self) -> str:
        return next((naming.kind for naming in self.namings if naming.kind != "company"), "company")

    @property
    def has_form(self) -> bool:
        return any(naming.rule == "company.legal_form" for naming in self.namings)

    @property
    def first(self) -> int:
        return min(naming.start for naming in self.namings)


def find_companies(text: str, doc: object, layout: Layout) -> tuple[tuple[Mention, ...], tuple[Company, ...]]:
    """The mentions and the records of the companies of a release, in reading order.

    `doc` may be a spaCy Doc with the text; it is not needed, since names are found by shape in the text itself.
    """
    del doc
    flow = fold_signs(text)
    listings = find_tickers(text)
    parties = _join(flow, find_namings(flow, listings))
    _add_header_aliases(flow, parties)
    _add_bare_names(flow, parties)
    _give_listings(flow, listings, parties)
    issuer = find_issuer(flow, layout, parties)
    if issuer is not None and issuer not in parties:
        parties = _with_issuer(issuer, parties)
    parties = [party for party in parties if party is issuer or _is_recorded(party, layout)]
    if issuer is not None:
        _claim_rest(text, listings, parties, issuer)
    mentions = _mentions(text, flow, parties, issuer)
    return mentions, tuple(_record(text, party, issuer) for party in sorted(parties, key=lambda party: party.first))


def _join(flow: str, namings: Iterable[Naming]) -> list[Party]:
    """Namings of one company joined: equal but for legal form and plural, defined as alias, or the beginning of a longer name."""
    parties: dict[str, Party] = {}
    by_alias: dict[str, Party] = {}
    for naming in namings:
        key = fold_name(naming.text)
        if not key:
            continue
        party = parties.get(key) or by_alias.get(key)
        if party is None:
            party = parties[key] = Party(key)
        party.namings.append(naming)
        for alias in find_aliases(flow, naming.end, naming.text):
            party.introduced.add(naming.end)
            if all(alias.text != known.text for known in party.aliases):
                party.aliases.append(alias)
            if not alias.own:
                by_alias.setdefault(fold_name(alias.text), party)
        if former := FORMER.match(flow, naming.end):
            party.former.append(" ".join(former["name"].split()))
            by_alias.setdefault(fold_name(former["name"]), party)
    return _merged(parties, by_alias)


HEADER_REACH = 600  # characters
LONG_LINE = re.compile(r"[^\n]{140}")


def _add_header_aliases(flow: str, parties: Sequence[Party]) -> None:
    """Aliases on a line of their own to the company named last above, where only short lines of the header stand between."""
    for start, aliases in find_header_aliases(flow):
        above = [(naming.end, party) for party in parties if party.has_form for naming in party.namings if naming.end < start]
        end, owner = max(above, key=lambda item: item[0], default=(0, None))
        if owner is None or owner.aliases or start - end > HEADER_REACH or LONG_LINE.search(flow, end, start):
            continue
        owner.aliases.extend(aliases)


def _add_bare_names(flow: str, parties: Sequence[Party]) -> None:
    """The places where a company is named by its name without legal form, or by a defined alias that is no common word."""
    owners: dict[str, Party] = {}
    for party in parties:
        if party.kind != "company":
            continue
        for written in [naming.text for naming in party.namings if naming.rule == "company.legal_form"]:
            bare = bare_name(written)
            if bare and (" " in bare or (len(bare) >= SHORTEST_BARE and bare.casefold() not in load_words("generic") | load_words("weak"))):
                owners.setdefault(bare, party)
    if not owners:
        return
    taken = {place for party in parties for naming in party.namings for place in range(naming.start, naming.end)}
    ordered = sorted(owners, key=lambda form: (-len(form), form))
    for match in re.finditer(r"(?<![\w&-])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w&-])", flow):
        if match.start() not in taken and not _names_asset(flow, match.end()):
            owners[match[0]].namings.append(Naming(match.start(), match.end(), match[0], "company.bare_name"))


def _merged(parties: dict[str, Party], by_alias: dict[str, Party]) -> list[Party]:
    """Short forms given to the longer name that they begin; a name with a legal form of its own stays apart."""
    for key in sorted(parties, key=lambda key: (len(key), key)):
        party = parties[key]
        owner = by_alias.get(key)
        if (owner is None or owner is party) and not party.has_form:
            sure = party.namings[0].rule in ("company.known", "company.before_role")
            longer = [
                other
                for k, other in parties.items()
                if other is not party and (k.startswith(key + " ") or (sure and other.has_form and k.endswith(" " + key)))
            ]
            owner = min(longer, key=lambda other: (not other.has_form, not other.listings, other.first), default=None)
            if owner and len(key.split()) == 1 and not sure and not (owner.has_form or owner.aliases):
                owner = None
        if owner is None or owner is party or (owner.key not in parties):
            continue
        owner.namings.extend(party.namings)
        owner.introduced |= party.introduced
        owner.aliases.extend(alias for alias in party.aliases if all(alias.text != known.text for known in owner.aliases))
        del parties[key]
    return list(parties.values())


def _give_listings(flow: str, listings: Sequence[Listing], parties: Sequence[Party]) -> None:
    """Each listing to the company whose name stands before its parenthesis."""
    parties = [party for party in parties if party.kind == "company"]
    ends = sorted((naming.end, party.key) for party in parties for naming in party.namings)
    starts = sorted((naming.start, party.key) for party in parties for naming in party.namings)
    by_key = {party.key: party for party in parties}
    for listing in listings:
        last = bisect_right(ends, (listing.start, ""))
        near = [end for end in ends[max(0, last - 6) : last] if listing.start - end[0] <= TICKER_REACH]
        owner = next((end for end in reversed(near) if _belongs(flow[end[0] : listing.start], listing)), None)
        if owner:
            by_key[owner[1]].listings.append(listing)
            by_key[owner[1]].introduced.add(owner[0])
            continue
        following = bisect_left(starts, (listing.end, ""))
        if following < len(starts) and AHEAD.fullmatch(flow, listing.end, starts[following][0]):
            by_key[starts[following][1]].listings.append(listing)


def _belongs(between: str, listing: Listing) -> bool:
    """Whether a listing belongs to a name before it: only brackets stand between, or the same line says "under the symbol"."""
    return BRACKETED.fullmatch(between) is not None or (listing.rule == "tickers.under_symbol" and "\n" not in between)


AHEAD = re.compile(r"[ ]?[)\]](?:[ ,;]{0,3}[(\[][^()\[\]\n]{0,60}[)\]]){0,4}[ ]{0,2}[–-]{0,2}[ ]?")
BRACKETED = re.compile(r"(?:'s)?(?:[ ,;:|/&–\n-]|\b[A-Z]{2}:[A-Z.]{1,6}\b|\([^()]{0,200}\))*(?:[(\[][^()\[\]]{0,160})?")


def _with_issuer(issuer: Party, parties: list[Party]) -> list[Party]:
    """The parties with an issuer that was found by its place in the text; what it begins is joined to it."""
    return [issuer, *(party for party in parties if party.key != issuer.key)]


def _claim_rest(text: str, listings: Sequence[Listing], parties: Sequence[Party], issuer: Party) -> None:
    """Listings on lines of their own, or before any company is named, belong to the issuer."""
    given = {id(listing) for party in parties for listing in party.listings}
    left: dict[int, int] = {}  # where a line starts: the letters in it that belong to no listing
    for listing in listings:
        if id(listing) in given:
            continue
        start = text.rfind("\n", 0, listing.start) + 1
        if start not in left:
            left[start] = len(LISTING_WORD.sub("", text[start : (text.find("\n", listing.end) + 1 or len(text) + 1) - 1]))
        if left[start] < 25 and listing.end - listing.start > 4:
            issuer.listings.append(listing)


def section_at(layout: Layout, position: int) -> str:
    """The section of the block that holds a position: body, about, forward_looking or contact."""
    index = bisect_right(layout.blocks, position, key=lambda block: block.start) - 1
    return layout.blocks[index].section if index >= 0 else "body"


def _is_recorded(party: Party, layout: Layout) -> bool:
    """Whether a company becomes a record: no laboratory, wire, exchange, adviser; in boilerplate only with form or ticker."""
    if party.kind != "company":
        return False
    sections = {section_at(layout, naming.start) for naming in party.namings}
    if "body" in sections:
        return True
    return "about" in sections and (party.has_form or bool(party.listings))


def _mentions(text: str, flow: str, parties: Sequence[Party], issuer: Party | None) -> tuple[Mention, ...]:
    """Every place where a company is named, by any of its forms."""
    forms: dict[str, tuple[str, str]] = {}
    spans: dict[tuple[int, int], Mention] = {}
    for party in parties:
        name = _written(text, party.best)
        for naming in party.namings:
            spans[naming.start, naming.end] = Mention(naming.start, naming.end, "company", name, naming.rule)
            forms.setdefault(naming.text, (name, "company.repeated"))
        for alias in party.aliases:
            if not alias.own:
                forms.setdefault(alias.text, (name, "company.alias"))
        if party is issuer and (short := _short_form(flow, party)):
            forms.setdefault(short, (name, "company.short_form"))
    if not forms:
        return ()
    upper = {form.upper(): value for form, value in forms.items() if len(form) > 3}
    known = {**upper, **forms}
    ordered = sorted(known, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(r"\s{1,3}".join(map(re.escape, form.split())) for form in ordered) + r")(?![\w])")
    by_form = {" ".join(form.split()): value for form, value in known.items()}
    covered = sorted(spans)
    for match in pattern.finditer(flow):
        if any(start < match.end() and match.start() < end for start, end in _near(covered, match.start())):
            continue
        name, rule = by_form[" ".join(match[0].split())]
        if rule != "company.repeated" and _names_asset(flow, match.end()):
            continue
        spans[match.start(), match.end()] = Mention(match.start(), match.end(), "company", name, rule)
    return tuple(mention for _, mention in sorted(spans.items()))


def _near(spans: list[tuple[int, int]], position: int) -> list[tuple[int, int]]:
    index = bisect_right(spans, (position, 10**9))
    return spans[max(0, index - 1) : index + 1]


ACTS = re.compile(
    r"'s\b|[ ](?:is|has|will|was|said|announced|reported|owns|expects|plans)\b"
    r"|[ ](?i:announces|reports|provides|closes|completes|intersects|drills|confirms|expands|files|signs|receives|commences|begins)\b"
)
FOLLOWING = re.compile(r"[ ]([A-Z][\w-]+)")


def _names_asset(flow: str, end: int) -> bool:
    """Whether a word like "Project" follows, so that a short form names an asset."""
    following = FOLLOWING.match(flow, end)
    return following is not None and following[1].casefold() in load_words("asset")


def _short_form(flow: str, party: Party) -> str | None:
    """The first words of the issuer's name, where the text uses them alone as a subject or owner."""
    words = party.best.text.split()
    for size in (3, 2, 1):
        short = " ".join(words[:size])
        if len(words) <= size or fold_name(short) == party.key or len(short) < SHORTEST_SHORT_FORM:
            continue
        if size == 1 and short.casefold() in load_words("generic") | load_words("breaker"):
            continue
        if _acts(flow, short):
            return short
    return None


def _acts(flow: str, short: str) -> bool:
    """Whether a short form stands somewhere as a subject or an owner."""
    start = flow.find(short)
    while start >= 0:
        if not (start and (flow[start - 1].isalnum() or flow[start - 1] in "_-")) and ACTS.match(flow, start + len(short)):
            return True
        start = flow.find(short, start + 1)
    return False


def _record(text: str, party: Party, issuer: Party | None) -> Company:
    """The output record, with evidence for name, aliases and tickers."""
    best, name = party.best, _written(text, party.best)
    evidence = [_evidence(text, "name", naming.start, naming.end, naming.rule) for naming in party.namings[:1]]
    if best is not party.namings[0]:
        evidence.append(_evidence(text, "name", best.start, best.end, best.rule))
    evidence += [_evidence(text, "alias", alias.start, alias.end, "company.alias") for alias in party.aliases]
    tickers: dict[Ticker, None] = {}
    for listing in party.listings:
        if listing.ticker not in tickers:
            tickers[listing.ticker] = None
            evidence.append(_evidence(text, "ticker", listing.start, listing.end, listing.rule))
    forms = chain((" ".join(naming.text.split()) for naming in party.namings), party.former, (alias.text for alias in party.aliases))
    aliases = dict.fromkeys(form for form in forms if form not in (name, " ".join(best.text.split())))
    if any(not form.isupper() for form in aliases):
        aliases = dict.fromkeys(form for form in aliases if not (form.isupper() and fold_name(form) == party.key))
    return Company(
        name=name,
        aliases=tuple(aliases),
        tickers=tuple(tickers),
        role="issuer" if party is issuer else "other",
        evidence=tuple(sorted(evidence, key=lambda e: (e.start, e.end, e.slot))),
    )


def _written(text: str, naming: Naming) -> str:
    """A name as the text writes it, on one line and without the signs of trade marks."""
    return " ".join(re.sub("[®™]", " ", text[naming.start : naming.end]).split())


def _evidence(text: str, slot: str, start: int, end: int, rule: str) -> Evidence:
    return Evidence(slot=slot, start=start, end=end, text=text[start:end], rule=rule)
