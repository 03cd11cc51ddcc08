"""The money of tables as a tree: totals, groups, rows and their parts, by source and year."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.components import component_of, components_of_rows
from extractors.context import Plan
from extractors.cues import cues
from extractors.funding.terms import expenditure_type, level_budget, payer, source_code
from extractors.tables.figures import first_year, is_past, last_year, name_of, tells_revenue, year_of
from extractors.tables.heads import COLUMNS, MISSING, Cell, Column
from extractors.tables.settling import may_be_either
from extractors.tables.subtotals import grand_total, hold, subtotals
from extractors.tables.tables import Row, Table
from extractors.values.money import find_amounts
from extractors.values.numbers import Number, find_numbers
from schemas.records import Funding

CUES = cues("table_cues.yaml")
PARTS = cues("table_part_cues.yaml")
BUDGET_YEAR = CUES.naming("caption_budget_year", "year")
GENERAL = frozenset({"state_budget", "local_budget", "other"})
MOST_MONEY = 10**17
"""No plan of a province spends more đồng; a larger figure is a slip."""
MUCH_MONEY = 10**14
"""Beyond, the figure is more likely in đồng under a head of millions than right."""
LEAST_SCALE = 10**3
"""Of numbers that a cell spells with their scale (`1,5 tỷ`), those from thousands on are đồng."""
CONFIDENCE = 0.85
DOUBT = 0.25
"""Taken off where row and column name two sources, and for sums that hardly can be."""
RANKS = (
    (regex.compile(r"\W*[A-ZĐ]\W*"), 1),
    (regex.compile(r"\W*[IVX]{1,5}\W*"), 2),
    (regex.compile(r"\W*\d{1,3}\W*"), 3),
    (regex.compile(r"\W*\d{1,3}(?:\.\d{1,3})+\W*"), 4),
    (regex.compile(r"\W*[a-zđ]\W*"), 5),
    (regex.compile(r"[-–]"), 7),
    (regex.compile(r"[+*•]"), 8),
)
"""How deep a row stands, by its running number. `I` and `V` are Roman."""
OF_SOURCE, UNNUMBERED, PART = 6, 9, 10
EMPTY = (MISSING, CUES["mark"])
DIGIT = regex.compile(r"\d")
BULLET = regex.compile(r"\s*(?P<mark>[-–+*•])\s*")
OPENS_SOURCE = CUES["opens_source"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A money cell: its column and what it holds in đồng."""

    column: Column
    cell: Cell
    value: int


def table_funding(plan: Plan) -> list[Funding]:
    """The amounts of all tables that plan money; those of passages about the past are spent, and revenues pay for
    nothing."""
    return [
        funding
        for table in plan.tables
        if not tells_revenue(table)
        if not plan.tells_past([table.caption.words, *plan.headings(table.first)])
        for funding in funding_of(plan, table)
    ]


def funding_of(plan: Plan, table: Table) -> list[Funding]:
    """The amounts of a table as a tree: the total holds the groups (I, II, A), a group its rows (1, 2), these their
    sources, and in a row the column of the whole (`Tổng`, or the only one) holds the others. Columns without a whole
    are held by the same column of the row above them, and rows by the sum under them (`Cộng`)."""
    found = [(row, amounts) for row in table.rows if (amounts := amounts_of(plan, row))]
    cost = cost_column(table)
    whole, held_by = whole_column(plan, table, cost), upper_sums(table)
    total = grand_total(plan.text, [(row, [a.value for a in amounts]) for row, amounts in found])
    complete = table.complete and not any(unread(plan, row) for row in table.rows)
    with_past = holds_past(plan, table)
    holders = Holders()
    rows: list[Funding] = []
    heads: dict[tuple[int, Column], Funding] = {}
    for row, amounts in sorted(found, key=lambda f: f[0] is not total):
        rank = 0 if row is total else rank_of(plan, table, row)
        holders.open(rank)
        first = None
        in_row: dict[Column, Funding] = {}
        for amount in sorted(amounts, key=lambda a: (a.column is not whole, a.column in held_by)):
            apart = amount.column is cost
            beside = None if apart else in_row.get(held_by.get(amount.column)) or first
            parent = beside or (holders.of(amount.column, rank) if complete else None)
            top = row is total and beside is None and not amount.column.months and not apart
            kind = "total" if top else "component"
            made = in_row[amount.column] = amount_row(plan, table, row, amount, kind, None if top else parent)
            if apart:
                made.year = None
            if first is None or apart:
                holders.note(amount.column, rank, made)
                heads[row.start, amount.column] = made
            if amount.column is whole and not with_past:
                first = made
            rows.append(made)
    hold_by_subtotals(plan, table, total, heads, complete)
    tell_components(plan, table, rows)
    return rows


