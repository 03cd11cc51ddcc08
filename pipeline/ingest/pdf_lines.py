"""Where the lines of a digital PDF page begin: first lines set in, and space between paragraphs, told by blanks.

pdfium gives lines without their places, so that a paragraph that ends in a full line, such as a title over the legal
bases (căn cứ), runs into the next one. What a line's place says is written the way `pdftotext -layout` writes it, which
cleaning understands: a blank line where the distance is wide, blanks in front of a line that is set in.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

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


@dataclass(frozen=True, slots=True)
class Start:
    """The place in the page's text at which a line begins, how long it is, and where its first letter stands."""

    index: int
    length: int
    left: float
    base: float


def line_starts(text_page: pdfium.PdfTextPage, text: str, turns: int) -> dict[int, str]:
    """What is to be put before lines to tell their places, by the index of their first letter in the text. Nothing
    where the text is not letter by letter that of the page."""
    if len(text) != text_page.count_chars():
        return {}
    starts = read_starts(text_page, text, turns)
    if len(starts) < 2:
        return {}
    margin, pitch = usual_margin(starts), usual_pitch(starts)
    told = {starts[0].index: indent(starts[0], margin)}
    for before, line in pairwise(starts):
        told[line.index] = ("\n" if is_apart(before, line, pitch) else "") + indent(line, margin)
    return {index: mark for index, mark in told.items() if mark}


def read_starts(text_page: pdfium.PdfTextPage, text: str, turns: int) -> list[Start]:
    """The lines that say anything."""
    x, y = ctypes.c_double(), ctypes.c_double()
    place = ctypes.byref(x), ctypes.byref(y)
    starts, index = [], 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            at = index + line.index(words[0])
            pdfium_c.FPDFText_GetCharOrigin(text_page.raw, at, *place)
            starts.append(Start(at, len(words), *upright((x.value, y.value), turns)))
        index += len(line)
    return starts


def usual_margin(starts: list[Start]) -> float:
    """Where most long lines begin."""
    long = Counter(round(start.left) for start in starts if start.length >= LONG)
    return long.most_common(1)[0][0] if long else min(start.left for start in starts)


def usual_pitch(starts: list[Start]) -> float:
    """The usual distance from one line of a paragraph to the next."""
    steps = [b.base - a.base for a, b in pairwise(starts) if a.length >= LONG and b.base > a.base + 1]
    return sorted(steps)[len(steps) // 2] if steps else float("inf")


def is_apart(before: Start, line: Start, pitch: float) -> bool:
    """The line stands clearly below the one before, but not in another column or at the other end of the page."""
    return WIDE * pitch < line.base - before.base < FAR * pitch


def indent(line: Start, margin: float) -> str:
    """Blanks that stand for what the line is set in."""
    return " " * max(0, min(round((line.left - margin) / BLANK), MAX_INDENT))
