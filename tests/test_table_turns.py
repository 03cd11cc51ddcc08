"""Where one table ends and the next begins: heads, captions and units between rows that follow one another."""

from __future__ import annotations

import pytest
from table_text import HEAD, MILLION, read

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


SIGNED = HEAD + "1. Sở Y tế thực hiện.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bình\n"
ANNEXES = ["Phụ lục 01", "Phụ lục", "Biểu số 1. Chỉ tiêu", "Biểu 2", "Bảng 1: Chỉ tiêu", "DỰ TOÁN KINH PHÍ", "PHỤ LỤC"]


@pytest.mark.parametrize("title", ANNEXES)
def test_a_table_behind_the_signature_is_an_annex_however_it_is_titled(title):
    rows = read(f"{title}\n{SECOND}\n", SIGNED, "")
    assert [r.value_min for r in rows["targets"]] == [120, 15.5]


def test_counts_by_year_under_a_head_that_says_what_they_count_are_no_money():
    table = (
        "Chỉ tiêu giao các huyện\nTT | Địa phương | Số căn hộ | | | Kinh phí (tỷ đồng)\n"
        " | | Năm 2023 | Năm 2024 | Tổng | \n1 | Huyện Lý Nhân | 120 | 150 | 270 | 35,5\n"
        "2 | Huyện Bình Lục | 60 | 80 | 140 | 18"
    )
    rows = read(table)
    assert [(r.value_min, r.due_year, r.unit) for r in rows["targets"] if r.scope == "Huyện Lý Nhân"] == [
        (270, 2025, "house"), (120, 2023, "house"), (150, 2024, "house")
    ]  # fmt: skip
    assert [r.amount_vnd / MILLION for r in rows["funding"]] == [35500, 18000]


def test_an_annex_is_no_part_of_the_last_chapter_before_the_signature():
    chapter = next(r for r in read(f"BẢNG PHÂN CÔNG\n{SECOND}\n", SIGNED, "")["sections"] if r.label == "I")
    assert "BẢNG" not in chapter.quote
