"""Yearly parts that leave the unit to the sum before their bracket: `40.000 triệu đồng (năm 2026: 10.000; năm 2027:
30.000)`. They are read where they make that sum in its unit; else nothing tells what they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractors.context import Plan
from extractors.plan import Block
from extractors.values.money import Amount
from extractors.values.numbers import find_numbers
from schemas.filtered import filtered
from schemas.records import Funding

YEAR_AND_SUM = r"(?:năm\s+)?20\d\d\s*(?::|là)?\s*\d[\d.,]*"
BRACKET = filtered(rf"\s*\((?:trong đó:?\s*)?{YEAR_AND_SUM}(?:\s*[;,]\s*(?:và\s+)?{YEAR_AND_SUM})+\s*\)", regex.I)
PART = filtered(r"(?:năm\s+)?20\d\d\s*(?::|là)?\s*(?P<sum>\d[\d.,]*\d|\d)", regex.I)
REACH = 300
"""So far behind its amount a bracket ends."""


def bare_years(plan: Plan, block: Block, rows: Sequence[Funding]) -> Iterator[tuple[Amount, tuple[int, int], Funding]]:
    """The yearly amounts in brackets behind the amounts of a block: each with its piece and the row it is part of."""
    for row in rows:
        at = plan.text.find(row.amount_text or "", row.char_start, block.end) if row.amount_text else -1
        if at < 0 or row.kind not in ("total", "component"):
            continue
        bracket = BRACKET.match(plan.text, at + len(row.amount_text or ""), min(block.end, at + REACH))
        scale = unit_of(plan, at, row)
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


def unit_of(plan: Plan, at: int, row: Funding) -> int | None:
    """The đồng in which the amount at a place is told: 1.000.000 of `40.000 triệu đồng`."""
    number = next(iter(find_numbers(plan.text, at, at + len(row.amount_text or ""))), None)
    return number.scale if number is not None and round(number.value) == row.amount_vnd else None
