"""Ruled tables of digital PDF: each row is a line `a | b`, as it is in Word, and the text around stays where it was."""

from __future__ import annotations

import io

import pytest
from docx import Document
from pdf_builder import HEIGHT, WIDTH, make_font_known, needs_font, written

from extractors.extract import extract
from pipeline.ingest.pdf_rulers import MAX_SEGMENTS
from pipeline.ingest.pdf_tables import sign_of
from pipeline.ingest.reader import read_bytes

pytestmark = needs_font
BODIES = [
    ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
    ["1", "Khảo sát bến đò ngang và lắp phao cứu sinh", "Sở Giao thông vận tải", "Công an tỉnh", "Quý II/2023"],
    ["2", "Mở lớp dạy bơi cho học sinh", "Sở Giáo dục và Đào tạo", "Tỉnh đoàn", "Tháng 6/2023"],
]
MONEY = [
    ["TT", "Nguồn vốn", "Tổng số", "Năm 2023", "Năm 2024"],
    ["1", "Ngân sách tỉnh", "5.400", "2.400", "3.000"],
    ["2", "Xã hội hóa", "1.100", "500", "600"],
    ["", "Tổng cộng", "6.500", "2.900", "3.600"],
]


def table(rows, widths=None, *styles):
    """A table with rulers between all cells, its words wrapped within them."""
    platypus = pytest.importorskip("reportlab.platypus")
    from reportlab.lib.styles import ParagraphStyle

    make_font_known()
    style = ParagraphStyle("cell", fontName="Serif", fontSize=10, leading=12)
    cells = [[platypus.Paragraph(str(cell), style) for cell in row] for row in rows]
    widths = widths or [28, *[(WIDTH - 148) / (len(rows[0]) - 1)] * (len(rows[0]) - 1)]
    return platypus.Table(cells, widths, style=[("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), *styles])


def line(canvas, y, words, x=60):
    """A line of text."""
    canvas.setFont("Serif", 12)
    canvas.drawString(x, y, words)


def put(canvas, top, made, x=60):
    """A table with its upper edge at a height of the page; the height of its lower edge."""
    _, height = made.wrapOn(canvas, WIDTH, HEIGHT)
    made.drawOn(canvas, x, top - height)
    return top - height


def pages_of(*draw) -> list[str]:
    """What the reader gives for pages that are drawn so, each without blanks that tell places."""
    pages = read_bytes(written(draw)).source.pages
    return [[words for words in map(str.strip, page.splitlines()) if words] for page in pages]


def rows_of(made) -> list[str]:
    return pages_of(lambda canvas: put(canvas, 700, made))[0]


def joined(rows) -> list[str]:
    """Rows as Word's reader gives them."""
    return [" ".join(" | ".join(row).split()) for row in rows]


@pytest.mark.parametrize("rows", [BODIES, MONEY])
def test_rows_are_lines_with_all_their_cells(rows):
    assert rows_of(table(rows)) == joined(rows)


def test_text_around_a_table_stays_around_it():
    def draw(canvas):
        line(canvas, 760, "Kinh phí phân theo nguồn và năm (triệu đồng):")
        foot = put(canvas, 740, table(MONEY))
        line(canvas, foot - 30, "Ngoài ra, các địa phương tự bố trí kinh phí bảo trì phao cứu sinh.")

    assert pages_of(draw)[0] == [
        "Kinh phí phân theo nguồn và năm (triệu đồng):",
        *joined(MONEY),
        "Ngoài ra, các địa phương tự bố trí kinh phí bảo trì phao cứu sinh.",
    ]


def test_merged_heads_and_cells_keep_their_columns():
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", ""],
        ["", "", "", "2024", "2025"],
        ["1", "Số bến đò có phao cứu sinh", "bến", "12", "18"],
    ]
    merged = [("SPAN", (i, 0), (i, 1)) for i in range(3)] + [("SPAN", (3, 0), (4, 0))]
    assert rows_of(table(rows, None, *merged)) == [
        "TT | Chỉ tiêu | Đơn vị | Kế hoạch |",
        "| | | 2024 | 2025",
        "1 | Số bến đò có phao cứu sinh | bến | 12 | 18",
    ]


def test_a_body_merged_over_rows_is_told_for_each():
    rows = [BODIES[0], BODIES[1], [BODIES[2][0], BODIES[2][1], "", *BODIES[2][3:]]]
    assert rows_of(table(rows, None, ("SPAN", (2, 1), (2, 2))))[2].split(" | ")[2] == "Sở Giao thông vận tải"


def test_tables_without_outer_rulers_are_tables():
    lines = [("INNERGRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("GRID", (0, 0), (-1, -1), 0, None)]
    made = table(MONEY)
    made.setStyle(lines[:1])
    assert rows_of(made) == joined(MONEY)


def test_rulers_that_are_thin_areas_or_stand_in_a_form_are_rulers():
    def draw(canvas):
        canvas.beginForm("ruled")
        for x in (60, 100, 300, 400):
            canvas.rect(x, 600, 0.6, 60, stroke=0, fill=1)
        canvas.endForm()
        canvas.doForm("ruled")
        for y in (600, 630, 660):
            canvas.rect(60, y, 340, 0.6, stroke=0, fill=1)
        for y, row in ((640, ("TT", "Nguồn vốn", "Tổng số")), (610, ("1", "Ngân sách huyện", "820"))):
            for x, words in zip((64, 104, 304), row, strict=True):
                line(canvas, y, words, x)

    assert pages_of(draw)[0] == ["TT | Nguồn vốn | Tổng số", "1 | Ngân sách huyện | 820"]


@pytest.mark.parametrize("turned", ["page", "letters"])
def test_tables_that_stand_sideways_are_read_upright(turned):
    def draw(canvas):
        if turned == "page":
            canvas.setPageRotation(90)
            canvas.translate(WIDTH, 0)
            canvas.rotate(90)
        else:
            canvas.translate(0, HEIGHT)
            canvas.rotate(-90)
        put(canvas, 500, table(MONEY))

    assert pages_of(draw)[0] == joined(MONEY)


def test_a_frame_around_text_and_a_ruled_letterhead_stay_text():
    def draw(canvas):
        canvas.rect(50, 690, 400, 40)
        line(canvas, 705, "Kế hoạch này thay thế Kế hoạch đã ban hành đầu năm.")
        head = ["ỦY BAN NHÂN DÂN HUYỆN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 12/KH-UBND", "ngày 02 tháng 3"]
        put(canvas, 650, table(head, [180, 260]))

    assert not any("|" in words for words in pages_of(draw)[0])


class TestBrokenRows:
    """A row that the end of a page cuts in two is one row on the page where it begins."""

    def broken(self, rows, at: int, rest) -> list[list[str]]:
        """Pages with a table of which row `at` breaks off, and of which `rest` stands on the next page."""
        widths = [28, 150, 120, 110, 80]
        first, second = table(rows[: at + 1], widths), table([*rest, *rows[at + 1 :]], widths)
        return pages_of(lambda canvas: put(canvas, 300, first), lambda canvas: put(canvas, 780, second))

    def test_words_go_on_in_their_cells(self):
        rows = [*BODIES[:1], ["1", "Khảo sát bến đò ngang", "Sở Giao thông", "Công an tỉnh", "Quý I"], BODIES[2]]
        pages = self.broken(rows, 1, [["", "và lắp phao cứu sinh", "vận tải", "", "năm 2023"]])
        whole = "1 | Khảo sát bến đò ngang và lắp phao cứu sinh | Sở Giao thông vận tải | Công an tỉnh | Quý I năm 2023"
        assert pages == [[joined(rows)[0], whole], joined(rows)[2:]]

    def test_one_cell_that_goes_on(self):
        rows = [*MONEY[:1], ["1", "Ngân sách", "5.400", "2.400", "3.000"], *MONEY[2:]]
        assert self.broken(rows, 1, [["", "tỉnh", "", "", ""]]) == [joined(MONEY)[:2], joined(MONEY)[2:]]

    def test_heads_told_again_stand_before_the_rest(self):
        rows = [*MONEY[:1], ["1", "Ngân sách", "5.400", "2.400", "3.000"], *MONEY[2:]]
        pages = self.broken(rows, 1, [MONEY[0], ["", "tỉnh", "", "", ""]])
        assert pages == [joined(MONEY)[:2], [joined(MONEY)[0], *joined(MONEY)[2:]]]

    def test_words_go_on_behind_merged_cells(self):
        upper = [["2", "Bến đò", "", "", ""], ["", "", "Khảo sát bến và lắp", "Sở Giao thông vận tải", "Quý II"]]
        pages = self.broken([*BODIES[:1], *upper], 2, [["", "", "phao ở từng bến", "", ""]])
        assert pages[0][-1] == "| | Khảo sát bến và lắp phao ở từng bến | Sở Giao thông vận tải | Quý II"

    @pytest.mark.parametrize(
        ("cell", "rest"),
        [
            ("Khảo sát: - Đếm bến;", "- Đo mực nước"),
            ("- Đếm bến. - Hỏi dân.", "- Đo mực nước."),
            ("Sở Nội vụ;", "Sở Y tế"),
        ],
    )
    def test_items_of_a_list_go_on(self, cell, rest):
        rows = [*BODIES[:1], ["1", "Bến đò", cell, "Công an tỉnh", "Quý I"], BODIES[2]]
        pages = self.broken(rows, 1, [["", "", rest, "", ""]])
        assert pages == [[joined(rows)[0], f"1 | Bến đò | {cell} {rest} | Công an tỉnh | Quý I"], joined(rows)[2:]]

    @pytest.mark.parametrize(
        "below",
        [
            ["", "Tổng cộng", "5.400", "2.400", "3.000"],
            ["", "- Trong đó: vốn đầu tư", "4.000", "2.000", "2.000"],
            ["", "trong đó: vốn đầu tư", "4.000", "2.000", "2.000"],
            ["", "", "4.000", "2.000", "2.000"],
            ["", "", "Khảo sát bến", "", ""],
        ],
    )
    def test_a_row_of_its_own_stays_one(self, below):
        assert self.broken(MONEY[:2], 1, [below])[0] == joined(MONEY)[:2]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("132.50<br/>0", "132.500"),
        ("1.204.5<br/>00", "1.204.500"),
        ("12.500<br/>300", "12.500 300"),
        ("12,5<br/>13,0", "12,5 13,0"),
        ("2.025<br/>7", "2.025 7"),
        ("Trước ngày 15/1<br/>1/2023", "Trước ngày 15/11/2023"),
        ("30/9/202<br/>3", "30/9/2023"),
        ("3/2023<br/>4/2023", "3/2023 4/2023"),
        ("10/2<br/>2/2023", "10/2 2/2023"),
    ],
)
def test_a_figure_without_room_is_whole_and_two_stay_two(cell, read):
    rows = [["TT", "Nguồn vốn", "Tổng số"], ["1", "Ngân sách xã", cell]]
    assert rows_of(table(rows, [28, 200, 120]))[1].split(" | ")[2] == read


def test_a_page_full_of_lines_is_read_as_before():
    def draw(canvas):
        for i in range(4000):
            canvas.line(i % 500, 100 + i / 10, i % 500 + 50, 100 + i / 10)
            canvas.line(i % 500, 100, i % 500, 140)
        line(canvas, 760, "Bản vẽ mặt bằng bến đò")

    assert pages_of(draw) == [["Bản vẽ mặt bằng bến đò"]]


def test_facts_are_those_of_the_same_plan_in_word():
    paragraphs = [
        "ỦY BAN NHÂN DÂN TỈNH CÀ MAU",
        "Số: 77/KH-UBND",
        "Cà Mau, ngày 03 tháng 02 năm 2023",
        "KẾ HOẠCH",
        "Bảo đảm an toàn bến đò ngang, giai đoạn 2023 - 2024",
        "IV. KINH PHÍ THỰC HIỆN",
        "Kinh phí phân theo nguồn và năm (triệu đồng):",
    ]

    def draw(canvas):
        for i, words in enumerate(paragraphs):
            line(canvas, 780 - 30 * i, words)
        put(canvas, 560, table(MONEY))

    word, file = Document(), io.BytesIO()
    for words in paragraphs:
        word.add_paragraph(words)
    made = word.add_table(len(MONEY), len(MONEY[0]), "Table Grid")
    for cells, row in zip(made.rows, MONEY, strict=True):
        for cell, words in zip(cells.cells, row, strict=True):
            cell.text = words
    word.save(file)

    def funding(data: bytes) -> list[tuple]:
        rows = extract(read_bytes(data).source, "d").rows["funding"]
        return [(row.kind, row.amount_vnd, row.year, row.source, row.quote) for row in rows]

    assert len(funding(file.getvalue())) == 9
    assert funding(written([draw])) == funding(file.getvalue())


def test_a_drawing_of_countless_corners_takes_no_table_away():
    def draw(canvas):
        put(canvas, 700, table(BODIES))
        path = canvas.beginPath()
        path.moveTo(60, 100)
        for i in range(MAX_SEGMENTS):
            path.lineTo(60 + i % 2 * 400, 100 + i % 300)
        canvas.drawPath(path)

    assert pages_of(draw)[0] == joined(BODIES)


@pytest.mark.parametrize(("code", "sign"), [(0x1EBF, "ế"), (0xD835, "\ufffd"), (2**32 - 1, "\ufffd")])
def test_a_code_that_is_no_character_loses_no_document(code, sign):
    assert sign_of(code) == sign
