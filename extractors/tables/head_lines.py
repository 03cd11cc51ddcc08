"""Heads of tables over several lines (đầu cột nhiều dòng): the parts that further lines name, under the heads that they
are parts of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

import regex

from extractors.tables.heads import (
    CUES,
    MAX_HEAD,
    ORDINAL,
    UNPLANNED,
    YEAR,
    Cell,
    Column,
    column_of,
    kind_of,
    scale_of,
    words,
)
from extractors.tables.running_years import Begun
from extractors.tables.spans import is_wider, spans_of
from extractors.year_parts import Months, months_named, months_numbered

THOUSANDS = regex.compile(r"(?<=\()1[.,]?000 (?=\p{L})")
"""What a unit in brackets opens with that counts thousands."""
COUNTS = ("quantity", "measure")
"""Columns of which a head over them may say that they tell how things stand (`Hộ nghèo đầu năm`)."""
MAX_HEADS = 2
"""So many lines may go on with a head."""


def read_head(text: str, lines: list[list[Cell]], unit: int | None, begun: Begun) -> list[Column]:
    """The columns that the first of these lines names; lines that go on with the head are taken from the list."""
    columns = [column_of(text, cell, unit) for cell in lines.pop(0)]
    for _ in range(MAX_HEADS):
        if not lines or not goes_on_with_head(text, columns, lines[0], lines[1:]):
            break
        cells = lines.pop(0)
        columns = with_parts(text, columns, cells, unit, lines, begun)
    return columns


def goes_on_with_head(
    text: str, columns: Sequence[Column], cells: Sequence[Cell], rows: Sequence[Sequence[Cell]]
) -> bool:
    """Whether a line under the head names parts of its columns: short words and no figures but years, no running
    number. Without running numbers the place of the label must be empty, else it is a row of words. Where the `rows`
    below are wider than the head, the line may be as wide as that or have a first word."""
    said = [s for c in cells if (s := words(text, c))]
    if numbered_parts(text, columns, cells):
        return True
    if not said or ORDINAL.fullmatch(said[0]) or any(not is_head_word(s) for s in said):
        return False
    label = words(text, cells[0])
    if columns[0].kind == "ordinal" and (len(cells) != len(columns) or label in ("", columns[0].head)):
        return len(said) >= 2
    known = any(kind_of(s) for s in said)
    if known and len(cells) == len(columns) and (not label or label == columns[0].head):
        return columns[0].kind != "ordinal"
    told = known or columns[0].kind == "ordinal"
    return told and 2 <= len(said) == len(cells) and is_wider(text, columns, rows)


def numbered_parts(text: str, columns: Sequence[Column], cells: Sequence[Cell]) -> dict[int, Months]:
    """The columns that a line under the head only numbers as quarters or months, and which these are."""
    if len(cells) != len(columns):
        return {}
    filled = [i for i, cell in enumerate(cells) if words(text, cell)]
    if not filled or filled != list(range(filled[0], filled[-1] + 1)) or any(columns[i].head for i in filled[1:]):
        return {}
    found = months_numbered(columns[filled[0]].head, [words(text, cells[i]) for i in filled])
    return dict(zip(filled, found, strict=True)) if found else {}


def is_head_word(said: str) -> bool:
    """Whether words may name a part of a column."""
    bare = THOUSANDS.sub("", YEAR.sub("", said))
    return len(said) <= MAX_HEAD and (not regex.search(r"\d", bare) or months_named(said) is not None)


def with_parts(
    text: str,
    columns: list[Column],
    cells: Sequence[Cell],
    unit: int | None,
    rows: Sequence[Sequence[Cell]],
    begun: Begun,
) -> list[Column]:
    """The columns with the parts that a further line names: below each other where both lines have all cells, else in
    the place of the columns that a head spans: by the empty cells beside it, else by the `rows` below (`Tổng | NSTW |
    NSĐP` under `Kinh phí`)."""
    if numbered := numbered_parts(text, columns, cells):
        return [
            replace(part_of(text, over_of(columns, i), c, cells[i], unit), kind="year_part", months=numbered[i])
            if i in numbered
            else c
            for i, c in enumerate(columns)
        ]
    parts = [c for c in cells if words(text, c)]
    if len(cells) == len(columns) and (len(parts) < len(cells) or not is_wider(text, columns, rows)):
        return [part_of(text, over_of(columns, i), columns[i], cell, unit) for i, cell in enumerate(cells)]
    spanned = spanned_columns(columns)
    if len(spanned) == len(parts):
        found = dict(zip(spanned, parts, strict=True))
        return [
            part_of(text, over_of(columns, i), column, found[i], unit) if i in found else column
            for i, column in enumerate(columns)
        ]
    spans = None if spanned else spans_of(text, columns, parts, rows, begun)
    return columns if spans is None else with_spans(text, columns, dict(spans), parts, unit)


def with_spans(
    text: str, columns: Sequence[Column], spans: Mapping[int, int], parts: Sequence[Cell], unit: int | None
) -> list[Column]:
    """The columns, in the place of those that span parts so many of these."""
    left = iter(parts)
    made: list[Column] = []
    for i, column in enumerate(columns):
        own = islice(left, spans.get(i, 0))
        made += [part_of(text, column, column, c, unit) for c in own] if i in spans else [column]
    return made


def spanned_columns(columns: Sequence[Column]) -> list[int]:
    """The columns over which a head stands that spans several: the heads beside it are empty."""
    empty = [i for i, column in enumerate(columns) if i and not column.head]
    return sorted({*empty, *(i - 1 for i in empty)})


def over_of(columns: Sequence[Column], at: int) -> Column:
    """The head that stands over a place: its own, or the last before it, which spans this place, too."""
    return next((columns[i] for i in range(at, -1, -1) if columns[i].head), columns[at])


def part_of(text: str, over: Column, own: Column, cell: Cell, unit: int | None) -> Column:
    """A column under another's head: money stays money, else the nearer words say what it holds."""
    part = column_of(text, cell, unit)
    if not part.head or part.head == own.head:
        return own
    if not over.head:
        return part
    kind = over.kind if over.kind in ("amount", *UNPLANNED) else part.kind or over.kind
    if part.kind in UNPLANNED:
        planned = part.kind == "no_funding" and over.kind == "year" and CUES["value_head"].fullmatch(part.head)
        kind = over.kind if planned else part.kind
    if part.kind == "amount" and over.kind in ("year", "whole"):
        kind = "amount"
    if kind in COUNTS and CUES["state_rate"].search(over.head):
        kind = None
    stated = scale_of(part.head, None) or scale_of(over.head, None)
    above = (*over.over, Cell(over.start, over.end))
    unit = stated or part.unit or over.unit
    return Column(kind, f"{over.head} {part.head}", part.start, part.end, unit, above, part.head, months=part.months)
