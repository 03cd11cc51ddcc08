"""What an engine reads off a picture: words with their places and how sure it is of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.ingest.ruled_grid import Grid


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or for engines that read by lines a piece of a line, in pixels of the picture. `confidence`: 0 to 1."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words that the engine puts on one line. Lines of one `block` stand in one column."""

    words: tuple[Word, ...]
    block: int

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> int:
        return self.words[0].left

    @property
    def right(self) -> int:
        return self.words[-1].right

    @property
    def top(self) -> int:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> int:
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read off one picture: lines in the engine's order, and the tables in whose cells some stand."""

    lines: tuple[TextLine, ...]
    grids: tuple[Grid, ...] = ()

    @property
    def characters(self) -> int:
        """How much was read."""
        return sum(len(word.text) for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float | None:
        """Mean confidence of the words (a piece of a line counts as the words in it); None where nothing was read."""
        return mean_confidence(self.lines)

    @property
    def cell_confidence(self) -> float | None:
        """The same of the words in tables."""
        return mean_confidence(line for line in self.lines if any(grid.cell_at(*line.middle) for grid in self.grids))


def mean_confidence(lines: Iterable[TextLine]) -> float | None:
    """Mean confidence of the words of lines."""
    weights = [(word.confidence, word.text.count(" ") + 1) for line in lines for word in line.words]
    total = sum(weight for _, weight in weights)
    return sum(confidence * weight for confidence, weight in weights) / total if total else None
