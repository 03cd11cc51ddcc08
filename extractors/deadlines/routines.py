"""Routines of one sentence (chế độ báo cáo định kỳ) put together: which day goes with which interval.

A day without a year is one of every year, quarter or month where the words around say so; what tells the day of a
routine is no deadline of its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extractors.cues import cues
from extractors.values.dates import TimeExpression
from extractors.values.recurrence import interval

CUES = cues("deadline_cues.yaml")
REPORT_BEFORE = CUES.naming("report_before", "every")
IN_BRACKETS = CUES.naming("interval_before_bracket", "every")
BEHIND = CUES.naming("interval_behind", "every")
HALF_AND_YEAR = CUES.naming("half_and_year_before", "every")
MONTH = CUES.naming("month_at_end", "month")
SINCE = CUES["since_behind"]
SAME_ROUTINE = 45
SPREAD = {(5,): "P6M", (6,): "P6M", (7,): "P6M", (4, 4): "P4M", (3, 3, 3): "P3M"}
"""How often a year that comes whose days lie so many months apart."""
SENTENCE_REACH = 2000
"""What stands farther off in a sentence that never ends says nothing of a time."""


def with_routines(
    text: str, sentence: tuple[int, int], times: list[TimeExpression], yearly: bool = False
) -> list[TimeExpression]:
    """The times of a sentence with each open day given to its routine: `hằng năm (trước ngày 15/12)`, `báo cáo năm
    trước ngày 05/12`, `các năm sau … trước 31/1`. A mere stage (`giữa kỳ`) beside a date says nothing more. `yearly`:
    the heading above makes open days and quarters those of every year."""
    calendar = any(t.form not in ("routine", "relative") for t in times)
    kept: list[TimeExpression] = []
    for time in times:
        if calendar and time.form == "relative" and time.precision is None and not SINCE.search(time.text):
            continue
        last = kept[-1] if kept else None
        if last is not None and only_names(text, last, time):
            kept[-1] = time
            continue
        if tells_again(text, sentence, time, kept):
            continue
        if last is not None and (belongs_to(text, last, time) or repeats(text, last, time)):
            kept[-1] = with_day(text, last, time)
            continue
        kept.append(every_year(time) if yearly and is_undated(time) else recurring(text, sentence, time))
    return without_open(text, spread_over_year(text, sentence, kept))


def goes_on_yearly(text: str, last: tuple[int, int] | None, sentence: tuple[int, int], yearly: bool) -> bool:
    """Whether what comes every year by the head of a sentence (`Hằng năm rà soát trước ngày 30/11; *công bố trước ngày
    31/12*`) goes on in a clause of it; `yearly`: the clause before did. A clause with a year of its own does
    not, nor one of what is done but once."""
    if last is None or text[last[1] - 1] != ";" or not (yearly or CUES["opens_yearly"].match(text, *last)):
        return False
    return CUES["own_year"].search(text, *sentence) is None and CUES["once_only"].search(text, *sentence) is None


def around(sentence: tuple[int, int], time: TimeExpression) -> tuple[int, int]:
    """The part of its sentence that may speak of a time: all of it, but where it runs on without a stop."""
    return max(sentence[0], time.start - SENTENCE_REACH), min(sentence[1], time.end + SENTENCE_REACH)


def only_names(text: str, review: TimeExpression, time: TimeExpression) -> bool:
    """Whether a span only tells what is reviewed, and the date behind it when (`sơ kết 02 năm vào quý IV/2024`)."""
    dated = time.form not in ("routine", "relative") and time.kind in ("due", "window")
    if not dated or time.year_from not in ("stated", "plan") or review.form not in ("routine", "relative"):
        return False
    if not CUES["review"].match(review.text):
        return False
    return CUES["review_to_date"].fullmatch(text, review.end, time.start) is not None


def tells_again(text: str, sentence: tuple[int, int], time: TimeExpression, kept: list[TimeExpression]) -> bool:
    """Whether a recurring day stands in a bracket behind the routine that it is the day of, which is named there again
    (`định kỳ 6 tháng, 1 năm (…; 1 năm trước ngày 15/12 hằng năm)`)."""
    if time.kind != "recurring" or time.form == "routine":
        return False
    told = any(t.form == "routine" and t.recurrence == time.recurrence for t in kept)
    return told and CUES["told_again_before"].search(text, around(sentence, time)[0], time.start) is not None


def is_open(time: TimeExpression) -> bool:
    """Whether a day or month names no year of its own."""
    return time.form in ("day", "month") and time.year_from != "stated" and time.kind in ("due", "window")


def is_undated(time: TimeExpression) -> bool:
    """Whether a day, month or quarter names no year of its own."""
    return is_open(time) or (time.form == "quarter" and time.year_from != "stated" and time.kind in ("due", "window"))


def every_year(time: TimeExpression) -> TimeExpression:
    """A time without a year as that of every year."""
    return replace(time, kind="recurring", start_date=None, end_date=None, recurrence="P1Y")


def belongs_to(text: str, routine: TimeExpression, time: TimeExpression) -> bool:
    """Whether an open day or month only tells when a routine falls due (`sơ kết hằng năm vào tháng 12`)."""
    if not is_undated(time) or routine.form != "routine" or not routine.recurrence:
        return False
    between = text[routine.end : time.start]
    if is_of_another_report(text, routine, time):
        return False
    if time.form == "quarter":  # "hằng năm tổ chức hội chợ vào quý IV": one with its own year is no day of a routine
        return routine.recurrence == "P1Y" and not CUES["another_task"].search(between)
    if is_nth_of_year(text, routine, time, between):
        return True
    if CUES["link_to_day"].fullmatch(between) or CUES["bracket_of_days"].fullmatch(between):
        return True
    return routine.recurrence == "P1Y" and not CUES["another_task"].search(between)


def is_of_another_report(text: str, routine: TimeExpression, time: TimeExpression) -> bool:
    """Whether the words behind a day give it to the report of another interval than the routine before it (`trước ngày
    20 tháng cuối quý và trước ngày 10/12 *đối với báo cáo năm*`)."""
    report = BEHIND.match(text, time.end) if time.form == "day" else None
    return report is not None and interval(report["every"]) != routine.recurrence


def is_nth_of_year(text: str, routine: TimeExpression, time: TimeExpression, between: str) -> bool:
    """Whether a day or month is one of those on which a routine of several times a year falls: behind the one before
    it (`02 lần mỗi năm vào tháng 2 *và tháng 9*`), or a month behind its task (`Mỗi năm 02 lần kiểm tra, vào tháng
    3`)."""
    if routine.recurrence not in ("P6M", "P4M", "P3M"):
        return False
    own = routine.precision in (time.form, time.precision) or CUES["so_often_a_year"].search(routine.text)
    if own and CUES["next_day_of_routine"].fullmatch(between):
        return True
    often = time.form == "month" and CUES["so_often_a_year"].search(routine.text) is not None
    return often and not CUES["another_task"].search(between) and not CUES["another_report"].search(between)


def repeats(text: str, routine: TimeExpression, time: TimeExpression) -> bool:
    """Whether a recurring day only tells more of the routine before it (`hằng quý, trước ngày 20 của tháng cuối
    quý`)."""
    if routine.kind != "recurring" or time.kind != "recurring" or routine.recurrence != time.recurrence:
        return False
    between = text[routine.end : time.start]
    near = time.precision == "day" and len(between) <= SAME_ROUTINE
    if routine.form == "day" and CUES["another_doer"].search(between):
        return False
    return bool(time.recurrence) and near and not CUES["another_report"].search(between)


def with_day(text: str, routine: TimeExpression, time: TimeExpression) -> TimeExpression:
    """The routine with the day that stands beside it."""
    between = text[routine.end : time.start]
    beside = CUES["link_to_day"].fullmatch(between) or CUES["next_day_of_routine"].fullmatch(between)
    where = {"end": time.end, "text": text[routine.start : time.end]} if beside else {}
    return replace(routine, precision=time.precision if time.form == "day" else routine.precision, **where)


def recurring(text: str, sentence: tuple[int, int], time: TimeExpression) -> TimeExpression:
    """An open day as the recurring one that its sentence makes it, else as it is."""
    if not is_open(time):
        return time
    start, end = around(sentence, time)
    if CUES["each_stage_after"].match(text[time.end : end]):
        return replace(every_year(time), recurrence=None, precision=None)
    before, after = text[start : time.start], text[time.end : end]
    named = REPORT_BEFORE.search(before) if time.form == "day" else None
    report = named
    if report is None and time.form == "day":
        report = IN_BRACKETS.search(before) or HALF_AND_YEAR.search(before)
    if report is None and time.form == "day" and CUES["report_said"].search(before):
        report = named = BEHIND.match(after)
    every = None
    if report is not None:
        every = interval(report["every"])
        once = named or not CUES["routine_said"].search(before)
        if once and time.year_from == "plan" and every in ("P6M", "P1Y"):
            return time  # a plan of one year: that one report has its date
    elif (
        CUES["each_year_before"].search(before)
        or CUES["each_year_after"].match(after)
        or (time.year_from != "plan" and CUES["times_a_year"].search(before))
    ):
        every = "P1Y"
    if every is None:
        return time
    return replace(every_year(time), recurrence=every)


def spread_over_year(text: str, sentence: tuple[int, int], times: list[TimeExpression]) -> list[TimeExpression]:
    """The times of a sentence, days of a report told in one breath as those of one routine where they are spread evenly
    over the year of a plan over several (`báo cáo trước ngày 20/6 và 20/12`): they come again each year."""
    kept: list[TimeExpression] = []
    at = 0
    while at < len(times):
        run = [times[at]]
        while len(times) > at + len(run) and told_together(text, run[-1], times[at + len(run)]):
            run.append(times[at + len(run)])
        at += len(run)
        every = SPREAD.get(tuple(b - a for a, b in pairwise(map(month_of, run))))
        before = around(sentence, run[0])[0], run[0].start
        if every is None or not CUES["report_said"].search(text, *before) or CUES["own_year"].search(text, *before):
            kept += run
            continue
        words = {"end": run[-1].end, "text": text[run[0].start : run[-1].end]}
        kept.append(replace(every_year(run[0]), recurrence=every, **words))
    return kept


def told_together(text: str, time: TimeExpression, following: TimeExpression) -> bool:
    """Whether two days or months, of which no year is known, stand in one breath."""
    known = {"stated", "plan"}
    if not (is_open(time) and is_open(following)) or known & {time.year_from, following.year_from}:
        return False
    return time.form == following.form and CUES["next_day"].fullmatch(text, time.end, following.start) is not None


def month_of(time: TimeExpression) -> int:
    """The month of a day or month that may have no year; 0 where its words do not end with it."""
    told = MONTH.search(time.text)
    return int(told["month"]) if told else 0


def without_open(text: str, times: list[TimeExpression]) -> list[TimeExpression]:
    """A bare `định kỳ` beside a routine with its interval says nothing more, but where it opens the task behind."""
    told = [t for t in times if t.kind == "recurring" and t.recurrence]
    return [
        t for t in times
        if not (told and t.form == "routine" and t.recurrence is None and not t.uneven) or opens_task(text, told[-1], t)
    ]  # fmt: skip


def opens_task(text: str, last: TimeExpression, routine: TimeExpression) -> bool:
    """Whether a bare `định kỳ` opens a task of its own behind that of the last routine with an interval (`hằng năm bố
    trí kinh phí …, định kỳ báo cáo …`)."""
    between = text[last.end : routine.start]
    return (
        last.end < routine.start and len(between) > SAME_ROUTINE / 2
        and CUES["own_task_before"].search(between) is not None
        and CUES["own_task_after"].match(text, routine.end) is not None
    )  # fmt: skip
