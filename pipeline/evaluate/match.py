"""When a row of the tables is the row that gold wants, and which row is paired with which.

For each table one rule says whether a row is *found* (it stands at the anchor and its main value is right), and which
further columns must agree for it to be *strictly* right. Rows are paired one to one, so that as many as can be find a
partner, and among partners that which agrees in more columns is taken.

Not punished: what gold marks optional, further mentions of a cited document, several rows where gold has one for a
whole item of tasks, findings beyond those that gold lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from pipeline.evaluate.texts import document_number, holds, same, similar, squeezed, stated

NEAR = 300
"""Squeezed letters between a row and the anchor of the task that it may be read from."""
SAME_ITEM = 1500
"""Squeezed letters within which a second row for an agency belongs to the same item of tasks."""
SIMILAR_AGENCY, SIMILAR_NAME = 0.8, 0.7


class Verdict(StrEnum):
    """What gold says about a row of the tables."""

    RIGHT = "right"
    PARTLY = "partly"
    """Found, but a column is wrong."""
    WRONG = "wrong"
    OPEN = "open"
    """Gold does not say: optional, a repeated mention, or beyond what gold lists."""


@dataclass(frozen=True)
class Wanted:
    """A row of gold."""

    cells: Mapping[str, Any]

    @property
    def optional(self) -> bool:
        """Whether a careful reader could go either way."""
        return bool(self.cells.get("optional"))

    @cached_property
    def anchor(self) -> str:
        """The anchor, squeezed; empty for tables without."""
        return squeezed(self.cells.get("anchor") or "")

    @property
    def label(self) -> str:
        """What the row is known by to a reader."""
        return str(self.cells.get("anchor") or self.cells.get("number") or self.cells.get("check"))


@dataclass(frozen=True)
class Given:
    """A row of the tables and where it starts in the squeezed text."""

    cells: Mapping[str, Any]
    start: int = 0

    @cached_property
    def quote(self) -> str:
        """The quote, squeezed."""
        return squeezed(self.cells.get("quote") or "")


@dataclass(frozen=True)
class Page:
    """A document's squeezed text, and where anchors stand in it."""

    text: str = ""
    _spots: dict[str, list[int]] = field(default_factory=dict)

    def near(self, wanted: Wanted, given: Given, reach: int) -> bool:
        """Whether the row stands within `reach` letters of a place where the anchor stands."""
        anchor = wanted.anchor
        if anchor not in self._spots:
            self._spots[anchor] = [found.start() for found in re.finditer(re.escape(anchor), self.text)]
        end = given.start + len(given.quote)
        return any(s <= end + reach and given.start <= s + len(anchor) + reach for s in self._spots[anchor])


def found_target(wanted: Wanted, given: Given, page: Page) -> bool:
    """The same figures in the same place."""
    return same_cells(("value_min", "value_max"), wanted, given) and holds(given.quote, wanted.anchor)


def found_funding(wanted: Wanted, given: Given, page: Page) -> bool:
    """The same source, amount or share in the same place."""
    if wanted.cells["kind"] == "source":
        main = given.cells["kind"] == "source" and same_cells(("source",), wanted, given)
    elif stated(wanted.cells.get("amount_vnd")):
        main = same_cells(("amount_vnd",), wanted, given)
    else:
        main = given.cells["kind"] != "source" and same_cells(("share_percent",), wanted, given)
    return main and holds(given.quote, wanted.anchor)


def found_assignment(wanted: Wanted, given: Given, page: Page) -> bool:
    """The same body in the same passage; a body outside the vocabulary by its name."""
    if stated(wanted.cells["agency_code"]):
        main = same_cells(("agency_code",), wanted, given)
    else:
        main = similar(given.cells["agency_text"], wanted.cells.get("agency_text"), SIMILAR_AGENCY)
    return main and (holds(given.quote, wanted.anchor) or page.near(wanted, given, NEAR))


