"""Legal documents as officials cite them."""

from __future__ import annotations

import datetime

import pytest

from extractors.citations import (
    conflicting_dates,
    find_citations,
    instruments,
    law_names,
    normal_number,
)
from extractors.extract import extract
from extractors.plan import Source

D = datetime.date

NUMBERED = [
    # text, instrument, number, date
    ("theo Nghị quyết số 30a/2008/NQ-CP", "resolution", "30a/2008/NQ-CP", None),
    ("Nghị quyết số 22-NQ/TU ngày 02/8/2016", "resolution", "22-NQ/TU", D(2016, 8, 2)),
    ("Nghị quyết số 05-NQ/ĐH ngày 25/9/2015", "resolution", "05-NQ/ĐH", D(2015, 9, 25)),
    ("Nghị quyết số 76/2014/QH13 của Quốc hội", "resolution", "76/2014/QH13", None),
    ("Nghị quyết 80/NQ-CP ngày 19/5/2011", "resolution", "80/NQ-CP", D(2011, 5, 19)),
    ("Nghị quyết số 8/2018/NQ - HĐND ngày 11/7/2018", "resolution", "8/2018/NQ-HĐND", D(2018, 7, 11)),
    ("Chương trình số 40/CTr-BCĐ", "programme", "40/CTr-BCĐ", None),
    ("Chương trình hành động số 7-CTr/TU ngày 12/01/2016", "programme", "7-CTr/TU", D(2016, 1, 12)),
    ("Chương trình số 2799/CTr - UBND ngày 31/10/2016", "programme", "2799/CTr-UBND", D(2016, 10, 31)),
    ("Chỉ thị số 18-CT/TW ngày 04 tháng 9 năm 2012", "directive", "18-CT/TW", D(2012, 9, 4)),
    ("Chỉ thị số 32/ CT-TTg ngày 25/11/2016", "directive", "32/CT-TTg", D(2016, 11, 25)),
    ("CHỈ THỊ SỐ 23/CT-TTG NGÀY 26 THÁNG 7 NĂM 2024", "directive", "23/CT-TTg", D(2024, 7, 26)),
    ("Kế hoạch số 36/KH-UBATGTQG ngày 10 tháng 01 năm 2021", "plan", "36/KH-UBATGTQG", D(2021, 1, 10)),
    ("Kế hoạch Năm Thư viện 2023 số 506/KH- UBATGTQG ngày 29/12/2022", "plan", "506/KH-UBATGTQG", D(2022, 12, 29)),
    ("Quyết định số 1722/QĐ-TTg, ngày 02/9/2016", "decision", "1722/QĐ-TTg", D(2016, 9, 2)),
    ("Quyết định 1722/QÐ-TTg ngày 2-9-2016", "decision", "1722/QĐ-TTg", D(2016, 9, 2)),
    ("Quyết định số 17/2018/QĐ-UBND (ngày 03.8.2018)", "decision", "17/2018/QĐ-UBND", D(2018, 8, 3)),
    ("Quyết định số 90/QĐ-TTg ban hành ngày 18/01/2022", "decision", "90/QĐ-TTg", D(2022, 1, 18)),
    ("Quyết định số 90/QĐ-TTg của Thủ tướng Chính phủ ngày 18/01/2022", "decision", "90/QĐ-TTg", D(2022, 1, 18)),
    ("Thông tư liên tịch số 5/2016/TTLT-BKHĐT-BTC ngày 6/7/2016", "circular", "5/2016/TTLT-BKHĐT-BTC", D(2016, 7, 6)),
    ("Thông tư số 18/2017/TT-BNNPTNT ngày 09/10/2017", "circular", "18/2017/TT-BNNPTNT", D(2017, 10, 9)),
    ("Nghị định 27/2022/NĐ- CP ngày 19/4/2022", "decree", "27/2022/NĐ-CP", D(2022, 4, 19)),
    ("Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024", "law", "31/2024/QH15", D(2024, 1, 18)),
    ("Kế hoạch số 05 KH/BCSĐ ngày 18/01/2022", "plan", "05-KH/BCSĐ", D(2022, 1, 18)),
    ("Quyết định số 24/2021/QĐ-TTg ngày 16/7/20 21 của Thủ tướng", "decision", "24/2021/QĐ-TTg", D(2021, 7, 16)),
    ("Hướng dẫn số 481/HD-BTĐKT ngày 18/4/2013", "guideline", "481/HD-BTĐKT", D(2013, 4, 18)),
    ("Tờ trình số 191/TTr-SXD ngày 10/4/2026", "submission", "191/TTr-SXD", D(2026, 4, 10)),
    ("Kết luận số 45-KL/TW ngày 01/02/2019", "conclusion", "45-KL/TW", D(2019, 2, 1)),
    ("Công văn số 30/CV-UBND ngày 26/01/2021", "other", "30/CV-UBND", D(2021, 1, 26)),
    ("Công văn số 1204/UBND-KGVX ngày 26/01/2021", "other", "1204/UBND-KGVX", D(2021, 1, 26)),
    ("Thông báo số 212-TB/TU ngày 23/01/2026", "other", "212-TB/TU", D(2026, 1, 23)),
    ("Báo cáo số 88/BC-UBND", "other", "88/BC-UBND", None),
    ("thực hiện 18-CT/TW ngày 04/9/2012", "directive", "18-CT/TW", D(2012, 9, 4)),
    ("theo văn bản số 77/SNV-TCBC", "other", "77/SNV-TCBC", None),
    ("Quyết định số 5/QĐ-TTg ngày 31/02/2020", "decision", "5/QĐ-TTg", None),
]


