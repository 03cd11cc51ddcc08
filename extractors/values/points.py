"""Finds points of the calendar: `ngày 15/5`, `tháng 3/2019`, `quý IV năm 2026`, `6 tháng đầu năm`, `năm học 2024-2025`.

Words around a point (đến, trước, từ) are no part of it; `dates` reads them.
"""

from __future__ import annotations

import bisect
from dataclasses import replace
from functools import lru_cache

import regex

from extractors.cues import cues
from extractors.values.calendar import Point
from extractors.values.patterns import SHAPES
from extractors.values.rules import words_near
from extractors.values.stretches import stretches

CUES = cues("point_cues.yaml", shapes=SHAPES)
_FORMS = (
    ("days", "days"),
    ("bare_days", "bare_days"),
    ("bare_days_from", "bare_days"),
    ("day", "day"),
    ("day_and_month", "day"),
    ("day_of_year", "day"),
    ("bare_day", "bare_day"),
    ("bare_day_and_month", "bare_day"),
    ("loose_day", "loose_day"),
    ("new_year", "new_year"),
    ("lunar_new_year", "lunar"),
    ("half_year", "half"),
    ("half_of_year", "half"),
    ("months_of_year", "months"),
    ("quarters_of_year", "quarters"),
    ("months", "month"),
    ("months_alone", "month"),
    ("quarter", "quarter"),
    ("month_in_figures", "month"),
    ("school_years_from", "school_years"),
    ("school_year", "school_years"),
    ("years", "years"),
    ("named_years", "years"),
    ("years_from", "years"),
    ("listed_years", "listed_years"),
    ("year", "year"),
    ("year_onwards", "year"),
    ("loose_year", "loose_year"),
    ("unsaid_year", "unsaid_year"),
    ("only_day", "only_day"),
)
"""The rule of each form, the fuller form first, and which point it tells. A quarter comes before figures that look
like a month (`quý 2/2026`)."""
_PATTERNS = tuple((kind, CUES[form]) for form, kind in _FORMS)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4} | {f"{zero}{n}": n for zero in ("", "0") for n in (1, 2, 3, 4)}
_PARTS = {"đầu": "first", "giữa": "middle", "cuối": "last"}
_COUNTS = {"": 1, "2": 2, "hai": 2, "3": 3, "ba": 3}
_THIRDS = {"thượng": 1, "trung": 2, "hạ": 3}
_TIME_WORD = CUES["before_date"]
_YEAR_WORD = CUES["before_year"]


@lru_cache(maxsize=8)
def points(text: str) -> tuple[Point, ...]:
    """All points of the calendar in a text, in order, none over another."""
    taken: list[tuple[int, int]] = []
    found: list[Point] = []
    near = stretches(text, words_near("points"), before=40, after=40)
    for name, pattern in _PATTERNS:
        fresh = []
        for match in near.matches(pattern):
            if any(a < match.end() and match.start() < b for a, b in _near(taken, match.start(), match.end())):
                continue
            for point in _points(text, name, match):
                found.append(point)
                fresh.append((point.start, point.end))
        taken = sorted(taken + fresh)
    return tuple(sorted(found, key=lambda p: p.start))


