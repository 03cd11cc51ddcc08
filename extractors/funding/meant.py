"""Which amounts are funding: no aims, results, fines or prices, and of past money what is still to be found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from extractors.cues import cues
from extractors.values.money import Amount
from schemas.filtered import filtered

CUES = cues("funding_cues.yaml")
PAID_REACH, MARK = 80, filtered(r"[,;:(–-]")
CHANGE, CHANGE_REACH = CUES["change_of_sum"], 30
NEED_REACH = 100
"""So far before an amount stand the words that it is still needed."""


def is_funding(text: str, clause: tuple[int, int], amount: Amount) -> bool:
    """Whether nothing in a clause makes an amount an aim, a result, a fine or a price; what is granted to those whom
    such words describe is funding."""
    if CUES["sum_of_others"].search(text, max(clause[0], amount.start - PAID_REACH), amount.start):
        return False
    behind = min(clause[1], amount.end + CHANGE_REACH)
    changes = CHANGE.finditer(text, max(clause[0], amount.start - CHANGE_REACH), behind)
    if any(change.end() == amount.start for change in changes):
        return False
    said, paid = no_money(text, *clause), paid_words(text, *clause)
    if (said and said[-1][0] >= amount.end) or is_paid(text, amount, paid):
        return False
    before = max((last_before(amount.end, spans) for spans in (said, paid)), default=0)
    if not before or CUES["granted"].search(text, before, amount.end):
        return True
    return is_needed(text, max(before, amount.start - NEED_REACH), amount, clause[1])


def last_before(stop: int, spans: Sequence[tuple[int, int]]) -> int:
    """Where the last of some words ends that begin before a place, 0 where none does. Every amount of a clause asks."""
    at = bisect_left(spans, (stop,))
    return min(spans[at - 1][1], stop) if at else 0


def is_paid(text: str, amount: Amount, paid: Sequence[tuple[int, int]]) -> bool:
    """Whether the next words that money has been paid mean the amount before them, no mark between (`30 tỷ đồng từ
    ngân sách tỉnh đã giải ngân`, but not `4 tỷ đồng, đã bố trí trong dự toán`)."""
    at = bisect_left(paid, (amount.end,))
    if at == len(paid) or paid[at][0] - amount.end > PAID_REACH:
        return False
    return MARK.search(text, amount.end, paid[at][0]) is None


def is_needed(text: str, start: int, amount: Amount, end: int) -> bool:
    """Whether an amount is still to be found (`còn thiếu 110 tỷ đồng`) and has not been since."""
    needed = CUES["still_needed"].search(text, start, amount.start) is not None
    return needed and CUES["given_by_now"].match(text, amount.end, end) is None


def is_rest(text: str, last: int, start: int, end: int) -> bool:
    """Whether the words before an amount (`start`, `end`) make it what is still to come of the one at `last`, of which
    a part has been paid since (`đã bố trí 4 tỷ đồng, còn lại 6 tỷ đồng`) or the rest is lacking."""
    rest = CUES["still_to_come"].search(text, max(start, end - NEED_REACH), end)
    return rest is not None and (rest["lacking"] is not None or CUES["paid"].search(text, last, end) is not None)


@lru_cache(maxsize=8)
def no_money(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a clause says that its amounts are no funding. Every amount of the clause asks."""
    return tuple(match.span() for match in CUES["not_funding"].finditer(text, start, end))


@lru_cache(maxsize=8)
def paid_words(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a clause says that money has been paid. Every amount of the clause asks."""
    return tuple(match.span() for match in CUES["paid"].finditer(text, start, end))
