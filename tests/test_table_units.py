"""Units of tables that stand under them, or in brackets in the heads of their columns."""

from __future__ import annotations

import pytest
from table_text import money, read

COSTS = (
    "Nhu cầu kinh phí\nTT | Nội dung | Năm 2022 | Năm 2023 | Tổng cộng\n"
    "1 | Ngân sách tỉnh | 1.200 | 1.500 | 2.700\n2 | Ngân sách huyện | 300 | 400 | 700\n"
)
READ = [
    (2700, None, "provincial_budget"), (1200, 2022, "provincial_budget"), (1500, 2023, "provincial_budget"),
    (700, None, "district_budget"), (300, 2022, "district_budget"), (400, 2023, "district_budget"),
]  # fmt: skip


@pytest.mark.parametrize("line", ["(Đơn vị: triệu đồng)", "ĐVT: triệu đồng", "Đơn vị tính: triệu đồng"])
def test_the_unit_of_money_may_stand_under_its_table(line):
    assert money(COSTS + line) == READ


def test_a_unit_under_a_table_is_of_the_next_where_that_follows():
    other = "ĐVT: triệu đồng\nTT | Nội dung | Kinh phí năm 2022\n1 | Mua máy bơm | 40\n2 | Thuê xe | 9"
    assert [amount for amount, *_ in money(COSTS + other)] == [40, 9]


def test_no_unit_is_taken_from_a_sentence_under_a_table():
    assert money(COSTS + "Mỗi xã được hỗ trợ theo đơn vị là triệu đồng và giao hằng năm.") == []


STORES = (
    "Chỉ tiêu vật tư dự trữ năm 2022\nTT | Xã | Đá hộc {0} | Bao tải (chiếc)\n"
    "1 | Tân An | 120 | 500\n2 | Tân Bình | 150 | 600"
)


@pytest.mark.parametrize(
    ("told", "unit"),
    [("(m3)", "cubic_metre"), ("(m³)", "cubic_metre"), ("(m2)", "square_metre"), ("(tấm)", "item"), ("(cuộn)", "item")],
)
def test_columns_that_count_in_any_unit_in_brackets_are_read(told, unit):
    rows = read(STORES.format(told))["targets"]
    assert [(r.value_min, r.unit) for r in rows if r.indicator_text.endswith("Đá hộc")] == [(120, unit), (150, unit)]
    assert [r.value_min for r in rows if r.indicator_text.endswith("Bao tải")] == [500, 600]


def test_words_in_brackets_that_are_no_unit_make_no_count():
    rows = read(STORES.format("(nếu có)"))["targets"]
    assert [r.value_min for r in rows] == [500, 600]


def test_a_row_named_by_its_source_tells_the_type_of_its_money():
    table = (
        "ĐVT: triệu đồng\nTT | Nguồn vốn | Năm 2022\n1 | Ngân sách tỉnh (vốn sự nghiệp) | 50\n2 | Ngân sách huyện | 7"
    )
    assert [r.expenditure_type for r in read(table)["funding"]] == ["recurrent", None]


FLIGHTS = "STT | Chỉ tiêu | Đơn vị tính | Năm 2021 | Năm 2022 | Năm 2025\n1 | {0} | {1} | 18 | 23 | 27\n"


def unit_read(name: str, unit: str) -> tuple:
    """The code of the unit of a row, its first aim, and whether it holds by year."""
    rows = read(FLIGHTS.format(name, unit))["targets"]
    return (rows[0].unit, rows[0].value_min, rows[0].rate_period) if rows else ()


@pytest.mark.parametrize(
    ("unit", "code", "value", "period"),
    [
        ("Phút", "minute", 23, None), ("phút/hồ sơ", "minute", 23, None), ("Giờ", "hour", 23, None),
        ("giờ/năm", "hour", 23, "year"), ("Ngày", "day", 23, None), ("Ngày làm việc", "day", 23, None),
        ("Giây", "second", 23, None), ("Tuần", "week", 23, None), ("Tháng", "month", 23, None),
        ("Năm", "year", 23, None),
        ("Hạng", "rank", 23, None), ("Thứ hạng", "rank", 23, None), ("độ C", "degree_celsius", 23, None),
        ("m2/người", "square_metre", 23, None), ("1.000 m3/ngày đêm", "cubic_metre", 23_000, None),
        ("nghìn tấn.km", "tonne_kilometre", 23_000, None), ("Triệu HK.km", "passenger_kilometre", 23_000_000, None),
        ("Triệu HK", "person", 23_000_000, None), ("%GRDP", "percent", 23, None), ("mg/l", None, 23, None),
        ("sào", None, 23, None), ("Giường bệnh/10.000 dân", "item", 23, None),
        # what the same words are part of
        ("Ngày công", "workday", 23, None), ("Tấn/ngày", "tonne", 23, None), ("Tấn", "tonne", 23, None),
        ("Cái", "item", 23, None), ("Vị trí", "item", 23, None), ("%/năm", "percent", 23, "year"),
    ],
)  # fmt: skip
def test_what_a_column_of_units_says(unit, code, value, period):
    assert unit_read("Đường bay", unit) == (code, value, period)


@pytest.mark.parametrize("unit", ["người/km2", "chuyến/1.000 dân", "thuê bao/100 dân"])
def test_a_rate_that_no_code_tells_is_not_read(unit):
    rows = read(FLIGHTS.format("Đường bay", unit))
    assert rows["targets"] == []
    assert [row.check for row in rows["findings"]] == ["unparsed_amount"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Số lượt người bay thử", "person"),
        ("Lượt khách qua sân bay", "person"),
        ("Số lượt xã được bay đến", "commune"),
        ("Số lượt cất cánh", "item"),
        ("Chuyến bay đêm", "item"),
    ],
)
def test_turns_are_those_of_whom_the_row_names(name, code):
    assert unit_read(name, "Lượt")[0] == code


@pytest.mark.parametrize("words", ["30 ngày trước lễ", "giờ thứ 9 của ngày 12"])
def test_units_of_time_in_columns_make_none_in_running_text(words):
    assert read(f"1. Kiểm tra đường bay {words}.\n")["targets"] == []
