"""Labels of items that an engine left out: told by the ink that stands alone before a line, or read once more.

Word sets numbers and dashes apart from their text. To an engine that parts a page into columns such a column of signs
is noise: `1.` is gone but for its point, dashes are gone altogether, and with them the outline of the plan. On the
picture they stand in front of their lines. A dash is told by its shape; numbers, letters and crosses are set on a
strip, close to the first words of their lines, and read there. Pages whose labels were read cost no second reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import regex

from pipeline.ingest.ocr.engine import ReadPicture
from pipeline.ingest.ocr.item_labels import DASH, FLAT, FLAT_WIDTH, HANGING, PLAIN, POINT, SHORT, height_of
from pipeline.ingest.ocr.words import Reading, TextLine, Word

REACH = 3.0
"""How far before its text a label begins at most, in heights of the line."""
APART, ALONE = 0.3, 0.5
"""Blank between label and text, and before the label, in heights, at least."""
WITHIN = 0.35
"""Ink that is closer than this belongs to one label."""
WIDTH = 0.2, 1.6
"""How wide a label is, in heights: rulers are less."""
INK = 0.5
CONTRAST = 60
MIDDLE = 0.3, 0.85
"""At which height of its line a dash stands."""
SURE, LEAST, OF_LETTER = 0.85, 0.5, 0.85
"""How sure a dash is that was told by its shape, and what a label must be read with; a letter may be half a figure."""
SHOWN = 2.5
"""So much of the line is shown to the engine beside its label, in heights."""
BLANK = 0.45
READ = regex.compile(r"\d{1,2}[.,)]|[a-zđ][.)]|[IVX]{1,4}\.|\+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the label of a line stands on the picture. `at`: the number of the line; `known`: how many of its first
    words are what was read of the label."""

    at: int
    known: int
    left: int
    right: int
    top: int
    bottom: int
    height: int


def with_lost_labels(reading: Reading, picture: np.ndarray, dpi: int, read_strip: ReadPicture) -> Reading:
    """The reading of a picture with the labels that it lacks."""
    places = list(places_without_label(reading.lines, picture))
    if not places:
        return reading
    lines = list(reading.lines)
    told = [(place, dash) for place in places if (dash := dash_at(place, picture))]
    dashes = {place.at for place, _ in told}
    unread = [place for place in places if place.at not in dashes]
    told += read_labels(unread, lines, picture, dpi, read_strip)
    for place, label in told:
        lines[place.at] = TextLine((label, *lines[place.at].words[place.known :]), lines[place.at].block)
    labels = [label for _, label in told]
    return replace(reading, lines=tuple(line for line in lines if not is_leftover(line, labels)))


def is_leftover(line: TextLine, labels: Sequence[Word]) -> bool:
    """Whether a line is what was made of a label that is known now."""
    (word, *more) = line.words
    return not more and any(is_within(word, label) for label in labels)


def is_within(word: Word, label: Word) -> bool:
    """Whether a word was read on the ink of a label."""
    middle = (word.top + word.bottom) / 2
    return label.left - 3 <= word.left and word.right <= label.right + 3 and label.top - 9 <= middle <= label.bottom + 9


def places_without_label(lines: Sequence[TextLine], picture: np.ndarray) -> Iterator[Place]:
    """Where ink stands alone before a line, and was not read as a label."""
    for at, line in enumerate(lines):
        known = 1 if has_remnant(line) else 0
        text = line.words[known:]
        if len(text) < 2 or not text[0].text[0].isalnum():
            continue
        height = height_of(line)
        first = text[0]
        found = ink_before(first, height, picture)
        if found is None:
            continue
        left, right = found
        others = (other for other in lines if other is not line)
        if not any(is_read(word, left, right, first) for other in others for word in other.words):
            top, bottom = band(first, height, len(picture))
            yield Place(at, known, left, right, top, bottom, height)


def has_remnant(line: TextLine) -> bool:
    """Whether a line opens with what may be left of a label, and is none."""
    first, *rest = line.words
    if len(rest) < 2 or len(first.text) > SHORT or rest[0].left - first.right < HANGING * height_of(line):
        return False
    if first.text.isalpha() and first.confidence >= SURE:
        return False
    if DASH.fullmatch(first.text):
        return first.right - first.left < FLAT_WIDTH[0] * height_of(line)  # the point of a number, read as a dash
    return POINT.fullmatch(first.text) is not None or PLAIN.fullmatch(first.text) is None


def is_read(word: Word, left: int, right: int, beside: Word) -> bool:
    """Whether a word was read, surely enough, in a place before another one."""
    within = word.left < right and word.right > left and word.top < beside.bottom and word.bottom > beside.top
    return within and (word.confidence >= LEAST or len(word.text) > SHORT)


