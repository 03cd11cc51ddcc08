"""Routines (định kỳ): `hằng năm`, `định kỳ 06 tháng, 01 năm`, `trước ngày 20 hằng tháng`, `02 lần/năm`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractors.cues import cues
from extractors.values import words
from extractors.values.patterns import SHAPES, Places
from extractors.values.rules import period_letters, words_near
from extractors.values.stretches import stretches
from schemas.filtered import Filtered

CUES = cues("time_cues.yaml", shapes=SHAPES)
_ITEM = CUES["interval"]
_PERIODIC = CUES["periodic"]
_PERIODIC_ALONE = CUES["periodic_alone"]
_EVERY_LIST = CUES["every_list"]
_HANDED_OVER = CUES["handed_over"]
_REPORT_LIST = CUES["report_list"]
_REPORT_BY_DAY = CUES["report_by_day"]
_DAILY = CUES["daily"]
_EVERY_COUNT = CUES["every_count"]
_HALF_AND_YEAR = CUES["half_and_year"]
_TIMES = CUES["times"]
_DAY_OF = CUES["day_of"]
_REVIEW = CUES["review"]
_TRIGGERS = words_near("routines")
_LETTER = period_letters()
_MONTHS = {"Y": 12, "Q": 3, "M": 1}
_IN_A_MONTH = {2: "P15D", 3: "P10D"}
"""What `02 lần/tháng` is held to mean; no whole interval of the calendar tells it."""
PRECISION = {"P1Y": "year", "P6M": "half_year", "P3M": "quarter", "P1M": "month"}
_TOLD = {"Y": "year", "Q": "quarter", "M": "month"}


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine in the text; `recurrence` None: no interval is stated. `by_day`: due on a day of each interval.
    `uneven`: the unit (`M`) in which it comes so often that no whole interval tells it."""

    start: int
    end: int
    recurrence: str | None
    by_day: bool = False
    uneven: str | None = None

    @property
    def precision(self) -> str | None:
        """What the text states: the day where one is named, else the interval."""
        if self.by_day:
            return "day"
        if self.uneven:
            return _TOLD.get(self.uneven)
        if self.recurrence and self.recurrence.endswith("Y"):
            return "year"
        if self.recurrence and self.recurrence.endswith("D"):
            return "day"
        return PRECISION.get(self.recurrence or "")


def duration(count: int, unit: str) -> str:
    """ISO 8601 duration of so many months, quarters, years or weeks, in the largest unit that fits."""
    return _iso(count, _LETTER[unit])


def _iso(count: int, letter: str) -> str:
    if letter == "Q":
        count, letter = count * 3, "M"
    if letter == "M" and count % 12 == 0:
        count, letter = count // 12, "Y"
    return f"P{count}{letter}"


def interval(said: str) -> str | None:
    """ISO 8601 duration of an interval in words (`quý`, `06 tháng`, `sáu tháng`); None where its unit is not known."""
    *count, unit = said.lower().split()
    return duration(_count(" ".join(count)), unit) if unit in _LETTER else None


def _count(said: str | None) -> int:
    if not said:
        return 1
    return int(said) if said.isdigit() else words.read([said.lower()])[0] or 1


