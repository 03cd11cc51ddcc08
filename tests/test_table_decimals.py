"""Dots and commas where each row has its own unit: thousands, decimals, and what cannot be told."""

from __future__ import annotations

import pytest
from table_text import HEAD, read

TABLE = "TT | Chỉ tiêu | ĐVT | Năm 2023 | Năm 2025\n1 | {} | {} | {} | {}"


def values(name: str, unit: str, *cells: str) -> list[float]:
    return [r.value_min for r in read(TABLE.format(name, unit, *cells))["targets"]]


TOLD = [
    ("Diện tích lúa", "ha", ("1.250", "1.300,5"), [1250, 1300.5]),
    ("Năng suất lúa", "tạ/ha", ("60,5", "61,25"), [60.5, 61.25]),
    ("Sản lượng", "nghìn tấn", ("371,25", "365,125"), [371250, 365125]),
    ("Sản lượng", "tấn", ("1,5", "1,250"), [1.5, 1.25]),
    ("Đàn lợn", "nghìn con", ("352,5", "360,125"), [352500, 360125]),
    ("Chiều dài kênh", "km", ("0,75", "1,125"), [0.75, 1.125]),
]


@pytest.mark.parametrize(("name", "unit", "cells", "want"), TOLD)
def test_decimals_that_the_row_tells(name, unit, cells, want):
    assert values(name, unit, *cells) == want


OPEN = [
    ("Sản lượng", "tấn", ("1,200", "1,250"), []),  # no cell says what the comma parts
    ("Sản lượng", "tấn", ("900,5", "1,250"), [900.5]),  # 1.25 beside 900.5 is not alike
    ("Đàn dê", "con", ("2,5", "1,250"), [2.5]),  # no thousandth of a goat
    ("Năng suất", "tạ/ha", ("60.5", "61.250"), [60.5]),  # the dot parts decimals beside
    ("Tỷ lệ che phủ", "%", ("42,5", "43.125"), [42.5]),  # no 43,125 in a hundred
]


@pytest.mark.parametrize(("name", "unit", "cells", "want"), OPEN)
def test_figures_that_may_be_either_are_not_read_but_reported(name, unit, cells, want):
    rows = read(TABLE.format(name, unit, *cells))
    assert [r.value_min for r in rows["targets"]] == want
    assert [f.check for f in rows["findings"]] == ["unparsed_amount"]


def test_each_row_has_its_own_kind_of_figures():
    table = TABLE.format("Diện tích", "ha", "58.420", "57.900") + "\n2 | Năng suất | tạ/ha | 60.5 | 61.2"
    assert [r.value_min for r in read(table, HEAD)["targets"]] == [58420, 57900, 60.5, 61.2]


@pytest.mark.parametrize(("unit", "value"), [("triệu người", 2_150_000), ("triệu lượt", 2_150_000), ("người", None)])
def test_millions_of_people_have_no_thousands(unit, value):
    table = (
        f"TT | Chỉ tiêu | ĐVT | Năm 2023 | Năm 2024\n1 | Dân số | {unit} | 2,145 | 2,150\n2 | Số chợ | chợ | 3 | 4\n"
    )
    found = [r.value_min for r in read(table)["targets"] if r.due_year == 2024]
    assert found == ([value, 4] if value else [4])
