"""How a target changes its measure: direction, points or percent, each year or once, and as the target before it.

`giảm 3%/năm` of a rate lowers it by points each year; `trong đó nông nghiệp 4%` grows as its whole does; `huyện nghèo
giảm 6%/năm` lowers what the clause before it lowers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractors.cues import cues
from extractors.pieces import follows_its_words
from extractors.values import change
from extractors.values.measures import Measure
from extractors.values.money import Amount
from schemas.records import Target
from schemas.vocabulary import indicators

CUES = cues("target_cues.yaml")
RATE_WORDS = CUES["rate"]
MORE = CUES["more"]
GROWTH_RATE = CUES["growth_rate"]
GROWTH = CUES["growth"]
UPWARDS = CUES["multiplies"]
FAR_CHANGE = CUES.naming("far_change", "down")
BEYOND_THEN, COMPARED_REACH = CUES.naming("beyond_then", "down"), 60
PER_YEAR = CUES["per_year"]
MAKES_UP, MAKE_UP_REACH = CUES["makes_up"], 60
MOST_POINTS = 10
"""A rate that is told behind a colon is a change of it only where it is this small."""
WHOLE = 100
"""Percent of all there is, above which no share rises."""
A_LEVEL = 30
"""No rate rises by so many points: a bound as high as this is the level to come to."""
RATE_REACH = 3
"""So many targets back stands the rate that a clause goes on to tell of other places."""
LOWERED_REACH = 8
LETTERS = regex.compile(r"\p{L}{2}")
SHARES = frozenset({"percent", "percentage_point", "permille", "times"})


def direction_of(text: str, measure, clause: tuple[int, int], unit: str | None) -> tuple[str, str | None]:
    """Direction and, for a change of a rate, the unit `percentage_point`.

    `giảm 3%/năm` of a rate lowers it by points; `tăng 20%` of an amount raises it by percent; `giảm còn 11%` and
    `nâng lên 95%` name the level to reach.
    """
    said = text[clause[0] : measure.start]
    if isinstance(measure, Amount):
        moved = change.change_before(text, clause[0], measure.start, True)
    else:
        moved = measure.change or change_of_list(text, clause, measure)
    if unit == "percent" and (by := grows_by(said, measure)) is not None:
        moved = by
    elif GROWTH_RATE.search(said):
        return "reach", unit  # the rate of growth is itself the level: "tỷ lệ tăng dân số dưới 9‰"
    if moved is None and unit == "percent" and GROWTH.search(said) and not tells_make_up(said):
        return "increase", unit
    if moved == "multiply" and unit == "times":
        grows = UPWARDS.search(said) or not CUES["times_of_another"].match(text, measure.end, clause[1])
        return ("increase" if grows else "reach"), unit
    if moved is None and unit == "percentage_point" and CUES["than_then"].match(text, measure.end, clause[1]):
        moved = change_by_comparison(text, clause[0], measure)
    if moved is None and unit == "percent" and CUES["than_then"].match(text, measure.end, clause[1]):
        moved = change_far_before(text, clause[0], measure)
    if moved is None and (compared := BEYOND_THEN.search(said[-COMPARED_REACH:])) is not None:
        moved = "decrease" if compared["down"] else "increase"
    if moved not in ("increase", "decrease"):
        more = MORE.search(text, max(clause[0], measure.start - 24), measure.start)
        return ("increase" if more else "reach"), unit
    behind = min(measure.end + 1, clause[1])
    if unit == "percent" and (
        RATE_WORDS.search(text, clause[0], measure.end) or RATE_WORDS.match(text, behind, clause[1])
    ):
        if is_lowered_below(text, measure):
            return "reach", unit
        if moved == "increase" and getattr(measure, "comparator", None) == "ge" and (measure.value or 0) >= A_LEVEL:
            return "reach", unit  # "tăng tỷ lệ che phủ rừng từ 55% trở lên" names the level
        unit = "percentage_point"
    return moved, unit


def with_excess(text: str, start: int, measures: Sequence) -> list:
    """The measures of a clause that begins at `start`, those that tell by how much a plan is exceeded as growth by so
    much."""
    if not measures or not CUES["beyond_by"].may_match(text, start, measures[-1].end):
        return list(measures)
    return [as_excess(measure) if exceeds_plan(text, start, measure) else measure for measure in measures]


def as_excess(measure: Measure) -> Measure:
    """An excess over a plan as a growth; its verb, which is also a comparator, bounds nothing."""
    if measure.comparator != "gt":
        return replace(measure, change="increase")
    return replace(measure, change="increase", comparator="eq", value_max=measure.value_min)


def exceeds_plan(text: str, start: int, measure: Measure | Amount) -> bool:
    """Whether a figure tells by how much what a plan gives is to be exceeded (`vượt kế hoạch tỉnh giao 50 ha`, `vượt
    50 ha so với kế hoạch`): no level of its own."""
    if isinstance(measure, Amount):
        return False
    before = max(start, measure.number_start - COMPARED_REACH), measure.number_start
    if CUES["beyond_plan"].search(text, *before):
        return True
    return CUES["beyond_by"].search(text, *before) is not None and (
        CUES["than_plan"].match(text, measure.end) is not None
    )


def is_lowered_below(text: str, measure) -> bool:
    """Whether a figure may be the level that something is to fall below or what it is to be lowered by (`giảm dưới
    8%`). Of a rate the former is meant, though the words leave it open; each year it is a change."""
    if getattr(measure, "comparator", None) != "lt" or measure.rate_period:
        return False
    return CUES["lowered_below"].search(text, max(0, measure.start - LOWERED_REACH), measure.start) is not None


def grows_by(said: str, measure) -> str | None:
    """How a value moves by a share that it is said to reach each year (`tăng bình quân hằng năm đạt 8%/năm`)."""
    if measure.per is None or not measure.per.yearly:
        return None
    found = CUES["change_attained"].search(said)
    return None if found is None else "decrease" if found["down"] else "increase"


def change_by_comparison(text: str, start: int, measure) -> str | None:
    """How a rate moves that is to lie higher or lower than then by some points (`cao hơn 4 điểm phần trăm so với năm
    2020`)."""
    if CUES["beyond_before"].search(text, start, measure.number_start):
        return "increase"
    return "decrease" if CUES["below_before"].search(text, start, measure.number_start) else None


def change_far_before(text: str, start: int, measure) -> str | None:
    """What the last verb does to a share that is compared with then, though a comma parts them (`giảm tỷ lệ béo phì,
    thấp còi mỗi loại 1,5% so với đầu kỳ`)."""
    verb = FAR_CHANGE.search(text, start, measure.start)
    return None if verb is None else "decrease" if verb["down"] else "increase"


def change_of_list(text: str, clause: tuple[int, int], measure) -> str | None:
    """What the verb before a colon does to the figure right behind it (`Giảm tỷ lệ hộ nghèo: năm 2022: 1,5%`); a figure
    with words of its own is a level (`Giảm nghèo: 100% hộ được vay vốn`)."""
    opening = CUES["verb_of_list"].fullmatch(text, clause[0], measure.start)
    if opening is None or not follows_its_words(text, measure, clause[1]):
        return None
    if measure.unit not in SHARES:  # a level would be told with "còn"; "Tăng số lớp: 30 lớp" leaves it open
        number = opening["down"] and CUES["lowered_number"].search(opening.group())
        return "decrease" if number else None
    small = measure.comparator == "eq" and (measure.value or MOST_POINTS + 1) <= MOST_POINTS
    if measure.unit not in ("percent", "percentage_point") or not (small or measure.unit == "percentage_point"):
        return None  # "Tăng tỷ lệ che phủ rừng: 57%": the level that it comes to
    if CUES["by_when"].match(text, measure.end, clause[1]):
        return None
    return "decrease" if opening["down"] else "increase"


def tells_make_up(words: str) -> bool:
    """Whether the last words before a share tell what parts a whole is made of (`chăn nuôi chiếm 45%; dịch vụ 10%`)."""
    return MAKES_UP.search(words[-MAKE_UP_REACH:]) is not None


def is_rate(code: str) -> bool:
    """Whether an indicator is itself a rate, so that a change of it is in points."""
    return bool(RATE_WORDS.match(indicators()[code].name_vi))


def rate_period(measure) -> str | None:
    """`year` where the value holds for each year (`bình quân mỗi năm`, `/năm`)."""
    if isinstance(measure, Amount):
        return "year" if PER_YEAR.search(measure.per_text or "") else None
    return measure.rate_period


def goes_on_elsewhere(
    text: str, measure, piece: tuple[int, int], direction: str, unit: str | None, last: Target
) -> bool:
    """Whether a figure is of what the target before it measures: its change in other places (`giảm nghèo 4%/năm; các
    huyện nghèo giảm 6%/năm`), or a level without a subject (`…; phấn đấu còn dưới 2%`)."""
    if unit not in SHARES or last.unit not in SHARES:
        return False
    if CUES["no_subject"].fullmatch(text, piece[0], measure.start):
        return direction == "reach"  # "…; năm 2016 còn 5%": a level of the same
    if direction != last.direction or direction == "reach" or last.rate_period != rate_period(measure):
        return False
    return CUES["only_places_change"].fullmatch(text, piece[0], measure.number_start) is not None


def rate_elsewhere(
    text: str, measure, clause: tuple[int, int], direction: str, unit: str | None, earlier: Sequence[Target]
) -> str | None:
    """The code of the rate that a clause before told, where this one only says how it moves in some places (`giảm tỷ
    lệ hộ nghèo xuống còn 39%, tương ứng 500 hộ; riêng 03 xã vùng cao giảm từ 7%`)."""
    if direction == "reach" or unit not in ("percent", "percentage_point"):
        return None
    if CUES["only_named_places_change"].fullmatch(text, clause[0], measure.number_start) is None:
        return None
    last = next((row for row in reversed(earlier[-RATE_REACH:]) if row.unit in SHARES), None)
    code = last.indicator_code if last is not None else None
    return code if code and is_rate(code) else None


def changes_share(text: str, measure, piece: tuple[int, int], unit: str | None, last: Target) -> bool:
    """Whether a change without a subject is of the share before it, and so in points (`92% hộ có hố xí, mỗi năm tăng
    1,5%`)."""
    if unit != "percent" or last.unit != "percent" or last.direction != "reach":
        return False
    if measure.change == "increase" and (last.value_min or 0) + (measure.value or 0) > WHOLE:
        return False
    if not follows_its_words(text, measure, piece[1]) or CUES["of_each_thing"].match(text, measure.number_end):
        return False  # "giảm 10% số ca mắc" has an object of its own
    return CUES["only_change"].fullmatch(text, piece[0], measure.number_start) is not None


def follows_whole(text: str, whole: Target, direction: str, unit: str | None, measure, piece: tuple[int, int]) -> bool:
    """Whether a part changes as its whole does (`tăng 16%/năm, trong đó: nông nghiệp 6%; dịch vụ 18%`): a share behind
    the name of the part, without a verb of its own."""
    if (
        direction != "reach"
        or whole.direction not in ("increase", "decrease")
        or unit != whole.unit
        or unit != "percent"
    ):
        return False
    if tells_make_up(text[max(0, measure.start - MAKE_UP_REACH) : measure.start]):
        return False
    return not LETTERS.search(text, measure.end, piece[1]) and not CUES["level_verb"].search(
        text, piece[0], measure.start
    )
