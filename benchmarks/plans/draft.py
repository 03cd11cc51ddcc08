"""A plan while it is written: blocks of text, and the facts that stand in them.

A marked text holds `<…>` around the words that prove a row; `Draft.add` takes them out and remembers where they stood,
so that every anchor of gold is cut from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.plans.banks import cap

MARK = re.compile(r"[<>]")
LONGEST, SHORTEST = 80, 10
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `kind`: `letterhead` and `closing` (with `beside`), `title`, `chapter`, `section`, `sub`, `bullet`,
    `plus`, `para`. `label` is the number that Word sets by itself; `strong` a heading."""

    kind: str
    text: str
    label: str = ""
    beside: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of gold and the words of a block that prove it; `block` is -1 for rows without anchor."""

    row: Row
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GeneratedPlan:
    """A whole plan: its name, its blocks, its gold in the form of docs/gold.md."""

    stem: str
    blocks: Sequence[Block]
    gold: dict[str, Any]
    spaced: bool
    """Whether the text sets a blank line between paragraphs."""


@dataclass
class Draft:
    """The plan so far. Numbering follows the style: sub-items `a)` or `1.1.`."""

    letters: bool
    blocks: list[Block] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    counters: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, kind: str, marked: str, rows: Sequence[Row | Sequence[Row]] = (), **more: Any) -> None:
        """Append a block. `rows` belong to the marked spans in order; a list of rows shares one span."""
        marked = cap(marked)
        spans, text = unmarked(marked)
        if len(spans) != len(rows):
            raise ValueError(f"{len(spans)} marks for {len(rows)} rows: {marked}")
        self.blocks.append(Block(kind, text, self.label(kind), **more))
        for (start, end), told in zip(spans, rows, strict=True):
            for row in [told] if isinstance(told, dict) else told:
                self.facts.append(Fact(row, len(self.blocks) - 1, start, end))

    def note(self, row: Row) -> None:
        """A row that needs no anchor (citations, findings)."""
        self.facts.append(Fact(row, -1, 0, 0))

    def label(self, kind: str) -> str:
        """The label of the next block of that kind."""
        if kind in ("bullet", "plus"):
            return "-" if kind == "bullet" else "+"
        if kind not in ("chapter", "section", "sub"):
            return ""
        depth = ("chapter", "section", "sub").index(kind)
        self.counters[depth] += 1
        self.counters[depth + 1 :] = [0] * (2 - depth)
        chapter, section, sub = self.counters
        if kind == "chapter":
            return f"{ROMAN[chapter]}."
        if kind == "section":
            return f"{section}."
        return f"{LETTERS[sub - 1]})" if self.letters else f"{section}.{sub}."

    def gold(self, tables: Sequence[str]) -> dict[str, list[Row]]:
        """The gold rows by table, in the order of the text, with their anchors."""
        whole = "\n".join(block.text for block in self.blocks).casefold()
        chosen: dict[str, list[Row]] = {table: [] for table in tables}
        for fact in self.facts:
            row = {key: value for key, value in fact.row.items() if key != "table"}
            if fact.block >= 0:
                row = {"anchor": anchor(self.blocks[fact.block].text, fact.start, fact.end, whole), **row}
            chosen[fact.row["table"]].append(row)
        return chosen


def unmarked(marked: str) -> tuple[list[tuple[int, int]], str]:
    """The places of the marked spans in the text, and the text without marks."""
    if "<" not in marked:
        return [], marked
    spans, pieces, done, length, opened = [], [], 0, 0, -1
    for match in MARK.finditer(marked):
        pieces.append(marked[done : match.start()])
        length += match.start() - done
        done = match.end()
        if match[0] == "<":
            opened = length
        else:
            spans.append((opened, length))
    pieces.append(marked[done:])
    return spans, "".join(pieces)


def anchor(text: str, start: int, end: int, whole: str) -> str:
    """A piece of 10 to 80 letters on the row's own words that stands in the plan once, where the clause allows that."""
    start, end = shortened(text, start, end)
    while len(trimmed(text, start, end)) < SHORTEST and (end < len(text) or start > 0):
        start, end = widened(text, start, end)
    first = trimmed(text, start, end)
    while whole.count(text[start:end].casefold()) > 1:
        wider = widened(text, start, end, within=True)
        if wider == (start, end) or wider[1] - wider[0] > LONGEST:
            break
        start, end = wider
    found = trimmed(text, start, end)
    return found if SHORTEST <= len(found) <= LONGEST else first


def trimmed(text: str, start: int, end: int) -> str:
    """The piece without spaces and punctuation at its ends."""
    return text[start:end].strip(" ,;:.")


def shortened(text: str, start: int, end: int) -> tuple[int, int]:
    """At most 80 letters: the end with the figure if the figure stands at the end, else the beginning."""
    if end - start <= LONGEST:
        return start, end
    head = text.rindex(" ", start, start + LONGEST)
    if re.search(r"\d", text[head:end]):
        return text.index(" ", end - LONGEST) + 1, end
    return start, head


def widened(text: str, start: int, end: int, within: bool = False) -> tuple[int, int]:
    """One word more on the right, or on the left where the right ends or another clause begins; `within` the clause."""
    right = re.compile(r"\s*[^\s.;,:]+" if within else r"\s*\S+").match(text, end)
    left = re.search(r"[^\s.;,:]+\s*$" if within else r"\S+\s*$", text[:start])
    if right and not (left and text[end : end + 1] in (";", ".") and left[0].rstrip()[-1] not in ";."):
        return start, right.end()
    return (left.start(), end) if left else (start, end)
