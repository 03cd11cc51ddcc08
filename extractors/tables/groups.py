"""What the rows of a table are called (tên dòng): by the group that they stand under, for `Tổng đàn` of cattle is not
that of pigs, and by the column of which several stand under one year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.context import Plan
from extractors.cues import cues
from extractors.tables.figures import name_of
from extractors.tables.heads import BRACKET, YEAR, Cell, Column, own_words, said_over, words
from extractors.tables.money import BULLET, RANKS, UNNUMBERED, rank_of
from extractors.tables.settling import PROPER_NAME
from extractors.tables.tables import FIGURES, Row, Table

CUES = cues("table_cues.yaml")
AREA = cues("table_part_cues.yaml")["area_over_years"]
OF_TIMES = ("year", "whole", "aim", "year_part")
MERGED = 2
"""How deep a title stands that fills its row."""
LETTERED = 5
"""From this rank on rows are parts of what stands over them, and not named by themselves."""
MAX_TITLE = 120
MARKS = " :;,.-–+*•"


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a title between rows: what it is called, how deep it stands, and whether it has figures of its own."""

    start: int
    rank: int
    name: str
    figures: bool


def groups_of(plan: Plan, table: Table) -> dict[int, str]:
    """The groups that rows need to be told apart, by where the rows start: that of a title without figures over bullets
    and rows without a number, and any over rows of which another has the same name under another group."""
    over: list[Line] = []
    placed: list[tuple[Line, Line]] = []
    for line in sorted(lines_of(plan, table), key=lambda each: each.start):
        while over and over[-1].rank >= line.rank:
            over.pop()
        if line.figures and over:
            placed.append((line, over[-1]))
        over.append(line)
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for line, group in placed:
        alike[line.name.casefold()].add(group.name)
    return {
        line.start: group.name
        for line, group in placed
        if len(alike[line.name.casefold()]) > 1 or (not group.figures and line.rank >= LETTERED)
    }


def lines_of(plan: Plan, table: Table) -> Iterator[Line]:
    """The rows and titles of a table but its totals and what only says that parts follow (`Trong đó`)."""
    for row in table.rows:
        said = name_of(plan, row)
        if row.total:
            continue
        if said is None:
            yield from title_of(plan, [cell for _, cell in row.cells])
        elif (name := said.strip(MARKS)) and not CUES["parts_follow"].fullmatch(said):
            yield Line(row.start, rank_of(plan, table, row), name, bool(row.of(*FIGURES)))
    for cells in table.titles:
        yield from title_of(plan, cells)


def title_of(plan: Plan, cells: Sequence[Cell]) -> Iterator[Line]:
    """A line of words alone that names the rows below it, with its number or mark."""
    said = [(cell, words_) for cell in cells if (words_ := words(plan.text, cell))]
    label = said[0][1] if len(said) > 1 else ""
    ranks = [rank for pattern, rank in RANKS if pattern.fullmatch(label)]
    name = said[1:] if ranks else said
    if len(name) != 1 or len(name[0][1]) > MAX_TITLE or CUES["parts_follow"].fullmatch(name[0][1]):
        return
    bullet = BULLET.match(name[0][1])
    own = (7 if bullet["mark"] in "-–" else 8) if bullet else UNNUMBERED if not words(plan.text, cells[0]) else MERGED
    if name[0][1].strip(MARKS):
        yield Line(said[0][0].start, ranks[0] if ranks else own, name[0][1].strip(MARKS), False)


def is_one_of_several(row: Row, column: Column) -> bool:
    """Whether a row has several aims for the year of a column (`Mục tiêu điểm 2023`, `Mục tiêu thứ hạng 2023`)."""
    return sum(other.last_year == column.last_year for other, _ in row.of("aim")) > 1


def told_of(row: Row, name: str, column: Column, measured: str | None) -> str:
    """What a figure measures: what its row does (without the bullet), where the column is one of several under the head
    of a year with what it says of its own (`Xoài - Giá trị xuất khẩu`); else what the column does."""
    if measured and not row.of("name"):
        return measured
    bullet = BULLET.match(name)
    name = name[bullet.end() :] if bullet else name
    if column.kind == "aim" and (own := own_words(column)) and is_one_of_several(row, column):
        return f"{name} - {' '.join(own)}"
    if column.kind != "year" or not column.part or YEAR.search(column.part):
        return name
    own = own_words(replace(column, head=column.part))
    return f"{name} - {' '.join(BRACKET.sub(' ', column.part).split())}" if own else name


def group_over(table: Table, column: Column) -> str | None:
    """The words of the head over a column that tell it from others of the same time (`Thành thị` and `Nông thôn` over
    the same years), without what stands in brackets."""
    if not column.over or column.kind not in OF_TIMES or not (own := said_over(column)):
        return None
    alike = (c for c in table.columns if c.over and c.kind == column.kind and c.last_year == column.last_year)
    if all(said_over(other) in (own, []) for other in alike if other is not column):
        return None
    return " ".join(BRACKET.sub(" ", column.upper).split()) or None


def names_area(table: Table, over: str) -> bool:
    """Whether the head over columns of rows that are named names where their figures hold: an area, a place by its
    kind, or by its name alone under a caption that speaks of places."""
    if AREA.fullmatch(over) or CUES["place_head"].fullmatch(over):
        return True
    return PROPER_NAME.fullmatch(over) is not None and CUES["by_places"].search(table.caption.words) is not None
