"""Cleaning: each step on small cases, the laws that hold for all of them, and the real documents."""

from __future__ import annotations

import difflib
import textwrap
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.cleaning import STEPS, clean
from extractors.cleaning.characters import drop_markdown, drop_rulers, normalise_characters, split_lines, without_marks
from extractors.cleaning.furniture import drop_page_numbers
from extractors.cleaning.joining import glued
from extractors.cleaning.lines import Draft, Line, assemble, cut_all
from extractors.cleaning.portals import take_attributes
from extractors.cleaning.starts import opens_block
from extractors.cleaning.table_columns import drop_cell_borders
from extractors.cleaning.words import is_hyphenated_name
from extractors.plan import Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not on this machine")


def cleaned(*pages: str) -> str:
    """The cleaned text of a document of one or more pages."""
    return clean(Source(pages, paged=len(pages) > 1)).text


def run(text: str, *steps) -> list[str]:
    """The lines of `text` after some steps only."""
    draft = Draft.of(Source((text,)))
    for step in steps:
        step(draft)
    return [line.text for line in draft.lines]


def wrapped(paragraphs: list[str], width: int, indent: int = 0) -> str:
    """Paragraphs as a hard-wrapped file gives them, without blank lines."""
    lines = (
        textwrap.fill(p, width, initial_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
        for p in paragraphs
    )
    return "\n".join(lines)


BODY = [
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "- Phát triển du lịch cộng đồng gắn với gìn giữ nếp nhà sàn, tạo việc làm cho thanh niên các bản vùng cao"
    " và tăng thu nhập cho người dân.",
    "- Giới thiệu ẩm thực, thổ cẩm và lễ hội mùa hoa ban đến du khách trong nước; từng bước hình thành các tuyến"
    " tham quan liên xã.",
    "2. Yêu cầu",
    "- Các phòng, ban của huyện phân công cán bộ theo dõi từng bản, báo cáo kết quả hằng tháng và kịp thời"
    " tháo gỡ vướng mắc.",
    "- Việc thực hiện phải tiết kiệm, không phô trương; ưu tiên hộ nghèo có nhà sàn đủ điều kiện đón khách.",
    "II. CHỈ TIÊU VÀ NHIỆM VỤ",
    "1. Đến hết năm 2026 có 12 bản được công nhận điểm du lịch, đón ít nhất 45.000 lượt khách mỗi năm.",
    "2. Mở 08 lớp truyền nghề dệt cho 240 phụ nữ, trong đó có 60% là người thuộc hộ nghèo và hộ cận nghèo của các xã.",
    "3. Sở Lao động - Thương binh và Xã hội hướng dẫn quy trình mở lớp theo Nghị định số 61/2015/NĐ-CP ngày 09/7/2015"
    " của Chính phủ.",
]


# Characters


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Ha\u0309i Pho\u0300ng", "Hải Phòng"),
        ("a\u00a0b\u2003c", "a b c"),
        ("ke\u0302\u0301\u200b ho\u00adạch\ufeff", "kế hoạch"),
        ("Ðiện Biên", "Điện Biên"),
        ("tên\x00 thật", "tên thật"),
    ],
)
def test_characters_have_one_form(raw, text):
    assert run(raw, normalise_characters, split_lines) == [text]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\u2028", "\v"])
def test_all_line_ends_end_lines(end):
    assert run(f"một{end}hai", split_lines) == ["một", "hai"]


def test_what_the_document_spells_is_kept():
    text = "Uỷ ban và Ủy ban, hoá và hóa, 2021 – 2025 và 2021-2025, “trích” và ‘lời’"
    assert cleaned(text) == text


