"""What head and closing say, in documents written for these tests."""

from __future__ import annotations

import datetime

import pytest

from extractors.metadata import read_metadata
from extractors.metadata.period import main_period, periods_in
from extractors.metadata.signer import read_signature
from extractors.metadata.topic import read_programme, read_topic
from extractors.plan import CleanText
from extractors.zones import read_blocks

HEAD = """ỦY BAN NHÂN DÂN
TỈNH NAM ĐỊNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 71/KH-UBND
Nam Định, ngày 09 tháng 3 năm 2022
KẾ HOẠCH
"""
BODY = """I. MỤC TIÊU
- Mỗi xã có một tủ sách dùng chung.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ chủ trì theo dõi kế hoạch này.
"""
CLOSING = """Nơi nhận:
- Như mục II;
- Lưu: VT, VP3.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Bình
"""


def read(text: str, **attributes: str):
    """The metadata of a text, its zones told as the pipeline tells them."""
    blocks = read_blocks(text)
    head_end = next((b.start for b in blocks if b.zone == "body"), len(text))
    body_end = next((b.start for b in blocks if b.zone == "closing"), len(text))
    return read_metadata(CleanText(text, attributes=attributes), head_end, body_end)


def plan(letterhead: str, title: str = "Phát triển thư viện xã năm 2022", closing: str = CLOSING, middle: str = ""):
    return read(f"{letterhead}\nKẾ HOẠCH\n{title}\n{middle}{BODY}{closing}")


def test_a_whole_head():
    meta = read(HEAD + "Phát triển thư viện xã\ngiai đoạn 2022-2025\nCăn cứ Luật Thư viện;\n" + BODY + CLOSING)
    assert meta.columns() == {
        "doc_number": "71/KH-UBND",
        "doc_type": "plan",
        "is_draft": False,
        "title": "Phát triển thư viện xã giai đoạn 2022-2025",
        "issuer": "Ủy ban nhân dân tỉnh Nam Định",
        "issuer_level": "province",
        "province_code": "36",
        "province_name": "Nam Định",
        "district_code": None,
        "district_name": None,
        "commune_code": None,
        "commune_name": None,
        "current_province_code": "37",
        "current_province_name": "Ninh Bình",
        "issued_date": datetime.date(2022, 3, 9),
        "issued_year": 2022,
        "issued_month": 3,
        "signer_name": "Trần Văn Bình",
        "signer_title": "Phó Chủ tịch",
        "signing_capacity": "KT.",
        "period_start": 2022,
        "period_end": 2025,
        "programme": None,
        "topic": "other",
    }
    assert meta.notes == []


ISSUERS = [
    # letterhead, issuer, level, province, district, commune
    (
        "UBND TỈNH BÌNH PHƯỚC    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 5/KH-UBND    Bình Phước, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân tỉnh Bình Phước", "province", "70", None, None),
    ),
    (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH HÒA BÌNH Độc lập - Tự do - Hạnh phúc\n"
        "Số: 5/KH-UBND Hòa Bình, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân tỉnh Hòa Bình", "province", "17", None, None),
    ),
    (
        "UỶ BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ\nSố: 5/KH-UBND\nCần Thơ, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân thành phố Cần Thơ", "province", "92", None, None),
    ),
    (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSố: 5/KH-UBND\nThành phố Hồ Chí Minh, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân thành phố Hồ Chí Minh", "province", "79", None, None),
    ),
    (
        "ỦY BAN NHÂN DÂN TỈNH BÀ RỊA – VŨNG TÀU\nSố: 5/KH-UBND\nBà Rịa - Vũng Tàu, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", "province", "77", None, None),
    ),
    (
        "ỦY BAN NHÂN DÂN TỈNH THỪA THIÊN HUẾ\nSố: 5/KH-UBND\nThừa Thiên Huế, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", "province", "46", None, None),
    ),
    (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ\nSố: 5/KH-UBND\nHuế, ngày 3 tháng 2 năm 2025",
        ("Ủy ban nhân dân thành phố Huế", "province", "46", None, None),
    ),
    (  # the word cut at the column's edge, the name on the next line
        "ỦY BAN NHÂN DÂN |\nTỈNH KON |\nTUM |\nSố: 5/KH-UBND |\nKon Tum, ngày 3 tháng 2 năm 2021 |",
        ("Ủy ban nhân dân tỉnh Kon Tum", "province", "62", None, None),
    ),
    (  # letters without marks, as a bad scan gives them
        "UY BAN NHAN DAN\nTINH LAM DONG\nSo: 5/KH-UBND\nLâm Đồng, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân tỉnh Lâm Đồng", "province", "68", None, None),
    ),
    (
        "ỦY BAN NHÂN DÂN\nHUYỆN GIA LỘC\nSố: 5/KH-UBND\nGia Lộc, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân huyện Gia Lộc", "district", "30", "Gia Lộc", None),
    ),
    (
        "UBND TỈNH TRÀ VINH\nUBND HUYỆN CHÂU THÀNH\nSố: 5/KH-UBND\nChâu Thành, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân huyện Châu Thành", "district", "84", "Châu Thành", None),
    ),
    (
        "ỦY BAN NHÂN DÂN QUẬN BÌNH THẠNH\nSố: 5/KH-UBND\nBình Thạnh, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân quận Bình Thạnh", "district", "79", "Bình Thạnh", None),
    ),
    (
        "ỦY BAN NHÂN DÂN QUẬN 10\nSố: 5/KH-UBND\nQuận 10, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân Quận 10", "district", "79", "Quận 10", None),
    ),
    (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CHÍ LINH\nSố: 5/KH-UBND\nChí Linh, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân thành phố Chí Linh", "district", "30", "Chí Linh", None),
    ),
    (
        "ỦY BAN NHÂN DÂN THỊ XÃ NGHI SƠN\nSố: 5/KH-UBND\nNghi Sơn, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân thị xã Nghi Sơn", "district", "38", "Nghi Sơn", None),
    ),
    (
        "UBND HUYỆN CẨM GIÀNG\nUBND XÃ ĐỨC CHÍNH\nSố: 5/KH-UBND\nĐức Chính, ngày 3 tháng 2 năm 2021",
        ("Ủy ban nhân dân xã Đức Chính", "commune", "30", "Cẩm Giàng", "Đức Chính"),
    ),
    (
        "ỦY BAN NHÂN DÂN\nĐẶC KHU CÔN ĐẢO\nSố: 5/KH-UBND\nCôn Đảo, ngày 3 tháng 9 năm 2025",
        ("Ủy ban nhân dân đặc khu Côn Đảo", "commune", "79", None, "Côn Đảo"),
    ),
    (
        "ỦY BAN NHÂN DÂN\nXÃ TUỆ TĨNH\nSố: 5/KH-UBND\nTuệ Tĩnh, ngày 3 tháng 9 năm 2025",
        ("Ủy ban nhân dân xã Tuệ Tĩnh", "commune", "31", None, "Tuệ Tĩnh"),
    ),
]


