"""Where the rows of tables start from (hiện trạng, năm gốc): the column of a year before the plan beside the aims."""

from __future__ import annotations

from extractors.context import Plan
from extractors.cues import cues
from extractors.tables.decimals import figure_of_row, is_doubtful
from extractors.tables.figures import MONEY, Unit, first_year, is_past, unit_of
from extractors.tables.heads import Cell, Column, own_words, stands_beside
from extractors.tables.tables import Row, Table

CUES = cues("table_cues.yaml")
BARE_PAST = cues("table_part_cues.yaml")["year_past"]


def baseline(plan: Plan, table: Table, row: Row, aim: Column, unit: Unit) -> dict[str, float | int]:
    """Where a row starts from, where one column tells it with its year (`TH 2020`), or what the aim measures in a year
    before the plan (`Tỷ lệ bao phủ năm 2022` beside `Chỉ tiêu bao phủ năm 2023`; the bare `2022` beside `2025`)."""
    past = [(c, cell) for c, cell in row.of("past") if c.year and c.year <= first_year(plan) and stands_beside(c, aim)]
    past = [(c, cell) for c, cell in past if c.year == max(column.year for column, _ in past)]
    past = past or [
        (column, cell)
        for column, cell in row.of("quantity", "aim")
        if column.year and is_past(plan, column) and own_words(column) == own_words(aim) != []
    ]
    past = past or years_before(plan, row, aim)
    if len(past) != 1:
        return {}
    (column, cell) = past[0]
    if unit.code not in MONEY and CUES["money_column"].search(column.head):
        return {}
    figure = None if is_doubtful(plan, table, row, column, cell) else figure_of_row(plan, row, cell)
    if figure is None or figure.value_min is None or figure.unit not in (None, unit.code):
        return {}
    if column.kind != "past" and (unit_of(plan, table, row, column) or unit)[:2] != unit[:2]:
        return {}
    scale = 1.0 if figure.unit in MONEY else unit.scale
    return {"baseline_value": figure.value_min * scale, "baseline_year": column.year}


def years_before(plan: Plan, row: Row, aim: Column) -> list[tuple[Column, Cell]]:
    """The cells of bare years before the plan (`2020`, `Cuối năm 2020`) that are of what the aim is."""
    return [
        (c, cell)
        for c, cell in row.of("year")
        if c.year and is_past(plan, c) and BARE_PAST.fullmatch(c.label) and stands_beside(c, aim)
    ]
