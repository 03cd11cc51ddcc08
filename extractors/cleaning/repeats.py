"""The step that takes out text that a source carries twice."""

from __future__ import annotations

from collections import defaultdict

from extractors.cleaning.lines import Draft, Line

MIN_LINES = 5
MIN_CHARACTERS = 500
MAX_CANDIDATES = 8


def drop_repeated_passage(draft: Draft) -> None:
    """A long run of lines that stood word for word before was pasted twice: the first copy stays and is noted."""
    lines = draft.lines
    places: dict[str, list[int]] = defaultdict(list)
    kept: list[Line] = []
    noted: dict[tuple[int, int], tuple[Line, Line]] = {}
    i = 0
    while i < len(lines):
        start, length = longest_copy(lines, i, kept, places[lines[i].text])
        if length >= MIN_LINES and sum(len(line.text) for line in lines[i : i + length]) >= MIN_CHARACTERS:
            noted[start, length] = (kept[start], kept[start + length - 1])
            i += length
            continue
        places[lines[i].text].append(len(kept))
        kept.append(lines[i])
        i += 1
    draft.lines = kept
    draft.repeats.extend(noted.values())


def longest_copy(lines: list[Line], at: int, kept: list[Line], candidates: list[int]) -> tuple[int, int]:
    """Where the longest run of kept lines equal to the lines from `at` begins, and how many lines it has."""
    best = (0, 0)
    for start in candidates[:MAX_CANDIDATES]:
        most = min(len(kept) - start, len(lines) - at)
        length = next((k for k in range(most) if kept[start + k].text != lines[at + k].text), most)
        if length > best[1]:
            best = (start, length)
    return best