def tell_components(plan: Plan, table: Table, rows: list[Funding]) -> None:
    """The project or sub-project of each amount: by the rows of the table, else by the headings over it."""
    named = [(r.start, rank_of(plan, table, r), name_of(plan, r) or "") for r in table.rows if not r.total]
    components = components_of_rows(sorted(named))
    over = component_of(plan, table.first.section, table.first.start)
    totals = {r.start for r in table.rows if r.total}
    for row in rows:
        row.component = over if row.char_start in totals else components.get(row.char_start, over)


def hold_by_subtotals(
    plan: Plan, table: Table, total: Row | None, heads: dict[tuple[int, Column], Funding], complete: bool
) -> None:
    """Put the amounts over a sum within the table (`Cộng`) under it, and the sum under the grand total."""
    with_money = {start for start, _ in heads}
    for subtotal in subtotals(
        table.rows, total, lambda row: row.start in with_money, lambda row: rank_of(plan, table, row)
    ):
        for column in hold(subtotal, heads, lambda fact: fact.amount_vnd, complete):
            made = heads[subtotal.row.start, column]
            over = heads.get((total.start, column)) if total and complete else None
            made.parent_id = over.funding_id if over else None
            made.purpose = made.purpose or (name_of(plan, subtotal.title) if subtotal.title else None)


class Holders:
    """The amounts that may hold those below them, by column and rank."""

    def __init__(self) -> None:
        self.by_rank: dict[int, dict[Column, Funding]] = {}

    def open(self, rank: int) -> None:
        """A row of this rank ends those as deep and deeper."""
        for deeper in [r for r in self.by_rank if r >= rank]:
            del self.by_rank[deeper]

    def note(self, column: Column, rank: int, row: Funding) -> None:
        """Remember an amount for the rows below it."""
        if rank != UNNUMBERED:
            self.by_rank.setdefault(rank, {})[column] = row

    def of(self, column: Column, rank: int) -> Funding | None:
        """The amount that holds one of this column and rank: that of the nearest row above. What a row without a number
        belongs to among numbered rows is not told."""
        if rank == UNNUMBERED:
            return None
        above = max((r for r in self.by_rank if r < rank), default=None)
        return None if above is None else self.by_rank[above].get(column)


def rank_of(plan: Plan, table: Table, row: Row) -> int:
    """How deep a row stands: by its running number, its bullet, or the source that it names under a row of things."""
    if row.total:
        return UNNUMBERED  # the sum of a group
    label = next((plan.text[c.start : c.end].strip() for _, c in row.of("ordinal")), "")
    ranks = [rank for pattern, rank in RANKS if pattern.fullmatch(label)]
    if ranks:
        return 2 if label.strip(".)") in ("I", "V", "X") else ranks[0]
    name = next((c for _, c in row.of("name", "source", "place")), None)
    if is_part(plan, row):
        return PART
    bullet = BULLET.match(plan.text, name.start, name.end) if name else None
    if bullet:
        return 7 if bullet["mark"] in "-–" else 8
    if table.has("ordinal"):
        return OF_SOURCE if row_source(plan, row) else UNNUMBERED
    return 3


def is_part(plan: Plan, row: Row) -> bool:
    """Whether a row says that it is a part of the one above it (`Trong đó: vốn đầu tư phát triển`)."""
    return CUES["part_row"].match(words_of_name(plan, row)) is not None


