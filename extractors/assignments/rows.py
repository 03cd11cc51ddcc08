"""The rows of one task: who takes part in it, under one id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.context import Plan
from extractors.spans import trim
from schemas.records import Assignment

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span


@dataclass
class Task:
    """One item under collection: its rows share an assignment_id."""

    start: int
    end: int
    component: str | None
    words: str
    rows: dict[tuple[str, str], Assignment] = field(default_factory=dict)
    partners_end: int = 0
    """Where the last list of partners ends, which may go on over a semicolon."""


def add(plan: Plan, task: Task, span: Span, role: str, place: tuple[int, int], method: str, confidence: float) -> None:
    """Add one agency's row to a task unless it already holds that agency in that role."""
    agency = plan.agency(span)
    text = span.text.strip()
    key = (agency.code or text.casefold(), role)
    if key in task.rows:
        return
    start, end = trim(plan.text, *place)
    task.rows[key] = Assignment(
        assignment_id=assignment_id(plan, task),
        agency_text=text,
        agency_code=agency.code,
        agency_level=agency.level,
        role=role,
        task=task.words.strip() or plan.text[start:end],
        component=task.component,
        successor_code=agency.successor_code,
        **plan.fact(start, end, method, confidence if agency.code else confidence - 0.2),
    )


def assignment_id(plan: Plan, task: Task) -> str:
    """The id that all rows of one task share."""
    if task.rows:
        return next(iter(task.rows.values())).assignment_id
    return plan.new_id("assignments", task.start, task.end)
