"""Doubt told by figure: where doubted words of a scan stand after cleaning, and which rows rest on them."""

from __future__ import annotations

import io
import time
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from extractors.cleaning import clean
from extractors.cleaning.doubts import DOUBTED, FIGURE, doubts_in, matched
from extractors.doubted_rows import LEAST, trust
from extractors.extract import extract
from extractors.plan import ReadWord, Source
from pipeline.ingest.broken_rows import joined_pages
from pipeline.ingest.ocr import tesseract
from pipeline.ingest.ocr.figures import beside_marks, doubted_by
from pipeline.ingest.ocr.paged import words_of, words_of_pages
from pipeline.ingest.ocr.reading import PageText
from pipeline.ingest.ocr.words import Reading, TextLine, Word
from pipeline.ingest.reader import read_bytes
from tests.scanned_tables import DPI, FONT, LEFT, LINE, Sheet, scanned

SURE = 0.96


def read_words(page: str, doubted: dict[str, float]) -> tuple[ReadWord, ...]:
    """The words of a page; `doubted`: how sure the engine was of some."""
    return tuple(ReadWord(word, doubted.get(word, SURE)) for word in page.replace("|", " ").split())


def scan(*pages: str, confidence: float = SURE, **doubted: float) -> Source:
    """A scan of these pages. A word is named as it stands, `_` for a point and `p` for a percent sign."""
    doubts = {name.strip("n").replace("_", ".").replace("p", "%"): value for name, value in doubted.items()}
    words = tuple(read_words(page, doubts) for page in pages)
    return Source(pages, paged=True, page_confidence=(confidence,) * len(pages), page_words=words)


def told(source: Source) -> dict[str, float]:
    """The doubted words of a cleaned source."""
    cleaned = clean(source)
    return {cleaned.text[d.start : d.end]: d.confidence for d in cleaned.doubts}


# --- where they stand ------------------------------------------------------------------------------------------------


WORDS = st.sampled_from(["xã", "hộ", "đạt", "5", "5%", "1.250", "12", "2024", "quý", "IV", "triệu", "đồng"])
PAGES = st.lists(st.lists(st.tuples(WORDS, st.floats(0, 1)), min_size=1, max_size=40), min_size=1, max_size=4)


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_where_all_words_stay_in_order_every_doubt_is_on_its_own_word(pages):
    """However often the same words come again."""
    text, starts, wanted = "", [], []
    for page in pages:
        starts.append(len(text))
        for word, confidence in page:
            if confidence < DOUBTED and FIGURE.search(word):
                wanted.append((len(text), len(text) + len(word), confidence))
            text += word + " "
    words = [[ReadWord(*word) for word in page] for page in pages]
    assert [tuple(doubt) for doubt in doubts_in(text, starts, words)] == wanted


@settings(max_examples=200, deadline=None)
@given(PAGES, PAGES)
def test_whatever_was_read_a_doubt_is_on_a_figure_of_its_page(kept, read):
    text, starts = "", []
    for page in kept:
        starts.append(len(text))
        text += " ".join(word for word, _ in page) + "\n"
    doubts = doubts_in(text, starts, [[ReadWord(*word) for word in page] for page in read])
    assert all(a.end <= b.start for a, b in pairwise(doubts))
    assert all(FIGURE.search(text, d.start, d.end) and d.confidence < DOUBTED for d in doubts)
    assert all(text[d.start : d.end] == text[d.start : d.end].strip() for d in doubts)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 60), st.integers(0, 60), st.data())
def test_words_that_cleaning_moved_are_found_at_their_new_place(size, cut, data):
    """Columns are set one after the other, running heads are dropped: every word that stays is found."""
    read = [f"{n}%" for n in range(size)]
    moved = read[cut:] + read[:cut]
    kept = [word for word in moved if data.draw(st.booleans())]
    assert [read[place] for place in matched(read, kept)] == kept


def test_of_equal_figures_the_neighbours_tell_which_was_doubted():
    """A page number and a running head go, and the first of three equal figures is the doubted one."""
    page = "2\nI. MỤC TIÊU\n- Xóm Hạ trồng 15 ha keo.\n- Xóm Trung trồng 15 ha quế.\n- Xóm Thượng trồng 15 ha hồi.\n"
    words = list(read_words(page, {}))
    words[[w.text for w in words].index("15")] = ReadWord("15", 0.4)
    source = Source(("1\nKẾ HOẠCH\nTrồng rừng", page), True, page_confidence=(0.9, 0.9), page_words=((), tuple(words)))
    cleaned = clean(source)
    assert [(d.start, d.confidence) for d in cleaned.doubts] == [(cleaned.text.index("15 ha keo"), 0.4)]