def words_of_name(plan: Plan, row: Row) -> str:
    """The cell that names a row, whatever it names it by."""
    cell = next((c for _, c in row.of("name", "source", "place")), None)
    return plan.text[cell.start : cell.end] if cell else ""


def cost_column(table: Table) -> Column | None:
    """The column of what projects cost in all (`Tổng mức đầu tư`), beside the one column of the money that the plan
    gives them: it is of all their years and holds nothing."""
    columns = [c for c in table.columns if c.kind == "amount"]
    costs = [c for c in columns if CUES["cost_column"].search(c.label)]
    return costs[0] if len(costs) == 1 and plan_column(columns) is not None else None


def plan_column(columns: list[Column]) -> Column | None:
    """The one column of the money that the plan gives (`Kế hoạch vốn năm 2022`)."""
    planned = [c for c in columns if CUES["plan_column"].search(c.label)]
    return planned[0] if len(planned) == 1 else None


def whole_column(plan: Plan, table: Table, cost: Column | None) -> Column | None:
    """The money column that holds the others of its row: the only one, or the only one that says so (`Tổng`). Beside a
    sum, and beside years that it leaves out, a stage (`Giai đoạn 2028 - 2030`) is a part; beside the `cost` of projects
    the plan's money is all."""
    columns = [c for c in table.columns if c.kind == "amount"]
    if cost is not None:
        return plan_column(columns)
    named = [c for c in columns if CUES["whole_column"].search(c.label) and c.year is None]
    named = [c for c in named if CUES["sum_column"].search(c.label)] or named
    planned = [c for c in columns if not is_past(plan, c)]
    named = [c for c in named if not any(c.leaves_out(other) for other in planned)]
    named = named or whole_before_parts(columns)
    return columns[0] if len(columns) == 1 else named[0] if len(named) == 1 else None


def whole_before_parts(columns: list[Column]) -> list[Column]:
    """The one money column of which the others are parts by the words over them (`Kinh phí | Trong đó`)."""
    apart = [c for c in columns if not c.over]
    parts = [c for c in columns if c.over]
    said = all(PARTS["split_head"].search(c.head) for c in parts)
    return apart if parts and said and len(apart) == 1 and apart[0] is columns[0] else []


def upper_sums(table: Table) -> dict[Column, Column]:
    """The money columns that a sum under the same upper head holds, and that sum (`Năm 2025` over `Tổng | Ngân sách
    tỉnh | Ngân sách huyện`)."""
    found: dict[Column, Column] = {}
    columns = [c for c in table.columns if c.kind == "amount" and c.over]
    for over in {c.over for c in columns}:
        group = [c for c in columns if c.over == over]
        sums = [c for c in group if CUES["sum_column"].search(c.label)]
        if len(sums) == 1 and any(other.over != over for other in columns):
            found |= {c: sums[0] for c in group if c is not sums[0]}
    return found


def amounts_of(plan: Plan, row: Row) -> list[Amount]:
    """The money cells of a row that hold one plain number above nought, or an amount with its unit."""
    names = [c for _, c in row.of("name")]
    if any(COLUMNS["no_funding"].search(plan.text, c.start, c.end) for c in names):
        return []
    if any(CUES["rounded_row"].match(plan.text, c.start, c.end) for c in names):
        return []
    found = []
    for column, cell in money_cells(plan, row):
        value = value_in(plan, column, cell)
        if value and value < MOST_MONEY:
            found.append(Amount(column, cell, round(value)))
    return found


def holds_past(plan: Plan, table: Table) -> bool:
    """Whether money of years before the plan stands in a table, so that its wholes are more than the years that
    count."""
    cells = (found for row in table.rows for found in row.of("amount"))
    return any(is_past(plan, column) and number_in(plan, cell) for column, cell in cells)


def money_cells(plan: Plan, row: Row) -> list[tuple[Column, Cell]]:
    """The money cells of a row but those of years before the plan, whose money is spent."""
    return [] if row_is_past(plan, row) else [(c, cell) for c, cell in row.of("amount") if not is_past(plan, c)]


