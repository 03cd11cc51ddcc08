"""What is no text of a document goes: odd characters, Markdown, tables of portals, page numbers, running heads."""

from __future__ import annotations

import pytest
from cleaning_text import cleaned, run

from extractors.cleaning import clean
from extractors.cleaning.characters import drop_markdown, drop_rulers, normalise_characters, split_lines, without_marks
from extractors.cleaning.emphasis import drop_broken_emphasis
from extractors.cleaning.page_numbers import drop_page_numbers
from extractors.cleaning.portals import take_attributes
from extractors.cleaning.table_columns import drop_cell_borders
from extractors.plan import Source


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
        ("*Ghi chú: ô có dấu (*) là ước tính", "*Ghi chú: ô có dấu (*) là ước tính"),
        ("- + Vốn vay ưu đãi;", "- + Vốn vay ưu đãi;"),
        ("|---|:--:|", ""),
        ("300 con * 2 triệu * 5 hộ", "300 con * 2 triệu * 5 hộ"),
        ("tệp ke_hoach_nam.pdf", "tệp ke_hoach_nam.pdf"),
        ("tăng # giảm", "tăng # giảm"),
    ],
)
def test_markdown_marks(raw, text):
    assert without_marks(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("*Nơi tập kết: *Sân kho bản Ngài", "Nơi tập kết: Sân kho bản Ngài"),
        ("*- Người phụ trách: *Trưởng bản", "- Người phụ trách: Trưởng bản"),
        ("*2.4. *Trên 70% số hộ nuôi ong có thùng mới", "2.4. Trên 70% số hộ nuôi ong có thùng mới"),
        ("*2.5. *90% số thùng có tên chủ", "2.5. 90% số thùng có tên chủ"),
        ("**3. *Đàn giống *nhập về**", "3. Đàn giống nhập về"),
        ("gửi *trước ngày 20/9 *để kịp vụ", "gửi trước ngày 20/9 để kịp vụ"),
        ("mỗi bản *(trừ bản Ngài,\nbản Lũng)* có một tổ", "mỗi bản (trừ bản Ngài,\nbản Lũng) có một tổ"),
        ("- Số đàn ong *(nuôi thùng)\n*tăng 9% mỗi năm", "- Số đàn ong (nuôi thùng)\ntăng 9% mỗi năm"),
        ("làm *sớm *và *(nếu đủ người\nthì hai ca)* đều", "làm sớm và (nếu đủ người\nthì hai ca) đều"),
    ],
)
def test_emphasis_with_a_blank_inside_or_over_a_line_end_is_no_text(raw, text):
    assert "\n".join(run(raw, split_lines, drop_markdown, drop_broken_emphasis)) == text


@pytest.mark.parametrize(
    "text",
    [
        "* Đối với bản xa",
        "* 6 hộ *3 thùng",
        "300 thùng *2 triệu *5 hộ",
        "*5 thùng *10 hộ",
        "Họ tên (*), năm sinh (*)",
        "- Mật hoa rừng *\n- Mật hoa nhãn *",
        "*Đợt 1: 20 thùng\n*Đợt 2: 30 thùng",
        "sản phẩm 3*, 4* và 5*",
        "*Ghi chú: dấu * là số ước",
        "nuôi *thử\n- Giống *bản địa",
        "*Đợt 1: 20 thùng\n*bàn giao sau",
        "- Mật hoa rừng *\n*đạt chuẩn",
        "nuôi *thử\n*Giống bản địa",
    ],
)
def test_stars_of_their_own_stay(text):
    kept = run(text, split_lines, drop_markdown, drop_broken_emphasis)
    assert kept == [line for line in text.split("\n") if line]


