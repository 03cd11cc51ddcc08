"""Columns that only compare two times, words in brackets that bind a row's figures, and stages beside years."""

from __future__ import annotations

import pytest
from table_text import read, targets

from extractors.tables.heads import kind_of

COMPARING = [
    "KH 2022/ƯTH 2021 (%)", "KH 2022 so với ƯTH 2021 (%)", "KH năm 2022/TH năm 2021", "Kế hoạch 2022/Thực hiện 2021",
    "Tỷ lệ 2022/2021 (%)", "% KH 2022/KH 2021", "Tốc độ tăng 2022/2021 (%)", "So với năm 2021 (%)", "So sánh (%)",
    "KH 2022/KH (%)",
]  # fmt: skip


@pytest.mark.parametrize("head", COMPARING)
def test_a_column_that_compares_two_times_is_no_aim_and_no_baseline(head):
    table = (
        f"TT | Chỉ tiêu | ĐVT | Kế hoạch 2022 | {head}\n1 | Tổng đàn bò | Con | 16.200 | 105,2\n"
        "2 | Diện tích rau | Ha | 310 | 103"
    )
    assert [(r.value_min, r.unit, r.baseline_value) for r in read(table)["targets"]] == [
        (16200, "animal", None), (310, "hectare", None),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Năm học 2022/2023", "Mục tiêu 2025", "Kế hoạch năm 2022 (điều chỉnh)"])
def test_heads_that_name_years_without_comparing_them_are_no_comparison(head):
    assert kind_of(head) != "comparison"


def test_what_a_measure_is_lowered_by_since_then_is_an_aim():
    rows = read("TT | Nội dung | ĐVT | Mục tiêu giảm năm 2025 so với năm 2020 (%)\n1 | Lượng rác thải | % | 12")
    assert [(r.direction, r.value_min, r.due_year) for r in rows["targets"]] == [("decrease", 12, 2025)]


def test_of_several_years_that_were_the_last_is_the_baseline():
    table = "TT | Chỉ tiêu | ĐVT | TH 2019 | ƯTH 2021 | KH 2022\n1 | Tổng đàn bò | Con | 14.000 | 15.400 | 16.200"
    assert [(r.value_min, r.baseline_value, r.baseline_year) for r in read(table)["targets"]] == [(16200, 15400, 2021)]


BOUND = [
    ("Số vụ cháy nhà dân (không vượt quá)", "le", None, 24), ("Tỷ lệ thất nghiệp (dưới)", "lt", None, 24),
    ("Tỷ lệ cây sống (≥)", "ge", 24, None), ("Số đợt kiểm tra (ít nhất)", "ge", 24, None),
    ("Tỷ lệ hộ có điện (đạt trên)", "gt", 24, None), ("Tỷ lệ hộ có bể nước (trở lên)", "ge", 24, None),
    ("Số ca chuyển viện (tuyến trên)", "eq", 24, 24), ("Người lao động (tuổi trên 15)", "eq", 24, 24),
]  # fmt: skip


@pytest.mark.parametrize(("label", "comparator", "low", "high"), BOUND)
def test_words_in_brackets_behind_a_label_bind_its_figures(label, comparator, low, high):
    found = targets(f"TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | {label} | % | 24\n2 | Số hộ | hộ | 50")[0]
    assert found == (label, comparator, low, high, "percent", 2025)


STAGES = [("Giai đoạn 2024-2025", {None}), ("Giai đoạn 2022-2025", {600})]


@pytest.mark.parametrize(("head", "wholes"), STAGES)
def test_a_stage_holds_only_the_years_within_it(head, wholes):
    table = (
        f"TT | Nội dung | ĐVT | Năm 2022 | Năm 2023 | {head}\n1 | Nhà xây mới | căn | 100 | 150 | 600\n"
        f"2 | Nhà sửa chữa | căn | 200 | 250 | 900"
    )
    rows = read(table)["targets"]
    by_id = {r.target_id: r.value_min for r in rows}
    assert {by_id.get(r.parent_id) for r in rows if r.value_min in (100, 150)} == wholes


@pytest.mark.parametrize(("head", "wholes"), STAGES)
def test_the_money_of_a_stage_holds_only_the_years_within_it(head, wholes):
    table = (
        f"(Đơn vị tính: triệu đồng)\nTT | Nội dung | Năm 2022 | Năm 2023 | {head}\n1 | Mua sách | 100 | 150 | 600\n"
        "2 | Sửa nhà | 200 | 250 | 900"
    )
    rows = read(table)["funding"]
    by_id = {r.funding_id: r.amount_vnd / 1_000_000 for r in rows}
    assert {by_id.get(r.parent_id) for r in rows if r.year and r.purpose == "Mua sách"} == wholes


OF_PLACES = {("Xã Nhân Mỹ", 4.2), ("Xã Nhân Mỹ", 130), ("Xã Bắc Lý", 3.1), ("Xã Bắc Lý", 90)}
PLANNED = [
    ("Chỉ tiêu giao từng xã, thị trấn", OF_PLACES),
    ("PHÂN BỔ CHỈ TIÊU CHO CÁC XÃ NĂM 2023", OF_PLACES),
    ("Thống kê các xã năm 2021", set()),
]


@pytest.mark.parametrize(("caption", "expected"), PLANNED)
def test_under_a_caption_that_only_plans_each_rate_and_count_of_a_place_is_an_aim(caption, expected):
    table = (
        f"{caption}\nTT | Xã | Tỷ lệ trẻ thấp còi (%) | Trẻ uống vitamin A (trẻ)\n1 | Xã Nhân Mỹ | 4,2 | 130\n"
        "2 | Xã Bắc Lý | 3,1 | 90"
    )
    assert {(r.scope, r.value_min) for r in read(table)["targets"]} == expected
