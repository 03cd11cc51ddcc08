"""Precision, recall and F1 by table, by column and by document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import DOCUMENT_FIELDS
from pipeline.evaluate.judge import Field, Judged
from pipeline.evaluate.match import RULES, Matching
from pipeline.evaluate.texts import stated
from pipeline.exit_codes import UsageError

STRICT = ".strict"


@dataclass(slots=True)
class Tally:
    """Rows that were rightly given (`hit`), not given (`missed`), wrongly given (`spare`)."""

    hit: int = 0
    missed: int = 0
    spare: int = 0

    @property
    def support(self) -> int:
        """Rows that gold wants."""
        return self.hit + self.missed

    @property
    def precision(self) -> float:
        """Share of the given rows that are wanted."""
        return share(self.hit, self.hit + self.spare)

    @property
    def recall(self) -> float:
        """Share of the wanted rows that are given."""
        return share(self.hit, self.support)

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1 where nothing was wanted and nothing given."""
        return share(2 * self.hit, 2 * self.hit + self.missed + self.spare)


@dataclass(slots=True)
class TableScore:
    """A table's score: rows found, and rows right in every scored column."""

    found: Tally
    strict: Tally


@dataclass(slots=True)
class ColumnScore:
    """A column's score: cells that gold states (`values`), and of the rows found, how many have the right cell."""

    values: Tally
    rows: int = 0
    right: int = 0

    @property
    def accuracy(self) -> float:
        """Share of the rows found whose cell is right; a cell rightly empty counts."""
        return share(self.right, self.rows)


def share(part: int, whole: int) -> float:
    """A share; nothing of nothing is all of it."""
    return part / whole if whole else 1.0


def table_score(matchings: Iterable[Matching]) -> TableScore:
    """One table over several documents."""
    score = TableScore(Tally(), Tally())
    for matching in matchings:
        pairs, missed, spare = matching.counted, len(matching.missed), len(matching.spare)
        right = sum(not pair.differing for pair in pairs)
        half = len(pairs) - right
        add(score.found, len(pairs), missed, spare)
        add(score.strict, right, missed + half, spare + half)
    return score


def add(tally: Tally, hit: int, missed: int, spare: int) -> None:
    """Count on."""
    tally.hit += hit
    tally.missed += missed
    tally.spare += spare


def table_scores(judged: Sequence[Judged]) -> dict[str, TableScore]:
    """Every table over all documents that are annotated for it."""
    return {name: table_score(d.tables[name] for d in judged if name in d.tables) for name in RULES}


def column_scores(table: str, judged: Sequence[Judged]) -> dict[str, ColumnScore]:
    """Every scored column of a table."""
    if table == "documents":
        return {name: field_score(f for d in judged for f in d.fields if f.name == name) for name in DOCUMENT_FIELDS}
    matchings = [d.tables[table] for d in judged if table in d.tables]
    rules = RULES[table]
    return {column: column_score(column, matchings) for column in (*rules.main, *rules.scored)}


def column_score(column: str, matchings: Iterable[Matching]) -> ColumnScore:
    """One column: cells of pairs, of rows missed, of rows too many."""
    score = ColumnScore(Tally())
    for matching in matchings:
        for pair in matching.counted:
            if column in pair.wanted.cells:
                count_cell(score, pair.wanted.cells[column], pair.given.cells[column], column not in pair.differing)
        score.values.missed += sum(stated(row.cells.get(column)) for row in matching.missed)
        score.values.spare += sum(stated(row.cells[column]) for row in matching.spare)
    return score


def field_score(fields: Iterable[Field]) -> ColumnScore:
    """One field of `documents`."""
    score = ColumnScore(Tally())
    for field in fields:
        count_cell(score, field.wanted, field.given, field.right)
    return score


def count_cell(score: ColumnScore, wanted: object, given: object, right: bool) -> None:
    """Count a cell that stands against gold's."""
    score.rows += 1
    score.right += right
    if right:
        score.values.hit += stated(wanted)
    else:
        score.values.missed += stated(wanted)
        score.values.spare += stated(given)


def fields_right(judged: Iterable[Judged]) -> tuple[int, int]:
    """Document fields right, and all of them."""
    fields = [field.right for document in judged for field in document.fields]
    return sum(fields), len(fields)


def headline(judged: Sequence[Judged]) -> dict[str, float]:
    """The figures that bounds are set on: `documents`, each table's found F1, and its strict F1 as `TABLE.strict`."""
    figures = {"documents": share(*fields_right(judged))}
    for name, score in table_scores(judged).items():
        figures[name] = score.found.f1
        figures[name + STRICT] = score.strict.f1
    return figures


def read_bounds(texts: Sequence[str]) -> dict[str, float]:
    """Bounds from `TABLE[.strict]=F1`. Raises UsageError."""
    known = ["documents", *RULES, *(name + STRICT for name in RULES)]
    bounds = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            bound = float(value)
        except ValueError:
            bound = -1.0
        if name not in known or not 0 <= bound <= 1:
            tables = ", ".join(("documents", *RULES))
            raise UsageError(f"--min {text!r} is no bound: write TABLE=F1 or TABLE.strict=F1. Tables: {tables}.")
        bounds[name] = bound
    return bounds


def short_of(bounds: dict[str, float], figures: dict[str, float]) -> list[str]:
    """What falls short of its bound: `targets.strict 0.871 < 0.9`."""
    return [f"{name} {figures[name]:.3f} < {bound:g}" for name, bound in bounds.items() if figures[name] < bound]
