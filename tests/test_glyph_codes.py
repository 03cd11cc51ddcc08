"""Text layers under wrong codes: what the codes mean is learnt from OCR, and a layer that is noise is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest import pdf
from pipeline.ingest.glyph_codes import Glyph, Page, decoded
from pipeline.ingest.ocr import tesseract
from pipeline.ingest.ocr.words import Reading, TextLine, Word
from tests.test_pages import DIGITAL, FONT, pdf_of

LINES = (
    "Tổ công tác nổ mìn kiểm tra kho vật liệu của thôn trước mùa mưa",
    "mỗi tổ ở thôn có sổ ghi số liệu về nổ mìn và hộ gia đình gần mỏ",
    "cán bộ xã hỗ trợ hộ nghèo sửa nhà, đổ nền, lợp lại mái tôn đã cũ",
)
needs_font = pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")
needs_tesseract = pytest.mark.skipif(not tesseract.is_available(), reason="no Tesseract with Vietnamese here")


def page(said: tuple[str, ...], layer: tuple[str, ...], shift: int = 0x400) -> Page:
    """A page on which OCR read `said`, and whose layer has `layer` with each code moved; letters are 10 pixels wide."""
    lines, glyphs = [], []
    for row, (line, letters) in enumerate(zip(said, layer, strict=True)):
        words, left, base = [], 0, 40 * row + 30
        for text, under in zip(line.split(" "), letters.split(" "), strict=True):
            words.append(Word(text, 0.9, left, 40 * row, left + 10 * len(text), base))
            glyphs += [Glyph(("F", ord(c) + shift), left + 10 * i + 5, base - 12, base) for i, c in enumerate(under)]
            left += 10 * len(text) + 10
        lines.append(TextLine(tuple(words), 1))
    return Page(Reading(tuple(lines)), tuple(glyphs))


def text(reading: Reading) -> str:
    return "\n".join(line.text for line in reading.lines)


def test_letters_that_ocr_mostly_misreads_are_found_by_the_distance_that_codes_keep():
    said = tuple(line.replace("nổ", "nỗ").replace("đổ", "đỗ").replace("Tổ", "Tỗ") for line in LINES)
    assert "nỗ" in said[0] and "tổ" in said[1]
    assert text(decoded({0: page(said, LINES)})[0]) == "\n".join(LINES)


def test_what_one_page_shows_helps_the_next():
    said = ("kho sô sách của thôn cũ có hộ nghèo " * 4).strip()
    meant = ("kho sổ sách của thôn cũ có hộ nghèo " * 4).strip()
    read = decoded({0: page(LINES, LINES), 1: page((said,), (meant,))})
    assert "sổ sách" in text(read[1])


def test_a_layer_of_noise_is_left_alone():
    noise = tuple(
        "".join(chr(97 + (7 * i * i + 3 * i) % 26) if c != " " else c for i, c in enumerate(x)) for x in LINES
    )
    assert decoded({0: page(LINES, noise)}) == {}


def test_words_that_the_layer_does_not_have_stay_and_scrawls_go():
    bare = page(LINES, LINES)
    stamped, scrawl = Word("356", 0.9, 900, 0, 930, 30), Word("cÄ", 0.3, 950, 0, 970, 30)
    first = TextLine((*bare.reading.lines[0].words, stamped, scrawl), 1)
    read = decoded({0: Page(Reading((first, *bare.reading.lines[1:])), bare.glyphs)})[0]
    assert text(read).split("\n")[0] == LINES[0] + " 356"


@needs_font
@needs_tesseract
def test_a_font_with_wrong_codes_is_read_exactly(monkeypatch):
    ttfonts = pytest.importorskip("reportlab.pdfbase.ttfonts")
    right = ttfonts.makeToUnicodeCMap
    monkeypatch.setattr(
        ttfonts, "makeToUnicodeCMap", lambda name, subset: right(name, [c + 0x1500 if c > 32 else c for c in subset])
    )
    read = pdf.read_pdf(pdf_of(DIGITAL * 4, LINES * 4))
    assert read.text_source == "ocr" and min(read.confidences) > 0.96
    assert [line.strip() for line in read.pages[1].split("\n") if line.strip()] == [*LINES * 4]


@pytest.mark.skipif(not (Path(__file__).parents[2] / "shared" / "wild").is_dir(), reason="no shared folder here")
@needs_tesseract
def test_the_number_of_a_real_page_with_wrong_codes():
    path = Path(__file__).parents[2] / "shared" / "wild" / "plan-laocai-kh1105-doankiemtra-garbled.pdf"
    read = pdf.read_pdf(path.read_bytes())
    assert "Số: 1105/KH-ĐKT" in read.pages[0] and min(read.confidences) > 0.95
