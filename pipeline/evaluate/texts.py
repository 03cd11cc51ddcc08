"""How words and values of gold and of tables are held against each other.

Case, spaces, Markdown marks, tone placement and kinds of hyphen and quote do not count; a misread letter or two, as
scans have them, does not hide a passage.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from schemas.folding import fold

MARKS = re.compile(r"[\s*#|_>]+")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
SHORTEST_INEXACT = 12
"""Anchors shorter than this must stand in the quote letter by letter."""
ALIKE = 0.88
"""Share of letters in common that makes a passage and an anchor one and the same."""
FEWEST_SHARED = ALIKE / (2 - ALIKE) - 0.001
"""`ALIKE` cannot be reached when a smaller share of the anchor's letters occurs in the quote at all."""
TOLERANCE = 1e-6


@lru_cache(maxsize=200_000)
def squeezed(text: str) -> str:
    """The letters and signs that count."""
    return MARKS.sub("", fold(unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=500_000)
def holds(quote: str, anchor: str) -> bool:
    """Whether a squeezed quote holds a squeezed anchor, or is itself the better part of it."""
    if not quote or not anchor:
        return False
    if anchor in quote or (quote in anchor and 2 * len(quote) >= len(anchor)):
        return True
    return len(anchor) >= SHORTEST_INEXACT and shares_letters(quote, anchor) and holds_inexactly(quote, anchor)


def shares_letters(quote: str, anchor: str) -> bool:
    """A cheap necessary condition of `holds_inexactly`."""
    return (Counter(anchor) & Counter(quote)).total() >= FEWEST_SHARED * len(anchor)


def holds_inexactly(quote: str, anchor: str) -> bool:
    """Whether the quote has nearly the anchor's letters where their longest common run stands."""
    run = SequenceMatcher(None, quote, anchor, autojunk=False).find_longest_match()
    start = max(0, run.a - run.b)
    window = quote[start : start + len(anchor)]
    return SequenceMatcher(None, window, anchor, autojunk=False).ratio() >= ALIKE


def similar(first: str | None, second: str | None, bound: float) -> bool:
    """Whether two names are one: one in the other, or with the given share of letters in common."""
    a, b = squeezed(first or ""), squeezed(second or "")
    if not a or not b:
        return False
    return a in b or b in a or SequenceMatcher(None, a, b, autojunk=False).ratio() >= bound


def stated(value: Any) -> bool:
    """Whether a cell says anything."""
    return value is not None and value != ""


def same(wanted: Any, given: Any) -> bool:
    """Whether two cells say the same: numbers by value, dates by day, words as `squeezed`."""
    if not stated(wanted) or not stated(given):
        return not stated(wanted) and not stated(given)
    if is_number(wanted) or is_number(given):
        try:
            wanted, given = float(wanted), float(given)
        except (TypeError, ValueError):
            return False
        return abs(wanted - given) <= TOLERANCE * max(1.0, abs(wanted))
    return squeezed(words(wanted)) == squeezed(words(given))


def is_number(value: Any) -> bool:
    """Whether the cell is a number (and no yes or no)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def words(value: Any) -> str:
    """A cell as text, a date as its day."""
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return text[:10] if DATE.match(text) else text


def document_number(value: Any) -> str:
    """A document's number bare of signs, case and leading zeros: `1722/QĐ-TTg` and `01722/qđ-ttg` are one."""
    upper = unicodedata.normalize("NFC", str(value or "")).upper()
    return re.sub(r"[^0-9A-ZĐ]", "", upper).lstrip("0")
