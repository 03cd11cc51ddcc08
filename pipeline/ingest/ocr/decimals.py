"""Commas of decimal figures (`95,5`) that were read over, as the picture has them: marks at the foot of the figures.

`955` for `95,5` is sure in each figure and ten times too much. On the picture figures are as high as each other, and
between two of them, at their foot, hangs a small mark.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import regex

from pipeline.ingest.ocr.words import Reading, TextLine, Word

BARE = regex.compile(r"(?!(?:19|20)\d\d\b)(?P<figures>\d{2,5})(?P<rest>%?[.,;:)]*|%/\p{L}+[.,;:)]*)")
"""Figures without a mark among them, and no year."""
INK = 0.5
CONTRAST = 60
AROUND = 0.15
"""By how much of a word's height the marks below it are looked for."""
FIGURE = 0.8
"""Figures are so high, compared with the highest; marks at their foot lower than `MARK`."""
MARK = 0.42, 0.1
LEVEL = 0.12
"""By how much of their height figures may stand higher or lower than each other: those of one word do not."""
FOOT = 0.62
"""From this share of the height of figures on a mark is at their foot."""
HANGS = 0.08
"""A comma hangs below the figures by more of their height; a point does not."""
UNSURE = 0.5
"""How sure a figure is whose comma the engine read over."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A mark of ink: its place."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def with_commas(reading: Reading, picture: np.ndarray) -> Reading:
    """The reading of a picture with the commas that were read over."""
    if not any(BARE.fullmatch(word.text) for line in reading.lines for word in line.words):
        return reading
    return replace(reading, lines=tuple(pointed(line, picture) for line in reading.lines))


def pointed(line: TextLine, picture: np.ndarray) -> TextLine:
    """A line with the commas of its figures."""
    words = tuple(with_comma(word, picture) if BARE.fullmatch(word.text) else word for word in line.words)
    return replace(line, words=words)


def with_comma(word: Word, picture: np.ndarray) -> Word:
    """A figure with its comma, where the picture has one among as many figures as were read."""
    match = BARE.fullmatch(word.text)
    high = word.bottom - word.top
    bottom = min(len(picture), word.bottom + round(AROUND * high))
    marks = marks_of(picture[max(0, word.top - 2) : bottom, max(0, word.left - 2) : word.right + 2])
    place = place_of_comma(marks, len(match["figures"]))
    if place is None:
        return word
    figures = match["figures"]
    told = f"{figures[:place]},{figures[place:]}{match['rest']}"
    return replace(word, text=told, confidence=min(word.confidence, UNSURE))


def marks_of(pixels: np.ndarray) -> list[Ink]:
    """The marks on the picture of a word, from left to right."""
    if pixels.size == 0 or int(pixels.max()) - int(pixels.min()) < CONTRAST:
        return []
    paper = int(np.percentile(pixels, 80))
    ink = (pixels < paper - INK * (paper - int(pixels.min()))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = [Ink(x, y, x + w, y + h) for x, y, w, h, size in stats[1:].tolist() if size > 3]
    return sorted(found, key=lambda mark: mark.left)


def place_of_comma(marks: list[Ink], count: int) -> int | None:
    """Behind how many figures the only comma among them stands; None where the picture tells none, or other figures
    than were read."""
    if not marks:
        return None
    high = max(mark.height for mark in marks)
    tall = [mark for mark in marks if mark.height >= FIGURE * high]
    if len(tall) < count:
        return None
    figures = tall[:count]
    tops, feet = [f.top for f in figures], [f.bottom for f in figures]
    if max(tops) - min(tops) > LEVEL * high or max(feet) - min(feet) > LEVEL * high:
        return None
    within = [m for m in marks if m not in figures and figures[0].left < m.left and m.right < figures[-1].right]
    if len(within) != 1:
        return None
    (mark,) = within
    small = MARK[1] * high <= mark.height <= MARK[0] * high
    low = mark.top >= min(tops) + FOOT * high and mark.bottom >= max(feet) + HANGS * high
    place = sum(figure.right <= mark.left + 1 for figure in figures)
    return place if small and low and 0 < place < count else None
