"""Blocks and the parts of the document they stand in: head, preamble, body, closing, annex.

A plan by Nghị định 30/2020/NĐ-CP opens with letterhead, number, dateline and title, names its legal bases (căn cứ),
runs through its chapters and closes with recipients (Nơi nhận) and the signature block.
"""

from __future__ import annotations

from extractors.cues import cues
from extractors.markers import BULLET_STYLES, Marker, read_marker
from extractors.plan import Block
from extractors.tables.tables import cells_on_lines

CUES = cues("zone_cues.yaml")
HEADING_WORD_STYLES = ("part", "chapter", "annex", "item")
HEADING_CHARACTERS = 160
LEAD_IN, TITLE_LINE = 60, 120
CHAPTERS = frozenset({"part", "chapter", "item", "roman", "upper", "article"})
MIN_BORDERS = 2

PREAMBLE = CUES["preamble"]
CLOSING = cues("letterhead_cues.yaml")["closing_zone"]
ANNEX = CUES["annex"]
TITLE_WORD = CUES["title_word"]
HEADING = CUES["heading_without_number"]
BODY = CUES["body_without_number"]
PREAMBLE_END = CUES["end_of_preamble"]
ATTACHED_TEXT = CUES["attached_text"]


def read_blocks(text: str) -> list[Block]:
    """One block a line, its marker read and its zone told."""
    blocks, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            marker = read_marker(line) or Marker(None, None, 0)
            if marker.style in HEADING_WORD_STYLES and not stands_as_heading(line):
                marker = Marker(None, None, 0)
            blocks.append(Block(start, end, start + marker.length, marker.style, marker.label))
        start = end + 1
    name_headings(text, blocks)
    tell_zones(text, blocks)
    return blocks


def name_headings(text: str, blocks: list[Block]) -> None:
    """Mark the headings of a text that lost its numbers, between its title and its end: chapters by their words where
    no chapter has a number, and below one in which nothing has a number the paragraphs that open with a body. A cell of
    a table that stands on a line of its own is neither (`Thời gian hoàn thành`, `Sở Tài chính`)."""
    if any(block.style in CHAPTERS for block in blocks):
        return
    titled = title_at(text, blocks, len(blocks))
    if titled < 0:
        titled = next((i for i, b in enumerate(blocks) if opens_title(text, b)), len(blocks))
    closing = next((i for i, b in enumerate(blocks) if i > titled and CLOSING.match(text, b.start)), len(blocks))
    inner = blocks[titled + 2 : closing]
    cells = cells_on_lines(text, inner)
    for block in inner:
        short = block.style is None and block.end - block.start <= HEADING_CHARACTERS
        if short and block.start not in cells and HEADING.fullmatch(text, block.start, block.end):
            block.style = "untitled"
    cells = cells and cells_on_lines(text, inner)  # that a heading follows shows that the last row is whole
    chapter: list[Block] = []
    for block in inner:
        if block.style == "untitled":
            name_bodies(text, chapter)
            chapter = []
        elif block.start not in cells:
            chapter.append(block)
    name_bodies(text, chapter)


def name_bodies(text: str, chapter: list[Block]) -> None:
    """Mark the paragraphs of a chapter that open with a body, unless something in it has a number."""
    if all(block.style is None or block.style in BULLET_STYLES for block in chapter):
        for block in chapter:
            if block.style is None and BODY.match(text, block.start, block.end):
                block.style = "named"


def title_at(text: str, blocks: list[Block], stop: int) -> int:
    """Index of the block that holds the word over the title, -1 where none of the first `stop` does."""
    return next((i for i in range(stop) if TITLE_WORD.fullmatch(text, blocks[i].start, blocks[i].end)), -1)


def stands_as_heading(line: str) -> bool:
    """A chapter word opens a heading only on a short line: in running text it refers (`Phụ lục kèm theo`)."""
    return len(line) <= HEADING_CHARACTERS and not line.rstrip().endswith((";", ","))


def first_heading(text: str, blocks: list[Block]) -> int:
    """Index of the block that opens the body: the first numbered heading, else the first bullet that is no legal
    basis; the number of blocks where there is neither."""
    for i, block in enumerate(blocks):
        if block.style and block.style not in BULLET_STYLES and not PREAMBLE.match(text, block.body_start):
            return i
    for i, block in enumerate(blocks):
        if block.style in BULLET_STYLES and not PREAMBLE.match(text, block.start) and i > 0:
            return i
    return len(blocks)


def is_row(text: str, block: Block) -> bool:
    """Whether a line is a row of three cells and more."""
    return text.count(" | ", block.start, block.end) >= MIN_BORDERS


def tell_zones(text: str, blocks: list[Block]) -> None:
    """Set every block's zone."""
    opening = first_heading(text, blocks)
    titled = title_at(text, blocks, opening)
    if titled >= 0:  # below its title a plan has no other tables than its own, though the headings over them be misread
        opening = next((i for i in range(titled + 2, opening) if is_row(text, blocks[i])), opening)
        opening = next((i + 1 for i in range(titled + 2, opening) if ends_preamble(text, blocks[i])), opening)
        if opening == len(blocks) or blocks[opening].style == "named":  # no chapter has a heading
            opening = next((i for i in range(titled + 2, opening) if tells_of_plan(text, blocks[i])), opening)
    # The line under the word KẾ HOẠCH is the title, though it may open with "Thực hiện".
    preamble = next(
        (i for i in range(titled + 2 if titled >= 0 else 0, opening) if PREAMBLE.match(text, blocks[i].start)), opening
    )
    zone = "body"
    for i, block in enumerate(blocks):
        if i < opening:
            block.zone = "head" if i < preamble else "preamble"
            continue
        zone = next_zone(zone, text, block)
        block.zone = zone


def opens_title(text: str, block: Block) -> bool:
    """Whether a line in capitals opens with the word for a plan (`KẾ HOẠCH PHÁT TRIỂN THỦY SẢN`)."""
    line = text[block.start : block.end]
    return line.isupper() and ATTACHED_TEXT.match(line) is not None


def tells_of_plan(text: str, block: Block) -> bool:
    """Whether a paragraph is none of the title or the preamble, by its length and how it begins."""
    return block.end - block.start > TITLE_LINE and PREAMBLE.match(text, block.start) is None


def ends_preamble(text: str, block: Block) -> bool:
    """Whether a paragraph leads in to the plan itself (`UBND tỉnh ban hành Kế hoạch như sau:`)."""
    return PREAMBLE_END.search(text, max(block.start, block.end - LEAD_IN), block.end) is not None


def next_zone(zone: str, text: str, block: Block) -> str:
    """The zone of a block that follows one of `zone`."""
    if zone == "body" and CLOSING.match(text, block.start):
        return "closing"
    if zone in ("closing", "annex"):
        if ATTACHED_TEXT.match(text, block.start) and block.end - block.start < HEADING_CHARACTERS:
            return "body"  # a decision carries its plan after its own signature
        if ANNEX.match(text, block.start):
            return "annex"
    return zone