# Marks


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("## **II. CHỈ TIÊU**", "II. CHỈ TIÊU"),
        ("Số: **17** /KH-UBND", "Số: 17 /KH-UBND"),
        ("ngày *05* tháng *4*", "ngày 05 tháng 4"),
        ("*a. Mở lớp nghề:* mỗi bản một lớp", "a. Mở lớp nghề: mỗi bản một lớp"),
        ("**Bản điểm cấp xã*", "Bản điểm cấp xã"),
        ("***1.2. Đào tạo.***", "1.2. Đào tạo."),
        ("_in nghiêng_ và __in đậm__", "in nghiêng và in đậm"),
        (r"1\. Mục tiêu \- phần đầu", "1. Mục tiêu - phần đầu"),
        ("* Đối với cấp xã", "* Đối với cấp xã"),
        ("(*) Ghi chú ở cuối", "(*) Ghi chú ở cuối"),
        ("- + Vốn vay ưu đãi;", "- + Vốn vay ưu đãi;"),
        ("|---|:--:|", ""),
        ("300 con * 2 triệu * 5 hộ", "300 con * 2 triệu * 5 hộ"),
        ("tệp ke_hoach_nam.pdf", "tệp ke_hoach_nam.pdf"),
        ("tăng # giảm", "tăng # giảm"),
    ],
)
def test_markdown_marks(raw, text):
    assert without_marks(raw) == text


def test_rulers_are_no_text():
    assert run("A\n-------\nB\n_____\n……………\nC\n- 5\n–", split_lines, drop_markdown, drop_rulers) == [
        "A",
        "B",
        "C",
        "- 5",
        "–",
    ]


def test_cell_borders():
    assert run("| Năm | Vốn |\nCộng |\n|\n", split_lines, drop_cell_borders) == ["Năm | Vốn", "Cộng"]


def test_attribute_table_becomes_metadata():
    rows = "Số hiệu | 17/KH-UBND |\nNgười ký | Lò Văn Páo |\nLĩnh vực | Nông nghiệp - Rừng |"
    source = f"Kế hoạch trồng rừng\n{rows}\nỦY BAN NHÂN DÂN"
    result = clean(Source((source,)))
    assert result.attributes == {"Số hiệu": "17/KH-UBND", "Người ký": "Lò Văn Páo", "Lĩnh vực": "Nông nghiệp - Rừng"}
    assert result.text == "Kế hoạch trồng rừng\nỦY BAN NHÂN DÂN"


def test_one_row_alone_is_no_attribute_table():
    assert run("Phạm vi | Toàn huyện |\nNăm | 2024", split_lines, take_attributes) == [
        "Phạm vi | Toàn huyện |",
        "Năm | 2024",
    ]


LETTERHEAD = (
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 17/KH-UBND | Đắk Nông, ngày 02 tháng 5 năm 2019 |"
)
OPEN_TABLES = {
    "two pairs a line": "Số hiệu: 17/KH-UBND Loại văn bản: Văn bản khác\n"
    "Nơi ban hành: Tỉnh Đắk Nông Người ký: Lò Văn Páo\n"
    "Lĩnh vực: Rừng, Thú y, Tình trạng: Đang cập nhật\nNgày hết hiệu lực: Đang cập nhật\n",
    "no colons": "Số hiệu 17/KH-UBND\nLoại văn bản Văn bản khác\nNơi ban hành Tỉnh Đắk Nông\nNgười ký Lò Văn Páo\n",
    "bullets": "  • Số hiệu: 17/KH-UBND\n  • Loại văn bản: Văn bản khác\n"
    "  • Nơi ban hành: Tỉnh Đắk Nông\n  • Ngôn ngữ:\n"
    "  • Người ký: Lò Văn Páo\n",
    "borders, two pairs a line": "Số hiệu: | 17/KH-UBND | Loại văn bản: | Văn bản khác |\n"
    "Nơi ban hành: | Tỉnh Đắk Nông | Người ký: | Lò Văn Páo |\n",
}


@pytest.mark.parametrize("table", OPEN_TABLES.values(), ids=OPEN_TABLES)
def test_attribute_tables_of_every_form(table):
    result = clean(
        Source((f"Kế hoạch 17/KH-UBND về trồng rừng\n{table}\n{LETTERHEAD}\nKẾ HOẠCH\nTrồng rừng năm 2019",))
    )
    wanted = {"Số hiệu": "17/KH-UBND", "Loại văn bản": "Văn bản khác", "Nơi ban hành": "Tỉnh Đắk Nông"}
    assert wanted.items() <= result.attributes.items()
    assert result.attributes["Người ký"] == "Lò Văn Páo"
    assert "Lò Văn Páo" not in result.text and "Trồng rừng năm 2019" in result.text


