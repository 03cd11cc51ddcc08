"""Tables of what is traded or produced, whose money is an aim of the plan."""

from __future__ import annotations

import pytest

from extractors.extract import extract
from extractors.plan import Source

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 79/KH-UBND
Hà Giang, ngày 12 tháng 12 năm 2022
KẾ HOẠCH
Phát triển thương mại giai đoạn 2023 - 2025
I. MỤC TIÊU
1. {caption}
Đơn vị tính: {unit}
TT\tNhóm hàng\tƯớc TH 2022\t2023\t2024\t2025
1\tChè\t20\t22\t24\t26
2\tMật ong\t4\t5\t6\t7
"""


def rows_of(caption: str, unit: str) -> dict[str, list]:
    """The rows of the plan with a caption and a unit."""
    return extract(Source((PLAN.format(caption=caption, unit=unit),)), "d0").rows


@pytest.mark.parametrize(
    ("caption", "unit", "code", "one"),
    [
        ("Kim ngạch xuất khẩu theo nhóm hàng", "Triệu USD", "usd", 1_000_000),
        ("Kim ngạch xuất khẩu theo nhóm hàng", "nghìn USD", "usd", 1_000),
        ("Doanh thu theo nhóm hàng", "Tỷ đồng", "vnd", 1_000_000_000),
    ],
)
def test_money_of_trade_by_years_is_an_aim(caption: str, unit: str, code: str, one: int):
    rows = rows_of(caption, unit)
    told = [(row.value_min, row.unit, row.due_year) for row in rows["targets"]]
    assert told[:3] == [(22 * one, code, 2023), (24 * one, code, 2024), (26 * one, code, 2025)]
    assert not rows["funding"]


def test_foreign_money_without_words_for_trade_is_told_as_unread():
    rows = rows_of("Số liệu theo nhóm hàng", "Triệu USD")
    assert not rows["targets"] and any(row.check == "unparsed_amount" for row in rows["findings"])


def test_costs_by_years_stay_money_of_the_plan():
    rows = rows_of("Kinh phí hỗ trợ sản xuất theo nhóm hàng", "Tỷ đồng")
    assert not rows["targets"] and {row.amount_vnd for row in rows["funding"]} >= {22_000_000_000, 7_000_000_000}
