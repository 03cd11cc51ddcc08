"""The totals within a table: which of several is the grand total, and which rows each of the others sums up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.cues import cues
from extractors.sums import NEAR, TINY
from extractors.tables.heads import Column
from extractors.tables.tables import Row
from schemas.records import Funding, Target

SAYS_TOTAL = cues("table_cues.yaml")["says_total"]
Heads = Mapping[tuple[int, Column], "Funding | Target"]
"""The facts that stand for a row in a column, by where the row starts; the others of its line are their parts."""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A total row within a table (`Cộng`), the rows that it sums up, and the row over them that only names them."""

    row: Row
    held: list[Row]
    title: Row | None


def grand_total(text: str, found: Iterable[tuple[Row, Sequence[float]]]) -> Row | None:
    """The total row of a table: of several (`Cộng` under each group) the one with the most, and of those with as much
    the one that says `Tổng`, else the last."""
    totals = [(max(values), says_total(text, row), row.start, row) for row, values in found if row.total and values]
    return max(totals, key=lambda t: t[:3])[3] if totals else None


def says_total(text: str, row: Row) -> bool:
    """Whether a total row is one of all (`Tổng cộng`) by its words."""
    return SAYS_TOTAL.search(text, row.start, row.end) is not None


def subtotals(
    rows: Iterable[Row], grand: Row | None, has_figures: Callable[[Row], bool], rank: Callable[[Row], int]
) -> Iterator[Subtotal]:
    """The totals but the grand one, each with the outermost of the rows since the total before it."""
    held: list[Row] = []
    title: Row | None = None
    for row in sorted(rows, key=lambda r: r.start):
        if row is grand:
            continue
        if not row.total:
            if has_figures(row):
                held.append(row)
            elif not held:
                title = row
            continue
        first = min(map(rank, held), default=0)
        yield Subtotal(row, [r for r in held if rank(r) == first], title)
        held, title = [], None


def hold(subtotal: Subtotal, heads: Heads, value: Callable[[object], float | None], surely: bool) -> list[Column]:
    """Make the facts of the rows parts of their subtotal, column by column, where they make it (or, where all of the
    table is known `surely`, come near it). The columns where they do."""
    done = []
    for column, _ in subtotal.row.cells:
        whole = heads.get((subtotal.row.start, column))
        if whole is None:
            continue
        parts = [part for r in subtotal.held if (part := heads.get((r.start, column))) is not None]
        stated, made = value(whole) or 0.0, sum(value(part) or 0.0 for part in parts)
        exact = abs(stated - made) <= TINY * max(1.0, stated)
        if parts and stated and (exact or (surely and NEAR[0] <= made / stated <= NEAR[1])):
            for part in parts:
                part.parent_id = id_of(whole)
            done.append(column)
    return done


def id_of(fact: Funding | Target) -> str:
    """The key of a fact."""
    return fact.funding_id if isinstance(fact, Funding) else fact.target_id
