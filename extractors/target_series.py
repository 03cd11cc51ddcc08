"""Series by year (lộ trình từng năm): figures that name nothing but their year say what the figure before them says.

`Tỷ lệ đô thị hóa: năm 2022: 25,5%; năm 2023: 27%`: the second is of the same indicator and moves the same way.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cues import cues
from schemas.records import Target

CUES = cues("target_cues.yaml")
NAMES_YEAR = CUES["names_year"]
YEAR_ALONE = CUES["year_alone"]
SAME_SHARE = frozenset({"percent", "percentage_point"})


def goes_on_by_year(text: str, clause: tuple[int, int], earlier: Sequence[Target]) -> bool:
    """Whether a clause is a year and a figure alone, behind a target that names its year."""
    return series_head(text[clause[0] : clause[1]], earlier) is not None


def series_head(words: str, earlier: Sequence[Target]) -> Target | None:
    """The target whose indicator a year and a figure alone go on telling; None where the words say more."""
    if not earlier or not YEAR_ALONE.fullmatch(words):
        return None
    last = earlier[-1]
    return last if last.due_year_stated and NAMES_YEAR.search(last.indicator_text) else None


def unit_in_series(unit: str | None, head: Target) -> bool:
    """Whether a figure of a series counts what its head counts; a share that moves a rate is in points."""
    return unit == head.unit or (unit in SAME_SHARE and head.unit in SAME_SHARE)
