"""Where the figures that OCR read with little confidence stand in the cleaned text.

Cleaning drops, joins and moves lines and knows of pages, not of words; so the words as they were read are found again
in what it made of their page: word by word as long as they follow one another, and by their neighbours where they do
not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import regex

from extractors.cleaning.marks import letters
from extractors.plan import Doubt, ReadWord

DOUBTED = 0.94
"""Of figures read with more one in 200 is wrong; of those read with 0.85 to 0.9 one in six, of those with less than
0.75 every second one (`benchmarks/README.md`)."""
WORD = regex.compile(r"[^\s|]+")
FIGURE = regex.compile(r"\d|(?<!\p{L})[IVX]{1,4}(?!\p{L})")
CONTEXT = 4
"""Words before and behind by which one of several equal words is told."""
MOST_PLACES = 24
"""So many of the places of a word, those nearest to the last word found, are looked at."""
MOST_BETWEEN = 4
"""So many words may have become one that was found nowhere."""


def doubts_in(text: str, page_starts: Sequence[int], pages: Sequence[Sequence[ReadWord]]) -> tuple[Doubt, ...]:
    """The doubted words with figures of all pages in the cleaned text, in order."""
    doubts: list[Doubt] = []
    for (start, end), words in zip(pairwise((*page_starts, len(text))), pages, strict=False):
        read = [ReadWord(part, word.confidence) for word in words for part in WORD.findall(word.text)]
        if any(word.confidence < DOUBTED and FIGURE.search(word.text) for word in read):
            doubts += doubts_of_page(text, start, end, read)
    return tuple(doubts)


def doubts_of_page(text: str, start: int, end: int, read: Sequence[ReadWord]) -> list[Doubt]:
    """The doubted words with figures of one page, text[start:end]."""
    spans = [match.span() for match in WORD.finditer(text, start, end)]
    places = matched([plain(word.text) for word in read], [plain(text[a:b]) for a, b in spans])
    found = []
    for at, (a, b) in enumerate(spans):
        if not FIGURE.search(text, a, b):
            continue
        confidence = min((read[i].confidence for i in sources(places, at, len(read))), default=1.0)
        if confidence < DOUBTED:
            found.append(Doubt(a, b, confidence))
    return found


def plain(word: str) -> str:
    """A word without what cleaning restores or takes off: marks, and stars of emphasis."""
    return letters(word).strip("*_")


def sources(places: Sequence[int | None], at: int, size: int) -> Sequence[int]:
    """The words that were read for the one at a place: itself, or where cleaning changed it, those that stand between
    its neighbours."""
    if (place := places[at]) is not None:
        return (place,)
    before = next((p for p in reversed(places[max(0, at - MOST_BETWEEN) : at]) if p is not None), None)
    after = next((p for p in places[at + 1 : at + 1 + MOST_BETWEEN] if p is not None), None)
    first = before + 1 if before is not None else max(0, (after or 0) - 1)
    last = after if after is not None else min(first + 1, size)
    return range(first, last) if first < last <= first + MOST_BETWEEN else range(first, min(first + 1, size))


def matched(read: Sequence[str], kept: Sequence[str]) -> list[int | None]:
    """For each word of a cleaned page, which of those read it is; None where it is none of them."""
    known: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(read):
        known[word].append(i)
    places: list[int | None] = []
    last = -1
    for at, word in enumerate(kept):
        if not follows(read, kept, last + 1, at):
            candidates = nearest(known.get(word, ()), last + 1)
            if not candidates:
                places.append(None)
                continue
            last = max(candidates, key=lambda i: (alike(read, kept, i, at), -abs(i - last - 1))) - 1
        last += 1
        places.append(last)
    return places


def follows(read: Sequence[str], kept: Sequence[str], i: int, at: int) -> bool:
    """Whether the word at `at` is the next one that was read, and so is the one behind it."""
    return read[i : i + 2] == kept[at : at + 2]


def nearest(places: Sequence[int], to: int) -> Sequence[int]:
    """Of the places of a word those nearest to one."""
    if len(places) <= MOST_PLACES:
        return places
    at = min(max(bisect_left(places, to) - MOST_PLACES // 2, 0), len(places) - MOST_PLACES)
    return places[at : at + MOST_PLACES]


def alike(read: Sequence[str], kept: Sequence[str], i: int, at: int) -> int:
    """How many words before and behind are the same at both places."""
    behind = sum(a == b for a, b in zip(read[i + 1 : i + 1 + CONTEXT], kept[at + 1 : at + 1 + CONTEXT], strict=False))
    before = sum(
        a == b for a, b in zip(read[max(0, i - CONTEXT) : i][::-1], kept[max(0, at - CONTEXT) : at][::-1], strict=False)
    )
    return behind + before
