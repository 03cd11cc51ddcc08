"""The facts of tables (bảng biểu): each row's money, bodies, times, counts and names, quoted with their whole row."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.deadlines import Frame, times_of_cell
from extractors.funding_terms import source_code
from extractors.language.indicators import indicator_in
from extractors.spans import trim
from extractors.tables import Cell, Column, Row, Table
from extractors.values.measures import Measure, find_measures
from extractors.values.numbers import find_numbers
from schemas.records import Activity, Assignment, Deadline, Funding, Target

ROLES = {"lead": "lead", "responsible": "responsible", "partner": "coordinate"}
CUES = cues("table_cues.yaml")
ACTIVITIES = ("model", "sub_project", "project")
COMMUNE = regex.compile(r"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn)\s+\p{Lu}[^,;|]*")
DISTRICT = regex.compile(r"\b(?:[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận)\s+\p{Lu}[^,;|]*")
ONE_YEAR = regex.compile(r"\W*(?:năm )?(?P<year>20\d\d)\W*", regex.I)
GROUP = regex.compile(r"[IVX]{1,5}|[A-ZĐ]")
SCALED_UNIT = regex.compile(r"(?P<scale>1[.]?000|100)?\s*(?P<unit>\D{1,40})")
MOST_MONEY = 10**17
"""No plan of a province spends more đồng; a larger figure is a slip."""
CONFIDENCE = 0.85
LOOSE_MATCH = 0.6


def table_funding(plan: Plan) -> list[Funding]:
    """The amounts of all tables."""
    return [funding for table in plan.tables for funding in funding_of(plan, table)]


def funding_of(plan: Plan, table: Table) -> list[Funding]:
    """The amounts of a table as a tree: the total holds the groups (I, II, A), a group its rows (1, 2), and in a row
    the column of the whole (`Tổng`, or the only one) holds the others. Columns without a whole are held by their own
    total."""
    found = [(row, amounts) for row in table.rows if (amounts := amounts_of(plan, row))]
    whole = whole_column(table)
    totals: dict[Column, Funding] = {}
    rows: list[Funding] = []
    for row, amounts in sorted(found, key=lambda f: not f[0].total):
        group = None if row.total else group_of(plan, table, row)
        first = None
        for column, cell, value in sorted(amounts, key=lambda a: a[0] is not whole):
            if row.total and (first is None or whole is None):
                made = amount_row(plan, row, column, cell, value, "total", None)
                totals[column] = made
            else:
                parent = first or totals.get((group, column)) or totals.get(column)
                made = amount_row(plan, row, column, cell, value, "component", parent)
                if is_group(plan, row) and first is None:
                    totals[row.start, column] = made
            first = first or (made if column is whole else None)
            rows.append(made)
    return rows


def whole_column(table: Table) -> Column | None:
    """The money column that holds the others of its row: the only one, or the only one headed `Tổng`."""
    columns = [c for c in table.columns if c.kind == "amount"]
    named = [c for c in columns if CUES["whole_column"].search(c.head)]
    return columns[0] if len(columns) == 1 else named[0] if len(named) == 1 else None


def is_group(plan: Plan, row: Row) -> bool:
    """Whether a row is headed by a Roman number or a letter, with numbered rows under it."""
    return any(GROUP.fullmatch(plan.text[c.start : c.end].strip()) for _, c in row.of("ordinal"))


def group_of(plan: Plan, table: Table, row: Row) -> int | None:
    """Where the group begins that a numbered row stands under; None for a group itself."""
    if is_group(plan, row):
        return None
    return max((r.start for r in table.rows if r.start < row.start and is_group(plan, r)), default=None)


def amounts_of(plan: Plan, row: Row) -> list[tuple[Column, Cell, int]]:
    """The money cells of a row that hold one plain number above nought, in đồng."""
    found = []
    for column, cell in row.of("amount"):
        value = number_in(plan, cell)
        if value and column.unit and value * column.unit < MOST_MONEY:
            found.append((column, cell, round(value * column.unit)))
    return found


def number_in(plan: Plan, cell: Cell) -> float | None:
    """The number that fills a cell."""
    numbers = find_numbers(plan.text, cell.start, cell.end)
    if len(numbers) != 1 or numbers[0].ambiguous or plan.text[numbers[0].end : cell.end].strip(" .;"):
        return None
    return numbers[0].value


def amount_row(
    plan: Plan, row: Row, column: Column, cell: Cell, value: int, kind: str, parent: Funding | None
) -> Funding:
    """One amount of a table."""
    sources = {source_code(plan, s) for s in plan.terms("funding_sources", column.start, column.end)}
    return Funding(
        funding_id=plan.new_id("funding", cell.start, cell.end),
        parent_id=parent.funding_id if parent else None,
        kind=kind,
        amount_vnd=value,
        year=column.year or year_of(plan, row) or plan_year(plan),
        source=sources.pop() if len(sources) == 1 else None,
        purpose=name_of(plan, row),
        amount_text=plan.text[cell.start : cell.end].strip(),
        **plan.fact(row.start, row.end, f"table_{kind}", CONFIDENCE),
    )


def plan_year(plan: Plan) -> int | None:
    """The year of a one-year plan."""
    return plan.meta.period_end if plan.meta.period_start == plan.meta.period_end else None


def year_of(plan: Plan, row: Row) -> int | None:
    """The one year that a row's time cell gives."""
    years = [int(m["year"]) for _, c in row.of("time") if (m := ONE_YEAR.fullmatch(plan.text[c.start : c.end]))]
    return years[0] if len(years) == 1 else None


