"""What stands in the cells of a page's tables, cut out and set on strips that an engine reads like a column of text.

Read where they stand, cells of one row become one line, and narrow ones get lost. On a strip each cell has lines of its
own; only cells of one line that are neighbours in a row share one, far apart, since engines misread a figure alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, count, groupby

import cv2
import numpy as np

from pipeline.ingest.ocr import rulers
from pipeline.ingest.ocr.tables import Tables
from pipeline.ingest.ocr.words import TextLine, Word
from pipeline.ingest.ruled_grid import Grid, GridCell

BORDER = 0.06
"""Inches along the side of a cell in which rulers are wiped out."""
RUNS_ON = 0.06
"""Inches of a ruler's ink at one height."""
SPECK = 0.0002
"""Square inches: smaller marks are no dots of letters."""
MIN_MARK = 0.03
"""Inches: where all marks are smaller, the cell is empty."""
MARGIN = 0.06
GAP, WIDE_GAP = 0.12, 0.3
ONE_LINE = 0.3
"""Inches: no cell that is so high has two lines."""
SHELF = 6.5
"""Inches: how wide cells stand beside each other."""
STRIP = 60
"""Inches: longer strips are cut, for engines have their limits and a sign of life is due now and then."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What stands in a cell, and where its top left corner is on the page."""

    pixels: np.ndarray
    left: int
    top: int

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    @property
    def bottom(self) -> int:
        return self.top + len(self.pixels)


def rows_of_pieces(tables: Tables) -> Iterator[list[Piece]]:
    """What stands in the cells of all tables, row by row."""
    ink = rulers.inked(tables.picture, tables.dpi)
    wiped = ruler_ink(tables.ruled, ink, tables.dpi)
    for grid in tables.grids:
        done: set[GridCell] = set()
        for row in grid.rows():
            cells = [cell for cell in row if cell not in done]
            done.update(cells)
            found = (piece_in(tables, ink, wiped, grid, cell) for cell in cells)
            yield [piece for piece in found if piece is not None]


def ruler_ink(ruled: np.ndarray, ink: np.ndarray, dpi: int) -> np.ndarray:
    """1 where rulers are to be wiped out: the ink that runs on there, not letters that touch it."""
    length = round(RUNS_ON * dpi)
    runs = rulers.opened(ink, length) | cv2.transpose(rulers.opened(cv2.transpose(ink), length))
    return cv2.dilate(runs & ruled, np.ones((3, 3), np.uint8))


def piece_in(tables: Tables, ink: np.ndarray, ruler: np.ndarray, grid: Grid, cell: GridCell) -> Piece | None:
    """What stands in one cell, without rulers and specks; None where it is empty."""
    left, right = round(grid.xs[cell.column]), round(grid.xs[cell.column + cell.columns])
    top, bottom = round(grid.ys[cell.row]), round(grid.ys[cell.row + cell.rows])
    place = np.s_[top:bottom, left:right]
    wiped = ruler[place] & border(bottom - top, right - left, round(BORDER * tables.dpi))
    marks, specks = sorted_marks(ink[place] & (1 - wiped), tables.dpi)
    if not len(marks):
        return None
    margin = round(MARGIN * tables.dpi)
    x0, y0 = (max(0, int(low) - margin) for low in marks[:, :2].min(axis=0))
    x1, y1 = (int(high) + margin for high in (marks[:, :2] + marks[:, 2:4]).max(axis=0))
    pixels = np.where(wiped | specks, np.uint8(tables.paper), tables.picture[place])
    return Piece(pixels[y0:y1, x0:x1], left + x0, top + y0)


def border(height: int, width: int, edge: int) -> np.ndarray:
    """1 along the sides of a cell, 0 within."""
    out = np.ones((height, width), np.uint8)
    out[edge : height - edge, edge : width - edge] = 0
    return out


