"""The step that puts hard-wrapped lines together.

Three kinds of evidence, from sure to weak: what the two lines say (a sentence that cannot end here, a marker that opens
a block), how the source marks wrapping (a space left at the line end, indented first lines), and whether the next word
would have fitted into the column.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.cleaning.lines import Draft, Line
from extractors.cleaning.starts import (
    BULLET,
    BULLET_ALONE,
    DOCUMENT_WORD,
    INLINE_MARKERS,
    NUMBER_OF_DOCUMENT,
    NUMBERED,
    ends_sentence,
    first_word,
    in_capitals,
    last_word,
    opens_block,
    unfinished,
)
from extractors.cleaning.words import WORDS
from extractors.cues import cues

CUES = cues("cleaning_cues.yaml")
MIN_WRAPPED = 3
"""So many lines must surely be wrapped before the column's width is believed."""
MIN_INLINE = 3
MIN_ROWS = 3
MIN_OPENED, PARTED, BROKEN = 5, 0.85, 0.02
"""So many items must be numbered before blank lines are believed; so great a share of them stands behind one, and so
small a share of the lines that go on with a sentence."""
ITEM = regex.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)/]|[IVX]{1,5}\.)\s*\p{Lu}\p{L}")
"""A number that opens an item; behind a letter stands what a reference may go on with."""
CITING = CUES["citing_line"].compiled
WHOLE_TIME = CUES["whole_time"]
YEAR = regex.compile(r"20\d\d\b")
CONTINUES = regex.compile(r"[\p{Ll}),;%\]”’…]|\.{1,3}\s")
COUNT = regex.compile(r"\d[\d.,]*\s?(?:%|\p{L})")
COUNTED_ON = regex.compile(r"\d[\d.,]*(?:\p{Lu}\b,?)?(?:\s[\p{L}-]+,?){4}")
"""A count or a name with its words: what a sentence goes on with, where a cell or a level would break off."""
INSTRUMENT = CUES["numbered_document"].compiled
CLOSING_STROKES = ("/", "./", "/.", "./.")
ATTACHED_HYPHEN = regex.compile(r"(?<=[\p{L}\d])-$")


@dataclass(frozen=True, slots=True)
class Layout:
    """How this source wraps. `full`: columns that a line and the next word take when the word surely did not fit,
    None where lines are whole paragraphs; `near`: when it may not have fitted. `soft_tells`: wrapped lines end in a
    space. `indent`: paragraphs begin at least this far in, None where they do not. `gaps_tell`: a blank line stands
    between paragraphs and nowhere else, so that lines without one belong together, however short."""

    full: int | None = None
    near: int = 0
    soft_tells: bool = False
    indent: int | None = None
    gaps_tell: bool = False


def join_wrapped_lines(draft: Draft) -> None:
    """Lines wrapped mid-paragraph are one line again; headings, items and letterhead stay apart."""
    lines, asides = apart(draft.lines)
    if not lines:
        return
    opens = [True, *(opens_block(a.text, b.text) for a, b in pairwise(lines))]
    if structure_lost(lines, opens):
        draft.lines = [Block.of_all(lines).line(), *(note for notes in asides.values() for note in notes)]
        return
    layout = read_layout(lines, opens)
    if layout.full is None:
        opens = [opening or opens_item(line) for opening, line in zip(opens, lines, strict=True)]
    blocks = [Block(lines[0])]
    blocks[0].notes += asides.get(0, [])
    for at, (line, opening) in enumerate(zip(lines[1:], opens[1:], strict=True), start=1):
        block = blocks[-1]
        if block.tail is not block.last.text:
            opening = opens_block(block.tail, line.text) or (opening and layout.full is None)
        above = blocks[-2].text if len(blocks) > 1 else ""
        if split_phrase(block.tail, line.text) or (not opening and continues(block, line, layout, above)):
            block.add(line)
        else:
            blocks.append(Block(line))
        blocks[-1].notes += asides.get(at, [])
    draft.lines = [line for block in blocks for line in (block.line(), *block.notes)]


def opens_item(line: Line) -> bool:
    """A number and words behind it, where lines are paragraphs: what stands above them says nothing (`… theo từng
    quý`, without its stop, over `4. Sở Y tế`)."""
    return ITEM.match(line.text) is not None and NUMBERED.match(line.text) is not None


def apart(lines: list[Line]) -> tuple[list[Line], dict[int, list[Line]]]:
    """The lines without footnotes, and the footnotes by the place of the line that they stand behind."""
    kept: list[Line] = []
    asides: dict[int, list[Line]] = {}
    for line in lines:
        if line.aside and kept:
            asides.setdefault(len(kept) - 1, []).append(line)
        else:
            kept.append(line)
    return kept, asides


