"""Sums of groups whose rows lost their empty cells: a label, a name and one figure, in a table of costs.

A portal that drops empty cells leaves no place for the figure, but where the rows below it make it up, or it makes up
one above with those beside it, it can only be the sum. Such rows are told in doubt; the others are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.context import Plan
from extractors.plan import MAX_QUOTE, Block
from extractors.sums import TINY
from extractors.tables.heads import Cell, Column, cells_of, words
from extractors.tables.money import MOST_MONEY, RANKS, amounts_of, number_in
from extractors.tables.tables import Row, Table
from schemas.records import Funding

DOUBTED = 0.5
FEWEST_PARTS = 2
MARKS = " *_"


@dataclass(slots=True)
class Line:
    """A numbered row with one sum: its span, how deep it stands and, where its place was lost, its cells."""

    span: tuple[int, int]
    depth: tuple[int, int]
    value: int
    name: Cell | None = None
    figure: Cell | None = None
    parts: list[Line] = field(default_factory=list)

    @property
    def made_up(self) -> bool:
        """Whether the rows right below it, several, make its sum."""
        made = sum(part.value for part in self.parts)
        return len(self.parts) >= FEWEST_PARTS and abs(made - self.value) <= TINY * self.value


def lone_funding(plan: Plan, known: Sequence[Funding]) -> list[Funding]:
    """The sums of all tables whose place in their row was lost and whose arithmetic tells them. Those `known` that
    they hold become their parts."""
    by_start = {row.char_start: row for row in reversed(known)}
    found: list[Funding] = []
    for table in plan.tables:
        if table.lost and not plan.tells_past([table.caption.words, *plan.headings(table.first)]):
            found += rows_of(plan, table, by_start)
    return found


def rows_of(plan: Plan, table: Table, known: dict[int, Funding]) -> Iterator[Funding]:
    """The rows of one table: of each sum that is made up, and of the sums that make it up."""
    made: dict[int, Funding] = {}
    for line in confirmed(lines_of(plan, table)):
        for told in (line, *line.parts):
            if told.figure is not None and told.span[0] not in made:
                made[told.span[0]] = funding(plan, told)
                yield made[told.span[0]]
        holder = made.get(line.span[0])
        for part in line.parts if holder is not None else ():
            row = made.get(part.span[0]) or known.get(part.span[0])
            if row is not None and row.parent_id is None:
                row.parent_id = holder.funding_id


def told_alone(plan: Plan, table: Table) -> set[int]:
    """Where the lines of a table begin that lost their columns and are told all the same."""
    lines = confirmed(lines_of(plan, table)) if table.lost else []
    return {told.span[0] for line in lines for told in (line, *line.parts) if told.figure is not None}


def confirmed(lines: Sequence[Line]) -> list[Line]:
    """The lines that those right below them make up, put under one another by how deep they stand."""
    above: list[Line] = []
    for line in lines:
        while above and above[-1].depth >= line.depth:
            above.pop()
        if above:
            above[-1].parts.append(line)
        above.append(line)
    return [line for line in lines if line.made_up]


def lines_of(plan: Plan, table: Table) -> list[Line]:
    """The numbered rows with one sum each, in order; none where not one column alone holds money."""
    columns = [column for column in table.columns if column.kind == "amount"]
    if len(columns) != 1 or not columns[0].unit:
        return []
    lost = (lone_line(plan, cell, columns[0]) for cell in table.lost)
    kept = (kept_line(plan, row) for row in table.rows)
    return sorted((line for line in (*lost, *kept) if line is not None), key=lambda line: line.span)


def lone_line(plan: Plan, line: Cell, column: Column) -> Line | None:
    """A line that lost its columns, if it holds a running number, a name and one figure, and nothing else."""
    text = plan.text
    filled = [c for c in cells_of(text, Block(line.start, line.end, line.start)) if words(text, c).strip(MARKS)]
    if len(filled) != 3 or (depth := depth_of(words(text, filled[0]))) is None:
        return None
    number = number_in(plan, filled[2])
    named = any(map(str.isalpha, words(text, filled[1])))
    if number is None or not named or number.value is None or not 0 < number.value * column.unit < MOST_MONEY:
        return None
    return Line((line.start, line.end), depth, round(number.value * column.unit), filled[1], filled[2])


def kept_line(plan: Plan, row: Row) -> Line | None:
    """A row that kept its columns, with its one sum."""
    label = next((words(plan.text, cell) for _, cell in row.of("ordinal")), "")
    depth, amounts = depth_of(label), amounts_of(plan, row)
    if depth is None or len(amounts) != 1 or row.total:
        return None
    return Line((row.start, row.end), depth, amounts[0].value)


def depth_of(label: str) -> tuple[int, int] | None:
    """How deep a running number stands: by its kind, and by its dots (`1.1.1` below `1.1`)."""
    label = label.strip(MARKS).rstrip(".)")
    ranks = [rank for pattern, rank in RANKS if pattern.fullmatch(label)]
    if not ranks:
        return None
    return (2 if label in ("I", "V", "X") else ranks[0]), label.count(".")


def funding(plan: Plan, line: Line) -> Funding:
    """The row of one such sum."""
    start, end = line.span
    return Funding(
        funding_id=plan.new_id("funding", line.figure.start, line.figure.end),
        parent_id=None,
        kind="component",
        amount_vnd=line.value,
        purpose=words(plan.text, line.name).strip(MARKS),
        amount_text=words(plan.text, line.figure).strip(MARKS),
        **plan.fact(start if end - start <= MAX_QUOTE else line.name.start, end, "table_lone_sum", DOUBTED),
    )
