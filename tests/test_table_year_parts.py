"""Quarters and months as columns: of figures, of money, and ticked in the plan of work."""

from __future__ import annotations

import pytest
from table_text import HEAD, MILLION, read

ONE_YEAR = HEAD.replace("giai đoạn 2022 - 2025", "năm 2022")
CAPTION = "Tiến độ thực hiện năm 2022\n"


def times(table: str, head: str = ONE_YEAR) -> list[tuple]:
    rows = [r for r in read(table, head)["deadlines"] if r.method == "deadlines.table"]
    return [(r.event, r.kind, str(r.start_date), str(r.end_date), r.precision) for r in rows]


# --- ticks -----------------------------------------------------------------------------------------------------------


def test_ticked_quarters_are_times_and_those_that_follow_one_another_are_one():
    table = (
        "TT | Nhiệm vụ | Chủ trì | Quý I | Quý II | Quý III | Quý IV\n"
        "1 | Họp dân | Công an xã | x | | | x\n"
        "2 | Mở lớp | Sở Y tế | | X | x | \n3 | Trực ban | Sở Y tế | x | x | x | x"
    )
    assert times(table) == [
        ("Họp dân", "window", "2022-01-01", "2022-03-31", "quarter"),
        ("Họp dân", "window", "2022-10-01", "2022-12-31", "quarter"),
        ("Mở lớp", "window", "2022-04-01", "2022-09-30", "quarter"),
    ]


MONTHS = [
    "TT | Việc | Đơn vị thực hiện | T1 | T2 | T3\n1 | Họp dân | Sở Y tế | | ✓ | ",
    "TT | Việc | Đơn vị thực hiện | Tháng 1 | Tháng 2 | Tháng 3\n1 | Họp dân | Sở Y tế | | x | ",
    "TT | Việc | Đơn vị thực hiện | Tháng thực hiện | | \n | | | 1 | 2 | 3\n1 | Họp dân | Sở Y tế | | x | ",
    "TT | Việc | Đơn vị thực hiện | Thời gian (tháng) | | \n | | | 1 | 2 | 3\n1 | Họp dân | Sở Y tế | | x | ",
]


@pytest.mark.parametrize("table", MONTHS)
def test_ticked_months_however_the_head_names_them(table):
    assert times(table.replace("Việc", "Nhiệm vụ")) == [("Họp dân", "window", "2022-02-01", "2022-02-28", "month")]


def test_quarters_that_are_only_numbered_under_their_head():
    table = (
        "TT | Nhiệm vụ | Chủ trì | Tiến độ theo quý | | | \n | | | I | II | III | IV\n1 | Họp dân | Sở Y tế | | | x | "
    )
    assert times(table) == [("Họp dân", "window", "2022-07-01", "2022-09-30", "quarter")]


def test_the_year_stands_over_the_quarters():
    table = (
        "TT | Nhiệm vụ | Chủ trì | Năm 2023 | | Năm 2024 | \n | | | Quý I | Quý IV | Quý I | Quý II\n"
        "1 | Họp dân | Sở Y tế | | x | x | "
    )
    assert times(table, HEAD) == [("Họp dân", "window", "2023-10-01", "2024-03-31", "quarter")]


def test_a_quarter_of_a_year_that_is_not_told_is_no_time():
    table = "TT | Nhiệm vụ | Chủ trì | Quý I | Quý II\n1 | Họp dân | Sở Y tế | x | \n2 | Mở lớp | Sở Y tế | | x"
    assert times(table, HEAD) == []
    assert times(CAPTION + table, HEAD)[0][2] == "2022-01-01"


def test_ticked_years_are_times_of_tasks():
    table = "TT | Nhiệm vụ | Chủ trì | 2022 | 2023 | 2024 | 2025\n1 | Họp dân | Sở Y tế | | x | x | \n"
    table += "2 | Thi | Sở Y tế | x | x | x | x"
    assert times(table, HEAD) == [("Họp dân", "window", "2023-01-01", "2024-12-31", "year")]


# --- figures ---------------------------------------------------------------------------------------------------------


def aims(table: str, head: str = ONE_YEAR) -> list[tuple]:
    rows = read(table, head)["targets"]
    names = {r.target_id: r.indicator_text for r in rows}
    return [(r.indicator_text, r.value_min, r.unit, r.due_year, names.get(r.parent_id)) for r in rows]


def test_counts_of_quarters_are_parts_of_the_year_and_say_which():
    table = "STT | Chỉ tiêu | ĐVT | Quý I | Quý II | Cả năm\n1 | Số lớp tập huấn | lớp | 2 | 3 | 5"
    assert aims(table) == [
        ("Số lớp tập huấn", 5, "class", 2022, None),
        ("Số lớp tập huấn - Quý I", 2, "class", 2022, "Số lớp tập huấn"),
        ("Số lớp tập huấn - Quý II", 3, "class", 2022, "Số lớp tập huấn"),
    ]


def test_counts_that_run_up_to_the_year_and_rates_are_no_parts_that_add_up():
    table = (
        "STT | Chỉ tiêu | ĐVT | Cả năm | Quý I | Quý II\n1 | Số lớp tập huấn | lớp | 5 | 2 | 5\n"
        "2 | Tỷ lệ hộ nghèo | % | 4 | 5 | 4,5"
    )
    rows = read(table, ONE_YEAR)
    assert {parent for *_, parent in aims(table)} == {None}
    assert not [f for f in rows["findings"] if f.check == "sum_mismatch"]
    assert {r.indicator_code for r in rows["targets"] if "Quý" in r.indicator_text} == {None}


