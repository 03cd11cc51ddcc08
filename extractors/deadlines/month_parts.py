"""Parts of a month that the words before its beginning or end tell: its first or last week, its halves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from extractors.cues import cues
from extractors.values.calendar import month_end
from extractors.values.dates import TimeExpression

CUES = cues("deadline_cues.yaml")
WEEK, MIDDLE = 7, 15
"""The days of a week; the last day of a month's first half."""


def part_of_month(before: str, time: TimeExpression) -> TimeExpression:
    """The first or last week of a month, or one of its halves (`vào tuần đầu tháng 11`, `nửa cuối tháng 6`), as the
    days within which something happens. `before`: the words up to `đầu` or `cuối`."""
    day = time.end_date
    if (
        time.form != "month"
        or day is None
        or time.kind not in ("due", "window")
        or CUES["run_of_months"].search(time.text)
    ):
        return time
    told = CUES["part_of_month"].match(time.text)
    if told is None:
        return time
    last = month_end(day.year, day.month)
    week = CUES["week_before"].search(before) is not None
    if not week and not CUES["half_before"].search(before):
        return time
    if told["first"]:
        first = last.replace(day=1)
        return replace(time, kind="window", start_date=first, end_date=first.replace(day=WEEK if week else MIDDLE))
    start = last - timedelta(days=WEEK - 1) if week else last.replace(day=MIDDLE + 1)
    return replace(time, kind="window", start_date=start, end_date=last)
