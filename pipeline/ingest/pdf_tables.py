"""Tables of a digital PDF page: what stands between rulers is read cell by cell, each row as a line `a | b`.

pdfium gives a page's letters in the order in which they are drawn, cell after cell, and parts them into lines by
their height alone: of a table it makes rows that lost their columns. Pages that draw no lines are left alone, for
looking at letters costs time.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ingest.broken_rows import whole_figure
from pipeline.ingest.pdf_layer import whole_hyphens
from pipeline.ingest.pdf_lines import line_marks
from pipeline.ingest.pdf_objects import DRAWN
from pipeline.ingest.pdf_rulers import Point, read_rulers, upright
from pipeline.ingest.ruled_grid import Grid, GridCell, grids
from pipeline.ingest.table_cells import grid_lines, places_letterhead

SLACK = 3.0
"""Points by which the rulers of one table may miss each other."""
SAMPLE = 100
FIRST_SURROGATE, LAST_SURROGATE = 0xD800, 0xDFFF


@dataclass(slots=True)
class Table:
    """A table and what its cells say, letter by letter."""

    grid: Grid
    cells: dict[GridCell, list[str]] = field(default_factory=dict)
    last: tuple[GridCell, int] | None = None

    def take(self, cell: GridCell, index: int, sign: str) -> None:
        """Put a letter into its cell, apart from what was drawn elsewhere in between."""
        said = self.cells.setdefault(cell, [])
        if said and self.last != (cell, index - 1):
            said.append(" ")
        said.append(sign)
        self.last = cell, index


def page_text(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, text: str, kinds: Iterable[int]) -> str:
    """The page's text, its lines set in as on the page, with each of its ruled tables as lines, where it stood. `text`:
    as pdfium orders it; `kinds`: of the objects on the page."""
    if DRAWN.isdisjoint(kinds):
        return with_marks(text, line_marks(text_page, text, page.get_rotation() // 90))
    turns = quarter_turns(page, text_page)
    marks = line_marks(text_page, text, turns)
    rulers = read_rulers(page, turns)
    tables = [Table(grid) for grid in grids(rulers.across, rulers.down, SLACK)]
    if not tables:
        return with_marks(text, marks)
    return put_together(tables, letters(text_page, turns), marks)


def with_marks(text: str, marks: dict[int, str]) -> str:
    """The text with what is to be put before its lines."""
    parts, at = [], 0
    for index, mark in marks.items():
        parts += [text[at:index], mark]
        at = index
    return "".join([*parts, text[at:]])


def quarter_turns(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> int:
    """How often the page is to be turned clockwise so that most of its letters stand upright."""
    count = text_page.count_chars()
    places = range(0, count, max(1, count // SAMPLE))
    angles = (pdfium_c.FPDFText_GetCharAngle(text_page.raw, i) for i in places)
    turns = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else page.get_rotation() // 90


def letters(text_page: pdfium.PdfTextPage, turns: int) -> Iterator[tuple[str, Point | None]]:
    """The page's characters, each with its centre; line ends and other signs without a place of their own have None."""
    raw = text_page.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = [ctypes.byref(side) for side in (left, right, bottom, top)]
    for i in range(text_page.count_chars()):
        sign = sign_of(pdfium_c.FPDFText_GetUnicode(raw, i))
        if sign.isspace() or pdfium_c.FPDFText_IsGenerated(raw, i) == 1:
            yield sign, None
        else:
            pdfium_c.FPDFText_GetCharBox(raw, i, *box)
            yield sign, upright(((left.value + right.value) / 2, (bottom.value + top.value) / 2), turns)


def sign_of(code: int) -> str:
    """The character of a code; a broken font may give what is none."""
    return chr(code) if code < FIRST_SURROGATE or LAST_SURROGATE < code <= sys.maxunicode else "\ufffd"


def put_together(tables: list[Table], signs: Iterator[tuple[str, Point | None]], marks: dict[int, str]) -> str:
    """The text of the page: what stands outside of tables, with marks before its lines, and at its first letter each
    table."""
    out: list[str | Table] = []
    table, cell = None, None
    for index, (sign, place) in enumerate(signs):
        if place is not None:
            before = table
            table, cell = located(tables, place)
            if table is not before:
                out.append("\n")
            if table is not None and not table.cells:
                out.append(table)
        if table is None:
            out.append(marks.get(index, "") + sign)
        else:
            table.take(cell, index, sign)
    return "".join(part if isinstance(part, str) else table_text(part) for part in out)


def located(tables: list[Table], place: Point) -> tuple[Table | None, GridCell | None]:
    """The table and the cell in which a point lies."""
    for table in tables:
        if (cell := table.grid.cell_at(*place)) is not None:
            return table, cell
    return None, None


def table_text(table: Table) -> str:
    """The table's rows, a line each; what only places a letterhead is told cell by cell."""
    said = {cell: whole_hyphens("".join(signs)) for cell, signs in table.cells.items()}
    said = {cell: whole_figure(" ".join(words.split())) for cell, words in said.items()}
    if places_letterhead(len(table.grid.fields), said.values()):
        return "\n".join(said.values()) + "\n"
    return "\n".join(grid_lines(table.grid, said)) + "\n"
