"""Counts of places against the names that stand right behind them (`tại 04 xã trọng điểm: A, B, C`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.context import Plan
from extractors.cues import cues
from extractors.values.stretches import holds_digit

CUES = cues("finding_cues.yaml")
COUNTED = CUES.naming("counted_places", "count", "names")
BETWEEN_NAMES = CUES["between_names"]


@dataclass(frozen=True, slots=True)
class WrongList:
    """A count that the list behind it does not hold, and where both stand."""

    start: int
    end: int
    stated: int
    named: int


def wrong_lists(plan: Plan) -> Iterator[WrongList]:
    """The counts of places in the body whose lists hold more or fewer names."""
    for block in plan.body:
        if not holds_digit(plan.text, block.body_start, block.end):
            continue
        for match in COUNTED.finditer(plan.text, block.body_start, block.end):
            stated, named = int(match["count"]), len(BETWEEN_NAMES.split(match["names"]))
            if stated != named:
                yield WrongList(match.start("count"), match.end("names"), stated, named)
