"""Which times of a plan are deadlines: tables of sentences of our own, with those that are none."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.deadlines.deadlines import deadlines_in
from extractors.deadlines.years import Frame
from extractors.extract import extract
from extractors.plan import Source

D = date
ONE_YEAR = Frame(2024, 2024, D(2024, 2, 20), 2024)
FIVE_YEARS = Frame(2021, 2025, D(2021, 8, 15), 2021)


def read(text, frame, heading_year=None, past=False):
    found = deadlines_in(text, 0, len(text), frame, heading_year, past)
    for item in found:
        assert 0 <= item.start <= item.time.start < item.time.end <= item.end <= len(text)
        assert item.end - item.start <= 250
    return [(f.time.kind, f.time.start_date, f.time.end_date, f.time.recurrence) for f in found]


YES = [
    ("Thời gian hoàn thành: Quý II/2024.", [("window", D(2024, 4, 1), D(2024, 6, 30), None)]),
    ("Thời gian thực hiện: Từ tháng 3 đến tháng 11 năm 2024.", [("window", D(2024, 3, 1), D(2024, 11, 30), None)]),
    ("Hoàn thành trước 30/11/2024.", [("due", None, D(2024, 11, 30), None)]),
    ("Các sở gửi báo cáo về Sở Nội vụ trước ngày 15/12/2024 để tổng hợp.", [("due", None, D(2024, 12, 15), None)]),
    ("Tham mưu trong quý I năm 2024, trình UBND tỉnh.", [("window", D(2024, 1, 1), D(2024, 3, 31), None)]),
    ("Việc rà soát phải xong trước ngày 30 tháng 6.", [("due", None, D(2024, 6, 30), None)]),
    ("Phấn đấu đến hết năm 2024, toàn bộ hồ sơ được số hóa.", [("due", None, D(2024, 12, 31), None)]),
    ("Sơ kết 6 tháng, tổng kết năm.", [("recurring", None, None, "P6M"), ("recurring", None, None, "P1Y")]),
    ("Hằng năm tổ chức 05 lớp tập huấn cho cán bộ cơ sở.", [("recurring", None, None, "P1Y")]),
    ("Hằng năm, trước ngày 15/11, UBND cấp huyện gửi báo cáo.", [("recurring", None, None, "P1Y")]),
    ("Thời gian thực hiện: Thường xuyên.", []),
    ("| 3 | Xây dựng dữ liệu | Sở Tài chính | Quý II-III/2024 |", [("window", D(2024, 4, 1), D(2024, 9, 30), None)]),
    ("Tổng kết Kế hoạch vào cuối năm 2024.", [("window", None, D(2024, 12, 31), None)]),
    ("Công khai trong vòng 10 ngày kể từ khi được giao dự toán.", [("relative", None, None, None)]),
]
NO = [
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2024 của UBND tỉnh về chuyển đổi số.",
    "Quyết định số 131/QĐ-TTg ngày 25/01/2024 của Thủ tướng Chính phủ phê duyệt Đề án đến năm 2030.",
    "So với cùng kỳ năm 2023 giảm 5% số vụ.",
    "Năm 2023, toàn tỉnh có 95% xã đạt chuẩn.",
    "Tính đến ngày 31/12/2023, tỉnh còn 3.120 hộ nghèo.",
    "Kinh phí năm 2024: 2 tỷ đồng.",
    "Thời hạn vay tối đa 36 tháng kể từ ngày giải ngân.",
    "Hộ mới thoát nghèo trong thời gian 36 tháng kể từ khi ra khỏi danh sách.",
    "Hằng năm giảm 5 - 10% số vụ tai nạn.",
    "Bình quân mỗi năm có ít nhất 10% hộ thoát nghèo.",
    "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021-2025.",
    "Hộ nghèo theo chuẩn nghèo giai đoạn 2022-2025 được hưởng chính sách.",
    "Triển khai Chiến lược phát triển du lịch đến năm 2030.",
    "Nhân dịp kỷ niệm 70 năm Ngày Giải phóng (10/10/1954 - 10/10/2024).",
    "Trẻ em từ 6 đến 23 tháng tuổi được khám sức khỏe.",
    "| Nội dung | Năm 2022 | Năm 2023 | Năm 2024 |",
]


@pytest.mark.parametrize(("text", "rows"), YES)
def test_deadlines_of_a_one_year_plan(text, rows):
    assert read(text, ONE_YEAR) == rows


@pytest.mark.parametrize("text", NO)
def test_times_that_are_no_deadline(text):
    assert read(text, ONE_YEAR) == []


LONG = [
    ("Thời gian thực hiện: Từ năm 2021 đến năm 2025.", [("period", D(2021, 1, 1), D(2025, 12, 31), None)]),
    ("Đến năm 2025: tỷ lệ hộ nghèo giảm còn dưới 2%.", [("due", None, D(2025, 12, 31), None)]),
    ("Sơ kết vào năm 2023, tổng kết vào năm 2025.", [("window", D(y, 1, 1), D(y, 12, 31), None) for y in (2023, 2025)]),
    ("Các năm sau ban hành trước ngày 31/01.", [("recurring", None, None, "P1Y")]),
    ("Báo cáo 6 tháng/lần; đột xuất khi có yêu cầu.", [("recurring", None, None, "P6M")]),
    ("Năm 2022: triển khai thí điểm tại hai huyện.", [("window", D(2022, 1, 1), D(2022, 12, 31), None)]),
    ("Năm 2022: 50 tỷ đồng.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), LONG)
def test_deadlines_of_a_plan_of_years(text, rows):
    assert read(text, FIVE_YEARS) == rows


def test_the_heading_gives_the_year():
    assert read("Tháng 3: khảo sát địa bàn.", FIVE_YEARS, heading_year=2023) == [
        ("window", D(2023, 3, 1), D(2023, 3, 31), None)
    ]


def test_passages_on_the_past_hold_no_deadline():
    assert read("Trong quý III/2021 đã tổ chức hai hội nghị.", FIVE_YEARS, past=True) == []


def test_an_impossible_day_is_kept_without_date():
    assert read("Hoàn thành trước ngày 31/02/2024.", ONE_YEAR) == [("due", None, None, None)]


PART_OF_A_YEAR = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 91/KH-UBND
Lạng Sơn, ngày 04 tháng 11 năm 2022
KẾ HOẠCH
Kiểm đếm cầu treo cuối năm 2022
Theo Công văn của Sở Giao thông về an toàn cầu treo năm 2022;
I. NHIỆM VỤ
1. Sơn lại các nhịp cầu.
"""


def test_the_period_is_quoted_from_the_title_before_a_legal_basis():
    rows = extract(Source((PART_OF_A_YEAR,)), "d0").rows["deadlines"]
    assert [r.quote for r in rows if r.kind == "period"] == ["Kiểm đếm cầu treo cuối năm 2022"]


TIME_IN_BODY = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 92/KH-UBND
Lạng Sơn, ngày 04 tháng 3 năm 2022
KẾ HOẠCH
Phát động thi đua trồng cây ven kè
I. MỤC ĐÍCH
1. Hoàn thành chỉ tiêu trồng rừng năm 2022, mừng ngày hội lớn.
II. NỘI DUNG
1. Thời gian thực hiện: Từ tháng 3/2022 đến tháng 12/2022.
"""


def test_the_period_is_quoted_from_the_line_that_states_it_and_not_from_another_of_its_year():
    rows = extract(Source((TIME_IN_BODY,)), "d0").rows["deadlines"]
    (period,) = [r for r in rows if r.kind == "period"]
    assert period.quote == "Thời gian thực hiện: Từ tháng 3/2022 đến tháng 12/2022."
    assert period.event == "Phát động thi đua trồng cây ven kè"
