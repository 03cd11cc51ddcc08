"""Deadlines (thời hạn, tiến độ, chế độ báo cáo): every time at which something is due or happens within the plan.

`values.dates` reads the times; here each is judged in its sentence: a cited document's date, the years in a
programme's name, a result of past years or a yearly rate is no deadline. The plan's own years make one `period` row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import regex

from extractors.cues import cues, told_by
from extractors.deadlines.events import MAX_EVENT, event_words, task_before
from extractors.deadlines.in_brackets import bracketed_years
from extractors.deadlines.month_parts import part_of_month
from extractors.deadlines.more_years import in_each_year
from extractors.deadlines.opening_years import in_opening_year, year_opened
from extractors.deadlines.past import is_past
from extractors.deadlines.reviewed_years import in_reviewed_year
from extractors.deadlines.routines import around, goes_on_yearly, with_routines
from extractors.deadlines.years import Frame, is_cell, is_named, judge_years
from extractors.plan import Block, Note
from extractors.spans import sentences, trim
from extractors.unread_rows import UNREAD, heads_times, is_unread_row, task_in_row
from extractors.values.calendar import month_end
from extractors.values.dates import TimeExpression, find_times
from extractors.values.measures import find_measures
from extractors.values.patterns import within
from extractors.wording import shortened
from schemas.filtered import filtered
from schemas.messages import message
from schemas.records import Deadline

if TYPE_CHECKING:
    from extractors.context import Plan
    from extractors.deadlines.owers import Duties

MAX_QUOTE = 400
BEFORE_TIME = 150
"""So much of a sentence that is too long for a quote is quoted before its time."""
PERCENT = filtered(r"\d\s?%")
CUES = cues("deadline_cues.yaml")
HEADING_YEAR = CUES.naming("heading_year", "year")
AIMS = cues("target_cues.yaml")
EACH_YEAR = CUES["each_year"]
RATE_REACH = 120
PAST = 0.5
"""How sure a time of a table is that lies before the plan."""
UNEVEN = 0.6
"""How sure the interval of a routine is that comes so often that none tells it (03 lần/tuần)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A time that counts, the sentence it stands in, and how sure that is."""

    time: TimeExpression
    start: int
    end: int
    rule: str
    confidence: float


def extract_deadlines(plan: Plan, duties: Duties) -> list[Deadline]:
    """All deadlines of a plan, in reading order, with one row for its own period. `duties`: who owes what."""
    frame = frame_of(plan)
    found: list[Found] = []
    for block in plan.blocks:
        if block.zone not in ("body", "annex") or plan.in_table(block):
            continue
        if not may_hold_times(plan.text, block.body_start, block.end, frame) or heads_times(plan, block):
            continue
        headings = plan.headings(block)
        past = told_by(CUES["past_heading"], headings) or plan.tells_past(headings)
        aim = told_by(AIMS["target_heading"], headings)
        year = _heading_year(headings)
        yearly = bool(headings) and year is None and CUES["each_year_heading"].search(headings[0]) is not None
        read = deadlines_in(plan.text, block.body_start, block.end, frame, year, past, aim, yearly)
        if block.style is not None and not past and not aim:
            read = with_brackets(plan.text, block, frame, told_by(CUES["schedule_heading"], headings), read)
        found += read
    period = _period(plan, frame, found)
    together: dict[tuple[int, int], list[TimeExpression]] = {}
    for f in found:
        together.setdefault((f.start, f.end), []).append(f.time)
    rows = [
        _row(plan, f, duties.at(f.time), together[f.start, f.end]) for f in found if period is None or f is not period
    ]
    if period is not None:
        rows.append(_row(plan, replace(period, time=replace(period.time, kind="period")), None))
    return sorted(rows, key=lambda r: (r.char_start, r.char_end))


def with_brackets(text: str, block: Block, frame: Frame, scheduled: bool, found: list[Found]) -> list[Found]:
    """The deadlines of an item with the years that fill its brackets."""
    known = {f.time.start for f in found}
    more = [
        Found(replace(time, kind="window"), *_quote(text, sentence, time), f"{time.form}-bracket", 0.6)
        for time, *sentence in bracketed_years(text, block, frame, scheduled)
        if time.start not in known
    ]
    return sorted([*found, *more], key=lambda f: f.time.start) if more else found


def frame_of(plan: Plan) -> Frame:
    """The years that the times of a plan are measured against."""
    meta = plan.meta
    return Frame(meta.period_start, meta.period_end, meta.issued_date, meta.issued_year)


def times_of_cell(
    plan: Plan, frame: Frame, cell: tuple[int, int], row: tuple[int, int], event: str, ower: str | None, sure: float,
    on_day: bool = False,
) -> list[Deadline]:  # fmt: skip
    """The deadlines of a table's time cell, quoted with its row. All of the plan's years are the time of that row."""
    times = find_times(plan.text, *cell, frame.plan_start, frame.plan_end, frame.issued)
    own = (replace(time, kind="window") if time.kind == "period" else time for time in times)
    parts = (part_of_month(plan.text[cell[0] : time.start], time) for time in own)
    return [cell_row(plan, time, row, event, ower, surely(sure, time, frame), on_day) for time in parts]


def surely(sure: float, time: TimeExpression, frame: Frame) -> float:
    """How sure a time of a table is, of whose task one is `sure`."""
    return min(sure, PAST) if is_long_past(time, frame) else sure


def is_long_past(time: TimeExpression, frame: Frame) -> bool:
    """Whether a time ends before the plan's first year: rather a misread figure than a task (`6/2022` for 2027)."""
    day = time.end_date or time.start_date
    return day is not None and frame.first_day is not None and day.year < frame.first_day.year


