"""Money (kinh phí, nguồn vốn, mức hỗ trợ): totals with their parts, norms, caps, shares, and sources without amounts.

The rows form a tree: `Tổng kinh phí 6 tỷ, trong đó năm 2019 …, năm 2020 …` is a total with two components. What a total
says of itself (source, type, year) holds for its parts unless they say otherwise, and never the other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractors.components import component_of
from extractors.context import Plan
from extractors.cues import told_by
from extractors.findings.spelled_amounts import is_disputed, only_spells
from extractors.funding.bare_years import bare_years
from extractors.funding.closing import settle_closing_totals, settle_components, settle_item_costs
from extractors.funding.in_turn import tell_years_in_turn
from extractors.funding.meant import NEED_REACH, is_funding, is_needed, is_rest
from extractors.funding.norms import each_unit, is_capped, is_floor, norm_in_parts, per_thing, per_unit
from extractors.funding.origins import (
    LEVELS,
    PHASED,
    YEAR,
    is_past,
    source_of,
    tell_source_behind,
)
from extractors.funding.phases import settle_phases
from extractors.funding.purpose import purpose
from extractors.funding.shares import read_shares
from extractors.funding.sources import read_sources
from extractors.funding.terms import (
    CUES,
    LEAD_IN,
    MAX_QUOTE,
    end_of_amount,
    expenditure_type,
    is_contextual,
    source_code,
)
from extractors.funding.wholes import (
    REACH,
    SPLITS_SOURCE,
    gives_year_of,
    is_closed,
    is_split_by_source,
    opened_total,
    opens_parts,
    sources_to_wholes,
    stands_apart,
)
from extractors.funding.years import is_yearly, year_of_headings, year_of_sum
from extractors.markers import BULLET_STYLES
from extractors.pieces import pieces
from extractors.plan import Block, Section
from extractors.values.money import Amount, find_amounts, unit_stated_once
from extractors.values.numbers import find_numbers
from schemas.records import Funding

LEADS_TO_PARTS = CUES["leads_to_parts"]
MISSPELT = CUES["misspelt"]
PER_SEVERAL = regex.compile(r"/\s?\d")
BENEFICIARY = CUES.naming("beneficiary", "who")


OF_NEXT_GRADE = 0.7
"""A norm that only its list makes one."""
MOST_OF_GRADE = 5
"""So many times a norm is more than all other grades of it."""
OF_A_RANGE = 0.6
"""Of `12 - 15 tỷ đồng` only the upper end has a column."""


@dataclass(slots=True)
class Context:
    """What holds for the amounts of a block from above: whether its headings speak of money or of aims, their year, the
    total it stands under, and whether its chapter has stated a total already. `staged`: instead of a year they name a
    stage of several."""

    money: bool
    past: bool
    aim: bool
    year: int | None
    staged: bool
    total: Funding | None
    after_total: bool
    chapter_total: Funding | None
    unit: int | None
    source: str | None


@dataclass(slots=True)
class Totals:
    """Totals met so far: by the section whose parts they hold, and by chapter."""

    by_section: dict[int, Funding] = field(default_factory=dict)
    by_chapter: dict[int, Funding] = field(default_factory=dict)

    def note(self, plan: Plan, block: Block, row: Funding) -> None:
        """Remember an amount that parts may follow: below it, or beside it where its block ends in a lead-in. A later
        item of a list with parts below it (`2. Thu tiền đất 38 tỷ đồng. Cụ thể:`) has none beside it,
        nor has one that is not told to be the sum of all."""
        section = block.section
        if section is None or row.kind not in ("total", "component"):
            return
        self.by_section.setdefault(id(section), row)
        if section.parent is not None and LEADS_TO_PARTS.search(plan.text, block.start, block.end):
            has_own = section.children and section.head is block and section.style not in BULLET_STYLES
            of_all = CUES["grand_total"].search(row.purpose or "") is not None
            if not has_own or (of_all and id(section.parent) not in self.by_section):
                self.by_section[id(section.parent)] = row
        if row.kind == "total" and not is_item_cost(plan, block, row):
            self.by_chapter.setdefault(id(chapter(section)), row)


def chapter(section: Section) -> Section:
    """The outermost section above."""
    return [section, *section.ancestors()][-1]


def extract_funding(plan: Plan) -> list[Funding]:
    """All funding rows of a plan, in reading order."""
    rows: list[Funding] = []
    costs: list[Funding] = []
    totals = Totals()
    for block in plan.body:
        if not may_tell_of_money(plan, block):
            continue
        context = context_of(plan, block, totals)
        if context.past:
            continue
        found = read_block(plan, block, context)
        first = next((r for r in found if r.amount_vnd is not None), None)
        if first is not None:
            totals.note(plan, block, first)
        rows += found
        costs += [row for row in found if is_item_cost(plan, block, row)]
    rows += norms_of_notes(plan)
    settle_components(rows)
    settle_item_costs(rows, costs)
    settle_closing_totals(rows)
    settle_phases(plan, rows)
    return sorted(rows, key=lambda r: (r.char_start, r.char_end))


def is_item_cost(plan: Plan, block: Block, row: Funding) -> bool:
    """Whether an amount is what one thing costs, by a line of its own in a chapter of tasks (`- Kinh phí: 165 triệu
    đồng`), and not the money of the chapter."""
    if row.kind != "total" or CUES["item_cost"].fullmatch(row.purpose or "") is None:
        return False
    return block.style is not None and not told_by(CUES["funding_heading"], plan.headings(block)[:3])


def norms_of_notes(plan: Plan) -> list[Funding]:
    """The norms and caps in the notes under the tables of annexes (`Ghi chú: xây mới 2,6 tỷ đồng/trạm`)."""
    notes = (b for b in plan.blocks if b.zone == "annex" and CUES["note"].match(plan.text, b.body_start, b.end))
    read = (read_block(plan, b, context_of(plan, b, Totals())) for b in notes if not plan.in_table(b))
    return [row for rows in read for row in rows if row.kind in ("unit_norm", "cap")]


def may_tell_of_money(plan: Plan, block: Block) -> bool:
    """Whether a block holds a number or names a source: a cheap look before all others."""
    return bool(
        find_numbers(plan.text, block.body_start, block.end)
        or plan.terms("funding_sources", block.body_start, block.end)
    )


def context_of(plan: Plan, block: Block, totals: Totals) -> Context:
    """Judge a block by the headings above it."""
    headings = plan.headings(block)
    lead, colon, _ = plan.text[block.body_start : block.end].partition(":")
    own = [lead] if colon and len(lead) <= LEAD_IN else []
    holders = [s for s in enclosing(block) if s.head is not block]
    stated = totals.by_chapter.get(id(chapter(block.section))) if block.section is not None else None
    total = next((totals.by_section[id(s)] for s in holders if id(s) in totals.by_section), None)
    if total is None and told_by(CUES["split_heading"], [*own, *headings[:1]]):
        total = stated
    year, staged = year_of_headings(headings)
    return Context(
        money=told_by(CUES["funding_heading"], [*own, *headings[:3]]),
        past=plan.tells_past(headings),
        aim=told_by(CUES["aim_heading"], headings),
        year=year,
        staged=staged,
        total=total,
        after_total=stated is not None,
        chapter_total=stated,
        unit=unit_above(plan, block, holders),
        source=source_above(plan, holders),
    )


def source_above(plan: Plan, holders: list[Section]) -> str | None:
    """The one source that the heading right above is about (`1. Ngân sách trung ương`)."""
    if not holders:
        return None
    head = plan.text[holders[0].head.start : holders[0].head.end].rstrip()
    if len(head) > (2 * LEAD_IN if head.endswith(":") else LEAD_IN):
        return None
    if head.endswith((".", ";")) and find_amounts(head):
        return None  # "3. Vốn xã hội hóa 7.500 triệu đồng.": a sum of its own, no heading
    spans = plan.terms("funding_sources", holders[0].head.start, holders[0].head.end)
    if head.endswith(":") or not all(is_contextual(s) for s in spans):
        named = {source_code(plan, s) for s in spans}
        return named.pop() if len(named) == 1 else None
    return None  # "III. Nhà ở, tín dụng" names what is done, no source


def unit_above(plan: Plan, block: Block, holders: list[Section]) -> int | None:
    """The money unit that a lead-in or heading above states once (`Đơn vị tính: triệu đồng`), in đồng."""
    for section in holders:
        for said in reversed([b for b in section.blocks if b.start < block.start]):
            unit = unit_stated_once(plan.text, said.start, said.end)
            if unit is not None:
                return unit
    return None


def enclosing(block: Block) -> list[Section]:
    """The sections that hold a block, innermost first."""
    return [block.section, *block.section.ancestors()] if block.section else []


def read_block(plan: Plan, block: Block, context: Context) -> list[Funding]:
    """The rows of one block: amounts first, then shares, then the sources that no row has named."""
    rows: list[Funding] = []
    for clause in plan.clauses(block):
        rows += read_amounts(plan, block, clause, context, rows)
        rows += read_shares(plan, block, clause, context)
    rows += [
        amount_row(plan, block, amount, piece, piece, "component", whole, context)
        for amount, piece, whole in bare_years(plan, block, rows)
    ]
    rows += read_sources(plan, block, context, rows)
    return rows


# --- amounts ---------------------------------------------------------------------------------------------------------


def read_amounts(
    plan: Plan, block: Block, clause: tuple[int, int], context: Context, earlier: list[Funding]
) -> list[Funding]:
    """Rows for the amounts of a clause, nested by `trong đó` and by the total above."""
    amounts = [a for a in find_amounts(plan.text, *clause, default_unit=context.unit) if a.amount_vnd]
    amounts = [a for a in amounts if not only_spells(plan.text, clause[0], a)]
    words = plan.text[clause[0] : clause[1]]
    amounts = [a for a in amounts if is_funding(plan.text, clause, a)]
    if is_past(plan, words):
        amounts = [a for a in amounts if is_needed(plan.text, max(clause[0], a.start - NEED_REACH), a, clause[1])]
    if not amounts:
        return []
    if not (context.money or CUES["funding_clause"].search(words) or any(a.per_unit for a in amounts)):
        return []
    rows: list[Funding] = []
    owned = sources_to_wholes(plan.text, amounts, pieces(plan.text, *clause, amounts))
    places = list(zip(amounts, owned, strict=True))
    whole = opened_total(plan, clause, earlier, amounts[0].amount_vnd or 0) or held_by_total(plan, *places[0], context)
    last_end = clause[0]
    outer: tuple[Funding | None, int] | None = None
    for at, (amount, piece) in enumerate(places):
        last = next((r for r in reversed(rows) if r.kind in ("total", "component")), None)
        if outer is not None and is_closed(plan.text, outer[1], amount.start):
            whole, outer = outer[0], None  # "sửa nhà 10 tỷ đồng (200 căn x 50 triệu đồng/căn), việc khác 7 tỷ đồng"
        if last is not None and opens_parts(plan, last, last_end, amount, last is rows[-1]):
            bracket = plan.text.find("(", last_end, amount.start)
            if outer is None and bracket >= 0 and not is_closed(plan.text, bracket, amount.start):
                outer = whole, bracket
            whole = last
        elif last is not None and (
            gives_year_of(plan, last, last_end, amount) or is_split_by_source(plan, amounts, at, last_end)
        ):
            whole = last
        whole = norm_in_parts(plan, rows, last_end, amount) or whole
        kind = kind_of(plan, amount, piece, whole, context)
        parent = (whole or phased_total(plan, piece, amount, context)) if kind == "component" else None
        row = amount_row(plan, block, amount, piece, clause, kind, parent, context)
        go_on_as(plan, row, (rows or earlier)[-1:], clause, piece, amount)
        rows.append(row)
        last_end = amount.end
    tell_years_in_turn(plan, clause, rows)
    tell_source_behind(plan, clause, [amount for amount, _ in places], rows)
    return rows


def held_by_total(plan: Plan, amount: Amount, piece: tuple[int, int], context: Context) -> Funding | None:
    """The total that a block stands under, if it can hold an amount: no less (else the whole of which that total is a
    part), and not of the same words, with which each of several things tells its own money (`Kinh phí: 3 tỷ đồng`, a
    paragraph below `Kinh phí: 5 tỷ đồng`)."""
    whole, upper = context.total, context.chapter_total
    if whole and upper and (amount.amount_vnd or 0) > (whole.amount_vnd or 0) and whole.parent_id == upper.funding_id:
        whole = upper
    if whole is None or (amount.amount_vnd or 0) > (whole.amount_vnd or 0):
        return None
    said = purpose(plan, piece, amount)
    again = said is not None and (whole.purpose or "").casefold() == said.casefold()
    return None if again or stands_apart(plan, amount, piece, whole) else whole


def go_on_as(
    plan: Plan,
    row: Funding,
    before: Sequence[Funding],
    clause: tuple[int, int],
    piece: tuple[int, int],
    amount: Amount,
) -> None:
    """Let an amount that names its year alone be of the kind and type of the one before it in a series by year, and one
    in a clause that opens with `Mỗi sản phẩm` a norm like the one before it."""
    if not before:
        return
    last = before[-1]
    words = plan.text[piece[0] : amount.start]
    if row.purpose is None and amount.product_of is not None and last.kind == "unit_norm":
        row.purpose = last.purpose  # "200 cuốn x 40.000 đồng = 8.000.000 đồng"
    if row.kind == last.kind == "unit_norm" and row.source is None and row.per_unit == last.per_unit:
        behind = end_of_amount(plan, last, amount.start)
        if behind is not None and CUES["next_norm"].fullmatch(plan.text, behind, amount.start):
            row.source = last.source  # "ngân sách tỉnh 40 triệu đồng/hộ xây mới và 20 triệu đồng/hộ sửa chữa"
    tell_gift(plan, row, last, clause, amount)
    tell_other_type(plan, row, last, clause, amount)
    in_clause = last.char_start >= clause[0] and (row.amount_vnd or 0) < (last.amount_vnd or 0)
    if row.kind == last.kind == "total" and in_clause and is_rest(plan.text, last.char_start, piece[0], amount.start):
        row.kind, row.parent_id, row.purpose = "component", last.funding_id, last.purpose
    elif last.kind in ("component", "total") and last.year and CUES["series_goes_on"].fullmatch(words):
        row.expenditure_type = row.expenditure_type or last.expenditure_type
        in_bracket = plan.text.find(")", last.char_start, piece[0] + 1) >= 0
        if row.kind == "total" and last.kind == "component" and not in_bracket:
            row.kind, row.parent_id = last.kind, last.parent_id  # the last part of a bracket is of another year's sum
    elif (
        row.kind in ("total", "component")
        and last.kind == "unit_norm"
        and last.char_start >= clause[0]
        and CUES["each_opens"].match(plan.text, *clause)
        and CUES["granted_each"].search(words)
    ):
        row.kind, row.per_unit, row.year, row.parent_id = "unit_norm", last.per_unit, None, None
    elif is_next_grade(plan, row, last, amount):
        row.kind, row.per_unit, row.year, row.parent_id = "unit_norm", last.per_unit, None, None
        row.confidence = min(row.confidence, OF_NEXT_GRADE)


def is_next_grade(plan: Plan, row: Funding, last: Funding, amount: Amount) -> bool:
    """Whether an amount without a unit goes on a list of norms: the other choice (`50 triệu đồng/nhà hoặc 25 triệu
    đồng`), or the next grade, where it is no more than the norm before it: no total is."""
    if row.kind not in ("total", "component") or last.kind != "unit_norm":
        return False
    behind = end_of_amount(plan, last, amount.start)
    if behind is None:
        return False
    if CUES["norm_in_bracket"].fullmatch(plan.text, behind, amount.start):
        return row.source is None and (row.amount_vnd or 0) < MOST_OF_GRADE * (last.amount_vnd or 0)
    if row.kind != "total":
        return False
    if CUES["or_norm"].fullmatch(plan.text, behind, amount.start):
        return True
    smaller = (row.amount_vnd or 0) <= (last.amount_vnd or 0)
    return smaller and CUES["next_in_list"].fullmatch(plan.text, behind, amount.start) is not None


def tell_gift(plan: Plan, row: Funding, last: Funding, clause: tuple[int, int], amount: Amount) -> None:
    """Let the gift that goes with the money of each of those honoured be a norm like it (`1.000.000 đồng/người và hiện
    vật trị giá 500.000 đồng`)."""
    if last.kind != "unit_norm" or row.kind not in ("total", "component") or last.char_start < clause[0]:
        return
    behind = end_of_amount(plan, last, amount.start)
    if behind is not None and CUES["gift_beside"].fullmatch(plan.text, behind, amount.start):
        row.kind, row.per_unit, row.year, row.parent_id = "unit_norm", last.per_unit, None, None


def tell_other_type(plan: Plan, row: Funding, last: Funding, clause: tuple[int, int], amount: Amount) -> None:
    """Let an amount that names but its type be of the budget and year that give the one before it of the other type
    (`năm 2026 ngân sách tỉnh bố trí 160 tỷ đồng chi thường xuyên và 90 tỷ đồng vốn đầu tư công`)."""
    if row.kind != last.kind or row.kind not in ("total", "component") or last.char_start < clause[0]:
        return
    if None in (row.expenditure_type, last.expenditure_type) or row.expenditure_type == last.expenditure_type:
        return
    behind = end_of_amount(plan, last, amount.start)
    joined = behind is not None and CUES["other_type"].fullmatch(plan.text, behind, amount.start)
    if joined and last.source in LEVELS and row.source in (None, "state_budget"):
        row.source, row.year = last.source, row.year or last.year


def phased_total(plan: Plan, piece: tuple[int, int], amount: Amount, context: Context) -> Funding | None:
    """The chapter's total, of which an amount for one year is a part (`Phân kỳ: năm 2022: …; năm 2023: …`); what
    another year is told to take is none of it (`Năm 2019: 12 tỷ đồng …; năm 2020: 15 tỷ đồng`)."""
    whole = context.chapter_total
    if whole is None or not PHASED.search(plan.text, piece[0], amount.start):
        return None
    if CUES["own_purpose"].match(plan.text, plan.block_at(piece[0]).body_start, amount.start):
        return None  # "Kinh phí đề tài: năm 2021 12 tỷ đồng" are years of that alone
    years = {int(m["year"]) for m in YEAR.finditer(plan.text, piece[0], amount.start)}
    return whole if whole.year is None or not years or whole.year in years else None


def kind_of(plan: Plan, amount: Amount, piece: tuple[int, int], whole: Funding | None, context: Context) -> str:
    """What an amount is: a cap, a norm per unit, a total, or a part of one."""
    before = plan.text[piece[0] : amount.start]
    splits = SPLITS_SOURCE.match(before)
    before = before[splits.end() :] if splits else before
    if amount.comparator in ("le", "lt") or is_capped(before[before.rfind("%") + 1 :]):
        return "cap"
    if amount.quantity and amount.product_of is None:
        return "unit_norm"  # "03 mô hình x 40 triệu đồng"
    if is_floor(plan.text[piece[0] : amount.end], amount):
        return "unit_norm"
    per_span = PER_SEVERAL.search(amount.per_text or "") is not None  # "45 tỷ đồng/5 năm" is no sum of each year
    if (amount.per_unit not in (None, "year") or (amount.per_unit and not per_span)) or per_thing(plan, amount):
        return "unit_norm"
    if whole is None and (is_yearly(plan, piece, amount) or CUES["named_norm"].search(before)):
        return "unit_norm"
    if CUES["left_out_before"].search(plan.text, max(piece[0], amount.start - REACH), amount.start):
        return "total"  # what a total is without is no part of it
    if CUES["total"].search(before):
        return "component" if is_part_of_list(plan, amount, piece, context) else "total"
    if each_unit(plan, amount, piece):
        return "unit_norm"
    if whole is None and phased_total(plan, piece, amount, context) is not None:
        return "component"
    listed = context.after_total and plan.block_at(piece[0]).style in BULLET_STYLES
    return "component" if whole is not None or listed or CUES["parts"].search(before) else "total"


def is_part_of_list(plan: Plan, amount: Amount, piece: tuple[int, int], context: Context) -> bool:
    """Whether a sum is that of one thing in the list below a total (`1. Vốn ngân sách: 1.280 tỷ đồng, gồm:`, below it
    `+ Đường trục, tổng mức đầu tư 210 tỷ đồng`); what stands beside the total in the outline is none."""
    whole = context.total
    if whole is None or CUES["whole_of_all"].search(plan.text, piece[0], amount.start):
        return False
    block, above = plan.block_at(piece[0]), plan.block_at(whole.char_start)
    if block.section is None or above.section is None or above.section is block.section:
        return False
    below = any(a is above.section for a in block.section.ancestors())
    below |= block.style in BULLET_STYLES and above.style not in BULLET_STYLES
    return below and (amount.amount_vnd or 0) < (whole.amount_vnd or 0)


def own_words(plan: Plan, amount: Amount, piece: tuple[int, int], clause: tuple[int, int]) -> str:
    """The words of an amount without those that open its parts (`40 tỷ đồng, gồm: (a) chi thường xuyên 10 tỷ …`)."""
    parts = CUES["opens_parts"].search(plan.text, amount.end, piece[1]) if piece[1] < clause[1] else None
    left_out = CUES["left_out_before"].search(plan.text, piece[0], amount.start)
    return plan.text[left_out.start() + 1 if left_out else piece[0] : parts.start() if parts else piece[1]]


def amount_row(
    plan: Plan,
    block: Block,
    amount: Amount,
    piece: tuple[int, int],
    clause: tuple[int, int],
    kind: str,
    parent: Funding | None,
    context: Context,
) -> Funding:
    """Build the row of one amount; what it does not say itself it inherits from its total."""
    words = plan.text[piece[0] : piece[1]]
    inherit = parent if kind == "component" else None
    source = source_of(plan, block, piece, clause, amount, kind, inherit, context)
    quote = clause if clause[1] - clause[0] <= MAX_QUOTE else piece
    beneficiary = BENEFICIARY.search(words)
    return Funding(
        funding_id=plan.new_id("funding", amount.start, amount.end),
        parent_id=parent.funding_id if parent else None,
        kind=kind,
        amount_vnd=amount.amount_vnd,
        per_unit=per_unit(plan, amount, piece) if kind in ("unit_norm", "cap") else None,
        quantity=float(amount.quantity) if amount.quantity else None,
        year=year_of_sum(plan, amount, piece, kind, inherit, (context.year, context.staged)),
        source=source,
        expenditure_type=expenditure_type(own_words(plan, amount, piece, clause))
        or (inherit.expenditure_type if inherit else None),
        purpose=purpose(plan, piece, amount),
        beneficiary=beneficiary["who"].strip() if beneficiary else None,
        component=component_of(plan, block.section, piece[0]),
        amount_text=amount.text,
        **plan.fact(*quote, f"amount_{kind}", confidence_of(plan.text, kind, amount, context)),
    )


def confidence_of(text: str, kind: str, amount: Amount, context: Context) -> float:
    """As `kehoach rules --gold` measured it: norms and caps are the kinds most often mistaken."""
    if is_disputed(text, amount):
        return 0.5
    if amount.ambiguous or MISSPELT.search(amount.text):
        return 0.7
    if amount.comparator == "range":
        return OF_A_RANGE
    sure, loose = (0.83, 0.78) if kind in ("unit_norm", "cap") else (0.9, 0.75)
    return sure if context.money else loose
