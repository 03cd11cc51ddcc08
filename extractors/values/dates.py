"""Times (thời gian): when something is due, runs or comes round, as the contract's `deadlines` table means it.

`points` finds places of the calendar, `recurrence` routines, `relative` times that hang on others; here the words
around a point say how it binds: `đến`, `trước`, `hết` make it due, `từ … đến …` and `trong` a window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from extractors.cues import cues
from extractors.values.calendar import ImpossibleDateError, Point, days_of
from extractors.values.lunar import without_lunar
from extractors.values.patterns import SHAPES, Places, line_start, within
from extractors.values.points import points
from extractors.values.recurrence import Routine, routines
from extractors.values.relative import Relative, relatives

CUES = cues("time_cues.yaml", shapes=SHAPES)
_LINK = CUES["link"]
_LIST = CUES["list"]
_AND, _AND_DAY = CUES["and_bare"], CUES["and"]
_YEARLY = CUES["yearly"]
_GOES_ON = CUES["goes_on"]
# Words directly before a point. `trước` ends the day before a longer stretch, but on a named day itself (the contract).
_BEFORE = CUES["binding"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in the text. `bound`: the word that binds it (`before`, `until`, `since`, `in`, …; None: none).

    `form`: `day`, `month`, `quarter`, `half_year`, `year`, `years` (a run), `routine` or `relative`.
    `year_from`: `stated`, `plan`, `issued`, or None where the year is left open.
    `uneven`: a routine so often in its unit that no whole interval tells it.
    """

    start: int
    end: int
    kind: str
    start_date: date | None
    end_date: date | None
    precision: str | None
    recurrence: str | None
    impossible: bool
    text: str
    form: str
    bound: str | None = None
    year_from: str | None = "stated"
    named: bool = False
    uneven: bool = False


def find_times(
    text: str, start: int = 0, end: int | None = None,
    plan_start: int | None = None, plan_end: int | None = None, issued: date | None = None,
) -> list[TimeExpression]:  # fmt: skip
    """All times that lie wholly in `text[start:end]`, in order; offsets are into `text`.

    `plan_start`..`plan_end`: the plan's years, for times without a year and to tell its own period; `issued`: its date.
    """
    return within(_all_times(text, plan_start, plan_end, issued), start, end)


@lru_cache(maxsize=16)
def _all_times(
    text: str, plan_start: int | None, plan_end: int | None, issued: date | None
) -> tuple[TimeExpression, ...]:
    found = _calendar_times(text, plan_start, plan_end, issued)
    for group, form in ((_relatives(text), "relative"), (_routines(text), "routine")):
        taken = Places((t.start, t.end) for t in found)
        fresh = []
        for item in group:
            if not taken.free(item.start, item.end):
                continue
            kind = "relative" if form == "relative" else "recurring"
            recurrence = getattr(item, "recurrence", None)
            fresh.append(
                TimeExpression(
                    item.start,
                    item.end,
                    kind,
                    None,
                    None,
                    item.precision,
                    recurrence,
                    False,
                    text[item.start : item.end],
                    form,
                    uneven=bool(getattr(item, "uneven", None)),
                )
            )
        found = found + fresh
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


@lru_cache(maxsize=8)
def _relatives(text: str) -> list[Relative]:
    return relatives(text)


@lru_cache(maxsize=8)
def _routines(text: str) -> list[Routine]:
    return routines(text)


def _calendar_times(
    text: str, plan_start: int | None, plan_end: int | None, issued: date | None
) -> list[TimeExpression]:
    found = []
    run = without_lunar(text, list(points(text)))
    _lend_years(text, run)
    at = 0
    while at < len(run):
        point = run[at]
        following = run[at + 1] if at + 1 < len(run) else None
        if following is not None and _makes_range(text, point, following):
            found.append(_time(text, point, following, plan_start, plan_end, issued))
            at += 2
            continue
        found.append(_time(text, point, None, plan_start, plan_end, issued))
        at += 1
    return _spread_bound(text, _spread_yearly(text, [t for t in found if t is not None]))