class Block:
    """Lines found to be one block so far."""

    __slots__ = ("breaks", "first", "last", "notes", "parts", "size", "tail")

    def __init__(self, line: Line):
        self.first = self.last = line
        self.parts = [line.text]
        self.size = len(line.text)
        self.breaks = list(line.breaks)
        self.tail = line.text
        self.notes: list[Line] = []

    @classmethod
    def of_all(cls, lines: list[Line]) -> Block:
        """All lines as one block."""
        block = cls(lines[0])
        for line in lines[1:]:
            block.add(line)
        return block

    @property
    def text(self) -> str:
        """The block's first line: enough to tell what it is."""
        return self.parts[0]

    def add(self, line: Line) -> None:
        """Put `line` behind, with a space unless the break stands inside a word or number."""
        glue = "" if glued(self.tail, line.text) else " "
        start = self.size + len(glue)
        if line.page != self.last.last_page:
            self.breaks.append((start, line.page))
        self.breaks.extend((start + offset, page) for offset, page in line.breaks)
        self.parts.append(glue + line.text)
        self.size = start + len(line.text)
        self.tail = line.text if len(line.text) > 30 else (self.tail + glue + line.text)[-60:]
        self.last = line

    def line(self) -> Line:
        """The block as one line."""
        return Line(
            "".join(self.parts), self.first.page, gap=self.first.gap, closed=self.last.closed, breaks=self.breaks
        )


def glued(before: str, after: str) -> bool:
    """No space where the line broke behind a hyphen or slash inside a word, number or range."""
    if before.endswith("-") and ATTACHED_HYPHEN.search(before[-2:]):
        return after[0].isalnum()
    return before.endswith("/") and len(before) > 1 and before[-2].isalnum() and after[0].isalnum()


def structure_lost(lines: list[Line], opens: list[bool]) -> bool:
    """A scraper took the line ends away: markers stand inside lines, hardly any at a start. Where rows of a table stand
    on lines of their own it did not; those in their cells list what the cell holds."""
    if sum(map(is_row, lines)) >= MIN_ROWS:
        return False
    text = " ".join(line.text for line in lines if not is_row(line))
    inline = sum(1 for marker in INLINE_MARKERS for _ in marker.finditer(text))
    if inline < MIN_INLINE:
        return False
    at_start = sum(opens[i] and ends_sentence(lines[i - 1].text) for i in range(1, len(lines)))
    return at_start * 3 <= inline


