"""Numbers (chữ số): digits in Vietnamese and English grouping, fractions, number words, and magnitudes.

Thousands and decimals are told apart by form (`1.500` groups, `1.5` decimals), then by the neighbours on the line, what
is counted (no `6,175%` is thousands) and how the text groups; what these leave open (`1,500`) is marked `ambiguous`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import regex

from extractors.cues import cues
from extractors.values import words
from extractors.values.exclusions import is_excluded
from extractors.values.patterns import GAP, SHAPES, compiled, line_end, line_start, within
from extractors.values.stretches import stretches
from schemas.filtered import Filtered

CUES = cues("value_cues.yaml", shapes=SHAPES)
_CLOSED = r"(?![.,]?\d)"  # nothing of a longer number follows
_DIGITS = compiled(
    rf"""
    (?<![\p{{L}}\p{{M}}\p{{N}}])(?<!\d[.,/])(?:(?<=[-–(])|(?<!\d-))
    (?:
        (?P<dotted>\d{{1,3}}(?:\.\d{{3}})++(?:,\d++)?){_CLOSED}
      | (?P<commas>\d{{1,3}}(?:,\d{{3}}){{2,}}+(?:\.\d++)?){_CLOSED}
      | (?P<spaced>\d{{1,3}}(?:[ ]\d{{3}})++(?:,\d++)?){_CLOSED}
      | (?P<decimal>\d++[.,]\d++){_CLOSED}(?!{GAP}/{GAP}\d)
      | (?P<fraction>\d{{1,5}}{GAP}/{GAP}\d{{1,5}})(?![\d/]|[.,]\d|{GAP}%)
      | (?P<plain>\d++){_CLOSED}
    )
    | (?P<vulgar>(?<!\d)\d*+[½⅓⅔¼¾])
    """
)
_VULGAR = {"½": Decimal(1) / 2, "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3, "¼": Decimal(1) / 4, "¾": Decimal(3) / 4}
_IN_WORDS = compiled(rf"␣{{0,2}}\({GAP}(?P<words>[\p{{L}} ]{{2,60}}?){GAP}\)")

_MAGNITUDE = CUES["magnitude"]
_SCALE = {
    "billion": 10**9, "million": 10**6, "ten_thousand": 10**4, "thousand": 10**3, "hundred": 100, "ten": 10,
}  # fmt: skip
_TOP = 10**16
_HALF = CUES["and_half"]
_NEXT = compiled(r"␣{1,2}(?P<digits>\d{1,3}(?:\.\d{3})*(?:,\d{1,3})?)(?=[ ]{0,2}\p{L})")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written. `scale`: its leading magnitude (nghìn, triệu, tỷ; 1: none); `parts`: of a fraction."""

    start: int
    end: int
    value: float
    kind: str
    ambiguous: bool = False
    scale: int = 1
    parts: tuple[int, int] | None = None


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """All numbers of `text[start:end]` that may count something, in order; offsets are into `text`."""
    return within(all_numbers(text), start, end)


@lru_cache(maxsize=8)
def all_numbers(text: str) -> tuple[Number, ...]:
    """All numbers of a text; document numbers, dates, labels and the like are passed over."""
    found: list[Number] = []
    for match in stretches(text, before=5, after=25).matches(_DIGITS):
        if found and match.start() < found[-1].end:
            continue
        if is_excluded(text, match.start(), match.end()):
            shorter = _first_group(text, match)
            if shorter is not None:
                found.append(_with_magnitude(text, shorter))
            continue
        number = _of_digits(text, match)
        if number is not None:
            found.append(_with_magnitude(text, _with_words(text, number)))
    taken = [(n.start, n.end) for n in found]
    found.extend(_number_words(text, taken))
    return tuple(sorted(found, key=lambda n: n.start))


def _first_group(text: str, match: regex.Match) -> Number | None:
    """Of `12 300` where a stretch of no quantity begins within it, the part before that stretch."""
    if match.lastgroup != "spaced":
        return None
    first = match.group().split()[0]
    end = match.start() + len(first)
    return None if is_excluded(text, match.start(), end) else Number(match.start(), end, float(first), "integer")


def _of_digits(text: str, match: regex.Match) -> Number | None:
    start, end, form, digits = match.start(), match.end(), match.lastgroup, match.group()
    if form == "fraction":
        top, bottom = (int(part) for part in digits.split("/"))
        if not 0 < top <= bottom:
            return None
        return Number(start, end, top / bottom, "fraction", parts=(top, bottom))
    if form == "vulgar":
        return Number(start, end, float(Decimal(digits[:-1] or 0) + _VULGAR[digits[-1]]), "fraction")
    if form == "dotted":
        whole, _, rest = digits.partition(",")
        if digits.startswith("0.") and whole.count(".") == 1 and not rest:  # 0.125 cannot be grouped thousands
            return Number(start, end, float(digits), "decimal")
        return _number(start, end, whole.replace(".", ""), rest)
    if form == "commas":
        whole, _, rest = digits.partition(".")
        return _number(start, end, whole.replace(",", ""), rest)
    if form == "spaced":
        whole, _, rest = digits.partition(",")
        sure = whole.endswith("000") or len(whole) >= 8 or _groups_with_spaces(text, start, end)
        return _number(start, end, "".join(whole.split()), rest, ambiguous=not sure)
    if form == "decimal":
        return _decimal(text, start, end, digits)
    return Number(start, end, float(digits), "integer")


def _decimal(text: str, start: int, end: int, digits: str) -> Number:
    """`1,5` and `1.5` are decimals; `1,500` is open unless its neighbours group with dots, or what it counts comes in
    thousandths (`6,175 tỷ đồng`, `3,125 ha`) and nothing in the text groups with commas."""
    mark = "," if "," in digits else "."
    whole, rest = digits.split(mark)
    if mark == "," and len(rest) == 3 and len(whole) <= 3 and whole.strip("0"):
        if _groups_with_dots(text, start) or _SHARE.match(text, end):
            return _number(start, end, whole, rest)
        if _IN_THOUSANDTHS.match(text, end) and not groups_anywhere(text, _GROUPED_BY_COMMAS):
            dots = groups_anywhere(text, _GROUPED)
            if dots or not rest.endswith("00"):  # nobody writes `3,500 ha` for 3.5 ha but in a column of thousandths
                return _number(start, end, whole, rest, ambiguous=not dots or rest.endswith("00"))
        if _is_exact_sum(text, end, rest):
            return _number(start, end, whole, rest, ambiguous=True)
        return replace(_number(start, end, whole + rest, ""), ambiguous=True)
    return _number(start, end, whole, rest)


_GROUPED = regex.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![.\d])")
_WHOLE_THING = CUES["whole_thing"]
_GROUPED_BY_COMMAS = compiled(
    rf"(?<![\d.,])\d{{1,3}}(?:(?:,\d{{3}}){{2,}}(?![,\d])|,\d{{3}}(?={_WHOLE_THING.pattern}))"
)
_SHARE = compiled(rf"{GAP}[%‰]")
_IN_THOUSANDTHS = CUES["in_thousandths"]
_EXACT_SUM = CUES["exact_sum"]
_DECIMALS = compiled(rf"(?<![\d.,])\d{{1,3}}(?:\.\d{{3}})*,\d{{1,2}}{_EXACT_SUM.pattern}")