def found_deadline(wanted: Wanted, given: Given, page: Page) -> bool:
    """The same time in the same place; the plan's own years wherever they are quoted from."""
    kind = wanted.cells["kind"]
    if kind == "period":
        return same_cells(("kind", "start_date", "end_date"), wanted, given)
    main = {"recurring": ("kind", "recurrence"), "relative": ("kind",)}.get(kind, ("end_date",))
    return same_cells(main, wanted, given) and holds(given.quote, wanted.anchor)


def found_activity(wanted: Wanted, given: Given, page: Page) -> bool:
    """The same kind and nearly the same name in the same passage."""
    return (
        same_cells(("kind",), wanted, given)
        and (holds(given.quote, wanted.anchor) or page.near(wanted, given, NEAR))
        and similar(given.cells["name"], wanted.cells["name"], SIMILAR_NAME)
    )


def found_citation(wanted: Wanted, given: Given, page: Page) -> bool:
    """The same number."""
    return document_number(wanted.cells["number"]) == document_number(given.cells["number"])


def found_finding(wanted: Wanted, given: Given, page: Page) -> bool:
    """The same check with the same sum."""
    actual = wanted.cells.get("actual")
    return wanted.cells["check"] == given.cells["check"] and (
        not stated(actual) or same(actual, given.cells["actual"]) or same(actual, given.cells["expected"])
    )


def same_cells(columns: Sequence[str], wanted: Wanted, given: Given) -> bool:
    """Whether the rows say the same in all of the columns."""
    return all(same(wanted.cells.get(column), given.cells[column]) for column in columns)


def spare_citation(given: Given, wanted: Sequence[Wanted], page: Page) -> bool:
    """A document that gold does not know; one cited by name alone is left out of gold."""
    number = document_number(given.cells["number"])
    return stated(given.cells["number"]) and number not in {document_number(w.cells["number"]) for w in wanted}


def spare_assignment(given: Given, wanted: Sequence[Wanted], page: Page) -> bool:
    """A body that has no task in this item: one row a task is as good as one row an item."""
    code = given.cells["agency_code"]
    mates = (w for w in wanted if stated(w.cells["agency_code"]) and same(w.cells["agency_code"], code))
    return not any(page.near(mate, given, SAME_ITEM) for mate in mates)


def always(given: Given, wanted: Sequence[Wanted], page: Page) -> bool:
    """Every row without a partner is one too many."""
    return True


def never(given: Given, wanted: Sequence[Wanted], page: Page) -> bool:
    """Gold lists the least that must be there."""
    return False


@dataclass(frozen=True, slots=True)
class Rules:
    """How one table is scored."""

    found: Callable[[Wanted, Given, Page], bool]
    main: tuple[str, ...]
    """Columns that `found` rests on."""
    scored: tuple[str, ...]
    """Columns that must agree, too, for a row to be strictly right."""
    needed: tuple[str, ...]
    """What a gold row must state, be it as null."""
    spare: Callable[[Given, Sequence[Wanted], Page], bool] = always
    """Whether a row without a partner is wrong."""


