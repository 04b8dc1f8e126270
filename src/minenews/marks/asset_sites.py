"""Learn names by what only a site does or has: "Ostrava produced 1,200 ounces", "Alder copper production", "- Birch: 900 tonnes"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from minenews.marks.asset_tokens import Token
from minenews.marks.asset_words import fold, is_modifier, load_context, load_kinds

WEIGHT = r"(?:k?oz|Moz|ounces|tonnes|tons|k?t|Mt|lbs?|pounds|carats|kg|tpd|t/d)\b"
NUMBER = r"(?:\$\s?)?\d[\d,.]*\s?(?:(?:to|-|–)\s?\d[\d,.]*\s?)?(?:(?:thousand|million|k|M)\s)?"
AMOUNT = rf"{NUMBER}(?:(?:dry|wet|metric|payable|recovered)\s)?{WEIGHT}"
DOES = re.compile(
    rf"""(?:\s\([^()\n]{{1,40}}\))?,?\s(?:(?:also|has|again|alone|itself)\s)?
    (?: (?:produced|poured|mined|milled|processed|treated|crushed|stacked|delivered|contributed|achieved|recorded|generated|sold|shipped
         |yielded|averaged|added|hoisted)\s(?:[\w,-]+\s){{0,5}}?
        (?:{AMOUNT}|(?:throughput|production|recover(?:y|ies)|ore\s(?:tonnes|grade|milled|mined))\b)
      | (?:continued|maintained|performed|had|enjoyed|rebounded|recovered)\b[^.;\n]{{0,60}}?\sproducing\s(?:[\w,-]+\s){{0,3}}?{AMOUNT}
      | exited\sthe\s(?:year|quarter)\sat\b
      | (?:reached|achieved|declared|entered)\s(?:commercial|full|nameplate|first)\s(?:production|capacity)\b )""",
    re.VERBOSE,
)
"""What only a site does, right after its name."""

FIGURE = re.compile(rf"\s?(?:\(\d{{1,3}}%\))?(?:\s?[:–—-]\s?(?:[^.;:\n]{{0,40}}?\s)??|\s){AMOUNT}")
"""The news of one site after its name and a colon: "Ostrava: 1,200 tonnes of copper"."""

GROUND = re.compile(r"\s(?:underground|UG|OP|crown\spillar|decline|stopes?|headframe)(?=[\s,.;)])")
PERMITTED = re.compile(r"\shas\s(?:obtained|received|secured)\s(?:all|its|the|key)\s(?:\w+\s){0,2}permits\b")
IS_A = re.compile(
    r"\s(?:is|was|remains|became|will\sbe)\s(?:a|an|the|one\sof|our|its)\s[^.;\n]{0,60}?\b(?:mine|deposit|smelter|concentrator|colliery)(?=[,.;]|\s(?:in|on|with|that|and|located)\b)"
)
MADE = frozenset({"production", "output", "throughput", "aisc", "recovery", "recoveries", "sales"})
ORDINARY = re.compile(
    r".*(?:ing|[ts]ions?|ments?|[oe]rs|ies|ed|ly|ity|ness|als?|ics?|ances?|ences?|ages|ures|ists|ants?|ents?|able|ible|est|ive|ous|ful|less|ary|ory)|.{1,3}",
    re.DOTALL,
)
"""Words that are none but ordinary ones: "Contractors", "Consistent"."""


def find_sites(
    text: str,
    tokens: Sequence[Token],
    begins: Sequence[tuple[int, int]],
    in_title: Callable[[int], bool],
    prose: frozenset[str],
    owners: frozenset[str],
) -> Iterator[tuple[tuple[int, int], int, bool, str]]:
    """Each run of name words that does or has what only a site can: the run, its points, whether it is a mine, the rule.

    `begins`: the runs of capital words that may be names; `owners`: the folded words with which names of companies begin.
    """
    ordinary = {token.text for token in tokens if not token.capital}
    labels: list[tuple[int, int]] = []
    for run in begins:
        first, last = tokens[run[0]], tokens[run[1] - 1]
        core = text[first.start : last.end]
        if core.isupper() or fold(core) in owners or any(token.lower in load_context("product") for token in tokens[run[0] : run[1]]):
            continue
        alone = run[1] - run[0] == 1
        if alone and first.opens and core not in prose and (ORDINARY.fullmatch(first.lower) or first.lower in ordinary):
            continue
        titled = in_title(first.start) and core not in prose
        led = run[0] > 0 and not first.breaks and tokens[run[0] - 1].lower in {"the", "its", "our"}
        if _begins_line(tokens, run[0]) and FIGURE.match(text, last.end):
            labels.append(run)
        if titled:
            continue
        before = tokens[run[0] - 1].text if run[0] and not first.breaks else ""
        if before[:1].isdigit() or (before == "." and tokens[run[0] - 2].text.isupper()):
            continue  # a unit, the surname behind an initial
        if before in load_context("particle") and tokens[run[0] - 2].capital:
            continue  # the rest of a name: "Serra do Ostrava"
        does = DOES.match(text, last.end)
        if not led and does and not (before == "," and does[0][0] == ","):
            yield run, 2, True, "asset.does"
        elif led and GROUND.match(text, last.end):
            yield run, 2, True, "asset.ground"
        elif not led and _has_made(tokens, run[1]):
            yield run, 2, True, "asset.made"
        elif PERMITTED.match(text, last.end) or IS_A.match(text, last.end):
            yield run, 1, True, "asset.is"
    names = {text[tokens[run[0]].start : tokens[run[1] - 1].end] for run in labels}
    for run in labels:
        if len(names) > 1 or text[tokens[run[0]].start : tokens[run[1] - 1].end] in prose:
            yield run, 2, True, "asset.figure"


def _begins_line(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is the first of its line or label, behind a bullet or none."""
    bullet = index > 0 and not tokens[index - 1].text[0].isalnum() and tokens[index - 1].breaks
    return tokens[index].breaks or bullet or tokens[index - 1].text in {":", ";"}


def _has_made(tokens: Sequence[Token], at: int) -> bool:
    """Whether a product and a word for making it follow, with a figure: "copper production of 3,900 tonnes"."""
    end = at
    while end < len(tokens) and end - at < 4 and not tokens[end].breaks:
        token = tokens[end]
        if token.lower in MADE and not token.capital:
            return any(t.text[0].isdigit() for t in _rest(tokens, end + 1))
        if token.capital or not (is_modifier(token.lower) or token.lower in {"and", "mine", "mill"}) or token.lower in load_kinds():
            return False
        end += 1
    return False


def _rest(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """The next words of a sentence."""
    for token in tokens[at : at + 12]:
        if token.text in {".", ";", "!", "?"}:
            return
        yield token
