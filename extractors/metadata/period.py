"""The years that a plan covers: from its title, else from the issuing sentence, else from `Thời gian thực hiện`."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.cues import cues
from schemas.folding import fold

CUES = cues("metadata_cues.yaml")
NOISE = CUES["no_period"]
RANGE = CUES["range"]
UNTIL = CUES["until"]
YEARS = CUES["one_year"]
BARE_YEAR = CUES["bare_year"]
STATED = CUES["stated_period"]
AND = CUES["and_year"]
OPEN = CUES["open_period"]
WORD = CUES["period_word"]


@dataclass(frozen=True, slots=True)
class Period:
    """`start`..`end` in years; `at`..`stop` is where the text states it. `kind`: `range`, `until` or `year`."""

    start: int | None
    end: int
    at: int
    stop: int
    kind: str


def periods_in(text: str, start: int, end: int, title: bool = False) -> list[Period]:
    """Every period named in text[start:end], dates and cited visions left out; bare years count in titles only."""
    words = NOISE.sub(lambda m: " " * len(m[0]), fold(text[start:end]))
    found: list[Period] = []

    def take(match: regex.Match[str], first: int | None, last: int, kind: str) -> None:
        if any(match.start() < p.stop - start and p.at - start < match.end() for p in found):
            return
        if first is None or first <= last:
            found.append(Period(first, last, start + match.start(), start + match.end(), kind))

    for match in RANGE.finditer(words):
        take(match, int(match["first"]), int(match["last"]), "range")
    for match in UNTIL.finditer(words):
        take(match, None, int(match["last"]), "until")
    for match in (BARE_YEAR if title else YEARS).finditer(words):
        take(match, int(match["year"]), int(match["year"]), "year")
    return sorted(found, key=lambda p: p.at)


def main_period(text: str, periods: list[Period], issued_year: int | None) -> Period | None:
    """The plan's own period among those that its title names.

    A year within a programme's years is the plan's (`Chương trình … giai đoạn 2021-2025 năm 2023`), the narrower of
    nested ranges too; `năm 2023 và giai đoạn 2023-2025` means both.
    """
    if not periods:
        return None
    best = periods[0]
    for other in periods[1:]:
        if AND.search(fold(text[max(0, other.at - 24) : other.at])) or (best.kind == other.kind == "year"):
            best = _joined(best, other)
        elif other.kind != "until" and _narrower(other, best, issued_year):
            best = other
    if best.kind == "until":
        known = issued_year is not None and issued_year <= best.end
        return Period(issued_year if known else None, best.end, best.at, best.stop, best.kind)
    return best


def _narrower(other: Period, best: Period, issued_year: int | None) -> bool:
    """Whether `other` is the plan's period rather than `best`: nested in it, or holding the year of issue."""
    if best.kind == "until" or _within(other, best):
        return True
    return not _within(best, other) and issued_year is not None and _covers(other, issued_year)


def _within(inner: Period, outer: Period) -> bool:
    if None in (inner.start, outer.start):
        return False
    same = (inner.start, inner.end) == (outer.start, outer.end)
    return not same and outer.start <= inner.start and inner.end <= outer.end


def _covers(period: Period, year: int) -> bool:
    return period.start is not None and period.start <= year <= period.end


def _joined(a: Period, b: Period) -> Period:
    starts = [p.start for p in (a, b) if p.start is not None]
    return Period(min(starts, default=None), max(a.end, b.end), a.at, b.stop, "range")


def stated_period(text: str, start: int, end: int) -> Period | None:
    """The period of a line `Thời gian thực hiện: Từ năm 2017 đến năm 2020`. Of several such lines each tells the time
    of its task, and one that names a single year (`Hoàn thành trong năm 2025`) says nothing of the plan; nor does the
    year in which it begins where its end is left open (`Từ tháng 10/2025 đến khi bế mạc Đại hội`)."""
    lines = list(STATED.finditer(text, start, end))
    for match in lines:
        found = periods_in(text, match.start("when"), match.end("when"))
        if not found or found[0].kind == "until" or (len(lines) > 1 and found[0].kind == "year"):
            continue
        if found[0].kind != "year" or not OPEN.match(text, found[0].stop, match.end("when")):
            return found[0]
    return None


def longer_elsewhere(text: str, main: Period, title_end: int, end: int) -> Period | None:
    """The stretch of years that begins with the year at which a title breaks off (`giai đoạn 2022`, whose second line
    was lost), where another passage names it; None where the title goes on or no passage does."""
    if main.kind != "year" or not follows_word(text, main) or text[main.stop : title_end].strip(' ."”'):
        return None
    ranges = (p for p in periods_in(text, title_end, end) if p.kind == "range" and p.start == main.start < p.end)
    return next((p for p in ranges if follows_word(text, p)), None)


def follows_word(text: str, period: Period) -> bool:
    """Whether a period stands behind the words of a stretch of years."""
    return WORD.search(fold(text[max(0, period.at - 24) : period.at])) is not None


def conflict(main: Period, others: list[Period]) -> Period | None:
    """The first of the other periods that contradicts the main one: both spans of years, or both single years."""
    for other in others:
        same_kind = (main.kind == "range") == (other.kind == "range") and "until" not in (main.kind, other.kind)
        if same_kind and (main.start, main.end) != (other.start, other.end):
            return other
    return None
