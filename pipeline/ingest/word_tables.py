"""Word tables as lines: data as `a | b` rows; tables that only place text (letterhead, signatures) cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from lxml import etree

from pipeline.ingest.ooxml import attribute, child, integer, local_name, value
from pipeline.ingest.table_cells import Cell, places_letterhead, row_line, tell_merged
from pipeline.ingest.word_inline import choice

GROUPING = frozenset(["sdt", "sdtContent", "customXml", "ins", "moveTo"])
LAYOUT_CHARACTERS = 600
VISIBLE = frozenset(["single", "double", "thick", "dotted", "dashed", "dotDash", "triple", "wave"])


def table_lines(table: etree._Element, read: Callable[[etree._Element], list[str]]) -> Iterator[str]:
    """The lines of a table; `read` gives the lines of what a cell holds."""
    rows = [cells for row in elements(table, "tr") if not is_deleted(row) and (cells := row_cells(row, read))]
    if not places_text(table, rows):
        tell_merged(rows)
        yield from (line for cells in rows if (line := row_line(cells)))
        return
    for _, group in groupby(rows, key=lambda cells: [(cell.column, cell.span) for cell in cells]):
        for column in zip(*group, strict=True):
            for cell in column:
                yield from cell.lines


def elements(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    for part in parent:
        found = local_name(part)
        if found == name:
            yield part
        elif found in GROUPING:
            yield from elements(part, name)
        elif found == "AlternateContent" and (chosen := choice(part)) is not None:
            yield from elements(chosen, name)


def is_deleted(row: etree._Element) -> bool:
    """The row is a tracked deletion, or hidden."""
    properties = child(row, "trPr")
    return child(properties, "del") is not None or child(properties, "hidden") is not None


def row_cells(row: etree._Element, read: Callable[[etree._Element], list[str]]) -> list[Cell]:
    """The cells of a row with their columns; a cell merged into another is empty."""
    column = integer(child(child(row, "trPr"), "gridBefore")) or 0
    cells = []
    for element in elements(row, "tc"):
        properties = child(element, "tcPr")
        span = max(integer(child(properties, "gridSpan")) or 1, 1)
        merged = child(properties, "vMerge")
        below = merged is not None and value(merged) != "restart"
        across = value(child(properties, "hMerge")) == "continue"
        cells.append(Cell(column, span, [] if below or across else read(element), below))
        column += span
    return cells


def places_text(table: etree._Element, rows: list[list[Cell]]) -> bool:
    """The table is a means of layout: one cell a row, parts of a letterhead, or no borders around long text."""
    filled = [[cell for cell in cells if cell.text] for cells in rows]
    if all(len(cells) <= 1 for cells in rows):
        return True
    texts = [cell.text for cells in filled for cell in cells]
    if places_letterhead(len(rows), texts):
        return True
    long = any(len(text) > LAYOUT_CHARACTERS for text in texts)
    return long and (len(rows) == 1 or has_no_borders(table))


def has_no_borders(table: etree._Element) -> bool:
    """Neither the table nor its style nor a cell draws lines. A named style is taken to draw them."""
    properties = child(table, "tblPr")
    if value(child(properties, "tblStyle")) not in (None, "TableNormal"):
        return False
    borders = [child(properties, "tblBorders")]
    cells = (cell for row in elements(table, "tr") for cell in elements(row, "tc"))
    borders += [child(child(cell, "tcPr"), "tcBorders") for cell in cells]
    return not any(attribute(side, "val") in VISIBLE for found in borders if found is not None for side in found)