def row_is_past(plan: Plan, row: Row) -> bool:
    """Whether the time of a row lies before the plan, so that its money is spent."""
    year = last_year(plan, row)
    return year is not None and year < first_year(plan)


def unread(plan: Plan, row: Row) -> bool:
    """Whether a row has a money cell of which the sum is not told."""
    return any(
        value_in(plan, column, cell) is None and not any(p.fullmatch(plan.text, cell.start, cell.end) for p in EMPTY)
        for column, cell in money_cells(plan, row)
    )


def value_in(plan: Plan, column: Column, cell: Cell) -> float | None:
    """What a cell holds in đồng: its number in the unit of the column, or the amount that it spells with its own."""
    if may_be_either(plan.text, column, cell):
        return None
    number = number_in(plan, cell)
    if number is not None and number.scale > 1:
        return number.value if number.scale >= LEAST_SCALE else None
    if number is not None:
        return number.value * column.unit if column.unit else None
    amounts = find_amounts(plan.text, cell.start, cell.end)
    alone = len(amounts) == 1 and amounts[0].comparator in ("eq", "approx") and not amounts[0].per_unit
    filled = alone and amounts[0].end - amounts[0].start > (cell.end - cell.start) * 0.7
    return amounts[0].amount_vnd if filled else None


def number_in(plan: Plan, cell: Cell) -> Number | None:
    """The number that fills a cell."""
    numbers = find_numbers(plan.text, cell.start, cell.end)
    if len(numbers) != 1 or numbers[0].ambiguous or plan.text[numbers[0].end : cell.end].strip(" .;"):
        return None
    return None if plan.text[cell.start : numbers[0].start].strip() else numbers[0]


def amount_row(plan: Plan, table: Table, row: Row, amount: Amount, kind: str, parent: Funding | None) -> Funding:
    """One amount of a table."""
    column, cell = amount.column, amount.cell
    by_row, by_column = row_source(plan, row), column_source(plan, column)
    told = {s for s in (by_row, by_column) if s} or {s for s in (noted_source(plan, row),) if s}
    sure = {s for s in told if s not in GENERAL} or told
    source = next(iter(sure)) if len(sure) == 1 else None
    doubtful = len(sure) > 1 or amount.value >= MUCH_MONEY
    return Funding(
        funding_id=plan.new_id("funding", cell.start, cell.end),
        parent_id=parent.funding_id if parent else None,
        kind=kind,
        amount_vnd=amount.value,
        year=year_of_amount(plan, table, row, column, parent),
        source=source or (parent.source if parent and not told else None),
        expenditure_type=spending(column, table) or spending_of_row(plan, row, by_row),
        purpose=None if row.total else purpose_of(plan, row, by_row, parent),
        beneficiary=column.place or receiver(plan, row),
        amount_text=plan.text[cell.start : cell.end].strip(),
        **plan.fact(*row.quoted(cell), f"table_{kind}", CONFIDENCE - (DOUBT if doubtful else 0)),
    )


def year_of_amount(plan: Plan, table: Table, row: Row, column: Column, parent: Funding | None) -> int | None:
    """The budget year of an amount: of its column, its row, a plan for one year, of what holds it, else that of which
    the caption says that all money is."""
    if column.last_year and column.year is None:
        return None  # the head names several
    if column.year is None and CUES["cost_column"].search(column.label) and told_by_year(table):
        return None  # what projects cost in all their years
    year = column.year or budget_year(plan, row) or plan_year(plan) or (parent.year if parent else None)
    return year or year_of_caption(plan, table, column)


def told_by_year(table: Table) -> bool:
    """Whether a column of money says of which year it tells."""
    return any(c.kind == "amount" and c.year for c in table.columns)


def year_of_caption(plan: Plan, table: Table, column: Column) -> int | None:
    """The one year of the plan whose money a caption tells (`Dự toán năm 2022`); none for what projects cost in all
    their years, nor beside columns or rows of years."""
    told = {int(match["year"]) for match in BUDGET_YEAR.finditer(table.caption.words)}
    if len(told) != 1 or CUES["cost_column"].search(column.label) or CUES["stage"].search(table.caption.words):
        return None
    if any(c.kind in ("year", "row_year") or (c.kind == "amount" and c.last_year) for c in table.columns):
        return None
    year = told.pop()
    return year if first_year(plan) <= year <= (plan.meta.period_end or year) else None


