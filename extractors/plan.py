"""The document as the extractors see it: cleaned text, pages, blocks, the outline and what the head says.

Offsets are always character offsets into `CleanText.text`, half-open. Terms used throughout:

- *block*: one paragraph, heading or list item; after cleaning each stands on a line of its own.
- *marker*: what opens a numbered or bulleted block (`II.`, `1.2.`, `a)`, `-`, `+`).
- *section*: a block with a marker (or a heading word, or bold run-in) together with all that is nested under it.
- *zone*: which part of the document a block belongs to (see `ZONES`).
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import NamedTuple

ZONES = ("head", "preamble", "body", "closing", "annex")
"""head: letterhead, number, dateline, title · preamble: legal bases up to the first heading · body · closing: Nơi nhận
and signature block · annex: what follows (Phụ lục)."""


MAX_QUOTE = 600
"""The most characters of a quote."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader hands over: raw text by page (one item where the format has no pages) and metadata it was told.

    `attributes`: what a web page's attribute table says (`Số hiệu`: `35/KH-UBND`), keys as written. `notes`: what the
    reader saw and an analyst should know. `page_confidence`: by page, how sure the OCR was of its words; None for pages
    that were not read from pictures, empty where none was. `page_words`: by page, the words of the OCR in its order.
    """

    pages: tuple[str, ...]
    paged: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    page_confidence: tuple[float | None, ...] = ()
    page_words: tuple[tuple[ReadWord, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something that cleaning or reading saw and an analyst should know; becomes a row of `findings`."""

    check: str
    message: str
    start: int | None = None
    end: int | None = None


class ReadWord(NamedTuple):
    """A word that OCR read, and how sure it was of it: 0 to 1."""

    text: str
    confidence: float


class Doubt(NamedTuple):
    """A word with figures of the cleaned text that OCR read with little confidence."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class CleanText:
    """The cleaned text. `page_starts[i]` is the offset at which page i+1 begins; empty where there are no pages."""

    text: str
    page_starts: tuple[int, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    page_confidence: tuple[float | None, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The 1-based page on which the character at `offset` stands."""
        if not self.page_starts:
            return None
        return max(1, bisect.bisect_right(self.page_starts, offset))

    def confidence_at(self, offset: int) -> float:
        """How sure the reader was of the words on the page at `offset`: 1 for text, less for OCR."""
        confidence = self.read_confidence(offset)
        return 1.0 if confidence is None else confidence

    def is_read_at(self, offset: int) -> bool:
        """Whether OCR read the page at `offset`."""
        return self.read_confidence(offset) is not None

    def read_confidence(self, offset: int) -> float | None:
        """How sure the OCR was of the words on the page at `offset`; None where it did not read it."""
        page = self.page_of(offset)
        return None if page is None or page > len(self.page_confidence) else self.page_confidence[page - 1]


@dataclass(slots=True)
class Block:
    """One paragraph. `body_start` is where its words begin, after the marker."""

    start: int
    end: int
    body_start: int
    style: str | None = None
    label: str | None = None
    zone: str = "body"
    section: Section | None = None


@dataclass(slots=True)
class Section:
    """A node of the outline. `head` is the block that opens it; `end` is the end of all that is nested under it."""

    section_id: str
    ordinal: int
    level: int
    style: str
    label: str | None
    heading: str
    head: Block
    start: int
    end: int
    parent: Section | None = None
    children: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def ancestors(self):
        """The enclosing sections, innermost first, without this one."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent
