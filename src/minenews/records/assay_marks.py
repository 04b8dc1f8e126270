"""Lengths, depths and grades in a block of prose: what each figure is there, told from the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minenews.marks.page import Measure, Page, Word, within
from minenews.marks.quantities import commodity_of
from minenews.models import Bound
from minenews.records.holes import Hole
from minenews.records.metals import add_partners

LONGEST = {"m": 2000.0, "ft": 6500.0}
"""No drill interval is longer."""

FROM_LEFT = re.compile(
    r"""(?: \bfrom (?:\s+(?:a|an|the|about|approximately|around|just|only|near|shallow|depths?
                   |downhole|down-hole|down|hole|drill|vertical|interval|of|\(|~|c\.)){0,6}
          | \b(?:starting|beginning|commencing|starts|begins) (?:\s+(?:at|from|a|an|about|approximately|around|only|just|depths?
              |downhole|down-hole|down|hole|drill|vertical|of|~)){1,6}
          | \b(?:at|to) (?:\s+(?:a|an|the|about|approximately|around|shallow|downhole|down-hole|down|hole|drill|vertical|true
              |core)){0,5} \s+(?:depths?) (?:\s+(?:of|from|interval|about|approximately|around|~)){0,3}
        ) \s* \(? ~? $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before the depth at which an interval starts."""

VERTICAL = re.compile(r"\bvertical(?:ly)?\s(?:depth\s)?(?:of\s|below\s)?(?:about\s|approximately\s|~)?$", re.IGNORECASE)
"""Words before a depth below surface, which is no depth down the hole."""

AT_LEFT = re.compile(r"\bat\s{1,3}(?:about\s|approximately\s|~)?[(~]?$", re.IGNORECASE)
DEPTH_RIGHT = re.compile(
    r"\s{0,2}(?:\([^()]{0,24}\)\s?)?(?:in\s)?(?:down-?\s?hole|depth|vertical|below\s+(?:surface|the\s+surface|collar)|from\s+(?:surface|the\s+collar|collar))\b",
    re.IGNORECASE,
)
BELOW = re.compile(r"\s?(?:vertically\s)?(?:below|beneath|from)\s(?:the\s)?(?:surface|collar)", re.IGNORECASE)
TO_GAP = re.compile(
    r"""\s{0,2}(?:\([^()]{0,24}\)\s?)?(?:(?:down-?\s?hole|depth|\)|below\s+surface)\s{0,2}){0,2}
        (?:to|and|until|-|–|—|‑)(?:\s+(?:a|an|the|end|of|hole|depth|downhole|down-hole|drill|vertical|length|total|at|about
            |approximately|~)){0,7}\s{0,2}\(?~?\s{0,2}""",
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
    r"""(?: \b(?: strike | strike[\s-]lengths? | strike\s+extent | extend(?:s|ed|ing)? | extent | extension | distance
            | spac(?:ing|ings|ed) | every | each | collared | located | elevation
              | minimum | maximum\s+internal | internal | dilution | waste | widths?\s+of\s+between | average\s+width | averag(?:e
                  |ing)\s+thickness | mining\s+width | samples? | depths? | lateral(?:ly)? | vertical(?:ly)? | radius ) \b
            (?:(?!\b(?:showed|shows|returned|intersected|cut|assayed|yielded|hit)\b)[^.;,:()0-9]){0,24} ) $""",
    re.VERBOSE | re.IGNORECASE,
)
OTHER_RIGHT = re.compile(
    r"""[\s-]{0,2}(?: by\s | [x×]\s?[0-9] | (?:of\s+)?(?:strike|dip|plunge)\b | along\s+strike | apart\b | away\b
            | (?:to\s+the\s+)?(?:north|south|east|west|NE|NW|SE|SW|N|S|E|W|NNE|NNW|SSE|SSW|ENE|ESE|WNW|WSW)\b | northeast | northwest
            | southeast | southwest | up-?\s?dip | down-?\s?dip | step | spac | grid | cent(?:re|er)s | radius | elevation | level\b
                | bench | holes? | deep\b | high\b(?![\s-]grade) | long\b | ahead | composites? | samples?\b
            | of\s+(?:diamond|RC|reverse|core\s+drill|drilling|infill|surface|underground|exploration|trenching|historic|vertical
                |strike|further|additional|new\s+drill|development)
            | (?:below|above|beneath|under|from|off|of|inside|outside)\s+(?:the\s|a\s|an\s|any\s|previous|existing|known|hole
                |historic|current|old)(?!\s?(?:down|depth|vertical|drill|shallow|starting|surface)) )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words around a length that is no interval: spacing, strike, distance, size of a programme."""

TRUE_RIGHT = re.compile(
    r"[\s,(]{0,3}(?:est(?:imated|\.)?\s+|approximate\s+|approx\.?\s+)?(?:(?:true|actual)[\s-](?:width|thickness)|ETW\b|ETT\b|TW\b)",
    re.IGNORECASE,
)
TRUE_LEFT = re.compile(
    r"(?:\b(?:true|actual)[\s-](?:width|thickness)(?:es|s)?|\bETW|\bETT|\bTW)(?:[\s,]+(?:of|is|are|was|at|be|to|estimated|interpreted|approximately|about|around|up|~|=)){0,5}\s{0,2}[:=(]?\s{0,2}~?$",
    re.IGNORECASE,
)

CUTOFF_RIGHT = re.compile(
    r"""[\s(]{0,2} (?: (?!using|at|with|above|based|and|for|applying|from|over)[A-Za-z0-9]{1,12} [\s)]{1,2} ){0,3}
        (?: cut-?\s?offs? | cut-?over | COG | lower[\s-]cut | threshold | trigger | nominal ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
CUTOFF_LEFT = re.compile(
    r"(?:\b(?:cut-?\s?off|cutoff)s?(?:\s+grades?)?(?:\s+(?:of|at|is|was|using))?|\bCOG(?:\s+of)?|\b(?:capped|cut|top-?\s?cut)(?:\s+(?:at|to|of))|\b(?:greater|more|less|higher|lower)\s+than|\bexceed(?:s|ed|ing)?|\babove|\bbelow|[><≥≤])\s{0,2}(?:a\s|an\s)?$",
    re.IGNORECASE,
)
CAPPED = re.compile(r"\b(?P<no>un-?cut|un-?capped)\b|\b(?:top-?cut|capped|cut)\b(?!\s?-?off)", re.IGNORECASE)
GRAMS = re.compile(r"\s{0,2}(?:of\s)?(?:[A-Za-z-]{2,12}\s){0,2}(?:per|/)\s?(?:metric\s)?(?:tonne|ton|t)\b", re.IGNORECASE)
SYMBOL = re.compile(r"\s?(?:[A-Z][a-z]?[0-9₀-₉]{0,2}){1,3}(?![A-Za-z0-9₀-₉])")
"""The symbol of an element or oxide."""

METAL_GAP = re.compile(
    r"\.?\s{0,2}(?:\((?:g/t|ppm|ppb|%|[0-9.,]{1,9}\s?(?:%|ppm|ppb|g/t))\s?\)\s?)?(?:\(|of\s|in\s|contained\s|total\s){0,2}", re.IGNORECASE
)
"""What stands between a grade and its metal: 1.2% Cu, 7,310 ppm (0.73%) of U3O8."""
ANY_CASE = re.compile(r"\s?(au|ag|cu|zn|pb|AU|AG|CU|ZN|PB)(?![A-Za-z0-9])")
OUNCES = re.compile(r"\.?\s{0,2}(?:of\s)?(?:[A-Za-z-]{2,12}\s)?(?:per|/)\s?(?:short\s)?ton\b", re.IGNORECASE)
NOTE = re.compile(r"[\])]\s?(?:m|ft|feet)")
"""What stands in a length with a note: a cheap test."""
NOTED_LENGTH = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(?:\[[0-9]{1,2}\]|\([0-9]\))\s?(?P<unit>m|metres|meters|ft|feet)\b"
)


def may_hold_lengths(page: Page) -> bool:
    """Whether a page gives any length that an interval may have: a cheap test."""
    if any(measure.unit in LONGEST for measure in page.quantities):
        return True
    return NOTE.search(page.text) is not None and NOTED_LENGTH.search(page.text) is not None


@dataclass(frozen=True, slots=True)
class Mark:
    """A length, depth or grade of a block.

    `kind`: L length, W true width, F from, T to, R from and to, G grade, O another length, X another grade.
    """

    kind: str
    start: int
    end: int
    value: float
    unit: str
    commodity: str | None = None
    low: float = 0.0
    capped: bool | None = None
    unknown: bool = False  # a grade of something outside the vocabulary: it keeps its place in the list and gives no grade


class AssayMarks:
    """The marks of one block, in reading order, with its commodity words and the lengths said again in another unit."""

    def __init__(self, page: Page, start: int, end: int, holes: Sequence[Hole]) -> None:
        self.page, self.text, self.start, self.end = page, page.text, start, end
        self.words: Sequence[Word] = [w for w in within(page.words, start, end) if w.label == "commodity"]
        self.holes = holes
        self.others: list[Measure] = []
        self.marks = self._marks()

    def _marks(self) -> list[Mark]:
        found: list[Mark] = []
        last_length: Measure | None = None
        for measure in self._measures():
            if any(h.end > measure.start for h in within(self.holes, measure.start - 40, measure.end)):
                continue
            if measure.unit in LONGEST:
                if last_length is not None and self._is_other_unit(last_length, measure):
                    self.others.append(measure)
                    continue  # 128.02 meters (420 feet)
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
            if not within(self.page.quantities, match.start(), match.end()):
                value, unit = float(match["number"]), "ft" if match["unit"].startswith("f") else "m"
                found.append(Measure(match.start(), match.end(), value, None, None, Bound.EXACT, unit, "length", match[0], "noted_length"))
        return sorted(found, key=lambda m: m.start)

    def _unsigned(self, measure: Measure) -> Measure:
        """The measure without the dash that opens a bullet or follows a hole's name: "- 12 m of ..." is no minus."""
        if (
            measure.signed != "-"
            or measure.value is None
            or self.text[max(self.start, measure.start - 3) : measure.start].rstrip()[-1:] == "("
        ):
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
        if VERTICAL.search(lead):
            return Mark("O", measure.start, measure.end, measure.value, measure.unit)
        if FROM_LEFT.search(lead) or (AT_LEFT.search(lead) and not BELOW.match(text, measure.end) and DEPTH_RIGHT.match(text, measure.end)):
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
        ounces = OUNCES.match(text, measure.end) if measure.unit == "oz" else None
        grams = measure.dimension == "mass" and (measure.unit == "g" or ounces is not None)
        if measure.dimension not in ("grade", "percent") and not grams:
            return None
        end, commodity, capped = self._commodity(measure)
        value = measure.value
        unknown = None if commodity else SYMBOL.match(self.text, end)
        if unknown is not None:
            end = unknown.end()
        if value is None or value <= 0 or measure.bound in (Bound.RANGE, Bound.MIN) or (measure.dimension == "percent" and value > 100):
            return Mark("X", measure.start, end, 0.0, measure.unit)
        if grams and (match := ounces or GRAMS.match(text, measure.end)):
            end = max(end, match.end())
        if CUTOFF_LEFT.search(text, max(self.start, measure.start - 40), measure.start) or CUTOFF_RIGHT.match(
            text, end, min(self.end, end + 40)
        ):
            return Mark("X", measure.start, end, 0.0, measure.unit)
        return Mark(
            "G",
            measure.start,
            end,
            value,
            "oz/st" if ounces else "g/t" if grams else measure.unit,
            commodity,
            capped=capped,
            unknown=unknown is not None,
        )

    def _commodity(self, measure: Measure) -> tuple[int, str | None, bool | None]:
        """End of the grade with its commodity, the commodity (also two in sum: "Zn + Pb"), and whether the grade is capped."""
        text, end, commodity = self.text, measure.end, measure.commodity
        after = within(self.words, measure.end, measure.end + 60)
        parts: list[str] = []
        for word in after[:1]:
            if METAL_GAP.fullmatch(text[measure.end : word.start]):
                parts.append(word.key)
                end = word.end
        if parts and (more := next((w for w in after if w.start == end + 1 and w.key.endswith("_equivalent")), None)):
            parts, end, commodity = [more.key], more.end, more.key  # 2.03 gpt gold AuEq
        if parts:
            commodity = parts[0] if commodity is None or parts[0] == f"{commodity}_equivalent" else commodity
        elif commodity is not None and (symbol := SYMBOL.match(text, measure.end)):
            end = symbol.end()  # 1.18% Li₂O
        elif commodity is None and (symbol := ANY_CASE.match(text, measure.end)):
            commodity, end = commodity_of(symbol[1].capitalize()), symbol.end()
        elif commodity is None:
            commodity = self._commodity_before(measure)
        if commodity is not None:
            end, commodity = add_partners(text, measure.end, end, commodity)
        match = re.match(r"[\s,(]{0,3}", text[end : end + 4])
        cap = CAPPED.match(text, end + (match.end() if match else 0))
        return end, commodity, None if cap is None else cap["no"] is None

    def _commodity_before(self, measure: Measure) -> str | None:
        """The commodity named before a grade: "gold grade of 5 g/t", "Cu 0.5%"."""
        for word in reversed(within(self.words, max(self.start, measure.start - 80), measure.start)):
            if word.end <= measure.start and measure.start - word.end < 40:
                gap = self.text[word.end : measure.start]
                joined = re.fullmatch(
                    r"\s{0,2}(?:[:=]\s?|(?:grades?|values?|assays?|content|mineralization|mineralisation)\s(?:of\s|averaging\s|at\s)?)?",
                    gap,
                )
                owned = re.search(r"[0-9%t]\s?$", self.text[max(self.start, word.start - 4) : word.start])
                return word.key if joined and not owned else None
        return None
