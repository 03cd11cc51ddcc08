"""Tables that a scraper poured into a paragraph (bảng bị dồn dòng): `TT Nội dung Năm 2025 1 Xã Hòa An 12 15 2 Xã Bình
Sơn 8 9`. Which figure stood in which column is lost, and the numbers of rows look like counts (`2 Xã`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extractors.plan import Block
from extractors.tables.heads import CUES, is_bordered
from extractors.values.stretches import holds_digit

ROW = regex.compile(r"(?<=[^\s\d.,/–-]\s|\d\s|[)%]\s)(?P<number>\d{1,3})\s(?=[\p{Lu}\"“])")
FIGURES = regex.compile(r"(?<![\p{L}\d.,/])\d[\d.,]*(?:\s(?:-\s)?\d[\d.,]*(?![\d/])){2,}")
GROUPED = regex.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?(?: - \d{1,3}(?: \d{3})+(?:,\d+)?)?[.,]?")
TELEPHONE = regex.compile(r"0\d{2}")
LONGEST_ROW, LONGEST_HEAD = 600, 400
TAIL = 160
"""So much of a last row is looked through for its end."""
FIGURE = regex.compile(r"(?<![\p{L}\d.,/])\d[\d.,]*(?=\s\d{1,3}\s\p{Lu}|\s\d[\d.,]*\s|\s[-–]\s)")
MIN_FIGURES = 3
ROW_END = regex.compile(r"[.;](?=\s)")
MIN_ROWS = 2
SHORTEST = 60

Span = tuple[int, int]


def flattened_tables(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Where such tables stand, in order: from the head of the column of numbers to the end of the last row, or from the
    first to the last of several runs of figures that only spaces part."""
    found: list[Span] = []
    for start, end in long_lines(text, blocks):
        found += numbered_tables(text, start, end)
        found += runs_of_figures(text, start, end)
    return merged(sorted(found))


def long_lines(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """The lines that are no rows of cells and may hold a table: its rows stand one behind the other."""
    for block in blocks:
        if block.end - block.start >= SHORTEST and not is_bordered(text, block):
            at = block.start
            for line in text[block.start : block.end].split("\n"):
                yield at, at + len(line)
                at += len(line) + 1


def numbered_tables(text: str, start: int, end: int) -> Iterator[Span]:
    """Tables with a head for the numbers of rows (`TT`), behind which these count up from 1."""
    heads = list(CUES["running_number_head"].finditer(text, start, end))
    openings = [(m.start(), int(m["number"])) for m in ROW.finditer(text, start, end)] if heads else []
    at = start
    for head in heads:
        if head.start() < at:
            continue
        rows = counted_rows(openings, head.end())
        if len(rows) >= MIN_ROWS:
            stop = ROW_END.search(text, rows[-1], min(end, rows[-1] + TAIL))
            at = stop.start() if stop else min(end, rows[-1] + TAIL)
            yield head.start(), at


def counted_rows(openings: Sequence[tuple[int, int]], start: int) -> list[int]:
    """Where the rows 1, 2, 3 … begin behind a head, each not far behind the one before. `openings`: numbers with a
    capital behind them, and where they stand."""
    rows: list[int] = []
    limit = start + LONGEST_HEAD
    for at in range(bisect_left(openings, (start, 0)), len(openings)):
        place, number = openings[at]
        if place > limit:
            break
        if number == len(rows) + 1:
            rows.append(place)
            limit = place + LONGEST_ROW
    return rows


def runs_of_figures(text: str, start: int, end: int) -> Iterator[Span]:
    """Several runs of three figures and more, not far from one another; numbers grouped by spaces and telephone numbers
    are none."""
    if not holds_digit(text, start, end):
        return
    runs = [
        m.span()
        for m in FIGURES.finditer(text, start, end)
        if not GROUPED.fullmatch(m.group()) and not TELEPHONE.match(m.group())
    ]
    for one, other in pairwise(runs):
        if other[0] - one[1] <= LONGEST_ROW // 2:
            yield one[0], other[1]


def holds_figures(text: str, start: int, end: int) -> bool:
    """Whether such a table held figures beside the numbers of its rows: a sheet of tasks does not."""
    return sum(1 for _ in FIGURE.finditer(text, start, end)) >= MIN_FIGURES


def merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch put together."""
    whole: list[Span] = []
    for start, end in spans:
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole
