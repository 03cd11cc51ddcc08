"""Sums said twice, in figures and in words: `250 triệu đồng (Hai trăm năm mươi triệu đồng)`.

Where both agree the words add nothing; where they differ nobody can tell which is meant, so that the sum is doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from extractors.cues import cues
from extractors.values.money import Amount, find_amounts
from extractors.values.words import read_whole

CUES = cues("funding_cues.yaml")
SPELLED, IN_BRACKET = CUES.naming("spelled", "words", "ends"), CUES.naming("spelled_in_bracket", "words", "ends")
SAYS_WORDS = CUES["says_words"]
WORD = regex.compile(r"\p{L}+")
REACH, GAP = 60, 2


BRACKET = CUES["bracket_of_sum"]
BRACKET_REACH = 240
"""So far back may such a bracket begin: no sum takes more words."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A sum in figures and the words behind it. `start`..`end` holds both, `words_start` is where the words begin;
    `words` is None where they state no number."""

    start: int
    end: int
    words_start: int
    figures: int
    words: int | None

    @property
    def differs(self) -> bool:
        """Whether the words say another sum than the figures."""
        return self.words is not None and self.words != self.figures


@lru_cache(maxsize=8)
def spelled_amounts(text: str) -> tuple[Spelled, ...]:
    """The sums of a text that words behind them say again."""
    found = []
    spelled = SPELLED if SAYS_WORDS.search(text) else IN_BRACKET  # which is found ten times as fast
    for match in spelled.finditer(text):
        if match.group().startswith("(") and not match["ends"] and not SAYS_WORDS.search(match.group()):
            continue  # "90 triệu đồng (mười triệu đồng/hộ)", "(hai triệu đồng và giấy khen)" tell something else
        amount = amount_before(text, match.start())
        if amount is not None:
            words = read_whole([word.lower() for word in WORD.findall(match["words"])])
            found.append(Spelled(amount.start, match.end(), match.start(), amount.amount_vnd, words))
    return tuple(found)


def amount_before(text: str, at: int) -> Amount | None:
    """The sum in figures that ends right before a place."""
    near = [a for a in find_amounts(text, max(0, at - REACH), at) if a.amount_vnd and at - a.end <= GAP]
    return near[-1] if near and has_digits(near[-1]) else None


def has_digits(amount: Amount) -> bool:
    """Whether a sum is written in figures."""
    return any(c.isdigit() for c in amount.text)


def is_disputed(text: str, amount: Amount) -> bool:
    """Whether the words behind a sum say another one."""
    return any(s.differs and s.start <= amount.number_start < s.end for s in spelled_amounts(text))


def only_spells(text: str, start: int, amount: Amount) -> bool:
    """Whether a sum in words only says again the one in figures before it, in a bracket of the clause that begins at
    `start` or behind `bằng chữ`."""
    if has_digits(amount):
        return False
    if BRACKET.search(text, max(start, amount.start - BRACKET_REACH), amount.start):
        return True
    return any(s.words_start <= amount.start < s.end for s in spelled_amounts(text))
