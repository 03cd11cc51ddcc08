"""Folding of Vietnamese spelling, for matching only: the text itself is never rewritten.

Every function keeps the length of NFC text, so that offsets into the folded text are offsets into the text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng


def _tone_pairs() -> dict[str, str]:
    """New placement of the tone mark to the old one: `oà` to `òa`, `uỷ` to `ủy`."""
    pairs = {}
    for glide, vowel in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES:
            new = glide + unicodedata.normalize("NFC", vowel + tone)
            pairs[new] = unicodedata.normalize("NFC", glide + tone) + vowel
    return pairs


_PAIRS = _tone_pairs()
# Signs that stand for one another: hyphens, quotes, apostrophes, blanks; Eth is what scans give for Đ.
_SIGNS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‘’`´", "'")
    | dict.fromkeys("\u00a0\u2007\u202f\u2009\t", " ")
    | {"Ð": "đ", "ð": "đ"}
)


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(text: str) -> str:
    """Lower case, old tone placement, plain hyphens, quotes and blanks. `len(fold(t)) == len(t)`."""
    text = _lower(text.translate(_SIGNS))
    for new, old in _PAIRS.items():
        if new in text:
            # `quý` and `khuyến`: after q, the u belongs to the consonant and the tone stays where it is.
            text = text.replace("q" + new, "q\0").replace(new, old).replace("q\0", "q" + new)
    return text


@lru_cache(maxsize=4096)
def _bare_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0]
    return base if len(base) == 1 else char


def bare(text: str) -> str:
    """`fold` without any mark on the letters (`chủ tịch` to `chu tich`), for scans. Keeps the length."""
    folded = fold(text)
    return folded if folded.isascii() else "".join(c if c < "\x80" else _bare_char(c) for c in folded)


def key(text: str) -> str:
    """A key for looking names up: folded, hyphens and runs of blanks as one blank. Does not keep the length."""
    return " ".join(fold(unicodedata.normalize("NFC", text)).replace("-", " ").replace("'", "").split())


def bare_key(text: str) -> str:
    """`key` without marks on the letters."""
    return bare(key(text))
