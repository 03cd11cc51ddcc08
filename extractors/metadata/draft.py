"""Whether a document says on its face that it is a draft (dự thảo): what it states is not decided yet."""

from __future__ import annotations

import regex

from extractors.cues import cues
from extractors.metadata.head import Head

CUES = cues("metadata_cues.yaml")
UNDER_HEADING = 700
"""The mark also stands in brackets under the title; further down the words speak of other drafts."""
IN_CAPITALS = CUES["draft_in_capitals"].compiled
ALONE = CUES["draft_line"].compiled


def read_draft(head: Head, has_number: bool) -> bool:
    """`DỰ THẢO` over the heading, or a line of its own that says so near it.

    Portals have menus with an entry `Dự thảo`: in small letters, without brackets or the round of the draft, the words
    count only where the document bears no number.
    """
    if IN_CAPITALS.search(head.text, 0, head.letter_end):
        return True
    end = min(head.end, head.letter_end + UNDER_HEADING)
    lines = (match for line in head.text[:end].split("\n") if (match := ALONE.fullmatch(line)))
    return any(is_sure(match) or not has_number for match in lines)


def is_sure(match: regex.Match) -> bool:
    """The mark is set off as only marks are."""
    return match["round"] is not None or "(" in match[0] or match[0].isupper()
