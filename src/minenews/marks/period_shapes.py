"""The written shapes of periods: a table of named patterns, each with the words that it may begin with and its reader."""

from __future__ import annotations

from dataclasses import dataclass

from minenews.marks.period_readings import (
    COUNT,
    WEEKDAYS,
    Reader,
    opens,
    read_bare_year,
    read_date,
    read_day_open,
    read_days,
    read_end_of_year,
    read_ended,
    read_first_months,
    read_fiscal_quarter_ended,
    read_fiscal_year,
    read_half,
    read_listed_day,
    read_month,
    read_month_half,
    read_month_open,
    read_month_quarter,
    read_months,
    read_months_open,
    read_months_to_report,
    read_next_months,
    read_quarter,
    read_quarterly_report,
    read_quarters,
    read_quarters_to_date,
    read_relative,
    read_same_period,
    read_slashes,
    read_week_ended,
    read_weekday,
    read_year,
    read_year_to_a_date,
    read_year_to_date,
    read_years,
)
from minenews.text.dateline import MONTHS as MONTH_NAMES

MONTH_FORMS = tuple(
    form
    for name in MONTH_NAMES
    for word in dict.fromkeys((name, "sept" if name == "september" else name[:3], name[:3]))
    for form in (word.capitalize(), word.upper())
)
S = r"\s{1,9}"  # white space, bounded so that every shape is linear
O = r"\s{0,9}"  # noqa: E741 - the same or none
NO_STOP = r"(?<!ary\.)(?<!rch\.)(?<!ril\.)(?<!May\.)(?<!une\.)(?<!uly\.)(?<!ust\.)(?<!ber\.)"
"""Behind a month: no full stop after its full name, which ends a sentence."""
MONTH = rf"(?-i:{'|'.join(sorted(MONTH_FORMS, key=len, reverse=True))})\b\.?"
MONTH_NAME = "|".join(name.capitalize() for name in MONTH_NAMES)
WEEKDAY = "|".join(word.capitalize() for word in WEEKDAYS)
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
SHORT_YEAR = r"(?:20)?[0-9]{2}(?![0-9%]|[,.][0-9])"
TO = rf"{O}(?P<to>to|through|thru|until|till|and|[-‐‑–—]){O}"
COUNTS = rf"(?:{'|'.join(sorted(COUNT, key=len, reverse=True))}|[2-9]|1[0-28]|24)"
FISCAL = rf"(?:(?:fiscal|financial)(?:{S}year)?{O}|FY[-\s]?|(?-i:F)\s?)['’]?"
FISCAL_YEAR = r"(?:20[0-9]{2}[-–][0-9]{2}|(?:20)?[0-9]{2}(?:\s?/\s?(?:20)?[0-9]{2})?)(?![0-9%]|[,.][0-9])"
RELATIVE_YEAR = r"(?:the\s)?(?P<ry>this|last|next|current|previous|prior|preceding|following|coming)\s(?:calendar\s)?year(?!['’]s|\w)"
OF_YEAR = (
    rf"(?:{S}(?:of|in|for){S}(?:the{S}|our{S}|its{S})?(?P<fy2>20[0-9]{{2}}(?:/(?:20)?[0-9]{{2}})?){S}(?:fiscal|financial){S}year"
    rf"|[,-]?{O}(?:(?:of|in|for){S})?(?:the{S})?(?:(?:calendar|CY){O})?(?:year{S})?(?P<y>{YEAR}(?![,.][0-9]))"
    rf"|[,-]?{O}(?:(?:of|in|for){S})?(?:the{S}|our{S}|its{S})?{FISCAL}(?P<fy>{FISCAL_YEAR})"
    rf"|{S}(?:of{S}|in{S})?{RELATIVE_YEAR})"
)
AFTER_LETTERS = rf"""
    (?: [\s-]{{0,2}} (?:of{S})? {FISCAL} (?P<fy>{FISCAL_YEAR})
      | (?: {S}(?:of|in|for){S} | ,?[\s-]{{0,2}}['’]? | / | \s?[-–]\s? ) (?:CY\s?)?
        (?P<y>{YEAR}|(?<=['’/ Y-]){SHORT_YEAR})
      | {S} (?:of{S})? {RELATIVE_YEAR} )"""
