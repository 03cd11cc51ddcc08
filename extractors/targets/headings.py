"""Figures of aims that go on the heading over them: below `Về đào tạo nghề` also `đào tạo 9.000 người` is of it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cues import cues
from extractors.language.indicators import indicator_of
from extractors.plan import Block
from schemas.records import Target

CUES = cues("target_cues.yaml")
SHORT = 120
"""So long a heading names one thing."""


def code_of_heading(
    text: str,
    block: Block,
    piece: tuple[int, int],
    unit: str | None,
    earlier: Sequence[Target],
    topic: str | None,
) -> str | None:
    """The code that the heading right above gives a figure whose piece names no more than a time, people and a verb of
    that heading; without a verb it goes on the figure before it in the same block."""
    if unit != "person" or block.section is None or not CUES["bare_people"].fullmatch(text, *piece):
        return None
    verbs = [match.group().lower() for match in CUES["verb_of_heading"].finditer(text, *piece)]
    if not verbs:
        last = earlier[-1] if earlier else None
        return last.indicator_code if last is not None and last.unit == unit else None
    heading = "" if block.section.head is block else block.section.heading
    if len(heading) > SHORT or not any(verb in heading.lower() for verb in verbs):
        return None
    found = indicator_of(heading, unit, "reach", topic)
    return found[0] if found else None
