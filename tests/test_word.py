"""Word documents: reading order, numbers that Word makes, tables, boxes, notes, tracked changes, old formats."""

from __future__ import annotations

import io
import subprocess
import time
import zipfile
from pathlib import Path

import docx
import pytest
from word_builder import OUTLINE, WORDS, Builder, level

from extractors.cleaning import clean
from pipeline.ingest import errors, office, read_file, word
from pipeline.ingest.docx import read_docx
from pipeline.ingest.numbering import format_number
from pipeline.ingest.reader import read_bytes

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not on this machine")
needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not on this machine")


def lines(builder: Builder) -> list[str]:
    """The paragraphs behind the opening one."""
    found = read_docx(builder.bytes()).text.split("\n\n")
    assert found[0] == WORDS
    return found[1:]


def labels(builder: Builder) -> list[str]:
    """What stands before the first word of each paragraph."""
    return [line.rpartition(" ")[0] for line in lines(builder)]


def test_the_kind_of_a_word_document():
    read = read_bytes(Builder().bytes())
    assert read.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (read.text_source, read.n_pages, read.source.notes) == ("text", None, ())


# numbering


def test_levels_count_and_start_anew_below_each_other():
    made = Builder(*OUTLINE)
    for at in (0, 1, 2, 2, 1, 2, 3, 3, 0, 1):
        made.item("mục", at)
    assert labels(made) == ["I.", "1.", "a)", "b)", "2.", "a)", "-", "-", "II.", "1."]