"""The year after Q2 or H1."""

QUARTER_WORD = (
    r"(?P<q>first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-]{1,3}"
    rf"(?:(?:calendar|fiscal|financial){S})?(?:quarters?|qtr|(?-i:Q))(?!\w)"
)
HALF_WORD = r"(?P<h>first|second|latter|1st|2nd)[\s-]{1,3}half(?:[\s-]year)?\b"
ENDED = rf"""
    \s?,?{S} (?:that{S}|which{S})? (?:ended|ending|to){S} (?:on{S}|in{S})? (?:the{S})? (?:end[\s-](?:of{S})?)?
    (?: (?P<m>{MONTH}) (?:{O}(?P<d>{DAY}))? (?:{O},?{O}(?P<y>{YEAR}))?
      | (?P<d2>{DAY}){O} (?:of{S})? (?P<m2>{MONTH}) (?:{O},?{O}(?P<y2>{YEAR}))? )"""
"""The end of a period: "ended June 30, 2017"."""

UNIT_AFTER = r"""
    (?! \s? (?:oz|ounces|tonnes|tons|metres|meters|feet|m|t|kt|koz|kg|lbs?|pounds|units|shares|options|warrants|holes|people|workers
      |employees|miners|hectares|ha|acres|level|samples|ppm|g/t)\b | \s?[%$] | /[0-9] )"""
"""What shows that four digits are no year."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A written shape of a period. `heads` are the words it may begin with; MONTH, DAY (one or two digits) and YEAR are classes of them."""

    name: str
    heads: str
    read: Reader
    pattern: str


