"""Days of the lunar calendar (âm lịch), which no rule here turns into days of the common one: beside such a day they
tell it once more (`ngày 21/4/2021, tức ngày 10 tháng 3 năm Tân Sửu`), alone they leave the day open."""

from __future__ import annotations

from dataclasses import replace

from extractors.cues import cues
from extractors.values.calendar import Point
from extractors.values.patterns import SHAPES

CUES = cues("time_cues.yaml", shapes=SHAPES)
BEHIND = CUES["lunar_behind"]
SAME_DAY = CUES["same_day_before"]
IN_BRACKET = CUES["bracket_behind_day"]
LINK, LIST = CUES["link"], CUES["list"]
BEFORE, AFTER = 20, 40
"""So near a day stand the words that tell of which calendar it is."""
NEXT = 40
"""So near stand two days of one stretch."""


def without_lunar(text: str, run: list[Point]) -> list[Point]:
    """The points of a text without lunar days that only tell others once more; those that stand alone are kept as
    feasts whose day is not known."""
    if CUES["lunar_word"].search(text) is None:
        return run
    again = [tells_again(text, point) for point in run]
    ends = [lunar_end(text, point) for point in run]
    for at, point in enumerate(run):
        if again[at] and not ends[at] and not (at and ends[at - 1]):
            ends[at] = point.end
    for order in (range(len(run) - 2, -1, -1), range(1, len(run))):
        for at in order:
            other = at + 1 if order.step == -1 else at - 1
            if ends[other] and not run[at].year_said and joined(text, run, min(at, other)):
                ends[at] = ends[at] or run[at].end
    kept: list[Point] = []
    told_twice = False
    for at, point in enumerate(run):
        if not ends[at]:
            kept.append(point)
            continue
        going_on = bool(at) and bool(ends[at - 1]) and joined(text, run, at - 1)
        told_twice = (told_twice and going_on) or told_beside(text, run, ends, again, at)
        if not told_twice:
            kept.append(replace(point, end=ends[at], feast=True, day=None, last_day=None))
    return kept


def lunar_end(text: str, point: Point) -> int:
    """Where the words end that tell a day or month as one of the moon's; 0 where none do."""
    if point.precision not in ("day", "month"):
        return 0
    behind = BEHIND.match(text, point.end, point.end + AFTER)
    return behind.end() if behind else 0


def tells_again(text: str, point: Point) -> bool:
    """Whether words before a day without a year say that it is the same as another (`tức ngày …`)."""
    plain = point.precision == "day" and not point.year_said
    return plain and SAME_DAY.search(text, max(0, point.start - BEFORE), point.start) is not None


def told_beside(text: str, run: list[Point], ends: list[int], again: list[bool], at: int) -> bool:
    """Whether a lunar day stands beside the same day of the common calendar."""
    if again[at]:
        return True
    if at and not ends[at - 1] and IN_BRACKET.fullmatch(text, run[at - 1].end, run[at].start):
        return True
    following = at + 1 < len(run) and not ends[at + 1]
    return following and SAME_DAY.search(text, max(ends[at], run[at + 1].start - BEFORE), run[at + 1].start) is not None


def joined(text: str, run: list[Point], at: int) -> bool:
    """Whether a point and the next are ends of one stretch or members of one list."""
    first, second = run[at], run[at + 1]
    if second.start - first.end > NEXT:
        return False
    between = text[first.end : second.start]
    return bool(LINK.match(between) or LIST.match(between))
