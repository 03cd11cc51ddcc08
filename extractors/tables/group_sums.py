"""Sums that the titles of groups tell in a table of money, as rows of their own: over the rows of the group (`I. Hạ
tầng: 3.000 triệu đồng`), or in a row without figures (`II | Đào tạo (1.000 triệu đồng) | |`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.cues import cues
from extractors.tables.heads import Cell, Column, words
from extractors.tables.tables import Row, Table
from extractors.tables.told_totals import whole_of
from extractors.values.money import find_amounts

CUES = cues("table_part_cues.yaml")
TITLE = CUES.naming("group_with_sum", "name")
LABEL = CUES.naming("group_label", "label")


def with_group_sums(text: str, table: Table) -> Table:
    """A table of money with the sums that titles of groups tell among its rows."""
    ordinal = next((c for c in table.columns if c.kind == "ordinal"), None)
    name = next((c for c in table.columns if c.kind == "name"), None)
    whole = whole_of(table.columns) if ordinal and name else None
    if ordinal is None or name is None or whole is None:
        return table
    titles = [(cells, row) for cells in table.titles if (row := title_row(text, cells, ordinal, name, whole))]
    told = [cells for cells, _ in titles]
    table.titles = [cells for cells in table.titles if cells not in told]
    rows = [bare_row(text, row, name, whole) or row for row in table.rows]
    table.rows = sorted([*rows, *(row for _, row in titles)], key=lambda r: r.start)
    return table


def title_row(text: str, cells: Sequence[Cell], ordinal: Column, name: Column, whole: Column) -> Row | None:
    """The row that a line of a title makes: its label, its words and its sum."""
    filled = [cell for cell in cells if words(text, cell)]
    if not 1 <= len(filled) <= 2:
        return None
    first = filled[0]
    if len(filled) == 2:
        label, body = first, filled[1]
    else:
        match = LABEL.match(text, first.start, first.end)
        if match is None:
            return None
        label, body = Cell(*match.span("label")), Cell(match.end(), first.end)
    parts = next(split(text, body), None)
    if parts is None or LABEL.fullmatch(f"{words(text, label).strip('.) ')}. ") is None:
        return None
    return Row(first.start, filled[-1].end, False, [(ordinal, label), (name, parts[0]), (whole, parts[1])])


def bare_row(text: str, row: Row, name: Column, whole: Column) -> Row | None:
    """A row without figures whose name closes with its sum, with both in their own columns."""
    said = dict(row.cells)
    if row.total or name not in said or any(c.kind == "amount" for c in said):
        return None
    parts = next(split(text, said[name]), None)
    if parts is None:
        return None
    others = [(column, cell) for column, cell in row.cells if column is not name]
    return Row(row.start, row.end, False, [*others, (name, parts[0]), (whole, parts[1])])


def split(text: str, cell: Cell) -> Iterator[tuple[Cell, Cell]]:
    """The words of a title and the sum that closes it, which is none of a single thing."""
    match = TITLE.match(text, cell.start, cell.end)
    if match is None:
        return
    amounts = find_amounts(text, match.end(), cell.end)
    if len(amounts) == 1 and not amounts[0].per_unit and amounts[0].comparator == "eq":
        found = amounts[0]
        if found.start == match.end() and not text[found.end : cell.end].strip(" .;:)"):
            yield Cell(*match.span("name")), Cell(found.start, found.end)
