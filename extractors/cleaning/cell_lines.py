"""The step that puts together the rows of tables whose cells a portal pasted on lines of their own, each between lines
that hold nothing but a border (`|`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

import regex

from extractors.cleaning.cell_rows import rows_of_pieces
from extractors.cleaning.characters import RULER
from extractors.cleaning.joining import Block
from extractors.cleaning.lines import Draft, Line
from extractors.cues import cues

BORDER = "|"
MAX_CELL = 20
"""A cell of more lines is text between two tables."""
MAX_HEAD = 80
"""A line of a table's head is shorter; running text between borders is none."""
ORDINAL = regex.compile(r"(?P<value>[0-9]{1,4})\.?")
LABEL = regex.compile(r"[IVX]{1,5}\.?|[a-hđ]|[a-zđ][).]|[A-HĐ]\.?|\d{1,2}(?:\.\d{1,2})+\.?")
MOST_CELLS = 60
"""A head of more cells is a line without end."""
DASHES = ("-", "–", "+")
MIN_ROWS = 2
MIN_CELLS = 3
WIDTH_KNOWN = 3
"""Behind so many rows as wide as any no wider one comes; rows of a head, with cells over several columns, are fewer."""
LAYOUT_WORDS = cues("letterhead_cues.yaml")["layout_words"].compiled


def gather_cell_lines(draft: Draft) -> None:
    """Cells between lone borders become rows on one line: two borders in a row end one row and open the next, or hold
    an empty cell. Tables of a letterhead or of signatures, and those of fewer than three columns, stay as they are."""
    lines, kept, at = draft.lines, [], 0
    while at < len(lines):
        rows, stop = rows_from(lines, at) if lines[at].text == BORDER else ([], at + 1)
        if is_data(rows := with_empty_cells(whole_rows(rows))):
            width = max(map(cells_in, rows))
            kept += [as_line(row, width) for row in rows]
        else:
            kept += lines[at:stop]
        at = stop
    draft.lines = kept


def rows_from(lines: list[Line], at: int) -> tuple[list[list[Line]], int]:
    """The rows of the table that opens with the border at `at`, borders included, and where it ends."""
    rows: list[list[Line]] = []
    row, widths = [lines[at]], Counter[int]()
    at += 1
    while at < len(lines):
        if lines[at].text == BORDER:
            rows.append(row)
            widths[cells_in(row)] += 1
            row = [lines[at]]
            at += 1
            continue
        stop = end_of_cell(lines, at)
        if stop is None or is_full(row, widths):
            break
        if is_cut(lines[at : stop + 1], [*rows, row]):
            rows.append(row)
            row = [lines[stop]]
            at = stop + 1
            continue
        row += lines[at : stop + 1]
        at = stop + 1
    return [*rows, row], at


def is_full(row: list[Line], widths: Mapping[int, int]) -> bool:
    """Whether a row has as many cells as any before it, by the number of rows of each width: what stands behind its
    last border is text below the table."""
    widest = max(widths, default=0)
    return widest >= MIN_CELLS and widths[widest] >= WIDTH_KNOWN and cells_in(row) >= widest


def is_cut(cell: list[Line], rows: list[list[Line]]) -> bool:
    """Whether a cell holds nothing but the dots that stand between two rows for others left out: the row before it is
    as wide as the head."""
    if len(cell) != 2 or len(rows) < 2 or RULER.fullmatch(cell[0].text) is None:
        return False
    return 1 < cells_in(rows[0]) <= cells_in(rows[-1])


def end_of_cell(lines: list[Line], at: int) -> int | None:
    """Where the border stands that ends a cell which begins at `at`; None where the lines are no cell: behind a blank
    line the text goes on."""
    if lines[at].gap:
        return None
    for stop in range(at, min(len(lines), at + MAX_CELL + 1)):
        if lines[stop].text == BORDER:
            return stop
    return None


def whole_rows(pieces: list[list[Line]]) -> list[list[Line]]:
    """The rows that pieces between two borders make, by the width of most; a piece that opens with a label or with the
    number that comes next opens a row."""
    if len(pieces) < 2:
        return pieces
    cells = [cells_in(piece) for piece in pieces]

    def may_join(opening: int, other: int) -> bool:
        named = next((piece for piece in pieces[opening:other] if len(piece) > 1), None)
        return named is None or not cells[other] or not opens_row(pieces[other], named)

    found = rows_of_pieces(cells, may_join, partial(like_others, pieces, {}))
    return [[line for piece in pieces[start:end] for line in piece] for start, end in found]


