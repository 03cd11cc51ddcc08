"""The tagged sentences of tests/sentences against the extractors.

Each case is laid out as a small plan: the headings of its context, then its lines. `KNOWN_GAPS` names the cases that
the extractors do not read yet; a case that begins to work must leave the list, so the list can only shrink.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from extractors.activities import extract_activities
from extractors.assignments.assignments import extract_assignments
from extractors.citations import extract_citations
from extractors.context import Plan
from extractors.deadlines.deadlines import extract_deadlines
from extractors.deadlines.owers import Duties
from extractors.funding.funding import extract_funding
from extractors.metadata import Metadata
from extractors.outline import build_sections
from extractors.plan import CleanText
from extractors.targets.targets import extract_targets
from extractors.zones import read_blocks
from tests.sentences.parse import Case, Row, load_cases

EXTRACTORS = {
    "targets": extract_targets,
    "funding": extract_funding,
    "assignments": extract_assignments,
    "deadlines": lambda plan: extract_deadlines(plan, Duties(plan, extract_assignments(plan))),
    "activities": extract_activities,
    "citations": extract_citations,
}
IDS = {
    "targets": "target_id",
    "funding": "funding_id",
    "assignments": "assignment_id",
    "activities": "activity_id",
}
GAPS_FILE = Path(__file__).parent / "sentences" / "known_gaps"
KNOWN_GAPS = frozenset(line.split("#")[0].strip() for line in GAPS_FILE.read_text("utf-8").splitlines()) - {""}


def plan_of(case: Case) -> tuple[Plan, int]:
    """The case as a plan, and the offset at which its own words begin."""
    context = case.context
    head = "".join(f"{h}\n" for h in context.heading)
    plan = Plan("d0", CleanText(head + case.text))
    plan.blocks = read_blocks(plan.text)
    for block in plan.blocks:
        block.zone = context.zone if block.start >= len(head) else "body"
    plan.sections, notes = build_sections(plan.text, plan.blocks, plan.new_id)
    plan.notes = list(notes)
    start, end = context.period
    plan.meta = Metadata(
        period_start=start,
        period_end=end,
        issued_date=context.issued,
        issued_year=context.issued.year,
        issued_month=context.issued.month,
        issuer_level=context.level,
        doc_type="plan",
    )
    return plan, len(head)


def found_in(case: Case) -> dict[str, list]:
    """What the extractors find in the case's own words (not in its headings, nor the plan's period)."""
    plan, offset = plan_of(case)
    tables = case.complete | {row.table for row in case.rows}
    periods = any(row.expected.get("kind") == "period" for row in case.rows)
    return {
        table: [
            r for r in EXTRACTORS[table](plan)
            if r.char_start >= offset and (periods or getattr(r, "kind", "") != "period")
        ]
        for table in tables
    }  # fmt: skip


def agrees(expected: object, got: object) -> bool:
    """Whether a column holds what the tag states."""
    if isinstance(expected, (int, float)) and not isinstance(expected, bool) and isinstance(got, (int, float)):
        return math.isclose(expected, got, rel_tol=1e-5)
    if isinstance(expected, str) and isinstance(got, str):
        return expected.casefold() == got.casefold()
    return expected == got


def differences(case: Case) -> list[str]:
    """What is missing, wrong or spare."""
    _, offset = plan_of(case)
    found = found_in(case)
    taken: set[int] = set()
    ids: dict[str, object] = {}
    problems = []
    for row in case.rows:
        near = [r for r in found[row.table] if r.char_start < offset + row.end and offset + row.start < r.char_end]
        free = [r for r in near if id(r) not in taken]
        best = min(free, key=lambda r: (len(wrong(row, r, ids)), -shared(row, r, offset)), default=None)
        if best is None:
            if not row.optional:
                problems.append(f"missing: {row.table} {row.words!r} {row.expected}")
            continue
        if row.optional and wrong(row, best, ids):
            continue
        if bad := wrong(row, best, ids):
            problems.append(
                f"wrong: {row.table} {row.words!r}: " + ", ".join(f"{k} {v[0]!r} != {v[1]!r}" for k, v in bad.items())
            )
        taken.add(id(best))
        if row.id:
            ids[row.id] = getattr(best, IDS[row.table])
    for table in case.complete:
        problems += [f"spare: {table} {r.quote!r} {r.method}" for r in found[table] if id(r) not in taken]
    return problems


def shared(row: Row, found, offset: int) -> int:
    """How many characters of the tagged words a found row's quote holds."""
    return min(found.char_end, offset + row.end) - max(found.char_start, offset + row.start)


def wrong(row: Row, found, ids: dict[str, object]) -> dict[str, tuple]:
    """The columns in which a found row differs from the tag."""
    bad = {k: (v, getattr(found, k)) for k, v in row.expected.items() if not agrees(v, getattr(found, k))}
    if row.parent and found.parent_id != ids.get(row.parent):
        bad["parent_id"] = (row.parent, found.parent_id)
    return bad


CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_sentence(case: Case):
    problems = differences(case)
    if case.name in KNOWN_GAPS:
        assert problems, f"{case.name} works now: take it off {GAPS_FILE.name}"
        pytest.xfail("known gap: " + problems[0])
    assert not problems, f"{case.comment}\n{case.text}\n" + "\n".join(problems)
