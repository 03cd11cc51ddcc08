"""Which figures are aims: said of the future, of an outcome, and not of money, a norm or whom something is for.

A passage is judged by the headings over it; then a clause may report, and last each figure by the words around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR
from functools import lru_cache

import regex

from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.plan import Block
from extractors.targets.results import tells_results
from extractors.targets.sizes import only_describes
from extractors.targets.years import CLAUSE_HEAD, heading_year, years_of
from extractors.values.measures import Measure
from extractors.values.money import Amount
from schemas.filtered import filtered

CUES = cues("target_cues.yaml")
NORM_REACH, CONDITION_REACH, LEVEL_REACH = 60, 120, 200
RIGHT_BEFORE = 16
"""So much before a figure tells what it is, whichever figure owns the words (`cả 3 tiêu chí`)."""
MEANS_REACH = 160
"""So near a count stands the verb by which the thing counted is got."""
PART = CUES["parts"]
BRACKETS = filtered(r"\([^()]*\)")
PAST_OPENING = CUES.naming("past_year_opening", "year")
REACHED_BY = CUES.naming("reached_by", "year")
AIMS_AT = CUES["aims_at"]
UNTIL_DAY = CUES.naming("until_day", "day")
TURNS_TO_YEAR = CUES.naming("turns_to_year", "year")
ADDS_UP = CUES.naming("adds_up", "parts")
PART_COUNT = regex.compile(r"(?:^|[,;]\s|và\s)(\d[\d.]*)(?=\s\p{L})")
REPORTED_FIRST = CUES.naming("reported_first", "year")
LEVEL_THEN = CUES.naming("level_then", "year")
MULTIPLE = CUES["multiple"]
LIFE = CUES["life"]
DELIVERED = frozenset((
    "hectare", "km", "household", "person", "class", "course", "house", "school", "classroom", "model",
    "product", "cooperative", "enterprise", "animal", "tree", "tonne", "station", "item", "project", "event",
    "job", "vehicle", "club", "workday", "sample",
))  # fmt: skip
"""What plans deliver by the number. Communes, districts and the like are more often named by a number than
delivered."""
GOODS = frozenset(("tonne", "quintal", "kilogram", "litre", "cubic_metre", "metre", "item", "sample", "vehicle"))
"""What is laid in by the measure; elsewhere such figures are sizes and capacities."""
EVERYTHING = 100
"""Percent of all there is."""
NOT_COUNTED = frozenset({"vnd", "month", "week"})


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a clause stands: under which kind of heading, and for which year the headings and its sentence speak."""

    aim: bool
    past: bool
    money: bool
    year: int | None
    opened: int | None = None  # the year with which the sentence of the clause opens
    yearly: bool = False  # whether it opens with words that make all its figures hold each year
    named: bool = False  # whether what is measured may be named elsewhere, as by the row of a cell
    view: bool = False  # whether it tells views (quan điểm), whose figures are those of today
    means: bool = False  # whether it lists what there is to work with


def passage_of(plan: Plan, block: Block) -> Passage:
    """Judge a block by the headings that stand over it and by its own lead-in."""
    headings = plan.headings(block)
    own = plan.text[block.body_start : min(block.end, block.body_start + 80)]
    lead = own.split(":", 1)[0] if ":" in own else ""
    told = decisive([lead, *headings])
    results = tells_results(plan, told)
    aimed = CUES["aims_at"].search(plan.text, block.body_start, block.end) is not None
    forecast = not aimed and told_by(CUES["forecast_heading"], told)
    beside = plan.tells_past(told) or forecast
    past = results or (beside and not told_by(CUES["target_heading"], told[:2]))
    view = next(
        (told_by(CUES["view_heading"], [h]) for h in told if is_aim(h) or told_by(CUES["view_heading"], [h])), False
    )
    aim = told_by(CUES["target_heading"], told)
    return Passage(
        aim=aim,
        means=not aim and told_by(CUES["means_heading"], [lead, *headings[:1]]),
        past=past,
        view=view,
        money=told_by(CUES["funding_heading"], headings if CUES["measure_lead"].search(lead) else told),
        year=heading_year(told),
    )


def decisive(told: list[str]) -> list[str]:
    """The headings over a passage, innermost first, without those that name what is as well as what is aimed at (`I.
    QUAN ĐIỂM, MỤC TIÊU`) where one below names only one of them (`1. Quan điểm`)."""
    kept: list[str] = []
    decided = False
    for heading in told:
        aim, state = is_aim(heading), is_state(heading)
        kept.append("" if aim and state and decided else heading)
        decided = decided or aim != state
    return kept


