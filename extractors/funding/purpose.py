"""What an amount is for, in the words before it."""

from __future__ import annotations

from extractors.context import Plan
from extractors.cues import cues
from extractors.spans import trim
from extractors.values.money import Amount

CUES = cues("funding_cues.yaml")
SPELLED_BEFORE = CUES["spelled_before"]
"""The amount before this one, spelled in a bracket."""
OPENING_WORDS = CUES["opening_words"]
CLOSING_WORDS = CUES["closing_words"]


def purpose(plan: Plan, piece: tuple[int, int], amount: Amount) -> str | None:
    """What the money is for: the piece's words before the amount."""
    start, end = trim(plan.text, piece[0], amount.start)
    words = SPELLED_BEFORE.sub("", plan.text[start:end]).strip(" ,;:(-+")
    before, bracket, behind = words.partition(")")
    if bracket and "(" not in before:  # "(chiếm 40%), ngân sách tỉnh": the end of what is said of the amount before
        words = behind.strip(" ,;:")
    words = OPENING_WORDS.sub("", words)
    words = CLOSING_WORDS.sub("", words).strip(" ,;:")
    return None if not words or CUES["no_purpose"].fullmatch(words) else words