def lacks_unit(plan: Plan, table: Table) -> bool:
    """Whether a table has figures under heads of money, or of years beside sources, of which no unit is stated."""
    kinds = ("amount", None) if table.has("source") else ("amount",)
    return any(
        column.unit is None and number_in(plan, cell) and value_in(plan, column, cell) is None
        for row in table.rows
        for column, cell in row.of(*kinds)
    )


def unread_cells(plan: Plan, table: Table) -> list[Cell]:
    """The money cells with figures of which the sum is not told (`30(1)`, `900,000`)."""
    return [
        cell
        for row in table.rows
        for column, cell in money_cells(plan, row)
        if value_in(plan, column, cell) is None and DIGIT.search(plan.text, cell.start, cell.end)
    ]


def purpose_of(plan: Plan, row: Row, source: str | None, parent: Funding | None) -> str | None:
    """What a row pays for; a row that only names its source pays for what the row above it does."""
    only_source = source is not None and not (row.of("source") and row.of("name"))
    return (parent.purpose if parent else None) if only_source else name_of(plan, row)


def receiver(plan: Plan, row: Row) -> str | None:
    """The place that a row without another name gives money to."""
    place = next((c for _, c in row.of("place")), None)
    if place is None or row.total or row.of("name", "source"):
        return None
    return plan.text[place.start : place.end].strip() or None


def row_source(plan: Plan, row: Row) -> str | None:
    """The source that a row names: in its column of sources, or where its name opens with one."""
    for column, cell in row.of("source", "name"):
        spans = plan.terms("funding_sources", cell.start, cell.end)
        if column.kind == "name":
            opening = OPENS_SOURCE.match(plan.text, cell.start, cell.end)
            spans = [s for s in spans[:1] if opening and s.start_char <= opening.end()]
        named = {source_code(plan, s) for s in spans}
        if len(named) == 1:
            return named.pop()
        if column.kind == "source" and not named:
            said = plan.text[cell.start : cell.end]
            return level_budget(said) or payer(said)
    return None


def noted_source(plan: Plan, row: Row) -> str | None:
    """The source that is all that the remark of a row says (`Ghi chú`: `Ngân sách tỉnh`)."""
    for _, cell in row.of("note"):
        spans = plan.terms("funding_sources", cell.start, cell.end)
        if len(spans) == 1 and spans[0].text.strip() == plan.text[cell.start : cell.end].strip(" .;:()"):
            return source_code(plan, spans[0])
    return None


def column_source(plan: Plan, column: Column) -> str | None:
    """The one source that the head of a column names, the nearest line of it first."""
    if CUES["several_givers"].search(column.label):
        return None
    for place in column.places:
        named = {source_code(plan, s) for s in plan.terms("funding_sources", place.start, place.end)}
        if named:
            return named.pop() if len(named) == 1 else None
    return payer(column.label) if COLUMNS["giver"].search(column.label) else None


def budget_year(plan: Plan, row: Row) -> int | None:
    """The year of a row's money, by its time; a year in which something ends or is attained is none."""
    milestones = any(CUES["milestone_head"].search(column.head) for column, _ in row.of("time"))
    return None if milestones else year_of(plan, row)


def spending(column: Column, table: Table) -> str | None:
    """The expenditure type that the head or, where that says nothing, the caption names."""
    return expenditure_type(column.head) or expenditure_type(table.caption.words)


def spending_of_row(plan: Plan, row: Row, source: str | None) -> str | None:
    """The expenditure type that a row names as a part of the one above it or beside its `source` (`Ngân sách tỉnh (vốn
    sự nghiệp)`)."""
    return expenditure_type(words_of_name(plan, row)) if source or is_part(plan, row) else None


def plan_year(plan: Plan) -> int | None:
    """The year of a one-year plan."""
    return plan.meta.period_end if plan.meta.period_start == plan.meta.period_end else None