@pytest.mark.parametrize("letterhead, wanted", ISSUERS)
def test_issuers_of_every_level(letterhead, wanted):
    meta = plan(letterhead)
    found = (meta.issuer, meta.issuer_level, meta.province_code, meta.district_name, meta.commune_name)
    assert found == wanted
    assert meta.doc_number == "5/KH-UBND"
    assert meta.issued_date is not None
    assert meta.notes == []


def test_codes_of_districts_and_communes():
    district = plan("ỦY BAN NHÂN DÂN\nHUYỆN CẨM GIÀNG\nSố: 5/KH-UBND\nCẩm Giàng, ngày 3 tháng 2 năm 2021")
    assert (district.district_code, district.commune_code) == ("295", None)
    commune = plan("UBND HUYỆN CẨM GIÀNG\nUBND XÃ ĐỨC CHÍNH\nSố: 5/KH-UBND\nĐức Chính, ngày 3 tháng 2 năm 2021")
    assert (commune.district_code, commune.commune_code) == ("295", "10912")
    new = plan("ỦY BAN NHÂN DÂN\nXÃ TUỆ TĨNH\nSố: 5/KH-UBND\nTuệ Tĩnh, ngày 3 tháng 9 năm 2025")
    assert (new.district_code, new.commune_code, new.current_province_code) == (None, "10909", "31")


def test_a_district_of_a_common_name_is_placed_by_the_province_that_the_text_names():
    meta = plan(
        "ỦY BAN NHÂN DÂN\nHUYỆN TAM NÔNG\nSố: 5/KH-UBND\nTam Nông, ngày 3 tháng 2 năm 2021",
        middle="Thực hiện Kế hoạch số 8/KH-UBND ngày 05/01/2021 của UBND tỉnh Phú Thọ;\n",
    )
    assert (meta.province_name, meta.district_name) == ("Phú Thọ", "Tam Nông")
    nowhere = plan("ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH\nSố: 5/KH-UBND\nChâu Thành, ngày 3 tháng 2 năm 2021")
    assert (nowhere.province_name, nowhere.district_code) == (None, None)


def test_an_unknown_district_keeps_its_name_and_is_reported():
    meta = plan(
        "ỦY BAN NHÂN DÂN\nHUYỆN ĐỒNG MÂY\nSố: 5/KH-UBND\nĐồng Mây, ngày 3 tháng 2 năm 2021",
        middle="Thực hiện Kế hoạch số 8/KH-UBND ngày 05/01/2021 của UBND tỉnh Hà Nam;\n",
    )
    assert (meta.issuer, meta.district_name, meta.district_code) == ("Ủy ban nhân dân huyện Đồng Mây", "Đồng Mây", None)
    assert meta.province_name == "Hà Nam"
    assert [n.check for n in meta.notes] == ["unknown_place"]