def test_labels_of_a_plan_are_no_attribute_table():
    labels = "Phạm vi: toàn tỉnh\nLĩnh vực: trồng trọt\nTình trạng: đang triển khai"
    assert labels in cleaned(f"{LETTERHEAD}\nKẾ HOẠCH\nTrồng rừng năm 2019\n{labels}\n")
    assert labels in cleaned(f"{labels}\n{LETTERHEAD}\nKẾ HOẠCH\nTrồng rừng năm 2019\n")


def test_a_portals_list_of_related_documents_is_no_text():
    related = "- 1Luật Lâm nghiệp 2017\n- 2Quyết định 9/QĐ-TTg năm 2018 về trồng rừng\n- 1 Nghị định 5/2016/NĐ-CP\n"
    items = "- 1 Hạt kiểm lâm mỗi huyện\n- 2 Vườn ươm"
    text = cleaned(f"{related}{LETTERHEAD}\nKẾ HOẠCH\nTrồng rừng năm 2019\nI. MỤC TIÊU\n{items}\n")
    assert text.startswith("ỦY BAN NHÂN DÂN")
    assert items in text


def test_line_ends_that_are_spelled_out():
    escaped = "ỦY BAN NHÂN DÂN\\r\\nTỈNH ĐẮK NÔNG\\r\\n\\r\\nSố: 17/KH-UBND\\r\\n1. Mục tiêu chung"
    assert cleaned(escaped) == "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK NÔNG\nSố: 17/KH-UBND\n1. Mục tiêu chung"
    assert (
        cleaned("Chép tệp vào thư mục C:\\ranh\\nong trước ngày 5/6")
        == "Chép tệp vào thư mục C:\\ranh\\nong trước ngày 5/6"
    )


# Page furniture


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2/3", "2/3", "trang 2"])
def test_page_numbers_at_page_edges(number):
    text = cleaned("Huyện tập trung hỗ trợ các bản", f"{number}\nvùng cao làm du lịch.", "3\nHết.")
    assert text == "Huyện tập trung hỗ trợ các bản vùng cao làm du lịch.\nHết."


def test_numbers_inside_a_page_are_text():
    assert "250" in cleaned("Số lượt khách\n250\nlượt", "2\nhết")


def test_numbers_of_a_table_are_not_page_numbers():
    text = "Bảng\n\n1\n\n2\n\n3\n\nHết"
    assert run(text, split_lines, drop_page_numbers) == ["Bảng", "1", "2", "3", "Hết"]


def pages_with(heads, feet, count, first=True):
    """Pages of three different lines each, with these heads and feet, on the first page too or not."""
    words = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")
    for i in range(count):
        team = f"Đội {words[i]}"
        body = [f"{i + 1}. {team} trồng {30 + i} cây", f"{team} rào vườn cây", f"và tưới {words[i]} lần."]
        on = first or i
        top, bottom = ([form.format(i + 1) for form in forms] if on else [] for forms in (heads(i), feet(i)))
        yield "\n".join([*top, *body, *bottom])