@pytest.mark.parametrize("text, instrument, number, date", NUMBERED)
def test_numbers_dates_and_instruments(text, instrument, number, date):
    (found,) = find_citations(text + " về thư viện.", 0)
    assert (found.instrument, found.number, found.date) == (instrument, number, date)


@pytest.mark.parametrize(
    "text",
    [
        "Số: 35/KH-UBND",
        "ỦY BAN NHÂN DÂN\nSố: 35/KH-UBND\nSơn La",
        "(Kèm theo Kế hoạch số 35/KH-UBND ngày 5/5/2020)",
        "đạt 95%/năm, 3/4 xã, 12/2024, ngày 05/6/2024",
        "QCVN 01-1:2018/BYT và TCVN 5502:2003",
        "tuyến QL18/QL37, biển số 34A-123.45",
        "02 ha/hộ, 15 triệu đồng/ha, 5 kg/con",
        "Phòng Tư pháp, Hội Luật gia, Đoàn Luật sư, pháp luật về đất đai",
        "Chương trình 135 và Nghị quyết 30a",
        "giai đoạn 2021-2025/năm",
        "Km 12/QL6",
    ],
)
def test_what_is_no_citation(text):
    assert find_citations(text, 0) == []


def test_the_own_number_is_no_citation():
    text = "Kế hoạch 35/KH-UBND năm 2017 về thư viện\nthực hiện Kế hoạch số 35/KH-UBND ngày 03/4/2016 của UBND tỉnh"
    found = find_citations(text, 0, "35/KH-UBND", D(2017, 2, 21))
    assert [c.date for c in found] == [D(2016, 4, 3)]


def test_issuer_subject_and_quote():
    text = (
        "Căn cứ Quyết định số 8/QĐ-TTg ngày 02/9/2020 của Thủ tướng Chính phủ về phát triển văn hóa đọc; Thông tư số "
        "3/2020/TT-BVHTTDL ngày 01/3/2020 của Bộ Văn hóa, Thể thao và Du lịch quy định tiêu chuẩn thư viện.\n"
    )
    first, second = find_citations(text, len(text))
    assert (first.issuer, first.subject) == ("Thủ tướng Chính phủ", "về phát triển văn hóa đọc")
    assert text[first.start : first.end] == "Quyết định số 8/QĐ-TTg ngày 02/9/2020 của Thủ tướng Chính phủ"
    assert (second.issuer, second.subject) == ("Bộ Văn hóa, Thể thao và Du lịch", "quy định tiêu chuẩn thư viện")