@pytest.mark.parametrize(
    ("page", "read", "kept"),
    [
        ("Trồng 15 ha **rừng 12%**\n\nở các xóm", {"12%**": 0.3}, {"12%": 0.3}),  # emphasis goes
        ("Hỗ trợ 120\ntriệu đông cho các xóm để trồng rừng", {"120": 0.5}, {"120": 0.5}),  # lines are joined
        ("1 | Keo | 132.500 | ha\n2 | Quế | 20 | ha", {}, {}),
    ],
)
def test_doubts_outlive_cleaning(page, read, kept):
    words = read_words(page, read)
    assert told(Source((page,), True, page_confidence=(0.9,), page_words=(words,))) == kept


def test_a_figure_that_was_put_together_is_as_doubtful_as_its_worst_part():
    """`132.50` over `0` in a narrow cell is one figure."""
    words = (*read_words("1 Keo lai", {}), ReadWord("132.50", SURE), ReadWord("0", 0.3), *read_words("ha rừng", {}))
    page = "1 | Keo lai | 132.500 | ha rừng"
    assert told(Source((page,), True, page_confidence=(0.9,), page_words=(words,))) == {"132.500": 0.3}


def test_a_row_that_the_end_of_a_page_cuts_keeps_the_doubts_of_both_parts():
    pages = [
        "TT | Tên công trình | Kinh phí | Thời gian\n7 | Sửa đường vào xóm Hạ và | 1.250 | 2024",
        "| làm cống qua 3 ngõ | |\n8 | Kè suối | 300 | 2025",
    ]
    joined = joined_pages(pages)
    assert "cống qua 3 ngõ" in joined[0]
    read = [PageText(page, SURE, 9, read_of(page, {"3": 0.4, "300": 0.5})) for page in pages]
    words = words_of_pages(read, pages, joined)
    assert told(Source(tuple(joined), True, page_confidence=(SURE, SURE), page_words=words)) == {"3": 0.4, "300": 0.5}


def read_of(page: str, doubted: dict[str, float]) -> Reading:
    """A reading of a page by an engine that reads words."""
    words = (Word(word.text, word.confidence, 0, 0, 9, 9) for word in read_words(page, doubted))
    return Reading((TextLine(tuple(words), 0),))


def test_an_engine_that_reads_lines_tells_nothing_of_figures():
    """How sure it is of a line is not how sure it is of each word; the page's confidence tells."""
    line = TextLine((Word("Hỗ trợ 120 triệu đồng", 0.5, 0, 0, 99, 9),), 0)
    assert words_of(PageText("Hỗ trợ 120 triệu đồng", 0.5, 5, Reading((line,)))) == ()


def test_finding_the_words_takes_no_time_that_grows_with_the_square():
    """Not even where all words are the same and none is where it was."""

    def seconds(size: int) -> float:
        read, text = [ReadWord("5", 0.5), ReadWord("6", 0.5)] * size, "6 6 5 " * size
        begin = time.process_time()
        doubts_in(text, [0], [read])
        return time.process_time() - begin

    assert seconds(12_000) < 0.5 + 2 * 4 * seconds(3_000)


# --- what rests on them ----------------------------------------------------------------------------------------------


PLAN = """KẾ HOẠCH
Trồng rừng năm 2024
I. MỤC TIÊU
- Trồng mới 1.250 ha rừng sản xuất.
- Tỷ lệ che phủ rừng đạt 62%, giao khoán từ 80% - 90% diện tích.
- Chăm sóc 34.200 cây phân tán tại 17 xóm.
II. KINH PHÍ
Ngân sách huyện hỗ trợ 1.450 triệu đồng; xã hội hóa 600 triệu đồng.
III. TIẾN ĐỘ
- Nghiệm thu rừng trồng trước ngày 15/11/2024.
- Sơ kết trong quý II/2024.
"""


def confidences(source: Source) -> dict[str, float]:
    """What each row says, and how sure it is."""
    rows = extract(source, "d0").rows
    values = {f"{row.value_min:g}": row.confidence for row in rows["targets"]}
    values |= {f"{row.amount_vnd / 10**6:g} triệu": row.confidence for row in rows["funding"]}
    return values | {f"{row.kind} {row.end_date}": row.confidence for row in rows["deadlines"]}


