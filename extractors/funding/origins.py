"""Where an amount comes from: the source that its own words name, else its heading, its list or its total."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from extractors.context import Plan
from extractors.funding.terms import CUES, level_alone, level_budget, payer, source_code
from extractors.plan import Block
from extractors.values.money import Amount
from schemas.filtered import filtered
from schemas.records import Funding

if TYPE_CHECKING:
    from extractors.funding.funding import Context
    from extractors.language.spans import TermSpan as Span

YEAR = CUES.naming("named_year", "year")
PHASED = CUES["phased"]
PAST_SPAN = CUES.naming("past_span", "year")
SENTENCE_END = filtered(r"\.\s+\p{Lu}")
SHARES_IN_BRACKET = filtered(r"\([^()]*\d\s?%[^()]*\)")
BUDGETS = frozenset({"state_budget", "local_budget"})
LEVELS = frozenset({"central_budget", "provincial_budget", "district_budget", "commune_budget"})
ENTRUSTS = CUES["entrusts"]
JOINS = CUES["joins_sources"]
NEAR = 40
GIVERS, GIVERS_REACH = frozenset({"enterprise", "community"}), 160
OF_A_SOURCE = "nguồn "
"""What may stand before the name of a source (`từ nguồn ngân sách tỉnh`)."""


def source_of(
    plan: Plan,
    block: Block,
    piece: tuple[int, int],
    clause: tuple[int, int],
    amount: Amount,
    kind: str,
    whole: Funding | None,
    context: Context,
) -> str | None:
    """Where an amount comes from: what its own words say, else the heading above, else the opening of its list. Of
    several named in one breath nobody can tell how much each gives."""
    if names_several(plan, piece, amount):
        return None
    source = own_source(plan, piece, amount, whole) or context.source
    if source is None and CUES["another_level"].search(plan.text, clause[0], amount.start):
        source = level_alone(plan.text[piece[0] : amount.start])
    if source is None and kind in ("component", "total"):
        source = lead_source(plan, clause, amount) or series_source(plan, block, piece, amount)
        if source in BUDGETS:
            source = level_alone(words_before(plan, piece, amount)) or source
    if source in GIVERS and givers_together(plan.text, piece[0], amount):
        return None
    if source in GIVERS and kind not in ("total", "component"):
        return nearest_source(plan, (piece[0], amount.end), amount)  # those named beside a norm receive it
    return source


def is_past(plan: Plan, words: str) -> bool:
    """Whether every year that a clause names lies before the plan's own: money that has been spent."""
    first = plan.first_year
    span = PAST_SPAN.match(words)
    if first and span is not None and int(span["year"]) < first:
        return True
    years = [int(m["year"]) for m in YEAR.finditer(words)]
    return bool(first and years) and max(years) < first


def names_several(plan: Plan, piece: tuple[int, int], amount: Amount) -> bool:
    """Whether the words of an amount join different sources (`ngân sách xã và nguồn huy động: 35 triệu đồng`), on
    the side of the amount where its source stands."""
    spans = plan.terms("funding_sources", piece[0], end_of_own_words(plan, piece, amount))
    beside = [s for s in spans if s.end_char <= amount.start] or spans
    return any(
        source_code(plan, first) != source_code(plan, second)
        and JOINS.fullmatch(plan.text, first.end_char, second.start_char)
        for first, second in pairwise(beside)
    )


def givers_together(text: str, start: int, amount: Amount) -> regex.Match[str] | None:
    """The words by which firms and people give an amount together (`vốn doanh nghiệp, người dân 12 tỷ đồng`), though
    only the first of them may be named as a source."""
    return CUES["both_givers"].search(text, max(start, amount.start - GIVERS_REACH), amount.start)


def tell_source_behind(plan: Plan, clause: tuple[int, int], amounts: list[Amount], rows: list[Funding]) -> None:
    """Give the norm before a bracket that reckons it up the source behind the bracket (`200.000 đồng/người (300 người x
    … = 60 triệu đồng) từ ngân sách tỉnh`)."""
    behind = CUES["source_behind_bracket"].search(plan.text, *clause)
    if behind is None:
        return
    named = [
        s
        for s in plan.terms("funding_sources", *clause)
        if behind.end() <= s.start_char <= behind.end() + len(OF_A_SOURCE)
    ]
    opened = plan.text.rfind("(", clause[0], behind.start())
    before = [i for i, amount in enumerate(amounts) if amount.end <= opened]
    reckoned = [i for i, amount in enumerate(amounts) if amount.start > opened and amount.end <= behind.start()]
    if named and before and any(amounts[i].product_of for i in reckoned):
        for i in (before[-1], *reckoned):
            rows[i].source = rows[i].source or source_code(plan, named[0])


