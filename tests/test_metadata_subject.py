"""What a plan is about, by its title and closing: subject, years, topic and programme."""

from __future__ import annotations

import pytest
from metadata_text import BODY, CLOSING, CUT_HEAD, HEAD, read

from extractors.cleaning import clean
from extractors.metadata.period import main_period, periods_in
from extractors.metadata.topic import read_programme, read_topic
from extractors.plan import Source

TITLES = [
    ("Thực hiện phong trào đọc sách\nnăm 2022\nCăn cứ Luật Thư viện;", "Thực hiện phong trào đọc sách năm 2022"),
    (
        "Thực hiện Chỉ thị số 4/CT-TTg ngày 01/01/2022 của Thủ tướng Chính phủ về văn hóa đọc\nCăn cứ Luật Thư viện;",
        "Thực hiện Chỉ thị số 4/CT-TTg ngày 01/01/2022 của Thủ tướng Chính phủ về văn hóa đọc",
    ),
    ("Mở rộng thư viện xã\nThực hiện Kế hoạch số 3/KH-BCĐ ngày 1/3/2022;\nCăn cứ Luật;", "Mở rộng thư viện xã"),
    ("PHÁT TRIỂN THƯ VIỆN\nKính gửi: Hội đồng nhân dân tỉnh\nCăn cứ Luật Thư viện;", "PHÁT TRIỂN THƯ VIỆN"),
    ("Phát triển thư viện\n-------\nCăn cứ Luật Thư viện;", "Phát triển thư viện"),
    ("PHÁT TRIỂN THƯ VIỆN XÃ NĂM 2022 Căn cứ Luật Thư viện ngày 21/11/2019 và tình hình của các xã trong tỉnh, "
     "Ủy ban nhân dân tỉnh xây dựng Kế hoạch như sau:", "PHÁT TRIỂN THƯ VIỆN XÃ NĂM 2022"),
    ("Phát triển thư viện xã năm 2022.\nĐể mọi người đều có sách, UBND tỉnh ban hành Kế hoạch như sau:",
     "Phát triển thư viện xã năm 2022"),
    ("HÀNH ĐỘNG\nThực hiện phong trào đọc sách năm 2022\nCăn cứ Luật Thư viện;",
     "Thực hiện phong trào đọc sách năm 2022"),
    ("TỔNG THỂ\nPHÁT TRIỂN THƯ VIỆN NĂM 2022\nCăn cứ Luật Thư viện;", "PHÁT TRIỂN THƯ VIỆN NĂM 2022"),
    ("HÀNH ĐỘNG VÌ THƯ VIỆN NĂM 2022\nCăn cứ Luật Thư viện;", "HÀNH ĐỘNG VÌ THƯ VIỆN NĂM 2022"),
    ("MỞ RỘNG\nCác thư viện của những xã ở vùng sâu, vùng xa trong tỉnh năm 2022\nCăn cứ Luật Thư viện;",
     "MỞ RỘNG Các thư viện của những xã ở vùng sâu, vùng xa trong tỉnh năm 2022"),
]  # fmt: skip


@pytest.mark.parametrize("lines, title", TITLES)
def test_titles(lines, title):
    meta = read(HEAD + lines + "\n" + BODY + CLOSING)
    assert meta.title == title


TASK = "{n}. Số hóa sổ mượn sách\n- Thời gian thực hiện: {when}.\n"


@pytest.mark.parametrize(
    ("tasks", "period"),
    [
        (["Hoàn thành trong năm 2022"], (2022, 2022)),
        (["Hoàn thành trong năm 2022", "Thường xuyên"], (None, None)),
        (["Từ năm 2022 đến năm 2024", "Hoàn thành trong năm 2022"], (2022, 2024)),
    ],
)
def test_the_years_of_tasks_are_none_of_the_plan(tasks, period):
    lines = "".join(TASK.format(n=n, when=when) for n, when in enumerate(tasks, 1))
    meta = read(HEAD + "Phát triển thư viện\nCăn cứ Luật Thư viện;\nI. NHIỆM VỤ\n" + lines + CLOSING)
    assert (meta.period_start, meta.period_end) == period


