"""Cells of several lines that pair off: the first line of the task is that of the bodies in the first lines beside it,
the second that of those in the second (phân công theo từng dòng)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.context import Plan
from extractors.cues import cues
from extractors.spans import trim
from extractors.tables.heads import Cell

LINE_BREAK = cues("table_cues.yaml")["line_in_cell"]


def lines_of_task(plan: Plan, cell: Cell) -> list[Cell]:
    """The lines of a cell that tells tasks. How a cell was broken is lost with its row: sentences of their own, or
    points with dashes, stand for its lines."""
    breaks = [m.span() for m in LINE_BREAK.finditer(plan.text, cell.start, cell.end)]
    spans = zip([cell.start, *(b for _, b in breaks)], [*(a for a, _ in breaks), cell.end], strict=True)
    return [Cell(*trim(plan.text, *span)) for span in spans if plan.text[slice(*span)].strip(" .;-–+")]


def lines_of_bodies(plan: Plan, cell: Cell, bodies: Sequence[tuple[int, int]]) -> list[Cell]:
    """The lines of a cell that names bodies at these places: with nothing at all between two of them, a line ended
    there (`UBND các xã Sở Tài chính`)."""
    lines: list[Cell] = []
    start = cell.start
    for (_, end), (begin, _) in pairwise(bodies):
        if end < begin and not plan.text[end:begin].strip():
            lines.append(Cell(start, end))
            start = begin
    return [*lines, Cell(start, cell.end)]
