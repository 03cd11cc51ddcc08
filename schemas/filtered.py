"""Patterns with a cheap filter before them: a search that cannot succeed costs a look for a few letters.

Officialese is searched by some hundred patterns, nearly all of them in vain. What a pattern cannot match without, and
what its matches begin with, is worked out from the pattern itself (`pattern_parts`). Where nothing needed stands in the
text, the costly search is left out; where the beginnings are known, it is made only where one stands. Results are the
same as those of the pattern alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heapreplace

import regex

from schemas.known_patterns import compiled, kept
from schemas.pattern_parts import Told, condition, told_by, told_by_branches

LONG_TEXT = 5000
FEWEST_BRANCHES = 3
"""Of so many some can nearly always be left out."""
HELD = False
"""For `concurrent` of `regex`: a search in a clause is over sooner than Python's lock is let go and taken again."""


class Branch:
    """One of the patterns that another one joins, compiled when it is first tried."""

    __slots__ = ("compiled", "condition", "flags", "pattern")

    def __init__(self, pattern: str, flags: int, needed: str) -> None:
        self.pattern, self.flags, self.condition = pattern, flags, _when_asked(self, needed)
        self.compiled: regex.Pattern[str] | None = None

    def ready(self) -> regex.Pattern[str]:
        """The compiled pattern."""
        self.compiled = self.compiled or compiled(self.pattern, self.flags)
        return self.compiled


class Filtered:
    """A compiled pattern of `regex` that is asked only where it may match. Has the methods of a pattern.

    `branches`: the patterns of which it is the alternative. Each is looked for sooner alone than all are together, and
    where a text holds what one needs, it seldom holds what the others need.
    """

    __slots__ = ("any_case", "branches", "compiled", "condition", "heads", "pattern", "piece")

    def __init__(self, pattern: str, flags: int = 0, branches: Sequence[str] = ()) -> None:
        self.compiled = compiled(pattern, flags)
        self.pattern = pattern
        self.any_case = bool(self.compiled.flags & regex.IGNORECASE)
        self.piece = _small if self.any_case else _cut
        known = _told(pattern, self.compiled.flags, branches, flags)
        self.condition = _when_asked(self, known.needed if known else "")
        self.heads = known.heads if known else ()
        apart = known is not None and known.wide and not self.heads and len(branches) >= FEWEST_BRANCHES
        of_branches = zip(branches, known.branches, strict=True) if apart else ()
        self.branches = tuple(Branch(branch, flags, needed) for branch, needed in of_branches)

    def may_match(self, text: str, pos: int = 0, endpos: int | None = None) -> bool:
        """Whether the text holds what every match of the pattern holds."""
        return self.condition is None or self.condition(self.piece(text, pos, endpos))

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.search`."""
        if self.condition and not self.condition(self.piece(text, pos, endpos)):
            return None
        if self.heads:
            return next(self._from_heads(text, pos, endpos), None)
        if self.branches:
            first = self._first(text, pos, endpos)
            return None if first is None else self.compiled.match(text, first, endpos, HELD)
        return self.compiled.search(text, pos, endpos, HELD)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.match`; most fail at their first letter, and sooner than a filter could. Those that may
        begin with anything look far."""
        if self.heads or (endpos is None and len(text) > LONG_TEXT):
            return self.compiled.match(text, pos, endpos, HELD)
        if self.condition and not self.condition(self.piece(text, pos, endpos)):
            return None
        if self.branches and not any(one.match(text, pos, endpos, HELD) for one in self._viable(text, pos, endpos)):
            return None
        return self.compiled.match(text, pos, endpos, HELD)

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text, pos, endpos, HELD)

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterable[regex.Match[str]]:
        """As `regex.Pattern.finditer`."""
        if self.condition and not self.condition(self.piece(text, pos, endpos)):
            return ()
        return self.found_in(text, pos, endpos)

    def found_in(self, text: str, pos: int, endpos: int | None) -> Iterable[regex.Match[str]]:
        """The same where the text is known to hold what a match holds."""
        if self.heads:
            return self._from_heads(text, pos, endpos)
        if self.branches:
            return self._from_branches(text, pos, endpos)
        return self.compiled.finditer(text, pos, endpos, False, HELD)

    def _viable(self, text: str, pos: int, endpos: int | None) -> list[regex.Pattern[str]]:
        """The branches of which the text holds what their matches hold."""
        seen = self.piece(text, pos, endpos)
        return [one.compiled or one.ready() for one in self.branches if one.condition is None or one.condition(seen)]

    def _first(self, text: str, pos: int, endpos: int | None) -> int | None:
        """Where the first match of any branch begins."""
        found = [one.search(text, pos, endpos, HELD) for one in self._viable(text, pos, endpos)]
        return min((match.start() for match in found if match), default=None)

    def _from_branches(self, text: str, pos: int, endpos: int | None) -> Iterator[regex.Match[str]]:
        """Try the pattern where a branch matches alone; each is looked for on its own."""
        viable = self._viable(text, pos, endpos)
        places = [
            (found.start(), at) for at, one in enumerate(viable) if (found := one.search(text, pos, endpos, HELD))
        ]
        match_at, end = self.compiled.match, pos
        heapify(places)
        while places:
            start, at = places[0]
            if start >= end:
                match = match_at(text, start, endpos, HELD)
                yield match
                end = match.end()
            if found := viable[at].search(text, end, endpos, HELD):
                heapreplace(places, (found.start(), at))
            else:
                heappop(places)

    def _from_heads(self, text: str, pos: int, endpos: int | None) -> Iterator[regex.Match[str]]:
        """Try the pattern where a head stands."""
        seen = text
        if self.any_case:
            seen = in_small_letters(text)
            if len(seen) != len(text):
                yield from self.compiled.finditer(text, pos, endpos, False, HELD)
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
            if at >= end and (match := match_at(text, at, endpos, HELD)):
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


def _told(pattern: str, compiled_flags: int, branches: Sequence[str], flags: int) -> Told | None:
    """What is known of a pattern, or of the alternative of its branches."""

    def work() -> tuple | None:
        if branches:
            told = told_by_branches(branches, flags, bool(compiled_flags & regex.IGNORECASE))
        else:
            told = told_by(pattern, compiled_flags)
        return tuple(told) if told else None

    key = ("either", int(flags), *branches) if branches else ("alone", pattern)
    known = kept().get((*key, int(compiled_flags)), work)
    return Told(*known) if known else None


def _when_asked(item: Branch | Filtered, needed: str) -> Callable[[str], bool] | None:
    """The condition, made when it is first asked: a plan asks half of them, and their code takes time to compile."""
    if not needed:
        return None

    def ask(seen: str) -> bool:
        if item.condition is ask:  # who took it before may ask again
            item.condition = condition(needed)
        return item.condition(seen)

    return ask


def filtered(pattern: str, flags: int = 0) -> Filtered:
    """Compile a pattern with its filter."""
    return Filtered(pattern, flags)


def any_of_these(patterns: Sequence[str], flags: int = 0) -> Filtered:
    """Compile the alternative of some patterns, the first of which that matches at a place counts there."""
    return Filtered("|".join(f"(?:{pattern})" for pattern in patterns), flags, patterns)


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


def in_small_letters(text: str) -> str:
    """The text in small letters; of the long one that all is looked for in they are made once."""
    return _lowered(text) if len(text) > LONG_TEXT else text.lower()


@lru_cache(maxsize=8)
def _lowered(text: str) -> str:
    return text.lower()
