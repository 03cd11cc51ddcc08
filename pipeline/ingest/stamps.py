"""Number and date that a clerk stamped onto the first page: `Số:      /KH-UBND` in the text, `356` only in the picture.

Electronic documents are signed with the number left blank; number and date are then laid over the page as small
pictures. They are read where they stand, between the words around them, and put into the text there. trueocr reads
them: of single digits it gets more right than Tesseract.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import regex

from extractors.cues import cues
from pipeline.ingest.ocr import trueocr
from pipeline.ingest.pdf_picture import pixels

HEAD = 1500
CUES = cues("scan_cues.yaml")
NUMBER = CUES.naming("stamped_number", "value")
DATE = CUES.naming("stamped_date", "day")
DPI = 300
SCALE = DPI / 72
OPEN_WIDTH = 45.0
"""Points looked at where nothing stands behind the slot (`năm` and the line's end)."""
MARGIN = 2.0
INK = 160
MIN_INK = 25
PAPER = 25
BOUNDS = {"number": (1, 99_999), "day": (1, 31), "month": (1, 12), "year": (1990, 2100)}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a stamped value belongs. `box`: left, bottom, right, top in points; `blank`: no text stands there."""

    name: str
    box: tuple[float, float, float, float]
    blank: bool


def fill_stamped(document: pdfium.PdfDocument, texts: list[str]) -> None:
    """Put what is stamped on the first page into its text, where the text leaves number or date blank."""
    if not texts or not has_blank(texts[0][:HEAD]) or not trueocr.is_available():
        return
    document.init_forms()
    page = document[0]
    try:
        if not has_overlays(page):
            return
        values = read_slots(page)
    except pdfium.PdfiumError:
        return  # the number stays blank, which is reported
    finally:
        page.close()
    texts[0] = filled(texts[0], values)


def has_blank(head: str) -> bool:
    """Number, day, month or year is left blank."""
    date = DATE.search(head)
    return NUMBER.search(head) is not None or (date is not None and not all(date.group("day", "month", "year")))


def has_overlays(page: pdfium.PdfPage) -> bool:
    """Something is laid over the page, or it holds pictures."""
    if pdfium_c.FPDFPage_GetAnnotCount(page.raw):
        return True
    return next(iter(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def read_slots(page: pdfium.PdfPage) -> dict[str, str]:
    """What is stamped, by name."""
    text_page = page.get_textpage()
    try:
        count = min(HEAD, text_page.count_chars())
        head = "".join(chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, i)) for i in range(count))
        slots = find_slots(head, lambda i: text_page.get_charbox(i))
    finally:
        text_page.close()
    found = {slot.name: read_slot(page, slot) for slot in slots}
    return {name: value for name, value in found.items() if value is not None}


def find_slots(head: str, box_of) -> list[Slot]:
    """The slots of number and date, placed by the words around them. `box_of(i)`: the box of the i-th character."""
    slots = []
    if match := NUMBER.search(head):
        slots.append(slot("number", match, "value", match.end("before"), match.start("after"), box_of))
    if match := DATE.search(head):
        slots.append(slot("day", match, "day", match.end("before"), match.start("month_word"), box_of))
        slots.append(slot("month", match, "month", match.end("month_word"), match.start("year_word"), box_of))
        slots.append(slot("year", match, "year", match.end("year_word"), None, box_of))
    return slots


def slot(name: str, match: regex.Match, group: str, left: int, right: int | None, box_of) -> Slot:
    """One slot: from the end of the word before to the start of the word after, if that is on the same line."""
    _, bottom, edge, top = box_of(left - 1)
    height = top - bottom
    end = edge + OPEN_WIDTH
    if right is not None:
        after = box_of(right)
        if after[0] > edge and after[1] < top and after[3] > bottom:
            end = after[0]
    box = (edge, bottom - 0.8 * height, end, top + 0.8 * height)
    return Slot(name, box, not match.group(group))


def read_slot(page: pdfium.PdfPage, place: Slot) -> str | None:
    """The digits in a slot: of what is laid over the page, else of the page itself where the text is blank."""
    width, height = page.get_size()
    left, bottom, right, top = place.box
    crop = (
        max(0.0, left - MARGIN),
        max(0.0, bottom),
        max(0.0, width - right - MARGIN),
        max(0.0, height - top),
    )
    if crop[0] + crop[2] >= width or crop[1] + crop[3] >= height:
        return None
    whole = pixels(page, SCALE, True, overlays=True, crop=crop)
    bare = pixels(page, SCALE, True, crop=crop)
    laid_over = np.where(np.abs(whole.astype(np.int16) - bare) > 16, whole, 255).astype(np.uint8)
    if (laid_over < INK).sum() < MIN_INK:
        if not place.blank or (whole < INK).sum() < MIN_INK:
            return None
        laid_over = whole
    digits = trueocr.read_digits(cut_to_ink(laid_over))
    low, high = BOUNDS[place.name]
    return digits if digits and low <= int(digits) <= high else None


def cut_to_ink(picture: np.ndarray) -> np.ndarray:
    """The part of the picture that holds ink, with some paper around: readers lose a small number in a wide field."""
    rows, columns = np.where(picture < INK)
    inked = picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return np.pad(inked, PAPER, constant_values=255)


def filled(text: str, values: dict[str, str]) -> str:
    """The text with stamped values at their places, a blank on each side."""
    for pattern, groups in ((DATE, ("year", "month", "day")), (NUMBER, ("number",))):
        match = pattern.search(text[:HEAD])
        for name in groups:
            if match and (value := values.get(name)):
                start, end = match.span("value" if name == "number" else name)
                text = f"{padded(text[:start], value)}{'' if name == 'number' else ' '}{text[end:].lstrip(' .…_')}"
    return text


def padded(before: str, value: str) -> str:
    """`value` behind the text before it, with one blank between."""
    return f"{before.rstrip(' .…_')} {value}"
