"""How the workbook's sheets look on the screen and on paper: widths, heights of rows, and the printed page."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.workbook.sheets import Sheet

WIDTHS = {
    "text": 18,
    "short": 12,
    "place": 26,
    "long": 46,
    "id": 20,
    "whole": 8,
    "number": 14,
    "percent": 9,
    "money": 20,
    "sum": 20,
    "date": 11,
    "share": 8,
    "year": 7,
}
"""Width of a column in letters, by the kind of its values. What is wider than a page is printed smaller."""
WRAPPED = ("text", "short", "place", "long")
"""Kinds of words, which go on in the next line: the cell beside would cut them."""
INDENT = 1
"""Of words, in letters, so that they do not touch the number before them."""
NOT_PRINTED = "id"
"""The kind of the last columns, which only who works with the tables needs."""
LINE_HEIGHT, MOST_LINES, HEAD_LINES = 15, 12, 4
"""Of a row in points; a quote that needs more lines is cut on the page, not in the cell."""
A4 = 9
MARGIN, MARGIN_ABOVE = 0.3, 0.5
"""Around the printed page, in inches."""
FOOTER = "&L&A&R&P/&N"
"""The sheet's name and the page of how many."""


def set_up(page: Worksheet, sheet: Sheet) -> None:
    """Columns, head and page of a sheet that will be filled."""
    for_print(page)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.fields):
        page.set_column(at, at, WIDTHS[column.kind])
    heads = (len(textwrap.wrap(column.head, WIDTHS[column.kind] - INDENT - 1)) for column in sheet.fields)
    page.set_row(0, LINE_HEIGHT * min(HEAD_LINES, max(heads)))


def for_print(page: Worksheet) -> None:
    """Lying, as wide as the paper and as many pages long as needed."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(MARGIN, MARGIN, MARGIN_ABOVE, MARGIN_ABOVE)
    page.set_footer(FOOTER)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(0)  # on paper, too, or nobody finds the line across


def finish(page: Worksheet, sheet: Sheet, rows: int) -> None:
    """What can be said of a sheet when all its rows are there."""
    page.autofilter(0, 0, rows, len(sheet.fields) - 1)
    printed = sheet.printed or sum(column.kind != NOT_PRINTED for column in sheet.fields)
    page.print_area(0, 0, rows, printed - 1)


def height_of(sheet: Sheet, values: Iterable[Any]) -> int:
    """The height that a row needs for its longest text; programs that do not reckon it out would show one line."""
    words = (
        lines_in(value, WIDTHS[field.kind])
        for field, value in zip(sheet.fields, values, strict=True)
        if field.kind in WRAPPED and isinstance(value, str)
    )
    return LINE_HEIGHT * min(MOST_LINES, max(words, default=1))


def lines_in(said: str, width: int) -> int:
    """How many lines a text needs in a column, about: lines end between words, a little before the edge."""
    return sum(max(1, math.ceil(len(part) / (width - INDENT - 1))) for part in said.split("\n"))
