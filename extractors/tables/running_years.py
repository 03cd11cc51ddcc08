"""Which year was running when a plan was made (năm hiện hành): its figures are an estimate rather than an aim."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

EARLY, LATE = 3, 10
"""Up to this month a plan of several years still estimates the year before, from that on its own first year."""


class Begun(NamedTuple):
    """The first year that a plan is for, when it was issued, and whether it is for several years."""

    first: int | None = None
    year: int | None = None
    month: int | None = None
    several: bool = True

    def running_of(self, years: Collection[int], done: bool) -> int | None:
        """Of years in the heads of a table that which was running; None where that is not told. `done`: what it brought
        is told, not estimated, so that it was over."""
        if self.first is None:
            return None
        issued = self.year if self.several and self.year and self.year >= self.first else None
        before = max((year for year in years if year < (issued or self.first)), default=None)
        if done or issued not in years or (self.month and self.month <= EARLY):
            return before
        late = self.month is not None and self.month >= LATE
        return issued if late or before is None else None

    def may_have_run(self, year: int) -> bool:
        """Whether a year of a plan of several was over, or nearly, when the plan was issued."""
        if not self.several or self.year is None:
            return False
        return year < self.year or (year == self.year and (self.month or 0) >= LATE)
