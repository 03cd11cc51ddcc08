"""Totals of tables whose cells were merged: told in words over the whole width, or in fewer cells than columns."""

from __future__ import annotations

import pytest
from table_text import MILLION, read

MONEY = "Dự toán (ĐVT: triệu đồng)\nTT | Nội dung | Số lượng | Thành tiền\n"
MONEY += "1 | Thuê loa | 3 | 310\n2 | Giấy mời | 20 | 390\n"


def funding(table: str) -> list[tuple]:
    rows = read(table)["funding"]
    totals = {r.funding_id: r.amount_vnd / MILLION for r in rows}
    return [(r.kind, r.amount_vnd / MILLION, totals.get(r.parent_id)) for r in rows]


def findings(table: str) -> list[tuple]:
    return [(f.check, f.expected, f.actual) for f in read(table)["findings"]]


WHOLE = [("component", 310, 700), ("component", 390, 700), ("total", 700, None)]


@pytest.mark.parametrize(
    "line",
    [
        "Tổng cộng: 700 triệu đồng | | | ", "Tổng cộng: 700 | | | ", "Tổng cộng: 700 triệu đồng",
        "Tổng cộng: 700 triệu đồng (Bảy trăm triệu đồng).", "Cộng: 700 triệu đồng. Bằng chữ: Bảy trăm triệu đồng.",
        "Tổng số tiền: 700.000.000 đồng", "TỔNG CỘNG (1+2): 700 triệu đồng | | | ",
        "Cộng: 700 triệu đồng | Cộng: 700 triệu đồng | Cộng: 700 triệu đồng | Cộng: 700 triệu đồng",
        "Cộng (1+2) | 700", " | Tổng cộng | 700",
    ],
)  # fmt: skip
def test_a_line_over_the_whole_width_tells_the_total(line):
    assert funding(MONEY + line) == WHOLE
    assert findings(MONEY + line) == []


def test_it_may_stand_over_the_rows():
    head, rows = MONEY.split("tiền\n")
    assert funding(f"{head}tiền\nTổng cộng: 700 triệu đồng | | | \n{rows}") == [WHOLE[2], *WHOLE[:2]]


def test_a_total_that_the_rows_do_not_make_is_told_and_found_wrong():
    table = f"{MONEY}Tổng cộng: 800 triệu đồng | | | "
    assert funding(table)[-1] == ("total", 800, None)
    assert findings(table) == [("sum_mismatch", 800 * MILLION, 700 * MILLION)]


@pytest.mark.parametrize("line", [" | Cộng | 23", " | Cộng | 800"])
def test_a_figure_that_no_column_of_money_makes_is_not_told(line):
    assert [kind for kind, *_ in funding(MONEY + line)] == ["component"] * 2
    assert [check for check, *_ in findings(MONEY + line)] == ["unparsed_amount"]


@pytest.mark.parametrize(
    "line",
    [
        "Tổng số lớp: 12 lớp | | | ", "Tổng cộng: 12 lớp | | | ", "Tổng hợp: 700 triệu đồng", "Cộng: 7 triệu đồng/lớp",
        "Cộng tác viên: 700 triệu đồng",
    ],
)  # fmt: skip
def test_other_lines_are_no_totals(line):
    assert not [row for row in funding(MONEY + line) if row[0] == "total"]


def test_a_total_that_has_its_cells_is_told_once():
    table = f"{MONEY} | Tổng cộng | | 700\nTổng cộng: 700 triệu đồng"
    assert funding(table) == WHOLE


def test_sums_of_groups_and_of_all():
    table = (
        "Dự toán (ĐVT: triệu đồng)\nTT | Nội dung | Thành tiền\nI | Hội thi | \n"
        "1 | Thuê loa | 310\n2 | Giấy mời | 390\n"
        "Cộng I: 700 triệu đồng | | \nII | In ấn | \n1 | Sách | 150\n2 | Tờ rơi | 50\nCộng II: 200 triệu đồng | | \n"
        "Tổng cộng (I + II): 900 triệu đồng | | "
    )
    assert funding(table) == [
        ("component", 310, 700), ("component", 390, 700), ("component", 700, 900),
        ("component", 150, 200), ("component", 50, 200), ("component", 200, 900), ("total", 900, None),
    ]  # fmt: skip


def test_a_total_over_columns_of_years_is_of_none():
    table = "Kinh phí (ĐVT: triệu đồng)\nTT | Nội dung | Năm 2022 | Năm 2023\n1 | Loa | 10 | 20\n2 | In | 30 | 40\n"
    rows = read(f"{table}Tổng cộng: 100 triệu đồng")["funding"]
    assert [(r.amount_vnd / MILLION, r.year) for r in rows if r.kind == "total"] == [(100, None)]
