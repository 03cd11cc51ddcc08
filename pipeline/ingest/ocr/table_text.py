"""What was read in the cells of a page's tables: as rows of text, and at what height on the page they belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from pipeline.ingest.broken_rows import whole_figure
from pipeline.ingest.ocr.row_numbers import with_row_numbers
from pipeline.ingest.ocr.words import Reading, TextLine
from pipeline.ingest.ruled_grid import GridCell
from pipeline.ingest.table_cells import grid_lines, places_letterhead

SAYS_SOMETHING = regex.compile(r"\p{L}|\d")
SPECKS = "'‘`´"
"""What a cell never opens with: bits of rulers are read as such, before words (`'Tổng số`)."""
DOUBTED = 0.7
"""Marks read with less beside the words of a cell are specks and bits of rulers."""

Cells = dict[GridCell, list[TextLine]]


@dataclass(frozen=True, slots=True)
class TableText:
    """The rows of a table, and the height at which it stands."""

    top: float
    rows: tuple[str, ...]


def apart(reading: Reading) -> tuple[list[TextLine], list[TableText]]:
    """The lines of a page that are text, and its tables. A table that places a letterhead is text, cell by cell."""
    if not reading.grids:
        return list(reading.lines), []
    around, tables = in_cells(reading)
    found = []
    for grid, cells in zip(reading.grids, tables, strict=True):
        texts = {cell: text_of(lines) for cell, lines in with_row_numbers(cells).items()}
        if places_letterhead(len(grid.fields), texts.values()):
            at = place_of(grid.ys[0], around)
            around[at:at] = [line for cell in in_order(cells) for line in cells[cell]]
        else:
            found.append(TableText(grid.ys[0], tuple(grid_lines(grid, texts))))
    return around, found


def in_cells(reading: Reading) -> tuple[list[TextLine], list[Cells]]:
    """The lines that stand in no table, and by table those in each cell."""
    around: list[TextLine] = []
    tables: list[Cells] = [{} for _ in reading.grids]
    for line in reading.lines:
        for grid, cells in zip(reading.grids, tables, strict=True):
            if (cell := grid.cell_at(*line.middle)) is not None:
                cells.setdefault(cell, []).append(line)
                break
        else:
            around.append(line)
    return around, tables


def in_order(cells: Iterable[GridCell]) -> list[GridCell]:
    """Cells as they are read."""
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def text_of(lines: Iterable[TextLine]) -> str:
    """What a cell says: its words from top to bottom; a dash alone says that there is nothing."""
    words = [word for line in sorted(lines, key=lambda line: line.top + line.bottom) for word in line.words]
    says = [SAYS_SOMETHING.search(word.text) is not None for word in words]
    if any(says):
        words = [word for word, said in zip(words, says, strict=True) if said or word.confidence >= DOUBTED]
    return whole_figure(" ".join(word.text.replace("|", "") for word in words).lstrip(SPECKS))


def place_of(top: float, lines: Sequence[TextLine]) -> int:
    """Where among the lines of a page something belongs that begins at a height."""
    return max((i for i, line in enumerate(lines, 1) if line.top + line.bottom < 2 * top), default=0)