_GROUPED_BY_SPACES = compiled(r"(?<![\p{L}\d.,/-])[1-9]\d{0,2}(?:[ ]\d{3})*+(?<=[ ]000)(?=[ ]*[\p{L}|])")
CELL_BORDER = "|"
MOST_BLANKS = 40
"""Between the border of a cell and what fills it."""
NEAR = 1_000
"""Letters to either side in which a number on the same line is a neighbour."""


def _groups_with_spaces(text: str, start: int, end: int) -> bool:
    """`12 500` is one number where it fills a cell of a line that groups nothing with dots, and where the text groups
    with spaces elsewhere (`3 000 hộ`) and nowhere with dots."""
    first, last = line_start(text, start, MOST_BLANKS), line_end(text, end, MOST_BLANKS)
    before, after = text[first:start].rpartition(CELL_BORDER)[2], text[end:last].partition(CELL_BORDER)[0]
    walled = start - first < MOST_BLANKS and last - end < MOST_BLANKS
    if walled and not before.strip() and not after.strip() and not _groups_with_dots(text, start):
        return True
    return groups_anywhere(text, _GROUPED_BY_SPACES) and not groups_anywhere(text, _GROUPED)


@lru_cache(maxsize=16)
def groups_anywhere(text: str, grouped: regex.Pattern | Filtered) -> bool:
    """Whether any number of a text is grouped in one way."""
    return grouped.search(text) is not None


def _is_exact_sum(text: str, end: int, rest: str) -> bool:
    """`339,477 triệu đồng` is less than a milliard where the text groups with dots, never with commas, and has such
    decimals elsewhere, too; a sum that ends in 0 is as likely grouped by a foreign keyboard."""
    if rest.endswith("0") or not _EXACT_SUM.match(text, end):
        return False
    return (
        groups_anywhere(text, _DECIMALS)
        and groups_anywhere(text, _GROUPED)
        and not groups_anywhere(text, _GROUPED_BY_COMMAS)
    )


