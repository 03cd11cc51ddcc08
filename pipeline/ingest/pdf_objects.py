"""What a PDF page is made of: letters, pictures, lines, forms, listed once for all who ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

PICTURES = frozenset((pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM))
"""Kinds that are pictures or may hold some."""
DRAWN = frozenset((pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM))
"""Kinds that are lines and shapes or may hold some."""


def objects(raw: pdfium_c.FPDF_PAGE) -> Iterator:
    """What stands on the page, in the order in which it is drawn."""
    for i in range(pdfium_c.FPDFPage_CountObjects(raw)):
        yield pdfium_c.FPDFPage_GetObject(raw, i)


def kinds_on(page: pdfium.PdfPage) -> Counter[int]:
    """How many objects of each kind stand on the page; those inside forms are not counted."""
    return Counter(map(pdfium_c.FPDFPageObj_GetType, objects(page.raw)))
