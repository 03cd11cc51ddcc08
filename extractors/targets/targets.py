"""Targets (mục tiêu, chỉ tiêu): figures that the plan wants to reach, raise, lower or deliver.

A target is a specific outcome, quantified, with a time by which it holds. The steps: measures are found in a clause
(`values.measures`), each gets the piece of the clause that it owns (`pieces`), then the passage decides whether the
figure is an aim (`is_target`) and what it says (direction, unit, year, scope).
"""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.language.indicators import indicator_in
from extractors.pieces import SEPARATOR, follows_its_words, pieces
from extractors.plan import Block
from extractors.targets.aims import (
    AIMS_AT,
    Passage,
    end_of_report,
    goes_on_reporting,
    is_condition,
    is_target,
    may_be_there,
    opens_report,
    opens_with_state,
    passage_of,
    reports,
)
from extractors.targets.baselines import is_baseline, note_baseline
from extractors.targets.bracketed_places import counts_of_places, tell_places
from extractors.targets.changes import (
    SHARES,
    changes_share,
    direction_of,
    exceeds_plan,
    follows_whole,
    goes_on_elsewhere,
    is_lowered_below,
    is_rate,
    rate_elsewhere,
    rate_period,
    with_excess,
)
from extractors.targets.closing_years import closing_year
from extractors.targets.counted_lists import count_alone, counts_in_lists
from extractors.targets.figures import counted_alike, counts_again, may_hold_figures, unlisted_figures
from extractors.targets.headings import code_of_heading
from extractors.targets.levels import from_levels
from extractors.targets.listed_places import follow_list
from extractors.targets.lists import share_comparators, yearly_together
from extractors.targets.made_up import adopt_made_up
from extractors.targets.names import head_of_list, indicator_text, opens_name, with_object
from extractors.targets.parts import BARE_PART, adopt, adopt_bracketed, adopt_last, part_of
from extractors.targets.population import population
from extractors.targets.ratios import is_foot, is_ratio
from extractors.targets.scope import scope_of
from extractors.targets.series import goes_on_by_year, move_in_series, series_head, unit_in_series, year_of_last
from extractors.targets.shared_units import counts_with_later_unit
from extractors.targets.sizes import is_capacity
from extractors.targets.torn_lists import with_whole_lists
from extractors.targets.years import (
    baseline_year,
    due_year,
    each_year_of_sentence,
    next_time,
    year_of_sentence,
)
from extractors.values.measures import Measure, find_measures
from extractors.values.money import Amount, find_amounts
from schemas.records import Target

MAX_QUOTE = 350
BEFORE_PLAN = 0.5
"""How sure an aim is whose year lies before the plan."""
LOOSE_MATCH = 0.6
LIST_GAP = 8
MOST_WHOLES = 200
"""A part stands near its whole; in a paragraph without end so many targets are looked back."""
OF_REACH = 24
CLAUSE_REACH = 2000
"""No sentence of a plan is so long, only a list that was run together."""
CUES = cues("target_cues.yaml")
BARE = CUES["bare_time"]
WORDS = regex.compile(r"\p{L}{2}")
INCOME, RECEIPTS = CUES["income"], CUES["receipts"]
ATTAINED = CUES["sum_attained"]
SERIES = CUES["series"]
CHANGES_COUNT = CUES["changes_count"]
WITHIN_YEAR = CUES["within_year"]


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
            passage = replace(
                passage,
                opened=year_of_sentence(plan, whole_clause, passage.opened),
                yearly=each_year_of_sentence(plan.text, whole_clause, passage.yearly),
            )
            clause = from_aim(plan, whole_clause)
            listed = in_series(block, wholes)
            going_on = told or passage.view
            told = not listed and (goes_on_reporting(plan, clause) if going_on else opens_report(plan, clause))
            if not told and may_hold_figures(plan.text, *clause) and not reports(plan, clause, listed, passage.aim):
                found += targets_in(plan, clause, passage, found[-MOST_WHOLES:])
        adopt(block, found, wholes)
        adopt_last(plan.text, found)
        adopt_made_up(plan.text, found)
        if found and plan.text[block.start : block.end].rstrip().endswith(":") and block.section is not None:
            wholes[id(block.section)] = found[-1]
        rows += found
    return rows


def from_aim(plan: Plan, clause: tuple[int, int]) -> tuple[int, int]:
    """A clause without how things stand, which it tells before its aim (`Hiện nay còn 15 xã, phấn đấu còn 5 xã`)."""
    if not opens_with_state(plan, clause):
        return clause
    turn = CUES["turns_to_aim"].search(plan.text, *clause)
    return (turn.start("aim"), clause[1]) if turn else clause


def in_series(block: Block, wholes: dict[int, Target]) -> bool:
    """Whether a block is listed under a target that announces its parts."""
    section = block.section
    return section is not None and any(id(a) in wholes for a in section.ancestors())


