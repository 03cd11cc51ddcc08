"""What a later run gained and lost against an earlier one, row by row of gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluate.judge import Judged
from pipeline.evaluate.match import RULES, Given, Matching, Wanted

RIGHT, MISSED, SPARE, GONE = "right", "missed", "wrongly given", "not given"


@dataclass(frozen=True, slots=True)
class Change:
    """A row that fares otherwise than before."""

    stem: str
    table: str
    what: str
    """The anchor of the gold row, the name of the document's field, or the quote of the row too many."""
    before: str
    after: str
    gain: bool


def changes(before: Sequence[Judged], after: Sequence[Judged]) -> list[Change]:
    """All gains and losses; both runs are judged with the same gold."""
    earlier = {document.stem: document for document in before}
    found: list[Change] = []
    for document in after:
        old = earlier[document.stem]
        found += field_changes(old, document)
        for name, matching in document.tables.items():
            found += row_changes(document.stem, name, old.tables[name], matching)
            found += spare_changes(document.stem, name, old.tables[name], matching)
    return found


def field_changes(before: Judged, after: Judged) -> Iterator[Change]:
    """Fields of the document that became right or wrong."""
    for old, new in zip(before.fields, after.fields, strict=True):
        if old.right != new.right:
            yield Change(after.stem, "documents", new.name, told(old.given), told(new.given), new.right)


def told(value: Any) -> str:
    """A field's value in words."""
    return "nothing" if value is None else str(value)


def row_changes(stem: str, table: str, before: Matching, after: Matching) -> Iterator[Change]:
    """Rows of gold that are found now or no more, or right in other columns."""
    old = states(before)
    for key, (wanted, state) in states(after).items():
        earlier = old[key][1]
        if state != earlier:
            yield Change(stem, table, wanted.label, state_text(earlier), state_text(state), better(state, earlier))


State = frozenset[str] | None
"""The columns of a row that are wrong; None for a row that was not found."""


def states(matching: Matching) -> dict[int, tuple[Wanted, State]]:
    """How each row of gold that is not optional fares, by the identity of its cells."""
    found: dict[int, tuple[Wanted, State]] = {id(row.cells): (row, None) for row in matching.missed}
    for pair in matching.counted:
        found[id(pair.wanted.cells)] = (pair.wanted, frozenset(pair.differing))
    return found


def better(after: State, before: State) -> bool:
    """Whether a row fares better: found, or with fewer wrong columns and no new one."""
    return before is None or (after is not None and after < before)


def state_text(state: State) -> str:
    """`missed`, `right`, or `wrong: unit, due_year`."""
    if state is None:
        return MISSED
    return f"wrong: {', '.join(sorted(state))}" if state else RIGHT


def spare_changes(stem: str, table: str, before: Matching, after: Matching) -> Iterator[Change]:
    """Rows too many that are new, and those that are gone."""
    old, new = spare_rows(table, before), spare_rows(table, after)
    names = {key: row.cells.get("quote") or "" for row in (*before.spare, *after.spare) for key in [key_of(table, row)]}
    for key in (old - new).elements():
        yield Change(stem, table, names[key], SPARE, GONE, True)
    for key in (new - old).elements():
        yield Change(stem, table, names[key], GONE, SPARE, False)


def spare_rows(table: str, matching: Matching) -> Counter[tuple]:
    """The rows too many, those that say the same together."""
    return Counter(key_of(table, row) for row in matching.spare)


def key_of(table: str, row: Given) -> tuple:
    """What a row says: its main values and its words."""
    cells: Mapping[str, Any] = row.cells
    return (*(cells[column] for column in RULES[table].main), row.quote)
