"""What a PDF page's text layer is worth, measured: letters, words, placeholders, fonts, and how much is picture."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ingest.language import looks_vietnamese, syllable_share
from pipeline.ingest.pdf_objects import DRAWN, PICTURES

MIN_PAGE_LETTERS = 20
"""A page with fewer letters has no text of its own (a stamp, a signature, a page number)."""
FULL_PAGE_LETTERS = 300
"""A page of pictures with fewer letters is a scan on which something was printed."""
BROKEN_HYPHEN = re.compile("[\x02\ufffe]\r?\n?")
"""What pdfium writes for a hyphen at which it joined two lines (`NĐ-` + `CP`)."""
GLYPH_NUMBER = re.compile(r"\(cid:\d+\)")
NO_LETTER = re.compile("[\ue000-\uf8ff\ufffd]")
MAX_GARBLE_SHARE = 0.02
LEGACY_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?:\.Vn|VNI[-_ ])", re.IGNORECASE)
"""Fonts in which letters have other codes than their own (TCVN3, VNI)."""
PICTURE_PAGE = 0.5
"""Share of the page that pictures cover from which the text layer is taken for a machine's reading of them."""
GOOD_READING = 0.93
"""So many words of such a layer must be Vietnamese for it to be believed."""
MIN_PATHS = 150
"""Text turned into outlines takes hundreds of paths; rulers and frames take few."""


@dataclass(frozen=True)
class PageLayer:
    """One page: its text as pdfium orders it, what it is made of, and the page to ask for more."""

    page: pdfium.PdfPage
    text: str
    kinds: Counter[int]

    @cached_property
    def pictures(self) -> list[pdfium.PdfImage]:
        """Picture objects, also those inside forms."""
        return list(self.page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4))

    @cached_property
    def picture_share(self) -> float:
        """The share of the page that its pictures cover; strips of one scan add up."""
        if not self.kinds.keys() & PICTURES:
            return 0.0
        width, height = self.page.get_size()
        covered = sum(area(picture) for picture in self.pictures)
        return min(1.0, covered / max(width * height, 1.0))

    @property
    def n_paths(self) -> int:
        """Lines and shapes that the page draws."""
        return sum(self.kinds[kind] for kind in DRAWN)

    def needs_ocr(self) -> bool:
        """The text layer is missing or does not say what the page shows."""
        if not has_letters(self.text):
            return self.picture_share > 0.05 or self.n_paths >= MIN_PATHS
        if is_garbled(self.text):
            return True
        share = syllable_share(self.text)
        if share is None or share < GOOD_READING or not has_letters(self.text, FULL_PAGE_LETTERS):
            if self.picture_share >= PICTURE_PAGE:
                return True
            return legacy_fonts(self.page) > 0.5
        return False


def area(picture: pdfium.PdfImage) -> float:
    """Square points that a picture covers."""
    try:
        left, bottom, right, top = picture.get_bounds()
    except pdfium.PdfiumError:
        return 0.0
    return max(0.0, right - left) * max(0.0, top - bottom)


def whole_hyphens(text: str) -> str:
    """The text with the hyphens put back at which pdfium joined two lines."""
    return BROKEN_HYPHEN.sub("-", text)


def has_letters(page: str, count: int = MIN_PAGE_LETTERS) -> bool:
    """The page has so many letters, by default words of its own; counts no further."""
    return next(islice(filter(str.isalpha, page), count - 1, None), None) is not None


def placeholders(page: str) -> int:
    """How many signs stand for letters that the page's fonts do not name. Two patterns search faster than one."""
    return len(GLYPH_NUMBER.findall(page)) + len(NO_LETTER.findall(page))


def is_garbled(page: str) -> bool:
    """The page's letters are placeholders, or its words are no Vietnamese."""
    if placeholders(page) > MAX_GARBLE_SHARE * len(page):
        return True
    return not looks_vietnamese(page)


def legacy_fonts(page: pdfium.PdfPage, sample: int = 200) -> float:
    """The share of the page's letters, judged by a sample, that are set in fonts with other codes."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        places = range(0, count, max(1, count // sample))
        names = [font_name(text_page, i) for i in places]
    finally:
        text_page.close()
    known = [name for name in names if name]
    return sum(LEGACY_FONT.match(name) is not None for name in known) / len(known) if known else 0.0


def font_name(text_page: pdfium.PdfTextPage, index: int) -> str:
    """The name of the font in which a character is set."""
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page.raw, index, buffer, 128, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace")
