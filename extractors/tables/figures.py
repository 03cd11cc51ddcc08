"""What the figures in a table's cells say: how they bind, their unit, and which row and time they are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import regex

from extractors.context import Plan
from extractors.cues import cues
from extractors.tables.heads import BRACKET, FIGURE, MISSING, SPLIT, YEAR, Cell, Column, own_words, scale_of
from extractors.tables.tables import Row, Table
from extractors.values import comparators
from extractors.values.measures import find_measures
from extractors.values.numbers import Number, find_numbers
from extractors.values.rules import cell_forms
from extractors.values.units import normal, unit_at, unit_code

CUES = cues("table_cues.yaml")
SCHOOL_YEAR = cues("table_schedule_cues.yaml").naming("school_year", "year")
PART_CUES = cues("table_part_cues.yaml")
TRADE = PART_CUES["trade_caption"]
CAPTION_YEAR = CUES.naming("caption_year", "year")
COUNTED_NAME = CUES.naming("counted_name", "unit")
BOUND_NAME = CUES.naming("bound_name", "bound")
BOUND_HEAD = CUES.naming("bound_head", "bound")
OPENINGS = (
    ("cell_level", "reach"),
    ("cell_aim", None),
    ("cell_increase", "increase"),
    ("cell_decrease", "decrease"),
)
"""The words that may open a cell of a figure, and the direction that they tell."""
ONE_YEAR = CUES.naming("one_year", "year")
IN_BRACKETS = CUES.naming("unit_in_brackets", "unit")
MONTH = regex.compile(r"\W*(?:\d{1,2}[./-]){1,2}20\d\d\W*")
"""A month or day, which is no decimal (12.2024)."""
UNREAD = regex.compile(rf"\s*(?:[-−–+]\s?(?=\d))?{FIGURE.pattern}(?:\([^()]{{1,40}}\)\W*)?", regex.I)
"""What looks like a figure, with a sign or a remark in brackets (`12 (lũy kế 30)`)."""
PER_YEAR = CUES["per_year"]
MAX_UNIT = 40
MAX_LABEL = 60
SIGNS = {">=": "ge", "=>": "ge", "<=": "le", "=<": "le"}
SIGN = regex.compile(r"\s*(?P<sign>[<>]=|=[<>])\s*$")
BETWEEN = CUES["between_bounds"]
LEFT_OPEN = regex.compile(r"[\s.;,*()]*")
FEWEST_WORDS = 2
TIMES = ("time", "row_year")
AIMS = ("year", "whole", "aim")
MONEY = ("vnd", "usd")
RATES = ("percent", "percentage_point", "permille")
THOUSAND = 1000
TURNS = "lượt"
UNLISTED = "item"
"""What is counted in a unit that no list holds."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What fills a cell: `≥ 95`, `80 - 90`, `12 lớp`, `Giảm 1,5`. `unit` and `direction` where the cell itself tells
    them."""

    comparator: str
    value_min: float | None
    value_max: float | None
    unit: str | None = None
    rate_period: str | None = None
    direction: str | None = None


def figure_in(plan: Plan, cell: Cell) -> Figure | None:
    """The one figure that fills a cell, with the change that its first words tell; None where words of another kind
    stand beside it."""
    for cue, direction in OPENINGS:
        opening = CUES[cue].match(plan.text, cell.start, cell.end)
        if opening:
            figure = figure_alone(plan, Cell(opening.end(), cell.end))
            return replace(figure, direction=direction) if figure else None
    return figure_alone(plan, cell)


def figure_alone(plan: Plan, cell: Cell) -> Figure | None:
    """The one figure that fills what is left of a cell behind the words for a change."""
    if MISSING.fullmatch(plan.text, cell.start, cell.end) or MONTH.fullmatch(plan.text, cell.start, cell.end):
        return None
    numbers = find_numbers(plan.text, cell.start, cell.end)
    measures = find_measures(plan.text, cell.start, cell.end)
    if len(measures) == 1 and len(numbers) <= 2 and is_blank(plan.text, cell.start, measures[0].start):
        m = measures[0]
        if SIGN.search(plan.text, cell.start, m.number_start):
            return signed(plan, cell, m.number_start, m.value, m.unit)
        return Figure(m.comparator, m.value_min, m.value_max, m.unit, m.rate_period)
    if len(numbers) == 2:
        return range_in(plan, cell, *numbers)
    return number_in_cell(plan, cell, numbers[0]) if len(numbers) == 1 else None


def is_blank(text: str, start: int, end: int) -> bool:
    """Whether nothing but marks stands between two places."""
    return LEFT_OPEN.fullmatch(text, start, end) is not None or SIGN.search(text, start, end) is not None


def number_in_cell(plan: Plan, cell: Cell, number: Number) -> Figure | None:
    """A number without a unit, with the comparator before or after it."""
    before = comparators.before(plan.text, number.start, cell.start)
    closed = closes(plan.text, number.end, cell.end)
    if SIGN.search(plan.text, cell.start, number.start):
        return signed(plan, cell, number.start, number.value, None) if closed else None
    begin = before.start if before else number.start
    if number.ambiguous or number.parts or not is_blank(plan.text, cell.start, begin):
        return None
    after = comparators.after(plan.text, number.end, loose=False)
    after = after if after and after.end <= cell.end else None
    if not closes(plan.text, after.end if after else number.end, cell.end):
        return None
    return bound((after or before).code if after or before else "eq", number.value, None)


def closes(text: str, start: int, end: int) -> bool:
    """Whether a cell ends at `start`, but for marks."""
    return LEFT_OPEN.fullmatch(text, start, end) is not None


def signed(plan: Plan, cell: Cell, number_start: int, value: float | None, unit: str | None) -> Figure | None:
    """A number behind a sign of two characters (`>= 95`)."""
    sign = SIGN.search(plan.text, cell.start, number_start)
    return None if sign is None or value is None else bound(SIGNS[sign["sign"]], value, unit)


def bound(code: str, value: float, unit: str | None) -> Figure:
    """A figure that one number and its comparator make."""
    return Figure(code, None if code in ("le", "lt") else value, None if code in ("ge", "gt") else value, unit)


def range_in(plan: Plan, cell: Cell, low: Number, high: Number) -> Figure | None:
    """`80 - 90`: a range that fills the cell."""
    filled = is_blank(plan.text, cell.start, low.start) and closes(plan.text, high.end, cell.end)
    if not filled or not BETWEEN.fullmatch(plan.text, low.end, high.start) or low.value >= high.value:
        return None
    return Figure("range", low.value, high.value)


def holds_unread_figure(plan: Plan, cell: Cell) -> bool:
    """Whether a cell holds a figure, perhaps with its sign and unit, of which the value is not told (`1,200`, `4/10`);
    no day or month."""
    if not UNREAD.fullmatch(plan.text, cell.start, cell.end) or MONTH.fullmatch(plan.text, cell.start, cell.end):
        return False
    return figure_in(plan, cell) is None


def bounded(figure: Figure, name: str, column: Column) -> Figure:
    """The figure as the words before it bind it: those that close the name of its row (`Tỷ lệ hộ nghèo còn dưới`) or
    stand in the head of its aims (`Chỉ tiêu tối thiểu`). What the cell itself says goes first."""
    if figure.comparator != "eq" or figure.value_min is None:
        return figure
    closing = BOUND_NAME.search(name) or (BOUND_HEAD.search(column.head) if column.kind in AIMS else None)
    said = closing["bound"] if closing else ""
    word = comparators.before(said, len(said)) or comparators.after(said, 0, loose=False)
    if word is None:
        return figure
    made = bound(word.code, figure.value_min, figure.unit)
    return replace(made, rate_period=figure.rate_period, direction=figure.direction)


# --- units -----------------------------------------------------------------------------------------------------------


class Unit(NamedTuple):
    """The unit of a bare figure, what one stands for, and the time in which it holds (`triệu đồng/người/năm`)."""

    code: str | None
    scale: float = 1.0
    rate_period: str | None = None


def unit_of(plan: Plan, table: Table, row: Row, column: Column) -> Unit | None:
    """The unit of a bare figure and what one stands for (`1.000 ha`): by the unit column of its row, the head of its
    column, the name of the row, the caption; None where none of them tells it."""
    cell = next((c for _, c in row.of("measure_unit")), None)
    if cell is not None:
        said = plan.text[cell.start : cell.end].strip()
        return turns_of(name_of(plan, row) or "", said) or unit_told(said)
    if column.kind == "amount":
        return Unit("vnd", column.unit) if column.unit else None
    name = name_of(plan, row) or subject_of(table) or ""
    over = [plan.text[c.start : c.end].strip() for c in reversed(column.over)]
    for words in (column.head, *over, name):
        stated = IN_BRACKETS.search(words)
        if stated and (words is column.head or unit_code(stated["unit"]) or is_money(stated["unit"])):
            return unit_told(stated["unit"])
    if CUES["rate_name"].search(name) or CUES["rate_name"].search(column.head):
        return Unit("percent")
    if stated := table.caption.counted or table.caption.foreign:
        return unit_told(stated)
    for words in (column.head, name):
        counted = COUNTED_NAME.search(words)
        if counted:
            unit = unit_at(counted["unit"], 0)
            return Unit(unit.code if unit else UNLISTED)
    return unit_of_parts(table) if column.kind == "whole" else unit_of_whole(plan, table, row, column)


def unit_of_whole(plan: Plan, table: Table, row: Row, column: Column) -> Unit | None:
    """The unit of the one total of which a column is a part by the words over it (`Tổng số nhà | Chia theo năm`)."""
    if not column.over or not SPLIT.search(column.head):
        return None
    wholes = [c for c in table.columns if not c.over and CUES["counted_whole"].search(c.head)]
    return unit_of(plan, table, row, wholes[0]) if len(wholes) == 1 else None


def unit_of_parts(table: Table) -> Unit | None:
    """The unit that all heads of years and quantities state alike in brackets, and so that of their whole."""
    heads = (IN_BRACKETS.search(c.head) for c in table.columns if c.kind in ("year", "quantity"))
    stated = {bracket["unit"] for bracket in heads if bracket}
    return unit_told(stated.pop()) if len(stated) == 1 else None


def turns_of(name: str, unit: str) -> Unit | None:
    """Whose turns a row counts, where its unit says no more than that these are turns (`Số lượt người | Lượt`)."""
    if unit.lower() != TURNS:
        return None
    turns = (unit_at(name, m.start()) for m in regex.finditer(rf"\b{TURNS}\b", name, regex.I))
    whose = next((unit for unit in turns if unit is not None and unit.text.lower() != TURNS), None)
    return Unit(whose.code) if whose else None


def unit_told(words: str) -> Unit | None:
    """The unit that a cell or bracket spells, of counts or of money; a currency that no code fits has only a scale."""
    spelled = in_lower_case(words.strip())
    counted = coded(spelled)
    if counted is None:
        money = money_unit(spelled)
        return money._replace(code=None) if money and CUES["uncoded_money"].search(spelled) else money
    return Unit(*counted, "year" if PER_YEAR.search(words) else None)


def in_lower_case(unit: str) -> str:
    """A unit that opens a cell (`Triệu USD`) as it stands behind a number: with a capital before another it would be
    taken for a name."""
    return unit[:1].lower() + unit[1:] if unit[1:2].islower() else unit


@lru_cache(maxsize=512)
def money_unit(words: str) -> Unit | None:
    """What one stands for under a unit of money (`triệu đồng/người/năm`, `1.000 đồng`, `triệu USD`)."""
    if len(words) > MAX_UNIT:
        return None
    told = [(words, 1)] if words[:1].isdigit() else [(f"1 {words}", 1), (f"{THOUSAND} {words}", THOUSAND)]
    for said, number in told:
        measure = next(iter(find_measures(said)), None)
        if measure and measure.unit in MONEY and measure.value_min:
            return Unit(measure.unit, measure.value_min / number, measure.rate_period)
    return None


def is_income(name: str, table: Table, column: Column | None = None) -> bool:
    """Whether what a row measures is money that is an aim and no funding (`Doanh thu bình quân của một HTX`), or what a
    column under a year does (`Giá trị xuất khẩu`), or all of a table of revenues."""
    under = column is not None and bool(column.part) and CUES["value_head"].fullmatch(column.part) is not None
    return under or tells_revenue(table) or CUES["income_name"].search(name) is not None


def tells_revenue(table: Table) -> bool:
    """Whether the caption of a table says that it tells what a budget takes in, or what is traded and produced."""
    said = table.caption.words
    return CUES["revenue_caption"].search(said) is not None or TRADE.search(said) is not None


@lru_cache(maxsize=512)
def coded(words: str) -> tuple[str | None, float] | None:
    """The code of a unit as a cell or bracket spells it (None for a measure that no code fits), and its scale (`1.000
    ha`, `nghìn con`); None for money."""
    said = in_lower_case(words.strip())
    if len(said) > MAX_UNIT or not said or is_money(said):
        return None
    counted = said if said[0].isdigit() else f"1 {said}"
    number = next(iter(find_numbers(counted)), None)
    unit = counted[number.end :].strip() if number else said
    scale = number.value if number else 1.0
    for form in (normal(unit), normal(unit.partition("/")[0])):
        if form in cell_forms():
            return cell_forms()[form], scale
    found = unit_at(unit, 0)
    code = "percent" if unit == "%" else unit_code(unit) or (found.code if found else None)
    per = unit[found.end :] if found else unit
    if not unit or code in ("vnd", "usd") or (any(c.isdigit() for c in per) and unit_code(unit) is None):
        return None
    return code or UNLISTED, scale


def is_money(unit: str) -> bool:
    """Whether a unit is money, however it is shortened (`tr.đ`)."""
    return scale_of(unit, None) is not None or any(CUES[cue].search(unit) for cue in ("money", "foreign_money"))


# --- what is measured ------------------------------------------------------------------------------------------------


def subject_of(table: Table) -> str | None:
    """What the caption says that a table measures."""
    words = PART_CUES["caption_number"].sub("", CUES["caption_mark"].sub("", table.caption.words))
    return BRACKET.sub("", words).strip(" :;.-+") or None


def measured_by(column: Column) -> str | None:
    """What the head of a column itself says that it measures (`Chỉ tiêu bao phủ năm 2023 (%)`); None where it names no
    more than aims, years and units."""
    head = " ".join(SPLIT.sub(" ", BRACKET.sub(" ", column.head)).split())
    return head if len(own_words(column)) >= FEWEST_WORDS else None


def counted_by(column: Column) -> str | None:
    """What the head of a column counts, however short (`Số hộ`); None where it says nothing of its own."""
    return " ".join(BRACKET.sub(" ", column.head).split()) if own_words(column) else None


# --- rows ------------------------------------------------------------------------------------------------------------


def name_of(plan: Plan, row: Row) -> str | None:
    """What a row is about."""
    return next((plan.text[c.start : c.end].strip() for _, c in row.of("name")), None)


def labels_of(plan: Plan, table: Table) -> dict[int, str]:
    """What each row is about, by where it starts: all of its short labels (`Lợn - Tai xanh`), or else its first. A
    first label holds for the rows below that leave it out (merged cells)."""
    columns = [c for c in table.columns if c.kind == "name"]
    found: dict[int, str] = {}
    last = None
    for row in table.rows:
        said = {column: plan.text[cell.start : cell.end].strip() for column, cell in row.of("name")}
        if not said or row.total:
            continue
        last = said.get(columns[0], last)
        labels = list(said.values()) if columns[0] in said or last is None else [last, *said.values()]
        short = all(len(s) <= MAX_LABEL for s in labels)
        found[row.start] = " - ".join(labels) if short else next(iter(said.values()))
    return found


def year_of(plan: Plan, row: Row) -> int | None:
    """The one year that a row's time cell gives."""
    years = [int(m["year"]) for _, c in row.of(*TIMES) if (m := ONE_YEAR.fullmatch(plan.text[c.start : c.end]))]
    return years[0] if len(years) == 1 else None


