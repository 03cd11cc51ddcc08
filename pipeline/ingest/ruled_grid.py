"""Tables from the rulers that frame them: which cells there are, and what lies in which.

Knows nothing of PDF or pictures: it is given straight rulers (kẻ bảng) with the top of the page at 0, and points.
Rulers that touch make one table. Its columns and rows are all places at which any ruler stands, as in Word's grid;
where no ruler parts two fields of the grid, they are one cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

MAX_RULERS = 1200
"""More straight lines than this on one page are a drawing, or hatching."""
MAX_FIELDS = 20_000
MIN_COLUMNS = 2
MIN_CELLS = 3
"""What has fewer is a frame around text. One row of three cells is a table: the last one, on a page of its own."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """A straight line: the place at which it stands, and from where to where it runs along the other axis."""

    at: float
    start: float
    end: float

    def covers(self, place: float, slack: float) -> bool:
        """It runs past a place."""
        return self.start - slack <= place <= self.end + slack


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its first row and column, and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where its columns and rows begin and end, and the cell of each field, row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    fields: tuple[tuple[GridCell, ...], ...]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell in which a point lies; None outside the table."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.fields[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    def rows(self) -> list[list[GridCell]]:
        """The cells of each row, from left to right; one that covers several rows stands in each of them."""
        return [[cell for cell, _ in groupby(row)] for row in self.fields]


def grids(across: Iterable[Ruler], down: Iterable[Ruler], slack: float) -> list[Grid]:
    """The tables that rulers across and down the page make, from the top. `slack`: what rulers that belong together may
    miss each other by, in the unit of their places."""
    across, down = united(across, slack), united(down, slack)
    if not across or not down or len(across) + len(down) > MAX_RULERS:
        return []
    found = [grid for mine in touching(across, down, slack) if (grid := grid_of(*mine, slack))]
    return sorted(outermost(found), key=lambda grid: (grid.ys[0], grid.xs[0]))


def united(rulers: Iterable[Ruler], slack: float) -> list[Ruler]:
    """Rulers in line with each other put together: those of neighbouring cells, dashes, double lines."""
    out: list[Ruler] = []
    for at, level in levels(sorted(rulers, key=lambda ruler: ruler.at), slack):
        start, end = level[0].start, level[0].end
        for ruler in level[1:]:
            if ruler.start <= end + slack:
                end = max(end, ruler.end)
            else:
                out.append(Ruler(at, start, end))
                start, end = ruler.start, ruler.end
        out.append(Ruler(at, start, end))
    return out


def levels(rulers: Sequence[Ruler], slack: float) -> Iterable[tuple[float, list[Ruler]]]:
    """Rulers that stand at the same place, each level by where they start."""
    first = 0
    for i in range(1, len(rulers) + 1):
        if i == len(rulers) or rulers[i].at - rulers[first].at > slack:
            level = rulers[first:i]
            yield sum(ruler.at for ruler in level) / len(level), sorted(level, key=lambda ruler: ruler.start)
            first = i


def touching(across: list[Ruler], down: list[Ruler], slack: float) -> Iterable[tuple[list[Ruler], list[Ruler]]]:
    """Rulers that hang together, those across the page and those down it; those across stand in order."""
    parts = Parts(len(across) + len(down))
    places = [h.at for h in across]
    for j, v in enumerate(down, len(across)):
        for i in range(bisect_left(places, v.start - slack), bisect_right(places, v.end + slack)):
            if across[i].covers(v.at, slack):
                parts.unite(i, j)
    groups: dict[int, tuple[list[Ruler], list[Ruler]]] = {}
    for i, ruler in enumerate(across + down):
        groups.setdefault(parts.head(i), ([], []))[i >= len(across)].append(ruler)
    return [(mine, crossing) for mine, crossing in groups.values() if mine and crossing]


class Parts:
    """Numbers put together into sets (union-find)."""

    def __init__(self, count: int) -> None:
        self.heads = list(range(count))

    def head(self, i: int) -> int:
        """The number that stands for the set."""
        while self.heads[i] != i:
            self.heads[i] = self.heads[self.heads[i]]
            i = self.heads[i]
        return i

    def unite(self, i: int, j: int) -> None:
        """Make one set of two; the lower number stands for it."""
        a, b = sorted((self.head(i), self.head(j)))
        self.heads[b] = a


def grid_of(across: list[Ruler], down: list[Ruler], slack: float) -> Grid | None:
    """The table of rulers that hang together; None where they frame too few cells. A side that is left open is
    where the rulers end."""
    xs = edges([v.at for v in down], [h.start for h in across], [h.end for h in across], slack)
    ys = edges([h.at for h in across], [v.start for v in down], [v.end for v in down], slack)
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < MIN_COLUMNS or rows * columns > MAX_FIELDS:
        return None
    parts = Parts(rows * columns)
    walls = {x: [v for v in down if abs(v.at - x) <= slack] for x in xs}
    floors = {y: [h for h in across if abs(h.at - y) <= slack] for y in ys}
    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not any(v.covers(middle, 0) for v in walls[xs[column + 1]]):
                parts.unite(here, here + 1)
            centre = (xs[column] + xs[column + 1]) / 2
            if row + 1 < rows and not any(h.covers(centre, 0) for h in floors[ys[row + 1]]):
                parts.unite(here, here + columns)
    grid = Grid(tuple(xs), tuple(ys), fields_of(parts, rows, columns))
    several = {cell for row in grid.fields for cell in row}
    return grid if len(several) >= MIN_CELLS else None


def edges(places: list[float], starts: list[float], ends: list[float], slack: float) -> list[float]:
    """Where columns (or rows) begin and end: the rulers' places, and the ends of the crossing ones where those reach
    further than any."""
    out = sorted(set(places))
    if min(starts) < out[0] - 2 * slack:
        out.insert(0, min(starts))
    if max(ends) > out[-1] + 2 * slack:
        out.append(max(ends))
    return out


def fields_of(parts: Parts, rows: int, columns: int) -> tuple[tuple[GridCell, ...], ...]:
    """The cell of each field. What hangs together without being a rectangle counts as the rectangle around it."""
    first: dict[int, list[int]] = {}
    for row in range(rows):
        for column in range(columns):
            spread = first.setdefault(parts.head(row * columns + column), [row, column, row, column])
            spread[1], spread[3] = min(spread[1], column), max(spread[3], column)
            spread[2] = row
    cells = {
        head: GridCell(top, left, bottom - top + 1, right - left + 1)
        for head, (top, left, bottom, right) in first.items()
    }
    return tuple(tuple(cells[parts.head(row * columns + column)] for column in range(columns)) for row in range(rows))


def outermost(found: list[Grid]) -> list[Grid]:
    """Tables that lie in no other one; what stands in an inner table belongs to the cell around it."""

    def holds(outer: Grid, inner: Grid) -> bool:
        return (
            outer is not inner
            and outer.xs[0] <= inner.xs[0]
            and inner.xs[-1] <= outer.xs[-1]
            and outer.ys[0] <= inner.ys[0]
            and inner.ys[-1] <= outer.ys[-1]
        )

    return [grid for grid in found if not any(holds(other, grid) for other in found)]
