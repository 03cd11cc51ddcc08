"""Finds tables (bảng biểu): a head that names columns, and rows under it.

Tables come in two shapes: cells parted by ` | ` on a line (Markdown, Word, web pages, columns kept by cleaning), and
cells on a line each, as web portals paste them. Only tables whose head names its columns are read; `signs.py`
tells the rows of figures of which that is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from extractors.plan import MAX_QUOTE, Block
from extractors.tables.head_lines import read_head
from extractors.tables.heads import (
    COLUMNS,
    CUES,
    FIGURE,
    GROUP_LABEL,
    MISSING,
    ORDINAL,
    YEAR,
    Caption,
    Cell,
    Column,
    caption_of,
    cells_of,
    column_of,
    counts_up,
    is_bordered,
    is_unit_line,
    kind_of,
    with_unit_under,
    words,
)
from extractors.tables.running_years import Begun
from extractors.tables.settling import settled
from extractors.tables.visits import KEPT, is_schedule

TOTAL = CUES["total_row"]
COLUMN_NUMBER = regex.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s?=\s?[\d\s+()]+)?")
PLAIN = regex.compile(r"[\d.,]+")
FIGURES = ("amount", "year", "whole", "quantity", "aim", "past", "comparison", "no_funding", "year_part")
MAY_SHIFT = (*FIGURES, "tick", "ticked_body")
"""Columns of which one may be empty before another that is not."""
TOLD_AGAIN = ("measure_unit", "lead", "partner", "responsible", "mixed", "time", "place", "source")
"""Columns of words in which a mark may stand for what the cell above says; figures are not told again so."""
FACTS = (*FIGURES[:5], "year_part", "measure", "row_year", "lead", "partner", "responsible", "mixed", "time", "person")
OF_BODIES = ("lead", "partner", "responsible", "mixed")
UNTOLD = Begun()
MAX_COLUMNS = 14
MAX_CELL = 600
MAX_LABEL = 80
MAX_HEAD = 40
MAX_NUMBER_HEAD = 6
MIN_WIDTH, LONGEST_NUMBER = 3, 4
GROUP_CELLS = 2
"""The cells of a row that only names a group: its label and its title."""
MAX_TITLES, LONGEST_TITLE = 3, 400
"""So many lines may stand between rows of one table, each of so many characters."""


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

    def quoted(self, cell: Cell) -> tuple[int, int]:
        """The words that prove what a cell says: the whole row where a quote holds it, else the row up to the cell,
        else the cell."""
        if self.end - self.start <= MAX_QUOTE:
            return self.start, self.end
        return (self.start if cell.end - self.start <= MAX_QUOTE else cell.start), cell.end


@dataclass(slots=True)
class Table:
    """A table with its columns and rows; `start`..`end` covers head and rows. `lost`: lines with figures that do
    not fit the columns; `titles`: such lines without figures."""

    start: int
    end: int
    columns: list[Column]
    rows: list[Row]
    first: Block
    caption: Caption = field(default_factory=Caption)
    lost: list[Cell] = field(default_factory=list)
    titles: list[Sequence[Cell]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether no line with figures was left unread, so that sums can be checked."""
        return not self.lost

    def has(self, *kinds: str) -> bool:
        """Whether some column is of one of these kinds."""
        return any(c.kind in kinds for c in self.columns)


def find_tables(text: str, blocks: Sequence[Block], begun: Begun = UNTOLD) -> list[Table]:
    """The tables of a document, in reading order. `begun`: the first year that it plans for, and when it did."""
    tables: list[Table] = []
    at = 0
    while at < len(blocks):
        if is_bordered(text, blocks[at]):
            stop = end_of_run(text, blocks, at)
            tables += tables_of_run(text, blocks, at, stop, begun)
            at = stop
            continue
        table, size = None, 1
        if COLUMNS["ordinal"].match(said(text, blocks[at])):
            table, size = read_lines(text, blocks, at)
        if table is not None:
            tables.append(table)
        at += size if table is not None else 1
    return tables


# --- cells parted by borders -----------------------------------------------------------------------------------------


