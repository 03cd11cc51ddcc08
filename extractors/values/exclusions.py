"""Digits that state no quantity, each kind with its reason: document numbers, dates, labels, ages, telephone numbers.

These are looked for first; what the other grammars would read inside them is not read. One rule file names them all, so
that a reader sees at once what is never a figure of a plan.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import lru_cache

from extractors.cues import cues
from extractors.values.patterns import SHAPES
from extractors.values.stretches import stretches

_PATTERNS = tuple((name.replace("_", " "), pattern) for name, pattern in cues("exclusions.yaml", shapes=SHAPES).items())


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch of text whose digits count nothing, and why."""

    start: int
    end: int
    reason: str


@lru_cache(maxsize=8)
def excluded(text: str) -> tuple[Excluded, ...]:
    """All stretches of `text` that state no quantity, in order of their start."""
    near = stretches(text, before=40, after=30)
    found = [Excluded(m.start(), m.end(), reason) for reason, pattern in _PATTERNS for m in near.matches(pattern)]
    return tuple(sorted(found, key=lambda e: (e.start, -e.end)))


@lru_cache(maxsize=8)
def _merged(text: str) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for item in excluded(text):
        if ends and item.start < ends[-1]:
            ends[-1] = max(ends[-1], item.end)
        else:
            starts.append(item.start)
            ends.append(item.end)
    return starts, ends


def is_excluded(text: str, start: int, end: int) -> bool:
    """Whether any of `start`..`end` lies in a stretch that states no quantity."""
    starts, ends = _merged(text)
    at = bisect.bisect_left(starts, end) - 1
    return at >= 0 and ends[at] > start
