"""Labels of items that OCR misread, told by those before and behind."""

from __future__ import annotations

import pytest

from extractors.cleaning import clean
from extractors.plan import Source

HEAD = "II. TỔ CHỨC THỰC HIỆN\n"


def read(text: str, confidence: float | None = 0.95) -> str:
    return clean(Source((text,), paged=True, page_confidence=(confidence,))).text


@pytest.mark.parametrize("label", ["oS.", "S.", "9.", "$.", "5."])
def test_the_label_between_two_numbers_is_the_missing_one(label):
    text = HEAD + f"4. Sở Y tế trồng tre.\n{label} Công an tỉnh dọn kênh.\n6. Sở Tài chính quét sân.\n"
    assert "\n5. Công an tỉnh dọn kênh." in read(text)


@pytest.mark.parametrize(
    "lines",
    [
        ("4. Sở Y tế trồng tre.", "9. Công an tỉnh dọn kênh.", "7. Sở Tài chính quét sân."),  # two are missing
        ("4. Sở Y tế trồng tre.", "1. Ươm cây.", "2. Đào hố.", "6. Sở Tài chính quét sân."),  # a list of its own
        ("4. Sở Y tế trồng tre.", "1. Ươm cây.", "6. Sở Tài chính quét sân."),
        ("4. Sở Y tế trồng tre.", "TP. Nam Định dọn kênh.", "6. Sở Tài chính quét sân."),
        ("4. Sở Y tế trồng tre.", "9. Công an tỉnh dọn kênh.", "5. Sở Tài chính quét sân."),
        ("4. Sở Y tế trồng tre.", "III. KINH PHÍ", "9. Công an tỉnh dọn kênh.", "6. Sở Tài chính quét sân."),
    ],
)
def test_no_label_is_told_where_more_or_none_is_missing(lines):
    assert read(HEAD + "\n".join(lines)).split("\n")[1:] == list(lines)


def test_text_that_was_not_read_by_ocr_keeps_its_labels():
    text = HEAD + "4. Sở Y tế trồng tre.\n9. Công an tỉnh dọn kênh.\n6. Sở Tài chính quét sân."
    assert read(text, None) == text


@pytest.mark.parametrize("label", ["L.", "l.", "|."])
def test_a_stroke_before_the_second_chapter_is_the_first_one(label):
    text = f"PHẦN!I\nKẾT QUẢ\nPHẦN II\n{label} Mục tiêu\n- Trồng 10 ha tre.\nII. Nhiệm vụ\n- Ươm cây."
    assert read(text).split("\n")[:4] == ["PHẦN I", "KẾT QUẢ", "PHẦN II", "I. Mục tiêu"]


@pytest.mark.parametrize(
    "text",
    [
        "I. MỤC TIÊU\nL. Thị Mai trồng 10 ha tre.\nII. NHIỆM VỤ\n- Ươm cây.",  # the first chapter is there
        "K. Mục tiêu\nL. Trồng tre\nM. Dọn kênh\nIII. NHIỆM VỤ\n- Ươm cây.",
        "L. Mục tiêu\nL. Trồng tre\nII. NHIỆM VỤ\n- Ươm cây.",
    ],
)
def test_a_letter_stays_where_no_first_chapter_is_missing(text):
    assert read(text) == text
