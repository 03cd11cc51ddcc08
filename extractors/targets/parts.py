"""Targets that are parts of another: behind `trong đó`, in a bracket that makes the whole up, in a series by year."""

from __future__ import annotations

import regex

from extractors.cues import cues
from extractors.plan import Block
from extractors.targets.aims import PART
from extractors.targets.changes import SHARES
from extractors.targets.made_up import holds_less
from schemas.filtered import Filtered, filtered
from schemas.records import Target

CUES = cues("target_cues.yaml")
PART_REACH = 4000
"""A part stands near its whole; in a paragraph without end so many characters are looked back."""
OPENING_REACH = 100
"""The words that a clause opens with end before: a long one is not gone through for each of its figures."""
ENDS_SENTENCE = regex.compile(r"\.\s+\p{Lu}")
AIMS_ANEW = CUES["aims_at"]
FIGURE = CUES["any_figure"]
COUNTED_NOUN = regex.compile(r"\s(\p{L}+)")
BARE_PART = CUES["bare_part"]
BRACKETED = filtered(r"[\d.,]+(?:\s\p{L}+){1,12}\s?(?P<parts>\([^()]*\))")
NEXT_YEAR = CUES["next_year"]
SERIES = CUES["series"]


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


def adopt_bracketed(text: str, rows: list[Target], places: list[int]) -> None:
    """Counts in the bracket behind a count of the same that make it up are its parts (`07 xã nâng cao (huyện A 04 xã,
    huyện B 03 xã)`), or all but the rest (`1.450 ha (ngô 400 ha, còn lại là rau)`). `places`: where the figure of each
    row stands."""
    for at, whole in enumerate(rows):
        bracket = BRACKETED.match(text, places[at])
        if bracket is None or whole.parent_id is not None or not whole.value_min or whole.unit in SHARES:
            continue
        inside = zip(rows[at + 1 :], places[at + 1 :], strict=True)
        parts = [r for r, place in inside if bracket.start("parts") <= place < bracket.end() and r.unit == whole.unit]
        made = sum(r.value_min or 0 for r in parts)
        rest = made < whole.value_min and CUES["the_rest"].search(bracket["parts"]) is not None
        if (len(parts) > 1 and made == whole.value_min) or (parts and rest):
            for row in parts:
                row.parent_id = whole.target_id


def adopt_last(text: str, rows: list[Target]) -> None:
    """Counts behind the semicolon that seems to end the parts of a whole are parts all the same where they make it up
    with those before it (`400 lao động, trong đó: nam 150 lao động, nữ 50 lao động; khác 200 lao động`)."""
    parts: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row.parent_id is not None:
            parts.setdefault(row.parent_id, []).append(at)
    for at, whole in enumerate(rows):
        listed = [i for i in parts.get(whole.target_id, ()) if rows[i].unit == whole.unit]
        if len(listed) < 2 or not whole.value_min:
            continue
        left = whole.value_min - sum(rows[i].value_min or 0 for i in listed)
        last: list[Target] = []
        for row in rows[max(at, listed[-1]) + 1 :]:
            told = row.parent_id is None and row.unit == whole.unit and row.comparator == "eq"
            if (
                left <= 0
                or not told
                or is_told_anew(row)
                or ENDS_SENTENCE.search(text, whole.char_start, row.char_start)
            ):
                break
            last.append(row)
            left -= row.value_min or 0
        if last and left == 0:
            for row in last:
                row.parent_id = whole.target_id


def is_told_anew(row: Target) -> bool:
    """Whether a row opens with what makes it an aim of its own."""
    return any(CUES[opens].match(row.indicator_text) for opens in ("opens_new_measure", "opens_new_task"))


def part_of(text: str, measure, clause: tuple[int, int], earlier: list[Target]) -> Target | None:
    """The target of the same clause that this one is a part of (`trong đó …`, a series by year in brackets). What
    stands behind another whole in a later clause is no part of the first."""
    near = [whole for whole in earlier if measure.start - whole.char_start <= PART_REACH]
    if near and opens_new_aim(text, min(whole.char_start for whole in near), clause):
        near = [whole for whole in near if whole.char_start >= clause[0]]
    first = min((whole.char_start for whole in near), default=measure.start)
    if not (parts_opened(text, first, measure.start) or SERIES.search(text, first, measure.start)):
        return None
    small: Target | None = None
    last_whole = max((whole.char_start for whole in near if whole.parent_id is None), default=0)
    for whole in near:
        if (whole.parent_id is None and whole.unit == getattr(measure, "unit", "vnd")) or measure_is_share(measure):
            opened = parts_opened(text, whole.char_start, measure.start)
            if opened and measure_is_share(measure) and opened.end() < last_whole:
                continue
            if opened and measure_is_share(measure) and tells_of_itself(text, opened.end(), measure.start):
                continue
            series = is_open(text, SERIES, whole.char_start, measure.start)
            if opened and aims_anew(text, opened.end(), measure.start):
                continue
            if opened and list_has_ended(text, whole, earlier, (opened.end(), clause[0])):
                continue
            if opened and is_other_thing(text, whole, measure, (opened.end(), clause[0])):
                continue
            if opened or (series and not SERIES.search(whole.indicator_text)):
                if not holds_less(whole, measure):
                    return whole
                small = small or whole
    return small


