"""The step that drops page numbers: at the edges of pages, and where a series of them runs through a text without them,
as tools leave them that make text of PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from extractors.cleaning.lines import Draft, Line
from extractors.cues import cues

CUES = cues("cleaning_cues.yaml")
BARE_NUMBER = regex.compile(r"\d{1,4}")
MARKED_NUMBER = CUES["page_number"].compiled
PAGE_OF = regex.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
RUNNING_NUMBERS = CUES["running_numbers"].compiled
PAGES_OFF = 2
"""So far may a printed page number be from the page's own: covers are not counted."""
MIN_LINES, MIN_CHARACTERS = 10, 1000
"""What at least a page holds: lines as they were printed, or the characters of paragraphs that are lines."""
MIN_LINE = 30
"""Characters of a line of text, in the mean; the cells of a table are shorter."""
LAST_FIRST_PAGE = 3
"""No series of page numbers begins later: covers and first pages often bear none."""
MIN_SERIES = 3
"""So many numbers make a series where no blank line sets them apart."""
MAX_LEFT_OUT = 10
"""So far may two numbers of a series be apart that blank lines set apart: pages may be missing."""
HEADING_LENGTH = 80
ITEM = regex.compile(r"[-+•*–]|\d+[.)]|\p{L}[.)]|[IVX]+\.")


def drop_page_numbers(draft: Draft) -> None:
    """Page numbers alone on a line: at the edge of a page, or in text without pages where they count up."""
    marked = [i for i, line in enumerate(draft.lines) if MARKED_NUMBER.fullmatch(line.text)]
    if draft.paged:
        drop_all(draft.lines, marked)
        for _, group in groupby(draft.lines, key=lambda line: line.page):
            drop_edge_numbers(list(group))
    else:
        drop_all(draft.lines, [*marked, *beside_marked(draft.lines, marked)])
        drop_emptied(draft)
        drop_counting_numbers(draft.lines)
    drop_emptied(draft)


def drop_all(lines: list[Line], places: list[int]) -> None:
    """Empty the lines at these places."""
    for place in places:
        lines[place].text = ""


def beside_marked(lines: list[Line], marked: list[int]) -> Iterator[int]:
    """The bare numbers next to a marked one (`Trang 7`) that repeat it."""
    for place in marked:
        number = regex.search(r"\d+", lines[place].text)
        for beside in (place - 1, place + 1):
            if 0 <= beside < len(lines) and number and lines[beside].text == number[0]:
                yield beside


def drop_emptied(draft: Draft) -> None:
    """Leave out page numbers together with the blank lines around them, which end no paragraph."""
    kept: list[Line] = []
    below_number = False
    for line in draft.lines:
        if line.text:
            line.gap &= not below_number
            kept.append(line)
        below_number = not line.text
    draft.lines = kept


def drop_edge_numbers(page: list[Line]) -> None:
    """The first or last line of a page that is a number near the page's own."""
    for line in (page[0], page[-1]):
        of = PAGE_OF.fullmatch(line.text)
        if (BARE_NUMBER.fullmatch(line.text) and (abs(int(line.text) - line.page) <= PAGES_OFF or page[0] is line)) or (
            of and int(of[1]) <= int(of[2]) and abs(int(of[1]) - line.page) <= PAGES_OFF
        ):
            line.text = ""


@dataclass(frozen=True, slots=True)
class Lone:
    """A number alone on line `place`, or `value/of`; `apart`: a blank line stands before or behind it."""

    place: int
    value: int
    of: str
    apart: bool


def drop_counting_numbers(lines: list[Line]) -> None:
    """Numbers alone on their lines that count up, each a page's length from the next."""
    found = [lone for i in range(len(lines)) if (lone := lone_number(lines, i))]
    edges = [None, *found, None]
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line.text))
    alone = [
        lone
        for before, lone, after in zip(edges, found, edges[2:], strict=False)
        if is_page(lines, ends, before.place + 1 if before else None, lone.place)
        and is_page(lines, ends, lone.place + 1, after.place if after else None)
    ]
    series = counting_up(alone)
    if not are_rows(lines, series) and not are_headings(lines, series):
        drop_all(lines, [lone.place for lone in series])


def lone_number(lines: list[Line], i: int) -> Lone | None:
    """The number that line `i` holds alone."""
    text = lines[i].text
    if not text[:1].isdecimal():
        return None
    of = PAGE_OF.fullmatch(text)
    if not of and not BARE_NUMBER.fullmatch(text):
        return None
    value, whole = (int(of[1]), of[2]) if of else (int(text), "")
    return Lone(i, value, whole, lines[i].gap or i + 1 == len(lines) or lines[i + 1].gap)


def is_page(lines: list[Line], ends: list[int], start: int | None, end: int | None) -> bool:
    """Whether the lines between two lone numbers are as much as a page. Before the first and behind the last any number
    of lines may stand. `ends`: the characters before each line."""
    if start is None or end is None:
        return True
    count, characters = end - start, ends[end] - ends[start]
    return (count >= MIN_LINES or characters >= MIN_CHARACTERS) and characters >= MIN_LINE * count


def counting_up(found: list[Lone]) -> list[Lone]:
    """The numbers that count up from one of the first pages. Those that blank lines set apart may leave pages out; the
    others may leave out one, and there are several."""
    series: list[Lone] = []
    for lone in found:
        last = series[-1] if series else None
        if last is None:
            fits = lone.value in range(1, LAST_FIRST_PAGE + 1) and (not lone.of or lone.value <= int(lone.of))
        else:
            step = lone.value - last.value
            fits = lone.of == last.of and 0 < step <= (MAX_LEFT_OUT if lone.apart and last.apart else 2)
        if fits:
            series.append(lone)
    pages_of = len(series) > 1 or not any(lone.of for lone in series)
    told = all(lone.apart for lone in series) or len(series) >= MIN_SERIES
    return series if pages_of and told else []


def are_rows(lines: list[Line], series: list[Lone]) -> bool:
    """Whether the numbers are those of a table's rows, whose cells stand on lines of their own: below a head that says
    so, or all with the same number of lines."""
    if not series:
        return False
    head = range(max(0, series[0].place - MIN_LINES), series[0].place)
    if series[0].value == 1 and any(RUNNING_NUMBERS.fullmatch(lines[i].text) for i in head):
        return True
    rows = {b.place - a.place for a, b in pairwise(series)}
    return len(series) >= MIN_SERIES and len(rows) == 1 and max(rows) <= MIN_LINES + 5


def are_headings(lines: list[Line], series: list[Lone]) -> bool:
    """Whether each number stands over the words of a heading, which it counts."""
    below = [lines[lone.place + 1].text for lone in series if lone.place + 1 < len(lines)]
    return len(below) >= MIN_SERIES and all(
        text[0].isupper() and len(text) <= HEADING_LENGTH and text[-1] not in ".;," and not ITEM.match(text)
        for text in below
    )