def test_a_letterhead_cut_to_its_first_words():
    meta = plan(
        "ỦY BAN NHÂN DÂN\nSố: 5/KH-UBND\nSơn La, ngày 3 tháng 2 năm 2021",
        middle="UBND tỉnh ban hành Kế hoạch phát triển thư viện xã như sau:\n",
    )
    assert (meta.issuer, meta.province_code) == ("Ủy ban nhân dân tỉnh Sơn La", "14")


def test_no_letterhead_at_all():
    text = (
        "Số: 5/KH-UBND\nGia Lộc, ngày 3 tháng 2 năm 2021\nKẾ HOẠCH\nLàm đẹp đường làng năm 2021\n"
        "Ủy ban nhân dân huyện xây dựng Kế hoạch làm đẹp đường làng như sau:\n" + BODY
    )
    meta = read(text)
    assert (meta.issuer, meta.district_code, meta.province_code) == ("Ủy ban nhân dân huyện Gia Lộc", "297", "30")


def test_the_attribute_table_fills_gaps_and_contradictions_are_reported():
    stated = {
        "Số hiệu": "9/KH-UBND",
        "Ngày ban hành": "04/02/2021",
        "Cơ quan ban hành": "Tỉnh Sơn La",
        "Người ký": "Lò Văn An",
    }
    bare = read("KẾ HOẠCH\nLàm đẹp đường làng năm 2021\n" + BODY, **stated)
    assert (bare.doc_number, bare.issued_date, bare.issuer) == (
        "9/KH-UBND",
        datetime.date(2021, 2, 4),
        "Ủy ban nhân dân tỉnh Sơn La",
    )
    assert (bare.signer_name, bare.notes) == ("Lò Văn An", [])
    full = read(HEAD + "Phát triển thư viện xã năm 2022\n" + BODY + CLOSING, **stated)
    assert (full.doc_number, full.signer_name) == ("71/KH-UBND", "Trần Văn Bình")
    assert [n.check for n in full.notes] == ["conflicting_metadata"] * 3


@pytest.mark.parametrize(
    "number, value",
    [
        ("Số: 356 /KH-UBND", "356/KH-UBND"),
        ("Số:02/KH - UBND", "02/KH-UBND"),
        ("Số : 1.204/KH–UBND", "1.204/KH-UBND"),
        ("Số: *17* /KH-UBND", "17/KH-UBND"),
        ("Sô: 44/KH-UBND", "44/KH-UBND"),
        ("Số 44/KH-UBND", "44/KH-UBND"),
        ("Số: 15a/KH-UBND", "15a/KH-UBND"),
        ("Số:      /KH-UBND", None),
        ("Số: ……/KH-UBND", None),
        ("Số: ..... /KH-UBND", None),
    ],
)
def test_numbers(number, value):
    meta = plan(f"ỦY BAN NHÂN DÂN TỈNH SƠN LA\n{number}\nSơn La, ngày 3 tháng 2 năm 2021")
    assert meta.doc_number == value
    assert [n.check for n in meta.notes] == ([] if value else ["missing_number"])
    assert meta.doc_type == "plan"


def test_a_cited_number_is_not_the_documents_own():
    meta = read(
        "KẾ HOẠCH\nLàm đẹp đường làng\n(Kèm theo Quyết định số 88/QĐ-UBND ngày 02/3/2021 của UBND tỉnh Sơn La)\n" + BODY
    )
    assert (meta.doc_number, meta.doc_type, meta.issued_date) == (None, "plan", None)
    assert meta.title == "Làm đẹp đường làng"


@pytest.mark.parametrize(
    "dateline, date, year, month",
    [
        ("Sơn La, ngày 03 tháng 2 năm 2021", datetime.date(2021, 2, 3), 2021, 2),
        ("Sơn La, ngày 3/2/2021", datetime.date(2021, 2, 3), 2021, 2),
        ("Sơn La , ngày 03 tháng 02 năm 2021", datetime.date(2021, 2, 3), 2021, 2),
        ("Sơn La ngày 03 tháng 02 năm 2021", datetime.date(2021, 2, 3), 2021, 2),
        ("Sơn La, ngày    tháng 4 năm 2023", None, 2023, 4),
        ("Sơn La, ngày … tháng … năm 2023", None, 2023, None),
        ("Sơn La, ngày      tháng     năm 2023", None, 2023, None),
        ("Sơn La, ngày 30 tháng 02 năm 2023", None, 2023, 2),
        ("Sơn La, ngày tháng năm 202...", None, None, None),
    ],
)
def test_datelines(dateline, date, year, month):
    meta = plan(
        f"ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSố: 5/KH-UBND\n{dateline}",
        middle="Căn cứ Quyết định số 8/QĐ-TTg ngày 10 tháng 01 năm 2020 của Thủ tướng Chính phủ;\n",
    )
    assert (meta.issued_date, meta.issued_year, meta.issued_month) == (date, year, month)
    assert [n.check for n in meta.notes] == ([] if date else ["missing_date"])
    assert meta.province_code == "14"


