"""Ruled tables in scans: finding them, reading them cell by cell, and leaving everything else as it is."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from extractors.extract import extract
from pipeline.ingest.ocr import cell_strips, reading, tables, tesseract
from pipeline.ingest.ocr.engine import Engine, find_engine
from pipeline.ingest.ocr.layout import page_text
from pipeline.ingest.ocr.words import Reading, TextLine, Word
from pipeline.ingest.reader import read_bytes
from pipeline.ingest.ruled_grid import Ruler, grids
from tests.scanned_tables import DPI, FONT, LEFT, Sheet, broken, scanned

needs_tesseract = pytest.mark.skipif(not tesseract.is_available(), reason="no Tesseract with Vietnamese here")
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")
WIDTHS = [110, 560, 240, 240, 240]
ROWS = [
    ["TT", "Nguồn kinh phí", "Năm 2023", "Năm 2024", "Năm 2025"],
    ["1", "Ngân sách xã bố trí\ncho trồng cây ven suối", "1.250", "1.400", "1.615"],
    ["2", "Đóng góp của các thôn", "320", "", "475"],
    ["3", "Doanh nghiệp hỗ trợ", "86,5", "90", "110"],
]
ABOVE = ("Kinh phí trồng cây chắn gió của xã được bố trí theo từng năm như sau:",)
BELOW = ("Ban quản lý rừng chủ trì theo dõi, báo cáo trước ngày 15 tháng 12.",)


@pytest.fixture(scope="module")
def sheet() -> np.ndarray:
    """Text, a table of four rows, text."""
    page = Sheet.blank(height=900)
    page.text(*ABOVE)
    page.table(WIDTHS, ROWS)
    page.text(*BELOW)
    return page.pixels()


def shape(pixels: np.ndarray, dpi: int = DPI) -> list[tuple[int, int]]:
    """Rows and columns of each table found on a page."""
    found = tables.find_tables(pixels, dpi)
    return [(len(grid.ys) - 1, len(grid.xs) - 1) for grid in found.grids] if found else []


def rows_of(text: str) -> list[list[str]]:
    """The cells of the rows in a text."""
    return [[cell.strip() for cell in line.split("|")] for line in text.split("\n") if "|" in line]


def read(pixels: np.ndarray) -> reading.PageText:
    return reading.read_picture(reading.Picture(pixels, DPI), find_engine())


def right(text: str) -> int:
    """How many of the figures of `ROWS` stand in their row and column."""
    found = {tuple(row[2:]) for row in rows_of(text)}
    return sum(tuple(row[2:]) in found for row in ROWS[1:])


@needs_tesseract
@pytest.mark.parametrize("degrees", [0.0, 0.6, -1.0])
def test_rows_of_a_scanned_table_are_lines_with_their_cells(sheet, degrees):
    text = read(scanned(sheet, degrees)).text
    assert right(text) == 3
    assert "1 | Ngân sách xã bố trí cho trồng cây ven suối | 1.250 | 1.400 | 1.615" in text
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert lines[0].startswith("Kinh phí trồng cây") and "15 tháng 12" in lines[-1]


@needs_tesseract
def test_a_page_that_lies_on_its_side_is_turned_and_its_table_read(sheet):
    text = read(np.ascontiguousarray(np.rot90(scanned(sheet, 0.4)))).text
    assert right(text) == 3


@needs_tesseract
def test_a_stamp_across_rulers_leaves_the_other_cells(sheet):
    stamped = np.dstack([scanned(sheet)] * 3)
    cv2.circle(stamped, (430, 420), 150, (215, 40, 50), 7)
    cv2.putText(stamped, "UBND", (340, 440), cv2.FONT_HERSHEY_DUPLEX, 2, (215, 40, 50), 5)
    assert right(read(stamped).text) == 3


@needs_tesseract
def test_a_pen_across_rulers_leaves_the_table(sheet):
    signed = scanned(sheet)
    cv2.ellipse(signed, (900, 480), (260, 60), 20, 0, 330, 40, 4)
    found = rows_of(read(signed).text)
    assert [row[-1] for row in found if len(row) == 5][1] == "1.615" and len(found) == 4


@needs_tesseract
def test_a_merged_row_is_its_words():
    page = Sheet.blank(height=700)
    page.table(WIDTHS, [ROWS[0], ["A. NHIỆM VỤ CHI CỦA XÃ"], *ROWS[1:]], merged=(1,))
    lines = [line for line in read(scanned(page.pixels())).text.split("\n") if line.strip()]
    assert "|" in lines[0] and lines[1].strip(" |") == "A. NHIỆM VỤ CHI CỦA XÃ" and lines[2].startswith("1 |")


@needs_tesseract
def test_letterhead_in_a_ruled_table_stays_text():
    page = Sheet.blank(height=700)
    page.table(
        [690, 700],
        [
            ["ỦY BAN NHÂN DÂN\nXÃ KHE LÀNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM"],
            ["Số: 27/KH-UBND", "Khe Lành, ngày 12 tháng 3 năm 2024"],
        ],
    )
    page.text(*ABOVE)
    text = read(scanned(page.pixels())).text
    assert "|" not in text and text.index("27/KH-UBND") < text.index("Kinh phí trồng")


@needs_tesseract
def test_a_scanned_pdf_tells_tables_and_how_sure_it_is(sheet):
    file = io.BytesIO()
    Image.fromarray(scanned(sheet, 0.5)).save(file, "PDF", resolution=DPI)
    document = read_bytes(file.getvalue())
    assert right(document.source.pages[0]) == 3
    assert document.text_source == "ocr" and document.ocr_confidence > 0.85


@needs_tesseract
def test_a_scan_under_somebody_elses_reading_is_read_anew_where_it_shows_a_table(sheet):
    """Other programs lay what they read under the picture, without cells."""
    pixels = scanned(np.vstack([sheet, np.full((600, sheet.shape[1]), 255, np.uint8)]))
    words = tesseract.call(tesseract.as_tiff(pixels), ["stdout", "-l", "vie", "--dpi", str(DPI), "pdf"]).stdout
    assert "|" not in "".join(layer_of(words)) and "Ngân sách xã" in "".join(layer_of(words))
    document = read_bytes(words)
    assert right(document.source.pages[0]) == 3


def layer_of(data: bytes) -> list[str]:
    """What lies under the pictures of a PDF."""
    document = pdfium.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@needs_tesseract
def test_a_row_cut_by_the_end_of_a_page_is_whole_again():
    upper, lower = Sheet.blank(height=600), Sheet.blank(height=600)
    upper.table(WIDTHS, ROWS[:2])
    lower.table(WIDTHS, [["", "và hai bên đường thôn", "", "", ""]])
    lower.text(*BELOW)
    file = io.BytesIO()
    pages = [Image.fromarray(scanned(page.pixels())) for page in (upper, lower)]
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], dpi=(DPI, DPI))
    first, second = read_bytes(file.getvalue()).source.pages
    assert "ven suối và hai bên đường thôn | 1.250 | 1.400 | 1.615" in first
    assert "hai bên" not in second and "15 tháng 12" in second


TASKS = [110, 330, 460, 330, 220]


@needs_tesseract
def test_tasks_of_a_scan_keep_their_times_over_groups_and_pages():
    first, second = Sheet.blank(height=950), Sheet.blank(height=600)
    first.text("KẾ HOẠCH", "An toàn bến đò năm 2023", "I. CÁC VIỆC CẦN LÀM")
    head = ["TT", "Nội dung", "Việc cụ thể", "Cơ quan chủ trì", "Thời hạn"]
    group = ["II. Bến đò ở vùng cao và thuyền của người dân các xã", "", "", "", ""]
    upper = ["1", "Bến đò ngang", "Khảo sát bến đò", "Sở Xây dựng", "5/2023"]
    lower = ["", "", "Mở lớp dạy bơi\ncho trẻ em,", "Sở Nội vụ;", "6/2023"]
    first.table(TASKS, [head, upper, group, lower], merged=(2,))
    second.table(
        TASKS, [["", "", "phụ nữ ven sông", "", ""], ["2", "Thuyền", "Đăng ký thuyền", "Sở Tư pháp", "9/2023"]]
    )
    file = io.BytesIO()
    pages = [Image.fromarray(scanned(page.pixels())) for page in (first, second)]
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], dpi=(DPI, DPI))
    rows = extract(read_bytes(file.getvalue()).source, "d0").rows["deadlines"]
    assert [(row.event, str(row.end_date)) for row in rows if row.kind != "period"] == [
        ("Khảo sát bến đò", "2023-05-31"), ("Mở lớp dạy bơi cho trẻ em, phụ nữ ven sông", "2023-06-30"),
        ("Đăng ký thuyền", "2023-09-30"),
    ]  # fmt: skip


@needs_tesseract
def test_doubt_in_cells_lowers_the_confidence_of_the_page(sheet):
    spoilt = scanned(sheet)
    spoilt[170:520, LEFT:1500:3] = 245
    assert read(spoilt).confidence < read(scanned(sheet)).confidence


@pytest.mark.parametrize(("dpi", "thick"), [(150, 1), (200, 1), (200, 5), (300, 3)])
def test_tables_are_found_at_any_resolution(dpi, thick):
    page = Sheet.blank(height=900)
    page.table(WIDTHS, ROWS, thick=max(1, round(thick * DPI / dpi)))
    pixels = cv2.resize(page.pixels(), None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
    assert shape(scanned(pixels, 0.7), dpi) == [(4, 5)]


def test_faint_and_broken_rulers_are_found(sheet):
    faint = 255 - ((255 - sheet.astype(int)) * 0.3).astype(np.uint8)
    assert shape(scanned(faint, 0.5)) == [(4, 5)]
    assert shape(scanned(broken(sheet), 0.5)) == [(4, 5)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(90, 330), min_size=2, max_size=5),
    st.lists(st.integers(50, 160), min_size=2, max_size=8),
    st.floats(-1.5, 1.5),
    st.integers(0, 99),
)
def test_every_table_is_found_with_its_rows_and_columns(widths, heights, degrees, seed):
    widths = [*widths, max(60, 600 - sum(widths))]
    page = Sheet.blank(width=2000, height=1600)
    xs, ys = np.cumsum([150, *widths]).tolist(), np.cumsum([150, *heights]).tolist()
    for x in xs:
        page.draw.line((x, ys[0], x, ys[-1]), fill=0, width=2)
    for y in ys:
        page.draw.line((xs[0], y, xs[-1], y), fill=0, width=2)
    found = tables.find_tables(scanned(page.pixels(), degrees, seed), DPI)
    assert found is not None and len(found.grids) == 1
    grid = found.grids[0]
    assert np.abs(np.diff(grid.xs) - widths).max() < 5 and np.abs(np.diff(grid.ys) - heights).max() < 5


def test_text_frames_underlines_and_small_stamps_are_no_tables():
    page = Sheet.blank(height=1300)
    page.draw.rectangle((90, 80, 1560, 420), outline=0, width=3)
    page.text(*ABOVE * 5)
    page.draw.line((LEFT, 440, 1400, 440), fill=0, width=3)
    page.y[0] = 500
    page.text(*BELOW * 4)
    page.y[0] = 800
    page.table([130, 300], [["ĐẾN", "Số: 35"], ["", "Ngày: 2/3"]])
    pixels = scanned(page.pixels(), 0.4)
    assert tables.find_tables(pixels, DPI) is None
    said = Reading(
        (TextLine((Word("Trồng", 0.95, 100, 100, 200, 130), Word("cây" * 40, 0.95, 210, 100, 900, 130)), 1),)
    )
    given_pictures = []

    def whole(picture, dpi):
        given_pictures.append(picture)
        return said

    strip = Engine("strip", whole, read_strip=lambda picture, dpi: pytest.fail("read cells of no table"))
    assert reading.best_reading(pixels, DPI, strip) is said
    assert len(given_pictures) == 1 and given_pictures[0] is pixels


def test_an_engine_that_reads_no_strips_reads_the_page_whole(sheet):
    said = Reading((TextLine((Word("Trồng cây " * 20, 0.95, 100, 100, 900, 130),), 1),))
    assert reading.best_reading(sheet, DPI, Engine("whole", lambda picture, dpi: said)) is said


def test_nothing_but_the_table_is_read_on_strips_and_nothing_of_it_twice(sheet):
    found = tables.find_tables(scanned(sheet), DPI)
    cut = list(cell_strips.strips(found))
    pieces = [placed.piece for strip in cut for shelf in strip.shelves for placed in shelf]
    assert len(pieces) == sum(bool(cell) for row in ROWS for cell in row)
    for strip in cut:
        assert (strip.pixels.shape[1] / DPI) < cell_strips.SHELF + 1


def test_words_of_a_strip_go_back_to_their_cells(sheet):
    found = tables.find_tables(scanned(sheet), DPI)
    grid = found.grids[0]
    (strip,) = cell_strips.strips(found)
    at = {}
    for shelf in strip.shelves:
        words = []
        for placed in shelf:
            x, y = placed.piece.left + placed.x, placed.piece.top + placed.y
            words.append(Word("chữ", 0.9, x, y, x + placed.piece.width, y + len(placed.piece.pixels)))
        for line in strip.put_back(TextLine(tuple(words), 1), 1):
            word = line.words[0]
            at[grid.cell_at((word.left + word.right) / 2, (word.top + word.bottom) / 2)] = line
    assert len(at) == sum(bool(cell) for row in ROWS for cell in row) and None not in at


def page_with(cells: dict[tuple[int, int], Word]) -> Reading:
    """A reading of a line, a table of three by three, and a line."""
    across = [Ruler(200.0 + 100 * i, 100.0, 1000.0) for i in range(4)]
    down = [Ruler(100.0 + 300 * i, 200.0, 500.0) for i in range(4)]
    grid = grids(across, down, 8)[0]
    lines = [
        TextLine((Word("Trước", 0.9, 100, 100, 200, 130),), 1),
        TextLine((Word("Sau", 0.9, 100, 600, 200, 630),), 1),
    ]
    for (row, column), word in cells.items():
        x, y = 150 + 300 * column, 230 + 100 * row
        lines.append(TextLine((Word(word.text, word.confidence, x, y, x + 60, y + 30),), 2))
    return Reading(tuple(lines), (grid,))


def test_a_table_stands_between_the_lines_around_it_and_specks_in_cells_go():
    cells = {(r, c): Word(f"ô{r}{c}", 0.9, 0, 0, 0, 0) for r in range(3) for c in range(3)}
    cells[1, 1] = Word("-", 0.9, 0, 0, 0, 0)
    read_page = page_with(cells)
    speck = TextLine((Word("_", 0.3, 300, 230, 310, 250),), 3)
    lines = page_text(Reading((*read_page.lines, speck), read_page.grids)).split("\n")
    assert [line.strip() for line in lines if line.strip()] == [
        "Trước",
        "ô00 | ô01 | ô02",
        "ô10 | - | ô12",
        "ô20 | ô21 | ô22",
        "Sau",
    ]


def test_words_right_below_a_table_are_no_row_of_it_though_a_letter_touches_it(sheet):
    pixels = sheet.copy()
    before = shape(pixels)
    grid = tables.find_tables(pixels, DPI).grids[0]
    x, y = round((grid.xs[1] + grid.xs[2]) / 2), round(grid.ys[-1])
    pixels[y : y + round(0.24 * DPI), x : x + 3] = 0
    assert shape(pixels) == before


def test_a_broken_ruler_of_the_last_row_still_parts_its_cells(sheet):
    grid = tables.find_tables(sheet, DPI).grids[0]
    x, y = round(grid.xs[1]), round(grid.ys[-2])
    pixels = sheet.copy()
    pixels[y + 20 : y + 24, x - 4 : x + 8] = 255
    assert shape(pixels) == shape(sheet)
