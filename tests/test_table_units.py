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
