"""The straight lines that frame tables in the picture of a page.

Ink that runs on and on in one direction is a ruler: an opening with a long thin brush keeps it and wipes off letters.
Scans stand a little askew, and scanners that pull unevenly shear them: lines are looked for with some rows of pixels
put together, and how far those across the page and those down it lean is measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.ingest.ruled_grid import Ruler

FLAT_DPI = 100
"""Rows (for lines down the page: columns) are put together until so many are left to an inch."""
AROUND = 0.15
CONTRAST = 20
"""Ink is so much darker than the mean of the `AROUND` inches about it; rulers of photocopies are faint."""
BRUSH = 0.16
"""Inches that ink must run on: more than strokes of letters do."""
LONG_BRUSH = 0.3
MIN_INK = 3.0
"""Inches of ink that a page with a table has at least under the long brush, in all and in pixels of one row."""
MIN_LENGTH = 0.18
MAX_THICKNESS = 0.05
MAX_LEAN = 0.1
"""Rulers lean by no more pixels a pixel: what leans further is a stroke of a pen."""
MIN_LEAN = 0.0015
MEASURED = 0.6
"""Inches of a ruler from which on its lean is measured."""


@dataclass(frozen=True, slots=True)
class Line:
    """A ruler, by how many pixels a pixel it leans, and the number of its ink."""

    ruler: Ruler
    lean: float
    number: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in one direction. `inks`: the number of each mark of ink, 0 for paper, with some rows put together."""

    lines: tuple[Line, ...]
    inks: np.ndarray
    rows: int
    lean: float

    def ink_of(self, chosen: Iterable[Line], shape: tuple[int, ...]) -> np.ndarray:
        """1 where the ink of lines is on the picture, and a little around it."""
        known = np.zeros(int(self.inks.max(initial=0)) + 1, np.uint8)
        known[[line.number for line in chosen]] = 1
        out = np.zeros(shape, np.uint8)
        spread = np.repeat(known[self.inks], self.rows, axis=0)
        out[: len(spread)] = spread
        return out


def find_lines(picture: np.ndarray, dpi: int) -> tuple[Lines, Lines] | None:
    """The lines across a grey picture and those down it; None where it has too few to make a table."""
    ink = inked(picture, dpi)
    across = lines_across(ink, dpi)
    if across is None or len(across.lines) < 2:
        return None
    down = lines_across(cv2.transpose(ink), dpi)
    return (across, down) if down is not None and len(down.lines) > 1 else None


def inked(picture: np.ndarray, dpi: int) -> np.ndarray:
    """Where there is ink: 1, else 0."""
    around = round(AROUND * dpi) | 1
    return cv2.adaptiveThreshold(picture, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, CONTRAST)


def lines_across(ink: np.ndarray, dpi: int) -> Lines | None:
    """The lines that run across; None where there is no long one."""
    rows = max(1, dpi // FLAT_DPI)
    lying = run_on(flattened(ink, rows), round(BRUSH * dpi))
    if cv2.countNonZero(opened(lying, round(LONG_BRUSH * dpi))) < MIN_INK * dpi:
        return None
    _, inks, stats, _ = cv2.connectedComponentsWithStats(lying, connectivity=8)
    found = tuple(lines_of(inks, stats, rows, dpi))
    return Lines(found, inks, rows, usual_lean(found, dpi))


def flattened(ink: np.ndarray, rows: int) -> np.ndarray:
    """Each so many rows as one, with the ink of all."""
    height = len(ink) // rows * rows
    out = ink[0:height:rows]
    for i in range(1, rows):
        out = out | ink[i:height:rows]
    return np.ascontiguousarray(out)


def run_on(ink: np.ndarray, length: int) -> np.ndarray:
    """The ink that runs across for so many pixels; it may waver by a row."""
    return opened(cv2.dilate(ink, np.ones((3, 1), np.uint8)), length)


def opened(ink: np.ndarray, length: int) -> np.ndarray:
    """What is left of ink under a brush that is so long and one row high."""
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))


def lines_of(inks: np.ndarray, stats: np.ndarray, rows: int, dpi: int) -> Iterator[Line]:
    """The marks of ink that are straight, long and thin."""
    for number, (left, top, width, height, size) in enumerate(stats.tolist()):
        thickness = size * rows / width
        if number == 0 or width < MIN_LENGTH * dpi or thickness > MAX_THICKNESS * dpi + 2 * rows:
            continue
        ys, xs = np.nonzero(inks[top : top + height, left : left + width] == number)
        lean = rows * slope(xs, ys)
        if abs(lean) <= MAX_LEAN:
            at = (top + float(ys.mean()) + 0.5) * rows
            yield Line(Ruler(at, float(left), float(left + width)), lean, number)


def slope(xs: np.ndarray, ys: np.ndarray) -> float:
    """By how much `ys` grow with `xs`."""
    away = xs - xs.mean()
    spread = float((away * away).sum())
    return float((away * ys).sum()) / spread if spread else 0.0


def usual_lean(found: Iterable[Line], dpi: int) -> float:
    """By how much lines lean, each counting by its length."""
    leans = sorted(
        (line.lean, length) for line in found if (length := line.ruler.end - line.ruler.start) > MEASURED * dpi
    )
    half, passed = sum(length for _, length in leans) / 2, 0.0
    for lean, length in leans:
        passed += length
        if passed >= half:
            return lean
    return 0.0


def level(picture: np.ndarray, across: float, down: float) -> np.ndarray:
    """The picture with lines of these leans made straight; paper comes in at the edges."""
    if max(abs(across), abs(down)) < MIN_LEAN:
        return picture
    height, width = picture.shape
    back = np.array([[1.0, down, -down * height / 2], [across, 1.0, -across * width / 2]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(picture, back, (width, height), flags=flags, borderValue=255)
