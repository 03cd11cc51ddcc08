"""Arithmetic that a document lets one check: totals against their parts, counts against what is listed.

A total may be split more than once (by source, by year), a split may stand in several lists, and `trong đó` may name
some parts only. So parts are taken as runs that stand together; a run is held against the total only where no runs
that follow one another make it up, and where its sum comes near: what lies far off is no split of this total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from extractors.cues import cues
from extractors.plan import Section
from schemas.records import Activity, Funding, Target

NEAR = (0.93, 1.07)
"""Between these shares of the total a sum is one of all its parts, and wrong."""
LISTED = {"model": ("model",), "project": ("project",)}
TINY = 1e-6
SHARES = ("percent", "percentage_point")
MEAN = cues("finding_cues.yaml")["mean_told"]
DOUBTFUL = 0.5
"""How sure two figures are that cannot both be right."""
STAGE = cues("finding_cues.yaml").naming("stage", "year")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A stated figure and what its parts make instead."""

    row: Funding | Target
    stated: float
    actual: float


def wrong_sums(total: float, parts: Sequence[tuple[float, Hashable]]) -> list[float]:
    """Sums of runs of parts that come near the total and miss it. `parts`: values in reading order, each with a key
    that runs share."""
    runs = [up_to(total, [value for value, _ in run]) for _, run in groupby(parts, key=lambda p: p[1])]
    sums = [sum(run) for run in runs]
    explained = made_up(total, sums)
    wrong = [s for i, s in enumerate(sums) if i not in explained and len(runs[i]) > 1 and is_near(s, total)]
    if not explained and not wrong and len(runs) > 1 and is_near(sum(sums), total):
        return [sum(sums)]
    return wrong


def up_to(total: float, run: list[float]) -> list[float]:
    """A run without what follows parts that make the total by themselves: sums of something else in the same list."""
    made = 0.0
    for count, value in enumerate(run, start=1):
        made += value
        if count > 1 and abs(made - total) <= TINY * max(1.0, total):
            return run[:count]
    return run


def made_up(total: float, sums: Sequence[float]) -> set[int]:
    """The runs that, together with those beside them, make the total."""
    found: set[int] = set()
    for first in range(len(sums)):
        made = 0.0
        for last in range(first, len(sums)):
            made += sums[last]
            if abs(made - total) <= TINY * max(1.0, total):
                found.update(range(first, last + 1))
            if made > total:
                break
    return found


def is_near(value: float, total: float) -> bool:
    """Whether a sum comes near a total without making it."""
    return total > 0 and NEAR[0] <= value / total <= NEAR[1] and abs(value - total) > TINY * max(1.0, total)


def wrong_totals(rows: Iterable[Funding]) -> Iterator[Mismatch]:
    """Totals of money whose parts make another sum."""
    rows = list(rows)
    by_id = {r.funding_id: r for r in rows}
    parts: dict[str, list[Funding]] = defaultdict(list)
    for row in rows:
        if row.parent_id in by_id and row.kind == "component" and row.amount_vnd is not None:
            parts[row.parent_id].append(row)
    for parent_id, group in parts.items():
        whole = by_id[parent_id]
        if whole.amount_vnd is None or len(group) < 2:
            continue
        group.sort(key=lambda r: (r.char_start, r.char_end))
        within = inside_stages(group)
        keyed = [(float(r.amount_vnd), (split_of(r, whole), r.funding_id in within)) for r in group]
        for actual in wrong_sums(float(whole.amount_vnd), keyed):
            yield Mismatch(whole, float(whole.amount_vnd), actual)


def split_of(row: Funding, whole: Funding) -> Hashable:
    """What tells the splits of one total apart: by year, by type, or parts; in the total's own line or below it."""
    timed = (row.year and row.year != whole.year) or (row.year is None and stage_of(row) is not None)
    kind = "year" if timed else "type" if row.expenditure_type else "part"
    return kind, row.char_start == whole.char_start, row.component is not None


def stage_of(row: Funding) -> tuple[int, int] | None:
    """The first and last year of an amount that names a stage before it (`giai đoạn 2026 - 2028 là 1.010 tỷ đồng`)."""
    written = regex.search(r"(?<![\d.,])" + regex.escape(row.amount_text or "-"), row.quote)
    stage = STAGE.search(row.quote, 0, written.start()) if written else None
    return (int(stage["first"]), int(stage["year"])) if stage else None


