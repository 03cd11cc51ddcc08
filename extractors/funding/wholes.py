"""The whole that an amount is a part of, by the words between them: `trong đó`, a colon, a bracket, a list that goes
on, and what stands apart from a list above it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractors.context import Plan
from extractors.funding.origins import BUDGETS, SENTENCE_END, own_source
from extractors.funding.terms import CUES, end_of_amount, source_code
from extractors.values.money import Amount
from schemas.filtered import filtered
from schemas.records import Funding

PARTS_MARK = CUES["parts_mark"]
CLOSED_BRACKET = CUES["closed_bracket"]
OPENS_LIST = CUES["opens_list"]
SPLITS_SOURCE = CUES["splits_source"]
FROM_A_SOURCE = CUES["from_a_source"]
OWN_PARTS = filtered(rf"(?:\s?/\s?\p{{L}}[\p{{L}} ]{{0,20}})?\s*[,(]?\s*(?:{CUES['parts'].pattern})", regex.I)
SOURCE_OF_WHOLE = CUES["source_of_whole"]
MOST_SOURCES = 20
"""More than share one sum; a bound, too, for lines that are nothing but sums."""
NEAR, REACH = 60, 3000
"""So many amounts, and characters, back stands the one whose parts a clause goes on."""


def stands_apart(plan: Plan, amount: Amount, piece: tuple[int, int], whole: Funding) -> bool:
    """Whether an amount stands behind a list and is none of it: a paragraph without a label (`Vận động xã hội hóa 120
    triệu đồng` below `Ngân sách xã 815 triệu đồng, gồm: a) …; b) …`) that comes from another source than the whole, or
    says that it comes on top (ngoài ra)."""
    block = plan.block_at(piece[0])
    if block.section is None or block.section.head is block or block.style is not None:
        return False
    if plan.block_at(whole.char_start) is block:
        return False
    if CUES["on_top"].match(plan.text, block.body_start, block.end):
        return True
    source = own_source(plan, piece, amount, None)
    return None not in (source, whole.source) and source != whole.source and whole.source not in BUDGETS


def opens_parts(plan: Plan, last: Funding, last_end: int, amount: Amount, behind: bool) -> bool:
    """Whether the words between two amounts make the later a part of the earlier: `trong đó`, a colon, a bracket.
    `behind`: nothing stands between the whole and these words; else only `trong đó` is plain enough."""
    if CUES["parts"].search(plan.text, last_end, amount.start):
        return True
    if not behind:
        return False
    if mark := CUES["parts_behind_source"].match(plan.text, last_end, amount.start):
        return holds(plan, last, amount, mark.end())
    mark = PARTS_MARK.match(plan.text, last_end, amount.start)
    return mark is not None and not CLOSED_BRACKET.match(plan.text, last_end, amount.start)


def holds(plan: Plan, whole: Funding, amount: Amount, start: int) -> bool:
    """Whether an amount may be a part of one whose source is said: of budgets their levels are, another source than
    the whole's stands beside it (`500 triệu đồng từ ngân sách tỉnh (huyện đối ứng 200 triệu đồng)`)."""
    if (amount.amount_vnd or 0) >= (whole.amount_vnd or 0):
        return False
    named = {source_code(plan, s) for s in plan.terms("funding_sources", start, amount.start)}
    return whole.source in BUDGETS or named <= {whole.source}


def is_closed(text: str, bracket: int, stop: int) -> bool:
    """Whether the bracket that opens at a place is closed before another."""
    return text.count("(", bracket, stop) <= text.count(")", bracket, stop)


def gives_year_of(plan: Plan, last: Funding, last_end: int, amount: Amount) -> bool:
    """Whether an amount is what one year gives of the cost of several right before it (`tổng mức đầu tư 88 tỷ đồng,
    riêng năm 2026 bố trí 41,5 tỷ đồng`)."""
    if last.kind != "total" or last.year is not None or (amount.amount_vnd or 0) >= (last.amount_vnd or 0):
        return False
    return CUES["year_of_whole"].search(plan.text, last_end, amount.start) is not None


def is_split_by_source(plan: Plan, amounts: Sequence[Amount], at: int, last_end: int) -> bool:
    """Whether the amount at a place is the first of those that sources give of the amount before it: the words name a
    source, and the amounts up to the end of the clause make up the whole to the đồng."""
    amount = amounts[at]
    return at > 0 and FROM_A_SOURCE.match(plan.text, last_end, amount.start) is not None and made_up_by(amounts, at)


