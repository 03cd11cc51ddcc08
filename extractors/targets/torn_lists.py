"""Those whom a share is of, put together where a list of them was cut before the verb that they all have: of `100% bến
xe, cảng cạn có ít nhất 02 tủ sơ cứu` the share owns the words up to the second figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.cues import cues
from extractors.targets.population import verb_at

CUES = cues("target_population_cues.yaml")
LONGEST = 220
MOST_EACH = 10
"""No more has each of those whom a share is of: `70% lao động và thanh niên có 1.200 việc làm` are two figures."""


def with_whole_lists(text: str, measures: Sequence, owned: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces of the figures of a clause, the whole list of those whom a share is of in the share's own."""
    mended = list(owned)
    for at, (share, count) in enumerate(pairwise(measures)):
        if mended[at + 1][0] < count.start and is_torn(text, share, mended[at], count):
            mended[at], mended[at + 1] = (mended[at][0], count.start), (count.start, mended[at + 1][1])
    return mended


def is_torn(text: str, share, piece: tuple[int, int], count) -> bool:
    """Whether a share's piece names only some of those whom it is of and no verb, and the words behind
    it the last of them and that they all have something."""
    if getattr(share, "unit", None) != "percent" or share.change or count.start - share.end > LONGEST:
        return False
    if (getattr(count, "value", None) or 0) > MOST_EACH:
        return False
    begin, end = piece
    if CUES["opens_share"].fullmatch(text, begin, share.start) is None:
        return False
    if CUES["last_has"].fullmatch(text, end, count.start) is None:
        return False
    return CUES["names_some"].fullmatch(text, share.end, end) is not None and verb_at(text, share.end, end) is None