@pytest.mark.parametrize(
    "symbol, word, code",
    [
        ("KH-UBND", "KẾ HOẠCH", "plan"),
        ("QĐ-UBND", "QUYẾT ĐỊNH", "decision"),
        ("CT-UBND", "CHỈ THỊ", "directive"),
        ("TB-UBND", "THÔNG BÁO", "notice"),
        ("BC-UBND", "BÁO CÁO", "report"),
        ("NQ-HĐND", "NGHỊ QUYẾT", "resolution"),
        ("CTr-UBND", "CHƯƠNG TRÌNH", "programme"),
        ("CTr-UBND", "CHƯƠNG TRÌNH HÀNH ĐỘNG", "programme"),
        ("TTr-UBND", "TỜ TRÌNH", "other"),
        ("UBND-KT", "Kính gửi: Sở Nội vụ", "official_letter"),
        ("XYZ-UBND", "KẾ HOẠCH", "plan"),
    ],
)
def test_document_types(symbol, word, code):
    meta = read(
        f"ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSố: 5/{symbol}\nSơn La, ngày 3 tháng 2 năm 2021\n{word}\n"
        f"Về việc thực hiện Kế hoạch phát triển thư viện xã\n{BODY}"
    )
    assert meta.doc_type == code


def test_a_decision_that_approves_a_plan_is_a_decision():
    meta = read(
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 5/QĐ-UBND\nSơn La, ngày 3 tháng 2 năm 2021\nQUYẾT ĐỊNH\n"
        "Phê duyệt Kế hoạch phát triển thư viện xã năm 2021\nỦY BAN NHÂN DÂN TỈNH SƠN LA\n"
        "Căn cứ Luật Thư viện;\nQUYẾT ĐỊNH:\nĐiều 1. Phê duyệt Kế hoạch kèm theo Quyết định này.\n"
        + CLOSING
        + "KẾ HOẠCH\n"
        + BODY
    )
    assert (meta.doc_type, meta.title) == ("decision", "Phê duyệt Kế hoạch phát triển thư viện xã năm 2021")


TITLES = [
    ("Thực hiện phong trào đọc sách\nnăm 2022\nCăn cứ Luật Thư viện;", "Thực hiện phong trào đọc sách năm 2022"),
    (
        "Thực hiện Chỉ thị số 4/CT-TTg ngày 01/01/2022 của Thủ tướng Chính phủ về văn hóa đọc\nCăn cứ Luật Thư viện;",
        "Thực hiện Chỉ thị số 4/CT-TTg ngày 01/01/2022 của Thủ tướng Chính phủ về văn hóa đọc",
    ),
    ("Mở rộng thư viện xã\nThực hiện Kế hoạch số 3/KH-BCĐ ngày 1/3/2022;\nCăn cứ Luật;", "Mở rộng thư viện xã"),
    ("Phát triển thư viện\n-------\nCăn cứ Luật Thư viện;", "Phát triển thư viện"),
    ("PHÁT TRIỂN THƯ VIỆN XÃ NĂM 2022 Căn cứ Luật Thư viện ngày 21/11/2019 và tình hình của các xã trong tỉnh, "
     "Ủy ban nhân dân tỉnh xây dựng Kế hoạch như sau:", "PHÁT TRIỂN THƯ VIỆN XÃ NĂM 2022"),
    ("Phát triển thư viện xã năm 2022.\nĐể mọi người đều có sách, UBND tỉnh ban hành Kế hoạch như sau:",
     "Phát triển thư viện xã năm 2022"),
]  # fmt: skip


@pytest.mark.parametrize("lines, title", TITLES)
def test_titles(lines, title):
    meta = read(HEAD + lines + "\n" + BODY + CLOSING)
    assert meta.title == title


def test_a_lost_title_is_read_from_the_issuing_sentence():
    head = HEAD.replace("KẾ HOẠCH\n", "")
    meta = read(
        head
        + "Căn cứ Luật Thư viện; Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển thư viện xã giai đoạn 2022-2024, "
        "cụ thể như sau:\n" + BODY + CLOSING
    )
    assert meta.title == "phát triển thư viện xã giai đoạn 2022-2024"
    assert (meta.doc_type, meta.period_start, meta.period_end) == ("plan", 2022, 2024)


def test_spans_point_at_the_words():
    text = HEAD + "Phát triển thư viện xã giai đoạn 2022-2025\n" + BODY + CLOSING
    meta = read(text)
    quotes = [text[slice(*s)] for s in (meta.number_span, meta.date_span, meta.title_span, meta.period_span)]
    assert quotes == [
        "71/KH-UBND",
        "ngày 09 tháng 3 năm 2022",
        "Phát triển thư viện xã giai đoạn 2022-2025",
        "2022-2025",
    ]


