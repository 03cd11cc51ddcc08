"""The lines of a page that stands askew, as if it stood straight: only there can indents be told from the margin.

A page turned by half a degree has its left margin two letters further in at its foot than at its head, which is as much
as paragraphs are indented by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.ingest.ocr.words import TextLine

LONG = 8
"""Words of a line by which its lean is measured."""
FEW = 6
"""Of fewer long lines no lean is believed."""
LEAST, MOST = 0.002, 0.05


def upright(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a page, moved sideways so far that its margins stand upright."""
    lean = lean_of(lines)
    if lean is None or not LEAST <= abs(lean) <= MOST:
        return list(lines)
    return [moved(line, round(lean * line.middle[1])) for line in lines]


def lean_of(lines: Sequence[TextLine]) -> float | None:
    """By how many pixels lines sink for each pixel that they run; None where too few tell."""
    leans = [slope(line) for line in lines if len(line.words) >= LONG]
    return median(leans) if len(leans) >= FEW else None


def slope(line: TextLine) -> float:
    """By how much the middles of a line's words sink on its way."""
    places = [((word.left + word.right) / 2, (word.top + word.bottom) / 2) for word in line.words]
    x0, y0 = sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places)
    spread = sum((x - x0) ** 2 for x, _ in places)
    return sum((x - x0) * (y - y0) for x, y in places) / spread if spread else 0.0


def moved(line: TextLine, right: int) -> TextLine:
    """The line so much further to the right."""
    words = (replace(word, left=word.left + right, right=word.right + right) for word in line.words)
    return TextLine(tuple(words), line.block)
