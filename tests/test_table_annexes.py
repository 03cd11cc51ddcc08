"""Annex tables as plans have them: counts by commune, incomes, totals of groups, heads told again at the top of a page,
and lines that lost a cell. A figure is read in its own column or not at all."""

from __future__ import annotations

import pytest
from table_text import MILLION, money, read


def aims(table: str) -> list[tuple]:
    """Indicator, place, value, unit and year of each target."""
    return [(r.indicator_text, r.scope, r.value_min, r.unit, r.due_year) for r in read(table)["targets"]]


def reports(table: str) -> list[str]:
    """What is reported as not read."""
    return [f.quote for f in read(table)["findings"] if f.check == "unparsed_amount"]


def wrong_sums(table: str) -> list[tuple[float, float]]:
    return [(f.expected, f.actual) for f in read(table)["findings"] if f.check == "sum_mismatch"]


# --- counts by commune, the unit in the brackets of the head ----------------------------------------------------------

VACCINES = """Kế hoạch tiêm phòng vụ xuân năm 2023
| TT | Xã, thị trấn | Tổng đàn (con) | Tụ huyết trùng (liều) | Dại (con) | Ghi chú |
|---|---|---|---|---|---|
| 1 | An Ninh | 1.200 | 900 | - | |
| 2 | Bồ Đề | 1.100 | x | 210 | |
| 3 | TT Bình Mỹ | 950 | … | 140 | |
| | Cộng | 3.250 | 900 | 350 | |
"""
RABIES = "Kế hoạch tiêm phòng vụ xuân năm 2023 - Dại"


def test_counts_of_communes_are_aims_where_the_caption_plans_them():
    assert aims(VACCINES) == [
        ("Tụ huyết trùng", "An Ninh", 900, "item", 2023), (RABIES, "Bồ Đề", 210, "animal", 2023),
        (RABIES, "TT Bình Mỹ", 140, "animal", 2023),
        ("Tụ huyết trùng", None, 900, "item", 2023), (RABIES, None, 350, "animal", 2023),
    ]  # fmt: skip


def test_a_wrong_total_of_communes_is_reported():
    assert wrong_sums(VACCINES) == []
    assert wrong_sums(VACCINES.replace("| 350 |", "| 360 |")) == [(360, 350)]


NO_AIMS = {
    "no plan over it": VACCINES.replace("Kế hoạch tiêm phòng vụ xuân năm 2023", "Số liệu chăn nuôi các xã"),
    "telephones": "Kế hoạch trực năm 2023\nTT | Xã | Người trực | Điện thoại (số máy)\n"
    "1 | An Ninh | Ông An | 0912345678\n2 | Bồ Đề | Bà Bình | 0226.3852.143",
    "what there is": "Kế hoạch phân bổ vắc xin năm 2023\nTT | Huyện | Trẻ trong độ tuổi (người) | Dân số (người)\n"
    "1 | Bình Lục | 5.000 | 130.000\n2 | Lý Nhân | 4.000 | 150.000",
    "a time table": "Lịch kiểm tra năm 2023\nTT | Xã | Số buổi (buổi)\n1 | An Ninh | 5\n2 | Bồ Đề | 4",
}  # fmt: skip


@pytest.mark.parametrize("table", NO_AIMS.values(), ids=NO_AIMS)
def test_counts_of_communes_that_nothing_plans_are_none(table):
    assert aims(table) == []


def test_a_unit_in_the_upper_head_holds_for_the_columns_under_it():
    table = (
        "Kế hoạch tiêm phòng gia súc\n"
        "| STT | Đơn vị | Số lượng tiêm (con) | |\n| | | Trâu, bò | Lợn |\n|---|---|---|---|\n"
        "| 1 | Xã An Ninh | 300 | 1.500 |\n| 2 | Xã Bồ Đề | 250 | 1.400 |"
    )
    assert [(scope, value, unit) for _, scope, value, unit, _ in aims(table)] == [
        ("Xã An Ninh", 300, "animal"), ("Xã An Ninh", 1500, "animal"),
        ("Xã Bồ Đề", 250, "animal"), ("Xã Bồ Đề", 1400, "animal"),
    ]  # fmt: skip


def test_english_figures_leave_dots_of_the_whole_table_in_doubt():
    table = (
        "Chỉ tiêu trồng rừng năm 2023\nTT | Xã | Rừng sản xuất (ha) | Rừng phòng hộ (ha)\n"
        "1 | An Ninh | 1,250.5 | 30\n2 | Bồ Đề | 12.5 | 30.250"
    )
    assert [value for _, _, value, *_ in aims(table)] == [30, 12.5]
    assert reports(table) == ["1,250.5"]