@pytest.mark.parametrize(
    ("doubted", "rows"),
    [
        ({"n1_250": 0.4}, {"1250"}),
        ({"n62p": 0.5}, set()),  # the word is `62%,`
        ({"n90p": 0.5}, {"80"}),  # one end of a range
        ({"n17": 0.5}, set()),  # no value of a row
        ({"n1_450": 0.5}, {"1450 triệu"}),
        ({"n600": 0.5}, {"600 triệu"}),
        ({"triệu": 0.2}, set()),  # no figure
        ({"n2024": 0.3}, {"period 2024-12-31"}),
        ({"n1_250": DOUBTED}, set()),
    ],
)
def test_rows_that_rest_on_doubted_figures_are_less_sure_and_no_others(doubted, rows):
    sure, less = confidences(scan(PLAN)), confidences(scan(PLAN, **doubted))
    assert sure.keys() == less.keys()
    assert {row for row in sure if less[row] < sure[row]} == rows


@pytest.mark.parametrize(("word", "row"), [("62%,", "62"), ("15/11/2024.", "due 2024-11-15"), ("II/2024.", "window")])
def test_signs_beside_a_figure_and_figures_of_dates(word, row):
    words = read_words(PLAN, {word: 0.5})
    source = Source((PLAN,), True, page_confidence=(SURE,), page_words=(words,))
    sure, less = confidences(scan(PLAN)), confidences(source)
    assert [name for name in sure if less[name] < sure[name]] == [name for name in sure if name.startswith(row)]


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        ("- Chăm sóc 34200 cây phân tán.", True),  # lost its point
        ("- Có 8095 hộ nghèo được giao khoán rừng.", True),  # 80 % of them
        ("- Chăm sóc 16,000 cây phân tán.", True),
        ("- Giao khoán đạt 809% diện tích rừng.", True),
        ("- Giao khoán đạt 105% diện tích rừng.", False),
        ("- Chăm sóc 16.000 cây phân tán.", False),
        ("- Trồng 1,5 ha rừng phòng hộ.", False),
        ("- Chăm sóc 950 cây phân tán.", False),
    ],
)
def test_figures_that_no_plan_writes_so_are_less_sure_in_scans_alone(line, odd):
    text = f"KẾ HOẠCH\nTrồng rừng năm 2024\nI. MỤC TIÊU\n- Trồng mới 1.250 ha rừng sản xuất.\n{line}\n"
    typed, read = extract(Source((text,)), "d0").rows, extract(scan(text, confidence=1.0), "d0").rows
    changed = [(a.confidence, b.confidence) for a, b in zip(typed["targets"], read["targets"], strict=True)]
    assert [b < a for a, b in changed] == [False, odd]
    assert [f.check for f in read["findings"]].count("low_ocr_confidence") == odd


def test_where_nothing_is_grouped_figures_without_points_are_no_doubt():
    text = "KẾ HOẠCH\nTrồng rừng năm 2024\nI. MỤC TIÊU\n- Chăm sóc 34200 cây phân tán.\n"
    assert confidences(scan(text, confidence=1.0)) == confidences(Source((text,)))


@given(st.floats(0, 1), st.floats(0, 1))
def test_trust_grows_with_confidence(a, b):
    assert LEAST <= trust(min(a, b)) <= trust(max(a, b)) <= 1
    assert trust(DOUBTED) == 1


# --- what is told ----------------------------------------------------------------------------------------------------


def told_of(source: Source) -> list:
    rows = extract(source, "d0").rows
    return [f for f in rows["findings"] if f.check == "low_ocr_confidence"]


def test_a_figure_that_was_hardly_read_is_told_with_its_row():
    (found,) = told_of(scan(PLAN, n1_250=0.4, n600=0.9))
    assert found.quote == "1.250" and "“1.250”" in found.message and found.table_name == "targets" and found.row_id


def test_many_figures_of_a_page_are_told_in_one_finding():
    first = "I. MỤC TIÊU\n" + "".join(f"- Xóm {n} trồng 1{n} ha rừng sản xuất.\n" for n in range(10, 30))
    second = "- Xóm Hạ trồng 25 ha rừng sản xuất.\n"
    (many, one) = told_of(scan(first, second, **{f"n1{n}": 0.4 for n in range(10, 30)}, n25=0.4))
    assert many.message.startswith("Trang 1 có 20 con số") and many.quote == "110" and "…" in many.message
    assert one.quote == "25" and one.table_name == "targets"


