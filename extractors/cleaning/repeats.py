"""The step that takes out text that a source carries twice."""

from __future__ import annotations

from collections import defaultdict

from extractors.cleaning.lines import Draft, Line

MIN_LINES = 5
MIN_CHARACTERS = 500


def drop_repeated_passage(draft: Draft) -> None:
    """A long run of lines that stood word for word before was pasted twice: the first copy stays and is noted."""
    lines = draft.lines
    places: dict[str, list[int]] = defaultdict(list)
    kept: list[Line] = []
    i = 0
    while i < len(lines):
        start, length = longest_copy(lines, places[lines[i].text], i)
        if length >= MIN_LINES and sum(len(line.text) for line in lines[i : i + length]) >= MIN_CHARACTERS:
            draft.repeats.append((lines[start], lines[start + length - 1]))
            i += length
            continue
        places[lines[i].text].append(i)
        kept.append(lines[i])
        i += 1
    draft.lines = kept


def longest_copy(lines: list[Line], candidates: list[int], at: int) -> tuple[int, int]:
    """Where the longest earlier run equal to the lines from `at` begins, and how many lines it has."""
    best = (0, 0)
    for start in candidates[:8]:
        length = 0
        while start + length < at and at + length < len(lines) and lines[start + length].text == lines[at + length].text:
            length += 1
        if length > best[1]:
            best = (start, length)
    return best