def test_doubtful_figures_of_communes_are_reported():
    doubtful = VACCINES.replace("| 210 |", "| 1,200 |")
    assert (reports(doubtful), [value for _, _, value, *_ in aims(doubtful)]) == (["1,200"], [900, 140, 900, 350])


# --- incomes ----------------------------------------------------------------------------------------------------------

INCOMES = [
    ("Doanh thu bình quân một hợp tác xã", "triệu đồng", "1.700", 1700 * MILLION, "vnd", None),
    ("Thu nhập bình quân đầu người", "triệu đồng/người/năm", "52,5", 52.5 * MILLION, "vnd", "year"),
    ("Kim ngạch xuất khẩu", "triệu USD", "40", 40 * MILLION, "usd", None),
    ("Giá trị sản xuất nông nghiệp", "tỷ đồng", "≥ 120", 120_000 * MILLION, "vnd", None),
    ("Thu ngân sách trên địa bàn", "nghìn đồng", "900", 900_000, "vnd", None),
    ("Thu ngân sách tăng bình quân", "%/năm", "12", 12, "percent", "year"),
]


@pytest.mark.parametrize(("name", "unit", "cell", "value", "code", "period"), INCOMES)
def test_incomes_are_aims_in_whole_money(name, unit, cell, value, code, period):
    table = f"TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | {name} | {unit} | {cell}\n2 | Hỗ trợ hộ nghèo | {unit} | 5,5"
    found = [r for r in read(table)["targets"] if r.indicator_text == name]
    assert [(r.value_min, r.unit, r.rate_period, r.due_year) for r in found] == [(value, code, period, 2025)]
    assert money(table) == []


def test_incomes_start_from_money_in_the_same_unit():
    row = "TT | Chỉ tiêu | ĐVT | Thực hiện 2021 | Năm 2022\n1 | Doanh thu du lịch | tỷ đồng | 1,5 | 2"
    assert [(r.baseline_value, r.value_min) for r in read(row)["targets"]] == [(1500 * MILLION, 2000 * MILLION)]


def test_incomes_told_by_brackets_or_by_the_line_over_the_table():
    table = (
        "TT | Chỉ tiêu | Năm 2023\n1 | Thu nhập bình quân (triệu đồng/người) | 55\n2 | Hỗ trợ nhà ở (triệu đồng) | 500"
    )
    assert [(name, value) for name, _, value, *_ in aims(table)] == [
        ("Thu nhập bình quân (triệu đồng/người)", 55 * MILLION)
    ]
    table = "Chỉ tiêu du lịch (tỷ đồng)\nTT | Nội dung | 2022 | 2023\n1 | Doanh thu | 3 | 4\n2 | Vốn hạ tầng | 30 | 35"
    assert [(value, year) for *_, value, _, year in aims(table)] == [(3000 * MILLION, 2022), (4000 * MILLION, 2023)]
    assert money(table) == [(30_000, 2022, None), (35_000, 2023, None)]


# --- totals -----------------------------------------------------------------------------------------------------------

TOTALS = ["Tổng cộng các nguồn", "TỔNG SỐ CÁC NGUỒN VỐN", "Tổng kinh phí thực hiện", "Tổng nhu cầu vốn", "Cộng"]


@pytest.mark.parametrize("label", TOTALS)
def test_a_total_may_say_of_what_it_is_one(label):
    table = (
        "Kinh phí (triệu đồng)\nTT | Nguồn vốn | Tổng số | Năm 2022 | Giai đoạn 2023 - 2025\n"
        f"1 | Ngân sách tỉnh | 500 | 200 | 300\n2 | Xã hội hóa | 300 | 100 | 200\n | {label} | 800 | 300 | 500"
    )
    rows = [r for r in read(table)["funding"] if r.amount_vnd]
    assert [r.amount_vnd for r in rows if r.kind == "total"] == [800 * MILLION]
    assert [r.amount_vnd for r in rows if r.parent_id is None] == [800 * MILLION]
    assert wrong_sums(table) == []
    assert (820 * MILLION, 800 * MILLION) in wrong_sums(table.replace("| 800 |", "| 820 |"))


def test_groups_that_have_a_unit_are_counted():
    table = "TT | Chỉ tiêu | ĐVT | 2023\n1 | Tổng số các dự án | dự án | 5"
    assert [(name, value) for name, _, value, *_ in aims(table)] == [("Tổng số các dự án", 5)]


def test_captions_on_tourism_and_births_are_no_time_tables_and_counts_of_what_is():
    head = "TT | Nội dung | Năm 2022\n1 | Quảng bá | 100"
    assert money(f"Kinh phí phát triển du lịch (triệu đồng)\n{head}") == [(100, 2022, None)]
    assert money(f"Kinh phí công tác dân số (triệu đồng)\n{head}") == [(100, 2022, None)]


