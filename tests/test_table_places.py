"""Tables whose columns are places, whose rows are years, or which do not say what they count."""

from __future__ import annotations

import pytest
from table_text import MILLION, money, read


def aims(table: str) -> list[tuple]:
    """Indicator, place, value, unit and year of each target."""
    return [(r.indicator_text, r.scope, r.value_min, r.unit, r.due_year) for r in read(table)["targets"]]


# --- places in columns -----------------------------------------------------------------------------------------------

ESCAPED = "Số hộ thoát nghèo"
BY_PLACE = [
    "Giao chỉ tiêu năm 2023\nTT | Chỉ tiêu | ĐVT | Toàn tỉnh | Huyện Bình Lục | TX Duy Tiên\n"
    "1 | {} | hộ | 500 | 200 | 300",
    "| TT | Chỉ tiêu | ĐVT | Kế hoạch năm 2023 | Chia theo huyện | |\n|---|---|---|---|---|---|\n"
    "| | | | | Huyện Bình Lục | TX Duy Tiên |\n| 1 | {} | hộ | 500 | 200 | 300 |",
    "Biểu giao kế hoạch năm 2023\nTT\tNội dung\tĐVT\tTổng số\tHuyện Bình Lục\tTX Duy Tiên\n1\t{}\thộ\t500\t200\t300",
]


@pytest.mark.parametrize("table", BY_PLACE)
def test_columns_of_places_give_their_place_and_the_count_of_all_holds_them(table):
    rows = read(table.format(ESCAPED))["targets"]
    assert [(r.scope, r.value_min, r.unit, r.due_year) for r in rows] == [
        (None, 500, "household", 2023), ("Huyện Bình Lục", 200, "household", 2023),
        ("TX Duy Tiên", 300, "household", 2023),
    ]  # fmt: skip
    assert [r.parent_id for r in rows] == [None, rows[0].target_id, rows[0].target_id]
    assert {(r.indicator_text, r.indicator_code) for r in rows} == {(ESCAPED, "poverty.households_escaped")}


def test_bare_names_are_places_where_the_caption_or_a_head_says_so():
    table = "TT | Chỉ tiêu | ĐVT | Toàn huyện | An Ninh | Bồ Đề\n1 | Số lớp tập huấn | lớp | 7 | 3 | 4"
    assert [scope for _, scope, *_ in aims(table)] == [None, "An Ninh", "Bồ Đề"]
    table = "Phân bổ chỉ tiêu cho các xã\nTT | Chỉ tiêu | ĐVT | An Ninh | Bồ Đề\n1 | Số lớp tập huấn | lớp | 3 | 4"
    assert [(scope, value) for _, scope, value, *_ in aims(table)] == [("An Ninh", 3), ("Bồ Đề", 4)]
    assert aims(table.replace("Phân bổ chỉ tiêu cho các xã\n", "")) == []


def test_places_that_do_not_make_the_whole_are_reported():
    table = "TT | Chỉ tiêu | ĐVT | Toàn huyện | Xã An Ninh | Xã Bồ Đề\n1 | Số lớp tập huấn | lớp | 100 | 58 | 40"
    assert [(f.expected, f.actual) for f in read(table)["findings"] if f.check == "sum_mismatch"] == [(100, 98)]


def test_figures_of_places_that_nothing_aims_at_are_no_targets_but_reported():
    table = "Số liệu các huyện\nTT | Nội dung | ĐVT | Huyện Bình Lục | Huyện Lý Nhân\n1 | Số chợ | chợ | 12 | 15"
    assert aims(table) == []
    assert [f.check for f in read(table)["findings"] if f.check == "unparsed_amount"] == ["unparsed_amount"]
    past = read("1. Kết quả thực hiện năm 2021\n" + table)
    assert (past["targets"], [f for f in past["findings"] if f.check == "unparsed_amount"]) == ([], [])


NO_PLACES = ["Xã đạt chuẩn | Xã nâng cao", "XÃ ĐẠT CHUẨN | XÃ NÂNG CAO", "Hộ nghèo | Hộ cận nghèo"]


@pytest.mark.parametrize("heads", NO_PLACES)
def test_heads_that_only_open_like_places_are_none(heads):
    table = f"Chỉ tiêu\nTT | Nội dung | ĐVT | {heads}\n1 | Xây dựng nông thôn mới | xã | 12 | 15"
    assert not [scope for _, scope, *_ in aims(table) if scope]


