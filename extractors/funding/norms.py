"""Norms (định mức, mức hỗ trợ): what an amount is for one of, and the parts of a norm by who pays them."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context import Plan
from extractors.cues import cues
from extractors.values.measures import find_measures
from extractors.values.money import Amount
from extractors.values.units import unit_at
from schemas.filtered import filtered
from schemas.records import Funding

CUES = cues("funding_cues.yaml")
PER_THING = CUES["per_thing"]
EACH = CUES["each"]
EACH_YEAR = CUES["each_year_before"]
CAP_OF_OTHER = CUES["cap_of_other"]
MOST_OF_FLOOR = 10_000_000
"""In đồng: less than this is no sum that many give together, but what each does."""
NEXT_SENTENCE = filtered(r"[;.]\s")


def norm_in_parts(plan: Plan, rows: Sequence[Funding], last_end: int, amount: Amount) -> Funding | None:
    """The norm right before an amount that is a part of it (`60 triệu đồng/nhà, trong đó ngân sách tỉnh 40 triệu đồng,
    …`): who pays how much of one."""
    norm = rows[-1] if rows else None
    if norm is None or norm.kind != "unit_norm" or norm.quantity or (amount.amount_vnd or 0) >= (norm.amount_vnd or 0):
        return None
    opened = CUES["opens_parts"].search(plan.text, last_end, amount.start)
    return norm if opened and NEXT_SENTENCE.search(plan.text, last_end, amount.start) is None else None


def per_unit(plan: Plan, amount: Amount, piece: tuple[int, int]) -> str | None:
    """What a norm or cap is for one of: what stands behind its stroke, or behind `mỗi` before it, which goes before a
    year (`mỗi huyện 120 triệu đồng/năm`)."""
    if amount.per_unit and amount.per_unit != "year":
        return amount.per_unit
    yearly = "year" if EACH_YEAR.search(plan.text, piece[0], amount.start) else None
    return each_unit(plan, amount, piece) or amount.per_unit or per_thing(plan, amount) or yearly


def per_thing(plan: Plan, amount: Amount) -> str | None:
    """`item` where an amount is per a thing that the units do not list (`200 triệu đồng/ki-ốt`)."""
    unlisted = amount.per_unit is None and PER_THING.match(amount.per_text or "")
    return "item" if unlisted or PER_THING.match(plan.text, amount.end) else None


def each_unit(plan: Plan, amount: Amount, piece: tuple[int, int]) -> str | None:
    """The unit that `mỗi xã không quá 2 tỷ đồng` names before the amount."""
    if amount.quantity:
        counted = [m for m in find_measures(plan.text, piece[0], amount.start) if m.unit != "percent"]
        if counted:
            return counted[-1].unit
    for match in EACH.finditer(plan.text, piece[0], amount.start):
        unit = unit_at(plan.text, match.end())
        if unit is not None:
            return unit.code
    if CUES["each_person"].search(plan.text, piece[0], amount.start):
        return "person"
    return "item" if CUES["each_item"].search(plan.text, piece[0], amount.start) else None


def is_capped(before: str) -> bool:
    """Whether the words before an amount make it an upper bound; those that bound a count beside it do not (`hỗ trợ
    không quá 30 hộ, mức 2 triệu đồng/hộ`)."""
    return any(CAP_OF_OTHER.match(before, cap.end()) is None for cap in CUES["cap"].finditer(before))


def is_floor(said: str, amount: Amount) -> bool:
    """Whether an amount is the least that each has to pay into something (`đóng góp tối thiểu 300 nghìn đồng`); what
    many are to give together may be said in the same words, but is more."""
    return (amount.amount_vnd or 0) < MOST_OF_FLOOR and CUES["floor_of_payment"].search(said) is not None
