"""Totals whose cells were merged (ô tổng cộng gộp): told in words in a line over the whole width (`Tổng cộng: 12.500
triệu đồng`), or in fewer cells than the table has columns (`Cộng (1+2) | 700`), where arithmetic says of which
column."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

import regex

from extractors.cues import cues
from extractors.plan import Block
from extractors.sums import TINY
from extractors.tables.heads import ORDINAL, Cell, Column, cells_of, words
from extractors.tables.settling import plain
from extractors.tables.subtotals import says_total
from extractors.tables.tables import Row, Table
from extractors.values.money import find_amounts
from extractors.values.numbers import find_numbers

CUES = cues("table_cues.yaml")
TOLD = CUES.naming("total_told", "label")
PLAIN = regex.compile(r"[\d.,]+")
DIGIT = regex.compile(r"\d")
CLASSES = tuple(regex.compile(p) for p in (r"\W*[A-HĐ]\W*", r"\W*[IVX]{1,5}\W*", r"\W*\d{1,3}\W*", r"\W*"))
"""How rows of one depth are labelled."""


def whole_of(columns: Sequence[Column]) -> Column | None:
    """The column of money in which a total told in words would stand: the only one or that which says so, else one of
    its own; None where there is none, or the unit is not one."""
    money = [c for c in columns if c.kind == "amount"]
    units = {c.unit for c in money}
    if len(units) != 1 or None in units:
        return None
    wholes = [c for c in money if CUES["sum_column"].search(c.label)]
    alone = money if len(money) == 1 else wholes
    return alone[0] if len(alone) == 1 else Column("amount", "", money[0].start, money[0].end, money[0].unit)


def told_row(text: str, columns: Sequence[Column], start: int, end: int) -> Row | None:
    """The total row that a line of words makes, which tells the total with its unit or in that of the table and nothing
    else but the sum in words; what it is made of is read as running text."""
    match = TOLD.match(text, start, end)
    whole = whole_of(columns) if match and CUES["total_row"].fullmatch(match["label"]) else None
    if match is None or whole is None:
        return None
    amount = next((a for a in find_amounts(text, match.end(), end) if a.start == match.end()), None)
    number = next((n for n in find_numbers(text, match.end(), end) if n.start == match.end()), None)
    told = amount or number
    if told is None or (amount and (amount.per_unit or amount.comparator not in ("eq", "approx"))):
        return None
    parts = any(DIGIT.search(text, a.start, a.end) for a in find_amounts(text, told.end, end))
    if parts or not CUES["behind_total"].fullmatch(text, told.end, end):
        return None
    return Row(start, end, True, [(whole, Cell(told.start, told.end))])


def merged_row(text: str, columns: Sequence[Column], rows: Sequence[Row], cells: Sequence[Cell]) -> Row | None:
    """The total row of a line with fewer cells than there are columns, which has a figure for each column of money that
    the rows of the table, all or those of one depth, make up."""
    filled = [cell for cell in cells if words(text, cell)]
    labels = [cell for cell in filled if not PLAIN.fullmatch(words(text, cell))]
    figures = [plain(words(text, cell)) for cell in filled if cell not in labels]
    money = [c for c in columns if c.kind == "amount"]
    named = [cell for cell in labels if not ORDINAL.fullmatch(words(text, cell))]
    if len(named) != 1 or not CUES["total_row"].fullmatch(words(text, named[0])):
        return None
    if not figures or None in figures or len(figures) != len(money):
        return None
    if any(adds_up(made, figures) for made in sums_of(text, money, rows)):
        places = [cell for cell in filled if cell not in labels]
        return Row(filled[0].start, filled[-1].end, True, list(zip(money, places, strict=True)))
    return None


def adds_up(made: Sequence[float], stated: Sequence[int | None]) -> bool:
    """Whether the sums of columns are those that a row states."""
    return all(s and abs(m - s) <= TINY * s for m, s in zip(made, stated, strict=True))


def sums_of(text: str, money: Sequence[Column], rows: Sequence[Row]) -> Iterator[list[float]]:
    """The sums of the columns of money over all rows, and over those whose labels are of one kind."""
    groups: defaultdict[int, list[dict[Column, int]]] = defaultdict(list)
    for row in rows:
        if row.total:
            continue
        label = next((words(text, cell) for column, cell in row.cells if column.kind == "ordinal"), "")
        kind = next((i for i, pattern in enumerate(CLASSES) if pattern.fullmatch(label)), len(CLASSES))
        groups[kind].append({c: plain(words(text, cell)) or 0 for c, cell in row.cells if c in money})
    every = [values for group in groups.values() for values in group]
    for group in (every, *groups.values()):
        yield [sum(values.get(column, 0) for values in group) for column in money]


def with_told_totals(text: str, blocks: Sequence[Block], table: Table) -> Table:
    """A table of money with the totals that merged cells tell, in words or in figures, among its rows."""
    if not table.has("amount"):
        return table
    found = [*merged_totals(text, table), *wide_totals(text, table)]
    below = None if any(says_total(text, row) for row in (*table.rows, *found)) else line_below(blocks, table)
    if below is not None and (row := told_row(text, table.columns, below.start, below.end)):
        found.append(row)
    if found:
        places = {row.start for row in found}
        table.rows = sorted([*(r for r in table.rows if r.start not in places), *found], key=lambda r: r.start)
        table.lost = [line for line in table.lost if not any(line.start <= place < line.end for place in places)]
        table.titles = [cells for cells in table.titles if not places & {cell.start for cell in cells}]
        table.end = max(table.end, table.rows[-1].end)
    return table


def merged_totals(text: str, table: Table) -> Iterator[Row]:
    """The total rows among the lines that lost their columns."""
    for line in table.lost:
        cells = cells_of(text, Block(line.start, line.end, line.start))
        if row := merged_row(text, table.columns, table.rows, cells):
            yield row


def wide_totals(text: str, table: Table) -> Iterator[Row]:
    """The total rows among the lines of one cell, which is filled or the same over all columns."""
    for line in (*([cell for _, cell in row.cells] for row in table.rows), *table.titles):
        filled = [cell for cell in line if words(text, cell)]
        alone = filled and len({words(text, cell) for cell in filled}) == 1
        if alone and (row := told_row(text, table.columns, filled[0].start, filled[0].end)):
            yield row


def line_below(blocks: Sequence[Block], table: Table) -> Block | None:
    """The line right below a table."""
    last = max([table.end, *(line.end for line in table.lost), *(cells[-1].end for cells in table.titles)])
    at = bisect_left(blocks, last, key=attrgetter("start"))
    return blocks[at] if at < len(blocks) else None
