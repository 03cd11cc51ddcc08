"""Text from before Unicode: TCVN3, VNI and VISCII are told, decoded and reported; nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from viparse.normalize.encodings import CHARMAPS
from word_builder import Builder
from word_reading import converted

from extractors.cleaning import clean
from pipeline.ingest import errors, legacy_text, office
from pipeline.ingest.reader import read_bytes

PLAN = """Ủy ban nhân dân huyện Mường Hoa
KẾ HOẠCH
Trồng cây xanh và bảo vệ nguồn nước năm 2004
Căn cứ Luật Bảo vệ và Phát triển rừng; Ủy ban nhân dân huyện ban hành kế hoạch như sau:
I. MỤC TIÊU
1. Phấn đấu trồng mới 120 ha rừng phòng hộ, tỷ lệ che phủ đạt 42,5% vào cuối năm.
2. Phòng Nông nghiệp chủ trì, phối hợp với Hạt Kiểm lâm hướng dẫn các xã thực hiện đúng quy trình kỹ thuật.
"""
ENCODINGS = ("tcvn3", "vni", "viscii")
CODE_PAGE = {"tcvn3": "cp1252", "vni": "cp1252", "viscii": "latin-1"}


def encoded(text: str, encoding: str) -> str:
    """`text` as its letters look without the old font. TCVN3 has no marked capitals: small letters stand for them."""
    table: dict[str, str] = {}
    for old, new in sorted(CHARMAPS[encoding].pairs, key=lambda pair: len(pair[0])):
        table.setdefault(unicodedata.normalize("NFC", new), old)
    return "".join(table.get(c) or (c if c.isascii() else table.get(c.lower(), c)) for c in text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_plain_files_are_decoded_and_reported(encoding):
    read = read_bytes(encoded(PLAN, encoding).encode(CODE_PAGE[encoding]))
    text = read.source.pages[0]
    assert text.lower() == PLAN.lower()
    assert [note.check for note in read.source.notes] == ["legacy_encoding"]
    assert "KẾ HOẠCH" in text and "I. MỤC TIÊU" in text
    assert clean(read.source).notes == read.source.notes


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_that_was_saved_as_unicode_undecoded(encoding):
    text, notes = legacy_text.repair(encoded(PLAN, encoding))
    assert text.lower() == PLAN.lower() and len(notes) == 1


def test_lost_capitals_are_said():
    _, notes = legacy_text.repair(encoded(PLAN, "tcvn3"))
    assert ".VnTimeH" in notes[0].message
    _, notes = legacy_text.repair(encoded(PLAN, "vni"))
    assert ".VnTimeH" not in notes[0].message


def test_web_pages_in_old_encodings():
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in PLAN.splitlines())}</body></html>"
    read = read_bytes(encoded(page, "tcvn3").encode("cp1252"))
    assert read.media_type == "text/html" and "KẾ HOẠCH" in read.source.pages[0] and read.source.notes


@pytest.mark.parametrize(
    "text",
    [
        PLAN,
        "Los niños españoles comen jamón y piña en la montaña del señor Núñez, según el periódico. " * 10,
        "Die Straße führt über den Fluß; größere Maßnahmen sind nötig, heißt es. " * 10,
        "The quick brown fox jumps over the lazy dog. " * 10,
        "",
    ],
)
def test_other_text_stays(text):
    assert legacy_text.repair(text) == (text, ())


@given(st.text(max_size=300))
def test_repair_never_fails_and_reports_what_it_changes(text):
    repaired, notes = legacy_text.repair(text)
    assert repaired == text or notes


def test_bytes_in_no_encoding_are_refused():
    with pytest.raises(errors.NotText):
        read_bytes(bytes(range(128, 256)) * 20)


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        ("ABCDEF+.VnTime", "tcvn3", False),
        ("VNI-Times", "vni", False),
        ("vni-helve", "vni", False),
        ("Times New Roman", None, False),
        ("VNtimes new roman", None, False),
        (None, None, False),
    ],
)
def test_fonts_tell_the_encoding(font, encoding, capitals):
    assert (legacy_text.font_encoding(font), legacy_text.is_capital_font(font)) == (encoding, capitals)


def run_in(paragraph, text: str, font: str | None) -> None:
    """A run set in a font."""
    run = paragraph.add_run(text)
    if font:
        run.font.name = font


def old_document() -> Builder:
    """A document that is half in old fonts: the title in capitals, a paragraph whose runs part inside a word."""
    made = Builder()
    run_in(made.add(), encoded("kế hoạch trồng cây", "tcvn3"), ".VnTimeH")
    paragraph = made.add()
    run_in(paragraph, encoded("Huyện trồng ", "vni"), "VNI-Times")
    run_in(paragraph, encoded("500", "vni"), "VNI-Times")
    run_in(paragraph, " cây xanh ở các xã", "Times New Roman")
    run_in(made.add(), "Phòng Nông nghiệp chủ trì.", ".VnTime")  # Unicode in an old font stays
    return made


WANTED = ["KẾ HOẠCH TRỒNG CÂY", "Huyện trồng 500 cây xanh ở các xã", "Phòng Nông nghiệp chủ trì."]


def test_word_documents_are_decoded_run_by_run_and_keep_their_capitals():
    read = read_bytes(old_document().bytes())
    assert read.source.pages[0].split("\n\n")[1:] == WANTED
    (note,) = read.source.notes
    assert note.check == "legacy_encoding" and "TCVN3" in note.message and "VNI" in note.message


def test_fonts_of_styles_count():
    made = Builder()
    made.style("Cu", '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>')
    made.add(encoded("Trồng cây ở vùng đất trống", "tcvn3"), style="Cu")
    assert read_bytes(made.bytes()).source.pages[0].endswith("Trồng cây ở vùng đất trống")


@pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("form", ["doc", "rtf"])
def test_old_word_documents_in_old_fonts(form, tmp_path):
    read = read_bytes(converted(old_document().bytes(), form, tmp_path))
    assert read.source.pages[0].split("\n\n")[1:] == WANTED and read.source.notes
