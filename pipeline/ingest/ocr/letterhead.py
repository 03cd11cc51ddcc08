"""The letterhead's two columns, issuer and number left, motto and dateline right, which OCR reads across."""

from __future__ import annotations

from itertools import pairwise, takewhile

from extractors.cues import cues
from pipeline.ingest.ocr.words import TextLine, Word

LETTERHEAD_CUES = cues("letterhead_cues.yaml")
FIRST_LINES = 8
NATION = LETTERHEAD_CUES["scanned_nation"].compiled
LAST = LETTERHEAD_CUES["scanned_end"].compiled
"""What the letterhead ends with: the dateline, or the number that stands a little lower."""
TITLE = LETTERHEAD_CUES["scanned_title"].compiled
"""What the letterhead stands over: dates below it are those of the legal bases."""
MAX_BELOW = 8
MIN_GAP = 1.0
"""Of the height of a line: columns of a letterhead may stand close."""


def unfolded(lines: list[TextLine]) -> list[TextLine]:
    """The lines of a page with the left column of its letterhead before the right one."""
    for i, line in enumerate(lines[:FIRST_LINES]):
        start = next((k for k in range(len(line.words)) if nation_at(line, k)), None)
        if start is None:
            continue
        below = takewhile(lambda j: not TITLE.match(lines[j].text), range(i, min(i + MAX_BELOW, len(lines))))
        end = max((j for j in below if LAST.search(lines[j].text)), default=i)
        edge = line.words[start].left
        pairs = [cut(line, start), *(parted(other, edge) for other in lines[i + 1 : end + 1])]
        columns = [part for side in (0, 1) for pair in pairs if (part := pair[side])]
        return [*lines[:i], *columns, *lines[end + 1 :]]
    return lines


def nation_at(line: TextLine, place: int) -> bool:
    """The name of the republic begins with this word."""
    return NATION.match(" ".join(word.text for word in line.words[place : place + 3])) is not None


def parted(line: TextLine, edge: int) -> tuple[TextLine | None, TextLine | None]:
    """A line's parts in the left and the right column; `edge`: where the motto begins."""
    height = line.bottom - line.top
    gaps = [(b.left - a.right, k) for k, (a, b) in enumerate(pairwise(line.words), 1)]
    gap, place = max(gaps, default=(0, 0))
    if gap > MIN_GAP * height and line.left < edge:
        return cut(line, place)
    middle = (line.left + line.right) / 2
    return (None, line) if middle > edge else (line, None)


def cut(line: TextLine, place: int) -> tuple[TextLine | None, TextLine | None]:
    """The words before a place and those from it on."""
    return piece(line.words[:place], line.block), piece(line.words[place:], line.block)


def piece(words: tuple[Word, ...], block: int) -> TextLine | None:
    return TextLine(words, block) if words else None
