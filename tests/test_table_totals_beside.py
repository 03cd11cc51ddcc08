"""Totals that sentences tell beside tables, and sums in the titles of groups of rows."""

from __future__ import annotations

import pytest
from table_text import MILLION, read

TABLE = (
    "Đơn vị tính: triệu đồng\nTT | Nội dung | Kinh phí\n1 | Kè suối | 1.500\n2 | Sửa chợ | 2.500{}"
)  # fmt: skip
SUM = "\n| Cộng | 4.000"


def wrong(rows) -> list[tuple[float, float]]:
    return [(r.expected / MILLION, r.actual / MILLION) for r in rows["findings"] if r.check == "sum_mismatch"]


LEADS = [
    "Tổng kinh phí thực hiện Kế hoạch là 4.500 triệu đồng, cụ thể như sau:",
    "Tổng kinh phí thực hiện: 4,5 tỷ đồng, chi tiết theo bảng dưới đây:",
]


@pytest.mark.parametrize("end", ["", SUM])
@pytest.mark.parametrize("lead", LEADS)
def test_a_total_that_leads_over_to_a_table_of_another_sum(lead, end):
    assert wrong(read(f"{lead}\n{TABLE.format(end)}")) == [(4500, 4000)]


RIGHT = [
    "Tổng kinh phí thực hiện Kế hoạch là 4.000 triệu đồng, cụ thể như sau:",
    "Tổng kinh phí thực hiện Kế hoạch khoảng 4.500 triệu đồng, cụ thể như sau:",
    "Tổng kinh phí thực hiện Kế hoạch là 4 tỷ đồng, cụ thể như sau:",
    "Tổng kinh phí thực hiện Kế hoạch là 9.500 triệu đồng, trong đó hạ tầng như sau:",
    "Tổng kinh phí thực hiện Kế hoạch là 4.500 triệu đồng, trong đó ngân sách tỉnh 4.000 triệu đồng, phân bổ như sau:",
]


@pytest.mark.parametrize("lead", RIGHT)
def test_a_total_that_agrees_or_is_one_of_something_else(lead):
    assert wrong(read(f"{lead}\n{TABLE.format(SUM)}")) == []


def test_a_sum_told_with_fewer_digits_agrees_up_to_its_last():
    table = TABLE.format("").replace("2.500", "2.540")
    assert wrong(read(f"Tổng kinh phí là 4,0 tỷ đồng, cụ thể như sau:\n{table}")) == []
    assert wrong(read(f"Tổng kinh phí là 4.000 triệu đồng, cụ thể như sau:\n{table}")) == [(4000, 4040)]


def test_a_total_above_a_table_of_another_year_or_far_away_is_not_held_against_it():
    assert wrong(read("Tổng kinh phí là 4.500 triệu đồng.\nKinh phí của năm 2023\n" + TABLE.format(SUM))) == []


BELOW = [
    "Tổng cộng {} triệu đồng, trong đó ngân sách tỉnh 2.500 triệu đồng, ngân sách huyện {} triệu đồng.",
    "Tổng cộng: {} triệu đồng (trong đó: ngân sách tỉnh 2.500 triệu đồng; ngân sách huyện {} triệu đồng).",
]


@pytest.mark.parametrize("line", BELOW)
def test_a_total_below_a_table_with_what_it_is_made_of(line):
    rows = read(f"{TABLE.format('')}\n{line.format('4.500', '2.000')}")
    assert wrong(rows) == [(4500, 4000)]
    told = [(r.kind, r.amount_vnd / MILLION, r.source) for r in rows["funding"]]
    assert told[2:] == [
        ("total", 4500, None), ("component", 2500, "provincial_budget"), ("component", 2000, "district_budget"),
    ]  # fmt: skip
    assert wrong(read(f"{TABLE.format('')}\n{line.format('4.000', '1.500')}")) == []


def test_counts_beside_a_table():
    table = "TT | Xã | Số nhà\n1 | Xã Ba Sao | 20\n2 | Xã Liên Sơn | 30\n| Cộng | 50"
    for said, want in (("60", [(60, 50)]), ("50", []), ("khoảng 60", [])):
        rows = read(f"Năm 2023 xây mới {said} nhà cho hộ nghèo, giao các xã như sau:\n{table}")
        assert [(r.expected, r.actual) for r in rows["findings"] if r.check == "sum_mismatch"] == want


GROUPS = [
    ("I. Đường xá: 3.000 triệu đồng", "II. Lớp học: 1.000 triệu đồng"),
    ("I | Đường xá (3.000 triệu đồng) |", "II | Lớp học (kinh phí 1.000 triệu đồng) |"),
    ("I | Đường xá: 3 tỷ đồng | ", "II | Lớp học - 1 tỷ đồng | "),
]


@pytest.mark.parametrize(("first", "second"), GROUPS)
def test_the_sum_in_the_title_of_a_group_is_that_of_its_rows(first, second):
    table = (
        f"(Đơn vị: triệu đồng)\nTT | Nội dung | Kinh phí\n{first}\n1 | Kè suối | 1.000\n2 | Sửa cầu | 2.000\n"
        f"{second}\n1 | Mở lớp | 400\n2 | In sách | 600\n| Cộng | 4.000"
    )
    rows = read(table)["funding"]
    names = {r.funding_id: r.purpose for r in rows}
    assert [(r.purpose, r.amount_vnd / MILLION, names.get(r.parent_id)) for r in rows if r.kind != "total"] == [
        ("Đường xá", 3000, None), ("Kè suối", 1000, "Đường xá"), ("Sửa cầu", 2000, "Đường xá"),
        ("Lớp học", 1000, None), ("Mở lớp", 400, "Lớp học"), ("In sách", 600, "Lớp học"),
    ]  # fmt: skip
    assert wrong(read(table.replace("600", "660"))) == [(1000, 1060)]


NO_SUMS = ["Đường xá (50 triệu đồng/km)", "Đường xá", "Đường xá (vốn năm 2023)", "Đường xá (từ 3 tỷ đồng trở lên)"]


@pytest.mark.parametrize("title", NO_SUMS)
def test_titles_without_a_sum_of_their_own(title):
    table = f"(Đơn vị: triệu đồng)\nTT | Nội dung | Kinh phí\nI | {title} |\n1 | Kè suối | 1.000\n2 | Sửa cầu | 2.000"
    assert [r.purpose for r in read(table)["funding"]] == ["Kè suối", "Sửa cầu"]