def test_a_lost_title_is_read_from_the_issuing_sentence():
    head = HEAD.replace("KẾ HOẠCH\n", "")
    meta = read(
        head
        + "Căn cứ Luật Thư viện; Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển thư viện xã giai đoạn 2022-2024, "
        "cụ thể như sau:\n" + BODY + CLOSING
    )
    assert meta.title == "phát triển thư viện xã giai đoạn 2022-2024"
    assert (meta.doc_type, meta.period_start, meta.period_end) == ("plan", 2022, 2024)


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
        ("Phục vụ bầu cử đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2021 - 2026", 2021, None),
        ("Thực hiện Nghị quyết Đại hội Hội Nông dân tỉnh nhiệm kỳ 2023 - 2028 năm 2024", 2024, (2024, 2024)),
        ("Làm sạch sông nhiệm kỳ 2021 - 2026", 2021, (2021, 2026)),
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


@pytest.mark.parametrize(
    ("when", "period"),
    [
        ("Từ tháng 3/2022 đến khi bế mạc hội sách", (None, None)),
        ("Từ tháng 3/2022 cho đến ngày khai trương thư viện tỉnh", (None, None)),
        ("Từ năm 2022 trở đi", (None, None)),
        ("Từ tháng 3/2022 đến tháng 12/2022", (2022, 2022)),
        ("Từ tháng 3/2022 đến hết năm", (2022, 2022)),
    ],
)
def test_a_period_whose_end_is_left_open_is_not_the_year_in_which_it_begins(when, period):
    meta = read(
        HEAD + "Mở hội sách\nCăn cứ Luật Thư viện;\nI. PHẠM VI\n1. Thời gian thực hiện: " + when + ".\n" + CLOSING
    )
    assert (meta.period_start, meta.period_end) == period


def test_periods_that_contradict_each_other_are_reported():
    end = "Trên đây là Kế hoạch phát triển thư viện xã giai đoạn 2021-2025, yêu cầu các huyện thực hiện.\n"
    text = HEAD + "Phát triển thư viện xã giai đoạn 2022-2025\n" + BODY + end + CLOSING
    meta = read(text)
    assert (meta.period_start, meta.period_end) == (2022, 2025)
    (note,) = meta.notes
    assert (note.check, text[note.start : note.end]) == ("conflicting_period", "2021-2025")
    same = read(text.replace("2021-2025", "2022 - 2025"))
    assert same.notes == []


def test_the_time_of_a_campaign_is_the_period_and_the_term_of_its_title_is_none():
    time = "Phong trào được triển khai từ tháng 9 năm 2025 đến hết tháng 2 năm 2026. Tổng kết vào tháng 3 năm 2026.\n"
    title = "Phát động thi đua chào mừng bầu cử đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031\n"
    meta = read(HEAD + title + BODY + "2. Thời gian tổ chức phong trào thi đua: " + time + CLOSING)
    assert (meta.period_start, meta.period_end) == (2025, 2026)
    task = read(HEAD + "Mở thư viện xã\n" + BODY + "2. Thời gian mở cửa: từ tháng 9 đến tháng 12.\n" + CLOSING)
    assert (task.period_start, task.period_end) == (None, None)


