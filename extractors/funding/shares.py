"""Shares (tỷ lệ hỗ trợ, tỷ lệ đối ứng): percentages and fractions of a cost that a source bears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.components import component_of
from extractors.context import Plan
from extractors.funding.terms import CUES, MAX_QUOTE, expenditure_type, level_alone, payer, source_code
from extractors.pieces import pieces
from extractors.plan import Block
from extractors.spans import trim
from extractors.values.measures import Measure, find_measures
from extractors.values.numbers import find_numbers
from schemas.filtered import filtered
from schemas.records import Funding

if TYPE_CHECKING:
    from extractors.funding.funding import Context
    from extractors.language.spans import TermSpan as Span

RESULT_REACH = 100
OF_SEVERAL = "several"
"""No code of a source: levels that bear one share together have none."""
OPENS_LEVELS = CUES["opens_levels"].compiled
FRACTION_OF = CUES["fraction_of"]


def read_shares(plan: Plan, block: Block, clause: tuple[int, int], context: Context) -> list[Funding]:
    """Percentages and fractions of money (`5% mức hỗ trợ`, `2/3 vốn`)."""
    words = plan.text[clause[0] : clause[1]]
    figures: list[Measure] = [
        m
        for m in find_measures(plan.text, *clause)
        if m.unit == "percent" and not (m.change == "increase" and m.rate_period)
    ]  # "tăng 10% mỗi năm" is no part of the money
    cut = [match.span() for match in CUES["cost_cut"].finditer(plan.text, *clause)]
    figures = [m for m in figures if not any(start <= m.start < end for start, end in cut)]
    figures = [m for m in figures if not CUES["condition_before"].search(plan.text, clause[0], m.start)]
    figures = [m for m in figures if not CUES["of_the_plan"].match(plan.text, m.end, clause[1])]
    figures = [m for at, m in enumerate(figures) if not (at and is_result(plan.text, clause, m))]
    rows = []
    if (
        figures
        and not CUES["not_share"].search(words)
        and (CUES["share"].search(words) or (context.money and not BENEFITS_SHARE.search(words)))
    ):
        for measure, piece in zip(figures, pieces(plan.text, *clause, figures), strict=True):
            percent = measure.value_min or measure.value_max
            row = share_row(plan, block, percent, (measure.start, measure.end), piece, clause)
            if rows and CUES["parts"].search(plan.text, figures[0].end, measure.start):
                row.parent_id = rows[0].funding_id
            rows.append(row)
    for number in find_numbers(plan.text, *clause):
        if number.kind == "fraction" and FRACTION_OF.match(plan.text, number.end, clause[1]):
            rows.append(
                share_row(plan, block, round(number.value * 100, 6), (number.start, number.end), clause, clause)
            )
    return rows


def is_result(text: str, clause: tuple[int, int], share: Measure) -> bool:
    """Whether a later share of a clause tells what is attained, and not what is paid (`hỗ trợ 50% giá giống, trồng
    mới đạt 80% diện tích`)."""
    attained = CUES["attained_before"].search(text, max(clause[0], share.start - RESULT_REACH), share.number_start)
    return attained is not None and CUES["of_money"].match(text, share.end, clause[1]) is None


LAST_OF_LIST = CUES["last_of_list"]
WITHIN_LIST = filtered(r"\s*,\s*")
BENEFITS_SHARE = CUES["benefits_share"]


def payer_span(plan: Plan, spans: Sequence[Span], at: int) -> Span | None:
    """The source that bears a share at `at`: the nearest before it, of sources in one list the first."""
    before = [s for s in spans if s.end_char <= at]
    chosen = before[-1] if before else (spans[0] if spans else None)
    joined = LAST_OF_LIST
    for span in reversed(before[:-1]):
        if not joined.fullmatch(plan.text, span.end_char, chosen.start_char):
            break
        chosen, joined = span, WITHIN_LIST
    return chosen


def is_paid_into(plan: Plan, span: Span, start: int) -> bool:
    """Whether a budget only receives a share (`20% nộp ngân sách xã`)."""
    return CUES["paid_into"].search(plan.text, max(start, span.start_char - 40), span.start_char) is not None


def paying_words(text: str, piece: tuple[int, int], figure: tuple[int, int]) -> str:
    """The words of a share without those behind it that tell who gets it (`50% chi phí đi lại *cho doanh nghiệp*`,
    `(*mỗi doanh nghiệp* 01 gian)`)."""
    return text[piece[0] : figure[1]] + CUES["receivers"].sub(" ", text[figure[1] : max(figure[1], piece[1])])


def end_of_share(text: str, figure: tuple[int, int], piece: tuple[int, int]) -> int:
    """Where the words of a share end: before the parts of what it is a share of."""
    parts = CUES["parts"].search(text, figure[1], piece[1])
    return parts.start() if parts else piece[1]


def level_of_share(plan: Plan, piece: tuple[int, int], at: int) -> str | None:
    """The level of the budget that is all that stands before a share, in a list of levels (`300 tỷ đồng (trung ương
    50%; tỉnh 30%; huyện, xã 20%)`); `OF_SEVERAL` where levels bear it together."""
    words = OPENS_LEVELS.split(plan.text[piece[0] : at].rstrip(" :"))[-1]
    return OF_SEVERAL if CUES["several_levels"].fullmatch(words) else level_alone(words)


def share_row(
    plan: Plan, block: Block, percent: float, figure: tuple[int, int], piece: tuple[int, int], clause: tuple[int, int]
) -> Funding:
    """Build the row of one share."""
    named = plan.terms("funding_sources", *piece)
    spans = [s for s in named if not is_paid_into(plan, s, piece[0])]
    paid_on = len(spans) < len(named)
    if paid_on:  # what stands behind tells of other shares: "40% nộp ngân sách tỉnh, ngân sách xã hưởng 60%"
        spans = [s for s in spans if s.end_char <= figure[0]]
    pays = payer(paying_words(plan.text, piece, figure))
    if (
        not (spans or paid_on) and pays is None and not CUES["borne_by"].search(plan.text, *piece)
    ):  # the clause's own source, where it names one alone
        named = [s for s in plan.terms("funding_sources", *clause) if not is_paid_into(plan, s, clause[0])]
        spans = named if len({s.label_ for s in named}) == 1 else []
    source = level_of_share(plan, piece, figure[0])
    if source is None and (named_first := payer_span(plan, spans, figure[0])) is not None:
        source = source_code(plan, named_first)
    quote = clause if clause[1] - clause[0] <= MAX_QUOTE else piece
    return Funding(
        funding_id=plan.new_id("funding", *figure),
        kind="share",
        share_percent=percent,
        source=(source or pays) if source != OF_SEVERAL else None,
        expenditure_type=expenditure_type(plan.text[piece[0] : end_of_share(plan.text, figure, piece)]),
        purpose=CUES["opening_words"].sub("", plan.text[slice(*trim(plan.text, *piece))].strip(" ,;:.")) or None,
        component=component_of(plan, block.section, piece[0]),
        amount_text=plan.text[slice(*figure)],
        **plan.fact(*quote, "share_of_money", 0.85),
    )
