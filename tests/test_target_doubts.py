"""Figures of aims whose words leave two readings open are told with less trust."""

from __future__ import annotations

from table_text import read

SURE = 0.9


def test_a_rate_that_is_to_fall_below_may_also_fall_by():
    doubted, sure = read("1. Mục tiêu\n- Tỷ lệ hộ thiếu ăn giảm dưới 8%.\n- Tỷ lệ hộ thiếu nước giảm xuống dưới 9%.\n")[
        "targets"
    ]
    assert (doubted.direction, doubted.comparator, doubted.value_max, doubted.unit) == ("reach", "lt", 8, "percent")
    assert doubted.confidence < SURE <= sure.confidence
