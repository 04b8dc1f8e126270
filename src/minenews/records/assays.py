"""Assayed intervals in a block of prose: a length, its grades, its depths.

The marks of a block are lengths, depths and grades in reading order. Two of them belong together when every word between
them is a word that may stand there (vocab/assay_words.csv): "208 m @ 0.31% Cu", "1.8 g/t gold over 12 m (40 feet)",
"the interval 318 - 322 m averaged 0.7% Cu". Anything else between them parts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from minenews.marks.page import Measure, Page, Word, within
from minenews.marks.quantities import commodity_of
from minenews.models import Bound
from minenews.records.holes import Hole
from minenews.vocab.load import load_rows

LONGEST = {"m": 2000.0, "ft": 6500.0}
"""No drill interval is longer."""

FROM_LEFT = re.compile(
    r"""(?: \bfrom (?:\s+(?:a|an|the|about|approximately|around|just|only|near|shallow|depths?|downhole|down-hole|down|hole|drill|vertical|interval|of|\(|~|c\.)){0,6}
          | \b(?:starting|beginning|commencing|starts|begins) (?:\s+(?:at|from|a|an|about|approximately|around|only|just|depths?|downhole|down-hole|down|hole|drill|vertical|of|~)){1,6}
          | \b(?:at|to) (?:\s+(?:a|an|the|about|approximately|around|shallow|downhole|down-hole|down|hole|drill|vertical|true|core)){0,5} \s+(?:depths?) (?:\s+(?:of|from|interval|about|approximately|around|~)){0,3}
        ) \s* \(? ~? $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before the depth at which an interval starts."""

AT_LEFT = re.compile(r"\bat\s{1,3}(?:about\s|approximately\s|~)?\(?$", re.IGNORECASE)
DEPTH_RIGHT = re.compile(
    r"\s{0,2}(?:\([^()]{0,24}\)\s?)?(?:in\s)?(?:down-?\s?hole|depth|vertical|below\s+(?:surface|the\s+surface|collar)|from\s+(?:surface|the\s+collar|collar))\b",
    re.IGNORECASE,
)
TO_GAP = re.compile(
    r"""\s{0,2}(?:\([^()]{0,24}\)\s?)?(?:(?:down-?\s?hole|depth|\)|below\s+surface)\s{0,2}){0,2}
        (?:to|and|until|-|–|—|‑)(?:\s+(?:a|an|the|end|of|hole|depth|downhole|down-hole|drill|vertical|length|total|at|about|approximately|~)){0,7}\s{0,2}\(?~?\s{0,2}""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between the two depths of an interval."""

RANGE_LEFT = re.compile(
    r"(?:\bfrom|\bbetween|\bintervals?|\bintercepts?|\bintersection|\bsection|\bdepths?(?:\s+of|\s+between|\s+from)?|[(\[:,]|@|\bm\b)\s{0,2}$",
    re.IGNORECASE,
)
RANGE_OTHER = re.compile(
    r"(?:width|length|thickness|spacing|spaced|interval|step)\w{0,4}\s+(?:of|from|between|at|rang\w+|range\s+from|up\s+to)\s{0,2}$",
    re.IGNORECASE,
)
OTHER_LEFT = re.compile(
    r"""(?: \b(?: strike | strike[\s-]lengths? | strike\s+extent | extend(?:s|ed|ing)? | extent | extension | distance | spac(?:ing|ings|ed) | every | each | collared | located | elevation
              | minimum | maximum\s+internal | internal | dilution | waste | widths?\s+of\s+between | average\s+width | averag(?:e|ing)\s+thickness | mining\s+width | samples? | depths? | lateral(?:ly)? | vertical(?:ly)? | radius ) \b
            [^.;,:()0-9]{0,24} ) $""",
    re.VERBOSE | re.IGNORECASE,
)
OTHER_RIGHT = re.compile(
    r"""[\s-]{0,2}(?: by\s | [x×]\s?[0-9] | (?:of\s+)?(?:strike|dip|plunge)\b | along\s+strike | apart\b | away\b | (?:to\s+the\s+)?(?:north|south|east|west|NE|NW|SE|SW|N|S|E|W|NNE|NNW|SSE|SSW|ENE|ESE|WNW|WSW)\b | northeast | northwest
            | southeast | southwest | up-?\s?dip | down-?\s?dip | step | spac | grid | cent(?:re|er)s | radius | elevation | level\b | bench | holes? | deep\b | high\b | long\b | ahead | composites? | samples?\b
            | of\s+(?:diamond|RC|reverse|core\s+drill|drilling|infill|surface|underground|exploration|trenching|historic|vertical|strike|further|additional|new\s+drill|development)
            | (?:below|above|beneath|under|from|off|of|inside|outside)\s+(?:the\s|a\s|an\s|any\s|previous|existing|known|hole|historic|current|old)(?!\s?(?:down|depth|vertical|drill|shallow|starting|surface)) )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words around a length that is no interval: spacing, strike, distance, size of a programme."""

TRUE_RIGHT = re.compile(
    r"[\s,(]{0,3}(?:est(?:imated|\.)?\s+|approximate\s+|approx\.?\s+)?(?:true[\s-](?:width|thickness)|ETW\b|ETT\b|TW\b)", re.IGNORECASE
)
TRUE_LEFT = re.compile(
    r"(?:\btrue[\s-](?:width|thickness)(?:es|s)?|\bETW|\bETT|\bTW)(?:[\s,]+(?:of|is|are|was|at|be|to|estimated|interpreted|approximately|about|around|up|~|=)){0,5}\s{0,2}[:=(]?\s{0,2}~?$",
    re.IGNORECASE,
)

CUTOFF_RIGHT = re.compile(r"[^.;0-9]{0,24}\b(?:cut-?\s?offs?|cut-?over|COG|lower[\s-]cut|threshold|trigger|nominal)\b", re.IGNORECASE)
CUTOFF_LEFT = re.compile(
    r"(?:\b(?:cut-?\s?off|cutoff)s?(?:\s+grades?)?(?:\s+(?:of|at|is|was|using))?|\bCOG(?:\s+of)?|\b(?:capped|cut|top-?\s?cut)(?:\s+(?:at|to|of))|\b(?:greater|more|less|higher|lower)\s+than|\bexceed(?:s|ed|ing)?|\babove|\bbelow|[><≥≤])\s{0,2}(?:a\s|an\s)?$",
    re.IGNORECASE,
)
CAPPED = re.compile(r"\b(?P<no>un-?cut|un-?capped)\b|\b(?:top-?cut|capped|cut)\b(?!\s?-?off)", re.IGNORECASE)
GRAMS = re.compile(r"\s{0,2}(?:of\s)?(?:[A-Za-z-]{2,12}\s){0,2}(?:per|/)\s?(?:metric\s)?(?:tonne|ton|t)\b", re.IGNORECASE)
SYMBOL = re.compile(r"\s?(?:[A-Z][a-z]?[0-9]{0,2}){1,3}(?![A-Za-z0-9])")
"""The symbol of an element or oxide."""

METALS_IN_SUM = re.compile(r"\s?([A-Za-z0-9]{1,8}(?:\s?\+\s?[A-Za-z0-9]{1,8}){1,3})(?![A-Za-z0-9])")
ANY_CASE = re.compile(r"\s?(au|ag|cu|zn|pb|AU|AG|CU|ZN|PB)(?![A-Za-z0-9])")
NOTED_LENGTH = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(?:\[[0-9]{1,2}\]|\([0-9]\))\s?(?P<unit>m|metres|meters|ft|feet)\b"
)
DEFINED = re.compile(r"\(\s?[\"“”][^\"“”()]{1,24}[\"”]\s?\)")
"""A term defined in passing: 10.0 metres ("m")."""

FOOTNOTE = re.compile(r"\[[0-9]{1,2}\]|\([0-9]{1,2}\)|(?<=[A-Za-z)])[0-9]{1,2}(?![0-9.])|[*†‡§®™]")
TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|[^\s\w]")
SENTENCE_END = re.compile(r"[.!?][\"”’)\]]?\s+[\"“(]?[A-Z]|\n\s*\n")
SURFACE = re.compile(r"[\s,(]{0,3}(?:starting\s+|commencing\s+|beginning\s+)?(?:from|at)\s+(?:the\s+)?surface\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A length, depth or grade of a block. `kind`: L length, W true width (`also_length` where it is the length too), F from, T to, R from and to, G grade."""

    kind: str
    start: int
    end: int
    value: float
    unit: str
    commodity: str | None = None
    low: float = 0.0
    capped: bool | None = None
    unknown: bool = False  # a grade of something outside the vocabulary: it keeps its place in the list and gives no grade


@dataclass(slots=True)
class Interval:
    """One assayed interval as read; spans of its slots in `spans`."""

    start: int
    end: int
    length: float
    unit: str
    grades: list[Mark]
    from_: float | None = None
    to: float | None = None
    true_width: float | None = None
    spans: list[tuple[str, int, int]] = field(default_factory=list)


@cache
def _roles() -> dict[str, frozenset[str]]:
    """The words that may stand between two marks, by role."""
    roles: dict[str, set[str]] = {}
    for row in load_rows("assay_words"):
        roles.setdefault(row["role"], set()).add(row["word"])
    return {role: frozenset(words) for role, words in roles.items()}


class Assays:
    """The marks of one block and what stands between them."""

    def __init__(self, page: Page, start: int, end: int, holes: Sequence[Hole]) -> None:
        self.page, self.text, self.start, self.end = page, page.text, start, end
        self.words: Sequence[Word] = [w for w in within(page.words, start, end) if w.label == "commodity"]
        self.holes = [h for h in holes if start <= h.start < end]
        self.others: list[Measure] = []  # lengths said again in another unit
        self.marks = self._marks()

    # --- marks -------------------------------------------------------------------------------------------------

    def _marks(self) -> list[Mark]:
        found: list[Mark] = []
        last_length: Measure | None = None
        for measure in self._measures():
            if any(h.start < measure.end and measure.start < h.end for h in self.holes):
                continue
            if measure.unit in LONGEST:
                if last_length is not None and self._is_other_unit(last_length, measure):
                    self.others.append(measure)
                    continue  # 136.51 meters (448 feet)
                last_length = measure
                mark = self._length(measure, found[-1] if found else None)
            else:
                mark = self._grade(measure)
            if mark is not None:
                found.append(mark)
        return found

    def _measures(self) -> list[Measure]:
        found = [self._unsigned(m) for m in within(self.page.quantities, self.start, self.end)]
        for match in NOTED_LENGTH.finditer(self.text, self.start, self.end):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                value, unit = float(match["number"]), "ft" if match["unit"].startswith("f") else "m"
                found.append(Measure(match.start(), match.end(), value, None, None, Bound.EXACT, unit, "length", match[0], "noted_length"))
        return sorted(found, key=lambda m: m.start)

    def _unsigned(self, measure: Measure) -> Measure:
        """The measure without the dash that opens a bullet or follows a hole's name: "- 12 m of ..." is no minus."""
        if measure.signed != "-" or measure.value is None or self.text[self.start : measure.start].rstrip()[-1:] == "(":
            return measure
        dash = re.match(r"[-–−\s]{1,3}", measure.as_written)
        return replace(measure, start=measure.start + (dash.end() if dash else 0), value=abs(measure.value), signed="")

    def _is_other_unit(self, before: Measure, measure: Measure) -> bool:
        return before.unit != measure.unit and re.fullmatch(r"\s?[(/\[]\s?|\s(?:or|=)\s", self.text[before.end : measure.start]) is not None

    def _length(self, measure: Measure, before: Mark | None) -> Mark | None:
        text, left = self.text, max(self.start, measure.start - 60)
        lead = text[left : measure.start]
        if measure.value is None:
            if measure.low is None or measure.high is None or RANGE_OTHER.search(lead) or not RANGE_LEFT.search(lead):
                return None
            return Mark("R", measure.start, measure.end, measure.high, measure.unit, low=measure.low)
        if measure.value <= 0 or measure.bound is Bound.RANGE:
            return None
        if before is not None and before.kind == "F" and measure.value > before.value and TO_GAP.fullmatch(text, before.end, measure.start):
            return Mark("T", measure.start, measure.end, measure.value, measure.unit)
        if FROM_LEFT.search(lead) or (AT_LEFT.search(lead) and DEPTH_RIGHT.match(text, measure.end)):
            if before is not None and before.kind == "F" and re.search(r"\bto\b[^.;]{0,50}$", lead) and measure.value > before.value:
                return Mark("T", measure.start, measure.end, measure.value, measure.unit)
            return Mark("F", measure.start, measure.end, measure.value, measure.unit)
        if TRUE_LEFT.search(lead) or TRUE_RIGHT.match(text, measure.end):
            return Mark("W", measure.start, measure.end, measure.value, measure.unit)
        if measure.value > LONGEST[measure.unit] or AT_LEFT.search(lead) or OTHER_RIGHT.match(text, measure.end) or OTHER_LEFT.search(lead):
            return Mark("O", measure.start, measure.end, measure.value, measure.unit)
        return Mark("L", measure.start, measure.end, measure.value, measure.unit)

    def _grade(self, measure: Measure) -> Mark | None:
        text = self.text
        grams = measure.dimension == "mass" and measure.unit == "g"
        if measure.dimension not in ("grade", "percent") and not grams:
            return None
        end, commodity, capped = self._commodity(measure)
        value = measure.value
        unknown = None if commodity else SYMBOL.match(self.text, end)
        if unknown is not None:
            end = unknown.end()
        if value is None or value <= 0 or measure.bound in (Bound.RANGE, Bound.MIN) or (measure.dimension == "percent" and value > 100):
            return Mark("X", measure.start, end, 0.0, measure.unit)
        if grams and (match := GRAMS.match(text, measure.end)):
            end = max(end, match.end())
        if CUTOFF_LEFT.search(text, max(self.start, measure.start - 40), measure.start) or CUTOFF_RIGHT.match(
            text, end, min(self.end, end + 40)
        ):
            return Mark("X", measure.start, end, 0.0, measure.unit)
        return Mark("G", measure.start, end, value, "g/t" if grams else measure.unit, commodity, capped=capped, unknown=unknown is not None)

    def _commodity(self, measure: Measure) -> tuple[int, str | None, bool | None]:
        """End of the grade with its commodity, the commodity (also two in sum: "Zn + Pb"), and whether the grade is capped."""
        text, end, commodity = self.text, measure.end, measure.commodity
        after = [w for w in self.words if measure.end <= w.start < measure.end + 40]
        parts: list[str] = []
        position = measure.end
        for word in after:
            gap = text[position : word.start]
            if not re.fullmatch(r"\s{0,2}(?:\(|of\s|in\s|contained\s)?" if not parts else r"\s?\+\s?", gap):
                break
            parts.append(word.key)
            position = end = word.end
        if len(parts) == 1 and (more := next((w for w in after if w.start == position + 1 and w.key.endswith("_equivalent")), None)):
            parts, end, commodity = [more.key], more.end, more.key  # 2.03 gpt gold AuEq
        if (sum_ := METALS_IN_SUM.match(text, measure.end)) and len(parts) < 2:
            named = [found for part in re.split(r"\s?\+\s?", sum_[1]) if (found := commodity_of(part))]
            if len(named) > 1:
                parts, end = named, sum_.end()
        if parts:
            commodity = _sum_of(parts) if len(parts) > 1 else (commodity or parts[0])
        elif commodity is None and (symbol := ANY_CASE.match(text, measure.end)):
            commodity, end = commodity_of(symbol[1].capitalize()), symbol.end()
        elif commodity is None:
            commodity = self._commodity_before(measure)
        match = re.match(r"[\s,(]{0,3}", text[end : end + 4])
        cap = CAPPED.match(text, end + (match.end() if match else 0))
        return end, commodity, None if cap is None else cap["no"] is None

    def _commodity_before(self, measure: Measure) -> str | None:
        """The commodity named before a grade: "gold grade of 5 g/t", "Cu 0.5%"."""
        for word in reversed(self.words):
            if word.end <= measure.start and measure.start - word.end < 40:
                gap = self.text[word.end : measure.start]
                joined = re.fullmatch(
                    r"\s{0,2}(?:[:=]\s?|(?:grades?|values?|assays?|content|mineralization|mineralisation)\s(?:of\s|averaging\s|at\s)?)?",
                    gap,
                )
                owned = re.search(r"[0-9%t]\s?$", self.text[max(self.start, word.start - 4) : word.start])
                return word.key if joined and not owned else None
        return None

    # --- gaps --------------------------------------------------------------------------------------------------

    def tokens(self, start: int, end: int, without: Sequence[Mark] = ()) -> list[str] | None:
        """Lower-case words and signs between two marks, commodities, holes and footnote marks left out; None where a number or a sentence end stands there."""
        if end - start > 160:
            return None
        cuts = [(w.start, w.end) for w in self.words if start <= w.start and w.end <= end]
        cuts += [(m.start, m.end) for m in self.others if start <= m.start and m.end <= end]
        cuts += [(h.word_start, h.end) for h in self.holes if start <= h.word_start and h.end <= end]
        cuts += [(m.start, m.end) for m in without]
        gap = self.text[start:end]
        for a, b in cuts:
            gap = gap[: a - start] + " " * (b - a) + gap[b - start :]
        if SENTENCE_END.search(gap):
            return None
        found = [token.lower() for token in TOKEN.findall(FOOTNOTE.sub(" ", DEFINED.sub(" ", gap)))]
        return None if any(token[0].isdigit() for token in found) else found

    def links(self, before: Mark, after: Mark, between: Sequence[Mark] = ()) -> bool:
        """Whether a grade follows its length: 12 m grading 5 g/t, 4 m (from 30 m) @ 2%."""
        found = self.tokens(before.end, after.start, between)
        if found is None:
            return False
        roles = _roles()
        allowed = roles["link"] | roles["filler"] | (roles["depth"] if between or before.kind in "RFT" else frozenset())
        linked = False
        for token in found:
            if token in roles["link"]:
                linked = True
            elif token not in allowed and token not in "():'’-–—‑/,~|[]":
                return False
        return linked or (after.start - before.end <= 3 and "," not in found) or found in ([":"], ["-"], ["–"], ["|"])

    def is_over(self, before: Mark, after: Mark) -> bool:
        """Whether a length follows its grade: 5 g/t over 12 m."""
        found = self.tokens(before.end, after.start)
        if found is None:
            return False
        roles = _roles()
        allowed = roles["over"] | roles["filler"]
        return any(token in roles["over"] for token in found) and all(token in allowed or token in "(),-–/~[]" for token in found)

    def is_list(self, before: Mark, after: Mark) -> bool:
        """Whether a grade goes on the list of the grade before it: 0.3% Cu, 0.1 g/t Au and 1.2 g/t Ag."""
        found = self.tokens(before.end, after.start)
        if found is None or after.start - before.end > 40:
            return False
        roles = _roles()
        allowed = roles["list"] | {"of", "a", "an", "at", "grade", "grades", "for", "uncut", "capped", "cut", "uncapped", "average"}
        return all(token in allowed or token in "(),/+&=-–|[]~" for token in found)

    def is_tail(self, start: int, mark: Mark) -> bool:
        """Whether a depth or a true width still belongs to the interval that ends at `start`."""
        gap = self.text[start : mark.start]
        return (
            len(gap) <= 80
            and not SENTENCE_END.search(gap)
            and ";" not in gap
            and not re.search(r"\b(?:and|including|includes|incl|inc|plus|while|whereas)\b", gap, re.IGNORECASE)
        )

    # --- intervals ---------------------------------------------------------------------------------------------

    def intervals(self) -> list[Interval]:
        """The intervals of the block, in reading order."""
        found: list[Interval] = []
        index = 0
        while index < len(self.marks):
            reading = self._length_first(index) or self._grade_first(index)
            if reading is None:
                index += 1
                continue
            interval, follower = reading
            self._lead(interval, index)
            index = self._tails(interval, follower)
            found.append(interval)
        return found

    def _length_first(self, index: int) -> tuple[Interval, int] | None:
        head, marks = self.marks[index], self.marks
        if head.kind not in "LWRF":
            return None
        follower = index + 1
        while follower < len(marks) and marks[follower].kind in "FTRW" and self.is_tail(marks[follower - 1].end, marks[follower]):
            follower += 1
        between = marks[index + 1 : follower]
        if head.kind == "F" and not (between and between[0].kind == "T"):
            return None
        if follower >= len(marks) or marks[follower].kind != "G" or not self.links(head, marks[follower], between):
            return None
        grades, end = self._grades(follower)
        interval = self._interval(head, between, grades)
        return (interval, end) if interval else None

    def _grade_first(self, index: int) -> tuple[Interval, int] | None:
        marks = self.marks
        if marks[index].kind != "G":
            return None
        grades, follower = self._grades(index)
        if follower >= len(marks):
            return None
        head = marks[follower]
        if head.kind in "LW" and self.is_over(marks[follower - 1], head):
            interval = self._interval(head, (), grades)
            follower += 1
            if interval and follower < len(marks) and marks[follower].kind == "G" and self._goes_on(head, marks[follower], grades):
                more, follower = self._grades(follower)
                interval.grades += more
                interval.end = more[-1].end
            return (interval, follower) if interval else None
        if head.kind == "R" or (head.kind == "F" and follower + 1 < len(marks) and marks[follower + 1].kind == "T"):
            found = self.tokens(marks[follower - 1].end, head.start)
            roles = _roles()
            if found is not None and all(t in roles["filler"] | roles["depth"] | roles["over"] or t in "(,[" for t in found):
                between = marks[follower + 1 : follower + 2] if head.kind == "F" else ()
                interval = self._interval(head, between, grades)
                return (interval, follower + 1 + len(between)) if interval else None
        return None

    def _goes_on(self, length: Mark, grade: Mark, grades: list[Mark]) -> bool:
        """Whether grades after "5 g/t Au over 12 m" are of the same interval: "with 30 g/t Ag"."""
        if self.tokens(length.end, grade.start) not in (["with"], ["plus"], [",", "with"], ["along", "with"], ["together", "with"]):
            return False
        _, after = self._grades(self.marks.index(grade))
        over_own = after < len(self.marks) and self.marks[after].kind in "LW" and self.is_over(self.marks[after - 1], self.marks[after])
        return not over_own and grade.commodity not in [g.commodity for g in grades]

    def _grades(self, index: int) -> tuple[list[Mark], int]:
        """The list of grades that starts at `index`, and the index after it. A grade said again in another unit is left out."""
        marks = self.marks
        grades = [marks[index]]
        last, follower = marks[index], index + 1
        while follower < len(marks) and marks[follower].kind == "G" and self.is_list(last, marks[follower]):
            mark = marks[follower]
            same = [g for g in grades if g.commodity == mark.commodity and mark.commodity is not None]
            if same and mark.capped is None and same[-1].capped is None:
                gap = self.text[last.end : mark.start]
                if same[-1].unit == mark.unit or not re.search(r"[(/=]|\bor\b", gap):
                    break
            else:
                grades.append(mark)
            last = mark
            follower += 1
        return grades, follower

    def _interval(self, head: Mark, between: Sequence[Mark], grades: list[Mark]) -> Interval | None:
        marks = [head, *between, *grades]
        interval = Interval(min(m.start for m in marks), max(m.end for m in marks), head.value, head.unit, grades)
        if head.kind in "LW":
            interval.spans.append(("length", head.start, head.end))
            if head.kind == "W":
                interval.true_width = head.value
                interval.spans.append(("true_width", head.start, head.end))
            self._attach(interval, between)
        else:
            self._attach(interval, marks if head.kind == "R" else [head, *between])
            if interval.from_ is None or interval.to is None:
                return None
            interval.length = round(interval.to - interval.from_, 3)
            interval.spans.append(("length", head.start, between[0].end if between else head.end))
        return interval if 0 < interval.length <= LONGEST[head.unit] else None

    def _attach(self, interval: Interval, marks: Sequence[Mark]) -> None:
        """Put depths and true width into their slots where those are free."""
        for mark in marks:
            if mark.kind == "W" and interval.true_width is None:
                interval.true_width = mark.value
                interval.spans.append(("true_width", mark.start, mark.end))
            if mark.unit != interval.unit:
                continue
            if mark.kind == "F" and interval.from_ is None:
                interval.from_ = mark.value
                interval.spans.append(("from", mark.start, mark.end))
            elif mark.kind == "T" and interval.from_ is not None and interval.to is None:
                interval.to = mark.value
                interval.spans.append(("to", mark.start, mark.end))
            elif mark.kind == "R" and interval.from_ is None:
                interval.from_, interval.to = mark.low, mark.value
                interval.spans += [("from", mark.start, mark.end), ("to", mark.start, mark.end)]

    def _lead(self, interval: Interval, index: int) -> None:
        """Depths that stand before the interval: "From 120 to 132 m, 12 m of 5 g/t"."""
        first = index
        while first and self.marks[first - 1].kind in "FTR" and first > index - 2:
            first -= 1
        marks = self.marks[first:index]
        if not marks or interval.from_ is not None or marks[0].start < self._consumed:
            return
        found = self.tokens(marks[-1].end, interval.start)
        allowed = _roles()["filler"] | _roles()["depth"] | {"intersected", "returned", "cut", "hit", "encountered", "it", "we"}
        if found is not None and len(found) <= 6 and all(t in allowed or t in ",:()-–" for t in found):
            span = marks[-1].value - (marks[-1].low if marks[-1].kind == "R" else marks[0].value)
            if marks[-1].kind == "F" or abs(span - interval.length) <= 0.1 * interval.length + 0.1:
                self._attach(interval, marks)
                interval.start = marks[0].start

    _consumed: int = 0

    def _tails(self, interval: Interval, follower: int) -> int:
        """Depths and true width that stand after the interval; the index of the first mark that is not its own."""
        marks = self.marks
        while follower < len(marks):
            mark = marks[follower]
            at = (
                mark.kind in "LO"
                and AT_LEFT.search(self.text, max(interval.end, mark.start - 14), mark.start) is not None
                and not self._heads(follower)
            )
            if mark.kind not in "FTRW" and not at:
                break
            if not self.is_tail(interval.end, mark) or (mark.kind in "RFT" and self._heads(follower)):
                break
            self._attach(interval, [Mark("F", mark.start, mark.end, mark.value, mark.unit) if at else mark])
            interval.end = mark.end
            follower += 1
        if interval.from_ is None and (match := SURFACE.match(self.text, interval.end, self.end)):
            interval.from_ = 0.0
            interval.spans.append(("from", match.start(), match.end()))
            interval.end = match.end()
        self._consumed = interval.end
        return follower

    def _heads(self, index: int) -> bool:
        """Whether the mark at `index` starts an interval of its own."""
        return self._length_first(index) is not None


PLATINUM = frozenset({"platinum", "palladium", "rhodium", "platinum_group"})


def _sum_of(parts: list[str]) -> str:
    """The commodity of a grade given for several metals in sum: platinum_group where they are of that group, else both names."""
    if PLATINUM & set(parts) and set(parts) <= PLATINUM | {"gold"}:
        return "platinum_group"
    return "_".join(parts)
