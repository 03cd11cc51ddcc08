"""Number words (chữ số viết bằng chữ): `mười lăm`, `hai mươi tư`, `một trăm linh năm`, `ba nghìn rưỡi`.

The grammar keeps `năm` (five) and `năm` (year) apart by place: after `mười` or `mươi` five is `lăm`, after `trăm` it
needs `linh` or `lẻ`, so `mười năm` is ten (years) and `một trăm năm mươi` is 150.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import regex

from extractors.rule_files import RULES_DIR, RuleFileError, load_csv
from extractors.values.patterns import LEFT, RIGHT, compiled
from schemas.filtered import in_small_letters

FILE = "number_words.csv"
ROLES = (
    "one", "tail", "never_after_tens", "zero", "ten", "tens", "tens_alone", "hundred", "after_hundred", "half", "scale",
    "alone",
)  # fmt: skip
"""What a word may be in a number: `tail` a one behind tens or a zero, `never_after_tens` no such one behind tens,
`zero` between a hundred and a one, `ten` (mười), `tens` (mươi) behind a one, `tens_alone` (chục) with nothing behind,
`after_hundred` so many more behind a hundred, `half` of what stands before, `alone` a number by itself (một and năm are
other words, too)."""
BETWEEN = ("filler", "no_hundreds")
"""What states nothing and only stands among the words of a sum that is spelled whole: a `filler`, and `no_hundreds`
before a hundred, whose place it holds (không trăm)."""


def load_number_words(folder: Path = RULES_DIR) -> dict[str, dict[str, int]]:
    """Value by word, for each role. Raises RuleFileError."""
    roles: dict[str, dict[str, int]] = {role: {} for role in (*ROLES, *BETWEEN)}
    for row in load_csv(FILE, ("word", "role", "value"), ("word", "role"), folder=folder):
        if row["role"] not in roles or not row["value"].isdigit():
            raise RuleFileError(
                f"{FILE}, word {row['word']!r}: unknown role {row['role']!r} or no number {row['value']!r}"
            )
        roles[row["role"]][row["word"]] = int(row["value"])
    return roles


_BY_ROLE = load_number_words()
_ONES, _ZERO, SCALES = _BY_ROLE["one"], _BY_ROLE["zero"], _BY_ROLE["scale"]
ALONE = frozenset(_BY_ROLE["alone"])
_TAIL = _ONES | _BY_ROLE["tail"]
_TEN, _TENS, _TENS_ALONE = _BY_ROLE["ten"], _BY_ROLE["tens"], _BY_ROLE["tens_alone"]
_HUNDRED, _AFTER_HUNDRED, _HALF = _BY_ROLE["hundred"], _BY_ROLE["after_hundred"], _BY_ROLE["half"]
_FILLER, _NO_HUNDREDS = _BY_ROLE["filler"], _BY_ROLE["no_hundreds"]
_WORDS = sorted({word for role in ROLES for word in _BY_ROLE[role]})
# A run of number words, at most thirty: `chín trăm chín mươi chín triệu … đồng`.
RUN = compiled(rf"{LEFT}(?:{'|'.join(_WORDS)})(?:␣(?:{'|'.join(_WORDS)})){{0,29}}{RIGHT}")


def runs(text: str) -> Iterator[regex.Match[str]]:
    """The runs of number words in a text, as `RUN` finds them."""
    lowered = in_small_letters(text)
    if len(lowered) != len(text):
        yield from RUN.finditer(text)
        return
    end = 0
    for at in _beginnings(lowered):
        if at >= end and (run := RUN.match(text, at)):
            end = run.end()
            yield run


def _beginnings(lowered: str) -> list[int]:
    """Where a run may begin, in order: looked for word by word, twice as fast as by one pattern of all."""
    found = set()
    for word in _WORDS:
        at = lowered.find(word)
        while at >= 0:
            if not at or not lowered[at - 1].isalnum():
                found.add(at)
            at = lowered.find(word, at + len(word))
    return sorted(found)


def read(words: list[str]) -> tuple[int, int]:
    """The value that the longest lawful beginning of `words` states, and how many words it takes (0: none)."""
    total, used, limit = 0, 0, 10**12
    at = 0
    while at < len(words):
        group, length = _below_thousand(words[at:])
        if not length:
            break
        after = at + length
        scale = SCALES.get(words[after]) if after < len(words) else None
        if scale is None or scale >= limit:
            if used and not _may_close(words[at : at + length], limit):
                break
            return total + group, after
        total, limit, at = total + group * scale, scale, after + 1
        used = at
        if at < len(words) and words[at] in _HALF:
            return total + scale // 2, at + 1
    return total, used


def read_whole(words: list[str]) -> int | None:
    """The value that all of `words` state (`sáu tỷ một trăm linh năm triệu`); None where some state no number."""
    rest = [word for at, word in enumerate(words) if word not in _FILLER and not _no_hundreds(words, at)]
    total, limit = 0, 10**16
    while rest:
        value, used = read(rest)
        scaled = used > 0 and (rest[used - 1] in SCALES or rest[used - 1] in _HALF)
        if used and used < len(rest) and rest[used] in SCALES:  # "một nghìn hai trăm tỷ"
            value, scaled, used = value * SCALES[rest[used]], True, used + 1
        if not used or value >= limit or (used < len(rest) and not scaled):
            return None
        total, limit = total + value, SCALES.get(rest[used - 1], 1)
        rest = rest[used:]
    return total or None


def _no_hundreds(words: list[str], at: int) -> bool:
    """Whether a word belongs to `không trăm`, which holds the place of hundreds and adds nothing."""
    return any(
        first in _NO_HUNDREDS and second in _HUNDRED for first, second in pairwise(words[max(0, at - 1) : at + 2])
    )


def _may_close(words: list[str], limit: int) -> bool:
    """Whether a last group may stand without scale: `hai nghìn năm trăm` yes, `hai nghìn năm` (years) no."""
    return len(words) > 1 and limit == 1_000


def _below_thousand(words: list[str]) -> tuple[int, int]:
    """Hundreds, tens and ones at the head of `words`."""
    if len(words) > 1 and words[0] in _ONES and words[1] in _HUNDRED:
        value = _ONES[words[0]] * 100
        if len(words) > 2 and words[2] in _HALF:
            return value + 50, 3
        if len(words) > 3 and words[2] in _ZERO and words[3] in _TAIL:
            return value + _TAIL[words[3]], 4
        if len(words) > 2 and words[2] in _AFTER_HUNDRED:
            return value + _AFTER_HUNDRED[words[2]], 3
        tens, length = _tens(words[2:])
        return value + tens, 2 + length
    tens, length = _tens(words)
    if length:
        return tens, length
    if words[0] in _ZERO and len(words) > 1 and words[1] in _TAIL:
        return _TAIL[words[1]], 2
    return (_ONES[words[0]], 1) if words[0] in _ONES else (0, 0)


def _tens(words: list[str]) -> tuple[int, int]:
    """`mười lăm`, `hai mươi tư`, `ba chục`; five after a ten is `lăm`, never `năm`."""
    if not words:
        return 0, 0
    if words[0] in _TEN:
        value, used = 10, 1
    elif len(words) > 1 and words[0] in _ONES and (words[1] in _TENS or words[1] in _TENS_ALONE):
        value, used = _ONES[words[0]] * 10, 2
        if words[1] in _TENS_ALONE:
            return value, used
    else:
        return 0, 0
    if len(words) > used and words[used] in _TAIL and words[used] not in _BY_ROLE["never_after_tens"]:
        return value + _TAIL[words[used]], used + 1
    return value, used
