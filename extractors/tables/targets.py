"""The targets of tables: figures under years, quantities and aims, by indicator, group or place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.context import Plan
from extractors.cues import cues
from extractors.language.indicators import indicator_in
from extractors.spans import sentences
from extractors.tables.baselines import baseline
from extractors.tables.decimals import figure_of_row, is_doubtful
from extractors.tables.figures import (
    CAPTION_YEAR,
    FEWEST_WORDS,
    MONEY,
    RATES,
    UNLISTED,
    Figure,
    Unit,
    bounded,
    coded,
    counted_by,
    figure_in,
    first_year,
    holds_unread_figure,
    is_beside_levels,
    is_income,
    is_past,
    labels_of,
    last_year,
    may_have_run,
    measured_by,
    name_of,
    plans_works,
    subject_of,
    unit_of,
    year_of,
    year_of_part,
    year_of_table,
)
from extractors.tables.groups import group_over, groups_of, names_area, told_of
from extractors.tables.heads import COLUMNS, FIGURE, LETTERS, Cell, Column, stands_beside
from extractors.tables.money import rank_of, row_is_past
from extractors.tables.settling import may_be_either
from extractors.tables.subtotals import grand_total, hold, subtotals
from extractors.tables.tables import Row, Table
from extractors.targets.aims import Passage, opens_report
from extractors.targets.figures import counts_noun, free, measure_of, names_no_thing
from extractors.targets.targets import from_aim, targets_in
from extractors.values.measures import Measure, find_measures
from extractors.values.numbers import find_numbers
from extractors.year_parts import months_named
from schemas.records import Target

CUES = cues("table_cues.yaml")
PAST = cues("target_cues.yaml")
BARE_TIME = PAST["bare_time"]
FIGURES = ("year", "whole", "quantity", "aim", "year_part")
UNCOUNTED = frozenset({"vnd", "usd", "times", "percentage_point", "year", "month", "week", "day", "hour"})
DUTIES = ("lead", "responsible", "mixed", "time")
IN_WORDS = ("product", "told_aim")
"""Columns whose cells tell aims in words."""
CLAUSES = {"time": CUES["aim_in_time"], "name": CUES["aim_in_task"]}
"""Columns of which only such clauses tell aims."""
SIZES = frozenset({"vnd", "square_metre", "cubic_metre"})
"""What a product costs or how large it is, and not how many there are."""
SPREAD = ("km", "hectare")
"""What is told by its length or area, of which one is no name of a task."""
IN_CELL = Passage(aim=True, past=False, money=False, year=None, named=True)
"""How cells of words are read: each figure is one that the task is to bring, of what its row may name."""
FEWEST = 2
"""One of a thing (`01 báo cáo`) is what the task is called, not how much it brings."""
CONFIDENCE = 0.75
LOOSE_MATCH = 0.6
UNSURE = 0.15
"""Taken off the confidence of a figure of which the unit is not told."""
MAY_BE_THERE = 0.5
"""How sure a count is that may be of what there is."""


def table_targets(plan: Plan) -> list[Target]:
    """What the rows of all tables are to reach or deliver."""
    found = []
    for table in plan.tables:
        if not tells_past(plan, table):
            found += deliveries_of(plan, table)
            found += targets_of(plan, table) if states_aims(plan, table) else []
    return found


def tells_past(plan: Plan, table: Table) -> bool:
    """Whether caption or headings over a table say that it tells what was."""
    return plan.tells_past([table.caption.words, *plan.headings(table.first)])


def states_aims(plan: Plan, table: Table) -> bool:
    """Whether the figures of a table are aims: where rows or columns are places only if the caption or the heads say
    that something is aimed at, or if it counts for years to come."""
    by_place = any(c.place for c in table.columns)
    if table.has("row_year") or (table.has("name") and not by_place):
        return True
    if table.has("place") and table.caption.counts and looks_ahead(plan, table):
        return True
    said = [table.caption.words, *(c.head for c in table.columns), *plan.headings(table.first)[:2]]
    placed = by_place or table.has("place")
    return placed and (any(CUES["aim_caption"].search(s) for s in said) or plans_works(plan, said))


def looks_ahead(plan: Plan, table: Table) -> bool:
    """Whether a column is for a year after the plan was issued."""
    issued = plan.meta.issued_year or plan.meta.period_start
    return issued is not None and any(c.kind == "year" and (c.year or 0) > issued for c in table.columns)


def is_state(plan: Plan, table: Table, column: Column) -> bool:
    """Whether a figure without a year tells how things stand: where the caption names past years alone, and in rows of
    places beside counts that are dated."""
    if column.last_year:
        return False
    told = [int(match["year"]) for match in CAPTION_YEAR.finditer(table.caption.words)]
    if told and max(told) < first_year(plan):
        return True
    dated = any(c.kind in ("quantity", "aim") and c.last_year and not is_past(plan, c) for c in table.columns)
    bare = column.kind == "quantity" and not CUES["aim_caption"].search(column.head)
    return bare and dated and not table.has("name")


def targets_of(plan: Plan, table: Table) -> list[Target]:
    """The targets of one table: in a row the whole holds the years; under a total the rows are its parts."""
    found: list[Target] = []
    totals: dict[Column, Target] = {}
    heads: dict[tuple[int, Column], Target] = {}
    labels = {} if table.has(*DUTIES) else labels_of(plan, table)
    groups = groups_of(plan, table) if table.has("name") else {}
    grand = grand_total(plan.text, [(row, counts_in(plan, row)) for row in table.rows if row.total])
    sums = subtotals(table.rows, grand, lambda r: bool(counts_in(plan, r)), lambda r: rank_of(plan, table, r))
    within = {s.row.start: s for s in sums}
    for row in sorted(table.rows, key=lambda r: r is not grand):
        over = within[row.start].title if row.start in within else None
        name, scope = named(plan, table, row, name_of(plan, over) if over else labels.get(row.start))
        if name is None or is_cost(plan, table, row):
            continue
        wholes: dict[Column, Target] = {}
        for column, cell in sorted(cells_of_aims(table, row, name), key=lambda c: c[0].kind != "whole"):
            figure = figure_of_row(plan, row, cell)
            if figure is None or is_past(plan, column) or is_state(plan, table, column):
                continue
            if is_doubtful(plan, table, row, column, cell) or is_beside_levels(plan, row, column):
                continue
            told = target_of_part if column.months else target_row
            made = told(plan, table, row, column, cell, figure, name, scope)
            if made is None:
                continue
            if row.start in groups:
                made.indicator_text = f"{groups[row.start]} - {made.indicator_text}"
            stage, whole = whole_of(wholes, column)
            beside = (column.months and runs_up(plan, row)) or (stage and stage.leaves_out(column))
            holder = None if beside else whole
            made.parent_id = parent_of(made, holder, totals.get(column))
            if column.kind == "whole" and not whole:
                whole = wholes[column] = made
            if row is grand:
                totals[column] = made
            if made.parent_id is None or whole is None or whole is made:
                heads[row.start, column] = made
            found.append(made)
    for subtotal in within.values():
        hold(subtotal, heads, counted, False)
    return sorted(found, key=lambda t: t.char_start)


def whole_of(wholes: Mapping[Column, Target], column: Column) -> tuple[Column | None, Target | None]:
    """The whole of a row that holds what another column tells, under the same head where heads stand over them."""
    return next(((c, made) for c, made in wholes.items() if stands_beside(c, column)), (None, None))


def cells_of_aims(table: Table, row: Row, name: str) -> list[tuple[Column, Cell]]:
    """The cells of figures that may be aims, under years of money those of incomes, which are no funding."""
    incomes = row.of("amount") if is_income(name, table) else []
    return [*row.of(*FIGURES), *(c for c in incomes if COLUMNS["year"].search(c[0].label))]


def is_cost(plan: Plan, table: Table, row: Row) -> bool:
    """Whether a row only counts what an estimate pays for (`3 ngày` of a hall), beside its unit price: all rows of a
    table that is called an estimate (dự toán)."""
    priced = any(CUES["unit_price"].search(column.head) for column in table.columns)
    if priced and CUES["estimate_caption"].search(table.caption.words):
        return True
    units = [cell for _, cell in row.of("measure_unit")]
    return priced and any(CUES["cost_unit"].fullmatch(plan.text, c.start, c.end) for c in units)


def counted(made: Target) -> float | None:
    """How many of a thing a target is; None for rates, which have no parts."""
    return made.value_min if made.comparator == "eq" and made.unit not in RATES else None


def counts_in(plan: Plan, row: Row) -> list[float]:
    """The counts of a row, of whatever."""
    cells = [cell for _, cell in row.of(*FIGURES)]
    return [f.value_min for cell in cells if (f := figure_in(plan, cell)) and f.value_min is not None]


def deliveries_of(plan: Plan, table: Table) -> list[Target]:
    """What the tasks of a table bring: what the cells of products and of aims in words tell, counts that open them
    (`40 lớp tập huấn`), and rates and counts that the task itself names (`tại 100% bệnh viện công lập`, `Trồng 800 cây
    xanh`). Without bodies or times results may be of the past, and names are no tasks."""
    found = []
    tasks = table.has(*DUTIES)
    for row in table.rows:
        name = name_of(plan, row)
        in_words = row.of(*IN_WORDS) if tasks else row.of("told_aim")
        if name is None or row.total:
            continue
        telling = [*in_words, *(row.of(*CLAUSES) if tasks else ())]
        said = [made for column, cell in telling for made in said_in_words(plan, table, row, column, cell, name)]
        told = {(made.value_min, made.unit) for made in said}
        found += said
        for column, cell in [*in_words, *(row.of("name") if tasks else ())]:
            measure = delivered(plan, column, cell)
            if measure is None or (measure.value_min, measure.unit) in told:
                continue
            told.add((measure.value_min, measure.unit))
            figure = Figure(measure.comparator, measure.value_min, measure.value_max, measure.unit, measure.rate_period)
            words = plan.text[cell.start : cell.end].strip()
            made = target_row(plan, table, row, replace(column, head=""), cell, figure, words, None)
            found += [made] if made else []
    return found


def said_in_words(plan: Plan, table: Table, row: Row, column: Column, cell: Cell, name: str) -> list[Target]:
    """The aims that the words of a cell tell (`80% học sinh biết bơi; 02 - 03 mô hình`), read as running text; where
    they name no year, that of the row holds, and the `name` of the row up to the first that names what is measured."""
    made: list[Target] = []
    first = plan.first_year or 0
    passage = replace(IN_CELL, yearly=column.kind == "name")
    for clause in sentences(plan.text, cell.start, cell.end):
        if tells_aim(plan, column, clause) and not opens_report(plan, clause):
            told = targets_in(plan, from_aim(plan, clause), passage, made)
            made += [t for t in told if t.unit not in SIZES and not names_task(t) and (t.due_year or first) >= first]
    year = year_of(plan, row) or last_year(plan, row)
    start, end = row.quoted(cell)
    for target in made:
        if year and not target.due_year_stated:
            target.due_year, target.due_year_stated = year, True
        target.char_start, target.char_end, target.quote = start, end, plan.text[start:end]
        target.method, target.confidence = "table_product", min(target.confidence, CONFIDENCE)
    own = next((i for i, target in enumerate(made) if names_thing(target)), len(made))
    rest = (named_by_row(plan, table, row, column, cell, target, name) for target in made[:own])
    return [*(target for target in rest if target), *made[own:]]


def tells_aim(plan: Plan, column: Column, clause: tuple[int, int]) -> bool:
    """Whether a clause of a cell may tell an aim: of times those with a share, of tasks those with a count of each
    year."""
    wanted = CLAUSES.get(column.kind)
    return wanted is None or wanted.search(plan.text[slice(*clause)]) is not None


def names_thing(made: Target) -> bool:
    """Whether the words of a target are more than a figure, its unit and a time."""
    return len(LETTERS.findall(BARE_TIME.sub("", made.indicator_text))) >= FEWEST_WORDS


def named_by_row(
    plan: Plan, table: Table, row: Row, column: Column, cell: Cell, target: Target, name: str
) -> Target | None:
    """A target of a cell whose own words are but a figure and a time (`50% năm 2024`), told of what the row names."""
    moved = target.direction if target.direction != "reach" else None
    figure = Figure(target.comparator, target.value_min, target.value_max, target.unit, target.rate_period, moved)
    made = target_row(plan, table, row, replace(column, head=""), cell, figure, name, None)
    if made is not None and target.due_year_stated:
        made.due_year, made.due_year_stated = target.due_year, True
    return made


def names_task(made: Target) -> bool:
    """Whether a count of one only says what the task is called (`01 báo cáo`)."""
    counts = made.unit not in RATES and made.comparator == "eq" and not made.rate_period
    return counts and made.unit not in SPREAD and (made.value_min or 0) < FEWEST


def delivered(plan: Plan, column: Column, cell: Cell) -> Measure | None:
    """The measure of what a task brings, if one stands in this cell."""
    measures = find_measures(plan.text, cell.start, cell.end)
    if column.kind in IN_WORDS:
        counted = sorted([*measures, *unlisted_counts(plan, cell, measures)], key=lambda m: m.start)
        opening = [m for m in counted[:1] if not plan.text[cell.start : m.start].strip(" -–+•")]
        enough = (m for m in opening if (m.value or 0) >= FEWEST or m.unit in SPREAD)
        return next((m for m in enough if m.unit not in ("vnd", "usd")), None)
    rates = [m for m in measures if m.unit == "percent"]
    if len(rates) == 1 and not CUES["support"].search(plan.text, cell.start, cell.end):
        return rates[0]
    return None if rates else counted_by_task(plan, cell, measures)


def counted_by_task(plan: Plan, cell: Cell, measures: list[Measure]) -> Measure | None:
    """The count that a task opens with (`Trồng 800 cây xanh`): right behind its verb stand a number and what it
    counts."""
    first = min([*measures, *unlisted_counts(plan, cell, measures)], key=lambda m: m.start, default=None)
    if first is None or first.unit in UNCOUNTED or (first.value_min or first.value_max or 0) < FEWEST:
        return None
    opens = CUES["task_opening"].fullmatch(plan.text, cell.start, first.start)
    return first if opens and not names_no_thing(plan.text, first.number_end, cell.end) else None


def unlisted_counts(plan: Plan, cell: Cell, measures: list[Measure]) -> list[Measure]:
    """The counts of a cell whose unit no list holds (`26 hồ chứa`)."""
    return [
        measure_of(plan.text, cell.start, number, UNLISTED)
        for number in free(find_numbers(plan.text, cell.start, cell.end), measures)
        if number.kind == "integer" and not number.ambiguous and counts_noun(plan.text, number, cell.end)
    ]


def unread_figures(plan: Plan, table: Table) -> list[Cell]:
    """The cells under years, quantities and aims that hold figures which are not told; none of tables that give no
    targets."""
    if tells_past(plan, table):
        return []
    cells = [(row, column, cell) for row in table.rows for column, cell in row.of(*FIGURES)]
    return [
        cell
        for row, column, cell in (cells if states_aims(plan, table) else ())
        if not is_past(plan, column) and not is_state(plan, table, column)
        if may_be_either(plan.text, column, cell) or is_unread(plan, table, row, column, cell)
    ]


def is_unread(plan: Plan, table: Table, row: Row, column: Column, cell: Cell) -> bool:
    """Whether a cell holds a figure that is not told: in a row of money one that is neither an income nor funding."""
    name = name_of(plan, row)
    doubtful = is_doubtful(plan, table, row, column, cell)
    if name is None:
        return bool(row.total or row.of("place")) and (doubtful or holds_unread_figure(plan, cell))
    if measures_money(plan, row) and not is_income(name, table):
        return column.kind != "amount" and FIGURE.fullmatch(plan.text, cell.start, cell.end) is not None
    figure = figure_of_row(plan, row, cell)
    if doubtful or (column.months and figure and not year_of_part(plan, table, column)):
        return True
    return holds_unread_figure(plan, cell) if figure is None else direction_told(row, name, None, figure) is None


def measures_money(plan: Plan, row: Row) -> bool:
    """Whether the unit of a row is money, or no unit of counts."""
    return any(coded(plan.text[c.start : c.end].strip()) is None for _, c in row.of("measure_unit"))


def parent_of(made: Target, whole: Target | None, total: Target | None) -> str | None:
    """The target that holds another: the whole of its row, else the total of its column. Rates have no parts."""
    holder = whole or total
    return holder.target_id if holder and counted(made) is not None and holder.unit == made.unit else None


def named(plan: Plan, table: Table, row: Row, label: str | None) -> tuple[str | None, str | None]:
    """What a row measures (its `label`), and of which place: where the rows are places the caption tells what
    is measured. Totals are of all places together."""
    name = label or name_of(plan, row)
    if table.has("row_year") and not table.has("name", "place"):
        return (None if row_is_past(plan, row) else subject_of(table) or ""), None
    place = next((plan.text[c.start : c.end].strip() for _, c in row.of("place")), None)
    if row.total:
        return label or subject_of(table), None
    if table.has("name"):
        return name, None
    return (subject_of(table), place) if place else (None, None)


def target_row(
    plan: Plan, table: Table, row: Row, column: Column, cell: Cell, figure: Figure, name: str, scope: str | None
) -> Target | None:
    """One target of a table; None for money but incomes, and for a figure without a unit in a column that does not say
    what it counts."""
    told = Unit(figure.unit) if figure.unit else unit_of(plan, table, row, column)
    if told is None and row.of("measure_unit"):
        return None  # what no unit is
    unit, scale, period = told or Unit(None if column.kind == "aim" or tells_scores(table) else UNLISTED)
    if unit in MONEY and not is_income(name, table, column):
        return None
    measured = measured_by(column) if row.of("name", "place") else counted_by(column) or measured_by(column)
    if not name and not measured:
        return None
    if not measured and not row.of("name") and counted_by(column):
        name = f"{name} - {counted_by(column)}"
    direction = direction_told(row, name, measured, figure)
    if direction is None:
        return None
    figure = bounded(figure, name, column)
    moved = measured if measured and direction_of(measured) == direction else name
    if unit == "percent" and direction != "reach" and CUES["rate_word"].search(moved):
        unit = "percentage_point"
    year = column.last_year or year_of(plan, row) or last_year(plan, row)
    year = year or year_of_table(plan, table)
    score = unit is None and tells_scores(table)  # of an index, which is none of the things that its name speaks of
    said = told_of(row, name, column, measured)
    group = group_over(table, column) if row.of("name") else None
    area = group if group and names_area(table, group) else None
    code = None if score else indicator_in(f"{name} {column.head}", name, unit, direction, plan.meta.topic)
    return Target(
        target_id=plan.new_id("targets", cell.start, cell.end),
        indicator_text=f"{said} - {group}" if group and not area else said,
        indicator_code=code[0] if code and code[1] > LOOSE_MATCH else None,
        direction=direction,
        comparator=figure.comparator,
        value_min=scaled(figure.value_min, scale),
        value_max=scaled(figure.value_max, scale),
        unit=unit,
        rate_period=figure.rate_period or period or ("year" if CUES["yearly_name"].search(name) else None),
        scope=column.place or area or scope,
        due_year=year or plan.meta.period_end,
        due_year_stated=year is not None,
        **baseline(plan, table, row, column, Unit(unit, scale)),
        **plan.fact(*row.quoted(cell), "table_quantity", sureness(plan, table, column, told is not None)),
    )


def tells_scores(table: Table) -> bool:
    """Whether the rows of a table are indices, whose scores and ranks count nothing."""
    return any(c.kind == "name" and CUES["index_head"].match(c.head) for c in table.columns)


def sureness(plan: Plan, table: Table, column: Column, told: bool) -> float:
    """How sure a figure is of which the unit is `told` or not: less of a year that was nearly over when the plan was
    issued, and in a table of means, which may tell what there is (`Phương tiện ứng phó`), where neither what stands
    over it nor a head says that they are to be got."""
    sure = CONFIDENCE if told else CONFIDENCE - UNSURE
    said = [table.caption.words, *(column.head for column in table.columns)]
    means = CUES["means_caption"].search(table.caption.words) and not any(map(CUES["gets_means"].search, said))
    return min(sure, MAY_BE_THERE) if means or may_have_run(plan, table, column) else sure


def target_of_part(
    plan: Plan, table: Table, row: Row, column: Column, cell: Cell, figure: Figure, name: str, scope: str | None
) -> Target | None:
    """What is to be had in one quarter or month, which its name tells, lest it be taken for the year's aim; nor is it
    one of the indicators that plans are compared by. None where unit or year are not told."""
    year = year_of_part(plan, table, column)
    if year is None or not (figure.unit or unit_of(plan, table, row, column)):
        return None
    part = column.label if months_named(column.label) else column.head
    made = target_row(plan, table, row, column, cell, figure, f"{name} - {part}", scope)
    if made is not None:
        made.indicator_code = None
        told = column.year or CAPTION_YEAR.search(table.caption.words)
        made.due_year, made.due_year_stated = year, bool(told)
    return made


def runs_up(plan: Plan, row: Row) -> bool:
    """Whether the parts of a year in a row run up to its whole (`2 | 5 | 9 | 12` of `12`) and do not add up to it."""
    parts = [f.value_min for _, cell in row.of("year_part") if (f := figure_in(plan, cell))]
    wholes = [f.value_min for _, cell in row.of("whole") if (f := figure_in(plan, cell))]
    return len(parts) > 1 and parts[-1:] == wholes[:1]


def direction_told(row: Row, name: str, measured: str | None, figure: Figure) -> str | None:
    """Whether a figure is a level or a change: by the words of its own cell, else by what it measures. None where a
    sign below nought stands at a pace, which may itself be below nought."""
    direction = direction_of(name)
    if measured and (not row.of("name") or direction == "reach"):
        direction = direction_of(measured)
    if figure.direction is None:
        return direction
    if CUES["pace_name"].search(name):
        return None if figure.direction == "decrease" else direction
    return figure.direction


def direction_of(name: str) -> str:
    """Whether an indicator is a level to reach or a change by so much."""
    if CUES["level_name"].search(name):
        return "reach"
    if CUES["decrease_name"].search(name):
        return "decrease"
    return "increase" if CUES["increase_name"].search(name) else "reach"


def scaled(value: float | None, scale: float) -> float | None:
    """A value in whole units."""
    return None if value is None else value * scale
