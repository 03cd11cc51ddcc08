"""Numbers of a scanned table's rows: told by their neighbours, counted anew in each group."""

from __future__ import annotations

import pytest

from extractors.tables.heads import counts_up
from pipeline.ingest.ocr.row_numbers import with_row_numbers
from pipeline.ingest.ocr.words import TextLine, Word
from pipeline.ingest.ruled_grid import GridCell


def column(*said: str) -> dict[GridCell, list[TextLine]]:
    """The first cells of the rows of a table, and a second one in the first row."""
    words = [Word(text, 0.9, 10, 40 * at, 40, 40 * at + 30) for at, text in enumerate(said)]
    cells = {GridCell(at, 0, 1, 1): [TextLine((word,), at)] for at, word in enumerate(words) if word.text}
    return {**cells, GridCell(0, 1, 1, 1): [TextLine((Word("Tên xã", 0.9, 90, 0, 200, 30),), 90)]}


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (["TT", "1", "2", "Ki", "4"], ["TT", "1", "2", "3", "4"]),
        (["TT", "1", "9)", "3", "4."], ["TT", "1", "2", "3", "4."]),
        (["R", "1", "2", "8", "4", "5"], ["R", "1", "2", "3", "4", "5"]),
        (["TT", "1", "2", "3", "Ki"], ["TT", "1", "2", "3", "Ki"]),
        (["TT", "1", "2", "Ki", "5"], ["TT", "1", "2", "Ki", "5"]),
        (["TT", "1", "2", "Tổng", "4"], ["TT", "1", "2", "Tổng", "4"]),
        (["A", "1", "Ki", "3"], ["A", "1", "Ki", "3"]),
        (["1", "2", "B", "1", "2", "3"], ["1", "2", "B", "1", "2", "3"]),
    ],
)
def test_a_row_number_is_told_by_its_neighbours(read, told):
    cells = with_row_numbers(column(*read))
    found = [cells[cell][0].text for cell in sorted(cells, key=lambda cell: cell.row) if cell.column == 0]
    assert found == told


@pytest.mark.parametrize(
    ("said", "up"),
    [
        (["1", "2", "3"], True),
        (["A", "1", "2", "B", "1", "2", "3"], True),
        (["I", "1", "II", "1", "2", "III", "1"], True),
        (["1", "2", "Ki", "4"], True),
        (["A", "B", "C", "D"], False),
        (["1", "2"], False),
        (["12", "40", "7", "3"], False),
        (["A", "5", "9", "B", "4", "8"], False),
    ],
)
def test_numbers_go_up_anew_in_each_group(said, up):
    assert counts_up(said) is up
