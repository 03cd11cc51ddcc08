"""Who reads: Tesseract with its Vietnamese data where it is installed, else trueocr, which comes with the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np

from pipeline.ingest.errors import ReadError
from pipeline.ingest.ocr import tesseract, trueocr
from pipeline.ingest.ocr.words import Reading


class NoOcrEngine(ReadError):
    """A scan, and nothing here that reads pictures."""

    error_type = "no_ocr_engine"


class ReadPicture(Protocol):
    """Reads one grey picture (8 bits a pixel) of known resolution."""

    def __call__(self, picture: np.ndarray, dpi: int) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """An OCR engine. `turns`: it turns pictures upright by itself. `fallback`: a better one is missing. `read_strip`:
    reads lines one below the other that belong to no text; without it tables are read like text."""

    name: str
    read: ReadPicture
    turns: bool = False
    fallback: bool = False
    read_strip: ReadPicture | None = None


@cache
def find_engine() -> Engine:
    """The best engine on this machine; NoOcrEngine where there is none."""
    if tesseract.is_available():
        return Engine("tesseract", tesseract.read, read_strip=tesseract.read_strip)
    if trueocr.is_available():
        return Engine("trueocr", trueocr.read, turns=True, fallback=True)
    raise NoOcrEngine(
        "the pages are pictures, and no OCR engine is here: install Tesseract with its Vietnamese data"
        " (Debian, Ubuntu: apt-get install tesseract-ocr-vie), or `pip install trueocr`"
    )
