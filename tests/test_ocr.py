"""OCR: engines, cleaning and turning pictures, layout, stamped numbers, marks put back."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.cleaning import clean
from extractors.cleaning.marks import with_marks
from extractors.plan import Source
from pipeline.ingest import errors, images, pdf, read_file
from pipeline.ingest.ocr import engine, handwriting, layout, letterhead, prep, reading, tesseract, trueocr
from pipeline.ingest.ocr.words import Reading, TextLine, Word
from pipeline.ingest.stamps import filled, has_blank

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
LINES = (
    "ỦY BAN NHÂN DÂN XÃ KHE LÀNH",
    "Số: 27/KH-UBND",
    "Khe Lành, ngày 12 tháng 3 năm 2024",
    "KẾ HOẠCH",
    "Trồng cây chắn gió ven suối năm 2024",
    "1. Trồng 450 cây keo dọc bờ suối trước ngày 30 tháng 6.",
    "2. Ban quản lý rừng chủ trì, phối hợp với các thôn chăm sóc cây.",
    "3. Kinh phí thực hiện là 35 triệu đồng từ ngân sách xã.",
)
needs_tesseract = pytest.mark.skipif(not tesseract.is_available(), reason="no Tesseract with Vietnamese here")
needs_font = pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    """A page of ours as a grey picture at 150 dpi."""
    image = Image.new("L", (1240, 1000), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), 28)
    for i, line in enumerate(LINES):
        draw.text((90, 90 + i * 70), line, font=font, fill=0)
    return np.asarray(image)


def fake(*rows: str, confidence: float = 0.95) -> Reading:
    """A reading in which each row stands 40 pixels below the one before; words are 20 pixels a letter."""
    lines = []
    for i, row in enumerate(rows):
        left, words = 100, []
        for text in row.split(" "):
            words.append(Word(text, confidence, left, 100 + 40 * i, left + 20 * len(text), 130 + 40 * i))
            left += 20 * len(text) + 10
        lines.append(TextLine(tuple(words), 1))
    return Reading(tuple(lines))


@needs_font
@needs_tesseract
@pytest.mark.parametrize("turns", [0, 1, 2])
def test_tesseract_reads_a_page_whichever_way_up_it_is(page, turns):
    found = reading.best_reading(np.ascontiguousarray(np.rot90(page, turns)), 150, engine.find_engine())
    text = layout.page_text(found)
    assert "27/KH-UBND" in text and "450 cây" in text and found.confidence > 0.85


@needs_font
def test_fallback_reads_a_page_and_is_trusted_less(page):
    fallback = engine.Engine("trueocr", trueocr.read, turns=True, fallback=True)
    read = reading.read_picture(reading.Picture(page, 150), fallback)
    assert "27/KH-UBND" in read.text and "35 triệu" in read.text
    assert 0.6 < read.confidence < 0.9


@needs_font
def test_without_tesseract_the_run_says_so(page, monkeypatch):
    monkeypatch.setattr(tesseract, "is_available", lambda: False)
    engine.find_engine.cache_clear()
    try:
        file = io.BytesIO()
        Image.fromarray(page).save(file, "PNG", dpi=(150, 150))
        read = images.read_images(file.getvalue())
    finally:
        engine.find_engine.cache_clear()
    assert "trueocr" in read.notes[0].message and read.text_source == "ocr"


@needs_font
def test_a_scan_that_was_read_is_not_said_to_be_unread(page):
    file = io.BytesIO()
    Image.fromarray(page).save(file, "PDF", resolution=150)
    read = pdf.read_pdf(file.getvalue())
    assert "27/KH-UBND" in read.pages[0] and read.text_source == "ocr" and read.notes == ()


def test_no_engine_is_an_error_with_a_cure(monkeypatch):
    monkeypatch.setattr(tesseract, "is_available", lambda: False)
    monkeypatch.setattr(trueocr, "is_available", lambda: False)
    engine.find_engine.cache_clear()
    try:
        with pytest.raises(engine.NoOcrEngine, match="tesseract-ocr-vie"):
            engine.find_engine()
    finally:
        engine.find_engine.cache_clear()


def test_pictures_are_drawn_as_they_are_needed():
    drawn, most = [], []

    def pictures():
        for i in range(8):
            drawn.append(i)
            yield reading.Picture(np.zeros((400, 400), np.uint8), 100)

    silent = engine.Engine("silent", lambda picture, dpi: fake("một hai ba bốn năm " * 8))
    for done, read in enumerate(reading.read_pictures(pictures(), 2, silent)):
        most.append(len(drawn) - done)
        assert "một hai" in read.text
    assert drawn == list(range(8)) and max(most) <= 4


def test_level_and_clean():
    picture = np.full((600, 900), 255, np.uint8)
    for row in range(60, 560, 40):
        picture[row : row + 10, 60:840] = 0
    tilted = prep.turned_by(picture, 3.0)
    assert abs(prep.skew(tilted) + 3.0) <= 0.4
    shaded = np.clip(picture.astype(int) - np.linspace(0, 120, 900).astype(int), 0, 255).astype(np.uint8)
    assert prep.cleaned(shaded)[20, 800] > 240


def test_stamps_in_colour_go_and_black_stays():
    picture = np.full((600, 600, 3), 255, np.uint8)
    picture[100:400, 100:400] = (220, 30, 40)
    picture[240:260, 50:450] = (10, 10, 10)
    grey = prep.grey(picture, 200)
    assert grey[150, 150] > 250 and grey[250, 250] < 50


def test_blank_pages_are_not_read():
    never = engine.Engine("never", lambda picture, dpi: pytest.fail("read a blank page"))
    read = reading.read_picture(reading.Picture(np.full((900, 600), 250, np.uint8), 100), never)
    assert read.text == "" and read.confidence is None


@pytest.mark.parametrize("speck", ["ˆ", "_", ":", "'", "®"])
def test_a_speck_before_a_line_is_no_text_however_sure_the_engine_is(speck):
    words = (Word(speck, 0.9, 90, 300, 96, 330), Word("Ven suối", 0.9, 100, 300, 240, 330))
    assert layout.page_text(Reading((TextLine(words, 1),))).strip() == "Ven suối"


@pytest.mark.parametrize("mark", ["-", "+", "•", "1."])
def test_the_mark_of_an_item_is_text(mark):
    words = (Word(mark, 0.9, 90, 300, 96, 330), Word("Ven suối", 0.9, 100, 300, 240, 330))
    assert layout.page_text(Reading((TextLine(words, 1),))).strip() == f"{mark} Ven suối"


def test_specks_and_rulers_are_no_text():
    noise = TextLine((Word("~*", 0.2, 100, 300, 140, 330),), 2)
    found = Reading((*fake("Trồng cây ven suối", "_____").lines, noise))
    assert layout.page_text(found).strip() == "Trồng cây ven suối"


def test_capital_i_read_as_l_in_labels():
    assert layout.page_text(fake("IL. TỔ CHỨC THỰC HIỆN")) == "II. TỔ CHỨC THỰC HIỆN"


def test_letterhead_columns_one_after_the_other():
    head = fake("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI", "Số: 27/KH-UBND", "KẾ HOẠCH").lines
    date = ("ngày", "5", "tháng", "3", "năm", "2024")
    right = tuple(Word(word, 0.9, 500 + 100 * i, 140, 590 + 100 * i, 170) for i, word in enumerate(date))
    lines = [head[0], TextLine(head[1].words + right, 1), head[2]]
    texts = [line.text for line in letterhead.unfolded(lines)]
    assert texts == ["ỦY BAN NHÂN DÂN", "Số: 27/KH-UBND", "CỘNG HÒA XÃ HỘI", "ngày 5 tháng 3 năm 2024", "KẾ HOẠCH"]


@pytest.mark.parametrize("heading", ["KẾ HOẠCH", "KÉ HOẠCH", "QUYẾT ĐỊNH"])
def test_the_letterhead_ends_above_the_title_whatever_dates_stand_below(heading):
    words = ("CỘNG HÒA XÃ HỘI", "ngày 5 tháng 3 năm 2024", heading, "Trồng cây ven suối giai đoạn 2024", "- 2030")
    lines = list(fake(*words, "Theo Tờ trình số 8 ngày 2 tháng 1 năm 2024 của phòng chuyên môn").lines)
    for at in (0, 1):
        right = tuple(replace(word, left=word.left + 500, right=word.right + 500) for word in lines[at].words)
        lines[at] = TextLine(right, 1)
    assert [line.text for line in letterhead.unfolded(lines)] == [line.text for line in lines]


def test_doubted_handwriting_is_left_blank():
    words = (Word("Số:", 0.9, 0, 0, 9, 9), Word("9{", 0.5, 10, 0, 20, 9), Word("/KH-UBND", 0.4, 30, 0, 90, 9))
    assert handwriting.blanked(TextLine(words, 1)).text == "Số: /KH-UBND"
    date = [("Lành,", 0.9), ("ngày4†tháng", 0.2), ("3", 0.95), ("năm", 0.9), ("2024", 0.9)]
    line = TextLine(tuple(Word(t, c, 10 * i, 0, 10 * i + 9, 9) for i, (t, c) in enumerate(date)), 1)
    assert handwriting.blanked(line).text == "Lành, ngày tháng 3 năm 2024"


@pytest.mark.parametrize(("month", "number"), [(0.5, "Số: /KH-UBND"), (0.96, "Số: 445 /KH-UBND")])
def test_a_number_that_looks_sure_is_left_blank_where_its_date_is_written_by_hand(month: float, number: str) -> None:
    def line(*words: tuple[str, float]) -> TextLine:
        return TextLine(tuple(Word(text, sure, 0, 0, 9, 9) for text, sure in words), 1)

    head = [
        line(("ỦY", 0.97), ("BAN", 0.97)),
        line(("Số:", 0.97), ("445", 0.87), ("/KH-UBND", 0.95)),
        line(
            ("Lành,", 0.97), ("ngày", 0.97), ("19", 0.94), ("tháng", 0.97), ("4_", month), ("năm", 0.97), ("2024", 0.97)
        ),
    ]
    assert handwriting.without_handwriting(head)[1].text == number


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("Số:      /KH-UBND", {"number": "27"}, "Số: 27 /KH-UBND"),
        ("Số: /KH-UBND ngày   tháng 3 năm 2024", {"day": "12"}, "Số: /KH-UBND ngày 12 tháng 3 năm 2024"),
        ("ngày  tháng  năm 2024", {"day": "9", "month": "11"}, "ngày 9 tháng 11 năm 2024"),
        ("ngày  tháng  năm", {"day": "9", "month": "1", "year": "2026"}, "ngày 9 tháng 1 năm 2026"),
    ],
)
def test_stamped_values_go_where_they_stand(text, values, result):
    assert has_blank(text)
    assert " ".join(filled(text, values).split()).replace("27/", "27 /") == result


def test_nothing_is_looked_for_where_nothing_is_blank():
    assert not has_blank("Số: 27/KH-UBND Khe Lành, ngày 12 tháng 3 năm 2024")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("tố chức thực hiện", "tổ chức thực hiện"),
        ("35 triệu đông từ ngân sách", "35 triệu đồng từ ngân sách"),
        ("KÉ HOẠCH", "KẾ HOẠCH"),
        ("ngày 12/3/2024 số 27/KH-UBND", "ngày 12/3/2024 số 27/KH-UBND"),
        ("bà Lò Thị Mên ở bản Tông", "bà Lò Thị Mên ở bản Tông"),
    ],
)
def test_marks_are_put_back_and_names_left(read, meant):
    assert with_marks(read, 3.0) == meant


@pytest.mark.parametrize(
    "said", ["thêm 12 bác sĩ", "bé trai và bé gái", "lập câu lạc bộ", "làm bảng tên đường", "độ tuổi sinh đẻ"]
)
def test_a_syllable_that_was_never_counted_stays_where_no_neighbour_speaks_for_another(said):
    assert with_marks(said) == said


@pytest.mark.parametrize(
    "said", ["mỗi xã có hai điểm tiêm", "duyệt bản vẽ cầu treo", "chống trộm cắp ở chợ", "đường không lầy lội nữa"]
)
def test_another_spelling_needs_both_neighbours_or_a_well_known_pair(said):
    assert with_marks(said) == said
    assert with_marks("quy định chỉ tiết tại phụ lục") == "quy định chi tiết tại phụ lục"
    assert with_marks("tống mức đầu tư") == "tổng mức đầu tư"


def test_text_that_was_not_read_by_ocr_keeps_its_marks():
    assert clean(Source(("Các xã tố chức trồng cây ven suối.",), paged=True)).text.startswith("Các xã tố chức")
    read = Source(("Các xã tố chức trồng cây ven suối.",), paged=True, page_confidence=(0.95,))
    assert clean(read).text.startswith("Các xã tổ chức")


def test_percent_signs_of_the_fallback():
    assert trueocr.tidy("giảm 36/năm,từ 706 - 80% và 1006 số hộ") == "giảm 3%/năm, từ 70% - 80% và 100% số hộ"
    assert trueocr.tidy("đường 706 dài 36 km, 1006/QĐ-UBND") == "đường 706 dài 36 km, 1006/QĐ-UBND"
    assert trueocr.tidy_start("3, Sở Tài chính") == "3. Sở Tài chính"


@needs_font
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read(page, kind, tmp_path):
    path = tmp_path / "page"
    Image.fromarray(page).save(path, kind, dpi=(150, 150))
    document = read_file(path, jobs=1)
    assert document.media_type == f"image/{kind.lower()}"
    assert document.text_source == "ocr" and document.n_pages == 1
    assert "450 cây" in document.source.pages[0] and 0.7 < document.ocr_confidence < 1


def test_broken_and_huge_pictures():
    with pytest.raises(errors.CorruptFile):
        images.read_images(b"\x89PNG\r\n\x1a\n" + b"junk" * 50)
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    with pytest.raises(errors.TooLarge):
        images.read_images(file.getvalue())


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "BMP"])
def test_pictures_that_are_cut_short_are_corrupt_wherever_the_cut_is(form):
    file = io.BytesIO()
    noise = np.random.default_rng(3).integers(0, 255, (120, 90), np.uint8)
    Image.fromarray(noise).save(file, form, save_all=form == "TIFF")
    data = file.getvalue()
    for share in (0.05, 0.3, 0.5, 0.9):
        try:
            list(images.pictures(data[: int(len(data) * share)]))
        except errors.CorruptFile as error:
            assert "scan or download it again" in str(error)


def test_a_tiff_whose_later_pages_lost_their_sizes_is_corrupt():
    pages = [Image.new("L", (40, 40), grey) for grey in (0, 100, 200)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    data = bytearray(file.getvalue())
    second = struct.unpack_from("<I", data, end_of_directory(data, 4))[0]
    data[second : second + 2] = b"\0\0"
    with pytest.raises(errors.CorruptFile, match="scan or download it again"):
        list(images.pictures(bytes(data)))


def end_of_directory(data: bytes, pointer: int) -> int:
    """Where the directory of a TIFF ends to which a pointer leads: there stands the pointer to the next one."""
    at = struct.unpack_from("<I", data, pointer)[0]
    return at + 2 + 12 * struct.unpack_from("<H", data, at)[0]


def test_tesseract_is_found_where_installers_put_it(monkeypatch, tmp_path):
    """On Windows its installer leaves the path as it is."""
    placed = tmp_path / "tesseract.exe"
    placed.write_bytes(b"")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.delenv("TESSERACT_CMD", raising=False)
    monkeypatch.setattr(tesseract, "PLACES", ())
    assert tesseract.find_program() is None
    monkeypatch.setattr(tesseract, "PLACES", (str(tmp_path / "gone"), str(placed)))
    assert tesseract.find_program() == str(placed)
