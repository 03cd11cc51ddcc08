"""Dots and commas in the figures of a table (dấu chấm, dấu phẩy): what the cells beside one and its unit say of it.

A column of units lets every row have its own kind of figures, so that only those of the same row speak for a figure.
"""

from __future__ import annotations

import regex

from extractors.context import Plan
from extractors.tables.figures import MONEY, Figure, figure_in, unit_of, unit_told
from extractors.tables.heads import Cell, Column, words
from extractors.tables.settling import GROUPED, WITH_POINT, may_be_either
from extractors.tables.tables import FIGURES, Row, Table

WITH_COMMA = regex.compile(r"\d+,(?:\d{1,2}|\d{4,})|0,\d+")
"""A number in which the comma can only part decimals."""
IN_THREES = regex.compile(r"[1-9]\d{0,2},\d{3}")
"""A number whose comma may part thousands or decimals."""
THOUSANDTHS = regex.compile(r"\W*[1-9]\d{0,2},\d{3}\W*")
"""What parts decimals beside `1.100`, but hardly a thousandth of a head of cattle."""
WHOLE_THINGS = frozenset(
    {
        *("person", "household", "animal", "tree", "commune", "village", "class", "model", "item", "school"),
        *("minute", "hour", "day", "rank"),
    }
)
THOUSAND, MILLION = 1000, 1_000_000
NEAR = 10
"""Figures of one row that are alike: one is not so many times the other."""


def figure_of_row(plan: Plan, row: Row, cell: Cell) -> Figure | None:
    """The figure of a cell. A comma before three digits (`365,125`) parts decimals where one in the same row can part
    nothing else (`371,25`) and the two are then alike."""
    said = words(plan.text, cell)
    if not IN_THREES.fullmatch(said):
        return figure_in(plan, cell)
    value = float(said.replace(",", "."))
    if in_millions(plan, row):
        return Figure("eq", value, value)
    beside = [float(s.replace(",", ".")) for s in figures_beside(plan, row, cell) if WITH_COMMA.fullmatch(s)]
    if any(other and 1 / NEAR < value / other < NEAR for other in beside):
        return Figure("eq", value, value)
    return figure_in(plan, cell)


def in_millions(plan: Plan, row: Row) -> bool:
    """Whether a row counts in millions, of which no province has thousands (`2,150` of `triệu người`), and no figure of
    it parts thousands by dots; of money there may be so many."""
    cells = [words(plan.text, cell) for _, cell in row.of("measure_unit")]
    unit = unit_told(cells[0]) if cells else None
    if unit is None or unit.scale < MILLION or unit.code in MONEY:
        return False
    return not any("." in words(plan.text, cell) for _, cell in row.of(*FIGURES))


def figures_beside(plan: Plan, row: Row, cell: Cell) -> list[str]:
    """The other figures of a row."""
    return [words(plan.text, other) for _, other in row.of(*FIGURES) if other.start != cell.start]


def is_doubtful(plan: Plan, table: Table, row: Row, column: Column, cell: Cell) -> bool:
    """Whether the dot or comma of a figure may part thousands or decimals."""
    if may_be_either(plan.text, column, cell) or is_part_of_thing(plan, table, row, column, cell):
        return True
    if not GROUPED.fullmatch(words(plan.text, cell)):
        return False
    beside = row.of("measure_unit") and any(WITH_POINT.fullmatch(s) for s in figures_beside(plan, row, cell))
    unit = unit_of(plan, table, row, column)
    return bool(beside) or (unit is not None and unit.code == "percent")


def is_part_of_thing(plan: Plan, table: Table, row: Row, column: Column, cell: Cell) -> bool:
    """Whether a cell would count thousandths of what only comes whole (`1,200` under `Dại (con)`); of thousands of it
    they are whole."""
    if not THOUSANDTHS.fullmatch(plan.text, cell.start, cell.end):
        return False
    unit = unit_of(plan, table, row, column)
    return unit is None or (unit.code in WHOLE_THINGS and unit.scale < THOUSAND)
