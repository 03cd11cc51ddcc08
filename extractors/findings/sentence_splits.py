"""Counts in a sentence against the parts that it splits them into (`xóa 1.900 nhà tạm, bao gồm 1.480 nhà làm mới và 420
nhà sửa chữa`).

Only plain lists are held against their whole: an opener that says that all is told, parts counted by the same word, and
nothing behind them. A sum that is far off is no split of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.context import Plan
from extractors.cues import cues
from extractors.sums import is_near
from extractors.values.measures import Measure, find_measures

CUES = cues("finding_cues.yaml")
SHARES = ("percent", "percentage_point", "vnd", "usd")
MOST_PARTS = 30
"""A longer run of counts is a list of lists, and would be held against each of its wholes."""


@dataclass(frozen=True, slots=True)
class WrongSplit:
    """A count and what its parts make instead; `start`..`end` from the whole to the last part."""

    start: int
    end: int
    stated: float
    actual: float


def wrong_splits(plan: Plan) -> Iterator[WrongSplit]:
    """The splits of a plan's body that do not make their whole, in reading order."""
    for block in plan.body:
        if not CUES["splits"].may_match(plan.text, block.body_start, block.end):
            continue
        whole: Measure | None = None
        for start, end in plan.clauses(block):
            figures = [m for m in find_measures(plan.text, start, end) if m.unit not in SHARES]
            again = whole is not None and figures and splits_again(plan.text, start, figures[0])
            if again and plain(whole):
                yield from held_against(plan.text, whole, figures[: MOST_PARTS + 1], end, False)
                continue
            whole = None
            for at, figure in enumerate(figures[:-2]):
                opener = CUES["opens_split"].fullmatch(plan.text, figure.end, figures[at + 1].number_start)
                if opener is not None and plain(figure):
                    bracket = plan.text.find("(", opener.start(), opener.end()) >= 0
                    whole = whole or figure
                    told = figures[at + 1 : at + 2 + MOST_PARTS]
                    yield from held_against(plan.text, figure, told, end, bracket)


def held_against(
    text: str, whole: Measure, figures: Sequence[Measure], end: int, bracket: bool
) -> Iterator[WrongSplit]:
    """The split of a whole into figures, where they are all that is told of it and make another sum."""
    parts = parts_of(text, whole, figures, end, bracket)
    actual = sum(part.value_min or 0 for part in parts)
    if len(parts) > 1 and is_near(actual, whole.value_min or 0):
        yield WrongSplit(whole.start, parts[-1].end, whole.value_min or 0, actual)


def parts_of(text: str, whole: Measure, figures: Sequence[Measure], end: int, bracket: bool) -> list[Measure]:
    """The figures that are all parts of a whole; none where one is of another kind, or more is told behind them."""
    stop = text.find(")", figures[0].start, end) if bracket else end
    parts = [figure for figure in figures if figure.start < stop]
    if stop < 0 or len(parts) > MOST_PARTS or not all(plain(part) and same_kind(part, whole) for part in parts):
        return []
    if any(not CUES["next_part"].fullmatch(text, a.end, b.number_start) for a, b in pairwise(parts)):
        return []
    return parts if CUES["last_part"].fullmatch(text, parts[-1].end, stop) else []


def splits_again(text: str, start: int, first: Measure) -> bool:
    """Whether a clause splits the whole of the one before it once more (`…; xét theo đối tượng có 9 lớp …`)."""
    return CUES["splits_again"].fullmatch(text, start, first.number_start) is not None


def plain(figure: Measure) -> bool:
    """Whether a figure is one exact count of things."""
    exact = figure.comparator == "eq" and figure.value_min == figure.value_max and not figure.ambiguous
    return exact and not (figure.change or figure.per or figure.rate_period or figure.in_words)


def same_kind(part: Measure, whole: Measure) -> bool:
    """Whether a part is counted by the word of its whole (`1.480 nhà làm mới` of `1.900 nhà tạm`)."""
    words = [(m.unit_text or "").casefold().split()[:1] for m in (part, whole)]
    return part.unit == whole.unit and words[0] == words[1] != []
