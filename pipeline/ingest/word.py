"""Word and its kin: `.docx` as it is; `.doc`, `.rtf` and `.odt` through LibreOffice, `.doc` else through antiword."""

from __future__ import annotations

from pipeline.ingest import legacy_text, office, zip_bounds
from pipeline.ingest.docx import OddPackage, WordText, check_entities, read_docx
from pipeline.ingest.docx_repair import without_dead_links
from pipeline.ingest.errors import ConversionFailed, CorruptFile, MissingTool, PasswordProtected, TimedOut

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
}
LOCKED = "the document is protected by a password; open it in Word and save a copy without one"
ODT_PARTS = ("content.xml", "styles.xml")
WORD_SECTOR = 512
MIN_DOC_BYTES = 3 * WORD_SECTOR
WORD_MAGIC = (b"\xec\xa5", b"\xdc\xa5")
"""How the main stream of a .doc begins (Word 97 and later, Word 6 and 95), at the start of a sector."""


def read_word(data: bytes, kind: str) -> WordText:
    """The text of a Word document of any age. Raises ReadError."""
    if kind == "docx":
        return read_modern(data)
    if kind == "odt":
        check_odt(data)
    if kind == "doc":
        check_doc(data)
    try:
        return read_docx(office.to_docx(data, kind))
    except (MissingTool, ConversionFailed, TimedOut):
        if kind == "doc" and (text := office.doc_text(data)) is not None:
            return WordText(*legacy_text.repair(text))
        raise


def read_modern(data: bytes) -> WordText:
    """A `.docx`; one that python-docx cannot take (strict Open XML, dead links inside) as LibreOffice saves it."""
    try:
        return read_docx(data)
    except OddPackage as error:
        if (mended := without_dead_links(data)) is not None:
            return read_modern(mended)
        try:
            saved = office.to_docx(data, "docx")
        except (MissingTool, ConversionFailed, TimedOut):
            raise error from None
        return read_docx(saved)


def check_odt(data: bytes) -> None:
    """Hold an OpenDocument text against the bounds before LibreOffice unpacks it.

    Raises CorruptFile or PasswordProtected.
    """
    what = "the OpenDocument text"
    opened = zip_bounds.open_zip(data, what)
    entries = opened.infolist()
    zip_bounds.check_bounds(entries, zip_bounds.Bounds(), what)
    named = {entry.filename: entry for entry in entries}
    if "content.xml" not in named:
        raise CorruptFile(f"{what} lacks its content; save it again")
    manifest = named.get("META-INF/manifest.xml")
    if manifest and b"encryption-data" in zip_bounds.read_entry(opened, manifest, what):
        raise PasswordProtected(LOCKED)
    for name in ODT_PARTS:
        if name in named:
            check_entities(zip_bounds.read_entry(opened, named[name], what), what)


def check_doc(data: bytes) -> None:
    """Refuse a `.doc` that is cut short or locked, which no program can read.

    Raises CorruptFile or PasswordProtected.
    """
    if len(data) < MIN_DOC_BYTES:
        raise CorruptFile("the old Word document (.doc) is cut short; download or export it again")
    if is_locked(data):
        raise PasswordProtected(LOCKED)


def is_locked(data: bytes) -> bool:
    """The header of the main stream says that the text is encrypted."""
    for start in range(0, min(len(data), 64 * WORD_SECTOR), WORD_SECTOR):
        if data[start : start + 2] in WORD_MAGIC:
            return bool(data[start + 11] & 0x01) if len(data) > start + 11 else False
    return False
