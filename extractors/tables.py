"""Finds tables (bảng biểu): a head that begins with the running number (TT, STT), columns, and numbered rows.

Tables come in two shapes: cells parted by ` | ` on a line (Markdown, Word, columns kept by cleaning), and cells on a
line each, as web portals paste them. Only tables whose head names its columns are read; the rest stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from extractors.cues import cues
from extractors.plan import Block
from extractors.values.money import unit_stated_once

COLUMNS = cues("table_columns.yaml")
CUES = cues("table_cues.yaml")
TOTAL = CUES["total_row"]
BORDER = regex.compile(r"\s*\|\s*")
ORDINAL = regex.compile(r"\W*(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Da-d])\W*")
SCALES = {"thousands": 10**3, "millions": 10**6, "billions": 10**9, "ones": 1}
YEAR = regex.compile(r"20\d\d")
COLUMN_NUMBER = regex.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s?=\s?[\d\s+()]+)?")
MAX_COLUMNS = 14
MAX_CELL = 600
MAX_HEAD = 40
LOOK_BACK = 3
"""So many blocks before a table may state the unit of its money."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A span of the text; empty cells have no letters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds (`kind`: a rule of `table_columns.yaml`, or None) and its head's words."""

    kind: str | None
    head: str
    start: int
    end: int
    unit: int | None = None

    @property
    def year(self) -> int | None:
        """The one year that the head names."""
        years = set(YEAR.findall(self.head))
        return int(years.pop()) if len(years) == 1 else None


@dataclass(slots=True)
class Row:
    """A row: its span, whether it is the total, and its cells by column."""

    start: int
    end: int
    total: bool
    cells: list[tuple[Column, Cell]] = field(default_factory=list)

    def of(self, *kinds: str) -> list[tuple[Column, Cell]]:
        """The filled cells of columns of some kinds."""
        return [(c, cell) for c, cell in self.cells if c.kind in kinds]


@dataclass(slots=True)
class Table:
    """A table with its columns and rows; `start`..`end` covers head and rows."""

    start: int
    end: int
    columns: list[Column]
    rows: list[Row]
    first: Block


def find_tables(text: str, blocks: Sequence[Block]) -> list[Table]:
    """The tables of a document, in reading order."""
    tables: list[Table] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        cells = cells_of(text, block)
        table, size = None, 1
        if COLUMNS["ordinal"].match(text[cells[0].start : cells[0].end]):
            read = read_lines if len(cells) == 1 else read_bordered
            table, size = read(text, blocks, at)
        if table is not None:
            tables.append(table)
        at += size if table is not None else 1
    return tables


def cells_of(text: str, block: Block) -> list[Cell]:
    """The cells of a line, parted by ` | `."""
    cells, start = [], block.start
    for border in BORDER.finditer(text, block.start, block.end):
        cells.append(Cell(start, border.start()))
        start = border.end()
    return [*cells, Cell(start, block.end)]


def words(text: str, cell: Cell) -> str:
    """The words of a cell."""
    return text[cell.start : cell.end].strip()


# --- cells parted by borders -----------------------------------------------------------------------------------------


def read_bordered(text: str, blocks: Sequence[Block], at: int) -> tuple[Table | None, int]:
    """The table whose head is the line at `at`, and how many blocks it takes."""
    unit = unit_before(text, blocks, at)
    columns = [column_of(text, cell, unit) for cell in cells_of(text, blocks[at])]
    stop = at + 1
    while stop < len(blocks) and (is_bordered(text, blocks[stop]) or heads_group(text, blocks, stop)):
        stop += 1
    lines = [cells_of(text, b) for b in blocks[at + 1 : stop]]
    if lines and is_second_head(text, lines[0]):
        columns = with_second_head(text, columns, lines.pop(0), unit)
    rows = [r for cells in lines if (r := row_of(text, columns, cells)) is not None]
    return finished(blocks[at], columns, rows), stop - at


def is_bordered(text: str, block: Block) -> bool:
    """Whether a line has cells."""
    return text.find(" | ", block.start, block.end) >= 0


