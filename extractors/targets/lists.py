"""Targets in one list: a comparator, a verb or an opening that is said once holds for the figures after it, too."""

from __future__ import annotations

from dataclasses import replace

from extractors.cues import cues
from extractors.pieces import follows_its_words
from extractors.targets.changes import MOST_POINTS, RATE_WORDS, SHARES
from extractors.values.measures import Measure
from schemas.filtered import filtered

CUES = cues("target_cues.yaml")
EXPECTED = CUES["expected"]
LIST_COMMA = CUES["list_comma"]
LIST_NOUNS = CUES["list_nouns"]
LEVEL_MOVED, LEVEL_NAMED, LIST_NAMES = (CUES[cue] for cue in ("level_moved", "level_named", "list_names"))
LIST_PLACES = CUES["list_places"]
LIST_TIMES = CUES["list_times"]
TIME_BEHIND = CUES["time_behind"]
AS_A_COUNT = CUES["as_a_count"]
OF_THEIR_OWN = CUES["of_their_own"]
LIST_ALIKE = CUES["list_alike"]
NOUN = filtered(r"\s+\p{L}+\s+\p{L}+")
NEXT_IN_LIST = filtered(r"(?:\s+[\p{L}/]+){1,10}?,\s+")
OWN_VERB = CUES["own_verb"]
LIST_AND = CUES["list_and"]
EACH_YEAR_LIST, EACH_YEAR_BEHIND = CUES["each_year_list"], CUES["each_year_behind"]
EXPECTED_REACH = 40
ALIKE, RATE_REACH = 3, 60
"""So many times the change before it, a share behind its words is a change, too; so far back a rate is named."""


def share_comparators(text: str, start: int, measures: list) -> list:
    """The measures of a clause that begins at `start`, each with what its list or opening says for all of them.

    A clause that opens with `Dự kiến` is about its figures; in `khoảng 30 xã, 12 thôn` the comparator before the first
    figure holds for the second too.
    """
    shared: list = []
    for measure in measures:
        if isinstance(measure, Measure) and measure.comparator == "eq" and is_expected(text, start, measure):
            measure = replace(measure, comparator="approx")
        listed = bool(shared) and goes_on_list(text, shared[-1], measure)
        if shared and shares_change(text, shared[-1], measure):
            listed = listed or is_bound_again(text, shared[-1], measure)
            yearly = measure.rate_period or shared[-1].rate_period
            measure = replace(measure, change=shared[-1].change, rate_period=yearly)
        if listed:
            comparator = shared[-1].comparator
            measure = replace(
                measure,
                comparator=comparator,
                value_min=None if comparator in ("le", "lt") else measure.value_min,
                value_max=None if comparator in ("ge", "gt") else measure.value_max,
            )
        shared.append(measure)
    return shared


def yearly_together(text: str, measures: list) -> list:
    """The measures of a clause, those of one list all for each year where the last is told so (`04 hội thi, 12 buổi tọa
    đàm mỗi năm`)."""
    told = list(measures)
    for at in range(len(told) - 2, -1, -1):
        first, last = told[at], told[at + 1]
        if not (isinstance(first, Measure) and isinstance(last, Measure)) or not last.rate_period:
            continue
        if first.rate_period or first.change or last.change or {first.unit, last.unit} & set(SHARES):
            continue
        listed = EACH_YEAR_LIST.fullmatch(text, first.end, last.number_start)
        behind = at + 2 < len(told) and told[at + 1] is not measures[at + 1]
        if listed and (behind or EACH_YEAR_BEHIND.match(text, last.end)):
            told[at] = replace(first, rate_period=last.rate_period)
    return told


def is_expected(text: str, start: int, measure: Measure) -> bool:
    """Whether the clause opens as one of rough figures, or the words right before one of its list make it rough (`gọi
    420 công dân, dự kiến chọn 160`)."""
    if EXPECTED.match(text, start, measure.start):
        return True
    return CUES["expected_here"].search(text, max(start, measure.start - EXPECTED_REACH), measure.start) is not None


def shares_change(text: str, last, measure) -> bool:
    """Whether one verb governs two figures: `Giảm 20% lượng rác nhựa và 50% túi ni lông`, `giảm 2% số cặp tảo hôn,
    3% số cặp kết hôn cận huyết`."""
    if not (isinstance(last, Measure) and isinstance(measure, Measure)):
        return False
    if measure.change and not (measure.change == "multiply" and last.change == "reduce_to"):
        return False
    if measure.unit != last.unit:
        moved = last.change in ("increase", "decrease") and says_change_again(text, last, measure)
        return moved or is_harmed_too(text, last, measure)
    if OWN_VERB.match(text, measure.end) or is_everything(measure):
        return False
    if last.change in ("increase", "decrease") and LIST_AND.fullmatch(text, last.end, measure.start):
        return True
    if last.change in (None, "multiply"):
        return False
    if LIST_ALIKE.fullmatch(text, last.end, measure.start) and one_noun(text, last, measure):
        return True
    if last.change not in ("increase", "decrease"):
        return False
    return NEXT_IN_LIST.fullmatch(text, last.end, measure.start) is not None or closes_alike(text, last, measure)


