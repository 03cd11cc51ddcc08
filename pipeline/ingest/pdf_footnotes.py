"""Footnotes of a PDF page: told by their small letters at its foot, set behind the text as `[1] …`, one a line.

Where they stand they cut the sentence that goes on over the page, and the mark beside a figure makes another figure of
it (`năm 2025` + `1`). Pages without a line that could begin a footnote are left alone, for looking at
letters costs time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

NOTE = re.compile(r"\s*(?:\[(?P<in_brackets>\d{1,3})\]|(?P<bare>\d{1,3}))\s*(?=[^\W\d_])")
PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,4}\s*[-–]?\s*")
SMALL, RAISED = 0.9, 0.75
"""Letters of footnotes and of their marks are at most so large against those of the text."""
GENERATED = 1.0
"""The size that pdfium gives to line ends and spaces that it puts in itself."""
BEFORE_MARK = 12
SAMPLE = 60
POWER_OF = re.compile(r".*?(?:^|[\W\d])[cdkm]?m")
"""Behind these a raised 2 or 3 is a power (`m3`), no mark."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of the page with the size of its font."""

    sign: str
    size: float


def set_footnotes_behind(text_page: pdfium.PdfTextPage, text: str) -> str:
    """The page's text with its footnotes, if it has any, behind it and their marks taken out."""
    lines = text.splitlines()
    if not any(map(NOTE.match, lines)) or not ends_small(text_page):
        return text
    letters = read_letters(text_page)
    sizes = line_sizes(letters)
    usual = usual_size(letters)
    start, end = note_lines(lines, [sizes.get(line.strip(), usual) for line in lines], usual)
    notes = joined(lines[start:end])
    if not notes:
        return text
    body = without_marks("\n".join(lines[:start]), letters, usual, set(notes))
    return "\n".join([body, *(f"[{number}] {note}" for number, note in notes.items()), *lines[end:]])


def ends_small(text_page: pdfium.PdfTextPage) -> bool:
    """The last letters of the page are smaller than most, judged by a sample."""
    raw, count = text_page.raw, text_page.count_chars()

    def size(places: range) -> float:
        sizes = (pdfium_c.FPDFText_GetFontSize(raw, i) for i in places)
        return median([size for size in sizes if size > GENERATED])

    return 0 < size(range(max(0, count - SAMPLE), count)) <= SMALL * size(range(0, count, max(1, count // SAMPLE)))


def read_letters(text_page: pdfium.PdfTextPage) -> list[Letter]:
    """All characters of the page in pdfium's order."""
    raw = text_page.raw
    return [
        Letter(chr(pdfium_c.FPDFText_GetUnicode(raw, i)), pdfium_c.FPDFText_GetFontSize(raw, i))
        for i in range(text_page.count_chars())
    ]


def median(values: list[float]) -> float:
    """The value in the middle; 0 without any."""
    return sorted(values)[len(values) // 2] if values else 0.0


def usual_size(letters: list[Letter]) -> float:
    """The size of the page's text."""
    return median([letter.size for letter in letters if letter.sign.isalpha() and letter.size > GENERATED])


def line_sizes(letters: list[Letter]) -> dict[str, float]:
    """The size of each line by its text; the largest where two lines say the same."""
    sizes: dict[str, float] = {}
    for ended, group in groupby(letters, key=lambda letter: letter.sign in "\r\n"):
        if not ended:
            line = list(group)
            text = "".join(letter.sign for letter in line).strip()
            size = median([letter.size for letter in line if letter.size > GENERATED])
            sizes[text] = max(size, sizes.get(text, 0.0))
    return sizes


def note_lines(lines: list[str], sizes: list[float], usual: float) -> tuple[int, int]:
    """First line of the footnotes and the one behind them; equal where there are none."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or PAGE_NUMBER.fullmatch(lines[end - 1])):
        end -= 1
    start = end
    while start and (not lines[start - 1].strip() or sizes[start - 1] <= SMALL * usual):
        start -= 1
    while start < end and not NOTE.match(lines[start]):
        start += 1
    return (start, end) if start else (end, end)


def joined(lines: list[str]) -> dict[str, str]:
    """The footnotes by number, their wrapped lines put together. Numbers must count up: others belong to the words."""
    notes: dict[str, str] = {}
    last = None
    for line in lines:
        found = NOTE.match(line)
        number = int(found["in_brackets"] or found["bare"]) if found else None
        if found and (last is None or number == last + 1):
            last = number
            notes[str(number)] = line[found.end() :].strip()
        elif last is not None:
            notes[str(last)] = f"{notes[str(last)]} {line.strip()}".strip()
    return notes


def without_marks(body: str, letters: list[Letter], usual: float, numbers: set[str]) -> str:
    """The text without the small raised numbers that point to its footnotes, the first of each."""
    at = 0
    for is_mark, group in groupby(letters, key=lambda x: x.sign.isdecimal() and GENERATED < x.size <= RAISED * usual):
        run = list(group)
        mark = "".join(letter.sign for letter in run)
        if is_mark and mark in numbers:
            before = "".join(x.sign for x in letters[max(0, at - BEFORE_MARK) : at]).splitlines()[-1:]
            if before and before[0].strip() and not POWER_OF.fullmatch(before[0][-3:]):
                body = without_mark(body, before[0], mark)
                numbers = numbers - {mark}
        at += len(run)
    return body


def without_mark(body: str, before: str, mark: str) -> str:
    """The text without one mark; `before` is what stands right before it. Words on both sides stay two words."""
    start, marked, after = body.partition(before + mark)
    if not marked:
        return body
    return start + before + (" " if after[:1].isalpha() and before[-1].isalpha() else "") + after
