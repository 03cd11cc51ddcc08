"""The outline: nested sections, worked out from how markers nest in this document.

Levels get lost (a chapter heading that the scraper dropped), repeat (two chapters IV) or change style, so depth is not
read off the marker alone: a stack holds the open sections, and a marker goes on the series that it continues.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter

from extractors.cues import cues
from extractors.markers import BULLET_STYLES, DEFAULT_RANK, label_value
from extractors.plan import Block, Note, Section
from schemas.messages import message

CUES = cues("zone_cues.yaml")
HEADING_CHARACTERS = 160
PROJECT = CUES["project_marker"]
CLOSING_FORMULA = CUES["closing_formula"]
"""How plans take leave: what follows is said to all bodies, not to the one whose item stands above."""
TITLED_BELOW = frozenset({"part", "chapter", "item", "annex"})
COUNTED_NAME = CUES["counted_name"]
LEAD_IN_END = CUES["lead_in_end"]


def build_sections(text: str, blocks: list[Block], new_id: Callable[..., str]) -> tuple[list[Section], list[Note]]:
    """Nest the blocks of body and annex into sections; each block is told its innermost section.

    `new_id(table, start, end)` makes the section ids. Returns the sections in reading order and notes about numbering
    that jumps or repeats.
    """
    nester = Nester(text, new_id, [b for b in blocks if b.style == "roman" and b.zone in ("body", "annex")])
    zone = "body"
    for block in blocks:
        if block.zone == "annex" and zone == "closing":
            nester.close_all()  # an annex is no part of the last chapter before the signature
        zone = block.zone
        if zone in ("body", "annex"):
            nester.take(block)
    nester.close_all()
    return nester.sections, nester.notes


def heading_of(text: str, block: Block) -> str:
    """The heading of a block: up to its first colon or sentence end where that comes early, else its first words."""
    words = text[block.body_start : block.end].strip() or text[block.start : block.end].strip()
    head, colon, _ = words.partition(":")
    if colon and (block.style == "counted" or COUNTED_NAME.fullmatch(head)):  # "Mục tiêu 2: Trong lĩnh vực lao động"
        colon = ""
    if colon and len(head) <= HEADING_CHARACTERS:
        return head.strip() or words
    if len(words) <= HEADING_CHARACTERS:
        return words.rstrip(" .;,") or words
    return words[:HEADING_CHARACTERS].rsplit(" ", 1)[0]


class Nester:
    """Takes blocks in reading order and keeps the stack of open sections."""

    def __init__(self, text: str, new_id: Callable[..., str], romans: Sequence[Block] = ()):
        self.text = text
        self.new_id = new_id
        self.romans = romans
        self.sections: list[Section] = []
        self.notes: list[Note] = []
        self.stack: list[Section] = []
        self.youngest: dict[tuple[str, int], Section] = {}
        """The last section of a style under a parent."""

    def take(self, block: Block) -> None:
        """Open a section for a marked block; hand an unmarked one to the section that it continues."""
        if block.style is None:
            self.attach(block)
            return
        parent = self.find_parent(block)
        self.open(block, parent)

    def attach(self, block: Block) -> None:
        """Give an unmarked paragraph to the nearest numbered section, or to a bullet that announces it with a colon."""
        if CLOSING_FORMULA.match(self.text, block.start):
            self.close_down_to(min(1, len(self.stack)))
        while self.stack and self.stack[-1].style in BULLET_STYLES and not self.announces(self.stack[-1]):
            self.close_top()
        if self.stack:
            section = self.stack[-1]
            if (
                section.style in TITLED_BELOW
                and len(section.blocks) == 1
                and section.head.body_start >= section.head.end
            ):
                section.heading = heading_of(self.text, block)  # "PHẦN THỨ NHẤT", its title on the next line
            section.blocks.append(block)
            block.section = section

    def announces(self, section: Section) -> bool:
        """Whether a section's own words end in a lead-in (`… gồm:`)."""
        return LEAD_IN_END.search(self.text[section.head.body_start : section.head.end].rstrip()) is not None

    def find_parent(self, block: Block) -> Section | None:
        """Close what the block does not belong under and return the section that holds it."""
        depth = self.depth_of_series(block)
        if depth is not None:
            sibling = self.stack[depth]
            restarted = self.restarts(block, sibling)
            self.close_down_to(depth)
            # A series that starts again without a heading between has lost that heading: its parent is unknown.
            lost = restarted and depth > 0 and self.stack[-1].style not in BULLET_STYLES
            return (sibling.parent.parent if sibling.parent else None) if lost else sibling.parent
        if block.style == "upper" and (chapter := self.chapter_around(block)) is not None:
            self.close_down_to(chapter + 1)
            return self.stack[-1]
        rank = DEFAULT_RANK[block.style]
        while (
            self.stack
            and DEFAULT_RANK[self.stack[-1].style] >= rank
            and not (
                self.announced_here(block)
                or self.numbered_here(block)
                or self.part_of_project(block)
                or self.counted_here(block)
            )
        ):
            self.close_top()
        return self.stack[-1] if self.stack else None

    def chapter_around(self, block: Block) -> int | None:
        """Where on the stack stands the Roman chapter that a series of capital letters parts (`III. …`, `A. …`,
        `B. …`, `IV. …`). Letters stand over the Roman numbers by custom, but not where those go on behind them."""
        depth = next((i for i, section in enumerate(self.stack) if section.style == "roman"), None)
        if depth is None or label_value(block.style, block.label) != 1:
            return None
        at = bisect_right(self.romans, block.start, key=attrgetter("start"))
        last = label_value("roman", self.stack[depth].label)
        goes_on = at < len(self.romans) and label_value("roman", self.romans[at].label) == (last or 0) + 1
        return depth if goes_on else None

    def announced_here(self, block: Block) -> bool:
        """A bullet of another style right under a bullet that ends in a colon is its child, whatever the custom."""
        top = self.stack[-1]
        return top.style in BULLET_STYLES and block.style in BULLET_STYLES and self.announces(top) and not top.children

    def part_of_project(self, block: Block) -> bool:
        """A sub-project right under a numbered item that names its project (`6. Dự án 6: …`) belongs to it."""
        top = self.stack[-1]
        return block.style == "sub_project" and PROJECT.match(self.text, top.head.body_start) is not None

    def counted_here(self, block: Block) -> bool:
        """What is counted under a word of its own (`Nhiệm vụ 1: …`) right under a bare heading stands below it (`2.
        Nhiệm vụ cụ thể`)."""
        top = self.stack[-1]
        return block.style == "counted" and top.style not in BULLET_STYLES and len(top.blocks) == 1 and not top.children

    def numbered_here(self, block: Block) -> bool:
        """`2.1.` right under `2)` is its child, though brackets stand under such numbers by custom."""
        top = self.stack[-1]
        return (
            top.style == "arabic_paren"
            and block.style.startswith("decimal")
            and (block.label or "").split(".")[0] == top.label
        )

    def depth_of_series(self, block: Block) -> int | None:
        """Where on the stack stands the series that this marker goes on, if any."""
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth].style == block.style:
                return depth
        return None

    def restarts(self, block: Block, sibling: Section) -> bool:
        """Whether a numbered series begins anew right after an item of the same series."""
        value, last = label_value(block.style, block.label), label_value(sibling.style, sibling.label)
        return value == 1 and last is not None and block.style not in BULLET_STYLES and block.style != "roman"

    def open(self, block: Block, parent: Section | None) -> None:
        """Put a new section on the stack, after noting whether its number follows its elder sibling's."""
        self.check_numbering(block, parent)
        level = self.stack[-1].level + 1 if self.stack else 1
        section = Section(
            section_id=self.new_id("sections", block.start, block.end),
            ordinal=len(self.sections) + 1,
            level=level,
            style=block.style,
            label=block.label,
            heading=heading_of(self.text, block),
            head=block,
            start=block.start,
            end=block.end,
            parent=parent,
        )
        section.blocks.append(block)
        block.section = section
        if parent is not None:
            parent.children.append(section)
        self.stack.append(section)
        self.sections.append(section)
        self.youngest[section.style, id(parent)] = section

    def check_numbering(self, block: Block, parent: Section | None) -> None:
        """Note chapters and items whose numbers jump or repeat (a heading was lost, or the typist slipped)."""
        if block.style not in ("roman", "arabic", "upper") or block.zone != "body":
            return
        value = label_value(block.style, block.label)
        elder = self.youngest.get((block.style, id(parent)))
        last = label_value(elder.style, elder.label) if elder else 0
        if value is None or last is None or value == last + 1 or (value == 1 and elder is None):
            return
        if block.style == "upper" and (elder.label if elder else "") + (block.label or "") == "DE":
            return  # clerks often leave out Đ
        if elder:
            said = message("numbering_gap", label=block.label, before=elder.label)
        else:
            said = message("numbering_starts_late", label=block.label)
        self.notes.append(Note("numbering_gap", said, block.start, block.end))

    def close_down_to(self, depth: int) -> None:
        """Close sections until `depth` are left open."""
        while len(self.stack) > depth:
            self.close_top()

    def close_top(self) -> None:
        """Close the innermost section: it ends where its last block ends, and so do those that hold it so far."""
        section = self.stack.pop()
        section.end = max(section.end, section.blocks[-1].end)
        if self.stack:
            self.stack[-1].end = max(self.stack[-1].end, section.end)

    def close_all(self) -> None:
        """Close whatever is open at the end of the document."""
        self.close_down_to(0)
