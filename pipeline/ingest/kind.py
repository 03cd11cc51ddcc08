"""What kind of content a file holds, told from its bytes, never from its name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import BinaryIO

BINARY_SIGNATURES = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
)
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of the old office programs; what it holds is told by the names of its streams, in UTF-16."""
OLE_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__substg1.0_", "msg"),
)
MAX_DIRECTORY_BYTES = 16 * 2**20
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    ValueError,
    OSError,
    OverflowError,
    NotImplementedError,
)
"""What reading a broken zip raises."""
OPEN_XML = (
    ("word/", "word/document.xml", "docx"),
    ("xl/", "xl/workbook.xml", "xlsx"),
    ("ppt/", "ppt/presentation.xml", "pptx"),
)
"""Folder and main part of each office format."""
OFFICE_PARTS = ("[Content_Types].xml", "word/document.xml", "xl/workbook.xml", "content.xml", "mimetype")
PDF_HEADER_WITHIN = 1024  # the header may stand behind some junk, as Acrobat allows
TAG = re.compile(r"<(html|head|body|table|tr|td|div|p|span|meta|br)\b[^<>]{0,2000}>", re.IGNORECASE)
HTML_OPENING = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
MARKDOWN_MARKS = re.compile(
    r"^#{1,6}\s+\S|\*\*\S[^*\n]{0,500}\*\*|^\|(?:\s*:?-{3,}:?\s*\|)+\s*$|\\[-.*_#+]", re.MULTILINE
)


def binary_kind(data: bytes) -> str | None:
    """The kind of a file that is not plain text, or None where the bytes may be text."""
    head = data[:PDF_HEADER_WITHIN]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zip_kind(io.BytesIO(data))
    if head.startswith(OLE_SIGNATURE):
        return ole_kind(data)
    for signature, kind in BINARY_SIGNATURES:
        if head.startswith(signature) and not (kind == "bmp" and b"\x00" not in head):
            return kind
    return None


def zip_kind(file: BinaryIO) -> str:
    """Which office format a zip holds, by the names in its directory; by its bytes where the directory is broken."""
    if directory_bytes(file) > MAX_DIRECTORY_BYTES:
        return "archive"
    try:
        with zipfile.ZipFile(file) as opened:
            names = set(opened.namelist())
            told = declared_type(opened) if "mimetype" in names else b""
    except BROKEN_ZIP:
        ends = ends_of(file)
        names, told = {name for name in OFFICE_PARTS if name.encode() in ends}, ends[:200]
    for folder, main, kind in OPEN_XML:
        if main in names or ("[Content_Types].xml" in names and any(name.startswith(folder) for name in names)):
            return kind
    if "content.xml" in names and "mimetype" in names:
        return "odt" if b"opendocument.text" in told else "ods"
    return "archive"


def declared_type(opened: zipfile.ZipFile) -> bytes:
    """What an OpenDocument says it is. The rule asks for it unpacked at the start; tools that pack anew do not care."""
    try:
        with opened.open("mimetype") as stream:
            return stream.read(200)
    except RuntimeError:  # locked
        return b""


def directory_bytes(file: BinaryIO) -> int:
    """How large a zip says its directory is: it is read as a whole, before any other bound can be held."""
    ends = ends_of(file)
    place, place64 = ends.rfind(b"PK\x05\x06"), ends.rfind(b"PK\x06\x06")
    size = int.from_bytes(ends[place + 12 : place + 16], "little") if place >= 0 else 0
    size64 = int.from_bytes(ends[place64 + 40 : place64 + 48], "little") if place64 >= 0 else 0
    return max(size64, 0 if size == 0xFFFFFFFF else size)


def ends_of(file: BinaryIO) -> bytes:
    """The first and the last bytes of a file."""
    file.seek(0)
    head = file.read(4096)
    file.seek(max(file.seek(0, io.SEEK_END) - 70_000, 0))
    return head + file.read()


def ole_kind(data: bytes) -> str:
    """What an old office file is; one without known streams is a broken Word document, most likely."""
    return next((kind for name, kind in OLE_STREAMS if name.encode("utf-16-le") in data), "doc")


def text_kind(text: str) -> str:
    """`html`, `markdown` or `text`, for content that has been decoded."""
    head = text[:20_000]
    if HTML_OPENING.match(head):
        return "html"
    tags = {m.group(1).lower() for m in TAG.finditer(head)}
    if len(tags) >= 3 or ("p" in tags and head.lstrip().startswith("<")):
        return "html"
    return "markdown" if len(MARKDOWN_MARKS.findall(text[:200_000])) >= 2 else "text"
