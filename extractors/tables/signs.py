"""Figures of tables that are not read (dấu hiệu chưa đọc): rows of figures whose columns, unit or meaning is not known,
and passages that a converter ran together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

import regex

from extractors.cues import cues
from extractors.plan import Block
from extractors.tables.heads import (
    CUES,
    FIGURE,
    YEAR,
    Caption,
    Cell,
    Column,
    caption_of,
    cells_of,
    is_bordered,
    kind_of,
    scale_of,
    words,
)
from extractors.tables.settling import counts_in_brackets
from extractors.tables.tables import PLAIN, Row, Table, end_of_run
from extractors.year_parts import months_named

SCHEDULES = cues("table_schedule_cues.yaml")
PARTS = cues("table_part_cues.yaml")
OVER_AIMS = (CUES["aim_caption"], PARTS["works_caption"], PARTS["works_named"])
TELEPHONE = regex.compile(r"0\d")
MAX_RUN = 200
MIN_RUN = 3
MIN_ROWS = 2
OF_YEARS = ("year", "whole", "aim", "quantity")


def rows_of_figures(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Lines that hold figures in columns, whether their table is read or not: cells, or figures that a converter ran
    together (`Ngân sách tỉnh 54.500 5.500 12.000`)."""
    for block in blocks:
        if is_bordered(text, block):
            said_ = [words(text, c) for c in cells_of(text, block)]
            if sum(1 for s in said_[1:] if PLAIN.fullmatch(s)) >= 2:
                yield block
        elif block.style is None and runs_together(text, block):
            yield block


