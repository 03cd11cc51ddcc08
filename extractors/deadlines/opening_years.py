"""Days without a year in a sentence that opens with one: `Năm 2023: lập hồ sơ trước ngày 30/6; trình trước 30/9`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractors.cues import cues
from extractors.values.dates import TimeExpression, find_times

CUES = cues("deadline_cues.yaml")
OPENING_YEAR = CUES.naming("opening_year", "year")
OTHER_YEAR = CUES["own_year"]
UNDATED_FORMS = frozenset({"day", "month", "quarter", "half_year"})


def year_opened(text: str, last: tuple[int, int] | None, sentence: tuple[int, int], year: int | None) -> int | None:
    """The year that a sentence opens with, or the one before it did whose semicolon it goes on behind; None where it
    names another. `year`: that of the sentence before."""
    if (opened := OPENING_YEAR.match(text, *sentence)) is not None:
        return None if OTHER_YEAR.search(text, opened.end(), sentence[1]) else int(opened["year"])
    if last is None or year is None or text[last[1] - 1] != ";" or OTHER_YEAR.search(text, *sentence):
        return None
    return year


def in_opening_year(
    text: str, times: Sequence[TimeExpression], sentence: tuple[int, int], year: int | None, issued: date | None
) -> list[TimeExpression]:
    """The times of a sentence, those without a year as those of the one that it opens with."""
    if year is None or not any(lacks_year(time) for time in times):
        return list(times)
    start = sentence[0]
    read = {t.start + start: t for t in find_times(text[start : sentence[1]], 0, None, year, year, issued)}
    return [own_year(time, read.get(time.start)) if lacks_year(time) else time for time in times]


def lacks_year(time: TimeExpression) -> bool:
    """Whether a day or a part of a year names no year of its own."""
    return time.kind in ("due", "window") and time.form in UNDATED_FORMS and time.year_from not in ("stated", "plan")


def own_year(time: TimeExpression, read: TimeExpression | None) -> TimeExpression:
    """A time with the dates that it has in the year of its sentence."""
    if read is None or read.text != time.text:
        return time
    return replace(time, start_date=read.start_date, end_date=read.end_date, year_from=read.year_from)
