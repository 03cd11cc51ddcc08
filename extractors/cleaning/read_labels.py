"""The step that tells labels of items that OCR misread by those before and behind: `oS.` or `9.` between `4.` and `6.`
is `5.`, and `L.` before `II.` is `I.`, as no outline has fifty chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extractors.cleaning.lines import Draft, Line

NUMBER = regex.compile(r"(?P<label>\d{1,2})\.(?=\s+[\p{Lu}\d\"“])")
"""The number of an item."""
CHAPTER = regex.compile(r"(?P<label>[IVX]{1,5})\.(?=\s*[\p{Lu}\"“])|PH[ẦÂ]N\b|CHƯƠNG\b|PHỤ LỤC\b")
MISREAD = regex.compile(r"(?P<label>[\dSsoOlIBbZzGgqQ$§&?!|]{1,3})\.(?=\s+[\p{Lu}\d\"“])")
"""What figures are taken for, at the place of a number."""
MISREAD_ONE = regex.compile(r"(?P<label>[Ll|!])\.(?=\s+\p{Lu})")
"""What `I.` is taken for."""
GLUED_PART = regex.compile(r"(?<=^PH[ẦÂ]N)[!|](?=[IVX]{1,4}$)")
"""A blank before the number of a part that was read as a stroke."""


def mend_labels(draft: Draft) -> None:
    """On pages read by OCR, labels that were misread are what those before and behind leave for them."""
    read = {page for page, sure in enumerate(draft.page_confidence, 1) if sure is not None}
    if not read:
        return
    lines = [line for line in draft.lines if line.page in read and " | " not in line.text]
    for line in lines:
        line.text = GLUED_PART.sub(" ", line.text)
    for part in between_chapters(lines):
        mend_numbers(part)
    mend_first_chapter(lines)


def between_chapters(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each chapter."""
    places = [0, *(i for i, line in enumerate(lines) if CHAPTER.match(line.text)), len(lines)]
    for start, end in pairwise(places):
        yield list(lines[start:end])


def mend_numbers(lines: Sequence[Line]) -> None:
    """Give the one label that was misread between two numbers the one that is missing there."""
    known = [(i, int(match["label"])) for i, line in enumerate(lines) if (match := NUMBER.match(line.text))]
    for at, (first, number) in enumerate(known):
        for last, other in known[at + 1 : at + 3]:
            if other == number + 2 and (place := misread_between(lines, first, last, number + 1)) is not None:
                lines[place].text = MISREAD.sub(f"{number + 1}.", lines[place].text, count=1)


def misread_between(lines: Sequence[Line], first: int, last: int, number: int) -> int | None:
    """The line between two others that opens with what may have been this number; None where several do."""
    found = [(i, match["label"]) for i in range(first + 1, last) if (match := MISREAD.match(lines[i].text))]
    if len(found) != 1:
        return None
    (place, label) = found[0]
    return None if label.isdecimal() and int(label) <= number else place


def mend_first_chapter(lines: Sequence[Line]) -> None:
    """Where `II.` is the first chapter of a part, the one line before it that opens with a stroke is `I.`."""
    start, before = 0, None
    for i, line in enumerate(lines):
        match = CHAPTER.match(line.text)
        if match is None:
            continue
        if match["label"] == "II" and before != "I":
            found = [other for other in lines[start:i] if MISREAD_ONE.match(other.text)]
            if len(found) == 1:
                found[0].text = MISREAD_ONE.sub("I.", found[0].text, count=1)
        start, before = i + 1, match["label"]
