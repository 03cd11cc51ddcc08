"""Patterns with a cheap filter before them: a search that cannot succeed costs a look for a few letters.

Officialese is searched by some hundred patterns, nearly all of them in vain. What a pattern cannot match without, and
what its matches begin with, is worked out from the pattern itself (`pattern_parts`). Where nothing needed stands in the
text, the costly search is left out; where the beginnings are known, it is made only where one stands. Results are the
same as those of the pattern alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from heapq import heapify, heappop, heapreplace

import regex

from schemas.pattern_parts import heads, needs, parsed

LONG_TEXT = 5000


class Filtered:
    """A compiled pattern of `regex` that is asked only where it may match. Has the methods of a pattern."""

    __slots__ = ("any_case", "asks_first", "compiled", "heads", "needs", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.compiled = regex.compile(pattern, flags)
        self.pattern = pattern
        self.any_case = bool(self.compiled.flags & regex.IGNORECASE)
        parts = parsed(pattern, self.compiled.flags)
        self.needs = needs(parts, self.any_case) if parts is not None else ()
        self.heads = heads(parts, self.any_case) if parts is not None else ()
        self.asks_first = 0 < len(self.needs) < len(self.heads)

    def may_match(self, text: str, pos: int = 0, endpos: int | None = None) -> bool:
        """Whether the text holds what every match of the pattern holds."""
        if not self.needs:
            return True
        if self.any_case:
            lowered = _lowered(text) if len(text) > LONG_TEXT else text.lower()
            if len(lowered) != len(text):
                return True
            text = lowered
        for need in self.needs:  # noqa: SIM110 - a plain loop: this is asked some ten thousand times a document
            if text.find(need, pos, endpos) >= 0:
                return True
        return False

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.search`."""
        if not self.heads:
            return self.compiled.search(text, pos, endpos) if self.may_match(text, pos, endpos) else None
        for match in self.finditer(text, pos, endpos):
            return match
        return None

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.match`; most fail at their first letter, and sooner than a filter could."""
        return self.compiled.match(text, pos, endpos)

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text, pos, endpos)

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterable[regex.Match[str]]:
        """As `regex.Pattern.finditer`."""
        if not self.heads:
            return self.compiled.finditer(text, pos, endpos) if self.may_match(text, pos, endpos) else ()
        seen = text
        if self.any_case:
            seen = _lowered(text) if len(text) > LONG_TEXT else text.lower()
            if len(seen) != len(text):
                return self.compiled.finditer(text, pos, endpos)
        if self.asks_first:
            for need in self.needs:
                if seen.find(need, pos, endpos) >= 0:
                    break
            else:
                return ()
        places = []
        for head in self.heads:
            at = seen.find(head, pos, endpos)
            if at >= 0:
                places.append((at, head))
        return self._from_heads(text, seen, places, endpos) if places else ()

    def _from_heads(
        self, text: str, seen: str, places: list[tuple[int, str]], endpos: int | None
    ) -> Iterator[regex.Match[str]]:
        """Try the pattern where a head stands. `places`: each head with where it comes next."""
        match_at, end = self.compiled.match, 0
        heapify(places)
        while places:
            at, head = places[0]
            if at >= end and (match := match_at(text, at, endpos)):
                yield match
                end = match.end()
            following = seen.find(head, max(at + 1, end), endpos)
            if following >= 0:
                heapreplace(places, (following, head))
            else:
                heappop(places)

    def findall(self, text: str) -> list:
        """As `regex.Pattern.findall`."""
        return self.compiled.findall(text) if self.may_match(text) else []

    def split(self, text: str) -> list[str]:
        """As `regex.Pattern.split`."""
        return self.compiled.split(text) if self.may_match(text) else [text]

    def sub(self, replacement: str | Callable[[regex.Match[str]], str], text: str) -> str:
        """As `regex.Pattern.sub`."""
        return self.compiled.sub(replacement, text) if self.may_match(text) else text


def filtered(pattern: str, flags: int = 0) -> Filtered:
    """Compile a pattern with its filter."""
    return Filtered(pattern, flags)


@lru_cache(maxsize=8)
def _lowered(text: str) -> str:
    return text.lower()
