"""Tables whose cells stand on lines of their own: rows that name groups, and cells that are whole times."""

from __future__ import annotations

import pytest
from cleaning_text import cleaned
from table_text import MILLION, read

HEAD = ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành", "Kinh phí (triệu đồng)"]
GROUPS = ["I", "Chọn giống ong"], ["II", "Bán mật ong"]
ROWS = (
    ["1", "Chọn đàn ong chúa", "Sở Nội vụ", "Cả năm", "120"],
    ["2", "Đóng thùng gỗ", "Sở Y tế", "Quý II/2022", "64"],
    ["3", "Mở phiên chợ mật", "Sở Công Thương", "Hằng quý", "40"],
)
AGAIN = ["1", *ROWS[2][1:]]


def lines(*rows: list[str]) -> str:
    """A table with a cell on each line."""
    return "\n".join(cell for row in (HEAD, *rows, ["Tổng cộng", "224"]) for cell in row)


def leads(table: str) -> list[tuple[str, str]]:
    """The bodies that lead, with their tasks, of a table alone."""
    return [(r.agency_text, r.task) for r in read(table, tail="")["assignments"] if r.role == "lead"]


EXPECTED = [(row[2], row[1]) for row in ROWS]


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        (GROUPS[0], *ROWS[:2], GROUPS[1], ROWS[2]),
        (*ROWS[:2], GROUPS[1], ROWS[2]),
        (GROUPS[0], *ROWS[:2], GROUPS[1], AGAIN),
    ],
)
def test_rows_below_the_names_of_groups_are_of_the_table(rows):
    table = lines(*rows)
    assert leads(table) == EXPECTED
    assert [r.amount_vnd / MILLION for r in read(table, tail="")["funding"]] == [120, 64, 40, 224]


def test_a_group_that_does_not_go_on_counting_ends_the_table():
    table = lines(*ROWS[:2], GROUPS[1], ["7", *ROWS[2][1:]])
    assert EXPECTED[2] not in leads(table)


@pytest.mark.parametrize("time", ["Cả năm", "Hằng quý", "Hàng năm", "Trong năm", "6 tháng cuối năm"])
def test_a_whole_time_and_the_figure_below_it_are_two_lines(time):
    assert f"\n{time}\n75\n" in cleaned(f"Danh mục nuôi ong\n{time}\n75\nNơi khác\n")


@pytest.mark.parametrize(("above", "below"), [("Trong năm", "2022 mở hai phiên chợ."), ("Cả năm", "2023")])
def test_a_whole_time_goes_on_with_its_year(above, below):
    assert f"{above} {below}" in cleaned(f"Danh mục nuôi ong\n{above}\n{below}\n")