def test_quarters_of_a_year_that_is_not_told_give_a_finding():
    table = "STT | Chỉ tiêu | ĐVT | Quý I | Quý II\n1 | Số lớp tập huấn | lớp | 2 | 3"
    rows = read(table)
    assert rows["targets"] == []
    assert [f.check for f in rows["findings"]] == ["unparsed_amount"]


def test_money_of_quarters_is_part_of_the_sum_and_no_total():
    table = (
        "Kinh phí (ĐVT: triệu đồng)\nTT | Nội dung | Tổng | Quý I | Quý II\n"
        "1 | Mở lớp | 45,5 | 30 | 15,5\n2 | In sách | 20 | | 20\n | Tổng cộng | 65,5 | 30 | 35,5"
    )
    rows = read(table, ONE_YEAR)["funding"]
    assert [(r.amount_vnd / MILLION, r.year) for r in rows] == [
        (45.5, 2022), (30, 2022), (15.5, 2022), (20, 2022), (20, 2022), (65.5, 2022), (30, 2022), (35.5, 2022)
    ]  # fmt: skip
    assert [r.amount_vnd / MILLION for r in rows if r.kind == "total"] == [65.5]
    without = read(table.replace("Tổng | ", "").replace("45,5 | ", "").replace("20 | |", "|").replace("65,5 | ", ""))
    assert {r.kind for r in without["funding"]} == {"component"}


def test_two_tables_laid_out_with_spaces_have_columns_of_their_own():
    table = (
        "STT   Nội dung công việc        Đơn vị thực hiện      Quý I    Quý II    Quý III\n"
        "1     Tổ chức hội làng          Sở Y tế                          x         x\n"
        "2     Liên hoan văn nghệ        Sở Nội vụ                                  x\n"
        "DỰ TOÁN KINH PHÍ (ĐVT: triệu đồng)\n"
        "STT   Nội dung                  Tổng       Quý I     Quý II    Quý III\n"
        "1     Tổ chức hội làng          85                   50        35\n"
    )
    assert [(event, start, end) for event, _, start, end, _ in times(table)] == [
        ("Tổ chức hội làng", "2022-04-01", "2022-09-30"), ("Liên hoan văn nghệ", "2022-07-01", "2022-09-30")
    ]  # fmt: skip
    assert [r.amount_vnd // MILLION for r in read(table, ONE_YEAR)["funding"]] == [85, 50, 35]


# --- quarters of two years -------------------------------------------------------------------------------------------

TICKED = "TT | Nhiệm vụ | Chủ trì | Năm 2022 | Năm 2023\n{}\n1 | Họp dân | Sở Y tế | {}\n2 | Mở lớp | Sở Nội vụ | {}"
TURNS = [
    ("Quý III | Quý IV | Quý I | Quý II", "x | | | ", "| | | x", "2022-07-01", "2023-04-01"),
    ("Quý IV | Quý I | Quý II", "x | | ", "| x | ", "2022-10-01", "2023-01-01"),
    ("Tháng 12 | Tháng 1 | Tháng 2", "x | | ", "| | x", "2022-12-01", "2023-02-01"),
]


@pytest.mark.parametrize(("parts", "first", "second", "start", "begin"), TURNS)
def test_quarters_begin_anew_with_each_year(parts, first, second, start, begin):
    assert [(event, day) for event, _, day, _, _ in times(TICKED.format(parts, first, second), HEAD)] == [
        ("Họp dân", start), ("Mở lớp", begin)
    ]  # fmt: skip


def test_a_year_with_one_quarter_takes_no_other():
    table = "STT | Chỉ tiêu | ĐVT | Năm 2022 | Năm 2023\nQuý IV | Quý I | Quý II | Quý III\n"
    table += "1 | Số lớp tập huấn | lớp | 2 | 3 | 4 | 5\n2 | Số mô hình | mô hình | 1 | 6 | 7 | 8"
    assert [due for *_, due, _ in aims(table, HEAD)] == [2022, 2023, 2023, 2023] * 2


RUNNING_ON = [
    TICKED.format("Quý I | Quý II | Quý III | Quý IV", "x | | x | ", "| x | | x"),
    "TT | Nhiệm vụ | Chủ trì | Quý III | Quý IV | Quý I\n1 | Họp dân | Sở Y tế | x | | \n2 | Thi | Sở Y tế | | x | ",
    "STT | Chỉ tiêu | ĐVT | Năm 2022 | Năm 2023\nQuý I | Quý II | Quý III | Quý IV\n"
    "1 | Số lớp tập huấn | lớp | 2 | 3 | 1 | 1\n2 | Số mô hình | mô hình | 2 | 3 | 1 | 1",
]


@pytest.mark.parametrize("table", RUNNING_ON)
def test_where_nothing_tells_where_a_year_ends_a_finding_says_so(table):
    rows = read(table)
    assert rows["targets"] == []
    assert [r.method for r in rows["deadlines"]] == ["deadlines.period"]
    assert [f.check for f in rows["findings"]] == ["unparsed_amount"]


def test_ticks_all_over_are_no_loss():
    table = "TT | Nhiệm vụ | Chủ trì | Quý I | Quý II | Quý III | Quý IV\n1 | Thi | Sở Y tế | x | x | x | x\n"
    assert read(table + "2 | Họp dân | Sở Y tế | x | x | x | x", ONE_YEAR)["findings"] == []
