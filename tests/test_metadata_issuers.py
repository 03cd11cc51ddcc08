"""Who issued a document, of what level and where, in documents written for these tests."""

from __future__ import annotations

import pytest
from metadata_text import BODY, CUT_HEAD, plan, read

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
    (  # the whole line is a commune, the dateline names a shorter place
        "ỦY BAN NHÂN DÂN\nXÃ TÂN AN HỘI\nSố: 5/KH-UBND\nTân An, ngày 3 tháng 2 năm 2026",
        ("Ủy ban nhân dân xã Tân An Hội", "commune", "79", None, "Tân An Hội"),
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


@pytest.mark.parametrize(
    ("line", "place", "issuer"),
    [
        ("XÃ TÂN HƯNG ĐÔNG          Độc lập - Tự do - Hạnh phúc", "Tân Hưng Đông", "xã Tân Hưng Đông"),
        ("XÃ TÂN HƯNG ĐÔNG          Độc lập - Tự do - Hạnh phúc", "Cái Nước", "xã Tân Hưng Đông"),
        ("XÃ QUẢNG TRUNG", "Quảng Trung", "xã Quảng Trung"),
        ("XÃ HÒA BÌNH", "Hòa Bình", "xã Hòa Bình"),
    ],
)
def test_an_issuer_has_all_of_its_name_and_its_own_marks(line, place, issuer):
    meta = plan(f"ỦY BAN NHÂN DÂN\n{line}\nSố: 5/KH-UBND\n{place}, ngày 25 tháng 8 năm 2025")
    assert meta.issuer == f"Ủy ban nhân dân {issuer}"


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


DECIDED = """Quyết định phê duyệt quy hoạch bến thủy
Ủy ban nhân dân tỉnh
Căn cứ Luật Giao thông đường thủy nội địa;
Xét đề nghị của Sở Giao thông vận tải,
Quyết định:
Điều 1. Phê duyệt quy hoạch bến thủy trên địa bàn tỉnh Hậu Giang với các nội dung sau:
"""


def test_a_sentence_below_the_committee_is_no_name_of_it():
    meta = read(DECIDED + BODY)
    assert (meta.issuer, meta.doc_type) == ("Ủy ban nhân dân tỉnh Hậu Giang", "decision")
