"""Cells of aims that tell a change, a bound or no plain figure, and names of indicators that bind their figures."""

from __future__ import annotations

import pytest
from table_text import read

TABLE = "TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | {name} | {unit} | {cell}\n2 | Số lớp tập huấn | lớp | 50"


def first(name: str, unit: str, cell: str) -> list[tuple]:
    """Direction, comparator, bounds and unit of the first row, if it gives a target."""
    rows = read(TABLE.format(name=name, unit=unit, cell=cell))["targets"]
    return [(r.direction, r.comparator, r.value_min, r.value_max, r.unit) for r in rows if r.indicator_text == name]


CHANGES = [
    ("Tỷ lệ hộ nghèo", "%", "Giảm 1,5", ("decrease", "eq", 1.5, 1.5, "percentage_point")),
    ("Tỷ lệ hộ nghèo", "%", "giảm 1 - 1,5", ("decrease", "range", 1, 1.5, "percentage_point")),
    ("Tỷ lệ hộ cận nghèo", "%", "-0,5", ("decrease", "eq", 0.5, 0.5, "percentage_point")),
    ("Tỷ lệ xã có bác sĩ", "%", "+1,5", ("increase", "eq", 1.5, 1.5, "percentage_point")),
    ("Số cây xanh", "cây", "Tăng 1.200", ("increase", "eq", 1200, 1200, "tree")),
    ("Số hộ dùng nước máy", "hộ", "Tăng ít nhất 5%", ("increase", "ge", 5, None, "percent")),
    ("Tỷ lệ hộ nghèo", "%", "Giảm còn 3", ("reach", "eq", 3, 3, "percent")),
    ("Tỷ lệ hộ nghèo", "%", "giảm xuống dưới 3", ("reach", "lt", None, 3, "percent")),
    ("Tỷ lệ che phủ rừng", "%", "Đạt 42,5", ("reach", "eq", 42.5, 42.5, "percent")),
    ("Tỷ lệ che phủ rừng", "%", "duy trì trên 40%", ("reach", "gt", 40, None, "percent")),
    ("Tỷ lệ thôn sáng đèn", "%", "từ 5 đến 6", ("reach", "range", 5, 6, "percent")),
    ("Mức giảm tỷ lệ hộ nghèo", "%", "-2,5", ("decrease", "eq", 2.5, 2.5, "percentage_point")),
    ("Mức giảm tỷ lệ hộ nghèo", "%", "Đạt 2,5", ("decrease", "eq", 2.5, 2.5, "percentage_point")),
    ("Tốc độ tăng trưởng nông nghiệp", "%", "+2,5", ("reach", "eq", 2.5, 2.5, "percent")),
]


@pytest.mark.parametrize(("name", "unit", "cell", "want"), CHANGES)
def test_cells_that_tell_a_change_or_the_level_it_comes_to(name, unit, cell, want):
    assert first(name, unit, cell) == [want]


BOUNDS = [
    ("Tỷ lệ hộ nghèo giảm còn dưới", "%", "3", ("reach", "lt", None, 3, "percent")),
    ("Tỷ lệ thôn có đường bê tông đạt trên (%)", "%", "90", ("reach", "gt", 90, None, "percent")),
    ("Tỷ lệ thất thoát nước không quá", "%", "15", ("reach", "le", None, 15, "percent")),
    ("Số xã có chợ ít nhất", "xã", "12", ("reach", "ge", 12, None, "commune")),
    ("Tỷ lệ hộ nghèo còn dưới vào cuối năm 2025", "%", "3", ("reach", "lt", None, 3, "percent")),
    ("Tỷ lệ thôn có loa tối thiểu", "%", "95 - 98", ("reach", "range", 95, 98, "percent")),
    ("Tỷ lệ trẻ dưới 5 tuổi được cân", "%", "95", ("reach", "eq", 95, 95, "percent")),
    ("Tỷ lệ văn bản gửi cấp trên", "%", "95", ("reach", "eq", 95, 95, "percent")),
]


@pytest.mark.parametrize(("name", "unit", "cell", "want"), BOUNDS)
def test_words_that_close_the_name_of_a_row_bind_its_figure(name, unit, cell, want):
    assert first(name, unit, cell) == [want]


def test_the_head_of_the_aims_binds_their_figures():
    table = "TT | Nội dung | Chỉ tiêu tối thiểu (%)\n1 | Tiêm vắc xin sởi | 95\n2 | Tiêm BCG | 98"
    assert [(r.comparator, r.value_min, r.value_max) for r in read(table)["targets"]] == [
        ("ge", 95, None), ("ge", 98, None),
    ]  # fmt: skip