def _spread_bound(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """In `trước ngày 15/6 và 15/12/2020` both days are those by which, and all in `trước ngày 20/3, 20/6 và 20/9`."""
    for at in range(1, len(found)):
        last, time = found[at - 1], found[at]
        days = last.form == time.form == "day" and last.kind == "due" and time.kind == "window"
        bare = days and time.bound is None and time.start_date == time.end_date
        if bare and (_AND if time.text[0].isdigit() else _AND_DAY).match(text[last.end : time.start]):
            found[at] = replace(time, kind="due", start_date=None, bound=last.bound)
    return found


def _spread_yearly(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """In `trước ngày 15/6 và 15/12 hằng năm` both days come round each year."""
    for at in range(len(found) - 2, -1, -1):
        time, following = found[at], found[at + 1]
        open_year = time.kind in ("due", "window") and time.year_from != "stated"
        if following.kind == "recurring" and open_year and _LIST.match(text[time.end : following.start]):
            found[at] = replace(time, kind="recurring", start_date=None, end_date=None, recurrence="P1Y")
    return found


def _lend_years(text: str, run: list[Point]) -> None:
    """In `từ ngày 01/9 đến 30/9/2024` and `tháng 6 và tháng 12/2024` the year (and month) said once holds for both."""
    for order in (range(len(run) - 2, -1, -1), range(1, len(run))):
        backwards = order.step == -1
        for at in order:
            point, other = run[at], run[at + 1] if backwards else run[at - 1]
            if other.year is None and other.month is None:
                continue
            first, second = (point, other) if backwards else (other, point)
            between = text[first.end : second.start]
            if second.start - first.end > 20 or not (_LINK.match(between) or _LIST.match(between)):
                continue
            if point.year is None and other.last_year is None:
                point = replace(point, year=other.year)
            if point.day is not None and point.month is None and backwards:
                point = replace(point, month=other.month)
            run[at] = point


def _makes_range(text: str, first: Point, second: Point) -> bool:
    """`từ tháng 4/2019 đến 5/2019`, `Tháng 3/2020 đến tháng 6/2020`: a link between two points that rise."""
    if first.last_year or second.last_year or not _LINK.match(text[first.end : second.start]):
        return False
    if first.precision == second.precision:
        return True
    return _bound(text, first)[0] == "since"


def _bound(text: str, point: Point) -> tuple[str | None, int]:
    """The word that binds a point, and where it begins."""
    floor = line_start(text, point.start, 45)
    match = _BEFORE.search(text, floor, point.start)
    return (match.lastgroup, match.start()) if match else (None, point.start)


def _time(
    text: str, point: Point, last: Point | None, plan_start: int | None, plan_end: int | None, issued: date | None
) -> TimeExpression | None:
    bound, begin = _bound(text, point)
    stop = (last or point).end
    precision = _finer(point.precision, last.precision) if last else point.precision
    form = "years" if point.last_year or (last and point.precision == "year") else point.precision
    yearly = _YEARLY.match(text[stop : stop + 25])
    if yearly is not None and not (point.year_said or (last and last.year_said)):
        stop += yearly.end()
        return TimeExpression(
            begin, stop, "recurring", None, None, precision, "P1Y", False, text[begin:stop], form, bound
        )
    year_from = "stated"
    if point.year is None or (last is not None and last.year is None):
        year, year_from = _default_year(last or point, plan_start, plan_end, issued)
        point = replace(point, year=point.year or year)
        last = replace(last, year=last.year or year) if last else None
    base = TimeExpression(
        begin, stop, "window", None, None, precision, None, False, text[begin:stop], form, bound, year_from, point.named
    )
    if bound in ("latest", "before", "until") and last is None and (form != "years" or point.one_school_year):
        base = replace(base, kind="due")
    if point.day is not None and point.month is None:
        return None
    if point.feast and point.day is None:
        return replace(base, kind="relative", form="relative", year_from=None)
    if point.year is None or (last is not None and last.year is None):
        return replace(base, year_from=None)
    try:
        return _open_ended(text, _dated(base, point, last, plan_start, plan_end))
    except ImpossibleDateError:
        return replace(base, impossible=True)


_ORDER = ("day", "month", "quarter", "half_year", "year")


def _finer(first: str, second: str) -> str:
    return min(first, second, key=_ORDER.index)


def _default_year(
    point: Point, plan_start: int | None, plan_end: int | None, issued: date | None
) -> tuple[int | None, str | None]:
    """The year of a time without one: a one-year plan's own; else the year of issue where the time lies ahead in it.
    Months are of none where that year lies before the plan's own (`tháng 4 - tháng 7` of a plan for 2026 - 2030)."""
    if plan_start is not None and plan_start == plan_end:
        return plan_start, "plan"
    if issued is None or (point.day is None and plan_start is not None and issued.year < plan_start):
        return None, None
    try:
        ahead = point.part == "last" or point.month is None or days_of(replace(point, year=issued.year))[1] >= issued
    except ImpossibleDateError:
        ahead = True
    return (issued.year, "issued") if ahead else (None, None)


def _open_ended(text: str, time: TimeExpression) -> TimeExpression:
    """A time that `và các năm tiếp theo` goes on from tells when something begins, not when it ends."""
    begins = time.form in ("year", "half_year", "quarter", "month") and time.start_date is not None
    behind = _GOES_ON.match(text[time.end : time.end + 40]) if begins else None
    if behind is None:
        return time
    end = time.end + behind.end()
    return replace(time, kind="window", end=end, text=text[time.start : end], end_date=None)


def _dated(
    base: TimeExpression, point: Point, last: Point | None, plan_start: int | None, plan_end: int | None
) -> TimeExpression:
    """Fill in the days. Raises ImpossibleDateError."""
    first_day, last_day = days_of(point)
    if last is not None:
        first_day, last_day = first_day, days_of(last)[1]
        if last_day < first_day:
            return replace(base, end_date=last_day)
    start, end = _ends(point, first_day, last_day) if last is None else (first_day, last_day)
    if base.kind == "due":
        if base.bound == "before" and (point.precision != "day" or point.feast) and point.part is None:
            end = first_day - timedelta(days=1)
        open_part = point.part in ("first", "middle") and last is None
        return replace(base, start_date=None, end_date=None if open_part else end)
    told_run = base.form == "years" and not point.one_school_year
    if last is None and base.bound == "since" and not told_run and not is_run(point):
        return replace(base, start_date=first_day, end_date=None)
    if last is None and base.bound == "after" and base.form != "years":
        return replace(base, start_date=last_day + timedelta(days=1), end_date=None)
    if base.bound == "at" and base.form == "year" and point.part is None:
        return replace(base, kind="due", end_date=end)
    own = base.form == "years" or (base.form == "year" and point.part is None and last is None)
    period = own and (start, end) == (_first(plan_start), _last(plan_end)) and start is not None
    return replace(base, kind="period" if period else "window", start_date=start, end_date=end)


def is_run(point: Point) -> bool:
    """Whether a point states where it ends: months in a row, but not the months of one quarter."""
    if point.last_month is None:
        return False
    return point.precision != "quarter" or point.month is None or point.last_month - point.month > 2


def _ends(point: Point, first: date, last: date) -> tuple[date | None, date | None]:
    """`đầu năm` states when it begins, `cuối năm` when it ends; what lies between is not said. `giữa năm` lies within
    its year, `đầu tháng 9` within its month."""
    if point.part == "middle" or (point.part == "first" and point.precision == "month"):
        return first, last
    return (None if point.part == "last" else first), (None if point.part == "first" else last)


def _first(year: int | None) -> date | None:
    return date(year, 1, 1) if year else None


def _last(year: int | None) -> date | None:
    return date(year, 12, 31) if year else None