SIGNATURES = [
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nHoàng Thị Lan", ("Hoàng Thị Lan", "Chủ tịch", "TM.")),
    ("TM. UBND TỈNH\nKT. CHỦ TỊCH\nPHỤ CHỦ TỊCH\n(Đã ký)\nHoàng Thị Lan", ("Hoàng Thị Lan", "Phó Chủ tịch", "KT.")),
    ("TM.ỦY BAN NHÂN DÂN TỈNH\nPHÓ CHỦ TICH\nHOÀNG THỊ LAN", ("Hoàng Thị Lan", "Phó Chủ tịch", "TM.")),
    ("KT.CHỦ TỊCH", (None, None, "KT.")),
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrương Thị Huyền", ("Trương Thị Huyền", "Chủ tịch", "TM.")),
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLưu Văn Trưởng\n(để b/c)", ("Lưu Văn Trưởng", "Chủ tịch", "TM.")),
    ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Hoàng Thị Lan", ("Hoàng Thị Lan", "Chủ tịch", "TM.")),
    ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hoàng Thị Lan", ("Hoàng Thị Lan", "Phó Chủ tịch", "KT.")),
    ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC\nGiàng A Páo", ("Giàng A Páo", "Phó Chủ tịch Thường trực", "KT.")),
    ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nY Biêr Niê", ("Y Biêr Niê", "Phó Giám đốc", "KT.")),
    ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nHoàng Thị Lan", ("Hoàng Thị Lan", "Chánh Văn phòng", None)),
    (  # recipients and signature in two columns side by side
        "- Các sở, ngành; TM. ỦY BAN NHÂN DÂN\n- Các huyện; KT. CHỦ TỊCH\n- Lưu: VT. PHÓ CHỦ TỊCH\nHoàng Thị Lan",
        ("Hoàng Thị Lan", "Phó Chủ tịch", "KT."),
    ),
]


@pytest.mark.parametrize("block, wanted", SIGNATURES)
def test_signatures(block, wanted):
    text = HEAD + BODY + "Nơi nhận:\n- Như trên;\n" + block
    meta = read(text)
    assert (meta.signer_name, meta.signer_title, meta.signing_capacity) == wanted


def test_the_signature_before_an_annex_and_without_recipients():
    text = HEAD + BODY + "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nHoàng Thị Lan\nPHỤ LỤC I\nDanh sách: Nguyễn Văn Tám\n"
    signature, _ = read_signature(CleanText(text), None)
    assert (signature.name, signature.title) == ("Hoàng Thị Lan", "Chủ tịch")


@pytest.mark.parametrize(
    "title, year, wanted",
    [
        ("Làm sạch sông giai đoạn 2021 - 2025", 2021, (2021, 2025)),
        ("Làm sạch sông giai đoạn 2021–2025, định hướng đến năm 2030", 2021, (2021, 2025)),
        ("Làm sạch sông từ năm 2017 đến năm 2020", 2017, (2017, 2020)),
        ("Làm sạch sông năm 2021", 2020, (2021, 2021)),
        ("LÀM SẠCH SÔNG NĂM 2021", 2020, (2021, 2021)),
        ("Làm sạch sông đến năm 2030, tầm nhìn đến năm 2045", 2022, (2022, 2030)),
        ("Làm sạch sông đến năm 2030", None, (None, 2030)),
        ("Năm Bảo vệ nguồn nước 2024", 2024, (2024, 2024)),
        ("Làm sạch sông quý IV năm 2023", 2023, (2023, 2023)),
        ("Làm sạch sông 6 tháng cuối năm 2023", 2023, (2023, 2023)),
        ("Dạy bơi năm học 2023-2024", 2023, (2023, 2024)),
        ("Thực hiện Chương trình nước sạch giai đoạn 2021-2025 năm 2023", 2023, (2023, 2023)),
        ("Nước sạch năm 2023 thực hiện Chương trình giai đoạn 2021-2025", 2023, (2023, 2023)),
        ("Nước sạch năm 2023 và giai đoạn 2023-2025", 2023, (2023, 2025)),
        ("Chương trình nước sạch giai đoạn 2021-2030, giai đoạn I: từ năm 2021 đến năm 2025", 2022, (2021, 2025)),
        ("Thực hiện Nghị quyết số 9/2020/NQ-HĐND ngày 12/7/2020 về nước sạch", 2020, None),
        ("Thực hiện Chỉ thị số 9/CT-TTg ngày 04 tháng 5 năm 2020 về nước sạch", 2020, None),
        ("Nước sạch cho hộ nghèo theo chuẩn nghèo giai đoạn 2022-2025 năm 2024", 2024, (2024, 2024)),
        ("Nước sạch", 2020, None),
    ],
)
def test_periods_of_titles(title, year, wanted):
    found = main_period(title, periods_in(title, 0, len(title), title=True), year)
    assert (found and (found.start, found.end)) == wanted


def test_the_years_of_a_legal_basis_are_not_the_plans():
    meta = read(
        HEAD
        + "Phát triển thư viện xã\nCăn cứ Quyết định số 8/QĐ-TTg ngày 01/02/2020 về đọc sách giai đoạn 2016-2020;\n"
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển thư viện xã, cụ thể như sau:\n" + BODY + CLOSING
    )
    assert (meta.period_start, meta.period_end) == (None, None)


def test_the_period_from_a_line_of_the_body():
    meta = read(
        HEAD
        + "Phát triển thư viện xã\nCăn cứ Luật Thư viện;\nI. PHẠM VI\n"
        + "1. Thời gian thực hiện: Từ năm 2022 đến năm 2026.\n"
        + CLOSING
    )
    assert (meta.period_start, meta.period_end) == (2022, 2026)


