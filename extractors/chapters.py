"""Chapters on what was before the plan, which its outline tells: they stand before the first chapter of aims or tasks
and are called after results, or after a year or period that was over when the plan began (`I. Phong trào năm 2022`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.cues import cues, told_by
from extractors.markers import BULLET_STYLES
from extractors.plan import Section

CUES = cues("chapter_cues.yaml")
YEARS_AT_END = CUES.naming("years_at_end", "year")
CHAPTER_STYLES = frozenset({"part", "chapter", "upper", "roman", "item", "untitled"})


def past_chapters(sections: Sequence[Section], first: int | None) -> frozenset[str]:
    """The headings of the chapters on the past, in a plan that begins in the year `first`. Where no chapter looks
    ahead, none is known to be of the past."""
    told: set[str] = set()
    inside: Section | None = None
    for section in sections:
        if section.style in BULLET_STYLES:
            continue
        if any(above is inside for above in section.ancestors()):
            if told_by(CUES["overview"], [inside.heading]) and looks_ahead(section.heading, first):
                return frozenset(told - {inside.heading})  # "I. TỔNG QUAN" over "1. Mục tiêu"
            continue
        if told_by(CUES["ahead"], [section.heading]):
            return frozenset(told)
        if section.style in CHAPTER_STYLES and tells_of_past(section.heading, first):
            told.add(section.heading)
            inside = section
    return frozenset()


def looks_ahead(heading: str, first: int | None) -> bool:
    """Whether the heading of a part of a chapter names aims or tasks of the plan."""
    return told_by(CUES["ahead"], [heading]) and not tells_of_past(heading, first)


def tells_of_past(heading: str, first: int | None) -> bool:
    """Whether the heading of a chapter before the aims is one of the past."""
    if told_by(CUES["goes_on"], [heading]):
        return False
    return any(told_by(CUES[cue], [heading]) for cue in ("past_words", "overview")) or is_over(heading, first)


def names_past_results(headings: Iterable[str], first: int | None) -> bool:
    """Whether a heading, wherever it stands, names the results of a time that was over when the plan began."""
    return any(is_past_result(heading, first) for heading in headings)


@lru_cache(maxsize=2048)
def is_past_result(heading: str, first: int | None) -> bool:
    """The same of one heading, which every block below it asks for."""
    return told_by(CUES["results"], [heading]) and is_over(heading, first)


@lru_cache(maxsize=2048)
def is_over(heading: str, first: int | None) -> bool:
    """Whether a heading ends with a year or period that was over before the year `first`."""
    named = YEARS_AT_END.search(heading) if first is not None else None
    return named is not None and int(named["year"]) < first and not told_by(CUES["goes_on"], [heading])
