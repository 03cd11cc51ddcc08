"""What the cleaning steps work on: lines that know their page, and the draft of the text that they make up."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.plan import CleanText, Note, Source


@dataclass(slots=True)
class Line:
    """One line, later one block. `text` has no outer spaces.

    `width`: columns it takes in the source, indentation included. `gap`: a blank line stands before it. `soft`: a space
    stands at its end, as PDF leaves where a paragraph wraps. `closed`: a table cell ends with it. `breaks`: places in
    `text` at which further pages begin, as (offset, page).
    """

    text: str
    page: int = 1
    indent: int = 0
    width: int = 0
    gap: bool = False
    soft: bool = False
    closed: bool = False
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

    @classmethod
    def of(cls, source: Source) -> Draft:
        return cls(list(source.pages), source.paged, attributes=dict(source.attributes))


def cut(line: Line, at: int) -> tuple[Line, Line]:
    """`line` cut at a space, which becomes the line end; page breaks go with the half they stand in."""
    tail_start = at + 1
    head_breaks = [b for b in line.breaks if b[0] <= at]
    tail_page = head_breaks[-1][1] if head_breaks else line.page
    tail_breaks = [(offset - tail_start, page) for offset, page in line.breaks if offset > tail_start]
    at_start = [page for offset, page in line.breaks if offset == tail_start]
    head = Line(line.text[:at], line.page, gap=line.gap, breaks=[b for b in head_breaks if b[0] < at])
    tail = Line(line.text[tail_start:], at_start[-1] if at_start else tail_page, closed=line.closed, breaks=tail_breaks)
    return head, tail


def cut_all(line: Line, places: list[int]) -> list[Line]:
    """`line` cut at several spaces, given in ascending order."""
    if not places:
        return [line]
    pieces: list[Line] = []
    for at in reversed(places):
        line, tail = cut(line, at)
        pieces.append(tail)
    pieces.append(line)
    pieces.reverse()
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
    text = "\n".join(line.text for line in draft.lines)
    notes = tuple(repeat_note(starts[id(first)], starts[id(last)] + len(last.text)) for first, last in draft.repeats)
    return CleanText(text, all_page_starts(draft, page_starts, len(text)), draft.attributes, notes)


def repeat_note(start: int, end: int) -> Note:
    """The finding for a passage that the source repeats."""
    return Note("duplicated_text", "The source repeats this passage word for word; the second copy was left out.", start, end)


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
