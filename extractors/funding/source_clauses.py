"""A clause that names sources of money: what its words tell of all of them, read once and not for each source."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from extractors.context import Plan
from extractors.funding.terms import CUES, is_contextual
from extractors.pieces import pieces
from extractors.plan import Block
from extractors.values.money import Amount, find_amounts
from schemas.records import Funding

if TYPE_CHECKING:
    from extractors.language.spans import TermSpan as Span

PAST_OPENING = CUES.naming("past_opening", "year")


class SourceClause:
    """A clause of a block beside the rows that the block's amounts and shares have made."""

    def __init__(self, plan: Plan, start: int, end: int, rows: Sequence[Funding]) -> None:
        self.plan, self.start, self.end, self.rows = plan, start, end, rows

    def says(self, cue: str) -> bool:
        """Whether a cue stands anywhere in the clause."""
        if cue not in self._said:
            self._said[cue] = CUES[cue].search(self.plan.text, self.start, self.end) is not None
        return self._said[cue]

    @cached_property
    def _said(self) -> dict[str, bool]:
        return {}

    @cached_property
    def sources(self) -> list[Span]:
        """The sources that it names, in order."""
        return self.plan.terms("funding_sources", self.start, self.end)

    @cached_property
    def own_names(self) -> set[str]:
        """The sources that it names by words which mean a source anywhere."""
        return {s.label_ for s in self.sources if not is_contextual(s)}

    @cached_property
    def labels(self) -> set[str]:
        """The sources that it names in whatever words."""
        return {s.label_ for s in self.sources}

    @cached_property
    def opens_past(self) -> bool:
        """Whether it opens with a year before the plan's: it tells who paid then."""
        opening = PAST_OPENING.match(self.plan.text, self.start, self.end)
        first = self.plan.first_year
        return bool(opening and first) and int(opening["year"]) < first

    @cached_property
    def shares(self) -> bool:
        """Whether a share of its own has made a row."""
        return any(r.kind == "share" and self.start <= r.char_start < self.end for r in self.rows)

    @cached_property
    def quotes(self) -> bool:
        """Whether a quotation mark stands in it."""
        words = self.plan.text[self.start : self.end]
        return "“" in words or '"' in words

    @cached_property
    def work_joined(self) -> tuple[int, int] | None:
        """The words in which people are only to take part in work."""
        joined = CUES["work_joined"].search(self.plan.text, self.start, self.end)
        return joined.span() if joined else None

    @cached_property
    def _owned(self) -> tuple[list[tuple[int, int]], list[Amount]]:
        told = {r.amount_vnd for r in self.rows}
        amounts = [a for a in find_amounts(self.plan.text, self.start, self.end) if a.amount_vnd in told]
        return (pieces(self.plan.text, self.start, self.end, amounts) if amounts else []), amounts

    def amount_at(self, at: int) -> tuple[Amount, int, int] | None:
        """The amount with a row in whose words something stands, and where those words begin and end."""
        owned, amounts = self._owned
        found = bisect.bisect_right(owned, at, key=itemgetter(0)) - 1
        if found < 0 or not owned[found][0] <= at < owned[found][1]:
            return None
        return amounts[found], *owned[found]


class SourceClauses:
    """The clauses of a block, found by what stands in them."""

    def __init__(self, plan: Plan, block: Block, rows: Sequence[Funding]) -> None:
        self.plan, self.block, self.rows = plan, block, rows
        self.places = plan.clauses(block)
        self.read: dict[int, SourceClause] = {}

    def at(self, char: int) -> SourceClause:
        """The clause in which a character stands; the whole block where none holds it."""
        found = bisect.bisect_right(self.places, char, key=itemgetter(0)) - 1
        if found < 0 or char >= self.places[found][1]:
            found, place = -1, (self.block.body_start, self.block.end)
        else:
            place = self.places[found]
        if found not in self.read:
            self.read[found] = SourceClause(self.plan, *place, self.rows)
        return self.read[found]
