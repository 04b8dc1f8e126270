"""Find asset names by shape: a capitalised name before a kind noun ("Ostrava gold mine", "Alder and Birch projects")."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from minenews.marks.asset_tokens import Token
from minenews.marks.asset_words import Kind, is_modifier, kind_openings, load_context, load_countries, load_kinds, load_stopwords
from minenews.models import AssetKind

PARENTHESIS = re.compile(r"\s?\([^()]{0,60}\)|[“”\"]")
DESCRIBING = re.compile(
    r"\w.*[-‑](?:based|supplied|hosted|bearing|style|type|scale|owned|grade|rich|related|controlled|driven|focused|ready|stage|class|term|wide|like|free|metal|element|priority|hydrothermal)$"
)
HOLE = re.compile(r"[A-Z]{1,6}\d{0,4}[-_ ]?\d{2,4}(?:[-_]\w{1,6})*$|\w*\d{3,}\w*-\w+$")
POSSESSIVE = ("'s", "’s")
CODE = re.compile(r"[A-Z]{1,3}\d{1,4}[A-Z]?|\d{2,4}[A-Z]")
"""A deposit or zone called by letters and figures: "the K26 deposit", "785N Zone"."""

LAND_SECTION = re.compile(r"Section \d{1,2}")
QUOTES = frozenset("“”\"'‘’«»")
MAX_NAME = 6
MAX_MODIFIERS = 16


@dataclass(frozen=True, slots=True)
class Shape:
    """A name found by shape: the whole form and its core ("Ostrava" of "Ostrava gold mine").

    `sure` where neither a sentence start nor title case can have lent the name a word.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    kind: AssetKind
    noun: str
    sure: bool
    form: str
    core: str


def find_shapes(
    text: str,
    tokens: Sequence[Token],
    company_spans: Sequence[tuple[int, int]],
    in_title: Callable[[int], bool],
) -> list[Shape]:
    """All names before a kind noun, in reading order; of a chain of kind nouns ("Ostrava Mine property") the longest form."""
    reader = _Reader(text, tokens, company_spans, in_title)
    shapes: list[Shape] = []
    after = 0
    for index in reader.openings():
        found = reader.kind_at(index) if index >= after else None
        if found is None:
            continue
        kind, after = found
        for shape in [*reader.before(index, after, kind), *reader.numbered(index, after, kind)]:
            while shapes and shapes[-1].core_start == shape.core_start:
                shapes.pop()
            shapes.append(shape)
    shapes.extend(reader.prefixed())
    return sorted(set(shapes), key=lambda shape: (shape.start, shape.end))


KIND_WORDS_MAX = 3


