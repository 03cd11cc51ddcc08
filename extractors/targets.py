"""Targets (mục tiêu, chỉ tiêu): figures that the plan wants to reach, raise, lower or deliver.

A target is a specific outcome, quantified, with a time by which it holds. The steps: measures are found in a clause
(`values.measures`), each gets the piece of the clause that it owns (`pieces`), then the passage decides whether the
figure is an aim (`is_target`) and what it says (direction, unit, year, scope).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.language.indicators import indicator_in
from extractors.pieces import SEPARATOR, follows_its_words, pieces
from extractors.plan import Block
from extractors.spans import trim
from extractors.target_changes import (
    SHARES,
    direction_of,
    follows_whole,
    goes_on_elsewhere,
    is_rate,
    rate_period,
)
from extractors.target_figures import counts_again, from_levels, may_hold_figures, unlisted_figures
from extractors.target_lists import share_comparators
from extractors.target_years import (
    CLAUSE_HEAD,
    baseline_year,
    due_year,
    heading_year,
    year_before,
    year_of_sentence,
    years_of,
)
from extractors.values.measures import Measure, find_measures
from extractors.values.money import Amount, find_amounts
from schemas.filtered import filtered
from schemas.records import Target

MAX_QUOTE = 350
LOOSE_MATCH = 0.6
LIST_GAP = 8
MOST_WHOLES, PART_REACH = 200, 4000
"""A part stands near its whole; in a paragraph without end so many targets and characters are looked back."""
NORM_REACH = 60
RIGHT_BEFORE = 16
"""So much before a figure tells what it is, whichever figure owns the words (`cả 3 tiêu chí`)."""
CUES = cues("target_cues.yaml")
BARE = regex.compile(r"\b(?:(?:đến|vào|trong|hết|từ|đạt|năm|giai đoạn)\b\s*)+", regex.I)
WORDS = regex.compile(r"\p{L}{2}")

EXCEPTION = CUES.naming("exception", "scope")
AREA = CUES.naming("area", "scope")
POPULATION_END = CUES["population_end"]
BARE_PART = filtered(r"\W*(?:trong )?năm 20\d\d\W*[\d.,]+\s?\p{L}+(?: \p{L}+)?\W*", regex.I)
PART = CUES["parts"]
BRACKETS = filtered(r"\([^()]*\)")
PAST_OPENING = CUES.naming("past_year_opening", "year")
INCOME = CUES["income"]
SERIES = filtered(r"[(:]\s*năm 20\d\d\b|gồm\s*:?\s*năm 20\d\d\b", regex.I)
AIMS_AT = CUES["aims_at"]
BASELINE_BEFORE = CUES.naming("baseline_before", "year")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a clause stands: under which kind of heading, and for which year the headings and its sentence speak."""

    aim: bool
    past: bool
    money: bool
    year: int | None
    opened: int | None = None  # the year with which the sentence of the clause opens


def extract_targets(plan: Plan) -> list[Target]:
    """All targets of a plan, in reading order."""
    rows: list[Target] = []
    wholes: dict[int, Target] = {}
    for block in plan.body:
        if not may_hold_figures(plan.text, block.body_start, block.end):
            continue
        passage = passage_of(plan, block)
        if passage.past:
            continue
        found: list[Target] = []
        told = False
        for whole_clause in plan.clauses(block):
            passage = replace(passage, opened=year_of_sentence(plan.text, whole_clause, passage.opened))
            clause = from_aim(plan, whole_clause)
            listed = in_series(block, wholes)
            told = not listed and (goes_on_reporting(plan, clause) if told else opens_report(plan, clause))
            if not told and may_hold_figures(plan.text, *clause) and not reports(plan, clause, listed, passage.aim):
                found += targets_in(plan, clause, passage, found[-MOST_WHOLES:])
        adopt(block, found, wholes)
        if found and plan.text[block.start : block.end].rstrip().endswith(":") and block.section is not None:
            wholes[id(block.section)] = found[-1]
        rows += found
    return rows


