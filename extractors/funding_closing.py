"""Totals that stand behind their parts (`Cộng: 439 triệu đồng`): what stood before them were parts if it makes them up.

A list of costs states its sum last as often as first. The sum itself proves which amounts are its parts, so nothing is
guessed: where no run of amounts right before it adds up to it, all stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cues import cues
from schemas.records import Funding

CUES = cues("funding_cues.yaml")
FEWEST_PARTS, MOST_PARTS = 2, 200


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
