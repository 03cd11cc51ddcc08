"""Reading one source file: open, tell its kind, hand it to the reader of that kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.plan import Note, Source
from pipeline.ingest import data_text, html, images, kind, legacy_text, pdf, word
from pipeline.ingest.decode import decode
from pipeline.ingest.errors import (
    EmptyFile,
    NotText,
    PasswordProtected,
    TooLarge,
    TooShort,
    UnreadableFile,
    UnsupportedKind,
)
from pipeline.ingest.ocr.paged import PagedText

MAX_BYTES = 200 * 1024 * 1024
MIN_LETTERS = 40

MEDIA_TYPES = {"pdf": "application/pdf", "html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
UNSUPPORTED = {
    "xlsx": "an Excel workbook",
    "xls": "an old Excel workbook",
    "ods": "an OpenDocument spreadsheet",
    "pptx": "a PowerPoint presentation",
    "ppt": "an old PowerPoint presentation",
    "msg": "an Outlook mail",
    "archive": "a zip file",
    "rar": "a RAR archive",
    "7z": "a 7-Zip archive",
    "gzip": "a gzip archive",
    "csv": "a table of values (CSV)",
    "json": "data (JSON)",
    "mail": "a mail, or a web page saved as one file (MHTML)",
    "shortcut": "a link to a page, not the page",
}
"""Kinds that are known and not read."""
USUAL_CURE = "save it as PDF or text"
CURES = dict.fromkeys(("archive", "rar", "7z", "gzip"), "unpack it, or pack it as zip") | {
    "json": "take it out of the folder",
    "mail": "save what it holds as a file of its own: the attachment, or the page as HTML or PDF",
    "msg": "save its attachment as a file of its own",
    "shortcut": "open it in a browser and save the page or its PDF",
}
"""What to do about those that need another cure than the usual one."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file that was read. `n_pages` is None where the format has no pages."""

    media_type: str
    text_source: str
    n_pages: int | None
    source: Source
    ocr_confidence: float | None = None


def read_file(path: Path, jobs: int | None = None) -> SourceDocument:
    """Read one file; raises a `ReadError` that says what is wrong and what to do. `jobs`: how many pages OCR may read
    at the same time, None for as many as cores allow, at most two."""
    return read_bytes(load(path), jobs)


def load(path: Path) -> bytes:
    """The file's bytes, if it can be opened, holds something and is not beyond all bounds.

    Raises EmptyFile, TooLarge or UnreadableFile.
    """
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


def read_bytes(data: bytes, jobs: int | None = None) -> SourceDocument:
    """Read a file's content. Raises PasswordProtected or UnsupportedKind."""
    found = kind.binary_kind(data)
    if found == "pdf":
        return of_pages(MEDIA_TYPES["pdf"], pdf.read_pdf(data, jobs))
    if found in images.MEDIA_TYPES:
        return of_pages(images.MEDIA_TYPES[found], images.read_images(data, jobs))
    if found in word.MEDIA_TYPES:
        read = word.read_word(data, found)
        if read.pictures:
            return of_pages(word.MEDIA_TYPES[found], images.read_files(read.pictures, jobs))
        check_length(read.text)
        return SourceDocument(word.MEDIA_TYPES[found], "text", None, Source((read.text,), notes=read.notes))
    if found == "locked":
        raise PasswordProtected(word.LOCKED)
    if found is not None:
        raise unsupported(found)
    found, text, notes = read_text(data)
    if (data_kind := data_text.data_kind(text)) is not None:
        raise unsupported(data_kind)
    check_length(text)
    return SourceDocument(MEDIA_TYPES[found], "text", None, Source((text,), notes=notes))


def unsupported(found: str) -> UnsupportedKind:
    """What to say of a kind that is known and not read."""
    cure = CURES.get(found, USUAL_CURE)
    return UnsupportedKind(f"the file is {UNSUPPORTED[found]}, a kind that is not read; {cure}")


def of_pages(media_type: str, read: PagedText) -> SourceDocument:
    """A document of pages, some or all of them read by OCR."""
    source = Source(read.pages, paged=True, notes=read.notes, page_confidence=read.confidences, page_words=read.words)
    return SourceDocument(media_type, read.text_source, len(read.pages), source, read.ocr_confidence)


def read_text(data: bytes) -> tuple[str, str, tuple[Note, ...]]:
    """Kind, text and notes of a plain file or web page; text in an old Vietnamese encoding is decoded."""
    try:
        return noted_text(decode(data))
    except NotText:
        for encoding in ("cp1252", "latin-1"):  # VISCII has letters where Windows has quotation marks
            read = noted_text(data.decode(encoding, errors="replace").replace("\x00", ""))
            if read[2] and b"\x00" not in data:
                return read
        raise


def noted_text(text: str) -> tuple[str, str, tuple[Note, ...]]:
    """Kind, text and notes of what has been decoded."""
    found = kind.text_kind(text)
    return found, *legacy_text.repair(html.html_text(text) if found == "html" else text)


def check_length(text: str) -> None:
    """Refuse text that can be no document. Raises EmptyFile or TooShort."""
    if not text.strip():
        raise EmptyFile("the file holds no text; download or export it again")
    letters = sum(map(str.isalpha, text[:10_000]))
    if letters < MIN_LETTERS:
        raise TooShort(
            f"the file holds {letters} letters only, no document: a placeholder or a broken download; fetch it again"
        )
