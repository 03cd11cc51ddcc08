"""Counts in tables: by years in the first column, under years with their unit in brackets, as a total and its parts,
and in rows whose head no list holds."""

from __future__ import annotations

import pytest
from table_text import read, targets


def values(table: str) -> list[tuple]:
    return [(r.value_min, r.unit, r.due_year, r.scope) for r in read(table)["targets"]]


def test_counts_under_years_in_the_first_column_are_aims_beside_money():
    table = (
        "Lộ trình đầu tư trạm bơm\nNăm | Xây mới (trạm) | Cải tạo (trạm) | Kinh phí (triệu đồng)\n"
        "Năm 2023 | 3 | 12 | 9.800\nNăm 2024 | 5 | 18 | 14.400\nCộng | 8 | 30 | 24.200"
    )
    rows = read(table)["targets"]
    assert [(r.indicator_text, r.value_min, r.unit, r.due_year) for r in rows] == [
        ("Xây mới", 3, "station", 2023), ("Cải tạo", 12, "station", 2023),
        ("Xây mới", 5, "station", 2024), ("Cải tạo", 18, "station", 2024),
        ("Xây mới", 8, "station", 2025), ("Cải tạo", 30, "station", 2025),
    ]  # fmt: skip
    by_id = {r.target_id: r for r in rows}
    assert [by_id[r.parent_id].value_min for r in rows if r.parent_id] == [8, 30, 8, 30]


def test_what_there_is_under_years_in_the_first_column_is_no_aim():
    table = "Dân số và đàn vật nuôi\nNăm | Dân số (người) | Tổng đàn (con)\n2023 | 9.100 | 1.200\n2024 | 9.300 | 1.250"
    assert targets(table) == []


def test_counts_of_past_years_in_the_first_column_are_none():
    table = "Số liệu trạm bơm\nNăm | Xây mới (trạm) | Cải tạo (trạm)\n2020 | 3 | 12\n2021 | 5 | 18"
    assert targets(table) == []


def test_years_with_their_unit_in_brackets_count_what_the_bracket_says():
    table = (
        "CHỈ TIÊU DẠY BƠI\nTT | Cụm trường | Năm 2023 (học sinh) | Năm 2024 (học sinh) | Cộng\n"
        "1 | Cụm phía Đông | 380 | 520 | 900\n2 | Cụm phía Tây | 350 | 460 | 810\n | Toàn huyện | 730 | 980 | 1.710"
    )
    rows = read(table)
    assert {(r.value_min, r.unit, r.due_year) for r in rows["targets"]} == {
        (380, "person", 2023), (520, "person", 2024), (900, "person", 2025),
        (350, "person", 2023), (460, "person", 2024), (810, "person", 2025),
        (730, "person", 2023), (980, "person", 2024), (1710, "person", 2025),
    }  # fmt: skip
    assert not rows["findings"]


def test_years_without_a_unit_are_still_reported_and_not_read():
    table = (
        "Nội dung khác\nTT | Cụm trường | Tổng | Năm 2023 | Năm 2024\n"
        "1 | Cụm Đông | 900 | 380 | 520\n2 | Cụm Tây | 810 | 350 | 460"
    )
    rows = read(table)
    assert not rows["targets"]
    assert [f.check for f in rows["findings"]] == ["unparsed_amount"]


