"""What cells say that are merged into the one above (ô gộp dọc): it holds for each row that the cell covers.

Only words are told again, under the heads of bodies, times, places, sources and units. A sum that stands beside several
rows is one sum, and a merged name is completed where the table is read.
"""

from __future__ import annotations

from extractors.tables.heads import kind_of
from extractors.tables.tables import TOLD_AGAIN

MAX_WORDS = 300
"""Longer cells are no names of bodies, times or places."""
MAX_AGAIN = 200_000
"""So many characters are told again in one table, lest a small file make a large text."""


class Merged:
    """The cells of one table, row after row."""

    def __init__(self) -> None:
        self.said: dict[int, str] = {}
        self.told: set[int] = set()
        self.rows = 0
        self.in_head = True
        self.left = MAX_AGAIN

    def open_row(self, begins_above: bool) -> None:
        """A row begins; it goes on with the head where its first cell does."""
        self.in_head = self.rows == 0 or (self.in_head and begins_above)
        self.rows += 1

    def note(self, column: int, span: int, words: str) -> None:
        """A cell that covers so many columns, and maybe rows below."""
        if self.in_head and kind_of(words) in TOLD_AGAIN:
            self.told.add(column)
        self.said |= dict.fromkeys(range(column, column + span), "")
        if not self.in_head and len(words) <= MAX_WORDS:
            self.said[column] = words

    def again(self, column: int) -> str:
        """What a cell says that is merged into the one above."""
        words = self.said.get(column, "") if column in self.told else ""
        self.left -= len(words)
        return words if self.left >= 0 else ""
