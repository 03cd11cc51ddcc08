"""Sources of money (nguồn vốn) that a plan names without an amount: one row a source and block."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from extractors.components import component_of
from extractors.context import Plan
from extractors.funding.origins import givers_together
from extractors.funding.source_clauses import SourceClauses
from extractors.funding.terms import CUES, LEAD_IN, expenditure_type, is_contextual, source_code
from extractors.plan import Block
from schemas.filtered import filtered
from schemas.records import Funding

if TYPE_CHECKING:
    from extractors.funding.funding import Context
    from extractors.funding.source_clauses import SourceClause
    from extractors.language.spans import TermSpan as Span

STOPS = filtered(r"[,;]")
JOINT = CUES["joint_sources"]
CITED_SUBJECT = CUES["cited_subject"]
BEFORE_SOURCE = 120
"""So far before a source stand the words that tell that it has paid."""
CITED_REACH = 1000
"""As far before a source begins the document whose subject names it."""


def read_sources(plan: Plan, block: Block, context: Context, rows: list[Funding]) -> list[Funding]:
    """Sources that a block names without an amount: one row a source and block (đoạn)."""
    found: dict[str, Funding] = {}
    announces = plan.text[block.start : block.end].rstrip().endswith(":")
    told = {r.source for r in rows}
    if is_lead_in(plan, block, context.money):
        return []
    clauses = SourceClauses(plan, block, rows)
    for span in plan.terms("funding_sources", block.body_start, block.end):
        code = budget_of(plan, span) or source_code(plan, span)
        if code in found or code in told or (announces and code == "other" and not found):
            continue
        clause = clauses.at(span.start_char)
        if clause.opens_past or plan.in_flattened(span.start_char):
            continue
        if not context.money and says_no_source(span, clause, context):
            continue
        if clause.shares and not CUES["remainder"].search(plan.text, clause.start, span.start_char):
            continue
        if (
            beside_an_amount(plan, span, clause)
            or clause.says("not_share")
            or is_named_only(plan, span, clause)
            or (not context.money and heads_tasks(plan, block, span))
            or is_verb(plan, span, clause)
            or is_general(span, clause)
            or goes_on_with_budget(span, found)
            or takes_part(plan, span, clause)
            or has_paid(plan, span, clause)
            or pays_nothing(plan, span, clause, context)
        ):
            continue
        found[code] = Funding(
            funding_id=plan.new_id("funding", span.start_char, span.end_char, code),
            kind="source",
            source=code,
            expenditure_type=source_type(plan, span, clause),
            component=component_of(plan, block.section, span.start_char),
            **plan.fact(clause.start, clause.end, "source_named", 0.82 if context.money else 0.6),
        )
    return list(found.values())


def says_no_source(span: Span, clause: SourceClause, context: Context) -> bool:
    """Whether words outside a passage about money name no source there: they state an aim, or nothing of paying."""
    if context.aim or (is_contextual(span) and not beside_a_source(span, clause)):
        return True
    return not clause.says("source_clause")


def has_paid(plan: Plan, span: Span, clause: SourceClause) -> bool:
    """Whether a source paid for what there is already (`các cụm đã đầu tư bằng vốn ngân sách`)."""
    if CUES["paid_before"].search(plan.text, max(clause.start, span.start_char - BEFORE_SOURCE), span.start_char):
        return True
    return CUES["paid_behind"].match(plan.text, span.end_char, clause.end) is not None


def pays_nothing(plan: Plan, span: Span, clause: SourceClause, context: Context) -> bool:
    """Whether a clause only speaks of a source: how it is run, fed or stands (`quản lý chi NSNN`), or who draws on it
    where nothing else is about money (`người hưởng trợ cấp từ ngân sách`)."""
    begin = max(clause.start, span.start_char - 2 * BEFORE_SOURCE)
    if CUES["not_paying_behind"].match(plan.text, span.end_char, clause.end):
        return True
    if CUES["not_paying_before"].search(plan.text, begin, span.start_char):
        return True
    if CUES["takings"].search(plan.text, begin, span.end_char):
        return True
    if CUES["as_ruled_before"].search(plan.text, begin, span.start_char):
        return len(clause.sources) > 1
    if context.money:
        return False
    if CUES["drawn_by"].search(plan.text, begin, span.start_char) or joins_work(span, clause):
        return True
    used_well = CUES["used_well_before"].search(plan.text, begin, span.start_char) is not None
    return used_well and CUES["used_for_behind"].match(plan.text, span.end_char, clause.end) is None


def joins_work(span: Span, clause: SourceClause) -> bool:
    """Whether those who elsewhere pay are only to take part in work (`huy động cộng đồng tham gia dọn kênh`)."""
    joined = clause.work_joined
    return joined is not None and joined[0] <= span.start_char < joined[1]


def beside_an_amount(plan: Plan, span: Span, clause: SourceClause) -> bool:
    """Whether a source stands in the words of an amount, so that it is no source without one: `Ngân sách xã và nguồn
    huy động: 35 triệu đồng`. Amounts told in turn of several sources leave it open which is whose."""
    beside = None if clause.says("in_turn") else clause.amount_at(span.start_char)
    if beside is None:
        return False
    amount, start, end = beside
    if CUES["remainder"].search(plan.text, amount.end, max(amount.end, span.start_char)):
        return False  # "150 triệu đồng/phòng, phần còn thiếu do ngân sách xã và nhân dân đóng góp"
    if STOPS.search(plan.text, *gap((amount.start, amount.end), (span.start_char, span.end_char))) is None:
        return True
    if span.end_char <= amount.start and givers_together(plan.text, start, amount):
        return True
    others = [s for s in plan.terms("funding_sources", start, end) if s.start_char != span.start_char]
    return any(in_one_list(plan.text, span, other) for other in others)


def gap(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    """The place between two others, in whichever order they stand."""
    left, right = sorted((first, second))
    return left[1], max(left[1], right[0])


def in_one_list(text: str, first: Span, second: Span) -> bool:
    """Whether nothing parts two sources but the joint of a list."""
    between = gap((first.start_char, first.end_char), (second.start_char, second.end_char))
    return STOPS.search(text, *between) is None or JOINT.fullmatch(text, *between) is not None


def beside_a_source(span: Span, clause: SourceClause) -> bool:
    """Whether a clause about what is left to pay names, beside this loose source, one that is a source anywhere."""
    return bool(clause.own_names - {span.label_}) and clause.says("remainder")


def source_type(plan: Plan, span: Span, clause: SourceClause) -> str | None:
    """The expenditure type said with a source: before it, or after it where the clause names no other source."""
    named = clause.sources
    others = [s for s in named if s.label_ != span.label_ and not (s.label_ == "state_budget" and is_contextual(s))]
    end = min((s.start_char for s in others if s.start_char > span.end_char), default=clause.end)
    start = max((s.end_char for s in others if s.end_char < span.start_char), default=clause.start)
    if CUES["other_beside"].fullmatch(span.text):
        start = span.start_char  # "chi thường xuyên hoặc các nguồn hợp pháp khác": what is said before is not of these
    return expenditure_type(plan.text[start:end])


BUDGET_OF = {"ubnd_tinh": "provincial_budget", "ubnd_huyen": "district_budget", "ubnd_xa": "commune_budget"}
SETS_ASIDE = CUES["sets_aside"]


def budget_of(plan: Plan, span: Span) -> str | None:
    """Whose budget a bare `ngân sách` is: that of the committee which sets it aside (`UBND các huyện bố trí ngân
    sách`)."""
    if span.label_ != "state_budget" or not is_contextual(span):
        return None
    before = plan.terms("agencies", max(0, span.start_char - 80), span.start_char)
    if not before or not SETS_ASIDE.fullmatch(plan.text, before[-1].end_char, span.start_char):
        return None
    return BUDGET_OF.get(plan.agency(before[-1]).code or "")


def is_lead_in(plan: Plan, block: Block, money: bool) -> bool:
    """Whether a block only announces what stands below it (`đa dạng hóa các nguồn lực như:`)."""
    below = (
        block.section is not None
        and block.section.head is block
        and (block.section.children or len(block.section.blocks) > 1)
    )
    words = plan.text[block.start : block.end].rstrip()
    if not money and CUES["announces_tasks"].search(words):
        return False  # "… bố trí kinh phí từ ngân sách xã để thực hiện Kế hoạch, tập trung các nhiệm vụ sau:"
    return bool(below) and (words.endswith(":") or (len(words) <= LEAD_IN and not words.endswith((".", ";"))))


def is_named_only(plan: Plan, span: Span, clause: SourceClause) -> bool:
    """Whether a phrase stands in a slogan, a title in quotation marks or the subject of a cited document."""
    if clause.quotes:
        before = plan.text[clause.start : span.start_char]
        if before.count("“") > before.count("”") or before.count('"') % 2 == 1:
            return True
    reach = max(clause.start, span.start_char - CITED_REACH)
    return CITED_SUBJECT.search(plan.text, reach, span.start_char) is not None


IS_GIVEN = CUES["is_given"]


def is_verb(plan: Plan, span: Span, clause: SourceClause) -> bool:
    """Whether `được tài trợ`, `được ủng hộ` only says how a source gives that the clause names, too."""
    if not is_contextual(span) or not IS_GIVEN.search(plan.text, clause.start, span.start_char):
        return False
    return bool(clause.own_names)


def heads_tasks(plan: Plan, block: Block, span: Span) -> bool:
    """Whether the name of a fund heads an item that tells its tasks (`Quỹ Bảo vệ môi trường tỉnh: ký hợp đồng …`)."""
    at_head = span.start_char == block.body_start
    return at_head and CUES["doer_label"].match(plan.text, span.end_char, block.end) is not None


def is_general(span: Span, clause: SourceClause) -> bool:
    """Whether `kinh phí`, `ngân sách` without a level stands beside a source that names one."""
    if span.label_ != "state_budget" or not is_contextual(span):
        return False
    return any(label.endswith("_budget") and label != span.label_ for label in clause.labels)


def goes_on_with_budget(span: Span, found: Collection[str]) -> bool:
    """Whether a bare `ngân sách` goes on with budgets whose levels its block has named (`từ ngân sách trung ương và địa
    phương. Tiếp tục bố trí ngân sách cho …`)."""
    levels = any(code.endswith("_budget") and code != "state_budget" for code in found)
    return levels and span.label_ == "state_budget" and is_contextual(span)


def takes_part(plan: Plan, span: Span, clause: SourceClause) -> bool:
    """Whether a body that lends elsewhere is named for doing its part of a task (`phối hợp với Ngân hàng Chính sách xã
    hội`)."""
    if not is_contextual(span) or CUES["taking_part"].search(plan.text, clause.start, span.start_char) is None:
        return False
    bodies = plan.terms("agencies", clause.start, clause.end)
    return any(b.start_char <= span.start_char and span.end_char <= b.end_char for b in bodies)
