"""What the cleaning steps work on: lines that know their page, and the draft of the text that they make up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from extractors.plan import CleanText, Note, Source
from schemas.messages import message


@dataclass(slots=True)
class Line:
    """One line, later one block. `text` has no outer spaces.

    `width`: columns it takes in the source, indentation included. `gap`: a blank line stands before it. `soft`: a space
    stands at its end, as PDF leaves where a paragraph wraps. `closed`: a table cell ends with it. `breaks`: places in
    `text` at which further pages begin, as (offset, page). `aside`: a footnote, which no sentence goes on with.
    """

    text: str
    page: int = 1
    indent: int = 0
    width: int = 0
    gap: bool = False
    soft: bool = False
    closed: bool = False
    aside: bool = False
    breaks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def last_page(self) -> int:
        return self.breaks[-1][1] if self.breaks else self.page


@dataclass(slots=True)
class Draft:
    """The document between two steps. `repeats`: first and last line of each kept passage that stood twice."""

    pages: list[str]
    paged: bool
    lines: list[Line] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    repeats: list[tuple[Line, Line]] = field(default_factory=list)
    notes: tuple[Note, ...] = ()
    page_confidence: tuple[float | None, ...] = ()

    @classmethod
    def of(cls, source: Source) -> Draft:
        return cls(
            list(source.pages),
            source.paged,
            attributes=dict(source.attributes),
            notes=source.notes,
            page_confidence=source.page_confidence,
        )


def cut_all(line: Line, places: list[int]) -> list[Line]:
    """`line` cut at several spaces, given in ascending order, which become line ends; page breaks go with the piece
    that they stand in."""
    if not places:
        return [line]
    pieces: list[Line] = []
    page, breaks = line.page, iter([*line.breaks, (len(line.text) + 1, 0)])
    upcoming = next(breaks)
    start = 0
    for end in [*places, len(line.text)]:
        while upcoming[0] <= start:
            page, upcoming = upcoming[1], next(breaks)
        piece = Line(line.text[start:end], page)
        while upcoming[0] < end:
            piece.breaks.append((upcoming[0] - start, upcoming[1]))
            page, upcoming = upcoming[1], next(breaks)
        pieces.append(piece)
        start = end + 1
    pieces[0].gap, pieces[-1].closed = line.gap, line.closed
    return pieces


def assemble(draft: Draft) -> CleanText:
    """Put the lines together and work out where pages begin and where repeated passages stand."""
    starts: dict[int, int] = {}
    page_starts: dict[int, int] = {}
    offset = 0
    for line in draft.lines:
        starts[id(line)] = offset
        if line.page not in page_starts:
            page_starts[line.page] = offset
        for place, page in line.breaks:
            page_starts.setdefault(page, offset + place)
        offset += len(line.text) + 1
    text = seen_before("\n".join(line.text for line in draft.lines))
    notes = tuple(repeat_note(starts[id(first)], starts[id(last)] + len(last.text)) for first, last in draft.repeats)
    starts_of_pages = all_page_starts(draft, page_starts, len(text))
    return CleanText(text, starts_of_pages, draft.attributes, (*draft.notes, *notes), draft.page_confidence)


@lru_cache(maxsize=8)
def seen_before(text: str) -> str:
    """The text, and where an equal one was cleaned a short while ago, that one: what is remembered of it is then found
    without comparing the two letter by letter, thousands of times."""
    return text


def repeat_note(start: int, end: int) -> Note:
    """The finding for a passage that the source repeats."""
    return Note("duplicated_text", message("passage_twice"), start, end)


def all_page_starts(draft: Draft, found: dict[int, int], end: int) -> tuple[int, ...]:
    """One start a page, in order; a page without text starts where the next one does."""
    if not draft.paged:
        return ()
    starts = []
    for page in range(len(draft.pages), 0, -1):
        end = min(found.get(page, end), end)
        starts.append(end)
    starts.reverse()
    if starts:
        starts[0] = 0
    return tuple(starts)
