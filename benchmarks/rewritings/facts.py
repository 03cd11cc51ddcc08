"""The facts of two readings of one plan held against each other: values, not places."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any

from extractors.extract import Extraction
from pipeline.evaluate.gold import DOCUMENT_FIELDS, Gold
from pipeline.evaluate.judge import placed
from pipeline.evaluate.match import Page, Wanted, match
from pipeline.evaluate.texts import squeezed

VALUES: dict[str, tuple[str, ...]] = {
    "targets": (
        "indicator_code", "direction", "comparator", "value_min", "value_max", "unit", "rate_period", "due_year",
        "due_year_stated", "baseline_value", "baseline_year",
    ),
    "funding": ("kind", "amount_vnd", "share_percent", "per_unit", "quantity", "year", "source", "expenditure_type"),
    "assignments": ("agency_code", "agency_level", "role", "component"),
    "deadlines": ("kind", "start_date", "end_date", "precision", "recurrence", "agency_code"),
    "activities": ("kind", "label", "year", "commune_code", "district_code", "quantity"),
    "citations": ("instrument", "number", "date", "relation"),
    "findings": ("check", "expected", "actual"),
}  # fmt: skip
"""The columns that say what a fact is, without words cut from the text."""
SAME_PLACE = 0.6
"""Share of letters in common from which two quotes are taken for one passage."""


@dataclass(slots=True)
class Change:
    """A fact that is not as it was. Without `after` it is lost, without `before` it is new."""

    table: str
    before: Any = None
    after: Any = None
    columns: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return "lost" if self.after is None else "new" if self.before is None else "changed"


@dataclass(slots=True)
class Difference:
    """What differs between two readings, and how many facts the first had."""

    facts: int = 0
    changes: list[Change] = field(default_factory=list)


def compare(before: Extraction, after: Extraction) -> Difference:
    """All facts of both readings, field by field of the document, row by row of the tables."""
    found = Difference()
    for name in DOCUMENT_FIELDS:
        found.facts += 1
        if plain(before.document[name]) != plain(after.document[name]):
            found.changes.append(Change(f"documents.{name}", before.document[name], after.document[name], (name,)))
            if after.document[name] is None:
                found.changes[-1].after = None
    for table, columns in VALUES.items():
        found.facts += len(before.rows[table])
        found.changes += compare_rows(table, columns, before.rows[table], after.rows[table])
    return found


def compare_rows(table: str, columns: tuple[str, ...], before: list, after: list) -> list[Change]:
    """The rows of one table: equal ones go out first, the others are paired by the passage that they stand in."""
    waiting: dict[tuple, list] = defaultdict(list)
    for row in after:
        waiting[values(row, columns)].append(row)
    left = []
    for row in before:
        mates = waiting[values(row, columns)]
        mates.pop(0) if mates else left.append(row)
    fresh = sorted((row for rows in waiting.values() for row in rows), key=lambda row: row.char_start or 0)
    changes = []
    for row in left:
        mate = nearest(row, fresh, columns)
        if mate is not None:
            fresh.remove(mate)
            differing = tuple(c for c in columns if plain(getattr(row, c)) != plain(getattr(mate, c)))
            changes.append(Change(table, row, mate, differing))
        else:
            changes.append(Change(table, row))
    return changes + [Change(table, None, row) for row in fresh]


def nearest(row: Any, others: list, columns: tuple[str, ...]) -> Any:
    """The row that was read from the same passage and says most of the same."""
    best, best_score = None, (0, 0.0)
    for other in others:
        alike = likeness(row.quote, other.quote)
        if alike >= SAME_PLACE:
            same = sum(plain(getattr(row, c)) == plain(getattr(other, c)) for c in columns)
            if same * 2 >= len(columns) and (same, alike) > best_score:
                best, best_score = other, (same, alike)
    return best


def likeness(first: str | None, second: str | None) -> float:
    """The share of letters that two quotes have in common."""
    a, b = letters(first or "")[:200], letters(second or "")[:200]
    if a and b and (a in b or b in a):
        return 1.0
    common = (Counter(a) & Counter(b)).total()
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if common > 0.4 * max(len(a), len(b)) else 0.0


def letters(text: str) -> str:
    """Letters and figures without marks and case."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", bare)


def values(row: Any, columns: tuple[str, ...]) -> tuple:
    return tuple(plain(getattr(row, column)) for column in columns)


def plain(value: Any) -> Any:
    """A value without what a rewriting of letters changes by right."""
    return letters(value).replace("y", "i") if isinstance(value, str) else value


def held_against(gold: Gold, reading: Extraction, rewrite: Callable[[str], str]) -> tuple[int, int]:
    """How many rows gold insists on, and how many of them were found. `rewrite` is done to the anchors."""
    page = Page(squeezed(reading.text))
    asked = found = 0
    for table, rows in gold.tables.items():
        wanted = [anchored(row, rewrite) for row in rows]
        matching = match(table, wanted, placed([asdict(row) for row in reading.rows[table]], reading.text), page)
        asked += sum(not row.optional for row in wanted)
        found += len(matching.counted)
    return asked, found


def anchored(wanted: Wanted, rewrite: Callable[[str], str]) -> Wanted:
    """A row of gold with its anchor rewritten."""
    if not wanted.cells.get("anchor"):
        return wanted
    return Wanted({**wanted.cells, "anchor": rewrite(wanted.cells["anchor"])})