def cell_row(
    plan: Plan, time: TimeExpression, row: tuple[int, int], event: str, ower: str | None, sure: float,
    on_day: bool = False,
) -> Deadline:  # fmt: skip
    """One deadline of a table; a day is due, unless the table tells what happens `on_day`. `ower`: the code of the body
    whose task it is; `sure`: how sure the event is."""
    day = not on_day and time.form == "day" and time.kind == "window" and time.start_date == time.end_date
    kind, start = ("due", None) if day else (time.kind, time.start_date)
    return Deadline(
        deadline_id=plan.new_id("deadlines", time.start, time.end, kind, time.recurrence),
        kind=kind, start_date=start, end_date=time.end_date,
        precision=INTERVAL.get(time.recurrence, time.precision), recurrence=time.recurrence,
        event=shortened(event or time.text, MAX_EVENT), agency_code=ower,
        **plan.fact(*row, "deadlines.table", min(0.87, sure, _sureness(time))),
    )  # fmt: skip


def may_hold_times(text: str, start: int, end: int, frame: Frame) -> bool:
    """Whether a time stands in text[start:end]; in which year it lies does not matter here."""
    return bool(find_times(text, start, end, frame.plan_start, frame.plan_end, frame.issued))


def deadlines_in(
    text: str,
    start: int,
    end: int,
    frame: Frame,
    heading_year: int | None = None,
    past: bool = False,
    aim: bool = False,
    yearly: bool = False,
) -> list[Found]:
    """The deadlines of one block, `text[start:end]`; `heading_year`: of a heading like `Năm 2019`; `aim`: it stands
    under a heading of aims, where `mỗi năm` tells how a figure is counted; `yearly`: its heading tells that its days
    are of every year (`Tiến độ hằng năm`)."""
    first, last = (heading_year, heading_year) if heading_year else (frame.plan_start, frame.plan_end)
    times = find_times(text, start, end, first, last, frame.issued)
    if not times:
        return []
    found: list[Found] = []
    last, every_year, opened = None, False, None
    for sentence in sentences(text, start, end):
        every_year = goes_on_yearly(text, last, sentence, every_year)
        opened = year_opened(text, last, sentence, opened)
        last = sentence
        own = in_opening_year(text, within(times, *sentence), sentence, opened, frame.issued)
        told = in_each_year(text, sentence[1], own)
        for time in with_routines(text, sentence, told, yearly or every_year):
            verdict = judge(text, around(sentence, time), time, frame, past)
            if verdict is not None and not (aim and tells_rate(text, sentence, time)):
                before = text[sentence[0] : time.start]
                time = in_reviewed_year(before, time)
                time = part_of_month(before, within_year(before, due_by_label(before, season(text, time, told))))
                found.append(Found(time, *_quote(text, sentence, time), *verdict))
    return found


def season(text: str, time: TimeExpression, told: Sequence[TimeExpression]) -> TimeExpression:
    """Months in a row behind which it is told how often a month something is done (`tháng 4 - tháng 7 lấy mẫu 02
    đợt/tháng`) come again each year of the plan: none of their days is known. `told`: the times of the sentence."""
    if time.form != "month" or time.year_from != "issued" or time.start_date is None or time.end_date is None:
        return time
    run = time.start_date.month < time.end_date.month
    often = next((t for t in told if t.start >= time.end and t.form == "routine" and "/" in t.text), None)
    if not run or often is None or not CUES["same_clause"].fullmatch(text, time.end, often.start):
        return time
    return replace(time, start_date=None, end_date=None, year_from=None)


