"""Which amounts are funding: no aims, results, fines or prices, and of past money what is still to be found."""

from __future__ import annotations

from functools import lru_cache

from extractors.cues import cues
from extractors.values.money import Amount

CUES = cues("funding_cues.yaml")
NEED_REACH = 100
"""So far before an amount stand the words that it is still needed."""


def is_funding(text: str, clause: tuple[int, int], amount: Amount) -> bool:
    """Whether nothing in a clause makes an amount an aim, a result, a fine or a price; what is granted to those whom
    such words describe is funding."""
    said = no_money(text, *clause)
    paid = [(start, end) for start, end in paid_words(text, *clause) if is_paid(text, amount, start)]
    if any(start >= amount.end for start, _ in (*said, *paid)):
        return False
    before = sorted(min(end, amount.end) for _, end in (*said, *paid))
    if not before or CUES["granted"].search(text, before[-1], amount.end):
        return True
    return is_needed(text, max(before[-1], amount.start - NEED_REACH), amount, clause[1])


def is_paid(text: str, amount: Amount, said: int) -> bool:
    """Whether words that money has been paid (`đã bố trí`) mean an amount: it stands behind them, or right before."""
    return said < amount.end or not text[amount.end : said].strip()


def is_needed(text: str, start: int, amount: Amount, end: int) -> bool:
    """Whether an amount is still to be found (`còn thiếu 110 tỷ đồng`) and has not been since."""
    needed = CUES["still_needed"].search(text, start, amount.start) is not None
    return needed and CUES["given_by_now"].match(text, amount.end, end) is None


@lru_cache(maxsize=8)
def no_money(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a clause says that its amounts are no funding. Every amount of the clause asks."""
    return tuple(match.span() for match in CUES["not_funding"].finditer(text, start, end))


@lru_cache(maxsize=8)
def paid_words(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a clause says that money has been paid. Every amount of the clause asks."""
    return tuple(match.span() for match in CUES["paid"].finditer(text, start, end))
