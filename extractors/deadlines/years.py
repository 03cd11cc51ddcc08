"""Whole years, runs of years and stages (giai đoạn) as deadlines: which of them tell when something is due, holds or
happens, and which belong to a name, a title or an aim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractors.cues import cues
from extractors.values.dates import TimeExpression
from extractors.values.patterns import line_end, line_start

CUES = cues("deadline_cues.yaml")
REVIEW_RULE = "year-review"
CLAUSE_OPENING = CUES["clause_opening"]
REVIEWED, REVIEW_REACH = CUES["review_named_before"], 100


@dataclass(frozen=True, slots=True)
class Frame:
    """The years of a plan and its date: what a time is measured against."""

    plan_start: int | None = None
    plan_end: int | None = None
    issued: date | None = None
    issued_year: int | None = None

    @property
    def first_day(self) -> date | None:
        """Before this day lies the past: the month of issue, or the plan's first year where that is earlier."""
        starts = []
        if self.issued:
            starts.append(self.issued.replace(day=1))
        elif self.issued_year:
            starts.append(date(self.issued_year, 1, 1))
        if self.plan_start:
            starts.append(date(self.plan_start, 1, 1))
        return min(starts) if starts else None


def is_named(time: TimeExpression, before: str) -> bool:
    """Whether the time belongs to the name of a programme, strategy or cited plan, or stands within quotation marks."""
    if before.count("“") > before.count("”"):
        return True
    if time.form not in ("year", "years") or time.bound not in (None, "until") or CLAUSE_OPENING.match(before):
        return False
    names = list(CUES["name_before"].finditer(before))
    if not names:
        return False
    if CUES["vision_before"].search(before):
        return True
    return not before.rstrip().endswith(",") and not CUES["aim_before"].search(before, names[-1].end())


def judge_years(
    text: str, time: TimeExpression, before: str, after: str, labelled: bool, frame: Frame
) -> tuple[str, float] | None:
    """Whole years count when a label, a word of time or their place at the head of the sentence says so."""
    opening = CLAUSE_OPENING.match(before) is not None
    if labelled:
        return f"{time.form}-label", 0.87
    if opening and time.bound in (None, "in", "since") and time.kind == "window" and _is_stage(after):
        return "stage", 0.6
    if before.endswith(", ") and time.bound in (None, "in") and CUES["review_behind"].match(after):
        return REVIEW_RULE, 0.6
    if is_review_year(time, before, after, frame):
        return "year-of-review", 0.6
    if opening and time.named and CUES["heads_stage"].match(text, time.end) and _is_own_span(time, frame):
        return "stage", 0.6
    if time.form == "years" and time.kind == "window" and CUES["carried_out_before"].search(before):
        return "years-window", 0.75
    if time.form == "years" and time.kind == "window" and _is_own_stage(time, before, after, frame):
        return "years-stage", 0.6
    if time.form == "years" and CUES["numbered_stage_before"].search(before) and _is_stage(after.lstrip(") ")):
        return "years-stage", 0.6
    if time.form == "years" and time.kind != "due":
        return ("years-since", 0.8) if opening and not time.named and time.bound == "since" else None
    if time.bound is None and time.year_from == "stated" and CUES["begun_before"].search(before):
        return "year-window", 0.7
    if _is_due_report(time, before, after, frame):
        return "report-year", 0.6
    if CUES["standard_before"].search(before) or is_named(time, before):
        return None
    if time.bound == "until" and not labelled and (CUES["lead_in"].match(before + after) or time.text.isupper()):
        return None  # "Đến năm 2025:" announces the aims of that year; a line in capitals is a title
    if time.kind == "due":
        return "year-due", 0.55
    if time.bound == "in":
        return "year-window", 0.7
    if time.bound in ("since", "after") and opening:
        return "year-since", 0.6
    if time.bound == "since" and CUES["clause_end"].match(after) and _holds_since(time, before):
        return "year-since", 0.6
    if CUES["part_of_year"].search(time.text):
        return ("year-part", 0.6) if time.bound or opening or time.year_from == "stated" else None
    return None


def is_review_year(time: TimeExpression, before: str, after: str, frame: Frame) -> bool:
    """Whether a year without a preposition is the one in which a plan of several years is reviewed on its way or at its
    end (`tổ chức sơ kết năm 2023, tổng kết năm 2025`); the review of any other may be that of a year's work."""
    if time.form != "year" or time.bound is not None or time.start_date is None or not frame.plan_end:
        return False
    if frame.plan_start in (None, frame.plan_end):
        return False
    review = REVIEWED.search(before[-REVIEW_REACH:])
    if review is None or CUES["review_due_behind"].match(after):
        return False
    year, begun = time.start_date.year, max(frame.issued_year or 0, frame.plan_start or 0)
    return begun < year < frame.plan_end if review["half"] else year in (frame.plan_end, frame.plan_end + 1)


def _holds_since(time: TimeExpression, before: str) -> bool:
    """Whether something holds or is done from a year on (`duy trì trên 95% kể từ năm 2028`, `áp dụng từ năm 2028`)."""
    if CUES["from_on"].fullmatch(time.text):
        return CUES["held_since"].search(before) is not None
    return CUES["done_since"].search(before) is not None and CUES["name_before"].search(before) is None


def _is_due_report(time: TimeExpression, before: str, after: str, frame: Frame) -> bool:
    """Whether a year to come stands in brackets behind the report that is due in it."""
    year = time.start_date.year if time.bound is None and time.start_date and after.startswith(")") else 0
    return year > (frame.issued_year or year) and CUES["report_in_bracket"].search(before) is not None


def _is_own_stage(time: TimeExpression, before: str, after: str, frame: Frame) -> bool:
    """Whether a run of years is a stage of this plan (`di dời trong giai đoạn 2023 - 2025`), not of what it cites."""
    if CUES["standard_before"].search(before) or not _is_own_span(time, frame):
        return False
    if is_named(time, before):
        return CUES["clause_end"].match(after) is not None and CUES["project_before"].search(before) is not None
    return CUES["stage_before"].search(before) is not None


def _is_own_span(time: TimeExpression, frame: Frame) -> bool:
    """Whether a run of years lies within the plan's own."""
    if not (time.start_date and time.end_date and frame.plan_start and frame.plan_end):
        return False
    told = time.bound == "in"  # "di dời trong giai đoạn 2027 - 2028" may lie behind the plan's own years
    return frame.plan_start <= time.start_date.year and (told or time.end_date.year <= frame.plan_end)


def _is_stage(after: str) -> bool:
    """`Năm 2022: triển khai thí điểm …` tells a task of that year; `Năm 2022: 50 tỷ đồng` a sum."""
    return CUES["stage_task_after"].search(after) is not None and CUES["money_after"].search(after) is None


CELL = CUES["year_cell"]


def is_cell(text: str, time: TimeExpression) -> bool:
    """Whether the time fills a table cell, alone of its kind in the row (a row of years is a head of columns)."""
    start, end = line_start(text, time.start), line_end(text, time.end)
    line = text[start:end]
    if "|" not in line:
        return False
    filled = text[start : time.start].rstrip().endswith("|") and text[time.end : end].lstrip()[:1] in ("|", "")
    return filled and _year_cells(line) == 1


@lru_cache(maxsize=8)
def _year_cells(line: str) -> int:
    """How many cells of a line hold a year; each of its times asks for them."""
    return len(CELL.findall(line))