def is_aim(heading: str) -> bool:
    """Whether a heading announces aims."""
    return told_by(CUES["target_heading"], [heading])


def is_state(heading: str) -> bool:
    """Whether a heading announces how things stand, or views on them."""
    return told_by(CUES["past_heading"], [heading]) or told_by(CUES["view_heading"], [heading])


def reports(plan: Plan, clause: tuple[int, int], in_series: bool, aim: bool) -> bool:
    """Whether a clause tells of what has been: every year that it names lies before the plan's own, or it opens with
    the present state (`Tính đến 31/12/2023 …`, `Tỉnh có 22 dân tộc …`). Under a heading of aims the year that a change
    starts from is none of these (`giảm từ 6,8% năm 2021 xuống còn 4%`)."""
    words = plan.text[clause[0] : clause[1]]
    if opens_with_state(plan, clause):
        return True
    if (
        CUES["compares_first"].match(words)
        and not (aim and CUES["changes_then"].match(words))
        and not AIMS_AT.search(words)
    ):
        return True
    first = plan.first_year
    parts = PART.search(words)
    told = BRACKETS.sub(lambda m: m[0] if PART.search(m[0]) else "", words)
    years = years_of(told, aim)
    if not first or not years or max(years) >= first:
        return False
    return not in_series and not (parts and years_of(words[parts.end() :]))


