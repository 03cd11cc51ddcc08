"""Ruled tables in the picture of a page: where they stand once the picture is level. `table_pages.py` reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.ingest.ocr import rulers
from pipeline.ingest.ocr.rulers import Line
from pipeline.ingest.ruled_grid import Grid, Ruler, grids

SLACK = 0.04
"""Inches by which the rulers of one table may miss each other."""
MIN_LONG, MIN_SHORT = 2.75, 0.2
"""Inches of the sides: smaller ones are stamps of the mail room, boxes to tick, flecks. Pages may lie on their side."""
STROKE = 0.3
"""Inches that the stroke of a letter and its accents run down at most."""
FULL_WIDTH, FULL_HEIGHT = 0.7, 0.5
"""Share of the table that its longest rulers cross."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a page on its level picture. `ruled`: where rulers are. `paper`: how bright the page is."""

    picture: np.ndarray
    dpi: int
    grids: tuple[Grid, ...]
    ruled: np.ndarray
    paper: int


def find_tables(picture: np.ndarray, dpi: int) -> Tables | None:
    """The tables of a grey picture; None where there are none."""
    found = rulers.find_lines(picture, dpi)
    if found is None:
        return None
    straight = rulers.level(picture, found[0].lean, found[1].lean)
    if straight is not picture:
        found = rulers.find_lines(straight, dpi)
    if found is None:
        return None
    across, down = crossing(found[0].lines, found[1].lines, SLACK * dpi)
    down = [line for line in down if not is_stroke(line, across, down, dpi)]
    h, v = [line.ruler for line in across], [line.ruler for line in down]
    tables = tuple(grid for grid in grids(h, v, SLACK * dpi) if is_table(grid, h, v, dpi))
    if not tables:
        return None
    height, width = straight.shape
    ruled = found[0].ink_of(across, (height, width)) | found[1].ink_of(down, (width, height)).T
    return Tables(straight, dpi, tables, ruled, int(np.median(straight)))


def crossing(across: Sequence[Line], down: Sequence[Line], slack: float) -> tuple[list[Line], list[Line]]:
    """The lines that meet one of the other direction: strokes of letters beside a ruler must not move it."""

    def meets(line: Line, others: Sequence[Line]) -> bool:
        mine = line.ruler
        return any(mine.covers(o.ruler.at, slack) and o.ruler.covers(mine.at, slack) for o in others)

    return [line for line in across if meets(line, down)], [line for line in down if meets(line, across)]


def is_stroke(line: Line, across: Sequence[Line], down: Sequence[Line], dpi: int) -> bool:
    """Whether a short line down the page hangs on a single ruler, in no column: a letter of the words right below a
    table, with its accents, which would make a column of its own and these words a row."""
    mine, slack = line.ruler, SLACK * dpi
    if mine.end - mine.start > STROKE * dpi:
        return False
    met = [o for o in across if mine.covers(o.ruler.at, slack) and o.ruler.covers(mine.at, slack)]
    if len(met) > 1:
        return False
    others = (o.ruler for o in down if o is not line and abs(o.ruler.at - mine.at) <= slack)
    return not any(o.start <= mine.end + slack and mine.start <= o.end + slack for o in others)


def is_table(grid: Grid, across: list[Ruler], down: list[Ruler], dpi: int) -> bool:
    """It has the size of a table, and rulers that go through it."""
    left, right, top, bottom = grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]
    short, long = sorted((right - left, bottom - top))
    if long < MIN_LONG * dpi or short < MIN_SHORT * dpi:
        return False
    slack = SLACK * dpi
    wide = [r for r in across if top - slack <= r.at <= bottom + slack and overlap(r, left, right) >= FULL_WIDTH]
    high = [r for r in down if left - slack <= r.at <= right + slack and overlap(r, top, bottom) >= FULL_HEIGHT]
    return len(wide) > 1 and len(high) > 0


def overlap(ruler: Ruler, start: float, end: float) -> float:
    """The share of a way that a ruler goes along."""
    return (min(ruler.end, end) - max(ruler.start, start)) / (end - start)