def name_of(plan: Plan, row: Row) -> str | None:
    """What a row is about."""
    return next((plan.text[c.start : c.end].strip() for _, c in row.of("name")), None)


def table_assignments(plan: Plan) -> list[Assignment]:
    """Who does what by the tables: the bodies of the lead and partner columns of each row."""
    rows: list[Assignment] = []
    for table in plan.tables:
        for row in table.rows:
            rows += bodies_of(plan, row)
    return rows


def bodies_of(plan: Plan, row: Row) -> list[Assignment]:
    """The rows of one task: each body once in each role."""
    task = name_of(plan, row)
    found: dict[tuple[str, str], Assignment] = {}
    if task is None:
        return []
    identity = plan.new_id("assignments", row.start, row.end)
    for column, cell in row.of(*ROLES):
        for span in plan.terms("agencies", cell.start, cell.end):
            agency = plan.agency(span)
            role = ROLES[column.kind]
            found.setdefault(
                (agency.code or span.text.casefold(), role),
                Assignment(
                    assignment_id=identity,
                    agency_text=span.text.strip(),
                    agency_code=agency.code,
                    agency_level=agency.level,
                    role=role,
                    task=task,
                    successor_code=agency.successor_code,
                    **plan.fact(
                        row.start, row.end, f"table_{column.kind}", CONFIDENCE if agency.code else CONFIDENCE - 0.2
                    ),
                ),
            )
    return list(found.values())


def table_deadlines(plan: Plan, frame: Frame) -> list[Deadline]:
    """The times of the rows' time columns; a day there is due, a month or year the time in which it is done."""
    return [
        deadline
        for table in plan.tables
        for row in table.rows
        for _, cell in row.of("time")
        for deadline in times_of_cell(plan, frame, (cell.start, cell.end), (row.start, row.end), name_of(plan, row))
    ]


def table_targets(plan: Plan) -> list[Target]:
    """What the rows are to deliver: a count with its unit in a quantity column, or a figure under a year."""
    return [
        target
        for table in plan.tables
        for row in table.rows
        if not row.total and name_of(plan, row)
        for target in quantities_of(plan, row)
    ]


def quantities_of(plan: Plan, row: Row) -> list[Target]:
    """The targets of one row."""
    unit_cell = next((c for _, c in row.of("measure_unit")), None)
    found = []
    first = plan.meta.period_start or plan.meta.issued_year or 0
    for column, cell in row.of("quantity", "year"):
        if (column.year or first) < first:
            continue  # what a past year brought
        measures = find_measures(plan.text, cell.start, cell.end)
        if len(measures) == 1 and measures[0].unit != "vnd":
            found.append(target_row(plan, row, column, cell, measures[0]))
        elif unit_cell is not None and not measures and (value := number_in(plan, cell)) is not None:
            unit = plan.text[unit_cell.start : unit_cell.end].strip()
            if (measured := measure_in_words(value, unit)) is not None:
                found.append(target_row(plan, row, column, cell, measured))
    return found


def measure_in_words(value: float, unit: str) -> Measure | None:
    """The measure that a bare number and the unit of its row make (`12` of `1.000 ha`: 12,000 ha)."""
    stated = SCALED_UNIT.fullmatch(unit)
    if stated is None:
        return None
    measures = find_measures(f"1 {stated['unit']}")
    if len(measures) != 1 or measures[0].unit == "vnd":
        return None
    scale = float((stated["scale"] or "1").replace(".", ""))
    return replace(measures[0], value_min=value * scale, value_max=value * scale)


def target_row(plan: Plan, row: Row, column: Column, cell: Cell, measure) -> Target:
    """One target of a table."""
    name = name_of(plan, row) or column.head
    code = indicator_in(f"{name} {plan.text[cell.start : cell.end]}", name, measure.unit, "reach", plan.meta.topic)
    year = column.year or year_of(plan, row)
    return Target(
        target_id=plan.new_id("targets", cell.start, cell.end),
        indicator_text=name,
        indicator_code=code[0] if code and code[1] > LOOSE_MATCH else None,
        direction="reach",
        comparator=measure.comparator,
        value_min=measure.value_min,
        value_max=measure.value_max,
        unit=measure.unit,
        rate_period=measure.rate_period,
        due_year=year or plan.meta.period_end,
        due_year_stated=year is not None,
        **plan.fact(row.start, row.end, "table_quantity", CONFIDENCE - 0.1),
    )


def table_activities(plan: Plan) -> list[Activity]:
    """The projects and models that tables list, with the place and year of their row."""
    rows = []
    for table in plan.tables:
        for row in table.rows:
            name = next((c for _, c in row.of("name")), None)
            kind = activity_kind(plan, name) if name else None
            if kind:
                rows.append(activity_row(plan, row, name, kind))
    return rows


def activity_kind(plan: Plan, name: Cell) -> str | None:
    """The kind of activity whose name fills a cell, if it is one."""
    return next((kind for kind in ACTIVITIES if CUES[kind].match(plan.text, name.start, name.end)), None)


def activity_row(plan: Plan, row: Row, name: Cell, kind: str) -> Activity:
    """One project or model of a table."""
    where = " ".join(plan.text[c.start : c.end] for _, c in row.of("place"))
    commune, district = COMMUNE.search(where), DISTRICT.search(where)
    start, end = trim(plan.text, name.start, name.end)
    return Activity(
        activity_id=plan.new_id("activities", start, end),
        kind=kind,
        name=plan.text[start:end],
        year=year_of(plan, row),
        commune_text=commune.group().strip() if commune else None,
        district_text=district.group().strip() if district else None,
        **plan.fact(row.start, row.end, f"{kind}_table", CONFIDENCE),
    )
