"""What the rows of a table set tasks for (nhiệm vụ của từng hàng): of two columns of names the narrower one, and what a
cell above says that is merged over several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.context import Plan
from extractors.cues import cues
from extractors.tables.heads import Column, words
from extractors.tables.tables import Row, Table
from extractors.tables.visits import Visits, visits_of

NARROWER = cues("table_cues.yaml")["narrower_head"]
DUTIES = ("lead", "partner", "responsible", "mixed", "time")
NO_NAMES = (*DUTIES, "ordinal", "product", "note", "measure_unit", "person", "place", "visited", "overseer")
"""Columns of which no cell says what its row is about."""
TOLD, GUESSED = 1.0, 0.65


@dataclass(frozen=True, slots=True)
class Task:
    """What a row is about; `sure`: at most so sure are facts of it, as another row or no head tells it."""

    words: str
    sure: float = TOLD


def tasks_of(plan: Plan, table: Table) -> dict[int, Task]:
    """The task of each row, by where the row starts; a row without one of its own has that above it, if that is one of
    its kind, for the cell may be merged. Rows of which none is known are left out."""
    said = {row.start: {c: words(plan.text, cell) for c, cell in row.cells} for row in table.rows}
    names = narrowing(table, list(said.values()))
    if table.has("time") and (visits := visits_over(plan, table)):
        return visit_tasks(plan, table, visits, names)
    found: dict[int, Task] = {}
    above: str | None = None
    for row in table.rows:
        cells = said[row.start]
        own = next((cells[c] for c in reversed(names) if c in cells), None)
        if own is not None:
            found[row.start] = Task(own)
            above = own if row.of(*DUTIES) and not row.total else None
        elif above and names and row.of(*DUTIES) and not row.of("ordinal"):
            found[row.start] = Task(above, GUESSED)
        else:
            above = None
    return found


def visits_over(plan: Plan, table: Table) -> Visits | None:
    """Who is visited by the rows of a table and what for."""
    return visits_of(table.columns, [table.caption.words, *plan.headings(table.first)[:1]])


def visit_tasks(plan: Plan, table: Table, visits: Visits, names: Sequence[Column]) -> dict[int, Task]:
    """The visits of the rows of a schedule, by where the row starts, each with what it looks at where a column of names
    tells it."""
    found: dict[int, Task] = {}
    for row in table.rows:
        said = dict(row.cells)
        if visits.column not in said or row.total:
            continue
        event = visits.event(plan.text, said[visits.column])
        content = next((words(plan.text, said[c]) for c in reversed(names) if c in said), None)
        found[row.start] = Task(f"{event}: {content}" if content else event)
    return found


def narrowing(table: Table, said: Sequence[dict[Column, str]]) -> list[Column]:
    """The columns that name the rows, each behind one that groups what it names."""
    names: list[Column] = []
    for column in table.columns:
        narrower = NARROWER.search(column.label) is not None
        if column.kind != "name" and not (column.kind is None and narrower):
            continue
        if not names or narrower or groups(names[-1], column, said):
            names.append(column)
    return names


def groups(wide: Column, narrow: Column, said: Sequence[dict[Column, str]]) -> bool:
    """Whether the cells of one column hold for several of another: they are empty or the same again where that goes
    on."""
    filled = [cells for cells in said if narrow in cells]
    again = ((one, other) for one, other in pairwise(filled) if one[narrow] != other[narrow])
    return any(wide in one and other.get(wide, one[wide]) == one[wide] for one, other in again)


def longest_words(plan: Plan, row: Row) -> Task | None:
    """The longest words of a row whose columns do not tell which of them names it."""
    cells = (words(plan.text, cell) for column, cell in row.cells if column.kind not in NO_NAMES)
    told = [said for said in cells if sum(map(str.isalpha, said)) > len(said) / 2]
    told = told or [words(plan.text, cell) for _, cell in row.of("visited", "place")]
    return Task(max(told, key=len), GUESSED) if told else None
