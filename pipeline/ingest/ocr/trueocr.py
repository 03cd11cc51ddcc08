"""trueocr, the fallback: a small Vietnamese recogniser whose model comes inside its wheel.

It reads line by line, loses some hats and tones (`ể` for `ế`) and turns and straightens pages by itself.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from pipeline.ingest.ocr.words import Reading, TextLine, Word

TRUST = 0.85
"""Its confidence is not calibrated: it is as sure of wrong hats as Tesseract of right ones."""
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
    lines = []
    for number, line in enumerate(found):
        if text := line["text"].strip():
            word = Word(text, line["confidence"] * TRUST, *line["bbox"])
            lines.append(TextLine((word,), number))
    return Reading(tuple(lines))


def read_digits(picture: np.ndarray) -> str:
    """Read a number off a grey picture of a single line."""
    from PIL import Image

    text = model().predict(Image.fromarray(picture), mode="line").text
    return "".join(c for c in text if c in "0123456789")
