"""The signs in the words around a name that it is a person's: a role, letters after the name, words of speech, a cue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from minenews.marks.page import Mention
from minenews.marks.person_names import has_given_name
from minenews.marks.roles import Role

LETTERS = r"""(?: P\.?[ ]?Geo(?:l|ph|sc)?\.? | P\.?[ ]?Eng | P\.?[ ]?E | P\.?[ ]?G | C\.?P\.?G | Ph\.?[ ]?D | [MB]\.?[ ]?Sc\.?
    | [MB]\.?[ ]?Eng | M\.?B\.?A | [MB]\.?A\.?Sc | B\.?Comm? | CPA | C\.?A | CFA | CGA | CMA | ICD\.D | LL\.?B | J\.?D
    | [FM]\.?Aus\.?I\.?M\.?M\.? | [FM]AIG
    | [FM]IMMM | FGS | F\.?G\.?A\.?C | C\.?Eng | C\.?Geol | Pr\.?[ ]?Sci\.?[ ]?Nat | Pr\.?[ ]?Eng | QP | RM-?[ ]?SME | MMSA | Eur\.?[ ]?Geol
    | (?:P\.[ ])?[gG][ée]o | ing | FCA | [BM]\.?A | [BM]\.?S | D\.?I\.?C | R?P\.?Geo | CPGeo | FSEG | FCIM | BSc | MSc | PhD
    | MBA | Hons | ACA | FCCA | PMP | OGQ | OIQ )"""
POST_NOMINALS = rf"""(?:[ ]?[,(]?[ ]{{0,2}}(?-i:{LETTERS})(?![\w'])\.?(?:[ ]?\#?\d{{2,7}})?(?:[ ]?\([^()\n]{{1,30}}\))?\)?){{0,7}}"""
POST_NOMINAL = re.compile(POST_NOMINALS, re.VERBOSE)
PLACE_TO_ROLE = re.compile(
    rf"""(?:{POST_NOMINALS})
        (?: [ ]?\(\"[^()\n]{{1,40}}\"\) )?                                              # ("Dr. Rowan")
        (?: ,[ ][^,.;:\n\"]{{3,45}}(?=,) )?                                             # , Fellow of AusIMM #309585
        (?P<sep> [ ]?(?:,|\(|\||–|-|:|;)?[ ]{{0,2}} | ,?[ ]?\n[ ]{{0,4}}
            | [, ]{{1,3}}(?:(?:who|currently|also)[ ]){{0,2}}(?:is|as|was|(?:will[ ])?
                (?:serves?|acts?|(?:continues?|remains?)(?:[ ](?:to[ ](?:act|serve)|on))?)[ ]as)[ ]
            | [, ]{{1,2}}(?:(?:has|have|was|were|is|will)[ ](?:been[ ]|be[ ])?(?:also[ ])?)?
                (?:appointed|named|elected|promoted[ ]to|resigned|retired|joined|become|becomes|joins)[ ]
                (?:as[ ]|to[ ]the[ ](?:position|role)[ ]of[ ])?
            | [, ]{{1,2}}(?:(?:will|to|has|is)[ ])?(?:retir|resign|step)(?:e|es|ed|s|ped|ping|ing)?[ ]
                (?:down[ ])?(?:as|from[ ]the[ ]role[ ]of)[ ] )
        (?:(?:an?|the|its|our|their|his|also|currently|as|new|\")[ ]?){{0,3}}
        (?P<owner>(?:(?:the[ ])?[A-Z][\w&'.+-]{{0,25}}[ ]){{1,6}})?
        (?P<lead>(?:[a-z][a-z-]{{2,16}}[ ]){{0,2}}\"?)""",
    re.VERBOSE,
)
ROLE_TO_PLACE = re.compile(
    r"""(?P<of>[ ](?:of|at|for|with)[ ](?:the[ ])?[A-Z][^,.;:\n]{1,50})?
        (?P<sep>[ ] | ,[ ] | :[ ]?\n? | [ ]?[-–][ ] | \n(?=\S)
            | [ ](?:(?:for|of)[ ][^,.;:\n]{2,60}[ ])?(?:is|was)[ ] )
        (?:(?:Mr|Mrs|Ms|Dr|Sir|Mme)\.?[ ])?""",
    re.VERBOSE,
)
SPEECH = (
    r"(?:said|commented|comments|stated|states|added|noted|says|remarked|explained|explains|joined|joins|tells|told|discusses|sits[ ]down"
    r"|takes|continued|concluded|observed|shared|shares|talks|spoke|speaks|outlines|outlined|highlighted)\b"
)
SPEECH_AFTER = re.compile(rf"(?:[, ]{{1,2}}[^\n.;\"]{{2,80}},)?,?[ ](?:(?:has|also|further|recently)[ ])?{SPEECH}")
SPEECH_BEFORE = re.compile(r"(?:said|commented|stated|added|noted|says|states|remarked|explained|concluded)[ ](?:by[ ])?$")
HONORIFIC = re.compile(r"(?:^|[^\w])(?:Mr|Mrs|Ms|Dr|Messrs|Prof|Professor|Sir|Dame|Mme)\.?[ ]$")
CUE_BEFORE = re.compile(
    r"""\b(?: appoint(?:s|ed|ing|ment[ ]of) | welcom(?:e|es|ed|ing)(?:[ ]back)? | hired | promot(?:ed|es|ion[ ]of) | elect(?:ed|ion[ ]of)
        | resignation[ ](?:of|from) | departure[ ]of | retirement[ ]of | passing[ ]of | nominat(?:ed|es|ion[ ]of) | addition[ ]of
        | (?:approved|reviewed|verified|prepared|supervised|led|headed|authored|compiled|written|signed|completed|undertaken|overseen)
            [ ](?:in[ ]part[ ])?by
        | (?:direction|supervision|responsibility|leadership)[ ]of | thanks? | thanking | succeed(?:s|ed|ing)? | replac(?:es|ed|ing)
        | (?:replaced|succeeded|joined|founded|controlled)[ ]by | directors[ ]are:? | directors:? | comprised[ ]of | congratulate )
        [ ](?:to[ ])?$""",
    re.VERBOSE | re.IGNORECASE,
)
CONTACT_BEFORE = re.compile(
    r"""(?:\bcontacts?|\battention|\battn|\binformation|\benquiries|\binquiries|\bcall|\brelations|\bdetails)
        [ ]{0,2}(?::|,|[ ]at|[ ])[: \n]{0,4}(?:the[ ]Company[ ]at:?[ \n]{0,3})?$""",
    re.VERBOSE | re.IGNORECASE,
)
CONTACT_AFTER = re.compile(
    r"""[ ,:–-]{0,3}\n?[ ]{0,3}(?:at[ ])?
        (?:Tel|TEL|Phone|Telephone|E-?mail|Mobile|Cell|T:|P:|\+?[(]?\d{2,4}[)]?[ .-]?\d{2,4}|[a-z][\w.]{2,30}@)""",
    re.VERBOSE,
)
CUE_AFTER = re.compile(
    r"""[ ,]{0,2}(?:[ ](?: has[ ]been[ ](?:appointed|named|elected|promoted|nominated|engaged)
        | (?:was|is|were|will[ ]be)[ ](?:also[ ])?(?:appointed|named|elected|promoted|nominated|re-elected)
        | (?:has|have)[ ](?:resigned|retired|joined|agreed[ ]to|stepped[ ]down|reviewed|verified|approved|participated|served|over[ ]\d
            |more[ ]than[ ]\d|been[ ]a)
        | (?:will[ ])?(?:join|resign|retire|step)(?:s|ed|ped|d)?[ ](?:the|as|from|down|on)
        | is[ ](?:an?|our|not)[ ](?:Company's[ ])?(?:independent[ ]|non-independent[ ])?
            (?:\"?[Qq]ualified|consult|geolog|director|registered|member|Professional|P\.|fellow)
        | to[ ](?:the[ ]|its[ ]|our[ ])(?:[\w' ]{1,40}[ ])?(?:Board|board|position|role)
        | from[ ](?:the[ ]|its[ ]|our[ ])(?:[\w' ]{1,40}[ ])?(?:Board|board)
        | as[ ](?:its[ ]|the[ ]|our[ ]|an?[ ])?(?:new[ ])?(?:[A-Z]|chief|director|president|vice|independent|non-exec|chair|interim|member)
        | a[ ]director[ ]of )| \([ ]?the[ ]\")""",
    re.VERBOSE,
)
BOARD = re.compile(
    r"""[ ](?:[^.\n]{0,60}?[ ])?(?:to|from|on|of|join(?:s|ed)?)[ ](?:the[ ]|its[ ]|our[ ])?
        (?:[\w&' ]{0,40}?[ ])??(?P<board>[Bb]oard(?:[ ]of[ ][Dd]irectors)?)\b""",
    re.VERBOSE,
)
SIGNED = re.compile(
    r"""(?:/s/|[Ss]igned[:)]?|_{3,}|Sincerely,?|(?:ON|On|on)[ ](?:BEHALF|Behalf|behalf)[ ](?:OF|Of|of)[^\n]{0,80}[,:.]?)
        [ \n]{0,5}[\"']{0,2}$""",
    re.VERBOSE,
)
QUALIFIED = re.compile(r"[^\n]{0,220}?(?P<role>(?:[Qq]ualified|[Cc]ompetent)[ ][Pp]erson)(?![ ]has[ ]not|s)")
OF_COMPANY = re.compile(r"[ ]?(?:,|of|at|with|for|from|[-–]|\(|to)?[ ]{0,2}\n?(?:of[ ])?(?:the[ ])?")
OWN = re.compile(r"(?:[ ](?:of|for|with|to)[ ](?:the|our)[ ](?:Company|Corporation|Issuer|Group)\b)")
ARTICLE = re.compile(r"\b(?:an?|the|its|our|their|his)[ ]")
NOMINEES = re.compile(r"\bnominees?\b|\belection[ ]of[ ]directors\b", re.IGNORECASE)
VOTES = re.compile(r"[ ]?\|?\s{0,4}\d[\d,.]{1,12}[ %|\n]")
OTHER = re.compile(r"[ ](?:of|at|for|with)[ ](?:the[ ])?[A-Z]")
LAST_WORD = re.compile(r"([A-Z][a-z]+)[ ]$")
REACH = 130
SEAT = "director"


@dataclass(frozen=True, slots=True)
class Sign:
    """Why a name is a person's; `own` where the person speaks or acts for the issuer."""

    rule: str
    role: Role | None = None
    company: str | None = None
    own: bool = False


@dataclass(frozen=True)
class Setting:
    """The text that names stand in, with its roles, names and company mentions, all in reading order."""

    flow: str
    roles: Sequence[Role]
    names: Sequence[tuple[int, int]]
    companies: Sequence[Mention]

    @cached_property
    def role_starts(self) -> list[int]:
        return [role.start for role in self.roles]

    @cached_property
    def role_ends(self) -> list[int]:
        return [role.end for role in self.roles]

    @cached_property
    def name_starts(self) -> list[int]:
        return [name[0] for name in self.names]

    @cached_property
    def company_starts(self) -> list[int]:
        return [company.start for company in self.companies]

    @cached_property
    def nominees(self) -> re.Match[str] | None:
        """Where the release speaks of the directors to be elected, None where it does not."""
        return NOMINEES.search(self.flow)

    def name_between(self, start: int, end: int) -> bool:
        """Whether another name begins in a stretch."""
        index = bisect_left(self.name_starts, start)
        return index < len(self.names) and self.name_starts[index] < end

    def company_from(self, start: int, reach: int) -> str | None:
        """The company named first within `reach` characters of a position."""
        index = bisect_left(self.company_starts, start)
        return self.companies[index].name if index < len(self.companies) and self.company_starts[index] <= start + reach else None


def find_sign(setting: Setting, start: int, end: int) -> Sign | None:
    """The strongest sign that the name at a span is a person's, None where there is none."""
    flow = setting.flow
    role = _role_after(setting, start, end) or _role_before(setting, start, end)
    if role is not None:
        return role
    shouted = flow[start:end].isupper()
    before = flow[max(0, start - REACH) : start]
    letters = POST_NOMINAL.match(flow, end)
    after = letters.end() if letters else end
    given = has_given_name(flow[start:end])
    rule = None
    if after > end:
        rule = "people.post_nominal"
    elif HONORIFIC.search(before):
        rule = "people.honorific"
    elif shouted:
        rule = "people.signed" if SIGNED.search(before) else None
    elif SPEECH_BEFORE.search(before) or SPEECH_AFTER.match(flow, after):
        rule = "people.speech"
    elif SIGNED.search(before):
        rule = "people.signed"
    elif given and (CUE_BEFORE.search(before) or CUE_AFTER.match(flow, after)):
        rule = "people.cue"
    elif given and (CONTACT_BEFORE.search(before) or CONTACT_AFTER.match(flow, after)):
        rule = "people.contact"
    elif given and setting.nominees and start > setting.nominees.start() and VOTES.match(flow, after):
        seat = setting.nominees
        return Sign("people.elected", Role(seat.start(), seat.end(), SEAT, "director"), own=True)
    if rule is None:
        return None
    implied = _implied_role(setting, after)
    return Sign(rule, implied, own=implied is not None and implied.text == SEAT)


def _implied_role(setting: Setting, end: int) -> Role | None:
    """A seat on the board or the function of qualified person, from the words that follow."""
    flow = setting.flow
    stop = _sentence_end(flow, end)
    board = BOARD.match(flow, end, stop)
    if board and "dvisory" not in board[0] and not setting.name_between(end, board.start("board")):
        return Role(board.start("board"), board.end("board"), SEAT, "director")
    qualified = QUALIFIED.match(flow, end, stop)
    if qualified and not setting.name_between(end, qualified.start("role")):
        return Role(qualified.start("role"), qualified.end("role"), "Qualified Person", "expert")
    return None


def _sentence_end(flow: str, start: int) -> int:
    found = re.compile(r"(?<=[a-z)\"]{2})\.[ ]+(?=[A-Z])|\n").search(flow, start, start + 400)
    return found.start() if found else min(len(flow), start + 400)


def _role_after(setting: Setting, start: int, end: int) -> Sign | None:
    """`Anna Rowan, P.Geo., Vice President Exploration of the Company`."""
    flow = setting.flow
    index = bisect_left(setting.role_starts, end)
    if index == len(setting.roles) or setting.roles[index].start - end > REACH:
        return None
    role = setting.roles[index]
    between = PLACE_TO_ROLE.fullmatch(flow, end, role.start)
    if between is None or setting.name_between(end, role.start):
        return None
    if (
        between["sep"] == " "
        and not between["owner"]
        and not has_given_name(flow[start:end])
        and setting.name_between(role.end, role.end + 3)
    ):
        return None  # "Rowan Creek President Anna Hale": a company before its officer
    if between["lead"].strip(' "') and not ARTICLE.search(between[0]):
        return None  # "Anna Rowan has appointed director ..."
    if flow[start:end].isupper() and not role.text.isupper() and "\n" not in between[0] and not has_given_name(flow[start:end]):
        return None
    owner = setting.company_from(between.start("owner"), 2) if between["owner"] else None
    return Sign("people.role_after", role, owner or _company_of(setting, role.end), _speaks_for_issuer(flow, role, between[0]))


def _role_before(setting: Setting, start: int, end: int) -> Sign | None:
    """`Chief Executive Officer Anna Rowan`, `Investor Relations: Anna Rowan`."""
    flow = setting.flow
    index = bisect_left(setting.role_ends, start + 1) - 1
    if index < 0 or start - setting.roles[index].end > REACH:
        return None
    role = setting.roles[index]
    between = ROLE_TO_PLACE.fullmatch(flow, role.end, start)
    if between is None or setting.name_between(role.end, start - 1):
        return None
    separator = between["sep"]
    if "\n" in separator and role.kind != "contact":
        return None
    if separator != " " and not separator.startswith(":"):
        last = bisect_left(setting.name_starts, role.start) - 1
        if last >= 0 and PLACE_TO_ROLE.fullmatch(flow, setting.names[last][1], role.start):
            return None  # the role of the name before
        if separator.strip() in ("-", "–"):
            return None
    if flow[start:end].isupper() and not has_given_name(flow[start:end]):
        return None
    owner = setting.company_from(between.start("of") + 3, 6) if between["of"] else _company_before(setting, role.start)
    return Sign("people.role_before", role, owner, _speaks_for_issuer(flow, role, ""))


def _company_of(setting: Setting, position: int) -> str | None:
    """The company named right behind a role: `CEO of Rowan Gold`."""
    lead = OF_COMPANY.match(setting.flow, position)
    return setting.company_from(lead.end(), 0) if lead else None


def _company_before(setting: Setting, position: int) -> str | None:
    """The company named right before a role: `Rowan Gold's CEO`."""
    index = bisect_left(setting.company_starts, position) - 1
    if index >= 0 and setting.flow[setting.companies[index].end : position] in (" ", "'s ", "' ", ", "):
        return setting.companies[index].name
    return None


def _speaks_for_issuer(flow: str, role: Role, between: str) -> bool:
    own = OWN.match(flow, role.end) is not None
    if LAST_WORD.search(flow, max(0, role.start - 30), role.start) or (OTHER.match(flow, role.end) and not own):
        return False  # "Mexican President ...", "CEO of Rowan", where Rowan was not found to be a company
    return own or role.kind in ("officer", "director", "contact") or "Company's" in between
