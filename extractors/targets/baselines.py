"""Where targets start from: the levels that a bracket tells behind them (`70% (năm 2021 là 58,3%)`)."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context import Plan
from extractors.cues import cues
from extractors.targets.years import CLAUSE_HEAD, year_before
from extractors.values.measures import Measure
from extractors.values.money import Amount
from schemas.records import Target

CUES = cues("target_cues.yaml")
BASELINE_BEFORE = CUES.naming("baseline_before", "year")
MADE_REACH = 90
RATES = frozenset({"percent", "percentage_point"})


def is_baseline(plan: Plan, measure: Measure | Amount, piece: tuple[int, int]) -> bool:
    """Whether a figure only tells where the one before it starts from: `70% (năm 2021 là 58,3%)`."""
    if CUES["baseline_in_brackets"].search(plan.text, max(0, measure.start - CLAUSE_HEAD), measure.start):
        return True
    number = measure.number_start if isinstance(measure, Measure) else measure.start
    match = BASELINE_BEFORE.search(plan.text, piece[0], number)
    first = plan.first_year
    if match is None or first is None:
        return False
    opens_series = match.group().rstrip().endswith((":", "-"))  # "(năm 2022: 50 người; …"
    is_part = opens_series or is_made_anew(plan.text, match.start(), unit_of(measure))
    return int(match["year"]) < (first if is_part else first + 1)


def is_made_anew(text: str, bracket: int, unit: str | None) -> bool:
    """Whether the bracket at `bracket` tells of a count that each year brings anew, so that a year of the plan has its
    part of it; a level goes on from the year before."""
    if unit is None or unit in RATES:
        return False
    return CUES["made_anew"].search(text, max(0, bracket - MADE_REACH), bracket) is not None


def note_baseline(
    plan: Plan, rows: list[Target], measures: Sequence[Measure | Amount], first: Measure | Amount, bracket: int
) -> None:
    """Put the levels of a bracket into the targets before it: one into the last, several into as many in order. What
    counts something else is no level of theirs (`100% trạm có tủ lạnh (hiện có 11/14 trạm)`), nor is a yearly change of
    an earlier stage."""
    if isinstance(first, Measure) and first.rate_period:
        return
    unit = unit_of(first)
    levels = [m for m in measures if first.start <= m.start < max(bracket, first.end) and unit_of(m) == unit]
    alike = [row for row in rows if row.unit == unit] or [row for row in rows[-1:] if {row.unit, unit} <= RATES]
    if not alike or (len(levels) > 1 and len(levels) != len(alike)):
        return
    for row, level in zip(alike[-len(levels) :], levels, strict=True):
        row.baseline_value, row.baseline_year = value_of(level), year_before(plan.text, first)


def unit_of(measure: Measure | Amount) -> str | None:
    """The unit of a figure."""
    return "vnd" if isinstance(measure, Amount) else measure.unit


def value_of(measure: Measure | Amount) -> float | None:
    """The level that a figure tells."""
    return float(measure.amount_vnd) if isinstance(measure, Amount) else measure.value_min
