"""Points of the calendar: a day, month, quarter, half year, year or run of years, with what is left unsaid."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

Days = tuple[date, date]
LAST_THIRD = 3


class ImpossibleDateError(ValueError):
    """The text names a day that no calendar has (31/02/2023)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the calendar as written. `year` None: unsaid; `month` None with a day: unsaid, too.

    `part` is `first` or `last` for `đầu năm`, `cuối năm` (only one end is stated) and `middle` for `giữa năm`. `third`:
    which ten days of a month (thượng, trung, hạ tuần). `feast`: told by the name of a holiday (Tết Dương lịch 2027).
    """

    start: int
    end: int
    precision: str
    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    last_month: int | None = None
    day: int | None = None
    last_day: int | None = None
    part: str | None = None
    third: int | None = None
    named: bool = False
    one_school_year: bool = False
    year_said: bool = True
    feast: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing is left unsaid."""
        return self.year is not None and (self.day is None or self.month is not None)


def month_end(year: int, month: int) -> date:
    """Last day of a month. Raises ImpossibleDateError."""
    _check(year, month)
    return date(year, month, calendar.monthrange(year, month)[1])


def days_of(point: Point) -> Days:
    """First and last day of a complete point. Raises ImpossibleDateError."""
    first_year, last_year = point.year, point.last_year or point.year
    if point.day is not None:
        return day(first_year, point.month, point.day), day(
            last_year, point.last_month or point.month, point.last_day or point.day
        )
    if point.month is not None:
        _check(first_year, point.month)
        if point.third is not None and point.last_month is None:
            return ten_days(first_year, point.month, point.third)
        return date(first_year, point.month, 1), month_end(last_year, point.last_month or point.month)
    _check(first_year, 1)
    _check(last_year, 1)
    return date(first_year, 1, 1), date(last_year, 12, 31)


def ten_days(year: int, month: int, third: int) -> Days:
    """First and last day of the first, second or last ten days of a month; the last run to its end."""
    last = month_end(year, month) if third == LAST_THIRD else date(year, month, 10 * third)
    return date(year, month, 10 * third - 9), last


def day(year: int, month: int, number: int) -> date:
    """A day. Raises ImpossibleDateError where the calendar has none such."""
    _check(year, month)
    try:
        return date(year, month, number)
    except ValueError as error:
        raise ImpossibleDateError(f"{number:02}/{month:02}/{year}") from error


def _check(year: int, month: int) -> None:
    if not 1900 <= year <= 2199 or not 1 <= month <= 12:
        raise ImpossibleDateError(f"{month:02}/{year}")
