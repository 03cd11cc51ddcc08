"""What a pattern tells of its matches before any is looked for: what all hold (`needed`) and begin with (`heads`).

Both are worked out from the parse that Python's own `re` makes of the pattern. Where it knows less than `regex`, or its
parser is not where it was, nothing is told, and nothing is filtered.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import regex

try:
    from re import _constants as tokens
    from re import _parser as parser
except ImportError:  # another Python keeps them elsewhere: all patterns work, without filter
    parser = None

MOST = 40
"""More runs than this take as long to look for as the pattern itself."""
MOST_RUNS, MOST_ASKED = 80, 4
"""Of a condition: it is checked in less time than a loop takes, and mostly by its first runs."""
LONGEST_HEAD = 12
Parts = Any
"""A pattern as the parser gives it; its class has no public name."""
_PROPERTY = re.compile(r"\\[pP]\{[^{}]*\}")
_NAME = re.compile(r"\(\?P<\w+>")
_EITHER = re.compile(r"\(\?\(\w+\)")
"""A group that depends on whether another one matched: one of two branches, like others."""


class Told(NamedTuple):
    """What is known of a pattern's matches. `needed`: the code of their condition, empty where nothing can be told;
    `branches`: the same of each branch; `heads`: what they begin with; `wide`: whether none is empty."""

    needed: str
    heads: tuple[str, ...]
    wide: bool
    branches: tuple[str, ...]


def told_by(pattern: str, flags: int) -> Told | None:
    """What a pattern tells; None where Python's `re` does not understand it. `flags`: those that it was compiled to."""
    parts = parsed(pattern, flags)
    if parts is None:
        return None
    any_case = bool(flags & regex.IGNORECASE)
    needed = _all_of(_said_by_parts(parts, any_case))
    return Told(needed.code if needed else "", _heads(_heads_of_parts(parts), any_case), _is_wide(parts), ())


def told_by_branches(branches: Sequence[str], flags: int, any_case: bool) -> Told | None:
    """What the alternative of some patterns tells, each of which is looked into once."""
    found = [parsed(branch, flags) for branch in branches]
    if not all(parts is not None and _has_flags(parts, flags) for parts in found):
        return None
    said = [_all_of(_said_by_parts(parts, any_case)) for parts in found]
    either = _any_of(said)
    begun = _followed(NOTHING, set().union(*map(_heads_of_parts, found)))
    codes = tuple(one.code if one else "" for one in said)
    return Told(either.code if either else "", _heads(begun, any_case), all(map(_is_wide, found)), codes)


@lru_cache(maxsize=256)
def parsed(pattern: str, flags: int) -> Parts | None:
    """The parts of a pattern; None where Python's `re` does not understand it. A rule's are asked for twice."""
    if parser is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            plain = _EITHER.sub("(?:", _NAME.sub("(?:", _PROPERTY.sub(r"\\w", pattern)))
            return parser.parse(plain, int(flags) & re.VERBOSE.value)
    except (re.error, RecursionError, OverflowError):  # `regex` knows more than `re`
        return None


def condition(code: str) -> Callable[[str], bool]:
    """Whether a text may hold a match, asked of the runs of letters that matches hold (of the text in small letters
    where case does not count).

    It is made as Python code, for it is asked some ten thousand times a document: `"a" in seen` costs a third of a
    call in a loop.
    """
    return eval(f"lambda seen: {code}")  # the code holds but runs of letters


def _has_flags(parts: Parts, flags: int) -> bool:
    """Whether a pattern has no flags of its own: what it says holds under them alone, and not in an alternative."""
    return parts.state.flags & ~re.UNICODE.value == flags & re.VERBOSE.value


def _is_wide(parts: Parts) -> bool:
    return parts.getwidth()[0] > 0


def _heads(begun: set[Head], any_case: bool) -> tuple[str, ...]:
    """Runs of letters with one of which every match begins, in small letters where case does not count; none where
    that cannot be told."""
    found = {head.lower() for head, _ in begun} if any_case else {head for head, _ in begun}
    if len(found) > 1:
        found = {head for head in found if not any(head.startswith(other) and other != head for other in found)}
    return tuple(sorted(found)) if len(found) <= MOST and all(map(_says_enough, found)) else ()


def _says_enough(run: str) -> bool:
    """A single letter stands nearly everywhere; a sign like `/` does not."""
    return len(run) > 1 or bool(run and not (run.isalnum() or run.isspace()))


class Said(NamedTuple):
    """What matches are known to hold: as code, how much the shortest run in it says, and how many are looked for."""

    code: str
    least: int
    runs: int


def _all_of(parts: Iterable[Said | None]) -> Said | None:
    """What all of several parts hold: what says most is asked first, and no more of it than pays."""
    known = sorted(filter(None, dict.fromkeys(parts)), key=lambda said: (-said.least, said.runs))[:MOST_ASKED]
    code = " and ".join(said.code if said.runs == 1 else f"({said.code})" for said in known)
    return Said(code, known[0].least, known[0].runs) if known else None