def made_up_by(amounts: Sequence[Amount], at: int) -> bool:
    """Whether the amounts from `at` on, two at least, make up the one before them."""
    if not 1 < len(amounts) - at <= MOST_SOURCES:
        return False
    return sum(part.amount_vnd or 0 for part in amounts[at:]) == amounts[at - 1].amount_vnd


def opened_total(plan: Plan, clause: tuple[int, int], earlier: list[Funding], first: int) -> Funding | None:
    """The amount of an earlier clause of the block whose parts go on (`… 6 tỷ, chia ra: năm 2019 …; năm 2020 …`): the
    last one that parts follow and that they do not make up yet. A clause that itself opens with `trong đó` goes on
    with the amount right before it, of those that can hold its `first` amount."""
    if CUES["parts"].match(plan.text, clause[0], clause[1]):
        kinds = ("total",) if CUES["allots"].match(plan.text, *clause) else ("total", "component")
        wholes = (r for r in reversed(earlier) if r.kind in kinds and (r.amount_vnd or 0) >= first)
        return next(wholes, None)
    if splits := SPLITS_SOURCE.match(plan.text, *clause):
        named = {source_code(plan, s) for s in plan.terms("funding_sources", *splits.span())}
        return next((r for r in reversed(earlier) if {r.source} == named and (r.amount_vnd or 0) >= first), None)
    for row in holders_near(earlier, clause[0]):
        if row.kind in ("component", "unit_norm") and opens_below(plan, clause, row) and not made_up(row, earlier):
            return row
        if row.kind != "total":
            continue
        if CUES["parts"].search(plan.text, row.char_start, clause[0]):
            return row
        if goes_on_list(plan, clause, row) and not made_up(row, earlier):
            return row
    return None


def holders_near(earlier: list[Funding], start: int) -> list[Funding]:
    """The amounts that a clause at `start` may go on, the last first: those near it, and the last total however far."""
    near = [row for row in earlier[-NEAR:] if start - row.char_start <= REACH]
    last = next((row for row in reversed(earlier) if row.kind == "total"), None)
    far = [] if last is None or any(row is last for row in near) else [last]
    return [*reversed(near), *far]


def goes_on_list(plan: Plan, clause: tuple[int, int], row: Funding) -> bool:
    """Whether a clause goes on the list that a colon opens right behind a total (`1.120 tỷ đồng: ngân sách tỉnh 95 tỷ
    đồng; doanh nghiệp 38 tỷ đồng`), in one sentence with it."""
    behind = end_of_amount(plan, row, clause[0])
    if behind is None or not OPENS_LIST.match(plan.text, behind, clause[0]):
        return False
    return SENTENCE_END.search(plan.text, behind, clause[0] + 1) is None and "\n" not in plan.text[behind : clause[0]]


def opens_below(plan: Plan, clause: tuple[int, int], row: Funding) -> bool:
    """Whether words that open parts stand right behind the amount of a row, in its own phrase."""
    behind = end_of_amount(plan, row, clause[0])
    return behind is not None and OWN_PARTS.match(plan.text, behind, clause[0]) is not None


def made_up(row: Funding, earlier: list[Funding]) -> bool:
    """Whether the parts found so far make up a row."""
    return sum(r.amount_vnd or 0 for r in earlier if r.parent_id == row.funding_id) >= (row.amount_vnd or 0)


def sources_to_wholes(text: str, amounts: Sequence[Amount], owned: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces of a clause, with the source that stands between a sum and the words that open its parts left to the
    sum (`240 triệu đồng, từ nguồn ngân sách tỉnh, trong đó: chi hội nghị 140 triệu đồng`)."""
    found = list(owned)
    for at, (amount, later) in enumerate(pairwise(amounts)):
        said = SOURCE_OF_WHOLE.match(text, amount.end, later.start)
        if said is not None:
            found[at], found[at + 1] = (found[at][0], said.end()), (said.end(), found[at + 1][1])
        elif FROM_A_SOURCE.match(text, amount.end, later.start) and made_up_by(amounts, at + 1):
            found[at], found[at + 1] = (found[at][0], amount.end), (amount.end, found[at + 1][1])
    return found
