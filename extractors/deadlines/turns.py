"""Times told in turn (lần lượt): what each of them is told for, without the words of the others.

A task may be told once for several times, each with a label before it (`báo cáo kết quả 6 tháng trước ngày 15/6 và cả
năm trước ngày 15/12`), as routines one after the other (`định kỳ 6 tháng (trước ngày 15/6) và hằng năm gửi báo cáo`),
or with words of its own behind each time (`Trồng 90 ha rừng: quý II 40 ha, quý III 50 ha`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from extractors.cues import cues
from extractors.wording import MARKS

if TYPE_CHECKING:
    from extractors.values.dates import TimeExpression

CUES = cues("deadline_cues.yaml")
LABEL = CUES.naming("turn_before", "said", "turn")
OWN_LABEL = CUES.naming("turn_opening", "turn")
JOINT = CUES["turn_joint"]
ROUTINE_JOINT = CUES["routine_joint"]
OWN_WORDS = CUES.naming("own_words_joint", "own")
TASK_BEHIND = CUES["task_behind"]
NEXT_TASK = CUES["next_task"]
LEFT_AFTER = CUES["left_after"]
OPEN_BRACKET = CUES["bracket_end"]
DAY_BEHIND, BEFORE_MARK = CUES["day_of_routine"], CUES["before_mark"]
REPEATS = CUES["repeats_report"]
BRACKET = CUES["days_of_routine"]
SHORTEST = 6
LABEL_REACH = 60
PARTS_OF_YEAR = ("day", "month", "quarter")


def words_in_turn(
    text: str, time: TimeExpression, beside: Sequence[TimeExpression], begin: int, stop: int
) -> str | None:
    """What a time is told for where others are told in turn with it in text[begin:stop]; None where they are not."""
    times = sorted([time, *(t for t in beside if begin <= t.start and t.end <= stop)], key=lambda t: t.start)
    if len(times) < 2:
        return None
    at = times.index(time)
    turns = (
        labelled(text, times, at, begin) or routines(text, times, at, stop) or behind_each(text, times, at, begin, stop)
    )
    if turns is None:
        return None
    opens, ends, own = turns
    before = max((t.end for t in times if t.end <= opens), default=None)
    if before is not None:
        first = min(t.start for t in times if t.start >= opens)
        joints = [m for m in NEXT_TASK.finditer(text, before, first) if m.end() <= opens]
        begin = joints[-1].end() if joints else begin
    after = min((t.start for t in times if t.start >= ends), default=None)
    if after is not None:
        joint = NEXT_TASK.search(text, ends, after)
        stop = joint.start() if joint else after
    head, tail = OPEN_BRACKET.sub(":", text[begin:opens]), LEFT_AFTER.sub("", text[ends:stop].lstrip(") "))
    words = BEFORE_MARK.sub("", " ".join(f"{head} {own} {tail}".split()))
    return words if len(words) >= SHORTEST else None


def labelled(text: str, times: Sequence[TimeExpression], at: int, begin: int) -> tuple[int, int, str] | None:
    """Where labelled times begin and end, and the label of one of them (`6 tháng …, cả năm …`)."""
    own = label_of(text, times[at], begin)
    if own is None:
        return None
    labels = {at: own}

    def goes_on(one: int, following: int) -> bool:
        for place in (one, following):
            if place not in labels:
                labels[place] = label_of(text, times[place], begin)
        return joined(text, times[one], labels[one], labels[following])

    first = last = at
    while first > 0 and goes_on(first - 1, first):
        first -= 1
    while last + 1 < len(times) and goes_on(last, last + 1):
        last += 1
    if first == last:
        return None
    told, opener = labels[at]["said"] or "", labels[first]["said"] or ""
    opens = labels[first].start()
    if told and not opener and REPEATS.search(text, begin, opens):
        told = ""  # "báo cáo 6 tháng trước …, báo cáo năm trước …": the word stands in the common ones, too
    if opener.casefold().endswith(told.casefold()):
        told = opener  # "báo cáo kết quả 6 tháng trước …, kết quả năm trước …"
    return opens, times[last].end, (told or opener) + labels[at]["turn"]


def label_of(text: str, time: TimeExpression, begin: int) -> regex.Match[str] | None:
    """The label right before a time, or with which its own words open (`*hằng năm* trước ngày 05/12`)."""
    before = LABEL.search(text, max(begin, time.start - LABEL_REACH), time.start)
    return before or (OWN_LABEL.match(text, time.start, time.end) if time.form == "routine" else None)


def routines(text: str, times: Sequence[TimeExpression], at: int, stop: int) -> tuple[int, int, str] | None:
    """Where routines that stand in one list begin and end, which all are told for the words around them."""
    first = last = at
    while first > 0 and follows(text, times[first - 1], times[first]):
        first -= 1
    while last + 1 < len(times) and follows(text, times[last], times[last + 1]):
        last += 1
    if first == last or OPEN_BRACKET.search(text, max(0, times[first].start - 4), times[first].start):
        return None
    if DAY_BEHIND.match(text, times[last].end, stop):
        return None  # "định kỳ 6 tháng, năm, trước ngày 20 của tháng cuối kỳ"
    days = BRACKET.match(text, times[last].end, stop)
    return times[first].start, days.end() if days else times[last].end, ""


def follows(text: str, time: TimeExpression, following: TimeExpression) -> bool:
    """Whether a routine goes on a list of routines."""
    if "routine" not in (time.form, following.form) or time.form != following.form:
        return False
    return ROUTINE_JOINT.fullmatch(text, time.end, following.start) is not None


def joined(text: str, time: TimeExpression, label, following) -> bool:
    """Whether nothing but the joint of a list parts a labelled time from the label of the next."""
    if label is None or following is None:
        return False
    return JOINT.fullmatch(text, time.end, following.start()) is not None


def behind_each(
    text: str, times: Sequence[TimeExpression], at: int, begin: int, stop: int
) -> tuple[int, int, str] | None:
    """Where a list begins and ends, and the words behind one of its times, where each has its own (`: quý
    II 40 ha, quý III 50 ha`) or tells a task of its own (`quý II sơ kết, quý IV tổng kết`)."""
    owned: dict[int, regex.Match[str] | None] = {}

    def has_own(one: int) -> bool:
        if one not in owned:
            owned[one] = OWN_WORDS.fullmatch(text, times[one].end, times[one + 1].start)
        return owned[one] is not None

    first = last = at
    while last + 1 < len(times) and has_own(last):
        last += 1
    while first > 0 and has_own(first - 1):
        first -= 1
    if first == last:
        return None
    if not text[begin : times[first].start].rstrip().endswith(":"):
        ends = [*(t.end for t in times[first : last + 1])]
        if not all(TASK_BEHIND.match(text, end, stop) for end in ends):
            return None
    elif any(t.form not in PARTS_OF_YEAR for t in times[first : last + 1]):
        return None
    own = owned[at]["own"] if owned.get(at) is not None else text[times[at].end : stop]
    return times[first].start, stop, own.strip(MARKS)
