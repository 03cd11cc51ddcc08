"""How the tokens of a Doc are asked: norms, capitals, separators, proper names."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc

LIST_SEPARATORS = (",", "và", "&", "/", "+", "hoặc")
_PARENTHESES = "()[]"
_LONGEST_NAME = 5  # tokens: "Phan Rang - Tháp Chàm"


class Words:
    """The tokens of a Doc by index; an index outside the Doc is an empty word."""

    __slots__ = ("doc", "size")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.size = len(doc)

    def norm(self, i: int) -> str:
        """The folded word."""
        return self.doc[i].norm_ if 0 <= i < self.size else ""

    def capital(self, i: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= i < self.size and self.doc[i].text[0].isupper()

    def letters(self, i: int) -> bool:
        """Whether the word is a syllable."""
        return 0 <= i < self.size and self.doc[i].text[0].isalpha()

    def number(self, i: int) -> bool:
        """Whether the token is a number in figures."""
        return 0 <= i < self.size and self.doc[i].text[0].isdigit()

    def opens(self, i: int, phrases: Container[str]) -> bool:
        """Whether one of these phrases of one or two words stands at `i`."""
        return self.norm(i) in phrases or f"{self.norm(i)} {self.norm(i + 1)}" in phrases

    def opens_clause(self, i: int) -> bool:
        """Whether the token stands first in its line, or after a mark that parts clauses."""
        before = self.norm(i - 1)
        return not before or before.isspace() or before in ".;:,-+*•–(/" or before.endswith("\n")

    def separator(self, i: int, marks: Container[str] = LIST_SEPARATORS) -> int:
        """Where the next member of a list begins after a separator (", và" is one); `i` where there is none."""
        if self.norm(i) not in marks:
            return i
        if self.norm(i) in (",", ";") and self.norm(i + 1) in ("và", "&", "hoặc"):
            return i + 2
        return i + 1

    def proper_name(self, i: int, taken: Container[int] = ()) -> int:
        """Where the proper name that begins at `i` ends; `i` where none does. No name runs into a token in `taken`."""
        if self.number(i):
            return i + 1 if self.doc[i].text.isdigit() and len(self.doc[i]) <= 2 else i  # "phường 5"
        j = i
        while j < i + _LONGEST_NAME and self.capital(j) and j not in taken:
            j += 1
            if self.norm(j) == "'" and self.letters(j + 1):  # "Ea H'leo"
                j += 2
            elif self.norm(j) == "-" and self.capital(j + 1) and (j + 1) not in taken:  # "Phan Rang - Tháp Chàm"
                j += 1
        return j
