"""Whether text reads as Vietnamese: the share of its words that have the form of a Vietnamese syllable.

Text layers with broken fonts and files in the wrong encoding fall far below real text.
"""

from __future__ import annotations

import re
from collections import Counter

from schemas.syllables import is_syllable

WORD = re.compile(r"[^\W\d_]+")
MIN_SHARE = 0.7
MIN_MARKED_SHARE = 0.3
MIN_WORDS = 20


def syllable_share(text: str) -> float | None:
    """The share of lower-case words that are formed like Vietnamese syllables; None with too few words to tell."""
    return _share_of_syllables(counted_words(text))


def counted_words(text: str) -> Counter[str]:
    """How often each word stands in a text. Text has few different tokens, and each is cut into words once."""
    counted: Counter[str] = Counter()
    for token, n in Counter(text.split()).items():
        for word in WORD.findall(token):
            counted[word] += n
    return counted


def looks_vietnamese(text: str) -> bool:
    """Text that reads as Vietnamese: its words are syllables, and a good part of them carries marks."""
    words = counted_words(text)
    share = _share_of_syllables(words)
    if share is None:
        return True
    marked = sum(n for word, n in words.items() if not word.isascii()) / words.total()
    return share >= MIN_SHARE and marked >= MIN_MARKED_SHARE


def _share_of_syllables(words: Counter[str]) -> float | None:
    """Of words with how often each stands: text has few different words, and each is judged once."""
    counted = {word: n for word, n in words.items() if not word.isupper()}
    total = sum(counted.values())
    if total < MIN_WORDS:
        return None
    return sum(n for word, n in counted.items() if is_syllable(word)) / total
