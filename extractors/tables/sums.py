"""Whether the columns of a table add up to its total row, which the tree of amounts checks only where no whole
stands beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extractors.context import Plan
from extractors.cues import cues
from extractors.sums import TINY, Mismatch
from extractors.tables.figures import figure_in
from extractors.tables.heads import Cell, Column
from extractors.tables.money import amounts_of, number_in, rank_of, unread
from extractors.tables.tables import Row, Table
from schemas.records import Funding, Target

CUES = cues("table_cues.yaml")
NO_FACTS = (None, "past", "comparison")
"""Columns of which nothing is read."""
FEWEST = 2
NEAR = (0.8, 1.25)
"""All rows and the total row are read, so that a sum may miss by more than in running text; beyond, rows of other kinds
stand among those summed."""


def wrong_columns(plan: Plan, rows: Sequence[Funding | Target]) -> Iterator[Mismatch]:
    """Columns whose rows make another sum than the total row states, with the row of facts that states it."""
    by_place: dict[tuple[int, float], list[Funding | Target]] = defaultdict(list)
    for row in rows:
        value = row.amount_vnd if isinstance(row, Funding) else row.value_min
        by_place[row.char_start, float(value or 0)].append(row)
    for table in plan.tables:
        for total, column, stated, actual in mismatches(plan, table):
            stating = by_place[total.start, stated]
            if stating:
                yield Mismatch(next((r for r in stating if year_in(r) == column.year), stating[0]), stated, actual)


def year_in(row: Funding | Target) -> int | None:
    """The year that a row of facts is for."""
    return row.year if isinstance(row, Funding) else row.due_year


def mismatches(plan: Plan, table: Table) -> Iterator[tuple[Row, Column, float, float]]:
    """The total row, the column, what it states and what the rows make, for each column that is wrong."""
    if not table.complete or any(unread(plan, row) for row in table.rows):
        return
    for values_of in (money_of, counts_of):
        found = [(row, values) for row in table.rows if (values := values_of(plan, row))]
        total = next((row for row, _ in found if row.total), None)
        if total is None or sum(1 for row, _ in found if row.total) > 1:
            continue
        parts = outermost(plan, table, [f for f in found if f[0] is not total])
        for column, stated in next(values for row, values in found if row is total).items():
            values = [v[column] for v in parts if column in v]
            if len(values) >= FEWEST and misses(sum(values), stated):
                yield total, column, stated, sum(values)


def wrong_figures(plan: Plan) -> Iterator[tuple[Row, Column, float, float]]:
    """The same for columns of plain numbers that hold no facts (`Lực lượng hỗ trợ`), where another column of the table
    shows that its total row is the sum of these rows."""
    for table in plan.tables:
        totals = [row for row in table.rows if row.total]
        if not table.complete or len(totals) != 1:
            continue
        parts = outermost(plan, table, [(r, n) for r in table.rows if not r.total and (n := plain_numbers(plan, r))])
        sums = {
            column: (stated, sum(part[column] for part in parts))
            for column, stated in plain_numbers(plan, totals[0]).items()
            if len(parts) >= FEWEST and all(column in part for part in parts)
        }
        if not any(abs(made - stated) <= TINY * max(1.0, stated) for stated, made in sums.values()):
            continue
        for column, (stated, made) in sums.items():
            if column.kind in NO_FACTS and misses(made, stated) and not CUES["no_sum"].search(column.head):
                yield totals[0], column, stated, made


def plain_numbers(plan: Plan, row: Row) -> dict[Column, float]:
    """The numbers that fill the cells of a row, by column."""
    cells = [(c, cell) for c, cell in row.cells if c.kind != "ordinal"]
    return {c: n.value for c, cell in cells if (n := number_in(plan, cell)) is not None}


def misses(made: float, stated: float) -> bool:
    """Whether rows make another sum than the total row states, though near it."""
    return stated > 0 and NEAR[0] <= made / stated <= NEAR[1] and abs(made - stated) > TINY * stated


def outermost(plan: Plan, table: Table, found: Iterable[tuple[Row, dict[Column, float]]]) -> list[dict[Column, float]]:
    """The figures of the rows that no other row holds."""
    ranked = [(rank_of(plan, table, row), values) for row, values in found]
    first = min((rank for rank, _ in ranked), default=0)
    return [values for rank, values in ranked if rank == first]


def money_of(plan: Plan, row: Row) -> dict[Column, float]:
    """The amounts of a row by column."""
    return {a.column: float(a.value) for a in amounts_of(plan, row)}


def counts_of(plan: Plan, row: Row) -> dict[Column, float]:
    """The counts of a row by column."""
    cells: list[tuple[Column, Cell]] = row.of("year", "whole", "quantity", "aim")
    figures = {column: figure_in(plan, cell) for column, cell in cells}
    return {
        c: f.value_min for c, f in figures.items() if f and f.comparator == "eq" and f.unit != "percent" and f.value_min
    }
