"""Text by page, some or all of it read by OCR, and what an analyst is told about that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.plan import Note, ReadWord
from pipeline.ingest.ocr.engine import find_engine
from pipeline.ingest.ocr.reading import PageText
from schemas.messages import message


@dataclass(frozen=True, slots=True)
class PagedText:
    """The pages' texts. `confidences`: by page, None where it was not read by OCR; empty where none was. `words`: by
    page, what OCR read in its order."""

    pages: tuple[str, ...]
    text_source: str
    confidences: tuple[float | None, ...] = ()
    ocr_confidence: float | None = None
    notes: tuple[Note, ...] = ()
    words: tuple[tuple[ReadWord, ...], ...] = ()


def fallback_notes() -> tuple[Note, ...]:
    """Says so where the better engine is missing."""
    return (Note("low_ocr_confidence", message("poorer_engine")),) if find_engine().fallback else ()


def words_of_pages(
    pages: Sequence[PageText | None], before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[ReadWord, ...], ...]:
    """The words of each page. `before`, `after`: the pages' texts before and after broken rows were joined, for a page
    that lost the rest of a row to the one before has words there, too."""
    words = [words_of(page) for page in pages]
    lost = [new.count("\n") < old.count("\n") for old, new in zip(before, after, strict=True)]
    return tuple(
        own + rest if moved else own
        for own, rest, moved in zip(words, [*words[1:], ()], [*lost[1:], False], strict=True)
    )


def words_of(page: PageText | None) -> tuple[ReadWord, ...]:
    """The words of a page with how sure the engine was of each; none of a page that OCR did not read, and none of one
    that it read line by line: how sure it is of a line says little of its figures."""
    if page is None or page.reading is None:
        return ()
    words = [word for line in page.reading.lines for word in line.words]
    if any(" " in word.text for word in words):
        return ()
    return tuple(ReadWord(word.text, word.confidence) for word in words)


def mean_confidence(pages: Iterable[PageText]) -> float | None:
    """Mean word confidence over pages, each weighing as many words as were read on it."""
    read = [(page.confidence, page.n_words) for page in pages if page.confidence is not None]
    words = sum(n for _, n in read)
    return sum(confidence * n for confidence, n in read) / words if words else None
