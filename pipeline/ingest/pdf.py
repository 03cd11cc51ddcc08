"""The text of a PDF, page by page: its text layer where that says what the page shows, OCR where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from extractors.plan import Note, ReadWord
from pipeline.ingest import glyph_codes
from pipeline.ingest.broken_rows import joined_pages
from pipeline.ingest.errors import CorruptFile, NoTextLayer, PasswordProtected, TooLarge
from pipeline.ingest.language import syllable_share
from pipeline.ingest.ocr import NoOcrEngine, PageText, Picture, find_engine, laid_out, read_pictures, shows_table
from pipeline.ingest.ocr.paged import PagedText, fallback_notes, mean_confidence, words_of_pages
from pipeline.ingest.pdf_footnotes import set_footnotes_behind
from pipeline.ingest.pdf_layer import PICTURE_PAGE, PageLayer, has_letters, is_garbled, placeholders, whole_hyphens
from pipeline.ingest.pdf_objects import kinds_on
from pipeline.ingest.pdf_picture import draw, picture_scale
from pipeline.ingest.pdf_tables import page_text
from pipeline.ingest.stamps import fill_stamped
from pipeline.limits import LIMITS, alive
from schemas.messages import message

MAX_PAGES = LIMITS.pages
BETTER = 0.05
"""OCR must read so much more Vietnamese than a doubtful text layer to take its place."""


@dataclass(slots=True)
class Pages:
    """The pages of an open document while they are read."""

    texts: list[str] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    read: dict[int, PageText] = field(default_factory=dict)


def read_pdf(data: bytes, jobs: int | None = None) -> PagedText:
    """The text of every page; raises where the document as a whole cannot be read."""
    document = open_document(data)
    try:
        if len(document) > MAX_PAGES:
            raise TooLarge(f"the PDF has {len(document)} pages, more than {MAX_PAGES}; split it")
        pages = read_layers(document)
        with_engine = read_doubtful(document, pages, jobs)
        fill_stamped(document, pages.texts)
        joined = joined_pages(pages.texts)
        words = words_of_pages([pages.read.get(i) for i in range(len(joined))], pages.texts, joined)
        pages.texts[:] = joined
    finally:
        document.close()
    return judged(pages, words, with_engine)


def open_document(data: bytes) -> pdfium.PdfDocument:
    """Open the PDF, telling an encrypted one from a broken one. Raises CorruptFile or PasswordProtected."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordProtected("the PDF is protected by a password; save a copy without one") from error
        raise CorruptFile(f"the PDF cannot be opened ({error}); download or export it again") from error
    if len(document) == 0:
        raise CorruptFile("the PDF has no pages; download or export it again")
    return document


def read_layers(document: pdfium.PdfDocument) -> Pages:
    """The text layer of every page, and which pages need OCR: also scans of tables under a good reading of somebody
    else's, which knows no cells."""
    pages = Pages()
    for index in range(len(document)):
        layer = open_layer(document, index)
        pages.texts.append(layer.text)
        if layer.needs_ocr() or (layer.picture_share >= PICTURE_PAGE and shows_table(draw(layer))):
            pages.doubtful.append(index)
        layer.page.close()
        alive()
    return pages


def open_layer(document: pdfium.PdfDocument, index: int) -> PageLayer:
    """One page with its text as pdfium orders it, but ruled tables row by row, hyphens at line ends put back and
    footnotes behind it. The caller closes the page.

    What lies within a frame, pdfium parts into lines as if the page stood upright; so turned pages are read by the
    order of their characters. Raises CorruptFile."""
    try:
        page = document[index]
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_range() if page.get_rotation() else text_page.get_text_bounded()
            kinds = kinds_on(page)
            text = page_text(page, text_page, text, kinds)
            text = set_footnotes_behind(text_page, whole_hyphens(text))
        finally:
            text_page.close()
    except pdfium.PdfiumError as error:
        raise CorruptFile(f"page {index + 1} of the PDF is broken ({error}); download or export it again") from error
    return PageLayer(page, text, kinds)


def read_doubtful(document: pdfium.PdfDocument, pages: Pages, jobs: int | None) -> bool:
    """Read pages without a good text layer by OCR; False where nothing here can."""
    if not pages.doubtful:
        return True
    try:
        engine = find_engine()
    except NoOcrEngine:
        if len(pages.doubtful) * 2 >= len(pages.texts):
            raise
        return False
    for index, read in zip(pages.doubtful, read_pictures(drawn(document, pages.doubtful), jobs, engine), strict=True):
        alive()
        if is_better(read, pages.texts[index]):
            pages.texts[index] = read.text
            pages.read[index] = read
    spell_by_layer(document, pages)
    return True


def spell_by_layer(document: pdfium.PdfDocument, pages: Pages) -> None:
    """Where a page read by OCR has a layer of letters under wrong codes, put in the letters of that layer."""
    layered: dict[int, glyph_codes.Page] = {}
    for index, read in pages.read.items():
        layer = open_layer(document, index)
        if read.reading and has_letters(layer.text) and layer.picture_share < PICTURE_PAGE:
            layered[index] = glyph_codes.Page(read.reading, glyph_codes.glyphs_of(layer.page, picture_scale(layer)))
        layer.page.close()
    for index, reading in glyph_codes.decoded(layered).items():
        pages.read[index] = laid_out(reading)
        pages.texts[index] = pages.read[index].text


def drawn(document: pdfium.PdfDocument, indices: list[int]) -> Iterator[Picture]:
    """Pictures of pages, one at a time."""
    for index in indices:
        layer = open_layer(document, index)
        try:
            yield draw(layer)
        finally:
            layer.page.close()


def is_better(read: PageText, layer: str) -> bool:
    """What OCR read is worth more than the text layer."""
    if not read.text.strip():
        return False
    if placeholders(layer) or not is_garbled(layer):
        return True  # placeholders, or a scan under a little text
    return (syllable_share(read.text) or 0.0) > (syllable_share(layer) or 0.0) + BETTER


def judged(pages: Pages, words: tuple[tuple[ReadWord, ...], ...], with_engine: bool) -> PagedText:
    """The whole document: refused where no page says anything. Raises NoTextLayer."""
    if not any(text.strip() for text in pages.texts):
        raise NoTextLayer(
            f"none of the {len(pages.texts)} pages holds text, neither as letters nor in pictures; scan it again"
        )
    notes = fallback_notes() if pages.read else ()
    if not with_engine:
        numbers = ", ".join(str(index + 1) for index in pages.doubtful)
        notes = (Note("low_ocr_confidence", message("pages_without_engine", pages=numbers)),)
    if not pages.read:
        return PagedText(tuple(pages.texts), "pdf_text", notes=notes)
    confidences = tuple(pages.read[i].confidence if i in pages.read else None for i in range(len(pages.texts)))
    with_layer = any(text.strip() for i, text in enumerate(pages.texts) if i not in pages.read)
    return PagedText(
        tuple(pages.texts),
        "mixed" if with_layer else "ocr",
        confidences,
        mean_confidence(pages.read.values()),
        notes,
        words,
    )
