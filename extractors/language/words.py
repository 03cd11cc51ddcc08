"""A text as words: cut, folded, and asked for norms, capitals, separators, proper names.

The rules are asked of this plain form. A spaCy Doc of the same text has the same tokens (`Words.of_doc`), but costs ten
times as long to make, and the extractors need nothing else that it holds.
"""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from extractors.language.agency_rules import words as agency_words
from extractors.language.cutting import chunks, norms_of
from schemas.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONJUNCTIONS = frozenset(("&", *agency_words("conjunctions")))
LIST_SEPARATORS = (",", "/", "+", *CONJUNCTIONS)
_LONGEST_NAME = 5  # tokens: "Phan Rang - Tháp Chàm"


@lru_cache(maxsize=64)
def openings(phrases: frozenset[str]) -> frozenset[str]:
    """The first words of phrases."""
    return frozenset(norms_of(phrase)[0] for phrase in phrases)


class Words:
    """The words of a text by index, with their norms (folded words) and where each begins.

    An index outside the text is an empty word.
    """

    __slots__ = ("norms", "size", "starts", "text", "words")

    def __init__(self, text: str, words: list[str], norms: list[str], starts: list[int]) -> None:
        self.text, self.words, self.norms, self.starts = text, words, norms, starts
        self.size = len(words)

    @classmethod
    def of_text(cls, text: str) -> Words:
        """Cut a text."""
        found = chunks(text)
        words, norms, steps = (list(chain.from_iterable(parts)) for parts in zip(*found, strict=True))
        starts = list(accumulate(steps, initial=0))
        return cls(text, words, norms, starts[: len(words)])

    @classmethod
    def of_doc(cls, doc: Doc) -> Words:
        """The tokens of a Doc."""
        return cls(doc.text, [t.text for t in doc], [t.norm_ for t in doc], [t.idx for t in doc])

    def end(self, i: int) -> int:
        """Where the word ends in the text."""
        return self.starts[i] + len(self.words[i])

    def between(self, start: int, end: int) -> str:
        """The text of the words [start, end)."""
        end = min(end, self.size)
        return self.text[self.starts[start] : self.end(end - 1)] if start < end else ""

    def norm(self, i: int) -> str:
        """The folded word."""
        return self.norms[i] if 0 <= i < self.size else ""

    def capital(self, i: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= i < self.size and self.words[i][0].isupper()

    def letters(self, i: int) -> bool:
        """Whether the word is a syllable."""
        return 0 <= i < self.size and self.words[i][0].isalpha()

    def number(self, i: int) -> bool:
        """Whether the token is a number in figures."""
        return 0 <= i < self.size and self.words[i][0].isdigit()

    def opens(self, i: int, phrases: Container[str]) -> bool:
        """Whether one of these phrases of one or two words stands at `i`."""
        return self.norm(i) in phrases or f"{self.norm(i)} {self.norm(i + 1)}" in phrases

    def spell(self, start: int, end: int, phrases: frozenset[str]) -> bool:
        """Whether the words [start, end) are, as the text spells them, one of these folded phrases. Nearly all are
        none by their first word."""
        return self.norm(start) in openings(phrases) and fold(self.between(start, end)) in phrases

    def opens_clause(self, i: int) -> bool:
        """Whether the token stands first in its line, or after a mark that parts clauses."""
        before = self.norm(i - 1)
        return not before or before.isspace() or before in ".;:,-+*•–(/|" or before.endswith("\n")

    def separator(self, i: int, marks: Container[str] = LIST_SEPARATORS) -> int:
        """Where the next member of a list begins after a separator (", và" is one); `i` where there is none."""
        if self.norm(i) not in marks:
            return i
        if self.norm(i) in (",", ";") and self.norm(i + 1) in CONJUNCTIONS:
            return i + 2
        return i + 1

    def proper_name(self, i: int, taken: Container[int] = ()) -> int:
        """Where the proper name that begins at `i` ends; `i` where none does. No name runs into a token in `taken`."""
        if self.number(i):
            return i + 1 if self.words[i].isdigit() and len(self.words[i]) <= 2 else i  # "phường 5"
        j = i
        while j < i + _LONGEST_NAME and self.capital(j) and j not in taken:
            j += 1
            if self.norm(j) == "'" and self.letters(j + 1):  # "Ea H'leo"
                j += 2
            elif self.norm(j) == "-" and self.capital(j + 1) and (j + 1) not in taken:  # "Phan Rang - Tháp Chàm"
                j += 1
        return j
