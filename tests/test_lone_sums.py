"""Sums of groups in an estimate of costs whose empty cells a portal dropped: in doubt where arithmetic proves them."""

from __future__ import annotations

from cleaning_text import cleaned
from table_text import read
from test_cell_lines import pasted

HEAD = ["TT", "Nội dung", "ĐVT", "Số lượng", "Đơn giá (đồng)", "Thành tiền (đồng)"]
ROWS = (
    ["1", "Thuê ghế", "cái", "200", "15.000", "3.000.000"],
    ["2", "Thuê ô che", "cái", "40", "50.000", "2.000.000"],
)


def funding(group: list[str], *rows: list[str]) -> list:
    """The money of such a table in a chapter on costs."""
    text = f"IV. KINH PHÍ\nDự toán hội chợ\n\n{pasted(HEAD, group, *(rows or ROWS), ['II', 'Quảng bá', '9.000.000'])}\n"
    return read(text)["funding"]


def test_the_sum_of_a_group_that_its_rows_make_up_is_told_in_doubt():
    group, *parts = funding(["I", "Gian hàng", "5.000.000"])
    assert (group.amount_vnd, group.purpose, group.kind, group.confidence) == (5_000_000, "Gian hàng", "component", 0.5)
    assert [(p.amount_vnd, p.parent_id) for p in parts] == [
        (3_000_000, group.funding_id),
        (2_000_000, group.funding_id),
    ]
    assert min(p.confidence for p in parts) > 0.5


def test_a_figure_that_no_rows_make_up_is_left():
    assert [row.amount_vnd for row in funding(["I", "Gian hàng", "5.500.000"])] == [3_000_000, 2_000_000]


def test_one_row_below_proves_nothing():
    assert [row.amount_vnd for row in funding(["I", "Gian hàng", "3.000.000"], ROWS[0])] == [3_000_000]


def test_two_figures_beside_a_label_are_left():
    assert [row.amount_vnd for row in funding(["I", "Gian hàng", "2", "5.000.000"])] == [3_000_000, 2_000_000]


def test_rows_whose_own_empty_cells_were_kept_are_put_together():
    rows = [["1", "Thuê rạp", "ngày", "", "", "2.000.000"], ["2", "Thuê loa", "bộ", "", "", "900.000"]]
    lines = cleaned(f"Dự toán\n\n{pasted(HEAD, *ROWS, *rows)}\n").split("\n")
    assert lines[-2:] == ["1 | Thuê rạp | ngày | | | 2.000.000", "2 | Thuê loa | bộ | | | 900.000"]