def targets_in(plan: Plan, clause: tuple[int, int], passage: Passage, earlier: list[Target]) -> list[Target]:
    """The targets of one clause. `earlier`: those of the block so far, of which they may be parts."""
    start, end = clause
    measures: list[Measure | Amount] = find_measures(plan.text, start, end)
    whole = next((row.char_start for row in reversed(earlier) if row.parent_id is None), None)
    measures += unlisted_figures(plan.text, start, end, measures, passage.aim, whole)
    measures += counts_with_later_unit(plan.text, start, end, measures)
    measures += counts_in_lists(plan.text, start, end, measures, passage.aim)
    measures += counts_of_places(plan.text, start, end, measures)
    if not measures:
        measures += count_alone(plan.text, clause, earlier)
    sums = sums_aimed_at(plan, clause, passage, earlier)
    measures = [m for m in measures if not any(a.start < m.end and m.start < a.end for a in sums)] + sums
    told = end_of_report(plan, clause)
    measures = [
        m
        for m in measures
        if m.start >= told
        and not is_condition(plan.text, around(clause, m), m)
        and not plan.in_flattened(m.start)
        and not is_all_of(plan.text, start, m)
        and not is_basis(plan.text, start, m)
        and not is_foot(plan.text, m)
    ]
    if not measures:
        return []
    worded = passage.named or says_something(plan.text, clause)
    if not (worded or goes_on_by_year(plan.text, clause, measures, earlier) or is_announced(plan, clause)):
        return []
    measures.sort(key=lambda m: m.start)
    measures = share_comparators(plan.text, start, from_levels(plan.text, measures))
    measures = with_excess(plan.text, start, yearly_together(plan.text, measures))
    rows: list[Target] = []
    places: list[int] = []
    last = baseline = None
    begun, ended = None if passage.named else head_of_list(plan, clause, earlier), start
    owned = with_whole_lists(plan.text, measures, pieces(plan.text, start, end, measures))
    for measure, piece in zip(measures, owned, strict=True):
        if baseline is not None and ")" not in plan.text[baseline : measure.start]:
            continue  # "(năm 2021 là 4,2% với 1.150 hộ)", "(năm 2022 tương ứng là 94% và 78%)"
        baseline = None
        if rows and is_baseline(plan, measure, piece):
            note_baseline(plan, rows, measures, measure, plan.text.find(")", measure.end, end))
            baseline = measure.end
            continue
        listed = last is not None and goes_on(plan.text, last, measure)
        if is_target(plan, measure, piece, around(clause, measure), passage, listed):
            nearby = [*earlier, *rows[-MOST_WHOLES:]][-MOST_WHOLES:]
            measure = counted_as_whole(plan.text, start, measure, nearby)
            rows.append(target(plan, measure, piece, around(clause, measure), passage, nearby, (begun, ended)))
            follow_list(plan, rows[-1], measure, piece, nearby)
            begun, ended = opens_name(plan.text, piece, begun), measure.end
            places.append(measure.number_start if isinstance(measure, Measure) else measure.start)
            last = measure if isinstance(measure, Measure) else None
        else:
            last = None
    adopt_bracketed(plan.text, rows, places)
    tell_places(plan.text, clause, rows, places)
    return rows


def sums_aimed_at(plan: Plan, clause: tuple[int, int], passage: Passage, earlier: list[Target]) -> list[Amount]:
    """The sums of a clause that are levels to reach: of income and the like where the passage or the clause speaks of
    aims, and what a fund is to take in, also beside the money of the plan."""
    text, (start, end) = plan.text, clause
    aims = passage.aim or AIMS_AT.search(text, start, end) or ATTAINED.match(text, start, end)
    if not aims:
        return []
    cue = RECEIPTS if passage.money else INCOME
    said = goes_on_from(text, clause, earlier)
    if not cue.may_match(text, said, end):
        return []
    return [a for a in find_amounts(text, start, end) if a.amount_vnd and cue.search(text, said, a.start)]


def goes_on_from(text: str, clause: tuple[int, int], earlier: list[Target]) -> int:
    """Where the words begin that name what a clause measures: that of the clause before, where this one opens with a
    later year and its level alone (`Thu nội địa tăng 12%/năm; đến năm 2025 đạt 20.000 tỷ đồng`)."""
    if not earlier or CUES["later_level"].match(text, *clause) is None:
        return clause[0]
    before = earlier[-1].char_start
    return before if "\n" not in text[before : clause[0]] else clause[0]


def around(clause: tuple[int, int], measure: Measure | Amount) -> tuple[int, int]:
    """As much of a clause as a figure is judged by: of a line without end only what is near, or each of its thousands
    of figures would be held against all of it."""
    return max(clause[0], measure.start - CLAUSE_REACH), min(clause[1], measure.end + CLAUSE_REACH)


