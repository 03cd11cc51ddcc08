"""Tables are read by their columns: which figures are money of the plan, in which unit, and what is part of what."""

from __future__ import annotations

import pytest
from table_text import read as read_within

HEAD = """UBND TỈNH HÀ NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/KH-UBND
Hà Nam, ngày 12 tháng 01 năm 2022
KẾ HOẠCH
Thực hiện chương trình năm 2022
I. NỘI DUNG
"""
TAIL = "\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế thực hiện.\n"


def read(table: str):
    return read_within(table, HEAD, TAIL)


def money(table: str) -> list[tuple[str, int, str | None]]:
    return [(r.kind, r.amount_vnd, r.purpose) for r in read(table)["funding"]]


UNITS = [
    ("Kinh phí (triệu đồng)", 200_000_000),
    ("Kinh phí (Tr. đồng)", 200_000_000),
    ("Kinh phí (tr.đồng)", 200_000_000),
    ("Vốn (1.000 đồng)", 200_000),
    ("Vốn (nghìn đồng)", 200_000),
    ("Vốn (tỉ đồng)", 200_000_000_000),
    ("Kinh phí (đồng)", 200),
]


@pytest.mark.parametrize(("head", "amount"), UNITS)
def test_the_head_of_a_column_gives_the_unit_of_its_money(head, amount):
    assert money(f"TT | Nội dung | {head}\n1 | Xây trường | 200") == [("component", amount, "Xây trường")]


@pytest.mark.parametrize(
    "head", ["Thu nhập (triệu đồng/người)", "Đơn giá (triệu đồng)", "Vốn đã bố trí (triệu đồng)", "Kinh phí (xu)"]
)
def test_columns_that_are_no_funding_give_none(head):
    assert money(f"TT | Nội dung | {head}\n1 | Xây trường | 200") == []


def test_column_numbers_are_no_row():
    table = "TT | Nội dung | Kinh phí (triệu đồng)\n1 | 2 | 3\n1 | Xây trường | 200\n2 | Xây trạm | 300"
    assert [a for _, a, _ in money(table)] == [200_000_000, 300_000_000]


def test_rows_with_nothing_in_their_last_cells_keep_their_columns():
    table = "TT | Nội dung | Kinh phí (triệu đồng) | Đơn vị thực hiện | Ghi chú\n1 | Xây trường | 200 | Sở Y tế |"
    rows = read(table)
    assert [r.amount_vnd for r in rows["funding"]] == [200_000_000]
    assert ("so_yt", "Xây trường") in [(r.agency_code, r.task) for r in rows["assignments"]]


def test_a_total_with_a_figure_missing_is_not_guessed():
    table = (
        "TT | Nội dung | Tổng (triệu đồng) | NSTW (triệu đồng) | NS tỉnh (triệu đồng)\n"
        "1 | Xây trường | 500 | 500 | \nTổng cộng | 500 | 500"
    )
    assert [(k, a) for k, a, _ in money(table)] == [("component", 500_000_000), ("component", 500_000_000)]


def test_a_total_with_an_empty_cell_keeps_its_columns():
    table = (
        "| TT | Nội dung | Tổng (triệu đồng) | NSTW (triệu đồng) | NS tỉnh (triệu đồng) |\n|---|---|---|---|---|\n"
        "| 1 | Xây trường | 700 | 500 | 200 |\n| | Tổng cộng | | 500 | 200 |"
    )
    rows = read(table)["funding"]
    assert [(r.kind, r.amount_vnd, r.source) for r in rows if r.kind == "total"] == [
        ("total", 500_000_000, "central_budget"), ("total", 200_000_000, "provincial_budget"),
    ]  # fmt: skip


def test_groups_hold_their_rows_and_the_total_holds_the_groups():
    table = (
        "STT | Nội dung | Kinh phí (triệu đồng)\nI | Giao thông | 500\n1 | Đường A | 200\n2 | Đường B | 300\n"
        "II | Thủy lợi | 700\n1 | Hồ C | 700\n| Tổng cộng | 1.200"
    )
    rows = read(table)
    by_id = {r.funding_id: r.purpose for r in rows["funding"]}
    assert {r.purpose: by_id.get(r.parent_id) for r in rows["funding"] if r.kind == "component"} == {
        "Giao thông": None, "Đường A": "Giao thông", "Đường B": "Giao thông", "Thủy lợi": None, "Hồ C": "Thủy lợi",
    }  # fmt: skip
    assert all(r.parent_id for r in rows["funding"] if r.kind == "component")
    assert not [f for f in rows["findings"] if f.check == "sum_mismatch"]


def test_the_column_of_the_whole_holds_the_years_wherever_it_stands():
    table = (
        "TT | Nội dung | Vốn năm 2022 (triệu đồng) | Vốn năm 2023 (triệu đồng) | Tổng vốn (triệu đồng)\n"
        "1 | Xây trường | 500 | 700 | 1.200"
    )
    rows = {r.amount_vnd: r for r in read(table)["funding"]}
    assert rows[500_000_000].parent_id == rows[700_000_000].parent_id == rows[1_200_000_000].funding_id
    assert (rows[500_000_000].year, rows[700_000_000].year) == (2022, 2023)


def test_cells_on_lines_of_their_own_end_where_one_is_missing():
    table = (
        "TT\nNội dung\nChủ trì\nKinh phí (triệu đồng)\n1\nXây trường\nSở Y tế\n200\n"
        "2\nXây trạm bơm\n700\n3\nXây cầu\nSở Xây dựng\n100"
    )
    assert [a for _, a, _ in money(table)] == [200_000_000]


def test_units_of_rows_scale_their_figures_and_past_years_are_left_out():
    table = (
        "TT | Chỉ tiêu | Đơn vị tính | Năm 2020 | Năm 2022\n1 | Dân số | người | 1.000.000 | 1.234.567\n"
        "2 | Diện tích chè | 1.000 ha | 11 | 12"
    )
    found = [(r.indicator_text, r.value_min, r.unit, r.due_year) for r in read(table)["targets"]]
    assert found == [("Dân số", 1_234_567.0, "person", 2022), ("Diện tích chè", 12_000.0, "hectare", 2022)]


def test_roles_and_times_of_a_task_sheet():
    table = (
        "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn\n| Nhiệm vụ chung\n"
        "1 | Rà soát quy định | Sở Tư pháp | Sở Nội vụ, Sở Y tế | 30/6/2022"
    )
    rows = read(table)
    roles = {(r.agency_code, r.role) for r in rows["assignments"] if r.task == "Rà soát quy định"}
    assert roles == {("so_tp", "lead"), ("so_nv", "coordinate"), ("so_yt", "coordinate")}
    assert ("due", "2022-06-30") in [(r.kind, str(r.end_date)) for r in rows["deadlines"]]


def test_columns_laid_out_with_spaces_stay_apart():
    table = (
        "STT   Nội dung              Kinh phí (triệu đồng)\n 1    Xây trường học           1.200\n"
        " 2    Xây trạm bơm               800\n      Tổng cộng                2.000"
    )
    assert [(k, a) for k, a, _ in money(table)] == [
        ("component", 1_200_000_000), ("component", 800_000_000), ("total", 2_000_000_000),
    ]  # fmt: skip


def test_a_sentence_that_closes_with_a_telephone_number_is_no_row_of_figures():
    said = "Tổng kết trước ngày 15/12/2022. Liên hệ: bà Vũ Thị Na, điện thoại 0226 555 0123."
    assert [str(r.end_date) for r in read(said)["deadlines"] if r.kind == "due"] == ["2022-12-15"]
