"""The outline: markers, zones and nesting, by small documents of our own.

Each case is a document and the outline it should give, one line a section: indentation for the level, the label (`-`
for a bullet), the heading, and `^LABEL` for the parent where the parent is not the line above it by indentation.
"""

from __future__ import annotations

import itertools
from textwrap import dedent

import pytest

from extractors.markers import label_value, read_marker, roman_value
from extractors.outline import build_sections
from extractors.zones import read_blocks


def outline(text: str):
    blocks = read_blocks(dedent(text).strip())
    counter = itertools.count()
    sections, notes = build_sections(dedent(text).strip(), blocks, lambda *_: f"s{next(counter)}")
    return blocks, sections, notes


def drawn(text: str) -> list[str]:
    """The outline as lines `level label heading`."""
    _, sections, _ = outline(text)
    return [f"{s.level} {s.label or '-'} {s.heading}" for s in sections]


MARKERS = [
    ("I. MỤC TIÊU", "roman", "I"),
    ("II- NHIỆM VỤ", "roman", "II"),
    ("Iii. Nội dung thực hiện", "roman", "III"),
    ("Vi. kinh phí", "roman", "VI"),
    ("1. Mục đích", "arabic", "1"),
    ("8 . Rà soát", "arabic", "8"),
    ("3/ Kinh phí", "arabic", "3"),
    ("3/. Kinh phí", "arabic", "3"),
    ("3./ Kinh phí", "arabic", "3"),
    ("II/. NHIỆM VỤ", "roman", "II"),
    ("b/. Nội dung", "letter", "b"),
    ("2.1/. Nội dung", "decimal2", "2.1"),
    ("2) Rà soát", "arabic_paren", "2"),
    ("1.2. Dự án 2", "decimal2", "1.2"),
    ("1.2 Dự án 2", "decimal2", "1.2"),
    ("2.1.3. Nội dung", "decimal3", "2.1.3"),
    ("a) Đến năm 2025", "letter", "a"),
    ("đ)Tiếp cận", "letter", "đ"),
    ("b. Hỗ trợ", "letter", "b"),
    ("- Hỗ trợ", "dash", None),
    ("– Hỗ trợ", "dash", None),
    ("+ Hỗ trợ", "plus", None),
    ("- + Hỗ trợ", "plus", None),
    ("* Lưu ý", "star", None),
    ("Điều 1. Ban hành", "article", "1"),
    ("Phần thứ nhất", "part", "thứ nhất"),
    ("CHƯƠNG II NỘI DUNG", "chapter", "II"),
    # no markers
    ("2.400 triệu đồng từ ngân sách tỉnh", None, None),
    ("Vốn đối ứng của dân", None, None),
    ("1,5 triệu đồng mỗi hộ", None, None),
    ("2025 là năm cuối", None, None),
    ("Văn bản này", None, None),
    ("36/QC-UBND-UBMT về tiếp nhận", None, None),
]


@pytest.mark.parametrize(("line", "style", "label"), MARKERS)
def test_markers(line, style, label):
    marker = read_marker(line)
    assert (marker.style, marker.label) == (style, label) if style else marker is None


def test_label_values():
    assert [roman_value(r) for r in ("I", "IV", "VI", "IX", "XIV")] == [1, 4, 6, 9, 14]
    assert label_value("letter", "đ") == 5  # a b c d đ
    assert label_value("decimal2", "1.13") == 13
    assert label_value("dash", None) is None


def test_usual_nesting():
    assert drawn("""
        Căn cứ Luật Tổ chức chính quyền địa phương;
        I. MỤC TIÊU
        1. Chung
        - Bền vững;
        + Nhất là vùng cao;
        - Đồng đều.
        2. Cụ thể
        a) Năm 2025
        II. KINH PHÍ
        """) == [
        "1 I MỤC TIÊU",
        "2 1 Chung",
        "3 - Bền vững",
        "4 - Nhất là vùng cao",
        "3 - Đồng đều",
        "2 2 Cụ thể",
        "3 a Năm 2025",
        "1 II KINH PHÍ",
    ]  # fmt: skip


def test_a_plan_without_chapters_starts_at_its_own_outermost_marker():
    assert drawn("1. Mục tiêu\n1.1. Chung\n1.2. Riêng\n2. Kinh phí") == [
        "1 1 Mục tiêu",
        "2 1.1 Chung",
        "2 1.2 Riêng",
        "1 2 Kinh phí",
    ]


def test_a_series_that_starts_again_has_lost_its_heading():
    _, sections, _ = outline("I. NỘI DUNG\n1. Một\n2. Hai\n1. Lại một\n2. Lại hai")
    assert [(s.level, s.label, s.parent.label if s.parent else None) for s in sections] == [
        (1, "I", None), (2, "1", "I"), (2, "2", "I"), (2, "1", None), (2, "2", None),
    ]  # fmt: skip
    assert sections[1].end <= sections[3].start


