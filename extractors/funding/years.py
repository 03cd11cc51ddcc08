"""The budget year of an amount: the one that its words, its heading or a plan of one year tell, and none where it is of
several years together."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context import Plan
from extractors.funding.norms import EACH_YEAR
from extractors.funding.origins import YEAR
from extractors.funding.terms import CUES
from extractors.values.money import Amount
from schemas.records import Funding

STAGE = CUES["stage_of_sum"]
YEARS_LISTED = CUES["years_listed"]
MAX_HEADING = 60


def year_of_headings(headings: Sequence[str]) -> tuple[int | None, bool]:
    """The year that the nearest short heading with a time names, and whether it names a stage of several instead."""
    for heading in headings:
        if len(heading) >= MAX_HEADING:
            continue
        if year := YEAR.search(heading):
            return int(year["year"]), False
        if STAGE.search(heading):
            return None, True
    return None, False


def year_of_sum(
    plan: Plan,
    amount: Amount,
    piece: tuple[int, int],
    kind: str,
    whole: Funding | None,
    above: tuple[int | None, bool],
) -> int | None:
    """The year of an amount: its own, else that of its `whole`, of the headings `above`, or of a plan of one year. An
    amount of several years together, and what it holds, has none."""
    own = own_year(plan, amount, piece)
    if own is not None or is_of_stage(plan, amount, piece):
        return own
    if whole is not None and whole.year:
        return whole.year
    if is_of_several_years(plan, amount, piece):
        return None
    if kind not in ("total", "component"):
        return None
    if (opening := year_of_line(plan, piece[0])) is not None:
        return opening
    year, staged = above
    return year or (None if staged or whole is not None else plan_year(plan))


def own_year(plan: Plan, amount: Amount, piece: tuple[int, int]) -> int | None:
    """The budget year that an amount's piece names; None where it names several."""
    years = {
        int(m["year"])
        for m in YEAR.finditer(plan.text, *piece)
        if not CUES["works_year"].search(plan.text, amount.end if m.start() >= amount.end else piece[0], m.start())
    }
    if YEARS_LISTED.search(plan.text, *piece):
        return None  # "năm 2024 và 2025 mỗi năm 2 tỷ đồng"
    return years.pop() if len(years) == 1 else None


def year_of_line(plan: Plan, start: int) -> int | None:
    """The year that a line opens with, where none stands between it and a sum (`Năm 2022: làm 150 km đường; kinh phí
    310 tỷ đồng`)."""
    opening = CUES["year_of_line"].match(plan.text, plan.block_at(start).body_start, start)
    if opening is None or YEAR.search(plan.text, opening.end(), start) or STAGE.search(plan.text, opening.end(), start):
        return None
    return int(opening["year"])


def is_of_stage(plan: Plan, amount: Amount, piece: tuple[int, int]) -> bool:
    """Whether the words of an amount say that it is of several years (`giai đoạn 2027 - 2030: 100 tỷ đồng`)."""
    if STAGE.search(plan.text, piece[0], amount.start) or YEARS_LISTED.search(plan.text, *piece):
        return True
    return CUES["stage_behind"].match(plan.text, amount.end, piece[1]) is not None


def is_of_several_years(plan: Plan, amount: Amount, piece: tuple[int, int]) -> bool:
    """Whether an amount is what a project costs in all its years, which are told beside it (`thực hiện năm 2026 - 2027,
    tổng mức đầu tư 88 tỷ đồng`), more than that in which it only begins, or more than what one year gives of it."""
    if CUES["cost_of_years"].search(plan.text, piece[0], amount.start) is None:
        return False
    if CUES["only_begins"].search(plan.text, amount.end, plan.sentence_around(piece)[1]):
        return True
    if CUES["sum_of_one_year_behind"].match(plan.text, amount.end):
        return True
    behind = CUES["years_of_work_behind"].match(plan.text, amount.end, amount.end + MAX_HEADING)
    return behind is not None or CUES["years_of_work"].search(plan.text, *piece) is not None


def is_yearly(plan: Plan, piece: tuple[int, int], amount: Amount) -> bool:
    """Whether an amount is given each year of several (`hằng năm trích 60 tỷ đồng`): those of the plan, or of the stage
    that its words name."""
    yearly = EACH_YEAR.search(plan.text, piece[0], amount.start)
    if yearly is None or own_year(plan, amount, piece) is not None:
        return False
    return is_of_stage(plan, amount, piece) or plan_year(plan) is None


def plan_year(plan: Plan) -> int | None:
    """In a one-year plan its year is the year of the plan's own budget."""
    start, end = plan.meta.period_start, plan.meta.period_end
    return start if start and start == end else None
