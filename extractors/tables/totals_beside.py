"""Totals that sentences tell beside tables (tổng nêu ngoài bảng): in the lines that lead over to a table, or in the one
below it with what it is made of (`Tổng cộng 4.000 triệu đồng, trong đó …`), against what the table makes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.plan import Block
from extractors.sums import Mismatch
from extractors.tables.heads import LOOK_BACK, Column, has_cells, is_unit_line
from extractors.tables.money import amounts_of, cost_column, holds_past, unread, whole_column
from extractors.tables.subtotals import grand_total
from extractors.tables.sums import counts_of, misses, outermost
from extractors.tables.tables import Table
from extractors.tables.targets import RATES, states_aims, tells_past
from extractors.tables.told_totals import line_below
from extractors.values.numbers import find_numbers
from schemas.records import Funding, Target

CUES = cues("table_part_cues.yaml")
FEWEST = 2
DECIMALS = regex.compile(r"[\d.]+,(?P<decimals>\d+)")


def wrong_beside(plan: Plan, funding: Sequence[Funding], targets: Sequence[Target]) -> Iterator[tuple[Mismatch, str]]:
    """The totals beside tables that these do not make, each with the table of facts that it is of."""
    for table in plan.tables:
        if not table.complete or tells_past(plan, table):
            continue
        above, below = beside(plan, table)
        places = [*above, *below]
        if not places:
            continue
        made = sum_of_money(plan, table)
        told = [row for row in funding if is_total(row) and stands_in(row, places)]
        parts = {row.amount_vnd for row in funding if row.amount_vnd and stands_in(row, places)}
        if made and made not in parts and len(told) == 1 and is_wrong(plan, told[0], made):
            yield Mismatch(told[0], float(told[0].amount_vnd or 0), made), "funding"
        yield from wrong_counts_beside(plan, table, targets, places)


def wrong_counts_beside(
    plan: Plan, table: Table, targets: Sequence[Target], places: Sequence[Block]
) -> Iterator[tuple[Mismatch, str]]:
    """The one count told beside a table of counts of one kind that it does not make."""
    within = [r for r in targets if table.start <= r.char_start < table.end and r.unit not in RATES]
    units = {row.unit for row in within}
    column, made = sum_of_counts(plan, table)
    if column is None or len(units) != 1 or not states_aims(plan, table):
        return
    told = [r for r in targets if r.unit in units and r.comparator == "eq" and stands_in(r, places)]
    years = {row.due_year for row in within}
    told = [row for row in told if row.parent_id is None and (row.due_year in years or not row.due_year_stated)]
    if len(told) == 1 and misses(made, told[0].value_min or 0.0):
        yield Mismatch(told[0], told[0].value_min or 0.0, made), "targets"


def beside(plan: Plan, table: Table) -> tuple[list[Block], list[Block]]:
    """The lines right above a table that lead over to it (`… cụ thể như sau:`), and the line right below it that opens
    with the word for a total."""
    at = bisect_left(plan.blocks, table.first.start, key=attrgetter("start"))
    above: list[Block] = []
    for block in reversed(plan.blocks[max(0, at - LOOK_BACK) : at]):
        if has_cells(plan.text, block):
            break
        if block.section is not table.first.section and block.section is not None and above:
            break
        if not is_unit_line(plan.text, block):
            above.append(block)
    if not CUES["whole_estimate"].search(table.caption.words):
        above = [b for b in above if CUES["leads_over"].search(plan.text, b.start, b.end)]
    last = line_below(plan.blocks, table)
    opens = last is not None and CUES["total_below"].match(plan.text, last.start, last.end)
    return above, [last] if opens else []


def is_total(row: Funding) -> bool:
    """Whether money is a total of running text, and of no single year."""
    return row.kind == "total" and row.amount_vnd is not None and not row.method.startswith("table")


def stands_in(row: Funding | Target, places: Sequence[Block]) -> bool:
    """Whether a row is told in one of these lines."""
    return any(b.start <= row.char_start < b.end for b in places) and not row.method.startswith("table")


def sum_of_money(plan: Plan, table: Table) -> float | None:
    """What a table of money comes to by its total row, or by its rows, in the column of the whole; None where that is
    not told."""
    columns = [c for c in table.columns if c.kind == "amount"]
    whole = whole_column(plan, table, cost_column(table))
    if whole is None or whole.unit is None or holds_past(plan, table) or any(unread(plan, row) for row in table.rows):
        return None
    if len(columns) == 1 and whole.year is not None:
        return None
    found = [(row, {a.column: float(a.value) for a in amounts_of(plan, row)}) for row in table.rows]
    return made_of(plan, table, found, whole)


def sum_of_counts(plan: Plan, table: Table) -> tuple[Column | None, float]:
    """The one column of counts of a table and what it comes to."""
    found = [(row, counts_of(plan, row)) for row in table.rows]
    columns = {column for _, values in found for column in values}
    if len(columns) != 1:
        return None, 0.0
    column = columns.pop()
    return column, made_of(plan, table, found, column) or 0.0


def made_of(plan: Plan, table: Table, found: list[tuple], column: Column) -> float | None:
    """The figure of the total row in a column, else the sum of the outermost rows, several."""
    total = grand_total(plan.text, [(row, list(values.values())) for row, values in found])
    if total is not None:
        return next((values.get(column) for row, values in found if row is total), None)
    values = [v[column] for v in outermost(plan, table, [f for f in found if f[1]]) if column in v]
    return sum(values) if len(values) >= FEWEST else None


def is_wrong(plan: Plan, row: Funding, made: float) -> bool:
    """Whether a total is told exactly and misses what a table makes, though near it."""
    stated = float(row.amount_vnd or 0)
    return misses(made, stated) and abs(made - stated) >= exactness(row) and is_exact(plan, row)


def exactness(row: Funding) -> float:
    """Half of the last digit that an amount is told with (of `4,5 tỷ đồng` 50 million), up to which others agree."""
    said = row.amount_text or ""
    number = next(iter(find_numbers(said)), None)
    if number is None or not number.value:
        return 0.0
    scale = (row.amount_vnd or 0) * number.scale / number.value
    decimals = DECIMALS.match(said, 0)
    return scale / 10 ** (len(decimals["decimals"]) if decimals else 0) / 2


def is_exact(plan: Plan, row: Funding) -> bool:
    """Whether no word makes an amount a mere estimate (`khoảng 4,5 tỷ đồng`)."""
    at = plan.text.find(row.amount_text or "", row.char_start)
    return at >= 0 and CUES["estimate_before"].search(plan.text, max(row.char_start, at - 20), at) is None
