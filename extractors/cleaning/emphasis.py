"""The step for Markdown emphasis that is ill formed, as converters of web pages write it.

A page puts the blank into its italics (`<i>Thời gian: </i>Hằng năm`), which gives `*Thời gian: *Hằng năm`: no Markdown,
but meant as such. Or the italics go on over the line end. Stars that stand for something of their own stay: bullets
(`* Đối với cấp xã`), notes (`Họ tên (*)`), products (`5 * 3`), and one that has no second.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractors.cleaning.lines import Draft, Line
from extractors.cleaning.starts import BULLET, NUMBERED

STAR = regex.compile(r"(?<!\*)\*(?!\*)")
OPENING = regex.compile(r"(?:(?<=[\s(\[“\"'.,:;–-])|(?<![\s\S]))\*(?=[\p{L}\d(\[“\"'–-])")
CLOSING = regex.compile(
    r"(?<=[^\s*(])\*(?=[\s.,:;!?)\]”\"'–/-]|(?![\s\S]))|(?<=[ \n])\*(?=[\p{L}(\[“\"]|\n|(?![\s\S]))"
)
GOES_ON = regex.compile(r"\*\p{Ll}")
CLOSING_BEFORE_FIGURE = regex.compile(r"(?<=[.:;)] )\*(?=\d)")
"""Before a figure a star closes behind the mark that ends a label (`*1.2. *90% số hộ`); elsewhere it multiplies."""
LONGEST = 400


def drop_broken_emphasis(draft: Draft) -> None:
    """Stars that mean italics and stand at the wrong place (`*Đơn vị chủ trì: *Sở Y tế`) say nothing: they go."""
    starred = any("*" in line.text for line in draft.lines)
    for paragraph in paragraphs(draft.lines) if starred else ():
        if sum(line.text.count("*") for line in paragraph) > 1:
            without_stars(paragraph)


def paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that no blank line parts and that open no item of their own."""
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and (line.gap or (opens_item(line.text) and not closes_italics(paragraph[-1].text, line.text))):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def opens_item(text: str) -> bool:
    """Whether a line begins with a number or a bullet, be it in italics (`*- Thời gian: *`)."""
    return text.startswith("*") or NUMBERED.match(text) is not None or BULLET.match(text) is not None


def closes_italics(above: str, text: str) -> bool:
    """Whether the star at the head of a line closes italics that begin within the line above (`trong tỉnh *(GRDP)`,
    `*tăng 9%`), and is no bullet."""
    last = above.rfind("*")
    if last <= 0 or above.count("*") % 2 == 0 or not GOES_ON.match(text):
        return False
    return OPENING.match(above, last) is not None


def without_stars(paragraph: list[Line]) -> None:
    """Take each pair of stars that opens and closes emphasis out of a paragraph's lines."""
    text = "\n".join(line.text for line in paragraph)
    drop = {place for pair in pairs(text) for place in pair}
    start = 0
    for line in paragraph:
        size = len(line.text)
        if "*" in line.text:
            line.text = "".join(c for i, c in enumerate(line.text, start) if i not in drop).strip()
        start += size + 1


def pairs(text: str) -> Iterator[tuple[int, int]]:
    """The places of an opening star and of the next one, where that closes."""
    taken = -1
    for first, second in pairwise(m.start() for m in STAR.finditer(text)):
        if first > taken and second - first <= LONGEST and OPENING.match(text, first) and closes(text, first, second):
            taken = second
            yield first, second


def closes(text: str, first: int, second: int) -> bool:
    """Whether the star at `second` ends the emphasis that the one at `first` begins."""
    at_start = first == 0 and CLOSING_BEFORE_FIGURE.match(text, second) is not None
    return at_start or CLOSING.match(text, second) is not None
