"""Days without a year behind the year whose work is reviewed: `sơ kết năm 2022 trước ngày 15/12`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extractors.cues import cues
from extractors.values.calendar import month_end
from extractors.values.dates import TimeExpression

CUES = cues("deadline_cues.yaml")
REVIEWED, REVIEW_REACH = CUES.naming("reviewed_year_before", "year"), 160
FIRST_MONTHS = 3
"""In these months the year before is reviewed."""


def in_reviewed_year(before: str, time: TimeExpression) -> TimeExpression:
    """A day or month in the year of issue, as nobody states another, as that of the year that is reviewed right before
    it, or of the next one where it is one of the first months. `before`: the words of the sentence up to the time."""
    if time.year_from != "issued" or time.form not in ("day", "month") or time.kind not in ("due", "window"):
        return time
    told = REVIEWED.search(before[-REVIEW_REACH:])
    if told is None or time.end_date is None:
        return time
    later = int(told["year"]) + (time.end_date.month <= FIRST_MONTHS) - time.end_date.year
    if later <= 0:
        return time
    days = [day and years_on(day, later) for day in (time.start_date, time.end_date)]
    return replace(time, start_date=days[0], end_date=days[1], year_from="plan")


def years_on(day: date, later: int) -> date:
    """The same day so many years later; the last of a month stays the last."""
    last = month_end(day.year + later, day.month)
    return last if day == month_end(day.year, day.month) else day.replace(year=last.year)
