"""Sheets that several points of an item share: label lines below the last of them (`1. Chăm sóc rừng`, `a) …`, `b) …`,
`- Đơn vị chủ trì: Sở A`) tell of all, where no point has labels of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.assignments.agency_lists import chain
from extractors.cues import cues

if TYPE_CHECKING:
    from extractors.context import Plan
    from extractors.plan import Block, Section

CUES = cues("assignment_cues.yaml")
FIELD = CUES["task_sheet_field"]
PART = CUES["sheet_part"]
LEAD = CUES["lead"]
LABEL = CUES["sheet_label"]
GENERIC = CUES["generic_item"]


def is_field(plan: Plan, block: Block) -> bool:
    """Whether a block is a part of a sheet: bodies, a time, money."""
    place = (plan.text, block.body_start, block.end)
    return PART.match(*place) is not None or FIELD.match(*place) is not None


def item_of_points(plan: Plan, block: Block) -> Section | None:
    """The item whose points share the sheet of which a block is a part; None where the sheet is that of one point, or
    where the item names no work of its own (`2. Nhiệm vụ cụ thể`)."""
    section = block.section
    point = section.parent if section is not None and section.head is block else section
    item = point.parent if point is not None else None
    if item is None or item.parent is None or len(item.children) < 2 or item.children[-1] is not point:
        return None
    if GENERIC.fullmatch(item.heading) or not all(is_field(plan, b) for b in inside(plan, point)):
        return None
    points = [*plan.blocks_between(item.head.end, point.start), point.head]
    return item if all(leaves_open(plan, b) for b in points) else None


def inside(plan: Plan, section: Section) -> Iterator[Block]:
    """The blocks below the head of a section."""
    return plan.blocks_between(section.head.end, section.end)


def leaves_open(plan: Plan, block: Block) -> bool:
    """Whether the words of a point leave it to the sheet who does its task, and when."""
    place = (block.body_start, block.end)
    return not (
        is_field(plan, block)
        or LABEL.fullmatch(plan.text, *place)
        or LEAD.search(plan.text, *place)
        or FIELD.search(plan.text, *place)
        or chain(plan, *place)
        or any(PART.match(plan.text, *clause) for clause in plan.clauses(block))
    )
