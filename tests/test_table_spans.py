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
