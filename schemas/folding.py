"""Folding of Vietnamese spelling, for matching only: the text itself is never rewritten.

Every function keeps the length of NFC text, so that offsets into the folded text are offsets into the text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from schemas.remembering import Remembered

TONE_PLACES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
"""Both places of the tone mark in open syllables (hoà, hòa), new to old."""
# The mark moves only where the pair ends the syllable (`hoàn` has one spelling); after q the u is a consonant (`quý`).
_TONE_PAIR = regex.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\p{L})")
LAST_VOWELS = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
"""Both letters for the last vowel of `kỹ`, `lý`, `mỹ`, `tỷ`, `sỹ`: those of `kĩ`, `lí`, `mĩ`, `tỉ`, `sĩ`."""
_LAST_VOWEL = regex.compile(r"[iìíỉĩị](?!\p{L})(?<=(?<!\p{L})(?:[hklmst]|qu).)")
# Signs that stand for one another: hyphens, quotes, apostrophes, blanks; Eth is what scans give for Đ.
_SIGNS = (
    dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‘’`´", "'")
    | dict.fromkeys("\u00a0\u2007\u202f\u2009\t", " ")
    | {"Ð": "đ", "ð": "đ"}
)


def _plain_signs(text: str) -> str:
    """One `replace` for each sign that occurs: on long text a hundred times as fast as `str.translate`. Words have
    fewer letters than there are signs, and seldom one of them."""
    if len(text) <= len(_SIGNS) and _SIGNS.keys().isdisjoint(text):
        return text
    for sign, plain in _SIGNS.items():
        if sign in text:
            text = text.replace(sign, plain)
    return text


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(text: str) -> str:
    """Lower case, old tone placement, y for a last i, plain hyphens, quotes and blanks. `len(fold(t)) == len(t)`."""
    return " ".join(map(_FOLDED_ONCE.__getitem__, text.split(" ")))


def _folded(word: str) -> str:
    """What stands between two blanks, folded: no rule looks beyond them."""
    lowered = _lower(_plain_signs(word))
    placed = lowered if lowered.isascii() else _TONE_PAIR.sub(lambda m: TONE_PLACES[m[0]], lowered)
    return placed if LAST_VOWELS.keys().isdisjoint(placed) else _LAST_VOWEL.sub(lambda m: LAST_VOWELS[m[0]], placed)


_FOLDED_ONCE = Remembered(_folded)


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