def end_of_run(text: str, blocks: Sequence[Block], at: int) -> int:
    """Behind the last of the lines with cells that follow one another, titles of groups between them."""
    stop = at + 1
    while stop < len(blocks):
        if is_bordered(text, blocks[stop]):
            stop += 1
            continue
        titles = titles_of_group(text, blocks, stop)
        if not titles:
            break
        stop += titles
    return stop


def titles_of_group(text: str, blocks: Sequence[Block], at: int) -> int:
    """How many lines between rows only name those below: short ones, whose borders went with their empty cells, or up
    to three (merged over all columns, or the rest of a row that a page cut) between rows of as many cells. One that
    names or measures a table (`Biểu 2. Chỉ tiêu`) opens another; 0 where there is such a line, or no row below."""
    many = 0
    while many < MAX_TITLES and at + many < len(blocks) and not is_bordered(text, blocks[at + many]):
        block = blocks[at + many]
        long = block.end - block.start > LONGEST_TITLE
        if long or CUES["names_table"].match(text, block.start, block.end) or is_unit_line(text, block):
            return 0
        many += 1
    if at + many >= len(blocks) or not is_bordered(text, blocks[at + many]):
        return 0
    if goes_on_below(said_in(text, blocks[at - 1]), said_in(text, blocks[at + many])):
        return many
    title = blocks[at]
    return int(many == 1 and title.style is None and title.end - title.start <= 2 * MAX_HEAD)