@pytest.mark.parametrize(
    ("heads", "feet", "count"),
    [
        (lambda i: ["Phương án vườn ươm năm 2021", "Tài liệu của tổ công tác"], lambda i: [], 5),
        (lambda i: [], lambda i: ["Tổ công tác vườn ươm", "Tài liệu, trang {} trên 5"], 5),
        (lambda i: ["Phương án vườn ươm" if i % 2 else "Tổ công tác xã Mường Hoa"], lambda i: [], 7),
        (lambda i: ["Phương án vườn ươm", "{}"], lambda i: [], 4),
        (lambda i: ["Phương án vườn ươm"], lambda i: ["Tổ công tác xã Mường Hoa"], 3),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_running_heads_of_several_lines_and_every_second_page_go(heads, feet, count, first):
    bare = list(pages_with(lambda i: [], lambda i: [], count))
    assert cleaned(*pages_with(heads, feet, count, first)) == cleaned(*bare)


def test_a_letterhead_over_each_annex_is_no_running_head():
    """The first one, at least, must stay: it says who issues the plan. So must those of a decision and its plan."""
    heads = ["UBND XÃ MƯỜNG HOA"]
    text = cleaned(*pages_with(lambda i: heads, lambda i: [], 6))
    assert text.startswith(heads[0]) and text.count(heads[0]) == 1
    assert cleaned(*pages_with(lambda i: heads, lambda i: [], 2)).count(heads[0]) == 2


def test_items_that_end_several_pages_stay():
    said = "- Cơ quan phối hợp: các đội và trường học."
    assert cleaned(*pages_with(lambda i: [], lambda i: [said], 3, first=False)).count(said) == 2


def test_running_heads_go():
    pages = [
        f"KẾ HOẠCH DU LỊCH - Trang {i}\nNội dung số {i} của huyện rất riêng.\nHuyện Mường Hoa" for i in range(1, 7)
    ]
    text = cleaned(*pages)
    assert "Huyện Mường Hoa" not in text and "Trang" not in text
    assert text.count("Nội dung số") == 6


# Joining


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("giai đoạn 2016-", "2020", True),
        ("Nghị định số 61/2015/NĐ-", "CP", True),
        ("triệu đồng/", "hộ", True),
        ("kinh tế -", "xã hội", False),
        ("của", "huyện", False),
        ("theo quy định./", "Hết", False),
    ],
)
def test_glue_inside_numbers_and_codes(before, after, joined):
    assert glued(before, after) is joined


@pytest.mark.parametrize(
    ("before", "after", "opens"),
    [
        ("như sau:", "1. Mục tiêu", True),
        ("Mục đích", "- Nâng cao đời sống", True),
        ("Sở Lao động", "- Thương binh và Xã hội", False),
        ("phát triển kinh tế", "- xã hội của tỉnh", False),
        ("trong giai đoạn 2018", "- 2020 của huyện", False),
        ("đến năm 2025", "2026. Các xã", False),
        ("quy định tại khoản", "2. Điều 5 của Luật", False),
        ("đã nêu tại mục", "II. Tổ chức", False),
        ("tổng vốn là", "1.500 triệu đồng", False),
        ("hỗ trợ", "12 xã", False),
        ("Hết.", "a) Cấp tỉnh", True),
        ("Hết.", "đ) 100% số xã", True),
        ("Hết.", "1.2 Dự án thứ hai", True),
        ("Hết.", "1.5 triệu đồng", False),
        ("huyện Mường Hoa", "ỦY BAN NHÂN DÂN XÃ NẬM", True),
        ("của Chính phủ;", "Căn cứ Luật Du lịch", True),
        ("xã hội.", "Nơi nhận:", True),
        ("- Lưu: VT.", "KT. CHỦ TỊCH", True),
        ("(Có danh sách kèm theo)", "Điều 2. Hiệu lực", True),
        ("theo khoản 3", "Điều 7. Của Luật", False),
        ("trình HĐND", "Số lượng được giao", False),
    ],
)
def test_what_opens_a_block(before, after, opens):
    assert opens_block(before, after) is opens


def test_hyphenated_names():
    assert is_hyphenated_name("Sở Lao động", "Thương binh và Xã hội")
    assert is_hyphenated_name("phát triển kinh tế", "xã hội")
    assert not is_hyphenated_name("an toàn lao động hè", "Thương mại")


@pytest.mark.parametrize("width", [40, 60, 75, 90])
def test_wrapped_paragraphs_are_joined(width):
    assert cleaned(wrapped(BODY, width)) == "\n".join(BODY)