@pytest.mark.parametrize(
    "clause, issuer, subject",
    [
        ("của Bộ Xây dựng hướng dẫn cấp phép;", "Bộ Xây dựng", "hướng dẫn cấp phép"),
        ("của Bộ Giao thông vận tải quy định về tải trọng;", "Bộ Giao thông vận tải", "quy định về tải trọng"),
        ("của Ban Tổ chức Trung ương;", "Ban Tổ chức Trung ương", None),
        ("của Ban Thường vụ Tỉnh ủy về công tác cán bộ;", "Ban Thường vụ Tỉnh ủy", "về công tác cán bộ"),
        ("của Hội đồng nhân dân tỉnh Lào Cai ban hành mức chi;", "Hội đồng nhân dân tỉnh Lào Cai", "ban hành mức chi"),
        ("của Ủy ban An toàn giao thông Quốc gia về đội mũ;", "Ủy ban An toàn giao thông Quốc gia", "về đội mũ"),
        ("của Chính phủ “Quy định về việc làm”;", "Chính phủ", "Quy định về việc làm"),
        ("của Thủ tướng Chính phủ cho 3.919 hộ.", "Thủ tướng Chính phủ", None),
        ("của Chính phủ (sau đây gọi tắt là Nghị quyết 9).", "Chính phủ", None),
    ],
)
def test_issuers_and_subjects_end_where_they_end(clause, issuer, subject):
    found = find_citations(f"theo Quyết định số 9/2020/QĐ-ABC ngày 01/3/2020 {clause}", 0)[0]
    assert (found.issuer, found.subject) == (issuer, subject)


def test_several_numbers_under_one_head():
    text = "các Quyết định số 1/QĐ-TTg ngày 02/3/2020 và số 2/QĐ-TTg ngày 03/3/2020 của Thủ tướng Chính phủ"
    assert [(c.instrument, c.number, c.date) for c in find_citations(text, 0)] == [
        ("decision", "1/QĐ-TTg", D(2020, 3, 2)),
        ("decision", "2/QĐ-TTg", D(2020, 3, 3)),
    ]


def test_a_citation_inside_the_subject_of_another():
    text = (
        "Quyết định số 9/QĐ-TTg ngày 19/12/2014 của Thủ tướng Chính phủ ban hành Kế hoạch thực hiện Nghị quyết số "
        "7/2014/QH13 của Quốc hội về nước sạch;"
    )
    outer, inner = find_citations(text, 0)
    assert (outer.number, outer.subject) == (
        "9/QĐ-TTg",
        "ban hành Kế hoạch thực hiện Nghị quyết số 7/2014/QH13 của Quốc hội về nước sạch",
    )
    assert (inner.instrument, inner.issuer) == ("resolution", "Quốc hội")


@pytest.mark.parametrize(
    "text, subjects",
    [
        ("theo Luật Người cao tuổi và Luật Người khuyết tật", ["Người cao tuổi", "Người khuyết tật"]),
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;", ["Tổ chức chính quyền địa phương"]),
        ("Luật Phòng, chống tác hại của rượu, bia", ["Phòng, chống tác hại của rượu, bia"]),
        ("Luật Đất đai, các huyện rà soát", ["Đất đai"]),
        ("Luật Đo lường theo quy định", ["Đo lường"]),
        ("Bộ luật Lao động", ["Lao động"]),
        ("Pháp lệnh Ưu đãi người có công với cách mạng", ["Ưu đãi người có công với cách mạng"]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Xây dựng ngày 17/6/2020",
            ["sửa đổi, bổ sung một số điều của Luật Xây dựng"],
        ),
    ],
)
def test_laws_cited_by_name(text, subjects):
    found = find_citations(text, 0)
    assert [(c.instrument, c.number, c.subject) for c in found] == [("law", None, s) for s in subjects]


