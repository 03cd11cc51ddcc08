"""Sentences and clauses: the units that quotes are cut from.

Vietnamese officialese ends a thought with `.` or `;`. A full stop inside a number (`27.000`), an abbreviation (`TP.`)
or a document number ends nothing, and a bracket holds its content together.
"""

from __future__ import annotations

import re

from extractors.cues import cues

EVENT = re.compile(
    r"[().!?…;](?:(?P<open>(?<=\())|(?P<close>(?<=\)))|(?P<stop>(?<=[.!?…])[.!?…]*(?=\s|$))|(?P<semi>(?<=;)(?=\s|$)))"
)
"""It opens with a class of signs, for `re` runs to the next of these."""
ABBREVIATION = cues("zone_cues.yaml")["abbreviation"].compiled
BRACKET_REACH = 600
"""A bracket that is not closed within so many characters is a slip of the typist and holds nothing together."""


def sentences(text: str, start: int, end: int, split_semicolons: bool = True) -> list[tuple[int, int]]:
    """Spans of the sentences (and semicolon clauses) of text[start:end], white space trimmed, end marks included."""
    spans, at, opened = [], start, []
    for match in EVENT.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "open":
            opened.append(match.start())
        elif kind == "close":
            if opened:
                opened.pop()
        elif (
            (opened and match.start() - opened[-1] < BRACKET_REACH)
            or (kind == "semi" and not split_semicolons)
            or (match.group() == "." and is_abbreviation(text, at, match.start(), end))
        ):
            continue
        else:
            opened.clear()
            spans.append((at, match.end()))
            at = match.end()
    spans.append((at, end))
    return [s for s in (trim(text, a, b) for a, b in spans) if s[0] < s[1]]


def is_abbreviation(text: str, at: int, stop: int, end: int) -> bool:
    """Whether the full stop at `stop` closes an abbreviation or a label and the sentence goes on."""
    following = text[stop + 1 : min(end, stop + 3)].strip()
    if not following or (text[stop - 1].isdigit() and following[0].isupper()):
        return False
    return ABBREVIATION.search(text, max(at, stop - 8), stop) is not None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
