"""Measures: numbers with what they count, how they bind and what they change.

`ge`/`gt` set only `value_min`, `le`/`lt` only `value_max`, `range` both, `eq`/`approx` both alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.cues import cues
from extractors.values import change, comparators
from extractors.values.comparators import Comparator
from extractors.values.numbers import Number, all_numbers
from extractors.values.patterns import GAP, SHAPES, compiled, within
from extractors.values.units import Per, Unit, each_at, per_at, unit_at

CUES = cues("value_cues.yaml", shapes=SHAPES)
_DOWN = CUES["turned_down"]
_RANGE = CUES["range"]
_FROM = CUES["from"]
_TO_VALUE = CUES["to_value"]
_UNIT_IN_BRACKETS = compiled(rf"{GAP}\({GAP}(?:\p{{L}}{{1,9}}{GAP}){{1,4}}\)")
_FOOTNOTED = compiled(rf"{GAP}%(?=\d{{1,2}}(?:[;,.)\s]|$))")  # `24%1`: the mark of a footnote behind the sign
_TIMES = CUES["times"]
_OUT_OF = CUES["out_of"]
_CHILDREN = CUES["children_before"]
_MOST_CHILDREN = 10
_FAR_BEFORE = 90
"""So far before a count of children stand the words that tell them from animals."""
_MONEY_WORD = CUES["vnd"]
_DOLLARS = CUES["foreign_money"]
_MONEY_END = CUES["money_end"]
_IN_MILLIONS = CUES["counted_in_millions"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity in the text. `start`..`end` runs from the comparator before to the unit, rate or comparator after."""

    start: int
    end: int
    number_start: int
    comparator: str
    value_min: float | None
    value_max: float | None
    unit: str | None
    unit_text: str | None
    rate_period: str | None = None
    change: str | None = None
    baseline_value: float | None = None
    per: Per | None = None
    ambiguous: bool = False
    in_words: bool = False
    number_end: int = 0

    @property
    def value(self) -> float | None:
        """The one value that stands for the measure: its lower bound, else its upper."""
        return self.value_min if self.value_min is not None else self.value_max


@dataclass(frozen=True, slots=True)
class Operand:
    """A number with its unit and what it is counted per."""

    number: Number
    unit: Unit | None
    per: Per | None

    @property
    def end(self) -> int:
        """Where unit and rate end."""
        return max(self.number.end, self.unit.end if self.unit else 0, self.per.end if self.per else 0)


def find_measures(text: str, start: int = 0, end: int | None = None) -> list[Measure]:
    """All measures that lie wholly in `text[start:end]`, in order; offsets are into `text`."""
    return within(all_measures(text), start, end)


@lru_cache(maxsize=8)
def all_measures(text: str) -> tuple[Measure, ...]:
    """All measures of a text."""
    found: list[Measure] = []
    operands = [operand_at(text, number) for number in all_numbers(text)]
    at = 0
    while at < len(operands):
        taken, measure = _measure(text, operands, at, found[-1].end if found else 0)
        if measure is not None:
            found.append(measure)
        at += taken
    return tuple(found)


def operand_at(text: str, number: Number) -> Operand:
    """The number with the unit and the rate that follow it; `triệu`, `tỷ` without a unit are money."""
    unit = _unit(text, number)
    end = unit.end if unit else number.end
    per = per_at(text, end) or (each_at(text, end) if unit and unit.code == "vnd" else None)
    if per is not None and unit is not None and unit.code in _HOLDS_PEOPLE and _HEADS.match(per.text):
        per = None
    return Operand(number, unit, per)


# `10 lớp/300 người`: two counts, not a rate.
_HOLDS_PEOPLE = frozenset({"class", "course", "event"})
_HEADS = compiled(rf"/{GAP}\d")


def _unit(text: str, number: Number) -> Unit | None:
    footnoted = _FOOTNOTED.match(text, number.end)
    if footnoted is not None:
        return Unit(footnoted.start(), footnoted.end(), "percent", "%")
    times = _TIMES.match(text, number.end)
    if times is not None:
        return Unit(times.start(), times.end(), "times", times.group().strip())
    for pattern, code in ((_MONEY_WORD, "vnd"), (_DOLLARS, "usd")):
        money = pattern.match(text, number.end)
        if money is not None and (number.value >= 100 or number.scale > 1 or code == "usd"):
            return Unit(money.start(), money.end(), code, money.group().strip())
    unit = unit_at(text, number.end)
    if unit is not None and unit.code == "animal" and unit.text.lower() == "con":
        few = number.value < _MOST_CHILDREN
        children = few and _CHILDREN.search(text, max(0, number.start - _FAR_BEFORE), number.start)
        return replace(unit, code="person") if children else unit
    if unit is not None and unit.code != "vnd":
        return unit
    if number.scale >= 10**6 and _MONEY_END.match(text, number.end) and not _counts_millions(text, number):
        return Unit(number.end, number.end, "vnd", "")
    return None


