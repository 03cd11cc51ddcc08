"""What a function gave for each word, looked up without a call: texts share most of their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
LONGEST_KEPT = 40
"""Letters of what is remembered at most; longer runs are no words, and hardly come again."""


class Remembered(dict[str, T]):
    """Values by word, made by `function` when they are first asked for. Past `most` words all are forgotten.

    `functools.lru_cache` does the same, but takes twice as long to find a word, and asks for the longest ones to be
    sorted out before.
    """

    __slots__ = ("function", "most")

    def __init__(self, function: Callable[[str], T], most: int = 32_768) -> None:
        super().__init__()
        self.function, self.most = function, most

    def __missing__(self, word: str) -> T:
        value = self.function(word)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= self.most:
                self.clear()
            self[word] = value
        return value
