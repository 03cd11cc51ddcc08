"""Whether text reads as Vietnamese: the share of its words that have the form of a Vietnamese syllable.

A syllable (âm tiết) is an initial consonant, a vowel group with at most one tone, and a final consonant, all from short
closed lists. Text layers with broken fonts and files in the wrong encoding fall far below real text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INITIALS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdđghklmnprstvx]"
VOWELS = (
    "oai|oay|oeo|uai|uay|uây|uya|uyê|uyu|iêu|yêu|ươi|ươu|uôi|oao|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|yê|ya|"
    "[aăâeêioôơuưy]"
)
FINALS = "ch|ng|nh|[cmnpt]"
SYLLABLE = re.compile(rf"(?:{INITIALS})?(?:{VOWELS})(?:{FINALS})?")
WORD = re.compile(r"[^\W\d_]+")
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
MIN_SHARE = 0.7
MIN_MARKED_SHARE = 0.3
MIN_WORDS = 20


def syllable_share(text: str) -> float | None:
    """The share of lower-case words that are formed like Vietnamese syllables; None with too few words to tell."""
    words = [w for w in WORD.findall(text) if not w.isupper()]
    if len(words) < MIN_WORDS:
        return None
    return sum(is_syllable(w) for w in words) / len(words)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """`word` has the form of one Vietnamese syllable, whatever its tone."""
    toneless = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(TONES))
    return SYLLABLE.fullmatch(toneless) is not None


def looks_vietnamese(text: str) -> bool:
    """Text that reads as Vietnamese: its words are syllables, and a good part of them carries marks."""
    share = syllable_share(text)
    if share is None:
        return True
    words = WORD.findall(text)
    marked = sum(not w.isascii() for w in words) / len(words)
    return share >= MIN_SHARE and marked >= MIN_MARKED_SHARE
