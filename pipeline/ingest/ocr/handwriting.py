"""Number and date written into a letterhead by hand: where the engine guesses, the place is left blank.

`Số: 51/QĐ-UBND` with the 51 in ink is read as `9{` or `94`. A blank number is reported and looked up; a wrong one is
believed. Only words of the letterhead that the engine itself doubts are left out, printed ones it does not doubt.
"""

from __future__ import annotations

from extractors.cues import cues
from pipeline.ingest.ocr.words import TextLine, Word

LETTERHEAD_CUES = cues("letterhead_cues.yaml")
HEAD_LINES = 14
LETTERHEAD = LETTERHEAD_CUES["scanned_head"].compiled
DOUBTED = 0.7
DOUBTED_BY_HAND = 0.9
"""Of a number whose date is written by hand; figures in print are read with more."""
NUMBER = LETTERHEAD_CUES["scanned_number"].compiled
DATELINE = LETTERHEAD_CUES["scanned_dateline"].compiled
DAY = LETTERHEAD_CUES["scanned_day"].compiled
DATE_WORD = LETTERHEAD_CUES["date_word"].compiled


def without_handwriting(lines: list[TextLine]) -> list[TextLine]:
    """The lines of a page, doubted numbers and dates of its letterhead left out."""
    if not any(LETTERHEAD.search(line.text) for line in lines[:HEAD_LINES]):
        return lines
    doubted = DOUBTED_BY_HAND if any(map(dated_by_hand, lines[:HEAD_LINES])) else DOUBTED
    return [*(blanked(line, doubted) for line in lines[:HEAD_LINES]), *lines[HEAD_LINES:]]


def dated_by_hand(line: TextLine) -> bool:
    """Whether a dateline holds figures that the engine doubts: then the same pen wrote the number, which may look
    sure."""
    day = day_of(line)
    return day is not None and any(dated(word) is not word for word in line.words[day:])


def day_of(line: TextLine) -> int | None:
    """Where the date begins in a dateline; None in other lines."""
    if not DATELINE.search(line.text):
        return None
    return next((i for i, word in enumerate(line.words) if DAY.match(word.text)), len(line.words))


def blanked(line: TextLine, doubted: float = DOUBTED) -> TextLine:
    """One line of the letterhead, without figures of its number read with less confidence than `doubted`."""
    words = list(line.words)
    if len(words) > 1 and NUMBER.fullmatch(words[0].text):
        end = next((i for i, word in enumerate(words) if "/" in word.text), 0)
        words = [word for i, word in enumerate(words) if not (0 < i < end and word.confidence < doubted)]
    day = day_of(TextLine(tuple(words), line.block))
    if day is not None:
        words = words[:day] + [kept for word in words[day:] if (kept := dated(word))]
    return TextLine(tuple(words), line.block)


def dated(word: Word) -> Word | None:
    """A word of a dateline: doubted figures go, the words around them stay."""
    if word.confidence >= DOUBTED or word.text.isalpha() or word.text.rstrip(",").isalpha() or " " in word.text:
        return word
    kept = " ".join(DATE_WORD.findall(word.text))
    return Word(kept, word.confidence, word.left, word.top, word.right, word.bottom) if kept else None
