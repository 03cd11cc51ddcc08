"""Spans of a text: overlaps resolved longest first, and fast look-up of those within a character range."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from extractors.language.words import Words


class Placed(Protocol):
    """Anything at tokens [start, end): a span, a raw hit."""

    start: int
    end: int


Some = TypeVar("Some", bound=Placed)


@dataclass(frozen=True, slots=True)
class TermSpan:
    """What a rule found at tokens [start, end), with the names that spaCy's `Span` has for the same."""

    start: int
    end: int
    start_char: int
    end_char: int
    text: str
    label_: str
    id_: str
    kb_id_: str = ""


def span_of(words: Words, start: int, end: int, label: str, rule: str, kb_id: str = "") -> TermSpan:
    """The span of the words [start, end)."""
    first, last = words.starts[start], words.end(end - 1)
    return TermSpan(start, end, first, last, words.text[first:last], label, rule, kb_id)


def longest_first(found: Iterable[Some]) -> list[Some]:
    """Those without overlaps: of two that overlap the longer stays, of two as long the earlier; in text order."""
    kept: list[Some] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda s: (s.start - s.end, s.start)):
        tokens = range(one.start, one.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(one)
    return sorted(kept, key=lambda s: s.start)


class SpanGroup:
    """Spans of one group in text order, none over another, looked up by where they stand."""

    __slots__ = ("ends", "spans", "starts")

    def __init__(self, spans: Sequence[TermSpan]) -> None:
        self.spans = list(spans)
        self.starts = [s.start_char for s in spans]
        self.ends = [s.end_char for s in spans]

    def within(self, start_char: int, end_char: int) -> list[TermSpan]:
        """Those that lie wholly within the characters [start_char, end_char)."""
        low = bisect.bisect_left(self.starts, start_char)
        return self.spans[low : bisect.bisect_right(self.ends, end_char, low)]
