"""The outline as rows of the `sections` table."""

from __future__ import annotations

from extractors.context import Plan
from schemas.records import Section as SectionRow


def section_rows(plan: Plan) -> list[SectionRow]:
    """One row a section; its quote spans the whole section, so that `char_start`..`char_end` holds all its text."""
    return [
        SectionRow(
            section_id=s.section_id,
            parent_id=s.parent.section_id if s.parent else None,
            ordinal=s.ordinal,
            level=s.level,
            label=s.label,
            heading=s.heading,
            doc_id=plan.doc_id,
            page=plan.clean.page_of(s.start),
            char_start=s.start,
            char_end=s.end,
            quote=plan.text[s.start : s.end],
            method=f"outline_{s.style}",
            confidence=0.95 if s.label else 0.9,
        )
        for s in plan.sections
    ]
