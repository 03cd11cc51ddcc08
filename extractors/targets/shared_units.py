"""Counts whose unit stands behind a later one: `cao đẳng 400, trung cấp 900, sơ cấp 3.000 học viên`; `đến năm 2027 có
02 và đến năm 2030 có 04 chợ`.

Only where the counts stand in one list behind a colon, or tell of one thing for two years; elsewhere a bare number may
be anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from extractors.cues import cues
from extractors.targets.figures import bound, counted_of_all, free
from extractors.values.measures import Measure
from extractors.values.numbers import Number, find_numbers

CUES = cues("target_figure_cues.yaml")
REACH = 60
NO_COUNT = frozenset({"percent", "percentage_point", "permille", "times", "vnd", "usd"})


def counts_with_later_unit(text: str, start: int, end: int, measures: Sequence[Measure]) -> list[Measure]:
    """The bare counts of a clause whose unit one of `measures` tells that goes on their list."""
    found: list[Measure] = []
    bare = (counted_of_all(text, n) for n in free(find_numbers(text, start, end), measures))
    numbers = [n for n in bare if n.kind == "integer" and not n.ambiguous]
    listed = listed_starts(text, start, numbers)
    told = sorted(measures, key=attrgetter("start"))
    for number in reversed(numbers):
        at = bisect_left(told, number.end, key=attrgetter("start"))
        later = min((*told[at : at + 1], *found[-1:]), key=attrgetter("start"), default=None)
        if later is None or later.unit is None or later.unit in NO_COUNT:
            continue
        by_year = CUES["year_of_list"].search(text, max(start, number.start - REACH), number.start)
        joint = CUES["next_year_of_list"] if by_year else CUES["within_list"] if number.start in listed else None
        if joint is not None and joint.fullmatch(text, number.end, later.start):
            found.append(bound(text, start, number.start, number.end, number.value, later.unit))
    return found


def listed_starts(text: str, start: int, numbers: Sequence[Number]) -> set[int]:
    """Where the bare numbers begin that are the first of a list behind a colon or follow one that is in it."""
    listed: set[int] = set()
    for last, number in zip((None, *numbers), numbers, strict=False):
        opens = CUES["opens_list"].search(text, max(start, number.start - REACH), number.start)
        goes_on = last and last.start in listed and CUES["within_list"].fullmatch(text, last.end, number.start)
        if opens or goes_on:
            listed.add(number.start)
    return listed
