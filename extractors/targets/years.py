"""The years that the words about a target name: by which year it holds, and from which year a change is counted.

Of all years in a clause only some are due: not those of a comparison (so với năm 2020), of a cited text or of the
standard that is applied (chuẩn nghèo giai đoạn 2021-2025).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.values.measures import Measure
from schemas.filtered import any_of_these

CUES = cues("target_year_cues.yaml")
FROM_REACH = 8
"""Before a figure stands the word that makes it the start of a change (từ)."""
FAR_BEFORE = 100
"""So far before a year stand the words that make it none by which an aim holds."""
CLAUSE_HEAD = 40
"""How far into a clause a year stands that holds for all its figures."""
YEARS = CUES.naming("named_year", "year")
CUES.naming("due", "year")  # or the file is wrong: what STATED finds is asked for its year
STATED = any_of_these((*CUES.patterns["due"], *CUES.patterns["named_year"]), regex.I)
BASE_YEAR = CUES["counted_from"]
BEFORE_YEAR = CUES["before_year"]
CITED_DATE = CUES["cited_before"]
STANDARD = CUES["standard_before"]
OUTLOOK = CUES["outlook"]
"""How a heading looks beyond the plan (Mục tiêu và định hướng đến năm 2030): no year by which its aims hold."""
NO_DUE = CUES["no_due_before"]
OF_A_PART = CUES["of_a_part"]
OPENS_PARTS = CUES["opens_parts"]
LATER_YEARS = CUES["later_years"]
CLOSING_YEAR = CUES["closing_year"]
END_OF_PLAN = CUES["end_of_plan"]
HEADING_YEAR = CUES.naming("heading_year", "year")
STARTS_FROM = CUES.naming("starts_from", "year")
RUNS_FROM = CUES.naming("runs_from", "year")
COMPARED = CUES["compared"]
COMPARED_WITH = CUES.naming("compared_with", "year")
KEEPS_LEVEL = CUES["keeps_level"]
EACH_YEAR = CUES["each_year"]
OPENS_SENTENCE = CUES.naming("opens_sentence", "year")
OPENS_YEARLY = CUES["opens_yearly"]
NEXT_TIME = CUES["next_time"]
OF_ALL_YEARS = CUES["of_all_years"]
BRACKETS = regex.compile(r"\([^()\n]{0,200}\)")
IS_LEVEL = CUES["level_of_year"]
HOLDS_FROM = CUES.naming("holds_from", "year")
CLOSES_BEFORE_BRACKET = CUES.naming("closes_before_bracket", "year")
COMPLETED_NEXT = CUES.naming("completed_next", "year")
AT_ONCE = CUES.naming("at_once", "year")
OPENS_SEVERAL = CUES["opens_several"]
OF_RECORDS = CUES["of_records"]
BASELINE_YEAR = CUES.naming("baseline_year", "year")


def heading_year(headings: list[str]) -> int | None:
    """The year by which the nearest dated heading wants its targets (`a) Đến năm 2025:`)."""
    return next((year for heading in headings if (year := year_of_heading(heading)) is not None), None)


@lru_cache(maxsize=2048)
def year_of_heading(heading: str) -> int | None:
    """The year at the end of a heading that is all about a time."""
    match = HEADING_YEAR.search(OUTLOOK.sub("", heading))
    if match is None or heading.count("(") > heading.count(")"):
        return None
    before = heading[: match.start("year")]
    if BASE_YEAR.search(before) or OPENS_PARTS.search(before):
        return None
    return int(match["year"])


def year_of_sentence(plan: Plan, clause: tuple[int, int], before: int | None) -> int | None:
    """The year with which the sentence of a clause opens (`Đến năm 2024, 60% hộ …; 70% thôn …`), else None. `before`:
    that of the clause before, which is of the same sentence where a semicolon parts them, unless this one names its
    own; years before the plan are of reports."""
    text = plan.text
    opening = OPENS_SENTENCE.match(text, *clause)
    if opening is not None:
        year = int(opening["year"])
        return year if year >= (plan.first_year or 0) else None
    if before is None or not text[max(0, clause[0] - 3) : clause[0]].rstrip().endswith(";"):
        return None
    return before if set(stated_years(text, *clause)) <= {before} else None  # "…; đến năm 2026 mở 20 lớp; …"


def each_year_of_sentence(text: str, clause: tuple[int, int], before: bool) -> bool:
    """Whether the sentence of a clause opens with words that make its figures hold each year (`Hằng năm, số vụ cháy
    giảm 3%; số người chết giảm 5%`). `before`: whether that of the clause before does, which is of the same sentence
    where a semicolon parts them, unless this one names a year or means several years together."""
    if OF_ALL_YEARS.search(text, *clause) is not None:
        return False
    if OPENS_YEARLY.match(text, *clause) is not None:
        return not stated_years(text, *clause)
    same = before and text[max(0, clause[0] - 3) : clause[0]].rstrip().endswith(";")
    return same and not stated_years(text, *clause)


def next_time(text: str, piece: tuple[int, int], measure) -> int:
    """Where the words about a figure end that has its year before it: `hết năm 2024 đạt 50% số bến và đến năm 2026 …`
    goes on with another time."""
    later = NEXT_TIME.search(text, measure.end, piece[1])
    return later.start() if later is not None and stated_years(text, piece[0], measure.start) else piece[1]


def year_before(text: str, measure: Measure) -> int | None:
    """The year that stands right before a figure."""
    years = [int(m["year"]) for m in YEARS.finditer(text, max(0, measure.start - 30), measure.end)]
    return years[-1] if years else None


def years_of(words: str, aim: bool = False) -> list[int]:
    """The years that some words name, those that a change is counted from (so với năm 2020) left out; of an aim also
    the year of the level that it starts from (`từ 6,8% năm 2021 xuống còn 4%`) and those of the records that it is
    about (`hồ sơ từ năm 1990 đến năm 2015`)."""
    starts = {m.start("year") for m in STARTS_FROM.finditer(words)} if aim else set()
    if aim:
        words = OF_RECORDS.sub(lambda m: " " * len(m[0]), words)
    return [
        int(m["year"])
        for m in YEARS.finditer(words)
        if m.start("year") not in starts and not any(is_counted_from(words, at) for at in (m.start(), m.start("year")))
    ]


def is_counted_from(text: str, at: int, start: int = 0) -> bool:
    """Whether the words before a place, from `start` on, make the year there one that a change is counted from."""
    return BASE_YEAR.search(text[max(start, at - FAR_BEFORE) : at]) is not None


def baseline_year(text: str, measure, direction: str, clause: tuple[int, int]) -> int | None:
    """The year of the level that a change starts from: of a level that is told (`từ 24,6% năm 2020 xuống 19%`), else
    the year that the changes of a clause are compared with (`giảm 10% số vụ, 5% số người chết so với năm 2020`)."""
    if getattr(measure, "baseline_value", None) is not None:
        match = BASELINE_YEAR.search(text, max(0, measure.start - FROM_REACH), measure.end)
        return int(match["year"]) if match else None
    if direction == "reach":
        return None
    behind = COMPARED.search(text, measure.end, clause[1])
    if behind is None:
        match = COMPARED_WITH.search(text, clause[0], measure.start)
    else:
        match = COMPARED_WITH.match(text, behind.start(), clause[1])
    return int(match["year"]) if match else None


def due_year(
    plan: Plan, piece: tuple[int, int], clause: tuple[int, int], of_headings: int | None
) -> tuple[int | None, bool]:
    """The year by which a target holds and whether the document states it: in its piece, at the head of the clause
    (`Đến năm 2025: 60% …, 70% …`), or in a heading (`of_headings`)."""
    years = stated_years(plan.text, piece[0], end_of_figure(plan.text, piece))
    if years and years[-1] < (plan.first_year or 0) and OF_RECORDS.search(plan.text, *piece):
        years = [year for year in years if year >= (plan.first_year or 0)]  # "60% tài liệu giai đoạn 2000 - 2018"
    if years:
        return years[-1], True
    since = HOLDS_FROM.search(plan.text[slice(*piece)])
    if since is not None and in_period(plan, int(since["year"])):
        return int(since["year"]), True
    of_whole = year_before_bracket(plan.text, clause[0], piece[0])
    if of_whole is not None:
        return of_whole, True
    if LATER_YEARS.search(plan.text, *piece) or END_OF_PLAN.search(plan.text, *piece):
        return plan.meta.period_end, False  # "năm 2023 đạt 92%, các năm tiếp theo tăng 0,5%/năm"
    text = without_levels(plan.text, *clause)
    opening = stated_years(text, 0, min(piece[0] - clause[0], CLAUSE_HEAD))
    if len(set(opening)) == 1 or (opening and OPENS_SEVERAL.match(text)):
        return opening[-1], True
    whole = AT_ONCE.search(plan.text, piece[1], clause[1])
    if whole is not None:
        return int(whole["year"]), True
    if of_headings:
        return of_headings, True
    told = years_of_clause(text)
    of_clause = {year for _, year in told}
    said_before = bool(told) and told[0][0] <= piece[0] - clause[0]
    if not told and (later := completed_next(plan, clause)) is not None:
        return later, True
    yearly = EACH_YEAR.search(plan.text, *piece)
    if len(of_clause) == 1 and (said_before or (not yearly and CLOSING_YEAR.search(text))):
        return of_clause.pop(), True  # "giảm 10% số vụ và 15% số người chết vào năm 2025"
    return plan.meta.period_end, False


def completed_next(plan: Plan, clause: tuple[int, int]) -> int | None:
    """The year in which what a clause tells is completed, by the one behind its semicolon that tells no more."""
    if plan.text[clause[1] - 1] != ";":
        return None
    behind = COMPLETED_NEXT.match(plan.text, clause[1], plan.block_at(clause[0]).end)
    year = int(behind["year"]) if behind else None
    return year if year is not None and in_period(plan, year) else None


def end_of_figure(text: str, piece: tuple[int, int]) -> int:
    """Where the words about the figure of a piece end that go on with a later aim without one: `giảm 60% số ca mắc vào
    năm 2023 so với năm 2019 và không còn ca tử vong vào năm 2025`."""
    later = KEEPS_LEVEL.search(text, *piece)
    return later.start() if later is not None and stated_years(text, piece[0], later.start()) else piece[1]


def in_period(plan: Plan, year: int) -> bool:
    """Whether a year is one of the plan's own."""
    first, last = plan.first_year, plan.meta.period_end
    return first is not None and first <= year <= (last or year)