def from_aim(plan: Plan, clause: tuple[int, int]) -> tuple[int, int]:
    """A clause without how things stand, which it tells before its aim (`Hiện nay còn 15 xã, phấn đấu còn 5 xã`)."""
    if not (CUES["state_opening"].match(plan.text, *clause) or CUES["report_opening"].match(plan.text, *clause)):
        return clause
    turn = CUES["turns_to_aim"].search(plan.text, *clause)
    return (turn.start("aim"), clause[1]) if turn else clause


def in_series(block: Block, wholes: dict[int, Target]) -> bool:
    """Whether a block is listed under a target that announces its parts."""
    section = block.section
    return section is not None and any(id(a) in wholes for a in section.ancestors())


def adopt(block: Block, found: list[Target], wholes: dict[int, Target]) -> None:
    """Targets listed under one that announces them (`24 xã đạt chuẩn, cụ thể:`) are its parts, where they count the
    same."""
    section = block.section
    whole = next((wholes[id(a)] for a in (section.ancestors() if section else ()) if id(a) in wholes), None)
    for row in found:
        if whole is not None and row.parent_id is None and row.unit == whole.unit:
            row.parent_id = whole.target_id
            if row.indicator_code is None and BARE_PART.fullmatch(row.indicator_text):
                row.indicator_code = whole.indicator_code


def passage_of(plan: Plan, block: Block) -> Passage:
    """Judge a block by the headings that stand over it and by its own lead-in."""
    headings = plan.headings(block)
    own = plan.text[block.body_start : min(block.end, block.body_start + 80)]
    lead = own.split(":", 1)[0] if ":" in own else ""
    told = [lead, *headings]
    past = told_by(CUES["past_heading"], told) and not told_by(CUES["target_heading"], told[:2])
    return Passage(
        aim=told_by(CUES["target_heading"], told),
        past=past,
        money=told_by(CUES["funding_heading"], told),
        year=heading_year(told),
    )


def targets_in(plan: Plan, clause: tuple[int, int], passage: Passage, earlier: list[Target]) -> list[Target]:
    """The targets of one clause. `earlier`: those of the block so far, of which they may be parts."""
    start, end = clause
    measures: list[Measure | Amount] = find_measures(plan.text, start, end)
    whole = next((row.char_start for row in reversed(earlier) if row.parent_id is None), None)
    measures += unlisted_figures(plan.text, start, end, measures, passage.aim, whole)
    if not passage.money and (passage.aim or AIMS_AT.search(plan.text, start, end)):
        sums = [
            a for a in find_amounts(plan.text, start, end) if a.amount_vnd and INCOME.search(plan.text, start, a.start)
        ]
        measures = [m for m in measures if not any(a.start < m.end and m.start < a.end for a in sums)] + sums
    if not measures or not says_something(plan.text, clause):
        return []
    measures.sort(key=lambda m: m.start)
    measures = share_comparators(plan.text, start, from_levels(plan.text, measures))
    rows: list[Target] = []
    last = None
    for measure, piece in zip(measures, pieces(plan.text, start, end, measures), strict=True):
        if rows and is_baseline(plan, measure, piece):
            rows[-1].baseline_value, rows[-1].baseline_year = measure.value_min, year_before(plan.text, measure)
            continue
        listed = last is not None and goes_on(plan.text, last, measure)
        if is_target(plan, measure, piece, clause, passage, listed):
            nearby = [*earlier, *rows[-MOST_WHOLES:]][-MOST_WHOLES:]
            measure = counted_as_whole(plan.text, start, measure, nearby)
            rows.append(target(plan, measure, piece, clause, passage, nearby))
            last = measure if isinstance(measure, Measure) else None
        else:
            last = None
    return rows


def counted_as_whole(text: str, start: int, measure, earlier: list[Target]):
    """A part for one year in the unit of its whole where it repeats the first word of what that counts: `32 điểm đen,
    trong đó: năm 2022: 12 điểm`."""
    whole = next((row for row in reversed(earlier) if row.parent_id is None), None)
    if whole is None or whole.unit in SHARES or not isinstance(measure, Measure):
        return measure
    again = counts_again(text, whole.char_start, start, measure)
    return replace(measure, unit=whole.unit) if again else measure


