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

from schemas.pattern_parts import condition, heads, parsed

LONG_TEXT = 5000


class Filtered:
    """A compiled pattern of `regex` that is asked only where it may match. Has the methods of a pattern."""

    __slots__ = ("any_case", "compiled", "condition", "heads", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.compiled = regex.compile(pattern, flags)
        self.pattern = pattern
        self.any_case = bool(self.compiled.flags & regex.IGNORECASE)
        parts = parsed(pattern, self.compiled.flags)
        self.condition = condition(parts, self.any_case) if parts is not None else None
        self.heads = heads(parts, self.any_case) if parts is not None else ()

    def may_match(self, text: str, pos: int = 0, endpos: int | None = None) -> bool:
        """Whether the text holds what every match of the pattern holds."""
        return self.condition is None or self.condition((_small if self.any_case else _cut)(text, pos, endpos))

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.search`."""
        if self.condition and not self.condition((_small if self.any_case else _cut)(text, pos, endpos)):
            return None
        if not self.heads:
            return self.compiled.search(text, pos, endpos)
        for match in self._from_heads(text, pos, endpos):
            return match
        return None

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterable[regex.Match[str]]:
        """As `regex.Pattern.finditer`."""
        if self.condition and not self.condition((_small if self.any_case else _cut)(text, pos, endpos)):
            return ()
        if not self.heads:
            return self.compiled.finditer(text, pos, endpos)
        return self._from_heads(text, pos, endpos)

    def _from_heads(self, text: str, pos: int, endpos: int | None) -> Iterator[regex.Match[str]]:
        """Try the pattern where a head stands."""
        seen = text
        if self.any_case:
            seen = _lowered(text) if len(text) > LONG_TEXT else text.lower()
            if len(seen) != len(text):
                yield from self.compiled.finditer(text, pos, endpos)
                return
        places = []  # each head with where it comes next
        for head in self.heads:
            at = seen.find(head, pos, endpos)
            if at >= 0:
                places.append((at, head))
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

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.match`; most fail at their first letter, and sooner than a filter could. Those that may
        begin with anything look far."""
        if endpos is not None and not self.heads and not self.may_match(text, pos, endpos):
            return None
        return self.compiled.match(text, pos, endpos)

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text, pos, endpos)

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


def _cut(text: str, pos: int, endpos: int | None) -> str:
    return text[pos:endpos] if pos or endpos is not None else text


def _small(text: str, pos: int, endpos: int | None) -> str:
    """A piece of a text in small letters. Some ten patterns are asked of a piece before the next."""
    global _LAST
    last_text, last_pos, last_endpos, seen = _LAST
    if last_text is not text or last_pos != pos or last_endpos != endpos:
        seen = _lowered(text)[pos:endpos] if len(text) > LONG_TEXT else text[pos:endpos].lower()
        _LAST = text, pos, endpos, seen
    return seen


_LAST: tuple[str, int, int | None, str] = "", 0, None, ""


@lru_cache(maxsize=8)
def _lowered(text: str) -> str:
    return text.lower()
