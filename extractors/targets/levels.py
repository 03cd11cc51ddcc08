"""The level that a change starts from, put into the one that it aims at (`từ A lên B`), where the value grammar has not
done so: of units that it does not list, and behind a bracket that tells more of the level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.cues import cues
from extractors.values.measures import Measure, moved_to, turn_between

CUES = cues("target_cues.yaml")
LEVEL_OPENING = CUES["level_opening"]
UPWARDS = CUES["upwards"]
TURN_BEHIND_BRACKET = CUES["turn_behind_bracket"]
MOST_BETWEEN = 4
"""So many figures on, those of the bracket among them, the level that is aimed at is looked for."""


def from_levels(text: str, measures: Sequence) -> list:
    """The figures of a clause in order, each level that a change starts from put into the one that it aims at: `từ 23
    ca xuống 18 ca`, `từ 4,2% (1.150 hộ) năm 2025 xuống còn 3%`. What stands in such a bracket is left out."""
    kept: list = []
    at = 0
    while at < len(measures):
        aimed = behind_bracket(text, measures, at)
        if aimed is None:
            measure = measures[at]
        else:  # whatever verb turns it, the figures tell which way
            measure, at = moved_from(measures[at], measures[aimed], "down"), aimed
        turn = turn_beside(text, kept[-1], measure) if kept else None
        if turn is None:
            kept.append(measure)
        else:
            kept[-1] = moved_from(kept[-1], measure, turn)
        at += 1
    return kept


def moved_from(level: Measure, aimed: Measure, turn: str) -> Measure:
    """The figure that is aimed at, with the level that it starts from and the change that leads from one to the
    other."""
    moved = moved_to(turn, level.value, aimed.value)
    return replace(aimed, start=level.start, baseline_value=level.value, change=moved)


def turn_beside(text: str, level, aimed) -> str | None:
    """`down` or `up` where two figures of a unit follow one another as a level and what it turns into."""
    if not (isinstance(level, Measure) and isinstance(aimed, Measure) and level.unit == aimed.unit):
        return None
    if level.comparator == "range" or UPWARDS.search(text, level.number_end, level.end):
        return None  # "từ 82% trở lên, năm 2020 đạt 76%": a bound, no start
    return turn_between(text, (level.number_start, max(level.end, level.number_end)), aimed.number_start)


def behind_bracket(text: str, measures: Sequence, at: int) -> int | None:
    """Which figure is the level that the one at `at` is to turn into, behind a bracket; None where none is."""
    level = measures[at]
    if not isinstance(level, Measure) or level.comparator != "ge" or not LEVEL_OPENING.match(text, level.start):
        return None
    if UPWARDS.search(text, level.number_end, level.end):
        return None  # "từ 90% trở lên (vùng cao 85%), đạt 95%": a bound, no start
    for later in range(at + 1, min(at + MOST_BETWEEN, len(measures))):
        aimed = measures[later]
        if getattr(aimed, "unit", None) == level.unit and TURN_BEHIND_BRACKET.fullmatch(
            text, level.end, aimed.number_start
        ):
            return later
    return None
