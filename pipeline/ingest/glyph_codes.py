"""Text layers whose fonts give letters wrong codes: what each code means is learnt from what OCR reads at its place.

Such a layer knows every letter exactly, only under another name, while OCR guesses at hats and tones. So OCR's words
vote on what each code of each font means; a code's letters keep one another's distance, since fonts number letters in
the order of Unicode by runs; and the words are then written as the layer has them. A layer that is noise, or that
another machine read off a scan, does not agree with OCR under any reading of its codes, and is left alone.
"""

from __future__ import annotations

import ctypes
import math
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ingest.ocr.words import Reading, TextLine, Word
from pipeline.ingest.pdf_layer import font_name

AGREEMENT = 0.9
"""Of the letters that OCR reads on a page, so many must be what the layer says, or the layer is not believed."""
MIN_LETTERS = 100
RUN = 5
"""Codes of a font that must lie equally far from their letters before others are expected to."""
DISPUTED = 0.3
"""Share of a code's votes for letters of another base from which it is taken to stand for more than one letter."""
DECODED = 0.97
"""Confidence in a word whose letters come from the layer."""
MAX_MORE = 1
"""Letters that a word may have more or fewer in the layer; where it lacks more, something was drawn beside the text."""
SAME_LINE = 0.25
"""Of a word's height: its letters' lines lie no further apart."""
DOUBTED = 0.7
"""Words read with less where the layer has none are rims of stamps, rulers and scrawls."""

Code = tuple[str, int]
"""The name of a font and the code in it."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter on the page: its code, and in pixels of the page's picture its middle and the line it stands on."""

    code: Code
    x: int
    y: int
    base: int


@dataclass(frozen=True, slots=True)
class Page:
    """What OCR read off a page, and what its text layer has there."""

    reading: Reading
    glyphs: tuple[Glyph, ...]


def glyphs_of(page: pdfium.PdfPage, scale: float) -> tuple[Glyph, ...]:
    """The visible characters of a page's text layer, on its picture with so many pixels a point."""
    width, height = (math.ceil(side * scale) for side in page.get_size())
    text_page = page.get_textpage()
    try:
        return tuple(glyph for i in range(text_page.count_chars()) if (glyph := glyph_at(text_page, i, width, height)))
    finally:
        text_page.close()


def glyph_at(text_page: pdfium.PdfTextPage, index: int, width: int, height: int) -> Glyph | None:
    """One character; None for blanks."""
    code = pdfium_c.FPDFText_GetUnicode(text_page.raw, index)
    left, bottom, right, top = text_page.get_charbox(index)
    if right <= left or top <= bottom or chr(code) in " \r\n\t\xa0":
        return None
    origin = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text_page.raw, index, *map(ctypes.byref, origin))

    def pixel(x: float, y: float) -> tuple[int, int]:
        found = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(text_page.page.raw, 0, 0, width, height, 0, x, y, *map(ctypes.byref, found))
        return found[0].value, found[1].value

    x, y = pixel((left + right) / 2, (bottom + top) / 2)
    return Glyph((font_name(text_page, index), code), x, y, pixel(origin[0].value, origin[1].value)[1])


def decoded(pages: Mapping[int, Page]) -> dict[int, Reading]:
    """The readings of those pages whose layer agrees with them once its codes are known, with the layer's letters."""
    placed = {number: by_word(page) for number, page in pages.items()}
    letters = meanings(pair for words in placed.values() for pair in words.items())
    return {
        number: rewritten(pages[number].reading, words, letters)
        for number, words in placed.items()
        if agrees(words, letters)
    }


def by_word(page: Page) -> dict[Word, list[Glyph]]:
    """The characters that stand within each word, from left to right."""
    words = [word for line in page.reading.lines for word in line.words]
    found: dict[Word, list[Glyph]] = defaultdict(list)
    for glyph in page.glyphs:
        around = [w for w in words if w.left <= glyph.x <= w.right and w.top <= glyph.y <= w.bottom]
        if around:
            found[min(around, key=lambda w: abs(w.top + w.bottom - 2 * glyph.y))].append(glyph)
    return {word: sorted(on_one_line(word, glyphs), key=lambda g: g.x) for word, glyphs in found.items()}