def test_repeated_and_skipped_numbers_are_noted():
    _, _, notes = outline("I. A lớn\nII. B lớn\nII. C lớn\nV. D lớn")
    assert [n.check for n in notes] == ["numbering_gap", "numbering_gap"]


def test_letters_stand_over_roman_chapters_or_within_one_where_those_go_on():
    within = "I. MỤC TIÊU\nII. NHIỆM VỤ\nA. Hạ tầng\n1. Đường\nB. Nhân lực\nIII. KINH PHÍ"
    assert [line.split()[0] for line in drawn(within)] == ["1", "1", "2", "3", "2", "1"]
    over = "A. PHẦN CHUNG\nI. MỤC TIÊU\nII. YÊU CẦU\nB. PHẦN RIÊNG\nI. NHIỆM VỤ"
    assert [line.split()[0] for line in drawn(over)] == ["1", "2", "2", "1", "2"]
    lost = "I. MỤC TIÊU\nII. YÊU CẦU\nA. PHẦN RIÊNG\nI. NHIỆM VỤ"
    assert [line.split()[0] for line in drawn(lost)] == ["1", "1", "1", "2"]


def test_letters_may_leave_out_the_d_with_a_stroke():
    for letters in ("ABCDE", "ABCDĐE"):
        assert outline("\n".join(f"{letter}. Việc" for letter in letters))[2] == []
    assert len(outline("A. Việc\nB. Việc\nD. Việc")[2]) == 1


def test_a_bullet_that_announces_holds_what_follows():
    assert drawn("1. Việc\n+ Các xã gồm:\n- Xã A;\n- Xã B.") == ["1 1 Việc", "2 - Các xã gồm", "3 - Xã A", "3 - Xã B"]


def test_an_unmarked_paragraph_belongs_to_the_numbered_item_above():
    blocks, sections, _ = outline("1. Mức hỗ trợ\n- Hộ nghèo: 7 triệu đồng.\nVốn được quay vòng trong cộng đồng.")
    assert blocks[-1].section is sections[0]


def test_the_closing_formula_belongs_to_no_single_item():
    blocks, sections, _ = outline(
        "I. TỔ CHỨC\n1. Sở A: làm việc.\nTrên đây là Kế hoạch của huyện, yêu cầu các đơn vị thực hiện."
    )
    assert blocks[-1].section is sections[0]


def test_zones():
    blocks, _, _ = outline("""
        ỦY BAN NHÂN DÂN HUYỆN MẪU
        KẾ HOẠCH
        Thực hiện chương trình năm 2024
        Căn cứ Nghị quyết của Hội đồng nhân dân huyện;
        I. MỤC TIÊU
        1. Chung
        Nơi nhận:
        - Như trên;
        PHỤ LỤC I
        1. Bảng biểu
        """)
    assert [b.zone for b in blocks] == ["head"] * 3 + ["preamble"] + ["body"] * 2 + ["closing"] * 2 + ["annex"] * 2


def test_a_decision_carries_its_plan_after_its_own_signature():
    blocks, _, _ = outline("Điều 1. Ban hành Kế hoạch kèm theo.\nNơi nhận:\n- Như trên.\nKẾ HOẠCH\nI. MỤC TIÊU")
    assert [b.zone for b in blocks] == ["body", "closing", "closing", "body", "body"]


def test_a_reference_in_running_text_is_no_heading():
    assert drawn("I. NỘI DUNG\nMục II và Phụ lục kèm theo Quyết định này được áp dụng cho các xã;") == ["1 I NỘI DUNG"]


def test_sections_hold_their_children():
    text = "I. A\n1. B\n- c;\n- d.\nII. E"
    _, sections, _ = outline(text)
    for section in sections:
        for child in section.children:
            assert section.start <= child.start and child.end <= section.end


def test_what_is_counted_under_a_word_of_its_own_is_a_section():
    text = """
        I. MỤC TIÊU
        1. Mục tiêu chung
        2. Mục tiêu cụ thể
        Mục tiêu 1: Trong lĩnh vực việc làm
        - Giảm số người thất nghiệp
        Mục tiêu 2: Trong lĩnh vực học nghề
        3. Tầm nhìn
        II. HOẠT ĐỘNG
        Hoạt động 1. Mở lớp
        a) Kinh phí: 02 tỷ đồng
        Hoạt động 2. Khảo sát
        III. KINH PHÍ
    """
    assert drawn(text) == [
        "1 I MỤC TIÊU",
        "2 1 Mục tiêu chung",
        "2 2 Mục tiêu cụ thể",
        "3 1 Mục tiêu 1: Trong lĩnh vực việc làm",
        "4 - Giảm số người thất nghiệp",
        "3 2 Mục tiêu 2: Trong lĩnh vực học nghề",
        "2 3 Tầm nhìn",
        "1 II HOẠT ĐỘNG",
        "2 1 Hoạt động 1. Mở lớp",
        "3 a Kinh phí",
        "2 2 Hoạt động 2. Khảo sát",
        "1 III KINH PHÍ",
    ]
    assert read_marker("Nhiệm vụ 3 năm tới là mở rộng vùng chuyên canh") is None
