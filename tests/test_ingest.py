"""Reading files: what a file holds is told by its content, and what cannot be read says why."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import ReadError, errors, office, read_file
from pipeline.ingest.data_text import data_kind
from pipeline.ingest.decode import decode
from pipeline.ingest.html import html_text
from pipeline.ingest.kind import binary_kind, text_kind
from pipeline.ingest.language import is_syllable, looks_vietnamese
from pipeline.ingest.pdf_layer import is_garbled
from pipeline.ingest.reader import read_bytes

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not on this machine")

PLAN = "KẾ HOẠCH\nPhát triển du lịch cộng đồng huyện Mường Hoa năm 2024\n1. Mục tiêu: đón 5.000 lượt khách.\n" * 3


def pdf_bytes(*pages: str, password: str | None = None) -> bytes:
    """A small digital PDF with one string a line, drawn in a built-in font."""
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    encrypt = None
    if password:
        from reportlab.lib.pdfencrypt import StandardEncryption

        encrypt = StandardEncryption(password, canPrint=1)
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out, encrypt=encrypt)
    for page in pages:
        for i, line in enumerate(page.split("\n")):
            canvas.drawString(60, 800 - 16 * i, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx_bytes(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_every_unicode_form_gives_the_same_text(encoding, bom):
    assert decode(bom + PLAN.encode(encoding)) == PLAN


def test_windows_1258_with_combining_tones_is_composed():
    tones = "\u0300\u0301\u0303\u0309\u0323"
    spelled = []
    for char in PLAN:
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        spelled.append(base + "".join(c for c in parts if c in tones))
    data = "".join(spelled).encode("cp1258")
    assert decode(data) == PLAN


def test_a_few_broken_characters_do_not_stop_reading():
    data = (PLAN * 20).encode("utf-8")
    assert decode(data[:-1] + b"\xe1")[:50] == PLAN[:50]


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x9f\x81" * 500, "Ç«ßæÖ ¸©¸µ".encode("latin-1") * 100])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(errors.NotText):
        decode(data)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    try:
        with patch.object(office, "find_office", return_value=None):  # it takes a second a file
            document = read_bytes(data or b"\n")
    except ReadError as error:
        assert error.error_type and error.stage and str(error)
    else:
        assert document.source.pages


@given(
    st.text(alphabet="aăâeêioôơuưyáàảãạđĐ bcxth 0123456789.,-\n", min_size=60).filter(
        lambda t: any(c.isalpha() for c in t)
    )
)
def test_utf8_text_comes_through_unchanged(text):
    assert decode(text.encode("utf-8")) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"junk\n%PDF-1.4\n", "pdf"),
        (docx_bytes("word/document.xml"), "docx"),
        (docx_bytes("xl/workbook.xml"), "xlsx"),
        (docx_bytes("other.bin"), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, "doc"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"II*\x00", "tiff"),
        (b"MM\x00*", "tiff"),
        ("BMI là chỉ số".encode(), None),
        (PLAN.encode(), None),
    ],
)
def test_kind_is_told_by_content(data, kind):
    assert binary_kind(data) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>a", "html"),
        ("  <HTML lang=vi>", "html"),
        ("<div><p>Kế hoạch</p><table><tr><td>1</td></tr></table></div>", "html"),
        ("# KẾ HOẠCH\n\n## I. MỤC TIÊU\n\n**Chỉ tiêu**\n", "markdown"),
        ("1. Mục tiêu\n- Giảm 5%\n- a < b và c > d\n", "text"),
    ],
)
def test_text_kinds(text, kind):
    assert text_kind(text) == kind


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b" \n\t ", errors.EmptyFile),
        ("Chỗ giữ trang".encode(), errors.TooShort),
        (docx_bytes("word/document.xml"), errors.CorruptFile),
        (docx_bytes("xl/workbook.xml"), errors.UnsupportedKind),
        (b"%PDF-1.7\nbroken", errors.CorruptFile),
        (b"<html><script>var a = 1</script></html>", errors.EmptyFile),
    ],
)
def test_refusals_name_their_cause(tmp_path, data, error):
    path = tmp_path / "plan.txt"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read_file(path)
    assert caught.value.error_type == error.error_type
    assert len(str(caught.value)) > 20


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(60), "RAR archive.*unpack it"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(60), "7-Zip archive.*unpack it"),
        (b"\x1f\x8b\x08" + bytes(60), "gzip archive.*unpack it"),
        (docx_bytes("xl/workbook.xml"), "Excel workbook.*save it as PDF"),
        ("\ufefftỉnh;tỷ lệ;năm\r\n".encode() + "Lạng Sơn;3,5;2020\r\n".encode() * 9, "CSV.*save it as PDF"),
        ('tên,số,"ghi, chú"\n'.encode() + 'Lạng Sơn,3,"một,hai\nba"\n'.encode() * 9, "CSV"),
        ('[\n {"tỉnh": "Lạng Sơn", "trích dẫn": "Giảm tỷ lệ hộ nghèo từ 3% mỗi năm"}\n]'.encode(), "JSON.*take it out"),
        ('{"tỉnh": "Lạng Sơn"}\n{"tỉnh": "Thái Bình"}\n'.encode(), "JSON"),
        (b"[InternetShortcut]\r\nURL=https://example.vn/van-ban\r\n", "link to a page.*save the page"),
        (b"From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>", "MHTML.*as HTML"),
    ],
)
def test_kinds_that_are_not_read_are_named_with_a_cure(tmp_path, data, said):
    path = tmp_path / "plan.pdf"
    path.write_bytes(data)
    with pytest.raises(errors.UnsupportedKind, match=said):
        read_file(path)


@pytest.mark.parametrize(
    "text",
    [
        "[Dự thảo]\nKế hoạch giảm nghèo bền vững của tỉnh\n",
        "{số} tỉnh, thành phố thực hiện kế hoạch giảm nghèo\n",
        "Nơi nhận: các sở, ban, ngành\nKính gửi: các huyện, thị xã, thành phố\n",
        "From: văn phòng\nSubject: kế hoạch giảm nghèo\n\nKính gửi các đồng chí\n",
        "Xã A, xã B, xã C tham gia.\n" * 9,
        "Xã A,xã B\n" * 9,
        "Xã A,xã B,xã C\nXã D,xã E\n" * 9,
        "STT\tchỉ tiêu\tnăm 2025\n1\tTỷ lệ hộ nghèo\t3%\n" * 9,
    ],
)
def test_text_that_is_no_data(text):
    assert data_kind(text) is None


def test_binary_data_is_not_asked_to_be_saved_as_text():
    with pytest.raises(errors.NotText, match="binary"):
        read_bytes(b"PAR1" + bytes(range(256)) * 40)


def test_missing_file_folder_and_forbidden_file(tmp_path):
    with pytest.raises(errors.UnreadableFile):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(errors.UnreadableFile):
        read_file(tmp_path)
    if os.geteuid() != 0:
        path = tmp_path / "closed.txt"
        path.write_text(PLAN)
        path.chmod(0)
        with pytest.raises(errors.UnreadableFile):
            read_file(path)


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.ingest.reader.MAX_BYTES", 10)
    path = tmp_path / "plan.txt"
    path.write_text(PLAN)
    with pytest.raises(errors.TooLarge):
        read_file(path)


def test_every_error_has_a_stable_name_of_its_own():
    names = [cls.error_type for cls in ReadError.__subclasses__()]
    assert len(names) == len(set(names))
    assert all(name.isidentifier() and name != ReadError.error_type for name in names)


def test_password_protected_pdf():
    with pytest.raises(errors.PasswordProtected):
        read_bytes(pdf_bytes("Hoc ba", password="secret"))


def test_pdf_without_text_is_a_scan():
    with pytest.raises(errors.NoTextLayer):
        read_bytes(pdf_bytes("", ""))


def test_pdf_keeps_its_pages():
    words = "ban hanh ke hoach thuc hien cong tac trong nam nay "
    document = read_bytes(pdf_bytes(words, words, ""))
    assert document.media_type == "application/pdf"
    assert document.text_source == "pdf_text"
    assert document.n_pages == 3 and len(document.source.pages) == 3 and document.source.paged


def test_empty_pages_need_no_ocr():
    document = read_bytes(pdf_bytes("ban hanh ke hoach thuc hien cong tac trong nam nay", "", ""))
    assert document.text_source == "pdf_text" and document.ocr_confidence is None


@pytest.mark.parametrize(
    ("page", "garbled"),
    [
        (PLAN, False),
        ("(cid:12)(cid:7)(cid:99) " * 20, True),
        ("\ue001\ue002\ue003 " * 30, True),
        ("7KӵF KLӋQ 4X\\ӃW ÿӏQK Vӕ ngj\\ FӫD *LiP ÿӕF 6ӣ " * 10, True),
        ("12 34 56 78", False),
    ],
)
def test_garbled_text_layers(page, garbled):
    assert is_garbled(page) is garbled


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "Thủ", "uỷ", "hòa", "hoà", "giảm", "xã", "đường", "khuya", "ươm", "gì", "yêu"]
)
def test_vietnamese_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["strong", "zebra", "ÿӏQK", "bcd", "FӫD", "window"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


def test_other_languages_do_not_look_vietnamese():
    assert looks_vietnamese(PLAN)
    assert not looks_vietnamese(
        "The committee shall publish its yearly programme and report on the results achieved so far. " * 3
    )


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\nHai"),
        ("<p>Một\n   dòng <b>đậm</b> nữa</p>", "Một dòng đậm nữa"),
        ("<div>a<br>b</div>", "a\nb"),
        (
            "<table><tr><td>Số hiệu</td><td>12/KH-UBND</td></tr><tr><th>Năm</th><td></td></tr></table>",
            "Số hiệu | 12/KH-UBND\nNăm",
        ),
        ("<table><tr><td><p>Trồng</p><p>rừng</p></td><td>20 ha</td></tr></table>", "Trồng rừng | 20 ha"),
        (
            "<table><tr><td><p>ỦY BAN NHÂN DÂN<br>XÃ A</p></td>"
            "<td><p>CỘNG HÒA XÃ HỘI</p><p>Độc lập</p></td></tr></table>",
            "ỦY BAN NHÂN DÂN\nXÃ A\nCỘNG HÒA XÃ HỘI\nĐộc lập",
        ),
        (
            f"<table><tr><td><p>{'chữ ' * 200}</p>"
            "<table><tr><td>a</td><td>b</td></tr></table><p>cuối</p></td></tr></table>",
            f"{('chữ ' * 200).strip()}\na | b\ncuối",
        ),
        ("<ul><li>một</li><li>hai</li></ul>", "một\nhai"),
        ("<script>x</script><style>y</style><nav>menu</nav><p>Chỉ chữ<!-- ghi chú --> này</p>", "Chỉ chữ này"),
        ("<p>5 &lt; 7 &amp; 8&nbsp;km</p>", "5 < 7 & 8 km"),
    ],
)
def test_html_keeps_block_structure(page, text):
    assert html_text(f"<html><body>{page}</body></html>") == text


def test_a_page_nested_beyond_reason_is_refused_and_not_read_in_part():
    assert html_text("<html><body>" + "<div>" * 1500 + "Trồng cây" + "</div>" * 1500) == "Trồng cây"
    with pytest.raises(errors.NestedTooDeeply, match="print it to PDF"):
        html_text("<html><body><p>Trồng cây</p>" + "<div>" * 5000 + "và chăm sóc")


REFUSED = {
    "odd-corrupt-18-bytes.docx": errors.TooShort,
}
if office.find_office() is None:
    REFUSED["odd-rtf-named-doc.doc"] = errors.MissingTool


@needs_shared
def test_real_files_are_read_or_refused_for_the_right_reason():
    for path in sorted((SHARED / "wild").iterdir()):
        if path.name.endswith(("-scan.pdf", "-scan-stamps.pdf", "-garbled.pdf")):
            continue  # minutes of OCR: some of them are read in test_pages.py
        if path.name in REFUSED:
            with pytest.raises(REFUSED[path.name]):
                read_file(path)
        else:
            assert sum(map(len, read_file(path).source.pages)) > 300, path.name


@needs_shared
def test_misnamed_web_page_is_read_as_one():
    assert read_file(SHARED / "wild" / "odd-html-named-doc.doc").media_type == "text/html"


@needs_shared
@pytest.mark.parametrize("folder", ["seeds", "variants/pdf"])
def test_seeds_are_read(folder):
    for path in sorted((SHARED / folder).iterdir()):
        assert read_file(path).source.pages