def goes_on_below(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row below titles is of the table above them: it has as many cells, a number where that has one, and
    figures or nothing under figures."""
    numbered = [len(said[0]) <= LONGEST_NUMBER for said in (above, below)]
    return (
        len(above) == len(below) >= MIN_WIDTH
        and numbered[0] == numbered[1]
        and not any(
            PLAIN.fullmatch(a) and b and not (FIGURE.fullmatch(b) or MISSING.fullmatch(b))
            for a, b in zip(above, below, strict=True)
        )
    )


def tables_of_run(text: str, blocks: Sequence[Block], start: int, stop: int, begun: Begun) -> list[Table]:
    """The tables in lines with cells: each goes from its head to the next head. Right under one with the same head
    what stands over that one holds for both."""
    tables: list[Table] = []
    at = start
    while at < stop:
        cells = cells_of(text, blocks[at])
        if not (is_head(text, cells) or heads_numbers(text, blocks[at:stop])):
            at += 1
            continue
        others = (i for i in range(at + 2, stop) if opens_another(text, blocks[i], cells))
        end = next((i for i in others if not repeats_head(text, blocks[at:stop], i - at)), stop)
        under = bool(tables) and tables[-1].end == blocks[at - 1].end
        same = under and said_in(text, tables[-1].first) == said_in(text, blocks[at])
        caption = tables[-1].caption if same else caption_of(text, blocks, at)
        caption = with_unit_under(text, blocks, stop, caption) if end == stop else caption
        table = read_bordered(text, blocks, at, end, caption, begun)
        if table is not None:
            tables.append(table)
        at = end
    return tables


def is_head(text: str, cells: Sequence[Cell]) -> bool:
    """Whether a line with cells names columns: it begins with the head of the running number, or has several known
    heads and no figures but years."""
    said_ = [words(text, c) for c in cells]
    if COLUMNS["ordinal"].match(said_[0]):
        return len(cells) > 1
    if any(len(s) > MAX_LABEL or (FIGURE.fullmatch(s) and not YEAR.search(s)) for s in said_):
        return False
    kinds = [kind_of(s) for s in said_ if s]
    return (
        sum(1 for k in kinds if k) >= 2 and any(k in FACTS for k in kinds) and kinds[0] not in (None, "year", "whole")
    ) or (not said_[0] and sum(1 for k in kinds if k in FIGURES) >= 2)


def heads_numbers(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the first line names columns of which the first numbers the rows below, though its own head is none that
    is known: `#`, or a `TT` that OCR misread."""
    said_ = said_in(text, blocks[0])
    figures = any(FIGURE.fullmatch(s) and not YEAR.search(s) for s in said_[1:])
    if figures or said_[0].isdigit() or len(said_[0]) > MAX_NUMBER_HEAD:
        return False
    if len(said_) < 3 or not any(map(kind_of, said_)):
        return False
    below = (said_in(text, block) for block in blocks[1:])
    return counts_up([cells[0] for cells in below if len(cells) == len(said_) and cells[0]])


def opens_another(text: str, block: Block, head: Sequence[Cell]) -> bool:
    """Whether a line under a head is the head of another table: the running number's, the same words again, or one
    that names a column of units, which no row does."""
    cells = cells_of(text, block)
    said_ = words(text, cells[0])
    if not said_ or COLUMNS["ordinal"].fullmatch(said_):
        return bool(said_)
    same = said_ == words(text, head[0])
    return (same or any(CUES["unit_head"].fullmatch(words(text, c)) for c in cells)) and is_head(text, cells)


def repeats_head(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether a line below the head in the first line tells it once more at the top of a page: in the same words, right
    under a row that is no total, and with numbers below that go on."""
    last = at - 2 if said(text, blocks[at - 1]).isdigit() else at - 1  # a page number may stand between
    above = said_in(text, blocks[last])
    if not is_bordered(text, blocks[last]) or said_in(text, blocks[at]) != said_in(text, blocks[0]):
        return False
    if any(TOTAL.fullmatch(s) for s in above[:3]):
        return False
    below = (said_in(text, block) for block in blocks[at + 1 :])
    first = next((s[0] for s in below if ORDINAL.fullmatch(s[0]) and not numbers_columns(s)), None)
    return first not in ("1", "01", "I", "A")


def said_in(text: str, block: Block) -> list[str]:
    """The words of each cell of a line."""
    return [words(text, cell) for cell in cells_of(text, block)]


def numbers_columns(said: Sequence[str]) -> bool:
    """Whether the cells of a line only number the columns (`1 | 2 | 3 = 4 + 5`)."""
    return all(COLUMN_NUMBER.fullmatch(s) for s in said if s)


def read_bordered(
    text: str, blocks: Sequence[Block], at: int, stop: int, caption: Caption, begun: Begun
) -> Table | None:
    """The table whose head is the line at `at` and whose rows end before `stop`."""
    lines = [cells_of(text, b) for b in blocks[at:stop]]
    columns = read_head(text, lines, caption.money, begun)
    heads = [said_in(text, block) for block in blocks[at : stop - len(lines)]]
    lines = [cells for cells in lines if [words(text, c) for c in cells] not in heads]
    columns = settled(text, columns, lines, caption)
    read = [(cells, row_of(text, columns, cells)) for cells in lines]
    table = finished(text, blocks[at], columns, [row for _, row in read if row is not None], caption)
    if table is not None:
        unplaced = [cells for cells, row in read if row is None]
        table.titles = [cells for cells in unplaced if is_wordy(text, cells)]
        table.lost = [Cell(cells[0].start, cells[-1].end) for cells in unplaced if not is_wordy(text, cells)]
    return table


def is_wordy(text: str, cells: Sequence[Cell]) -> bool:
    """Whether a line holds no figures but its own number or the numbers of the columns."""
    figures = [c for c in cells if FIGURE.fullmatch(words(text, c))]
    own = figures == cells[:1] and len(cells) > 1 and ORDINAL.fullmatch(words(text, cells[0]))
    return not figures or bool(own) or all(COLUMN_NUMBER.fullmatch(words(text, c)) for c in cells if words(text, c))


def row_of(text: str, columns: Sequence[Column], cells: Sequence[Cell]) -> Row | None:
    """A line's cells by column; a total line, whose cells may be joined, takes its figures from the right."""
    filled = [c for c in cells if words(text, c)]
    if not filled or numbers_columns([words(text, c) for c in filled]):
        return None
    labels = [said for c in cells[:3] if (said := words(text, c)) and not ORDINAL.fullmatch(said)]
    total = bool(labels) and says_total(columns, labels[0])  # behind a name `Tổng` is the whole of that row
    row = Row(filled[0].start, filled[-1].end, total)
    if len(cells) == len(columns):
        row.cells = [(k, c) for k, c in zip(columns, cells, strict=True) if words(text, c)]
    elif total:
        figures = [c for c in filled if PLAIN.fullmatch(words(text, c))]
        holders = [k for k in columns if k.kind in FIGURES]
        if len(figures) != len(holders):
            return None
        row.cells = list(zip(holders, figures, strict=True))
    elif 3 <= len(cells) < len(columns) and ORDINAL.fullmatch(words(text, cells[0])):
        # what is missing stood last; where a figure stands under words, it did not, nor where figures are missing
        row.cells = [(k, c) for k, c in zip(columns, cells, strict=False) if words(text, c)]
        missing = any(k.kind in MAY_SHIFT for k in columns[len(cells) :])
        if missing or not all(fits(text, column, cell) for column, cell in row.cells):
            return None
    elif not (row_cells := behind_merged_number(text, columns, cells)):
        return None
    else:
        row.cells = row_cells
    return row


def behind_merged_number(text: str, columns: Sequence[Column], cells: Sequence[Cell]) -> list[tuple[Column, Cell]]:
    """The cells of a row that begins behind its number, which is merged with that of the row above, and of which the
    last are merged, too (`Lắp máy bơm | Sở A` under `1 | Nạo vét kênh | Sở A | Quý II`): of bodies where their columns
    begin; none where it is no such row."""
    if not 1 < len(cells) < len(columns) - 1 or columns[0].kind != "ordinal" or columns[1].kind not in (None, "name"):
        return []
    placed = list(zip(columns[1:], cells, strict=False))
    if placed[1][0].kind not in OF_BODIES or not all(words(text, cell) for cell in cells):
        return []
    if CUES["opens_body"].match(words(text, cells[0])) or not any(map(str.isalpha, words(text, cells[0]))):
        return []
    for column, cell in placed[1:]:
        bodies = CUES["opens_body"].match(words(text, cell)) is not None
        if bodies != (column.kind in OF_BODIES) or not fits(text, column, cell):
            return []
    return placed


def says_total(columns: Sequence[Column], label: str) -> bool:
    """Whether the label of a row says that it is the total: of all, or of groups where no unit says that these are
    counted (`Tổng số các dự án | dự án | 5`)."""
    groups = CUES["group_total"].fullmatch(label) and not any(c.kind == "measure_unit" for c in columns)
    return bool(groups) or TOTAL.fullmatch(label) is not None


def fits(text: str, column: Column, cell: Cell) -> bool:
    """Whether a cell is such as its column holds: figures under figures, words under words."""
    said_ = words(text, cell)
    if column.kind in FIGURES:
        return FIGURE.fullmatch(said_) is not None or MISSING.fullmatch(said_) is not None
    return column.kind in ("ordinal", "time", None) or not PLAIN.fullmatch(said_)


# --- a line for each cell --------------------------------------------------------------------------------------------


def cells_on_lines(text: str, blocks: Sequence[Block]) -> set[int]:
    """Where the cells begin, those of the head among them, that stand on lines of their own."""
    found: set[int] = set()
    stop = 0
    for at, block in enumerate(blocks):
        if at >= stop and COLUMNS["ordinal"].match(said(text, block)):
            table, size = read_lines(text, blocks, at)
            stop = at + size
            found |= {b.start for b in blocks[at:stop]} if table is not None else set()
    return found


def read_lines(text: str, blocks: Sequence[Block], at: int) -> tuple[Table | None, int]:
    """The table whose cells stand on lines of their own, the head's first at `at`, and how many blocks it takes."""
    caption = caption_of(text, blocks, at)
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
    columns = [column_of(text, Cell(b.start, b.end), caption.money) for b in blocks[at:first]]
    found = list(records(text, blocks, first, len(columns)))
    columns = settled(text, columns, [[Cell(b.start, b.end) for b in record] for record in found], caption)
    rows: list[Row] = []
    stop = first
    for record in found:
        cells = [Cell(b.start, b.end) for b in record]
        if len(record) == GROUP_CELLS and GROUP_LABEL.fullmatch(said(text, record[0])):
            stop += len(record)
            continue
        if TOTAL.fullmatch(said(text, record[0])):
            cells = [Cell(record[0].start, record[0].start), *cells]
        row = row_of(text, columns, cells)
        if row is not None:
            rows.append(row)
        elif rows or not is_column_numbers(text, record):
            break
        stop += len(record)
    return finished(text, blocks[at], columns, rows, caption), stop - at


def records(text: str, blocks: Sequence[Block], first: int, width: int) -> Iterator[list[Block]]:
    """Runs of `width` cells that each begin with the next running number; at the end the total, as long as it has
    figures."""
    at, number = first, 1
    while at < len(blocks):
        words_here = said(text, blocks[at])
        if opens_group(text, blocks, at, number):
            yield list(blocks[at : at + GROUP_CELLS])
            at += GROUP_CELLS
            number = int(said(text, blocks[at]))
            continue
        if TOTAL.fullmatch(words_here):
            stop = at + 1
            while stop < min(len(blocks), at + width) and PLAIN.fullmatch(said(text, blocks[stop])):
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


def opens_group(text: str, blocks: Sequence[Block], at: int, number: int) -> bool:
    """Whether a letter or Roman number and a title name the rows below, which go on counting or begin anew."""
    if at + GROUP_CELLS >= len(blocks) or not GROUP_LABEL.fullmatch(said(text, blocks[at])):
        return False
    title, below = blocks[at + 1], said(text, blocks[at + GROUP_CELLS])
    named = title.style is None and title.end - title.start <= LONGEST_TITLE and said(text, title)[:1].isalpha()
    return named and below.lstrip("0") in ("1", str(number))


def is_column_numbers(text: str, record: Sequence[Block]) -> bool:
    """Whether a record only numbers the columns."""
    return len(record) > 2 and all(COLUMN_NUMBER.fullmatch(said(text, b)) for b in record)


def goes_on(text: str, blocks: Sequence[Block], at: int, number: int) -> bool:
    """Whether what follows a record shows that no cell of it is missing: the next number, the total, or a block that
    opens a section or a paragraph."""
    if at >= len(blocks):
        return True
    following = said(text, blocks[at])
    if following.lstrip("0") == str(number) or TOTAL.fullmatch(following) or opens_group(text, blocks, at, number):
        return True
    return blocks[at].style is not None or len(following) > MAX_HEAD


# --- both ------------------------------------------------------------------------------------------------------------


def said(text: str, block: Block) -> str:
    """The words of a block."""
    return text[block.start : block.end].strip()


def tell_again(text: str, rows: Sequence[Row]) -> None:
    """Put what the cell above says in the place of the marks that stand for it (`nt`, `-"-`)."""
    above: dict[Column, Cell] = {}
    for row in rows:
        for i, (column, cell) in enumerate(row.cells):
            if column.kind not in TOLD_AGAIN:
                continue
            if CUES["ditto"].fullmatch(words(text, cell)) and column in above:
                row.cells[i] = (column, above[column])
            above[column] = row.cells[i][1]


def finished(text: str, head: Block, columns: list[Column], rows: list[Row], caption: Caption) -> Table | None:
    """The table, if its head names what it holds and it has rows. Of tables of persons, and of those over which stands
    that they tell what was, nothing is read but a schedule; they are no running text either."""
    known = {c.kind for c in columns} - {None, "ordinal", "note"}
    if not rows or (len(known) < 2 and "source" not in known):
        return None
    tell_again(text, rows)
    table = Table(head.start, rows[-1].end, columns, rows, head, caption)
    if table.has("person") or CUES["past_caption"].search(caption.words):
        kept = KEPT if is_schedule(columns, caption) else ()
        table.columns = [c if c.kind in kept else replace(c, kind=None) for c in columns]
        for row in rows:
            row.cells = [(c, cell) for c, cell in row.cells if c.kind in kept]
    return table