class _Reader:
    """Walks over the tokens of one text."""

    def __init__(self, text: str, tokens: Sequence[Token], companies: Sequence[tuple[int, int]], in_title: Callable[[int], bool]) -> None:
        self.text = text
        self.tokens = tokens
        self.in_title = in_title
        self.kinds = load_kinds()
        self.first_words = kind_openings()
        self.stopwords = load_stopwords()
        self.company_of: dict[int, tuple[int, int]] = {}
        where = 0
        for span in sorted(companies):
            while where < len(tokens) and tokens[where].end <= span[0]:
                where += 1
            at = where
            while at < len(tokens) and tokens[at].start < span[1]:
                self.company_of[at] = span
                at += 1

    def openings(self) -> list[int]:
        """The tokens at which a kind noun may begin."""
        return [index for index, token in enumerate(self.tokens) if _unowning(token.lower) in self.first_words]

    def kind_at(self, index: int) -> tuple[Kind, int] | None:
        """The longest kind noun that begins at such a token, with the index after it."""
        for count in range(KIND_WORDS_MAX, 0, -1):
            words = self.tokens[index : index + count]
            if len(words) < count or any(word.breaks for word in words[1:]):
                continue
            kind = self.kinds.get(_unowning(" ".join(word.lower for word in words)))
            if kind is None or (kind.capital and not words[0].capital):
                continue
            if index + count - 1 in self.company_of or index in self.company_of:
                return None
            return kind, index + count
        return None

    def is_name(self, index: int) -> bool:
        """Whether a token can be a word of a name."""
        token = self.tokens[index]
        word = token.text
        if not token.capital:
            return bool(re.match(r"[dl]['’][A-ZÀ-Þ]", word))
        if word.endswith(("'s", "’s")) or HOLE.match(word) or DESCRIBING.match(word):
            return False
        if "/" in word and re.search(r"/[a-z]", word):
            return False
        if word == "Section":  # of land: "the Section 18 prospect"
            return index + 1 < len(self.tokens) and self.tokens[index + 1].text.isdigit()
        if token.lower in COUNTED and not token.opens and not self.in_title(token.start) and index + 1 < len(self.tokens):
            return self.tokens[index + 1].capital and self.tokens[index + 1].lower not in self.kinds  # "the Two Rivers mine"
        if self.stopwords.get(token.lower) == "opening":
            return index > 0 and not token.breaks and self.tokens[index - 1].capital and self.is_name(index - 1)
        return all(self.stopwords.get(part) != "any" for part in (token.lower, *re.split(r"[-‑/]", token.lower)))

    def follows(self, after: int) -> str:
        """The lower-case word right after an index, "" at a break."""
        if after < len(self.tokens) and not self.tokens[after].breaks:
            return self.tokens[after].lower
        return ""

    def before(self, index: int, after: int, kind: Kind) -> list[Shape]:
        """The names before the kind noun at `index`; several where a plural noun closes a list of names."""
        noun = self.tokens[index]
        following = self.follows(after)
        if following in load_context("after_company") and self.tokens[after].capital:
            return []
        if noun.text.isupper() and len(noun.text) > 3 and not self.begins_block(index):
            return []
        if kind.noun == "showing" and self.tokens[index - 1].lower in self.kinds:
            return []  # a verb
        if kind.noun == "complex" and index:
            rock = self.tokens[index - 1].lower
            if rock in load_context("rock"):
                return []  # a body of rock
            if rock in load_context("ore_rock"):
                kind = replace(kind, kind=AssetKind.DEPOSIT)
        end = self.modifiers(index)
        if kind.plural and not noun.capital and any(self.tokens[at].lower in self.kinds for at in range(end, index)):
            return []  # "Ostrava mine gold zones": the zones have no name
        if kind.noun in {"unit", "division"} and (end < index or self.tokens[index - 1].text.isupper()):
            return []  # a unit of rock, a share unit ("FT Unit"), a mining division of a province
        start = self.name(end, zone=kind.kind is AssetKind.ZONE and not kind.plural and (noun.capital or self.has_number(index, kind)))
        if start == end and end and self.is_code(end - 1, kind) and (end == index or not self.tokens[end].breaks):
            start = end - 1
        if start == end:
            start, end = self.capital_modifiers(end, index)
        if start == end:
            start = self.company_as_name(end)
        if start == end:
            return []
        if (
            kind.plural
            and noun.capital
            and kind.kind is AssetKind.MINE
            and kind.noun == "mine"
            and start > 0
            and self.tokens[start - 1].lower not in {"and", "&"}
        ):
            return []
        if kind.plural and kind.noun in {"pit", "open pit"}:
            kind = replace(kind, kind=AssetKind.MINE)
        several = kind.plural and start > 1 and self.tokens[start - 1].lower in {"and", "&"} and self.is_name(start - 2)
        singular = kind.noun.title() if noun.capital else kind.noun
        shapes = [self.shape(start, end, end if several else after, replace(kind, plural=False))]
        while kind.plural and len(shapes) < 8:
            joint = start - 1
            if joint > 1 and self.tokens[joint].lower in {"and", "&"} and self.tokens[joint - 1].text == ",":
                joint -= 1
            if joint < 1 or self.tokens[joint].text not in {"and", "&", ","} or self.tokens[joint + 1].breaks or self.tokens[joint].breaks:
                break
            listed_end = joint
            start = self.name(listed_end, zone=False)
            if start == listed_end:
                break
            while listed_end - start > 1 and is_modifier(self.tokens[listed_end - 1].text) and not is_modifier(self.tokens[start].text):
                listed_end -= 1
            shapes.append(self.shape(start, listed_end, listed_end, replace(kind, plural=False)))
        found = [shape for shape in reversed(shapes) if shape is not None]
        if len(shapes) == 1:
            return found
        return [replace(shape, form=f"{shape.core} {singular}") if len(shape.core) == 1 else shape for shape in found]

    def begins_block(self, index: int) -> bool:
        """Whether a few words before a noun in capitals open a line: "OSTRAVA GOLD MINE"."""
        return any(at < 0 or self.tokens[at + 1].breaks for at in range(index - 1, max(-2, index - 6), -1))

    def modifiers(self, index: int) -> int:
        """The index after the name, left of all modifiers, kind nouns, quotes and alias parentheses before `index`."""
        tokens = self.tokens
        at, steps = index, 0
        while at > 0 and not tokens[at].breaks and steps < MAX_MODIFIERS:
            token = tokens[at - 1]
            if (at - 1) in self.company_of and token.capital:
                break
            joins = (
                token.text in {",", "and", "&", "+", "/", "-", "–"}
                and at > 1
                and is_modifier(tokens[at].text)
                and is_modifier(tokens[at - 2].text)
            )
            describes = is_modifier(token.text) or token.lower in self.kinds or token.text in load_context("direction")
            if describes or joins or token.text in QUOTES:
                at -= 1
            elif token.text == ")":
                opening = self.parenthesis(at - 1)
                if opening is None:
                    break
                at = opening
            else:
                break
            steps += 1
        while at < index and tokens[at].text in QUOTES | {")", ","}:
            at += 1 if tokens[at].text == "," else 0
            if at < index and tokens[at].text in QUOTES | {")"}:
                break
        return at

    def parenthesis(self, closing: int) -> int | None:
        """The index of the "(" of a short parenthesis that holds a quoted alias or an acronym."""
        for at in range(closing - 1, max(-1, closing - 9), -1):
            if self.tokens[at].text == "(":
                inside = self.tokens[at + 1 : closing]
                quoted = any(token.text in QUOTES for token in inside)
                return at if quoted or (len(inside) == 1 and inside[0].text.isupper()) else None
        return None

    def name(self, end: int, zone: bool) -> int:
        """The index of the first word of the name that ends before `end` (`end` itself where there is none)."""
        tokens = self.tokens
        at = end
        while at > 0 and end - at < MAX_NAME:
            if at < len(tokens) and at < end and tokens[at].breaks:
                break
            if at == end and at < len(tokens) and tokens[at].breaks:
                break
            if at - 1 in self.company_of:
                break
            token = tokens[at - 1]
            if (
                self.is_name(at - 1)
                or (
                    at < end
                    and token.text in load_context("particle")
                    and at > 1
                    and not token.breaks
                    and self.is_name(at - 2)
                    and at - 2 not in self.company_of
                )
                or self.is_number(at - 1, end, zone)
            ):
                at -= 1
            else:
                break
        while at < end and (tokens[at].text in load_context("particle")):
            at += 1
        return at

    def is_code(self, index: int, kind: Kind) -> bool:
        """Whether a token is a code that names a deposit or zone."""
        ground = kind.kind in {AssetKind.ZONE, AssetKind.DEPOSIT} and not kind.plural and kind.noun not in {"area", "pit", "open pit"}
        led = index > 0 and self.tokens[index - 1].lower in load_context("determiner") | {"at", "on", "in", "from"}
        return ground and led and CODE.fullmatch(self.tokens[index].text) is not None

    def has_number(self, index: int, kind: Kind) -> bool:
        """Whether a lower-case noun has a number of three digits or more for its name: "the 1360 zone"."""
        led = index > 1 and self.tokens[index - 2].lower in {"the", "our", "its"}
        return led and kind.noun in {"zone", "vein", "lode", "reef"} and re.fullmatch(r"\d{3,4}", self.tokens[index - 1].text) is not None

    def is_number(self, index: int, end: int, zone: bool) -> bool:
        """Whether a number belongs to the name: "Kestrel 4 project", "72 Zone"."""
        word = self.tokens[index].text
        if zone and index == end - 1 and re.fullmatch(r"\d{4}", word):
            return index > 0 and self.tokens[index - 1].lower == "the"
        if not re.fullmatch(r"#?\d{1,3}", word):
            return False
        if index == end - 1 and index > 0 and self.is_name(index - 1) and not self.tokens[index].breaks:
            return True
        if zone and index + 1 < end and len(word) > 1 and self.is_name(index + 1) and self.tokens[index + 1].capital:
            return True
        return zone and (index == 0 or self.tokens[index].opens or self.tokens[index - 1].lower in load_context("determiner"))

    def capital_modifiers(self, end: int, index: int) -> tuple[int, int]:
        """A name made of modifiers alone ("the Silver Sand project"): capitals after a determiner, before a lower-case noun."""
        tokens = self.tokens
        led = end > 0 and tokens[end - 1].lower in load_context("determiner") - {"a", "an"}
        if tokens[index].capital or not led or self.in_title(tokens[end].start):
            return end, end
        at = end
        while at < index and re.fullmatch(r"[A-Z][a-zà-ÿ]+", tokens[at].text):
            at += 1
        return (end, at) if at - end > 1 else (end, end)

    def company_as_name(self, end: int) -> int:
        """A short company name that an asset bears ("the Kestrel Gold mine" of Kestrel Gold Corp.), after a determiner."""
        span = self.company_of.get(end - 1)
        if span is None or self.tokens[end - 1].end > span[1] or self.tokens[end - 1].text.endswith(("'s", "’s", ".")):
            return end
        start = end - 1
        while start > 0 and self.company_of.get(start - 1) == span:
            start -= 1
        words = self.tokens[start:end]
        legal = any(word.lower.rstrip(".") in load_context("after_company") for word in words)
        led = start > 0 and self.tokens[start - 1].lower in {"the", "its", "our", "at"}
        return start if led and not legal and len(words) <= 3 else end

    def shape(self, start: int, end: int, after: int, kind: Kind) -> Shape | None:
        """The shape of the name tokens[start:end] in a form that ends before `after`; None where these words are no name."""
        tokens = self.tokens
        title = self.in_title(tokens[start].start)
        leads = DEFINITE if title else load_context("determiner") | load_context("preposition")
        led = (
            start > 0
            and not tokens[start].breaks
            and (
                tokens[start - 1].lower in leads
                or tokens[start - 1].text.endswith(POSSESSIVE)
                or (title and tokens[start - 1].lower in {"at", "on", "in", "from", "of"})
            )
        )
        if (tokens[start].opens or title) and not led and not self.after_aside(start):
            while start < end and self.stopwords.get(tokens[start].lower) == "first":
                start += 1
        while end - start > 1 and (begun := self.kinds.get(tokens[start].lower)) and begun.kind is AssetKind.ZONE:
            start += 1
        words = [token.lower for token in tokens[start:end]]
        core = " ".join(self.text[tokens[start].start : tokens[end - 1].end].split()) if words else ""
        if not words or not self.is_core(words, core, kind, capital=tokens[after - 1].capital):
            return None
        framed = start > 0 and after < len(tokens) and tokens[start - 1].text + tokens[after].text == "()" and tokens[after - 1].capital
        quoted = framed or (start > 0 and after < len(tokens) and tokens[start - 1].text in QUOTES and tokens[after].text in QUOTES)
        opens = tokens[start].opens and not self.after_aside(start)
        sure = quoted or (led if (opens or title) else not opens)
        last_end = tokens[after - 1].end - (2 if after > end and tokens[after - 1].text.endswith(POSSESSIVE) else 0)
        noun = " ".join(kind.noun.split())
        form = " ".join(PARENTHESIS.sub("", self.text[tokens[start].start : last_end]).split())
        return Shape(tokens[start].start, last_end, tokens[start].start, tokens[end - 1].end, kind.kind, noun, sure, form, core)

    def after_aside(self, index: int) -> bool:
        """Whether a parenthesis within the sentence ends right before a token: "Rowanmoor's (TSX: RWM) Tarn mine"."""
        tokens = self.tokens
        if index == 0 or tokens[index - 1].text != ")" or tokens[index].breaks:
            return False
        opening = next((at for at in range(index - 2, max(-1, index - 25), -1) if tokens[at].text == "("), 0)
        return opening > 0 and not tokens[opening].breaks and tokens[opening - 1].text[-1].isalnum()

    def is_core(self, words: Sequence[str], core: str, kind: Kind, capital: bool) -> bool:
        """Whether words can be the core of a name for this kind of asset."""
        zone = kind.kind in {AssetKind.ZONE, AssetKind.DEPOSIT}
        if any(word in load_context("not_site") for word in words) and not LAND_SECTION.fullmatch(core):
            return False
        if core.casefold() in load_countries() or words[0] in load_countries() or " ".join(words[:2]) in load_countries():
            return False
        if all(word in load_context("direction") or self.stopwords.get(word) == "first" for word in words):
            named = zone or (capital and len(words) > 1)  # "South Deep Mine"
            return named and all(word in load_context("direction") for word in words)
        if words[0] in load_context("compass") and all(
            word in load_countries() or word in {"america", "africa", "asia", "europe", "african"} for word in words[1:]
        ):
            return False
        if len(core) == 1:
            return zone and capital
        return not core.isdigit() or (zone and (capital or len(core) > 2))

    def numbered(self, index: int, after: int, kind: Kind) -> list[Shape]:
        """A kind noun with a number or letter after it: "Plant #1", "Project 81", "Zone B"."""
        tokens = self.tokens
        if not tokens[index].capital or kind.plural or after >= len(tokens) or tokens[after].breaks or kind.noun not in NUMBERED:
            return []
        token = tokens[after]
        if not re.fullmatch(r"#?\d{1,3}|[A-H]|I{1,3}|IV|VI{0,3}", token.text) or (
            token.text == "I" and self.follows(after + 1) in {"am", "have"}
        ):
            return []
        following = self.follows(after + 1)
        if following in {"%", "oz", "t", "m", "km", "million"} or (index > 0 and not tokens[index].breaks and self.is_name(index - 1)):
            return []
        form = self.text[tokens[index].start : token.end]
        start, end = tokens[index].start, token.end
        return [Shape(start, end, start, end, kind.kind, kind.noun, not tokens[index].opens, form, form)]

    def prefixed(self) -> list[Shape]:
        """Names that begin with their kind noun: "Mina Alegre"."""
        return [
            Shape(*match.span(), *match.span(), AssetKind.MINE, "mine", True, match[0], match[0])
            for match in (PREFIXED.finditer(self.text) if "Mina " in self.text else ())
            if self.stopwords.get(match["name"].split()[0].lower()) is None
        ]


def _unowning(form: str) -> str:
    """A form without a possessive ending."""
    return form[:-2] if form.endswith(POSSESSIVE) else form


DEFINITE = frozenset({"the", "its", "their", "our", "this", "at", "on", "in", "from", "of"})
COUNTED = frozenset({"one", "two", "three", "four", "five", "six", "seven", "nine", "ten", "twelve"})
NUMBERED = frozenset({"plant", "mill", "zone", "pit", "shaft", "project", "concentrator", "smelter", "colliery", "lode"})
PREFIXED = re.compile(
    r"\bMina (?:de |del |do |da )?(?P<name>[A-ZÀ-Þ][\w'’-]{2,20}(?: (?:(?:de|del|do|da|la|los|las) )?[A-ZÀ-Þ][\w'’-]{2,20}){0,2})"
)
