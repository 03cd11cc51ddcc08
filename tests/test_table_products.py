"""Estimates that multiply in columns, the whole cost of projects beside this year's money, and stages in sums."""

from __future__ import annotations

from collections import Counter

import pytest
import table_text
from table_text import MILLION, read

HEAD_OF_ONE_YEAR = table_text.HEAD.replace("năm 2022", "năm 2024").replace("giai đoạn 2022 - 2025", "năm 2024")
HEAD = "STT | Nội dung chi | ĐVT | Số lượng | Đơn giá | Thành tiền\n"
RIGHT = "1 | Thuê loa | Bộ | 4 | 500.000 | 2.000.000\n2 | In giấy mời | Tờ | 300 | 5.000 | 1.500.000\n"


def wrong(table: str) -> list[tuple[float, float]]:
    """What products state and what their factors make, in millions."""
    found = read(table)["findings"]
    return [(f.expected / MILLION, f.actual / MILLION) for f in found if f.check == "product_mismatch"]


def quantities(table: str) -> list[float | None]:
    """The quantity of each amount."""
    return [r.quantity for r in read(table)["funding"]]


def test_quantities_are_told_where_the_columns_multiply():
    assert quantities("ĐVT: đồng\n" + HEAD + RIGHT) == [4, 300]
    assert wrong("ĐVT: đồng\n" + HEAD + RIGHT) == []


def test_a_product_that_its_factors_do_not_make_is_reported():
    table = "ĐVT: đồng\n" + HEAD + RIGHT + "3 | Thuê phông bạt | Bộ | 6 | 700.000 | 4.800.000"
    assert wrong(table) == [(4.8, 4.2)]
    assert quantities(table) == [4, 300, 6]


def test_a_price_in_another_unit_than_the_product():
    table = "STT | Vật tư | Đơn vị | Mua thêm | Đơn giá (nghìn đồng) | Thành tiền (triệu đồng)\n"
    table += "1 | Bao tải | Chiếc | 2.000 | 6 | 12\n2 | Áo phao | Chiếc | 50 | 240 | 12\n"
    table += "3 | Xuồng | Chiếc | 2 | 90.000 | 198"
    assert wrong(table) == [(198, 180)]


def test_two_factors():
    table = "ĐVT: đồng\nSTT | Nội dung | Số người | Số ngày | Đơn giá | Thành tiền\n"
    table += "1 | Nước uống | 30 | 2 | 40.000 | 2.400.000\n2 | Tiền ăn | 30 | 3 | 100.000 | 9.000.000\n"
    assert quantities(table) == [60, 90]


@pytest.mark.parametrize(
    "rows",
    [
        "1 | Thuê loa | Bộ | 4 | 500.000 | 2.600.000\n2 | In giấy | Tờ | 300 | 5.000 | 1.900.000",
        "1 | Thuê loa | Bộ | 4 | 500.000 | 2.000.000\n2 | In giấy | Tờ | 300 | 5.000 | 1.900.000",
        "1 | Thuê loa | Bộ | | 500.000 | 2.000.000\n2 | In giấy | Tờ | | 5.000 | 1.500.000",
    ],
)
def test_columns_that_no_rows_prove_to_multiply_tell_nothing(rows):
    assert wrong("ĐVT: đồng\n" + HEAD + rows) == []
    assert set(quantities("ĐVT: đồng\n" + HEAD + rows)) == {None}


def test_a_rounded_product_is_right():
    assert wrong("ĐVT: đồng\n" + HEAD + RIGHT + "3 | Hoa | Bó | 7 | 143.000 | 1.000.000") == []


COST = "ĐVT: triệu đồng\nTT | Dự án | Tổng mức đầu tư | {plan} | Trong đó: NS tỉnh | Trong đó: NS huyện\n"
PROJECTS = "1 | Đường A | 900 | 200 | 150 | 50\n2 | Cầu B | 600 | 100 | - | 100\n| Tổng số | 1.500 | 300 | 150 | 150"