def last_year(plan: Plan, row: Row) -> int | None:
    """The last year that a row's time cell names (of `Tháng 9/2026` the year 2026)."""
    return max((int(y) for _, c in row.of(*TIMES) for y in YEAR.findall(plan.text[c.start : c.end])), default=None)


def year_of_table(plan: Plan, table: Table) -> int | None:
    """The year of the figures in a table, where row and column have none: in a table with columns of places that of
    the count of all together, else the one that a caption names which plans them."""
    by_place = any(c.place for c in table.columns)
    years = {c.last_year for c in table.columns if by_place and c.kind in AIMS and c.last_year}
    if not years and (by_place or not CUES["past_caption"].search(table.caption.words)):
        said = table.caption.words
        told = {int(m["year"]) for m in (*CAPTION_YEAR.finditer(said), *SCHOOL_YEAR.finditer(said))}
        years = told if by_place else {year for year in told if year >= first_year(plan)}
    return years.pop() if len(years) == 1 else None


def year_of_part(plan: Plan, table: Table, column: Column) -> int | None:
    """The year of which a column of one quarter or month is a part: by its head, by the caption where that names one
    year to come, or that of a plan of one year."""
    if column.year:
        return column.year
    told = {int(match["year"]) for match in CAPTION_YEAR.finditer(table.caption.words)}
    if told:
        return told.pop() if len(told) == 1 else None
    return plan.meta.period_end if plan.meta.period_start == plan.meta.period_end else None


