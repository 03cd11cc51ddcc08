"""Columns that tell in percent how fast something grows, beside its levels in another unit."""

from __future__ import annotations

import pytest
from table_text import read

TABLE = (
    "Bảng 1. Các chỉ tiêu chủ yếu\nTT | Chỉ tiêu | ĐVT | TH 2020 | KH 2025 | {}\n"
    "1 | Sản lượng mật ong | tấn | 120 | 150 | {}\n2 | Diện tích dâu | ha | 80 | 100 | {}"
)
LEVELS = [("reach", 150, "tonne", None, 2025), ("reach", 100, "hectare", None, 2025)]


def told(rows) -> list[tuple]:
    return [(r.direction, r.value_min, r.unit, r.rate_period, r.due_year) for r in rows["targets"]]


def unread(rows) -> list[str]:
    return [r.message for r in rows["findings"] if r.check == "unparsed_amount"]


PLANNED = [
    "Tốc độ tăng giai đoạn 2022 - 2025 (%/năm)", "Tăng BQ 2022-2025 (%/năm)", "Mục tiêu tăng bình quân (%/năm)",
    "Chỉ tiêu tăng trưởng bình quân hằng năm (%)",
]  # fmt: skip


@pytest.mark.parametrize("head", PLANNED)
def test_a_planned_pace_is_a_rise_in_percent_and_no_level(head):
    rows = read(TABLE.format(head, "4,6", "4,5"))
    assert sorted(told(rows), key=str) == sorted(
        [*LEVELS, ("increase", 4.6, "percent", "year", 2025), ("increase", 4.5, "percent", "year", 2025)], key=str
    )
    assert [r.indicator_text for r in rows["targets"] if r.direction == "increase"] == [
        "Sản lượng mật ong",
        "Diện tích dâu",
    ]
    assert not unread(rows)


LEFT_OUT = [
    "Tăng BQ (%/năm)", "Tốc độ tăng trưởng bình quân (%)", "Giai đoạn 2022 - 2025 (%)", "Mục tiêu tăng trưởng (%)",
    "Kế hoạch tăng 2022-2025 (%)", "Nhịp độ tăng (%/năm)",
]  # fmt: skip


@pytest.mark.parametrize("head", LEFT_OUT)
def test_a_pace_of_years_that_are_not_told_is_left_out_with_a_finding(head):
    rows = read(TABLE.format(head, "4,6", "4,5"))
    assert told(rows) == LEVELS
    assert len(unread(rows)) == 1


@pytest.mark.parametrize("head", ["So sánh (%)", "KH 2025/TH 2020 (%)", "Tốc độ phát triển (%)", "Ghi chú"])
def test_what_only_compares_is_left_out(head):
    rows = read(TABLE.format(head, "125", "125"))
    assert told(rows) == LEVELS
    assert not unread(rows)


def test_a_pace_of_years_before_the_plan_is_left_out():
    rows = read(TABLE.format("Tốc độ tăng giai đoạn 2016 - 2020 (%/năm)", "3,1", "3,2"))
    assert told(rows) == LEVELS
    assert not unread(rows)


def test_levels_in_percent_of_that_before_are_no_pace():
    rows = read(TABLE.format("Tốc độ tăng giai đoạn 2022 - 2025 (%/năm)", "104,6", "104,5"))
    assert told(rows) == LEVELS
    assert len(unread(rows)) == 1


def test_rates_under_a_head_in_percent_are_levels_as_before():
    rows = read("TT | Chỉ tiêu | ĐVT | KH 2025 (%)\n1 | Tỷ lệ hộ dùng nước sạch | % | 95")
    assert told(rows) == [("reach", 95, "percent", None, 2025)]
