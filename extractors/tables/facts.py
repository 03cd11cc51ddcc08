"""The duties of tables (bảng phân công): each row's bodies and times, quoted with their row or, where it is long, with
their cell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractors.assignments.told_roles import ROLE_WORD, told_roles
from extractors.context import Plan
from extractors.cues import cues
from extractors.deadlines.deadlines import cell_row, surely, times_of_cell
from extractors.deadlines.owers import Duties
from extractors.deadlines.years import Frame
from extractors.language.agencies import Agency
from extractors.spans import trim
from extractors.tables.activities import activity_kind
from extractors.tables.figures import year_of_part
from extractors.tables.heads import YEAR, Cell, Column, kind_of, words
from extractors.tables.line_pairs import lines_of_bodies, lines_of_task
from extractors.tables.money import BUDGET_YEAR, plan_year
from extractors.tables.tables import Row, Table
from extractors.tables.tasks import GUESSED, NO_NAMES, Task, longest_words, tasks_of
from extractors.tables.visits import happens_on
from extractors.values.dates import TimeExpression, find_times
from extractors.year_parts import YEAR as WHOLE_YEAR
from extractors.year_parts import Months
from schemas.records import Assignment, Deadline

ROLES = {"lead": "lead", "responsible": "responsible", "partner": "coordinate", "mixed": "responsible"}
CUES = cues("table_cues.yaml")
SCHEDULES = cues("table_schedule_cues.yaml")
YEARS = CUES["years_of_cell"]
PART = CUES["body_part"]
MAX_BODY = 60
UNLISTED = Agency(None, "other", None)
"""A body that neither the lists nor the forms of names hold."""
CONFIDENCE = 0.85


def table_assignments(plan: Plan) -> list[Assignment]:
    """Who does what by the tables: the bodies of the lead and partner columns of each row, and those it ticks."""
    rows: list[Assignment] = []
    for table in plan.tables:
        tasks = tasks_of(plan, table) if table.has(*ROLES, "ticked_body") else {}
        for row in table.rows:
            if task := tasks.get(row.start):
                rows += bodies_in_turn(plan, row, task) or bodies_of(plan, row, task)
    return rows


def bodies_in_turn(plan: Plan, row: Row, task: Task) -> list[Assignment]:
    """The rows of the tasks of one row whose lines pair off with those of its cells of doers and of partners; none
    elsewhere, nor where one cell of bodies alone has as many lines, which may list the doers of both tasks."""
    cell = next(
        (cell for c, cell in row.cells if c.kind not in NO_NAMES and words(plan.text, cell) == task.words), None
    )
    doers = row.of("lead", "responsible", "partner")
    tasks = lines_of_task(plan, cell) if cell and len(doers) > 1 and not row.of("mixed", "ticked_body") else []
    if len(tasks) < 2:
        return []
    lines = [lines_of_bodies(plan, c, [(at, at + len(name)) for at, name, _ in bodies_in(plan, c)]) for _, c in doers]
    if any(len(parts) != len(tasks) for parts in lines):
        return []
    rows: list[Assignment] = []
    for own, *parts in zip(tasks, *lines, strict=True):
        told = [
            (column, whole, body)
            for (column, whole), part in zip(doers, parts, strict=True)
            for body in bodies_with_roles(plan, part, ROLES[column.kind])
        ]
        identity = plan.new_id("assignments", own.start, own.end)
        rows += rows_of(plan, row, Task(words(plan.text, own), task.sure), identity, told)
    return rows


def bodies_of(plan: Plan, row: Row, task: Task) -> list[Assignment]:
    """The rows of one task: each body once in each role."""
    told = [(c, cell, b) for c, cell in row.of(*ROLES) for b in bodies_with_roles(plan, cell, ROLES[c.kind])]
    told += [(c, cell, body) for c, cell in row.of("ticked_body") for body in ticked_bodies(plan, c)]
    return rows_of(plan, row, task, plan.new_id("assignments", row.start, row.end), told)


def rows_of(
    plan: Plan, row: Row, task: Task, identity: str, told: Sequence[tuple[Column, Cell, tuple[str, Agency, str]]]
) -> list[Assignment]:
    """The rows of one task of a row, of the bodies that its cells tell with their roles."""
    found: dict[tuple[str, str], Assignment] = {}
    for column, cell, (name, agency, role) in told:
        if name:
            found.setdefault(
                (agency.code or name.casefold(), role),
                Assignment(
                    assignment_id=identity,
                    agency_text=name,
                    agency_code=agency.code,
                    agency_level=agency.level,
                    role=role,
                    task=task.words,
                    successor_code=agency.successor_code,
                    **plan.fact(
                        *row.quoted(cell),
                        f"table_{column.kind}",
                        min(CONFIDENCE if agency.code else CONFIDENCE - 0.2, task.sure),
                    ),
                ),
            )
    return list(found.values())


def bodies_with_roles(plan: Plan, cell: Cell, role: str) -> list[tuple[str, Agency, str]]:
    """The bodies that a cell names, each in the `role` of the column, or in that which the words beside it tell
    (`Sở Y tế chủ trì, phối hợp với Sở Tài chính`; `Chủ trì: Sở Nội vụ; phối hợp: Sở Y tế`)."""
    bodies = bodies_in(plan, cell)
    told = told_roles(plan.text, [(at, at + len(name)) for at, name, _ in bodies], cell.start, cell.end)
    return [(name, agency, own or role) for (_, name, agency), own in zip(bodies, told, strict=True)]


def ticked_bodies(plan: Plan, column: Column) -> list[tuple[str, Agency, str]]:
    """The bodies in the head of a ticked column, in the role that the upper head tells (`Phối hợp`)."""
    over = kind_of(column.head.removesuffix(column.part).strip()) if column.part else None
    head = Cell(column.start, column.end)
    return [(name, agency, ROLES.get(over, "responsible")) for _, name, agency in bodies_in(plan, head)]


def bodies_in(plan: Plan, cell: Cell) -> list[tuple[int, str, Agency]]:
    """The bodies that a cell names and where each stands, in its order: those that the reader knows, and parts between
    commas that open as the names of bodies do."""
    spans = plan.terms("agencies", cell.start, cell.end)
    found = [(s.start_char, s.text.strip(), plan.agency(s)) for s in spans]
    for part in PART.finditer(plan.text, cell.start, cell.end):
        known = any(s.start_char < part.end() and part.start() < s.end_char for s in spans)
        if not known and len(part.group()) <= MAX_BODY and CUES["body_opening"].match(part.group()):
            role = ROLE_WORD.search(plan.text, part.start(), part.end())
            name = plan.text[part.start() : role.start() if role else part.end()].strip(" .-–+*(")
            found.append((plan.text.index(name, part.start()), name, UNLISTED))
    return sorted(found, key=lambda f: f[0])


def table_deadlines(plan: Plan, frame: Frame, duties: Duties) -> list[Deadline]:
    """The times of the rows' time columns, and the quarters or months that they tick; a day there is due, a month or
    year the time in which it is done."""
    found: list[Deadline] = []
    for table in plan.tables:
        if not table.has("time", "tick") or plan.tells_past([table.caption.words, *plan.headings(table.first)]):
            continue
        tasks = tasks_of(plan, table)
        frame_here = within_caption(frame, table)
        for row in table.rows:
            task = tasks.get(row.start)
            ower = duties.in_row(row.start, row.end)
            stretch = stretch_of(plan, frame_here, row)
            if stretch is not None:
                event = task or longest_words(plan, row) or Task("", GUESSED)
                sure = surely(event.sure, stretch, frame_here)
                found.append(cell_row(plan, stretch, row.quoted(cell_of(stretch)), event.words, ower, sure))
            for column, cell in row.of("time") if stretch is None else ():
                on_day = happens_on(plan.text, table.columns, column, cell, task.words if task else "")
                found += times_of_row(plan, frame_here, row, cell, table.has(*ROLES), task, ower, on_day)
            for time in ticked(plan, frame, table, row) if task else []:
                found.append(cell_row(plan, time, row.quoted(Cell(time.start, time.end)), task.words, ower, task.sure))
    return found


def stretch_of(plan: Plan, frame: Frame, row: Row) -> TimeExpression | None:
    """The time from the cell that tells when a task begins to that which tells when it ends; None where a row has not
    one of each, with one time."""
    cells = row.of("time")
    begins = [cell for column, cell in cells if SCHEDULES["begin_head"].search(column.label)]
    ends = [cell for column, cell in cells if SCHEDULES["end_head"].search(column.label)]
    if len(cells) != 2 or len(begins) != 1 or len(ends) != 1:
        return None
    told = [times_told(plan, frame, cell) for cell in (*begins, *ends)]
    if any(len(times) != 1 for times in told):
        return None
    (first,), (last,) = told
    start, until = first.start_date or first.end_date, last.end_date
    if start is None or until is None or start > until or first.recurrence or last.recurrence:
        return None
    at, end = min(first.start, last.start), max(first.end, last.end)
    return replace(
        last, start=at, end=end, kind="window", start_date=start, text=plan.text[at:end], form="days", bound=None
    )


def times_told(plan: Plan, frame: Frame, cell: Cell) -> list[TimeExpression]:
    """The times that a cell tells, be it a bare year."""
    times = find_times(plan.text, cell.start, cell.end, frame.plan_start, frame.plan_end, frame.issued)
    years = None if times else years_alone(plan.text, cell)
    return [years] if years else times


def cell_of(time: TimeExpression) -> Cell:
    """Where a time stands."""
    return Cell(time.start, time.end)


def within_caption(frame: Frame, table: Table) -> Frame:
    """The years that the times of a table are measured against: the one year of a plan of several that its caption
    tells (`Lịch tiêm phòng năm 2022`)."""
    told = {int(match["year"]) for match in BUDGET_YEAR.finditer(table.caption.words)}
    if len(told) != 1 or CUES["stage"].search(table.caption.words) or frame.plan_start == frame.plan_end:
        return frame
    year = told.pop()
    inside = frame.plan_start and frame.plan_end and frame.plan_start <= year <= frame.plan_end
    return replace(frame, plan_start=year, plan_end=year) if inside else frame


def ticked(plan: Plan, frame: Frame, table: Table, row: Row) -> list[TimeExpression]:
    """The years, quarters or months that a row ticks, those that follow one another as one time. All of the plan's
    period is none, nor what lies in a year that is not told; whole years are some for tasks of bodies alone."""
    cells = [(year_of_part(plan, table, column), column.months, cell) for column, cell in row.of("tick")]
    cells = [c for c in cells if c[1] != WHOLE_YEAR or table.has(*ROLES)]
    if row.total or not all(year for year, _, _ in cells):
        return []
    runs: list[list[tuple[int, Months, Cell]]] = []
    for year, months, cell in cells:
        last = runs[-1][-1] if runs else None
        if last and 12 * last[0] + last[1].last + 1 == 12 * year + months.first:
            runs[-1].append((year, months, cell))
        else:
            runs.append([(year, months, cell)])
    times = [time_of_run(plan, run) for run in runs]
    return [t for t in times if not fills(t, frame)]


def fills(time: TimeExpression, frame: Frame) -> bool:
    """Whether a time is all of the plan's period."""
    if not frame.plan_start or not frame.plan_end:
        return False
    return (time.start_date, time.end_date) == (date(frame.plan_start, 1, 1), date(frame.plan_end, 12, 31))


