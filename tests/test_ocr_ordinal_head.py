"""The head `TT` of a scanned table, told by its shape."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from scanned_tables import DPI, FONT, Sheet, scanned

from pipeline.ingest.ocr import tables
from pipeline.ingest.ocr.ordinal_head import shows_ordinal_head, with_ordinal_heads
from pipeline.ingest.ocr.words import TextLine, Word

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")
BOLD = FONT.with_name("DejaVuSerif-Bold.ttf")
ROWS = [["TT", "Nội dung", "Số hộ"], ["1", "Trồng rừng", "20"], ["2", "Nuôi ong", "35"], ["3", "Trồng nấm", "10"]]


def drawn(text: str, font=FONT, size: int = 32, noise: float = 0.0) -> np.ndarray:
    """A cell with a text."""
    image = Image.new("L", (260, 90), 245)
    ImageDraw.Draw(image).text((40, 20), text, font=ImageFont.truetype(str(font), size), fill=25)
    pixels = np.asarray(image, np.float32) + np.random.default_rng(3).normal(0, noise, (90, 260))
    return pixels.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("font", [FONT, BOLD], ids=["plain", "bold"])
@pytest.mark.parametrize(("size", "noise"), [(28, 0), (32, 8), (44, 8)])
def test_two_letters_t_are_known(font, size, noise):
    assert shows_ordinal_head(drawn("TT", font, size, noise), 250)


@pytest.mark.parametrize(
    "text", ["", "T", "TI", "II", "STT", "1", "12", "77", "H", "Ⅱ", "A", "LL", "Tổ", "ÊÊ", "YY", "—"]
)
def test_other_heads_are_not(text):
    assert not shows_ordinal_head(drawn(text), 250)


def heads(read: str, rows: list[list[str]], column: int = 0) -> list[str]:
    """What the first cells of a scanned table say whose head was read in some way."""
    sheet = Sheet.blank(height=500)
    sheet.table([140, 500, 300], rows)
    found = tables.find_tables(scanned(sheet.pixels(), degrees=0.3), DPI)
    grid = found.grids[0]
    x, y = round((grid.xs[column] + grid.xs[column + 1]) / 2), round((grid.ys[0] + grid.ys[1]) / 2)
    line = TextLine((Word(read, 0.4, x - 20, y - 15, x + 20, y + 15),), 3)
    return [each.text for each in with_ordinal_heads([line], found)]


@pytest.mark.parametrize("read", ["3", "R", "g", "X"])
def test_a_misread_head_of_row_numbers_is_told_by_its_picture(read):
    assert heads(read, ROWS) == ["TT"]


def test_a_head_that_was_read_stays():
    assert heads("TT", ROWS) == ["TT"]
    assert heads("STT", ROWS) == ["STT"]


def test_other_cells_stay():
    assert heads("Mã", [["Mã", *ROWS[0][1:]], *ROWS[1:]]) == ["Mã"]
    assert heads("Nội", ROWS, column=1) == ["Nội", "TT"]
