"""Where the lines of a digital PDF page stand: set in, apart from the line before, full to the margin; told by blanks.

pdfium gives lines without their places, so that a paragraph that ends in a full line, such as a title over the legal
bases (căn cứ), runs into the next one. What a line's place says is written the way `pdftotext -layout` writes it, which
cleaning understands: a blank line where the distance is wide, blanks in front of a line that is set in, and a blank at
the end of a line on which the next word had no room.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ingest.pdf_rulers import upright

LONG = 40
"""Letters from which a line is taken to begin at the page's margin."""
BLANK = 6.0
"""Points that one blank stands for."""
MAX_INDENT = 12
WIDE = 1.15
"""Lines further apart than this many usual distances do not belong to one paragraph."""
FAR = 3.0


class PlacedLine(NamedTuple):
    """A line of the page's text: where its words begin and end in the text, and from where to where they stand."""

    start: int
    end: int
    left: float
    right: float
    base: float
    word: int
    """Letters of its first word."""

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def width_of_word(self) -> float:
        """What its first word takes, with a blank before it."""
        return (self.word + 1) * (self.right - self.left) / self.length


def line_marks(text_page: pdfium.PdfTextPage, text: str, turns: int) -> dict[int, str]:
    """What is to be put into the text to tell the places of its lines, by the index before which it is put. Nothing
    where the text is not letter by letter that of the page."""
    if len(text) != text_page.count_chars():
        return {}
    lines = placed_lines(text_page, text, turns)
    if len(lines) < 2:
        return {}
    margin, edge, pitch = usual_margin(lines), usual_edge(lines), usual_pitch(lines)
    marks = {lines[0].start: indent(lines[0], margin)}
    for before, line in pairwise(lines):
        marks[before.end] = " " if is_full(before, line, edge) and text[before.end] != " " else ""
        marks[line.start] = ("\n" if is_apart(before, line, pitch) else "") + indent(line, margin)
    return {index: mark for index, mark in marks.items() if mark}


def placed_lines(text_page: pdfium.PdfTextPage, text: str, turns: int) -> list[PlacedLine]:
    """The lines that say anything."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw, place = text_page.raw, (ctypes.byref(x), ctypes.byref(y))

    def origin(index: int) -> tuple[float, float]:
        pdfium_c.FPDFText_GetCharOrigin(raw, index, *place)
        return upright((x.value, y.value), turns)

    lines, index = [], 0
    for line in text.splitlines(keepends=True):
        words = line.split(None, 1)
        if words:
            start = index + line.index(words[0])
            end = index + len(line.rstrip())
            left, base = origin(start)
            right, _ = origin(end - 1)
            lines.append(PlacedLine(start, end, left, max(right, left), base, len(words[0])))
        index += len(line)
    return lines


def usual_margin(lines: list[PlacedLine]) -> float:
    """Where most long lines begin."""
    long = Counter(round(line.left) for line in lines if line.length >= LONG)
    return long.most_common(1)[0][0] if long else min(line.left for line in lines)


def usual_edge(lines: list[PlacedLine]) -> float:
    """Where the longest lines end, but for a few that may hang out."""
    rights = sorted(line.right for line in lines)
    return rights[-1 - len(rights) // 20]


def usual_pitch(lines: list[PlacedLine]) -> float:
    """The usual distance from one line of a paragraph to the next."""
    steps = [b.base - a.base for a, b in pairwise(lines) if a.length >= LONG and b.base > a.base + 1]
    return sorted(steps)[len(steps) // 2] if steps else float("inf")


def is_apart(before: PlacedLine, line: PlacedLine, pitch: float) -> bool:
    """The line stands clearly below the one before, but not in another column or at the other end of the page."""
    return WIDE * pitch < line.base - before.base < FAR * pitch


def is_full(before: PlacedLine, line: PlacedLine, edge: float) -> bool:
    """The first word of the line had no room on the one before."""
    return before.right + line.width_of_word > edge


def indent(line: PlacedLine, margin: float) -> str:
    """Blanks that stand for what the line is set in."""
    return " " * max(0, min(round((line.left - margin) / BLANK), MAX_INDENT))
