"""Cuts text into syllables (âm tiết), numbers, single punctuation marks and white space.

It joins nothing, adds nothing and rewrites nothing: words stand in the text as they are given here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.language.fold import fold_word
from schemas.remembering import Remembered

# Letters with their marks; a number with its separators (1.234,5); white space other than one blank; any other sign.
# A blank after a token belongs to it. The standard library's `re` cuts twice as fast as `regex` here, and this runs
# over every character.
_TOKEN = re.compile("(?:[^\\W\\d_]+(?:[\u0300-\u036f]+[^\\W\\d_]*)*|\\d+(?:[.,]\\d+)*|[^\\S ]+|\\S) ?| +")


class Chunk(NamedTuple):
    """The words of a piece of text, their norms (folded words), and how far it is from each to the next."""

    words: tuple[str, ...]
    norms: tuple[str, ...]
    steps: tuple[int, ...]


def pieces(text: str) -> list[str]:
    """The tokens, each with the blank that follows it; put together they are the text."""
    return _TOKEN.findall(text)


def word_of(piece: str) -> str:
    """A piece without the blank that belongs to it; white space of its own stays."""
    return piece[:-1] if piece[-1] == " " != piece[0] else piece


def chunks(text: str) -> list[Chunk]:
    """The text in parts: between single blanks where it has no others, else as a whole.

    No token but white space runs over a blank, so the parts can be cut each on its own, and a plan of 10,000 words has
    but 2,000 different ones.
    """
    if "  " in text or text.startswith(" "):
        return [cut(text)]
    return list(map(_CUT_ONCE.__getitem__, text.split(" ")))


@lru_cache(maxsize=65536)
def norms_of(phrase: str) -> tuple[str, ...]:
    """The norms of a phrase of the rule files, which several readers ask for; their phrases share most words."""
    return tuple(norm for chunk in chunks(phrase) for norm in chunk.norms)


def cut(text: str) -> Chunk:
    """The words of a text."""
    found = pieces(text)
    words = tuple(map(word_of, found))
    return Chunk(words, tuple(map(fold_word, words)), tuple(map(len, found)))


def _before_blank(part: str) -> Chunk:
    """The words of a part that a blank follows."""
    words, norms, steps = cut(part)
    return Chunk(words, norms, (*steps[:-1], steps[-1] + 1) if steps else ())


_CUT_ONCE = Remembered(_before_blank)
