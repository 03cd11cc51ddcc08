"""Whether text reads as Vietnamese: the share of its words that have the form of a Vietnamese syllable.

Text layers with broken fonts and files in the wrong encoding fall far below real text.
"""

from __future__ import annotations

import re

from schemas.syllables import is_syllable

WORD = re.compile(r"[^\W\d_]+")
MIN_SHARE = 0.7
MIN_MARKED_SHARE = 0.3
MIN_WORDS = 20


def syllable_share(text: str) -> float | None:
    """The share of lower-case words that are formed like Vietnamese syllables; None with too few words to tell."""
    words = [w for w in WORD.findall(text) if not w.isupper()]
    if len(words) < MIN_WORDS:
        return None
    return sum(is_syllable(w) for w in words) / len(words)


def looks_vietnamese(text: str) -> bool:
    """Text that reads as Vietnamese: its words are syllables, and a good part of them carries marks."""
    share = syllable_share(text)
    if share is None:
        return True
    words = WORD.findall(text)
    marked = sum(not w.isascii() for w in words) / len(words)
    return share >= MIN_SHARE and marked >= MIN_MARKED_SHARE