def test_periods_that_contradict_each_other_are_reported():
    end = "Trên đây là Kế hoạch phát triển thư viện xã giai đoạn 2021-2025, yêu cầu các huyện thực hiện.\n"
    text = HEAD + "Phát triển thư viện xã giai đoạn 2022-2025\n" + BODY + end + CLOSING
    meta = read(text)
    assert (meta.period_start, meta.period_end) == (2022, 2025)
    (note,) = meta.notes
    assert (note.check, text[note.start : note.end]) == ("conflicting_period", "2021-2025")
    same = read(text.replace("2021-2025", "2022 - 2025"))
    assert same.notes == []


@pytest.mark.parametrize(
    "title, code",
    [
        ("Giảm nghèo bền vững huyện A năm 2023", "poverty_reduction"),
        ("Xóa nhà tạm, nhà dột nát cho hộ nghèo năm 2025", "poverty_reduction"),
        ("Xây dựng nông thôn mới nâng cao năm 2022", "new_rural_development"),
        ("Mỗi xã một sản phẩm năm 2023", "new_rural_development"),
        (
            "Phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi năm 2023",
            "ethnic_minority_development",
        ),
        ("Giảm thiểu tình trạng tảo hôn trong vùng dân tộc thiểu số", "ethnic_minority_development"),
        ("Chuyển đổi số năm 2024", "digital_transformation"),
        ("Triển khai Đề án 06 năm 2024", "digital_transformation"),
        ("Tiêm chủng mở rộng năm 2024", "health"),
        ("Phòng, chống dịch bệnh ở người năm 2022", "health"),
        ("Bảo đảm an toàn thực phẩm năm 2024", "health"),
        ("Phổ cập giáo dục, xóa mù chữ năm 2023", "education"),
        ("Xây dựng xã hội học tập giai đoạn 2021-2030", "education"),
        ("Sản xuất vụ Đông năm 2022", "agriculture"),
        ("Phòng, chống bệnh Dịch tả lợn Châu Phi", "agriculture"),
        ("Phát triển lâm nghiệp bền vững năm 2023", "agriculture"),
        ("Quản lý chất thải rắn sinh hoạt năm 2023", "environment"),
        ("Phòng, chống thiên tai và tìm kiếm cứu nạn năm 2023", "environment"),
        ("Ứng phó với biến đổi khí hậu", "environment"),
        ("Cải cách hành chính nhà nước năm 2024", "administrative_reform"),
        ("Rà soát, đơn giản hóa thủ tục hành chính năm 2024", "administrative_reform"),
        ("Phòng, chống ma túy năm 2023", "public_security"),
        ("Công tác phòng cháy và chữa cháy năm 2023", "public_security"),
        ("Bảo đảm trật tự, an toàn giao thông năm 2021", "other"),
        ("Phát triển cụm công nghiệp năm 2023", "other"),
        ("Bảo tồn di sản văn hóa phi vật thể", "other"),
        ("Phát triển du lịch cộng đồng", "other"),
        ("Phổ biến, giáo dục pháp luật năm 2023", "other"),
        ("Bình đẳng giới và vì sự tiến bộ của phụ nữ", "other"),
        ("Cải thiện môi trường kinh doanh năm 2023", "other"),
        ("Thực hành tiết kiệm, chống lãng phí năm 2023", "other"),
    ],
)
def test_topics(title, code):
    assert read_topic(title, None, "") == code


@pytest.mark.parametrize(
    "title, name",
    [
        ("Thực hiện Chương trình mục tiêu Quốc gia giảm nghèo bền vững", "giảm nghèo bền vững"),
        ("Chương trình MTQG giảm nghèo năm 2023", "giảm nghèo bền vững"),
        ("Chương trình mục tiêu quốc gia xây dựng nông thôn mới", "xây dựng nông thôn mới"),
        (
            "Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi",
            "miền núi",
        ),
        ("Phát triển thư viện xã", None),
    ],
)
def test_programmes(title, name):
    found = read_programme(title, None, "", None)
    assert (found is None) if name is None else found.name.endswith(name)


def test_a_departments_own_plan():
    meta = read(
        "SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 40/KH-SNV\nSơn La, ngày 3 tháng 2 năm 2021\nKẾ HOẠCH\n"
        "Chỉnh lý tài liệu lưu trữ năm 2021\n" + BODY
    )
    assert (meta.issuer, meta.issuer_level, meta.province_code) == ("Sở Nội vụ tỉnh Sơn La", "province", "14")


def test_a_departments_plan_of_a_district():
    meta = read(
        "UBND HUYỆN MAI CHÂU\nPHÒNG TÀI CHÍNH - KẾ HOẠCH\nSố: 40/KH-TCKH\nMai Châu, ngày 3 tháng 2 năm 2021\nKẾ HOẠCH\n"
        "Chỉnh lý tài liệu lưu trữ năm 2021\n" + BODY
    )
    assert (meta.issuer, meta.issuer_level) == ("Phòng Tài chính - Kế hoạch huyện Mai Châu", "district")
    assert (meta.province_code, meta.district_code) == ("17", "156")


