"""Stretches of a text that are worth a closer look, so that costly patterns need not see the rest.

Officialese has a figure in one line out of five. A pattern is tried only in the stretches that hold what every match of
it holds (`Filtered.condition`).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from operator import itemgetter

import regex

from schemas.filtered import Filtered, in_small_letters

_DIGITS = re.compile(r"[\d½⅓⅔¼¾]+")


class Stretches:
    """Stretches `spans` of one text, in order, none over another."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        self.text, self.spans = text, spans

    def matches(self, pattern: Filtered) -> Iterator[regex.Match[str]]:
        """Matches of a pattern in each of the stretches."""
        for start, end in self._worth_trying(pattern):
            yield from pattern.found_in(self.text, start, end)

    def _worth_trying(self, pattern: Filtered) -> Iterable[tuple[int, int]]:
        """The stretches that hold what the pattern's matches hold; all of them where that cannot be told."""
        condition = pattern.condition
        if condition is None:
            return self.spans
        seen = self._lowered if pattern.any_case else self._cut
        return [span for span, words in zip(self.spans, seen, strict=True) if condition(words)]

    @cached_property
    def _cut(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]

    @cached_property
    def _lowered(self) -> list[str]:
        return [words.lower() for words in self._cut]


def stretches(
    text: str, words: Iterable[str] = (), before: int = 60, after: int = 80, digits: bool = True
) -> Stretches:
    """The surroundings of digits and of `words` (lower case), merged where they touch."""
    lowered = in_small_letters(text)
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


def holds_digit(text: str, start: int, end: int) -> bool:
    """Whether a digit stands in text[start:end], told by those of the whole text."""
    digits = _digits(text)
    at = bisect.bisect_right(digits, start, key=itemgetter(1))
    return at < len(digits) and digits[at][0] < end


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
