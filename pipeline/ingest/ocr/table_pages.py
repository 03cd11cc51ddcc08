"""Reading the picture of a page: as it is, or where it has tables, their cells on strips and the rest around them.

Read whole, rulers become letters and neighbouring cells one line. So what stands in cells is cut out without its rulers
and set on strips, which the engine reads as lines; the rest of the page is read with the tables painted out. Each word
then goes back to where it stood on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from pipeline.ingest.ocr import prep
from pipeline.ingest.ocr.cell_strips import strips
from pipeline.ingest.ocr.decimals import with_commas
from pipeline.ingest.ocr.engine import Engine, ReadPicture
from pipeline.ingest.ocr.figures import beside_marks
from pipeline.ingest.ocr.lost_labels import with_lost_labels
from pipeline.ingest.ocr.numerals import with_counted_strokes
from pipeline.ingest.ocr.ordinal_head import with_ordinal_heads
from pipeline.ingest.ocr.tables import Tables, find_tables
from pipeline.ingest.ocr.words import Reading, TextLine, Word
from pipeline.limits import alive

EDGE = 0.06
"""Inches around a table in which its rulers are painted out with it: half of its frame."""
CLOSE = 0.02

STRIP_DPI = 300
"""As large as this 313 of 334 cells of noisy scans at 200 dpi come out letter by letter, as they are 306."""


def read_page(picture: np.ndarray, dpi: int, engine: Engine) -> Reading:
    """Everything on a grey picture."""
    if engine.read_strip is None or (tables := find_tables(picture, dpi)) is None:
        return read_lines(picture, dpi, engine.read, engine.read_strip)
    return read_tables(tables, engine.read, engine.read_strip)


def read_lines(picture: np.ndarray, dpi: int, read: ReadPicture, read_strip: ReadPicture | None) -> Reading:
    """The lines of a picture without tables."""
    reading = as_drawn(read(picture, dpi), picture)
    return reading if read_strip is None else with_lost_labels(reading, picture, dpi, read_strip)


def as_drawn(reading: Reading, picture: np.ndarray) -> Reading:
    """A reading with what its picture tells better: strokes of Roman numerals, commas of figures."""
    return with_commas(with_counted_strokes(reading, picture), picture)


def read_tables(tables: Tables, read: ReadPicture, read_strip: ReadPicture) -> Reading:
    """Everything on a page with tables: first the lines around them, then those of the cells."""
    around = without_tables(tables)
    lines = list(read_lines(around, tables.dpi, read, read_strip).lines)
    for strip in strips(tables):
        alive()
        block = max((line.block for line in lines), default=0) + 1
        for line in read_enlarged(strip.pixels, tables.dpi, read_strip):
            lines += map(beside_marks, strip.put_back(line, block))
    return Reading(tuple(with_ordinal_heads(lines, tables)), tables.grids)


def read_enlarged(pixels: np.ndarray, dpi: int, read_strip: ReadPicture) -> Iterator[TextLine]:
    """The lines of a strip that is enlarged to be read, with their places on the strip as it is: letters in tables are
    small, and what stands in a cell gives the engine little to guess from."""
    scale = max(1.0, STRIP_DPI / dpi)
    large = cv2.resize(prep.softened(pixels), None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    for line in as_drawn(read_strip(large, round(dpi * scale)), large).lines:
        yield TextLine(tuple(scaled(word, 1 / scale) for word in line.words), line.block)


def scaled(word: Word, by: float) -> Word:
    """The word as it stands on a picture so much larger."""
    left, top, right, bottom = (round(by * side) for side in (word.left, word.top, word.right, word.bottom))
    return replace(word, left=left, top=top, right=right, bottom=bottom)


def without_tables(tables: Tables) -> np.ndarray:
    """The page with its tables painted out; close around them only what is a ruler, for accents of the words below may
    touch the last one."""
    out = tables.picture.copy()
    edge, close = round(EDGE * tables.dpi), round(CLOSE * tables.dpi)
    rulers = cv2.dilate(tables.ruled, np.ones((3, 3), np.uint8)) > 0
    for grid in tables.grids:
        left, right, top, bottom = (round(v) for v in (grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]))
        around = np.s_[max(0, top - edge) : bottom + edge, max(0, left - edge) : right + edge]
        out[around][rulers[around]] = tables.paper
        out[max(0, top - close) : bottom + close, max(0, left - close) : right + close] = tables.paper
    return out