def test_patterns_show_the_numbers_above():
    made = Builder(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3"))
    for at in (0, 1, 2, 2, 0, 1, 2):
        made.item("mục", at)
    assert labels(made) == ["1.", "1.1.", "1.1.1", "1.1.2", "2.", "2.1.", "2.1.1"]


def test_a_level_without_one_above_shows_where_that_starts():
    made = Builder(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"))
    for at in (1, 1, 0):
        made.item("mục", at)
    assert labels(made) == ["I.1", "I.2", "I."]


def test_legal_numbering_and_starts():
    made = Builder(level(0, "upperRoman", "Phần %1", start=3), level(1, "decimal", "%1.%2.", more="<w:isLgl/>"))
    for at in (0, 1, 0):
        made.item("mục", at)
    assert labels(made) == ["Phần III", "3.1.", "Phần IV"]


def test_lists_of_one_definition_count_on_and_overrides_start_anew():
    made = Builder(*OUTLINE)
    second = made.add_list(like=1)
    third = made.add_list(like=1, overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for of in (1, 1, second, third, third):
        made.item("mục", 0, of)
    assert labels(made) == ["I.", "II.", "III.", "I.", "II."]


def test_an_override_may_change_the_form():
    made = Builder(*OUTLINE)
    other = made.add_list(
        like=1, overrides=f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.", start=2)}</w:lvlOverride>'
    )
    made.item("mục", 0, other)
    assert labels(made) == ["B."]


def test_a_level_may_go_on_below_another():
    made = Builder(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>'))
    for at in (0, 1, 1, 0, 1):
        made.item("mục", at)
    assert labels(made) == ["I.", "1.", "2.", "II.", "3."]


def test_styles_carry_lists_and_are_based_on_each_other():
    made = Builder(
        level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Chuong"/>'),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="Muc"/>'),
    )
    made.style("Chuong", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    made.style("Muc", '<w:basedOn w:val="Chuong"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    made.style("MucCon", '<w:basedOn w:val="Muc"/>')
    for name in ("Chuong", "Muc", "MucCon", "Chuong"):
        made.add("mục", style=name)
    without = made.item("không số", 0, 0, style="Chuong")
    assert without.text == "không số"
    assert lines(made) == ["I. mục", "1. mục", "2. mục", "II. mục", "không số"]


def test_a_style_may_name_its_level_and_leave_the_list_to_the_style_below():
    made = Builder(level(0, "upperRoman", "%1."), level(1, "decimal", "%2."))
    made.style("Chuong", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    made.style("Muc", '<w:basedOn w:val="Chuong"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>')
    for style in ("Chuong", "Muc", "Muc", "Chuong", "Muc"):
        made.add("mục", style=style)
    assert labels(made) == ["I.", "1.", "2.", "II.", "1."]


def test_styles_that_go_in_a_circle_end():
    made = Builder()
    made.style("A", '<w:basedOn w:val="B"/>')
    made.style("B", '<w:basedOn w:val="A"/>')
    made.add("mục", style="A")
    assert lines(made) == ["mục"]


def test_list_styles_are_followed():
    made = Builder(*OUTLINE)
    made.style("DanhSach", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "numbering")
    linked = made.add_list(more='<w:numStyleLink w:val="DanhSach"/>')
    made.item("mục", 0, linked)
    assert labels(made) == ["I."]


def test_empty_paragraphs_count_and_say_nothing():
    made = Builder(*OUTLINE)
    for text in ("mục", "", "mục"):
        made.item(text, 0)
    assert labels(made) == ["I.", "III."]


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("-", "-"), ("+", "+"), ("–", "–"), ("•", "•"), ("\uf0b7", "•"), ("\uf02d", "-"), ("o", "•"), ("\uf0a7", "•")],
)
def test_bullets(sign, shown):
    made = Builder(level(0, "bullet", sign))
    made.item("mục")
    assert labels(made) == [shown]


@pytest.mark.parametrize(
    ("number", "form", "custom", "shown"),
    [
        (4, "upperRoman", "", "IV"),
        (1999, "lowerRoman", "", "mcmxcix"),
        (5000, "upperRoman", "", "5000"),
        (26, "lowerLetter", "", "z"),
        (28, "lowerLetter", "", "bb"),
        (10**8, "lowerLetter", "", "100000000"),
        (3, "decimalZero", "", "03"),
        (7, "none", "", ""),
        (7, "custom", "001, 002, 003, ...", "007"),
        (5, "custom", "a, b, c, d, đ, e", "đ"),
        (7, "custom", "a, b, c, d, đ, e", "g"),
        (2, "vietnameseCounting", "", "hai"),
        (4, "chineseCounting", "", "4"),
    ],
)
def test_number_forms(number, form, custom, shown):
    assert format_number(number, form, custom) == shown


# text


def test_tracked_changes_are_accepted():
    made = Builder()
    mark = 'w:id="1" w:author="A" w:date="2024-01-01T00:00:00Z"'
    made.xml(
        f"<w:p><w:r><w:t>Trồng </w:t></w:r><w:del {mark}><w:r><w:delText>500</w:delText></w:r></w:del>"
        f"<w:ins {mark}><w:r><w:t>700</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> cây</w:t></w:r></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del {mark}/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Một </w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>câu</w:t></w:r></w:p>"
        f"<w:p><w:moveFrom {mark}><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:moveTo {mark}><w:r><w:t>mới</w:t></w:r>"
        "</w:moveTo></w:p>"
    )
    assert lines(made) == ["Trồng 700 cây", "Một câu", "mới"]


def test_breaks_hyphens_symbols_capitals_and_hidden_text():
    made = Builder()
    made.xml(
        "<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>trồng cây</w:t><w:tab/><w:t>năm</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:r>"
        "<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Ủy ban nhân dân</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
        "<w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>"
        "<w:fldSimple w:instr='DATE'><w:r><w:t> 5</w:t></w:r></w:fldSimple>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert lines(made) == ["KẾ HOẠCH\ntrồng cây\tnăm", "12-NQ≥", "ỦY BAN NHÂN DÂN", "liên kết 5"]


def test_content_controls_are_read_and_tables_of_contents_are_not():
    made = Builder()
    made.style("TOC1", "", shown="toc 1")
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    contents = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    inner = run.format("trong ") + control.format("", run.format("khung"))
    made.xml(
        control.format(contents, f"<w:p>{run.format('I. MỤC TIÊU 3')}</w:p>")
        + "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>I. MỤC TIÊU</w:t><w:tab/><w:t>3</w:t></w:r></w:p>"
        + control.format("", f"<w:p>{inner}{control.format('<w:showingPlcHdr/>', run.format('Bấm vào đây'))}</w:p>")
    )
    assert lines(made) == ["trong khung"]


BOX = """<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV><a:graphic><a:graphicData>
<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>
<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_text_boxes_are_read_once_from_top_to_bottom():
    made = Builder()
    boxes = BOX.format(x=5, y=900, text="dưới") + BOX.format(x=5, y=100, text="trên")
    made.xml(f"<w:p><w:r><w:t>đoạn</w:t></w:r>{boxes}</w:p>")
    assert lines(made) == ["đoạn", "trên", "dưới"]


def replaced(data: bytes, old: bytes, new: str, **parts: str) -> bytes:
    """The package with `old` replaced in its parts, and with more parts below word/."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry).replace(old, new.encode()))
        for name, xml in parts.items():
            target.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>gạch</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Theo số liệu của Chi cục Thống kê.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def test_footnotes_stand_behind_their_paragraph():
    made = Builder()
    made.xml(
        "<w:p><w:r><w:t>Toàn huyện có 12 xã</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t>.</w:t></w:r></w:p>"
    )
    made.add("Đoạn sau.")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="/word/footnotes.xml"/></Relationships>'
    data = replaced(made.bytes(), b"</Relationships>", relation, footnotes=NOTES)
    text = read_docx(data).text
    assert text.split("\n\n")[1:] == ["Toàn huyện có 12 xã.", "[1] Theo số liệu của Chi cục Thống kê.", "Đoạn sau."]


def test_a_header_is_read_where_it_holds_the_letterhead():
    made = Builder(words=False)
    made.document.sections[0].header.paragraphs[0].text = "ỦY BAN NHÂN DÂN HUYỆN MƯỜNG HOA"
    made.add(WORDS)
    assert read_docx(made.bytes()).text.split("\n\n") == ["ỦY BAN NHÂN DÂN HUYỆN MƯỜNG HOA", WORDS]
    made.document.sections[0].header.paragraphs[0].text = "Trang của văn phòng"
    assert read_docx(made.bytes()).text == WORDS


# tables


def fill(table, rows):
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text


def test_empty_cells_of_data_tables_keep_their_columns():
    made = Builder()
    table = made.document.add_table(3, 4, style="Table Grid")
    fill(table, [["TT", "Nội dung", "NSTW", "NS tỉnh"], ["1", "Xây cầu", "", "500"], ["2", "Xây chợ", "700", ""]])
    assert lines(made) == ["TT | Nội dung | NSTW | NS tỉnh", "1 | Xây cầu | | 500", "2 | Xây chợ | 700 |"]


def test_data_tables_are_rows_and_merged_cells_stand_once():
    made = Builder()
    table = made.document.add_table(3, 3, style="Table Grid")
    fill(table, [["TT", "Nội dung", "Số cây"], ["1", "Xã An Hòa", "500"], ["2", "Xã Bình Minh", "700"]])
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Chỉ tiêu"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "1"
    assert lines(made) == ["TT | Chỉ tiêu |", "1 | Xã An Hòa | 500", "| Xã Bình Minh | 700"]


def test_letterheads_in_tables_are_read_column_by_column():
    made = Builder(words=False)
    table = made.document.add_table(2, 2)
    fill(
        table,
        [
            ["ỦY BAN NHÂN DÂN\nHUYỆN MƯỜNG HOA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
            ["Số: 15/KH-UBND", "Mường Hoa, ngày 02 tháng 3 năm 2024"],
        ],
    )
    made.add(WORDS)
    found = clean(read_bytes(made.bytes()).source).text.split("\n")
    assert found[:6] == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN MƯỜNG HOA",
        "Số: 15/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mường Hoa, ngày 02 tháng 3 năm 2024",
    ]


def test_tables_of_one_column_and_long_cells_without_borders_place_text():
    made = Builder()
    fill(made.document.add_table(2, 1, style="Table Grid"), [["Đoạn một."], ["Đoạn hai."]])
    made.add()
    fill(made.document.add_table(1, 2), [["Câu dài. " * 90, "Bên phải."]])
    assert lines(made) == ["Đoạn một.", "Đoạn hai.", ("Câu dài. " * 90).strip(), "Bên phải."]


def test_deleted_rows_and_numbers_in_cells():
    made = Builder(level(0, "decimal", "%1"))
    deleted = "<w:trPr><w:del w:id='9' w:author='A'/></w:trPr>"
    numbered = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    rows = "".join(
        f"<w:tr>{gone}<w:tc><w:p>{numbered}<w:r><w:t>.</w:t></w:r></w:p></w:tc>"
        f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
        for text, gone in (("xã A", ""), ("xã B", deleted), ("xã C", ""))
    )
    made.xml(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
    assert lines(made) == ["1 . | xã A", "2 . | xã C"]


# bounds


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

# old formats


def converted(data: bytes, form: str, folder: Path) -> bytes:
    """The document saved in another format."""
    source = folder / "in.docx"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [office.find_office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120)
    return (folder / f"in.{form}").read_bytes()


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


# real documents


@needs_shared
@pytest.mark.parametrize("name", ["hai-duong-356-2019", "lang-son-35-2017", "thai-binh-02-2017"])
def test_real_documents_say_the_same_as_their_text(name):
    read = read_file(SHARED / "variants" / "docx" / f"{name}.docx")
    paragraphs = [
        p.text for p in docx.Document(SHARED / "variants" / "docx" / f"{name}.docx").paragraphs if p.text.strip()
    ]
    assert [p.split() for p in read.source.pages[0].split("\n\n")] == [p.split() for p in paragraphs]


@needs_shared
def test_a_real_plan_with_automatic_numbers():
    text = read_file(SHARED / "wild" / "plan-laocai-sct-kh2242-2026-kiemtra.docx").source.pages[0].split("\n\n")
    assert text[:3] == ["UBND TỈNH LÀO CAI", "SỞ CÔNG THƯƠNG", "Số:           /KH-SCT"]
    assert sum(line.startswith(f"{i}. ") for i in range(1, 10) for line in text) >= 9