def test_columns_of_places_under_years():
    table = (
        "| TT | Chỉ tiêu | ĐVT | Năm 2023 | | Năm 2024 | |\n|---|---|---|---|---|---|---|\n"
        "| | | | Huyện Bình Lục | TP Phủ Lý | Huyện Bình Lục | TP Phủ Lý |\n| 1 | Số lớp | lớp | 5 | 6 | 7 | 8 |"
    )
    assert [(scope, value, year) for _, scope, value, _, year in aims(table)] == [
        ("Huyện Bình Lục", 5, 2023), ("TP Phủ Lý", 6, 2023), ("Huyện Bình Lục", 7, 2024), ("TP Phủ Lý", 8, 2024),
    ]  # fmt: skip


def test_columns_of_levels_of_places():
    table = "TT | Chỉ tiêu | ĐVT | Cấp tỉnh | Cấp huyện\n1 | Tỷ lệ hồ sơ trực tuyến | % | 100 | ≥ 90"
    assert [(r.scope, r.comparator, r.value_min) for r in read(table)["targets"]] == [
        ("Cấp tỉnh", "eq", 100), ("Cấp huyện", "ge", 90),
    ]  # fmt: skip


def test_money_in_columns_of_places_goes_to_them():
    table = (
        "ĐVT: triệu đồng\nTT | Nội dung | Toàn tỉnh | Huyện Bình Lục | Huyện Lý Nhân\n"
        "1 | Xây trường | 500 | 200 | 300\n| Tổng cộng | 500 | 200 | 300"
    )
    rows = read(table)["funding"]
    by_id = {r.funding_id: r for r in rows}
    parts = [r for r in rows if r.purpose == "Xây trường"]
    assert [(r.beneficiary, r.amount_vnd / MILLION, by_id[r.parent_id].purpose) for r in parts] == [
        (None, 500, None), ("Huyện Bình Lục", 200, "Xây trường"), ("Huyện Lý Nhân", 300, "Xây trường"),
    ]  # fmt: skip


# --- years in rows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["{}", "Năm {}", "năm {}."])
def test_years_in_rows_behind_a_running_number(year):
    table = (
        f"TT | Năm | Số hộ | Kinh phí (triệu đồng)\n1 | {year.format(2022)} | 100 | 200\n"
        f"2 | {year.format(2023)} | 120 | 240\n| Tổng | 220 | 440"
    )
    assert aims(table) == [
        ("Số hộ", None, 100, "household", 2022), ("Số hộ", None, 120, "household", 2023),
        ("Số hộ", None, 220, "household", 2025),
    ]  # fmt: skip
    assert money(table) == [(200, 2022, None), (240, 2023, None), (440, None, None)]
    assert not [r for r in read(table)["deadlines"] if r.kind != "period"]


def test_years_in_rows_with_sources_in_columns():
    table = "ĐVT: triệu đồng\nNăm | Tổng | NSTW | NSĐP\n2022 | 30 | 10 | 20\n2023 | 40 | 15 | 25"
    assert money(table) == [
        (30, 2022, None), (10, 2022, "central_budget"), (20, 2022, "local_budget"),
        (40, 2023, None), (15, 2023, "central_budget"), (25, 2023, "local_budget"),
    ]  # fmt: skip


def test_stages_in_rows_and_years_before_the_plan():
    table = "TT | Giai đoạn | Số xã có chợ\n1 | 2016 - 2020 | 9\n2 | 2022 - 2023 | 10\n3 | 2024 - 2025 | 12"
    assert [(value, year) for _, _, value, _, year in aims(table)] == [(10, 2023), (12, 2025)]


def test_a_whole_over_figures_stays_one():
    table = "TT | Chỉ tiêu | ĐVT | Giai đoạn | 2022 | 2023\n1 | Số lớp tập huấn | lớp | 50 | 20 | 30"
    assert [(value, year) for _, _, value, _, year in aims(table)] == [(50, 2025), (20, 2022), (30, 2023)]


# --- what is counted -------------------------------------------------------------------------------------------------