def says_something(text: str, clause: tuple[int, int]) -> bool:
    """Whether a clause has words beyond figures and years: a file that breaks off at `Đến năm 2025: 90%` has not."""
    return WORDS.search(BARE.sub("", text[clause[0] : clause[1]])) is not None


def is_baseline(plan: Plan, measure, piece: tuple[int, int]) -> bool:
    """Whether a figure only tells where the one before it starts from: `70% (năm 2021 là 58,3%)`."""
    if not isinstance(measure, Measure):
        return False
    if CUES["baseline_in_brackets"].search(plan.text, max(0, measure.start - CLAUSE_HEAD), measure.start):
        return True
    match = BASELINE_BEFORE.search(plan.text, piece[0], measure.start)
    first = plan.meta.period_start or plan.meta.issued_year
    if match is None or first is None:
        return False
    opens_series = match.group().rstrip().endswith((":", "-"))  # "(năm 2022: 50 người; …"
    return int(match["year"]) < (first if opens_series else first + 1)


def goes_on(text: str, last: Measure, measure) -> bool:
    """Whether a figure goes on the phrase of the aim before it: a list of one unit (`40 cán bộ huyện và 310 cán bộ
    xã`), or one clause without a stop between (`35 lớp cho 2.100 lượt cán bộ`)."""
    between = text[last.end : measure.start]
    return not SEPARATOR.search(between) or (
        between.count(" ") <= LIST_GAP and last.unit == getattr(measure, "unit", None)
    )


def is_target(
    plan: Plan, measure, piece: tuple[int, int], clause: tuple[int, int], passage: Passage, listed: bool
) -> bool:
    """Whether a figure is an aim: said of the future, of an outcome, and not of money. `listed`: it goes on a list of
    counts whose first is an aim (`40 cán bộ cấp huyện và 310 cán bộ cấp xã`)."""
    words = plan.text[max(clause[0], min(piece[0], measure.start - RIGHT_BEFORE)) : piece[1]]
    said = BRACKETS.sub("", plan.text[max(clause[0], piece[0] - CLAUSE_HEAD) : measure.end])
    if (
        CUES["not_target"].search(words)
        or CUES["past_clause"].search(said)
        or CUES["norm"].search(plan.text[max(clause[0], measure.start - NORM_REACH) : measure.start])
    ):
        return False
    if past_year(plan, words, passage.aim):
        return False
    if isinstance(measure, Amount):
        return True
    if measure.in_words and measure.unit == "item" and (measure.value or 0) < 10:
        return False
    if measure.unit in ("percent", "percentage_point"):
        if passage.money:
            return False
        return not CUES["state_count"].search(plan.text[piece[0] : measure.start])
    before = plan.text[piece[0] : measure.start]
    right_before = plan.text[max(clause[0], measure.start - RIGHT_BEFORE) : measure.start]
    if passage.money or not is_countable(measure, before + words):
        return False
    turns = measure.change in ("reduce_to", "raise_to")  # from the present state to the aim
    if (
        not turns
        and CUES["state_count"].search(before)
        and not CUES["attained"].search(plan.text, measure.end, piece[1])
    ):
        return False
    if (
        (listed and not CUES["placed_count"].search(right_before))
        or measure.change
        or measure.comparator in ("ge", "gt", "approx", "range")
    ):
        return True
    if passage.aim and (
        not CUES["named_count"].search(before or right_before) or CUES["reaches_places"].search(before)
    ):
        return True
    if CUES["delivery"].search(before):
        return True
    if measure.unit in GOODS and CUES["supplies"].search(plan.text, clause[0], measure.start):
        return True
    return (
        measure.unit in DELIVERED and not CUES["named_count"].search(before) and not CUES["state_count"].search(before)
    )


MULTIPLE = CUES["multiple"]


def is_countable(measure, words: str) -> bool:
    """Whether a figure counts things or people: no spans of time but life expectancy, no `lần` but multiples."""
    if measure.unit == "times":
        return bool(MULTIPLE.search(words)) or measure.change == "reduce_to"
    if measure.unit == "year":
        return bool(LIFE.search(words))
    return measure.unit not in NOT_COUNTED


