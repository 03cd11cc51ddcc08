"""Whether text reads as Vietnamese: the share of its words that have the form of a Vietnamese syllable.

Text layers with broken fonts and files in the wrong encoding fall far below real text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from schemas.remembering import Remembered
from schemas.syllables import is_syllable

WORD = re.compile(r"[^\W\d_]+")
MIN_SHARE = 0.7
MIN_MARKED_SHARE = 0.3
MIN_WORDS = 20


class Tally(NamedTuple):
    """How many words there are, with marks, not all in capitals, and of these formed like syllables."""

    words: int
    marked: int
    small: int
    syllables: int

    @property
    def share(self) -> float | None:
        """The share of syllables; None with too few words to tell."""
        return self.syllables / self.small if self.small >= MIN_WORDS else None


MOST = 2**32 - 1
"""A text has fewer words."""
PLACES = (0, 32, 64, 96)


def syllable_share(text: str) -> float | None:
    """The share of lower-case words that are formed like Vietnamese syllables; None with too few words to tell."""
    return tally(text).share


def looks_vietnamese(text: str) -> bool:
    """Text that reads as Vietnamese: its words are syllables, and a good part of them carries marks."""
    told = tally(text)
    return told.share is None or (told.share >= MIN_SHARE and told.marked / told.words >= MIN_MARKED_SHARE)


@lru_cache(maxsize=4)
def tally(text: str) -> Tally:
    """The words of a text. It has few different tokens, and each is looked at once."""
    told = sum(map(COUNTS_ONCE.__getitem__, text.split()))
    return Tally(*(told >> at & MOST for at in PLACES))


def counts_of(token: str) -> int:
    """The tally of one token as one number, its counts at their places: such numbers add up without a loop."""
    words = WORD.findall(token)
    small = [word for word in words if not word.isupper()]
    told = Tally(len(words), sum(not w.isascii() for w in words), len(small), sum(map(is_syllable, small)))
    return sum(count << at for count, at in zip(told, PLACES, strict=True))


COUNTS_ONCE = Remembered(counts_of)
