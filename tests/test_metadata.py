"""Number, dateline, kind, signature and draft mark, in documents written for these tests."""

from __future__ import annotations

import datetime

import pytest
from metadata_text import BODY, CLOSING, HEAD, plan, read

from extractors.metadata import read_metadata
from extractors.metadata.signer import read_signature
from extractors.plan import CleanText


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


BLANK_HEADS = [
    "ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "TỈNH SƠN LA                         Độc lập - Tự do - Hạnh phúc\n"
    "Số:         /KH-UBND                Sơn La, ngày      tháng      năm 2021",
    "ỦY BAN NHÂN DÂN        TỈNH SƠN LA |  | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\n"
    "Số:         /KH-UBND |  | Sơn La, ngày      tháng      năm 2021",
]


@pytest.mark.parametrize("head", BLANK_HEADS)
def test_a_wide_blank_in_number_and_date_parts_no_columns(head):
    meta = plan(head)
    assert {n.check: n.start is not None for n in meta.notes} == {"missing_number": True, "missing_date": True}
    assert (meta.issuer, meta.issued_year) == ("Ủy ban nhân dân tỉnh Sơn La", 2021)


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
    ("CHỦ TỊCH\n(Đã ký)\nHoàng Thị Lan", ("Hoàng Thị Lan", "Chủ tịch", None)),
    ("**PHÓ CHỦ TỊCH**\n\nHoàng Thị Lan", ("Hoàng Thị Lan", "Phó Chủ tịch", None)),
    ("- Chủ tịch UBND huyện;\n- Lưu: VT.\nHoàng Thị Lan", (None, None, None)),
    (  # recipients and signature in two columns side by side
        "- Các sở, ngành; TM. ỦY BAN NHÂN DÂN\n- Các huyện; KT. CHỦ TỊCH\n- Lưu: VT. PHÓ CHỦ TỊCH\nHoàng Thị Lan",
        ("Hoàng Thị Lan", "Phó Chủ tịch", "KT."),
    ),
    # a title that a scan cut short is no name
    ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊC\nPhó Chủ Tịc", (None, None, "KT.")),
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


def test_an_empty_text_gives_nothing_and_says_so():
    meta = read_metadata(CleanText("một dòng chữ"))
    assert (meta.doc_number, meta.issuer, meta.doc_type) == (None, None, "other")
    assert {n.check for n in meta.notes} == {"missing_number", "missing_date", "missing_issuer"}


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
