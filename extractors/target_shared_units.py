"""Counts whose unit stands behind a later one: `cao đẳng 400, trung cấp 900, sơ cấp 3.000 học viên`; `đến năm 2027 có
02 và đến năm 2030 có 04 chợ`.

Only where the counts stand in one list behind a colon, or tell of one thing for two years; elsewhere a bare number may
be anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cues import cues
from extractors.target_figures import bound, free
from extractors.values.measures import Measure
from extractors.values.numbers import Number, find_numbers

CUES = cues("target_figure_cues.yaml")
REACH = 60
NO_COUNT = frozenset({"percent", "percentage_point", "permille", "times", "vnd", "usd"})


def counts_with_later_unit(text: str, start: int, end: int, measures: Sequence[Measure]) -> list[Measure]:
    """The bare counts of a clause whose unit one of `measures` tells that goes on their list."""
    found: list[Measure] = []
    numbers = [n for n in free(find_numbers(text, start, end), measures) if n.kind == "integer" and not n.ambiguous]
    listed = [n for n in numbers if in_list(text, start, n, numbers)]
    for number in reversed(numbers):
        later = following(number, [*measures, *found])
        if later is None or later.unit is None or later.unit in NO_COUNT:
            continue
        by_year = CUES["year_of_list"].search(text, max(start, number.start - REACH), number.start)
        joint = CUES["next_year_of_list"] if by_year else CUES["within_list"] if number in listed else None
        if joint is not None and joint.fullmatch(text, number.end, later.start):
            found.append(bound(text, start, number.start, number.end, number.value, later.unit))
    return found


def in_list(text: str, start: int, number: Number, numbers: Sequence[Number]) -> bool:
    """Whether a bare number is the first of a list behind a colon or follows one that is in it."""
    if CUES["opens_list"].search(text, max(start, number.start - REACH), number.start):
        return True
    last = max((n for n in numbers if n.end <= number.start), key=lambda n: n.end, default=None)
    return (
        last is not None
        and CUES["within_list"].fullmatch(text, last.end, number.start) is not None
        and in_list(text, start, last, numbers)
    )


def following(number: Number, measures: Sequence[Measure]) -> Measure | None:
    """The next figure behind a number that has its unit."""
    return min((m for m in measures if m.start >= number.end), key=lambda m: m.start, default=None)
