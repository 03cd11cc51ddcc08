"""Bars: only what can be compared stands in one chart, and no bar shows more than the words say."""

from __future__ import annotations

import pytest

from pipeline.pages.charts import MOST_BARS, WIDTH, charts_of

ROW = {
    "direction": "decrease", "comparator": "eq", "value_min": 4.0, "value_max": 4.0, "unit": "percentage_point",
    "rate_period": "year", "scope": None, "due_year": 2025, "province_name": "Lạng Sơn",
}  # fmt: skip
OTHER = ROW | {"province_name": "Thái Bình", "value_min": 2.0, "value_max": 2.0}


def bars(*rows):
    (chart,) = charts_of(rows)
    return [(bar.row["province_name"], bar.solid, bar.pale) for bar in chart.bars]


def test_bars_are_as_long_as_their_values():
    assert bars(ROW, OTHER) == [("Lạng Sơn", (0, 850), None), ("Thái Bình", (0, 425), None)]


@pytest.mark.parametrize(
    ("changes", "solid", "pale"),
    [
        ({"comparator": "ge", "value_max": None}, (0, 425), (425, WIDTH)),
        ({"comparator": "gt", "value_max": None}, (0, 425), (425, WIDTH)),
        ({"comparator": "le", "value_min": None}, (0, 0), (0, 425)),
        ({"comparator": "range", "value_min": 1.0}, (0, 212), (212, 425)),
        ({"comparator": "approx"}, (0, 425), None),
    ],
)
def test_what_is_open_is_pale(changes, solid, pale):
    assert bars(ROW, OTHER | changes)[1] == ("Thái Bình", solid, pale)


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "percent"},
        {"unit": None},
        {"direction": "reach"},
        {"rate_period": None},
        {"scope": "các huyện nghèo"},
        {"province_name": "Lạng Sơn"},
        {"province_name": None},
        {"value_min": -1.0, "value_max": -1.0},
        {"value_min": 0.0, "value_max": 0.0},
        {"value_min": None, "value_max": None},
    ],
)
def test_no_chart_of_what_cannot_be_compared(changes):
    assert charts_of([ROW, OTHER | changes]) == []


def test_a_chart_says_what_its_values_are_counted_in():
    assert [chart.unit for chart in charts_of([ROW, OTHER])] == ["điểm %/năm"]
    money = {"unit": "vnd", "rate_period": None}
    assert [chart.unit for chart in charts_of([ROW | money, OTHER | money])] == ["đồng"]


def test_years_come_first_and_very_many_bars_are_cut_and_counted():
    rows = [OTHER | {"due_year": 2030}, ROW, ROW | {"due_year": None}, OTHER | {"due_year": 2020}]
    (chart,) = charts_of(rows)
    assert [bar.row["due_year"] for bar in chart.bars] == [2020, 2025, 2030, None]
    (chart,) = charts_of([ROW, OTHER] * MOST_BARS)
    assert (len(chart.bars), chart.left_out) == (MOST_BARS, MOST_BARS)
