"""Amounts of several years told in turn (lần lượt): `năm 2022, 2023, 2024 lần lượt là 5 tỷ, 4 tỷ, 3 tỷ đồng`."""

from __future__ import annotations

import regex

from extractors.context import Plan
from extractors.cues import cues
from schemas.records import Funding

CUES = cues("funding_cues.yaml")
YEAR = regex.compile(r"\b20\d\d\b")
SPAN = regex.compile(r"\b(20\d\d)\s*[-–]\s*(20\d\d)\b")
DOUBT = 0.25
"""What rows lose of their confidence where it cannot be told which of them is of which year."""


def tell_years_in_turn(plan: Plan, clause: tuple[int, int], rows: list[Funding]) -> None:
    """Give each amount of a clause the year that stands in its place, and the source said once before them all.

    Where years and amounts are not as many, no year is given and the rows say that they are doubtful.
    """
    told = CUES["in_turn"].search(plan.text, *clause)
    behind = [row for row in rows if told and row.kind in ("total", "component")]
    if len(behind) < 2:
        return
    years = years_before(plan.text[clause[0] : told.start()]) or years_before(plan.text[told.end() : clause[1]])
    if not years:
        return
    fits = len(years) == len(behind)
    for at, row in enumerate(behind):
        row.year = years[at] if fits else None
        row.source = row.source or behind[0].source
        if not fits:
            row.confidence = round(max(row.confidence - DOUBT, 0.1), 3)


def years_before(words: str) -> list[int]:
    """The years that words list or span, in order; none where they name fewer than two."""
    if span := SPAN.search(words):
        first, last = map(int, span.groups())
        return list(range(first, last + 1)) if first < last else []
    years = list(dict.fromkeys(map(int, YEAR.findall(words))))
    return years if len(years) > 1 else []
