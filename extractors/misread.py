"""Words that no Vietnamese word is spelled as, and the one word that each was misread for (`đưới` for `dưới`).

Texts that somebody else's OCR made hold them as if they had been typed. They stand in the text as they are; rules match
them as what they mean, and rows that quote them are less sure (`language.repair`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import regex

from extractors.rule_files import RuleFileError, load_csv
from schemas.filtered import Filtered, filtered

FILE = "misread_words.csv"


@cache
def misread() -> Mapping[str, str]:
    """What is meant by what was read, in small letters. Raises RuleFileError."""
    words = {row["read"]: row["meant"] for row in load_csv(FILE, ("read", "meant"), ("read",))}
    for read, meant in words.items():
        if not (read.isalpha() and read.islower() and len(read) == len(meant)) or meant in words:
            raise RuleFileError(
                f"{FILE}: {read!r} is no word in small letters as long as {meant!r}, or this is misread"
            )
    return words


@cache
def _any() -> Filtered:
    return filtered(rf"(?<!\p{{L}})(?:{'|'.join(misread())})(?!\p{{L}})", regex.I)


@lru_cache(maxsize=8192)
def as_meant(words: str) -> str:
    """The words with what was misread as it is meant, in the case in which it stands."""
    if not _any().search(words):
        return words
    return _any().sub(lambda m: _cased(misread()[m[0].lower()], m[0]), words)


def _cased(meant: str, like: str) -> str:
    if like.isupper():
        return meant.upper()
    return meant.capitalize() if like[0].isupper() else meant


@cache
def spellings(form: str) -> tuple[str, ...]:
    """A form in small letters, and as it may have been misread: with one of its words read otherwise."""
    words = form.split()
    return (form, *(
        " ".join([*words[:at], read, *words[at + 1 :]])
        for at, word in enumerate(words)
        for read, meant in misread().items()
        if word == meant
    ))  # fmt: skip
