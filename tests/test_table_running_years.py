"""Years that were running or over when the plan was issued: where their figures start from, and when they are aims."""

from __future__ import annotations

import pytest
from table_text import HEAD, read

TABLE = "TT | Chỉ tiêu | ĐVT | {}\n1 | Số hộ vay vốn | hộ | {}\n2 | Số nhà xây | nhà | {}"
PARTS = "TT | Chỉ tiêu | ĐVT | Năm 2021 | Năm 2022 | Năm 2023\nKH | Ước TH\n"
PARTS += "1 | Số hộ vay vốn | hộ | 10 | 11 | 20 | 30\n2 | Số nhà xây | nhà | 5 | 6 | 7 | 8"


def head(day: str, month: str, year: int, period: str = "giai đoạn 2022 - 2025") -> str:
    issued = HEAD.replace("ngày 12 tháng 01 năm 2022", f"ngày {day} tháng {month} năm {year}")
    return issued.replace("giai đoạn 2022 - 2025", period)


def aims(table: str, over: str) -> list[tuple]:
    rows = [r for r in read(table, over)["targets"] if r.unit == "household"]
    return [(r.value_min, r.due_year, r.confidence >= 0.7, r.baseline_value, r.baseline_year) for r in rows]


def told(table: str, over: str) -> list[str]:
    return [f.quote for f in read(table, over)["findings"] if f.check == "unparsed_amount"]


def test_the_year_before_the_plan_is_where_its_aims_start_from():
    table = TABLE.format("2021 | 2022 | 2025", "10 | 20 | 30", "5 | 6 | 7")
    for over in (head("12", "12", 2021), head("12", "3", 2022)):
        assert aims(table, over) == [(20, 2022, True, 10, 2021), (30, 2025, True, 10, 2021)]
        assert told(table, over) == []


YEARS = TABLE.format("{}2022 | 2023 | 2025", "10 | 20 | 30", "5 | 6 | 7")


@pytest.mark.parametrize(
    ("month", "year", "sure"), [("3", 2022, True), ("9", 2022, True), ("11", 2022, False), ("3", 2023, False)]
)
def test_the_plans_first_year_is_in_doubt_where_it_was_nearly_over(month, year, sure):
    found = aims(YEARS.format(""), head("12", month, year))
    assert [(value, due, certain) for value, due, certain, *_ in found] == [
        (10, 2022, sure), (20, 2023, True), (30, 2025, True)
    ]  # fmt: skip
    assert told(YEARS.format(""), head("12", month, year)) == ([] if sure else ["2022"])


def test_a_head_that_plans_its_year_leaves_no_doubt():
    assert [sure for _, _, sure, *_ in aims(YEARS.format("Kế hoạch "), head("12", "11", 2022))] == [True] * 3
    one = TABLE.format("2021 | 2022", "10 | 20", "5 | 6")
    assert aims(one, head("12", "11", 2022, "năm 2022")) == [(20, 2022, True, 10, 2021)]


def test_what_a_year_brought_is_of_one_that_was_over():
    assert aims(PARTS.replace("Ước TH", "Thực hiện"), head("12", "6", 2022)) == [
        (20, 2022, True, 11, 2021), (30, 2023, True, 11, 2021)
    ]  # fmt: skip


RUNNING = [("12", 2021, 2021), ("3", 2022, 2021), ("11", 2022, 2022), ("6", 2022, None)]


@pytest.mark.parametrize(("month", "year", "running"), RUNNING)
def test_plan_and_estimate_are_of_the_year_that_ran_when_the_plan_was_issued(month, year, running):
    found = aims(PARTS, head("12", month, year))
    if running is None:
        assert found == []
        assert len(told(PARTS, head("12", month, year))) == 1
    elif running == 2021:
        assert found == [(20, 2022, True, 11, 2021), (30, 2023, True, 11, 2021)]
    else:
        assert found == [(11, 2022, True, 20, 2022), (30, 2023, True, 20, 2022)]
