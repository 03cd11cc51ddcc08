"""Which pieces of a table with a line for each cell make a row. Two borders in a row part two rows or hold an empty
cell: where most rows are as wide as each other, the pieces that make this width together are a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

MIN_WIDTH, MAX_WIDTH = 3, 60
KNOWN = 2
"""So many whole rows make a width one to be looked for, beside that of the head."""
MOST_WIDTHS = 4
PRIME = 2**61 - 1
"""Ways are counted modulo this: there may be more than any number holds."""

Row = tuple[int, int]
"""The first piece of a row, and that behind its last."""


def rows_of_pieces(
    cells: Sequence[int], may_join: Callable[[int, int], bool], fits: Callable[[int, int, int], bool]
) -> list[Row]:
    """The rows that pieces of so many `cells` make; those of which it is not sure stay alone. `may_join`: whether the
    second of two pieces may be in the row that the first opens. `fits`: whether the pieces from one up to another make
    a row like the others of a width."""
    counted = Counter(many for many in cells if MIN_WIDTH <= many <= MAX_WIDTH)
    head = [width for width in cells[:1] if MIN_WIDTH <= width <= MAX_WIDTH]
    known = {*head, *(width for width, n in counted.most_common(MOST_WIDTHS) if n >= KNOWN)}
    tried = {width: steps_of(cells, width, may_join, fits) for width in known}
    if not tried:
        return [(i, i + 1) for i in range(len(cells))]
    width = min(tried, key=lambda w: (left_over(tried[w]), -w))
    sure = sure_rows(tried[width])
    inner = {i for start, end in sure for i in range(start, end)}
    return sorted([*sure, *((i, i + 1) for i in range(len(cells)) if i not in inner)])


Steps = list[list[tuple[int, int]]]
"""From each piece on: behind which piece to go on, and whether the piece is left over (1) or a row ends there (0)."""


def steps_of(
    cells: Sequence[int], width: int, may_join: Callable[[int, int], bool], fits: Callable[[int, int, int], bool]
) -> Steps:
    """The rows of this width that may open with each piece, the borders between the pieces holding empty cells; or the
    piece is left over."""
    steps: Steps = []
    for at in range(len(cells)):
        ends, total = [(at + 1, 1)], -1
        for stop in range(at, len(cells)):
            total += cells[stop] + 1
            if total > width or (stop > at and not may_join(at, stop)):
                break
            if total == width and (stop == at or fits(at, stop + 1, width)):
                ends.append((stop + 1, 0))
        steps.append(ends)
    return steps


def left_over(steps: Steps) -> int:
    """How many pieces stay out of rows at least."""
    return backwards(steps)[0][0]


def backwards(steps: Steps) -> list[tuple[int, int]]:
    """From each piece on: the fewest pieces left over, and in how many ways."""
    best = [(0, 1)] * (len(steps) + 1)
    for at in reversed(range(len(steps))):
        after = [(best[end][0] + cost, best[end][1]) for end, cost in steps[at]]
        fewest = min(cost for cost, _ in after)
        best[at] = fewest, sum(ways for cost, ways in after if cost == fewest) % PRIME
    return best


def sure_rows(steps: Steps) -> list[Row]:
    """The rows that are in every way which leaves the fewest pieces over."""
    behind = backwards(steps)
    fewest, many = behind[0]
    before = [(0, 1), *[(len(steps) + 1, 0)] * len(steps)]
    for at, ends in enumerate(steps):
        for end, cost in ends:
            reached = before[at][0] + cost
            if reached < before[end][0]:
                before[end] = reached, before[at][1]
            elif reached == before[end][0]:
                before[end] = reached, (before[end][1] + before[at][1]) % PRIME
    return [
        (at, end)
        for at, ends in enumerate(steps)
        for end, cost in ends
        if cost == 0 and before[at][0] + behind[end][0] == fewest and before[at][1] * behind[end][1] % PRIME == many
    ]
