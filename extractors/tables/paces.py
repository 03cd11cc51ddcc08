"""Columns that tell how fast what the rows measure is to grow (tốc độ tăng), beside its levels."""

from __future__ import annotations

from extractors.context import Plan
from extractors.cues import cues
from extractors.tables.decimals import is_doubtful
from extractors.tables.figures import FIGURE, Figure, figure_in, first_year, is_beside_levels, is_past, name_of
from extractors.tables.heads import Cell, Column
from extractors.tables.tables import Row, Table
from extractors.tables.targets import FIGURES, states_aims, target_row, tells_past
from schemas.records import Target

CUES = cues("table_part_cues.yaml")
READ = ("comparison", "aim", "year", "whole", "quantity", "no_funding", None)
"""What the heads of such columns are taken for by their other words."""
FASTEST = 100
"""From so many percent on a figure is rather the level in percent of that before (104,6) than what it grows by."""
CONFIDENCE = 0.6


def pace_targets(plan: Plan) -> list[Target]:
    """By how much the rows of tables are to grow in each year, or in one, where the head of a column says that it is
    planned or of which years of the plan it is."""
    return [
        made
        for table in plan.tables
        if any(map(is_pace, table.columns)) and states_aims(plan, table) and not tells_past(plan, table)
        for row in table.rows
        for column, cell in row.cells
        if is_told(plan, row, column) and (made := pace_target(plan, table, row, column, cell)) is not None
    ]


def unread_paces(plan: Plan, table: Table) -> list[Cell]:
    """The cells of paces that are not told, as the years of which they are are not, and those of other shares beside
    levels."""
    return [
        cell
        for row in table.rows
        for column, cell in row.cells
        if FIGURE.fullmatch(plan.text, cell.start, cell.end)
        if (is_pace(column) and not is_past(plan, column)) or is_level_in_percent(plan, row, column)
        if not is_told(plan, row, column) or pace_target(plan, table, row, column, cell) is None
    ]


def is_level_in_percent(plan: Plan, row: Row, column: Column) -> bool:
    """Whether a column that reads like one of aims tells shares of what its row measures otherwise."""
    return column.kind in FIGURES and is_beside_levels(plan, row, column)


def is_pace(column: Column) -> bool:
    """Whether the head of a column says that it tells how fast something grows, in percent."""
    return column.kind in READ and CUES["pace_head"].search(column.head) is not None


def is_told(plan: Plan, row: Row, column: Column) -> bool:
    """Whether a pace is one that the plan aims at, beside a level, and one of each year or of a single one."""
    if not is_pace(column) or not is_beside_levels(plan, row, column):
        return False
    planned = CUES["planned_pace"].search(column.head) is not None
    if column.years:
        planned = min(column.years) >= first_year(plan)
    return planned and (column.year is not None or CUES["pace_of_year"].search(column.head) is not None)


def pace_target(plan: Plan, table: Table, row: Row, column: Column, cell: Cell) -> Target | None:
    """The rise or fall that a cell tells; None where it holds no one figure, or a level in percent of that before."""
    name, figure = name_of(plan, row), figure_in(plan, cell)
    if name is None or row.total or figure is None or is_doubtful(plan, table, row, column, cell):
        return None
    values = [value for value in (figure.value_min, figure.value_max) if value is not None]
    if not values or max(values) >= FASTEST or figure.unit not in (None, "percent"):
        return None
    yearly = CUES["pace_of_year"].search(column.head) is not None
    moved = figure.direction if figure.direction == "decrease" else "increase"
    pace = Figure(figure.comparator, figure.value_min, figure.value_max, "percent", "year" if yearly else None, moved)
    made = target_row(plan, table, row, column, cell, pace, name, None)
    if made is not None:
        made.indicator_text = name
        made.baseline_value = made.baseline_year = None
        made.method, made.confidence = "table_pace", CONFIDENCE
    return made
