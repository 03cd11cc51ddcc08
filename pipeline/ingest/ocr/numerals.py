"""Roman numerals of strokes alone (`quý III`) as the picture has them: their strokes are counted.

Strokes that stand side by side with serifs that touch are what Tesseract reads worst: `quý III` becomes `quý II`,
surely read and wrong by a quarter of a year. On the picture they are plain: upright, as high as each other, equally far
apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import regex

from pipeline.ingest.ocr.words import Reading, TextLine, Word

NUMERAL = regex.compile(r"(?P<read>[IHÌÍÏl1]{1,6})(?P<rest>[./,;:].*|)", regex.DOTALL)
"""What strokes are read as, and what stands behind them."""
LETTER = regex.compile("[IH]")
"""One I at least, or an H, which may be two of them; figures are no numerals."""
PLAIN = regex.compile("I{1,3}")
DIGIT = regex.compile(r"\d")
MOST = 3
INK = 0.5
"""Share of the way from paper to the darkest ink at which ink begins."""
UPRIGHT = 0.8
"""Share of the height of the highest stroke that each has: slashes, figures and slanting letters run down less."""
OF_WORD = 0.5
"""Share of a word's height that its strokes have at least: lower ones are slanting, or none."""
THICK = 0.36
PITCH = 0.25, 0.72
"""How far strokes of one numeral stand apart, in heights: 0.4 in letters without serifs, 0.65 in bold with them."""
EVEN = 0.2
"""By how much of the first distance the others may differ from it."""
WAIST = 0.35, 0.65
"""Between these heights nothing stands between the strokes of a numeral (an H has its bar there), nor beside one that
is alone."""
SURE, UNSURE = 0.9, 0.5
"""How sure a numeral is whose strokes were counted, and one with fewer strokes than were read, all in plain letters."""


def with_counted_strokes(reading: Reading, picture: np.ndarray) -> Reading:
    """The reading of a picture with its numerals as their strokes are."""
    if not any(is_numeral(word) for line in reading.lines for word in line.words):
        return reading
    return replace(reading, lines=tuple(recounted(line, picture) for line in reading.lines))


def recounted(line: TextLine, picture: np.ndarray) -> TextLine:
    """A line with its numerals as their strokes are."""
    if not any(is_numeral(word) for word in line.words):
        return line
    return replace(line, words=tuple(counted_words(line, picture)))


def is_numeral(word: Word) -> bool:
    """Whether the word is, or is misread from, a numeral of strokes."""
    match = NUMERAL.fullmatch(word.text) if "I" in word.text or "H" in word.text else None
    return match is not None and LETTER.search(match["read"]) is not None


def counted_words(line: TextLine, picture: np.ndarray) -> Iterator[Word]:
    """The words of a line, numerals as their strokes are."""
    for at, word in enumerate(line.words):
        if not is_numeral(word):
            yield word
            continue
        height = word.bottom - word.top
        left = max(word.left - height // 2, (line.words[at - 1].right + word.left) // 2 if at else 0)
        after = line.words[at + 1].left if at + 1 < len(line.words) else picture.shape[1]
        right = min(word.right + height // 2, (word.right + after) // 2)
        yield told_by_strokes(word, picture[max(0, word.top) : word.bottom, max(0, left) : right])


def told_by_strokes(word: Word, pixels: np.ndarray) -> Word:
    """A numeral with as many strokes as are on the picture of it; as it was read where they cannot be counted."""
    match = NUMERAL.fullmatch(word.text)
    count = strokes(pixels, alone=not match["rest"]) if match else None
    if match is None or count is None or match["read"] == count * "I":
        return word
    if PLAIN.fullmatch(match["read"]) and count < len(match["read"]):
        return replace(word, confidence=min(word.confidence, UNSURE))
    sure = word.confidence if DIGIT.search(match["rest"]) else max(word.confidence, SURE)
    return replace(word, text=count * "I" + match["rest"], confidence=sure)


def strokes(pixels: np.ndarray, alone: bool) -> int | None:
    """How many upright strokes the picture of a word begins with; None where these are no strokes of a numeral, or
    where something else stands beside a numeral that should be `alone`."""
    if pixels.size == 0 or int(pixels.max()) - int(pixels.min()) < 60:
        return None
    ink = pixels < pixels.max() - INK * (int(pixels.max()) - int(pixels.min()))
    runs, tops = longest_runs(ink)
    height = int(runs.max())
    if height < OF_WORD * len(pixels):
        return None
    groups = stretches(runs >= UPRIGHT * height)
    if not groups or any(end - start > THICK * height for start, end in groups[: MOST + 1]):
        return None
    chain = evenly_set([(start + end) / 2 for start, end in groups], height)
    if not 1 <= len(chain) <= MOST:
        return None
    of_numeral = groups[: len(chain)]
    beside = waist_of(ink, int(tops[of_numeral[0][0]]), height)
    for start, end in of_numeral:
        beside[max(0, start - 3) : end + 3] = False
    first, last = of_numeral[0][0], of_numeral[-1][1]
    if beside[first:last].any() or (alone and beside.any()):
        return None
    return len(chain)


def waist_of(ink: np.ndarray, top: int, height: int) -> np.ndarray:
    """In which columns there is ink at half height."""
    return ink[top + round(WAIST[0] * height) : top + round(WAIST[1] * height)].any(axis=0)


def longest_runs(ink: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far ink runs down without a break in each column at most, and where that begins."""
    best = np.zeros(ink.shape[1], np.int32)
    top = np.zeros(ink.shape[1], np.int32)
    run = np.zeros(ink.shape[1], np.int32)
    for y, row in enumerate(ink):
        run = np.where(row, run + 1, 0)
        longer = run > best
        best, top = np.where(longer, run, best), np.where(longer, y - run + 1, top)
    return best, top


def stretches(columns: np.ndarray) -> list[tuple[int, int]]:
    """Where columns side by side are true, from and to."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def evenly_set(middles: list[float], height: int) -> list[float]:
    """The first strokes that are as far from each other as those of one numeral."""
    chain = middles[:1]
    first = None
    for a, b in pairwise(middles):
        step = b - a
        if not PITCH[0] * height <= step <= PITCH[1] * height or (first and abs(step - first) > EVEN * first):
            break
        first = first or step
        chain.append(b)
    return chain