@pytest.mark.parametrize("width", [60, 90])
def test_indented_first_lines_tell_paragraphs(width):
    paragraphs = [
        f"Đoạn {i} kể về bản thứ {i}. " + "Người dân cùng nhau dựng nhà đón khách. " * 4 for i in range(1, 12)
    ]
    paragraphs = [p.strip() for p in paragraphs]
    text = wrapped(["1. Mở đầu", "2. Kết quả", "3. Tổ chức", *paragraphs], width, indent=6)
    assert cleaned(text).split("\n")[3:] == paragraphs


def test_spaces_at_line_ends_tell_paragraphs():
    lines = []
    for paragraph in BODY:
        pieces = textwrap.wrap(paragraph, 70)
        lines.extend([*(piece + " " for piece in pieces[:-1]), pieces[-1]])
    assert clean(Source(("\r\n".join(lines[:9]), "\r\n".join(lines[9:])), paged=True)).text == "\n".join(BODY)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("KẾ HOẠCH\nPhát triển du lịch\ntrên địa bàn huyện", "KẾ HOẠCH\nPhát triển du lịch trên địa bàn huyện"),
        (
            "ỦY BAN NHÂN\nDÂN |\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM |",
            "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nLò Văn Páo",
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLò Văn Páo",
        ),
        ("Các bản làm du lịch gồm: Nậm Cang,\n\nSín Chải.", "Các bản làm du lịch gồm: Nậm Cang, Sín Chải."),
        ("Vận động đóng góp để\n\nxây nhà văn hóa.", "Vận động đóng góp để xây nhà văn hóa."),
        ("Hỗ trợ các bản.\n\nKhen thưởng hộ giỏi.", "Hỗ trợ các bản.\nKhen thưởng hộ giỏi."),
        ("-\nNội dung sau gạch", "- Nội dung sau gạch"),
        ("Xong kế hoạch.\n/.", "Xong kế hoạch. /."),
        ("Năm | Vốn\n2024 | 5 tỷ", "Năm | Vốn\n2024 | 5 tỷ"),
    ],
)
def test_small_cases(raw, text):
    assert cleaned(raw) == text


def test_a_paragraph_cut_by_a_page_break_is_one_with_the_break_inside():
    first, second = "Huyện tập trung hỗ trợ các bản vùng cao làm", "du lịch gắn với rừng."
    result = clean(Source((first, f"2\n{second}"), paged=True))
    assert result.text == f"{first} {second}"
    assert result.page_starts == (0, len(first) + 1)
    assert result.page_of(len(first)) == 1 and result.page_of(len(first) + 1) == 2


def test_pages_without_text_keep_their_number():
    result = clean(Source(("Trang đầu có chữ.", "", "Trang ba có chữ.", ""), paged=True))
    assert len(result.page_starts) == 4
    assert result.page_of(0) == 1
    assert result.page_of(result.text.index("Trang ba")) == 3


def test_text_without_pages_has_none():
    assert clean(Source(("Một dòng.",))).page_of(0) is None


# Columns and letterhead


def test_letterhead_in_two_columns_is_read_column_by_column():
    text = (
        "   ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "   HUYỆN MƯỜNG HOA                   Độc lập - Tự do - Hạnh phúc\n"
        "   Số: 17/KH-UBND               Mường Hoa, ngày 04 tháng 3 năm 2024\n\n"
        "                    KẾ HOẠCH\n        Phát triển du lịch cộng đồng\n"
    )
    assert cleaned(text).split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN MƯỜNG HOA",
        "Số: 17/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mường Hoa, ngày 04 tháng 3 năm 2024",
        "KẾ HOẠCH",
        "Phát triển du lịch cộng đồng",
    ]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Số: /KH-UBND Mường Hoa, ngày tháng 4 năm 2026", ["Số: /KH-UBND", "Mường Hoa, ngày tháng 4 năm 2026"]),
        (
            "Số: 5/KH-UBND TP. Hoa Ban, ngày 1 tháng 2 năm 2020",
            ["Số: 5/KH-UBND", "TP. Hoa Ban, ngày 1 tháng 2 năm 2020"],
        ),
    ],
)
def test_number_and_dateline_on_one_line(line, parts):
    assert cleaned(line).split("\n") == parts


