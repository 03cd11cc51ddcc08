"""The cells of a table as lines `a | b`, whichever reader found them: Word's, or that of rulers on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractors.cues import cues
from pipeline.ingest.merged_cells import Merged
from pipeline.ingest.ruled_grid import Grid, GridCell

MIN_COLUMNS, MAX_COLUMNS = 3, 60
LETTERHEAD = cues("letterhead_cues.yaml")["word_layout"].compiled
LAYOUT_ROWS = 8
"""Tables that place a letterhead or signatures are short; a longer one with such words in it holds data."""


@dataclass(slots=True)
class Cell:
    """One cell: the column at which it begins, how many it covers, its lines, whether it is merged into the one
    above."""

    column: int
    span: int
    lines: list[str]
    below: bool = False

    @property
    def text(self) -> str:
        """The cell on one line."""
        return " ".join(" ".join(self.lines).split())


def tell_merged(rows: list[list[Cell]]) -> None:
    """Put what a cell that covers several rows says into each of them."""
    merged = Merged()
    for cells in rows:
        merged.open_row(cells[0].below)
        for cell in cells:
            if cell.below:
                cell.lines = [merged.again(cell.column)]
            else:
                merged.note(cell.column, cell.span, cell.text)


def row_line(cells: list[Cell]) -> str:
    """A row of data: its cells by the columns of the table. Empty ones, and those that a cell spans, keep their place
    where the table has three columns and more; a row that is one cell only is its words."""
    filled = [cell for cell in cells if cell.text]
    if len(filled) > 1 and has_columns(cells):
        return open_row(cells)
    return " | ".join(cell.text for cell in filled)


def has_columns(cells: list[Cell]) -> bool:
    """The row is of a table in which the place of a cell says something."""
    return MIN_COLUMNS <= cells[-1].column + cells[-1].span <= MAX_COLUMNS


def open_row(cells: list[Cell]) -> str:
    """A row with a place for each of its columns, however few say anything."""
    texts = [""] * (cells[-1].column + cells[-1].span)
    for cell in cells:
        texts[cell.column] = cell.text
    return " ".join(" | ".join(texts).split())


def places_letterhead(n_rows: int, texts: Iterable[str]) -> bool:
    """The table only places the parts of a letterhead, or signatures."""
    return n_rows <= LAYOUT_ROWS and any(LETTERHEAD.search(text) for text in texts)


def grid_lines(grid: Grid, texts: Mapping[GridCell, str]) -> list[str]:
    """The lines of a table that rulers frame, given what each of its cells says. A row that is one cell only keeps
    its columns, for it may be the rest of a row on the page before (`broken_rows.joined_pages` tells)."""
    rows = [
        [Cell(c.column, c.columns, [texts.get(c, "")] if c.row == i else [], c.row < i) for c in row]
        for i, row in enumerate(grid.rows())
    ]
    tell_merged(rows)
    said = [cells for cells in rows if any(cell.text for cell in cells)]
    return [open_row(cells) if has_columns(cells) else row_line(cells) for cells in said]
