"""Times that lie before the plan or that it only compares with: when something stood so, was founded or was counted."""

from __future__ import annotations

from datetime import date

from extractors.cues import cues
from extractors.deadlines.years import Frame
from extractors.values.dates import TimeExpression

CUES = cues("deadline_cues.yaml")


def _has_begun(time: TimeExpression, before: str, limit: date) -> bool:
    """Whether a time to carry something out in has no end and began not long before the plan was issued (`Thời gian
    thực hiện: Từ 01/7/2025`)."""
    open_end = time.bound in (None, "in", "since") and time.end_date is None and time.start_date is not None
    return open_end and time.start_date.year >= limit.year - 1 and bool(CUES["time_label_before"].search(before))


def _stood_then(time: TimeExpression, before: str, after: str, frame: Frame) -> bool:
    """Whether a sentence opens with a day before that of the plan, up to which it tells how things stand (`Đến ngày
    20/11/2019 đàn lợn còn 31.400 con`)."""
    if time.bound != "until" or None in (time.end_date, frame.issued) or time.end_date >= frame.issued:
        return False
    return CUES["state_until"].fullmatch(before) is not None and not CUES["still_due"].search(after)


def _lies_ahead(time: TimeExpression, frame: Frame) -> bool:
    """Whether a time begins when the plan is there: nobody can look at what was done in it."""
    return None not in (time.start_date, frame.issued) and time.start_date > frame.issued


def is_past(time: TimeExpression, before: str, after: str, frame: Frame) -> bool:
    """Whether the words around a time make it one that lies before the plan, or one with which a level is compared."""
    limit = frame.first_day
    day = time.end_date or time.start_date
    if CUES["looked_at_before"].search(before) and not _lies_ahead(time, frame):
        return True
    if limit is not None and day is not None and day < limit:
        return not _has_begun(time, before, limit)
    if time.start_date and limit and time.start_date.year < limit.year - 1 and time.form == "day":
        return True  # (19/8/1945 - 19/8/2025): an anniversary
    if CUES["past_before"].search(before) and time.bound is None:
        return True
    if _stood_then(time, before, after, frame):
        return True
    if time.form == "half_year" and time.bound is None and CUES["reported_before"].search(before):
        return True  # "sơ kết 6 tháng đầu năm": what is summed up, not when
    if time.form == "quarter" and time.bound is None and CUES["day_after"].match(after):
        return CUES["reported_before"].search(before) is not None  # "báo cáo quý I trước ngày 16/3/2026"
    if CUES["level_after"].match(after) and CUES["level_before"].search(before):
        return True  # "giảm từ 8,45% cuối năm 2020 xuống còn 3%"
    if CUES["compared_before"].search(before) or (
        time.bound in (None, "since") and CUES["set_up_before"].search(before)
    ):
        return True
    if time.form == "half_year" or (time.form == "month" and CUES["first_months"].search(time.text)):
        return bool(frame.issued and time.bound is None and time.end_date and time.end_date < frame.issued)
    return CUES["past_after"].search(after) is not None
