"""Products that a document reckons out: a quantity times a norm against what it says they make.

`500 bao x 6.000 đồng/bao = 3.200.000 đồng` makes 3.000.000.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.values.money import Amount, find_amounts

REACH = 60
CUES = cues("finding_cues.yaml")
OF_A_MEASURE = CUES.naming("of_a_measure", "of")
ROUNDED = 0.005
"""Part of a product by which a stated one may differ: results are rounded to millions."""


@dataclass(frozen=True, slots=True)
class WrongProduct:
    """A stated product in đồng and what quantity times norm make instead; `start`..`end` from norm to product."""

    start: int
    end: int
    stated: int
    actual: int


def wrong_products(plan: Plan) -> Iterator[WrongProduct]:
    """The products of a plan that are not what they say, in reading order."""
    for block in plan.body:
        if plan.text.find("=", block.body_start, block.end) < 0:
            continue
        amounts = find_amounts(plan.text, block.body_start, block.end)
        for norm, result in pairwise(amounts):
            if (made := made_by(norm, result)) is not None and not counts_in_larger(plan.text, norm, made):
                yield WrongProduct(norm.start, result.end, result.amount_vnd or 0, made)


def counts_in_larger(text: str, norm: Amount, made: int) -> bool:
    """Whether a norm is of a smaller measure than its quantity counts (`2,5 tấn x 12.000 đồng/kg`), so that the product
    is a power of ten of what the two numbers make."""
    measure = OF_A_MEASURE.search(norm.per_text or "")
    if measure is None or not made or not norm.product:
        return False
    larger = norm.product / made
    before = text[max(0, norm.start - REACH) : norm.start]
    return larger in (10, 100, 1000, 10000) and not regex.search(rf"\d\s?{measure['of']}\b", before, regex.I)


def made_by(norm: Amount, result: Amount) -> int | None:
    """What a norm times its quantity makes, where the result behind it says something else and both are plain."""
    if norm.product is None or norm.product != result.amount_vnd or not norm.quantity or not norm.amount_vnd:
        return None
    if norm.ambiguous or result.ambiguous or norm.amount_min is not None:
        return None
    made = round(norm.quantity * norm.amount_vnd)
    return made if abs(made - norm.product) > ROUNDED * made else None
