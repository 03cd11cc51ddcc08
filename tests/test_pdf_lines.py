"""Paragraphs of digital PDF: told by how lines stand on the page, be their words ever so misleading."""

from __future__ import annotations

import io

import pytest
from pdf_builder import make_font_known, needs_font

from extractors.cleaning import clean
from pipeline.ingest.reader import read_bytes

pytestmark = needs_font
FILLER = (
    "Tổ chức rà soát các điểm giao cắt có nguy cơ cao, lắp thêm biển báo và đèn cảnh báo tại những nơi tầm nhìn bị che"
    " khuất, ưu tiên đoạn gần trường học, bệnh viện, chợ đầu mối và khu dân cư đông người sinh sống dọc hai bên đường."
)


def paragraphs_of(*paragraphs: str, **style) -> list[str]:
    """The cleaned lines of a PDF in which the paragraphs are set justified, in a style with these settings."""
    platypus = pytest.importorskip("reportlab.platypus")
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle

    make_font_known()
    body = ParagraphStyle(
        "body", **{"fontName": "Serif", "fontSize": 12, "leading": 16, "alignment": TA_JUSTIFY, **style}
    )
    file = io.BytesIO()
    platypus.SimpleDocTemplate(file).build([platypus.Paragraph(words, body) for words in paragraphs])
    return clean(read_bytes(file.getvalue()).source).text.splitlines()


@pytest.mark.parametrize(
    "style", [{"spaceAfter": 6}, {"firstLineIndent": 28}, {"spaceAfter": 4, "firstLineIndent": 28}, {"spaceBefore": 6}]
)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        # a title, and under it a legal basis
        ("Bảo đảm an toàn giao thông đường bộ trên địa bàn huyện Mèo Vạc năm", "Căn cứ Luật Đường bộ ngày 27/6/2024;"),
        # an item without a stop at its end, and the next one without a mark
        ("Kinh phí lắp đặt biển báo do ngân sách huyện bảo đảm theo phân cấp", "Năm 2026 lắp thêm 12 biển báo."),
        # a sentence that ends where the line does
        ("Các đơn vị gửi báo cáo về Phòng Kinh tế và Hạ tầng để tổng hợp lại.", "Năm 2026 lắp thêm 12 biển báo."),
    ],
)
def test_paragraphs_stay_apart(style, first, second):
    assert paragraphs_of(*[FILLER] * 4, first, second, *[FILLER] * 4, **style)[4:6] == [first, second]


@pytest.mark.parametrize("style", [{"spaceAfter": 6}, {"firstLineIndent": 28}])
def test_a_paragraph_of_several_sentences_is_one(style):
    long = f"{FILLER} {FILLER}"
    assert paragraphs_of(*[FILLER] * 3, long, *[FILLER] * 3, **style).count(long) == 1
