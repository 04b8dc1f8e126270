"""Assayed intervals in a block of prose: a length, its grades, its depths.

The marks of a block are lengths, depths and grades in reading order. Two of them belong together when every word between
them is a word that may stand there (vocab/assay_words.csv): "196 m @ 0.34% Cu", "1.8 g/t gold over 12 m (40 feet)",
"the interval 406 - 411 m averaged 0.6% Cu". Anything else between them parts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from minenews.marks.page import within
from minenews.records.assay_marks import AT_LEFT, BELOW, LONGEST, TRUE_RIGHT, AssayMarks, Mark
from minenews.vocab.load import load_rows

MOST = 14
"""No interval has more figures in a row."""

DEFINED = re.compile(r"\(\s?(?:[\"“”'‘’][^\"“”()]{1,24}[\"”'’]|(?:g/t|gpt|oz/t|ppm)(?:\s{1,9}[A-Z]?[A-Za-z]{0,4})?)\s{0,9}\)")
"""A term or unit defined in passing: 10.0 metres ("m"), 5 grams per tonne gold (g/t Au)."""

FOOTNOTE = re.compile(r"\[[0-9]{1,2}\]|\([0-9]{1,2}\)|(?<=[A-Za-z)])[0-9]{1,2}(?![0-9.])|[*†‡§®™]")
STOP = re.compile(r"\.\s{1,2}[a-z(]")
TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|[^\s\w]")
SENTENCE_END = re.compile(r"[.!?][\"”’)\]]?\s+[\"“(]?[A-Z]|\n\s*\n")
DEPTH_WORD = re.compile(r"\)?\s?(?:\([^()]{1,20}\)\s?)?(?:down-?\s?hole(?:\s+depth)?|depth|below\s+surface)\b", re.IGNORECASE)
SURFACE = re.compile(r"[\s,()]{0,3}(?P<words>(?:starting\s+|commencing\s+|beginning\s+)?(?:from|at)\s+(?:the\s+)?surface)\b", re.IGNORECASE)


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


class Assays(AssayMarks):
    """The marks of one block and what stands between them."""

    def tokens(self, start: int, end: int, without: Sequence[Mark] = ()) -> list[str] | None:
        """Lower-case words and signs between two marks, commodities, holes and footnote marks left out.

        None where a number or a sentence end stands between them.
        """
        if end - start > 160:
            return None
        cuts = [(w.start, w.end) for w in within(self.words, start, end)]
        cuts += [(m.start, m.end) for m in within(self.others, start, end)]
        cuts += [(h.word_start, h.end) for h in within(self.holes, start, end) if h.word_start >= start]
        cuts += [(m.start, m.end) for m in without]
        gap = self.text[start:end]
        if STOP.match(gap):
            gap = " " + gap[1:]  # 36 ft. grading
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
        allowed = roles["over"] | roles["filler"] | {"also"}
        return any(token in roles["over"] for token in found) and all(token in allowed or token in "(),-–/~[]" for token in found)

    def is_list(self, before: Mark, after: Mark) -> bool:
        """Whether a grade goes on the list of the grade before it: 0.3% Cu, 0.1 g/t Au and 1.2 g/t Ag."""
        found = self.tokens(before.end, after.start)
        if found is None or after.start - before.end > 40:
            return False
        roles = _roles()
        allowed = roles["list"] | {"of", "a", "an", "at", "grade", "grades", "for", "uncut", "capped", "cut", "uncapped", "average", "lead"}
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
        while (
            follower < min(len(marks), index + MOST)
            and marks[follower].kind in "FTRW"
            and self.is_tail(marks[follower - 1].end, marks[follower])
        ):
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
            if interval and follower < len(marks) and marks[follower].kind == "G" and self._goes_on(head, follower, grades):
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

    def _goes_on(self, length: Mark, index: int, grades: list[Mark]) -> bool:
        """Whether grades after "5 g/t AuEq over 12 m" are of the same interval: "with 30 g/t Ag", "(2 g/t Au and 1% Cu)"."""
        grade = self.marks[index]
        if "".join(self.tokens(length.end, grade.start) or ()) not in ("with", "plus", ",with", "alongwith", "togetherwith", "(", "["):
            return False
        _, after = self._grades(index)
        over_own = after < len(self.marks) and self.marks[after].kind in "LW" and self.is_over(self.marks[after - 1], self.marks[after])
        return not over_own and grade.commodity not in [g.commodity for g in grades]

    def _grades(self, index: int) -> tuple[list[Mark], int]:
        """The list of grades that starts at `index`, and the index after it. A grade said again in another unit is left out."""
        marks = self.marks
        grades = [marks[index]]
        last, follower = marks[index], index + 1
        while follower < min(len(marks), index + MOST) and marks[follower].kind == "G" and self.is_list(last, marks[follower]):
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
                and not BELOW.match(self.text, mark.end)
                and not self._heads(follower)
            )
            if mark.kind not in "FTRW" and not at:
                break
            if not self.is_tail(interval.end, mark) or (mark.kind in "RFT" and self._heads(follower)):
                break
            self._attach(interval, [Mark("F", mark.start, mark.end, mark.value, mark.unit) if at else mark])
            interval.end = mark.end
            follower += 1
        if interval.true_width is not None and (match := TRUE_RIGHT.match(self.text, interval.end, self.end)):
            interval.end = match.end()
        if interval.from_ is not None and (match := DEPTH_WORD.match(self.text, interval.end, self.end)):
            interval.end = match.end()
        if interval.from_ is None and (match := SURFACE.match(self.text, interval.end, self.end)):
            interval.from_ = 0.0
            interval.spans.append(("from", *match.span("words")))
            interval.end = match.end()
        self._consumed = interval.end
        return follower

    def _heads(self, index: int) -> bool:
        """Whether the mark at `index` starts an interval of its own."""
        return self._length_first(index) is not None
