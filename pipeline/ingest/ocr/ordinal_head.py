"""The head `TT` over the numbers of a table's rows, told by its shape.

Two letters alone, whose bars touch, are what Tesseract reads worst: they become `3`, `R`, `g bí`, and with them a table
loses its head, or its second page is taken for another table. On the picture they are plain: a bar above, two stems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import regex

from pipeline.ingest.ocr.tables import Tables
from pipeline.ingest.ocr.words import TextLine, Word
from pipeline.ingest.ruled_grid import Grid, GridCell

KNOWN = regex.compile(r"(?:S\W?)?TT\W?")
ROWS = 2
"""In so many rows of a table its head begins."""
INK = 0.5
CONTRAST = 60
RIM = 0.016
"""Inches along the rulers that are not looked at."""
LEAST, MOST = 0.06, 0.25
"""Inches that the letters are high."""
SHAPE = 1.4, 2.4
"""How many times as wide as high two of them are."""
BAR, ACROSS = 0.16, 0.85
"""So much of their height is the bar, which covers so much of their width."""
WAIST, FOOT = (0.4, 0.55), (0.7, 0.85)
UPRIGHT = 0.08
"""By how much of their height stems lean at most between the two: figures 7 lean more."""
STEM = 0.42
"""How wide a stem is at most, in heights."""
PLACES, SLACK = (0.25, 0.75), 0.1
"""Where the stems stand, in widths, and by how much they may be off."""
SURE = 0.8


def with_ordinal_heads(lines: Sequence[TextLine], tables: Tables) -> list[TextLine]:
    """The lines of a page with the heads `TT` of its tables as the picture has them."""
    out = list(lines)
    for grid in tables.grids:
        for cell, left, top, right, bottom in first_cells(grid, round(RIM * tables.dpi)):
            inside = [line for line in out if grid.cell_at(*line.middle) == cell]
            if KNOWN.fullmatch(" ".join(line.text for line in inside)):
                continue
            if shows_ordinal_head(without_rulers(tables, np.s_[top:bottom, left:right]), tables.dpi):
                block = inside[0].block if inside else max((line.block for line in out), default=0) + 1
                out = [line for line in out if line not in inside]
                out.append(TextLine((Word("TT", SURE, left, top, right, bottom),), block))
    return out


def first_cells(grid: Grid, rim: int) -> Iterator[tuple[GridCell, int, int, int, int]]:
    """The first cell of each of the first rows of a table of several columns, and its sides within the rulers."""
    if len(grid.xs) <= ROWS + 1:
        return
    for row in range(min(ROWS, len(grid.fields))):
        cell = grid.fields[row][0]
        if cell.row == row and cell.columns == 1:
            yield (
                cell,
                round(grid.xs[0]) + rim,
                round(grid.ys[row]) + rim,
                round(grid.xs[1]) - rim,
                round(grid.ys[row + cell.rows]) - rim,
            )


def without_rulers(tables: Tables, place: tuple[slice, slice]) -> np.ndarray:
    """A piece of the page without the ink of rulers."""
    ruled = cv2.dilate(tables.ruled[place], np.ones((3, 3), np.uint8)) > 0
    return np.where(ruled, np.uint8(tables.paper), tables.picture[place])


def shows_ordinal_head(pixels: np.ndarray, dpi: int) -> bool:
    """Whether a picture shows two letters T and nothing else."""
    if pixels.size == 0 or int(pixels.max()) - int(pixels.min()) < CONTRAST:
        return False
    ink = letters_in(pixels)
    height, width = ink.shape
    if not LEAST * dpi <= height <= MOST * dpi or not SHAPE[0] * height <= width <= SHAPE[1] * height:
        return False
    bar = ink[: max(1, round(BAR * height))].any(axis=0)
    if bar.mean() < ACROSS:
        return False
    upper, lower = (stems_in(ink, *part) for part in (WAIST, FOOT))
    return len(upper) == len(lower) == len(PLACES) and all(
        end - start <= STEM * height
        and abs((start + end) / 2 / width - place) <= SLACK
        and abs(start + end - below - beyond) / 2 <= UPRIGHT * height
        for (start, end), (below, beyond), place in zip(upper, lower, PLACES, strict=True)
    )


def stems_in(ink: np.ndarray, start: float, end: float) -> list[tuple[int, int]]:
    """From where to where ink stands between two heights."""
    columns = ink[round(start * len(ink)) : round(end * len(ink))].any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def letters_in(pixels: np.ndarray) -> np.ndarray:
    """Where ink is on the smallest picture that holds all larger marks."""
    smooth = cv2.GaussianBlur(pixels, (3, 3), 0)
    paper = int(np.percentile(smooth, 80))
    ink = (smooth < paper - INK * (paper - int(smooth.min()))).astype(np.uint8)
    _, numbers, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    largest = int(stats[1:, cv2.CC_STAT_AREA].max(initial=0))
    keep = stats[:, cv2.CC_STAT_AREA] >= 0.1 * largest
    keep[0] = False
    ink = keep[numbers]
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return ink[:0, :0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
