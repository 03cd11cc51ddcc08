"""Steps on what surrounds the text: running heads, folded columns, footnotes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import regex

from extractors.cleaning.characters import drop_empty
from extractors.cleaning.lines import Draft, Line
from extractors.cleaning.page_numbers import BARE_NUMBER, PAGES_OFF
from extractors.cleaning.words import WORDS
from extractors.cues import cues

CUES = cues("cleaning_cues.yaml")
LETTERHEAD_CUES = cues("letterhead_cues.yaml")
RUNNING_HEAD_CHARACTERS = 120
MAX_HEAD_LINES = 3
MIN_REPEATS, MOST = 3, 0.6
HEAD_LINE = LETTERHEAD_CUES["head_line"].compiled
NUMBERS = regex.compile(r"\d+")
TEXT_LINE = regex.compile(r"[.;:,]$|^(?:[-+•*–]|\d+[.)]|\p{L}[.)]|[IVX]+\.) ?")
"""A line that ends as sentences do or begins as items do."""
FOOTNOTE = regex.compile(r"\[\d{1,3}\] \S")
HEAD_LINES = 40
WIDE_GAP = regex.compile(r"(?: {3,}+|\t++)(?!/|(?:tháng|năm)\b)")
"""Between columns; a number or day that is left blank has its gap within one (`Số:      /KH-UBND`)."""
RIGHT_COLUMN = LETTERHEAD_CUES["right_column"].compiled
ANNEX = CUES["annex_line"].compiled
RECIPIENTS = LETTERHEAD_CUES["recipients_line"].compiled
SIGNATURE = LETTERHEAD_CUES["signature_column"].compiled


def unfold_columns(draft: Draft) -> None:
    """Letterhead and signature block stand in two columns (`pdftotext -layout`): read the left one, then the right."""
    lines = draft.lines
    head = next((i for i, line in enumerate(lines[:HEAD_LINES]) if line.text in WORDS.document_words), 0)
    if any(RIGHT_COLUMN.match(right) for _, right in map(columns, lines[:head]) if right):
        lines[:head] = unfold(lines[:head])
    start = next((i for i in range(len(lines) - 1, -1, -1) if RECIPIENTS.match(lines[i].text)), None)
    if start is not None and (right := columns(lines[start])[1]) and SIGNATURE.match(right):
        end = next((i for i in range(start, len(lines)) if ANNEX.match(lines[i].text)), len(lines))
        lines[start:end] = unfold(lines[start:end])


def columns(line: Line) -> tuple[str, str]:
    """The parts of a line left and right of a wide gap; a line set far to the right has a right part only, and the
    cells of a table are columns already."""
    if "|" in line.text:
        return line.text, ""
    parts = WIDE_GAP.split(line.text, maxsplit=1)
    if len(parts) == 2:
        return parts[0], parts[1]
    return ("", line.text) if line.indent >= 30 else (line.text, "")


def unfold(lines: list[Line]) -> list[Line]:
    """All left parts, then all right ones."""
    pairs = [(line, *columns(line)) for line in lines]
    left = [Line(a, line.page, line.indent, line.width, line.gap) for line, a, _ in pairs if a]
    right = [Line(b, line.page, line.indent, line.width, i == 0) for i, (line, _, b) in enumerate(pairs) if b]
    return left + right


def drop_running_heads(draft: Draft) -> None:
    """Lines that come again at the edge of the pages are running heads and feet, be they of several lines."""
    pages = [list(group) for _, group in groupby(draft.lines, key=lambda line: line.page)]
    if not draft.paged or len(pages) < 2:
        return
    for inwards in (lambda page: page, lambda page: page[::-1]):
        for key_of in (running_key, *[inner_key] * (MAX_HEAD_LINES - 1)):
            edge = [line for page in pages if (line := next(filter(has_text, inwards(page)), None))]
            if not drop_common(edge, len(pages), key_of):
                break
    drop_empty(draft)


def has_text(line: Line) -> bool:
    """The line was not dropped."""
    return bool(line.text)


def drop_common(edge: list[Line], n_pages: int, key_of: Callable[[Line], str]) -> bool:
    """Drop those of the outermost lines of the pages that are running heads; tells whether there were any."""
    places: dict[str, list[Line]] = {}
    for line in edge:
        places.setdefault(key_of(line), []).append(line)
    dropped = False
    for key, lines in places.items():
        sure = len(lines) >= max(MIN_REPEATS, MOST * n_pages) or not TEXT_LINE.search(key)
        if key and sure and runs_through([line.page for line in lines], n_pages):
            for line in lines:
                if is_letterhead(line) and (line is edge[0] or len(lines) < MIN_REPEATS):
                    continue  # an annex begins with a letterhead of its own, and the first one is the document's
                line.text = ""
                dropped = True
    return dropped


def is_letterhead(line: Line) -> bool:
    """The line could be the issuer's name or the motto."""
    return HEAD_LINE.match(line.text) is not None


def runs_through(pages: list[int], n_pages: int) -> bool:
    """A line that stands on these pages stands on most of them, on all but the first, or on most of every second."""
    count = len(pages)
    every_second = len({page % 2 for page in pages}) == 1 and count >= max(MIN_REPEATS, MOST * n_pages / 2)
    return count >= max(MIN_REPEATS, MOST * n_pages) or every_second or count >= max(2, n_pages - 1)


def running_key(line: Line) -> str:
    """What a running head has in common on all pages: its words and numbers, but for the number of the page."""
    near = (m for m in NUMBERS.finditer(line.text) if abs(int(m[0]) - line.page) <= PAGES_OFF)
    if len(line.text) > RUNNING_HEAD_CHARACTERS:
        return ""
    return f"{line.text[: m.start()]}#{line.text[m.end() :]}" if (m := next(near, None)) else line.text


def inner_key(line: Line) -> str:
    """The same for further lines of a head. Text may stand there, too: it must be the same and no sentence or item."""
    if BARE_NUMBER.fullmatch(line.text):
        return "#"
    return "" if TEXT_LINE.search(line.text) or len(line.text) > RUNNING_HEAD_CHARACTERS else line.text


def set_footnotes_aside(draft: Draft) -> None:
    """Footnotes at the end of a page (`[1] …`, as the reader of PDF sets them) cut no sentence in two."""
    if not draft.paged:
        return
    for _, group in groupby(draft.lines, key=lambda line: line.page):
        page = list(group)
        while len(page) > 1 and FOOTNOTE.match(page[-1].text):
            page.pop().aside = True
