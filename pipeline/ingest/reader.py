"""Reading one source file: open, tell its kind, hand it to the reader of that kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.plan import Source
from pipeline.ingest import html, kind, pdf
from pipeline.ingest.decode import decode
from pipeline.ingest.errors import EmptyFile, TooLarge, TooShort, UnreadableFile, UnsupportedKind

MAX_BYTES = 200 * 1024 * 1024
MIN_LETTERS = 40

MEDIA_TYPES = {"pdf": "application/pdf", "html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
UNSUPPORTED = {
    "docx": "a Word document (.docx)",
    "doc": "an old Word document (.doc)",
    "odt": "an OpenDocument text (.odt)",
    "rtf": "a rich text document (.rtf)",
    "xlsx": "an Excel workbook",
    "png": "a picture (PNG)",
    "jpeg": "a picture (JPEG)",
    "tiff": "a picture (TIFF)",
    "gif": "a picture (GIF)",
    "bmp": "a picture (BMP)",
    "archive": "an archive",
}


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file that was read. `n_pages` is None where the format has no pages."""

    media_type: str
    text_source: str
    n_pages: int | None
    source: Source


def read_file(path: Path) -> SourceDocument:
    """Read one file; raises a `ReadError` that says what is wrong and what to do."""
    return read_bytes(load(path))


def load(path: Path) -> bytes:
    """The file's bytes, if it can be opened, holds something and is not beyond all bounds."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TooLarge(f"the file has {size // 2**20} MB, more than {MAX_BYTES // 2**20}; split it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile("the file is gone; it was moved or deleted after the run began") from None
    except PermissionError:
        raise UnreadableFile("the file may not be read; give your user permission to read it") from None
    except OSError as error:
        raise UnreadableFile(
            f"the file cannot be opened ({error.strerror}); check the disk or network share"
        ) from error
    if not data.strip():
        raise EmptyFile("the file is empty; download or export it again")
    return data


def read_bytes(data: bytes) -> SourceDocument:
    """Read a file's content."""
    found = kind.binary_kind(data)
    if found == "pdf":
        pages = pdf.read_pages(data)
        return SourceDocument(MEDIA_TYPES["pdf"], "pdf_text", len(pages), Source(pages, paged=True))
    if found is not None:
        raise UnsupportedKind(f"the file is {UNSUPPORTED[found]}, a kind that is not read yet; save it as PDF or text")
    text = decode(data)
    found = kind.text_kind(text)
    if found == "html":
        text = html.html_text(text)
    check_length(text)
    return SourceDocument(MEDIA_TYPES[found], "text", None, Source((text,)))


def check_length(text: str) -> None:
    """Refuse text that can be no document."""
    if not text.strip():
        raise EmptyFile("the file holds no text; download or export it again")
    letters = sum(map(str.isalpha, text[:10_000]))
    if letters < MIN_LETTERS:
        raise TooShort(
            f"the file holds {letters} letters only, no document: a placeholder or a broken download; fetch it again"
        )