def first_year(plan: Plan) -> int:
    """The year before which everything is past."""
    return plan.first_year or 0


def is_beside_levels(plan: Plan, row: Row, column: Column) -> bool:
    """Whether the head of a column says that it tells percents (`Giai đoạn 2021 - 2025 (%)`) of a row whose own unit is
    another (`tấn`): shares or paces, and no level of what the row measures."""
    if PART_CUES["in_percent"].search(column.head) is None:
        return False
    units = (coded(plan.text[cell.start : cell.end].strip()) for _, cell in row.of("measure_unit"))
    return any(unit is None or unit[0] not in RATES for unit in units)


def is_past(plan: Plan, column: Column) -> bool:
    """Whether a column tells what a past year brought."""
    return (column.last_year or first_year(plan)) < first_year(plan)


def plans_works(plan: Plan, said: Sequence[str]) -> bool:
    """Whether the words over a table of places or its heads `said` say that its counts are works to be done, or how
    much there is of works in a plan for such."""
    if any(PART_CUES["works_caption"].search(s) or PART_CUES["works_head"].search(s) for s in said):
        return True
    named = any(PART_CUES["works_named"].search(s) for s in said)
    return named and PART_CUES["works_plan"].search(plan.meta.title or "") is not None


def may_have_run(plan: Plan, table: Table, column: Column) -> bool:
    """Whether a column may tell what its year has brought, though the plan is for that year, too: the first of several
    years, over or nearly so when the plan was issued, of which no word says that it is planned."""
    years = [c for c in table.columns if c.kind == "year" and c.last_year]
    if column.kind != "year" or not column.year or is_past(plan, column) or not plan.begun.may_have_run(column.year):
        return False
    later = any(c.last_year > column.year for c in years)
    return later and not CUES["planned_head"].search(column.head)