@pytest.mark.parametrize("plan", ["Kế hoạch vốn năm 2024", "KH vốn 2024", "Kế hoạch năm 2024"])
def test_what_projects_cost_in_all_is_no_money_of_the_year(plan):
    rows = read(COST.format(plan=plan) + PROJECTS)["funding"]
    by_id = {r.funding_id: r for r in rows}
    told = [
        (r.amount_vnd / MILLION, r.kind, r.year, r.parent_id and by_id[r.parent_id].amount_vnd / MILLION) for r in rows
    ]
    assert Counter(told) == Counter(
        [
            (300, "total", 2024, None), (1500, "component", None, None), (150, "component", 2024, 300),
            (150, "component", 2024, 300), (200, "component", 2024, 300), (900, "component", None, 1500),
            (150, "component", 2024, 200), (50, "component", 2024, 200), (100, "component", 2024, 300),
            (600, "component", None, 1500), (100, "component", 2024, 100),
        ]
    )  # fmt: skip


def test_opposite_the_whole_of_several_years_is_their_sum():
    table = "ĐVT: triệu đồng\nTT | Dự án | Tổng mức đầu tư | Năm 2022 | Năm 2023\n1 | Đường A | 900 | 500 | 400\n"
    rows = read(table + "2 | Cầu B | 600 | 300 | 300")["funding"]
    assert [(r.amount_vnd / MILLION, r.year) for r in rows if r.parent_id is None] == [(900, None), (600, None)]


def sums(words: str) -> list[tuple[float, float]]:
    found = read("Tổ chức chợ phiên.\nII. KINH PHÍ\n" + words, tail="")["findings"]
    return [(f.expected / MILLION, f.actual / MILLION) for f in found if f.check == "sum_mismatch"]


SPLIT = (
    "Tổng kinh phí 965 triệu đồng. Phân kỳ: năm 2022 là {first} triệu đồng, giai đoạn 2023 - 2024 là 510 triệu đồng, "
)
SPLIT += "giai đoạn 2025 - 2026 là 400 triệu đồng. Riêng năm 2023, ngân sách tỉnh bố trí 120 triệu đồng."


def test_a_year_and_stages_make_one_sum():
    assert sums(SPLIT.format(first=45)) == [(965, 955)]
    assert sums(SPLIT.format(first=55)) == []


PLACES = "TT | Xã | Số hộ | Lực lượng hỗ trợ (người)\n1 | A | 100 | 40\n2 | B | 150 | {second}\n | Cộng | {all} | 100"


@pytest.mark.parametrize(
    ("second", "all_of", "wrong_sums"), [(60, 250, []), (55, 250, [(100, 95)]), (55, 260, [(260, 250)])]
)
def test_a_column_without_facts_is_summed_where_another_shows_what_the_total_holds(second, all_of, wrong_sums):
    found = read("Dự kiến sơ tán dân năm 2024\n" + PLACES.format(second=second, all=all_of))["findings"]
    told = [(f.expected, f.actual) for f in found if f.check == "sum_mismatch"]
    assert [pair for pair in told if pair[0] == 100] == [pair for pair in wrong_sums if pair[0] == 100]


def test_lengths_and_areas_are_delivered_though_they_are_small():
    table = (
        "TT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn | Kết quả\n1 | Làm đường vào chợ | Sở Xây dựng | Năm 2023 | 1,3 km\n"
        "2 | Thu hồi đất | UBND huyện | Năm 2023 | 0,7 ha\n3 | Lập đề án | Sở Nội vụ | Năm 2023 | 01 đề án"
    )
    assert [(r.value_min, r.unit) for r in read(table)["targets"]] == [(1.3, "km"), (0.7, "hectare")]


def test_what_projects_cost_is_of_no_year_beside_years_in_a_plan_for_one_either():
    table = (
        "ĐVT: triệu đồng\nTT | Dự án | Tổng mức đầu tư | Năm 2024 | Dự kiến năm 2025\n1 | Đường B | 930 | 510 | 420\n"
    )
    rows = read(table + "2 | Cầu C | 700 | 300 | 400", head=HEAD_OF_ONE_YEAR)["funding"]
    assert {int(r.amount_vnd / MILLION): r.year for r in rows} == {
        930: None, 510: 2024, 420: 2025, 700: None, 300: 2024, 400: 2025
    }  # fmt: skip