def _groups_with_dots(text: str, at: int) -> bool:
    """Whether a neighbour on the line groups its thousands with dots, so that commas there mark decimals."""
    return _GROUPED.search(text, line_start(text, at, NEAR), line_end(text, at, NEAR)) is not None


def _number(start: int, end: int, whole: str, rest: str, ambiguous: bool = False) -> Number:
    value = float(f"{whole}.{rest or 0}")
    return Number(start, end, value, "decimal" if rest else "integer", ambiguous)


def _with_words(text: str, number: Number) -> Number:
    """`02 (hai)`: the words repeat the digits; where they say something else the number is ambiguous."""
    match = _IN_WORDS.match(text, number.end)
    if match is None:
        return number
    said = match["words"].lower().split()
    value, used = words.read(said)
    if not used or used != len(said):
        return number
    return replace(number, end=match.end(), ambiguous=number.ambiguous or value != number.value)


def _with_magnitude(text: str, number: Number) -> Number:
    """`2 tỷ 400 triệu`, `1,5 triệu`, `2 tỷ rưỡi`: magnitudes falling from left to right make one number."""
    total, end, scale, first = Decimal(0), number.end, _TOP, 1
    part = Decimal(str(number.value))
    while True:
        match = _MAGNITUDE.match(text, end)
        if match is None or _is_name(text, match):
            break
        step, stop = _step(text, match)
        if step >= scale:
            break
        total, end, scale, first = total + part * step, stop, step, max(first, step)
        half = _HALF.match(text, end)
        if half is not None:
            total, end = total + Decimal(step) / 2, half.end()
            break
        following = _NEXT.match(text, end)
        if following is None:
            break
        ahead = _MAGNITUDE.match(text, following.end())
        if ahead is None or _SCALE[ahead.lastgroup] >= scale:
            break
        part = Decimal(following["digits"].replace(".", "").replace(",", "."))
        end_of_part = following.end()
        if is_excluded(text, following.start("digits"), end_of_part):
            break
        end = end_of_part
    if scale == _TOP:
        return number
    value = float(total)
    kind = "integer" if value.is_integer() else "decimal"
    return Number(number.start, end, value, kind, number.ambiguous, scale=first)


def _step(text: str, match: regex.Match) -> tuple[int, int]:
    """What a magnitude multiplies by and where it ends; `nghìn tỷ`, `trăm triệu` rise and are one."""
    step, end = _SCALE[match.lastgroup], match.end()
    larger = _MAGNITUDE.match(text, end)
    if larger is not None and text[end : end + 1] in ("", " ") and _SCALE[larger.lastgroup] > step:
        return step * _SCALE[larger.lastgroup], larger.end()
    return step, end


def _is_name(text: str, match: regex.Match) -> bool:
    """`Triệu Phong`: a capital within running text is a place name, not a magnitude."""
    word = match.group().strip()
    return word[:1].isupper() and not word.isupper() and text[match.end() : match.end() + 2].strip()[:1].isupper()


def _number_words(text: str, taken: list[tuple[int, int]]) -> list[Number]:
    """Numbers in words; a lone `một`, `năm`, `tư` is no number (article, year, fourth)."""
    found = []
    ends = dict(taken)
    covered = sorted(ends)
    position = 0
    for match in words.runs(text):
        while position < len(covered) and ends[covered[position]] <= match.start():
            position += 1
        if position < len(covered) and covered[position] < match.end():
            continue
        number = _longest_words(match)
        if number is not None and not is_excluded(text, number.start, number.end):
            found.append(number)
    return found


def _longest_words(match: regex.Match) -> Number | None:
    """The number at the head of a run of number words, or after a word that cannot open one."""
    spans = [
        (m.group().lower(), match.start() + m.start(), match.start() + m.end()) for m in _WORD.finditer(match.group())
    ]
    for first in range(min(len(spans), 3)):
        said = [word for word, _, _ in spans[first:]]
        value, used = words.read(said)
        if not used or (used == 1 and (said[0] not in words.ALONE or match.group()[0].isupper())):
            continue
        scale = max((words.SCALES[word] for word in said[:used] if word in words.SCALES), default=1)
        return Number(spans[first][1], spans[first + used - 1][2], float(value), "words", scale=scale)
    return None


_WORD = regex.compile(r"\p{L}+")