def year_before_bracket(text: str, start: int, at: int) -> int | None:
    """The due year right before the bracket that a piece stands in: `còn 13 đơn vị vào cuối năm 2024 (giảm 20%)`."""
    bracket = text.find("(", at, at + len(" ("))
    if bracket < 0:
        return None
    head = max(start, bracket - CLAUSE_HEAD)
    closing = CLOSES_BEFORE_BRACKET.search(text, head, bracket)
    return int(closing["year"]) if closing and int(closing["year"]) in stated_years(text, head, bracket) else None


@lru_cache(maxsize=4)
def without_levels(text: str, start: int, end: int) -> str:
    """A clause with the brackets blank that tell levels of other years: `còn 3% (năm 2021: 5%)` is not due in 2021."""
    return BRACKETS.sub(lambda m: " " * len(m[0]) if IS_LEVEL.search(m[0]) else m[0], text[start:end])


@lru_cache(maxsize=4)
def years_of_clause(text: str) -> tuple[tuple[int, int], ...]:
    """The years that a whole clause states as due, and where each ends; its targets ask for them one by one."""
    return tuple(places_of_years(text, 0, len(text)))


def stated_years(text: str, start: int, end: int) -> list[int]:
    """Years that a span states as due: not baselines (so với năm 2020), not the years of standards and programmes."""
    return [year for _, year in places_of_years(text, start, end)]


def places_of_years(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the years end that a span states as due, and the years."""
    return ((last, year) for _, last, year in due_matches(text, start, end))


def due_matches(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where the words begin and end that a span states a year as due with, and the years."""
    exception = OF_A_PART.search(text, start, end)
    if exception is not None and not any(map(str.isdigit, text[start : exception.start() + 1])):
        exception = None  # the piece is that of the part itself: "(riêng vùng cao đạt 70% vào năm 2024)"
    starts = {m.start("year") for cue in (STARTS_FROM, RUNS_FROM) for m in cue.finditer(text, start, end)}
    for match in STATED.finditer(text, start, exception.start() if exception else end):
        before = text[max(start, match.start() - FAR_BEFORE) : match.start()]
        if match.start("year") in starts:
            continue
        if NO_DUE.search(before):
            continue
        if is_counted_from(text, match.start(), start) or is_counted_from(text, match.start("year"), start):
            continue
        named = STANDARD if match.group().lower().startswith("giai") else CITED_DATE
        if named.search(before):
            continue
        before_it = BEFORE_YEAR.fullmatch(match.group()) is not None
        yield match.start(), match.end(), int(match["year"]) - before_it