def heads_group(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether a short line between rows only names those below (its borders went with its empty cells)."""
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    short = blocks[at].end - blocks[at].start <= 2 * MAX_HEAD
    return short and following is not None and is_bordered(text, following) and blocks[at].style is None


def is_second_head(text: str, cells: Sequence[Cell]) -> bool:
    """Whether a line under the head goes on with it: no running number and no figures but years."""
    said = [s for c in cells if (s := words(text, c))]
    return (
        len(said) >= 2
        and not ORDINAL.fullmatch(said[0])
        and all(len(s) <= MAX_HEAD and not regex.search(r"\d", YEAR.sub("", s)) for s in said)
    )


def with_second_head(text: str, columns: list[Column], cells: Sequence[Cell], unit: int | None) -> list[Column]:
    """The columns with the parts that a second line names under the last of them (`Tổng | NSTW | NSĐP`)."""
    over = columns[-1]
    parts = []
    for cell in (c for c in cells if words(text, c)):
        column = column_of(text, cell, unit)
        kind = over.kind if over.kind == "amount" else column.kind
        parts.append(Column(kind, column.head, column.start, column.end, column.unit or over.unit))
    return [*columns[:-1], *parts] if parts else columns


def row_of(text: str, columns: Sequence[Column], cells: Sequence[Cell]) -> Row | None:
    """A line's cells by column; a total line, whose cells may be joined, takes its figures from the right."""
    filled = [c for c in cells if words(text, c)]
    if not filled or all(COLUMN_NUMBER.fullmatch(words(text, c)) for c in filled):
        return None  # "1 | 2 | 3 = 4 + 5": the numbers of the columns
    total = any(TOTAL.fullmatch(words(text, c)) for c in cells[:3])
    row = Row(filled[0].start, filled[-1].end, total)
    if not total and 3 <= len(cells) < len(columns) and ORDINAL.fullmatch(words(text, cells[0])):
        # the border at the end goes with the empty cells before it (cleaning), so that what is missing stood last
        cells = [*cells, *(Cell(row.end, row.end) for _ in columns[len(cells) :])]
    if len(cells) == len(columns):
        row.cells = [(k, c) for k, c in zip(columns, cells, strict=True) if words(text, c)]
    elif total:
        figures = [c for c in filled if regex.fullmatch(r"[\d.,]+", words(text, c))]
        holders = [k for k in columns if k.kind in ("amount", "quantity", "year")]
        if len(figures) != len(holders):
            return None
        row.cells = list(zip(holders, figures, strict=True))
    else:
        return None
    return row


# --- a line for each cell --------------------------------------------------------------------------------------------


def read_lines(text: str, blocks: Sequence[Block], at: int) -> tuple[Table | None, int]:
    """The table whose cells stand on lines of their own, the head's first at `at`, and how many blocks it takes."""
    unit = unit_before(text, blocks, at)
    first = next(
        (
            i
            for i in range(at + 1, min(at + MAX_COLUMNS, len(blocks)))
            if said(text, blocks[i]) in ("1", "01", "I", "A")
        ),
        None,
    )
    if first is None or first - at < 3 or any(b.style for b in blocks[at:first]):
        return None, 1
    columns = [column_of(text, Cell(b.start, b.end), unit) for b in blocks[at:first]]
    rows: list[Row] = []
    stop = first
    for record in records(text, blocks, first, len(columns)):
        cells = [Cell(b.start, b.end) for b in record]
        if TOTAL.fullmatch(said(text, record[0])):
            cells = [Cell(record[0].start, record[0].start), *cells]
        row = row_of(text, columns, cells)
        if row is not None:
            rows.append(row)
        elif rows or not is_column_numbers(text, record):
            break
        stop += len(record)
    return finished(blocks[at], columns, rows), stop - at


def said(text: str, block: Block) -> str:
    """The words of a block."""
    return text[block.start : block.end].strip()


def records(text: str, blocks: Sequence[Block], first: int, width: int) -> Iterator[list[Block]]:
    """Runs of `width` cells that each begin with the next running number; at the end the total, as long as it has
    figures."""
    at, number = first, 1
    while at < len(blocks):
        words_here = said(text, blocks[at])
        if TOTAL.fullmatch(words_here):
            stop = at + 1
            while stop < min(len(blocks), at + width) and regex.fullmatch(r"[\d.,]+", said(text, blocks[stop])):
                stop += 1
            yield list(blocks[at:stop])
            return
        if words_here.lstrip("0") != str(number) or at + width > len(blocks):
            return
        record = blocks[at : at + width]
        if is_column_numbers(text, record):
            yield list(record)
            at += width
            continue
        if any(b.end - b.start > MAX_CELL or b.style for b in record[1:]) or not goes_on(
            text, blocks, at + width, number + 1
        ):
            return
        yield list(record)
        at, number = at + width, number + 1


def is_column_numbers(text: str, record: Sequence[Block]) -> bool:
    """Whether a record only numbers the columns."""
    return len(record) > 2 and all(COLUMN_NUMBER.fullmatch(said(text, b)) for b in record)


def goes_on(text: str, blocks: Sequence[Block], at: int, number: int) -> bool:
    """Whether what follows a record shows that no cell of it is missing: the next number, the total, or a block that
    opens a section or a paragraph."""
    if at >= len(blocks):
        return True
    following = said(text, blocks[at])
    if following.lstrip("0") == str(number) or TOTAL.fullmatch(following):
        return True
    return blocks[at].style is not None or len(following) > MAX_HEAD


# --- both ------------------------------------------------------------------------------------------------------------


def column_of(text: str, cell: Cell, unit: int | None) -> Column:
    """What the head of a column says."""
    head = words(text, cell)
    kind = next((k for k in COLUMNS if COLUMNS[k].search(head)), None)
    return Column(kind, head, cell.start, cell.end, scale_of(head, unit))


def scale_of(head: str, unit: int | None) -> int | None:
    """What one stands for in a column, in đồng: by its head, else by the `unit` over the table; None where the head
    names money in a scale that is not known."""
    stated = [(match.start(), SCALES[name]) for name in SCALES if (match := CUES[name].search(head))]
    if stated:
        return min(stated)[1]
    return None if CUES["money"].search(head) else unit


def unit_before(text: str, blocks: Sequence[Block], at: int) -> int | None:
    """The money unit that stands over a table (`Đơn vị tính: triệu đồng`), in đồng."""
    for block in reversed(blocks[max(0, at - LOOK_BACK) : at]):
        unit = unit_stated_once(text, block.start, block.end)
        if unit is not None:
            return unit
    return None


def finished(head: Block, columns: list[Column], rows: list[Row]) -> Table | None:
    """The table, if its head names what it holds and it has rows."""
    known = {c.kind for c in columns} - {None, "ordinal", "note"}
    if not rows or len(known) < 2:
        return None
    return Table(head.start, rows[-1].end, columns, rows, head)
