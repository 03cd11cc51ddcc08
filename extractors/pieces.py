"""Which words of a clause belong to which figure: the piece of a clause that a measure owns.

Attachment is where such systems fail: of `60% xã đạt chuẩn, 80% trạm y tế có bác sĩ` each figure owns its side of the
comma; of `tỷ lệ hộ nghèo còn 3%, tỷ lệ hộ cận nghèo còn 4%` too, though there the words stand before the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from regex import Match

from extractors.cues import cues

CUES = cues("piece_cues.yaml")
SEPARATOR = CUES["separator"]
CLOSES_FIGURE = CUES["closes_figure"]
"""What comes after a figure whose words stand before it: the end of the phrase, a time, a comparison."""
YEAR_IN_BRACKETS = CUES["year_in_brackets"]


class Figure(Protocol):
    """What pieces are cut around: anything with a span."""

    start: int
    end: int


def follows_its_words(text: str, figure: Figure, end: int) -> bool:
    """Whether a figure closes its phrase (`tỷ lệ … đạt 99%`) rather than opens it (`99% hộ …`)."""
    return CLOSES_FIGURE.match(text, figure.end, end) is not None


def pieces(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """The span of text[start:end] that each figure owns, in order; together they cover the clause."""
    bounds = [start]
    for left, right in pairwise(figures):
        gap = list(SEPARATOR.finditer(text, left.end, max(left.end, right.start)))
        if not gap:  # "35 lớp cho 2.100 lượt cán bộ": what stands between belongs to the figure that it follows
            bounds.append(max(left.end, right.start))
        elif (topics := topics_end(text, gap, left, right)) is not None:
            bounds.append(topics)
        elif follows_its_words(text, left, end):
            bounds.append(behind_year(text, gap[0].start(), right.start))
        else:
            bounds.append(opens_parts(text, gap, right, end) or gap[-1].start())
    bounds.append(end)
    return list(pairwise(bounds))


def opens_parts(text: str, gap: Sequence[Match[str]], right: Figure, end: int) -> int | None:
    """Where the words that open parts stand before a figure that closes its phrase, and own all of it: `70% trẻ em,
    trong đó trẻ hộ nghèo, cận nghèo đạt 100%`."""
    opening = next((match for match in reversed(gap) if CUES["opens_parts"].match(match.group())), None)
    if opening is None or ";" in text[opening.end() : right.start] or not follows_its_words(text, right, end):
        return None
    return opening.start()


def topics_end(text: str, gap: Sequence[Match[str]], left: Figure, right: Figure) -> int | None:
    """Where a list of topics ends that is told of lessons, before the count of those whom they are for (`20 lớp tiếng
    Hàn, tiếng Nhật cho 600 học viên`): it belongs to the lessons."""
    last = gap[-1].end()
    if not CUES["last_topic"].fullmatch(text, last, max(last, right.start)) or ";" in text[left.end : last]:
        return None
    return right.start if CUES["of_lessons"].search(text, left.start, gap[0].start()) else None


def behind_year(text: str, at: int, end: int) -> int:
    """Where a piece ends that a year in brackets closes: `còn 18,5% (năm 2025), …` owns its brackets."""
    match = YEAR_IN_BRACKETS.match(text, at, end)
    return match.end() if match else at