def band(word: Word, height: int, page: int) -> tuple[int, int]:
    """From where to where down the page what stands beside a word is looked for."""
    return max(0, word.top - height // 10), min(page, word.bottom + height // 10)


def ink_before(first: Word, height: int, picture: np.ndarray) -> tuple[int, int] | None:
    """From where to where the ink of a label runs before the first word of a line; None where there is none."""
    top, bottom = band(first, height, len(picture))
    start = max(0, round(first.left - (REACH + ALONE) * height))
    pixels = picture[top:bottom, start : max(start, first.left - 2)]
    if pixels.size == 0:
        return None
    light = int(np.median(pixels))
    if light - int(pixels.min()) < CONTRAST:
        return None
    columns = np.flatnonzero((pixels < light - INK * (light - int(pixels.min()))).sum(axis=0) > 1)
    if not len(columns):
        return None
    right = int(columns[-1]) + 1
    gaps = np.flatnonzero(np.diff(columns) > WITHIN * height)
    left = int(columns[gaps[-1] + 1]) if len(gaps) else int(columns[0])
    before = int(columns[gaps[-1]]) if len(gaps) else 0 if start == 0 else -height
    room = pixels.shape[1] + 2 - right
    wide = WIDTH[0] * height <= right - left <= WIDTH[1] * height
    if not wide or room < APART * height or left - before < ALONE * height:
        return None
    return start + left, start + right


def dash_at(place: Place, picture: np.ndarray) -> Word | None:
    """The dash at a place; None where what stands there has another shape."""
    pixels = picture[place.top : place.bottom, place.left : place.right]
    light = int(np.median(picture[place.top : place.bottom, max(0, place.left - place.height) : place.left + 1]))
    rows = np.flatnonzero((pixels < light - INK * (light - int(pixels.min()))).any(axis=1))
    high, wide = int(rows[-1] - rows[0]) + 1, place.right - place.left
    middle = (rows[0] + rows[-1]) / 2 / len(pixels)
    if wide < FLAT * high or not FLAT_WIDTH[0] * place.height <= wide <= FLAT_WIDTH[1] * place.height:
        return None
    if not MIDDLE[0] <= middle <= MIDDLE[1]:
        return None
    return Word("-", SURE, place.left, place.top + int(rows[0]), place.right, place.top + int(rows[-1]) + 1)


def read_labels(
    places: Sequence[Place], lines: Sequence[TextLine], picture: np.ndarray, dpi: int, read_strip: ReadPicture
) -> Iterator[tuple[Place, Word]]:
    """The labels at places, read off a strip on which each stands close before the first words of its line."""
    if not places:
        return
    shelves = [shelf(place, lines[place.at].words[place.known], picture) for place in places]
    paper = int(np.median(picture))
    gap = max(place.height for place in places) // 2
    strip = np.full(
        (sum(len(part) + gap for part in shelves) + gap, max(part.shape[1] for part in shelves) + 2 * gap),
        paper,
        np.uint8,
    )
    tops, y = [], gap
    for part in shelves:
        strip[y : y + len(part), gap : gap + part.shape[1]] = part
        tops.append(y)
        y += len(part) + gap
    words = [word for line in read_strip(strip, dpi).lines for word in line.words]
    for place, part, top in zip(places, shelves, tops, strict=True):
        end = gap + place.right - place.left + round(BLANK * place.height) // 2
        said = [
            word
            for word in words
            if top <= (word.top + word.bottom) / 2 < top + len(part) and (word.left + word.right) / 2 < end
        ]
        if (label := label_of(said)) is not None:
            yield place, replace(label, left=place.left, right=place.right, top=place.top, bottom=place.bottom)


def shelf(place: Place, first: Word, picture: np.ndarray) -> np.ndarray:
    """A label and behind it the first words of its line, close."""
    rows = np.s_[place.top : place.bottom]
    label = picture[rows, max(0, place.left - 2) : place.right + 2]
    text = picture[rows, max(0, first.left - 2) : first.left + round(SHOWN * place.height)]
    blank = np.full((len(label), round(BLANK * place.height)), int(np.median(picture)), np.uint8)
    return np.hstack([label, blank, text])


def label_of(words: Sequence[Word]) -> Word | None:
    """The label that words make; None where they make none, or are not sure."""
    if not words:
        return None
    text = "".join(word.text for word in sorted(words, key=lambda word: word.left))
    sure = min(word.confidence for word in words)
    if not READ.fullmatch(text) or sure < (OF_LETTER if text[0].islower() else LEAST):
        return None
    return replace(words[0], text=text.replace(",", "."), confidence=sure)
