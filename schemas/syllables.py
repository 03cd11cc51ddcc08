"""The form of a Vietnamese syllable (âm tiết): an initial consonant, a vowel group with at most one tone, and a final
consonant, all from short closed lists. Misread and misspelt words, and words of broken fonts, seldom have it.
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
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """`word` has the form of one Vietnamese syllable, whatever its tone."""
    toneless = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(TONES))
    return SYLLABLE.fullmatch(toneless) is not None
