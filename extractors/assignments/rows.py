"""The rows of one task: who takes part in it, under one id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.context import Plan
from extractors.cues import cues
from extractors.spans import trim
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

CUES = cues("assignment_cues.yaml")


@dataclass
class Task:
    """One task under collection: its rows share an assignment_id."""

    start: int
    end: int
    component: str | None
    words: str
    rows: dict[tuple[str, str], Assignment] = field(default_factory=dict)
    """Those of the whole item, in which each body has one row for a role."""
    partners_end: int = 0
    """Where the last list of partners ends, which may go on over a semicolon."""
    words_end: int = 0
    """Where the words of the task end, if they go on behind the clause that names its bodies."""
    above: str | None = None
    """The id of the item's task, where this is the one of a later clause."""
    own_id: str | None = None


def part_of(task: Task, clause: tuple[int, int], component: str | None, words: str, words_end: int) -> Task:
    """The task that a later clause of an item tells with the bodies it names."""
    return Task(*clause, component, words, task.rows, task.partners_end, words_end, above=task.own_id)


def key_of(plan: Plan, span: Span, role: str) -> tuple[str, str]:
    """By what a task knows a body in a role: by its code, or by its name where it has none or many share it."""
    agency = plan.agency(span)
    return agency.code if agency.code and not agency.one_of_many else span.text.strip().casefold(), role


def _is_count(words: str) -> bool:
    """Whether a body's task is no more than figures: its line in a list of telephones, or how many it has or gets of
    something (`trung tâm GDNN-GDTX: 1.500 học viên`)."""
    return CUES["count_alone"].fullmatch(words) is not None


def add(plan: Plan, task: Task, span: Span, role: str, place: tuple[int, int], method: str, confidence: float) -> None:
    """Add one agency's row to a task unless it already holds that agency in that role."""
    agency = plan.agency(span)
    text = span.text.strip()
    key = key_of(plan, span, role)
    if key in task.rows or _is_count(task.words):
        return
    if task.own_id is None:
        task.own_id = plan.new_id("assignments", task.start, task.end)
    start, end = trim(plan.text, *place)
    task.rows[key] = Assignment(
        assignment_id=task.own_id,
        parent_id=task.above,
        agency_text=text,
        agency_code=agency.code,
        agency_level=agency.level,
        role=role,
        task=task.words.strip() or plan.text[start:end],
        component=task.component,
        successor_code=agency.successor_code,
        **plan.fact(start, end, method, confidence if agency.code else confidence - 0.2),
    )
