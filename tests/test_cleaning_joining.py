"""Lines that were wrapped are put together, and those that lost their ends are parted."""

from __future__ import annotations

import textwrap

import pytest
from cleaning_text import BODY, CLOSING, HEAD, MORE, cleaned, wrapped

from extractors.cleaning import clean
from extractors.cleaning.joining import glued
from extractors.cleaning.starts import opens_block
from extractors.cleaning.words import is_hyphenated_name
from extractors.plan import Source


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
        ("II. Các đề án", "1. Đề án số hóa", True),
        ("1/ Công trình trọng điểm", "1.1- Dự án nâng cấp đường", True),
        ("3. Chia theo lĩnh vực", "a) Y tế", True),
        ("2. Tiến độ", "3. Kinh phí", True),
        ("1.1. Về hạ tầng số", "a) Phủ sóng 5G", True),
        ("1.1. Theo Nghị quyết số", "2. Của tỉnh", False),
        ("b) Lộ trình theo mức", "c) Kinh phí", True),
        ("2. Thực hiện theo điểm", "1. Mục II", False),
        ("2. Thuộc dự án", "6. Của Chương trình", False),
        ("từ năm 2024", "- 2025 mỗi năm", False),
        ("b) Định hướng đến năm 2030", "- 100% số xã", True),
        ("giai đoạn 2021", "- 2025", False),
        ("từ ngày 01/3/2024", "- 30/4/2024", False),
        ("thực hiện Quy chế", "36/QC-UBND-UBMT về tiếp nhận", False),
        ("V. CHẾ ĐỘ", "BÁO CÁO", False),
        ("III. Kinh phí", "KẾ HOẠCH", True),
        ("TỈNH LẠNG SƠN", "KẾ HOẠCH", True),
        ("theo Chỉ thị", "7/CT-UBND của tỉnh", False),
        ("Hết.", "7/UBND các xã lập danh sách", True),
        ("Hết.", "7/ Sở Công Thương", True),
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


@pytest.mark.parametrize("number", ["VI.", "**VI.", "V)"])
def test_a_chapter_number_alone_on_its_line_goes_with_its_heading(number):
    stars = "**" if number.startswith("*") else ""
    chapter = [number, f"KINH PHÍ THỰC HIỆN{stars}", "- Ngân sách huyện."]
    text = cleaned("\n".join([*BODY, *chapter]))
    assert f"{number.strip('*')} KINH PHÍ THỰC HIỆN\n- Ngân sách huyện." in text


@pytest.mark.parametrize("sign", ["-", "+", "1."])
def test_an_item_set_apart_goes_on_below_its_words_where_paragraphs_are_indented(sign):
    said = "Bản đón khách quanh năm và giữ gìn nếp nhà của cha ông để lại cho cháu con"
    lines = []
    for number in range(1, 9):
        pieces = textwrap.wrap(f"{number}. {said}.", 60, initial_indent="     ")
        lines.extend([*(piece + " " for piece in pieces[:-1]), pieces[-1]])
    item = [f"   {sign} Dựng nhà đón khách, mở lớp dệt ở bản Pom Coọng thuộc xã ", "      Mường Chanh trước tết;"]
    opened = [f"   {sign} Dựng nhà đón khách, mở lớp dệt ở bản Pom Coọng của huyện;", "      Mường Chanh đi trước."]
    text = clean(Source(("\n".join([*lines, *item, *opened]),))).text
    assert f"{sign} Dựng nhà đón khách, mở lớp dệt ở bản Pom Coọng thuộc xã Mường Chanh trước tết;\n" in text
    assert "của huyện;\nMường Chanh đi trước." in text
