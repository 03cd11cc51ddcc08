"""Stretches of a text that are worth a closer look, so that costly patterns need not see the rest.

Officialese has a figure in one line out of five. A pattern is tried only in the stretches that hold what every match of
it holds (`Filtered.needs`); all stretches are searched for that at once.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate

import regex

from schemas.filtered import Filtered

_DIGITS = re.compile(r"[\d½⅓⅔¼¾]+")
_BETWEEN = "\0"
"""Stands between stretches that are searched together; no need holds it."""


class Stretches:
    """Stretches `spans` of one text, in order, none over another."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        self.text, self.spans = text, spans

    def matches(self, pattern: Filtered) -> Iterator[regex.Match[str]]:
        """Matches of a pattern in each of the stretches."""
        for start, end in self._worth_trying(pattern):
            yield from pattern.finditer(self.text, start, end)

    def _worth_trying(self, pattern: Filtered) -> Iterable[tuple[int, int]]:
        """The stretches that hold one of the pattern's needs; all of them where that cannot be told."""
        joined = self._lowered if pattern.any_case else self._joined
        if not pattern.needs or len(joined) != len(self._joined):
            return self.spans
        held: set[int] = set()
        for need in pattern.needs:
            at = joined.find(need)
            while at >= 0:
                place = bisect.bisect_right(self._offsets, at)
                held.add(place - 1)
                at = joined.find(need, self._offsets[place]) if place < len(self._offsets) else -1
        return [self.spans[place] for place in sorted(held)]

    @cached_property
    def _joined(self) -> str:
        return _BETWEEN.join([self.text[start:end] for start, end in self.spans])

    @cached_property
    def _lowered(self) -> str:
        return self._joined.lower()

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each stretch begins in the joined text."""
        return list(accumulate((end - start + 1 for start, end in self.spans[:-1]), initial=0))


def stretches(
    text: str, words: Iterable[str] = (), before: int = 60, after: int = 80, digits: bool = True
) -> Stretches:
    """The surroundings of digits and of `words` (lower case), merged where they touch."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return Stretches(text, [(0, len(text))])
    hits, in_order = list(_digits(text)) if digits else [], True
    for word in words:
        in_order = False
        at = lowered.find(word)
        while at >= 0:
            hits.append((at, at + len(word)))
            at = lowered.find(word, at + len(word))
    return Stretches(text, _merged(hits if in_order else sorted(hits), before, after, len(text)))


def _merged(hits: list[tuple[int, int]], before: int, after: int, size: int) -> list[tuple[int, int]]:
    """The surroundings of the hits, which come in order, in a text of this size."""
    if not hits:
        return []
    merged, (first, last) = [], hits[0]
    reach = before + after
    for start, end in hits:
        if start - last > reach:
            merged.append((max(0, first - before), last + after))
            first = start
        last = max(last, end)
    return [*merged, (max(0, first - before), min(size, last + after))]


@lru_cache(maxsize=4)
def _digits(text: str) -> tuple[tuple[int, int], ...]:
    return tuple([match.span() for match in _DIGITS.finditer(text)])
