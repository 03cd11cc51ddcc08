"""trueocr, the fallback: a small Vietnamese recogniser whose model comes inside its wheel.

It reads line by line, loses some hats and tones (`ể` for `ế`) and turns and straightens pages by itself.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import regex

from extractors.cues import cues
from pipeline.ingest.ocr.words import Reading, TextLine, Word

TRUST = 0.85
"""Its confidence is not calibrated: it is as sure of wrong hats as Tesseract of right ones."""
MISSING_BLANK = regex.compile(r"(?<=\p{L})[,;:](?=\p{L})|(?<=\p{L}):(?=\d)|(?<=\d\.\d|^\d|^\d\d|\d\.\d\d)\.(?=\p{L})")
WHOLE = regex.compile(r"(?<![\d.,/])1006(?=\s\p{Ll})")
"""Counts of a thousand and more are written with a point (`1.006 hộ`)."""
PERCENT = cues("scan_cues.yaml")["six_for_percent"]
ITEM = regex.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2}),\s?(?=\p{Lu}\p{Ll})")
ROMAN = regex.compile(r"^([IVX]{1,4})\s(?=\p{Lu}{2})")
_loading = threading.Lock()


@cache
def is_available() -> bool:
    """The package is installed."""
    return find_spec("trueocr") is not None


def model() -> Any:
    """The model, loaded once a process."""
    with _loading:
        return _model()


@cache
def _model() -> Any:
    from trueocr import load_model

    return load_model(threads=1)


def read(picture: np.ndarray, dpi: int) -> Reading:
    """Read one grey picture; `dpi` is of no use to this engine."""
    from PIL import Image

    found = model().predict(Image.fromarray(picture)).lines
    pieces = [Word(text, line["confidence"] * TRUST, *line["bbox"]) for line in found if (text := line["text"].strip())]
    return Reading(tuple(TextLine(tuple(tidied(row)), 0) for row in rows(pieces)))


def rows(pieces: list[Word]) -> list[list[Word]]:
    """Pieces that stand beside each other as rows from top to bottom: official documents have one column of text, and
    what stands in two (letterhead, signature) is taken apart by cleaning. The model's own order moves paragraphs."""
    found: list[list[Word]] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.bottom):
        if found and beside(found[-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in found]


def beside(row: list[Word], piece: Word) -> bool:
    """The piece stands on the row's height, where no piece of it stands yet."""
    middle = (piece.top + piece.bottom) / 2
    level = all(other.top < middle < other.bottom for other in row)
    return level and all(piece.left >= other.right or piece.right <= other.left for other in row)


def tidied(row: list[Word]) -> list[Word]:
    """Blanks that the model leaves out put back, and the marks at the start of a line that it mixes up."""
    first, *others = row
    words = [replace(first, text=tidy_start(tidy(first.text)))]
    return words + [replace(word, text=tidy(word.text)) for word in others]


def tidy(text: str) -> str:
    """`chủ trì,phối hợp` and `6.2.Năm` with their blanks; `giảm 36/năm` and `706 - 80%` with the `%` that must stand
    there, since no number stands there without its unit."""
    text = MISSING_BLANK.sub(r"\g<0> ", text)
    return PERCENT.sub(r"\1%", WHOLE.sub("100%", text))


def tidy_start(text: str) -> str:
    """`3, Sở Tài chính` is `3. Sở Tài chính`, `II NỘI DUNG` is `II. NỘI DUNG`."""
    return ROMAN.sub(r"\1. ", ITEM.sub(r"\1. ", text))


def read_digits(picture: np.ndarray) -> str:
    """Read a number off a grey picture of a single line."""
    from PIL import Image

    text = model().predict(Image.fromarray(picture), mode="line").text
    return "".join(c for c in text if c in "0123456789")
