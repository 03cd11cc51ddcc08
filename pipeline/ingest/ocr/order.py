"""The order of lines on a page: from top to bottom where they stand in one column.

An engine that parts a page into blocks may put the label and the first line of an item before the page's head. What
stands above a line and over it is read before it; columns that stand side by side stay as the engine has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.ocr.words import TextLine

OVER = 0.5
"""Share of the narrower line that two lines have in common where one stands over the other."""
HIGHER = 0.6
"""By how much of its height a line stands above another at least."""


def in_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, each behind those that stand over it, else as they were."""
    if not any(stands_over(below, above) for above, below in pairwise(lines)):
        return list(lines)
    waiting = list(lines)
    out: list[TextLine] = []
    while waiting:
        free = (at for at, line in enumerate(waiting) if not any(stands_over(other, line) for other in waiting))
        out.append(waiting.pop(next(free, 0)))
    return out


def stands_over(upper: TextLine, lower: TextLine) -> bool:
    """Whether a line stands above another one, in its column."""
    if upper.middle[1] > lower.middle[1] - HIGHER * (lower.bottom - lower.top):
        return False
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    return shared > OVER * min(upper.right - upper.left, lower.right - lower.left)
