"""Commas of figures that the engine read over: seen on the picture, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from scanned_tables import FONT

from pipeline.ingest.ocr.decimals import with_commas
from pipeline.ingest.ocr.words import Reading, TextLine, Word

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")
SIZE = 44


def read_as(written: str, read: str, noise: float = 0.0) -> Word:
    """A figure drawn in one way and read in another, as it comes out."""
    image = Image.new("L", (400, 120), 240)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), SIZE)
    pen.text((60, 30), written, font=font, fill=20)
    left, top, right, bottom = pen.textbbox((60, 30), written, font=font)
    pixels = np.asarray(image, dtype=np.float32)
    pixels = (pixels + np.random.default_rng(4).normal(0, noise, pixels.shape)).clip(0, 255).astype(np.uint8)
    word = Word(read, 0.95, left, top, right, bottom)
    (line,) = with_commas(Reading((TextLine((word,), 1),)), pixels).lines
    return line.words[0]


@pytest.mark.parametrize("noise", [0.0, 8.0])
@pytest.mark.parametrize(
    ("written", "read"), [("95,5", "955"), ("9,3", "93"), ("31,2", "312"), ("98,5%", "985%"), ("0,75", "075")]
)
def test_a_comma_that_was_read_over_comes_back_and_is_in_doubt(written, read, noise):
    word = read_as(written, read, noise)
    assert word.text == written
    assert word.confidence <= 0.5


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("955", "955"),
        ("1.200", "1200"),
        ("955,", "955,"),
        ("2,021", "2021"),
        ("95,5", "95"),
        ("9,5,5", "955"),
        ("95-5", "955"),
        ("95:5", "955"),
    ],
)
def test_what_has_no_single_comma_among_as_many_figures_stays(written, read):
    assert read_as(written, read) == replace(read_as(written, read), text=read, confidence=0.95)
