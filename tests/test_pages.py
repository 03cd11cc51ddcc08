"""Text layer or OCR, decided page by page; what is told of pages that were read by OCR."""

from __future__ import annotations

import io
import shutil
from functools import partial
from pathlib import Path

import docx
import numpy as np
import pytest
from pdf_builder import FONT, HEIGHT, WIDTH, needs_font, written
from PIL import Image, ImageDraw, ImageFont

from extractors.cleaning import clean
from extractors.extract import extract
from extractors.plan import Source
from pipeline.ingest import errors, pdf, read_file
from pipeline.ingest.ocr import NoOcrEngine, PageText
from pipeline.ingest.pdf_layer import PageLayer
from pipeline.ingest.pdf_picture import draw, scan_scale
from pipeline.ingest.reader import read_bytes

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "wild").is_dir(), reason="no shared folder beside the project")

DIGITAL = (
    "Các thôn trồng cây dọc bờ suối và chăm sóc cây trong ba năm.",
    "Ban quản lý rừng hướng dẫn kỹ thuật, kiểm tra hằng tháng.",
    "Trường học tổ chức cho học sinh tham gia ngày hội trồng cây.",
)
SCANNED = ("Phụ lục: 450 cây keo, 120 cây lát hoa, 35 cây trám.", "Giao cây giống cho các thôn trước mùa mưa.")


def picture(lines=SCANNED, size=(1240, 1754), turns=0) -> Image.Image:
    """A page of ours as a picture at 150 dpi."""
    image = Image.new("L", size, 255)
    draw_on, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), 30)
    for i in range(6):
        for j, line in enumerate(lines):
            draw_on.text((90, 90 + (2 * i + j) * 80), line, font=font, fill=0)
    return image.rotate(90 * turns, expand=True)


def pdf_of(*pages) -> bytes:
    """A PDF with a page of letters for each tuple of lines and a page that is a picture for each picture."""
    return written(partial(draw_page, page=page) for page in pages)


def draw_page(canvas, page) -> None:
    """Lines from the top, or a picture over all of the page."""
    from reportlab.lib.utils import ImageReader

    if isinstance(page, Image.Image):
        canvas.drawImage(ImageReader(page), 0, 0, WIDTH, HEIGHT)
        return
    canvas.setFont("Serif", 12)
    for i, line in enumerate(page):
        canvas.drawString(60, 760 - 24 * i, line)


def layer_of(data: bytes, index: int = 0) -> PageLayer:
    """One page, measured."""
    return pdf.open_layer(pdf.open_document(data), index)


@needs_font
def test_pages_of_letters_are_not_read_by_ocr(monkeypatch):
    monkeypatch.setattr(pdf, "read_pictures", lambda *_: pytest.fail("OCR of a page of letters"))
    document = read_bytes(pdf_of(DIGITAL, DIGITAL, ()))
    assert document.text_source == "pdf_text" and document.ocr_confidence is None
    assert DIGITAL[0] in document.source.pages[0]


@needs_font
def test_letters_and_scans_in_one_file():
    document = read_bytes(pdf_of(DIGITAL, picture()))
    assert document.text_source == "mixed" and document.n_pages == 2
    assert "450 cây keo" in document.source.pages[1] and DIGITAL[1] in document.source.pages[0]
    first, second = document.source.page_confidence
    assert first is None and second > 0.7
    assert document.ocr_confidence == pytest.approx(second)


@needs_font
@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (DIGITAL * 3, False),
        ((), False),
        (("7KӵF KLӋQ 4X\\ӃW ÿӏQK Vӕ ngj\\ FӫD *LiP ÿӕF 6ӣ " * 2,) * 8, True),
        (("(cid:12)(cid:7)(cid:99) " * 4,) * 6, True),
    ],
)
def test_what_needs_ocr(page, wanted):
    assert layer_of(pdf_of(page)).needs_ocr() is wanted