def is_all_of(text: str, start: int, measure) -> bool:
    """Whether a number only counts the measures that a change holds for (`giảm 5% trên cả 3 tiêu chí`)."""
    near = max(start, measure.start - 12)
    at = getattr(measure, "number_end", None)
    return bool(
        at is not None
        and CUES["all_of"].search(text, near, measure.start)
        and CUES["all_measures"].match(text, at, at + 20)
    )


def is_basis(text: str, start: int, measure) -> bool:
    """Whether a number only says of how many each the next one is (`cứ 10 hộ có ít nhất 7 hộ`)."""
    return CUES["of_so_many"].search(text, max(start, measure.start - OF_REACH), measure.start) is not None


def counted_as_whole(text: str, start: int, measure, earlier: list[Target]):
    """A part for one year in the unit of its whole where it repeats the first word of what that counts: `32 điểm đen,
    trong đó: năm 2022: 12 điểm`. Of several wholes in a clause it is the one that has the word itself: `40 lớp cho
    1.500 nông dân, trong đó năm 2023 mở 12 lớp`."""
    last = next((row for row in reversed(earlier) if row.parent_id is None), None)
    if last is None or last.unit in SHARES or not isinstance(measure, Measure):
        return measure
    beside = [row for row in earlier if row.parent_id is None and row.char_start == last.char_start]
    whole = last if len(beside) == 1 else counted_alike(text, measure, beside)
    again = whole is not None and counts_again(text, whole.char_start, start, measure, whole.unit)
    return replace(measure, unit=whole.unit) if again else measure


def says_something(text: str, clause: tuple[int, int]) -> bool:
    """Whether a clause has words beyond figures and years: a file that breaks off at `Đến năm 2025: 90%` has not."""
    return WORDS.search(BARE.sub("", text[clause[0] : clause[1]])) is not None


