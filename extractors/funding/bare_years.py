"""Yearly parts that leave the unit to the sum before their bracket: `40.000 triệu đồng (năm 2026: 10.000; năm 2027:
30.000)`. They are read where they make that sum in its unit; else nothing tells what they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.context import Plan
from extractors.cues import cues
from extractors.funding.terms import end_of_amount
from extractors.plan import Block
from extractors.values.money import Amount
from extractors.values.numbers import find_numbers
from schemas.records import Funding

CUES = cues("funding_cues.yaml")
BRACKET = CUES["bare_years"]
PART = CUES.naming("bare_year", "sum")
REACH = 300
"""So far behind its amount a bracket ends."""


def bare_years(plan: Plan, block: Block, rows: Sequence[Funding]) -> Iterator[tuple[Amount, tuple[int, int], Funding]]:
    """The yearly amounts in brackets behind the amounts of a block: each with its piece and the row it is part of."""
    for row in rows:
        behind = end_of_amount(plan, row, block.end) if row.kind in ("total", "component") and row.amount_text else None
        if behind is None:
            continue
        bracket = BRACKET.match(plan.text, behind, min(block.end, behind + REACH))
        scale = unit_of(plan, behind, row)
        if bracket is None or scale is None:
            continue
        parts = [
            (Amount(*m.span("sum"), round(number.value * scale), m["sum"], number_start=m.start("sum")), m.span())
            for m in PART.finditer(plan.text, bracket.start(), bracket.end())
            for number in find_numbers(plan.text, *m.span("sum"))
            if not number.ambiguous
        ]
        if len(parts) > 1 and sum(amount.amount_vnd or 0 for amount, _ in parts) == row.amount_vnd:
            yield from ((amount, piece, row) for amount, piece in parts)


def unit_of(plan: Plan, end: int, row: Funding) -> int | None:
    """The đồng in which the amount that ends at a place is told: 1.000.000 of `40.000 triệu đồng`."""
    number = next(iter(find_numbers(plan.text, end - len(row.amount_text or ""), end)), None)
    return number.scale if number is not None and round(number.value) == row.amount_vnd else None