RULES: dict[str, Rules] = {
    "targets": Rules(
        found_target,
        ("value_min", "value_max"),
        ("indicator_code", "direction", "comparator", "unit", "rate_period", "due_year"),
        ("anchor", "value_min", "value_max"),
    ),
    "funding": Rules(
        found_funding,
        ("amount_vnd", "share_percent"),
        ("kind", "per_unit", "year", "source", "expenditure_type"),
        ("anchor", "kind"),
    ),
    "assignments": Rules(
        found_assignment, ("agency_code",), ("role", "component"), ("anchor", "agency_code"), spare_assignment
    ),
    "deadlines": Rules(
        found_deadline, (), ("kind", "start_date", "end_date", "precision", "recurrence"), ("anchor", "kind")
    ),
    "activities": Rules(found_activity, (), ("year", "commune_text", "district_text"), ("anchor", "kind", "name")),
    "citations": Rules(found_citation, (), ("instrument", "date", "relation"), ("number",), spare_citation),
    "findings": Rules(found_finding, (), (), ("check",), never),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of gold with its row of the tables, and the columns in which they differ."""

    wanted: Wanted
    given: Given
    differing: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """What the pair says about the given row."""
        if self.wanted.optional:
            return Verdict.OPEN
        return Verdict.PARTLY if self.differing else Verdict.RIGHT


@dataclass(frozen=True, slots=True)
class Matching:
    """How the rows of one table of one document stand against gold."""

    pairs: list[Pair]
    missed: list[Wanted]
    spare: list[Given]
    excused: list[Given]

    @property
    def counted(self) -> list[Pair]:
        """Pairs whose gold row is not optional."""
        return [pair for pair in self.pairs if not pair.wanted.optional]

    def verdicts(self) -> list[tuple[Given, Verdict]]:
        """Every given row with what gold says about it."""
        paired = [(pair.given, pair.verdict) for pair in self.pairs]
        return paired + [(g, Verdict.WRONG) for g in self.spare] + [(g, Verdict.OPEN) for g in self.excused]


def agrees(column: str, wanted: Any, given: Any) -> bool:
    """Whether a scored cell is right. A component is a path (`Dự án 2/Tiểu dự án 1`); gold may name its last part."""
    if column == "component" and stated(wanted) and stated(given) and "/" not in str(wanted):
        given = str(given).rsplit("/", 1)[-1]
    return same(wanted, given)


def match(table: str, wanted: Sequence[Wanted], given: Sequence[Given], page: Page) -> Matching:
    """Pair a table's rows of gold with the given ones."""
    rules = RULES[table]
    partner = pair_up(choices(rules, wanted, given, page), len(wanted))
    pairs = [Pair(wanted[i], given[j], differing(rules, wanted[i], given[j])) for i, j in partner.items()]
    missed = [row for i, row in enumerate(wanted) if i not in partner and not row.optional]
    taken = set(partner.values())
    left = [row for j, row in enumerate(given) if j not in taken]
    spare, excused = [], []
    for row in left:
        (spare if rules.spare(row, wanted, page) else excused).append(row)
    return Matching(pairs, missed, spare, excused)


def differing(rules: Rules, wanted: Wanted, given: Given) -> tuple[str, ...]:
    """Scored columns that gold states otherwise; what gold leaves open is not held against the row."""
    cells = wanted.cells
    return tuple(c for c in rules.scored if c in cells and not agrees(c, cells[c], given.cells[c]))


def choices(rules: Rules, wanted: Sequence[Wanted], given: Sequence[Given], page: Page) -> list[tuple[int, int]]:
    """All pairs (gold row, given row) that may go together, the best first.

    Rows that gold insists on choose first; then more agreement counts, then a quote that holds the anchor.
    """
    ranked = []
    for i, want in enumerate(wanted):
        for j, row in enumerate(given):
            if rules.found(want, row, page):
                agreeing = sum(agrees(c, want.cells.get(c), row.cells[c]) for c in rules.scored)
                ranked.append((want.optional, -agreeing, not holds(row.quote, want.anchor), i, j))
    return [(i, j) for *_, i, j in sorted(ranked)]


def pair_up(ranked: Sequence[tuple[int, int]], size: int) -> dict[int, int]:
    """One given row for each gold row where that can be: greedily by rank, then by augmenting paths."""
    options: dict[int, list[int]] = {}
    partner: dict[int, int] = {}
    holder: dict[int, int] = {}
    for i, j in ranked:
        options.setdefault(i, []).append(j)
        if i not in partner and j not in holder:
            partner[i], holder[j] = j, i

    def settle(i: int, asked: set[int]) -> bool:
        """Find a row for `i`; who holds it may have to move to its next choice."""
        for j in options.get(i, []):
            if j not in asked:
                asked.add(j)
                if j not in holder or settle(holder[j], asked):
                    partner[i], holder[j] = j, i
                    return True
        return False

    for i in range(size):
        if i not in partner:
            settle(i, set())
    return partner
