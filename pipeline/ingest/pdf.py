"""The text of a digital PDF, page by page, through pypdfium2."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from pipeline.ingest.errors import CorruptFile, GarbledTextLayer, NoTextLayer, PasswordProtected, TooLarge
from pipeline.ingest.language import looks_vietnamese

MAX_PAGES = 2_000
MIN_PAGE_LETTERS = 20
"""A page with fewer letters has no text of its own (a stamp, a signature, a page number)."""
BROKEN_HYPHEN = re.compile("[\x02\ufffe]\r?\n?")
"""What pdfium writes for a hyphen at which it joined two lines (`NĐ-` + `CP`)."""
GARBLE = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
MAX_GARBLE_SHARE = 0.02


def read_pages(data: bytes) -> tuple[str, ...]:
    """The text of every page; raises where the document as a whole cannot be read as text."""
    document = open_document(data)
    try:
        if len(document) > MAX_PAGES:
            raise TooLarge(f"the PDF has {len(document)} pages, more than {MAX_PAGES}; split it")
        pages = tuple(read_page(document, i) for i in range(len(document)))
    finally:
        document.close()
    check_text_layer(pages)
    return pages


def open_document(data: bytes) -> pdfium.PdfDocument:
    """Open the PDF, telling an encrypted one from a broken one."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordProtected("the PDF is protected by a password; save a copy without one") from error
        raise CorruptFile(f"the PDF cannot be opened ({error}); download or export it again") from error


def read_page(document: pdfium.PdfDocument, index: int) -> str:
    """The text of one page as pdfium orders it, hyphens at line ends put back."""
    try:
        page = document[index]
        try:
            text_page = page.get_textpage()
            try:
                text = text_page.get_text_bounded()
            finally:
                text_page.close()
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise CorruptFile(f"page {index + 1} of the PDF is broken ({error}); download or export it again") from error
    return BROKEN_HYPHEN.sub("-", text)


def check_text_layer(pages: tuple[str, ...]) -> None:
    """Refuse scans and text layers that do not say what the pages show."""
    with_text = [p for p in pages if has_text(p)]
    if 2 * len(with_text) < len(pages) or not with_text:
        raise NoTextLayer(
            f"{len(pages) - len(with_text)} of {len(pages)} pages have no text layer: the PDF is a scan, and OCR is"
            " not built yet; give a digital PDF, or the text"
        )
    garbled = [p for p in with_text if is_garbled(p)]
    if 2 * len(garbled) >= len(with_text):
        raise GarbledTextLayer(
            f"the text layer of {len(garbled)} of {len(pages)} pages is garbled (its fonts do not say which letters"
            " they show): it needs OCR, which is not built yet; give another PDF of the document, or the text"
        )


def has_text(page: str) -> bool:
    """The page has words of its own."""
    return sum(map(str.isalpha, page)) >= MIN_PAGE_LETTERS


def is_garbled(page: str) -> bool:
    """The page's letters are placeholders, or its words are no Vietnamese."""
    if len(GARBLE.findall(page)) > MAX_GARBLE_SHARE * len(page):
        return True
    return not looks_vietnamese(page)