def like_others(pieces: list[list[Line]], figures: dict[int, set[int]], start: int, stop: int, width: int) -> bool:
    """Whether pieces put together have no words where most of the rows of this width have figures, but for their labels
    (`I` among `1`, `2`). `figures`: of each width, which columns these are, as they become known."""
    if width not in figures:
        whole = [texts(piece) for piece in pieces if cells_in(piece) == width]
        counted = Counter(i for row in whole for i, said in enumerate(row) if said[:1].isdigit())
        figures[width] = {i for i, many in counted.items() if i and 2 * many > len(whole)}
    row = texts([line for piece in pieces[start:stop] for line in piece])
    return not any(row[i][:1].isalpha() for i in figures[width])


def texts(row: list[Line]) -> list[str]:
    """What the cells between the borders of a row say."""
    cells, said = [], ""
    for line in row[1:]:
        if line.text == BORDER:
            cells.append(said)
            said = ""
        else:
            said = said or line.text.lstrip("*_ ")
    return cells


def with_empty_cells(rows: list[list[Line]]) -> list[list[Line]]:
    """The rows, those put together again that an empty cell broke: it stands as two borders in a row, too. The head
    tells the width; what makes it up with an empty cell between, and opens with no running number, is one row."""
    width = cells_in(rows[0]) if rows else 0
    whole: list[list[Line]] = []
    told = 0
    for at, row in enumerate(rows):
        if at < told:
            continue
        if stop := end_of_full_row(rows, at, width):
            whole.append([line for part in rows[at:stop] for line in part])
            told = stop
            continue
        last = whole[-1] if whole else None
        broken = last is not None and 1 < cells_in(last) < width and cells_in(row) > 0
        if broken and cells_in(last) + 1 + cells_in(row) <= width and not opens_row(row, last):
            last += row
        else:
            whole.append(list(row))
    return whole


def end_of_full_row(rows: list[list[Line]], at: int, width: int) -> int | None:
    """Behind which of the pieces a numbered row ends that empty cells broke there, several in a row among them: it has
    the width of the head to the cell, and the next piece opens a row. Cells that only stand last are none within it."""
    if len(rows) <= at + 2 or width > MOST_CELLS or not 1 < cells_in(rows[at]) < width or not is_numbered(rows[at]):
        return None
    cells, held, last = cells_in(rows[at]), False, rows[at]
    for stop in range(at + 1, len(rows)):
        row, beside = rows[stop], cells_in(rows[stop - 1]) > 0
        if cells_in(row) > 0 and ((beside and opens_row(row, last)) or opens_list(row, last)):
            return None  # one border between them ends a row as often as it holds an empty cell
        cells += 1 + cells_in(row)
        if cells_in(row) > 0:
            held, last = True, row
        if cells >= width:
            closes = stop + 1 == len(rows) or (len(rows[stop + 1]) > 1 and is_numbered(rows[stop + 1]))
            return stop + 1 if cells == width and held and closes else None
    return None


def is_numbered(row: list[Line]) -> bool:
    """Whether a row opens with a running number or a label."""
    first = row[1].text.strip("*")
    return first in DASHES or any(shape.fullmatch(first) for shape in (ORDINAL, LABEL))


def opens_row(row: list[Line], last: list[Line]) -> bool:
    """Whether a row opens with the number that comes after that of the row before, or with a label, or the list below
    one."""
    first, number = (ORDINAL.fullmatch(r[1].text) for r in (last, row))
    if number is not None and first is not None:
        return int(number["value"]) == int(first["value"]) + 1
    return opens_list(row, last) or (number is None and LABEL.fullmatch(row[1].text) is not None)


def opens_list(row: list[Line], last: list[Line]) -> bool:
    """Whether a row is the first below a title: `1` and a name below `I` and another."""
    named = [said for said in texts(row)[1:2] if said[:1].isalpha()]
    return row[1].text.rstrip(".") == "1" and bool(named) and LABEL.fullmatch(last[1].text) is not None


def cells_in(row: list[Line]) -> int:
    """How many cells stand between the borders of a row."""
    return sum(1 for line in row if line.text == BORDER) - 1


def as_line(row: list[Line], width: int) -> Line:
    """A row on one line. A lone cell is a group's title over all `width` columns, which keep their places."""
    line = Block.of_all(row).line()
    if cells_in(row) == 1:
        line.text += f" {BORDER}" * (width - 1)
    return line


def is_data(rows: list[list[Line]]) -> bool:
    """Whether rows make a table of data: several of three cells or more, and no words of a letterhead."""
    wide = sum(1 for row in rows if cells_in(row) >= MIN_CELLS)
    if any(len(line.text) > MAX_HEAD or line.text.endswith(".") for line in (rows[0] if rows else ())):
        return False
    return wide >= MIN_ROWS and not any(LAYOUT_WORDS.search(line.text) for row in rows for line in row)