DOUBTFUL = [
    ("Số hộ vay vốn", "hộ", "1,200"), ("Số xã có chợ", "xã", "4/10"), ("Tốc độ tăng trưởng nông nghiệp", "%", "-2,5"),
    ("Tỷ lệ thôn sáng đèn", "%", "- 90"), ("Số xã có chợ", "xã", "12 (lũy kế 30)"),
    ("Hỗ trợ hộ nghèo", "tỷ đồng", "1,200"), ("Hỗ trợ hộ nghèo", "tỷ đồng", "12"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "unit", "cell"), DOUBTFUL)
def test_a_figure_that_is_not_told_is_reported_and_not_guessed(name, unit, cell):
    rows = read(TABLE.format(name=name, unit=unit, cell=cell))
    assert [r.indicator_text for r in rows["targets"]] == ["Số lớp tập huấn"]
    assert [f.quote for f in rows["findings"] if f.check == "unparsed_amount"] == [cell]


SILENT = [
    ("Số xã có chợ", "xã", "30/6/2025"), ("Số xã có chợ", "xã", "-"), ("Số xã có chợ", "xã", "x"),
    ("Số xã có chợ", "xã", "theo Quyết định số 12/QĐ-UBND"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "unit", "cell"), SILENT)
def test_cells_that_count_nothing_are_not_reported(name, unit, cell):
    rows = read(TABLE.format(name=name, unit=unit, cell=cell))
    assert [f for f in rows["findings"] if f.check == "unparsed_amount"] == []


def test_doubtful_figures_of_past_years_are_not_reported():
    rows = read("TT | Chỉ tiêu | ĐVT | Năm 2020 | Năm 2025\n1 | Số hộ vay vốn | hộ | 1,200 | 90")
    assert [f for f in rows["findings"] if f.check == "unparsed_amount"] == []


AHEAD = "1 | Hạt điều | {0} | 61 | 62\n2 | Hồ tiêu | {0} | 81 | 82\n"


@pytest.mark.parametrize(
    "table",
    [
        # years that two of several heads may share
        "TT | Chỉ tiêu | ĐVT | Năm 2023 | Năm 2024\nTổng | Nữ\n"
        "1 | Số hộ vay | hộ | 5 | 4 | 6\n2 | Số tổ | tổ | 3 | 1 | 3",
        "DỰ BÁO NHU CẦU CỦA NGƯỜI MUA\nTT | Nội dung | ĐVT | Năm 2022 | Năm 2023\n" + AHEAD.format("tấn"),
        # no head of what the rows are
        "TT | Diễn biến | Năm 2022 | Năm 2023\n" + AHEAD.replace("{0} | ", ""),
    ],
)
def test_a_table_of_years_to_come_that_is_not_read_is_told_of(table):
    rows = read(table)
    assert rows["targets"] == rows["funding"] == []
    assert [f.check for f in rows["findings"] if f.check == "unparsed_amount"] == ["unparsed_amount"]


@pytest.mark.parametrize(
    "table",
    [
        "TT | Diễn biến | Năm 2019 | Năm 2020\n" + AHEAD.replace("{0} | ", ""),
        "THỐNG KÊ CÁC NĂM\nTT | Nội dung | ĐVT | Năm 2022 | Năm 2023\n" + AHEAD.format("tấn"),
        "TT | Nội dung | ĐVT | Năm 2022 | Năm 2023\n" + AHEAD.format("tấn"),
    ],
)
def test_what_was_and_what_is_read_is_not_told_of(table):
    assert [f.message for f in read(table)["findings"] if f.check == "unparsed_amount"] == []


def test_measures_whose_rows_have_another_number_of_cells_than_their_head_leave_a_finding():
    head = "Chỉ tiêu giao các huyện\nTT | Chỉ tiêu | ĐVT | Toàn tỉnh | Chia ra | | |"
    rows = read(f"{head}\n1 | Số ao cá | ao | 900 | 300 | 400 | 200\n2 | Số vườn mẫu | vườn | 70 | 30 | 20 | 20")
    assert not rows["targets"]
    assert [r.check for r in rows["findings"] if r.check == "unparsed_amount"] == ["unparsed_amount"]


def test_measures_of_the_past_whose_rows_lost_their_columns_leave_none():
    head = "Hiện trạng các huyện\nTT | Chỉ tiêu | ĐVT | Toàn tỉnh | Chia ra | | |"
    rows = read(f"{head}\n1 | Số ao cá | ao | 900 | 300 | 400 | 200\n2 | Số vườn mẫu | vườn | 70 | 30 | 20 | 20")
    assert not [r for r in rows["findings"] if r.check == "unparsed_amount"]