def _counts_millions(text: str, number: Number) -> bool:
    """Whether millions are of what the words before count, and no money."""
    return number.scale == 10**6 and _IN_MILLIONS.search(text, max(0, number.start - 150), number.start) is not None


def _measure(text: str, operands: list[Operand], at: int, floor: int) -> tuple[int, Measure | None]:
    """The measure that opens with `operands[at]`, and how many numbers it takes."""
    first = operands[at]
    number = first.number
    if _is_foot(text, operands, at):
        return 1, None
    if number.parts in _SHARES or _repeats(text, operands, at):
        return 1, None
    last, taken, baseline, turn = first, 1, None, None
    ahead = at + 2 if at + 1 < len(operands) and _is_foot(text, operands, at + 1) else at + 1
    if ahead < len(operands):
        second = operands[ahead]
        if _is_out_of(text, first, second):
            counted = _out_of(first, second)
            return ahead + 1 - at, _bind(text, counted, counted, counted.unit, floor)
        if _joined(text, first, second):
            last, taken = second, ahead + 1 - at
        elif (turn := _turn(text, first, second)) is not None:
            baseline = _value(first, second)
            third = operands[ahead + 1] if ahead + 1 < len(operands) else None
            first = last = second
            taken = ahead + 1 - at
            if third is not None and _joined(text, second, third):
                last, taken = third, taken + 1
    unit = last.unit or (first.unit if first.unit and first.unit.code in ("percent", "vnd") else None)
    if unit is None:
        return 1, None
    measure = _bind(text, first, last, unit, floor)
    if turn is not None:
        measure = replace(
            measure, start=min(measure.start, number.start), baseline_value=baseline,
            change=moved_to(turn, baseline, measure.value),
        )  # fmt: skip
    return taken, measure


def _is_foot(text: str, operands: list[Operand], at: int) -> bool:
    """Whether a number is the foot of a rate: `/10.000 dân`."""
    start = operands[at].number.start
    return start > 0 and text[start - 1] == "/" and not _counts_heads(operands, at)


def _counts_heads(operands: list[Operand], at: int) -> bool:
    """Whether the number behind a stroke counts the people of what stands before it (`10 lớp/300 người`)."""
    unit, last = operands[at].unit, operands[at - 1].unit if at else None
    if at and operands[at - 1].number.value <= 1:
        return False  # "01 lớp/30 học viên" is a norm
    return bool(unit and last) and unit.code == "person" and last.code in _HOLDS_PEOPLE


# `2/3 số hộ` is a share; `72/138 phương tiện` counts.
_SHARES = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 10)})


def _repeats(text: str, operands: list[Operand], at: int) -> bool:
    """`2.400.000.000 đồng (Hai tỷ bốn trăm triệu đồng)`: the words say the same again."""
    number = operands[at].number
    if number.kind != "words" or not at or text[number.start - 1 : number.start] != "(":
        return False
    last = operands[at - 1]
    return last.number.value == number.value and number.start - last.end <= 6


def _is_out_of(text: str, first: Operand, second: Operand) -> bool:
    """Whether the second number says how many there are in all (`12 trên tổng số 18 trường`)."""
    if first.number.kind != "integer" or (first.unit and second.unit and first.unit.code != second.unit.code):
        return False
    match = _OUT_OF.match(text, first.end)
    if match is None or match.end() != second.number.start or second.number.kind != "integer":
        return False
    return second.unit is not None and second.unit.code != "percent" and first.number.value <= second.number.value


def _out_of(first: Operand, second: Operand) -> Operand:
    """A count and all there are as the fraction that they make."""
    parts = (int(first.number.value), int(second.number.value))
    share = first.number.value / second.number.value
    number = Number(first.number.start, second.number.end, share, "fraction", parts=parts)
    return Operand(number, second.unit, second.per)


def _joined(text: str, first: Operand, second: Operand) -> bool:
    """Whether two numbers make a range: same unit or none on the first, rising, a dash or `đến` between."""
    if first.number.kind == "fraction" or second.unit is None or (first.unit and first.unit.code != second.unit.code):
        return False
    match = _RANGE.match(text, first.end)
    if match is None or match.end() != second.number.start:
        return False
    return _value(first, second) <= second.number.value


def _turn(text: str, first: Operand, second: Operand) -> str | None:
    """`từ 12,5% xuống 9%`: down; `từ 80% lên 90%`: up."""
    if not (first.unit or second.unit) or (first.unit and second.unit and second.unit.code != first.unit.code):
        return None  # "từ 112 lên 160 câu lạc bộ": the unit is said once
    return turn_between(text, (first.number.start, first.end), second.number.start)


