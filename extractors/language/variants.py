"""Spellings of a body's name that officials use for one another, made from the one form in the rule file.

"Sở Lao động - Thương binh và Xã hội" is also written with commas, without the hyphen, with "&", and with any of its
parts abbreviated ("Sở LĐ-TB&XH", "Sở Nông nghiệp và PTNT"). Only separators and abbreviations vary: no letter does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product

import regex

from extractors.rule_files import load_csv

_SEPARATOR = regex.compile(r"\s*(?:-|,|&|\bvà\b)\s*")
_LINKS = (" - ", ", ", " và ", " & ", " ")
_GLUE = ("",)
_MOST = 400  # more spellings than this make a name worth several rows in the rule file instead


def spellings(form: str) -> Iterator[str]:
    """The form itself first, then every other way to write its separators and to abbreviate its parts."""
    yield form
    parts = _SEPARATOR.split(form)
    if len(parts) > 4:
        return
    made = {form}
    for choice in product(*(_shortenings(part) for part in parts)):
        for links in product(*(_links_between(a, b) for a, b in pairwise(choice))):
            spelling = choice[0][0] + "".join(link + part for link, (part, _) in zip(links, choice[1:], strict=True))
            if spelling not in made and len(made) < _MOST:
                made.add(spelling)
                yield spelling


def _shortenings(part: str) -> list[tuple[str, bool]]:
    """The part as it is, and with words abbreviated; the flag says that it ends (or is) an abbreviation."""
    found = [(part, part.isupper())]
    for words, abbreviation in _abbreviations():
        if part == words or part.endswith(" " + words):
            found.append((part[: len(part) - len(words)] + abbreviation, True))
        elif words in part:
            found.append((part.replace(words, abbreviation, 1), False))
    return found


def _links_between(left: tuple[str, bool], right: tuple[str, bool]) -> tuple[str, ...]:
    glued = left[1] and right[1] and " " not in right[0]
    return _LINKS + _GLUE if glued else _LINKS


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    rows = load_csv("agency_abbreviations.csv", ("words", "abbreviation"), unique=("words",))
    return tuple((row["words"], row["abbreviation"]) for row in rows)
