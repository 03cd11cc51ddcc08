"""Blocks and the parts of the document they stand in: head, preamble, body, closing, annex.

A plan by Nghị định 30/2020/NĐ-CP opens with letterhead, number, dateline and title, names its legal bases (căn cứ),
runs through its chapters and closes with recipients (Nơi nhận) and the signature block.
"""

from __future__ import annotations

from extractors.cues import cues
from extractors.markers import BULLET_STYLES, Marker, read_marker
from extractors.plan import Block

CUES = cues("zone_cues.yaml")
HEADING_WORD_STYLES = ("part", "chapter", "annex", "item")
HEADING_CHARACTERS = 160
MIN_BORDERS = 2

PREAMBLE = CUES["preamble"]
CLOSING = cues("letterhead_cues.yaml")["closing_zone"]
ANNEX = CUES["annex"]
TITLE_WORD = CUES["title_word"]
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
    tell_zones(text, blocks)
    return blocks


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
    titled = next((i for i in range(opening) if TITLE_WORD.fullmatch(text, blocks[i].start, blocks[i].end)), -1)
    if titled >= 0:  # below its title a plan has no other tables than its own, though the headings over them be misread
        opening = next((i for i in range(titled + 2, opening) if is_row(text, blocks[i])), opening)
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