def _any_of(branches: Iterable[Said | None]) -> Said | None:
    """What one of several parts holds: nothing where that is not known of each, or too much to ask for."""
    found = list(dict.fromkeys(branches))
    if not all(found) or sum(said.runs for said in found) > MOST_RUNS:
        return None
    code = " or ".join(said.code for said in found)
    return Said(code, min(said.least for said in found), max(2, sum(said.runs for said in found)))


def _said_by_parts(parts: Parts, any_case: bool) -> Iterator[Said | None]:
    run = ""
    for kind, value in parts.data:  # in the list itself: the parser's class looks each up in Python
        if kind is tokens.LITERAL:
            run += chr(value)
        elif kind is not tokens.AT:  # an edge between letters breaks no run
            yield _said_by_run(run, any_case)
            run = ""
            yield _said_by_part(kind, value, any_case)
    yield _said_by_run(run, any_case)


def _said_by_run(run: str, any_case: bool) -> Said | None:
    run = run.lower() if any_case else run
    return Said(f"{run!r} in seen", min(4, len(run)), 1) if _says_enough(run) else None


def _said_by_part(kind: object, value: object, any_case: bool) -> Said | None:
    if kind is tokens.SUBPATTERN:
        _, added_flags, _, parts = value
        return None if added_flags & re.IGNORECASE else _all_of(_said_by_parts(parts, any_case))
    if kind is tokens.ATOMIC_GROUP:
        return _all_of(_said_by_parts(value, any_case))
    if kind is tokens.ASSERT and value[0] > 0:
        return _all_of(_said_by_parts(value[1], any_case))
    if kind in (tokens.MAX_REPEAT, tokens.MIN_REPEAT, tokens.POSSESSIVE_REPEAT) and value[0] > 0:
        return _all_of(_said_by_parts(value[2], any_case))
    if kind is tokens.BRANCH:
        return _any_of([_all_of(_said_by_parts(branch, any_case)) for branch in value[1]])
    if kind is tokens.IN and all(part is tokens.LITERAL for part, _ in value):
        return _any_of([_said_by_run(chr(code), any_case) for _, code in value])
    return None


Head = tuple[str, bool]
"""What a match may begin with, and whether the parts that follow are known to stand right behind it."""
ANY: set[Head] = {("", False)}
NOTHING: set[Head] = {("", True)}


def _heads_of_parts(parts: Parts) -> set[Head]:
    found, run = NOTHING, ""
    for kind, value in parts.data:
        if kind is tokens.LITERAL:
            run += chr(value)
            continue
        if run:
            found, run = _run_on(found, run), ""
        if not any(goes_on for _, goes_on in found):
            return found
        if (by := _heads_of_part(kind, value)) is not NOTHING:
            found = _followed(found, by)
    return _run_on(found, run) if run else found


def _run_on(found: set[Head], run: str) -> set[Head]:
    """Each head with the letters that follow it, as far as a head goes."""
    return {
        ((longer := (head + run)[:LONGEST_HEAD]), len(longer) < LONGEST_HEAD) if goes_on else (head, False)
        for head, goes_on in found
    }


def _followed(found: set[Head], by: set[Head]) -> set[Head]:
    """Each head with what may follow it; where that grows too many or too long, as it is."""
    longer = {
        (head + more, goes_on and len(head + more) < LONGEST_HEAD)
        for head, open_ in found
        if open_
        for more, goes_on in by
    } | {(head, False) for head, open_ in found if not open_}
    return longer if len(longer) <= MOST else {(head, False) for head, _ in found}


def _heads_of_part(kind: object, value: object) -> set[Head]:
    """What a part may begin with; parts without width say nothing of what follows."""
    if kind is tokens.LITERAL:
        return {(chr(value), True)}
    if kind in (tokens.AT, tokens.ASSERT, tokens.ASSERT_NOT):
        return NOTHING
    if kind is tokens.SUBPATTERN:
        _, added_flags, _, parts = value
        return ANY if added_flags & re.IGNORECASE else _heads_of_parts(parts)
    if kind is tokens.ATOMIC_GROUP:
        return _heads_of_parts(value)
    if kind is tokens.BRANCH:
        return set().union(*(_heads_of_parts(branch) for branch in value[1]))
    if kind is tokens.IN and len(value) <= MOST and all(part is tokens.LITERAL for part, _ in value):
        return {(chr(code), True) for _, code in value}
    if kind in (tokens.MAX_REPEAT, tokens.MIN_REPEAT, tokens.POSSESSIVE_REPEAT):
        least, most, parts = value
        once = _heads_of_parts(parts)
        if most != 1:
            once = {(head, False) for head, _ in once}
        return once if least else once | NOTHING
    return ANY
