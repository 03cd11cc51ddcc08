"""Reading the picture of a page: as it is, or where it has tables, their cells on strips and the rest around them."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.ocr.cell_strips import strips
from pipeline.ingest.ocr.engine import Engine, ReadPicture
from pipeline.ingest.ocr.tables import Tables, find_tables
from pipeline.ingest.ocr.words import Reading
from pipeline.limits import alive

EDGE = 0.06
"""Inches around a table that are painted out with it: half of its frame."""


def read_page(picture: np.ndarray, dpi: int, engine: Engine) -> Reading:
    """Everything on a grey picture."""
    if engine.read_strip is None or (tables := find_tables(picture, dpi)) is None:
        return engine.read(picture, dpi)
    return read_tables(tables, engine.read, engine.read_strip)


def read_tables(tables: Tables, read: ReadPicture, read_strip: ReadPicture) -> Reading:
    """Everything on a page with tables: first the lines around them, then those of the cells."""
    lines = list(read(without_tables(tables), tables.dpi).lines)
    for strip in strips(tables):
        alive()
        block = max((line.block for line in lines), default=0) + 1
        for line in read_strip(strip.pixels, tables.dpi).lines:
            lines += strip.put_back(line, block)
    return Reading(tuple(lines), tables.grids)


def without_tables(tables: Tables) -> np.ndarray:
    """The page with its tables painted out."""
    out = tables.picture.copy()
    edge = round(EDGE * tables.dpi)
    for grid in tables.grids:
        left, right, top, bottom = (round(v) for v in (grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]))
        out[max(0, top - edge) : bottom + edge, max(0, left - edge) : right + edge] = tables.paper
    return out
