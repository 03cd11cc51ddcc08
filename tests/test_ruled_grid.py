"""Laws of tables framed by rulers: however the rulers are drawn, the same cells are found."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.ruled_grid import MAX_RULERS, Ruler, grids

SLACK = 3.0
STEPS = st.lists(st.floats(12, 200), min_size=2, max_size=7)
NUDGE = st.floats(-0.7, 0.7)


def places(steps: list[float], start: float = 50.0) -> list[float]:
    """Where rulers stand that are so far from each other."""
    out = [start]
    for step in steps:
        out.append(out[-1] + step)
    return out


def ruled(xs: list[float], ys: list[float]) -> tuple[list[Ruler], list[Ruler]]:
    """Rulers across and down, each from end to end."""
    return [Ruler(y, xs[0], xs[-1]) for y in ys], [Ruler(x, ys[0], ys[-1]) for x in xs]


def cells(xs: list[float], ys: list[float], without: frozenset = frozenset()) -> tuple[list[Ruler], list[Ruler]]:
    """Rulers drawn cell by cell, without some: `("down", row, column)` names the one on the left of a field."""
    columns, rows = range(len(xs) - 1), range(len(ys) - 1)
    across = [
        Ruler(ys[row], xs[column], xs[column + 1])
        for row in range(len(ys))
        for column in columns
        if ("across", row, column) not in without
    ]
    down = [
        Ruler(xs[column], ys[row], ys[row + 1])
        for column in range(len(xs))
        for row in rows
        if ("down", row, column) not in without
    ]
    return across, down


@given(STEPS, STEPS)
def test_each_field_is_a_cell(widths, heights):
    xs, ys = places(widths), places(heights)
    (grid,) = grids(*ruled(xs, ys), SLACK)
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            cell = grid.cell_at((left + right) / 2, (top + bottom) / 2)
            assert (cell.row, cell.column, cell.rows, cell.columns) == (row, column, 1, 1)


@given(STEPS, STEPS, st.data())
def test_rulers_of_single_cells_that_miss_each_other_a_little_make_the_same_table(widths, heights, data):
    xs, ys = places(widths), places(heights)
    (whole,) = grids(*ruled(xs, ys), SLACK)

    def nudged(ruler: Ruler) -> Ruler:
        return Ruler(ruler.at + data.draw(NUDGE), ruler.start + data.draw(NUDGE), ruler.end + data.draw(NUDGE))

    across, down = cells(xs, ys)
    shuffled = data.draw(st.permutations([nudged(ruler) for ruler in across])), [nudged(ruler) for ruler in down]
    (found,) = grids(*shuffled, SLACK)
    assert found.fields == whole.fields


@given(STEPS, STEPS, st.data())
def test_fields_without_a_ruler_between_them_are_one_cell(widths, heights, data):
    xs, ys = places(widths), places(heights)
    row = data.draw(st.integers(0, len(ys) - 2))
    column = data.draw(st.integers(1, len(xs) - 2))
    (grid,) = grids(*cells(xs, ys, frozenset({("down", row, column)})), SLACK)
    merged = grid.fields[row][column]
    assert merged == grid.fields[row][column - 1]
    assert (merged.row, merged.column, merged.rows, merged.columns) == (row, column - 1, 1, 2)
    assert [cell for cell in grid.rows()[row] if cell is merged] == [merged]


def test_a_side_without_a_ruler_ends_where_the_others_end():
    across = [Ruler(y, 50, 450) for y in (100, 130, 160)]
    (grid,) = grids(across, [Ruler(200, 100, 160)], SLACK)
    assert grid.xs == (50, 200, 450)
    assert grid.cell_at(60, 110).column == 0
    assert grid.cell_at(440, 110).column == 1


def test_tables_apart_are_two_and_a_table_in_a_cell_is_none():
    upper, lower = ruled([50, 150, 250], [100, 130, 160]), ruled([50, 150, 250], [300, 330, 360])
    inner = ruled([70, 100, 130], [305, 315, 325])
    found = grids([*lower[0], *inner[0], *upper[0]], [*lower[1], *inner[1], *upper[1]], SLACK)
    assert [(grid.ys[0], len(grid.fields)) for grid in found] == [(100, 2), (300, 2)]


def test_frames_and_single_rulers_are_no_tables():
    assert grids(*ruled([50, 450], [100, 200]), SLACK) == []
    assert grids([Ruler(100, 50, 450)], [Ruler(700, 50, 90)], SLACK) == []
    assert grids([Ruler(100, 50, 450), Ruler(140, 50, 450)], [], SLACK) == []


def test_a_point_outside_lies_in_no_cell():
    (grid,) = grids(*ruled([50, 150, 250], [100, 130, 160]), SLACK)
    assert [grid.cell_at(x, y) for x, y in ((49, 110), (251, 110), (60, 99), (60, 161))] == [None] * 4


def test_a_drawing_of_very_many_lines_is_no_table():
    many = [Ruler(10.0 * i, 0, 5000) for i in range(MAX_RULERS)]
    assert grids(many, many, SLACK) == []
