"""Counts in headings against the items right below them (`b) Mục tiêu theo ngành (10 mục tiêu)` over (1) to (9))."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.context import Plan
from extractors.cues import cues
from extractors.findings.listed_places import WrongList
from extractors.markers import BULLET_STYLES
from extractors.plan import Block

COUNTED_ITEMS = cues("finding_cues.yaml").naming("counted_items", "said", "count", "items")
FEWEST, FARTHEST = 3, 2
"""A list has so many items at least, and a count that is more than so many off counts something else."""


def wrong_headings(plan: Plan) -> Iterator[WrongList]:
    """The counts in headings of the body that the numbered items right below do not make."""
    for at, block in enumerate(plan.body):
        if block.style is None:
            continue
        heading = COUNTED_ITEMS.fullmatch(plan.text, block.body_start, block.end)
        if heading is None or heading["items"].casefold() not in heading["said"].casefold():
            continue
        stated, listed = int(heading["count"]), items_below(plan.body, at)
        if listed >= FEWEST and 0 < abs(stated - listed) <= FARTHEST:
            yield WrongList(heading.start("count"), heading.end("items"), stated, listed)


def items_below(blocks: list[Block], at: int) -> int:
    """How many items numbered 1, 2, 3 … follow a heading; 0 where items of their own are numbered, too."""
    style, count = None, 0
    for block in blocks[at + 1 :]:
        if block.style is None or block.style in BULLET_STYLES:
            continue
        if style is None:
            style = block.style
        if block.style != style or block.label != str(count + 1):
            return count if ends_list(block, blocks[at], style) else 0
        count += 1
    return count


def ends_list(block: Block, heading: Block, style: str) -> bool:
    """Whether a numbered line behind a list stands beside its heading or over it, and not below an item: one of the
    heading's own kind, or one that is numbered otherwise and is no first of its kind."""
    return block.style != style and (block.style == heading.style or block.label not in ("1", "a", "I"))