SHAPES = (
    # --- days
    Shape(
        "days", "MONTH", read_days,
        rf"""(?P<m>{MONTH}){O}(?P<d>{DAY})(?:,?{S}(?P<x>{YEAR}))?{O}(?:to|through|until|[-‐‑–—]){O}(?:(?P<n>{MONTH}){O})?
            (?P<e>{DAY}){O},{O}(?P<y>{YEAR})""",
    ),
    Shape(
        "days_day_first", "DAY", read_days,
        rf"""(?P<d>{DAY})(?:{O}(?P<m>{MONTH})(?:{S}(?P<x>{YEAR}))?)?{O}(?:to|through|until|[-‐‑–—]){O}(?P<e>{DAY}){S}
            (?P<n>{MONTH}){O},?{O}(?P<y>{YEAR})""",
    ),
    Shape("month_day_year", "MONTH", read_date, rf"(?P<m>{MONTH}){O}(?P<d>{DAY}){O},?{O}(?P<y>{YEAR})"),
    Shape(
        "day_month_year", "DAY", read_date,
        rf"(?P<d>{DAY})(?:{O}of{S}|[\s-]{{0,3}})(?P<m>{MONTH})(?:{O},?[\s-]?{O}(?P<y>{YEAR})|-(?P<y2>[0-9]{{2}})(?![0-9]))",
    ),
    Shape("iso_date", "YEAR", read_date, r"(?P<y>(?:19|20)[0-9]{2})(?P<sep>[-/])(?P<m>[01]?[0-9])(?P=sep)(?P<d>[0-3]?[0-9])(?![0-9])"),
    Shape("dotted_date", "DAY", read_date, r"(?P<d>[0-3][0-9])\.(?P<m>[01][0-9])\.(?P<y>(?:19|20)[0-9]{2})(?![0-9]|\.[0-9])"),
    Shape("slash_date", "DAY", read_slashes, r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>(?:19|20)?[0-9]{2})(?![0-9/])"),
    Shape(
        "listed_days", "MONTH", read_date,
        rf"(?P<m>{MONTH}){S}(?P<d>{DAY})(?=(?:,{S}[0-9]{{1,2}}){{0,3}},?{S}(?:and|&){S}{DAY},?{S}(?P<y>{YEAR}))",
    ),
    Shape("day_month", "DAY", read_day_open, rf"(?P<d>{DAY})(?:{S}of)?{S}(?P<m>{MONTH})(?!\s?,?\s?[0-9])"),
    Shape(
        "month_day", "MONTH", read_day_open,
        rf"(?P<m>{MONTH}){S}(?P<d>{DAY})(?![,.]?[0-9]|\s?,\s?(?:19|20)[0-9]{{2}}(?![0-9])|%|\s?(?:and\s)?[0-9])",
    ),
    Shape("listed_day", "DAY", read_listed_day, rf"(?P<d>{DAY}),?{S}(?P<y>{YEAR})"),
    Shape(
        "weekday", " ".join(WEEKDAYS) + " last next this on", read_weekday,
        rf"(?:(?P<lead>last|next|this|on){S})?(?P<w>(?-i:{WEEKDAY}))(?!\w|\s?,?{S}(?:{MONTH}|{DAY})|['’]s\sclose)",
    ),
    # --- periods up to a day
    Shape("ended", f"DAY {' '.join(COUNT)}", read_ended, rf"(?P<c>{COUNTS})[\s-]{{1,3}}(?:calendar{S})?months?(?:{S}period)?{ENDED}"),
    Shape(
        "unit_ended", "month quarter half year first second third fourth full fiscal financial final interim", read_ended,
        rf"""(?:(?:first|second|third|fourth|full|final|interim){S})?(?:(?:fiscal|financial|calendar)[\s-])?(?P<u>month|quarter
            |half(?:[\s-]year)?|year)(?:{S}(?:period|results))?{ENDED}""",
    ),
    Shape(
        "shared_ended", " ".join(COUNT), read_ended,
        rf"""(?P<c>{COUNTS})(?=[\s-](?:months?[\s-])?(?:period{S})?(?:and|&|or){S}(?:the{S})?(?:{COUNTS}
            |twelve)[\s-]{{1,3}}months?(?:{S}periods?)?(?P<tail>{ENDED}))""",
    ),
    Shape(
        "quarter_fiscal_ended", "Q first second third fourth", read_fiscal_quarter_ended,
        rf"""(?:(?-i:Q)(?P<q>[1-4])|(?P<w>first|second|third|fourth){S}quarter){S}(?:of{S})?(?:the{S})?{FISCAL}
            (?P<fy>{FISCAL_YEAR}),?{S}\(?(?P<u>quarter{S})?(?:ended|ending){S}(?:(?P<m>{MONTH}){S}(?P<d>{DAY})|(?P<d2>{DAY}){S}
            (?P<m2>{MONTH}))(?:,?{S}(?P<y>{YEAR}))?""",
    ),
    Shape(
        "week_ended", "week seven DAY", read_week_ended,
        rf"""(?:week|(?:seven|7)\sdays){S}(?:ended|ending){S}(?:on{S})?(?:\w{{3,9}}day,?{S})?(?:(?P<m>{MONTH}){O}(?P<d>{DAY}),?
            {O}(?P<y>{YEAR}))""",
    ),
    # --- quarters
    Shape(
        "quarters", "Q", read_quarters,
        rf"(?-i:Q)(?P<q>[1-4]){O}(?:to|through|-|–){O}(?-i:Q)(?P<r>[1-4])[\s/-]?['’]?(?P<y>{SHORT_YEAR})",
    ),
    Shape(
        "quarterly_report", "quarterly", read_quarterly_report,
        rf"""quarterly{S}(?:(?:activities|activity|production|operations|operational|cash{S}flow|and){S}){{0,3}}report{O}(?:[-–:]{O})?
            (?:(?:to|for{S}the{S}(?:period|quarter|three{S}months){S}(?:ended|ending|to)){S}(?P<d>{DAY}){S}(?P<m>{MONTH}),?{S}(?P<y>{YEAR})
              |(?P<m2>{MONTH}){S}(?P<y2>{YEAR}))""",
    ),
    Shape(
        "quarters_to_date", "Q YTD", read_quarters_to_date,
        rf"(?:(?-i:Q)(?P<q>[2-4])[\s-]{{1,2}}YTD|YTD[\s-]{{1,2}}(?-i:Q)(?P<q2>[2-4]))[\s-]{{1,2}}(?P<y>{YEAR})",
    ),
    Shape("quarter_year", "Q", read_quarter, rf"(?-i:Q)(?P<q>[1-4]){AFTER_LETTERS}"),
    Shape(
        "digit_quarter", "DAY", read_quarter,
        rf"(?P<q>[1-4])(?-i:Q)(?:[\s-]{{0,2}}{FISCAL}(?P<fy>{FISCAL_YEAR})|(?:[\s/-]?['’]?|{S}(?:of|in){S})(?:CY)?(?P<y>{SHORT_YEAR}))",
    ),
    Shape(
        "fiscal_quarter", "FY F fiscal financial", read_quarter,
        rf"""{FISCAL}(?P<fy>{FISCAL_YEAR})[\s,-]{{0,3}}(?:(?-i:Q)(?P<q>[1-4])(?![0-9])|(?P<w>first|second|third
            |fourth)[\s-]quarter)""",
    ),
    Shape("fq", "FQ", read_quarter, rf"(?-i:FQ)(?P<q>[1-4])[\s-]?['’]?(?P<fy>{FISCAL_YEAR})"),
    Shape(
        "fiscal_q", "fiscal financial", read_quarter,
        rf"(?:fiscal|financial)(?:{S}year)?{S}(?-i:Q)(?P<q>[1-4])[\s-]?(?P<fy>{FISCAL_YEAR})",
    ),
    Shape(
        "year_quarter", "YEAR", read_quarter,
        rf"(?<![$£€.,/+])(?P<y>{YEAR})[\s-]{{0,3}}(?:(?-i:Q)(?P<q>[1-4])(?![0-9])|(?P<w>first|second|third|fourth)[\s-]quarter)",
    ),
    Shape("quarter_words_year", "first second third fourth final DAY", read_quarter, rf"{QUARTER_WORD}{OF_YEAR}"),
    Shape(
        "month_quarter_year", "MONTH", read_month_quarter,
        rf"""(?P<m>{MONTH}){NO_STOP}[\s-]{{1,3}}(?:(?P<y>{YEAR}){S}|{FISCAL}(?P<fy2>{FISCAL_YEAR}){S})?(?:quarter(?:ly)?|qtr|Q)(?![\w’'])(?:{S}(?:of{S})?(?:(?P<y2>{YEAR})
            |{FISCAL}(?P<fy>{FISCAL_YEAR})|{RELATIVE_YEAR}))?""",
    ),
    Shape("year_month_quarter", "YEAR", read_month_quarter, rf"(?P<y>{YEAR}){S}(?P<m>{MONTH}){S}(?:quarter|qtr)\b"),
    Shape("quarter_words", "first second third fourth final DAY", read_quarter, QUARTER_WORD),
    Shape(
        "quarter_listed", "first second third", read_quarter,
        rf"(?P<q>first|second|third)(?={S}(?:and|&|or|to|through){S}(?:second|third|fourth)[\s-]quarters?\b)",
    ),
    Shape("quarter_short", "Q", read_quarter, r"(?-i:Q)(?P<q>[1-4])(?!\w|[.,-][0-9])"),
    Shape("digit_quarter_open", "DAY", read_quarter, r"(?P<q>[1-4])(?-i:Q)(?!\w)"),
    # --- halves
    Shape("half_year_short", "H", read_half, rf"(?-i:H)(?P<h>[12]){AFTER_LETTERS}"),
    Shape(
        "digit_half", "DAY", read_half,
        rf"""(?P<h>[12])(?-i:H)(?:[\s-]{{0,2}}{FISCAL}(?P<fy>{FISCAL_YEAR})
            |(?:[\s/-]?['’]?|{S}(?:of|in){S})(?:CY)?(?P<y>{SHORT_YEAR}))""",
    ),
    Shape(
        "fiscal_half", "FY F fiscal financial", read_half,
        rf"{FISCAL}(?P<fy>{FISCAL_YEAR})[\s,-]{{0,3}}(?:(?-i:H)(?P<h>[12])(?![0-9])|(?P<w>first|second)[\s-]half)",
    ),
    Shape(
        "year_half", "YEAR", read_half,
        rf"(?<![$£€.,/+])(?P<y>{YEAR})[\s-]{{0,3}}(?:(?-i:H)(?P<h>[12])(?![0-9])|(?P<w>first|second)[\s-]half)",
    ),
    Shape("half_words_year", "first second latter DAY", read_half, rf"{HALF_WORD}{OF_YEAR}"),
    Shape(
        "part_of_fiscal_year", "first second third fourth latter final DAY", opens("part_of_fiscal_year"),
        rf"""(?:{QUARTER_WORD}|{HALF_WORD}){S}of{S}(?:the|its|our){S}(?:current{S}|new{S}|next{S}|coming{S}|company['’]s{S})?
            (?:fiscal|financial){S}year(?!\w)""",
    ),
    Shape(
        "half_words", "first second DAY", read_half,
        rf"(?P<h>first|second|1st|2nd)[\s-]half(?:[\s-]year)?(?!\w|{S}of{S}(?!the{S}(?:(?:calendar|fiscal|financial){S})?year))",
    ),
    Shape(
        "month_half", "MONTH", read_month_half,
        rf"(?P<m>{MONTH})[\s-]{{1,3}}(?:(?P<y>{YEAR}){S})?half(?:[\s-]year)?(?!\w)(?:{S}(?:of{S})?(?P<y2>{YEAR}))?",
    ),
    Shape("half_short", "H", read_half, r"(?-i:H)(?P<h>[12])(?!\w|[.,-][0-9])"),
    Shape("digit_half_open", "DAY", read_half, r"(?P<h>[12])(?-i:H)(?!\w)"),
    # --- first months
    Shape(
        "first_months_year", "first", read_first_months,
        rf"first{S}(?P<n>{COUNTS})[\s-](?:calendar\s)?(?:months|(?P<quarters>quarters)){OF_YEAR}",
    ),
    Shape(
        "months_of_year", "DAY " + " ".join(COUNT), read_first_months,
        rf"(?P<n>{COUNTS})[\s-]months?{S}(?:of{S})?(?:(?P<y>{YEAR})|{FISCAL}(?P<fy>{FISCAL_YEAR}))",
    ),
    Shape(
        "short_months", "DAY", read_first_months,
        rf"(?P<n>[2-9]|1[0-2])(?-i:M)(?:[\s-]?{FISCAL}(?P<fy>{FISCAL_YEAR})|[\s/-]?['’]?(?P<y>{YEAR}|(?<=[M'’/-]){SHORT_YEAR}))",
    ),
    Shape(
        "months_to_report", "six nine DAY", read_months_to_report,
        rf"""(?:(?<=the\s)(?P<n>six|nine|6|9)[\s-]months?|(?P<m>six|nine|6|9)-month)(?=[.,;)]|{S}(?!period\b|ended\b|ending\b)
            (?:(?:was|were|totall?ed|came|rose|fell|increased|decreased|and|at)\b|(?:\w+\s){{0,2}}(?:production|output|sales|revenues?|results|costs?|profit|loss|earnings|ebitda)\b))""",
    ),
    Shape("first_months", "first", read_first_months, rf"first{S}(?P<n>{COUNTS})[\s-](?:months|(?P<quarters>quarters))"),
    # --- years
    Shape(
        "fiscal_year", "FY FYE F fiscal financial", read_fiscal_year,
        rf"""(?:(?-i:FYE?)[\s-]?['’]?|(?:fiscal|financial)(?:{S}years?)?{S}['’]?|(?-i:F)(?=20[0-9]{{2}}))(?P<y>(?:20)?[0-9]{{2}})
            (?:\s?/\s?(?P<y2>(?:20)?[0-9]{{2}})|(?<=20[0-9]{{2}})[-–](?P<y3>[0-9]{{2}}))?(?![0-9%]|[,.][0-9]|\w)""",
    ),
    Shape(
        "year_fiscal_words", "YEAR", read_fiscal_year,
        rf"(?P<y>20[0-9]{{2}})(?:[/–-](?P<y2>(?:20)?[0-9]{{2}}))?{S}(?:fiscal|financial)(?:{S}year)?\b",
    ),
    Shape(
        "end_of_year", "end year", read_end_of_year,
        rf"""(?:end{S}of{S}(?:the{S})?(?:calendar{S})?(?:year{S})?(?P<y>{YEAR})(?!{S}(?:guidance|forecast|range|budget))|end{S}of{S}(?:the{S}(?:calendar{S})?year\b(?!{S}
            (?:ended|ending))|(?P<ry>this|next|last){S}year)|year[\s-]end(?:{S}(?:of{S})?(?P<y2>{YEAR}))?(?!\w))""",
    ),
    Shape(
        "years", "YEAR", read_years,
        rf"(?<![$£€.,/#+])(?P<y>{YEAR})(?:{TO}(?P<z>{YEAR}(?![,.][0-9]))|[-–](?P<z2>[0-9]{{2}})(?![0-9%A-Za-z/-]|[,.][0-9]))",
    ),
    Shape("mid_year", "mid Mid", read_year, rf"(?<!before\s)(?<!after\s)mid[\s-](?P<y>{YEAR})(?![,.][0-9]|[-/])"),
    Shape(
        "full_year", "full calendar CY year", read_year,
        rf"""(?:full[\s-]{{1,3}}(?:calendar{S})?year|calendar{S}year|calendar|(?-i:CY)|year){O}(?:of{S})?(?P<y>{YEAR}|
            (?<=CY){SHORT_YEAR})(?![,.][0-9])""",
    ),
    Shape(
        "year", "YEAR", read_bare_year,
        rf"""(?<![$£€.,/#+-])(?P<y>{YEAR})(?:{S}(?:full{S}year|calendar{S}year|year(?![\s-]+(?:to|end|old|mine|life))))?
            (?![,.][0-9]|[\w]|-[0-9A-Za-z]|/\w){UNIT_AFTER}""",
    ),
    # --- against the enclosing statement
    Shape(
        "same_period_year", "same corresponding comparable comparative equivalent", read_same_period,
        rf"""(?:same|corresponding|comparable|comparative|equivalent){S}(?:prior[\s-]|previous[\s-])?(?:\w{{3,6}}[\s-]months?{S}
            (?:period{S})?|period|quarter|months?|half|time|week){O}(?:of{S}|in{S}|last{S}|from{S}|a{S}|the{S}|during{S}|for
            {S}){{0,3}}(?:previous{S}|prior{S}|preceding{S}|last{S})?(?:year|(?P<y>{YEAR}))(?:{S}(?:earlier|ago|before))?
            (?![\w-])""",
    ),
    Shape(
        "same_period_year", "YEAR", read_same_period,
        rf"(?P<y>{YEAR})(?:{S}(?:comparable|comparative|corresponding))?{S}(?:quarter|period|comparative|comparable)(?!\w)",
    ),
    Shape(
        "prior_year_period", "prior previous last preceding year comparable comparative corresponding same a one PCP pcp", read_same_period,
        rf"""(?:PCP|(?:prior|previous){S}corresponding{S}period|(?:prior|previous|last|preceding)[\s-]year(?:['’]s)?[\s-](?:comparable{S}|same{S}|corresponding{S})?(?:period
            |quarter|half)|(?:prior|previous|last|preceding)\syear['’]s(?={S}(?:[A-Z]{{0,3}}[$£€]|R)?[0-9])|year[\s-]ago(?:{S}(?:period|quarter|half))?|(?:comparable|comparative|corresponding|same){S}(?:prior
            |previous)[\s-](?:year[\s-])?(?:period|quarter|half)|(?:a|one){S}year{S}(?:ago|earlier|prior|before)
            |(?:prior|previous){S}(?:comparable|corresponding|comparative|interim){S}(?:period|quarter|half|year))(?!s|\w)""",
    ),
    Shape(
        "year_to_a_date", "year YTD", read_year_to_a_date,
        rf"(?:year[\s-]to[\s-]date|(?-i:YTD)){S}(?:to{S}|ended{S})?(?P<m>{MONTH})(?:{O}(?P<d>{DAY}),)?{S}(?P<y>{YEAR})",
    ),
    Shape(
        "year_to_date", "year YTD YEAR", read_year_to_date,
        rf"(?:(?:year[\s-]to[\s-]date|(?-i:YTD))(?:{S}(?P<y>{YEAR}))?|(?P<y2>{YEAR}){S}(?:year[\s-]to[\s-]date|(?-i:YTD)))",
    ),
    Shape(
        "prior_quarter", "prior previous preceding last sequential", opens("prior_quarter"),
        r"(?:prior|previous|preceding|last|sequential)\s(?:reporting\s)?quarter(?!s|['’]|\sof\b)",
    ),
    Shape(
        "this_quarter", "the this", opens("this_quarter"),
        rf"""(?:the|this){S}(?:(?:current|reporting|latest|present){S})?(?:three[\s-]month{S}period|quarter)(?!\w|[\s-](?:of
            |ended|ending|to|on|century|cent))""",
    ),
    Shape(
        "this_half", "the this", opens("this_half"),
        rf"(?:the|this){S}(?:(?:first|current|reporting){S})?half[\s-]year(?!{S}(?:ended|ending))",
    ),
    Shape("later_in_year", "later earlier", opens("rest_of_year"), rf"(?:later|earlier){S}in{S}the{S}year"),
    Shape(
        "for_the_year", "the during", opens("report_year"),
        rf"""(?:during{S}|(?<=for\s)|(?<=in\s)|(?<=over\s)|(?<=of\s)|(?<=throughout\s))the{S}(?:full{S})?year(?!\w|['’]|[\s-]
            (?:ended|ending|to|of|end|before|earlier|prior|ahead|round|in|ago|after|following|[0-9]))""",
    ),
    Shape(
        "full_year_open", "full annual", opens("full_year"),
        rf"full[\s-]year(?!\w|{O}(?:(?:of|for){S})?(?:(?:fiscal|FY){O})?[0-9]|{S}(?:ended|ending))|annual{S}guidance",
    ),
    # --- against the date of the release
    Shape(
        "relative", "this last previous prior next current", read_relative,
        rf"""(?P<ry>this|last|previous|prior|next|current){S}(?:calendar{S})?(?P<unit>year|month|week)(?!\w|['’]s|{S}(?:period
            |quarter|half|ended|ending|to|end)|-)""",
    ),
    Shape(
        "next_months", "next coming following", read_next_months,
        rf"(?:next|coming|following){S}(?P<n>{COUNTS})(?:{S}to{S}\w{{1,12}})?{S}months",
    ),
    Shape("yesterday", "yesterday", opens("yesterday"), r"yesterday\b"),
    Shape("today", "today", opens("today"), r"today\b"),
    # --- months
    Shape(
        "months", "MONTH", read_months,
        rf"(?P<m>{MONTH})(?:{S}(?P<x>{YEAR}))?{O}(?:to|through|until|[-‐‑–—]){O}(?P<n>{MONTH}){O},?{O}(?P<y>{YEAR})",
    ),
    Shape(
        "months_open", "MONTH", read_months_open,
        rf"(?P<m>{MONTH}){O}(?:to|through|until|[-‐‑–—]){O}(?P<n>{MONTH})(?:{S}(?:quarter|period))?(?!\w|{O},?{O}[0-9])",
    ),
    Shape(
        "month_year", "MONTH", read_month,
        rf"""(?P<m>{MONTH})(?:(?:{S}of)?{O},?{O}(?P<y>{YEAR})(?![,.][0-9])|[-\s]?['’](?P<y2>[0-9]{{2}})(?![0-9%]|[,.][0-9])|-
            (?P<y3>[0-9]{{2}})(?![0-9%]|[,.][0-9])|{S}(?:of{S})?{RELATIVE_YEAR})""",
    ),
    Shape("month_slash_year", "DAY", read_month, r"(?<![0-9/.-])(?P<m>0[1-9]|1[0-2])/(?P<y>20[0-9]{2})(?![0-9/-])"),
    Shape("month", "MONTH", read_month_open, rf"(?P<m>(?-i:{MONTH_NAME}))(?![\w-]|\.[0-9])"),
)  # fmt: skip
