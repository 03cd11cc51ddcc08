"""The parts of a document's head: letterhead, the word that says what it is, title, legal bases.

The head is searched by pattern, not line by line: scrapers put the two columns of a letterhead side by side, one after
the other or on one line, and cut words at the column's edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import regex

from extractors.cues import cues
from extractors.metadata.rules import doc_types, type_of_heading
from extractors.plan import CleanText
from schemas.filtered import Filtered, filtered
from schemas.folding import bare, fold

CUES = cues("metadata_cues.yaml")
HEAD_CHARACTERS = 8000
LETTERHEAD_CHARACTERS = 900
"""Where no heading word ends the letterhead, it is sought in so many characters."""

MOTTO = CUES["motto"]
ONLY_MARKS = CUES["only_marks"]
MOTTO_END = CUES["motto_end"]
INSIDE_NAME = CUES["inside_name"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The word over the title (`KẾ HOẠCH`) and the document type that it means."""

    start: int
    end: int
    doc_type: str


@cache
def _heading_pattern() -> Filtered:
    forms = sorted((h for kind in doc_types() for h in kind.headings), key=len, reverse=True)
    words = "|".join(r"\s+".join(form.split()) for form in forms)
    return filtered(rf"(?<!\w)(?:{words})(?!\w)")


class Head:
    """Views of one document's head. `end`: where the first section begins (or the search gives up)."""

    def __init__(self, clean: CleanText, head_end: int | None = None):
        self.clean = clean
        self.text = clean.text
        limit = len(self.text) if head_end is None else head_end
        self.end = min(limit, HEAD_CHARACTERS, len(self.text))
        if limit < len(self.text) and limit < 40:  # nothing stands before the first section: look into it
            self.end = min(LETTERHEAD_CHARACTERS, len(self.text))
        self.folded = fold(self.text[: self.end])
        self.bare = bare(self.text[: self.end])

    @cached_property
    def heading(self) -> Heading | None:
        """The first heading word that stands alone on its line, else the first in capitals that opens a title."""
        inline = None
        for match in _heading_pattern().finditer(self.bare):
            doc_type = type_of_heading(match[0])
            line_start = self.text.rfind("\n", 0, match.start()) + 1
            line_end = self.text.find("\n", match.end())
            line = self.text[line_start : line_end if line_end >= 0 else len(self.text)]
            if doc_type is None or (match.start() > 3000 and inline):
                continue
            before, after = self.text[line_start : match.start()], line[match.end() - line_start :]
            if ONLY_MARKS.fullmatch(fold(before)) and not after.strip(" *#|:.-_"):
                return self._inner(Heading(match.start(), match.end(), doc_type), inline)
            if inline is None and self._opens_title(match.start(), match.end()):
                inline = Heading(match.start(), match.end(), doc_type)
        return inline

    @staticmethod
    def _inner(alone: Heading, inline: Heading | None) -> Heading:
        """The earlier of a heading alone on its line and one in a running line."""
        return inline if inline is not None and inline.start < alone.start else alone

    def _opens_title(self, start: int, end: int) -> bool:
        """Whether a word in capitals in the middle of a flattened line is the heading and not part of a name."""
        if not self.text[start:end].isupper():
            return False
        before = regex.search(r"(\S*\p{L}\S*)[ ]*(?:[-–][ ]*)?$", self.text[max(0, start - 40) : start].split("\n")[-1])
        if before and regex.search(r"\p{Lu}{2,}", before[1]) and not MOTTO_END.search(fold(before[1])):
            return False
        return not INSIDE_NAME.match(self.text[end : end + 20])

    @cached_property
    def letter_end(self) -> int:
        """Where the letterhead ends: at the heading word, else after the dateline's usual place."""
        return self.heading.start if self.heading else min(self.end, LETTERHEAD_CHARACTERS)

    @cached_property
    def letterhead(self) -> str:
        """The letterhead without marks and with the motto, rules and table pipes blanked; offsets hold."""
        return MOTTO.sub(lambda m: " " * len(m[0]), self.bare[: self.letter_end])