def test_a_name_that_breaks_over_two_bold_paragraphs_is_one():
    head = "**4. Đề nghị Hội Nông dân thành phố, Hội Liên hiệp**\n\n**Thanh niên thành phố cùng nhau nuôi ong**"
    assert cleaned(f"{head}\n\n- Làm tổ ong.") == (
        "4. Đề nghị Hội Nông dân thành phố, Hội Liên hiệp Thanh niên thành phố cùng nhau nuôi ong\n- Làm tổ ong."
    )


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


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2/3", "2/3", "trang 2"])
def test_page_numbers_at_page_edges(number):
    text = cleaned("Huyện tập trung hỗ trợ các bản", f"{number}\nvùng cao làm du lịch.", "3\nHết.")
    assert text == "Huyện tập trung hỗ trợ các bản vùng cao làm du lịch.\nHết."


def test_numbers_inside_a_page_are_text():
    assert "250" in cleaned("Số lượt khách\n250\nlượt", "2\nhết")


def test_numbers_of_a_table_are_not_page_numbers():
    text = "Bảng\n\n1\n\n2\n\n3\n\nHết"
    assert run(text, split_lines, drop_page_numbers) == ["Bảng", "1", "2", "3", "Hết"]


PARAGRAPH = "Các xã rà soát lại danh sách hộ theo từng thôn và niêm yết công khai tại nhà văn hóa trước khi trình."


def numbered_pages(*numbers: str, between: str = "\n") -> str:
    """A text whose pages are told by numbers alone on their lines."""
    pages = [between.join([f"- {PARAGRAPH}"] * (11 + i % 3)) for i in range(len(numbers) + 1)]
    return between.join(
        [pages[0], *(f"{number}{between}{page}" for number, page in zip(numbers, pages[1:], strict=True))]
    )


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "blank lines"])
@pytest.mark.parametrize(
    "numbers",
    [("2", "3", "4"), ("1", "2", "3", "4"), ("2", "4", "5"), ("1/4", "2/4", "3/4"), ("## Trang 2", "## Trang 3")],
)
def test_numbers_that_run_through_a_text_are_those_of_its_pages(numbers, between):
    assert set(cleaned(numbered_pages(*numbers, between=between)).split("\n")) == {f"- {PARAGRAPH}"}


def test_pages_that_were_left_out_end_no_series_set_apart_by_blank_lines():
    assert set(cleaned(numbered_pages("2", "3", "8", "9", between="\n\n")).split("\n")) == {f"- {PARAGRAPH}"}


def test_a_number_that_repeats_the_mark_of_its_page_goes_with_it():
    text = cleaned("1. Sở Y tế\n\n## Trang 7\n\n7\n- Tổng hợp nhu cầu của các trạm;\n- Báo cáo hằng quý.")
    assert text == "1. Sở Y tế\n- Tổng hợp nhu cầu của các trạm;\n- Báo cáo hằng quý."


@pytest.mark.parametrize("mark", ["{4}------------", "=== Trang 4 ===", "<!-- Page 4 -->", "[Trang 4/9]"])
def test_marks_of_pages_by_converters_are_no_text(mark):
    assert cleaned(f"Các xã lập danh sách hộ\n{mark}\ncó nhà tạm.") == "Các xã lập danh sách hộ có nhà tạm."


CELLS = "Làm đường nội đồng và kè chống sạt lở ở các thôn ven suối của ba xã\n12 km đường bê tông và 3 km kè đá\n"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{n}\n{CELLS * 5}" for n in (1, 2, 3, 4)),
        "\n".join(["TT", "Nội dung", *(f"{n}\n{CELLS * (4 + n)}" for n in (1, 2, 3))]),
        "\n".join(f"{n}\nMục tiêu thứ {n} của kế hoạch\n" + f"{PARAGRAPH}\n" * (9 + n) for n in (1, 2, 3)),
        numbered_pages("120", "121", "122"),
        numbered_pages("2", "9", "3"),
    ],
    ids=["rows of one height", "rows below a head", "headings", "no first page", "two without order"],
)
def test_numbers_alone_that_count_rows_or_headings_stay(text):
    numbers = [line for line in text.split("\n") if line.isdigit()]
    lines = run(text, split_lines, drop_page_numbers)
    assert [line for line in lines if line.isdigit()] == numbers


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
