"""Passages whose headings announce aims that were reached: `đã hoàn thành các chỉ tiêu sau`, `Kết quả đạt được > Các
chỉ tiêu chủ yếu`. They have the word of aims in them and tell of what was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.context import Plan
from extractors.cues import cues, told_by
from extractors.targets.years import years_of

CUES = cues("target_cues.yaml")


def tells_results(plan: Plan, headings: Sequence[str]) -> bool:
    """Whether of these headings, innermost first, one says that aims were reached, or names them right below a chapter
    on what was reached, before one that announces aims. One that names a year of the plan looks ahead (`Đến năm 2025
    đã hoàn thành các mục tiêu sau`)."""
    first = plan.first_year
    told = [heading for heading in headings if heading]
    for heading, above in pairwise([*told, ""]):
        if first and any(year >= first for year in years_of(heading)):
            return False
        if told_by(CUES["reached_heading"], [heading]):
            return True
        if told_by(CUES["target_heading"], [heading]):
            return told_by(CUES["kinds_of_aims"], [heading]) and told_by(CUES["results_chapter"], [above])
    return False
