"""Spans on a Doc: overlaps resolved longest first, and fast look-up of a group's spans within a character range."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Protocol, TypeVar

from spacy.tokens import Doc, Span

_STARTS = "kehoach.starts"


class Placed(Protocol):
    """Anything at tokens [start, end): a Span, a raw hit."""

    start: int
    end: int


Some = TypeVar("Some", bound=Placed)


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


def spans_in(doc: Doc, group: str, start_char: int, end_char: int) -> list[Span]:
    """The spans of a group that lie wholly within the characters [start_char, end_char), in text order."""
    spans, starts, ends = _index(doc, group)
    low = bisect.bisect_left(starts, start_char)
    high = bisect.bisect_right(ends, end_char)  # the spans do not overlap: their ends rise as their starts do
    return spans[low:high]


def _index(doc: Doc, group: str) -> tuple[list[Span], list[int], list[int]]:
    indexes = doc.user_data.setdefault(_STARTS, {})
    if group not in indexes:
        spans = list(doc.spans[group]) if group in doc.spans else []
        indexes[group] = (spans, [s.start_char for s in spans], [s.end_char for s in spans])
    return indexes[group]
