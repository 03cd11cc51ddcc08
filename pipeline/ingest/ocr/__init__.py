"""Optical character recognition (OCR): pictures of pages in, text and how sure it is out.

`read_pictures` is the entry: it takes page pictures one after the other, reads them side by side and gives their texts
in order. `engine` chooses who reads (Tesseract, else trueocr), `reading` when a picture is cleaned or turned and read
again, `prep` how, `layout` in which order lines stand on the page.
"""

from pipeline.ingest.ocr.engine import NoOcrEngine, find_engine
from pipeline.ingest.ocr.reading import LOW_CONFIDENCE, PageText, Picture, laid_out, read_pictures, shows_table

__all__ = [
    "LOW_CONFIDENCE",
    "NoOcrEngine",
    "PageText",
    "Picture",
    "find_engine",
    "laid_out",
    "read_pictures",
    "shows_table",
]
