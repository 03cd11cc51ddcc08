"""Bars of an indicator's values, for those that can be compared: the same unit, direction and time.

A value that is bounded on one side only is drawn as such: solid up to the bound that binds, pale where it is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.pages.anchors import Span, document_page
from pipeline.vietnamese import PERIODS, target_value, unit_names

Row = dict[str, Any]
MOST_BARS = 60
WIDTH = 1000
"""Of a bar that is as long as can be."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value. `solid` and `pale`: from where to where, out of WIDTH."""

    row: Row
    solid: tuple[int, int]
    pale: tuple[int, int] | None = None

    @property
    def value(self) -> str:
        """The value in words."""
        return target_value(self.row)


@dataclass(frozen=True, slots=True)
class Chart:
    """Values of one kind, by year, the largest first. `unit`: in words; `left_out`: how many more there are."""

    direction: str
    unit: str
    bars: list[Bar]
    left_out: int = 0


def link_of(row: Row) -> str:
    """Where a value's words stand, from the pages at the top."""
    return f"{document_page(row['doc_id'])}#{Span(row['char_start'], row['char_end']).name}"


def charts_of(rows: Iterable[Row]) -> list[Chart]:
    """The charts of one indicator: one for each kind of value that two provinces or more have."""
    kinds: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row["scope"] is None and row["unit"] is not None and span_of(row) is not None:
            kinds.setdefault((row["direction"], row["unit"], row["rate_period"] or ""), []).append(row)
    return [
        chart_of(direction, unit_of(unit, period), some)
        for (direction, unit, period), some in sorted(kinds.items())
        if len({row["province_name"] for row in some} - {None}) > 1
    ]


def unit_of(unit: str, period: str) -> str:
    """What all values of a chart are counted in: `điểm %/năm`."""
    return unit_names().get(unit, unit) + (f"/{PERIODS.get(period, period)}" if period else "")


def chart_of(direction: str, unit: str, rows: Sequence[Row]) -> Chart:
    """The chart of values of one kind."""
    ordered = sorted(rows, key=lambda row: (row["due_year"] or 9999, -span_of(row)[1]))
    shown = ordered[:MOST_BARS]
    longest = max(span_of(row)[1] for row in shown)
    return Chart(direction, unit, [bar_of(row, longest) for row in shown], len(ordered) - len(shown))


def span_of(row: Row) -> tuple[float, float] | None:
    """The least and the greatest number of a value; None where a bar from zero would show it wrongly."""
    bounds = [value for value in (row["value_min"], row["value_max"]) if value is not None]
    return (min(bounds), max(bounds)) if bounds and min(bounds) >= 0 < max(bounds) else None


def bar_of(row: Row, longest: float) -> Bar:
    """The bar of a value where the longest one takes all the width."""
    least, most = (round(WIDTH * 0.85 * value / longest) for value in span_of(row))  # the rest is for what is open
    if row["comparator"] in ("ge", "gt"):
        return Bar(row, (0, least), (least, WIDTH))
    if row["comparator"] in ("le", "lt"):
        return Bar(row, (0, 0), (0, most))
    return Bar(row, (0, least), (least, most) if most > least else None)