def read_layout(lines: list[Line], opens: list[bool]) -> Layout:
    """Learn how the source wraps from the pairs of lines that surely belong together or surely do not."""
    wrapped, opened = [], []
    for a, b, opening in zip(lines, lines[1:], opens[1:], strict=False):
        if opening:
            opened.append((a, b))
        elif b.text[0].islower() and not ends_sentence(a.text) and not b.gap and not is_row(a) and not is_row(b):
            wrapped.append((a, b))
    if len(wrapped) < max(MIN_WRAPPED, len(lines) * 0.03):
        return Layout()
    reach = sorted(a.width + 1 + len(first_word(b.text)) for a, b in wrapped)
    near = reach[len(reach) // 2] * 4 // 5
    full = max(reach[len(reach) // 10], near)
    soft_wrapped = share(a.soft for a, _ in wrapped)
    soft_opened = share(a.soft for a, _ in opened)
    indents = sorted(b.indent for _, b in wrapped)
    margin = indents[len(indents) // 2]
    paragraph = sorted(b.indent for _, b in opened)
    first_indent = paragraph[len(paragraph) // 2] if paragraph else margin
    return Layout(
        full,
        near,
        soft_tells=soft_wrapped > 0.75 and soft_opened < 0.25 and len(opened) >= 3,
        indent=margin + 2 if first_indent - margin >= 2 else None,
        gaps_tell=gaps_tell(lines, opens, opened),
    )


def gaps_tell(lines: list[Line], opens: list[bool], opened: list[tuple[Line, Line]]) -> bool:
    """Whether this source parts its paragraphs by blank lines: no sentence is broken by one, and one stands before
    nearly all numbered items (recipients, below the text, stand close in any source)."""
    running = [
        b.gap
        for (a, b), opening in zip(pairwise(lines), opens[1:], strict=True)
        if not opening and b.text[0].islower() and not ends_sentence(a.text)
    ]
    numbered = [b.gap or a.closed for a, b in opened if NUMBERED.match(b.text)]
    if min(len(numbered), len(running)) < MIN_OPENED:
        return False
    return share(numbered) >= PARTED and share(running) <= BROKEN


def share(flags) -> float:
    """The share of true flags; 0 without any."""
    flags = list(flags)
    return sum(flags) / len(flags) if flags else 0.0


def is_row(line: Line) -> bool:
    """A table row of several cells."""
    return " | " in line.text


def continues(block: Block, line: Line, layout: Layout, above: str) -> bool:
    """`line`, which has no opening of its own, goes on with `block`. `above` is what stands before the block."""
    before, text = block.tail, line.text
    if block.last.closed or is_row(block.last) or is_row(line):
        return False
    if (not text[0].isalnum() and BULLET.match(text)) or text in CLOSING_STROKES:
        return True  # a dash inside a name or range, or the stroke that ends the text
    if in_capitals(block.text) and not BULLET_ALONE.fullmatch(block.text):
        return continues_capitals(block, line, layout, above)
    if DOCUMENT_WORD.match(above) and CITING.match(text) and not unfinished(before):
        return False  # the title ends, however far it reaches, where the sentence on the legal bases begins
    if must_continue(before, text) or (layout.gaps_tell and not line.gap and goes_on_tight(block, line, layout)):
        return True
    if before[-1] == ";" and text[0].islower() and has_marker(block.text):
        return True
    if (is_bracketed(text) and ends_sentence(before)) or is_bracketed(block.text):
        return False
    return layout.full is not None and may_continue(block, line, layout)


def has_marker(text: str) -> bool:
    """The block opens with a number, letter or bullet."""
    return NUMBERED.match(text) is not None or BULLET.match(text) is not None


def is_bracketed(text: str) -> bool:
    """The whole line stands in brackets (`(Chi tiết tại Phụ lục kèm theo)`)."""
    return text[0] == "(" and text[-1] == ")"


def must_continue(before: str, text: str) -> bool:
    """The words alone say so, whatever the layout."""
    if BULLET_ALONE.fullmatch(before):
        return True
    if ends_sentence(before):
        return False
    if CONTINUES.match(text) or NUMBER_OF_DOCUMENT.match(text):
        return True
    if text[0].isdigit() and WHOLE_TIME.fullmatch(before) and not YEAR.match(text):
        return False
    if text[0].isdigit() and (last_word(before) in WORDS.number_words or asks_for_figure(before, text)):
        return True
    return (len(before) >= 25 and unfinished(before)) or before.endswith((" -", " –"))


def asks_for_figure(before: str, text: str) -> bool:
    """The line before ends in the words of a bound (`cho ít nhất` + `12 trạm bơm`)."""
    return COUNT.match(text) is not None and WORDS.bound.search(before[-30:]) is not None


def goes_on_tight(block: Block, line: Line, layout: Layout) -> bool:
    """Whether a line without a blank line before it goes on with its paragraph where blank lines part these: behind a
    full line, or behind the first one of a paragraph, which portals break early, if that is open and no bare figure or
    share follows it."""
    if line.page != block.last.page:
        return False
    if block.last.width + 1 + len(first_word(line.text)) > layout.near:
        return not (ends_sentence(block.tail) and stops_short(block, layout))
    opening = block.last is block.first and block.first.gap
    if opening and block.tail.endswith(":"):  # "- Thu và phân tích mẫu:" and the sum below it
        return BULLET.match(block.text) is not None and line.text[0].isdigit()
    if not opening or ends_sentence(block.tail):
        return False
    if not line.text[0].isdigit() or block.tail[-1] in "≥≤><=":
        return True
    counted = block.tail[-1].isalpha() and COUNTED_ON.match(line.text) is not None
    return counted and not NUMBERED.match(block.text)


def may_continue(block: Block, line: Line, layout: Layout) -> bool:
    """The layout says so: the line before was wrapped, not ended."""
    last = block.last
    if line.gap and line.page == last.page:
        return False
    ended = ends_sentence(last.text)
    reach = last.width + 1 + len(first_word(line.text))
    soft = layout.soft_tells and last.soft
    if layout.indent is not None:
        below = line.indent < layout.indent or (soft and not ended and hangs(block, line))
        return reach > layout.near and below and not (ended and stops_short(block, layout))
    if not ended:
        ends_here = stops_short(block, layout) or is_heading_over(block, line)
        return reach > (layout.full if ends_here else layout.near)
    if not (reach > layout.full or (soft and reach > layout.near)):
        return False
    if last.text[-1] == ";":
        return line.text[0].islower() or INSTRUMENT.match(line.text) is not None
    return soft or not layout.soft_tells


def hangs(block: Block, line: Line) -> bool:
    """Whether a line stands further in than the marker of the item before it, as the text of that item does."""
    return line.indent > block.first.indent and has_marker(block.text)


def stops_short(block: Block, layout: Layout) -> bool:
    """The source marks wrapped lines, and this one is not marked."""
    return layout.soft_tells and not block.last.soft


def is_heading_over(block: Block, line: Line) -> bool:
    """A numbered line, and under it words with which a paragraph begins."""
    return (
        block.first is block.last
        and NUMBERED.match(block.text) is not None
        and WORDS.opener.match(line.text) is not None
    )


def continues_capitals(block: Block, line: Line, layout: Layout, above: str) -> bool:
    """A heading or title in capitals goes on in capitals; under it ordinary text begins anew."""
    if layout.full is None or line.gap or not in_capitals(line.text) or ends_sentence(block.tail):
        return False
    if DOCUMENT_WORD.match(block.text):
        return False
    return NUMBERED.match(block.text) is not None or DOCUMENT_WORD.match(above) is not None


def split_phrase(before: str, text: str) -> bool:
    """The line before breaks off inside a fixed phrase of the letterhead (`CỘNG HÒA XÃ` + `HỘI CHỦ NGHĨA …`)."""
    if len(before) > 30 or not (before.isupper() or before.startswith("Độc")):
        return False
    whole = f"{before} {text}"
    return any(
        phrase.startswith(before + " ") and (whole.startswith(phrase) or phrase.startswith(whole + " "))
        for phrase in WORDS.letterhead_phrases
    )
