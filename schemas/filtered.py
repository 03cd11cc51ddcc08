"""Patterns with a cheap filter before them: a search that cannot succeed costs a look for a few letters.

Officialese is searched by some hundred patterns, nearly all of them in vain. What a pattern cannot match without is
worked out from the pattern itself (`needs`): one of a few runs of letters. Where none of them stands in the text the
costly search is left out; where one does, or where nothing can be said of a pattern, it is made. Results are the same.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import regex

try:
    from re import _constants as tokens
    from re import _parser as parser
except ImportError:  # another Python keeps them elsewhere: all patterns work, without filter
    parser = None

MOST = 40
"""More needs than this take as long to look for as the pattern itself."""
LONG_TEXT = 5000
_PROPERTY = re.compile(r"\\[pP]\{[^{}]*\}")
_NAME = re.compile(r"\(\?P<\w+>")


class Filtered:
    """A compiled pattern of `regex` that is asked only where it may match. Has the methods of a pattern."""

    __slots__ = ("any_case", "compiled", "needs", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.compiled = regex.compile(pattern, flags)
        self.pattern = pattern
        self.any_case = bool(self.compiled.flags & regex.IGNORECASE)
        self.needs = needs(pattern, self.compiled.flags)

    def may_match(self, text: str, pos: int = 0, endpos: int | None = None) -> bool:
        """Whether the text holds what every match of the pattern holds."""
        if not self.needs:
            return True
        if self.any_case:
            lowered = _lowered(text) if len(text) > LONG_TEXT else text.lower()
            if len(lowered) != len(text):
                return True
            text = lowered
        for need in self.needs:  # a plain loop: this is asked some ten thousand times a document
            if text.find(need, pos, endpos) >= 0:
                return True
        return False

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.search`."""
        return self.compiled.search(text, pos, endpos) if self.may_match(text, pos, endpos) else None

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.match`; most fail at their first letter, and sooner than a filter could."""
        return self.compiled.match(text, pos, endpos)

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text, pos, endpos)

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterable[regex.Match[str]]:
        """As `regex.Pattern.finditer`."""
        return self.compiled.finditer(text, pos, endpos) if self.may_match(text, pos, endpos) else ()

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


def needs(pattern: str, flags: int) -> tuple[str, ...]:
    """Runs of letters of which every match holds at least one, in small letters where case does not count; none where
    that cannot be told."""
    if parser is None:
        return ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            plain = _NAME.sub("(?:", _PROPERTY.sub(r"\\w", pattern))
            tree = parser.parse(plain, flags & regex.VERBOSE)
    except (re.error, RecursionError, OverflowError):  # `regex` knows more than `re`
        return ()
    found = _of_sequence(tree)
    if flags & regex.IGNORECASE:
        found = {need.lower() for need in found or ()}
    chosen = {need for need in found or () if not any(other in need and other != need for other in found)}
    return tuple(sorted(chosen)) if len(chosen) <= MOST and all(map(_says_enough, chosen)) else ()


def _says_enough(need: str) -> bool:
    """A single letter stands nearly everywhere; a sign like `/` does not."""
    return len(need) > 1 or not (need.isalnum() or need.isspace())


def _of_sequence(sequence: Iterable) -> set[str]:
    """The needs of parts that all must match: those of the part that says most."""
    best: set[str] = set()
    for candidate in _candidates(sequence):
        if candidate and (not best or _weight(candidate) > _weight(best)):
            best = candidate
    return best


def _weight(candidate: set[str]) -> tuple[int, int]:
    """Long needs say more, and few are looked for faster."""
    return min(3, min(map(len, candidate))), -len(candidate)


def _candidates(sequence: Iterable) -> Iterator[set[str]]:
    run = ""
    for kind, value in sequence:
        if kind is tokens.LITERAL:
            run += chr(value)
            continue
        if kind is tokens.AT:  # an edge between letters breaks no run
            continue
        if run:
            yield {run}
            run = ""
        yield _of_part(kind, value)
    if run:
        yield {run}


def _of_part(kind: object, value: object) -> set[str]:
    if kind is tokens.SUBPATTERN:
        _, added_flags, _, parts = value
        return set() if added_flags & re.IGNORECASE else _of_sequence(parts)
    if kind is tokens.ATOMIC_GROUP:
        return _of_sequence(value)
    if kind in (tokens.MAX_REPEAT, tokens.MIN_REPEAT, tokens.POSSESSIVE_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    if kind is tokens.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return set().union(*branches) if all(branches) else set()
    return set()