@needs_font
def test_a_scan_with_a_stamped_line_of_letters_is_a_scan():
    layer = layer_of(pdf_of(picture()))
    stamped = PageLayer(
        layer.page, "Người ký: Văn phòng Ủy ban nhân dân xã\nThời gian ký: 12.03.2024 08:15", layer.kinds
    )
    assert layer.needs_ocr() and stamped.needs_ocr()
    assert layer.picture_share > 0.95


@needs_font
def test_scans_are_drawn_at_their_own_resolution():
    layer = layer_of(pdf_of(picture()))
    scale, grey = scan_scale(layer)
    assert scale * 72 == pytest.approx(150, abs=0.5) and grey
    drawn = draw(layer)
    assert drawn.dpi == 150 and drawn.pixels.shape == pytest.approx((1754, 1240), abs=1)
    assert scan_scale(layer_of(pdf_of(DIGITAL))) is None


def test_a_file_of_ten_thousand_pages_is_refused_at_once():
    kids = "3 0 R " * 10_000
    data = (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 10000/Kids[{kids}]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()
    with pytest.raises(errors.TooLarge, match=r"10000 pages.*split it"):
        pdf.read_pdf(data)


@needs_font
def test_a_landscape_page_that_is_stored_on_its_side_is_read_line_by_line():
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    pdf_of(DIGITAL)  # registers the font
    file = io.BytesIO()
    canvas = canvas_module.Canvas(file, pagesize=(595.2, 841.92))
    canvas.rotate(90)
    canvas.setFont("Serif", 12)
    for i, line in enumerate(DIGITAL):
        canvas.drawString(60, -60 - 24 * i, line)
    canvas.setPageRotation(90)
    canvas.save()
    assert [line.strip() for line in pdf.read_pdf(file.getvalue()).pages[0].splitlines()] == list(DIGITAL)


@needs_font
def test_huge_pages_are_drawn_small():
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    file = io.BytesIO()
    canvas = canvas_module.Canvas(file, pagesize=(14_000, 14_000))
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    assert draw(layer_of(file.getvalue())).pixels.size <= 41_000_000 * 3


def test_ocr_must_read_more_than_the_layer_says():
    unread, read = PageText("", None, 0), PageText("Các thôn trồng cây dọc bờ suối " * 8, 0.9, 56)
    poor = PageText("qzx wvk pfj xzq " * 20, 0.4, 80)
    garbled = "7KӵF KLӋQ 4XWӃW ÿӏQK Vӕ ngj FӫD LiP ÿӕF " * 6
    assert pdf.is_better(read, garbled) and not pdf.is_better(unread, garbled)
    assert not pdf.is_better(poor, garbled)


@needs_font
def test_without_an_engine_text_pages_are_still_read(monkeypatch):
    def none():
        raise NoOcrEngine("no OCR engine")

    monkeypatch.setattr(pdf, "find_engine", none)
    document = read_bytes(pdf_of(DIGITAL, DIGITAL, picture()))
    assert DIGITAL[0] in document.source.pages[0]
    assert "Trang 3" in document.source.notes[0].message
    with pytest.raises(NoOcrEngine):
        read_bytes(pdf_of(DIGITAL, picture(), picture()))


def test_nothing_on_any_page():
    if not FONT.exists():
        pytest.skip("no font")
    with pytest.raises(errors.NoTextLayer):
        read_bytes(pdf_of((), ()))


def test_doubtful_pages_become_findings_and_doubtful_rows():
    page = "KẾ HOẠCH\nTrồng cây năm 2024\nI. MỤC TIÊU\n1. Tỷ lệ che phủ rừng đạt 45% vào năm 2024.\n"
    sure = extract(Source((page,), paged=True), "a")
    doubted = extract(Source((page,), paged=True, page_confidence=(0.5,)), "a")
    assert not [f for f in sure.rows["findings"] if f.check == "low_ocr_confidence"]
    found = [f for f in doubted.rows["findings"] if f.check == "low_ocr_confidence"]
    assert len(found) == 1 and found[0].quote.startswith("KẾ HOẠCH")
    (target,), (before,) = doubted.rows["targets"], sure.rows["targets"]
    assert target.confidence == pytest.approx(before.confidence / 2, abs=0.01)


def test_electronic_signatures_are_no_text():
    pages = ("Người ký: Văn phòng xã\nCơ quan: Xã Khe Lành\nThời gian ký: 12.03.2024 08:15\nCác thôn trồng cây.",)
    assert clean(Source(pages, paged=True)).text == "Các thôn trồng cây."
    assert "Người ký: Lò Văn Mên" in clean(Source(("Người ký: Lò Văn Mên",))).text


@pytest.mark.parametrize(
    "stamp",
    [
        "Người ký: Văn phòng Đảng ủy và\nủy ban xã Khe Lành, huyện Vân\nEmail: vp@khelanh.vn\n"
        "Thời gian ký: 12.03.2024\n08:15:02 +07:00",
        "Signature Not Verified\nĐược ký bởi LÒ VĂN MÊN\nNgày ký: 12.03.2024 08:15",
        "Ký bởi Lò Văn Mên\nlúc 12/03/2024 08:15",
        "Digitally signed by Lò Văn Mên\nDN: C=VN, O=UBND\nDate: 2024.03.12 08:15:02\n+07'00'",
    ],
)
def test_stamps_that_a_narrow_box_wrapped_are_no_text(stamp):
    page = f"XÃ KHE LÀNH\n{stamp}\n1. Các thôn trồng cây."
    assert clean(Source((page,), paged=True)).text == "XÃ KHE LÀNH\n1. Các thôn trồng cây."
    body = "1. Kế hoạch do chủ tịch xã ký.\nKý bởi người có thẩm quyền mới được thực hiện."
    assert clean(Source((body,), paged=True)).text.count("thẩm quyền") == 1


def test_passages_that_ocr_read_twice_in_two_ways():
    words = "Thôn số {i} trồng cây dọc bờ suối và chăm sóc cây trong ba năm, tổ chức kiểm tra."
    items = [f"{i}. {words.format(i=i)}" for i in range(1, 21)]
    again = [line.replace("kiểm tra", "kiêm tra").replace("bờ", "bở") for line in items]
    text = clean(Source(("\n".join([*items, *again]),), paged=True, page_confidence=(0.95,)))
    assert text.text.count("Thôn số 7 ") == 1
    assert [note.check for note in text.notes] == ["duplicated_text"]


@needs_shared
def test_stamped_numbers_and_dates_of_real_pages():
    first = read_file(SHARED / "wild" / "neg-hanoi-tb453-2026.pdf").source.pages[0]
    assert "453/TB-UBND" in first.replace(" ", "") and "ngày 29 tháng 4 năm 2026" in first


@needs_shared
def test_garbled_pages_are_read_by_ocr():
    path = SHARED / "wild" / "plan-laocai-kh1105-doankiemtra-garbled.pdf"
    layers = [layer_of(path.read_bytes(), i).needs_ocr() for i in range(6)]
    assert all(layers)


def test_deep_grey_pictures():
    from pipeline.ingest.images import stretched

    assert stretched(np.array([[0, 65535]])).tolist() == [[0, 255]]


@needs_font
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="no Tesseract here")
def test_scans_pasted_into_a_word_document_are_its_pages():
    made = docx.Document()
    for lines in (SCANNED, DIGITAL[:2]):
        stream = io.BytesIO()
        picture(lines).save(stream, "PNG")
        made.add_picture(stream)
    file = io.BytesIO()
    made.save(file)
    read = read_bytes(file.getvalue())
    assert read.media_type.endswith("wordprocessingml.document")
    assert (read.text_source, read.n_pages) == ("ocr", 2)
    assert read.ocr_confidence > 0.8
    assert "450 cây keo" in read.source.pages[0] and "bờ suối" in read.source.pages[1]