def test_the_centre_has_no_province():
    meta = read("CHÍNH PHỦ\nSố: 15/NQ-CP\nHà Nội, ngày 1 tháng 8 năm 2026\nNGHỊ QUYẾT\nVề trồng cây\n" + BODY)
    assert (meta.issuer, meta.issuer_level, meta.province_code) == ("Chính phủ", None, None)


@pytest.mark.parametrize(
    "dateline, item, issuer, code",
    [
        ("Tây Ninh, ngày 1 tháng 8 năm 2024", "UBND các huyện, thị xã", "Ủy ban nhân dân tỉnh Tây Ninh", "72"),
        ("Tây Ninh, ngày 1 tháng 8 năm 2025", "Ủy ban nhân dân các xã, phường", "Ủy ban nhân dân tỉnh Tây Ninh", "80"),
        ("Mai Châu, ngày 1 tháng 8 năm 2024", "UBND các xã, thị trấn", "Ủy ban nhân dân huyện Mai Châu", "17"),
        ("Tây Ninh, ngày 1 tháng 8 năm 2024", "Các trường học", None, None),
    ],
)
def test_a_level_told_by_those_below(dateline, item, issuer, code):
    meta = read(f"Số: 12/KH-UBND\n{dateline}\nKẾ HOẠCH\nTrồng cây năm 2026\n{BODY}2. {item} phối hợp thực hiện.\n")
    assert (meta.issuer, meta.province_code) == (issuer, code)


def test_an_issuing_sentence_without_a_subject_is_no_title():
    meta = read("Căn cứ Luật Thư viện;\nỦy ban nhân dân xã ban hành Kế hoạch như sau:\n" + BODY)
    assert meta.title is None and meta.title_span is None


def test_an_empty_text_gives_nothing_and_says_so():
    meta = read_metadata(CleanText("một dòng chữ"))
    assert (meta.doc_number, meta.issuer, meta.doc_type) == (None, None, "other")
    assert {n.check for n in meta.notes} == {"missing_number", "missing_date", "missing_issuer"}


# What saved pages of law portals lose or add


def test_a_plan_that_a_decision_carries_has_no_number_of_its_own():
    note = "(Kèm theo Quyết định số: 41/QĐ-UBND ngày 20/6/2013 của Chủ tịch UBND tỉnh)\n"
    meta = read(f"KẾ HOẠCH\nLàm sạch kênh mương trên địa bàn tỉnh Hưng Yên, giai đoạn 2013 - 2015\n{note}{BODY}")
    assert (meta.doc_type, meta.doc_number) == ("plan", None)
    assert (meta.issuer, meta.province_code) == ("Ủy ban nhân dân tỉnh Hưng Yên", "33")


@pytest.mark.parametrize(
    ("number", "value", "doc_type"),
    [("77/QĐUBND", "77/QĐ-UBND", "decision"), ("8/2012/NQHĐND", "8/2012/NQ-HĐND", "resolution")],
)
def test_numbers_that_lost_their_hyphens(number, value, doc_type):
    meta = read(HEAD.replace("71/KH-UBND", number).replace("KẾ HOẠCH\n", "") + "Về phí chợ\n" + BODY)
    assert (meta.doc_number, meta.doc_type) == (value, doc_type)


def test_kinds_of_committees_in_a_title_issue_nothing():
    head = (
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/QĐ-UBND | Hải Phòng, ngày 09 tháng 10 năm 2018\n"
    )
    title = (
        "QUYẾT ĐỊNH\nVỀ KHO LƯU TRỮ CỦA SỞ, NGÀNH, ỦY BAN NHÂN DÂN QUẬN, HUYỆN\nỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG\n"
    )
    meta = read(f"{head}{title}Căn cứ Luật Lưu trữ;\n{BODY}")
    assert (meta.issuer, meta.issuer_level) == ("Ủy ban nhân dân thành phố Hải Phòng", "province")


def test_the_old_symbol_of_committees_and_the_word_for_number_name_no_department():
    head = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG\nSố:\n12/2003/QĐ-UB\nĐà Nẵng, ngày 17 tháng 7 năm 2003\nQUYẾT ĐỊNH\n"
    assert read(f"{head}Về bến xe\n{BODY}").issuer == "Ủy ban nhân dân thành phố Đà Nẵng"


def test_a_council_beside_the_motto():
    head = "HỘI ĐỒNG NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 4/2019/NQ-HĐND |\n"
    head += "Nam Định, ngày 13 tháng 12 năm 2019\n"
    assert read(f"{head}NGHỊ QUYẾT\nVề bến đò\n{BODY}").issuer == "Hội đồng nhân dân tỉnh Nam Định"


CUT_HEAD = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND |\n{place}, ngày 02 tháng 3 năm 2021\n"