def test_a_page_that_was_read_badly_is_told_once():
    (found,) = told_of(scan(PLAN, confidence=0.6, n1_250=0.4, n600=0.4))
    assert found.message.startswith("Trang 1 nhận dạng từ ảnh")


# --- a real reading --------------------------------------------------------------------------------------------------


WIDTHS = [110, 560, 240, 240, 240]
ROWS = [
    ["TT", "Nguồn kinh phí", "Năm 2023", "Năm 2024", "Năm 2025"],
    ["1", "Ngân sách xã", "1.250", "1.400", "1.615"],
    ["2", "Ngân sách huyện", "320", "360", "475"],
    ["3", "Xã hội hóa", "860", "900", "1.105"],
]


@pytest.mark.skipif(not tesseract.is_available(), reason="no Tesseract with Vietnamese here")
@pytest.mark.skipif(not FONT.exists(), reason="no font with Vietnamese letters here")
def test_one_smudged_figure_of_a_clean_scan_is_doubted_and_the_others_are_not():
    """The engine reads 400 where 1.400 stands, sure of it but not of the mark before it; or 1.400, and hardly."""
    sheet = Sheet.blank(height=900)
    sheet.text("KẾ HOẠCH", "Trồng cây chắn gió giai đoạn 2023 - 2025", "II. KINH PHÍ", "Đơn vị: triệu đồng")
    top, left = sheet.y[0] + LINE + 20, LEFT + sum(WIDTHS[:3])
    sheet.table(WIDTHS, ROWS)
    sheet.text("Ban quản lý rừng theo dõi, báo cáo trước ngày 15 tháng 12.")
    pixels = sheet.pixels()
    smudge = np.s_[top + 6 : top + LINE, left + 8 : left + 120]
    pixels[smudge] = cv2.GaussianBlur(pixels[smudge], (0, 0), 3)
    file = io.BytesIO()
    Image.fromarray(scanned(pixels)).save(file, "PNG", dpi=(DPI, DPI))
    rows = extract(read_bytes(file.getvalue()).source, "d0").rows
    smudged = [r.confidence for r in rows["funding"] if r.amount_text and r.amount_text.split()[0] in ("400", "1.400")]
    others = [
        r.confidence for r in rows["funding"] if r.amount_text and r.amount_text.split()[0] not in ("400", "1.400")
    ]
    assert len(smudged) == 1 and len(others) == 8
    assert max(smudged) < 0.7 * min(others)
    assert [f.quote for f in rows["findings"] if f.check == "low_ocr_confidence"] in (["400"], ["1.400"])


# --- readings ---------------------------------------------------------------------------------------------------------


def line_of(*words: tuple[str, float], top: int = 0) -> TextLine:
    """Words beside each other, each ten pixels a letter."""
    placed, left = [], 0
    for text, confidence in words:
        placed.append(Word(text, confidence, left, top, left + 10 * len(text), top + 20))
        left += 10 * len(text) + 10
    return TextLine(tuple(placed), 0)


@pytest.mark.parametrize(
    ("words", "confidences"),
    [
        ([("!", 0.6), ("400", 0.9)], [0.6, 0.6]),
        ([("400", 0.9), ("'", 0.3)], [0.3, 0.3]),
        ([("-", 0.3), ("400", 0.9)], [0.3, 0.9]),  # a dash opens an item or joins figures
        ([("xã", 0.3), ("400", 0.9)], [0.3, 0.9]),
        ([("(", 0.95), ("400", 0.9)], [0.95, 0.9]),
        ([("!", 0.3), ("xã", 0.9)], [0.3, 0.9]),
    ],
)
def test_in_a_cell_a_figure_is_no_surer_than_the_mark_beside_it(words, confidences):
    assert [word.confidence for word in beside_marks(line_of(*words)).words] == confidences


@pytest.mark.parametrize(
    ("other", "changed"),
    [
        ([("đạt", 0.9), ("6.400", 0.5), ("căn", 0.9)], {"6.100"}),
        ([("đạt", 0.9), ("6.100;", 0.5), ("căn", 0.9)], set()),
        ([("đạt", 0.9)], {"6.100"}),
        ([("dat", 0.9), ("6.100", 0.5), ("can", 0.9)], set()),  # words without figures are left to `marks`
    ],
)
def test_a_figure_that_another_reading_has_otherwise_is_less_sure(other, changed):
    best = Reading((line_of(("đạt", 0.96), ("6.100", 0.96), ("căn", 0.96)),))
    found = doubted_by(best, Reading((line_of(*other),)))
    assert {word.text for line in found.lines for word in line.words if word.confidence < 0.9} == changed
