"""Numerals of strokes (`quý III`) are read as their strokes on the picture are, however the engine read them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from scanned_tables import FONT

from pipeline.ingest.ocr.numerals import strokes, with_counted_strokes
from pipeline.ingest.ocr.words import Reading, TextLine, Word

SANS = FONT.with_name("DejaVuSans.ttf")
BOLD = FONT.with_name("DejaVuSerif-Bold.ttf")


def drawn(text: str, font=FONT, askew: float = 0.0, noise: float = 0.0) -> tuple[np.ndarray, list[Word]]:
    """A line of text as a scan, and its words with their places."""
    face = ImageFont.truetype(str(font), 32)
    image = Image.new("L", (900, 120), 255)
    draw = ImageDraw.Draw(image)
    words, x = [], 60.0
    for piece in text.split():
        box = draw.textbbox((x, 40), piece, font=face)
        draw.text((x, 40), piece, font=face, fill=0)
        words.append(Word(piece, 0.9, *map(round, box)))
        x += draw.textlength(piece + " ", font=face)
    pixels = np.asarray(image.rotate(askew, Image.Resampling.BICUBIC, fillcolor=255, center=(60, 60)), np.float32)
    chance = np.random.default_rng(7)
    return (pixels + chance.normal(-4, noise, pixels.shape)).clip(0, 255).astype(np.uint8), words


def read_as(text: str, misread: dict[str, str], **drawing) -> list[Word]:
    """The words of a drawn line, some misread, once strokes are counted."""
    picture, words = drawn(text, **drawing)
    told = tuple(Word(misread.get(w.text, w.text), w.confidence, w.left, w.top, w.right, w.bottom) for w in words)
    return list(with_counted_strokes(Reading((TextLine(told, 1),)), picture).lines[0].words)


@pytest.mark.parametrize("font", [FONT, BOLD, SANS], ids=["serif", "bold", "sans"])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("III", "II"), ("III", "HI"), ("III", "IHI"), ("II", "I"), ("II", "II"), ("I", "I"), ("III/2026,", "II/2026,"),
        ("III/2026", "I1/2026"), ("III.", "IH."), ("III.ĐẤT", "II.ĐẤT"), ("II;", "HI;"), ("II", "H"),
        ("II/2023", "H/2023"),
    ],
)  # fmt: skip
def test_strokes_that_were_lost_or_taken_for_other_letters_come_back(font, written, read):
    assert read_as(f"quý {written} năm", {written: read}, font=font, askew=0.4, noise=6)[1].text == written


def test_a_numeral_with_fewer_strokes_than_were_read_is_in_doubt():
    (_, word) = read_as("quý II", {"II": "III"})
    assert word.text == "III"
    assert word.confidence <= 0.5


@pytest.mark.parametrize("text", ["H", "11", "1/2026", "L", "IV", "VI", "Hội", "HĐND", "11/2026", "IX", "HIV"])
def test_what_is_no_numeral_of_strokes_stays(text):
    assert read_as(f"số {text} năm", {})[1].text == text


def test_what_was_misread_from_other_letters_is_not_counted():
    assert read_as("quý IV năm", {"IV": "II"})[1].text == "II"


def test_slanting_letters_are_not_counted():
    picture, _ = drawn("III", askew=-14)
    assert strokes(picture[:, :400], alone=True) is None
