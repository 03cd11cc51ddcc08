"""The step that takes out text that a source carries twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher

import regex

from extractors.cleaning.lines import Draft, Line
from schemas.folding import bare_key

MIN_LINES = 5
MIN_CHARACTERS = 500
MAX_CANDIDATES = 8
NOT_LETTERS = regex.compile(r"[^\p{L}\d]+")
KEY_CHARACTERS = 12
ALIKE, NUMBERS_ALIKE = 0.85, 0.7
"""So many words and numbers must be the same: OCR reads the two copies of a passage alike, not the same."""
MIN_TOLD = 3
"""In so many lines other words stand for the same ones where passages tell of different places."""
OCR_TIMES = 2
"""So much longer must a passage of alike lines be: plans say similar things of similar projects."""


def drop_repeated_passage(draft: Draft) -> None:
    """A long run of lines that stood word for word before was pasted twice: the first copy stays and is noted."""
    read_by_ocr = any(confidence is not None for confidence in draft.page_confidence)
    times = OCR_TIMES if read_by_ocr else 1
    lines = draft.lines
    places: dict[str, list[int]] = defaultdict(list)
    kept: list[Line] = []
    noted: dict[tuple[int, int], tuple[Line, Line]] = {}
    i = 0
    while i < len(lines):
        key = loose_key(lines[i].text) if read_by_ocr else lines[i].text
        start, length = longest_copy(lines, i, kept, places[key], alike if read_by_ocr else str.__eq__)
        characters = sum(len(line.text) for line in lines[i : i + length])
        passage = kept[start : start + length], lines[i : i + length]
        if length >= times * MIN_LINES and characters >= times * MIN_CHARACTERS and not tells_of_another(*passage):
            noted[start, length] = (kept[start], kept[start + length - 1])
            i += length
            continue
        places[key].append(len(kept))
        kept.append(lines[i])
        i += 1
    draft.lines = kept
    draft.repeats.extend(noted.values())


def longest_copy(lines: list[Line], at: int, kept: list[Line], candidates: list[int], same) -> tuple[int, int]:
    """Where the longest run of kept lines `same` as the lines from `at` begins, and how many lines it has."""
    best = (0, 0)
    for start in candidates[:MAX_CANDIDATES]:
        most = min(len(kept) - start, len(lines) - at)
        length = next((k for k in range(most) if not same(kept[start + k].text, lines[at + k].text)), most)
        if length > best[1]:
            best = (start, length)
    return best


def tells_of_another(first: list[Line], second: list[Line]) -> bool:
    """Whether in most lines of two passages the same words differ (`xã Bình An`, `xã Hòa Lạc`): what is planned alike
    for two places is no copy. For three places there are two such pairs, each in some of the lines."""
    changed = [set(replaced(one.text, other.text)) for one, other in zip(first, second, strict=True)]
    often = {pair for pair, times in Counter(pair for pairs in changed for pair in pairs).items() if times >= MIN_TOLD}
    return 2 * sum(not often.isdisjoint(pairs) for pairs in changed) > len(first)


def replaced(before: str, after: str) -> list[tuple[str, str]]:
    """The words of a line in whose place another one has others; not by the marks on their letters alone, which OCR
    misreads."""
    if before == after:
        return []
    old, new = before.split(), after.split()
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pairs = [
        (bare_key(" ".join(old[a:b])), bare_key(" ".join(new[c:d]))) for tag, a, b, c, d in changes if tag == "replace"
    ]
    return [pair for pair in pairs if pair[0] != pair[1]]


def loose_key(text: str) -> str:
    """The first letters of a line, by which its copy is looked for."""
    return NOT_LETTERS.sub("", text[: 3 * KEY_CHARACTERS])[:KEY_CHARACTERS].casefold()


def alike(a: str, b: str) -> bool:
    """The same line but for a few characters."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 3 + 0.05 * max(len(a), len(b)):
        return False
    return share_alike(a.split(), b.split()) >= ALIKE and share_alike(numbers(a), numbers(b)) >= NUMBERS_ALIKE


def share_alike(a: list[str], b: list[str]) -> float:
    """How much of two rows of words is the same."""
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def numbers(text: str) -> list[str]:
    """The numbers in a line: lines that differ in them say different things."""
    return regex.findall(r"\d+", text)
