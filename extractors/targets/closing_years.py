"""Years that close the levels before them: `dưới 9% (vùng cao dưới 13%) vào năm 2024 và dưới 7% (…) vào năm 2027`.

Where a sentence tells one thing for two times, a year holds for all figures since the year before it, those of other
places and groups among them. Only sentences that leave no other reading are read so: no year stands before the first
figure, behind each year the next levels stand bare, and behind the last one no figure.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise

import regex

from extractors.cues import cues
from extractors.targets.years import due_matches, without_levels

CUES = cues("target_year_cues.yaml")
YEAR_BEHIND_BRACKET = CUES.naming("year_behind_bracket", "year")
BRACKETS = regex.compile(r"\([^()]*\)")
NUMBER = regex.compile(r"\d")
BRACKET_REACH = 200


def closing_year(text: str, sentence: tuple[int, int], at: int) -> int | None:
    """The year that closes the figure that ends at `at`: the one behind its bracket (`80% (vùng cao 60%) vào năm
    2025`), and in a sentence that tells levels for several times the next one; None elsewhere."""
    behind = YEAR_BEHIND_BRACKET.match(text, at, min(sentence[1], at + BRACKET_REACH))
    if behind is not None:
        return int(behind["year"])
    closed = closed_levels(text, *sentence)
    if not closed or at < closed[0][0]:
        return None
    found = bisect_left(closed, (at,)) - 1
    begin, end, year = closed[found]
    return year if begin <= at < end else None


@lru_cache(maxsize=8)
def closed_levels(text: str, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
    """The spans of a sentence that a year closes, each with its year; none where its years may be read otherwise."""
    words = without_levels(text, start, end)
    kept = CUES["keeps_level"].search(words)
    if kept is not None:
        words = words[: kept.start()]
    years = list(due_matches(words, 0, len(words)))
    if len(years) < (1 if kept else 2) or not rises([year for _, _, year in years]):
        return ()
    first_figure = NUMBER.search(words)
    if first_figure and CUES["tells_parts"].search(BRACKETS.sub("", words[first_figure.start() :])):
        return ()  # "20 mô hình, gồm 08 mô hình trong năm 2019 và 12 mô hình trong năm 2020"
    spans: list[tuple[int, int, int]] = []
    begin = 0
    for at, (first, last, year) in enumerate(years):
        if not NUMBER.search(words, begin, first) or CUES["compared"].search(words, begin, first):
            return ()
        if words.count("(", begin, first) > words.count(")", begin, first):
            return ()  # the year of what a bracket tells
        if at + 1 < len(years) and not CUES["next_levels"].match(words, last):
            return ()
        spans.append((start + one_list(words, begin, first), start + first, year))
        begin = last
    return () if NUMBER.search(words, begin) else tuple(spans)


def rises(years: list[int]) -> bool:
    """Whether each year lies behind the one before it."""
    return all(first < later for first, later in pairwise(years))


def one_list(words: str, begin: int, end: int) -> int:
    """Where the figures begin that one list holds up to `end`: it goes on over a semicolon to a bare figure (`90% tuyến
    tỉnh; 75% tuyến huyện`), or from one group to the next of a measure that is named before a colon."""
    colon = words.find(":", begin, end)
    named = colon >= 0 and CUES["names_measure"].search(words, begin, colon) is not None
    group = words[colon + 1 : end].split(maxsplit=1)[:1] if named else []
    at = words.rfind(";", begin, end)
    while at >= 0:
        following = words[at + 1 : end].split(maxsplit=1)[:1]
        if not CUES["bare_level"].match(words, at + 1, end) and (not group or following != group):
            return at + 1
        at = words.rfind(";", begin, at)
    return begin