def test_what_stands_before_the_first_section_is_a_legal_basis():
    text = "Căn cứ Quyết định số 1/QĐ-TTg;\nI. MỤC TIÊU\nTheo Quyết định số 1/QĐ-TTg."
    assert [c.relation for c in find_citations(text, text.index("I. "))] == ["legal_basis", "reference"]


def test_dates_that_contradict_each_other():
    text = (
        "Quyết định số 3/2015/QĐ-TTg ngày 10/8/2015; Quyết định số 3/2015/QĐ-TTg ngày 01/9/2015; "
        "Quyết định số 3/2015/QĐ-TTg; Kế hoạch số 9/KH-UBND ngày 05/4/2019; Kế hoạch số 9/KH-UBND ngày 07/02/2021; "
        "Kế hoạch số 8/KH-UBND ngày 05/4/2019; Kế hoạch số 08/KH-UBND ngày 05/4/2020."
    )
    pairs = conflicting_dates(find_citations(text, 0))
    assert [(a.number, a.date, b.date) for a, b in pairs] == [
        ("3/2015/QĐ-TTg", D(2015, 8, 10), D(2015, 9, 1)),
        ("8/KH-UBND", D(2019, 4, 5), D(2020, 4, 5)),
    ]


def test_impossible_dates_are_kept_as_text():
    (found,) = find_citations("Quyết định số 5/QĐ-TTg ngày 31/02/2020 về đọc sách", 0)
    assert (found.date, found.date_text) == (None, "31/02/2020")


PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 12/KH-UBND\n{date}\nKẾ HOẠCH\nĐọc sách năm 2022\n"
    "Căn cứ Quyết định số 5/QĐ-TTg ngày {cited} của Thủ tướng Chính phủ về văn hóa đọc;\n"
    "I. NHIỆM VỤ\n1. Mở 5 thư viện.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Thị Sáu\n{behind}"
)
ISSUED = "Hà Nam, ngày 05 tháng 02 năm 2022"


def doubted(cited: str, date: str = ISSUED, behind: str = "") -> tuple[list, list]:
    """Citations and findings about dates of a plan that cites a decision of the day `cited`."""
    rows = extract(Source((PLAN.format(date=date, cited=cited, behind=behind),)), "d0").rows
    return rows["citations"], [f for f in rows["findings"] if f.check == "impossible_date"]


@pytest.mark.parametrize("cited", ["31/02/2021", "15 tháng 13 năm 2021"])
def test_a_cited_day_that_is_in_no_calendar_is_reported(cited: str):
    (citation,), (finding,) = doubted(cited)
    assert citation.date is None and cited in finding.message
    assert (finding.char_start, finding.char_end) == (citation.char_start, citation.char_end)


@pytest.mark.parametrize("cited", ["06/02/2022", "28/02/2092"])
def test_a_cited_day_after_the_plan_is_reported(cited: str):
    (citation,), (finding,) = doubted(cited)
    assert citation.date is not None and cited in finding.message
    assert (finding.table_name, finding.row_id) == ("citations", citation.citation_id)


def test_no_day_that_may_be_is_reported():
    assert doubted("05/02/2022")[1] == []  # the plan's own day
    assert doubted("29/02/2020")[1] == []  # a leap year
    assert doubted("06/02/2022", date="Hà Nam, ngày     tháng     năm 2022")[1] == []  # a draft without a day
    related = "Văn bản liên quan: Kế hoạch số 9/KH-UBND ngày 06/3/2023 về đọc sách\n"
    assert doubted("05/01/2022", behind=related)[1] == []  # below the signature


def test_normal_numbers():
    assert normal_number("2799/CTr - UBND") == "2799/CTr-UBND"
    assert normal_number("17 /2018/QĐ–UBND") == "17/2018/QĐ-UBND"
    assert normal_number("9/QD-TTG") == "9/QĐ-TTg"


def test_rule_files_load():
    assert instruments().of_abbreviation["CTr"] == "programme"
    assert instruments().of_abbreviation["CT"] == "directive"
    assert law_names().fullmatch("đất đai")