def time_of_run(plan: Plan, run: Sequence[tuple[int, Months, Cell]]) -> TimeExpression:
    """From the first of the ticked months to the last."""
    (first, opening, start), (last, closing, end) = run[0], run[-1]
    until = date(last, closing.last, monthrange(last, closing.last)[1])
    return TimeExpression(
        start.start, end.end, "window", date(first, opening.first, 1), until, opening.precision, None, False,
        plan.text[start.start : end.end], opening.precision, year_from="plan" if first == plan_year(plan) else "stated",
    )  # fmt: skip


def times_of_row(
    plan: Plan, frame: Frame, row: Row, cell: Cell, is_task: bool, task: Task | None, ower: str | None, on_day: bool
) -> list[Deadline]:
    """The deadlines of one time cell. Bare years are some for tasks of bodies; among projects and models they are
    theirs. `on_day`: a day is that on which it happens."""
    quoted, task = row.quoted(cell), task or longest_words(plan, row) or Task("", GUESSED)
    years = years_alone(plan.text, cell) if is_task or attains(plan, row, cell) else None
    if years is None:
        return times_of_cell(plan, frame, (cell.start, cell.end), quoted, task.words, ower, task.sure, on_day)
    return [cell_row(plan, years, quoted, task.words, ower, surely(task.sure, years, frame))]


def attains(plan: Plan, row: Row, cell: Cell) -> bool:
    """Whether a cell tells in which year something is begun or done (`Năm hoàn thành`) that is no project with a year
    of its own, or a place, of which nothing else is named, attains something (`Năm đạt chuẩn`)."""
    column = next(column for column, each in row.cells if each is cell)
    name = next((cell for _, cell in row.of("name")), None)
    if name is not None:
        ends = SCHEDULES["work_begins_or_ends"].search(column.label) is not None
        return ends and not row.total and activity_kind(plan, row, name) is None
    return bool(row.of("place")) and CUES["milestone_head"].search(column.head) is not None


def years_alone(text: str, cell: Cell) -> TimeExpression | None:
    """The time of a cell that holds no more than years which follow one another (`2024`; `2023 và 2024`): within
    them."""
    years = [int(year) for year in YEAR.findall(text, cell.start, cell.end)]
    if not YEARS.fullmatch(text, cell.start, cell.end) or years != list(range(years[0], years[-1] + 1)):
        return None
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    start, end = trim(text, cell.start, cell.end)
    return TimeExpression(start, end, "window", first, last, "year", None, False, text[start:end], "year")