def sorted_marks(ink: np.ndarray, dpi: int) -> tuple[np.ndarray, np.ndarray]:
    """Frames (left, top, width, height) of the marks large enough for letters, and 1 where specks are."""
    if not ink.size:
        return np.empty((0, 5), np.int32), ink
    _, numbers, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = (stats[:, cv2.CC_STAT_AREA] <= SPECK * dpi * dpi).astype(np.uint8)
    small[0] = 0
    specks = cv2.dilate(small[numbers], np.ones((3, 3), np.uint8))
    marks = stats[1:][stats[1:, 2:4].max(axis=1) >= MIN_MARK * dpi]
    return marks, specks


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A piece on a strip: by how much its words stand further right and lower there than on the page."""

    piece: Piece
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Pieces one below the other, some side by side."""

    pixels: np.ndarray
    shelves: tuple[tuple[Placed, ...], ...]
    tops: tuple[int, ...]

    def put_back(self, line: TextLine, block: int) -> Iterator[TextLine]:
        """A line of the strip, cell by cell, with the places that its words have on the page. Cells are blocks, which
        are numbered from `block`."""
        for placed, words in groupby(line.words, key=self.placed_at):
            yield TextLine(tuple(moved(word, -placed.x, -placed.y) for word in words), block + placed.number)

    def placed_at(self, word: Word) -> Placed:
        """The piece that a word was read on."""
        below = int(np.searchsorted(self.tops, (word.top + word.bottom) / 2, side="right"))
        shelf = self.shelves[max(below - 1, 0)]
        middle = (word.left + word.right) / 2
        return min(shelf, key=lambda p: abs(p.piece.left + p.x + p.piece.width / 2 - middle) - p.piece.width / 2)


def moved(word: Word, x: int, y: int) -> Word:
    """The word at another place."""
    return replace(word, left=word.left + x, right=word.right + x, top=word.top + y, bottom=word.bottom + y)


def shelved(row: list[Piece], dpi: int) -> list[list[Piece]]:
    """The pieces of a row by the shelves they stand on: those side by side that are single lines at one height."""
    shelves: list[list[Piece]] = []
    for piece in row:
        shelf = next((shelf for shelf in shelves if fits(shelf, piece, dpi)), None)
        if shelf is None:
            shelves.append([piece])
        else:
            shelf.append(piece)
    return shelves


def fits(shelf: list[Piece], piece: Piece, dpi: int) -> bool:
    """The piece can stand at the end of the shelf."""
    top, bottom = min(p.top for p in (*shelf, piece)), max(p.bottom for p in (*shelf, piece))
    width = sum(p.width for p in (*shelf, piece)) + len(shelf) * WIDE_GAP * dpi
    return bottom - top <= ONE_LINE * dpi and width <= SHELF * dpi


def strips(tables: Tables) -> Iterator[Strip]:
    """What stands in the tables, on as many strips as it needs."""
    waiting: list[list[Piece]] = []
    height = 0
    for shelf in chain.from_iterable(shelved(row, tables.dpi) for row in rows_of_pieces(tables)):
        waiting.append(shelf)
        height += max(p.bottom for p in shelf) - min(p.top for p in shelf) + round(GAP * tables.dpi)
        if height > STRIP * tables.dpi:
            yield strip_of(waiting, tables)
            waiting, height = [], 0
    if waiting:
        yield strip_of(waiting, tables)


def strip_of(shelves: list[list[Piece]], tables: Tables) -> Strip:
    """Shelves one below the other on paper."""
    gap, wide = round(GAP * tables.dpi), round(WIDE_GAP * tables.dpi)
    placed, tops, y, numbers = [], [], gap, count()
    for shelf in shelves:
        top, x, row = min(p.top for p in shelf), gap, []
        for piece in shelf:
            row.append(Placed(piece, next(numbers), x - piece.left, y - top))
            x += piece.width + wide
        placed.append(tuple(row))
        tops.append(y)
        y += max(p.bottom for p in shelf) - top + gap
    width = max(row[-1].piece.left + row[-1].x + row[-1].piece.width for row in placed) + gap
    pixels = np.full((y, width), tables.paper, np.uint8)
    for at in (at for row in placed for at in row):
        left, top = at.piece.left + at.x, at.piece.top + at.y
        pixels[top : top + len(at.piece.pixels), left : left + at.piece.width] = at.piece.pixels
    return Strip(pixels, tuple(placed), tuple(tops))
