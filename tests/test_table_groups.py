"""Tables of tasks in groups: titles of groups between the rows, groups in a column of their own, merged cells; and rows
of which it is not known what their columns hold."""

from __future__ import annotations

import pytest
from table_text import MILLION, read

HEAD = "TT | Nội dung công việc | Cơ quan chủ trì | Thời hạn\n"
ONE = "1 | Khảo sát bến đò | Sở Xây dựng | Tháng 5/2023\n"
TWO = "2 | Mở lớp dạy bơi | Sở Nội vụ | Tháng 6/2023\n"
BOTH = [("Khảo sát bến đò", "2023-05-31"), ("Mở lớp dạy bơi", "2023-06-30")]


def times(table: str, least: float = 0.7) -> list[tuple[str, str]]:
    found = [r for r in read(table)["deadlines"] if r.kind != "period" and r.confidence >= least]
    return [(r.event, str(r.end_date)) for r in found]


def tasks(table: str) -> list[tuple[str, str]]:
    return [(r.agency_text, r.task) for r in read(table)["assignments"] if r.method.startswith("table_")]


TITLES = [
    "A. Đường thủy\n",
    "I. CÁC VIỆC VỀ ĐƯỜNG THỦY\n",
    "1. Nhóm việc của các sở về đường thủy, gồm cả bến khách ngang sông, tàu chở khách và thuyền của dân\n",
    "- Các bến ở vùng cao\n",
    "I. Đường thủy\n1. Bến đò\n",
]


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_groups_between_rows_and_under_the_head_are_no_end_of_the_table(title):
    assert times(HEAD + title + ONE + title + TWO) == BOTH
    assert tasks(HEAD + title + ONE + title + TWO) == [("Sở Xây dựng", BOTH[0][0]), ("Sở Nội vụ", BOTH[1][0])]


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_groups_between_rows_without_numbers(title):
    rows = [line.partition(" | ")[2] for line in (HEAD, ONE, TWO)]
    assert times(rows[0] + rows[1] + title + rows[2]) == BOTH


@pytest.mark.parametrize(
    "between",
    [
        "Biểu 2. Việc khác\n",
        "Việc khác làm như sau.\nMỗi xã cử người.\nMỗi thôn có sổ.\nMỗi hộ ký tên.\n",
        "3. Loài cá nuôi\nLoài | Màu vảy | Cỡ | Nơi thả\n",
    ],
)
def test_what_stands_between_two_tables_ends_the_first(between):
    table = HEAD + ONE + between + "Lăng | Trắng | Sở Nội vụ | Tháng 6/2023"
    assert times(table) == BOTH[:1]
    assert ("Sở Nội vụ", "Trắng") not in tasks(table)


def test_words_under_figures_are_of_another_table():
    money = "Nội dung | Nguồn vốn | Kinh phí (triệu đồng)\nMở lớp | Ngân sách tỉnh | 40\n"
    other = "2. Giá bán\nLoài | Màu vảy | Cỡ\nLăng | Trắng | 12\n"
    assert [r.amount_vnd / MILLION for r in read(money + other)["funding"]] == [40]
    assert [
        r.amount_vnd / MILLION for r in read(money + "2. Việc của xã\nIn sách | Ngân sách xã | 5\n")["funding"]
    ] == [
        40,
        5,
    ]


# --- two columns of names --------------------------------------------------------------------------------------------

GROUPED = [
    ("Nội dung hành động", "Hành động cụ thể", ("An toàn bến", "")),
    ("Nhóm nhiệm vụ", "Nhiệm vụ", ("An toàn bến", "")),
    ("Lĩnh vực", "Nội dung", ("An toàn bến", "An toàn bến")),
    ("Nhiệm vụ", "Nội dung cụ thể", ("An toàn bến", "Dạy trẻ em")),
]


