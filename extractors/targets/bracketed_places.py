"""Lists of places that each have their count in a bracket: `tại các huyện A (4 chòi canh), B (3 chòi canh)`.

The figure of a bracket is said of the place before it, and those that make up a figure before the list are its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors.cues import cues
from extractors.targets.changes import SHARES
from extractors.targets.counted_lists import is_count
from extractors.targets.figures import bound, free
from extractors.values.measures import Measure
from extractors.values.numbers import find_numbers
from schemas.folding import fold
from schemas.records import Target

CUES = cues("target_scope_cues.yaml")
PLACE = CUES.naming("place_with_count", "scope", "count")
COUNTED = regex.compile(r"\d[\d.,]*\s+(\p{L}+(?:\s\p{L}+)?)")
FEWEST = 2
HEAD_REACH = 200
"""A list stands near the words that tell what it counts; a line without end is not gone through for each list."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a list, where it stands, and its bracket."""

    name: str
    start: int
    count: tuple[int, int]


def lists_of_places(text: str, start: int, end: int) -> Iterator[list[Place]]:
    """The lists of a clause, in each of which two places at least have their bracket, behind a word for being there."""
    run: list[Place] = []
    for match in PLACE.finditer(text, start, end) if "(" in text[start:end] else ():
        if run and not CUES["places_joint"].fullmatch(text, run[-1].count[1] + 1, match.start()):
            yield from closed(text, start, run)
            run = []
        run.append(Place(match["scope"], match.start(), match.span("count")))
    yield from closed(text, start, run)


def closed(text: str, start: int, run: list[Place]) -> Iterator[list[Place]]:
    """A run of places, if it is a list."""
    if len(run) >= FEWEST and CUES["places_opened"].search(text, max(start, run[0].start - HEAD_REACH), run[0].start):
        yield run


def counts_of_places(text: str, start: int, end: int, measures: Sequence) -> list[Measure]:
    """The counts in the brackets of such lists whose noun is in no list of units, where the words before the list name
    it (`dựng chòi canh tại các huyện A (4 chòi canh), …`)."""
    found: list[Measure] = []
    for places in lists_of_places(text, start, end):
        head = fold(text[max(start, places[0].start - HEAD_REACH) : places[0].start])
        for place in places:
            noun = COUNTED.match(text, *place.count)
            if noun is None or fold(noun[1]) not in head:
                continue
            numbers = free(find_numbers(text, *place.count), measures)
            counts = (n for n in numbers if n.start == place.count[0] and is_count(text, n, place.count[1]))
            found += [bound(text, place.count[0], n.start, n.end, n.value, "item") for n in counts]
    return found


def tell_places(text: str, clause: tuple[int, int], rows: list[Target], figures: Sequence[int]) -> None:
    """Give each target of a bracket its place as scope, and those that make one before the list up to it as parts.
    `figures`: where the figure of each row stands."""
    for places in lists_of_places(text, *clause) if rows else ():
        own = {at: p for at, f in enumerate(figures) for p in places if p.count[0] <= f < p.count[1]}
        if not own:
            continue
        first = min(own)
        before = first - 1 if first and figures[first - 1] < places[0].start else None
        whole = rows[before] if before is not None and is_made_up(rows[before], [rows[at] for at in own]) else None
        words = None if whole is not None else text[begin_of(text, clause[0], places[0].start) : places[0].start]
        for at, place in own.items():
            row, shown = rows[at], text[place.start : place.count[1] + 1]
            row.scope = place.name
            row.indicator_text = shown if words is None else " ".join(f"{words} {shown}".split())
            row.indicator_code = row.indicator_code or (whole or rows[first]).indicator_code
            row.parent_id = whole.target_id if whole is not None else row.parent_id
        if whole is not None:
            of_all = CUES["brackets"].sub("", text[places[0].start : places[-1].count[1] + 1])
            whole.scope = " ".join(of_all.split())


def begin_of(text: str, start: int, end: int) -> int:
    """Where the words begin that tell what a list counts."""
    begin = max(start, end - HEAD_REACH)
    marks = [m.end() for m in CUES["phrase_before_list"].finditer(text, begin, end)]
    return marks[-1] if marks else begin


def is_made_up(whole: Target, parts: Sequence[Target]) -> bool:
    """Whether counts make up one before them."""
    if whole.unit in SHARES or whole.value_min is None or any(row.unit != whole.unit for row in parts):
        return False
    return sum(row.value_min or 0 for row in parts) == whole.value_min
