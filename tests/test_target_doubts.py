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


def test_an_aim_that_is_due_before_the_plan_begins_may_be_a_result():
    text = "1. Mục tiêu\nTrong năm {}, toàn huyện đạt các chỉ tiêu sau:\n- 95% thôn có sân;\n- 80% hộ có bể nước.\n"
    before, within = (read(text.format(year))["targets"] for year in (2019, 2023))
    assert {row.due_year for row in before} == {2019}
    assert max(row.confidence for row in before) <= 0.5 < SURE <= min(row.confidence for row in within)
