"""People: names next to roles, post-nominals, honorifics, words of speech and in sign-offs, with role and company."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from minenews.marks.companies import section_at
from minenews.marks.flow import fold_signs
from minenews.marks.page import Mention
from minenews.marks.person_names import find_person_names, fold_person, has_given_name
from minenews.marks.person_signs import Setting, Sign, find_sign
from minenews.marks.roles import Role, find_roles
from minenews.models import Evidence, Person
from minenews.text.layout import Layout

LISTED = re.compile(r"(?:[ ]?,[ ]?(?:and[ ])?|[ ]and[ ]|[ ]&[ ]|,[ ]?(?:and[ ])?(?:Mr|Ms|Mrs|Dr)\.?[ ])")
SURE = frozenset({"people.role_after", "people.role_before", "people.post_nominal", "people.signed", "people.honorific"})
PARTS = re.compile(r"[,/&]|[ ]and[ ]")
TITLES = "Mr", "Ms", "Dr", "Prof"
TITLED = re.compile(r"\b(?:Mr|Ms|Mrs|Dr|Prof)\.?[ ](?P<surname>[A-Z][\w'-]{1,25}(?:[ ][A-Z][\w'-]{1,25})?)")


@dataclass
class Found:
    """A person while the text is read: the places of the full name, the roles and the company named with them."""

    name: str
    places: list[tuple[int, int, str]] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    company: str | None = None
    own_officer: bool = False


def find_people(
    text: str, doc: object, layout: Layout, company_mentions: Sequence[Mention], issuer: str | None = None
) -> tuple[tuple[Mention, ...], tuple[Person, ...]]:
    """The mentions and the records of the people of a release, in reading order.

    `issuer` is the company that an officer belongs to where the text names no other.
    """
    del doc
    flow = fold_signs(text)
    roles = list(find_roles(flow))
    names = sorted(set(find_person_names(flow, company_mentions, roles)))
    names = [span for index, span in enumerate(names) if index == 0 or span[0] >= names[index - 1][1]]
    setting = Setting(flow, roles, names, company_mentions)
    signs = {span: sign for span in names if (sign := find_sign(setting, *span))}
    people: list[Found] = []
    for span in names:
        sign = signs.get(span)
        rule = sign.rule if sign else _listed(flow, names, signs, span)
        if rule is None or (rule not in SURE and section_at(layout, span[0]) == "forward_looking"):
            continue
        name = " ".join(text[span[0] : span[1]].split())
        person = _same_person(people, name)
        if person is None:
            person = Found(name)
            people.append(person)
        elif person.name.isupper() or (len(name) > len(person.name) and not name.isupper()):
            person.name = name
        person.places.append((*span, rule))
        if sign:
            person.roles.extend([sign.role] if sign.role else [])
            person.company = person.company or sign.company
            person.own_officer |= sign.own
    mentions = _mentions(flow, people)
    return mentions, tuple(_record(text, person, issuer) for person in sorted(people, key=lambda person: person.places[0]))


def _listed(flow: str, names: list[tuple[int, int]], signs: dict[tuple[int, int], Sign], span: tuple[int, int]) -> str | None:
    """Whether a name with a common given name stands in a list with one that is a person's."""
    if not has_given_name(flow[span[0] : span[1]]):
        return None
    index = bisect_left(names, span)
    for step in (-1, 1):
        at, here = index + step, span
        for _ in range(6):
            if not 0 <= at < len(names):
                break
            first, second = (names[at], here) if step < 0 else (here, names[at])
            if not LISTED.fullmatch(flow, first[1], second[0]):
                break
            if names[at] in signs:
                return "people.listed"
            here = names[at]
            at += step
    return None


def _same_person(people: list[Found], name: str) -> Found | None:
    """The person met before under the same surname and first initial, or under a part of the name."""
    words = fold_person(name)
    for person in people:
        known = fold_person(person.name)
        if known[-1] == words[-1] and (known[0][0] == words[0][0] or set(words) <= set(known) or set(known) <= set(words)):
            return person
    return None


def _mentions(flow: str, people: Sequence[Found]) -> tuple[Mention, ...]:
    """Every full name, and "Mr. Surname" for people already named."""
    spans: dict[tuple[int, int], Mention] = {}
    surnames: dict[str, str] = {}
    for person in people:
        surnames.setdefault(fold_person(person.name)[-1], person.name)
        for start, end, rule in person.places:
            spans[start, end] = Mention(start, end, "person", person.name, rule)
    taken = sorted(spans)
    for match in TITLED.finditer(flow) if any(title in flow for title in TITLES) else ():
        name = surnames.get(fold_person(match["surname"])[-1]) or surnames.get(match["surname"].split()[0].casefold().removesuffix("'s"))
        index = bisect_left(taken, (match.end(), 0))
        if name and not (index and taken[index - 1][1] > match.start()):
            end = match.end() - (2 if match[0].endswith("'s") else 0)
            spans[match.start(), end] = Mention(match.start(), end, "person", name, "people.titled")
    return tuple(mention for _, mention in sorted(spans.items()))


def _parts(role: Role) -> int:
    """How many offices a role joins: "President and CEO" is two."""
    return len(PARTS.findall(role.text))


def _record(text: str, person: Found, issuer: str | None) -> Person:
    """The output record: the fullest role, an expert's function only where the person holds no other."""
    start, end, rule = person.places[0]
    evidence = [Evidence(slot="name", start=start, end=end, text=text[start:end], rule=rule)]
    order = {"officer": 3, "director": 2, "contact": 1, "other": 1, "expert": 0}
    role = max(person.roles, key=lambda role: (order[role.kind] >= 2, order[role.kind] >= 2 and _parts(role), -role.start), default=None)
    if role:
        evidence.append(Evidence(slot="role", start=role.start, end=role.end, text=text[role.start : role.end], rule=rule))
    company = person.company or (issuer if person.own_officer else None)
    return Person(name=person.name, role=role.text if role else None, company=company, evidence=tuple(evidence))
