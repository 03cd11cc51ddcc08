"""Amounts of several years told in turn (lần lượt): `năm 2022, 2023, 2024 lần lượt là 5 tỷ, 4 tỷ, 3 tỷ đồng`."""

from __future__ import annotations

import regex

from extractors.context import Plan
from extractors.cues import cues
from schemas.records import Funding

CUES = cues("funding_cues.yaml")
YEAR = regex.compile(r"20\d\d")
LISTED = CUES["listed_years"]
SPAN = regex.compile(r"(?<![\d/])(20\d\d)\s*[-–]\s*(20\d\d)(?![\d/])")
DOUBT = 0.25
"""What rows lose of their confidence where it cannot be told which of them is of which year or source."""


def tell_years_in_turn(plan: Plan, clause: tuple[int, int], rows: list[Funding]) -> None:
    """Give each amount of a clause the year that stands in its place, and the source said once before them all.

    Where years and amounts are not as many, no year is given; where several sources stand before them, no source, since
    the amounts may follow these. The rows say that they are doubtful.
    """
    told = CUES["in_turn"].search(plan.text, *clause)
    behind = [row for row in rows if told and row.kind in ("total", "component")]
    if len(behind) < 2:
        return
    sources = {span.label_ for span in plan.terms("funding_sources", clause[0], told.start())}
    years = listed_years(plan.text[clause[0] : told.start()]) or listed_years(plan.text[told.end() : clause[1]])
    if not years and len(sources) < 2:
        return
    fits = len(years) == len(behind) and len(sources) < 2
    for at, row in enumerate(behind):
        if years:
            row.year = years[at] if fits else None
        row.source = (row.source or behind[0].source) if len(sources) < 2 else None
        if not fits:
            row.confidence = round(max(row.confidence - DOUBT, 0.1), 3)


def listed_years(words: str) -> list[int]:
    """The years that words list or span, in order; none where they name fewer than two."""
    if span := SPAN.search(words):
        first, last = map(int, span.groups())
        return list(range(first, last + 1)) if first < last else []
    listed = LISTED.search(words)
    return [int(year) for year in YEAR.findall(listed.group())] if listed else []