@pytest.mark.parametrize(
    ("place", "said", "issuer"),
    [
        ("Hưng Yên", "Sân chơi của tỉnh Hưng Yên còn ít.", "Ủy ban nhân dân tỉnh Hưng Yên"),
        ("Hưng Yên", "Sân chơi trên toàn tỉnh còn ít, xã hội hóa chưa rộng.", "Ủy ban nhân dân tỉnh Hưng Yên"),
        ("Hà Nội", "Sân chơi của thành phố Hà Nội còn ít.", "Ủy ban nhân dân thành phố Hà Nội"),
        ("Hưng Yên", "Sân chơi của tỉnh Hưng Yên còn ít, của thành phố Hưng Yên càng ít.", None),
        ("Hưng Yên", "Sân chơi của tỉnh Hưng Yên còn ít, trên địa bàn huyện cũng vậy.", None),
    ],
)
def test_a_letterhead_without_a_place_is_completed_by_what_the_text_speaks_of(place, said, issuer):
    assert read(f"{CUT_HEAD.format(place=place)}{said}\n{BODY}").issuer == issuer


def test_a_title_whose_heading_word_was_lost():
    head = CUT_HEAD.format(place="Hưng Yên")
    meta = read(f"{head}XÂY SÂN CHƠI CHO THÔN, XÓM TỈNH HƯNG YÊN GIAI ĐOẠN 2021-2024\nNâng cao sức bền.\n{BODY}")
    assert meta.title == "XÂY SÂN CHƠI CHO THÔN, XÓM TỈNH HƯNG YÊN GIAI ĐOẠN 2021-2024"
    assert (meta.period_start, meta.period_end) == (2021, 2024)


def test_the_short_name_is_no_part_of_the_title():
    said = "UBND tỉnh ban hành Kế hoạch sửa chữa nhà văn hóa thôn (sau đây gọi tắt là Kế hoạch) như sau:\n"
    meta = read(CUT_HEAD.format(place="Hưng Yên") + said + BODY)
    assert meta.title == "sửa chữa nhà văn hóa thôn"


def test_a_title_of_mere_numbers_has_the_topic_of_the_documents_it_names():
    title = "Thực hiện Kế hoạch số 57-KH/TU ngày 17/8/2017 của Tỉnh ủy"
    assert (
        read_topic(title, None, "Mỗi xã một buổi họp.", "Thực hiện Kế hoạch số 57-KH/TU về an toàn thực phẩm")
        == "health"
    )
    assert read_topic("Mở thêm bến xe", None, "Bến xe mới.", "Theo Nghị quyết 3-NQ/TU về an toàn thực phẩm") == "other"


NUMBERED_HEAD = HEAD.removesuffix("KẾ HOẠCH\n")
BLANK = NUMBERED_HEAD.replace("71/KH-UBND", "      /KH-UBND").replace("ngày 09 tháng 3", "ngày    tháng   ")


@pytest.mark.parametrize(
    "text",
    [
        f"DỰ THẢO\n{BLANK}KẾ HOẠCH\nLàm đường thôn\n",
        f"Dự thảo\n{BLANK}KẾ HOẠCH\nLàm đường thôn\n",
        f"(Dự thảo lần 2, 15/3/2022)\n{NUMBERED_HEAD}KẾ HOẠCH\nLàm đường thôn\n",
        f"{NUMBERED_HEAD}DỰ THẢO\nKẾ HOẠCH\nLàm đường thôn\n",
        f"{BLANK}DỰ THẢO KẾ HOẠCH\nLàm đường thôn\n",
        f"{BLANK}KẾ HOẠCH\nLàm đường thôn năm 2022\n(dự thảo)\n",
        BLANK.replace("CỘNG HÒA", "DỰ THẢO CỘNG HÒA") + "KẾ HOẠCH\nLàm đường thôn\n",
    ],
)
def test_drafts_are_told_by_their_mark(text):
    meta = read(text + BODY + CLOSING)
    assert meta.is_draft and meta.doc_type == "plan"


@pytest.mark.parametrize(
    "text",
    [
        f"{BLANK}KẾ HOẠCH\nLàm đường thôn\n",
        f"{NUMBERED_HEAD}KẾ HOẠCH\nLấy ý kiến về dự thảo quy ước của thôn\n",
        f"{NUMBERED_HEAD}KẾ HOẠCH\nGÓP Ý DỰ THẢO QUY ƯỚC CỦA THÔN\n",
        f"Trang chủ\nDự thảo\nLiên hệ\n{NUMBERED_HEAD}KẾ HOẠCH\nLàm đường thôn\n",
    ],
)
def test_a_blank_number_a_title_and_a_menu_make_no_draft(text):
    assert not read(text + BODY + CLOSING).is_draft


@pytest.mark.parametrize("year", ["nắm 2022", "nam 2022", "năm 2022"])
def test_the_year_of_a_dateline_is_known_with_the_marks_that_scans_read(year):
    meta = read(HEAD.replace("năm 2022", year) + "Làm đường thôn\n" + BODY + CLOSING)
    assert meta.issued_date == datetime.date(2022, 3, 9)
