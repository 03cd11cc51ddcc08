"""What a target measures, in the document's words.

A level that says no more than how it is reached, when and where goes on the words of the figure before it: `tỷ lệ hộ
nghèo dưới 7% (vùng cao dưới 12%) vào năm 2025 và dưới 3% vào năm 2030`.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context import Plan
from extractors.cues import cues
from extractors.spans import trim
from extractors.wording import whole_words
from schemas.records import Target

CUES = cues("target_name_cues.yaml")
JOINING_WORDS, LEFT_OPEN = CUES["joining_words"], CUES["left_open"]
LONGEST = 500
"""Behind so many characters a level no longer goes on what stands before it."""


def indicator_text(text: str, piece: tuple[int, int], measure, before: int | None, is_part: bool) -> str:
    """What is measured: the piece without its bullet and joining words. A bare level goes on the words of the figures
    before it in the clause, which begin at `before`; that of a place need not where it is part of a whole."""
    start, end = trim(text, *piece)
    if before is not None and goes_on_words(text, start, end, is_part) and measure.start - before < LONGEST:
        start, _ = trim(text, before, end)
    if announced := CUES["announced"].match(text, start, measure.start):
        start = announced.end()
    words = whole_words(text[start:end], max(measure.start - start, 0))
    return LEFT_OPEN.sub("", JOINING_WORDS.sub("", words)) or words or text[measure.start : measure.end]


def with_object(text: str, piece: tuple[int, int], measure, end: int) -> tuple[int, int]:
    """The piece of a share up to the end of its clause where it breaks off before what they are to have, which is told
    by the next figure (`100% trạm có` | `ít nhất 02 bác sĩ`)."""
    if getattr(measure, "unit", None) != "percent" or end - piece[0] > LONGEST:
        return piece
    return (piece[0], end) if CUES["lacks_object"].search(text, measure.end, piece[1]) else piece


def goes_on_words(text: str, start: int, end: int, is_part: bool = False) -> bool:
    """Whether a piece does not say of what its figure is."""
    if CUES["bare_change"].fullmatch(text, start, end):
        return True
    return not is_part and CUES["bare_place"].fullmatch(text, start, end) is not None


def opens_name(text: str, piece: tuple[int, int], before: int | None) -> int:
    """Where the words begin that the next bare level goes on: those of this piece, or where it is bare itself those
    that it goes on."""
    return before if before is not None and goes_on_words(text, *trim(text, *piece)) else piece[0]


def head_of_list(plan: Plan, clause: tuple[int, int], earlier: Sequence[Target]) -> int | None:
    """Where the sentence begins whose list a bare figure goes on at the head of a clause (`90% đối với tuyến tỉnh; 75%
    đối với tuyến huyện`); None where the clause tells something of its own."""
    if not earlier or not CUES["bare_head"].match(plan.text, *clause):
        return None
    begin, _ = plan.sentence_around(clause)
    return begin if begin < clause[0] and earlier[-1].char_end > begin else None
