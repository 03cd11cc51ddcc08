"""Heads over several columns, where no empty cells show which: the rows below tell how wide the table is."""

from __future__ import annotations

import pytest
from table_text import read

RUNNING = "TT | Chỉ tiêu | ĐVT | Năm hiện hành 2021 | Năm 2022 | Năm 2023 | Năm 2024\nKế hoạch | Ước thực hiện\n"
BARE = RUNNING.replace("Năm hiện hành", "Năm")
FISH = "1 | Tàu cá đăng ký | chiếc | 310 | 315 | 330 | 345 | 360\n2 | Lồng nuôi | lồng | 40 | 42 | 50 | 60 | 70\n"
STAGE = "TT | Chỉ tiêu | ĐVT | ƯTH năm 2021 | Giai đoạn 2022 - 2024\nNăm 2022 | Năm 2023 | Năm 2024\n"
PONDS = "1 | Ao nuôi tôm | ha | 315 | 330 | 345 | 360\n2 | Lồng nuôi | lồng | 42 | 50 | 60 | 70\n"
FIVE = (
    "TT | Chỉ tiêu | ĐVT | ƯTH năm 2021 | Giai đoạn 2022 - 2026\n"
    "Năm 2022 | Năm 2023 | Năm 2024 | Năm 2025 | Năm 2026\n"
    "1 | Ao nuôi tôm | ha | 315 | 330 | 345 | 360 | 370 | 380\n"
    "2 | Lồng nuôi | lồng | 42 | 50 | 60 | 70 | 80 | 90\n"
)


def levels(table: str) -> list[tuple]:
    rows = read(table)["targets"]
    return [(r.value_min, r.due_year, r.baseline_value, r.baseline_year) for r in rows]


@pytest.mark.parametrize("head", [RUNNING, RUNNING + " | ".join(map(str, range(1, 9))) + "\n", BARE])
def test_plan_and_estimate_stand_under_the_running_year(head):
    found = levels(head + FISH)
    assert found[:3] == [(330, 2022, 315, 2021), (345, 2023, 315, 2021), (360, 2024, 315, 2021)]
    assert [f[:2] for f in found[3:]] == [(50, 2022), (60, 2023), (70, 2024)]


def test_parts_of_one_of_several_years_are_not_guessed():
    head = "TT | Chỉ tiêu | ĐVT | Năm 2022 | Năm 2023 | Năm 2024\nTổng số | Vùng cao\n"
    assert levels(head + "1 | Ao nuôi tôm | ha | 330 | 30 | 345 | 360\n2 | Lồng nuôi | lồng | 50 | 5 | 60 | 70\n") == []


@pytest.mark.parametrize("table", [STAGE + PONDS, STAGE.replace("Năm 2022 |", "| | | | Năm 2022 |") + PONDS])
def test_a_year_under_a_stage_is_that_year(table):
    assert levels(table)[:3] == [(330, 2022, 315, 2021), (345, 2023, 315, 2021), (360, 2024, 315, 2021)]


def test_years_under_a_stage_may_be_as_many_as_the_heads():
    assert [f[:2] for f in levels(FIVE)] == [
        (330, 2022), (345, 2023), (360, 2024), (370, 2025), (380, 2026),
        (50, 2022), (60, 2023), (70, 2024), (80, 2025), (90, 2026),
    ]  # fmt: skip


def test_a_stage_without_years_below_is_due_at_its_end():
    table = "TT | Chỉ tiêu | ĐVT | ƯTH năm 2021 | Giai đoạn 2022 - 2024\n1 | Ao nuôi tôm | ha | 315 | 360\n"
    assert levels(table) == [(360, 2024, 315, 2021)]


def test_a_stage_and_a_year_before_it_share_the_parts():
    head = "TT | Chỉ tiêu | ĐVT | Năm hiện hành 2021 | Dự kiến 03 năm\n"
    parts = "Kế hoạch | Ước thực hiện | Năm 2022 | Năm 2023 | Năm 2024\n"
    assert levels(head + parts + FISH)[:2] == [(330, 2022, 315, 2021), (345, 2023, 315, 2021)]


