"""What a pattern tells of its matches before any is looked for: what each holds (`needs`) and begins with (`heads`).

Both are worked out from the parse that Python's own `re` makes of the pattern. Where it knows less than `regex`, or its
parser is not where it was, nothing is told, and nothing is filtered.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator

import regex

try:
    from re import _constants as tokens
    from re import _parser as parser
except ImportError:  # another Python keeps them elsewhere: all patterns work, without filter
    parser = None

MOST = 40
"""More runs than this take as long to look for as the pattern itself."""
LONGEST_HEAD = 12
_PROPERTY = re.compile(r"\\[pP]\{[^{}]*\}")
_NAME = re.compile(r"\(\?P<\w+>")


def parsed(pattern: str, flags: int) -> Iterable | None:
    """The parts of a pattern; None where Python's `re` does not understand it."""
    if parser is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            plain = _NAME.sub("(?:", _PROPERTY.sub(r"\\w", pattern))
            return parser.parse(plain, flags & regex.VERBOSE)
    except (re.error, RecursionError, OverflowError):  # `regex` knows more than `re`
        return None


def needs(parts: Iterable, any_case: bool) -> tuple[str, ...]:
    """Runs of letters of which every match holds at least one, in small letters where case does not count; none where
    that cannot be told."""
    found = _needs_of_sequence(parts)
    if any_case:
        found = {need.lower() for need in found}
    chosen = {need for need in found if not any(other in need and other != need for other in found)}
    return tuple(sorted(chosen)) if len(chosen) <= MOST and all(map(_says_enough, chosen)) else ()


def heads(parts: Iterable, any_case: bool) -> tuple[str, ...]:
    """Runs of letters with one of which every match begins, in small letters where case does not count; none where
    that cannot be told."""
    found = {head for head, _ in _heads_of_sequence(parts)}
    if any_case:
        found = {head.lower() for head in found}
    chosen = {head for head in found if not any(head.startswith(other) and other != head for other in found)}
    return tuple(sorted(chosen)) if len(chosen) <= MOST and all(map(_says_enough, chosen)) else ()


def _says_enough(run: str) -> bool:
    """A single letter stands nearly everywhere; a sign like `/` does not."""
    return len(run) > 1 or bool(run and not (run.isalnum() or run.isspace()))


def _needs_of_sequence(sequence: Iterable) -> set[str]:
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
        yield _needs_of_part(kind, value)
    if run:
        yield {run}


def _needs_of_part(kind: object, value: object) -> set[str]:
    if kind is tokens.SUBPATTERN:
        _, added_flags, _, parts = value
        return set() if added_flags & re.IGNORECASE else _needs_of_sequence(parts)
    if kind is tokens.ATOMIC_GROUP:
        return _needs_of_sequence(value)
    if kind in (tokens.MAX_REPEAT, tokens.MIN_REPEAT, tokens.POSSESSIVE_REPEAT) and value[0] > 0:
        return _needs_of_sequence(value[2])
    if kind is tokens.BRANCH:
        branches = [_needs_of_sequence(branch) for branch in value[1]]
        return set().union(*branches) if all(branches) else set()
    return set()


Head = tuple[str, bool]
"""What a match may begin with, and whether the parts that follow are known to stand right behind it."""
ANY: set[Head] = {("", False)}
NOTHING: set[Head] = {("", True)}


def _heads_of_sequence(sequence: Iterable) -> set[Head]:
    found = NOTHING
    for kind, value in sequence:
        if not any(goes_on for _, goes_on in found):
            break
        found = _followed(found, _heads_of_part(kind, value))
    return found


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
        return ANY if added_flags & re.IGNORECASE else _heads_of_sequence(parts)
    if kind is tokens.ATOMIC_GROUP:
        return _heads_of_sequence(value)
    if kind is tokens.BRANCH:
        return set().union(*(_heads_of_sequence(branch) for branch in value[1]))
    if kind is tokens.IN and len(value) <= MOST and all(part is tokens.LITERAL for part, _ in value):
        return {(chr(code), True) for _, code in value}
    if kind in (tokens.MAX_REPEAT, tokens.MIN_REPEAT, tokens.POSSESSIVE_REPEAT):
        least, most, parts = value
        once = _heads_of_sequence(parts)
        if most != 1:
            once = {(head, False) for head, _ in once}
        return once if least else once | NOTHING
    return ANY