def turn_between(text: str, first: tuple[int, int], second: int) -> str | None:
    """`down` or `up` where the words before and behind the figure `first` make it the level that a change starts from,
    to the one that begins at `second` (`giảm từ 23 ca/1.000 phụ nữ xuống 18`)."""
    if not _FROM.search(text, max(0, first[0] - 15), first[0]):
        return None
    match = _TO_VALUE.match(text, first[1])
    if match is None or match.end() != second or match.group().count("(") > match.group().count(")"):
        return None  # "(năm 2020 đạt 76%)" tells the level of another year
    return "down" if _DOWN.search(match["turn"]) else "up"


def moved_to(turn: str, level: float, value: float | None) -> str:
    """`reduce_to` or `raise_to`: what a change does that starts from a level; a rise that is called a fall is none."""
    return "reduce_to" if turn == "down" and level > (value or 0) else "raise_to"


def _value(operand: Operand, other: Operand) -> float:
    """The first value of a range; a magnitude stated once holds for both (`20 - 30 triệu đồng`)."""
    value, second = operand.number.value, other.number
    if operand.number.scale == 1 and second.scale > 1 and operand.unit is None and value * second.scale <= second.value:
        return value * second.scale
    return value


def _bind(text: str, first: Operand, last: Operand, unit: Unit, floor: int) -> Measure:
    number = first.number
    low, high = _value(first, last) if last is not first else _single(first), _single(last)
    before = comparators.before(text, number.start, floor)
    end, per = last.end, last.per or first.per
    bracket = _UNIT_IN_BRACKETS.match(text, end) if unit.code != "vnd" else None
    after = comparators.after(text, bracket.end() if bracket else end)
    if after is not None:
        end = after.end
        per = per or per_at(text, end)
        end = per.end if per and per.start >= after.end else end
    from_word = _FROM.search(text, max(floor, number.start - 15), number.start)
    start = min(
        number.start, before.start if before else number.start, from_word.start() if from_word else number.start
    )
    code, open_from = _code(last is not first, before, after, from_word is not None)
    value_min = None if code in ("le", "lt") else low
    value_max = None if code in ("ge", "gt") else high
    counted = unit.code not in ("percent", "percentage_point", "permille")
    moved = change.change_before(text, floor, start, counted)
    if moved is None and before is not None:  # "tương đương giảm 410 hộ": the verb stands behind the comparator
        moved = change.change_before(text, floor, number.start, counted)
    if unit.code == "times" and moved != "reduce_to":
        moved = "multiply"
    yearly = (
        (per is not None and per.yearly)
        or each_year(text, end, unit.code != "vnd" or moved in ("increase", "decrease"))
        or (moved not in ("reduce_to", "raise_to") and change.yearly_before(text, start))
        or each_year_at_close(text, floor, start, end, moved)
    )
    return Measure(
        start, end, number.start, code, value_min, value_max, unit.code, unit.text or None,
        rate_period="year" if yearly else None, change=moved, per=per,
        ambiguous=open_from or _open(first.number, unit) or _open(last.number, unit),
        in_words=number.kind == "words", number_end=last.number.end,
    )  # fmt: skip


_EACH_YEAR = CUES["each_year"]
_EACH_YEAR_LATER = CUES["each_year_later"]
_EACH_YEAR_CLOSING = CUES["each_year_closing"]
_HELD_BEFORE = CUES["held_before"]


def each_year(text: str, end: int, later: bool) -> bool:
    """`5% mỗi năm`; `later`: also behind what is counted or changes (`giảm 1,5% tỷ lệ hộ nghèo mỗi năm`)."""
    return bool(_EACH_YEAR.match(text, end) or (later and _EACH_YEAR_LATER.match(text, end)))


def each_year_at_close(text: str, floor: int, start: int, end: int, moved: str | None) -> bool:
    """`giảm 15% lượng túi ni lông … tại các chợ mỗi năm`: far behind a change, or what is held."""
    if moved not in ("increase", "decrease") and not _HELD_BEFORE.search(text, max(floor, start - 40), start):
        return False
    return _EACH_YEAR_CLOSING.match(text, end) is not None


def _single(operand: Operand) -> float:
    """The value of one number: of `19/19 tiêu chí` the nineteen reached; of `1,500%` one and a half."""
    number = operand.number
    if number.parts and operand.unit is not None and operand.unit.code != "percent":
        return float(number.parts[0])
    if _percent_read_as_thousands(number, operand.unit):
        return number.value / 1000
    return number.value


def _percent_read_as_thousands(number: Number, unit: Unit | None) -> bool:
    return number.ambiguous and unit is not None and unit.code.startswith("percent") and number.value >= 1000


def _open(number: Number, unit: Unit) -> bool:
    return number.ambiguous and not _percent_read_as_thousands(number, unit)


def _code(is_range: bool, before: Comparator | None, after: Comparator | None, from_word: bool) -> tuple[str, bool]:
    """Comparator code, and whether it is a guess: `đạt từ 95%` without `trở lên` most likely means at least."""
    if is_range:
        return "range", False
    if after is not None:
        return after.code, False
    if before is not None:
        return before.code, False
    return ("ge", True) if from_word else ("eq", False)