def unread_money(text: str, blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[tuple[Block, Block]]:
    """First and last line of cells with figures under a unit of money of which no table is read."""
    figures = {b.start for b in rows_of_figures(text, blocks) if is_bordered(text, b)}
    for at, stop in runs_of_cells(text, blocks):
        first, last = blocks[at], blocks[stop - 1]
        known = any(t.start < last.end and first.start < t.end for t in tables)
        rows = sum(1 for b in blocks[at:stop] if b.start in figures)
        if rows > 1 and not known and states_money(text, blocks, at):
            yield first, last


def unmeasured_years(text: str, blocks: Sequence[Block], facts: Sequence[int], first_year: int) -> Iterator[Block]:
    """The heads of years, not all before the first year of the plan, over figures of which nothing says what they
    count (`Nội dung | Tổng | 2022 | 2023`), so that no fact stands at a place of `facts`."""
    for at, stop in runs_of_cells(text, blocks):
        heads = [words(text, cell) for cell in cells_of(text, blocks[at])]
        told = stands_within(facts, blocks[at].start, blocks[stop - 1].end)
        if told or not has_bare_years(heads, first_year) or states_money(text, blocks, at):
            continue
        figures = list(rows_of_figures(text, blocks[at + 1 : stop]))
        if figures and not CUES["past_caption"].search(caption_of(text, blocks, at).words):
            yield blocks[at]


def has_bare_years(heads: Sequence[str], first_year: int) -> bool:
    """Whether heads name all years together and some of them, of which not all are past, and not what is counted."""
    kinds = [kind_of(head) for head in heads]
    years = [int(max(YEAR.findall(h))) for h, kind in zip(heads, kinds, strict=True) if kind == "year"]
    wholes = [h for h in heads if CUES["whole_column"].search(h) and not CUES["money_column"].search(h)]
    return bool(wholes) and bool(years) and max(years) >= first_year


def unknown_figures(text: str, tables: Sequence[Table], facts: Sequence[int]) -> Iterator[Block]:
    """The heads of tables with a column of units, of which no column of figures is known, or of which nothing says that
    the figures of its places are aims, so that no fact stands at a place of `facts`."""
    for table in tables:
        cells = [cell for row in table.rows for column, cell in row.cells if column.kind is None or column.place]
        unknown = any(PLAIN.fullmatch(words(text, cell)) for cell in cells)
        if unknown and table.has("measure_unit") and not stands_within(facts, table.start, table.end):
            yield table.first


def unsaid_works(text: str, tables: Sequence[Table], facts: Sequence[int]) -> Iterator[Block]:
    """The heads of tables that count things by place of which nothing says that they are aims, so that no fact stands
    at a place of `facts`."""
    for table in tables:
        if not table.has("place") or table.has("time", "person") or stands_within(facts, table.start, table.end):
            continue
        planned = any(cue.search(table.caption.words) for cue in OVER_AIMS)
        counting = [c for c in table.columns if counts_things(c) or (planned and c.kind is None and not is_state(c))]
        rows = sum(1 for row in table.rows if any(PLAIN.fullmatch(words(text, row_cell(row, c))) for c in counting))
        if rows >= MIN_ROWS:
            yield table.first


def counts_things(column: Column) -> bool:
    """Whether a column counts things that may be planned, and does not tell what there is."""
    counts = column.kind == "quantity" or (column.kind is None and counts_in_brackets(column))
    return counts and not is_state(column)


def is_state(column: Column) -> bool:
    """Whether the head of a column says that it tells what there is."""
    return any(CUES[cue].search(column.head) for cue in ("state_head", "state_rate"))


def row_cell(row: Row, column: Column) -> Cell:
    """The cell of a row in a column, empty where it has none."""
    return next((cell for each, cell in row.cells if each is column), Cell(0, 0))


def silent_heads(
    text: str, blocks: Sequence[Block], told: Sequence[int], first_year: int
) -> Iterator[tuple[Block, Caption]]:
    """The heads of years from the first of the plan on, of what places need, and of measures with their units, over
    rows of figures, with what stands over them, in lines with cells of which nothing is told: no fact stands at a
    place of `told` in them, nor a sign that they are not read. What tells of the past is no loss; a forecast may be
    one."""
    for at, stop in runs_of_cells(text, blocks):
        if stands_within(told, blocks[at].start, blocks[stop - 1].end):
            continue
        lines = range(at, stop)
        head = next((i for i in lines if heads_figures(text, blocks[i], first_year)), None)
        if head is None or not holds_rows(text, blocks[head:stop]):
            continue
        caption = caption_of(text, blocks, head)
        words_ = caption.words
        if CUES["forecast_caption"].search(words_) or not CUES["past_caption"].search(words_):
            yield blocks[head], caption


def heads_figures(text: str, block: Block, first_year: int) -> bool:
    """Whether a line is the head of figures that may be aims: of years to come, of what places need, or of measures
    with their units."""
    return names_years(text, block, first_year) or names_need(text, block) or names_units(text, block)


def names_units(text: str, block: Block) -> bool:
    """Whether a line heads what is measured, its unit and figures of aims or all places (`Chỉ tiêu | ĐVT | Toàn
    tỉnh`)."""
    cells = [words(text, c) for c in cells_of(text, block)]
    if any(map(PLAIN.fullmatch, cells)) or not any(map(CUES["unit_head"].fullmatch, cells)):
        return False
    return sum(1 for cell in cells if kind_of(cell) in ("name", "aim", "whole", "year")) >= MIN_ROWS


def names_need(text: str, block: Block) -> bool:
    """Whether a line is the head of a table that tells by places for how many something is to be done (`Quận, huyện |
    Số trẻ cần tiêm`)."""
    cells = [words(text, c) for c in cells_of(text, block)]
    if any(map(PLAIN.fullmatch, cells)) or not any(map(CUES["need_head"].search, cells)):
        return False
    return any(kind_of(cell) == "place" for cell in cells[:2])


def silent_times(text: str, tables: Sequence[Table], deadlines: Sequence[int]) -> Iterator[Block]:
    """The heads of tables with a column of times of which several cells tell a day, a month or a quarter and none is
    read: none stands at a place of `deadlines`."""
    for table in tables:
        if not table.has("time") or stands_within(deadlines, table.start, table.end):
            continue
        cells = [cell for row in table.rows for _, cell in row.of("time")]
        if sum(1 for cell in cells if SCHEDULES["day_told"].search(text, cell.start, cell.end)) >= MIN_ROWS:
            yield table.first


def holds_rows(text: str, blocks: Sequence[Block]) -> bool:
    """Whether there are several rows of figures among the lines of a table, or of ticks below parts of a year, of which
    not all are ticked."""
    if sum(1 for _ in rows_of_figures(text, blocks[1:])) >= MIN_ROWS:
        return True
    parts = max(parts_of_year(text, b) for b in blocks[:MIN_ROWS])
    ticks = [sum(1 for cell in cells_of(text, b) if CUES["mark"].fullmatch(words(text, cell))) for b in blocks]
    return sum(1 for many in ticks if 0 < many < parts) >= MIN_ROWS


def parts_of_year(text: str, head: Block) -> int:
    """How many cells of a head name parts of a year."""
    return sum(1 for cell in cells_of(text, head) if months_named(words(text, cell)))


def names_years(text: str, block: Block, first_year: int) -> bool:
    """Whether a line with cells holds heads of aims or years, one of them of a year to come, or of several parts of a
    year, and no figures."""
    heads = [words(text, cell) for cell in cells_of(text, block)]
    if parts_of_year(text, block) >= MIN_RUN:
        return True
    if any(FIGURE.fullmatch(head) and not YEAR.fullmatch(head) for head in heads):
        return False
    years = (max(map(int, YEAR.findall(head)), default=0) for head in heads if kind_of(head) in OF_YEARS)
    return max(years, default=0) >= first_year


def stands_within(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of these places, which are in order, lies between start and end."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] < end


def runs_of_cells(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where lines with cells begin that follow one another, and behind which they end."""
    at = 0 if "|" in text else len(blocks)
    while at < len(blocks):
        if is_bordered(text, blocks[at]):
            stop = end_of_run(text, blocks, at)
            yield at, stop
            at = stop
        else:
            at += 1


def states_money(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether a unit of money stands over cells or in the first line of them."""
    heads = (words(text, cell) for cell in cells_of(text, blocks[at]))
    return caption_of(text, blocks, at).money is not None or any(scale_of(head, None) for head in heads)


def run_together(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """First and last line of each passage of two lines and more that a converter ran together."""
    lost = [block.style is None and not is_bordered(text, block) and runs_together(text, block) for block in blocks]
    for is_lost, group in groupby(zip(lost, blocks, strict=True), key=lambda pair: pair[0]):
        found = [block for _, block in group]
        if is_lost and len(found) > 1:
            yield found[0], found[-1]


def runs_together(text: str, block: Block) -> bool:
    """Whether a line ends in three figures and more that nothing but spaces parts. A sentence that closes with a
    telephone number does not."""
    last = text[max(block.start, block.end - MAX_RUN) : block.end].split()
    if last and last[-1].endswith((".", ",")):
        return False
    run = list(takewhile(lambda word: PLAIN.fullmatch(word) or word == "-", reversed(last)))
    if any(TELEPHONE.match(word) for word in run):
        return False
    return sum(1 for word in run if word != "-") >= MIN_RUN and len(run) < len(last)