def list_has_ended(text: str, whole: Target, earlier: list[Target], parts: tuple[int, int]) -> bool:
    """Whether a semicolon ends the parts of a whole, which commas part (`3.700 ha lúa, trong đó lúa lai 900 ha, lúa
    thơm 1.800 ha; ngô 850 ha`). `parts`: where they begin, and where the clause behind them does."""
    ended = text.find(";", *parts)
    if ended < 0 or NEXT_YEAR.match(text, parts[1]):
        return False
    listed = [row for row in earlier if row.parent_id == whole.target_id and row.char_start < ended]
    return len(listed) > 1 and "," in text[parts[0] : ended]


def is_other_thing(text: str, whole: Target, measure, parts: tuple[int, int]) -> bool:
    """Whether a semicolon behind parts that no colon opens goes on with a count of other things without a listed unit
    (`3 hồ chứa, trong đó 1 hồ tại Tân Sơn; 27 gian hàng`). `parts` as above."""
    if whole.unit != "item" or text[parts[0] : parts[1]].lstrip().startswith(":") or text.find(";", *parts) < 0:
        return False
    noun = COUNTED_NOUN.match(text, getattr(measure, "number_end", measure.end))
    return noun is not None and regex.search(rf"\b{regex.escape(noun[1])}\b", whole.indicator_text, regex.I) is None


def aims_anew(text: str, parts: int, end: int) -> bool:
    """Whether a semicolon behind the words that open parts goes on with an aim of its own (`…, trong đó có ủy viên nữ;
    phấn đấu 70% ủy viên được tập huấn`), and the parts themselves are told without its word."""
    stop = text.find(";", parts, end)
    if stop < 0 or AIMS_ANEW.search(text, stop, end) is None:
        return False
    return AIMS_ANEW.search(text, parts, stop) is None


def opens_new_aim(text: str, first: int, clause: tuple[int, int]) -> bool:
    """Whether a clause opens with what makes it another aim (`14 chòi, trong đó năm 2022: 02 chòi; lắp đặt 20 camera`)
    and the first of the parts before it does not (`50 nhà, trong đó: xây mới 20 nhà; sửa chữa 30 nhà`)."""
    head = clause[0], min(clause[1], clause[0] + OPENING_REACH)
    measures = CUES["opens_new_measure"].match(text, *head) is not None
    if not measures and CUES["opens_new_task"].match(text, *head) is None:
        return False
    parts = [*PART.finditer(text, first, clause[0])]
    alike = CUES["opens_new_measure" if measures else "opens_new_task"]
    return bool(parts) and alike.match(text, parts[-1].end(), clause[0]) is None


def is_open(text: str, words: Filtered, start: int, end: int) -> regex.Match[str] | None:
    """The first of these words that open parts which are not closed yet at `end`, by the end of their sentence or of
    the bracket that they open."""
    for opening in words.finditer(text, start, end):
        bracketed = opening.group().startswith("(")
        closed = (
            text.find(")", opening.end(), end) >= 0 if bracketed else ENDS_SENTENCE.search(text, opening.end(), end)
        )
        if not closed:
            return opening
    return None


def parts_opened(text: str, start: int, end: int) -> regex.Match[str] | None:
    """The words that open parts, behind a figure: at the head of a clause they open none of its own (`Trong đó, tập
    trung giải pháp …, cụ thể: tỷ lệ A đạt 2%; tỷ lệ B đạt 5%`)."""
    figure = FIGURE.search(text, start, end)
    return is_open(text, PART, figure.end(), end) if figure else None


def tells_of_itself(text: str, parts: int, end: int) -> bool:
    """Whether a semicolon behind parts without a verb opens what has one (`…, trong đó đại học 35%; sức khỏe loại 1 đạt
    75%`), unless a colon opens the list of them."""
    if text[parts : parts + 2].lstrip().startswith(":"):
        return False
    stop = text.find(";", parts, end)
    if stop < 0 or CUES["tells_of_itself"].search(text, parts, stop):
        return False
    return CUES["tells_of_itself"].search(text, stop, end) is not None


def measure_is_share(measure) -> bool:
    """Whether a figure is a percentage, which may be of a whole counted in any unit."""
    return getattr(measure, "unit", None) == "percent"
