"""Series by year (lộ trình từng năm): figures that name nothing but their year are of the indicator before them.

`Tỷ lệ đô thị hóa: năm 2022: 25,5%; năm 2023: 27%`. Where both stand bare behind their years they also move the same
way; a verb of their own (còn, tăng) tells how they move.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cues import cues
from schemas.records import Target

CUES = cues("target_cues.yaml")
NAMES_YEAR = CUES["names_year"]
YEAR_ALONE = CUES["year_alone"]
KIND = CUES.naming("kind_of_list", "kind")
TOLD_BARE = CUES["told_bare"]
SAME_SHARE = frozenset({"percent", "percentage_point"})


def goes_on_by_year(text: str, clause: tuple[int, int], measures: Sequence, earlier: Sequence[Target]) -> bool:
    """Whether a clause is a year and a figure alone, behind a semicolon and a target that names its year and counts the
    same."""
    head = series_head(text[clause[0] : clause[1]], earlier)
    goes_on = text[max(0, clause[0] - 3) : clause[0]].rstrip().endswith(";")
    return head is not None and goes_on and all(unit_in_series(getattr(m, "unit", None), head) for m in measures)


def series_head(words: str, earlier: Sequence[Target]) -> Target | None:
    """The target whose indicator a year and a figure go on telling, with no words between but of reaching or change;
    None where the words say more."""
    if not earlier or not YEAR_ALONE.fullmatch(words):
        return None
    last = earlier[-1]
    return last if last.due_year_stated and NAMES_YEAR.search(last.indicator_text) else None


def unit_in_series(unit: str | None, head: Target) -> bool:
    """Whether a figure of a series counts what its head counts; a share that moves a rate is in points."""
    return unit == head.unit or (unit in SAME_SHARE and head.unit in SAME_SHARE)


def move_in_series(words: str, direction: str, unit: str | None, head: Target) -> tuple[str, str | None]:
    """Direction and unit of a figure in a series: as those of its head where both stand bare behind their years, else
    its own; what changes a rate is in points."""
    if direction == "reach" and TOLD_BARE.search(words) and TOLD_BARE.search(head.indicator_text):
        return head.direction, head.unit
    return direction, "percentage_point" if direction != "reach" and unit == "percent" else unit


def year_of_last(text: str, clause: tuple[int, int], unit: str | None, earlier: Sequence[Target]) -> int | None:
    """The year by which the target of the clause before holds, where this clause goes on its list: behind a semicolon,
    of the same unit, with the words that name a kind there (`trình độ trung cấp đến năm 2025 là 40%; trình độ đại học
    là 25%`)."""
    last = earlier[-1] if earlier else None
    if last is None or not last.due_year_stated or last.unit != unit or last.direction != "reach":
        return None
    between = text[last.char_end - 1 : clause[0]]
    kind = KIND.match(text, *clause)
    if between.strip() != ";" or kind is None:
        return None
    return last.due_year if f" {kind['kind'].casefold()} " in last.quote.casefold() else None