def due_by_label(before: str, time: TimeExpression) -> TimeExpression:
    """A lone day behind the label of a time limit (thời hạn) is the day by which, not the day on which; so is the year
    of a report in brackets (`báo cáo tổng kết thực hiện Kế hoạch (năm 2030)`)."""
    lone = time.form == "day" and time.kind == "window" and time.bound is None and time.start_date == time.end_date
    by_then = (lone and CUES["due_label_before"].search(before)) or (
        time.form == "year" and time.kind == "window" and CUES["report_in_bracket"].search(before)
    )
    return replace(time, kind="due", start_date=None) if by_then else time


def within_year(before: str, time: TimeExpression) -> TimeExpression:
    """A review told for a year (`tổng kết vào năm 2030`) happens within it."""
    if time.form != "year" or time.kind != "due" or time.bound != "at" or time.end_date is None:
        return time
    if not CUES["review_before"].search(before):
        return time
    return replace(time, kind="window", start_date=date(time.end_date.year, 1, 1))


def judge(
    text: str, sentence: tuple[int, int], time: TimeExpression, frame: Frame, past: bool = False
) -> tuple[str, float] | None:
    """Name of the rule by which a time counts and its confidence; None where it does not count."""
    before, after = text[sentence[0] : time.start], text[time.end : sentence[1]]
    if past and not CUES["time_label_before"].search(before):
        return None
    if CUES["cited_in_bracket"].search(before) or CUES["stamped_before"].search(before):
        return None
    if time.form == "routine":
        return _judge_routine(text, sentence, time, before)
    if time.form == "relative":
        return _judge_relative(text[sentence[0] : sentence[1]], time, before, after)
    if time.kind == "recurring":
        if CUES["opened_before"].search(before):
            return None
        if time.recurrence is None:
            return "routine-open", 0.45
        return ("yearly-day", 0.85) if time.recurrence == "P1Y" else ("report-day", 0.8)
    if is_past(time, before, after, frame):
        return None
    if time.form in ("half_year", "month") and _is_of_life(before, after):
        return None
    labelled = CUES["time_label_before"].search(before) is not None or is_cell(text, time)
    if time.form in ("year", "years"):
        return judge_years(text, time, before, after, labelled, frame)
    if _is_cited(time, before, after) or (not labelled and is_named(time, before)):
        return None
    if time.form == "day" and time.year_from not in ("stated", "plan") and CUES["named_day_before"].search(before):
        return None  # "Ngày Sách Việt Nam 21/4" in a plan of several years: no one knows of which
    return f"{time.form}-{time.kind}", _sureness(time)


def _sureness(time: TimeExpression) -> float:
    """By where the year comes from, as `kehoach rules --gold` measured it: one in nine is right with a guessed year."""
    if time.impossible:
        return 0.5
    if time.uneven:
        return UNEVEN
    if CUES["part_by_convention"].search(time.text):
        return 0.7 if time.year_from == "stated" else 0.4
    return {"stated": 0.93, "plan": 0.87, "issued": 0.4}.get(time.year_from or "", 0.3)


def _judge_routine(text: str, sentence: tuple[int, int], time: TimeExpression, before: str) -> tuple[str, float] | None:
    if time.recurrence and CUES["rate_before"].search(before):
        return None
    if CUES["routine_heading"].match(text, *sentence):
        return None
    if CUES["detailed_before"].search(before) and CUES["told_in_annex"].match(text, time.end, sentence[1]):
        return None
    if time.recurrence is None and PERCENT.search(text, sentence[0], time.end):
        return None  # "100% báo cáo định kỳ": a kind of report, not a routine
    if time.recurrence == "P1Y" and _opens_rate(text, sentence, time):
        return None
    if time.precision == "year" and EACH_YEAR.fullmatch(time.text) and CUES["of_noun_before"].search(before):
        return None
    if time.recurrence == "P1M" and CUES["of_pay_before"].search(before):
        return None
    if time.recurrence == "P1Y" and (CUES["of_budget_before"].search(before) or CUES["given_before"].search(before)):
        return "routine-of-budget", 0.5
    if time.uneven:
        return "routine-uneven", UNEVEN
    return ("routine", 0.9) if time.recurrence else ("routine-open", 0.45)


