"""What all value grammars share: spaces, word edges, tone placement and the table of computed values by text.

Only matching folds spellings (`hoà` = `hòa`, `–` = `-`); the text itself is never rewritten, so offsets stay true.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

import regex

from extractors.cues import Shapes
from schemas.filtered import Filtered, filtered
from schemas.folding import TONE_PLACES
from schemas.nested_phrases import nested

SPACE = "[ ]"
"""Cleaning leaves no other blank within a line (`ODD_SPACES`); in a pattern with free spacing a bare one is nothing."""
GAP = f"{SPACE}{{0,2}}"
DASH = r"[-–—÷~]"
LEFT = r"(?<![\p{L}\p{M}\p{N}])"
RIGHT = r"(?![\p{L}\p{M}\p{N}])"
SHAPES = Shapes(
    (
        ("GAP", GAP),
        ("DASH", DASH),
        ("LEFT", LEFT),
        ("RIGHT", RIGHT),
        ("YEAR", r"(?:19|20)\d\d"),
        ("MONTH", r"(?:0?[1-9]|1[0-2])"),
        ("DAY", r"(?:0?[1-9]|[12]\d|3[01])"),
    ),
    signs=(("␣", SPACE),),
    flags=regex.VERBOSE,
)
"""What the rule files of this grammar are written with."""

_TONE_OF = {form: f"(?:{new}|{old})" for new, old in TONE_PLACES.items() for form in (new, old)}
_TONE = filtered("|".join(_TONE_OF))


class Spanned(Protocol):
    """Anything with a half-open range in the text."""

    start: int
    end: int


T = TypeVar("T", bound=Spanned)


def any_of(forms: Iterable[str]) -> str:
    """A pattern that matches one of these forms, the longest there is, in any spacing, dash and tone placement."""
    return nested((map(_spelt, form.split()) for form in set(forms)), f"{SPACE}{{1,2}}")


def _spelt(word: str) -> str:
    return _TONE.sub(lambda m: _TONE_OF[m.group()], regex.escape(word)).replace(r"\-", DASH)


def compiled(pattern: str, case: bool = False) -> Filtered:
    """Compile with free spacing, `␣` for one space of the text; letters match in any case unless `case`."""
    return filtered(pattern.replace("␣", SPACE), regex.VERBOSE | (0 if case else regex.IGNORECASE))


START = attrgetter("start")


def within(items: Sequence[T], start: int, end: int | None) -> list[T]:
    """Those of `items` (in order of their start) that lie wholly in `start`..`end`."""
    first = bisect.bisect_left(items, start, key=START)
    found = []
    for item in items[first:]:
        if end is not None and item.start >= end:
            break
        if end is None or item.end <= end:
            found.append(item)
    return found


class Places:
    """Ranges that are taken, asked whether another one touches any; none is longer than `LONGEST_PLACE`."""

    def __init__(self, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = sorted(taken)

    def add(self, start: int, end: int) -> None:
        """Take a range."""
        bisect.insort(self._taken, (start, end))

    def begins(self, at: int) -> bool:
        """Whether a range that is taken begins there."""
        place = bisect.bisect_left(self._taken, (at, 0))
        return place < len(self._taken) and self._taken[place][0] == at

    def free(self, start: int, end: int) -> bool:
        """Whether no range that is taken shares a character with start..end."""
        low = bisect.bisect_left(self._taken, (start - LONGEST_PLACE, 0))
        high = bisect.bisect_left(self._taken, (end, 0), low)
        return all(other <= start for _, other in self._taken[low:high])


LONGEST_PLACE = 1000


def line_end(text: str, at: int, reach: int | None = None) -> int:
    """End of the line that holds `at` (a block never runs over a line end), no farther than `reach`."""
    last = len(text) if reach is None else min(len(text), at + reach)
    end = text.find("\n", at, last)
    return last if end < 0 else end


def line_start(text: str, at: int, reach: int | None = None) -> int:
    """Start of the line that holds `at`, no farther than `reach`: lines of hostile files have no end."""
    first = 0 if reach is None else max(0, at - reach)
    start = text.rfind("\n", first, at)
    return first if start < 0 else start + 1
