"""The facts of tables (bảng biểu): each row's money, bodies, times, counts and names, quoted with their whole row."""

from __future__ import annotations

import regex

from extractors.context import Plan
from extractors.deadlines import Frame, time_of_cell
from extractors.funding_terms import source_code
from extractors.language.indicators import indicator_in
from extractors.spans import trim
from extractors.tables import Cell, Column, Row, Table
from extractors.values.measures import find_measures
from extractors.values.numbers import find_numbers
from schemas.records import Activity, Assignment, Deadline, Funding, Target

ROLES = {"lead": "lead", "responsible": "responsible", "partner": "coordinate"}
ACTIVITY = regex.compile(r"(?P<kind>Mô hình|Tiểu dự án|Dự án)\s+\p{L}", regex.I)
KINDS = {"mô hình": "model", "tiểu dự án": "sub_project", "dự án": "project"}
COMMUNE = regex.compile(r"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn)\s+\p{Lu}[^,;|]*")
DISTRICT = regex.compile(r"\b(?:[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận)\s+\p{Lu}[^,;|]*")
ONE_YEAR = regex.compile(r"\W*(?:năm )?(?P<year>20\d\d)\W*", regex.I)
CONFIDENCE = 0.85
LOOSE_MATCH = 0.6


def table_funding(plan: Plan) -> list[Funding]:
    """The amounts of all tables: a row's first amount is a part of the table's total, its others are parts of the first."""
    rows: list[Funding] = []
    for table in plan.tables:
        found = [(row, amounts_of(plan, row)) for row in table.rows]
        found = [(row, amounts) for row, amounts in found if amounts]
        total = next((amount_row(plan, row, *amounts[0], "total", None) for row, amounts in found if row.total), None)
        for row, amounts in found:
            first = total if row.total else amount_row(plan, row, *amounts[0], "component", total)
            rows.append(first)
            rows += [amount_row(plan, row, column, cell, value, "component", first) for column, cell, value in amounts[1:]]
    return rows


def amounts_of(plan: Plan, row: Row) -> list[tuple[Column, Cell, int]]:
    """The money cells of a row that hold one plain number above nought, in đồng."""
    found = []
    for column, cell in row.of("amount"):
        value = number_in(plan, cell)
        if value and column.unit:
            found.append((column, cell, round(value * column.unit)))
    return found


def number_in(plan: Plan, cell: Cell) -> float | None:
    """The number that fills a cell."""
    numbers = find_numbers(plan.text, cell.start, cell.end)
    if len(numbers) != 1 or numbers[0].ambiguous or plan.text[numbers[0].end : cell.end].strip(" .;"):
        return None
    return numbers[0].value


def amount_row(plan: Plan, row: Row, column: Column, cell: Cell, value: int, kind: str, parent: Funding | None) -> Funding:
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
                    **plan.fact(row.start, row.end, f"table_{column.kind}", CONFIDENCE if agency.code else CONFIDENCE - 0.2),
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
        if (deadline := time_of_cell(plan, frame, (cell.start, cell.end), (row.start, row.end), name_of(plan, row)))
    ]


def table_targets(plan: Plan) -> list[Target]:
    """What the rows are to deliver: a count with its unit in a quantity column, or a figure under a year."""
    rows: list[Target] = []
    for table in plan.tables:
        for row in table.rows:
            if not row.total:
                rows += quantities_of(plan, table, row)
    return rows


def quantities_of(plan: Plan, table: Table, row: Row) -> list[Target]:
    """The targets of one row."""
    unit_cell = next((c for _, c in row.of("measure_unit")), None)
    found = []
    for column, cell in row.of("quantity", "year"):
        measures = find_measures(plan.text, cell.start, cell.end)
        if len(measures) == 1 and measures[0].unit != "vnd":
            found.append(target_row(plan, row, column, cell, measures[0]))
        elif unit_cell is not None and (value := number_in(plan, cell)) is not None:
            unit = plan.text[unit_cell.start : unit_cell.end].strip()
            if (measured := measure_in_words(value, unit)) is not None:
                found.append(target_row(plan, row, column, cell, measured))
    return found


def measure_in_words(value: float, unit: str):
    """The measure that a bare number and the unit of its row make."""
    measures = find_measures(f"{value:g} {unit}".replace(".", ","))
    return measures[0] if len(measures) == 1 and measures[0].unit != "vnd" else None


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
            match = ACTIVITY.match(plan.text, name.start, name.end) if name else None
            if match:
                rows.append(activity_row(plan, row, name, KINDS[match["kind"].lower()]))
    return rows


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