def opens_with_state(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether a clause opens with how things stand, or stood on a day before the plan (`Đến 31/12/2023 có 12 xã`)."""
    if _opens_with_state(plan.text, *clause):
        return True
    day = UNTIL_DAY.match(plan.text, *clause)
    return day is not None and not is_to_come(plan, day)


@lru_cache(maxsize=64)
def _opens_with_state(text: str, start: int, end: int) -> bool:
    """The same by the words alone; those who read a clause and those who read its figures ask for it."""
    return any(CUES[cue].match(text, start, end) for cue in ("state_opening", "report_opening"))


def is_to_come(plan: Plan, day: regex.Match[str]) -> bool:
    """Whether a day lies behind the day on which the plan was issued; one without its year may be either."""
    if day["year"] is None:
        return False
    issued = plan.meta.issued_date
    if issued is None:
        return int(day["year"]) > (plan.meta.issued_year or plan.meta.period_start or MAXYEAR)
    return (int(day["year"]), int(day["month"]), int(day["day"])) > (issued.year, issued.month, issued.day)


def opens_report(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether a clause opens a report on a past year or the present state (`Năm 2022, toàn tỉnh đón …`)."""
    if CUES["state_opening"].match(plan.text, *clause):
        return True
    if end_of_report(plan, clause) > clause[0]:
        return False
    opening = PAST_OPENING.match(plan.text, *clause)
    first = plan.first_year
    return bool(opening and first) and int(opening["year"]) < first


def goes_on_reporting(plan: Plan, clause: tuple[int, int]) -> bool:
    """Whether a clause behind a report goes on with it: it names no later year and says nothing of an aim."""
    words = plan.text[clause[0] : clause[1]]
    first = plan.first_year
    return not AIMS_AT.search(words) and not any(year >= first for year in years_of(words))


def end_of_report(plan: Plan, clause: tuple[int, int]) -> int:
    """Where the result of a past year ends that opens a clause before its aim: `Năm 2021 đạt 89,2%, phấn đấu …`."""
    opening = REPORTED_FIRST.match(plan.text, *clause)
    year = max(plan.meta.issued_year or 0, plan.meta.period_start or 0)
    told = opening is not None and int(opening["year"]) < year
    return opening.end() if told else clause[0]


def past_year(plan: Plan, words: str, aim: bool) -> bool:
    """Whether a piece reports a result: every year that it names lies before the plan's own."""
    first = plan.first_year
    years = years_of(words, aim)
    return bool(first and years) and max(years) < first - 1


def reached_before(plan: Plan, said: str) -> bool:
    """Whether the words tell how things stood by a year before the plan (`đến hết năm 2020 có 12 xã`)."""
    first = plan.first_year
    return bool(first) and any(int(match["year"]) < first for match in REACHED_BY.finditer(said))


def is_condition(text: str, clause: tuple[int, int], measure: Measure | Amount) -> bool:
    """Whether a share only says whom something is for (`hộ bị thiệt hại trên 70% được hỗ trợ giống`) or how strong a
    substance is (`cồn 70%`). An upper bound of harm is an aim where nothing is granted (`diện tích bị thiệt hại dưới
    10%`)."""
    if CUES["if_so"].fullmatch(text, clause[0], measure.start) and CUES["then"].match(text, measure.start, clause[1]):
        return True
    near = max(clause[0], measure.start - LEVEL_REACH)
    if isinstance(measure, Measure) and CUES["condition_level"].search(text, near, measure.number_start):
        return True
    if isinstance(measure, Measure) and (
        selects_subject(text, clause, measure) or is_bound_of_rule(text, clause, measure)
    ):
        return True
    if getattr(measure, "unit", None) != "percent":
        return False
    if measure.comparator != "eq" and CUES["rate_of_those_with"].search(text, near, measure.number_start) is not None:
        return CUES["then_its_level"].match(text, measure.end, clause[1]) is not None
    mixed = CUES["concentration"].search(text, max(clause[0], measure.start - CONDITION_REACH), measure.start)
    if mixed and not CUES["those_behind"].match(text, measure.end, clause[1]):
        return True
    if measure.comparator in ("le", "lt") and not CUES["granted"].search(text, measure.end, clause[1]):
        return False
    return CUES["condition"].search(text, max(clause[0], measure.start - CONDITION_REACH), measure.start) is not None


def is_bound_of_rule(text: str, clause: tuple[int, int], measure: Measure) -> bool:
    """Whether a bound says from where on something has a name (`từ 5 ca mắc trở lên là ổ dịch`) or is dealt with (`thu
    hồi vốn của dự án giải ngân dưới 30%`)."""
    if measure.comparator in ("ge", "gt") and CUES["definition"].match(text, measure.end, clause[1]):
        return True
    if measure.comparator not in ("le", "lt"):
        return False
    return CUES["dealt_with"].search(text, max(clause[0], measure.start - CONDITION_REACH), measure.start) is not None


def selects_subject(text: str, clause: tuple[int, int], measure: Measure) -> bool:
    """Whether a bound only says which things of a kind are meant (`các xã có trên 50% đồng bào dân tộc giảm 2%`, `dự án
    từ 05 ha trở lên`)."""
    near = max(clause[0], measure.start - CONDITION_REACH)
    bounded = measure.comparator in ("ge", "gt", "le", "lt")
    begin = max(clause[0], text.rfind(":", clause[0], measure.start) + 1)
    has_duty = bounded and CUES["sized_duty"].match(text, measure.end, clause[1]) is not None
    if has_duty and CUES["sized_subject"].fullmatch(text, begin, measure.start):
        return True
    if bounded and CUES["selects"].search(text, near, measure.start):
        return CUES["selected_acts"].match(text, measure.end, clause[1]) is not None
    if bounded and CUES["from_so_many"].match(text, measure.start, clause[1]):
        return CUES["employing"].search(text, near, measure.start) is not None
    if (
        bounded
        and CUES["size_and_act"].match(text, measure.start, clause[1])
        and CUES["share_of"].search(text, near, measure.start)
    ):
        return True
    if CUES["size_upwards"].match(text, measure.start, clause[1]) is None:
        return False
    return CUES["sized"].search(text, near, measure.start) is not None


def is_target(
    plan: Plan, measure, piece: tuple[int, int], clause: tuple[int, int], passage: Passage, listed: bool
) -> bool:
    """Whether a figure is an aim: said of the future, of an outcome, and not of money. `listed`: it goes on a list of
    counts whose first is an aim (`40 cán bộ cấp huyện và 310 cán bộ cấp xã`)."""
    words = plan.text[max(clause[0], min(piece[0], measure.start - RIGHT_BEFORE)) : piece[1]]
    said = BRACKETS.sub("", behind_turn(plan, plan.text[max(clause[0], piece[0] - CLAUSE_HEAD) : measure.end]))
    if (
        CUES["not_target"].search(words)
        or CUES["past_clause"].search(said)
        or reached_before(plan, said)
        or is_norm(plan.text, clause, measure)
    ):
        return False
    if starts_then(plan, clause, measure) or is_owned(plan.text, clause, measure, passage):
        return False
    if past_year(plan, words, passage.aim) or is_standard(plan.text, clause, measure):
        return False
    if isinstance(measure, Amount):
        return True
    if measure.unit == "usd" and CUES["dollar_fee"].search(plan.text, clause[0], measure.number_start):
        return False
    if CUES["factor"].match(plan.text, measure.end, clause[1]):
        return False  # "400 người x 200.000 đồng"
    if CUES["so_often"].match(plan.text, measure.number_start, clause[1]) or only_describes(plan.text, clause, measure):
        return False
    if measure.in_words and measure.unit == "item" and (measure.value or 0) < 10 and measure.comparator != "ge":
        return False
    if measure.unit in ("percent", "percentage_point"):
        return is_share_aimed_at(plan, measure, piece, clause, passage)
    before = plan.text[piece[0] : measure.start]
    right_before = plan.text[max(clause[0], measure.start - RIGHT_BEFORE) : measure.start]
    if passage.money or not is_countable(measure, before + words):
        return False
    if counts_all_it_says(plan.text, clause, measure):
        return True
    turns = measure.change in ("reduce_to", "raise_to")  # from the present state to the aim
    attained = CUES["attained"].search(plan.text, measure.end, piece[1])
    if not turns and not attained and CUES["state_count"].search(behind_turn(plan, before)):
        return False
    if measure.unit == "model" and CUES["held_in"].search(right_before):
        return False
    if (
        (listed and not CUES["placed_count"].search(right_before))
        or measure.change
        or measure.comparator in ("ge", "gt", "approx", "range")
    ):
        return True
    again = says_again(plan.text, clause, measure, piece)
    if passage.aim and (
        again or not CUES["named_count"].search(before or right_before) or CUES["reaches_places"].search(before)
    ):
        return True
    if CUES["delivery"].search(before) or is_done_at_all(plan.text, piece, measure):
        return True
    if measure.unit in GOODS and CUES["supplies"].search(plan.text, clause[0], measure.start):
        return True
    named = CUES["named_count"].search(before) and not again
    return measure.unit in DELIVERED and not named and not CUES["state_count"].search(before)


def is_done_at_all(text: str, piece: tuple[int, int], measure: Measure) -> bool:
    """Whether something is to be done at all of so many places (`cập nhật dữ liệu tại 161/161 xã`)."""
    if not CUES["all_of_so_many"].match(text, measure.number_start):
        return False
    return CUES["does_at"].fullmatch(text, piece[0], measure.start) is not None


def is_owned(text: str, clause: tuple[int, int], measure: Measure | Amount, passage: Passage) -> bool:
    """Whether a figure tells what the territory has (`Toàn tỉnh có 13 tổ máy bơm, 25 xuồng`): no heading speaks of
    aims or of a time, and no verb gets what is counted."""
    if passage.aim or passage.year or passage.opened:
        return False
    opened = _opening_of("owned", text, *clause)
    if opened is None:
        return False
    return CUES["gets_means"].search(text, max(opened, measure.start - MEANS_REACH), measure.start) is None


def may_be_there(text: str, clause: tuple[int, int], measure: Measure | Amount, passage: Passage) -> bool:
    """Whether a count may be of what there is: in a list of means, or of what a system is made of, without a verb that
    gets it."""
    if passage.aim or isinstance(measure, Amount) or measure.unit in ("percent", "percentage_point"):
        return False
    opened = _opening_of("made_of", text, *clause)
    if not passage.means and opened is None:
        return False
    near = max(clause[0] if opened is None else opened, measure.start - MEANS_REACH)
    return CUES["gets_means"].search(text, near, min(clause[1], measure.end + MEANS_REACH)) is None


@lru_cache(maxsize=64)
def _opening_of(cue: str, text: str, start: int, end: int) -> int | None:
    """Where the words of a cue end with which a clause opens; all its figures ask for it."""
    opening = CUES[cue].match(text, start, end)
    return opening.end() if opening else None


def is_share_aimed_at(plan: Plan, measure, piece: tuple[int, int], clause: tuple[int, int], passage: Passage) -> bool:
    """Whether a percentage is an aim: no part of money, and no present state."""
    if passage.money and not is_disbursed_share(plan.text, clause, measure):
        return False
    if is_share_of_money(plan.text, clause, measure, "further_support"):
        return False
    if not passage.aim and is_share_of_money(plan.text, clause, measure, "money_share"):
        return False
    return not CUES["state_count"].search(plan.text[piece[0] : measure.start])


def behind_turn(plan: Plan, said: str) -> str:
    """Words without those before the year to come by which they go on to tell an aim (`sân đã được quy hoạch, đến năm
    2030 có thêm 2 sân`)."""
    first = plan.first_year
    turns = [m for m in TURNS_TO_YEAR.finditer(said) if first and int(m["year"]) >= first]
    return said[turns[-1].start() :] if turns else said


def counts_all_it_says(text: str, clause: tuple[int, int], measure: Measure) -> bool:
    """Whether a count is an aim whatever its unit: of all there are, of a part that its bracket makes a whole with, or
    of the places in which a named project is carried out."""
    if is_of_all(text, clause, measure) or adds_up(text, clause, measure):
        return True
    return CUES["carried_out"].search(text, clause[0], measure.start) is not None


def starts_then(plan: Plan, clause: tuple[int, int], measure: Measure | Amount) -> bool:
    """Whether a figure is but the level of a year before the plan from which a change starts (`từ 46% năm 2024`),
    though what it comes to could not be told."""
    if isinstance(measure, Amount) or not (measure.ambiguous and measure.comparator == "ge"):
        return False
    then = LEVEL_THEN.match(plan.text, measure.end, clause[1])
    first = plan.first_year
    return then is not None and first is not None and int(then["year"]) < first


def is_of_all(text: str, clause: tuple[int, int], measure: Measure) -> bool:
    """Whether a count is of all there are, which are to have or be something (`tất cả 135 xã có câu lạc bộ`)."""
    near = max(clause[0], measure.start - NORM_REACH)
    if CUES["all_there_are"].search(text[near : measure.start]) is None:
        return False
    return CUES["all_are"].match(text, measure.end, clause[1]) is not None


def adds_up(text: str, clause: tuple[int, int], measure: Measure) -> bool:
    """Whether a count stands in a bracket that tells for which years how many of the count before it are, and makes it
    up (`20 xã (06 điểm trong năm 2026, 14 điểm trong hai năm 2027 - 2028)`)."""
    bracket = text.rfind("(", clause[0], measure.start)
    if bracket < 0:
        return False
    for match in ADDS_UP.finditer(text, max(clause[0], bracket - NORM_REACH), clause[1]):
        if match.start("parts") <= measure.number_start < match.end("parts"):
            parts = PART_COUNT.findall(match["parts"])
            return sum(plain(p) for p in parts) == plain(match["whole"])
    return False


def plain(digits: str) -> int:
    """A whole number whose thousands dots part."""
    return int(digits.replace(".", ""))


def is_disbursed_share(text: str, clause: tuple[int, int], measure: Measure) -> bool:
    """Whether a share is that of the money to be paid out (`tỷ lệ giải ngân đạt 95%`), which is no part of a sum; an
    upper bound tells of whom too little was paid out."""
    if measure.comparator in ("le", "lt"):
        return False
    return CUES["disbursed_share"].search(text, clause[0], measure.start) is not None


def is_share_of_money(text: str, clause: tuple[int, int], measure: Measure, told: str) -> bool:
    """Whether a share is one of money that somebody sets aside, keeps, pays or is spared (`Dành 30% chi sự nghiệp`), or
    gets in turn with others; `told`: the cue that tells so."""
    stop = min(clause[1], measure.number_end + NORM_REACH)
    return any(m.end() > measure.number_start for m in CUES[told].finditer(text, clause[0], stop))


def is_norm(text: str, clause: tuple[int, int], measure: Measure | Amount) -> bool:
    """Whether the words right before a figure make it a norm or say whom a rule is for; what is done for all there are
    is an aim (`kiểm tra đối với 100% số bến`)."""
    if getattr(measure, "unit", None) == "km" and CUES["built_length"].search(text, clause[0], measure.start):
        return False
    before = text[max(clause[0], measure.start - NORM_REACH) : measure.start]
    whole = getattr(measure, "unit", None) == "percent" and measure.value == EVERYTHING
    return CUES["norm"].search(before) is not None and not (whole and CUES["done_for"].search(before))


def is_standard(text: str, clause: tuple[int, int], measure: Measure | Amount) -> bool:
    """Whether a count of criteria only says what those of a share are to reach: `100% xã hoàn thành 19 tiêu chí`."""
    if isinstance(measure, Amount) or not CUES["criteria"].match(text, measure.number_end, clause[1]):
        return False
    return CUES["of_the_share"].search(text, clause[0], measure.start) is not None


def says_again(text: str, clause: tuple[int, int], measure: Measure, piece: tuple[int, int]) -> bool:
    """Whether a count says a share again that stands before it: `giảm 1,5%, với 620 hộ thoát nghèo`."""
    return bool(
        CUES["restates"].search(text, clause[0], measure.start)
        and CUES["attained"].search(text, measure.number_end, piece[1])
    )


def is_countable(measure, words: str) -> bool:
    """Whether a figure counts things or people: no spans of time but life expectancy, no `lần` but multiples."""
    if measure.unit == "times":
        return bool(MULTIPLE.search(words)) or measure.change == "reduce_to"
    if measure.unit == "year":
        return bool(LIFE.search(words))
    return measure.unit not in NOT_COUNTED