def _near(taken: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Of the sorted spans those that may touch `start`..`end` (no point is longer than 120 characters)."""
    low = bisect.bisect_left(taken, (start - 120, 0))
    high = bisect.bisect_left(taken, (end, 0))
    return taken[low:high]


def _points(text: str, name: str, match: regex.Match) -> list[Point]:
    """The point of a match; of a list with gaps (`tháng 3, 6, 9 và 12/2024`) one for each member."""
    point = _point(text, name, match)
    if point is None:
        return []
    group = "last_month" if name == "month" else "last_quarter"
    if name not in ("month", "quarter") or not match.groupdict().get(group):
        return [point]
    between = text[match.start(name if name == "quarter" else "month") : match.end(group)]
    first = match["month"] if name == "month" else match["quarter"]
    numbers = [_order(said) for said in (first, *match.captures(group))]
    if CUES["runs_on"].search(between) or numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return [point]
    size = 1 if name == "month" else 3
    starts = [match.start(), *match.starts(group)]
    ends = [match.end("month" if name == "month" else "quarter"), *match.ends(group)[:-1], match.end()]
    return [
        replace(point, start=a, end=b, month=(number - 1) * size + 1, last_month=number * size)
        for number, a, b in zip(numbers, starts, ends, strict=True)
        if 1 <= number <= 12 // size
    ]


def _order(said: str) -> int:
    """The number of a month or quarter as written (`09`, `III`)."""
    return _QUARTERS.get(said.lower()) or int(said)


def _point(text: str, name: str, match: regex.Match) -> Point | None:
    said = match.groupdict()
    year = int(said["year"]) if said.get("year") else None
    base = Point(match.start(), match.end(), "day", year, year_said=year is not None)
    maker = _MAKERS[name.removeprefix("bare_").removeprefix("loose_")]
    if name.startswith("loose_"):
        word = _TIME_WORD if name == "loose_day" else _YEAR_WORD
        if not word.search(text, max(0, match.start() - 60), match.start()):
            return None
    return maker(base, said, match)


def _number(said: dict, key: str) -> int | None:
    return int(said[key]) if said.get(key) else None


def _day(base: Point, said: dict, match: regex.Match) -> Point | None:
    month, number = int(said["month"]), int(said["day"])
    if month > 12 or number > 31 or not month or not number:  # 24/7, 15/20: no date at all
        return None if base.year is None else replace(base, month=month, day=number)
    return replace(base, month=month, day=number)


def _days(base: Point, said: dict, match: regex.Match) -> Point:
    month = int(said["month"])
    return replace(
        base,
        month=_number(said, "from_month") or month,
        last_month=month,
        day=int(said["day"]),
        last_day=int(said["last_day"]),
    )


def _month(base: Point, said: dict, match: regex.Match) -> Point | None:
    month, last = int(said["month"]), _number(said, "last_month")
    if not 1 <= month <= 12 or (last is not None and not 1 <= last <= 12):
        return None if base.year is None else replace(base, precision="month", month=month, last_month=last)
    part = (said.get("part") or "").lower()
    third = _THIRDS.get(part.partition(" ")[0]) if part else None
    return replace(base, precision="month", month=month, last_month=last, part=_PARTS.get(part), third=third)


def _quarter(base: Point, said: dict, match: regex.Match) -> Point:
    first = _QUARTERS[said["quarter"].lower()]
    last = _QUARTERS[said["last_quarter"].lower()] if said.get("last_quarter") else first
    part = _PARTS.get((said.get("part") or "").lower())
    return replace(base, precision="quarter", month=first * 3 - 2, last_month=last * 3, part=part)


def _half(base: Point, said: dict, match: regex.Match) -> Point:
    first = said["half"].lower() == "đầu"
    return replace(base, precision="half_year", month=1 if first else 7, last_month=6 if first else 12)


def _months(base: Point, said: dict, match: regex.Match) -> Point:
    count, first = int(said["count"]), said["half"].lower() == "đầu"
    return replace(base, precision="month", month=1 if first else 13 - count, last_month=count if first else 12)


def _quarters(base: Point, said: dict, match: regex.Match) -> Point:
    """`3 quý đầu năm`, `quý cuối năm`: their months."""
    count, first = _COUNTS[(said["count"] or "").lower().lstrip("0")], said["half"].lower() == "đầu"
    last = count * 3 if first else 12
    return replace(base, precision="quarter", month=last - count * 3 + 1, last_month=last)


def _years(base: Point, said: dict, match: regex.Match) -> Point | None:
    last = int(said["last_year"])
    if last < base.year:
        return None
    return replace(base, precision="year", last_year=last, named=bool(said.get("named")))


def _school_years(base: Point, said: dict, match: regex.Match) -> Point | None:
    """`năm học 2022 - 2023`, which lies in two years but is one."""
    point = _years(base, said, match)
    return replace(point, one_school_year=point.last_year == point.year + 1) if point else None


def _listed_years(base: Point, said: dict, match: regex.Match) -> Point | None:
    """`trong các năm 2022, 2023`: a run where no year is left out."""
    years = [int(year) for year in regex.findall(r"20\d\d", match.group())]
    if years != list(range(years[0], years[0] + len(years))):
        return None
    return replace(base, precision="year", last_year=years[-1])


def _year(base: Point, said: dict, match: regex.Match) -> Point:
    return replace(base, precision="year", part=_PARTS.get((said.get("part") or "").lower()))


def _new_year(base: Point, said: dict, match: regex.Match) -> Point:
    return replace(base, month=1, day=1, feast=True)


def _lunar(base: Point, said: dict, match: regex.Match) -> Point:
    """`Tết Nguyên đán 2027`, whose day the moon tells and no rule here."""
    return replace(base, feast=True)


def _only_day(base: Point, said: dict, match: regex.Match) -> Point | None:
    return replace(base, day=int(said["day"])) if 1 <= int(said["day"]) <= 31 else None


_MAKERS = {
    "days": _days, "day": _day, "half": _half, "months": _months, "month": _month, "quarter": _quarter,
    "quarters": _quarters,
    "school_years": _school_years, "years": _years, "listed_years": _listed_years,
    "new_year": _new_year, "lunar": _lunar,
    "year": _year, "unsaid_year": _year, "only_day": _only_day,
}  # fmt: skip
