"""Numbers and dashes of items that stand apart from their text, as Word sets them: put back in front of it.

An engine takes a column of such labels for a column of its own, or reads them without the line to guess from: `2.`
comes out as `9` in another block, `3.` as `G2`, and a point is left before the text. What stands right beside a line
belongs to it, and a number between others is told by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.ingest.ocr.words import TextLine, Word

SHORT, WIDE = 3, 2.4
"""Letters of a label, and its width in heights of the line, at most."""
REACH = 3.0
"""How far from its text a label stands at most, in heights of the line; a column of another text stands further."""
BESIDE = 0.5
"""Share of its own height in which a label is beside a line."""
HANGING = 0.55
"""Blank between label and text, in heights: more than between words."""
ALIGNED, DRIFT = 0.45, 0.03
"""By how much of a height the ends of labels of one list differ, and for each pixel down the page: it may be askew."""
DASH = regex.compile(r"[-–—_+•*]{1,2}")
"""What opens items that have no number."""
PLAIN = regex.compile(r"\d{1,2}[.,)]?|\p{Ll}[.)]|[IVX]{1,3}\.?|[-–—_+•*]{1,2}")
"""What is a label by itself; of anything else a point must be left before the text."""
MARKS = regex.compile(r"[^\p{L}\d(\[“\"]{1,3}")
GHOST = 0.6
"""Marks between a dash and its text that are read with less are made of the blank there."""
FLAT, FLAT_WIDTH = 1.8, (0.15, 0.8)
"""A dash is so many times as wide as high, and in heights of the line so wide."""
POINT = regex.compile(r"[.,‹'’·:]{1,2}")
NUMBER = regex.compile(r"(\d{1,2})\.{1,2}")
LETTER = regex.compile(r"\p{Lu}")
GUESSED = 0.6


def with_labels(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a page with the labels of items in front of them."""
    return numbered([with_dash(line) for line in joined(lines)])


def joined(lines: Sequence[TextLine]) -> list[TextLine]:
    """Labels that were read as lines of their own join the text that they stand beside."""
    out = list(lines)
    for label in [line for line in lines if is_short(line)]:
        beside = [at for at, line in enumerate(out) if line is not label and stands_left(label, line)]
        if not beside:
            continue
        at = min(beside, key=lambda at: out[at].left)
        out[at] = TextLine((*label.words, *out[at].words), out[at].block)
        out = [line for line in out if line is not label]
    return [with_point(line) for line in out]


def is_short(line: TextLine) -> bool:
    """A line that may be the label of an item."""
    (word, *more) = line.words
    return not more and len(word.text) <= SHORT and word.right - word.left <= WIDE * (word.bottom - word.top) + 20


def stands_left(label: TextLine, line: TextLine) -> bool:
    """Whether a label stands right before a line of text, at its height."""
    height = height_of(line)
    shared = min(label.bottom, line.bottom) - max(label.top, line.top)
    room = line.left - label.right
    return (
        -0.2 * height <= room <= REACH * height
        and shared >= BESIDE * (label.bottom - label.top)
        and len(line.text) >= 3 * SHORT
        and label.left < line.left
        and (PLAIN.fullmatch(label.text) or POINT.fullmatch(line.words[0].text)) is not None
    )


def height_of(line: TextLine) -> int:
    """How high the highest word of a line is."""
    return max(word.bottom - word.top for word in line.words)


def with_point(line: TextLine) -> TextLine:
    """A label and the point behind it as one word, with one point: `2`, `.` are `2.`, as is `2..`."""
    first = line.words[0]
    if first.text.endswith("..") and NUMBER.fullmatch(first.text):
        return TextLine((replace(first, text=first.text[:-1]), *line.words[1:]), line.block)
    if len(line.words) < 3 or not POINT.fullmatch(line.words[1].text) or len(line.words[0].text) > SHORT:
        return line
    label, point, *rest = line.words
    if POINT.fullmatch(label.text) or point.left - label.right > 0.5 * height_of(line):
        return line
    whole = replace(label, text=label.text.rstrip(".,") + ".", right=point.right)
    return TextLine((whole, *rest), line.block)


