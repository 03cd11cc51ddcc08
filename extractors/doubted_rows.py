"""Rows whose value rests on figures that OCR read with little confidence, or that no plan writes so: less sure ones.

A scan may read one figure of a clean page badly, and the wrong figure looks like any other. Which words a row rests on
is told by its values: of all words that it quotes, those that say them.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex

from extractors.cleaning.doubts import DOUBTED, FIGURE, WORD
from extractors.context import Plan
from extractors.plan import Doubt

SLOPE, LEAST = 1.5, 0.3
"""What a row loses by how much less than `DOUBTED` its worst figure was read with, and what stays at the worst."""
ODD = 0.5
"""How sure a figure is whose form says that it was misread."""
NUMBER = regex.compile(r"\d[\d.,]*|(?<!\p{L})[IVX]{1,4}(?!\p{L})")
YEAR = regex.compile(r"(?:19|20)\d\d")
GROUPED = regex.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
GROUPS_BY_POINTS = regex.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d,])")
ODD_FORM = regex.compile(r"(?!(?:19|20)\d\d$)\d{4,}|\d{1,3},\d\d0")
"""Where others group thousands by points: figures that lost theirs (`34200`) or whose `%` became digits (`8095 hộ`),
and points read as commas (`63,000`)."""
MOST_PERCENT, WHOLE = 200, 100
EDGES = ".,;:()[]“”\"'"
DASHES = ("-", "–", "—")
QUARTERS = ("I", "II", "III", "IV")
SCALES = (10**3, 10**6, 10**9)
VALUES = {
    "targets": ("value_min", "value_max", "baseline_value"),
    "funding": ("amount_text", "share_percent", "quantity"),
    "deadlines": ("start_date", "end_date"),
    "activities": ("quantity",),
    "citations": ("number", "date"),
}
"""The columns of each table that hold figures."""
YEARS = {"targets": ("baseline_year", "due_year"), "funding": ("year",), "activities": ("year",)}
MEASURED = ("targets", "funding")
"""Tables whose figures count something: the others hold numbers of documents, days and years."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A row of a table, and the figure of its value that is least sure."""

    table: str
    row: Any
    figure: Doubt


def weigh(plan: Plan, rows: dict[str, list]) -> None:
    """Lower the confidence of each row by that of the worst figure of its value."""
    for found in doubtful(plan, rows):
        found.row.confidence = round(found.row.confidence * trust(found.figure.confidence), 3)


def trust(confidence: float) -> float:
    """What a row's confidence is multiplied with for a figure read with some confidence."""
    return min(1.0, max(LEAST, 1 - SLOPE * (DOUBTED - confidence)))


def doubtful(plan: Plan, rows: dict[str, list]) -> Iterator[Doubtful]:
    """The rows of a document that rest on doubted figures."""
    if not any(confidence is not None for confidence in plan.clean.page_confidence):
        return
    grouped = GROUPS_BY_POINTS.search(plan.text) is not None
    for table in VALUES:
        for row in rows[table]:
            if figures := doubted_figures(plan, table, row, grouped):
                yield Doubtful(table, row, min(figures, key=lambda figure: figure.confidence))


def doubted_figures(plan: Plan, table: str, row: Any, grouped: bool) -> list[Doubt]:
    """The doubted words among those that say the values of a row; where none of its words does (a sum told in two
    words, the day before a quarter), all doubted ones. `grouped`: the text groups thousands by points."""
    doubts = doubts_within(plan.clean.doubts, row.char_start, row.char_end)
    measured = table in MEASURED and plan.clean.is_read_at(row.char_start)
    if not doubts and not measured:
        return []
    said = said_by(row, VALUES[table], YEARS.get(table, ()))
    if not said:
        return []
    words = [match.span() for match in WORD.finditer(plan.text, row.char_start, row.char_end)]
    telling = telling_words(plan.text, words, said)
    starts = {words[at][0] for at in telling}
    found = [d for d in doubts if d.start in starts] if telling else list(doubts)
    if measured:
        odd = exceeds(row)
        found += [Doubt(*words[at], ODD) for at in telling if odd or (grouped and is_odd(plan.text[slice(*words[at])]))]
    return found


def doubts_within(doubts: Sequence[Doubt], start: int, end: int) -> Sequence[Doubt]:
    """The doubted words that begin within text[start:end]."""
    return doubts[bisect.bisect_left(doubts, (start,)) : bisect.bisect_left(doubts, (end,))]


def telling_words(text: str, words: Sequence[tuple[int, int]], said: set[float | str]) -> list[int]:
    """Which words say a value: all their figures are figures of it, or become so by `nghìn`, `triệu` or `tỷ`."""
    figures = [figures_of(text[start:end]) if FIGURE.search(text, start, end) else set() for start, end in words]
    telling = {at for at, found in enumerate(figures) if found and found <= said}
    if not telling:
        written = {figure / scale for figure in said if isinstance(figure, float) for scale in SCALES}
        telling = {at for at, found in enumerate(figures) if found and found <= written}
    return sorted(telling | {other for at in telling for other in other_ends(text, words, at)})


def other_ends(text: str, words: Sequence[tuple[int, int]], at: int) -> Iterator[int]:
    """The words to which a dash joins one (`B0% - 90%`): where the one is misread, the other is no value alone."""
    for step in (-1, 1):
        dash, other = at + step, at + 2 * step
        if 0 <= other < len(words) and text[slice(*words[dash])] in DASHES:
            yield other


def said_by(row: Any, columns: Iterable[str], years: Iterable[str]) -> set[float | str]:
    """The figures of a row: numbers, the parts of dates, those of what is kept as written. Years of targets and money
    count where they stand alone."""
    said: set[float | str] = {str(year) for column in years if (year := getattr(row, column))}
    for column in columns:
        value = getattr(row, column)
        if isinstance(value, date):
            said |= {float(value.year), str(value.year), float(value.month), QUARTERS[(value.month - 1) // 3]}
            said |= {float(value.day)} if getattr(row, "precision", "day") == "day" else set()
        elif isinstance(value, str):
            said |= {figure for word in value.split() for figure in figures_of(word)}
        elif value is not None:
            said.add(float(value))
    return said


def figures_of(word: str) -> set[float | str]:
    """The figures in a word: numbers, Roman ones as written, and a year alone as its digits."""
    if YEAR.fullmatch(alone := word.strip(EDGES)):
        return {alone}
    return {number(match.group().strip(".,")) for match in NUMBER.finditer(word)}


def number(figure: str) -> float | str:
    """A figure as a number, grouped by points or with a comma; the figure where it is neither."""
    plain = figure.replace(".", "") if GROUPED.fullmatch(figure) else figure
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return figure


def is_odd(word: str) -> bool:
    """Whether a figure has a form that comes of misreading."""
    return ODD_FORM.fullmatch(word.strip(EDGES).rstrip("%")) is not None


def exceeds(row: Any) -> bool:
    """Whether a share is larger than plans aim at: the sign of percent was read as a digit, too (`809%` for 80 %)."""
    value = row.share_percent if hasattr(row, "share_percent") else percent_of(row)
    return value is not None and (value > MOST_PERCENT or (value > WHOLE and value % 10 == 9))


def percent_of(row: Any) -> float | None:
    """The larger value of a target in percent."""
    if row.unit not in ("percent", "percentage_point"):
        return None
    return max((value for value in (row.value_min, row.value_max) if value is not None), default=None)
