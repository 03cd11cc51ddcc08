"""Days told for several years at once (ngày 25/12 năm 2026, năm 2027; ngày 25/12 các năm 2024, 2025 và 2026): one time
for each year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.cues import cues
from extractors.values.dates import TimeExpression

CUES = cues("deadline_cues.yaml")
MORE_YEARS = CUES.naming("more_years", "year")
YEARS_BEHIND = CUES.naming("years_behind_day", "year")
PARTS_OF_YEARS = ("day", "month", "quarter")


def in_each_year(text: str, end: int, times: Iterable[TimeExpression]) -> list[TimeExpression]:
    """The times up to `end`, each that several years follow once for each of them."""
    return [told for time in times for told in years_of(text, end, time)]


def years_of(text: str, end: int, time: TimeExpression) -> list[TimeExpression]:
    """One time for each year that its words and those right behind it name."""
    if time.form not in PARTS_OF_YEARS or time.recurrence or time.end_date is None:
        return [time]
    stated = time.year_from == "stated"
    behind = (MORE_YEARS if stated else YEARS_BEHIND).match(text, time.end, end)
    if behind is None:
        return [time]
    years = [int(year) for year in behind.captures("year")]
    own = [time.end_date.year] if stated else []
    moved = [in_year(time, year, text[time.start : behind.end()], behind.end()) for year in [*own, *years]]
    return [told for told in moved if told is not None] or [time]


def in_year(time: TimeExpression, year: int, words: str, end: int) -> TimeExpression | None:
    """A time in another year; None where that year has no such day (29/2)."""
    try:
        first, last = (day and day.replace(year=year) for day in (time.start_date, time.end_date))
    except ValueError:
        return None
    return replace(time, start_date=first, end_date=last, year_from="stated", text=words, end=end)