HEAD = [
    "ỦY BAN NHÂN DÂN TỈNH MƯỜNG HOA",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 17/KH-UBND",
    "Mường Hoa, ngày 04 tháng 3 năm 2024",
    "KẾ HOẠCH",
    "PHÁT TRIỂN DU LỊCH CỘNG ĐỒNG NĂM 2024",
    "Căn cứ Luật Du lịch ngày 19 tháng 6 năm 2017;",
    "Căn cứ Nghị quyết số 08/NQ-HĐND ngày 12/12/2023 của Hội đồng nhân dân tỉnh về du lịch.",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
]
CLOSING = [
    "Trên đây là Kế hoạch phát triển du lịch cộng đồng năm 2024, các đơn vị nghiêm túc thực hiện./.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Lò Văn Páo",
]
MORE = [
    "III. GIẢI PHÁP",
    "Để đạt các chỉ tiêu trên, toàn huyện làm tốt các việc sau:",
    "1. Tuyên truyền trên báo, đài",
    "Hình thức thực hiện: Phát sóng chuyên mục hằng tuần.",
    "Cơ quan thực hiện: Đài Phát thanh - Truyền hình tỉnh.",
    "2. Công tác phối hợp giữa các đơn vị",
    "a) Công an huyện giữ gìn trật tự các lễ hội trong giai đoạn 2024 - 2026.",
    "b) Phòng Y tế kiểm tra bếp ăn của các hộ đón khách.",
]


@pytest.mark.parametrize("width", [60, 90, 100_000])
def test_lost_line_ends_are_found_again(width):
    lines = [*HEAD, *BODY, *MORE, *CLOSING]
    flat = " ".join(lines).replace(HEAD[1], f"------- {HEAD[1]}").replace("Hạnh phúc Số", "Hạnh phúc --------- Số")
    assert cleaned(textwrap.fill(flat, width, break_on_hyphens=False)).split("\n") == lines


def test_breaking_changes_spaces_only():
    flat = " ".join([*BODY, *MORE])
    assert cleaned(flat).replace("\n", " ") == flat


def test_a_few_inline_numbers_break_nothing():
    text = "Huyện chọn hai bản: 1. Nậm Cang; 2. Sín Chải làm điểm; các bản khác học theo."
    assert cleaned(text) == text


# Repeats


def test_a_passage_pasted_twice_is_kept_once_and_noted():
    head = ["Kế hoạch của huyện về du lịch", *BODY[:7]]
    result = clean(Source(("\n".join([*head, *BODY[:7], *BODY[7:]]),)))
    assert result.text == "\n".join([head[0], *BODY])
    [note] = result.notes
    assert note.check == "duplicated_text"
    assert result.text[note.start : note.end] == "\n".join(BODY[:7])


def test_short_repeats_are_text():
    lines = [
        "- Nguồn vốn: ngân sách tỉnh.",
        "- Đối tượng: các hộ.",
        "- Nội dung: tập huấn.",
        "- Mục tiêu: đạt chuẩn.",
        "- Thời gian: một năm.",
    ]
    text = "\n".join(["1. Dự án một", *lines, "2. Dự án hai", *lines])
    assert cleaned(text) == text


# Laws

paragraphs = st.lists(st.sampled_from([*HEAD, *BODY, *MORE, *CLOSING]), min_size=1, max_size=14, unique=True)


@settings(max_examples=60, deadline=None)
@given(paragraphs, st.integers(40, 110))
def test_clean_text_stays_as_it_is(lines, width):
    once = cleaned(wrapped(lines, width))
    assert cleaned(once) == once


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aBcđĐ ỦÝộ 12.,;:-+*|#\n\f\t)(/", max_size=120), min_size=1, max_size=6))
def test_form_and_pages_hold_for_any_text(pages):
    result = clean(Source(tuple(pages), paged=True))
    assert unicodedata.is_normalized("NFC", result.text)
    assert "\n\n" not in result.text and not result.text.startswith("\n") and not result.text.endswith("\n")
    assert all(line == line.strip() for line in result.text.split("\n"))
    assert len(result.page_starts) == len(pages) and result.page_starts[0] == 0
    assert list(result.page_starts) == sorted(result.page_starts)
    numbers = [result.page_of(i) for i in range(len(result.text))]
    assert numbers == sorted(numbers)
    assert all(0 <= note.start < note.end <= len(result.text) for note in result.notes)


