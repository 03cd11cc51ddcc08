"""What kind of content a file holds, told from its bytes, never from its name."""

from __future__ import annotations

import io
import re
import struct
import zipfile

BINARY_SIGNATURES = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
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
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return zip_kind(data)
    if head.startswith(OLE_SIGNATURE):
        return ole_kind(data)
    for signature, kind in BINARY_SIGNATURES:
        if head.startswith(signature) and not (kind == "bmp" and b"\x00" not in head):
            return kind
    return None


def zip_kind(data: bytes) -> str:
    """Which office format a zip holds, by the names in its directory; by its bytes where the directory is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            names = set(opened.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, EOFError):
        names = {name for name in OFFICE_PARTS if name.encode() in data[:4096] + data[-65536:]}
    for folder, main, kind in OPEN_XML:
        if main in names or ("[Content_Types].xml" in names and any(name.startswith(folder) for name in names)):
            return kind
    if "content.xml" in names and "mimetype" in names:
        return "odt" if b"opendocument.text" in data[:200] else "ods"
    return "archive"


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
