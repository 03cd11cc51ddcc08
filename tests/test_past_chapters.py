"""Chapters on the past under headings of many names: what they count, pay and set is none of the plan's."""

from __future__ import annotations

import pytest

from extractors.extract import extract
from extractors.plan import Source

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN VÂN HỒ
Số: 31/KH-UBND
Vân Hồ, ngày 15 tháng 01 năm 2024
KẾ HOẠCH
Phát triển nghề thêu năm 2024
"""
TOLD = """Toàn huyện mở 14 lớp thêu cho 320 học viên. Tổ hợp tác bán hàng trên mạng chiếm 36%.
Kinh phí 410 triệu đồng.
- 72% số hộ có khung thêu.
"""
PLAN = """II. MỤC TIÊU
- Mở 05 lớp thêu.
III. KINH PHÍ
Tổng kinh phí: 260 triệu đồng.
"""


def told_before(heading: str, after: str = PLAN) -> list[str]:
    """The tables that have a row of the chapter with this heading."""
    text = f"{HEAD}{heading}\n{TOLD}{after}"
    rows = extract(Source((text,)), "d0").rows
    end = text.find(after) if after else len(text)
    return [table for table in ("targets", "funding") if any(len(HEAD) < r.char_start < end for r in rows[table])]


@pytest.mark.parametrize(
    "heading",
    [
        "I. KẾT QUẢ DẠY THÊU NĂM 2023",
        "I. KẾT QUẢ HOẠT ĐỘNG CỦA CÁC TỔ THÊU",
        "I. ĐÁNH GIÁ CÔNG TÁC DẠY NGHỀ NĂM 2023",
        "I. TỔNG KẾT NĂM 2023",
        "I. SƠ KẾT GIAI ĐOẠN 2021 - 2023",
        "I. TỔNG QUAN VỀ NGHỀ THÊU",
        "I. VÀI NÉT VỀ LÀNG NGHỀ",
        "I. CƠ SỞ THỰC TIỄN",
        "I. ƯU ĐIỂM",
        "I. THUẬN LỢI, KHÓ KHĂN",
        "I. CÔNG TÁC DẠY NGHỀ NĂM 2023",
        "I. PHONG TRÀO THÊU 6 THÁNG CUỐI NĂM 2023",
        "PHẦN I. KẾT QUẢ DẠY THÊU 2022 - 2023",
        "I. THÔNG TIN CHUNG VỀ HUYỆN",
        "1. Kết quả dạy thêu năm 2023",
    ],
)
def test_chapter_on_the_past_tells_nothing_of_the_plan(heading: str) -> None:
    assert told_before(heading) == []


@pytest.mark.parametrize(
    "heading",
    [
        "I. KẾT QUẢ CẦN ĐẠT NĂM 2024",
        "I. KẾT QUẢ DỰ KIẾN",
        "I. KẾT QUẢ MONG ĐỢI CỦA LỚP THÊU",
        "I. CÔNG TÁC DẠY NGHỀ NĂM 2024",
        "I. HOẠT ĐỘNG TRỌNG TÂM",
        "I. ĐÁNH GIÁ, XẾP LOẠI TỔ THÊU",
        "I. TIẾP TỤC CÁC LỚP THÊU NĂM 2023",
        "I. CÁC LỚP CHUYỂN TIẾP TỪ NĂM 2023",
        "I. TRIỂN KHAI NGHỊ QUYẾT VỀ LÀNG NGHỀ NĂM 2023",
        "I. THANH TOÁN NỢ ĐỌNG NĂM 2023",
        "I. THÔNG TIN CHUNG",
    ],
)
def test_chapter_of_the_plan_before_its_aims_is_read(heading: str) -> None:
    assert told_before(heading) == ["targets", "funding"]


def test_no_chapter_is_of_the_past_where_none_looks_ahead() -> None:
    assert told_before("I. TỔNG QUAN VỀ LỚP THÊU", "II. NƠI THÊU\n") == ["targets", "funding"]


def test_results_are_only_past_before_the_aims() -> None:
    text = f"{HEAD}I. MỤC ĐÍCH\nGiữ nghề thêu.\nII. KẾT QUẢ HOẠT ĐỘNG CỦA CÁC TỔ THÊU\n{TOLD}"
    assert extract(Source((text,)), "d0").rows["targets"]
