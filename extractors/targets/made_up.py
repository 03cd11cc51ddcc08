"""Counts that others make up: behind `tuyển 62 thanh niên, gồm: 48 nhập ngũ; 14 công an` both are its parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate, takewhile

from extractors.cues import cues
from extractors.targets.changes import SHARES
from extractors.values.measures import Measure
from extractors.values.money import Amount
from schemas.records import Target

CUES = cues("target_cues.yaml")
FEWEST = 2


def adopt_made_up(text: str, rows: Sequence[Target]) -> None:
    """Give the counts of a list their whole, where the words between say that it is made up of them and they make it
    exactly. Targets of one block, in order."""
    for at, whole in enumerate(rows[:-FEWEST]):
        if whole.parent_id is not None or whole.unit in SHARES or not whole.value_min:
            continue
        if CUES["makes_up_of"].search(text, whole.char_start, rows[at + 1].char_end) is None:
            continue
        listed = list(takewhile(partial(may_be_part, whole), rows[at + 1 :]))
        sums = list(accumulate(r.value_min or 0 for r in listed))
        if whole.value_min in sums[FEWEST - 1 :]:
            for part in listed[: sums.index(whole.value_min) + 1]:
                part.parent_id = whole.target_id


def may_be_part(whole: Target, row: Target) -> bool:
    """Whether a target counts the same and is of no other whole."""
    return row.unit == whole.unit and row.parent_id is None


def holds_less(whole: Target, measure: Measure | Amount) -> bool:
    """Whether a count is less than another, so that one beside it is rather the whole (`xây 12 hồ bơi, lắp 150 bộ dụng
    cụ, trong đó năm 2024 lắp 90 bộ`)."""
    if not isinstance(measure, Measure) or measure.unit == "percent":
        return False
    return whole.value_max is not None and measure.value_min is not None and whole.value_max < measure.value_min