def on_one_line(word: Word, glyphs: list[Glyph]) -> list[Glyph]:
    """Those of the characters within a word's frame that stand on its line: frames reach into the lines around."""
    line, reach = median(glyph.base for glyph in glyphs), SAME_LINE * (word.bottom - word.top)
    return [glyph for glyph in glyphs if abs(glyph.base - line) <= reach]


def meanings(words: Iterable[tuple[Word, list[Glyph]]]) -> dict[Code, str]:
    """What each code stands for, as words vote that have as many letters as characters beneath them."""
    votes: dict[Code, Counter[str]] = defaultdict(Counter)
    for word, glyphs in words:
        if len(word.text) == len(glyphs):
            for letter, glyph in zip(word.text, glyphs, strict=True):
                votes[glyph.code][letter] += word.confidence
    runs = usual_distances(votes)
    settled = {code: letter for code, given in votes.items() if (letter := at_distance(code, given, runs[code[0]]))}
    taken = {(font, letter) for (font, _), letter in settled.items()}
    for code in votes.keys() - settled.keys():
        free = Counter({c: n for c, n in votes[code].items() if (code[0], c) not in taken}) or votes[code]
        if not is_disputed(free):
            settled[code] = favourite(free)
    return settled


def usual_distances(votes: Mapping[Code, Counter[str]]) -> dict[str, set[int]]:
    """By font, the distances from code to letter that hold for many codes."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for (font, code), given in votes.items():
        counts[font][ord(favourite(given)) - code] += 1
    return {font: {d for d, number in of.items() if number >= RUN} for font, of in counts.items()}


def at_distance(code: Code, given: Counter[str], distances: set[int]) -> str | None:
    """The letter at one of the usual distances, where it differs from the favourite in its marks alone."""
    near = [chr(code[1] + d) for d in distances if 0 < code[1] + d < sys.maxunicode]
    alike = [letter for letter in near if base(letter) == base(favourite(given))]
    return max(alike, key=lambda letter: (given[letter], letter)) if alike and not is_disputed(given) else None


def favourite(given: Counter[str]) -> str:
    """The letter with the most votes."""
    return max(given, key=lambda letter: (given[letter], letter))


def is_disputed(given: Counter[str]) -> bool:
    """Letters that OCR does not mix up share the votes: the code stands for more than one."""
    others = sum(votes for letter, votes in given.items() if base(letter) != base(favourite(given)))
    return others > DISPUTED * given.total()


def base(letter: str) -> str:
    """The letter without its marks: OCR mixes up hats and tones, seldom letters or their size."""
    return unicodedata.normalize("NFD", letter)[0]


def agrees(words: Mapping[Word, list[Glyph]], letters: Mapping[Code, str]) -> bool:
    """The layer, its codes known, says what OCR reads."""
    same = total = 0
    for word, glyphs in words.items():
        said = "".join(letters.get(glyph.code, "") for glyph in glyphs)
        total += len(word.text)
        same += sum(a == b for a, b in zip(word.text, said, strict=False))
    return total >= MIN_LETTERS and same >= AGREEMENT * total


def rewritten(reading: Reading, words: Mapping[Word, list[Glyph]], letters: Mapping[Code, str]) -> Reading:
    """The reading with the layer's letters in each word that the layer has whole."""

    def better(word: Word) -> Word:
        glyphs = words.get(word, [])
        if abs(len(glyphs) - len(word.text)) > MAX_MORE or any(glyph.code not in letters for glyph in glyphs):
            return word
        text = "".join(letters[glyph.code] for glyph in glyphs)
        return replace(word, text=text, confidence=max(word.confidence, DECODED))

    lines = ([better(w) for w in line.words if w in words or w.confidence >= DOUBTED] for line in reading.lines)
    blocks = (line.block for line in reading.lines)
    rows = tuple(TextLine(tuple(kept), block) for kept, block in zip(lines, blocks, strict=True) if kept)
    return replace(reading, lines=rows)
