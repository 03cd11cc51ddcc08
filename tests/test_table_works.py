"""Works by place under words that do not call them aims: read where caption, heading or head say that they are to be
done, else told of in a finding."""

from __future__ import annotations

import pytest
from table_text import HEAD, read

ROWS = "1 | Xã Ba Sao | 2 | 4,5\n2 | Xã Liên Sơn | 3 | 7"
TABLE = "{}\nTT | Xã | Số tuyến | Chiều dài (km)\n" + ROWS


def told(rows) -> list[tuple]:
    return [(r.indicator_text, r.scope, r.value_min, r.unit) for r in rows["targets"]]


def unread(rows) -> list[str]:
    return [r.quote for r in rows["findings"] if r.check == "unparsed_amount"]


TO_BE_DONE = [
    "1. Khối lượng thực hiện", "Bảng 1. Khối lượng đầu tư xây dựng", "Quy mô đầu tư", "2. Nâng cấp đường liên thôn",
    "Biểu 1. Cứng hóa đường nội đồng theo xã", "Nội dung và khối lượng cần thực hiện",
]  # fmt: skip


@pytest.mark.parametrize("caption", TO_BE_DONE)
def test_works_that_are_to_be_done_are_aims(caption):
    rows = read(TABLE.format(caption))
    assert [(r.scope, r.value_min, r.unit) for r in rows["targets"]] == [
        ("Xã Ba Sao", 2, "item"), ("Xã Ba Sao", 4.5, "km"), ("Xã Liên Sơn", 3, "item"), ("Xã Liên Sơn", 7, "km"),
    ]  # fmt: skip
    assert not unread(rows)


NOT_SAID = ["Bảng 1. Danh mục tuyến đường các xã", "Bảng 2. Số tuyến đường các xã", "Xây dựng nông thôn mới ở các xã"]


@pytest.mark.parametrize("caption", NOT_SAID)
def test_works_of_which_nothing_says_that_they_are_aims_leave_a_finding(caption):
    rows = read(TABLE.format(caption))
    assert (told(rows), unread(rows)) == ([], ["TT | Xã | Số tuyến | Chiều dài (km)"])


PAST = [
    "Hiện trạng đường giao thông các xã", "Khối lượng đã thực hiện năm 2020", "Kết quả nâng cấp đường các xã",
    "Tình hình sửa chữa đường các xã",
]  # fmt: skip


@pytest.mark.parametrize("caption", PAST)
def test_works_that_are_done_are_no_aims(caption):
    assert told(read(TABLE.format(caption))) == []


def test_heads_that_say_what_is_to_be_built():
    rows = read(
        "Nhà văn hóa các xã\nTT | Xã | Xây mới (nhà) | Sửa chữa (nhà)\n1 | Xã Ba Sao | 2 | 1\n2 | Xã Liên Sơn | 3 | 4"
    )
    assert told(rows) == [
        ("Xây mới", "Xã Ba Sao", 2, "house"), ("Sửa chữa", "Xã Ba Sao", 1, "house"),
        ("Xây mới", "Xã Liên Sơn", 3, "house"), ("Sửa chữa", "Xã Liên Sơn", 4, "house"),
    ]  # fmt: skip


def test_heads_of_what_works_cost_count_nothing():
    rows = read(
        "Nhà văn hóa\nTT | Xã | Xây mới (triệu đồng) | Sửa chữa (%)\n1 | Xã Ba Sao | 200 | 1\n2 | Xã Liên Sơn | 300 | 4"
    )
    assert told(rows) == []


def test_how_much_there_is_of_works_is_an_aim_in_a_plan_for_such_works():
    caption = "Biểu 1. Khối lượng đường bê tông các xã"
    table = (
        f"{caption}\nTT | Xã | Đường trục thôn (km) | Đường ngõ (km)\n1 | Xã Ba Sao | 2 | 4,5\n2 | Xã Liên Sơn | 3 | 7"
    )
    works = HEAD.replace("Phát triển nông thôn", "Cứng hóa đường giao thông nông thôn")
    assert len(told(read(table, head=works))) == 4
    rows = read(table)
    assert (told(rows), len(unread(rows))) == ([], 1)


def test_what_there_is_leaves_no_finding():
    head = "Thông tin các xã\nTT | Xã | Tổng số hộ (hộ) | Dân số (người)"
    rows = read(f"{head}\n1 | Xã Ba Sao | 2.100 | 8.200\n2 | Xã Đồng Hóa | 1.000 | 4.000")
    assert (told(rows), unread(rows)) == ([], [])


def test_the_number_of_a_heading_is_no_part_of_what_its_table_measures():
    rows = read("1. Phân bổ khối lượng cho các xã\nTT | Xã | Số tuyến\n1 | Xã Ba Sao | 2\n2 | Xã Liên Sơn | 3")
    assert {r.indicator_text for r in rows["targets"]} == {"Phân bổ khối lượng cho các xã - Số tuyến"}
