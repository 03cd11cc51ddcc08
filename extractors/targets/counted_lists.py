"""Counts of one list, whose verb stands before the first alone: `đào tạo 10 bác sĩ, 5 dược sĩ, 20 hộ sinh`.

What no unit list holds is counted there if the list has a count that a verb or its heading delivers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extractors.cues import cues
from extractors.targets.figures import bound, counts_noun, free
from extractors.values.measures import Measure
from extractors.values.numbers import Number, find_numbers
from schemas.records import Target

CUES = cues("target_list_cues.yaml")
REACH = 80
NO_COUNT = frozenset({"percent", "percentage_point", "permille", "times", "vnd", "usd", "year", "month", "week", "day"})


def counts_in_lists(text: str, start: int, end: int, measures: Sequence[Measure], aim: bool) -> list[Measure]:
    """The bare counts of a clause that stand in a list with others. `aim`: the passage announces aims, so that a list
    needs no verb of delivery."""
    bare = [n for n in free(find_numbers(text, start, end), measures) if is_count(text, n, end)]
    if not bare:
        return []
    found: list[Measure] = []
    for chain in chains(text, [*measures, *bare]):
        if not any(isinstance(each, Number) for each in chain) or not is_delivered(text, start, chain, aim):
            continue
        found += [bound(text, start, n.start, n.end, n.value, "item") for n in chain if isinstance(n, Number)]
    return found


def count_alone(text: str, clause: tuple[int, int], earlier: Sequence[Target]) -> list[Measure]:
    """The count that a clause behind a semicolon is all of, where the one before it is an aim that counts, too (`xây 4
    hồ chứa; 05 kho lạnh`)."""
    alone = (
        CUES["alone"].fullmatch(text, *clause)
        if earlier and text[max(0, clause[0] - 3) : clause[0]].rstrip().endswith(";")
        else None
    )
    if alone is None or earlier[-1].unit in NO_COUNT or text[earlier[-1].char_end : clause[0]].strip(" ;"):
        return []
    numbers = [n for n in find_numbers(text, *clause) if is_count(text, n, clause[1])]
    return [bound(text, clause[0], n.start, n.end, n.value, "item") for n in numbers]


def is_count(text: str, number: Number, end: int) -> bool:
    """Whether a bare number counts things by the noun behind it."""
    if number.kind != "integer" or number.ambiguous or not counts_noun(text, number, end):
        return False
    return CUES["no_thing_listed"].match(text, number.end, end) is None


def chains(text: str, figures: Sequence[Measure | Number]) -> list[list[Measure | Number]]:
    """The counts that stand in one list, two or more, in the order of the text."""
    told = sorted((f for f in figures if getattr(f, "unit", None) not in NO_COUNT), key=begin)
    every = sorted(map(begin, figures))
    found: list[list[Measure | Number]] = []
    for last, each in pairwise(told):
        alone = bisect_left(every, begin(each)) - bisect_left(every, begin(last)) == 1
        if not (alone and CUES["joint"].fullmatch(text, number_end(last), each.start)):
            continue
        if found and found[-1][-1] is last:
            found[-1].append(each)
        else:
            found.append([last, each])
    return found


def begin(figure: Measure | Number) -> int:
    """Where the number of a figure begins."""
    return figure.number_start if isinstance(figure, Measure) else figure.start


def number_end(figure: Measure | Number) -> int:
    """Where it ends."""
    return figure.number_end if isinstance(figure, Measure) else figure.end


def is_delivered(text: str, start: int, chain: Sequence[Measure | Number], aim: bool) -> bool:
    """Whether the first of a list stands right behind a verb that delivers all of it or behind the colon of its
    heading, and in a passage of aims behind the words for having or reaching."""
    head = max(start, chain[0].start - REACH), chain[0].start
    if CUES["delivers_all"].search(text, *head):
        return True
    return aim and CUES["had_by_then"].search(text, *head) is not None
