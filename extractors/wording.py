"""Words cut out of a sentence for a cell of a table: whole words, and brackets that close."""

from __future__ import annotations

MARKS = " ,;.:|-–+*/"
"""What joined the words to those around them."""


def brackets(text: str) -> list[tuple[int, int]]:
    """Where the brackets of a text open and close; -1 where the other half is missing."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for at, sign in enumerate(text):
        if sign == "(":
            opened.append(at)
        elif sign == ")":
            found.append((opened.pop() if opened else -1, at))
    return found + [(at, -1) for at in opened]


def whole_words(text: str, at: int) -> str:
    """The words around text[at] that no half of a bracket parts from it, nor a bracket that all begin with, without the
    marks at their ends. What stands before a bracket in which text[at] stands belongs to it."""
    start, end = 0, len(text)
    for opens, closes in brackets(text):
        if opens < 0:
            start, end = (max(start, closes + 1), end) if closes < at else (start, min(end, closes))
        elif closes < 0 and opens >= at:
            end = min(end, opens)
        if -1 not in (opens, closes) and not text[:opens].strip(MARKS):
            start, end = (max(start, closes + 1), end) if closes < at else (max(start, opens + 1), min(end, closes))
    return text[start:end].strip(MARKS)


def shortened(text: str, limit: int) -> str:
    """The words of a text that fit the limit, none of them cut."""
    if len(text) <= limit:
        return text
    return text[: text.rfind(" ", 0, limit + 1)].rstrip(MARKS) if " " in text[: limit + 1] else text[:limit]