def own_source(plan: Plan, piece: tuple[int, int], amount: Amount, whole: Funding | None) -> str | None:
    """Where an amount comes from: the source that its piece names; for a part of a budget the level that it names
    (`ngân sách nhà nước 65 tỷ, trong đó cấp tỉnh 40 tỷ`); else who pays it; else what its total says."""
    named = nearest_source(plan, piece, amount)
    if named:
        return named
    words = plan.text[piece[0] : end_of_own_words(plan, piece, amount)]
    if whole is not None and whole.source in BUDGETS:
        return level_budget(words) or level_alone(words_before(plan, piece, amount)) or whole.source
    return payer(words) or (whole.source if whole else None)


def words_before(plan: Plan, piece: tuple[int, int], amount: Amount) -> str:
    """The words right before an amount in its piece, behind the bracket that opens before them."""
    return plan.text[piece[0] : amount.start].rpartition("(")[2]


def lead_source(plan: Plan, clause: tuple[int, int], amount: Amount) -> str | None:
    """The one source that a clause names before the colon that opens its list (`Phần ngân sách tỉnh bố trí theo các
    năm: năm 2021 …`)."""
    colon = plan.text.find(":", clause[0], amount.start)
    if colon < 0:
        return None
    named = {source_code(plan, s) for s in plan.terms("funding_sources", clause[0], colon)}
    return named.pop() if len(named) == 1 else None


def end_of_own_words(plan: Plan, piece: tuple[int, int], amount: Amount) -> int:
    """Where the words about an amount end: before those that open its parts (`6 tỷ, trong đó ngân sách chiếm 60%`),
    also before a bracket of sources with their shares (`6 tỷ (ngân sách 80%, vốn huy động 20%)`) or the first source
    with its share."""
    parts = CUES["parts"].search(plan.text, amount.end, piece[1])
    brackets = SHARES_IN_BRACKET.finditer(plan.text, amount.end, piece[1])
    shares = next((b for b in brackets if plan.terms("funding_sources", *b.span())), None)
    behind = plan.terms("funding_sources", amount.end, piece[1]) if amount.end < piece[1] else []
    shared = (s.start_char for s in behind if CUES["share_behind"].match(plan.text, s.end_char, s.end_char + NEAR))
    return min(next(shared, piece[1]), *(match.start() if match else piece[1] for match in (parts, shares)))


def series_source(plan: Plan, block: Block, piece: tuple[int, int], amount: Amount) -> str | None:
    """The one source that a block names before its first year, of an amount that stands in a row of years (`Đối với
    ngân sách tỉnh, phân bổ năm 2022: 3 tỷ; năm 2023: 4 tỷ`)."""
    if not PHASED.search(plan.text, piece[0], amount.start):
        return None
    first = YEAR.search(plan.text, block.body_start, amount.start)
    if first is None or SENTENCE_END.search(plan.text, first.start(), amount.start):
        return None
    named = {source_code(plan, s) for s in plan.terms("funding_sources", block.body_start, first.start())}
    return named.pop() if len(named) == 1 else None


def source_behind(plan: Plan, amount: Amount, spans: Sequence[Span]) -> Span | None:
    """The budget of one level right behind an amount (`Nhà nước hỗ trợ 3 tỷ đồng từ ngân sách tỉnh`)."""
    behind = next((s for s in spans if s.start_char >= amount.end), None)
    if behind is None or not CUES["source_behind_sum"].fullmatch(plan.text, amount.end, behind.start_char):
        return None
    return behind if source_code(plan, behind) in LEVELS else None


def nearest_source(plan: Plan, piece: tuple[int, int], amount: Amount) -> str | None:
    """The source that a piece names; of several the one nearest before the amount."""
    spans = plan.terms("funding_sources", piece[0], end_of_own_words(plan, piece, amount))
    before = [s for s in spans if s.end_char <= amount.start]
    if len(before) > 1 and ENTRUSTS.search(plan.text, before[-2].end_char, before[-1].start_char):
        return source_code(plan, before[-2])  # what a budget entrusts to a bank stays the budget's
    chosen = before[-1] if before else (spans[0] if spans else None)
    if not before and chosen is not None and ENTRUSTS.search(plan.text, amount.end, chosen.start_char):
        return None
    if before and source_code(plan, before[-1]) == "state_budget":  # which budget of the state it is, is told behind
        chosen = source_behind(plan, amount, spans) or chosen
    return source_code(plan, chosen) if chosen is not None else None
