"""What the line over a table tells of its figures: that they are aims, and of which year."""

from __future__ import annotations

import pytest
from table_text import read


def aims(table: str) -> list[tuple]:
    """Place, value, unit and year of each target."""
    return [(r.scope or r.indicator_text, r.value_min, r.unit, r.due_year) for r in read(table)["targets"]]


RATES = "{}\nTT | Xã | Tỷ lệ hộ dùng nước máy (%) | Số thôn sạch (thôn)\n1 | Bồ Đề | 85 | 4\n2 | An Ninh | 90,5 | 6"


@pytest.mark.parametrize(
    "caption",
    [
        "CHỈ TIÊU NƯỚC SẠCH NĂM 2023 CỦA CÁC XÃ",
        "Các chỉ tiêu vệ sinh năm 2023:",
        "Biểu 2. Mục tiêu y tế các xã năm 2023",
        "CHỈ TIÊU NƯỚC SẠCH NĂM 2023 CỦA CÁC XÃ (Kèm theo Kế hoạch số 7/KH-UBND ngày 05 tháng 02 năm 2021)",
        "CHỈ TIÊU NƯỚC SẠCH NĂM 2023\nCỦA CÁC XÃ (Ban hành kèm theo Kế hoạch số 7/KH-UBND năm 2021 của UBND huyện)",
    ],
)
def test_all_columns_are_aims_under_a_caption_that_calls_them_so_whatever_they_are_of(caption):
    assert aims(RATES.format(caption)) == [
        ("Bồ Đề", 85, "percent", 2023), ("Bồ Đề", 4, "village", 2023),
        ("An Ninh", 90.5, "percent", 2023), ("An Ninh", 6, "village", 2023),
    ]  # fmt: skip


@pytest.mark.parametrize("caption", ["Số liệu nước sạch các xã", "Tình hình nước sạch các xã năm 2021"])
def test_rates_under_a_caption_that_aims_at_nothing_are_no_aims(caption):
    assert aims(RATES.format(caption)) == []


def test_how_many_there_are_is_no_aim():
    table = "Chỉ tiêu giảm nghèo các xã\nTT | Xã | Tổng số hộ (hộ) | Số hộ thoát nghèo (hộ)\n1 | Bồ Đề | 850 | 12"
    assert [value for _, value, *_ in aims(table)] == [12]


def test_what_is_given_out_without_a_unit_has_none():
    table = (
        "Phân bổ chỉ tiêu tuyển quân năm 2022\nTT | Khu phố | Chỉ tiêu bộ đội | Chỉ tiêu công an\n"
        "1 | Khu phố 1 | 8 | 2\n2 | Khu phố 2 | 9 | 1"
    )
    assert aims(table) == [
        ("Khu phố 1", 8, None, 2022), ("Khu phố 1", 2, None, 2022),
        ("Khu phố 2", 9, None, 2022), ("Khu phố 2", 1, None, 2022),
    ]  # fmt: skip


LESSONS = "{}\nTT | Tên nghề | Số lớp | Số người học\n1 | May | 6 | 210"


def test_the_one_year_of_a_caption_is_that_of_its_figures():
    assert aims(LESSONS.format("Biểu 1. Dạy nghề năm 2023")) == [
        ("May", 6, "class", 2023), ("May", 210, "person", 2023)
    ]  # fmt: skip
    paper = "Danh mục lớp nghề\n(Kèm theo Kế hoạch số 11/KH-UBND ngày 02 tháng 3 năm 2022)"
    assert {year for *_, year in aims(LESSONS.format(paper))} == {2025}


PRICED = (
    "{}\nTT | Nội dung | Số điểm | Số mẫu | Đơn giá (đồng) | Thành tiền (đồng)\n"
    "1 | Đo nước | 6 | 108 | 95.000 | 10.260.000"
)


def test_counts_of_an_estimate_are_no_aims():
    assert aims(PRICED.format("Phụ lục II. Dự toán kinh phí đo nước hồ giai đoạn 2022 - 2025")) == []
    assert [value for _, value, *_ in aims(PRICED.format("Kế hoạch đo nước hồ năm 2023"))] == [6]