@pytest.mark.parametrize(("wide", "narrow", "groups"), GROUPED)
def test_the_narrower_of_two_columns_of_names_tells_the_task(wide, narrow, groups):
    table = (
        f"TT | {wide} | {narrow} | Cơ quan chủ trì | Thời hạn\n"
        f"1 | {groups[0]} | Khảo sát bến đò | Sở Xây dựng | Tháng 5/2023\n"
        f"| {groups[1]} | Mở lớp dạy bơi | Sở Nội vụ | Tháng 6/2023"
    )
    assert times(table) == BOTH
    assert tasks(table) == [("Sở Xây dựng", BOTH[0][0]), ("Sở Nội vụ", BOTH[1][0])]


def test_a_group_behind_the_task_and_a_second_name_beside_each_are_no_tasks():
    behind = (
        "TT | Nhiệm vụ | Lĩnh vực | Thời hạn\n1 | Khảo sát bến đò | Đường thủy | Tháng 5/2023\n"
        "2 | Mở lớp dạy bơi | Đường thủy | Tháng 6/2023"
    )
    assert times(behind) == BOTH
    assert times(behind.replace("2 | Mở lớp dạy bơi | Đường thủy", "2 | Mở lớp dạy bơi | Trẻ em")) == BOTH


# --- merged tasks ----------------------------------------------------------------------------------------------------


def test_a_row_without_a_task_of_its_own_has_that_above_it_in_doubt():
    table = HEAD + ONE + "| | Sở Tư pháp | Tháng 9/2023\n" + TWO
    assert times(table) == BOTH
    assert ("Khảo sát bến đò", "2023-09-30") in times(table, least=0.5)
    rows = {r.agency_text: r for r in read(table)["assignments"]}
    assert rows["Sở Tư pháp"].task == "Khảo sát bến đò" and rows["Sở Tư pháp"].confidence < 0.7


@pytest.mark.parametrize(
    "row", ["3 | | Sở Tư pháp | Tháng 9/2023\n", "| Tổng cộng | | \n| | Sở Tư pháp | Tháng 9/2023\n"]
)
def test_a_row_that_lost_its_task_has_none(row):
    table = HEAD + ONE + row
    assert [task for body, task in tasks(table) if body == "Sở Tư pháp"] == []
    assert times(table) == BOTH[:1]


def test_a_time_before_the_plan_is_doubtful():
    table = HEAD + ONE.replace("5/2023", "5/2018") + TWO
    assert times(table) == BOTH[1:]
    assert (BOTH[0][0], "2018-05-31") in times(table, least=0.4)


# --- rows whose columns are not known --------------------------------------------------------------------------------

UNREAD = [
    "1 | Khảo sát bến đò | Sở Xây dựng; Sở Tư pháp | Tháng 5/2023\n2 | Mở lớp dạy bơi | Sở Nội vụ | Tháng 6/2023",
    "Sở Xây dựng | Tháng 5/2023 | Khảo sát bến đò\nSở Nội vụ; Sở Tư pháp | Tháng 6/2023 | Mở lớp dạy bơi",
    "Ai | Bao giờ | Gì\nSở Xây dựng | Tháng 5/2023 | Khảo sát bến đò\nSở Nội vụ | Tháng 6/2023 | Mở lớp dạy bơi",
]


@pytest.mark.parametrize("table", UNREAD)
def test_a_row_without_a_head_tells_of_its_longest_cell_that_names_no_body_in_doubt(table):
    assert times(table) == []
    assert times(table, least=0.5) == BOTH


def test_a_list_in_a_long_cell_leaves_its_row_whole():
    items = " ".join(
        f"- Đi từng bến ở xã thứ {n} để đo mực nước và hỏi người chở đò về phao cứu sinh;" for n in range(16)
    )
    table = f"{HEAD}1 | Khảo sát bến đò: {items} | Sở Xây dựng | Tháng 5/2023\n{TWO}"
    (first, day), second = times(table)
    assert first.startswith("Khảo sát bến đò: - Đi từng bến") and day == "2023-05-31" and second == BOTH[1]


def test_a_table_under_the_title_is_read_though_no_heading_stands_over_it():
    head = "UBND TỈNH HÀ NAM\nSố: 12/KH-UBND\nHà Nam, ngày 12 tháng 01 năm 2023\nKẾ HOẠCH\nAn toàn bến đò năm 2023\n"
    rows = read(HEAD + ONE + TWO, head=head + "II CÁC VIỆC\n", tail="\nIII TỔ CHỨC\nNơi nhận:\n- Như trên;")
    assert [(r.event, str(r.end_date)) for r in rows["deadlines"] if r.kind != "period"] == BOTH