def tells_rate(text: str, sentence: tuple[int, int], time: TimeExpression) -> bool:
    """Whether `mỗi năm` among the aims tells that a figure beside it holds for each year (`mỗi năm tạo việc làm cho
    3.000 lao động`)."""
    if time.form != "routine" or time.recurrence != "P1Y" or not EACH_YEAR.fullmatch(time.text):
        return False
    near = max(sentence[0], time.start - RATE_REACH), min(sentence[1], time.end + RATE_REACH)
    if CUES["held_each_year"].search(text, max(near[0], time.start - 60), min(near[1], time.end + 40)):
        return False
    return any(m.rate_period == "year" for m in find_measures(text, *near))


def _opens_rate(text: str, sentence: tuple[int, int], time: TimeExpression) -> bool:
    """`Hằng năm giảm 5 - 10% …`: a target's rate, no routine; `hằng năm tổ chức 02 lớp` is one."""
    stop = next(
        (i for i in range(time.end, min(sentence[1], time.end + 70)) if text[i] in ",;:("),
        min(sentence[1], time.end + 70),
    )
    measures = find_measures(text, time.end, min(sentence[1], stop + 25))
    return any(m.number_start < stop and (is_rate_of(text, time.end, m) or m.change) for m in measures)


def is_rate_of(text: str, start: int, measure) -> bool:
    """Whether a share says how much is reached, not where a task is done (`hằng năm kiểm tra tại 100% xã`)."""
    return measure.unit == "percent" and not CUES["share_of_place"].search(text, start, measure.start)


def _is_of_life(before: str, after: str) -> bool:
    """Whether months are of a child's life (`bú mẹ hoàn toàn trong 6 tháng đầu đời`)."""
    return bool(CUES["of_life_before"].search(before) or CUES["of_life_behind"].match(after))


def _judge_relative(sentence: str, time: TimeExpression, before: str, after: str) -> tuple[str, float] | None:
    if CUES["eligibility"].search(sentence) and not CUES["in_hours"].search(time.text):
        return None
    if CUES["stage_of_period"].search(time.text) and not CUES["stage_reviewed"].search(sentence):
        return None
    since = CUES["since_event"].search(time.text)
    if since and time.precision in ("month", "year") and not CUES["task_verb"].search(sentence):
        return None
    if time.precision == "year" and CUES["after_span"].match(time.text) and CUES["done_so_far"].search(before + after):
        return None
    return "relative", 0.75


def _is_cited(time: TimeExpression, before: str, after: str) -> bool:
    if time.form != "day" or time.bound not in (None, "at", "since"):
        return False
    if time.bound == "at" and not CUES["issued_on"].search(before):
        return False  # a document is "ngày 05/4/2017", an event "vào ngày 05/4/2017"
    if time.bound == "since" and time.end_date and time.end_date != time.start_date:
        return False
    return bool(
        CUES["cited_before"].search(before) or (time.year_from == "stated" and CUES["cited_after"].search(after))
    )


def _heading_year(headings: list[str]) -> int | None:
    """The year of the innermost heading that is for one year (`7.1. Năm 2019`)."""
    for heading in headings:
        match = HEADING_YEAR.search(heading.strip())
        if match and not regex.search(r"20\d\d\D+20\d\d", heading):
            return int(match["year"])
    return None


def _quote(text: str, sentence: tuple[int, int], time: TimeExpression) -> tuple[int, int]:
    """The sentence, or of a long one the part around the time that fits a quote, cut behind a comma or between
    words."""
    start, end = trim(text, *sentence)
    if end - start <= MAX_QUOTE:
        return start, end
    first = max(start, min(time.start - BEFORE_TIME, end - MAX_QUOTE))
    end = min(end, first + MAX_QUOTE)
    if first > start:
        comma = CUES["phrase_end"].search(text, first, time.start)
        first = comma.end() if comma else text.find(" ", first, time.start) + 1 or first
    if end < sentence[1] and not text[end : end + 1].isspace():
        end = max(text.rfind(" ", time.end, end), time.end)
    return trim(text, first, end)


INTERVAL = {"P1Y": "year", "P6M": "half_year", "P3M": "quarter", "P1M": "month"}
"""The precision of a routine is its interval, also where it names the day (`trước ngày 20 hằng tháng`)."""


