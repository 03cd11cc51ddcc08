"""Figures of aims that no unit word tells: shares as fractions, multiples in words, levels of an index, rates by foot,
and counts of things that no unit list holds (`lắp đặt 30 bể bơi`).

Each is read only where the words around leave no other reading; what is counted without a listed unit is an `item`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import regex

from extractors.cues import cues
from extractors.rule_files import RULES_DIR, RuleFileError, load_csv
from extractors.values import change, comparators
from extractors.values.measures import Measure, each_year
from extractors.values.numbers import Number, find_numbers
from extractors.values.patterns import SHAPES
from extractors.values.units import unit_at
from schemas.filtered import filtered
from schemas.records import Target

CUES = cues("target_figure_cues.yaml")
RANGE = cues("value_cues.yaml", shapes=SHAPES)["range"]
NOUN = CUES.naming("noun", "noun")
COUNTED = filtered(rf"\d{NOUN.pattern}")
COUNTED_BY_NAME = CUES.naming("counted_by_name", "thing")
REACH, SERIES_REACH, SENTENCE_REACH, TIME_REACH = 60, 2000, 300, 260
OPENS_CLAUSE = filtered(r"[;:]")
SENTENCE_END = filtered(r"\.\s")
LEAST_ONE = CUES.naming("least_one", "one")
PART_YEAR = CUES["part_year"]
UPWARDS_LATER = CUES.naming("upwards_later", "form")
FROM_BEFORE = CUES["from_before"]
FEET = frozenset({100, 1000, 10_000, 100_000})


def load_multiples(folder: Path = RULES_DIR) -> dict[str, float]:
    """How often each word says that a level is to be multiplied. Raises RuleFileError, naming file and word."""
    name = "target_multiples.csv"
    times = {}
    for row in load_csv(name, ("word", "times"), unique=("word",), folder=folder):
        try:
            times[row["word"]] = float(row["times"])
        except ValueError as error:
            raise RuleFileError(f"{name}, word {row['word']!r}: {row['times']!r} is no number") from error
    return times


MULTIPLES = load_multiples()
WORD_MULTIPLE = filtered(rf"\bgấp (?P<word>{'|'.join(map(regex.escape, MULTIPLES))})\b(?! lần)", regex.I)


def unlisted_figures(
    text: str, start: int, end: int, measures: Iterable[Measure], aim: bool, whole: int | None = None
) -> list[Measure]:
    """The figures of a clause that `measures` do not hold. `aim`: the passage announces aims, so that a bare level of
    an index may be read. `whole`: where a target begins whose parts may go on in this clause."""
    taken = list(measures)
    found = [*fractions(text, start, end, taken), *multiples(text, start, end, taken)]
    if aim:
        found += least_ones(text, start, end)
    counted = sorted(m.end for m in taken)
    lower: Number | None = None
    indexed: Number | None = None
    for number in free(find_numbers(text, start, end), [*taken, *found]):
        number = counted_of_all(text, number)
        if number.ambiguous or (number.kind == "words" and not is_least(text, start, number)):
            continue
        lower, least = number, lower
        if least is not None and is_range(text, least, number):
            spanned = replace(number, start=least.start)
            if names_things(text, start, spanned, end, counted):
                found.append(ranged(measure_of(text, start, spanned, "item"), least.value, number.value))
                counted.append(number.end)
                continue
        if is_rate_by_foot(text, number, end):
            found.append(measure_of(text, start, number, "item"))
        elif CUES["years_lived"].search(text, start, number.start) and CUES["years"].match(text, number.end):
            found.append(measure_of(text, start, number, "year"))
        elif (spell := time_at(text, start, number, end, aim)) is not None:
            found.append(measure_of(text, start, number, spell))
        elif aim and (is_index_level(text, start, number, end) or goes_on_index(text, indexed, number, end)):
            found.append(measure_of(text, start, number, "item"))
            indexed = number
        elif aim and (unit := unit_by_name(text, start, number, end)) is not None:
            found.append(measure_of(text, start, number, unit))
        elif number.kind in ("integer", "words") and (
            names_things(text, start, number, end, counted)
            or (
                aim
                and (
                    comes_to_be(text, start, number, end)
                    or is_of_each_year(text, number, end)
                    or is_yielded(text, start, number, end)
                )
            )
            or is_part(text, start if whole is None else whole, start, number, end)
            or is_part_of_counted(text, start, number, end, (*counted, *(m.number_end for m in taken)))
            or is_part_each_year(text, start, number, end)
        ):
            found.append(measure_of(text, start, number, "item"))
            counted.append(number.end)
    return found


def counted_of_all(text: str, number: Number) -> Number:
    """A fraction that counts things of all that there are (`xóa 09/17 điểm ngập`) as the count; any other as it is."""
    if number.kind != "fraction" or not number.parts or number.parts[1] in FEET or number.parts[0] > number.parts[1]:
        return number
    if CUES["of_number"].match(text, number.end):
        return number
    return replace(number, value=float(number.parts[0]), kind="integer", parts=None)


def time_at(text: str, start: int, number: Number, end: int, aim: bool) -> str | None:
    """The unit of the time that something is to take: of what is to be shorter (`rút ngắn thời gian … xuống còn 12
    ngày`, `không quá 75 ngày (giảm từ 150 ngày)`), and in an aim for each guest or case; None where no such time is
    told."""
    told = CUES["time_told"].match(text, number.end, end)
    if told is not None and CUES["time_left"].search(text, max(start, number.start - TIME_REACH), number.start):
        return told.lastgroup
    cut = CUES["time_cut"].match(text, number.end, end)
    if cut is not None and CUES["time_bound"].search(text, max(start, number.start - TIME_REACH), number.start):
        return cut.lastgroup
    each = CUES["time_each"].match(text, number.end, end) if aim else None
    return None if each is None else each.lastgroup or "item"


def is_range(text: str, least: Number, number: Number) -> bool:
    """Whether two counts make a range (`2 - 3 sân golf`)."""
    if least.kind != "integer" or number.kind != "integer" or least.value >= number.value:
        return False
    return RANGE.fullmatch(text, least.end, number.start) is not None


def ranged(measure: Measure, least: float, most: float) -> Measure:
    """A measure with both ends of its range."""
    return replace(measure, comparator="range", value_min=least, value_max=most)


def may_hold_figures(text: str, start: int, end: int) -> bool:
    """Whether there is a number in text[start:end], or a word that stands for one: a cheap look before all others."""
    return bool(
        find_numbers(text, start, end)
        or CUES["fraction"].may_match(text, start, end)
        or WORD_MULTIPLE.may_match(text, start, end)
        or LEAST_ONE.search(text, start, end)
    )


def free(numbers: Iterable[Number], measures: Iterable[Measure]) -> Iterator[Number]:
    """The numbers that no measure holds. Both in the order of the text."""
    spans = sorted((m.start, m.end) for m in measures)
    at = 0
    for number in numbers:
        while at < len(spans) and spans[at][1] <= number.start:
            at += 1
        if at == len(spans) or spans[at][0] >= number.end:
            yield number


def fractions(text: str, start: int, end: int, measures: list[Measure]) -> list[Measure]:
    """Shares told as fractions (`2/3 số thôn`, `một nửa số hộ`), in percent."""
    found = []
    for match in CUES["fraction"].finditer(text, start, end):
        parts = [int(p) for p in match["parts"].split("/")] if match["parts"] else [1, 2]
        if parts[0] >= parts[1] or any(m.start < match.end() and match.start() < m.end for m in measures):
            continue
        found.append(bound(text, start, match.start(), match.end(), round(100 * parts[0] / parts[1], 4), "percent"))
    return found


def multiples(text: str, start: int, end: int, measures: list[Measure]) -> list[Measure]:
    """`tăng gấp đôi`: two times; the change is a multiplication."""
    return [
        Measure(m.start(), m.end(), m.start(), "eq", value, value, "times", m.group(), change="multiply")
        for m in WORD_MULTIPLE.finditer(text, start, end)
        if not any(x.start < m.end() and m.start() < x.end for x in measures)
        for value in [MULTIPLES[m["word"].lower()]]
    ]


def least_ones(text: str, start: int, end: int) -> Iterator[Measure]:
    """`có ít nhất một thư viện`: the word for one is a count where it is the least of a thing that is wanted."""
    for match in LEAST_ONE.finditer(text, start, end):
        unit = unit_at(text, match.end("one"))
        number = Number(match.start("one"), match.end("one"), 1.0, "words")
        if unit is None and not counts_noun(text, number, end):
            continue
        yield measure_of(text, start, number, unit.code if unit else "item")


def is_rate_by_foot(text: str, number: Number, end: int) -> bool:
    """`30/100.000 trẻ đẻ sống`, `109 bé trai/100 bé gái`: a rate whose foot is a round number."""
    if number.parts:
        return number.parts[1] in FEET
    return CUES["foot"].match(text, number.end, end) is not None


def is_index_level(text: str, start: int, number: Number, end: int) -> bool:
    """Whether a bare number is the level that an index is to reach (`chỉ số HDI đạt trên 0,7`)."""
    return bool(
        (
            CUES["index"].search(text, max(start, number.start - 2 * REACH), number.start)
            or is_of_same_foot(text, start, number)
        )
        and CUES["level_before"].search(text, max(start, number.start - REACH), number.start)
        and CUES["level_after"].match(text, number.end, end)
    )


def goes_on_index(text: str, last: Number | None, number: Number, end: int) -> bool:
    """Whether a bare number is the next level of the index whose `last` stands before it (`lên 11,5 vào năm 2028 và
    13,0 vào năm 2030`)."""
    if last is None or CUES["next_level"].fullmatch(text, last.end, number.start) is None:
        return False
    return CUES["level_after"].match(text, number.end, end) is not None


def is_of_same_foot(text: str, start: int, number: Number) -> bool:
    """Whether a clause goes on with those who are counted on the foot that the clause before it names (`Số bác sĩ trên
    một vạn dân đạt 11; dược sĩ đại học đạt 3`)."""
    if not text[max(0, start - 3) : start].rstrip().endswith(";"):
        return False
    line = max(text.rfind("\n", 0, start) + 1, start - SENTENCE_REACH)
    return bool(
        CUES["counted_on_foot"].match(text, start, number.start) and CUES["foot_named"].search(text, line, start)
    )


def counts_noun(text: str, number: Number, end: int) -> bool:
    """Whether a noun that may be counted stands right behind a number."""
    return NOUN.match(text, number.end, end) is not None and not names_no_thing(text, number.end, end)


def names_no_thing(text: str, number_end: int, end: int) -> bool:
    """Whether the word behind a number is no counted thing (`6 nhiệm vụ`)."""
    noun = NOUN.match(text, number_end, end)
    return noun is not None and CUES["no_thing"].match(text, noun.start("noun")) is not None


def names_things(text: str, start: int, number: Number, end: int, counted: Sequence[int]) -> bool:
    """Whether a noun stands right behind a number and, right before it, a verb of delivery, a least number or a count
    that such a verb governs (`lắp đặt 30 bể bơi`, `lắp đặt 14 trạm đo mưa và 03 tháp cảnh báo`). `counted`: where the
    counts found so far end."""
    if not counts_noun(text, number, end):
        return False
    if CUES["has_from"].search(text, max(start, number.start - REACH), number.start):
        upwards = comparator_behind(text, number.start, number.end)
        return upwards is not None and upwards.code == "ge"
    if CUES["delivers"].search(text, max(start, number.start - REACH), number.start):
        return True
    if comparators.counts_where(text, max(start, number.start - REACH), number.start):
        return True
    if not CUES["joins_list"].search(text, max(start, number.start - REACH), number.start):
        return False
    last = max((at for at in counted if at <= number.start), default=None)
    if last is None or number.start - last > REACH or OPENS_CLAUSE.search(text, last, number.start):
        return False
    return CUES["delivers_list"].search(text, max(start, last - 2 * REACH), last) is not None


def is_least(text: str, start: int, number: Number) -> bool:
    """Whether a number in words is the least of what is wanted (`ít nhất một thư viện`)."""
    bounded = comparators.before(text, number.start, start)
    return bounded is not None and bounded.code == "ge"


def comes_to_be(text: str, start: int, number: Number, end: int) -> bool:
    """Whether a clause of aims opens with a count of things that do or undergo something by then (`02 xưởng sấy vận
    hành ổn định`)."""
    return (
        CUES["opens_clause"].fullmatch(text, start, number.start) is not None
        and counts_noun(text, number, end)
        and CUES["comes_to_be"].match(text, number.end, end) is not None
    )


def is_of_each_year(text: str, number: Number, end: int) -> bool:
    """Whether a clause opens with a count of things that is had each year (`hằng năm 01 hội nghị xúc tiến`)."""
    opens = CUES["each_year_count"].search(text, max(0, number.start - REACH), number.start)
    return opens is not None and counts_noun(text, number, end)


def is_yielded(text: str, start: int, number: Number, end: int) -> bool:
    """Whether a count is of what is produced or sold (`sản lượng trứng đạt 60 triệu quả`)."""
    return (
        counts_noun(text, number, end)
        and CUES["yielded"].search(text, max(start, number.start - 2 * REACH), number.start) is not None
    )


def unit_by_name(text: str, start: int, number: Number, end: int) -> str | None:
    """The unit of a whole number before which, and a colon, stands the name of what it counts (`Số bể được xây: 45
    bể`, `Số lớp được mở: 06`); None where no such name does."""
    named = COUNTED_BY_NAME.search(text, max(start, number.start - 2 * REACH), number.start)
    if named is None or number.kind != "integer":
        return None
    if not (counts_noun(text, number, end) or CUES["closes_count"].match(text, number.end, end)):
        return None
    unit = unit_at(text, named.start("thing"))
    return unit.code if unit is not None else "item"


def is_part(text: str, whole: int, start: int, number: Number, end: int) -> bool:
    """Whether a count for one year is of the thing that the aim before it counts: `lắp đặt 90 bể, trong đó: năm 2022:
    40 bể; năm 2023: 50 bể`."""
    noun = NOUN.match(text, number.end, end)
    reach = number.start - SERIES_REACH
    if noun is None or not PART_YEAR.search(text, max(start, reach), number.start):
        return False
    reach = max(whole, reach)
    return any(thing["noun"] == noun["noun"] for thing in COUNTED.finditer(text, reach, number.start))


def is_part_of_counted(text: str, start: int, number: Number, end: int, counted: Sequence[int]) -> bool:
    """Whether a count behind the words for parts is of a thing that was counted before (`lắp đặt 90 bể, trong đó 30 bể
    lắng`). `counted`: where those counts end."""
    noun = NOUN.match(text, number.end, end)
    if noun is None or not CUES["part_opened"].search(text, max(start, number.start - REACH), number.start):
        return False
    things = COUNTED.finditer(text, max(start, number.start - SENTENCE_REACH), number.start)
    return any(thing["noun"] == noun["noun"] and thing.start() + 1 in counted for thing in things)


def is_part_each_year(text: str, start: int, number: Number, end: int) -> bool:
    """Whether a bracket tells how many of the things counted before it are of each year (`05 hội thi (mỗi năm 01 hội
    thi)`)."""
    noun = NOUN.match(text, number.end, end)
    if noun is None or not CUES["each_year_part"].search(text, max(start, number.start - REACH), number.start):
        return False
    return any(thing["noun"] == noun["noun"] for thing in COUNTED.finditer(text, start, number.start))


def counts_again(text: str, whole: int, start: int, measure: Measure, unit: str | None) -> bool:
    """Whether a figure for one year repeats the first word of what the target that begins at `whole` counts in `unit`,
    or says no more than that word in the same sentence."""
    noun, counted = NOUN.match(text, measure.number_end), COUNTED.search(text, whole, measure.number_start)
    if noun is None or counted is None or noun["noun"] != counted["noun"]:
        return False
    if measure.unit == "item" and measure.unit_text == noun["noun"]:
        named = unit_at(text, counted.start() + 1)
        if named is not None and named.code == unit and not SENTENCE_END.search(text, counted.end(), measure.start):
            return True  # "xây 96 phòng học, cải tạo 45 phòng": the one word for both
    return PART_YEAR.search(text, start, measure.number_start) is not None


def counted_alike(text: str, measure: Measure, wholes: Sequence[Target]) -> Target | None:
    """Which of the targets of one clause counts the first thing that is counted there, where a figure repeats its
    word; None where that is none of them."""
    whole = wholes[0].char_start
    noun, counted = NOUN.match(text, measure.number_end), COUNTED.search(text, whole, measure.number_start)
    if noun is None or counted is None or noun["noun"] != counted["noun"]:
        return None
    numbers = find_numbers(text, whole, counted.start() + 1)
    value = numbers[-1].value if numbers else None
    return next((row for row in wholes if value is not None and value in (row.value_min, row.value_max)), None)


def measure_of(text: str, start: int, number: Number, unit: str) -> Measure:
    """The measure that a bare number makes; of a fraction the part that is reached."""
    value = float(number.parts[0]) if number.parts else number.value
    return bound(text, start, number.start, number.end, value, unit)


def comparator_behind(text: str, start: int, end: int) -> comparators.Comparator | None:
    """The comparator behind a number; behind `từ` it may close a long name (`từ 03 trạm đo mặn tự động ven sông lớn trở
    lên`)."""
    found = comparators.after(text, end)
    if found is None and FROM_BEFORE.search(text, max(0, start - 4), start):
        later = UPWARDS_LATER.match(text, end)
        return comparators.Comparator(*later.span("form"), "ge", later["form"]) if later else None
    return found


def bound(text: str, floor: int, start: int, end: int, value: float, unit: str) -> Measure:
    """A measure with the comparator and the change that stand beside it."""
    before, after = comparators.before(text, start, floor), comparator_behind(text, start, end)
    code = after.code if after else before.code if before else "eq"
    begin = before.start if before else start
    low = None if code in ("le", "lt") else value
    high = None if code in ("ge", "gt") else value
    moved = change.change_before(text, floor, begin, unit != "percent")
    stop = after.end if after else end
    yearly = each_year(text, stop, True) or change.yearly_before(text, begin)
    return Measure(
        begin, stop, start, code, low, high, unit, None,
        rate_period="year" if yearly else None, change=moved, number_end=end,
    )  # fmt: skip
