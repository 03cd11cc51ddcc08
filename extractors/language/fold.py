"""Folding for matching: the same words in another spelling get the same key. The text itself is never rewritten.

Folded: case, Unicode form, the place of the tone mark (Uỷ = Ủy, hoá = hóa), dashes, quotation marks.
`fold` keeps one character for one character of NFC text, so offsets into folded text hold in the text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_TONES = (
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
    ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
    ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
)  # fmt: skip
_OLD_PLACE = dict(_TONES)
# The mark moves only where the pair ends the syllable: "hoàn", "toán" and "quý" (qu + ý) are spelled in one way.
_TONE_PAIR = regex.compile(
    rf"(?:(?<!q)(?:{'|'.join(new for new, _ in _TONES if new[0] == 'u')})|(?:{'|'.join(new for new, _ in _TONES if new[0] == 'o')}))(?!\p{{L}})"
)
_MARKS = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛`´", "'"), "\xa0": " "}
)


def fold(text: str) -> str:
    """The matching key of a text in NFC: lower case, one tone placement, plain dashes and quotes; same length."""
    lowered = text.translate(_MARKS).lower()
    if len(lowered) != len(text):  # a few foreign letters grow when lowered: leave those as they are
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_MARKS))
    return _TONE_PAIR.sub(lambda m: _OLD_PLACE[m[0]], lowered)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """The matching key of one token, whatever its Unicode form; used as spaCy's NORM."""
    return fold(unicodedata.normalize("NFC", word))
