"""A document's text in, its facts out: the one function that the pipeline calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.activities import extract_activities
from extractors.assignments.assignments import extract_assignments
from extractors.citations import extract_citations
from extractors.cleaning import clean
from extractors.context import Plan
from extractors.deadlines.deadlines import extract_deadlines, frame_of
from extractors.deadlines.owers import Duties
from extractors.doubted_rows import weigh
from extractors.findings.findings import check
from extractors.funding.funding import extract_funding
from extractors.metadata import read_metadata
from extractors.plan import Source
from extractors.sections import section_rows
from extractors.sums import doubt_too_large
from extractors.tables.activities import table_activities
from extractors.tables.facts import table_assignments, table_deadlines
from extractors.tables.lone_sums import lone_funding
from extractors.tables.money import table_funding
from extractors.tables.paces import pace_targets
from extractors.tables.products import multiplied
from extractors.tables.targets import table_targets
from extractors.tables.told_money import read_in_full, told_money
from extractors.targets.targets import extract_targets
from extractors.unread_rows import doubt_unread


@dataclass(slots=True)
class Extraction:
    """What was read from one document: its cleaned text, the text-derived columns of its row, and all its facts."""

    text: str
    document: dict[str, Any]
    rows: dict[str, list]


def extract(source: Source, doc_id: str) -> Extraction:
    """Read one document: clean its text, find its outline and head, then run every extractor and the checks."""
    plan = Plan.read(clean(source), doc_id)
    plan.meta = read_metadata(plan.clean, plan.body_start, plan.body_end)
    told = told_money(plan)
    assignments = in_order(doubt_unread(plan, extract_assignments(plan)), table_assignments(plan))
    duties = Duties(plan, assignments)
    of_tables = table_funding(plan)
    of_tables += lone_funding(plan, of_tables)
    rows = {
        "sections": section_rows(plan),
        "targets": in_order(extract_targets(plan), [*table_targets(plan), *pace_targets(plan)]),
        "funding": in_order(extract_funding(plan), [*of_tables, *(row for t in told for row in t.rows)]),
        "assignments": assignments,
        "deadlines": in_order(extract_deadlines(plan, duties), table_deadlines(plan, frame_of(plan), duties)),
        "activities": in_order(activities := extract_activities(plan), table_activities(plan, activities)),
        "citations": extract_citations(plan),
    }
    for product, row in multiplied(plan, rows["funding"]):
        row.quantity = product.quantity
    weigh(plan, rows)
    doubt_too_large(rows["targets"])
    rows["findings"] = check(plan, rows, read_in_full(plan, told))
    return Extraction(plan.text, plan.meta.columns(), rows)


def in_order(sentences: list, tables: list) -> list:
    """The rows of running text and of tables together, in reading order."""
    return sorted([*sentences, *tables], key=lambda r: (r.char_start, r.char_end)) if tables else sentences
