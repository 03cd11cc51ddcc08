"""Tables laid out with tabs whose rows lost their numbers, their last cells, or both."""

from __future__ import annotations

import pytest
from table_text import read

HEADS = ["Chỉ tiêu", "Đơn vị", "Năm 2021", "Năm 2022", "Năm 2023", "Ghi chú"]
MILK = ["Tỷ lệ bò sữa được tiêm phòng", "%", "61", "70", "82"]
COWS = ["Số bò sữa", "Con", "340", "410", "505"]
SHEDS = ["Số chuồng bò", "Chuồng", "21", "26", "30", "sửa chữa"]
HAY = ["Số kho cỏ khô", "Kho", "5", "8", "9", "xây mới"]
AIMS = {MILK[0]: [70, 82], COWS[0]: [410, 505], SHEDS[0]: [26, 30], HAY[0]: [8, 9]}


def told(*rows: list[str]):
    """What is read of a table of such rows."""
    return read("\n".join("\t".join(row) for row in rows) + "\n")


def aims(rows) -> dict[str, list[float]]:
    """The figures of the years to come, by row."""
    found: dict[str, list[float]] = {}
    for row in rows["targets"]:
        found.setdefault(row.indicator_text, []).append(row.value_min)
    return found


@pytest.mark.parametrize("end", [[""], []], ids=["empty", "left out"])
@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("", ["", "", "", ""]),  # neither the head nor a row has its number
        ("STT", ["", "", "", ""]),
        ("STT", ["1", "", "2", ""]),
        ("STT", ["1", "2", "3", "4"]),
        ("", ["1", "2", "3", "4"]),
        ("", ["1", "", "2", ""]),
    ],
)
def test_rows_keep_their_columns(head, first, end):
    rows = [*MILK, *end], [*COWS, *end], SHEDS, HAY
    numbered = ([number, *cells] for number, cells in zip(first, rows, strict=True))
    assert aims(told([head, *HEADS], *numbered)) == AIMS


def test_a_row_without_indentation_keeps_its_columns_below_a_head_without():
    assert aims(told(HEADS, [*MILK, ""], [*COWS, ""], SHEDS, HAY)) == AIMS


def test_an_empty_cell_within_a_row_stays_empty():
    rows = told(["", *HEADS], ["", *MILK, ""], ["", *COWS[:3], "", COWS[4], ""], ["", *SHEDS], ["", *HAY])
    assert aims(rows) == AIMS | {COWS[0]: [505]}


def test_a_row_that_cannot_be_placed_is_told():
    rows = told(["STT", *HEADS], ["1", *SHEDS], COWS, ["2", *SHEDS])
    assert set(aims(rows)) == {SHEDS[0]}
    assert any(row.check == "unparsed_amount" and COWS[0] in row.quote for row in rows["findings"])


@pytest.mark.parametrize("number", ["1.1", "a", "-", "*"])
def test_a_part_below_a_number_keeps_its_columns(number):
    rows = told(["STT", *HEADS], ["1", *SHEDS], [number, *COWS[:4]], ["2", *HAY])
    assert aims(rows) == {SHEDS[0]: [26, 30], COWS[0]: [410], HAY[0]: [8, 9]}