def with_dash(line: TextLine) -> TextLine:
    """A line whose first mark has the shape of a dash and stands apart opens with one, however it was read, and with
    nothing that the engine made of the blank behind it."""
    words = line.words
    if len(words) < 2 or not MARKS.fullmatch(words[0].text):
        return line
    ghosts = 1
    while ghosts < len(words) - 1 and MARKS.fullmatch(words[ghosts].text) and words[ghosts].confidence < GHOST:
        ghosts += 1
    dash, rest = words[0], words[ghosts:]
    height = max(word.bottom - word.top for word in rest)
    if not is_flat(dash, height) or rest[0].left - dash.right < HANGING * height:
        return line
    return TextLine((replace(dash, text="-", confidence=max(GUESSED, dash.confidence)), *rest), line.block)


def is_flat(mark: Word, height: int) -> bool:
    """Whether a mark is as wide and as low as a dash."""
    width = mark.right - mark.left
    return width >= FLAT * (mark.bottom - mark.top) and FLAT_WIDTH[0] * height <= width <= FLAT_WIDTH[1] * height


def numbered(lines: list[TextLine]) -> list[TextLine]:
    """Numbers that were misread or lost, as those before and behind in the same list have them."""
    for column in columns_of_labels(lines):
        seen = [number_in(lines[at]) for at in column]
        for first, last in told_stretches(seen):
            for place in range(first + 1, last):
                number = (seen[first] or 0) + place - first
                if seen[place] != number or not lines[column[place]].words[0].text.endswith("."):
                    lines[column[place]] = with_number(lines[column[place]], number)
    return lines


def columns_of_labels(lines: Sequence[TextLine]) -> list[list[int]]:
    """Which lines open with labels whose ends stand one below the other, from the top."""
    columns: list[list[int]] = []
    for at in sorted((at for at, line in enumerate(lines) if is_labelled(line)), key=lambda at: lines[at].words[1].top):
        fitting = [column for column in columns if aligned(lines[column[-1]], lines[at])]
        if fitting:
            max(fitting, key=lambda column: lines[column[-1]].top).append(at)
        else:
            columns.append([at])
    return columns


def is_labelled(line: TextLine) -> bool:
    """Whether a line opens with something that is, or may be what was read of, a number that stands apart."""
    if len(line.words) < 3:
        return False
    label, text = line.words[:2]
    height = height_of(line)
    return (
        len(label.text) <= SHORT
        and label.right - label.left <= WIDE * height
        and text.left - label.right >= HANGING * height
        and LETTER.match(text.text) is not None
        and (
            POINT.fullmatch(label.text) is not None
            or (label.text.endswith((".", ",", "-")) and DASH.fullmatch(label.text) is None)
        )
    )


def aligned(above: TextLine, below: TextLine) -> bool:
    """Whether the labels of two lines end, and their texts begin, one below the other."""
    height = height_of(below)
    slack = ALIGNED * height + DRIFT * abs(below.top - above.top)
    pairs = ((above.words[0].right, below.words[0].right), (above.words[1].left, below.words[1].left))
    return all(abs(a - b) <= slack for a, b in pairs)


def number_in(line: TextLine) -> int | None:
    """The number that a line opens with."""
    match = NUMBER.fullmatch(line.words[0].text)
    return int(match[1]) if match else None


def told_stretches(seen: Sequence[int | None]) -> list[tuple[int, int]]:
    """From which number to which those between are told: these are as many as lie between the two."""
    known = [at for at, number in enumerate(seen) if number is not None]
    out, done = [], -1
    for i, first in enumerate(known):
        if first < done:
            continue
        for last in known[i + 1 :]:
            if seen[last] - seen[first] == last - first:
                out.append((first, last))
                done = last
                break
    return out


def with_number(line: TextLine, number: int) -> TextLine:
    """A line with its number."""
    label, *rest = line.words
    told = Word(f"{number}.", GUESSED, label.left, label.top, label.right, label.bottom)
    return TextLine((told, *rest), line.block)