def routines(text: str) -> list[Routine]:
    """All routines of a text, in order of their start; an interval list gives one each."""
    found: list[Routine] = []
    taken = Places()
    near = stretches(text, _TRIGGERS, before=90, after=110, digits=False)

    def take(*routines: Routine) -> None:
        found.extend(routines)
        for routine in routines:
            taken.add(routine.start, routine.end)

    for match in near.matches(_DAY_OF):
        take(Routine(match.start(), match.end(), duration(1, match["unit"].lower()), by_day=True))
    for match in near.matches(_PERIODIC):
        if taken.free(match.start("list"), match.end("list")):
            take(*_of_list(text, match))
    for match in near.matches(_TIMES):
        if taken.free(match.start(), match.end()):
            take(_of_times(match))
    for match in near.matches(_HANDED_OVER):
        if taken.free(match.start(), match.end()):
            take(Routine(match.start(), match.end(), duration(1, match["unit"].lower())))
    for match in near.matches(_REVIEW):
        if taken.free(match.start(), match.end()):
            take(Routine(match.start(), match.end(), "P6M" if match["half"] else "P1Y"))
    for pattern in (_DAILY, _EVERY_COUNT):
        for match in near.matches(pattern):
            if taken.free(*match.span("said")):
                unit = match.groupdict().get("unit")
                take(Routine(*match.span("said"), duration(1, unit.lower()) if unit else "P1D"))
    for pattern in (_EVERY_LIST, _HALF_AND_YEAR, _REPORT_LIST):
        for match in near.matches(pattern):
            if taken.free(match.start("list"), match.end("list")) and _is_routine(pattern, match):
                take(*_of_list(text, match))
    for match in near.matches(_REPORT_BY_DAY):
        if taken.free(match.start("unit"), match.end()):
            take(Routine(match.start("unit"), match.end(), duration(1, match["unit"].lower()), by_day=True))
    for match in near.matches(_PERIODIC_ALONE):
        if taken.free(match.start(), match.end()) and not _opens(text, match.end(), taken):
            take(Routine(match.start(), match.end(), None))
    return sorted(found, key=lambda r: (r.start, r.end))


def _opens(text: str, end: int, taken: Places) -> bool:
    """Whether `định kỳ` at `end` only leads a routine in (`định kỳ 02 lần/năm`)."""
    return any(taken.begins(at) and not text[end:at].strip("( :\u00a0") for at in (end + 1, end + 2))


def _is_routine(pattern: Filtered, match: regex.Match) -> bool:
    """`báo cáo năm` and `kiểm tra 3 tháng` alone are no routine; `mỗi 3 năm` is."""
    if pattern is not _REPORT_LIST:
        return True
    return len(list(_ITEM.finditer(match["list"]))) > 1


def _of_list(text: str, match: regex.Match) -> list[Routine]:
    opening = match.start()
    if match.re is _REPORT_LIST.compiled:
        opening = match.start("list")
    items = []
    for item in _ITEM.finditer(text, match.start("list"), match.end("list")):
        items.append(
            Routine(
                opening if not items else item.start(),
                item.end(),
                duration(_count(item["count"]), item["unit"].lower()),
            )
        )
    return items


def _of_times(match: regex.Match) -> Routine:
    at = match.span()
    if match["hours"]:
        return Routine(*at, f"PT{int(match['hours'])}H")
    letter = _LETTER[match["unit"].lower()]
    if match["span"]:
        return Routine(*at, duration(_count(match["span"]), match["unit"].lower()))
    if match["things"]:  # so many issues or items of a week are no times of it
        several = _count(match["things"]) > 1
        return Routine(*at, duration(1, match["unit"].lower()), uneven=letter if several else None)
    found = _so_often(at, _count(match["count"]), letter, told_hours=bool(match["at_hours"]))
    if found.uneven and match["each"]:  # "mỗi tuần 02 lần" says itself what comes again
        return replace(found, recurrence=duration(1, match["unit"].lower()))
    return found


def _so_often(at: tuple[int, int], count: int, letter: str, told_hours: bool) -> Routine:
    """The routine of what comes `count` times in a unit. Where no whole interval is that long (`5 lần/năm`) it has
    none; that of a part of a month, of hours that are named, or of a week in which it comes several times (`03
    lần/tuần`), is only what is commonly meant."""
    if letter == "D":
        exact = 24 % count == 0
        recurrence = ("P1D" if count == 1 else f"PT{24 // count}H") if exact else None
        return Routine(*at, recurrence, uneven="D" if told_hours or not exact else None)
    if letter == "W":
        return Routine(*at, "P1D" if count == 7 else "P1W", uneven=None if count in (1, 7) else letter)
    months = _MONTHS[letter]
    if months % count == 0:
        return Routine(*at, _iso(months // count, "M"))
    often, rest = divmod(count, months)
    return Routine(*at, None if rest else _IN_A_MONTH.get(often), uneven=letter)
