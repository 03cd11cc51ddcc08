"""Broken, hostile and old files of word processors, and the programs that read them."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from word_builder import OUTLINE, WORDS, Builder
from word_reading import SHARED, converted, fill, lines, needs_office, needs_shared, replaced

from pipeline.ingest import errors, office, read_file, word
from pipeline.ingest.docx import read_docx
from pipeline.ingest.reader import read_bytes


def package(**parts: bytes) -> bytes:
    """A zip with a content-types part and the given ones below word/."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, data in parts.items():
            made.writestr(f"word/{name}.xml", data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (package(document=b"a" * 30_000_000), errors.CompressionBomb),
        (package(document=ENTITIES), errors.HostileFile),
        (package(document=ENTITIES.decode().encode("utf-16")), errors.HostileFile),
        (package(document=b"<a/>"), errors.CorruptFile),
        (Builder().bytes()[:4000], errors.CorruptFile),
        (OLE + bytes(300), errors.CorruptFile),
        (OLE + bytes(3000) + "EncryptedPackage".encode("utf-16-le"), errors.PasswordProtected),
        (OLE + bytes(504) + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(3000), errors.PasswordProtected),
        (OLE + bytes(3000) + "Workbook".encode("utf-16-le"), errors.UnsupportedKind),
    ],
)  # fmt: skip
def test_broken_and_hostile_files_say_what_they_are(data, error, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(error) as caught:
        read_bytes(data)
    assert caught.value.error_type == error.error_type and len(str(caught.value)) > 40


def open_document(content: str, compress: int) -> bytes:
    """An OpenDocument text with this paragraph; `compress`: how its parts are packed."""
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    text = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compress) as opened:
        opened.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        opened.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        opened.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{content}<office:document-content {office} {text} office:version="1.2"><office:body>'
            f"<office:text><text:p>{WORDS}</text:p></office:text></office:body></office:document-content>",
        )
    return stream.getvalue()


def test_an_open_document_that_declares_entities_is_refused():
    made = open_document('<!DOCTYPE d [<!ENTITY a "b">]>', zipfile.ZIP_STORED)
    with pytest.raises(errors.HostileFile, match="OpenDocument text declares XML entities"):
        read_bytes(made)


@needs_office
def test_an_open_document_that_was_packed_anew_is_read():
    assert WORDS in read_bytes(open_document("", zipfile.ZIP_DEFLATED)).source.pages[0]


def test_tables_nested_beyond_reason_are_refused():
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    made = Builder()
    made.add("@@")
    with pytest.raises(errors.NestedTooDeeply):
        read_docx(replaced(made.bytes(), b"<w:p><w:r><w:t>@@</w:t></w:r></w:p>", opening * 90 + closing * 90))
    deep = opening * 60 + "<w:p><w:r><w:t>tận cùng</w:t></w:r></w:p>" + closing * 60
    assert "tận cùng" in read_docx(replaced(made.bytes(), b"<w:p><w:r><w:t>@@</w:t></w:r></w:p>", deep)).text


def test_a_thick_document_is_read_quickly():
    made = Builder(*OUTLINE)
    for i in range(3000):
        made.item(f"Nhiệm vụ thứ {i} giao cho các phòng, ban và đơn vị có liên quan.", i % 4)
    data = made.bytes()
    begin = time.monotonic()
    assert read_docx(data).text.count("\n\n") == 3000
    assert time.monotonic() - begin < 10


def test_lost_parts_do_not_stop_reading():
    link = '<Relationship Id="rIdX" Type="http://x/image" Target="NULL"/></Relationships>'
    made = Builder(*OUTLINE)
    made.item("mục")
    assert word.read_word(replaced(made.bytes(), b"</Relationships>", link), "docx").text == f"{WORDS}\n\nI. mục"


@needs_office
def test_a_package_that_python_docx_cannot_take_goes_through_libreoffice():
    made = Builder(*OUTLINE)
    made.item("mục")
    data = made.bytes()
    for old, new in STRICT:
        data = replaced(data, old, new)
    assert word.read_word(data, "docx").text == f"{WORDS}\n\nI. mục"


STRICT = (
    (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
"""What Word writes instead when told to save `Strict Open XML`."""


def plan() -> Builder:
    """A small plan with automatic numbers and a table."""
    made = Builder(*OUTLINE)
    for at, text in (
        (0, "MỤC TIÊU"),
        (1, "Chung"),
        (1, "Cụ thể"),
        (2, "Trồng 500 cây"),
        (2, "Dọn 12 kênh"),
        (0, "KINH PHÍ"),
    ):
        made.item(text, at)
    fill(made.document.add_table(2, 2, style="Table Grid"), [["Xã", "Số cây"], ["An Hòa", "500"]])
    made.add("Hết.")
    return made


WANTED = ["I. MỤC TIÊU", "1. Chung", "2. Cụ thể", "a) Trồng 500 cây", "b) Dọn 12 kênh", "II. KINH PHÍ",
          "Xã | Số cây", "An Hòa | 500", "Hết."]  # fmt: skip


@needs_office
@pytest.mark.parametrize("form", ["doc", "odt", "rtf"])
def test_old_formats_keep_their_numbers(form, tmp_path):
    read = read_bytes(converted(plan().bytes(), form, tmp_path))
    assert read.media_type == word.MEDIA_TYPES[form]
    assert read.source.pages[0].split("\n\n")[1:] == WANTED == lines(plan())


@pytest.mark.parametrize("form", ["odt", "rtf", "doc"])
def test_a_missing_program_is_named_with_the_command_that_installs_it(form, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    monkeypatch.setattr(word, "check_odt", lambda data: None)
    with pytest.raises(errors.MissingTool, match=r"LibreOffice.*install"):
        word.read_word(b"x" * 2000, form)


@needs_shared
@pytest.mark.skipif(office.shutil.which("antiword") is None, reason="antiword is not on this machine")
def test_doc_is_read_without_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    text = read_file(SHARED / "wild" / "neg-binhduong-ct09-2009.doc").source.pages[0]
    assert "Số: 09/2009/CT-UBND" in text and "b) Thanh tra khoa học và công nghệ" in text


def test_a_program_that_hangs_is_ended(tmp_path):
    begin = time.monotonic()
    with pytest.raises(errors.TimedOut):
        office.run(["sleep", "30"], str(tmp_path), 0.5, "it did not end")
    assert time.monotonic() - begin < 5


@needs_office
def test_what_libreoffice_cannot_open_is_said(tmp_path):
    with pytest.raises(errors.ReadError) as caught:
        word.read_word(OLE + bytes(3000), "doc")
    assert caught.value.error_type in ("conversion_failed", "empty_file", "too_short")
