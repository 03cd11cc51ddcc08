"""The step that takes out what electronic signatures print onto pages."""

from __future__ import annotations

from itertools import pairwise

from extractors.cleaning.characters import drop_empty
from extractors.cleaning.lines import Draft, Line
from extractors.cues import cues

CUES = cues("cleaning_cues.yaml")
SIGNED = CUES["stamp"].compiled
BESIDE = CUES["stamp_beside"].compiled
BESIDE_STAMP = cues("letterhead_cues.yaml")["beside_stamp"].compiled
MAX_CHARACTERS = 200
MAX_WRAPPED, WRAPPED_CHARACTERS = 2, 60
"""So many short lines between two of a stamp are what its narrow box wrapped."""


def drop_signature_stamps(draft: Draft) -> None:
    """`Người ký: …`, `Thời gian ký: …` and the office and address beside them say who pressed the key, not what the
    document says. Only on pages: in a web page's table of attributes they are kept."""
    if not draft.paged:
        return
    lines = draft.lines
    stamped = {i for i, line in enumerate(lines) if SIGNED.match(line.text) and len(line.text) <= MAX_CHARACTERS}
    for i in sorted(stamped):
        for step in (-1, 1):
            j = i + step
            while 0 <= j < len(lines) and j not in stamped and BESIDE.match(lines[j].text):
                stamped.add(j)
                j += step
    for i in [*stamped, *wrapped_between(lines, sorted(stamped))]:
        lines[i].text = ""
    drop_empty(draft)


def wrapped_between(lines: list[Line], stamped: list[int]) -> list[int]:
    """The lines between two of one stamp: a name that went on in the next line."""
    found: list[int] = []
    for before, after in pairwise(stamped):
        between = lines[before + 1 : after]
        if (
            len(between) <= MAX_WRAPPED
            and lines[before].page == lines[after].page
            and all(len(line.text) <= WRAPPED_CHARACTERS and not BESIDE_STAMP.match(line.text) for line in between)
        ):
            found += range(before + 1, after)
    return found
