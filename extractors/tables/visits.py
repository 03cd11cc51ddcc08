"""Tables of visits and events (lịch kiểm tra, lịch làm việc): who is visited in each row and what for, and whether a
day is that on which something happens or that by which it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from extractors.cues import cues
from extractors.rule_files import RULES_DIR, load_csv
from extractors.tables.heads import Caption, Cell, Column, words

CUES = cues("table_schedule_cues.yaml")
UNITS = ("visited", "place", "subject")
"""Columns that tell at whom or where something is done; the first says so itself."""
OF_BODIES = ("lead", "partner", "responsible", "mixed")
KEPT = ("ordinal", "name", "place", "visited", "time", "note", *OF_BODIES)
"""Columns of which a schedule tells facts, whatever else it holds."""
FIGURES_OF_ROWS = ("amount", "year", "whole", "quantity", "aim", "past", "comparison", "year_part", "measure")


@cache
def joints(folder: Path = RULES_DIR) -> dict[str, str]:
    """The words between what is done and with whom or where. Raises RuleFileError."""
    return {
        row["joint"]: row["word"] for row in load_csv("visit_joints.csv", ("joint", "word"), ("joint",), (), folder)
    }


@dataclass(frozen=True, slots=True)
class Visits:
    """The column of those who are visited, and what is done there."""

    column: Column
    act: str

    def event(self, text: str, cell: Cell) -> str:
        """What happens by the cell of a row (`kiểm tra Sở Y tế`, `làm việc với xã An Bình`)."""
        joint = None
        if CUES["works_with"].search(self.act):
            joint = "with"
        elif self.column.kind == "place" and not CUES["done_to"].search(self.act):
            joint = "at"
        return " ".join((self.act, *([joints()[joint]] if joint else []), words(text, cell)))


def is_schedule(columns: Sequence[Column], caption: Caption) -> bool:
    """Whether a table tells times to come though its caption or columns are those of what only tells what is: a
    schedule by its name, or one of visits."""
    kinds = {c.kind for c in columns}
    if "time" not in kinds or CUES["told_caption"].search(caption.words):
        return False
    return "visited" in kinds or CUES["schedule_caption"].search(caption.words) is not None


def with_visited(columns: list[Column], said: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, one of them marked as that of the visited beside times and neither figures nor names of tasks: a
    bare `Đơn vị`, or the first one of words where the head of the times tells of visits (`Trường | Ngày thanh tra`)."""
    kinds = {c.kind for c in columns}
    if "time" not in kinds or kinds & {"name", "visited", *FIGURES_OF_ROWS}:
        return columns
    at = next((i for i, c in enumerate(columns) if bears_unit(c)), None)
    if at is None and not kinds & {*UNITS}:
        of_visits = any(c.kind == "time" and CUES["visit"].search(c.label) for c in columns)
        at = next((i for i, c in enumerate(columns) if of_visits and c.kind is None and c.head and said[i]), None)
    return [replace(c, kind="visited") if i == at else c for i, c in enumerate(columns)]


def bears_unit(column: Column) -> bool:
    """Whether a column is headed by a bare word for bodies (`Đơn vị`)."""
    return column.kind == "measure_unit" and CUES["bare_unit"].fullmatch(column.label) is not None


def visits_of(columns: Sequence[Column], over: Sequence[str]) -> Visits | None:
    """Who is visited by the rows of a table and what for, by its heads, else by the words `over` it (caption and
    nearest heading), where the head of the times says no other thing; None where nothing tells it."""
    times = [c for c in columns if c.kind == "time"]
    named = any(c.kind == "name" for c in columns)
    kinds = UNITS[:1] if named else UNITS
    unit = next((c for kind in kinds for c in columns if c.kind == kind), None)
    if unit is None or not times:
        return None
    own = [unit.label] if unit.kind == "visited" else []
    bare = all(CUES["bare_time"].fullmatch(c.label) for c in times)
    told = [*own, *(c.label for c in times), *(over if bare else ())]
    act = next((match.group() for said in told if (match := CUES["visit"].search(said))), None)
    return Visits(unit, act.lower()) if act else None


def happens_on(text: str, columns: Sequence[Column], column: Column, cell: Cell, event: str) -> bool:
    """Whether a day in a cell of times is that on which something happens: by the head, by the hour, because those who
    are visited stand beside it, or because the event is one of a day, in a table that charges no bodies with it."""
    if CUES["done_by"].search(column.label):
        return False
    kinds = {c.kind for c in columns}
    if "visited" in kinds or CUES["time_of_event"].search(column.label):
        return True
    if CUES["with_hour"].search(text, cell.start, cell.end):
        return True
    return not kinds & {*OF_BODIES} and CUES["event_of_day"].match(event) is not None