def inside_stages(group: Iterable[Funding]) -> set[str]:
    """The parts for one year that lies within a stage told before them, of which they are parts in turn (`Riêng năm
    2026, ngân sách tỉnh bố trí 160 tỷ đồng`)."""
    found: set[str] = set()
    stages: list[tuple[int, int]] = []
    for row in group:
        stage = stage_of(row)
        if row.year is None and stage is not None:
            stages.append(stage)
        elif row.year is not None and any(first <= row.year <= last for first, last in stages):
            found.add(row.funding_id)
    return found


def wrong_wholes(rows: Iterable[Target]) -> Iterator[Mismatch]:
    """Targets whose counted parts make another sum."""
    rows = list(rows)
    by_id = {r.target_id: r for r in rows}
    parts: dict[str, list[Target]] = defaultdict(list)
    for row in rows:
        whole = by_id.get(row.parent_id or "")
        if whole and row.unit == whole.unit and row.unit != "percent" and row.value_min is not None:
            parts[whole.target_id].append(row)
    for target_id, group in parts.items():
        whole = by_id[target_id]
        if whole.value_min is None or len(group) < 2:
            continue
        keyed = [(float(r.value_min), r.char_start == whole.char_start) for r in group]
        for actual in wrong_sums(float(whole.value_min), keyed):
            yield Mismatch(whole, float(whole.value_min), actual)


def wrong_counts(
    sections: Iterable[Section], targets: Sequence[Target], activities: Sequence[Activity]
) -> Iterator[Mismatch]:
    """Stated counts of models or projects that the list under them does not hold."""
    by_id = {s.section_id: s for s in sections}
    for at, row in enumerate(targets):
        kinds = LISTED.get(row.unit or "")
        section = by_id.get(row.section_id or "")
        if not kinds or section is None or section.parent is None or row.comparator != "eq" or row.value_min is None:
            continue
        end = end_of_list(section, targets[at + 1 :], row)
        listed = [a for a in activities if a.kind in kinds and row.char_end <= a.char_start < end]
        if len(listed) > 1 and len(listed) != row.value_min:
            yield Mismatch(row, row.value_min, float(len(listed)))


def end_of_list(section: Section, later: Iterable[Target], row: Target) -> int:
    """Where the list under a count ends: with its own section where that has items, else with the section above, and
    before the next count of the same things."""
    end = section.end if section.children else section.parent.end
    items = [s for s in section.children if s.start >= row.char_end]
    end = min((s.start for s in items if s.style != items[0].style), default=end)  # "8.1." ends the list of bullets
    following = (t.char_start for t in later if t.unit == row.unit and t.char_start >= row.char_end)
    return min(next(following, end), end)


def too_large_parts(rows: Iterable[Target]) -> Iterator[tuple[Target, Target]]:
    """Targets with a part of theirs that counts more of the same than they do themselves (`1.200 hộ, trong đó 1.500 hộ
    nghèo`): one of the two was written wrong, and nobody can tell which."""
    rows = list(rows)
    by_id = {r.target_id: r for r in rows}
    for row in rows:
        whole = by_id.get(row.parent_id or "")
        if whole is not None and alike(row, whole) and (row.value_min or 0) > (whole.value_min or 0) > 0:
            yield whole, row


def alike(row: Target, whole: Target) -> bool:
    """Whether two exact counts count the same, in a year or in all, and no later than the whole."""
    exact = row.comparator == whole.comparator == "eq" and row.unit not in SHARES
    if not exact or MEAN.search(whole.indicator_text):
        return False
    same = (row.unit, row.direction, row.rate_period) == (whole.unit, whole.direction, whole.rate_period)
    return same and (row.due_year or 0) <= (whole.due_year or 0)


def doubt_too_large(rows: Iterable[Target]) -> None:
    """Lower the confidence of a part that is larger than its whole, and that of the whole."""
    for whole, row in too_large_parts(rows):
        whole.confidence, row.confidence = min(whole.confidence, DOUBTFUL), min(row.confidence, DOUBTFUL)