@pytest.mark.parametrize(
    "title, code",
    [
        ("Giảm nghèo bền vững huyện A năm 2023", "poverty_reduction"),
        ("Xóa nhà tạm, nhà dột nát cho hộ nghèo năm 2025", "poverty_reduction"),
        ("Hỗ trợ hộ nghèo dựng lại nhà ở năm 2012", "poverty_reduction"),
        ("Khám chữa bệnh cho hộ nghèo bằng bảo hiểm y tế năm 2012", "health"),
        ("Xây dựng nông thôn mới nâng cao năm 2022", "new_rural_development"),
        ("Mỗi xã một sản phẩm năm 2023", "new_rural_development"),
        (
            "Phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi năm 2023",
            "ethnic_minority_development",
        ),
        ("Giảm thiểu tình trạng tảo hôn trong vùng dân tộc thiểu số", "ethnic_minority_development"),
        ("Chuyển đổi số năm 2024", "digital_transformation"),
        ("Triển khai Đề án 06 năm 2024", "digital_transformation"),
        ("Phủ sóng 5G và IoT tại các khu công nghiệp", "digital_transformation"),
        ("Xây dựng cơ sở dữ liệu quy hoạch xây dựng", "digital_transformation"),
        ("Lập quy hoạch chợ thời kỳ 2021 - 2030", "other"),
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
        ("Bảo vệ rừng và phòng cháy, chữa cháy rừng năm 2023", "agriculture"),
        ("Bảo đảm trật tự, an toàn giao thông năm 2021", "public_security"),
        ("NĂM AN TOÀN GIAO THÔNG 2023", "public_security"),
        ("Phát triển hạ tầng giao thông năm 2023", "other"),
        ("Kiên cố hoá lớp học, xây dựng trường đạt chuẩn quốc gia gắn với phát triển thể thao", "education"),
        ("Phát triển thể dục thể thao năm 2023", "other"),
        ("Phát triển cụm công nghiệp năm 2023", "other"),
        ("Bảo tồn di sản văn hóa phi vật thể", "other"),
        ("Phát triển du lịch cộng đồng", "other"),
        ("Phổ biến, giáo dục pháp luật năm 2023", "other"),
        ("Bình đẳng giới và vì sự tiến bộ của phụ nữ", "other"),
        ("Cải thiện môi trường kinh doanh năm 2023", "other"),
        ("Thực hành tiết kiệm, chống lãng phí năm 2023", "other"),
        ("KẾ HOẠCH Xây dựng nông thôn mới gắn với giảm nghèo bền vững", "new_rural_development"),
        ("KẾ HOẠCH Giảm nghèo bền vững gắn với xây dựng nông thôn mới", "poverty_reduction"),
        ("KẾ HOẠCH Phát triển du lịch gắn với chuyển đổi số", "other"),
        ("Chuyển đổi số ngành giao thông vận tải", "digital_transformation"),
        ("Đẩy mạnh công tác cải cách hành chính ở các bến xe, trạm sạc", "administrative_reform"),
        ("Sửa bến xe và chuyển đổi số vận tải", "other"),
        ("Thực hiện Chương trình xúc tiến thương mại và chuyển đổi số", "other"),
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


def test_an_issuing_sentence_without_a_subject_is_no_title():
    meta = read("Căn cứ Luật Thư viện;\nỦy ban nhân dân xã ban hành Kế hoạch như sau:\n" + BODY)
    assert meta.title is None and meta.title_span is None


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


def test_a_title_that_opens_with_v_v_is_no_chapter_five():
    meta = read(HEAD + "V/V MỞ RỘNG THƯ VIỆN XÃ NĂM 2022\nCăn cứ Luật Thư viện;\n" + BODY + CLOSING)
    assert meta.title is not None and "MỞ RỘNG THƯ VIỆN XÃ" in meta.title


@pytest.mark.parametrize(
    "title, topic",
    [
        ("Chuyển đổi số cho các doanh nghiệp nhỏ và vừa, hợp tác xã", "digital_transformation"),
        ("Mở thêm trường mầm non tại các khu công nghiệp, khu đô thị", "education"),
    ],
)
def test_where_and_for_whom_something_is_done_is_not_what_it_is_about(title, topic):
    assert read_topic(title, None, "") == topic


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Phát triển thư viện xã giai đoạn 2022", (None, None)),  # the second line of the title was lost
        ("Phát triển thư viện xã giai đoạn 2022\n- 2026", (2022, 2026)),
        ("Phát triển thư viện xã năm 2022", (2022, 2022)),  # a year of its own within the stretch
        ("Phát triển thư viện xã giai đoạn 2022 tại huyện Vụ Bản", (2022, 2022)),
    ],
)
def test_a_title_that_breaks_off_at_the_first_year_leaves_the_period_open(title, years):
    body = "Thực hiện Đề án thư viện giai đoạn 2022 - 2026, xã làm như sau:\n" + BODY
    meta = read(clean(Source((HEAD + title + "\n\n" + body + CLOSING,))).text)
    assert (meta.period_start, meta.period_end) == years
    assert [n.check for n in meta.notes] == (["conflicting_period"] if years == (None, None) else [])
    other = read(HEAD + title.split("\n")[0] + "\n" + BODY + CLOSING)
    assert (other.period_start, other.period_end) == (2022, 2022)  # no other passage speaks of more years
