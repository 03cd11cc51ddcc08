"""Reading pages: once as they are, and where that went badly cleaned or turned; several at the same time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from pipeline.ingest.ocr import prep
from pipeline.ingest.ocr.engine import Engine, NoOcrEngine, ReadPicture, find_engine
from pipeline.ingest.ocr.figures import doubted_by
from pipeline.ingest.ocr.layout import page_text
from pipeline.ingest.ocr.table_pages import read_page
from pipeline.ingest.ocr.tables import find_tables
from pipeline.ingest.ocr.words import Reading
from pipeline.limits import alive

MAX_JOBS = 2
READ_AGAIN = 0.92
"""Pages read with less confidence are cleaned and read again; on clean scans Tesseract says 0.96."""
TERRIBLE = 0.6
"""So little confidence that the page may stand on its side or head."""
LOW_CONFIDENCE = 0.8
"""Below this an analyst must look at the page itself."""
FEW_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: rows x columns, or rows x columns x RGB."""

    pixels: np.ndarray
    dpi: int


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read off a page. `confidence`: mean word confidence, None where the page is empty. `reading`: the words
    with their places on the picture, which may have been turned to be read."""

    text: str
    confidence: float | None
    n_words: int
    reading: Reading | None = None


def default_jobs() -> int:
    """How many pages are read at the same time where nobody says."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        cores = os.cpu_count() or 1
    return max(1, min(MAX_JOBS, cores))


def read_pictures(
    pictures: Iterable[Picture], jobs: int | None = None, engine: Engine | None = None
) -> Iterator[PageText]:
    """The text of each picture, in order. Threads are enough: the work is done by other programs or outside the
    interpreter's lock. Pictures are drawn only as they are needed, so that a long scan does not fill the memory."""
    engine = engine or find_engine()
    jobs = jobs or default_jobs()
    waiting: deque[Future[PageText]] = deque()
    with ThreadPoolExecutor(jobs, thread_name_prefix="ocr") as pool:
        try:
            for picture in pictures:
                waiting.append(pool.submit(read_picture, picture, engine))
                if len(waiting) > jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def read_picture(picture: Picture, engine: Engine) -> PageText:
    """Read one picture as well as it can be read."""
    grey = prep.grey(picture.pixels, picture.dpi)
    if prep.is_blank(grey):
        return PageText("", None, 0)
    return laid_out(best_reading(grey, picture.dpi, engine))


def shows_table(picture: Picture) -> bool:
    """The picture shows a ruled table, and the engine here would read it cell by cell."""
    try:
        by_cells = find_engine().read_strip is not None
    except NoOcrEngine:
        return False
    return by_cells and find_tables(prep.grey(picture.pixels, picture.dpi), picture.dpi) is not None


def laid_out(reading: Reading) -> PageText:
    """A reading as the text of its page."""
    n_words = sum(line.text.count(" ") + 1 for line in reading.lines)
    return PageText(page_text(reading), reading.confidence, n_words, reading)


def best_reading(grey: np.ndarray, dpi: int, engine: Engine) -> Reading:
    """The first reading where it is good, else the best of what can be tried. Each is a sign of life: several long
    readings of one page on a busy machine are no hang."""
    best = read_page(grey, dpi, engine)
    alive()
    if engine.turns or is_good(best):
        return best
    clean = prep.cleaned(grey)
    best = better_of(best, read_page(clean, dpi, engine))
    alive()
    if not is_terrible(best):
        return best
    turns = quarter_turns(clean, dpi, engine.read_strip if best.grids and engine.read_strip else engine.read)
    alive()
    if not turns:
        return best
    grey = np.ascontiguousarray(np.rot90(grey, turns))
    turned = read_page(grey, dpi, engine)
    alive()
    if not is_good(turned):
        turned = better_of(turned, read_page(prep.cleaned(grey), dpi, engine))
    return max(best, turned, key=worth)


def better_of(first: Reading, second: Reading) -> Reading:
    """The better of two readings of one picture, less sure of the figures in which they differ."""
    best, other = sorted((first, second), key=worth, reverse=True)
    return doubted_by(best, other)


def is_good(reading: Reading) -> bool:
    """Enough was read, and the engine is sure of it."""
    return (reading.confidence or 0) >= READ_AGAIN and not is_terrible(reading)


def is_terrible(reading: Reading) -> bool:
    """So little was read, or so badly, that the page may stand on its side; engines may read text that does, but no
    tables."""
    return (
        (reading.confidence or 0) < TERRIBLE
        or (reading.cell_confidence or 1) < TERRIBLE
        or reading.characters < FEW_CHARACTERS
    )


def worth(reading: Reading) -> float:
    """How much was read surely: words that the engine doubts count against it."""
    return sum((word.confidence - 0.5) * len(word.text) for line in reading.lines for word in line.words)


def quarter_turns(picture: np.ndarray, dpi: int, read: ReadPicture) -> int:
    """How often to turn the picture by 90 degrees counter-clockwise so that it reads best; judged by its middle.
    For tables `read` must not turn blocks of text by itself: it would read them in any position, but not cells."""
    middle = prep.middle(picture)
    return max(range(4), key=lambda turns: worth(read(np.ascontiguousarray(np.rot90(middle, turns)), dpi)))