def test_remarks_have_no_parts():
    table = "TT | Nội dung | Kinh phí (triệu đồng) | Ghi chú\nNSTW | NSĐP\n"
    table += "1 | Mở lớp | 40 | 15 | \n2 | In sách | 25 | 5 | \n"
    assert [r.amount_vnd for r in read(table)["funding"]] == [40_000_000, 15_000_000, 25_000_000, 5_000_000]


GOODS = "TT | Sản phẩm | Kế hoạch 2022 | Kế hoạch 2023\n"
PAIRS = "Lượng (tấn) | {0} | Lượng (tấn) | {0}\n"
NUTS = "1 | Hạt điều | 61 | 9.100 | 62 | 9.300\n2 | Hồ tiêu | 81 | 4.100 | 82 | 4.200\n"


@pytest.mark.parametrize(
    ("value", "unit", "worth"),
    [
        ("Giá trị (triệu đồng)", "vnd", 9100e6),
        ("Giá trị xuất khẩu (Nghìn USD)", "usd", 9100e3),
        ("Giá trị tham gia xuất khẩu (1.000 USD)", "usd", 9100e3),
    ],
)
def test_two_columns_of_each_year_are_told_by_their_own_heads(value, unit, worth):
    rows = read(GOODS + PAIRS.format(value) + NUTS)
    found = [(r.indicator_text.split(" (")[0], r.value_min, r.unit, r.due_year) for r in rows["targets"]]
    name = value.partition(" (")[0]
    assert found[:2] == [("Hạt điều - Lượng", 61, "tonne", 2022), (f"Hạt điều - {name}", worth, unit, 2022)]
    assert len(found) == 8
    assert [r.amount_vnd for r in rows["funding"]] == []


def test_the_same_with_the_empty_cells_of_merged_heads():
    head = "TT | Sản phẩm | Kế hoạch 2022 | | Kế hoạch 2023 | \n | | " + PAIRS.format("Giá trị (triệu đồng)")
    rows = read(head + NUTS)
    assert [(r.value_min, r.due_year) for r in rows["targets"]][:3] == [(61, 2022), (9100e6, 2022), (62, 2023)]
    assert rows["funding"] == []


def test_a_total_and_its_part_in_each_year_are_not_confused():
    head = "TT | Chỉ tiêu | ĐVT | Năm 2022 | Năm 2023\nTổng số | Vùng cao | Tổng số | Vùng cao\n"
    rows = read(head + "1 | Số hộ vay vốn | hộ | 110 | 20 | 130 | 30\n2 | Số nhà xây | nhà | 51 | 12 | 53 | 13\n")
    found = [(r.indicator_text, r.value_min, r.due_year, r.parent_id) for r in rows["targets"]]
    assert found[:4] == [
        ("Số hộ vay vốn", 110, 2022, None),
        ("Số hộ vay vốn - Vùng cao", 20, 2022, None),
        ("Số hộ vay vốn", 130, 2023, None),
        ("Số hộ vay vốn - Vùng cao", 30, 2023, None),
    ]


@pytest.mark.parametrize("head", ["Kế hoạch 2022 | Kế hoạch 2023", "Năm 2022 (tấn) | Năm 2023 (tấn)"])
def test_products_name_the_rows_of_figures_by_year(head):
    table = f"TT | Sản phẩm | {head}\n1 | Hạt điều | 61 | 62\n2 | Hồ tiêu | 81 | 82\n"
    table = table if "tấn" in table else table.replace("| K", "| ĐVT | K", 1).replace("| 61", "| tấn | 61")
    table = table.replace("tiêu | 81", "tiêu | tấn | 81") if "ĐVT" in table else table
    found = [(r.indicator_text, r.value_min, r.unit, r.due_year) for r in read(table)["targets"]]
    assert found == [
        ("Hạt điều", 61, "tonne", 2022), ("Hạt điều", 62, "tonne", 2023),
        ("Hồ tiêu", 81, "tonne", 2022), ("Hồ tiêu", 82, "tonne", 2023),
    ]  # fmt: skip


def test_products_of_tasks_name_no_rows():
    table = (
        "TT | Sản phẩm | Cơ quan chủ trì | Năm 2022\n1 | Báo cáo rà soát | Sở Y tế | 2\n2 | Bản đồ | Sở Công Thương | 3"
    )
    assert [r.indicator_text for r in read(table)["targets"]] == []
