"""What governs a line of a resource statement from further away: cut-off grade, standard, effective date, and whether it is historical."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, cached_property

from minenews.marks.page import Page, Sentence, within
from minenews.models import Precision
from minenews.records.assay_marks import CUTOFF_RIGHT
from minenews.vocab.load import load_rows, phrase

Span = tuple[int, int]

CUTOFF = re.compile(r"\bcut-?\s?off", re.IGNORECASE)
CUTOFF_BEFORE = re.compile(r"cut-?\s?off[^.;0-9]{0,40}$", re.IGNORECASE)
CUTOFF_AFTER = CUTOFF_RIGHT
METAL_AFTER = re.compile(
    r"\s?(?:[A-Z][A-Za-z0-9]{0,5}(?:\s?Eq)?|gold|silver|copper|lithium|nickel|uranium|zinc)\b(?:\s(?:equivalent|Eq)\b)?"
)
EFFECTIVE = re.compile(
    r"""(?: \beffective (?:\s+date)? (?:\s+(?:of|is|as|at|was|from|on)){0,3}
            (?:\s+(?:the|for|new|updated|Mineral|Resources?|Reserves?|Estimates?|and|MRE)){0,7}
            (?:\s+(?:is|was|of))?
          | \bas\s+(?:of|at) | \bat | \bdated (?:\s+as\s+of)? ) \s{0,2} [:(]? \s? $""",
    re.VERBOSE | re.IGNORECASE,
)
EFFECTIVE_DATE = re.compile(r"\beffective(?:\s+date)?\b", re.IGNORECASE)
ESTIMATED = re.compile(r"(?:resource|reserve)s?\s+estimate|\bMRE\b|estimated\s+in\s+accordance", re.IGNORECASE)
UNCURRENT = re.compile(
    r"""\bhistoric(?:al)?\s+(?:mineral\s+|resource\s+|reserve\s+){0,2}(?:estimates?|resources?|reserves?)
      | \bnot\s+(?:been\s+)?prepared\s+in\s+accordance
      | \bnot\s+(?:NI\s?43-101|JORC)[\s-]compliant""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of a paragraph that speaks of an estimate which nobody stands behind today."""


@cache
def _standards() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = load_rows("resource_standards")
    forms = sorted((row["form"] for row in rows), key=len, reverse=True)
    pattern = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(phrase(form) for form in forms)})(?![A-Za-z0-9])", re.IGNORECASE)
    return pattern, {row["form"].lower(): row["standard"] for row in rows}


class ResourceScope:
    """The scope of the resource statements of one page; every stretch of text is read once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._known: dict[tuple[str, int, int], object] = {}

    def cutoff(self, sentence: Sentence, start: int) -> Span | None:
        """The cut-off grade: the first after `start` in the sentence, else the only one of the sentence or of the paragraph."""
        inside = self._cutoffs(sentence.start, sentence.end)
        after = next((span for span in inside if span[0] >= start), None)
        if after is not None:
            return after
        block = self.page.layout.blocks[sentence.block]
        for found in (inside, self._cutoffs(block.start, block.end)):
            if found and len({self.page.written(*span) for span in found}) == 1:
                return found[0]
        return None

    def standard(self, sentence: Sentence) -> tuple[str, Span] | None:
        """The reporting standard: of the sentence, its paragraph or headline, else the only one that sentences about an estimate name."""
        block = self.page.layout.blocks[sentence.block]
        spans = [(sentence.start, sentence.end), (block.start, block.end)]
        if self.page.layout.headline is not None:
            spans.append(self.page.layout.headline)
        for span in spans:
            found = self._standard(*span)
            if found is not None:
                return found
        return self._sole_standard

    def effective_date(self, sentence: Sentence) -> tuple[dt.date, Span] | None:
        """The date that an estimate is for: in its sentence, its paragraph, or the only effective date of the release."""
        block = self.page.layout.blocks[sentence.block]
        for start, end, strict in ((sentence.start, sentence.end, False), (block.start, block.end, True), (0, len(self.page.text), True)):
            found = self._dates(start, end, strict)
            if len(found) == 1:
                return next(iter(found.items()))
        return None

    def historical(self, sentence: Sentence) -> Span | None:
        """Where the paragraph says that its estimate is historical, None where it does not."""
        block = self.page.layout.blocks[sentence.block]
        return self._uncurrent(block.start, block.end)

    # --- each stretch once -------------------------------------------------------------------------------------

    def _cutoffs(self, start: int, end: int) -> list[Span]:
        key = ("cutoff", start, end)
        if key not in self._known:
            self._known[key] = self._find_cutoffs(start, end) if CUTOFF.search(self.page.text, start, end) else []
        found = self._known[key]
        assert isinstance(found, list)
        return found

    def _find_cutoffs(self, start: int, end: int) -> list[Span]:
        text, found = self.page.text, []
        for measure in within(self.page.quantities, start, end):
            if measure.dimension not in ("grade", "percent") and not measure.unit.endswith("/t"):
                continue
            before, after = text[max(start, measure.start - 60) : measure.start], text[measure.end : min(end, measure.end + 40)]
            if CUTOFF_BEFORE.search(before) or CUTOFF_AFTER.match(after):
                metal = METAL_AFTER.match(after)
                found.append((measure.start, measure.end + (metal.end() if metal else 0)))
        return found

    def _standard(self, start: int, end: int) -> tuple[str, Span] | None:
        key = ("standard", start, end)
        if key not in self._known:
            pattern, names = _standards()
            match = pattern.search(self.page.text, start, end)
            self._known[key] = (names[" ".join(re.sub("[‐‑–]", "-", match[0]).lower().split())], match.span()) if match else None
        found = self._known[key]
        assert found is None or isinstance(found, tuple)
        return found

    @cached_property
    def _sole_standard(self) -> tuple[str, Span] | None:
        found: dict[str, Span] = {}
        for sentence in self.page.sentences:
            if self.page.is_news(sentence.start) and ESTIMATED.search(self.page.text, sentence.start, sentence.end):
                standard = self._standard(sentence.start, sentence.end)
                if standard is not None:
                    found.setdefault(*standard)
        return next(iter(found.items())) if len(found) == 1 else None

    def _dates(self, start: int, end: int, strict: bool) -> dict[dt.date, Span]:
        key = ("strict date" if strict else "date", start, end)
        if key not in self._known:
            found: dict[dt.date, Span] = {}
            for period in within(self.page.periods, start, end):
                if period.precision is Precision.DAY and period.value.end is not None:
                    cue = EFFECTIVE.search(self.page.text, max(start, period.start - 100), period.start)
                    if cue and (not strict or EFFECTIVE_DATE.search(cue[0])):
                        found[period.value.end] = (period.start, period.end)
            self._known[key] = found
        dates = self._known[key]
        assert isinstance(dates, dict)
        return dates

    def _uncurrent(self, start: int, end: int) -> Span | None:
        key = ("historical", start, end)
        if key not in self._known:
            match = UNCURRENT.search(self.page.text, start, end)
            self._known[key] = match.span() if match else None
        found = self._known[key]
        assert found is None or isinstance(found, tuple)
        return found