def test_a_row_under_a_merged_number_begins_with_its_task():
    head = "TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn\n"
    one = "1 | Khảo sát bến đò | Sở Xây dựng | Sở Nội vụ | Tháng 5/2023\n"
    two = "2 | Mở lớp dạy bơi | Sở Nội vụ | Sở Y tế | Tháng 6/2023\n"
    under = "Cắm phao báo luồng | Chi cục Đường thủy\n"
    assert ("Chi cục Đường thủy", "Cắm phao báo luồng") in tasks(head + one + under + two)
    assert times(head + one + under + two) == BOTH


@pytest.mark.parametrize(
    "row",
    [
        "Cắm phao báo luồng | 12 phao\n",  # no body stands where bodies do
        "Sở Xây dựng | Sở Nội vụ\n",  # merged further: it is not known which of them leads
        "Cắm phao báo luồng | Tháng 7/2023\n",
        "Cắm phao báo luồng | Sở Xây dựng | Tháng 7/2023\n",  # a time under the partners
    ],
)
def test_a_row_that_does_not_fit_behind_a_merged_number_has_no_bodies_by_its_columns(row):
    head = "TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn\n"
    one = "1 | Khảo sát bến đò | Sở Tư pháp | Sở Y tế | Tháng 5/2023\n"
    found = read(head + one + row)["assignments"]
    assert [r.agency_text for r in found if r.method.startswith("table_")] == ["Sở Tư pháp", "Sở Y tế"]


YEARS = "TT | Chỉ tiêu | ĐVT | Năm 2021 | Năm 2023\n"


@pytest.mark.parametrize(
    ("rows", "want"),
    [
        # the same name below two titles
        (
            "1 | Ong | | |\n- | Số đàn | đàn | 3 | 4\n2 | Dê | | |\n- | Số đàn | đàn | 5 | 6\n",
            ["Ong - Số đàn", "Dê - Số đàn"],
        ),
        # titles without the cells that they do not fill
        (
            "1 | Ong\n- | Số đàn | đàn | 3 | 4\n2 | Dê\n- | Số đàn | đàn | 5 | 6\n",
            ["Ong - Số đàn", "Dê - Số đàn"],
        ),
        # bullets in the name below a title without figures
        ("1 | Cơ cấu | | |\n| - Ngô | % | 3 | 4\n| - Lạc | % | 5 | 6\n", ["Cơ cấu - Ngô", "Cơ cấu - Lạc"]),
        # rows without a number below rows with figures, of one name
        (
            "1 | Xuất khẩu cá | tấn | 3 | 4\n| Tốc độ tăng | % | 2 | 3\n2 | Xuất khẩu tôm | tấn | 5 | 6\n"
            "| Tốc độ tăng | % | 1 | 2\n",
            ["Xuất khẩu cá", "Xuất khẩu cá - Tốc độ tăng", "Xuất khẩu tôm", "Xuất khẩu tôm - Tốc độ tăng"],
        ),
        # what says only that parts follow is no group
        (
            "1 | Giường bệnh | | |\n| Trong đó: | | |\n| + Tuyến tỉnh | giường | 3 | 4\n",
            ["Giường bệnh - Tuyến tỉnh"],
        ),
        # numbered rows name themselves
        ("I | Gia súc | | |\n1 | Đàn bò | con | 3 | 4\n2 | Đàn dê | con | 5 | 6\n", ["Đàn bò", "Đàn dê"]),
        # parts of a row with figures name themselves
        ("1 | Số chợ | chợ | 3 | 4\n| - Chợ nổi | chợ | 1 | 2\n", ["Số chợ", "Chợ nổi"]),
    ],
)
def test_rows_that_do_not_name_themselves_are_told_with_their_group(rows, want):
    found = read(YEARS + rows)
    assert [r.indicator_text for r in found["targets"]] == want
    assert [f.message for f in found["findings"] if f.check == "unparsed_amount"] == []