BARE = "TT | {} | Tổng | 2022 | 2023{}\n1 | Xây trường | 500 | 200 | 300{}\n2 | Xây trạm | 100 | 40 | 60{}"
UNTOLD = [
    BARE.format("Nội dung", "", "", ""), BARE.format("Huyện", "", "", ""),
    BARE.format("Nội dung", " | Cơ quan chủ trì", " | Sở Y tế", " | Sở Nội vụ"),
    "Kinh phí thực hiện\n" + BARE.format("Nội dung", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("table", UNTOLD)
def test_a_bare_total_beside_years_without_a_unit_is_reported(table):
    rows = read(table)
    assert (rows["targets"], [r for r in rows["funding"] if r.amount_vnd]) == ([], [])
    assert [f.check for f in rows["findings"] if f.check == "unparsed_amount"] == ["unparsed_amount"]


def test_a_bare_total_beside_past_years_is_not_reported():
    rows = read(BARE.format("Nội dung", "", "", "").replace("2022", "2018").replace("2023", "2019"))
    assert not [f for f in rows["findings"] if f.check == "unparsed_amount"]


def test_rows_that_say_what_they_count_give_a_bare_total_its_unit():
    head = "TT | Chỉ tiêu | Tổng | 2022 | 2023"
    table = f"{head}\n1 | Số hộ vay vốn | 500 | 200 | 300\n2 | Diện tích ngô (ha) | 90 | 40 | 50"
    assert [(value, unit, year) for _, _, value, unit, year in aims(table)] == [
        (500, "household", 2025), (200, "household", 2022), (300, "household", 2023),
        (90, "hectare", 2025), (40, "hectare", 2022), (50, "hectare", 2023),
    ]  # fmt: skip


def test_a_table_of_indicators_whose_columns_are_not_known_is_reported():
    rows = read("TT | Nội dung | ĐVT | Đợt 1 | Đợt 2\n1 | Số lớp tập huấn | lớp | 1 | 2")
    assert rows["targets"] == []
    assert [f.check for f in rows["findings"] if f.check == "unparsed_amount"] == ["unparsed_amount"]


RATES_OF_PLACES = (
    "{caption}\nTT | Xã | Tỷ lệ hộ có bể nước (%) | {rate} | Số ấp đạt chuẩn (ấp)\n1 | Xã Nhân Mỹ | 74 | 66 | 4\n"
    "2 | Xã Bắc Lý | 71 | 62 | 3"
)


@pytest.mark.parametrize(
    "caption",
    ["CHỈ TIÊU NƯỚC SẠCH, VỆ SINH CỦA CÁC XÃ", "1. Chỉ tiêu y tế các xã:", "Các chỉ tiêu như sau:", "Mục tiêu số hóa"],
)
def test_a_caption_of_aims_makes_each_rate_of_a_place_one(caption):
    rows = read(RATES_OF_PLACES.format(caption=caption, rate="Tỷ lệ hộ có nhà tắm (%)"))["targets"]
    assert [r.value_min for r in rows] == [74, 66, 4, 71, 62, 3]


@pytest.mark.parametrize(
    "caption", ["Tình hình thực hiện chỉ tiêu y tế các xã", "Chỉ tiêu y tế các xã đã đạt", "Kết quả nước sạch các xã"]
)
def test_a_caption_that_tells_how_it_went_makes_them_none(caption):
    rows = read(RATES_OF_PLACES.format(caption=caption, rate="Tỷ lệ hộ có nhà tắm (%)"))["targets"]
    assert not [r for r in rows if r.unit == "percent"]


@pytest.mark.parametrize("rate", ["Tỷ lệ hộ có nhà tắm hiện nay (%)", "Tỷ lệ rà soát (%)"])
def test_a_rate_that_tells_how_things_stand_is_none_under_it(rate):
    rows = read(RATES_OF_PLACES.format(caption="Chỉ tiêu y tế các xã", rate=rate))["targets"]
    assert [r.value_min for r in rows] == [74, 4, 71, 3]


def test_what_places_are_to_do_by_the_heads_of_their_figures():
    table = (
        "Phân bổ chỉ tiêu\nTT | Cụm | Số gọi khám | Chỉ tiêu giao quân | Chỉ tiêu tuyển công an\n"
        "1 | Cụm 1 (khu phố 1 - 4) | 40 | 13 | 3\n2 | Cụm 2 (khu phố 5 - 9) | 37 | 12 | 2"
    )
    assert [(r.scope, r.value_min) for r in read(table)["targets"]] == [
        ("Cụm 1 (khu phố 1 - 4)", 13), ("Cụm 1 (khu phố 1 - 4)", 3),
        ("Cụm 2 (khu phố 5 - 9)", 12), ("Cụm 2 (khu phố 5 - 9)", 2),
    ]  # fmt: skip


def test_criteria_that_were_reached_are_no_such_figures():
    table = "Phân bổ\nTT | Xã | Chỉ tiêu đã đạt | Ghi chú\n1 | Xã Nhân Mỹ | 13 | \n2 | Xã Bắc Lý | 12 | "
    assert read(table)["targets"] == []
