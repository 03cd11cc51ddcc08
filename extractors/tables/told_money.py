"""Money that cells of tables tell in words: `Ngân sách tỉnh 500 triệu đồng; xã hội hóa 200 triệu đồng`.

Tables that give out tasks have a column for the money in which each cell is a phrase with its own units. Such a cell is
read as running text is; what its row says of it (what it is for, when) is said by the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.context import Plan
from extractors.cues import cues
from extractors.funding.funding import Context, read_block
from extractors.plan import Block
from extractors.tables.figures import is_past, name_of
from extractors.tables.heads import Cell
from extractors.tables.money import amounts_of, budget_year, number_in, row_is_past, row_source, value_in
from extractors.tables.tables import Row, Table
from extractors.tables.targets import tells_past
from extractors.values.money import find_amounts
from schemas.filtered import filtered
from schemas.records import Funding

NORM_HEAD = cues("table_part_cues.yaml")["norm_head"]
CONFIDENCE = 0.8
FIGURE = filtered(r"\d")
TOLD = Context(
    money=True,
    past=False,
    aim=False,
    year=None,
    staged=False,
    total=None,
    after_total=False,
    chapter_total=None,
    unit=None,
    source=None,
)
"""A cell under a head of money: nothing but its own words says more."""


@dataclass(frozen=True, slots=True)
class Told:
    """A cell and the money that its words tell."""

    cell: Cell
    rows: tuple[Funding, ...]


def told_money(plan: Plan) -> list[Told]:
    """The cells of a plan's tables that tell money in words, in reading order."""
    return [
        Told(cell, tuple(read_cell(plan, table, row, cell)))
        for table in plan.tables
        if not tells_past(plan, table)
        for row in table.rows
        if not row_is_past(plan, row)
        for cell in told_cells(plan, row)
    ]


def read_in_full(plan: Plan, told: Iterable[Told]) -> set[Cell]:
    """The cells of which an amount is told, or the source where they hold no figure."""
    return {
        t.cell
        for t in told
        if any(row.amount_text for row in t.rows) or (t.rows and not FIGURE.search(plan.text, t.cell.start, t.cell.end))
    }


def told_cells(plan: Plan, row: Row) -> Iterator[Cell]:
    """The cells of a row under heads of money or sources that hold amounts with their units among other words, or, in a
    row without amounts, name sources."""
    norms = list(norm_cells(plan, row))
    yield from norms
    without = not amounts_of(plan, row) and not norms
    for column, cell in row.of("amount", "source"):
        read_as_figure = column.kind == "amount" and value_in(plan, column, cell) is not None
        if is_past(plan, column) or number_in(plan, cell) or read_as_figure:
            continue
        if find_amounts(plan.text, cell.start, cell.end) or (without and names_source(plan, cell)):
            yield cell


def norm_cells(plan: Plan, row: Row) -> Iterator[Cell]:
    """The cells of a row that spell how much is given for one (`50 triệu đồng/hộ`)."""
    for column, cell in row.of("no_funding"):
        if not NORM_HEAD.search(column.label):
            continue
        if any(a.per_unit or a.per_text for a in find_amounts(plan.text, cell.start, cell.end)):
            yield cell


def names_source(plan: Plan, cell: Cell) -> bool:
    """Whether a cell names a source of money."""
    return bool(plan.terms("funding_sources", cell.start, cell.end))


def read_cell(plan: Plan, table: Table, row: Row, cell: Cell) -> list[Funding]:
    """The amounts of one cell: parts of what the table plans, the first of them for what the row names."""
    block = Block(cell.start, cell.end, cell.start, section=table.first.section)
    found = read_block(plan, block, TOLD)
    for funding in found:
        tell_row(plan, row, cell, funding)
    return found


def tell_row(plan: Plan, row: Row, cell: Cell, funding: Funding) -> None:
    """What a row says of an amount in one of its cells: purpose, year, source, and the words that prove it."""
    place = plan.fact(*row.quoted(cell), f"table_told_{funding.kind}", min(funding.confidence, CONFIDENCE))
    for name in ("char_start", "char_end", "quote", "method", "confidence"):
        setattr(funding, name, place[name])
    if funding.kind in ("total", "component"):
        funding.year = funding.year or budget_year(plan, row)
    if funding.parent_id is None:
        funding.purpose = name_of(plan, row) or subject_of_row(plan, row) or funding.purpose
        funding.source = funding.source or row_source(plan, row)
    if funding.kind == "total" and not row.total:
        funding.kind = "component"


def subject_of_row(plan: Plan, row: Row) -> str | None:
    """Whom a row without a name is for."""
    return next((plan.text[c.start : c.end].strip() for _, c in row.of("subject")), None)
