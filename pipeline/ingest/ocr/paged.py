"""Text by page, some or all of it read by OCR, and what an analyst is told about that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.plan import Note
from pipeline.ingest.ocr.engine import find_engine
from pipeline.ingest.ocr.reading import PageText

FALLBACK = (
    "Không có Tesseract với dữ liệu tiếng Việt nên ảnh được đọc bằng trueocr, kém chính xác hơn về dấu;"
    " hãy cài tesseract-ocr-vie rồi chạy lại"
)


@dataclass(frozen=True, slots=True)
class PagedText:
    """The pages' texts. `confidences`: by page, None where it was not read by OCR; empty where none was."""

    pages: tuple[str, ...]
    text_source: str
    confidences: tuple[float | None, ...] = ()
    ocr_confidence: float | None = None
    notes: tuple[Note, ...] = ()


def fallback_notes() -> tuple[Note, ...]:
    """Says so where the better engine is missing."""
    return (Note("low_ocr_confidence", FALLBACK),) if find_engine().fallback else ()


def mean_confidence(pages: Iterable[PageText]) -> float | None:
    """Mean word confidence over pages, each weighing as many words as were read on it."""
    read = [(page.confidence, page.n_words) for page in pages if page.confidence is not None]
    words = sum(n for _, n in read)
    return sum(confidence * n for confidence, n in read) / words if words else None
