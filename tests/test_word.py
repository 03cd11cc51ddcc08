"""Word documents: reading order, numbers that Word makes, tables, boxes, notes, tracked changes, old formats."""

from __future__ import annotations

import docx
import pytest
from word_builder import WORDS, Builder, level
from word_reading import SHARED, fill, lines, needs_shared, replaced

from extractors.cleaning import clean
from pipeline.ingest import read_file
from pipeline.ingest.docx import read_docx
from pipeline.ingest.reader import read_bytes


def test_the_kind_of_a_word_document():
    read = read_bytes(Builder().bytes())
    assert read.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (read.text_source, read.n_pages, read.source.notes) == ("text", None, ())


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