LIFE = CUES["life"]
DELIVERED = frozenset((
    "hectare", "km", "household", "person", "class", "course", "house", "school", "classroom", "model",
    "product", "cooperative", "enterprise", "animal", "tree", "tonne", "station", "item", "project", "event",
    "job", "vehicle", "club",
))  # fmt: skip
"""What plans deliver by the number. Communes, districts and the like are more often named by a number than
delivered."""
GOODS = frozenset(("tonne", "quintal", "kilogram", "litre", "cubic_metre", "metre", "item", "vehicle"))
"""What is laid in by the measure; elsewhere such figures are sizes and capacities."""
NOT_COUNTED = frozenset({"vnd", "month", "week", "day", "hour"})


def reports(plan: Plan, clause: tuple[int, int], in_series: bool, aim: bool) -> bool:
    """Whether a clause tells of what has been: every year that it names lies before the plan's own, or it opens with
    the present state (`Tính đến 31/12/2023 …`, `Tỉnh có 22 dân tộc …`). Under a heading of aims the year that a change
    starts from is none of these (`giảm từ 6,8% năm 2021 xuống còn 4%`)."""
    words = plan.text[clause[0] : clause[1]]
    if CUES["report_opening"].match(words) or CUES["state_opening"].match(words):
        return True
    first = plan.meta.period_start or plan.meta.issued_year
    parts = PART.search(words)
    years = years_of(words if parts else BRACKETS.sub("", words), aim)
    if not first or not years or max(years) >= first:
        return False
    return not in_series and not (parts and years_of(words[parts.end() :]))


