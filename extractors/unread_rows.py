"""Rows of tables whose columns are not known (hàng của bảng chưa đọc được): read as running text they tell a time or a
body, but not surely of what."""

from __future__ import annotations

from extractors.context import Plan
from extractors.plan import Block
from extractors.tables.heads import ORDINAL, Cell, cells_of, words
from extractors.year_parts import months_named
from schemas.records import Assignment

UNREAD = 0.6
"""At most so sure is what such a row tells."""
MIN_BORDERS = 2
MIN_HEADS = 2
LONGEST_ROW = 4_000
"""A line of so many characters is no row: each of its times would be held against all its cells."""
TIME_CELL = 40
"""A cell that is no longer than its time by more tells when; a longer one tells of what, too."""


def is_unread_row(plan: Plan, offset: int) -> bool:
    """Whether a place lies in a row of three cells and more of a table that is not read by its columns."""
    block = plan.block_at(offset)
    if block.end - block.start > LONGEST_ROW:
        return False
    return plan.text.count(" | ", block.start, block.end) >= MIN_BORDERS and not plan.in_table(block)


def heads_times(plan: Plan, block: Block) -> bool:
    """Whether a line of cells names parts of a year side by side (`Quý III | Quý IV | Quý I`): the heads of columns,
    which set no time for anything."""
    if plan.text.find(" | ", block.start, block.end) < 0:
        return False
    return sum(1 for cell in cells_of(plan.text, block) if months_named(words(plan.text, cell))) >= MIN_HEADS


def doubt_unread(plan: Plan, assignments: list[Assignment]) -> list[Assignment]:
    """The assignments of running text, those less sure that stand in such rows."""
    for row in assignments:
        if is_unread_row(plan, row.char_start):
            row.confidence = min(row.confidence, UNREAD)
    return assignments


def task_in_row(plan: Plan, block: Block, start: int, end: int) -> str | None:
    """What a row sets the time at `start`..`end` for, by the looks of its cells: what else the cell of the time says,
    else the longest of those that do not name bodies."""
    cells = cells_of(plan.text, block)
    own = next((cell for cell in cells if cell.start <= start < cell.end), None)
    if own is not None and own.end - own.start - (end - start) > TIME_CELL:
        return words(plan.text, own)
    others = [c for c in cells if c is not own and not ORDINAL.fullmatch(words(plan.text, c)) and tells(plan, c)]
    return max((words(plan.text, cell) for cell in others), key=len, default=None)


def tells(plan: Plan, cell: Cell) -> bool:
    """Whether the words of a cell, several, do more than name bodies."""
    said = words(plan.text, cell)
    bodies = sum(span.end_char - span.start_char for span in plan.terms("agencies", cell.start, cell.end))
    return " " in said and 2 * bodies < len(said) and 2 * sum(map(str.isalpha, said)) > len(said)
