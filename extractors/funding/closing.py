"""Totals whose parts are known only when all amounts are: those of the whole plan, and those that stand behind their
parts (`Cộng: 439 triệu đồng`).

A list of costs states its sum last as often as first. The sum itself proves which amounts are its parts, so nothing is
guessed: where no run of amounts right before it adds up to it, all stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cues import cues
from schemas.records import Funding

CUES = cues("funding_cues.yaml")
FEWEST_PARTS, MOST_PARTS = 2, 200


def settle_components(rows: Sequence[Funding]) -> None:
    """Where a plan states its whole (`Tổng kinh phí …`), what its sub-projects get are parts of that whole, also
    where they stand chapters apart, and so are the sums of its tasks where together they make it."""
    whole = [
        r
        for r in rows
        if r.kind == "total" and r.component is None and CUES["grand_total"].search(r.purpose or r.quote)
    ]
    if len(whole) != 1:
        return
    others = [r for r in rows if r.kind == "total" and r is not whole[0] and not r.component and r.amount_vnd]
    made = len(others) > 1 and sum(r.amount_vnd or 0 for r in others) == whole[0].amount_vnd
    for row in rows:
        part = row.component or (made and any(row is other for other in others))
        if row.kind == "total" and part and row.amount_vnd and row.amount_vnd < (whole[0].amount_vnd or 0):
            row.kind, row.parent_id = "component", whole[0].funding_id


def settle_item_costs(rows: Sequence[Funding], costs: Sequence[Funding]) -> None:
    """Make what single things cost parts of the money of the plan where that can hold them all. The
    `costs` need not make it up, so that it is not said to be theirs."""
    known = {id(row) for row in costs}
    totals = [row for row in rows if row.kind == "total" and id(row) not in known]
    named = (row for row in totals if CUES["grand_total"].search(row.purpose or "") and row.component is None)
    whole = max((row.amount_vnd or 0 for row in named), default=0)
    own = [row for row in costs if row.kind == "total" and row.amount_vnd]
    if len(own) < FEWEST_PARTS or sum(row.amount_vnd or 0 for row in own) > whole:
        return
    for row in own:
        row.kind = "component"


def settle_closing_totals(rows: Sequence[Funding]) -> None:
    """Make the amounts that a closing total adds up its components. `rows`: of one plan, in reading order."""
    whole = [row for row in rows if row.kind == "total" and row.parent_id is None and row.amount_vnd]
    for at, row in enumerate(whole):
        if CUES["closing_total"].match(row.purpose or ""):
            for part in parts_before(whole[max(0, at - MOST_PARTS) : at], row):
                part.kind, part.parent_id = "component", row.funding_id


def parts_before(earlier: Sequence[Funding], total: Funding) -> list[Funding]:
    """The run of amounts right before a total that makes it up; none where no run does, or one amount alone."""
    parts: list[Funding] = []
    left = total.amount_vnd or 0
    for row in reversed(earlier):
        if row.kind != "total" or left <= 0:
            break
        parts.append(row)
        left -= row.amount_vnd or 0
    return parts if left == 0 and len(parts) >= FEWEST_PARTS else []
