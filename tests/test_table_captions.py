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


def test_a_forecast_of_aims_is_read_and_one_of_needs_is_not():
    table = "TT | Nội dung | ĐVT | Năm 2021 | Năm 2023\n1 | Số chợ | chợ | 3 | 4\n2 | Số kho | kho | 5 | 6\n"
    assert [r.value_min for r in read("DỰ BÁO MỘT SỐ CHỈ TIÊU CHỦ YẾU\n" + table)["targets"]] == [4, 6]
    assert [r.value_min for r in read("DỰ BÁO NHU CẦU CỦA NGƯỜI MUA\n" + table)["targets"]] == []


@pytest.mark.parametrize("caption", ["DỰ TOÁN THU NGÂN SÁCH NHÀ NƯỚC", "TỔNG HỢP DỰ TOÁN THU NSNN NĂM 2022 –\n2023"])
def test_revenues_are_aims_and_no_funding(caption):
    table = "TT | Nội dung | Năm 2022 | Năm 2023\n1 | Thuế tài nguyên | 40 | 50\n2 | Tiền thuê đất | 7 | 8\n"
    rows = read(f"{caption}\nĐơn vị: triệu đồng\n{table}")
    assert [r.value_min for r in rows["targets"]] == [40e6, 50e6, 7e6, 8e6]
    assert rows["funding"] == []


def test_revenues_and_expenses_together_are_read_as_before():
    table = "TT | Nội dung | Năm 2022 | Năm 2023\n1 | Chi thường xuyên | 40 | 50\n2 | Chi đầu tư | 7 | 8\n"
    rows = read(f"DỰ TOÁN THU, CHI NGÂN SÁCH\nĐơn vị: triệu đồng\n{table}")
    assert [r.amount_vnd for r in rows["funding"]] == [40_000_000, 50_000_000, 7_000_000, 8_000_000]