def is_announced(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether the item over a clause names, before a colon at its end, what the bare levels below it are of (`* Về giải
    ngân:`, `+ Đến 30/9 đạt 75%`)."""
    block = plan.block_at(clause[0])
    above = block.section.parent if block.section is not None and block.section.head is block else None
    if above is None:
        return False
    head = (above.head.body_start, above.head.end)
    return plan.text[slice(*head)].rstrip().endswith(":") and says_something(plan.text, head)


def goes_on(text: str, last: Measure, measure) -> bool:
    """Whether a figure goes on the phrase of the aim before it: a list of one unit (`40 cán bộ huyện và 310 cán bộ
    xã`), or one clause without a stop between (`35 lớp cho 2.100 lượt cán bộ`)."""
    between = text[last.end : measure.start]
    return not SEPARATOR.search(between) or (
        between.count(" ") <= LIST_GAP and last.unit == getattr(measure, "unit", None)
    )


def target(
    plan: Plan,
    measure,
    piece: tuple[int, int],
    clause: tuple[int, int],
    passage: Passage,
    earlier: list[Target],
    last: tuple[int | None, int],
) -> Target:
    """Build the row of one target. `last`: where the piece of the one before it in the clause begins, if any, and where
    the figure before it ends."""
    text = plan.text
    money = isinstance(measure, Amount)
    value_min, value_max, comparator = (
        money_bounds(measure) if money else (measure.value_min, measure.value_max, measure.comparator)
    )
    unit = "vnd" if money else measure.unit
    direction, unit = direction_of(text, measure, clause, unit)
    due, stated = year_of(plan, measure, piece, clause, passage)
    if not stated and (listed := year_of_last(text, clause, unit, earlier)) is not None:
        due, stated = listed, True
    yearly = rate_period(measure) or ("year" if passage.yearly and not money else None)
    if yearly and stated and WITHIN_YEAR.search(text, measure.end, piece[1]):
        yearly = None  # "mỗi năm lập 5 tổ, giải thể 4 tổ trong năm 2022"
    quote = clause if clause[1] - clause[0] <= MAX_QUOTE else piece
    opens = not money and not follows_its_words(text, measure, piece[1])
    code, unit = code_of(plan, measure, piece, clause, earlier, (direction, unit))
    unit = None if is_ratio(text, measure) else unit
    parent = part_of(text, measure, clause, earlier)
    name = indicator_text(text, with_object(text, piece, measure, clause[1]), measure, last[0], parent is not None)
    if parent is not None and follows_whole(text, parent, direction, unit, measure, piece):
        direction, yearly = parent.direction, yearly or parent.rate_period
    if parent is not None and code is None and parent.unit == unit and BARE_PART.fullmatch(name):
        code = parent.indicator_code
    head = None if parent else series_head(name, earlier)
    if head is not None and unit_in_series(unit, head):
        code = code or head.indicator_code
        direction, unit = move_in_series(name, direction, unit, head)
    method = "target_in_aims" if passage.aim else "target_in_text"
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
        population=population(text, measure, piece[1]) if opens else None,
        scope=scope_of(plan, piece, last[1], code),
        baseline_value=getattr(measure, "baseline_value", None),
        baseline_year=baseline_year(text, measure, direction, piece if yearly else clause),
        due_year=due,
        due_year_stated=stated,
        parent_id=parent.target_id if parent else None,
        **plan.fact(*quote, method, confidence_of(plan, measure, clause, passage, due)),
    )


def year_of(
    plan: Plan, measure, piece: tuple[int, int], clause: tuple[int, int], passage: Passage
) -> tuple[int | None, bool]:
    """The year by which a figure is to hold, and whether the document states it."""
    closing = closing_year(plan.text, plan.sentence_around(clause), measure.end)
    if closing is not None:
        return closing, True
    told = end_of_report(plan, clause)  # "Năm 2021 có 25 xã, phấn đấu …": no aim is due in 2021
    timed = (max(piece[0], told), next_time(plan.text, piece, measure))
    return due_year(plan, timed, (told, clause[1]), passage.opened or passage.year)


def code_of(
    plan: Plan,
    measure,
    piece: tuple[int, int],
    clause: tuple[int, int],
    earlier: list[Target],
    change: tuple[str, str | None],
) -> tuple[str | None, str | None]:
    """The code of the indicator that a figure is of, by its own words, those before it or the heading, and the unit.
    `change`: direction and unit as its own words give them."""
    text, (direction, unit) = plan.text, change
    code, unit = indicator_of(plan, piece, clause, unit, direction)
    if code is None and earlier and goes_on_elsewhere(text, measure, piece, direction, unit, earlier[-1]):
        code, unit = earlier[-1].indicator_code, unit if direction == "reach" else earlier[-1].unit
    if code is None:
        code = code_of_heading(text, plan.block_at(piece[0]), piece, unit, earlier, plan.meta.topic)
    if code is None and not isinstance(measure, Amount):
        elsewhere = rate_elsewhere(text, measure, clause, direction, unit, earlier)
        code, unit = (elsewhere, "percentage_point") if elsewhere is not None else (None, unit)
    if earlier and direction != "reach" and changes_share(text, measure, piece, unit, earlier[-1]):
        code, unit = code or earlier[-1].indicator_code, "percentage_point"
    return code, unit


def indicator_of(
    plan: Plan, piece: tuple[int, int], clause: tuple[int, int], unit: str | None, direction: str
) -> tuple[str | None, str | None]:
    """The code of the indicator that a piece names, if one, and the unit: a change of a rate is in points. What is near
    an indicator but of another population has no code, for comparing it would mislead."""
    parts = CUES["own_parts"].search(plan.text, piece[1], clause[1])  # what parts are of says nothing of their whole
    around = plan.text[clause[0] : parts.start() if parts else clause[1]]
    found = indicator_in(plan.text[slice(*piece)], around, unit, direction, plan.meta.topic)
    if not found or found[1] <= LOOSE_MATCH:
        return None, unit
    if unit == "percent" and is_rate(found[0]) and CHANGES_COUNT.search(plan.text, *piece):
        return None, unit  # "giảm 70% số người mù chữ" is of how many they are
    in_points = direction != "reach" and unit == "percent" and is_rate(found[0])
    return found[0], "percentage_point" if in_points else unit


def money_bounds(amount: Amount) -> tuple[float | None, float | None, str]:
    """Value bounds of an income target from its comparator."""
    value, comparator = float(amount.amount_vnd), amount.comparator or "eq"
    if comparator == "range" and amount.amount_min is not None:
        return float(amount.amount_min), value, comparator
    low = None if comparator in ("le", "lt") else value
    high = None if comparator in ("ge", "gt") else value
    return low, high, "eq" if comparator == "range" else comparator


def confidence_of(plan: Plan, measure, clause: tuple[int, int], passage: Passage, due: int | None) -> float:
    """Higher under a heading that announces aims; lower where a figure is ambiguous, holds on a condition, may be of
    what there is, or is due before the plan begins: it may tell what was reached then."""
    text, begins = plan.text, plan.first_year
    if due and begins and due < min(begins, plan.meta.issued_year or begins):
        return BEFORE_PLAN
    confidence = 0.91 if passage.aim else 0.75
    doubted = (
        getattr(measure, "ambiguous", False)
        or is_lowered_below(text, measure)
        or (getattr(measure, "change", None) == "increase" and exceeds_plan(text, clause[0], measure))
        or is_capacity(text, clause[0], measure)
        or CUES["on_condition"].match(text, *clause) is not None
        or may_be_there(text, clause, measure, passage)
    )
    return confidence - 0.25 if doubted else confidence