def closes_alike(text: str, last: Measure, measure: Measure) -> bool:
    """Whether a share stands behind its words as the one before it does, whose verb moves both: `Tăng sản lượng lúa 3%,
    ngô 2%`. Much more than the first it is a level; where a rate moves, one a few times as large is, too."""
    known = 0 if RATE_WORDS.search(text, max(0, last.start - RATE_REACH), last.start) else MOST_POINTS
    if measure.unit not in SHARES or (measure.value or 0) >= max(known, ALIKE * (last.value or 0)):
        return False
    if last.change == "increase" and is_level_beside(text, last, measure):
        return False
    named = LIST_NAMES.fullmatch(text, last.end, measure.start)
    return named is not None and follows_its_words(text, measure, len(text))


def is_level_beside(text: str, last: Measure, measure: Measure) -> bool:
    """Whether a share is a level by its name, beside what grows and is none: `Tăng thu nội địa 9%, bội chi 2%`."""
    if LEVEL_NAMED.match(text, last.end, measure.start) is None:
        return False
    return LEVEL_MOVED.search(text, max(0, last.start - RATE_REACH), last.end) is None


def is_bound_again(text: str, last: Measure, measure: Measure) -> bool:
    """Whether the least by which one verb moves all shares of a list is said before the first alone: `cắt giảm ít nhất
    30% thời gian, 30% chi phí`."""
    if measure.comparator != "eq" or last.comparator not in ("ge", "gt") or last.per or measure.unit != last.unit:
        return False
    return NEXT_IN_LIST.fullmatch(text, last.end, measure.start) is not None


def is_everything(measure: Measure) -> bool:
    """Whether a share is of all there is, by which nothing in a list goes up or down."""
    return measure.unit == "percent" and measure.value_min == 100


def one_noun(text: str, last: Measure, measure: Measure) -> bool:
    """Whether the same two words stand behind two figures: they tell of the same thing or time."""
    nouns = [NOUN.match(text, figure.end) for figure in (last, measure)]
    return None not in nouns and nouns[0].group().split() == nouns[1].group().split()


def says_change_again(text: str, last: Measure, measure: Measure) -> bool:
    """Whether a count tells how many a change of a rate makes: `Giảm tỷ lệ hộ nghèo 1% (khoảng 620 hộ)`; not where
    something else is said of them (`với 620 hộ thoát nghèo`)."""
    return (
        last.unit in ("percent", "percentage_point")
        and measure.unit in ("household", "person")
        and AS_A_COUNT.fullmatch(text, last.end, measure.number_start) is not None
        and not OF_THEIR_OWN.match(text, measure.number_end)
    )


def is_harmed_too(text: str, last: Measure, measure: Measure) -> bool:
    """Whether a count is of those who are hurt beside what one verb lowers: `giảm 20 vụ tai nạn, 05 người chết`."""
    if last.change != "decrease" or SHARES.intersection((last.unit, measure.unit)):
        return False
    between = text[last.end : measure.start]
    return CUES["harmed_joint"].fullmatch(between) is not None and (
        CUES["harmed"].match(text, measure.number_end) is not None
    )


def goes_on_list(text: str, last, measure) -> bool:
    """Whether a bare figure stands in one list with the one before: `40 xã, 20 thôn`, `30% sở, ngành và 20% xã`."""
    if not (isinstance(last, Measure) and isinstance(measure, Measure)):
        return False
    if LIST_PLACES.fullmatch(text, last.end, measure.start) and measure.unit == last.unit:
        return measure.comparator == "eq" and last.comparator != "range" and not measure.change
    if LIST_TIMES.fullmatch(text, last.end, measure.start) and TIME_BEHIND.match(text, measure.end):
        same = measure.unit == last.unit and measure.comparator == "eq" and not measure.change
        return same and last.comparator in ("le", "lt", "ge", "gt", "approx")
    if is_everything(measure):
        return False  # "trên 80% trạm và 100% trường": nothing is more than all
    if measure.comparator != "eq" or last.comparator in ("eq", "range") or measure.change or last.per:
        return False
    lower = last.comparator not in ("le", "lt")
    if measure.unit in ("percent", "percentage_point"):
        return lower and measure.unit == last.unit and LIST_AND.fullmatch(text, last.end, measure.start) is not None
    if lower and LIST_COMMA.fullmatch(text, last.end, measure.start):
        return True
    return goes_on_nouns(text, last, measure)


def goes_on_nouns(text: str, last: Measure, measure: Measure) -> bool:
    """Whether a count stands behind the words of the one before it without a verb of its own: `ít nhất 40 cửa hàng tiện
    lợi, 25 chợ đêm`, `không quá 01 tập thể, 03 cá nhân`."""
    if last.unit in SHARES or last.change:
        return False
    return LIST_NOUNS.fullmatch(text, last.end, measure.start) is not None and not OWN_VERB.match(text, measure.end)