def opens_report(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether a clause opens a report on a past year or the present state (`Năm 2022, toàn tỉnh đón …`)."""
    if CUES["state_opening"].match(plan.text, *clause):
        return True
    opening = PAST_OPENING.match(plan.text, *clause)
    first = plan.meta.period_start or plan.meta.issued_year
    return bool(opening and first) and int(opening["year"]) < first


def goes_on_reporting(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether a clause behind a report goes on with it: it names no later year and says nothing of an aim."""
    words = plan.text[clause[0] : clause[1]]
    first = plan.meta.period_start or plan.meta.issued_year
    return not AIMS_AT.search(words) and not any(year >= first for year in years_of(words))


def past_year(plan: Plan, words: str, aim: bool) -> bool:
    """Whether a piece reports a result: every year that it names lies before the plan's own."""
    first = plan.meta.period_start or plan.meta.issued_year
    years = years_of(words, aim)
    return bool(first and years) and max(years) < first - 1


def target(
    plan: Plan, measure, piece: tuple[int, int], clause: tuple[int, int], passage: Passage, earlier: list[Target]
) -> Target:
    """Build the row of one target."""
    text = plan.text
    words = text[piece[0] : piece[1]]
    money = isinstance(measure, Amount)
    value_min, value_max, comparator = (
        money_bounds(measure) if money else (measure.value_min, measure.value_max, measure.comparator)
    )
    unit = "vnd" if money else measure.unit
    direction, unit = direction_of(text, measure, clause, unit)
    due, stated = due_year(plan, piece, clause, passage.opened or passage.year)
    parts = PART.search(text, piece[1], clause[1])  # what parts are of says nothing of their whole
    code = indicator_in(
        words, text[clause[0] : parts.start() if parts else clause[1]], unit, direction, plan.meta.topic
    )
    if code and code[1] <= LOOSE_MATCH:
        code = None  # near the indicator, but of another population: comparing it would mislead
    if code and direction != "reach" and unit == "percent" and is_rate(code[0]):
        unit = "percentage_point"
    code = code[0] if code else None
    quote = clause if clause[1] - clause[0] <= MAX_QUOTE else piece
    start, end = trim(text, *piece)
    opens = not money and not follows_its_words(text, measure, piece[1])
    if code is None and earlier and goes_on_elsewhere(text, measure, piece, direction, unit, earlier[-1]):
        code, unit = earlier[-1].indicator_code, earlier[-1].unit
    parent, yearly = part_of(text, measure, piece, earlier), rate_period(measure)
    name = indicator_text(text, start, end) or text[measure.start : measure.end]
    if parent is not None and follows_whole(text, parent, direction, unit, measure, piece):
        direction, yearly = parent.direction, yearly or parent.rate_period
    if parent is not None and code is None and parent.unit == unit and BARE_PART.fullmatch(name):
        code = parent.indicator_code
    return Target(
        target_id=plan.new_id("targets", measure.start, measure.end),
        indicator_text=name,
        indicator_code=code,
        direction=direction,
        comparator=comparator,
        value_min=value_min,
        value_max=value_max,
        unit=unit,
        rate_period=yearly,
        population=population(text, measure, piece) if opens else None,
        scope=scope_of(plan, words, piece),
        baseline_value=getattr(measure, "baseline_value", None),
        baseline_year=baseline_year(text, measure),
        due_year=due,
        due_year_stated=stated,
        parent_id=parent.target_id if parent else None,
        **plan.fact(*quote, "target_in_aims" if passage.aim else "target_in_text", confidence_of(measure, passage)),
    )


def money_bounds(amount: Amount) -> tuple[float | None, float | None, str]:
    """Value bounds of an income target from its comparator."""
    value, comparator = float(amount.amount_vnd), amount.comparator or "eq"
    low = None if comparator in ("le", "lt") else value
    high = None if comparator in ("ge", "gt") else value
    return low, high, "eq" if comparator == "range" else comparator


def scope_of(plan: Plan, words: str, piece: tuple[int, int]) -> str | None:
    """The area that a target is said of, where narrower than the issuer's."""
    opening = max(plan.text.rfind("(", 0, piece[0] + 2), piece[0])
    exception = EXCEPTION.search(plan.text[opening : piece[1]])
    if exception:
        return exception["scope"].strip()
    area = AREA.search(words)
    if area:
        return area["scope"].strip()
    section = plan.block_at(piece[0]).section
    for ancestor in section.ancestors() if section else ():
        if ancestor.style in ("dash", "plus", "star"):
            area = AREA.search(plan.text, ancestor.head.body_start, ancestor.head.end)
            if area:
                return area["scope"].strip()
    return None


def population(text: str, measure: Measure, piece: tuple[int, int]) -> str | None:
    """Whom a share is of: the words after the figure up to the verb."""
    if measure.unit != "percent":
        return None
    stop = POPULATION_END.search(text, measure.end, piece[1])
    start, end = trim(text, measure.end, stop.start() if stop else piece[1])
    return text[start:end] or None


JOINING_WORDS = CUES["joining_words"]


def indicator_text(text: str, start: int, end: int) -> str:
    """What is measured, in the document's words: the piece without its bullet and joining words."""
    words = text[start:end].strip(" ,;.:()")
    return JOINING_WORDS.sub("", words) or words


def part_of(text: str, measure, piece: tuple[int, int], earlier: list[Target]) -> Target | None:
    """The target of the same clause that this one is a part of (`trong đó …`, a series by year in brackets)."""
    near = [whole for whole in earlier if measure.start - whole.char_start <= PART_REACH]
    first = min((whole.char_start for whole in near), default=measure.start)
    if not (PART.search(text, first, measure.start) or SERIES.search(text, first, measure.start)):
        return None
    for whole in near:
        if (whole.parent_id is None and whole.unit == getattr(measure, "unit", "vnd")) or measure_is_share(measure):
            opened = PART.search(text, whole.char_start, measure.start)
            series = SERIES.search(text, whole.char_start, measure.start)
            if opened or series:
                return whole
    return None


def measure_is_share(measure) -> bool:
    """Whether a figure is a percentage, which may be of a whole counted in any unit."""
    return getattr(measure, "unit", None) == "percent"


def confidence_of(measure, passage: Passage) -> float:
    """Higher under a heading that announces aims; lower where the figure itself is ambiguous."""
    confidence = 0.91 if passage.aim else 0.75
    return confidence - 0.25 if getattr(measure, "ambiguous", False) else confidence
