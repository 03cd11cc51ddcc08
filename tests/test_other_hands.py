"""What other typists, keyboards and offices write for the same thing: signs, numbers, bullets, lines."""

from __future__ import annotations

import pytest

from extractors.cleaning import clean
from extractors.extract import extract
from extractors.markers import read_marker
from extractors.plan import Source
from schemas.folding import fold

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 11/KH-UBND
Lạng Sơn, ngày 02 tháng 3 năm 2021
KẾ HOẠCH
Nâng cấp thư viện giai đoạn 2021 - 2025
"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8 ‑ 10％", "8 - 10%"),
        ("nước sạch \uf03e 95%, nghèo \uf03c\uf0205%", "nước sạch > 95%, nghèo < 5%"),
        ("2021 — 2024", "2021 – 2024"),
        ("mô hình «Tủ sách»", "mô hình “Tủ sách”"),
        ("\uf02d Mở cửa", "- Mở cửa"),
        ("\uf0a7 Mở cửa", "• Mở cửa"),
    ],
)
def test_signs_of_other_keyboards_are_the_plain_ones(written, meant):
    assert meant in clean(Source((f"I. MỤC ĐÍCH\n{written}.\n",))).text


@pytest.mark.parametrize(
    ("line", "style", "label"),
    [
        ("a- Nội dung: mở cửa", "letter", "a"),
        ("b/ Nội dung", "letter", "b"),
        ("6- 100% số xã", "arabic", "6"),
        ("7/ 90% số xã", "arabic", "7"),
        ("o Mở cửa", "plus", None),
        ("◦ mở cửa", "plus", None),
        ("➢ Mở cửa", "dash", None),
        ("DỰ ÁN 2: THƯ VIỆN XÃ", "project", "2"),
    ],
)
def test_markers_of_other_customs(line, style, label):
    marker = read_marker(line)
    assert marker is not None
    assert (marker.style, marker.label) == (style, label)


@pytest.mark.parametrize("line", ["60-70% số xã", "12/2023 mở cửa", "a-b", "ong mật", "o ép"])
def test_no_markers(line):
    assert read_marker(line) is None


@pytest.mark.parametrize(("one", "other"), [("Kĩ thuật", "kỹ thuật"), ("tỉ lệ", "tỷ lệ"), ("quản lí", "quản lý")])
def test_a_last_i_is_a_y(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("tỉnh", "tỷnh"), ("thi", "thy"), ("chi", "chy")])
def test_an_i_elsewhere_is_none(one, other):
    assert fold(one) != fold(other)


def test_an_item_opens_whatever_word_stands_above_without_its_stop():
    text = "I. TỔ CHỨC\n3. Sở Tài chính: chuyển kinh phí theo từng quý\n4. Sở Y tế: mở tủ sách\n5. Sở Nội vụ: thi đua\n"
    assert clean(Source((text,))).text.split("\n")[2] == "4. Sở Y tế: mở tủ sách"


def test_a_wrapped_number_stays_with_its_word():
    body = (
        "Sở Tài chính chuyển kinh phí theo từng giai đoạn cho các thư viện xã trong cả năm và\ntừng quý một, kể cả khi "
    )
    text = f"I. TỔ CHỨC\n{body * 4}\nthư viện mở cửa theo khoản\n2. Điều 5 của quy chế, không muộn hơn ngày đã nêu.\n"
    assert "theo khoản 2. Điều 5" in clean(Source((text,))).text


@pytest.mark.parametrize(
    "opening", ["Căn cứ Luật Thư viện ngày 21/11/2019;", "Thực hiện Nghị quyết số 12-NQ/TU ngày 5/2/2021;"]
)
def test_a_long_title_ends_before_the_legal_bases(opening):
    title = "Nâng cấp thư viện cấp xã và phát triển văn hóa đọc trên địa bàn tỉnh Lạng Sơn giai đoạn 2021 - 2025"
    basis = (
        f"{opening} xét đề nghị của Sở Văn hóa, Thể thao và Du lịch về việc nâng cấp các thư viện\ncấp xã trên địa bàn,"
    )
    lines = "các thư viện cấp xã mở cửa cho bạn đọc vào các ngày trong tuần, kể cả các ngày nghỉ, để\nphục vụ " * 4
    text = (
        HEAD.replace("Nâng cấp thư viện giai đoạn 2021 - 2025", title)
        + f"{basis}\nỦy ban nhân dân tỉnh ban hành:\n{lines}.\n"
    )
    assert title in clean(Source((text,))).text.split("\n")


def test_a_project_in_capitals_has_its_label_and_is_the_component_of_its_tasks():
    text = f"{HEAD}I. DỰ ÁN\n1. DỰ ÁN 1: THƯ VIỆN XÃ\n- Sở Tài chính chủ trì, phối hợp với Sở Y tế rà soát.\n"
    rows = extract(Source((text,)), "d0").rows
    assert [row.label for row in rows["activities"]] == ["Dự án 1"]
    assert {row.component for row in rows["assignments"]} == {"Dự án 1"}


def test_a_sub_project_belongs_to_the_numbered_item_that_names_its_project():
    text = f"""{HEAD}3. NỘI DUNG
3.6. Dự án 6: Truyền thông
Tiểu dự án 1: Thông tin
- Sở Y tế chủ trì rà soát.
3.7. Dự án 7: Giám sát
- Sở Tài chính chủ trì rà soát.
4. TỔ CHỨC THỰC HIỆN
4.1. Sở Công Thương chủ trì kiểm tra.
"""
    rows = extract(Source((text,)), "d0").rows["assignments"]
    assert [row.component for row in rows] == ["Dự án 6/Tiểu dự án 1", "Dự án 7", None]


@pytest.mark.parametrize("unit", ["triệu VNĐ", "triệu VND", "1.000.000 đồng"])
def test_a_caption_may_name_the_currency_otherwise(unit):
    table = "TT | Nguồn vốn | Năm 2021 | Năm 2022\n1 | Ngân sách tỉnh | 400 | 500\n2 | Ngân sách huyện | 300 | 200\n"
    rows = extract(Source((f"{HEAD}I. KINH PHÍ\nĐơn vị tính: {unit}\n{table}",)), "d0").rows
    assert [row.amount_vnd for row in rows["funding"]] == [400 * 10**6, 500 * 10**6, 300 * 10**6, 200 * 10**6]


def test_padded_cells_are_the_same_cells():
    rows = "TT | Nội dung | Đơn vị chủ trì\n1  | Mở cửa   | Sở Y tế      \n2  | Đóng cửa | Sở Nội vụ    \n"
    assert "1 | Mở cửa | Sở Y tế" in clean(Source((f"I. BẢNG\n{rows}",))).text


@pytest.mark.parametrize(("short", "topic"), [("xây dựng NTM", "new_rural_development"), ("phát triển BHYT", "health")])
def test_a_title_may_shorten_its_topic(short, topic):
    text = HEAD.replace("Nâng cấp thư viện", f"Công tác {short}") + "I. MỤC ĐÍCH\nLàm tốt.\n"
    assert extract(Source((text,)), "d0").document["topic"] == topic
