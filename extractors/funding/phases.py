"""Money told once by source and once by year (`Ngân sách tỉnh: 20 tỷ đồng; ngân sách huyện: 10 tỷ đồng. Phân kỳ: năm
2021: 12 tỷ đồng; năm 2022: 18 tỷ đồng`).

Where no total stands above both, the years look like parts of the source that stands first. Their sum proves them to be
of more than that source gives: they are parts of the whole plan then, which has no row, and come from no one source.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context import Plan
from extractors.funding.terms import CUES
from schemas.records import Funding

FEWEST_PHASES = 2


def settle_phases(plan: Plan, rows: Sequence[Funding]) -> None:
    """Take the sums of years from the one source that cannot hold them all. `rows`: of one plan, changed in place."""
    parts: dict[str, list[Funding]] = {}
    for row in rows:
        if row.parent_id is not None:
            parts.setdefault(row.parent_id, []).append(row)
    for whole in rows:
        if whole.kind != "total" or whole.source is None or not whole.amount_vnd:
            continue
        phases = [row for row in parts.get(whole.funding_id, ()) if is_phase(plan, whole, row)]
        above = sum(row.amount_vnd or 0 for row in phases) - whole.amount_vnd
        if len(phases) < FEWEST_PHASES or above <= 0 or above > others_give(rows, whole):
            continue
        for row in phases:
            row.parent_id = None
            if row.source == whole.source and not plan.terms("funding_sources", row.char_start, row.char_end):
                row.source = None


def others_give(rows: Sequence[Funding], whole: Funding) -> int:
    """What the sources told beside one give. Years that come to more than all of them together are those of the one,
    with a figure written wrong."""
    told = (row for row in rows if row is not whole and row.kind == "total" and row.parent_id is None)
    return sum(row.amount_vnd or 0 for row in told if row.source not in (None, whole.source))


def is_phase(plan: Plan, whole: Funding, row: Funding) -> bool:
    """Whether an amount is that of a year or stage, told apart from the whole that it is a part of."""
    if plan.block_at(row.char_start) is plan.block_at(whole.char_start):
        return False
    return CUES["told_by_year"].search(plan.text, row.char_start, row.char_end) is not None