def _row(plan: Plan, found: Found, ower: str | None, beside: Sequence[TimeExpression] = ()) -> Deadline:
    time = found.time
    kind = "window" if time.kind == "period" and found.rule != "period" else time.kind
    if kind == "window" and time.start_date is None and time.end_date is not None:
        kind = "due"  # "vào cuối năm 2025" says by when, not since when
    fact = plan.fact(found.start, found.end, f"deadlines.{found.rule}", found.confidence)
    if time.impossible:
        plan.notes.append(Note("impossible_date", message("no_such_day", day=time.text), time.start, time.end))
    block: Block = plan.block_at(found.start)
    if is_unread_row(plan, found.time.start):
        ower, fact["confidence"] = None, min(UNREAD, fact["confidence"])
    above = plan.meta.title if found.rule == "period" else task_before(plan, block, found.start)
    return Deadline(
        deadline_id=plan.new_id("deadlines", time.start, time.end, kind, time.recurrence),
        kind=kind, start_date=time.start_date, end_date=time.end_date,
        precision=INTERVAL.get(time.recurrence, time.precision), recurrence=time.recurrence,
        event=_event_of_row(plan, block, found)
        or event_words(plan.text, found, block.body_start, above, [t for t in beside if t is not found.time]),
        agency_code=ower, **fact,
    )  # fmt: skip


def _event_of_row(plan: Plan, block: Block, found: Found) -> str | None:
    """What is due by the cells of a row whose columns are not known; None elsewhere."""
    if not is_unread_row(plan, found.time.start):
        return None
    return shortened(task_in_row(plan, block, found.time.start, found.time.end) or "", MAX_EVENT)


def _period(plan: Plan, frame: Frame, found: list[Found]) -> Found | None:
    """The one row of the plan's own years: a line of its own where there is just one, else title or preamble."""
    if frame.plan_end is None:
        return None
    lines = [
        f for f in found if f.time.form in ("year", "years") and f.time.kind == "period" and f.rule.endswith("label")
    ]
    if len(lines) == 1 and frame.plan_start != frame.plan_end:
        return replace(lines[0], rule="period") if _drop(found, lines[0]) else None
    start = date(frame.plan_start, 1, 1) if frame.plan_start else None
    end = month_end(frame.plan_end, 12)
    times = find_times(plan.text, 0, None, frame.plan_start, frame.plan_end, frame.issued)
    own = [
        t
        for t in times
        if t.end_date == end and t.form in ("year", "years") and (t.start_date == start or t.kind == "due")
    ]
    title = _title_text(plan)
    outside = {t.start for t in own if not title[t.start : t.end].strip()}
    own.sort(key=lambda t: (t.start >= plan.body_start, t.start in outside, t.kind != "period", t.start))
    time = own[0] if own else None
    if time is None or time.start >= plan.body_start or (frame.plan_start == frame.plan_end and time.start in outside):
        # NĂM AN TOÀN GIAO THÔNG 2021, CUỐI NĂM 2025: the year stands in the head, away from its word or in part
        head = regex.search(rf"(?<![/\d.-]){frame.plan_end}\b(?!/)", title)
        span = head.span() if head is not None else told_in_body(plan, times)
        if span is not None:
            time = TimeExpression(*span, "period", start, end, "year", None, False, plan.text[slice(*span)], "year")
    if time is None:
        return None
    block = plan.block_at(time.start)
    sentence = next(
        (s for s in sentences(plan.text, block.start, block.end) if s[0] <= time.start < s[1]), (block.start, block.end)
    )
    time = replace(time, kind="period", start_date=start, end_date=end, precision="year", recurrence=None)
    return Found(time, *_quote(plan.text, sentence, time), "period", 0.9)


def told_in_body(plan: Plan, times: Sequence[TimeExpression]) -> tuple[int, int] | None:
    """The time with which the body tells the plan's years (`Thời gian thực hiện: Từ tháng 3/2022 đến tháng 12/2022`),
    of which other sentences may speak for another reason (`hoàn thành nhiệm vụ năm 2022`)."""
    span = plan.meta.period_span
    if span is None or span[0] < plan.body_start:
        return None
    return next(((t.start, t.end) for t in times if t.start <= span[0] < t.end), span)


def _title_text(plan: Plan) -> str:
    """The text up to the body, with all but the title blanked out, so that offsets stay."""
    title = (plan.meta.title or "").casefold()
    kept = [
        (b.start, b.end) for b in plan.blocks if b.zone == "head" and plan.text[b.start : b.end].casefold() in title
    ]
    shown = [" "] * plan.body_start
    for a, b in kept:
        shown[a:b] = plan.text[a:b]
    return "".join(shown)


def _drop(found: list[Found], item: Found) -> bool:
    found.remove(item)
    return True