@given(st.lists(st.text(alphabet="ab", min_size=1, max_size=5), min_size=2, max_size=8), st.data())
def test_cutting_keeps_text_and_pages(words, data):
    text = " ".join(words)
    spaces = [i for i, c in enumerate(text) if c == " "]
    places = sorted(data.draw(st.sets(st.sampled_from(spaces))))
    offsets = sorted(
        data.draw(st.sets(st.sampled_from([i for i in range(1, len(text)) if text[i] != " "]), max_size=3))
    )
    line = Line(text, 1, breaks=[(offset, page) for page, offset in enumerate(offsets, 2)])
    whole = Draft([""] * 5, True, [line])
    pieces = Draft([""] * 5, True, cut_all(line, places))
    assert assemble(pieces).text.replace("\n", " ") == text
    assert assemble(pieces).page_starts == assemble(whole).page_starts


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ tiêu 1. Mục tiêu. - Nâng cao; " * 30_000,
        "a" * 1_000_000,
        " - A" * 100_000,
        "**a " * 100_000,
        "a\n" * 50_000,
    ],
)
def test_no_text_hangs(text):
    start = time.perf_counter()
    cleaned(text)
    assert time.perf_counter() - start < 10


def test_every_step_says_what_it_does():
    assert all(step.__doc__ for step in STEPS)


# Real documents


def read(path: Path) -> Source:
    from pipeline.ingest import read_file

    return read_file(path).source


@needs_shared
@pytest.mark.parametrize("stem", ["hai-duong-356-2019", "lang-son-35-2017", "thai-binh-02-2017"])
def test_text_and_pdf_of_one_plan_give_the_same_text(stem):
    text = clean(read(SHARED / "seeds" / f"{stem}.txt")).text.split("\n")
    pdf = clean(read(SHARED / "variants" / "pdf" / f"{stem}.pdf")).text.split("\n")
    same = sum(m.size for m in difflib.SequenceMatcher(None, text, pdf, autojunk=False).get_matching_blocks())
    assert same / max(len(text), len(pdf)) > 0.985


@needs_shared
def test_real_pages_begin_where_they_should():
    source = read(SHARED / "variants" / "pdf" / "thai-binh-02-2017.pdf")
    result = clean(source)
    for page, start in zip(source.pages, result.page_starts, strict=True):
        words = result.text[start : start + 200].split()[:5]
        assert " ".join(page.split()).replace("- ", "-").startswith(" ".join(words).replace("- ", "-"))


@needs_shared
def test_real_repeat_is_found():
    for folder, suffix in (("seeds", "txt"), ("variants/pdf", "pdf")):
        result = clean(read(SHARED / folder / f"lang-son-35-2017.{suffix}"))
        assert [note.check for note in result.notes] == ["duplicated_text"]
        assert result.attributes["Số hiệu"] == "35/KH-UBND"


@needs_shared
def test_real_scrapes_have_their_blocks_again():
    for path in sorted((SHARED / "wild").glob("plan-*.txt")):
        lines = clean(read(path)).text.split("\n")
        assert len(lines) >= 17, path.name
        assert "KẾ HOẠCH" in lines, path.name
        assert any(line.startswith("Số:") and len(line) < 30 for line in lines), path.name


@needs_shared
def test_real_clean_text_stays_as_it_is():
    for path in [*(SHARED / "seeds").glob("*.txt"), *(SHARED / "wild").glob("plan-*.txt")]:
        once = clean(read(path)).text
        assert cleaned(once) == once, path.name