def test_what_is_counted_with_its_year_in_the_head():
    table = (
        "Kế hoạch phổ cập bơi\nTT | Trường | Số học sinh năm 2023 | Số học sinh năm 2024\n"
        "1 | Tiểu học Tân Thành | 38 | 52\n2 | Tiểu học Hoa Thám | 35 | 46"
    )
    assert values(table) == [
        (38, "person", 2023, None), (52, "person", 2024, None), (35, "person", 2023, None), (46, "person", 2024, None),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Số học sinh đầu năm 2023", "Số tiền năm 2023", "Số học sinh hiện có năm 2023"])
def test_what_there_is_in_a_year_is_no_aim(head):
    assert targets(f"Rà soát\nTT | Trường | {head}\n1 | Tân Thành | 38\n2 | Hoa Thám | 35") == []


def test_clusters_of_places_are_the_scope_of_counts_with_units():
    table = (
        "CHỈ TIÊU GIAO CÁC CỤM NĂM 2023\nTT | Cụm tổ dân phố | Số lớp (lớp) | Số lượt học viên (lượt người)\n"
        "1 | Cụm An Bình | 6 | 330\n2 | Cụm An Lạc | 4 | 190\n | Tổng cộng | 10 | 520"
    )
    assert [v[:2] + v[3:] for v in values(table)] == [
        (6, "class", "Cụm An Bình"), (330, "person", "Cụm An Bình"),
        (4, "class", "Cụm An Lạc"), (190, "person", "Cụm An Lạc"),
        (10, "class", None), (520, "person", None),
    ]  # fmt: skip


TOTALS = [
    ("Tổng số nhà | Làm mới (nhà) | Sửa chữa (nhà)", "house"),
    ("Tổng số | Trong đó làm mới | Trong đó sửa chữa", "item"),
]


@pytest.mark.parametrize(("heads", "unit"), TOTALS)
def test_a_total_and_the_parts_that_make_it_are_read_together(heads, unit):
    table = (
        f"Kế hoạch xóa nhà tạm\nSTT | Huyện, thị xã | {heads}\n"
        "1 | Thị xã Duy Tiên | 14 | 9 | 5\n2 | Huyện Bình Lục | 76 | 51 | 25\n | Cộng | 90 | 60 | 30"
    )
    rows = read(table)["targets"]
    assert [(r.value_min, r.unit) for r in rows] == [(v, unit) for v in (14, 9, 5, 76, 51, 25, 90, 60, 30)]
    by_id = {r.target_id: r for r in rows}
    assert [by_id[r.parent_id].value_min for r in rows if r.value_min in (9, 5)] == [14, 14]


def test_a_total_that_its_neighbours_do_not_make_stays_alone():
    table = (
        "Kế hoạch xóa nhà tạm\nSTT | Huyện, thị xã | Tổng số | Số khẩu | Đợt\n"
        "1 | Thị xã Duy Tiên | 14 | 40 | 1\n2 | Huyện Bình Lục | 76 | 210 | 2"
    )
    assert [v[0] for v in values(table)] == [14, 76]


def test_parts_of_what_there_is_are_no_aims():
    table = (
        "Các chợ trên địa bàn\nTT | Tên chợ | Tổng số hộ | Hộ cố định | Hộ lưu động\n"
        "1 | Chợ Đầu | 140 | 90 | 50\n2 | Chợ Cuối | 76 | 51 | 25"
    )
    assert targets(table) == []


def test_classrooms_of_projects_are_read_and_their_floors_are_not():
    table = (
        "Danh mục dự án\nTT | Tên dự án | Địa điểm | Số phòng học | Năm thực hiện | Kinh phí (triệu đồng)\n"
        "1 | Nhà lớp học 2 tầng Trường Tân Thành | xã Tân Thành | 8 | 2023 | 3.020\n"
        "2 | Nhà lớp học 3 tầng Trường Hoa Thám | xã Hoa Thám | 12 | 2024 | 5.460"
    )
    assert [v[:3] for v in values(table)] == [(8, "classroom", 2023), (12, "classroom", 2024)]


HEAD_OF_YEARS = "TT | Chỉ tiêu | ĐVT | Năm 2023 | Năm 2024\n"


@pytest.mark.parametrize(
    ("unit", "code", "value"),
    [
        ("Triệu USD", "usd", 12e6),
        ("Nghìn USD", "usd", 12e3),
        ("1.000 USD", "usd", 12e3),
        ("USD", "usd", 12),
        ("Triệu EUR", None, 12e6),  # no code fits
        ("Triệu đồng", "vnd", 12e6),
        ("Triệu lượt", "item", 12e6),
    ],
)
def test_a_unit_of_money_keeps_its_multiplier(unit, code, value):
    row = f"1 | Kim ngạch xuất khẩu | {unit} | 11 | 12\n2 | Số chợ đầu mối | chợ | 3 | 4\n"
    found = [(r.value_min, r.unit) for r in read(HEAD_OF_YEARS + row)["targets"]]
    assert (value, code) in found


def test_investment_of_all_society_is_an_aim_and_other_money_among_levels_is_told_of():
    row = "1 | Tổng vốn đầu tư toàn xã hội | tỷ đồng | 40 | 50\n2 | Số chợ | chợ | 3 | 4\n"
    assert [(r.value_min, r.unit) for r in read(HEAD_OF_YEARS + row)["targets"]][:2] == [(40e9, "vnd"), (50e9, "vnd")]
    row = "1 | Chi trả nợ | tỷ đồng | 40 | 50\n2 | Số chợ | chợ | 3 | 4\n"
    rows = read(HEAD_OF_YEARS + row)
    assert [r.value_min for r in rows["targets"]] == [3, 4]
    assert [r.quote for r in rows["findings"] if r.check == "unparsed_amount"] == ["40"]
