"""Where one table ends and the next begins: heads, captions and units between rows that follow one another."""

from __future__ import annotations

import pytest
from table_text import MILLION, read

FIRST = "TT | Nội dung | Kinh phí (triệu đồng) | Ghi chú\n1 | Mở lớp | 40 | \n2 | In sách | 25 | \n"
SECOND = "Chỉ tiêu | ĐVT | Năm 2021 | Năm 2024\nSố hộ có vườn | hộ | 90 | 120\nTỷ lệ hộ có ao | % | 12 | 15,5"


@pytest.mark.parametrize("between", ["", "Biểu 2. Chỉ tiêu các năm\n", "Phụ lục II\n", "Bảng 2: Chỉ tiêu\n"])
def test_another_head_right_under_a_table_names_other_columns(between):
    rows = read(FIRST + between + SECOND)
    assert [r.amount_vnd / MILLION for r in rows["funding"]] == [40, 25]
    found = [(r.value_min, r.unit, r.due_year, r.baseline_value) for r in rows["targets"]]
    assert found == [(120, "household", 2024, 90), (15.5, "percent", 2024, 12)]


def test_a_unit_between_two_tables_is_that_of_the_second():
    table = (
        "ĐVT: triệu đồng\nNội dung | Nguồn vốn | Kinh phí\n"
        "Mở lớp | Ngân sách tỉnh | 40\nIn sách | Ngân sách huyện | 25\n"
        "ĐVT: tỷ đồng\nNội dung | Nguồn vốn | Kinh phí\nXây chợ | Ngân sách tỉnh | 3\nXây cống | Ngân sách huyện | 1,5"
    )
    assert [r.amount_vnd / MILLION for r in read(table)["funding"]] == [40, 25, 3000, 1500]


def test_a_line_that_names_a_group_goes_on_with_the_table():
    table = "TT | Nội dung | Kinh phí (triệu đồng)\n1 | Mở lớp | 40\nNhóm việc của các xã\n2 | In sách | 25"
    assert [r.amount_vnd / MILLION for r in read(table)["funding"]] == [40, 25]
