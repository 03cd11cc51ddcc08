"""The numbers of a table's rows, as those before and behind have them where one was misread.

A figure alone in its cell gives an engine nothing to guess from: `3` becomes `Ki`, `2` becomes `9)`. Between `2` and
`4` it can only be `3`.
"""

from __future__ import annotations

import regex

from pipeline.ingest.ocr.words import TextLine, Word
from pipeline.ingest.ruled_grid import GridCell

NUMBER = regex.compile(r"(\d{1,3})[.,]?")
LONGEST = 3
FEWEST = 3
"""So many rows must be numbered before a number is told by its neighbours."""
GUESSED = 0.6

Cells = dict[GridCell, list[TextLine]]


def with_row_numbers(cells: Cells) -> Cells:
    """The lines of a table's cells, with the numbers of rows that their neighbours tell."""
    labels = [cell for cell in sorted(cells, key=lambda cell: cell.row) if cell.column == 0 and cell.columns == 1]
    numbers = [number_in(cells[cell]) for cell in labels]
    if sum(number is not None for number in numbers) < FEWEST:
        return cells
    out = dict(cells)
    for at in range(1, len(labels) - 1):
        before, after = numbers[at - 1], numbers[at + 1]
        if before is None or after != before + 2 or numbers[at] == before + 1 or not is_short(cells[labels[at]]):
            continue
        numbers[at] = before + 1
        out[labels[at]] = [told(cells[labels[at]], before + 1)]
    return out


def number_in(lines: list[TextLine]) -> int | None:
    """The number that is all a cell says."""
    match = NUMBER.fullmatch(" ".join(line.text for line in lines))
    return int(match[1]) if match else None


def is_short(lines: list[TextLine]) -> bool:
    """Whether a cell says no more than a number does."""
    return len("".join(word.text for line in lines for word in line.words)) <= LONGEST


def told(lines: list[TextLine], number: int) -> TextLine:
    """A number in the place of what was read."""
    first = lines[0]
    word = Word(str(number), GUESSED, first.left, first.top, lines[-1].right, lines[-1].bottom)
    return TextLine((word,), first.block)