# --- page breaks ------------------------------------------------------------------------------------------------------

HEAD = "TT | Địa phương | Tổng | 2022 | 2023"
BREAKS = ["", f"{HEAD}\n", f"2\n{HEAD}\n"]


@pytest.mark.parametrize("page_break", BREAKS, ids=["none", "head", "page number and head"])
def test_a_head_told_again_at_the_top_of_a_page_ends_no_table(page_break):
    table = (
        f"Chỉ tiêu trồng rừng\nĐVT: ha\n{HEAD}\n1 | Huyện Bình Lục | 45 | 20 | 25\n2 | Huyện Lý Nhân | 40 | 20 | 20\n"
        f"{page_break}3 | TP Phủ Lý | 20 | 10 | 10\n | Tổng cộng | 105 | 50 | 55"
    )
    found = aims(table)
    assert [(scope, value) for _, scope, value, *_ in found if scope == "TP Phủ Lý"] == [
        ("TP Phủ Lý", 20), ("TP Phủ Lý", 10), ("TP Phủ Lý", 10)
    ]  # fmt: skip
    assert len(found) == 12 and {(name, unit) for name, _, _, unit, _ in found} == {("Chỉ tiêu trồng rừng", "hectare")}
    assert (wrong_sums(table), wrong_sums(table.replace("105", "110"))[:1]) == ([], [(110, 105)])


def test_two_lines_of_heads_may_be_told_again():
    head = "| TT | Dự án | Kinh phí | | |\n| | | Tổng | NSTW | NS tỉnh |\n"
    table = (
        f"Kinh phí các dự án\nĐVT: triệu đồng\n{head}|---|---|---|---|---|\n| 1 | Xã An Ninh | 800 | 600 | 200 |\n"
        f"{head}| 2 | Xã Bồ Đề | 700 | 400 | 300 |\n| | Tổng cộng | 1.500 | 1.000 | 500 |"
    )
    assert [(amount, source) for amount, _, source in money(table)] == [
        (800, None), (600, "central_budget"), (200, "provincial_budget"), (700, None), (400, "central_budget"),
        (300, "provincial_budget"), (1500, None), (1000, "central_budget"), (500, "provincial_budget"),
    ]  # fmt: skip
    assert wrong_sums(table) == []


def test_tables_with_the_same_head_each_keep_their_total():
    head = "TT | Huyện | Số học viên (người)"
    table = (
        f"Chỉ tiêu giao các huyện năm 2023\n{head}\n1 | Bình Lục | 150\n2 | Lý Nhân | 120\n | Cộng | 270\n"
        f"{head}\n1 | Kim Bảng | 90\n2 | Thanh Liêm | 60\n | Cộng | 150"
    )
    rows = read(table)["targets"]
    assert [(r.scope, r.value_min, r.due_year) for r in rows if r.parent_id is None] == [
        (None, 270, 2023), (None, 150, 2023)
    ]  # fmt: skip
    assert wrong_sums(table) == []


# --- lines that do not fit --------------------------------------------------------------------------------------------


def test_lines_that_lost_a_cell_are_reported_and_not_guessed():
    table = (
        "Kinh phí (triệu đồng)\nTT | Nội dung | Tổng | Năm 2022 | Năm 2023 | Nguồn vốn\n"
        "1 | Xây trường | 300 | 100 | 200 | Ngân sách tỉnh\n2 | Xây trạm | 200 | 200 | Ngân sách huyện"
    )
    assert [amount for amount, *_ in money(table)] == [300, 100, 200]
    assert reports(table) == ["2 | Xây trạm | 200 | 200 | Ngân sách huyện"]

    table = "TT | Chỉ tiêu | ĐVT | Năm 2022 | Năm 2023\n1 | Số lớp | lớp | 5 | 6\n2 | Tỷ lệ hộ nghèo | 4,5 | 4,0"
    assert [value for _, _, value, *_ in aims(table)] == [5, 6]
    assert reports(table) == ["2 | Tỷ lệ hộ nghèo | 4,5 | 4,0"]


def test_ticks_among_sums_leave_the_tree_whole():
    table = (
        "Kinh phí (triệu đồng)\nNguồn vốn | 2022 | 2023 | Tổng số\nNgân sách huyện | 100 | … | 100\n"
        "Xã hội hóa | x | 50 | 50\nTổng số các nguồn | 100 | 50 | 150"
    )
    rows = [r for r in read(table)["funding"] if r.amount_vnd]
    assert [r.amount_vnd / MILLION for r in rows if r.parent_id is None] == [150]
