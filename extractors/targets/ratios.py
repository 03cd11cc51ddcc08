"""Ratios: so many of one thing for a round number of others (`18 ca sinh/1.000 phụ nữ`, `4/100.000 trẻ`). They count
neither things nor people, so no unit of the list is theirs."""

from __future__ import annotations

from extractors.cues import cues
from extractors.values.measures import Measure

CUES = cues("target_figure_cues.yaml")
HOLDS_PEOPLE = frozenset({"class", "course", "event"})
"""`10 lớp/100 người`: two counts, not a ratio."""
REACH = 40


def is_ratio(text: str, measure) -> bool:
    """Whether a figure is told for a round number of others."""
    if not isinstance(measure, Measure) or measure.unit in HOLDS_PEOPLE:
        return False
    if CUES["people_for_people"].match(text, measure.number_end):
        return True
    return any(CUES[name].match(text, measure.number_start) for name in ("ratio", "bare_ratio"))


def is_foot(text: str, measure) -> bool:
    """Whether a figure is the round number itself, told in words (`3,5 dược sĩ trên 1 vạn dân`)."""
    if not isinstance(measure, Measure) or not CUES["foot_in_words"].match(text, measure.start):
        return False
    return CUES["counted_for_foot"].search(text, max(0, measure.start - REACH), measure.start) is not None
